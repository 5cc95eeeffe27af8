import { ActionIcon } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import { errorMessage } from '@/api/errors';
import type { ReferenceEntry, Visit, VisitDiagnosis } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { Card } from '@/ui/Card';
import { Place } from '@/ui/Place';
import { TermSearch } from '@/ui/TermSearch';
import { Code } from '@/ui/texts';
import { toast } from '@/ui/toast';
import { DiagnosisForm, type NewDiagnosis } from './DiagnosisForm';
import type { ChosenPlace } from './place';
import { refreshVisit, useDiagnosisSearch } from './queries';
import classes from './visit.module.css';

interface DiagnosesCardProps {
  visit: Visit;
  editable: boolean;
  place: ChosenPlace;
}

export function DiagnosesCard({ visit, editable, place }: DiagnosesCardProps) {
  const { t } = useTranslation('records');
  const { name } = useFormat();
  const [adding, setAdding] = useState<NewDiagnosis | null>(null);
  return (
    <Card title={t('diagnoses.title')}>
      {visit.diagnoses.length === 0 && <p className={classes.empty}>{t('diagnoses.empty')}</p>}
      <ul className={classes.list} data-struck={visit.status === 'entered_in_error' || undefined}>
        {visit.diagnoses.map((diagnosis) => (
          <DiagnosisRow key={diagnosis.id} visit={visit} diagnosis={diagnosis} editable={editable} />
        ))}
      </ul>
      {editable &&
        (adding ? (
          <DiagnosisForm
            key={adding.code ?? adding.text}
            visit={visit}
            diagnosis={adding}
            place={place}
            onDone={() => setAdding(null)}
          />
        ) : (
          <TermSearch<ReferenceEntry>
            label={t('diagnoses.search')}
            useFound={useDiagnosisSearch}
            keyOf={({ code, name_en }) => code ?? name_en}
            option={(item) => ({ name: name(item), code: item.code })}
            errorText={errorMessage}
            onPick={(item) => setAdding({ code: item.code ?? null, text: name(item) })}
            freeText={{
              label: t('diagnoses.asTyped'),
              onPick: (text) => setAdding({ code: null, text }),
            }}
            none={(query) => t('diagnoses.none', { query })}
          />
        ))}
    </Card>
  );
}

function DiagnosisRow(props: { visit: Visit; diagnosis: VisitDiagnosis; editable: boolean }) {
  const { visit, diagnosis, editable } = props;
  const { t } = useTranslation('records');
  const client = useQueryClient();
  const remove = useAction(
    (_: undefined, act) => api.delete(`/visits/${visit.id}/diagnoses/${diagnosis.id}`, act),
    {
      onSuccess: () => {
        toast.done(t('diagnoses.removed'));
        return refreshVisit(client, visit);
      },
      onError: (error) => toast.failed(errorMessage(error)),
    },
  );
  return (
    <li className={classes.row}>
      <div className={classes.rowText}>
        <bdi className={classes.rowTitle}>{diagnosis.text}</bdi>
        <span className={classes.rowMeta}>
          {diagnosis.tooth && <Place tooth={diagnosis.tooth} surfaces={diagnosis.surfaces} />}
          {diagnosis.code && <Code>{diagnosis.code}</Code>}
        </span>
      </div>
      {editable && (
        <ActionIcon
          variant="subtle"
          color="gray"
          loading={remove.isPending}
          aria-label={t('diagnoses.remove', { what: diagnosis.text })}
          onClick={() => remove.mutate(undefined)}
        >
          <IconTrash size={17} />
        </ActionIcon>
      )}
    </li>
  );
}
