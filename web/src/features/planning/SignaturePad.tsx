import { Button } from '@mantine/core';
import { type PointerEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Locale } from '@/lib/locale';
import css from './present.module.css';
import { BOX, pointIn, type Strokes, strokePath } from './strokes';

const MOST_POINTS = 4_900;

interface SignaturePadProps {
  strokes: Strokes;
  onStrokes: (strokes: Strokes) => void;
  locale: Locale;
  error?: string | undefined;
}

/** Takes a signature by finger, pen or mouse. */
export function SignaturePad({ strokes, onStrokes, locale, error }: SignaturePadProps) {
  const { t } = useTranslation('planning', { lng: locale });
  const drawing = useRef<number[][] | null>(null);
  const points = strokes.reduce((sum, stroke) => sum + stroke.length, 0);
  const at = (event: PointerEvent<SVGSVGElement>) =>
    pointIn(event.currentTarget.getBoundingClientRect(), event.clientX, event.clientY);
  const begin = (event: PointerEvent<SVGSVGElement>) => {
    if (points >= MOST_POINTS) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drawing.current = [at(event)];
    onStrokes([...strokes, drawing.current]);
  };
  const draw = (event: PointerEvent<SVGSVGElement>) => {
    if (!drawing.current || points >= MOST_POINTS) return;
    const point = at(event);
    const last = drawing.current.at(-1);
    // A hand that rests adds nothing.
    if (last && Math.abs((last[0] ?? 0) - (point[0] ?? 0)) + Math.abs((last[1] ?? 0) - (point[1] ?? 0)) < 4)
      return;
    drawing.current = [...drawing.current, point];
    onStrokes([...strokes.slice(0, -1), drawing.current]);
  };
  const end = () => {
    drawing.current = null;
  };
  return (
    <div className={css.pad} data-error={Boolean(error) || undefined}>
      <div className={css.padHead}>
        <span>{t('sign.label')}</span>
        <Button
          size="compact-sm"
          variant="subtle"
          disabled={strokes.length === 0}
          onClick={() => onStrokes([])}
        >
          {t('sign.clear')}
        </Button>
      </div>
      <svg
        viewBox={`0 0 ${BOX.width} ${BOX.height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t('sign.label')}
        onPointerDown={begin}
        onPointerMove={draw}
        onPointerUp={end}
        onPointerCancel={end}
      >
        <line x1="60" y1="240" x2="940" y2="240" />
        <path d={strokePath(strokes)} />
      </svg>
      {error && (
        <p role="alert" className={css.fault}>
          {error}
        </p>
      )}
    </div>
  );
}
