import { createContext, type ReactNode, useContext } from 'react';
import type { Surface } from '@/lib/surfaces';

/**
 * Parts that one capability shows inside another's page. A feature never imports a feature:
 * the owner exports the component, `app/PatientSlots.tsx` connects it, the page asks for it with `useSlots()`.
 */
export interface PatientHeaderProps {
  patientId: string;
  /** The page's main action, at the end of the header's first line. */
  action?: ReactNode;
  /** Tabs, below the alert row. */
  children?: ReactNode;
}

export interface VisitChartProps {
  patientId: string;
  /** Findings and work recorded here belong to this visit. */
  visitId: string;
  readOnly: boolean;
  /** Tells the visit which teeth are selected, for its next procedure or diagnosis. */
  onSelect?: (teeth: string[], surfaces: Surface[]) => void;
}

export interface VisitPlanProps {
  patientId: string;
  visitId: string;
  readOnly: boolean;
}

export interface MouthPictureProps {
  /** A chart as the API answers it. */
  chart: unknown;
  /** Teeth that are marked. */
  teeth: readonly string[];
  label: string;
}

export interface ChartColoursFieldProps {
  value: string;
  onChange: (colours: string) => void;
  disabled: boolean;
}

export interface AppointmentMessagesProps {
  appointmentId: string;
  /** When the patient asked over a link to be called, until somebody has seen to it. */
  callRequestedAt: string | null;
}

/** Somebody or something with an id and its names. */
interface NamedThing {
  id: string;
  name_ar?: string | null;
  name_en?: string | null;
}

export interface SlotOffersProps {
  doctor: NamedThing;
  chair: NamedThing | null;
  /** Instants. */
  startsAt: string;
  endsAt: string;
  onClose: () => void;
  /** Somebody took it. */
  onFilled?: () => void;
}

export interface PatientRecallsProps {
  patientId: string;
}

export interface Slots {
  /** patients: avatar, name, file number, age, phone, visits, balance, and the alert row. */
  PatientHeader: (props: PatientHeaderProps) => ReactNode;
  /** charting: the dental chart inside a visit. */
  VisitChart: (props: VisitChartProps) => ReactNode;
  /** charting: a mouth to look at, without anything to do in it. */
  MouthPicture: (props: MouthPictureProps) => ReactNode;
  /** planning: what is planned for the patient, to be done in a visit. */
  VisitPlan: (props: VisitPlanProps) => ReactNode;
  /** charting: the presets of the chart's colours, each as it looks. */
  ChartColoursField: (props: ChartColoursFieldProps) => ReactNode;
  /** notifications: what the patient of an appointment was sent, and WhatsApp with the text filled in. */
  AppointmentMessages: (props: AppointmentMessagesProps) => ReactNode;
  /** interop: the secret address at which a calendar program reads one's appointments. */
  CalendarFeedCard: (props: object) => ReactNode;
  /** worklists: who would take a slot that became free, and who was offered it. */
  SlotOffers: (props: SlotOffersProps) => ReactNode;
  /** recalls: when a patient is due again. */
  PatientRecalls: (props: PatientRecallsProps) => ReactNode;
}

const SlotContext = createContext<Slots | null>(null);

export function SlotProvider({ slots, children }: { slots: Slots; children: ReactNode }) {
  return <SlotContext.Provider value={slots}>{children}</SlotContext.Provider>;
}

export function useSlots(): Slots {
  const slots = useContext(SlotContext);
  if (!slots) throw new Error('useSlots is only available inside the shell');
  return slots;
}
