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
  /** The filling on it does not hold. */
  defect?: Mark;
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
  /** What is amiss with the canals, drawn over them. */
  canalFault?: Mark;
  apicectomy?: Mark;
  resorption?: Mark;
  furcation?: Mark;
  /** Discoloured, hypomineralised or fluorotic enamel. */
  enamel?: Mark;
  /** A bracket or a band. */
  appliance?: Mark;
  /** How the tooth stands where it should not. */
  moved?: Mark;
  /** Teeth too many, by the side of this one on which they stand. */
  extra: Partial<Record<Surface, ExtraTooth>>;
  /** What was written about the tooth. */
  notes: readonly string[];
}

export interface ExtraTooth {
  mark: Mark;
  /** Its extraction is planned. */
  extraction?: Mark;
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
  'filling_defect',
  'root_canal_needed',
  'root_canal_short',
  'root_canal_over',
  'resorption',
  'furcation',
  'discolouration',
  'hypomineralisation',
  'fluorosis',
  'rotated',
  'tipped',
  'drifted',
  'over_erupted',
  'diastema',
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
  'filling_defect',
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
  | 'watch'
  | 'canalFault'
  | 'apicectomy'
  | 'resorption'
  | 'furcation'
  | 'enamel'
  | 'appliance'
  | 'moved';
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
  root_canal_needed: 'canalFault',
  root_canal_short: 'canalFault',
  root_canal_over: 'canalFault',
  apicectomy: 'apicectomy',
  resorption: 'resorption',
  furcation: 'furcation',
  discolouration: 'enamel',
  hypomineralisation: 'enamel',
  fluorosis: 'enamel',
  bracket: 'appliance',
  band: 'appliance',
  appliance_removed: 'appliance',
  rotated: 'moved',
  tipped: 'moved',
  drifted: 'moved',
  over_erupted: 'moved',
};
const CROWNS = new Set(['crown', 'implant_crown', 'bridge', 'denture', 'full_denture']);
/** Teeth that are drawn joined when one entry names them. */
const JOINED = new Set(['bridge', 'denture', 'full_denture', 'splint', 'retainer', 'diastema']);

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
    extra: {},
    notes: (entry?.states ?? []).flatMap(({ note }) => (note ? [note] : [])),
  };
  for (const state of entry?.states ?? []) {
    const mark = markOf(state);
    const presence = PRESENCE[state.code];
    const wholeTooth = WHOLE_TOOTH[state.code];
    if (state.code === 'supernumerary' || state.code === 'supernumerary_extracted') {
      drawExtra(picture, state, mark);
    } else if (presence) {
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

function drawExtra(picture: ToothPicture, state: ChartState, mark: Mark) {
  for (const side of state.surfaces) {
    const before = picture.extra[side];
    if (state.code === 'supernumerary') picture.extra[side] = { ...before, mark };
    else if (state.layer === 'plan' && before) picture.extra[side] = { ...before, extraction: mark };
  }
}

function drawOnSurfaces(picture: ToothPicture, state: ChartState, mark: Mark) {
  // Wear may be charted without a surface; it shows on the biting one.
  const surfaces: readonly Surface[] = state.surfaces.length ? state.surfaces : ['O'];
  const depth = mark.paint === 'plan' ? 'plan' : mark.code === 'filling_defect' ? 'defect' : 'base';
  for (const surface of surfaces) {
    picture.surfaces[surface] = { ...picture.surfaces[surface], [depth]: mark };
  }
}

/** Neighbouring teeth that one entry joins. */
export interface Joint {
  from: ToothCode;
  to: ToothCode;
  paint: Paint;
  code: string;
}

export function joints(teeth: Record<ToothCode, ChartTooth>, order: readonly ToothCode[]): Joint[] {
  const joined = (code: ToothCode) => (teeth[code]?.states ?? []).filter((state) => JOINED.has(state.code));
  return order.slice(1).flatMap((to, index) => {
    const from = order[index];
    if (!from) return [];
    return joined(to)
      .filter((state) => joined(from).some((other) => other.event_id === state.event_id))
      .map((state) => ({ from, to, paint: paintOf(state), code: state.code }));
  });
}
