import { describe, expect, it } from 'vitest';
import type { ChartTerm } from '@/api/types';
import {
  countUse,
  type Favourite,
  favouriteRow,
  isStarred,
  keyOf,
  MOST_FAVOURITES,
  readFavourites,
  toggleStar,
} from './favourites';

const term = (code: string, materials: ChartTerm['materials'] = []) => ({ code, materials }) as ChartTerm;
const TERMS = [
  term('caries'),
  term('filling', ['amalgam', 'composite']),
  term('crown', ['zirconia']),
  term('missing'),
];
const keys = (row: readonly Favourite[]) => row.map(keyOf);

describe('favourites', () => {
  it('begin with what is charted most, as far as the vocabulary knows it', () => {
    expect(keys(favouriteRow(readFavourites(undefined), TERMS))).toEqual([
      'caries',
      'filling:composite',
      'filling:amalgam',
      'crown:zirconia',
      'missing',
    ]);
  });

  it('come in the order of their use', () => {
    const missing = { code: 'missing', material: null };
    const used = countUse(countUse(readFavourites(undefined), missing), missing);
    const both = countUse(used, { code: 'filling', material: 'amalgam' });
    expect(keys(favouriteRow(both, TERMS)).slice(0, 3)).toEqual(['missing', 'filling:amalgam', 'caries']);
  });

  it('are starred and unstarred, and a full row takes no more', () => {
    const plain = { code: 'filling', material: null };
    const starred = toggleStar(readFavourites(undefined), plain);
    expect(isStarred(starred, plain)).toBe(true);
    expect(isStarred(toggleStar(starred, plain), plain)).toBe(false);
    const full = toggleStar(starred, { code: 'watch', material: null });
    expect(full.starred).toHaveLength(MOST_FAVOURITES);
  });

  it('survive being kept, and rubbish in their place', () => {
    const kept = countUse(readFavourites(undefined), { code: 'caries', material: null });
    expect(readFavourites(JSON.stringify(kept))).toEqual(kept);
    for (const rubbish of ['{', 'null', '[]', '{"starred":3}', '"x"']) {
      expect(readFavourites(rubbish)).toEqual(readFavourites(undefined));
    }
    expect(
      readFavourites('{"starred":[1,{"code":"crown","material":null}],"uses":{"crown":"many"}}'),
    ).toEqual({
      starred: [{ code: 'crown', material: null }],
      uses: {},
    });
  });
});
