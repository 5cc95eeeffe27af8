import { type ComponentType, lazy, type ReactNode, Suspense } from 'react';
import { ListSkeleton } from '@/ui/PageSkeleton';
import { SlotProvider, type Slots } from '@/ui/slots';

const modules = import.meta.glob([
  '../features/patients/PatientHeader.tsx',
  '../features/charting/VisitChart.tsx',
  '../features/charting/MouthPicture.tsx',
  '../features/planning/VisitPlan.tsx',
  '../features/charting/ChartColoursField.tsx',
  '../features/notifications/AppointmentMessages.tsx',
  '../features/interop/CalendarFeedCard.tsx',
  '../features/recalls/PatientRecalls.tsx',
  '../features/worklists/SlotOffers.tsx',
]);

/** The component of that name (default export) in its owner's folder, fetched when first shown. */
function slot<Props extends object>(
  path: string,
  waiting: ReactNode = <ListSkeleton rows={2} />,
): (props: Props) => ReactNode {
  const load = modules[`../features/${path}.tsx`] as
    | (() => Promise<{ default: ComponentType<Props> }>)
    | undefined;
  if (!load) return () => null;
  const Component = lazy(load) as unknown as ComponentType<Props>;
  return (props) => (
    <Suspense fallback={waiting}>
      <Component {...props} />
    </Suspense>
  );
}

const slots: Slots = {
  PatientHeader: slot('patients/PatientHeader'),
  VisitChart: slot('charting/VisitChart'),
  MouthPicture: slot('charting/MouthPicture'),
  VisitPlan: slot('planning/VisitPlan'),
  ChartColoursField: slot('charting/ChartColoursField'),
  AppointmentMessages: slot('notifications/AppointmentMessages'),
  CalendarFeedCard: slot('interop/CalendarFeedCard'),
  PatientRecalls: slot('recalls/PatientRecalls'),
  SlotOffers: slot('worklists/SlotOffers', null),
};

export function PatientSlots({ children }: { children: ReactNode }) {
  return <SlotProvider slots={slots}>{children}</SlotProvider>;
}
