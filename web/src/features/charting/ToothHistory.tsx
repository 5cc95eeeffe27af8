import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChartEvent } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import type { ToothCode } from '@/lib/teeth';
import { EmptyState } from '@/ui/EmptyState';
import { Code, DateText, DateTimeText } from '@/ui/texts';
import css from './charting.module.css';
import { LayerBadge } from './LayerBadge';
import { type HistoryEntry, historyOf, teethOf } from './model/chartHistory';
import { Note } from './Note';
import type { ChartWords } from './useChartWords';

const PAGE = 12;

/** Who recorded what, and when; what was taken back stays, struck through, with the reason. */
export function ToothHistory(props: {
  events: readonly ChartEvent[];
  teeth: ReadonlySet<ToothCode>;
  words: ChartWords;
}) {
  const { events, teeth, words } = props;
  const { t } = useTranslation('charting');
  const [shown, setShown] = useState(PAGE);
  const entries = historyOf(events, teeth);
  if (entries.length === 0) {
    return <EmptyState title={t(teeth.size > 0 ? 'history.emptyTooth' : 'history.empty')} />;
  }
  return (
    <>
      <ol className={css.history}>
        {entries.slice(0, shown).map((entry) => (
          <HistoryLine key={entry.event.id} entry={entry} words={words} />
        ))}
      </ol>
      {entries.length > shown && (
        <Button variant="subtle" fullWidth onClick={() => setShown(shown + PAGE)}>
          {t('history.more')}
        </Button>
      )}
    </>
  );
}

function HistoryLine({ entry: { event, correction }, words }: { entry: HistoryEntry; words: ChartWords }) {
  const { t } = useTranslation('charting');
  const teeth = teethOf(event);
  const told = words.state(event, teeth[0] ?? '');
  const corrected = correction !== null || Boolean(event.corrected_by);
  return (
    <li data-corrected={corrected}>
      <DateText value={event.on} />
      <LayerBadge state={event} words={words} />
      <strong>
        <Code>{teeth.map(words.label).join(' ')}</Code>
      </strong>
      <span className={css.told}>{corrected ? <del>{told}</del> : told}</span>
      {event.note && <Note text={event.note} />}
      <Signature event={event} />
      {correction && (
        <span className={css.correction}>
          {t('history.takenBack')} <bdi>{correction.reason}</bdi> (<Signature event={correction} />)
        </span>
      )}
    </li>
  );
}

function Signature({ event }: { event: ChartEvent }) {
  const format = useFormat();
  return (
    <span className={css.who}>
      <bdi>{format.name(event.recorded_by)}</bdi> · <DateTimeText value={event.recorded_at} />
    </span>
  );
}
