import { path } from '@/lib/anatomy/pathText';
import type { ToothShape } from '@/lib/anatomy/proportions';

/** The crown is gone: the broken edge of the root shows. */
export function RootRemnant({ shape }: { shape: ToothShape }) {
  const half = (shape.neckWidth / 2) * 0.98;
  const q = half / 2;
  return (
    <path
      d={path`M${-half} 0.5L${-half} 0.9L${-q} 0.1L${-q * 0.4} 1L${q * 0.5} 0.2L${q * 1.2} 1.1L${half} 0.5Z`}
      style={{ fill: 'var(--root-back-neck)', stroke: 'var(--tooth-line)' }}
      strokeWidth="0.22"
      strokeLinejoin="round"
    />
  );
}
