import { Button, SegmentedControl } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { urlOf } from '@/api/client';
import type { Chart, ChartEvent, ChartTerm } from '@/api/types';
import type { Dentition, Extent } from '@/lib/anatomy/archLayout';
import type { Numbering } from '@/lib/anatomy/numbering';
import { useFormat } from '@/lib/format-context';
import type { Surface } from '@/lib/surfaces';
import type { ToothCode } from '@/lib/teeth';
import { Card } from '@/ui/Card';
import { PrintMenu } from '@/ui/PrintMenu';
import { ChartDateBar } from './ChartDateBar';
import { ChartEditor, UndoLastEntry } from './ChartEditor';
import { ChartLegend } from './ChartLegend';
import { ChartList, recordedTeeth } from './ChartList';
import { ageInYears } from './chartAge';
import css from './charting.module.css';
import { ChartComparison, type ChartDayShown } from './compare/ChartComparison';
import { PrefillBar } from './entry/PrefillBar';
import { useChartEntry } from './entry/useChartEntry';
import { useUndoKey } from './entry/useUndoKey';
import { useFavourites } from './favourites/useFavourites';
import type { ChangeKind } from './model/chartDiff';
import { changedTeeth, daysWithEntries } from './model/chartHistory';
import { Odontogram } from './Odontogram';
import { ToothHistory } from './ToothHistory';
import { useChartColours, wearing } from './useChartColours';
import { useChartWords } from './useChartWords';
import { ViewOptions } from './ViewOptions';

export interface PatientChartProps {
  patientId: string;
  birthDate: string | null;
  visitId: string | undefined;
  editable: boolean;
  chart: Chart;
  events: readonly ChartEvent[];
  terms: readonly ChartTerm[];
  numbering: Numbering;
  onNumbering: (numbering: Numbering) => void;
  asOf: string | null;
  onAsOf: (day: string | null) => void;
  /** The day's chart is still on its way; the one before stands in for it. */
  loading: boolean;
  /** The last reading failed, so what is shown may be out of date. */
  onRetry: (() => void) | null;
  onSelect: ((teeth: string[], surfaces: Surface[]) => void) | undefined;
}

const CHANGES: readonly ChangeKind[] = ['appeared', 'changed', 'went'];
const DENTITIONS: readonly Dentition[] = ['permanent', 'mixed', 'primary'];
/** Below this width one side of the mouth is shown at a time. */
const NARROW = 620;

/** The chart with everything around it: date, picture or list, palette, history. */
export function PatientChart(props: PatientChartProps) {
  const { chart, events, terms, numbering, asOf, editable } = props;
  const { t } = useTranslation('charting');
  const { t: common } = useTranslation();
  const format = useFormat();
  const worn = wearing(useChartColours());
  const words = useChartWords(terms, numbering);
  const stars = useFavourites(terms);
  const entry = useChartEntry({
    patientId: props.patientId,
    visitId: props.visitId,
    events,
    terms,
    words,
    numbering,
    stars,
  });
  const { ref: widthRef, width } = useElementSize();
  const [dentition, setDentition] = useState<Dentition | null>(null);
  const [side, setSide] = useState<Extent>('right');
  const [view, setView] = useState<'picture' | 'list'>('picture');
  const [since, setSince] = useState<string | null>(null);
  const [chosenAgainst, setAgainst] = useState<ChartDayShown | undefined>(undefined);
  const [line, setLine] = useState('');
  const lineRef = useRef<HTMLInputElement>(null);
  const pictureRef = useRef<HTMLDivElement>(null);

  const shownDentition = dentition ?? chart.dentition;
  const narrow = width > 0 && width < NARROW;
  // The slider may reach the day that it is compared with.
  const against = chosenAgainst === asOf ? undefined : chosenAgainst;
  const comparing = against !== undefined;
  const editing = editable && asOf === null && !comparing;
  useUndoKey(editing && !entry.busy ? entry.undoLast : null);
  const selected = useMemo(() => new Set(entry.palette.teeth), [entry.palette.teeth]);
  const days = useMemo(() => daysWithEntries(events), [events]);
  const changed = useMemo(
    () =>
      new Map<ToothCode, ChangeKind>(
        since ? [...changedTeeth(events, since, asOf)].map((tooth) => [tooth, 'changed']) : [],
      ),
    [events, since, asOf],
  );
  const ageYears = ageInYears(props.birthDate, asOf ?? format.today());
  const outside = recordedTeeth(chart).filter((code) =>
    shownDentition === 'mixed' ? false : Number(code[0]) > 4 !== (shownDentition === 'primary'),
  );
  const { teeth, surfaces } = entry.palette;
  const onSelect = props.onSelect;
  useEffect(() => onSelect?.([...teeth], [...surfaces]), [onSelect, teeth, surfaces]);
  const startLine = (typed: string, code: ToothCode) => {
    // Letters go to the tooth they are typed on; digits name one.
    if (selected.size === 0 && !/\d/.test(line + typed)) entry.select(code, 'only');
    setLine(line + typed);
    lineRef.current?.focus();
  };
  const backToPicture = () =>
    pictureRef.current?.querySelector<SVGGElement>('[data-tooth][tabindex="0"]')?.focus();

  return (
    <div {...worn} className={`${css.workspace} ${worn.className}`} ref={widthRef}>
      <div className={css.columns} data-editing={editing}>
        <Card
          title={t('chart.title')}
          actions={
            <>
              <ViewOptions {...{ view, setView, numbering }} onNumbering={props.onNumbering} />
              <PrintMenu
                compact
                label={t('print')}
                address={(lang) => urlOf(`/patients/${props.patientId}/chart/pdf`, { lang, as_of: asOf })}
              />
            </>
          }
        >
          <ChartDateBar
            days={days}
            asOf={asOf}
            onAsOf={props.onAsOf}
            since={since}
            onSince={setSince}
            changedCount={changed.size}
            against={against}
            onAgainst={setAgainst}
          />
          {asOf && (
            <p className={css.notice} role="status">
              {t('asOf.showing', { date: format.date(asOf, 'long') })}
              {editable && ` ${t('entry.past')}`}
            </p>
          )}
          {props.onRetry && (
            <p className={css.notice} role="alert">
              {t('stale')}
              <Button size="compact-sm" variant="light" onClick={props.onRetry}>
                {common('action.retry')}
              </Button>
            </p>
          )}
          {editing && <PrefillBar entry={entry} chart={chart} ageYears={ageYears} />}
          {view === 'list' && !comparing ? (
            <ChartList chart={chart} words={words} />
          ) : (
            <div
              ref={pictureRef}
              className={css.picture}
              data-dentition={comparing ? undefined : shownDentition}
              aria-busy={props.loading}
            >
              <div className={css.toolbar} hidden={view === 'list'}>
                <SegmentedControl
                  size="xs"
                  aria-label={t('dentition.label')}
                  value={shownDentition}
                  onChange={(value) => setDentition(value as Dentition)}
                  data={DENTITIONS.map((value) => ({ value, label: t(`dentition.${value}`) }))}
                />
                {/* Sides keep their places in every language, as in the picture. */}
                {narrow && (
                  <div dir="ltr">
                    <SegmentedControl
                      size="xs"
                      aria-label={t('extent.label')}
                      value={side}
                      onChange={(value) => setSide(value as Extent)}
                      data={(['right', 'whole', 'left'] as const).map((value) => ({
                        value,
                        label: t(`extent.${value}`),
                      }))}
                    />
                  </div>
                )}
              </div>
              {comparing ? (
                <ChartComparison
                  patientId={props.patientId}
                  birthDate={props.birthDate}
                  day={asOf}
                  against={against}
                  listOnly={view === 'list'}
                  dentition={shownDentition}
                  extent={narrow ? side : 'whole'}
                  onExtentChange={setSide}
                  {...{ chart, words, numbering }}
                />
              ) : (
                <Odontogram
                  chart={chart}
                  dentition={shownDentition}
                  words={words}
                  numbering={numbering}
                  extent={narrow ? side : 'whole'}
                  onExtentChange={setSide}
                  selected={selected}
                  picked={entry.palette.surfaces}
                  marks={changed}
                  ageYears={ageYears}
                  onSelect={entry.select}
                  onClear={entry.clear}
                  {...(editing
                    ? {
                        onPickSurface: entry.pickSurface,
                        onType: startLine,
                        onApply: () => void entry.applyLine(line),
                      }
                    : {})}
                />
              )}
              {chart.mouth.length > 0 && !comparing && (
                <p className={css.hidden}>
                  {t('chart.mouth')}
                  {': '}
                  {chart.mouth.map((state) => words.state(state, '')).join(t('stateSeparator'))}
                </p>
              )}
              {outside.length > 0 && !comparing && (
                <p className={css.hidden}>
                  {t('hidden.title')}{' '}
                  {outside.map((code) => words.tooth(code, chart.teeth[code])).join(t('stateSeparator'))}
                </p>
              )}
              <ChartLegend words={words} changes={comparing ? CHANGES : since ? ['changed'] : []} />
              <div className={css.printList}>
                <ChartList chart={chart} words={words} />
              </div>
            </div>
          )}
        </Card>
        {editing && (
          <div className={`${css.side} no-print`}>
            <Card title={t('entry.title')} actions={<UndoLastEntry entry={entry} />}>
              <ChartEditor
                entry={entry}
                stars={stars}
                numbering={numbering}
                terms={terms}
                words={words}
                line={line}
                onLine={setLine}
                lineRef={lineRef}
                onLeaveLine={backToPicture}
              />
            </Card>
          </div>
        )}
        <div className="no-print">
          <Card
            title={
              selected.size > 0
                ? t('history.of', { tooth: [...selected].map(words.label).join(' ') })
                : t('history.title')
            }
          >
            <ToothHistory events={events} teeth={selected} words={words} />
          </Card>
        </div>
      </div>
    </div>
  );
}
