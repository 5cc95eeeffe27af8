import { Button } from '@mantine/core';
import {
  IconCalendar,
  IconCash,
  IconDental,
  IconHeartbeat,
  IconPoint,
  IconReceipt,
  IconStethoscope,
  IconUser,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { errorMessage } from '@/api/errors';
import { useList } from '@/api/list';
import type { TimelineEntry } from '@/api/types';
import { connection } from '@/lib/connection';
import { localDateOf } from '@/lib/format';
import { useFormat } from '@/lib/format-context';
import { useCan } from '@/lib/permissions';
import { Card } from '@/ui/Card';
import { ErrorState } from '@/ui/ErrorState';
import { ListSkeleton } from '@/ui/PageSkeleton';
import { DateText, TimeText } from '@/ui/texts';
import classes from './patients.module.css';
import { withTimes } from './summaryTimes';

const GLYPHS = {
  patient: IconUser,
  appointment: IconCalendar,
  visit: IconStethoscope,
  chart: IconDental,
  invoice: IconReceipt,
  payment: IconCash,
  allergy: IconHeartbeat,
  condition: IconHeartbeat,
  medication: IconHeartbeat,
  history: IconHeartbeat,
};

function glyphOf(kind: string) {
  const [topic = ''] = kind.split('.');
  return topic in GLYPHS ? GLYPHS[topic as keyof typeof GLYPHS] : IconPoint;
}

/** Everything that happened to the patient, newest first. */
export function TimelineCard({ patientId }: { patientId: string }) {
  const { t } = useTranslation(['patients', 'common']);
  const { timeZone } = useFormat();
  const list = useList<TimelineEntry>(['patients', patientId, 'timeline'], `/patients/${patientId}/timeline`);
  const { error, retry } = list;
  const failed = error !== null;
  useEffect(() => (failed ? connection.onRetry(retry) : undefined), [failed, retry]);

  const days = new Map<string, TimelineEntry[]>();
  for (const entry of list.items ?? []) {
    const day = localDateOf(entry.at, timeZone);
    days.set(day, [...(days.get(day) ?? []), entry]);
  }
  return (
    <Card title={t('timeline.title')}>
      {list.isLoading && <ListSkeleton rows={6} />}
      {list.items?.length === 0 && <p className={classes.quiet}>{t('timeline.empty')}</p>}
      {[...days].map(([day, entries]) => (
        <section key={day} className={classes.timelineDay}>
          <h3>
            <DateText value={day} style="long" />
          </h3>
          <ol>
            {entries.map((entry) => (
              <TimelineLine key={`${entry.at}${entry.kind}${entry.entity_id}`} entry={entry} />
            ))}
          </ol>
        </section>
      ))}
      {error && <ErrorState message={errorMessage(error)} onRetry={retry} />}
      {list.hasMore && !error && (
        <div className={classes.more}>
          <Button variant="default" loading={list.isLoadingMore} onClick={list.loadMore}>
            {t('common:action.loadMore')}
          </Button>
        </div>
      )}
    </Card>
  );
}

function TimelineLine({ entry }: { entry: TimelineEntry }) {
  const { pick, time } = useFormat();
  const Glyph = glyphOf(entry.kind);
  const actor = pick(entry.actor_name_ar, entry.actor_name_en);
  return (
    <li className={classes.timelineLine}>
      <Glyph size={17} stroke={1.7} aria-hidden className={classes.timelineGlyph} />
      <div>
        <EntryLink entry={entry}>
          <bdi>{withTimes(pick(entry.summary_ar, entry.summary_en), time)}</bdi>
        </EntryLink>
        <div className={classes.who}>
          <TimeText value={entry.at} />
          {actor && (
            <>
              {' · '}
              <bdi>{actor}</bdi>
            </>
          )}
        </div>
      </div>
    </li>
  );
}

/** Leads to what the entry is about, where the reader may go there. */
function EntryLink({ entry, children }: { entry: TimelineEntry; children: ReactNode }) {
  const can = useCan();
  const { entity, entity_id: id } = entry;
  if (entity === 'visit' && can('records.read')) {
    return (
      <Link to="/visits/$visitId" params={{ visitId: id }} className={classes.plainLink}>
        {children}
      </Link>
    );
  }
  if (entity === 'invoice' && can('billing.read')) {
    return (
      <Link to="/invoices/$invoiceId" params={{ invoiceId: id }} className={classes.plainLink}>
        {children}
      </Link>
    );
  }
  if (entity === 'appointment' && can('scheduling.read')) {
    return (
      <Link to="/" search={{ appointment: id }} className={classes.plainLink}>
        {children}
      </Link>
    );
  }
  return <>{children}</>;
}
