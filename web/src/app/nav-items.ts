import {
  IconArmchair2,
  IconCalendar,
  IconChecklist,
  IconHistory,
  IconReceipt2,
  IconUsers,
} from '@tabler/icons-react';
import type { Permission } from '@/lib/permissions';

/** The sidebar, in its order. An entry whose permission is missing is absent. */
export const NAV_ITEMS = [
  { to: '/', label: 'nav.appointments', icon: IconCalendar, permission: 'scheduling.read' },
  { to: '/reception', label: 'nav.reception', icon: IconArmchair2, permission: 'scheduling.read' },
  { to: '/patients', label: 'nav.patients', icon: IconUsers, permission: 'patients.read' },
  { to: '/worklists', label: 'nav.worklists', icon: IconChecklist, permission: 'scheduling.read' },
  { to: '/invoices', label: 'nav.invoices', icon: IconReceipt2, permission: 'billing.read' },
  { to: '/audit', label: 'nav.audit', icon: IconHistory, permission: 'audit.read' },
] as const satisfies readonly { to: string; label: string; icon: unknown; permission: Permission }[];
