import { useEffect, useRef } from 'react';
import type { ChosenPlace } from './place';

/** A tooth chosen on the chart while a form is open goes into the form; what was chosen before does not again. */
export function useChosenPlace(place: ChosenPlace, apply: (place: ChosenPlace) => void) {
  const seen = useRef(place);
  const latest = useRef(apply);
  latest.current = apply;
  useEffect(() => {
    if (seen.current === place) return;
    seen.current = place;
    if (place.teeth.length > 0) latest.current(place);
  }, [place]);
}
