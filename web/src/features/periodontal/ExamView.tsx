import { Button, SegmentedControl, Select } from '@mantine/core';
import { useElementSize, useLocalStorage } from '@mantine/hooks';
import {
  type ComponentProps,
  lazy,
  memo,
  Suspense,
  useCallback,
  useDeferredValue,
  useMemo,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { urlOf } from '@/api/client';
import type { PerioExam } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { useCan } from '@/lib/permissions';
import type { Side } from '@/lib/teeth';
import { Card } from '@/ui/Card';
import { PrintMenu } from '@/ui/PrintMenu';
import { StatusBadge } from '@/ui/StatusBadge';
import { DateText, DateTimeText } from '@/ui/texts';
import { DiagnosisCard } from './DiagnosisCard';
import { EntryBar, KeyHelp } from './EntryBar';
import { ExamNumbers } from './ExamNumbers';
import { ExamTable } from './ExamTable';
import { KeyPad } from './KeyPad';
import { Legend } from './Legend';
import type { Key } from './model/entry';
import type { PathName } from './model/entryPath';
import { PerioChart } from './PerioChart';
import css from './periodontal.module.css';
import { SaveNotice } from './SaveNotice';
import { ScreeningView } from './ScreeningView';
import { ToothPanel } from './ToothPanel';
import { usePerioEntry } from './usePerioEntry';
import type { PerioWords } from './usePerioWords';

const StrikeExamDialog = lazy(() => import('./StrikeExamDialog'));

export const THRESHOLDS = [4, 5, 6] as const;
/** Below this width one side of the mouth is shown at a time. */
const NARROW = 700;

interface ExamViewProps {
  exam: PerioExam;
  words: PerioWords;
  threshold: number;
  onThreshold: (threshold: number) => void;
}

/** One exam: a screening, a draft that is typed into, or one that is only read. */
export function ExamView(props: ExamViewProps) {
  const { exam, words } = props;
  const may = useCan()('periodontal.write');
  const editable = may && exam.status === 'draft';
  const { t } = useTranslation('periodontal');
  if (exam.kind === 'screening') {
    return (
      <>
        <Card title={<ExamTitle exam={exam} />} actions={<ExamActions exam={exam} />}>
          <Struck exam={exam} />
          <ScreeningView exam={exam} editable={editable} />
        </Card>
        {exam.status === 'draft' && <DiagnosisCard exam={exam} words={words} unsaved={false} />}
      </>
    );
  }
  if (editable) return <ExamEditor {...props} />;
  return (
    <>
      <Card title={<ExamTitle exam={exam} />} actions={<ExamActions exam={exam} />}>
        <Struck exam={exam} />
        <Picture {...props} teeth={exam.teeth} />
      </Card>
      <Card title={t('numbers.title')}>
        <ExamNumbers summary={exam.summary} />
      </Card>
      <DiagnosisCard exam={exam} words={words} unsaved={false} />
    </>
  );
}

function ExamEditor(props: ExamViewProps) {
  const { exam, words } = props;
  const { t } = useTranslation('periodontal');
  const [pathName, setPathName] = useLocalStorage<PathName>({
    key: 'dentpro.perioPath',
    defaultValue: 'arches',
    getInitialValueInEffect: false,
  });
  const { teeth, path, entry, saving, press, goTo, setMode, change, fill, retry } = usePerioEntry(
    exam,
    pathName,
  );
  const { at, mode, ten, minus } = entry;
  const [looked, setLooked] = useState<string | null>(null);
  const onKey = useCallback(
    (key: Key) => {
      setLooked(null);
      press(key);
    },
    [press],
  );
  const onTooth = useCallback(
    (tooth: string) => {
      setLooked(tooth);
      const first = path.find((place) => place.tooth === tooth);
      if (first) goTo(first);
    },
    [path, goTo],
  );
  const chart = useMemo(
    () => ({ at, hint: t(`mode.hint_${mode}`), onKey, onPlace: goTo, onTooth: setLooked }),
    [at, mode, t, onKey, goTo],
  );
  // What stands around the numbers may come a moment after them: a key never waits for it.
  const left = useDeferredValue(
    useMemo(
      () => path.filter(({ tooth, site }) => teeth[tooth]?.sites[site]?.[mode] == null).length,
      [path, teeth, mode],
    ),
  );
  const panel = useDeferredValue(looked ?? at.tooth);
  const panelTooth = useDeferredValue(teeth[looked ?? at.tooth]);
  const shown = useDeferredValue(exam);
  const unsaved = useDeferredValue(saving.kind !== 'saved');
  return (
    <>
      <Card title={<ExamTitle exam={shown} />} actions={<ExamActions exam={shown} />}>
        <EntryBar
          mode={mode}
          onMode={setMode}
          left={left}
          onFill={fill}
          pathName={pathName}
          onPathName={setPathName}
        />
        <div className={`${css.entryLine} no-print`}>
          <span className={css.here}>
            {t('entry.here')} <strong>{words.place(at.tooth, at.site)}</strong>
            {ten && <kbd>+10</kbd>}
            {minus && <kbd>−</kbd>}
          </span>
          <SaveNotice state={saving} retry={retry} />
        </div>
        <Picture {...props} teeth={teeth} chart={chart} />
        <KeyPad ten={ten} minus={minus} onKey={onKey} />
        {panelTooth && <ToothPanel code={panel} tooth={panelTooth} onTooth={onTooth} onChange={change} />}
        <KeyHelp />
      </Card>
      <Card title={t('numbers.title')}>
        <ExamNumbers summary={shown.summary} />
      </Card>
      <DiagnosisCard exam={shown} words={words} unsaved={unsaved} />
    </>
  );
}

interface PictureProps extends ExamViewProps {
  teeth: PerioExam['teeth'];
  chart?: Pick<ComponentProps<typeof PerioChart>, 'at' | 'hint' | 'onKey' | 'onPlace' | 'onTooth'>;
}

/** The exam as picture or as list, and from which depth pockets are marked. */
function Picture({ teeth, words, threshold, onThreshold, chart = {} }: PictureProps) {
  const { t } = useTranslation('periodontal');
  const { ref, width } = useElementSize();
  const [side, setSide] = useState<Side>('right');
  const [view, setView] = useState<'picture' | 'list'>('picture');
  const narrow = width > 0 && width < NARROW;
  return (
    <div ref={ref} className={css.pictureFrame}>
      <div className={`${css.toolbar} no-print`}>
        <SegmentedControl
          size="xs"
          aria-label={t('view.label')}
          value={view}
          onChange={(value) => setView(value as 'picture' | 'list')}
          data={(['picture', 'list'] as const).map((value) => ({ value, label: t(`view.${value}`) }))}
        />
        <Select
          size="xs"
          className={css.threshold}
          aria-label={t('threshold.label')}
          data={THRESHOLDS.map((mm) => ({ value: `${mm}`, label: t('threshold.from', { mm }) }))}
          value={`${threshold}`}
          onChange={(value) => onThreshold(Number(value ?? 4))}
          allowDeselect={false}
        />
        {narrow && view === 'picture' && (
          // Sides keep their places in every language, as in the picture.
          <div dir="ltr">
            <SegmentedControl
              size="xs"
              aria-label={t('side.label')}
              value={side}
              onChange={(value) => {
                setSide(value as Side);
                const first = value === 'right' ? '18' : '21';
                chart.onPlace?.({ tooth: first, site: first === '18' ? 'DB' : 'MB' });
              }}
              data={(['right', 'left'] as const).map((value) => ({ value, label: t(`side.${value}`) }))}
            />
          </div>
        )}
      </div>
      {view === 'list' ? (
        <ExamTable teeth={teeth} words={words} />
      ) : (
        <>
          <PerioChart
            teeth={teeth}
            words={words}
            threshold={threshold}
            side={narrow ? side : null}
            onSide={setSide}
            {...chart}
          />
          <Legend threshold={threshold} />
        </>
      )}
    </div>
  );
}

const ExamTitle = memo(function ExamTitle({ exam }: { exam: PerioExam }) {
  const { t } = useTranslation('periodontal');
  return (
    <span className={css.examTitle}>
      {t(`kind.${exam.kind}`)} <DateText value={exam.on} /> <StatusBadge status={exam.status} />
    </span>
  );
});

const ExamActions = memo(function ExamActions({ exam }: { exam: PerioExam }) {
  const { t } = useTranslation('periodontal');
  const can = useCan();
  const [striking, setStriking] = useState(false);
  const may = exam.status === 'draft' ? can('periodontal.write') : can('periodontal.diagnose');
  return (
    <>
      <PrintMenu
        compact
        label={t('print')}
        address={(lang) => urlOf(`/perio-exams/${exam.id}/pdf`, { lang })}
      />
      {may && exam.status !== 'entered_in_error' && (
        <Button variant="subtle" color="red" size="compact-sm" onClick={() => setStriking(true)}>
          {t('strike.button')}
        </Button>
      )}
      {striking && (
        <Suspense fallback={null}>
          <StrikeExamDialog exam={exam} onClose={() => setStriking(false)} />
        </Suspense>
      )}
    </>
  );
});

function Struck({ exam }: { exam: PerioExam }) {
  const { t } = useTranslation('periodontal');
  const format = useFormat();
  if (exam.status === 'entered_in_error') {
    return (
      <p className={css.struck} role="status">
        {t('strike.was')} <bdi>{exam.error_reason}</bdi>
      </p>
    );
  }
  return (
    <p className={css.hint}>
      {t('exam.by')} <bdi>{format.name(exam.started_by)}</bdi>
      {exam.closed_at && (
        <>
          {' · '}
          {t('exam.closed')} <DateTimeText value={exam.closed_at} /> <bdi>{format.name(exam.closed_by)}</bdi>
        </>
      )}
    </p>
  );
}
