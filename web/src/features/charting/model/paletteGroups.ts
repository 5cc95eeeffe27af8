import type { ChartLayer, ChartTerm } from '@/api/types';

export type PaletteGroup = 'condition' | 'restoration' | 'prosthesis' | 'endodontic' | 'presence';
export const PALETTE_GROUPS: readonly PaletteGroup[] = [
  'condition',
  'restoration',
  'prosthesis',
  'endodontic',
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
  implant: 'prosthesis',
  implant_crown: 'prosthesis',
  post_and_core: 'endodontic',
  root_canal: 'endodontic',
  periapical_lesion: 'endodontic',
  root_remnant: 'presence',
  missing: 'presence',
  extracted: 'presence',
  to_extract: 'presence',
  unerupted: 'presence',
  impacted: 'presence',
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
