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

/** The shading of teeth, roots, metal and gums; colours come from CSS, so that dark mode is one switch. */
export function ToothGradients() {
  return (
    <>
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
    </>
  );
}
