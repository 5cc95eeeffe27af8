import type { Paint } from '../model/toothPicture';
import { paintColour } from '../OdontogramDefs';

export function Veneer({ outline, paint }: { outline: string; paint: Paint }) {
  const colour = paintColour(paint);
  return (
    <path
      d={outline}
      style={{ fill: colour, stroke: colour }}
      fillOpacity="0.2"
      strokeWidth="0.42"
      strokeDasharray={paint === 'plan' ? '1.3 0.45' : undefined}
      strokeLinejoin="round"
    />
  );
}
