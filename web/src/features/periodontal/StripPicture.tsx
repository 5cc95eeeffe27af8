import { Fragment, memo } from 'react';
import type { PerioSite, PerioTooth } from '@/api/types';
import { path } from '@/lib/anatomy/pathText';
import { toothShape } from '@/lib/anatomy/proportions';
import { type ToothCode, toothOf } from '@/lib/teeth';
import { ImplantScrew } from '@/ui/teeth/ImplantScrew';
import { NaturalCrown, NaturalRoots } from '@/ui/teeth/ToothAnatomy';
import type { Teeth } from './model/changes';
import { rootsUp, type Strip, sitesOf } from './model/sites';
import css from './perio.module.css';

/** Millimetres: each tooth has a column as wide as the widest one, so that drawing and numbers stand in line. */
const COLUMN = 11.8;
const ROOT = 15.5;
const CROWN = 6.2;

interface StripPictureProps {
  strip: Strip;
  codes: readonly ToothCode[];
  teeth: Teeth;
  threshold: number;
}

interface Point {
  x: number;
  site: PerioSite;
}

/** The teeth of a strip with the gum's margin and the pockets, to the millimetre. It says what the numbers say. */
export function StripPicture({ strip, codes, teeth, threshold }: StripPictureProps) {
  const up = rootsUp(strip);
  // In a tooth's own axes the crown lies below its neck; roots that point down turn them over.
  const sign = up ? 1 : -1;
  const top = up ? -ROOT : -CROWN;
  const runs = runsOf(strip, codes, teeth);
  const width = COLUMN * codes.length;
  return (
    <svg
      className={css.picture}
      viewBox={path`0 ${top} ${width} ${ROOT + CROWN}`}
      aria-hidden="true"
      data-strip={strip}
    >
      {runs.map((run) => (
        <path key={`gum${run[0]?.x}`} className={css.gum} d={gumPath(run, sign)} />
      ))}
      {codes.map((code, index) => (
        <g
          key={code}
          transform={path`translate(${COLUMN * (index + 0.5)} 0) scale(${toothOf(code).side === 'right' ? 1 : -1} ${sign})`}
        >
          <DrawnTooth code={code} presence={teeth[code]?.presence ?? 'missing'} />
        </g>
      ))}
      <path className={css.neckLine} d={path`M0 0H${width}`} />
      {runs.map((run) => (
        <Fragment key={`run${run[0]?.x}`}>
          <Pockets run={run} sign={sign} threshold={threshold} />
          <path
            className={css.marginLine}
            d={linePath(run.map(({ x, site }) => [x, sign * marginOf(site)]))}
          />
        </Fragment>
      ))}
    </svg>
  );
}

const DrawnTooth = memo(function DrawnTooth({
  code,
  presence,
}: {
  code: ToothCode;
  presence: PerioTooth['presence'];
}) {
  const shape = toothShape(code);
  if (presence === 'missing') {
    return <path className={css.gap} d={path`M-2.6 -8L2.6 3M2.6 -8L-2.6 3`} />;
  }
  return (
    <>
      {presence === 'implant' ? (
        <ImplantScrew shape={shape} line="var(--metal-line)" />
      ) : (
        <NaturalRoots code={code} />
      )}
      <NaturalCrown code={code} />
    </>
  );
});

/** Where a margin is not known the gum is drawn at the tooth's neck. */
const marginOf = (site: PerioSite) => site.margin ?? 0;

/** Sites beside each other without a gap between. */
function runsOf(strip: Strip, codes: readonly ToothCode[], teeth: Teeth): Point[][] {
  const runs: Point[][] = [];
  let open = false;
  codes.forEach((code, index) => {
    const tooth = teeth[code];
    if (!tooth || tooth.presence === 'missing') {
      open = false;
      return;
    }
    if (!open) runs.push([]);
    open = true;
    sitesOf(code, strip).forEach((name, third) => {
      const site = tooth.sites[name];
      if (site) runs.at(-1)?.push({ x: COLUMN * (index + (third + 0.5) / 3), site });
    });
  });
  return runs.filter((run) => run.length > 0);
}

const linePath = (points: readonly (readonly [number, number])[]) =>
  points.map(([x, y], index) => (index === 0 ? path`M${x} ${y}` : path`L${x} ${y}`)).join('');

const EDGE = COLUMN / 6;

function gumPath(run: readonly Point[], sign: number): string {
  const [first, last] = [run[0], run.at(-1)];
  if (!first || !last) return '';
  const end = -sign * (ROOT + 1);
  const line = run.map(({ x, site }) => path`L${x} ${sign * marginOf(site)}`).join('');
  return (
    path`M${first.x - EDGE} ${end}L${first.x - EDGE} ${sign * marginOf(first.site)}` +
    line +
    path`L${last.x + EDGE} ${sign * marginOf(last.site)}L${last.x + EDGE} ${end}Z`
  );
}

function Pockets({ run, sign, threshold }: { run: readonly Point[]; sign: number; threshold: number }) {
  const bottoms: (readonly [number, number])[][] = [[]];
  for (const { x, site } of run) {
    if (site.depth == null) {
      if (bottoms.at(-1)?.length) bottoms.push([]);
    } else bottoms.at(-1)?.push([x, sign * (marginOf(site) - site.depth)]);
  }
  return (
    <>
      {run.map(({ x, site }) => {
        if (site.depth == null || site.depth === 0) return null;
        const margin = sign * marginOf(site);
        const bottom = sign * (marginOf(site) - site.depth);
        const deep = site.depth >= threshold;
        return (
          <rect
            key={x}
            className={deep ? css.deepPocket : css.pocket}
            x={x - 1.1}
            width="2.2"
            y={Math.min(margin, bottom)}
            height={Math.abs(bottom - margin)}
          />
        );
      })}
      {bottoms.map((points) => (
        <path key={points[0]?.[0] ?? 'none'} className={css.pocketLine} d={linePath(points)} />
      ))}
      {run.map(
        ({ x, site }) =>
          site.bleeding && (
            <circle key={x} className={css.bleedingDot} cx={x} cy={sign * marginOf(site)} r="0.75" />
          ),
      )}
    </>
  );
}
