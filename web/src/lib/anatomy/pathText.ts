/** Builds SVG path text; numbers are rounded to a hundredth of a millimetre to keep the markup small. */
export function path(text: TemplateStringsArray, ...values: number[]): string {
  return text.reduce((built, part, index) => {
    const value = values[index];
    return built + part + (value === undefined ? '' : round2(value));
  }, '');
}

export function round2(value: number): number {
  return Number(value.toFixed(2));
}

export type Point = readonly [x: number, y: number];

export function polygon(points: readonly Point[]): string {
  return `M${points.map(([x, y]) => `${round2(x)} ${round2(y)}`).join('L')}Z`;
}
