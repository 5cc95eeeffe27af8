import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { isApiError } from '@/api/errors';
import { sessionQuery } from '@/api/session';
import { page } from './pages';
import { queryClient } from './query-client';
import { RouteError, RouteNotFound, RoutePending } from './RouteStates';
import {
  auditSearch,
  dayBookSearch,
  invoicesSearch,
  overbookedSearch,
  patientsSearch,
  periodontalSearch,
  plansSearch,
  procedureSearch,
  receptionSearch,
  signInSearch,
  worklistsSearch,
} from './search-params';

const rootRoute = createRootRoute({
  component: Outlet,
  notFoundComponent: RouteNotFound,
  errorComponent: RouteError,
});

const signIn = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: signInSearch,
  component: page('identity/SignInPage'),
});
const setup = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup',
  component: page('identity/SetupPage'),
});
const invite = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invite/$token',
  component: page('identity/InvitePage'),
});

const confirmation = createRoute({
  getParentRoute: () => rootRoute,
  path: '/c/$token',
  component: page('notifications/ConfirmationPage'),
});

const planLink = createRoute({
  getParentRoute: () => rootRoute,
  path: '/p/$token',
  component: page('planning/PlanLinkPage'),
});

const waitingScreen = createRoute({
  getParentRoute: () => rootRoute,
  path: '/screen/$secret',
  component: page('scheduling/WaitingScreenPage'),
});

/** Everything inside needs somebody signed in; whoever is not comes back here after signing in. */
const shell = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  beforeLoad: async ({ location }) => {
    try {
      await queryClient.ensureQueryData(sessionQuery);
    } catch (error) {
      if (isApiError(error) && error.status === 401) {
        const next = location.href === '/' ? undefined : location.href;
        throw redirect({ to: '/sign-in', search: { next } });
      }
      throw error;
    }
  },
  component: lazyRouteComponent(() => import('./Shell'), 'Shell'),
});

const dayBook = createRoute({
  getParentRoute: () => shell,
  path: '/',
  validateSearch: dayBookSearch,
  component: page('scheduling/DayBookPage'),
});

const reception = createRoute({
  getParentRoute: () => shell,
  path: '/reception',
  validateSearch: receptionSearch,
  component: page('scheduling/ReceptionPage'),
});

const worklists = createRoute({
  getParentRoute: () => shell,
  path: '/worklists',
  validateSearch: worklistsSearch,
  component: page('worklists/WorklistsPage'),
});

const overbooked = createRoute({
  getParentRoute: () => shell,
  path: '/reports/overbooked',
  validateSearch: overbookedSearch,
  component: page('scheduling/OverbookedPage'),
});

const patients = createRoute({
  getParentRoute: () => shell,
  path: '/patients',
  validateSearch: patientsSearch,
  component: page('patients/PatientListPage'),
});
const patient = createRoute({
  getParentRoute: () => shell,
  path: '/patients/$patientId',
  component: page('patients/PatientPage'),
});
const patientTabs = [
  createRoute({ getParentRoute: () => patient, path: '/', component: page('patients/PatientOverviewTab') }),
  createRoute({
    getParentRoute: () => patient,
    path: '/history',
    component: page('patients/PatientHistoryTab'),
  }),
  createRoute({ getParentRoute: () => patient, path: '/chart', component: page('charting/PatientChartTab') }),
  createRoute({
    getParentRoute: () => patient,
    path: '/periodontal',
    validateSearch: periodontalSearch,
    component: page('periodontal/PatientPeriodontalTab'),
  }),
  createRoute({
    getParentRoute: () => patient,
    path: '/plans',
    validateSearch: plansSearch,
    component: page('planning/PatientPlansTab'),
  }),
  createRoute({
    getParentRoute: () => patient,
    path: '/visits',
    component: page('records/PatientVisitsTab'),
  }),
  createRoute({
    getParentRoute: () => patient,
    path: '/invoices',
    component: page('billing/PatientInvoicesTab'),
  }),
] as const;

const present = createRoute({
  getParentRoute: () => shell,
  path: '/plans/$planId/present',
  component: page('planning/PresentPage'),
});

const visit = createRoute({
  getParentRoute: () => shell,
  path: '/visits/$visitId',
  component: page('records/VisitPage'),
});
const invoices = createRoute({
  getParentRoute: () => shell,
  path: '/invoices',
  validateSearch: invoicesSearch,
  component: page('billing/InvoiceListPage'),
});
const invoice = createRoute({
  getParentRoute: () => shell,
  path: '/invoices/$invoiceId',
  component: page('billing/InvoicePage'),
});
const audit = createRoute({
  getParentRoute: () => shell,
  path: '/audit',
  validateSearch: auditSearch,
  component: page('audit/AuditPage'),
});

const settings = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  component: lazyRouteComponent(() => import('./SettingsLayout'), 'SettingsLayout'),
});
const settingsPages = [
  createRoute({
    getParentRoute: () => settings,
    path: '/',
    beforeLoad: () => {
      throw redirect({ to: '/settings/profile' });
    },
  }),
  createRoute({ getParentRoute: () => settings, path: '/profile', component: page('identity/ProfilePage') }),
  createRoute({ getParentRoute: () => settings, path: '/clinic', component: page('clinic/ClinicPage') }),
  createRoute({ getParentRoute: () => settings, path: '/branches', component: page('clinic/BranchesPage') }),
  createRoute({ getParentRoute: () => settings, path: '/hours', component: page('clinic/HoursPage') }),
  createRoute({
    getParentRoute: () => settings,
    path: '/appointment-types',
    component: page('scheduling/AppointmentTypesPage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: '/recalls',
    component: page('recalls/RecallTypesPage'),
  }),
  createRoute({ getParentRoute: () => settings, path: '/staff', component: page('identity/StaffPage') }),
  createRoute({ getParentRoute: () => settings, path: '/roles', component: page('identity/RolesPage') }),
  createRoute({
    getParentRoute: () => settings,
    path: '/procedures',
    validateSearch: procedureSearch,
    component: page('clinic/ProceduresPage'),
  }),
  createRoute({ getParentRoute: () => settings, path: '/drugs', component: page('clinic/DrugsPage') }),
  createRoute({
    getParentRoute: () => settings,
    path: '/reminders',
    component: page('notifications/RemindersPage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: '/failed-messages',
    component: page('notifications/FailedMessagesPage'),
  }),
] as const;

const routeTree = rootRoute.addChildren([
  signIn,
  setup,
  invite,
  confirmation,
  planLink,
  waitingScreen,
  shell.addChildren([
    dayBook,
    reception,
    worklists,
    overbooked,
    patients,
    patient.addChildren(patientTabs),
    present,
    visit,
    invoices,
    invoice,
    audit,
    settings.addChildren(settingsPages),
  ]),
]);

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  defaultPendingComponent: RoutePending,
  defaultErrorComponent: RouteError,
  defaultNotFoundComponent: RouteNotFound,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
