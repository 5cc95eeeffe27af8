import { Button, SegmentedControl, Select } from '@mantine/core';
import { useElementSize, useLocalStorage } from '@mantine/hooks';
import { type ComponentProps, lazy, Suspense, useState } from 'react';
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
  const { number } = useFormat();
  const [pathName, setPathName] = useLocalStorage<PathName>({
    key: 'dentpro.perioPath',
    defaultValue: 'arches',
    getInitialValueInEffect: false,
  });
  const entry = usePerioEntry(exam, pathName);
  const { at, mode, ten, minus } = entry.entry;
  const [looked, setLooked] = useState<string | null>(null);
  const panel = looked ?? at.tooth;
  const panelTooth = entry.teeth[panel];
  const press: typeof entry.press = (key) => {
    setLooked(null);
    entry.press(key);
  };
  const goToTooth = (tooth: string) => {
    setLooked(tooth);
    const first = entry.path.find((place) => place.tooth === tooth);
    if (first && at.tooth !== tooth) entry.goTo(first);
  };
  const pending = entry.saving.kind !== 'saved';
  return (
    <>
      <Card title={<ExamTitle exam={exam} />} actions={<ExamActions exam={exam} />}>
        <EntryBar entry={entry} pathName={pathName} onPathName={setPathName} />
        <div className={`${css.entryLine} no-print`}>
          <span className={css.here}>
            {t('entry.here')} <strong>{words.place(at.tooth, at.site)}</strong>
            {ten && <kbd>+10</kbd>}
            {minus && <kbd>−</kbd>}
          </span>
          <SaveNotice state={entry.saving} retry={entry.retry} />
        </div>
        <Picture
          {...props}
          teeth={entry.teeth}
          chart={{
            at,
            hint: t(`mode.hint_${mode}`),
            onKey: press,
            onPlace: entry.goTo,
            onTooth: goToTooth,
          }}
        />
        <KeyPad entry={entry.entry} onKey={press} />
        {panelTooth && (
          <ToothPanel
            code={panel}
            tooth={panelTooth}
            onTooth={goToTooth}
            onChange={(change) => entry.change(panel, change)}
          />
        )}
        <KeyHelp />
        <p className={`${css.hint} no-print`}>
          {t('entry.progress', { count: entry.unmeasured.length, left: number(entry.unmeasured.length) })}
        </p>
      </Card>
      <Card title={t('numbers.title')}>
        <ExamNumbers summary={exam.summary} />
      </Card>
      <DiagnosisCard exam={exam} words={words} unsaved={pending} />
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

function ExamTitle({ exam }: { exam: PerioExam }) {
  const { t } = useTranslation('periodontal');
  return (
    <span className={css.examTitle}>
      {t(`kind.${exam.kind}`)} <DateText value={exam.on} /> <StatusBadge status={exam.status} />
    </span>
  );
}

function ExamActions({ exam }: { exam: PerioExam }) {
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
}

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
