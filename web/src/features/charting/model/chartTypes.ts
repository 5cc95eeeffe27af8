import type { Dentition } from '../anatomy/archLayout';
import type { Surface } from '../anatomy/surfaceCells';
import type { ToothCode } from '../anatomy/tooth';

/** Shapes of the charting API. */
export type Layer = 'finding' | 'plan' | 'done';
export const LAYERS: readonly Layer[] = ['finding', 'plan', 'done'];
export type UnitPart = 'abutment' | 'pontic' | 'cantilever';

export interface UnitMember {
  tooth: ToothCode;
  part: UnitPart;
}

export interface ChartState {
  event_id: string;
  layer: Layer;
  code: string;
  surfaces?: Surface[] | null;
  severity?: number | string | null;
  material?: string | null;
  /** Role in a unit of several teeth, when the state belongs to one. */
  part?: UnitPart | null;
  unit?: UnitMember[] | null;
  existing_elsewhere?: boolean | null;
  on?: string | null;
}

export interface ChartTooth {
  present: boolean;
  states: ChartState[];
}

export interface Chart {
  teeth: Record<ToothCode, ChartTooth>;
  /** What concerns the mouth as a whole. */
  mouth?: ChartState[];
  dentition: Dentition;
}

export interface PersonName {
  name_ar: string | null;
  name_en: string | null;
}

export interface ChartEvent {
  id: string;
  on: string;
  layer: Layer | 'correction';
  code: string;
  teeth: ToothCode[];
  surfaces: Surface[] | null;
  severity: number | string | null;
  material: string | null;
  unit: UnitMember[] | null;
  existing_elsewhere: boolean | null;
  visit_id: string | null;
  recorded_at: string;
  recorded_by: PersonName | null;
  corrects: string | null;
  corrected_by: string | null;
  reason: string | null;
}

/** What may be charted, as the server lists it. */
export interface ChartTerm {
  code: string;
  scope: string;
  layers: Layer[];
  materials: string[];
  severities: (number | string)[];
  name_ar: string;
  name_en: string;
}

export interface NewChartEvent {
  layer: Layer;
  code: string;
  teeth?: ToothCode[];
  unit?: UnitMember[];
  surfaces?: Surface[];
  severity?: number | string;
  material?: string;
  existing_elsewhere?: boolean;
  visit_id?: string;
  on?: string;
}
