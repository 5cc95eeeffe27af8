import { useSession } from '@/api/session';
import type { Visit } from '@/api/types';
import { type Permission, useCan } from '@/lib/permissions';

/** What the reader may do with this visit; a right of scope 'own' reaches only his own visits. */
export function useVisitRights(visit: Visit) {
  const can = useCan();
  const { staff_id: staffId } = useSession();
  const reaches = (permission: Permission) =>
    can(permission) && (!can.ownOnly(permission) || visit.doctor_id === staffId);
  const draft = visit.status === 'draft';
  return {
    writes: draft && reaches('records.write'),
    signs: reaches('records.sign'),
    bills: can('billing.write'),
    seesPrices: can('billing.read'),
    setsPrices: can('billing.read') && can('billing.discount'),
    charts: can('charting.read'),
    chartsWork: can('charting.write_done'),
  };
}

export type VisitRights = ReturnType<typeof useVisitRights>;
