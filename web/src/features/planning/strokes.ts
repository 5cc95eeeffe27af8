/** Points in a box of 1000 by 300, stroke by stroke. */
export type Strokes = number[][][];

export const BOX = { width: 1000, height: 300 } as const;

/** Strokes as the path of an SVG; a mere dot is drawn too. */
export function strokePath(strokes: Strokes): string {
  return strokes
    .filter((stroke) => stroke.length > 0)
    .map((stroke) => {
      const [first, ...rest] = stroke.map(([x, y]) => `${x} ${y}`);
      return `M${first}${rest.length > 0 ? rest.map((point) => `L${point}`).join('') : `l0.1 0`}`;
    })
    .join('');
}

/** Where a pointer is in the box, whatever size it has on the screen. */
export function pointIn(
  rect: Pick<DOMRect, 'left' | 'top' | 'width' | 'height'>,
  x: number,
  y: number,
): number[] {
  const within = (value: number, most: number) => Math.round(Math.min(Math.max(value, 0), most));
  return [
    within(((x - rect.left) / rect.width) * BOX.width, BOX.width),
    within(((y - rect.top) / rect.height) * BOX.height, BOX.height),
  ];
}
