const ORDER = ['M', 'O', 'D', 'B', 'L'];

/** FDI codes of the permanent and the primary teeth. */
export const isTooth = (code: string) => /^([1-4][1-8]|[5-8][1-5])$/.test(code);

/** `MO`, with the letters surfaces have on that tooth: I and F in front, P on the inside above. */
export function surfaceLetters(tooth: string, surfaces: readonly string[]): string {
  const front = Number(tooth[1]) <= 3;
  const upper = ['1', '2', '5', '6'].includes(tooth[0] ?? '');
  const lettered = (surface: string) => {
    if (front && surface === 'O') return 'I';
    if (front && surface === 'B') return 'F';
    return upper && surface === 'L' ? 'P' : surface;
  };
  return ORDER.filter((surface) => surfaces.includes(surface))
    .map(lettered)
    .join('');
}
