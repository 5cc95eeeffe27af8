import { canalPaths, postPath } from '@/lib/anatomy/canalPath';
import type { ToothShape } from '@/lib/anatomy/proportions';
import type { Mark, Paint } from '../model/toothPicture';
import { paintColour } from '../OdontogramDefs';

/** Filled canals; those still to be treated are dashed. */
export function RootCanal({ shape, mark }: { shape: ToothShape; mark: Mark }) {
  return canalPaths(shape).map((canal) => (
    <path
      key={canal}
      d={canal}
      fill="none"
      style={{ stroke: paintColour(mark.paint) }}
      strokeWidth={shape.primary ? 0.56 : 0.72}
      strokeLinecap="round"
      strokeDasharray={mark.paint === 'plan' ? '1.2 1' : undefined}
    />
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
