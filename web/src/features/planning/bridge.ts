import { isTooth } from '@/lib/teeth';

export interface BridgeTooth {
  tooth: string;
  part: 'abutment' | 'pontic';
}

const UPPER = [
  '18',
  '17',
  '16',
  '15',
  '14',
  '13',
  '12',
  '11',
  '21',
  '22',
  '23',
  '24',
  '25',
  '26',
  '27',
  '28',
];
const LOWER = [
  '48',
  '47',
  '46',
  '45',
  '44',
  '43',
  '42',
  '41',
  '31',
  '32',
  '33',
  '34',
  '35',
  '36',
  '37',
  '38',
];

/** A bridge from one tooth to another of the same arch: those at its ends carry it. `null` where there is none. */
export function bridgeOf(from: string, to: string): BridgeTooth[] | null {
  if (!isTooth(from) || !isTooth(to) || from === to) return null;
  for (const arch of [UPPER, LOWER]) {
    const [a, b] = [arch.indexOf(from), arch.indexOf(to)];
    if (a < 0 || b < 0) continue;
    const teeth = arch.slice(Math.min(a, b), Math.max(a, b) + 1);
    return teeth.map((tooth, at) => ({
      tooth,
      part: at === 0 || at === teeth.length - 1 ? 'abutment' : 'pontic',
    }));
  }
  return null;
}
