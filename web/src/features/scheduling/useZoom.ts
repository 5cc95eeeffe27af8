import { useCallback, useState } from 'react';

/** Pixels for a minute: from a whole day at a glance to 5 minutes that can be hit. */
export const ZOOMS = [0.8, 1.1, 1.6, 2.4, 3.6] as const;
const USUAL = 2;
const STORED = 'dentpro.book-zoom';

export interface Zoom {
  step: number;
  pixelsPerMinute: number;
  zoomIn(): void;
  zoomOut(): void;
}

/** How tall a minute is; this browser keeps it. */
export function useZoom(): Zoom {
  const [step, setStep] = useState(storedStep);
  const change = useCallback((by: number) => {
    setStep((before) => {
      const after = Math.min(Math.max(before + by, 0), ZOOMS.length - 1);
      try {
        localStorage.setItem(STORED, String(after));
      } catch {
        // A full or forbidden storage forgets the zoom, nothing else.
      }
      return after;
    });
  }, []);
  const zoomIn = useCallback(() => change(1), [change]);
  const zoomOut = useCallback(() => change(-1), [change]);
  return { step, pixelsPerMinute: ZOOMS[step] ?? ZOOMS[USUAL], zoomIn, zoomOut };
}

function storedStep(): number {
  try {
    const step = Number(localStorage.getItem(STORED) ?? USUAL);
    return ZOOMS[step] === undefined ? USUAL : step;
  } catch {
    return USUAL;
  }
}
