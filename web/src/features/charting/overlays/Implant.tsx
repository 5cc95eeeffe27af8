import type { ToothShape } from '@/lib/anatomy/proportions';
import { ImplantScrew } from '@/ui/teeth/ImplantScrew';
import type { Paint } from '../model/toothPicture';
import { paintColour } from '../OdontogramDefs';

/** The screw that stands where the root was; one that is only planned is a ghost with a dashed outline. */
export function Implant({ shape, paint }: { shape: ToothShape; paint: Paint }) {
  const line = paint === 'existing' ? 'var(--metal-line)' : paintColour(paint);
  return <ImplantScrew shape={shape} line={line} planned={paint === 'plan'} />;
}
