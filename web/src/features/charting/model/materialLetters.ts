const LETTERS: Record<string, string> = {
  amalgam: 'A',
  composite: 'C',
  glass_ionomer: 'G',
  temporary: 'T',
  ceramic: 'K',
  zirconia: 'Z',
  metal: 'M',
  metal_ceramic: 'MK',
  gold: 'Au',
  acrylic: 'R',
};

export const LETTERED_MATERIALS = Object.keys(LETTERS);

/** The sign of a material in the picture, the same in every language; empty when it has none. */
export function materialLetter(material: string | null): string {
  return material ? (LETTERS[material] ?? '') : '';
}
