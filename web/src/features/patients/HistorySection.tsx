import { Button, UnstyledButton } from '@mantine/core';
import { IconCircleCheck, IconHelpCircle, IconPlus } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import { errorMessage } from '@/api/errors';
import type { HistoryKind, Recorded } from '@/api/types';
import { useCan } from '@/lib/permissions';
import { Card } from '@/ui/Card';
import { toast } from '@/ui/toast';
import { type EntryAct, HistoryEntry } from './HistoryEntry';
import { type HistoryLine, splitLines } from './historyLines';
import classes from './patients.module.css';
import { useListedTitle } from './useListedTitle';

const EntryStatusDialog = lazy(() => import('./EntryStatusDialog'));
const EditEntryDialog = lazy(() => import('./EditEntryDialog'));

interface HistorySectionProps {
  kind: HistoryKind;
  patientId: string;
  status: Recorded;
  lines: HistoryLine[];
  onAdd: () => void;
}

/** Allergies, conditions or medicines: what is recorded, or that there is none, or that nobody has asked. */
export function HistorySection({ kind, patientId, status, lines, onAdd }: HistorySectionProps) {
  const { t } = useTranslation('patients');
  const can = useCan();
  const writes = can('patients.write_history');
  const [showsPast, setShowsPast] = useState(false);
  const [acting, setActing] = useState<{ line: HistoryLine; act: EntryAct } | null>(null);
  const { active, past } = splitLines(lines);
  const dialog = { kind, patientId, onClose: () => setActing(null) };
  const titleOf = useListedTitle(kind);
  const entries = (shown: HistoryLine[]) => (
    <ul className={classes.entries}>
      {shown.map((line) => (
        <HistoryEntry
          key={line.id}
          line={line}
          kind={kind}
          title={titleOf(line)}
          {...(writes ? { onAct: (act: EntryAct) => setActing({ line, act }) } : {})}
        />
      ))}
    </ul>
  );
  return (
    <Card
      title={t(`history.${kind}.title`)}
      actions={
        writes && (
          <Button variant="default" size="compact-md" leftSection={<IconPlus size={16} />} onClick={onAdd}>
            {t(`history.${kind}.add`)}
          </Button>
        )
      }
    >
      {active.length === 0 && <NothingRecorded kind={kind} patientId={patientId} status={status} />}
      {active.length > 0 && entries(active)}
      {past.length > 0 && (
        <>
          <UnstyledButton
            className={classes.pastToggle}
            aria-expanded={showsPast}
            onClick={() => setShowsPast(!showsPast)}
          >
            {t(showsPast ? 'history.hidePast' : 'history.showPast', { count: past.length })}
          </UnstyledButton>
          {showsPast && entries(past)}
        </>
      )}
      {acting && (
        <Suspense fallback={null}>
          {acting.act === 'edit' ? (
            <EditEntryDialog line={acting.line} {...dialog} />
          ) : (
            <EntryStatusDialog line={acting.line} to={acting.act} {...dialog} />
          )}
        </Suspense>
      )}
    </Card>
  );
}

interface NothingRecordedProps {
  kind: HistoryKind;
  patientId: string;
  status: Recorded;
}

/** 'None known' is an answer somebody gave; 'not asked' is the lack of one, and looks like a gap. */
function NothingRecorded({ kind, patientId, status }: NothingRecordedProps) {
  const { t } = useTranslation('patients');
  const can = useCan();
  const client = useQueryClient();
  const known = status === 'none_known';
  const setNone = useAction(
    (noneKnown: boolean, act) =>
      api.put(`/patients/${patientId}/history/none-known`, { kind, none_known: noneKnown }, act),
    {
      onSettled: () => client.invalidateQueries({ queryKey: ['patients', patientId] }),
      onError: (error) => toast.failed(errorMessage(error)),
    },
  );
  return (
    <div className={classes.none} data-known={known || undefined}>
      {known ? <IconCircleCheck size={18} aria-hidden /> : <IconHelpCircle size={18} aria-hidden />}
      <span>{t(known ? `history.${kind}.none` : 'history.notAsked')}</span>
      {can('patients.write_history') && (
        <Button
          variant={known ? 'subtle' : 'default'}
          size="compact-sm"
          loading={setNone.isPending}
          onClick={() => setNone.mutate(!known)}
        >
          {t(known ? 'history.takeBack' : `history.${kind}.noneAction`)}
        </Button>
      )}
    </div>
  );
}
