import type { Mark, Paint, ToothPicture } from './toothPicture';

/** In the order in which signs stand beside each other. */
const ORDER: readonly Paint[] = ['existing', 'pathology', 'plan', 'done'];

/** The layers that something of a tooth is drawn in. */
export function paintsOf(picture: ToothPicture): Paint[] {
  const { presence, presencePaint, surfaces, extra, notes: _, ...marks } = picture;
  const all: (Mark | undefined)[] = [
    ...Object.values(marks),
    ...Object.values(extra).flatMap(({ mark, extraction }) => [mark, extraction]),
    ...Object.values(surfaces).flatMap(({ base, defect, plan }) => [base, defect, plan]),
  ];
  const found = new Set(all.flatMap((mark) => (mark ? [mark.paint] : [])));
  if (presence !== 'present') found.add(presencePaint);
  return ORDER.filter((paint) => found.has(paint));
}
