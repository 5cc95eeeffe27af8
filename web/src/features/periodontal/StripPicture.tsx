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
const ROOT = 17.2;
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
export const StripPicture = memo(
  function StripPicture({ strip, codes, teeth, threshold }: StripPictureProps) {
    // In a tooth's own axes the crown lies below its neck; roots that point down turn them over.
    const sign = rootsUp(strip) ? 1 : -1;
    const runs = runsOf(strip, codes, teeth);
    return (
      <div className={css.picture} aria-hidden="true">
        <StillTeeth
          strip={strip}
          codes={codes}
          presences={codes.map((code) => teeth[code]?.presence ?? 'missing').join(' ')}
          gums={runs.map((run) => gumPath(run, sign)).join('')}
        />
        <svg className={css.readings} viewBox={viewBox(strip, codes.length)} aria-hidden="true">
          {runs.map((run) => (
            <Fragment key={run[0]?.x}>
              <Pockets run={run} sign={sign} threshold={threshold} />
              <path
                className={css.marginLine}
                d={linePath(run.map(({ x, site }) => [x, sign * marginOf(site)]))}
              />
            </Fragment>
          ))}
        </svg>
      </div>
    );
  },
  (before, after) =>
    before.strip === after.strip &&
    before.codes === after.codes &&
    before.threshold === after.threshold &&
    after.codes.every((code) => before.teeth[code] === after.teeth[code]),
);

const viewBox = (strip: Strip, teeth: number) =>
  path`0 ${rootsUp(strip) ? -ROOT : -CROWN} ${COLUMN * teeth} ${ROOT + CROWN}`;

interface StillTeethProps {
  strip: Strip;
  codes: readonly ToothCode[];
  presences: string;
  gums: string;
}

/** What stays while depths are typed lies in a layer of its own, so that a key paints no tooth again. */
const StillTeeth = memo(function StillTeeth({ strip, codes, presences, gums }: StillTeethProps) {
  const up = rootsUp(strip);
  const presence = presences.split(' ') as PerioTooth['presence'][];
  return (
    <svg className={css.stillTeeth} viewBox={viewBox(strip, codes.length)} aria-hidden="true">
      <path fill={up ? 'url(#tooth-gum-upper)' : 'url(#tooth-gum-lower)'} d={gums} />
      {codes.map((code, index) => (
        <g
          key={code}
          transform={path`translate(${COLUMN * (index + 0.5)} 0) scale(${toothOf(code).side === 'right' ? 1 : -1} ${up ? 1 : -1})`}
        >
          <DrawnTooth code={code} presence={presence[index] ?? 'missing'} />
        </g>
      ))}
      <path className={css.neckLine} d={path`M0 0H${COLUMN * codes.length}`} />
    </svg>
  );
});

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
