import type { ToothPicture } from '../model/toothPicture';
import { paintColour } from '../OdontogramDefs';
import css from '../odontogram.module.css';

const ROMAN = ['0', 'I', 'II', 'III'];

/** Short text beside the number: mobility by grade, and the eye of a tooth that is watched. */
export function ToothNotes({ picture, x, y }: { picture: ToothPicture; x: number; y: number }) {
  const { mobility, watch } = picture;
  if (!mobility && !watch) return null;
  const grade = mobility ? `M ${ROMAN[mobility.severity ?? 1] ?? ''}`.trim() : '';
  const shown = [grade, watch ? '◉' : ''].filter(Boolean).join(' ');
  return (
    <text
      className={css.note}
      x={x}
      y={y}
      style={{ fill: paintColour(mobility?.paint ?? watch?.paint ?? 'existing') }}
    >
      {shown}
    </text>
  );
}
