import type { Granted, Reach, Role } from '@/api/types';

export type Cell = Reach | 'none';
/** What was changed and not saved yet: role → permission → cell. */
export type Changes = Record<string, Record<string, Cell>>;

export const savedCell = (role: Role, code: string): Cell =>
  role.permissions.find((granted) => granted.code === code)?.scope ?? 'none';

export const cellOf = (role: Role, code: string, changes: Changes): Cell =>
  changes[role.id]?.[code] ?? savedCell(role, code);

/** Choosing what is saved already takes the change back. */
export function withCell(changes: Changes, role: Role, code: string, cell: Cell): Changes {
  const { [code]: _, ...others } = changes[role.id] ?? {};
  const next = cell === savedCell(role, code) ? others : { ...others, [code]: cell };
  const { [role.id]: __, ...otherRoles } = changes;
  return Object.keys(next).length > 0 ? { ...otherRoles, [role.id]: next } : otherRoles;
}

/** The whole set to send: what is saved, with the changes on it. */
export function permissionsWith(role: Role, changes: Changes): Granted[] {
  const own = changes[role.id] ?? {};
  const kept = role.permissions.filter(({ code }) => !(code in own));
  const changed = Object.entries(own).flatMap(([code, cell]) =>
    cell === 'none' ? [] : [{ code, scope: cell }],
  );
  return [...kept, ...changed];
}

export const changeCount = (changes: Changes) =>
  Object.values(changes).reduce((sum, cells) => sum + Object.keys(cells).length, 0);
