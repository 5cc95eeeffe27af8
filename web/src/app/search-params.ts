/** What each page keeps in its address. Unknown or malformed values are dropped, never an error. */
type Raw = Record<string, unknown>;

function text(raw: Raw, name: string): string | undefined {
  const value = raw[name];
  return typeof value === 'string' && value !== ''
    ? value
    : typeof value === 'number'
      ? String(value)
      : undefined;
}

/** A day that is in the calendar, in the centuries that a clinic can mean. */
function date(raw: Raw, name: string): string | undefined {
  const value = text(raw, name);
  if (!value || !/^(19|20|21)\d{2}-\d{2}-\d{2}$/.test(value)) return undefined;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value) ? value : undefined;
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

function id(raw: Raw, name: string): string | undefined {
  const value = text(raw, name);
  return value && UUID.test(value) ? value : undefined;
}

function flag(raw: Raw, name: string): true | undefined {
  return raw[name] === true || raw[name] === 'true' || raw[name] === 1 ? true : undefined;
}

/** What an appointment may take; another number is dropped. */
function minutes(raw: Raw): number | undefined {
  const value = Number(raw.minutes);
  return Number.isInteger(value) && value >= 5 && value <= 720 ? value : undefined;
}

function oneOf<T extends string>(raw: Raw, name: string, allowed: readonly T[]): T | undefined {
  return allowed.find((value) => value === raw[name]);
}

export interface SignInSearch {
  /** The address to return to; only one inside this app is followed. */
  next?: string | undefined;
  /** Whoever was signed in is so no more, without having wanted it. */
  ended?: true | undefined;
}
export const signInSearch = (raw: Raw): SignInSearch => {
  const next = text(raw, 'next');
  const inside = next?.startsWith('/') && !next.startsWith('//') && !next.includes('\\');
  return { ...(inside ? { next } : {}), ...(flag(raw, 'ended') ? { ended: true } : {}) };
};

export interface PeriodontalSearch {
  /** Shows this exam. */
  exam?: string | undefined;
  /** Shows these side by side, with commas between. */
  compare?: string | undefined;
}
export const periodontalSearch = (raw: Raw): PeriodontalSearch => ({
  exam: id(raw, 'exam'),
  compare: text(raw, 'compare'),
});

export interface PlansSearch {
  /** Shows this plan. */
  plan?: string | undefined;
}
export const plansSearch = (raw: Raw): PlansSearch => ({ plan: text(raw, 'plan') });

const BOOK_VIEWS = ['day', 'week', 'month', 'agenda'] as const;

export interface DayBookSearch {
  date?: string | undefined;
  view?: (typeof BOOK_VIEWS)[number] | undefined;
  /** What the columns of the day are. */
  by?: 'chair' | 'doctor' | undefined;
  branch?: string | undefined;
  doctor?: string | undefined;
  /** The chair whose week is shown. */
  chair?: string | undefined;
  /** With commas between. */
  statuses?: string | undefined;
  /** Opens the form for a new appointment, for `patient` when given, or like the appointment `copy`. */
  new?: true | undefined;
  /** Opens the form for time that is not for patients. */
  block?: true | undefined;
  patient?: string | undefined;
  copy?: string | undefined;
  /** What the form begins with: planned work (ids with commas between), minutes, doctor, reason. */
  items?: string | undefined;
  minutes?: number | undefined;
  doctor_id?: string | undefined;
  type_id?: string | undefined;
  reason?: string | undefined;
  /** Shows this appointment. */
  appointment?: string | undefined;
}
export const dayBookSearch = (raw: Raw): DayBookSearch => ({
  date: date(raw, 'date'),
  view: oneOf(raw, 'view', BOOK_VIEWS),
  by: oneOf(raw, 'by', ['chair', 'doctor']),
  branch: id(raw, 'branch'),
  doctor: id(raw, 'doctor'),
  chair: id(raw, 'chair'),
  statuses: text(raw, 'statuses'),
  new: flag(raw, 'new'),
  block: flag(raw, 'block'),
  patient: id(raw, 'patient'),
  copy: id(raw, 'copy'),
  items: text(raw, 'items'),
  minutes: minutes(raw),
  doctor_id: id(raw, 'doctor_id'),
  type_id: id(raw, 'type_id'),
  reason: text(raw, 'reason'),
  appointment: id(raw, 'appointment'),
});

export interface OverbookedSearch {
  from?: string | undefined;
  to?: string | undefined;
}
export const overbookedSearch = (raw: Raw): OverbookedSearch => ({
  from: date(raw, 'from'),
  to: date(raw, 'to'),
});

export interface ReceptionSearch {
  branch?: string | undefined;
  doctor?: string | undefined;
  /** The chair that patients are called to. */
  chair?: string | undefined;
  /** Shows this appointment. */
  appointment?: string | undefined;
}
export const receptionSearch = (raw: Raw): ReceptionSearch => ({
  branch: id(raw, 'branch'),
  doctor: id(raw, 'doctor'),
  chair: id(raw, 'chair'),
  appointment: id(raw, 'appointment'),
});

export interface WorklistsSearch {
  list?: 'unconfirmed' | 'broken' | 'unscheduled' | 'asap' | 'planned' | 'recall_due' | undefined;
  /** Also those who are to be called again on a later day. */
  later?: true | undefined;
}
export const worklistsSearch = (raw: Raw): WorklistsSearch => ({
  list: oneOf(raw, 'list', ['unconfirmed', 'broken', 'unscheduled', 'asap', 'planned', 'recall_due']),
  later: flag(raw, 'later'),
});

export interface PatientsSearch {
  q?: string | undefined;
  /** Opens the registration form. */
  new?: true | undefined;
}
export const patientsSearch = (raw: Raw): PatientsSearch => ({ q: text(raw, 'q'), new: flag(raw, 'new') });

export interface InvoicesSearch {
  q?: string | undefined;
  status?: 'draft' | 'issued' | 'part_paid' | 'paid' | 'void' | undefined;
  from?: string | undefined;
  to?: string | undefined;
}
export const invoicesSearch = (raw: Raw): InvoicesSearch => ({
  q: text(raw, 'q'),
  status: oneOf(raw, 'status', ['draft', 'issued', 'part_paid', 'paid', 'void']),
  from: date(raw, 'from'),
  to: date(raw, 'to'),
});

export interface ProcedureSearch {
  q?: string | undefined;
  category?: string | undefined;
}
export const procedureSearch = (raw: Raw): ProcedureSearch => ({
  q: text(raw, 'q'),
  category: text(raw, 'category'),
});

export interface AuditSearch {
  entity?: string | undefined;
  entity_id?: string | undefined;
  actor_id?: string | undefined;
  action?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}
export const auditSearch = (raw: Raw): AuditSearch => ({
  entity: text(raw, 'entity'),
  entity_id: id(raw, 'entity_id'),
  actor_id: id(raw, 'actor_id'),
  action: text(raw, 'action'),
  from: date(raw, 'from'),
  to: date(raw, 'to'),
});
