/** The order in which sites are probed: there along the cheek, back along the palate, and the lower jaw likewise. */
export function probed(): [tooth: string, site: string][] {
  const row = (right: number, left: number) => [
    ...[8, 7, 6, 5, 4, 3, 2, 1].map((position) => `${right}${position}`),
    ...[1, 2, 3, 4, 5, 6, 7, 8].map((position) => `${left}${position}`),
  ];
  const along = (teeth: string[], sites: string[]) =>
    teeth.flatMap((tooth) => {
      const onTheRight = tooth.startsWith('1') || tooth.startsWith('4');
      return (onTheRight ? sites : [...sites].reverse()).map((site) => [tooth, site] as [string, string]);
    });
  const [outer, inner] = [
    ['DB', 'B', 'MB'],
    ['DL', 'L', 'ML'],
  ];
  return [
    ...along(row(1, 2), outer as string[]),
    ...along(row(1, 2), inner as string[]).reverse(),
    ...along(row(4, 3), inner as string[]),
    ...along(row(4, 3), outer as string[]).reverse(),
  ];
}
