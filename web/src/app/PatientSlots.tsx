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
]);

/** The component of that name (default export) in its owner's folder, fetched when first shown. */
function slot<Props extends object>(path: string): (props: Props) => ReactNode {
  const load = modules[`../features/${path}.tsx`] as
    | (() => Promise<{ default: ComponentType<Props> }>)
    | undefined;
  if (!load) return () => null;
  const Component = lazy(load) as unknown as ComponentType<Props>;
  return (props) => (
    <Suspense fallback={<ListSkeleton rows={2} />}>
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
};

export function PatientSlots({ children }: { children: ReactNode }) {
  return <SlotProvider slots={slots}>{children}</SlotProvider>;
}
