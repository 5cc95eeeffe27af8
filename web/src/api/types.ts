/**
 * The wire under the names the app uses. Every type comes from `schema.gen.ts`, which the API's document makes; what
 * stands here narrows a plain string where the document tells its values in words only.
 */
import type { Digits, Locale } from '@/lib/locale';
import type * as wire from './schema.gen';

/** `T` with some fields narrower. A field that the document does not know, or one that is not narrower, does not compile. */
type Narrowed<T, N extends { [K in keyof N]: K extends keyof T ? T[K] : never }> = Omit<T, keyof N> & N;

export type Money = wire.Money;

/** A page of a list. */
export type List<T> = Omit<wire.PageBranch, 'items'> & { items: T[] };

/** Somebody or something with a name in both languages, of which one may be empty. */
export type Named = wire.PatientName;

// ---- session and identity

export type SessionInfo = Narrowed<wire.SessionInfo, { default_locale?: Locale | null }>;
export type ThemeChoice = 'light' | 'dark' | 'auto';
export type WeekDay = 'sunday' | 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday';

/** What the colours of the dental chart mean. */
export type ChartColours = 'existing_blue' | 'disease_red' | 'high_contrast';

/** How a clinic writes its days and numbers, and colours its charts. */
interface Customs {
  chart_colours: ChartColours;
  digits: Digits;
  week_start: Extract<WeekDay, 'saturday' | 'sunday' | 'monday'>;
  weekend: WeekDay[];
  languages: Locale[];
}

export type Session = Narrowed<
  wire.Session,
  {
    account: Narrowed<wire.Account, { locale?: Locale | null; theme: ThemeChoice }>;
    clinic: Narrowed<wire.SessionClinic, Customs>;
  }
>;
export type OpenSession = wire.OpenSession;
export type TotpProposal = wire.TotpProposal;
export type RecoveryCodes = wire.RecoveryCodes;

export type Staff = wire.Staff;
export type Invitation = wire.Invitation;
export type InvitationMade = wire.InvitationMade;
export type InvitationSeen = wire.InvitationSeen;

/** How far a permission reaches. */
export type Reach = wire.Session['scopes'][string];
export type Granted = Narrowed<wire.Granted, { scope: Reach }>;
export type Role = Narrowed<wire.Role, { permissions: Granted[] }>;
export type PermissionInfo = Narrowed<wire.PermissionInfo, { scopes: Reach[] }>;

// ---- clinic

export type Clinic = Narrowed<wire.Clinic, Customs>;
export type Branch = wire.Branch;
/** What a chair is fit for. */
export type ChairFeature = 'surgery' | 'xray' | 'child';
export type Chair = Narrowed<wire.Chair, { features: ChairFeature[] }>;
export type WorkingHours = wire.ResolvedHours;
export type WorkingDay = wire.DayHours;
export type WorkingWeek = wire.WorkingWeek;
export type Closure = wire.Closure;

export type ProcedureScope = 'mouth' | 'arch' | 'quadrant' | 'tooth' | 'surface' | 'unit';
export type TaxCode = wire.TaxKind;
export type Procedure = Narrowed<wire.Procedure, { scope: ProcedureScope; tax_code: TaxCode }>;
export type Drug = wire.Drug;
export type ImportReport = wire.ImportReport;
export type ReferenceEntry = wire.ReferenceEntry;

// ---- patients

export type Patient = wire.Patient;
export type Sex = wire.Sex;
export type Phone = wire.PhoneEntry;
export type PatientItem = wire.PatientItem;
export type PatientDuplicate = wire.Duplicate;
export type PatientAlert = wire.AlertItem;
export type PatientAlerts = wire.Alerts;
export type PatientHeader = wire.Header;
export type PatientContact = wire.Contact;
export type TimelineEntry = wire.TimelineEntry;

export type MedicalHistory = wire.History;
export type HistoryKind = wire.HistoryKind;
export type EntryStatus = wire.EntryStatus;
export type Recorded = wire.AllergyStatus;
export type Allergy = wire.Allergy;

export type SearchHit = wire.SearchHit;

// ---- scheduling

export type AppointmentStatus = wire.AppointmentStatus;
export type Confirmation = wire.Confirmation;
/** Why a patient has to be booked again. */
interface FollowUp {
  follow_up?: 'unscheduled' | 'broken' | null;
}
export type Appointment = Narrowed<wire.Appointment, FollowUp>;
export type AppointmentEvent = Narrowed<wire.AppointmentEvent, { source: 'staff' | 'link' | 'system' }>;
export type AppointmentWithEvents = Narrowed<
  wire.AppointmentWithEvents,
  FollowUp & { events: AppointmentEvent[] }
>;
export type AppointmentCounts = wire.AppointmentCounts;
export type AppointmentType = Narrowed<wire.AppointmentType, { chair_feature?: ChairFeature | null }>;
export type TimeBlock = wire.TimeBlock;
export type BlocksMade = wire.BlocksMade;
export type Overbooked = wire.Overbooked;
export type FreeSlot = wire.FreeSlot;
export type SlotHold = wire.SlotHold;
export type Clash = wire.Clash;
export type BookedTogether = Narrowed<wire.BookedTogether, { items: Appointment[] }>;
export type DayLoad = wire.DayLoad;
export type Attendance = wire.Attendance;
export type WaitingScreen = wire.WaitingScreen;
export type WaitingScreenMade = wire.WaitingScreenMade;
export type WaitingRoom = wire.WaitingRoom;
export type CalledNumber = wire.CalledNumber;

// ---- worklists

export type Worklist = wire.Worklist;
export type WorklistCounts = wire.WorklistCounts;
export type WorklistItem = wire.WorklistItem;
export type ContactAttempt = wire.ContactAttempt;
export type OfferAnswer = wire.OfferAnswer;
export type OfferCandidate = wire.OfferCandidate;
export type SlotOffer = wire.SlotOffer;

// ---- recalls

export type RecallType = wire.RecallType;
export type PatientRecall = wire.PatientRecall;

// ---- messages to patients

export type MessageChannel = wire.Channel;
export type ReminderSettings = wire.ReminderSettings;
export type ReminderRule = wire.ReminderRule;
export type MessageTemplate = wire.MessageTemplate;
export type MessageWords = wire.MessagePreview;
export type MessageProvider = Narrowed<wire.MessageProvider, { method: 'GET' | 'POST' | 'PUT' }>;
export type TestOutcome = wire.TestOutcome;
export type ReminderDelivery = Narrowed<
  wire.ReminderDelivery,
  { state: 'waiting' | 'sent' | 'failed' | 'unknown' | 'skipped'; language?: Locale | null }
>;
export type AppointmentMessage = Narrowed<wire.AppointmentMessage, { language: Locale }>;
export type LinkAnswer = wire.LinkAnswer;
export type ConfirmationSeen = Narrowed<wire.ConfirmationSeen, { language: Locale }>;

// ---- interop

export type CalendarFeed = wire.CalendarFeed;
export type CalendarFeedMade = wire.CalendarFeedMade;

// ---- records

export type Visit = Narrowed<
  wire.Visit,
  {
    status: 'draft' | 'signed' | 'entered_in_error';
    diagnoses: VisitDiagnosis[];
    procedures: VisitProcedure[];
  }
>;
export type VisitDiagnosis = Narrowed<wire.Diagnosis, { surfaces: wire.Surface[] }>;
export type VisitProcedure = Narrowed<wire.VisitProcedure, { surfaces: wire.Surface[] }>;

// ---- charting

export type ChartLayer = wire.Layer;
export type UnitTooth = wire.UnitTooth;
export type Chart = wire.PatientChart;
export type ChartTooth = wire.ToothState;
export type ChartState = wire.State;
export type ChartEvent = Narrowed<
  wire.ChartEvent,
  { layer: ChartLayer | 'correction'; surfaces: wire.Surface[] }
>;
export type ChartTerm = wire.ChartTerm;
export type NewChartEvent = Narrowed<wire.NewChartEvent, { surfaces?: wire.Surface[] | null }>;
export type NewChartAct = Narrowed<wire.NewChartAct, { events: NewChartEvent[] }>;

// ---- periodontal

export type PlanItem = Narrowed<wire.PlanItem, { surfaces: wire.Surface[] }>;
export type PlanTotals = wire.PlanTotals;
export type TreatmentPlan = Narrowed<wire.TreatmentPlan, { items: PlanItem[] }>;
export type PlanSuggestion = Narrowed<wire.PlanSuggestion, { surfaces: wire.Surface[] }>;
export type PlanSnapshot = wire.Snapshot;
export type Presentation = wire.Presentation;
export type PlanLink = wire.PlanLink;
export type PlanLinkSeen = wire.PlanLinkSeen;
export type PlanShown = wire.PlanShown;

export type PerioSiteName = wire.PerioSiteName;
export type PerioPresence = wire.PerioPresence;
export type PerioStatus = 'draft' | 'closed' | 'entered_in_error';
export type PerioExamItem = Narrowed<wire.PerioExamItem, { status: PerioStatus }>;
export type PerioTooth = wire.PerioTooth;
export type PerioSite = wire.PerioSite;
export type PerioExam = PerioExamItem & Pick<wire.PerioExam, 'teeth' | 'suggestion'>;
export type RecordedPerioTooth = wire.RecordedPerioTooth;
export type PerioSiteChange = wire.PerioSiteChange;
export type PerioSummary = wire.PerioSummary;
export type PerioDiagnosis = wire.PerioDiagnosis;
export type PerioSuggestion = wire.PerioSuggestion;
export type PerioReason = wire.PerioReason;
export type PerioComparison = wire.PerioComparison;
export type ComparedSite = wire.ComparedSite;
export type Sextant = wire.Sextant;

// ---- billing

export type InvoiceStatus = wire.InvoiceStatus;
export type Invoice = Narrowed<wire.Invoice, { lines: InvoiceLine[] }>;
export type InvoiceLine = Narrowed<wire.InvoiceLine, { surfaces: wire.Surface[] }>;
export type InvoicePatch = wire.InvoicePatch;
export type LineInput = wire.LineInput;
export type PaymentMethod = wire.PaymentMethod;
export type Payment = wire.Payment;
export type PatientBalance = wire.PatientBalance;

// ---- audit

export type AuditEntry = wire.AuditEntry;
export type AuditChain = wire.AuditChain;
