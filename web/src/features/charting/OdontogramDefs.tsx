import type { Paint } from './model/toothPicture';

export const PAINTS: readonly Paint[] = ['existing', 'pathology', 'plan', 'done'];

export function paintColour(paint: Paint): string {
  return `var(--paint-${paint})`;
}

/** Each layer has a texture of its own besides its colour, for those who cannot tell the colours apart. */
export function hatch(paint: Paint): string {
  return `url(#tooth-hatch-${paint})`;
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

function Shade({ id, stops, across }: { id: string; stops: [number, string, number?][]; across?: boolean }) {
  return (
    <linearGradient id={id} x1="0" y1="0" x2={across ? 1 : 0} y2={across ? 0 : 1}>
      {stops.map(([offset, colour, opacity]) => (
        <stop key={offset} offset={offset} style={{ stopColor: colour, stopOpacity: opacity }} />
      ))}
    </linearGradient>
  );
}

function GumShade({ id, upper }: { id: string; upper: boolean }) {
  const [from, to] = upper ? [0, 1] : [1, 0];
  return (
    <linearGradient id={id} x1="0" y1={from} x2="0" y2={to}>
      <stop offset="0" style={{ stopColor: 'var(--gum)', stopOpacity: 0 }} />
      <stop offset="1" style={{ stopColor: 'var(--gum)', stopOpacity: 'var(--gum-strength)' }} />
    </linearGradient>
  );
}

/** Gradients and textures that every tooth shares; colours come from CSS, so that dark mode is one switch. */
export function OdontogramDefs() {
  return (
    <defs>
      <Shade
        id="tooth-enamel"
        stops={[
          [0, 'var(--enamel-neck)'],
          [0.28, 'var(--enamel-body)'],
          [0.75, 'var(--enamel-light)'],
          [1, 'var(--enamel-edge)'],
        ]}
      />
      <Shade
        id="tooth-root"
        stops={[
          [0, 'var(--root-apex)'],
          [1, 'var(--root-neck)'],
        ]}
      />
      <Shade
        id="tooth-root-behind"
        stops={[
          [0, 'var(--root-back-apex)'],
          [1, 'var(--root-back-neck)'],
        ]}
      />
      <Shade
        id="tooth-roundness"
        across
        stops={[
          [0, 'var(--tooth-shade)', 0.34],
          [0.22, 'var(--tooth-shade)', 0.05],
          [0.45, 'var(--tooth-gloss)', 0.35],
          [0.78, 'var(--tooth-shade)', 0.06],
          [1, 'var(--tooth-shade)', 0.36],
        ]}
      />
      <Shade
        id="tooth-metal"
        across
        stops={[
          [0, 'var(--metal-dark)'],
          [0.4, 'var(--metal-light)'],
          [1, 'var(--metal-dark)'],
        ]}
      />
      <GumShade id="tooth-gum-upper" upper />
      <GumShade id="tooth-gum-lower" upper={false} />
      {PAINTS.map((paint) => {
        const { angle, pitch, line } = HATCH[paint];
        return (
          <pattern
            key={paint}
            id={`tooth-hatch-${paint}`}
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
