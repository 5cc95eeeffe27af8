import { useFormat } from '@/lib/format-context';

/** A lead time in the largest unit that fits: `2 days`, `3 hours`. */
export function leadParts(minutes: number): { value: number; unit: 'day' | 'hour' | 'minute' } {
  if (minutes % 1440 === 0) return { value: minutes / 1440, unit: 'day' };
  if (minutes % 60 === 0) return { value: minutes / 60, unit: 'hour' };
  return { value: minutes, unit: 'minute' };
}

export function useLead(): (minutes: number) => string {
  const { number } = useFormat();
  return (minutes) => {
    const { value, unit } = leadParts(minutes);
    return number(value, { style: 'unit', unit, unitDisplay: 'long' });
  };
}
