/** The wire, as the API answers it. Field names and meanings are the API's; nothing is renamed on the way. */
import type { Money } from '@/lib/format';
import type { Digits, Locale } from '@/lib/locale';

export type { Money };

export interface List<T> {
  items: T[];
  next_cursor: string | null;
}

export interface Named {
  id: string;
  name_ar: string | null;
  name_en: string | null;
}

type Person = Pick<Named, 'name_ar' | 'name_en'>;

// ---- session and identity

export interface SessionInfo {
  demo: boolean;
  demo_accounts: { email: string; role: string; password: string }[];
  setup_required: boolean;
  clinic_name_ar?: string | null;
  clinic_name_en?: string | null;
  version: string;
  default_locale: Locale | null;
}

export type ThemeChoice = 'light' | 'dark' | 'auto';
export type WeekDay = 'sunday' | 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday';

export interface Session {
  account: {
    id: string;
    email: string;
    name_ar: string | null;
    name_en: string | null;
    locale: Locale | null;
    theme: ThemeChoice;
    totp_enabled: boolean;
  };
  clinic: {
    id: string;
    name_ar: string | null;
    name_en: string | null;
    currency: string;
    currency_exponent: number;
    time_zone: string;
    country: string;
    digits: Digits;
    week_start: 'saturday' | 'sunday' | 'monday';
    weekend: WeekDay[];
    languages: Locale[];
    logo_url?: string | null;
  };
  staff_id: string;
  roles: string[];
  permissions: string[];
  scopes: Record<string, string>;
  expires_at: string;
  demo: boolean;
}

export interface OpenSession {
  id: string;
  created_at: string;
  last_seen_at: string;
  user_agent: string | null;
  address: string | null;
  current: boolean;
}

export interface TotpPending {
  secret: string;
  otpauth_url: string;
  qr_svg: string;
}

export interface Staff extends Named {
  account_id: string | null;
  roles: string[];
  role_ids: string[];
  colour: string;
  photo_url: string | null;
  email: string | null;
  phone: string | null;
  specialty_ar: string | null;
  specialty_en: string | null;
  active: boolean;
  invited: boolean;
  version: number;
}

export interface Invitation extends Named {
  email: string;
  url?: string;
  expires_at: string;
  role_ids?: string[];
}

export interface InvitationByToken extends Person {
  clinic_name_ar: string | null;
  clinic_name_en: string | null;
  email: string;
  account_exists: boolean;
}

export type Scope = 'own' | 'all';

export interface Role extends Named {
  code: string | null;
  built_in: boolean;
  permissions: { code: string; scope: Scope }[];
  staff_count: number;
  version: number;
}

export interface PermissionInfo {
  code: string;
  capability: string;
  name_ar: string;
  name_en: string;
  scopes: Scope[];
}

// ---- clinic

export interface Clinic extends Named {
  country: string;
  currency: string;
  currency_exponent: number;
  time_zone: string;
  tax_number: string | null;
  phone: string | null;
  email: string | null;
  address_ar: string | null;
  address_en: string | null;
  digits: Digits;
  week_start: 'saturday' | 'sunday' | 'monday';
  weekend: WeekDay[];
  languages: Locale[];
  session_idle_minutes: number;
  session_absolute_hours: number;
  default_tax_percent: string;
  waiting_amber_minutes: number;
  waiting_red_minutes: number;
  slot_minutes: number;
  late_cancel_hours: number;
  logo_url: string | null;
  version: number;
}

export interface Branch extends Named {
  phone: string | null;
  address_ar: string | null;
  address_en: string | null;
  active: boolean;
  version: number;
}

export interface Chair extends Named {
  branch_id: string;
  position: number;
  active: boolean;
  version: number;
}

export type ChairFeature = 'surgery' | 'xray' | 'child';

/** A chair as it is set up. */
export interface ChairSetUp extends Chair {
  features: ChairFeature[];
  /** Without days: from now on, until further notice. */
  out_of_service: { reason: string; from: string | null; until: string | null } | null;
}

export type ClosureKind = 'holiday' | 'closure' | 'leave' | 'hours';

/** What a day's hours differ from the week for: a holiday, a leave. */
export interface DayReason {
  kind: string;
  name_ar: string | null;
  name_en: string | null;
}

/** The hours that begin on one day; an end that is not after its start is on the next day. */
export interface WorkingDay {
  date: string;
  intervals: { start: string; end: string }[];
  reason?: DayReason | null;
}

export interface WorkingHours {
  branches: { branch_id: string; days: WorkingDay[] }[];
  doctors: { staff_id: string; days: WorkingDay[] }[];
}

/** weekday: 0 is Sunday. */
export interface WeeklyHours {
  owner: 'branch' | 'staff';
  owner_id: string;
  weekday: number;
  start: string;
  end: string;
}

/** Hours of a branch or a doctor from one date to another. */
export interface Closure extends Named {
  branch_id: string | null;
  staff_id: string | null;
  kind: ClosureKind;
  starts_on: string;
  ends_on: string;
  everybody: boolean;
  hours: { weekday: number; start: string; end: string }[];
  version: number;
}

export type ProcedureScope = 'mouth' | 'arch' | 'quadrant' | 'tooth' | 'surface' | 'unit';
export type TaxCode = 'exempt' | 'zero' | 'standard';

export interface Procedure extends Named {
  code: string;
  category: string;
  scope: ProcedureScope;
  price: Money | null;
  minutes: number;
  tax_code: TaxCode;
  chart_code: string | null;
  chart_material: string | null;
  active: boolean;
  version: number;
}

export interface Drug extends Named {
  code: string;
  drug_class: string;
  forms: string[];
  strengths: string[];
  active: boolean;
  version: number;
}

export interface ImportResult {
  created: number;
  updated: number;
  errors: { line: number; code: string; detail: string }[];
}

export interface ReferenceItem {
  code: string;
  name_ar: string;
  name_en: string;
  alert?: string | null;
  drug_class?: string | null;
}

// ---- patients

export type Sex = 'male' | 'female' | 'unknown';
export type Recorded = 'not_asked' | 'none_known' | 'recorded';

export interface Phone {
  number: string;
  label: string;
  whatsapp: boolean;
}

export interface Patient extends Named {
  file_number: string;
  birth_date: string | null;
  age_years: number | null;
  sex: Sex;
  phones: Phone[];
  email: string | null;
  national_id: string | null;
  address: string | null;
  notes: string | null;
  preferred_language: Locale | null;
  reminder_channel: MessageChannel | null;
  reminders_off: boolean;
  guardian_id: string | null;
  guardian: Named | null;
  guarantor_id: string | null;
  guarantor: Named | null;
  status: 'active' | 'archived';
  merged_into: string | null;
  smoking: 'unknown' | 'never' | 'former' | 'current';
  pregnancy: 'not_applicable' | 'unknown' | 'no' | 'yes';
  pregnancy_due: string | null;
  created_at: string;
  version: number;
}

export interface PatientRow extends Named {
  file_number: string;
  birth_date: string | null;
  age_years: number | null;
  sex: Sex;
  phone: string | null;
  has_alerts: boolean;
  last_visit_on: string | null;
  next_appointment_at: string | null;
  balance: Money | null;
}

export interface PatientDuplicate extends Named {
  file_number: string;
  birth_date: string | null;
  phone: string | null;
  score: number;
  reasons: ('same_phone' | 'similar_name' | 'same_birth_date' | 'same_national_id')[];
}

export interface PatientAlert {
  kind: 'allergy' | 'condition' | 'medication' | 'note' | 'pregnancy';
  severity: 'red' | 'amber';
  text: string;
  text_ar: string | null;
  text_en: string | null;
}

export interface PatientHeader {
  patient: Patient;
  alerts: PatientAlert[];
  allergy_status: Recorded;
  last_visit_at: string | null;
  next_appointment_at: string | null;
  balance: Money | null;
}

export interface TimelineEntry {
  at: string;
  kind: string;
  entity: string;
  entity_id: string;
  actor_name_ar: string | null;
  actor_name_en: string | null;
  summary_ar: string;
  summary_en: string;
}

export interface PatientContact {
  id: string;
  name: string;
  relationship: string;
  phone: string;
}

export interface Allergy {
  id: string;
  substance: string;
  drug_class: string | null;
  severity: 'mild' | 'moderate' | 'severe';
  reaction: string | null;
  status: 'active' | 'entered_in_error' | 'resolved';
  recorded_at: string;
  recorded_by: Person;
  version: number;
}

export interface Condition {
  id: string;
  code: string | null;
  name: string;
  since: string | null;
  status: 'active' | 'resolved' | 'entered_in_error';
  recorded_at: string;
  recorded_by: Person;
  version: number;
}

export interface Medication {
  id: string;
  name: string;
  drug_id: string | null;
  drug_class: string | null;
  dose: string | null;
  since: string | null;
  status: 'active' | 'stopped' | 'entered_in_error';
  recorded_at: string;
  recorded_by: Person;
  version: number;
}

export interface MedicalHistory {
  allergy_status: Recorded;
  condition_status: Recorded;
  medication_status: Recorded;
  allergies: Allergy[];
  conditions: Condition[];
  medications: Medication[];
  smoking: Patient['smoking'];
  pregnancy: Patient['pregnancy'];
  pregnancy_due: string | null;
  surgery_notes: string | null;
}

export interface SearchHit {
  kind: 'patient' | 'invoice' | 'page';
  id: string;
  title: string;
  subtitle: string | null;
  url: string;
}

// ---- scheduling

export type AppointmentStatus =
  | 'scheduled'
  | 'confirmed'
  | 'arrived'
  | 'in_chair'
  | 'completed'
  | 'checked_out'
  | 'cancelled'
  | 'no_show'
  | 'rescheduled';

export interface Appointment {
  id: string;
  patient_id: string;
  doctor_id: string;
  chair_id: string | null;
  starts_at: string;
  ends_at: string;
  status: AppointmentStatus;
  confirmation: 'unconfirmed' | 'reminder_sent' | 'left_message' | 'confirmed' | 'declined';
  reason: string | null;
  note: string | null;
  procedure_id: string | null;
  overbook_reason: string | null;
  patient: Named & { file_number: string; phone: string | null; has_alerts: boolean };
  doctor: Named & { colour: string };
  chair: (Named & { branch_id: string }) | null;
  local_date: string;
  local_start: string;
  arrived_at: string | null;
  in_chair_at: string | null;
  completed_at: string | null;
  checked_out_at: string | null;
  cancelled_at: string | null;
  call_requested_at: string | null;
  type: (Named & { colour: string }) | null;
  /** One letter for each 5 minutes: `D` the doctor's time, `A` the assistant's; empty is the doctor's throughout. */
  pattern: string;
  walk_in: boolean;
  token: number | null;
  asap: boolean;
  late_cancelled: boolean;
  follow_up: 'unscheduled' | 'broken' | null;
  series_id: string | null;
  visit_id: string | null;
  outside_hours: boolean;
  created_at: string;
  version: number;
  events?: {
    at: string;
    kind: string;
    from: string | null;
    to: string | null;
    reason: string | null;
    source: 'staff' | 'link' | 'system';
    actor_name_ar: string | null;
    actor_name_en: string | null;
  }[];
}

/** What appointments are for. */
export interface AppointmentType extends Named {
  colour: string;
  minutes: number;
  pattern: string;
  chair_feature: 'surgery' | 'xray' | 'child' | null;
  procedure_ids: string[];
  position: number;
  active: boolean;
  version: number;
}

/** Time of a chair, of a doctor or, with neither, of a whole branch. */
export interface TimeBlock {
  id: string;
  branch_id: string;
  chair_id: string | null;
  doctor_id: string | null;
  kind: 'meeting' | 'lunch' | 'maintenance' | 'emergency' | 'other';
  title: string;
  starts_at: string;
  ends_at: string;
  type_id: string | null;
}

/** A slot that a search found. */
export interface FreeSlot {
  starts_at: string;
  ends_at: string;
  doctor_id: string;
  chair_id: string;
  branch_id: string;
  local_date: string;
  next_to_another: boolean;
  pattern: string;
}

/** A slot that somebody keeps for some minutes. */
export interface SlotHold {
  id: string;
  doctor_id: string;
  chair_id: string | null;
  branch_id: string;
  patient_id: string | null;
  starts_at: string;
  ends_at: string;
  local_date: string;
  expires_at: string;
  seconds_left: number;
  held_by: Named;
  own: boolean;
}

/** A date that cannot be booked, and the code of why. */
export interface Clash {
  index: number;
  starts_at: string;
  ends_at: string;
  code: string;
}

/** What one act booked. */
export interface BookedTogether {
  series_id: string | null;
  items: Appointment[];
  skipped: Clash[];
}

/** How full a day is; the minutes are doctors' minutes. */
export interface DayLoad {
  date: string;
  count: number;
  booked_minutes: number;
  open_minutes: number;
  cancelled: number;
  no_shows: number;
}

export interface Attendance {
  kept: number;
  no_shows: number;
  late_cancelled: number;
  last_no_show_on: string | null;
  upcoming: number;
}

export interface AppointmentCounts {
  scheduled: number;
  confirmed: number;
  arrived: number;
  in_chair: number;
  completed: number;
  checked_out: number;
  cancelled: number;
  no_show: number;
  waiting: number;
}

export type LiveKind =
  | 'appointment.changed'
  | 'block.changed'
  | 'hold.changed'
  | 'patient.changed'
  | 'visit.changed'
  | 'chart.changed'
  | 'invoice.changed'
  | 'payment.changed'
  | 'clinic.changed'
  | 'session.revoked'
  | 'resync';

export interface LiveEvent {
  kind: LiveKind;
  clinic_id: string;
  entity_id: string;
  patient_id?: string;
  date?: string;
}

// ---- records

export interface VisitDiagnosis {
  id: string;
  code: string | null;
  text: string;
  tooth: string | null;
  surfaces: string[] | null;
}

export interface VisitProcedure {
  id: string;
  procedure_id: string;
  code: string;
  name_ar: string;
  name_en: string;
  tooth: string | null;
  surfaces: string[] | null;
  quantity: number;
  unit_price: Money | null;
  doctor_id: string;
  chart_event_id: string | null;
  invoice_id: string | null;
  note: string | null;
}

export interface Visit {
  id: string;
  patient_id: string;
  patient: Named & { file_number: string };
  appointment_id: string | null;
  doctor_id: string;
  doctor: Named;
  status: 'draft' | 'signed' | 'entered_in_error';
  opened_at: string;
  notes: { subjective: string; objective: string; assessment: string; plan: string };
  diagnoses: VisitDiagnosis[];
  procedures: VisitProcedure[];
  signed_at: string | null;
  signed_by: Named | null;
  hash: string | null;
  addenda: { id: string; text: string; at: string; by: Person }[];
  version: number;
}

// ---- charting

export type ChartLayer = 'finding' | 'plan' | 'done';
export type Surface = 'M' | 'O' | 'D' | 'B' | 'L';

export interface ToothState {
  event_id: string;
  layer: ChartLayer;
  code: string;
  surfaces: string[];
  severity?: string | null;
  material?: string | null;
  existing_elsewhere?: boolean;
  part?: string | null;
  on?: string;
}

export interface Chart {
  teeth: Record<string, { present: boolean; states: ToothState[] }>;
  dentition: 'permanent' | 'primary' | 'mixed';
}

export interface ChartEvent {
  id: string;
  on: string;
  layer: ChartLayer;
  code: string;
  teeth: string[];
  surfaces: string[];
  severity: string | null;
  material: string | null;
  unit: { tooth: string; part: string }[] | null;
  existing_elsewhere: boolean;
  visit_id: string | null;
  recorded_at: string;
  recorded_by: Person;
  corrects: string | null;
  corrected_by: string | null;
  reason: string | null;
}

export interface ChartTerm {
  code: string;
  scope: string;
  layers: ChartLayer[];
  materials: string[];
  severities: string[];
  name_ar: string;
  name_en: string;
}

// ---- billing

export type InvoiceStatus = 'draft' | 'issued' | 'part_paid' | 'paid' | 'void';

export interface InvoiceLine {
  id: string;
  position: number;
  procedure_id: string | null;
  description_ar: string;
  description_en: string;
  tooth: string | null;
  surfaces: string[] | null;
  quantity: number;
  unit_price: Money;
  discount: Money;
  tax_code: TaxCode;
  tax_percent: string;
  subtotal: Money;
  tax: Money;
  total: Money;
  visit_procedure_id: string | null;
}

export interface Invoice {
  id: string;
  number: string | null;
  patient_id: string;
  patient: Named & { file_number: string };
  branch_id: string | null;
  doctor_id: string | null;
  visit_id: string | null;
  status: InvoiceStatus;
  issued_on: string | null;
  lines: InvoiceLine[];
  subtotal: Money;
  discount: Money;
  tax: Money;
  total: Money;
  paid: Money;
  balance: Money;
  notes: string | null;
  version: number;
  created_at: string;
}

export type PaymentMethod = 'cash' | 'card' | 'transfer';

export interface Payment {
  id: string;
  number: string;
  patient_id: string;
  method: PaymentMethod;
  amount: Money;
  reference?: string | null;
  received_at: string;
  received_by: Person;
  allocations: { invoice_id: string; invoice_number: string; amount: Money }[];
  unallocated: Money;
  refunded: Money;
}

export interface Balance {
  due: Money;
  credit: Money;
  balance: Money;
}

// ---- audit

export interface AuditEntry {
  id: string;
  seq: number | null;
  at: string;
  actor: Named | null;
  action: string;
  entity: string;
  entity_id: string | null;
  label: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  reason: string | null;
  request_id: string | null;
  address: string | null;
  sealed: boolean;
}

export interface AuditChain {
  length: number;
  sealed: number;
  unsealed: number;
  head: string | null;
  last_sealed_at: string | null;
  verified: { at: string; ok: boolean; first_bad_seq: number | null } | null;
}

// ---- messages to patients

export type MessageChannel = 'mail' | 'sms' | 'whatsapp';
export type MessagePurpose = 'reminder' | 'booking' | 'missed';
export type LinkAnswer = 'confirmed' | 'declined' | 'call_me';

export interface ReminderSettings {
  quiet_from: string;
  quiet_until: string;
  booking_mail: boolean;
  feed_names: boolean;
  mail_is_set_up: boolean;
  version: number;
}

export interface ReminderRule {
  id: string;
  lead_minutes: number;
  channels: MessageChannel[];
  active: boolean;
  version: number;
}

export interface MessageWords {
  subject_ar: string;
  subject_en: string;
  text_ar: string;
  text_en: string;
}

export interface MessageTemplate extends MessageWords {
  purpose: MessagePurpose;
  channel: MessageChannel;
  changed: boolean;
  version: number;
}

export interface MessageProvider {
  id: string;
  channel: MessageChannel;
  name: string;
  url: string;
  method: 'GET' | 'POST' | 'PUT';
  headers: { name: string }[];
  body: string;
  success_pointer: string | null;
  success_value: string | null;
  active: boolean;
  version: number;
}

export interface TestOutcome {
  sent: boolean;
  error: string | null;
}

export type DeliveryState = 'waiting' | 'sent' | 'failed' | 'unknown' | 'skipped';

export interface ReminderDelivery {
  id: string;
  appointment_id: string;
  patient: Named;
  starts_at: string;
  purpose: MessagePurpose;
  lead_minutes: number | null;
  state: DeliveryState;
  channel: MessageChannel | null;
  language: Locale | null;
  recipient: string | null;
  attempts: number;
  reason: string | null;
  last_error: string | null;
  next_attempt_at: string | null;
  created_at: string;
  sent_at: string | null;
}

export interface AppointmentMessage {
  text: string;
  language: Locale;
  phone: string | null;
  whatsapp_url: string | null;
}

export interface ConfirmationSeen {
  clinic_name_ar: string;
  clinic_name_en: string;
  patient_ar: string;
  patient_en: string;
  starts_at: string;
  local_date: string;
  local_time: string;
  doctor_name_ar: string;
  doctor_name_en: string;
  branch_name_ar: string;
  branch_name_en: string;
  phone: string | null;
  language: Locale;
  answer: LinkAnswer | null;
}

export interface CalendarFeed {
  active: boolean;
  created_at: string | null;
  names: boolean;
}

export interface CalendarFeedMade {
  url: string;
  created_at: string;
  names: boolean;
}
