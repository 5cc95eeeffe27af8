import type { CSSProperties } from 'react';
import { ToothGradients } from '@/ui/teeth/ToothGradients';
import type { Paint } from './model/toothPicture';

export const PAINTS: readonly Paint[] = ['existing', 'pathology', 'plan', 'done'];

export function paintColour(paint: Paint): string {
  return `var(--paint-${paint})`;
}

/** Pictures of other colours on one page have hatches of their own: what their element is to wear. */
export function ownHatches(suffix: string): CSSProperties {
  return Object.fromEntries(
    PAINTS.map((paint) => [`--hatch-${paint}`, `url(#tooth-hatch-${paint}${suffix})`]),
  ) as CSSProperties;
}

/** Each layer has a texture of its own besides its colour, for those who cannot tell the colours apart. */
export function hatch(paint: Paint): string {
  return `var(--hatch-${paint}, url(#tooth-hatch-${paint}))`;
}

export const DONE_TEXTURE = 'url(#tooth-done-texture)';
export const SICK_TEXTURE = 'url(#tooth-sick-texture)';

/** Lost substance is lined, each kind its own way; decay is dotted. */
const WEAR: Record<string, number> = { abrasion: 0, erosion: 45, attrition: 90 };

export function wearTexture(code: string): string | null {
  return code in WEAR ? `url(#tooth-wear-${code})` : null;
}

const HATCH: Record<Paint, { angle: number; pitch: number; line: number }> = {
  existing: { angle: 45, pitch: 1.1, line: 0.42 },
  pathology: { angle: 45, pitch: 0.8, line: 0.42 },
  plan: { angle: -45, pitch: 1.35, line: 0.36 },
  done: { angle: 90, pitch: 1, line: 0.4 },
};

/** Gradients and textures that every tooth shares; colours come from CSS, so that dark mode is one switch. */
export function OdontogramDefs({ suffix = '' }: { suffix?: string }) {
  return (
    <defs>
      <ToothGradients />
      {PAINTS.map((paint) => {
        const { angle, pitch, line } = HATCH[paint];
        return (
          <pattern
            key={paint}
            id={`tooth-hatch-${paint}${suffix}`}
            width={pitch}
            height={pitch}
            patternUnits="userSpaceOnUse"
            patternTransform={`rotate(${angle})`}
          >
            <rect width={pitch} height={pitch} style={{ fill: paintColour(paint) }} opacity="0.16" />
            <rect width={line} height={pitch} style={{ fill: paintColour(paint) }} opacity="0.75" />
          </pattern>
        );
      })}
      <pattern id="tooth-done-texture" width="1.2" height="1.2" patternUnits="userSpaceOnUse">
        <rect width="0.16" height="1.2" fill="#fff" opacity="0.5" />
      </pattern>
      <pattern
        id="tooth-sick-texture"
        width="1"
        height="1"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(30)"
      >
        <circle cx="0.5" cy="0.5" r="0.17" fill="#000" opacity="0.42" />
      </pattern>
      {Object.entries(WEAR).map(([code, angle]) => (
        <pattern
          key={code}
          id={`tooth-wear-${code}`}
          width="0.9"
          height="0.9"
          patternUnits="userSpaceOnUse"
          patternTransform={`rotate(${angle})`}
        >
          <rect width="0.9" height="0.34" style={{ fill: paintColour('pathology') }} />
        </pattern>
      ))}
    </defs>
  );
}
