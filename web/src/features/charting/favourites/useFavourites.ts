import { useLocalStorage } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import { useSession } from '@/api/session';
import type { ChartTerm } from '@/api/types';
import {
  countUse,
  type Favourite,
  favouriteRow,
  isStarred,
  MOST_FAVOURITES,
  readFavourites,
  toggleStar,
} from '../model/favourites';

/** The account's favourites, kept in the browser. */
export function useFavourites(terms: readonly ChartTerm[]) {
  const { account } = useSession();
  const [kept, setKept] = useLocalStorage({
    key: `dentpro.chart.favourites.${account.id}`,
    defaultValue: readFavourites(undefined),
    getInitialValueInEffect: false,
    deserialize: readFavourites,
    serialize: JSON.stringify,
  });
  // While one charts, a digit stays what it was: the order of use counts from the next opening on.
  const [uses] = useState(kept.uses);
  const row = useMemo(
    () => favouriteRow({ starred: kept.starred, uses }, terms),
    [kept.starred, uses, terms],
  );
  return {
    row,
    full: kept.starred.length >= MOST_FAVOURITES,
    starred: (favourite: Favourite) => isStarred(kept, favourite),
    toggle: (favourite: Favourite) => setKept((before) => toggleStar(before, favourite)),
    used: (favourite: Favourite) => setKept((before) => countUse(before, favourite)),
  };
}

export type FavouriteStars = ReturnType<typeof useFavourites>;
