import { path } from './pathText';
import type { ToothShape } from './proportions';

const THREADS = 7;

export interface ImplantOutline {
  body: string;
  threads: string;
  abutment: string;
}

export function implantOutline(shape: ToothShape): ImplantOutline {
  const half = shape.neckWidth * 0.3;
  const length = shape.rootLength * 0.86;
  const body = path`M${-half} -0.6L${-half * 0.72} ${-length * 0.9}Q0 ${-length * 1.08} ${half * 0.72} ${-length * 0.9}L${half} -0.6Z`;
  const abutment = path`M${-half * 0.8} -0.6L${-half * 0.55} 0.9H${half * 0.55}L${half * 0.8} -0.6Z`;
  const threads = Array.from({ length: THREADS }, (_, index) => {
    const along = (index + 1) / (THREADS + 1);
    const y = -0.6 - (length * 0.9 - 0.6) * along;
    const reach = half * (1 - 0.28 * along) + 0.35;
    return path`M${-reach} ${y - 0.22}L${reach} ${y + 0.35}`;
  }).join('');
  return { body, threads, abutment };
}
