import { implantOutline } from '@/lib/anatomy/implantPath';
import type { ToothShape } from '@/lib/anatomy/proportions';

interface ImplantScrewProps {
  shape: ToothShape;
  line: string;
  planned?: boolean;
}

/** An implant in the axes of its tooth, without a crown. */
export function ImplantScrew({ shape, line, planned = false }: ImplantScrewProps) {
  const { body, threads, abutment } = implantOutline(shape);
  return (
    <g opacity={planned ? 0.7 : 1}>
      <path
        d={body}
        fill="url(#tooth-metal)"
        fillOpacity={planned ? 0.35 : 1}
        style={{ stroke: line }}
        strokeWidth="0.24"
        strokeDasharray={planned ? '0.9 0.4' : undefined}
      />
      <path d={threads} fill="none" style={{ stroke: line }} strokeWidth="0.34" strokeLinecap="round" />
      <path d={abutment} fill="url(#tooth-metal)" style={{ stroke: line }} strokeWidth="0.18" />
    </g>
  );
}
