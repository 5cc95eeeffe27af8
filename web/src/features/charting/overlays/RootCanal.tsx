import { canalPaths, postPath } from '@/lib/anatomy/canalPath';
import type { ToothShape } from '@/lib/anatomy/proportions';
import type { Mark, Paint } from '../model/toothPicture';
import { paintColour } from '../OdontogramDefs';

/** Filled canals; those still to be treated are dashed, those filled here have a light core. */
export function RootCanal({ shape, mark }: { shape: ToothShape; mark: Mark }) {
  const width = shape.primary ? 0.56 : 0.72;
  return canalPaths(shape).map((canal) => (
    <g key={canal} fill="none" strokeLinecap="round">
      <path
        d={canal}
        style={{ stroke: paintColour(mark.paint) }}
        strokeWidth={width}
        strokeDasharray={mark.paint === 'plan' ? '1.2 1' : undefined}
      />
      {mark.paint === 'done' && (
        <path d={canal} style={{ stroke: 'var(--cell)' }} strokeWidth={width * 0.32} />
      )}
    </g>
  ));
}

const REACH: Record<string, number> = { root_canal_short: 0.62, root_canal_over: 1.12 };

/** Canals that were filled too short or too far, or open ones that need filling. */
export function CanalFault({ shape, mark }: { shape: ToothShape; mark: Mark }) {
  const style = { stroke: paintColour(mark.paint) };
  const needed = mark.code === 'root_canal_needed';
  return canalPaths(shape, REACH[mark.code]).map((canal) => (
    <path
      key={canal}
      d={canal}
      fill="none"
      style={style}
      strokeWidth={needed ? 0.5 : 0.8}
      strokeLinecap={needed ? 'round' : 'butt'}
      strokeDasharray={needed ? '0.2 1' : undefined}
    />
  ));
}

export function PostAndCore({ shape, paint }: { shape: ToothShape; paint: Paint }) {
  return (
    <path
      d={postPath(shape)}
      fill="url(#tooth-metal)"
      style={{ stroke: paintColour(paint) }}
      strokeWidth="0.3"
      strokeLinejoin="round"
    />
  );
}
