import type { Branch, Chair } from '@/api/types';

export type NameOf = (thing: { name_ar?: string | null; name_en?: string | null }) => string;

/** Branch by branch, so that a branch's chairs stand together. */
export function inBookOrder(chairs: readonly Chair[], branches: readonly Branch[]): Chair[] {
  const order = new Map(branches.map(({ id }, index) => [id, index]));
  const branchOf = (chair: Chair) => order.get(chair.branch_id) ?? branches.length;
  return [...chairs].sort((a, b) => branchOf(a) - branchOf(b) || a.position - b.position);
}

/** The branch beside a chair's name when there are several: every branch has a chair 1. */
export function branchBeside(branchId: string, branches: readonly Branch[], nameOf: NameOf): string {
  const branch = branches.find(({ id }) => id === branchId);
  return branch && branches.length > 1 ? nameOf(branch) : '';
}

/** Chairs to choose from, with the one chosen before. Every branch has a chair 1, so several branches stand apart. */
export function chairOptions(
  chairs: readonly Chair[],
  branches: readonly Branch[],
  nameOf: NameOf,
  chosen: string | null,
) {
  const options = (of: readonly Chair[]) =>
    of
      .filter((chair) => chair.active || chair.id === chosen)
      .map((chair) => ({ value: chair.id, label: nameOf(chair) }));
  if (branches.length < 2) return options(chairs);
  return branches.map((branch) => ({
    group: nameOf(branch),
    items: options(chairs.filter(({ branch_id }) => branch_id === branch.id)),
  }));
}
