import type { ChartTerm } from '@/api/types';

/** A state that is charted often, with its material where that belongs to it. */
export interface Favourite {
  code: string;
  material: string | null;
}

export interface Favourites {
  starred: readonly Favourite[];
  /** How often each was recorded. */
  uses: Readonly<Record<string, number>>;
}

/** A digit reaches each of them. */
export const MOST_FAVOURITES = 9;

const STARTING: readonly Favourite[] = [
  { code: 'caries', material: null },
  { code: 'filling', material: 'composite' },
  { code: 'filling', material: 'amalgam' },
  { code: 'root_canal', material: null },
  { code: 'crown', material: 'zirconia' },
  { code: 'bridge', material: 'metal_ceramic' },
  { code: 'missing', material: null },
  { code: 'to_extract', material: null },
];

export const keyOf = ({ code, material }: Favourite) => (material ? `${code}:${material}` : code);

/** What was kept in the browser; anything else that stands there counts as nothing kept. */
export function readFavourites(stored: string | undefined): Favourites {
  const fresh = { starred: STARTING, uses: {} };
  if (!stored) return fresh;
  try {
    const { starred, uses } = JSON.parse(stored) as { starred?: unknown; uses?: unknown };
    if (!Array.isArray(starred)) return fresh;
    return {
      starred: starred.filter(isFavourite).slice(0, MOST_FAVOURITES),
      uses: Object.fromEntries(
        Object.entries((uses ?? {}) as object).filter(([, count]) => Number.isFinite(count)),
      ),
    };
  } catch {
    return fresh;
  }
}

function isFavourite(value: unknown): value is Favourite {
  const { code, material } = (value ?? {}) as Partial<Favourite>;
  return typeof code === 'string' && (material === null || typeof material === 'string');
}

/** The row as it is offered: what the vocabulary knows, most used first. */
export function favouriteRow({ starred, uses }: Favourites, terms: readonly ChartTerm[]): Favourite[] {
  const known = starred.filter(({ code, material }) => {
    const term = terms.find((candidate) => candidate.code === code);
    return term && (material === null || term.materials.some((one) => one === material));
  });
  const usesOf = (favourite: Favourite) => uses[keyOf(favourite)] ?? 0;
  return known.sort((a, b) => usesOf(b) - usesOf(a));
}

export function isStarred({ starred }: Favourites, favourite: Favourite): boolean {
  return starred.some((one) => keyOf(one) === keyOf(favourite));
}

/** Stars or unstars; a full row takes no more. */
export function toggleStar(favourites: Favourites, favourite: Favourite): Favourites {
  const { starred } = favourites;
  if (isStarred(favourites, favourite)) {
    return { ...favourites, starred: starred.filter((one) => keyOf(one) !== keyOf(favourite)) };
  }
  return starred.length < MOST_FAVOURITES ? { ...favourites, starred: [...starred, favourite] } : favourites;
}

export function countUse(favourites: Favourites, favourite: Favourite): Favourites {
  const key = keyOf(favourite);
  return { ...favourites, uses: { ...favourites.uses, [key]: (favourites.uses[key] ?? 0) + 1 } };
}
