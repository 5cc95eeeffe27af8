import { createContext, type ReactNode, useContext } from 'react';

/** Every permission that the app asks about; a misspelt one does not compile. */
export const PERMISSIONS = [
  'clinic.read',
  'clinic.write',
  'identity.read_staff',
  'identity.manage_staff',
  'identity.manage_roles',
  'patients.read',
  'patients.write',
  'patients.read_history',
  'patients.write_history',
  'scheduling.read',
  'scheduling.write',
  'scheduling.overbook',
  'scheduling.book_outside_hours',
  'scheduling.set_up',
  'records.read',
  'records.write',
  'records.sign',
  'charting.read',
  'charting.write_findings',
  'charting.write_plan',
  'charting.write_done',
  'periodontal.read',
  'periodontal.write',
  'periodontal.diagnose',
  'planning.read',
  'planning.write',
  'planning.present',
  'billing.read',
  'billing.write',
  'billing.issue',
  'billing.take_payment',
  'billing.refund',
  'billing.discount',
  'audit.read',
] as const;

export type Permission = (typeof PERMISSIONS)[number];

interface Granted {
  permissions: readonly string[];
  scopes: Readonly<Record<string, string>>;
}

const PermissionContext = createContext<Granted>({ permissions: [], scopes: {} });

export function PermissionProvider({ children, granted }: { children: ReactNode; granted: Granted }) {
  return <PermissionContext.Provider value={granted}>{children}</PermissionContext.Provider>;
}

export interface Can {
  (permission: Permission): boolean;
  /** True when the permission reaches only the reader's own patients and appointments. */
  ownOnly(permission: Permission): boolean;
}

/** `const can = useCan(); can('billing.issue')` */
export function useCan(): Can {
  const { permissions, scopes } = useContext(PermissionContext);
  const can = (permission: Permission) => permissions.includes(permission);
  return Object.assign(can, { ownOnly: (permission: Permission) => scopes[permission] === 'own' });
}

export function IfCan(props: { permission: Permission; children: ReactNode; otherwise?: ReactNode }) {
  const can = useCan();
  return can(props.permission) ? props.children : (props.otherwise ?? null);
}
