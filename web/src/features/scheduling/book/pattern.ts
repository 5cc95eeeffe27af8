const strips = new Map<string, string>();

/**
 * Whose time an appointment takes, drawn from its beginning to its end: one hard-edged stretch for each run of the
 * doctor's (`D`) or the assistant's (`A`) 5 minutes. Null where all of it is the doctor's: then there is nothing to tell.
 */
export function patternStrip(
  pattern: string,
  direction: 'to bottom' | 'to right' = 'to bottom',
): string | null {
  if (!pattern.includes('A')) return null;
  const known = strips.get(direction + pattern);
  if (known) return known;
  const percent = (index: number) => `${Number(((index / pattern.length) * 100).toFixed(2))}%`;
  const stops: string[] = [];
  let from = 0;
  for (let index = 1; index <= pattern.length; index += 1) {
    if (pattern[index] === pattern[from]) continue;
    const colour = pattern[from] === 'D' ? 'var(--book-doctor)' : 'var(--book-assistant)';
    stops.push(`${colour} ${percent(from)} ${percent(index)}`);
    from = index;
  }
  const strip = `linear-gradient(${direction}, ${stops.join(', ')})`;
  strips.set(direction + pattern, strip);
  return strip;
}
