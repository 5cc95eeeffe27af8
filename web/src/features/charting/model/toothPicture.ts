import type { ChartState, ChartTooth, UnitTooth } from '@/api/types';
import type { Surface } from '@/lib/surfaces';
import type { ToothCode } from '@/lib/teeth';

/** How a layer is coloured: what is there, what is sick, what is planned, what was done here. */
export type Paint = 'existing' | 'pathology' | 'plan' | 'done';

export interface Mark {
  paint: Paint;
  code: string;
  material: string | null;
  severity: number | null;
}

export interface SurfaceMarks {
  /** What is on the surface now. */
  base?: Mark;
  /** What is planned for it; drawn hollow, so that the base shows through. */
  plan?: Mark;
}

export type Presence = 'present' | 'missing' | 'unerupted' | 'impacted' | 'remnant';

/** Everything that is drawn over the anatomy of one tooth. */
export interface ToothPicture {
  presence: Presence;
  presencePaint: Paint;
  surfaces: Partial<Record<Surface, SurfaceMarks>>;
  crown?: Mark & { part: UnitTooth['part'] | null };
  veneer?: Mark;
  implant?: Mark;
  canals?: Mark;
  post?: Mark;
  extraction?: Mark;
  fracture?: Mark;
  lesion?: Mark;
  calculus?: Mark;
  mobility?: Mark;
  watch?: Mark;
}

const SICK = new Set([
  'caries',
  'secondary_caries',
  'root_caries',
  'periapical_lesion',
  'fracture',
  'abrasion',
  'erosion',
  'attrition',
  'mobility',
  'calculus',
]);
const ON_SURFACES = new Set([
  'caries',
  'secondary_caries',
  'root_caries',
  'filling',
  'sealant',
  'inlay',
  'onlay',
  'abrasion',
  'erosion',
  'attrition',
]);
const PRESENCE: Record<string, Presence> = {
  missing: 'missing',
  extracted: 'missing',
  congenitally_missing: 'missing',
  unerupted: 'unerupted',
  impacted: 'impacted',
  root_remnant: 'remnant',
};
type WholeToothMark =
  | 'veneer'
  | 'implant'
  | 'canals'
  | 'post'
  | 'extraction'
  | 'fracture'
  | 'lesion'
  | 'calculus'
  | 'mobility'
  | 'watch';
const WHOLE_TOOTH: Record<string, WholeToothMark> = {
  veneer: 'veneer',
  implant: 'implant',
  root_canal: 'canals',
  post_and_core: 'post',
  to_extract: 'extraction',
  fracture: 'fracture',
  periapical_lesion: 'lesion',
  calculus: 'calculus',
  mobility: 'mobility',
  watch: 'watch',
};
const CROWNS = new Set(['crown', 'implant_crown', 'bridge', 'denture']);

export function paintOf(state: Pick<ChartState, 'layer' | 'code'>): Paint {
  if (state.layer === 'plan') return 'plan';
  if (state.layer === 'done') return 'done';
  return SICK.has(state.code) ? 'pathology' : 'existing';
}

function markOf(state: ChartState): Mark {
  return {
    paint: paintOf(state),
    code: state.code,
    material: state.material ?? null,
    severity: state.severity ?? null,
  };
}

/** Turns the states of a tooth, oldest first, into what is drawn. Later states lie over earlier ones. */
export function toothPicture(entry: ChartTooth | undefined): ToothPicture {
  const picture: ToothPicture = {
    presence: entry && !entry.present ? 'missing' : 'present',
    presencePaint: 'existing',
    surfaces: {},
  };
  for (const state of entry?.states ?? []) {
    const mark = markOf(state);
    const presence = PRESENCE[state.code];
    const wholeTooth = WHOLE_TOOTH[state.code];
    if (presence) {
      drawPresence(picture, state, mark, presence);
    } else if (ON_SURFACES.has(state.code)) {
      drawOnSurfaces(picture, state, mark);
    } else if (CROWNS.has(state.code)) {
      picture.crown = { ...mark, part: state.part ?? null };
    } else if (wholeTooth) {
      picture[wholeTooth] = mark;
    }
  }
  return picture;
}

function drawPresence(picture: ToothPicture, state: ChartState, mark: Mark, presence: Presence) {
  if (state.layer === 'plan') {
    picture.extraction = mark;
    return;
  }
  picture.presence = presence;
  picture.presencePaint = mark.paint;
}

function drawOnSurfaces(picture: ToothPicture, state: ChartState, mark: Mark) {
  // Wear may be charted without a surface; it shows on the biting one.
  const surfaces: readonly Surface[] = state.surfaces.length ? state.surfaces : ['O'];
  const depth = mark.paint === 'plan' ? 'plan' : 'base';
  for (const surface of surfaces) {
    picture.surfaces[surface] = { ...picture.surfaces[surface], [depth]: mark };
  }
}

/** Pairs of neighbouring teeth that one bridge joins. */
export interface BridgeSpan {
  from: ToothCode;
  to: ToothCode;
  paint: Paint;
}

export function bridgeSpans(teeth: Record<ToothCode, ChartTooth>, order: readonly ToothCode[]): BridgeSpan[] {
  const bridgesOf = (code: ToothCode) =>
    (teeth[code]?.states ?? []).filter((state) => state.code === 'bridge' || state.part);
  return order.slice(1).flatMap((to, index) => {
    const from = order[index];
    if (!from) return [];
    const shared = bridgesOf(to).find((state) =>
      bridgesOf(from).some((other) => other.event_id === state.event_id),
    );
    return shared ? [{ from, to, paint: paintOf(shared) }] : [];
  });
}
