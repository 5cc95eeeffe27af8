import type { Chart, ChartState } from '@/api/types';
import { PERMANENT_TEETH, PRIMARY_TEETH, type ToothCode } from '@/lib/teeth';

export type ChangeKind = 'appeared' | 'went' | 'changed';

/** One difference between the charts of two days; `tooth` is null for the whole mouth. */
export interface ChartChange {
  tooth: ToothCode | null;
  kind: ChangeKind;
  /** What stood on the earlier day. */
  before?: ChartState;
  /** What stands on the later day. */
  after?: ChartState;
}

/** What a state says, whichever entry says it. */
export function factOf(state: ChartState): string {
  const { layer, code, surfaces, severity, material, part, existing_elsewhere } = state;
  const letters = [...surfaces].sort().join('');
  return [layer, code, letters, severity ?? '', material ?? '', part ?? '', existing_elsewhere].join('|');
}

/** How two states that differ belong together, the closest first. */
const KINSHIP: readonly ((state: ChartState) => string)[] = [
  ({ event_id, code }) => `${event_id}|${code}`,
  ({ layer, code, surfaces }) => `${layer}|${code}|${[...surfaces].sort().join('')}`,
  ({ layer, code }) => `${layer}|${code}`,
  // A plan that was carried out is one thing that changed.
  ({ code, surfaces }) => `${code}|${[...surfaces].sort().join('')}`,
  ({ code }) => code,
];

/** Takes out of both lists the pairs that agree on `key`. */
function pairUp(before: ChartState[], after: ChartState[], key: (state: ChartState) => string) {
  const pairs: [ChartState, ChartState][] = [];
  for (const state of [...before]) {
    const match = after.findIndex((other) => key(other) === key(state));
    const other = after[match];
    if (!other) continue;
    pairs.push([state, other]);
    before.splice(before.indexOf(state), 1);
    after.splice(match, 1);
  }
  return pairs;
}

function diffOfStates(
  tooth: ToothCode | null,
  earlier: readonly ChartState[],
  later: readonly ChartState[],
): ChartChange[] {
  const before = [...earlier];
  const after = [...later];
  pairUp(before, after, factOf);
  const changes: ChartChange[] = [];
  for (const key of KINSHIP) {
    for (const [was, is] of pairUp(before, after, key)) {
      changes.push({ tooth, kind: 'changed', before: was, after: is });
    }
  }
  return [
    ...before.map((state): ChartChange => ({ tooth, kind: 'went', before: state })),
    ...changes,
    ...after.map((state): ChartChange => ({ tooth, kind: 'appeared', after: state })),
  ];
}

/** What went, changed and appeared from one day to another, by tooth in the order of their numbers. */
export function chartDiff(
  earlier: Pick<Chart, 'teeth' | 'mouth'>,
  later: Pick<Chart, 'teeth' | 'mouth'>,
): ChartChange[] {
  const codes = [...new Set([...Object.keys(earlier.teeth), ...Object.keys(later.teeth)])].sort();
  return [
    ...diffOfStates(null, earlier.mouth, later.mouth),
    ...codes.flatMap((code) =>
      diffOfStates(code, earlier.teeth[code]?.states ?? [], later.teeth[code]?.states ?? []),
    ),
  ];
}

/** How a tooth is marked: by the one kind of change it has, or as changed when it has several. */
export function marksOf(changes: readonly ChartChange[]): Map<ToothCode, ChangeKind> {
  const marks = new Map<ToothCode, ChangeKind>();
  for (const { tooth, kind } of changes) {
    if (tooth === null) continue;
    const marked = marks.get(tooth);
    marks.set(tooth, marked && marked !== kind ? 'changed' : kind);
  }
  return marks;
}

const AS_THEY_STAND = [...PERMANENT_TEETH, ...PRIMARY_TEETH];

/** The same change of several teeth, such as those of one bridge, in the order in which they stand. */
export interface ChangeGroup extends Omit<ChartChange, 'tooth'> {
  teeth: ToothCode[];
}

export function groupChanges(changes: readonly ChartChange[], kind: ChangeKind): ChangeGroup[] {
  const groups = new Map<string, ChangeGroup>();
  for (const { tooth, ...change } of changes) {
    if (change.kind !== kind) continue;
    const key = [change.before, change.after]
      .map((state) => (state ? `${state.event_id}${factOf({ ...state, part: null })}` : ''))
      .join('>');
    const group = groups.get(key);
    const teeth = tooth === null ? [] : [tooth];
    if (group) group.teeth.push(...teeth);
    else groups.set(key, { ...change, teeth });
  }
  for (const { teeth } of groups.values()) {
    teeth.sort((a, b) => AS_THEY_STAND.indexOf(a) - AS_THEY_STAND.indexOf(b));
  }
  return [...groups.values()];
}
