import i18next from 'i18next';
import { useState } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { initReactI18next } from 'react-i18next';
import '../src/app/tokens.css';
import type { Chart, ChartState } from '../src/api/types';
import { Odontogram } from '../src/features/charting/Odontogram';
import { wearing } from '../src/features/charting/useChartColours';
import type { ChartWords } from '../src/features/charting/useChartWords';
import charting from '../src/i18n/en/charting.json';
import type { Dentition } from '../src/lib/anatomy/archLayout';
import type { Surface } from '../src/lib/surfaces';
import { PERMANENT_TEETH, PRIMARY_TEETH, type ToothCode } from '../src/lib/teeth';

const query = new URLSearchParams(location.search);
const dentition = (query.get('dentition') ?? 'permanent') as Dentition;
const teeth = dentition === 'mixed' ? [...PERMANENT_TEETH, ...PRIMARY_TEETH] : PERMANENT_TEETH;

/** Every kind of drawing in turn, several on each tooth: more than any mouth holds. */
const KINDS: [ChartState['layer'], string, Surface[], ChartState['material']][] = [
  ['finding', 'caries', ['M', 'O'], null],
  ['plan', 'filling', ['D'], 'composite'],
  ['done', 'root_canal', [], null],
  ['finding', 'calculus', [], null],
  ['done', 'crown', [], 'zirconia'],
  ['finding', 'mobility', [], null],
  ['finding', 'fluorosis', [], null],
  ['plan', 'to_extract', [], null],
  ['finding', 'periapical_lesion', [], null],
];
const state = (index: number): ChartState => {
  const [layer, code, surfaces, material] = KINDS[index % KINDS.length] ?? ['finding', 'watch', [], null];
  return {
    event_id: `event-${index}`,
    layer,
    code,
    surfaces,
    material: material ?? null,
    severity: 2,
    existing_elsewhere: false,
    on: '2026-11-25',
  };
};
const toothOf = (index: number): Chart['teeth'][string] => ({
  present: true,
  occupant: 'tooth',
  states: [state(index), state(index + 2), state(index + 5), state(index + 7)],
});
const opened = {
  patient_id: '',
  dentition: 'permanent',
  mouth: [],
  teeth: Object.fromEntries(teeth.map((code, index) => [code, toothOf(index)])),
} as unknown as Chart;

const words = {
  tooth: (code: ToothCode) => code,
} as ChartWords;

interface Shown {
  chart: Chart;
  selected: ReadonlySet<ToothCode>;
  picked: readonly Surface[];
}
let show: (change: (before: Shown) => Shown) => void = () => {};

function BenchPage() {
  const [shown, setShown] = useState<Shown>({ chart: opened, selected: new Set(), picked: [] });
  show = setShown;
  return (
    <div {...wearing('existing_blue')}>
      <Odontogram
        chart={shown.chart}
        dentition={dentition}
        words={words}
        numbering="fdi"
        selected={shown.selected}
        picked={shown.picked}
        onPickSurface={nothing}
        onSelect={nothing}
      />
    </div>
  );
}
function nothing() {}

/** Choosing a tooth, picking a surface and an entry that arrives, in turns: rendering, style and layout of each. */
function measureChanges(count: number): number[] {
  return Array.from({ length: count }, (_, index) => {
    const code = teeth[(index * 7) % teeth.length] ?? '16';
    const change = (before: Shown): Shown => {
      if (index % 3 === 0) return { ...before, selected: new Set([code]), picked: [] };
      if (index % 3 === 1) return { ...before, picked: ['M', 'O'] };
      const changed = { ...before.chart.teeth, [code]: toothOf(index) };
      return { ...before, chart: { ...before.chart, teeth: changed } };
    };
    const started = performance.now();
    flushSync(() => show(change));
    document.querySelector('svg')?.getBoundingClientRect();
    return performance.now() - started;
  });
}
Object.assign(window, { measureChanges, statesShown: teeth.length * 4 });

const root = document.getElementById('root');
if (root) {
  void i18next
    .use(initReactI18next)
    .init({ lng: 'en', resources: { en: { charting } } })
    .then(() => {
      performance.mark('chart:start');
      flushSync(() => createRoot(root).render(<BenchPage />));
      // Two frames: the first is being laid out and painted when the second begins.
      requestAnimationFrame(() =>
        requestAnimationFrame(() => performance.measure('chart:ready', 'chart:start')),
      );
    });
}
