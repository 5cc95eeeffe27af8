import type { ChartLayer, ChartTerm, NewChartEvent, UnitTooth } from '@/api/types';
import { type Surface, sortSurfaces } from '@/lib/surfaces';
import { archOrder, parseTooth, type ToothCode } from '@/lib/teeth';
import type { QuickEntry } from './quickEntry';

export const LAYERS: readonly ChartLayer[] = ['finding', 'plan', 'done'];

/** What the palette holds: the next event, but for what a typed line says otherwise. */
export interface Palette {
  layer: ChartLayer;
  code: string | null;
  material: string | null;
  severity: string | null;
  surfaces: readonly Surface[];
  teeth: readonly ToothCode[];
  note: string;
}

export type DraftProblem =
  | 'no_tooth'
  | 'no_state'
  | 'surfaces_needed'
  | 'surfaces_not_taken'
  | 'surface_not_there'
  | 'layer_not_allowed'
  | 'grade_not_allowed'
  | 'grade_needed'
  | 'material_not_allowed'
  | 'unit_needs_neighbours'
  | 'note_needed';

export type DraftResult = { ok: true; event: NewChartEvent } | { ok: false; problem: DraftProblem };

export function takesSurfaces(term: ChartTerm | undefined): boolean {
  return term !== undefined && term.surfaces.length > 0;
}

/** A bridge is one unit of neighbouring teeth, each with its part. */
export function isUnit(term: ChartTerm | undefined): boolean {
  return term?.code === 'bridge';
}

/** Work that is found may have been done elsewhere; a disease is not done. */
export function mayBeDoneElsewhere(term: ChartTerm | undefined, layer: ChartLayer): boolean {
  return layer === 'finding' && term !== undefined && term.layers.includes('done');
}

/** A finding of the whole mouth names no tooth. */
export function takesTeeth(term: ChartTerm | undefined): boolean {
  return term?.scope !== 'mouth';
}

/** Where a state is not charted on the layer that is set, its own first layer counts. */
export function layerFor(term: ChartTerm, wanted: ChartLayer): ChartLayer {
  return term.layers.includes(wanted) ? wanted : (term.layers[0] ?? wanted);
}

export function draftEvent(palette: Palette, terms: readonly ChartTerm[], typed?: QuickEntry): DraftResult {
  const code = typed?.code ?? palette.code;
  const term = terms.find((candidate) => candidate.code === code);
  if (!term) return refuse('no_state');
  const teeth = typed?.teeth.length ? typed.teeth : palette.teeth;
  if (takesTeeth(term) && teeth.length === 0) return refuse('no_tooth');
  if (typed?.layer && !term.layers.includes(typed.layer)) return refuse('layer_not_allowed');
  const event: NewChartEvent = { layer: layerFor(term, typed?.layer ?? palette.layer), code: term.code };

  const surfaces = sortSurfaces(
    typed?.surfaces.length ? typed.surfaces : typed?.teeth.length ? [] : palette.surfaces,
  );
  if (takesSurfaces(term)) {
    if (surfaces.length === 0 && term.surfaces_required) return refuse('surfaces_needed');
    if (surfaces.some((surface) => !term.surfaces.includes(surface))) return refuse('surface_not_there');
    if (surfaces.length > 0) event.surfaces = surfaces;
  } else if (typed?.surfaces.length) {
    return refuse('surfaces_not_taken');
  }

  const samePaletteCode = term.code === palette.code;
  const material = typed?.material ?? (samePaletteCode ? palette.material : null);
  if (material) {
    const known = term.materials.find((candidate) => candidate === material);
    if (!known) return refuse('material_not_allowed');
    event.material = known;
  }
  const severity = typed?.severity ?? (samePaletteCode ? palette.severity : null);
  if (severity) {
    const known = term.severities.find((candidate) => String(candidate) === severity);
    if (known === undefined) return refuse('grade_not_allowed');
    event.severity = known;
  } else if (term.severity_required) {
    return refuse('grade_needed');
  }

  const note = palette.note.trim();
  if (note) event.note = note;
  else if (term.note_required) return refuse('note_needed');

  if (isUnit(term)) {
    const unit = unitOf(teeth);
    if (!unit) return refuse('unit_needs_neighbours');
    event.unit = unit;
  } else if (takesTeeth(term)) {
    event.teeth = [...teeth];
  }
  return { ok: true, event };
}

function refuse(problem: DraftProblem): DraftResult {
  return { ok: false, problem };
}

/** Neighbours of one arch, in order: abutments at both ends, pontics between. */
export function unitOf(teeth: readonly ToothCode[]): UnitTooth[] | null {
  const first = teeth[0] ? parseTooth(teeth[0]) : null;
  if (!first || teeth.length < 2) return null;
  const order = archOrder(first.arch, first.primary);
  const places = teeth.map((code) => order.indexOf(code)).sort((a, b) => a - b);
  const start = places[0] ?? -1;
  if (start < 0 || places.some((place, index) => place !== start + index)) return null;
  const last = places.length - 1;
  return places.map((place, index) => ({
    tooth: order[place] ?? '',
    part: index === 0 || index === last ? 'abutment' : 'pontic',
  }));
}
