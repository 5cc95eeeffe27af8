/** A tooth by its ISO 3950 (FDI) code and what the code says about it. */

export type ToothCode = string;
export type Arch = 'upper' | 'lower';
export type Side = 'right' | 'left';
export type ToothKind =
  | 'central_incisor'
  | 'lateral_incisor'
  | 'canine'
  | 'first_premolar'
  | 'second_premolar'
  | 'first_molar'
  | 'second_molar'
  | 'third_molar';

export interface Tooth {
  code: ToothCode;
  /** 1–4 permanent, 5–8 primary; counted clockwise from the patient's upper right. */
  quadrant: number;
  /** 1 beside the midline, 8 (5 in primary teeth) at the back. */
  position: number;
  arch: Arch;
  side: Side;
  primary: boolean;
  kind: ToothKind;
  /** Incisors and canines: their biting surface is incisal, their outer one facial. */
  front: boolean;
}

const PERMANENT_KINDS: readonly ToothKind[] = [
  'central_incisor',
  'lateral_incisor',
  'canine',
  'first_premolar',
  'second_premolar',
  'first_molar',
  'second_molar',
  'third_molar',
];
const PRIMARY_KINDS: readonly ToothKind[] = [
  'central_incisor',
  'lateral_incisor',
  'canine',
  'first_molar',
  'second_molar',
];

export function parseTooth(code: ToothCode): Tooth | null {
  if (!/^[1-8][1-8]$/.test(code)) return null;
  const quadrant = Number(code[0]);
  const position = Number(code[1]);
  const primary = quadrant > 4;
  const kind = (primary ? PRIMARY_KINDS : PERMANENT_KINDS)[position - 1];
  if (!kind) return null;
  const turn = (quadrant - 1) % 4;
  return {
    code,
    quadrant,
    position,
    arch: turn < 2 ? 'upper' : 'lower',
    side: turn === 0 || turn === 3 ? 'right' : 'left',
    primary,
    kind,
    front: position <= 3,
  };
}

export const isTooth = (code: string) => parseTooth(code) !== null;

/** For codes that are known to be teeth, such as those of a layout. */
export function toothOf(code: ToothCode): Tooth {
  const tooth = parseTooth(code);
  if (!tooth) throw new Error(`${code} is not a tooth`);
  return tooth;
}

/** One arch as the viewer sees it: the patient's right at the viewer's left. */
export function archOrder(arch: Arch, primary: boolean): ToothCode[] {
  const [right, left] = arch === 'upper' ? [1, 2] : [4, 3];
  const count = primary ? 5 : 8;
  const offset = primary ? 4 : 0;
  const outward = Array.from({ length: count }, (_, index) => index + 1);
  return [
    ...[...outward].reverse().map((position) => `${right + offset}${position}`),
    ...outward.map((position) => `${left + offset}${position}`),
  ];
}

export const PERMANENT_TEETH = [...archOrder('upper', false), ...archOrder('lower', false)];
export const PRIMARY_TEETH = [...archOrder('upper', true), ...archOrder('lower', true)];

/** The permanent tooth that takes a primary tooth's place, or the primary tooth that was before it. */
export function counterpart(code: ToothCode): ToothCode | null {
  const tooth = parseTooth(code);
  if (!tooth || tooth.position > 5) return null;
  return `${tooth.primary ? tooth.quadrant - 4 : tooth.quadrant + 4}${tooth.position}`;
}
