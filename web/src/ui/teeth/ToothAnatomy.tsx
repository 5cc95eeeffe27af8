import { memo } from 'react';
import { crownPath, groovePath, highlightPath } from '@/lib/anatomy/crownPath';
import { toothShape } from '@/lib/anatomy/proportions';
import { rootOutlines } from '@/lib/anatomy/rootPath';
import type { ToothCode } from '@/lib/teeth';
import css from './teeth.module.css';

/** The natural root, which nothing but the tooth's code decides. */
export const NaturalRoots = memo(function NaturalRoots({ code }: { code: ToothCode }) {
  return rootOutlines(toothShape(code)).map(({ outline, behind }) => (
    <g key={outline}>
      <path className={css.root} d={outline} fill={behind ? 'url(#tooth-root-behind)' : 'url(#tooth-root)'} />
      <path d={outline} fill="url(#tooth-roundness)" opacity={behind ? 0.9 : 0.75} />
    </g>
  ));
});

export const NaturalCrown = memo(function NaturalCrown({ code }: { code: ToothCode }) {
  const shape = toothShape(code);
  const outline = crownPath(shape);
  const grooves = groovePath(shape);
  return (
    <>
      <path className={css.crown} d={outline} fill="url(#tooth-enamel)" />
      <path d={outline} fill="url(#tooth-roundness)" opacity="0.55" />
      {grooves && (
        <path
          d={grooves}
          style={{ stroke: 'var(--tooth-groove)' }}
          strokeWidth={shape.front ? 0.14 : 0.17}
          opacity={shape.front ? 0.55 : 0.8}
          fill="none"
          strokeLinecap="round"
        />
      )}
      <path
        d={highlightPath(shape)}
        style={{ stroke: 'var(--tooth-gloss)' }}
        strokeWidth={shape.primary ? 0.46 : 0.6}
        opacity="0.72"
        fill="none"
        strokeLinecap="round"
      />
    </>
  );
});
