import { lazyRouteComponent, type RouteComponent } from '@tanstack/react-router';
import { type Permission, useCan } from '@/lib/permissions';
import { NotYourRole } from '@/ui/NotYourRole';

type PageModule = { default: RouteComponent };

const modules = import.meta.glob<PageModule>('../features/*/*{Page,Tab}.tsx');

/** What a page needs to be of any use; the settings' pages are in their own menu's list. */
const NEEDS: Record<string, Permission> = {
  'scheduling/DayBookPage': 'scheduling.read',
  'scheduling/ReceptionPage': 'scheduling.read',
  'worklists/WorklistsPage': 'scheduling.read',
  'patients/PatientListPage': 'patients.read',
  'patients/PatientPage': 'patients.read',
  'charting/PatientChartTab': 'charting.read',
  'periodontal/PatientPeriodontalTab': 'periodontal.read',
  'records/VisitPage': 'records.read',
  'audit/AuditPage': 'audit.read',
};

/** The page's default export, fetched when its address is first opened or about to be. */
export function page(path: string): RouteComponent {
  const load = modules[`../features/${path}.tsx`];
  if (!load) return MissingPage;
  const Page = lazyRouteComponent(load);
  const permission = NEEDS[path];
  if (!permission) return Page;
  const Guarded = () => (useCan()(permission) ? <Page /> : <NotYourRole />);
  return Object.assign(Guarded, { preload: Page.preload });
}

function MissingPage(): never {
  throw new Error('this build does not contain the page');
}
