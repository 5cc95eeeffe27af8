import type { ChartLayer, ChartTerm } from '@/api/types';

export type PaletteGroup =
  | 'condition'
  | 'restoration'
  | 'prosthesis'
  | 'endodontic'
  | 'orthodontic'
  | 'presence';
export const PALETTE_GROUPS: readonly PaletteGroup[] = [
  'condition',
  'restoration',
  'prosthesis',
  'endodontic',
  'orthodontic',
  'presence',
];

const GROUP: Record<string, PaletteGroup> = {
  filling: 'restoration',
  sealant: 'restoration',
  inlay: 'restoration',
  onlay: 'restoration',
  veneer: 'restoration',
  crown: 'prosthesis',
  bridge: 'prosthesis',
  denture: 'prosthesis',
  full_denture: 'prosthesis',
  filling_defect: 'restoration',
  implant: 'prosthesis',
  implant_crown: 'prosthesis',
  post_and_core: 'endodontic',
  root_canal: 'endodontic',
  root_canal_needed: 'endodontic',
  root_canal_short: 'endodontic',
  root_canal_over: 'endodontic',
  apicectomy: 'endodontic',
  resorption: 'endodontic',
  periapical_lesion: 'endodontic',
  rotated: 'orthodontic',
  tipped: 'orthodontic',
  drifted: 'orthodontic',
  over_erupted: 'orthodontic',
  diastema: 'orthodontic',
  bracket: 'orthodontic',
  band: 'orthodontic',
  retainer: 'orthodontic',
  splint: 'orthodontic',
  appliance_removed: 'orthodontic',
  congenitally_missing: 'presence',
  root_remnant: 'presence',
  missing: 'presence',
  extracted: 'presence',
  to_extract: 'presence',
  unerupted: 'presence',
  impacted: 'presence',
  supernumerary: 'presence',
  supernumerary_extracted: 'presence',
};

/** The states that a layer offers, in groups; a state that is new to this app stands with the conditions. */
export function paletteGroups(
  terms: readonly ChartTerm[],
  layer: ChartLayer,
): { group: PaletteGroup; terms: ChartTerm[] }[] {
  const offered = terms.filter((term) => term.layers.includes(layer));
  return PALETTE_GROUPS.map((group) => ({
    group,
    terms: offered.filter((term) => (GROUP[term.code] ?? 'condition') === group),
  })).filter(({ terms: found }) => found.length > 0);
}
