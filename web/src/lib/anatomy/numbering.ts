import { parseTooth, type ToothCode } from '../teeth';

export type Numbering = 'fdi' | 'universal' | 'palmer';
export const NUMBERINGS: readonly Numbering[] = ['fdi', 'universal', 'palmer'];

const PRIMARY_LETTERS = 'ABCDE';
/** The corner that faces the midline and the biting plane, as Palmer's cross is drawn. */
const PALMER_CORNER: Record<number, (label: string) => string> = {
  1: (label) => `${label}┘`,
  2: (label) => `└${label}`,
  3: (label) => `┌${label}`,
  4: (label) => `${label}┐`,
};
const PALMER_QUADRANT: Record<string, number> = { UR: 1, UL: 2, LL: 3, LR: 4 };

function universalIndex(quadrant: number, position: number, perQuadrant: number): number {
  switch (quadrant) {
    case 1:
      return perQuadrant + 1 - position;
    case 2:
      return perQuadrant + position;
    case 3:
      return 3 * perQuadrant + 1 - position;
    default:
      return 3 * perQuadrant + position;
  }
}

export function toothLabel(code: ToothCode, numbering: Numbering): string {
  const tooth = parseTooth(code);
  if (!tooth || numbering === 'fdi') return code;
  const quadrant = ((tooth.quadrant - 1) % 4) + 1;
  if (numbering === 'palmer') {
    const label = tooth.primary ? (PRIMARY_LETTERS[tooth.position - 1] ?? '') : `${tooth.position}`;
    return PALMER_CORNER[quadrant]?.(label) ?? label;
  }
  if (!tooth.primary) return `${universalIndex(quadrant, tooth.position, 8)}`;
  return String.fromCharCode(64 + universalIndex(quadrant, tooth.position, 5));
}

const BY_LABEL: Record<'universal', Map<string, ToothCode>> = { universal: new Map() };
for (let quadrant = 1; quadrant <= 8; quadrant++) {
  for (let position = 1; position <= (quadrant > 4 ? 5 : 8); position++) {
    const code = `${quadrant}${position}`;
    BY_LABEL.universal.set(toothLabel(code, 'universal'), code);
  }
}

/** Reads what a person typed for a tooth: `16`, `3` or `UR6`, after the numbering that is set. */
export function readToothLabel(typed: string, numbering: Numbering): ToothCode | null {
  const label = typed.toUpperCase();
  const palmer = /^(UR|UL|LL|LR)([1-8]|[A-E])$/.exec(label);
  if (palmer) {
    const quadrant = PALMER_QUADRANT[palmer[1] ?? ''] ?? 0;
    const letter = PRIMARY_LETTERS.indexOf(palmer[2] ?? '');
    return letter < 0 ? `${quadrant}${palmer[2]}` : `${quadrant + 4}${letter + 1}`;
  }
  if (numbering === 'universal') return BY_LABEL.universal.get(label) ?? null;
  return parseTooth(label)?.code ?? null;
}
