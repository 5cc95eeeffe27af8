import type { Branch } from '@/api/types';

const STORED = 'dentpro.reception-branch';

/** The branch whose reception this is: the one in the address, else the one this browser chose last, else the first. */
export function deskBranch(branches: readonly Branch[], wanted: string | undefined): Branch | null {
  const open = branches.filter(({ active }) => active);
  const stored = wanted ?? storedBranch();
  return open.find(({ id }) => id === stored) ?? open[0] ?? null;
}

export function storeBranch(id: string): void {
  try {
    localStorage.setItem(STORED, id);
  } catch {
    // A full or forbidden storage forgets the branch, nothing else.
  }
}

function storedBranch(): string | null {
  try {
    return localStorage.getItem(STORED);
  } catch {
    return null;
  }
}
