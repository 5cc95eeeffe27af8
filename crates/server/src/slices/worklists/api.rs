//! What the operations of the worklists take and answer.

use dentpro_core::ids::{
    AppointmentId, AppointmentTypeId, BranchId, ChairId, ContactAttemptId, PatientId, PlanItemId,
    SlotOfferId, StaffId, WaitlistEntryId,
};
use dentpro_core::worklists::{ContactChannel, OfferAnswer, Outcome, Worklist};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// How long each list is; 500 stands for "500 or more".
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct WorklistCounts {
    pub unscheduled: i64,
    pub broken: i64,
    pub asap: i64,
    pub planned: i64,
    pub recall_due: i64,
    pub unconfirmed: i64,
}

/// Which rows of a list.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WorklistFilter {
    pub branch_id: Option<BranchId>,
    pub doctor_id: Option<StaffId>,
    /// Also those who are to be called again on a later day.
    pub later: Option<bool>,
    pub limit: Option<i64>,
    pub cursor: Option<String>,
}

/// A patient on a list, and why.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct WorklistItem {
    /// Of the appointment, the waiting-list entry, the patient's recall or, for planned work, the patient.
    pub id: Uuid,
    pub patient: WorklistPatient,
    pub appointment_id: Option<AppointmentId>,
    pub waitlist_entry_id: Option<WaitlistEntryId>,
    /// The appointment's start, in the clinic's zone.
    pub starts_at: Option<String>,
    /// How long the appointment is to be.
    pub minutes: Option<i32>,
    pub type_id: Option<AppointmentTypeId>,
    /// Open items of the first phase of the patient's treatment plans, in their order.
    pub plan_item_ids: Vec<PlanItemId>,
    pub doctor: Option<WorklistDoctor>,
    /// The day a recall is due, or the first of the work was planned.
    #[schema(value_type = Option<String>, format = Date)]
    pub due_on: Option<Date>,
    /// What it is about: the appointment's type (of a cancelled or missed one without a type, what was typed), the
    /// recall's name, the planned work with its teeth.
    pub about_ar: String,
    pub about_en: String,
    /// As somebody typed it: what the appointment is for; of a cancelled or missed one, why it was.
    pub reason: Option<String>,
    pub note: Option<String>,
    pub attempts: i64,
    pub last_contact: Option<LastContact>,
}

/// The patient of a row.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct WorklistPatient {
    pub id: PatientId,
    pub name_ar: String,
    pub name_en: String,
    pub file_number: String,
    /// The patient's own or, where he has none, his guardian's.
    pub phone: Option<String>,
    pub preferred_language: Option<String>,
}

/// The doctor of a row.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct WorklistDoctor {
    pub id: StaffId,
    pub name_ar: String,
    pub name_en: String,
}

/// The last time somebody tried to reach the patient.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LastContact {
    pub at: String,
    pub channel: ContactChannel,
    pub outcome: Outcome,
    pub note: String,
    #[schema(value_type = Option<String>, format = Date)]
    pub again_on: Option<Date>,
}

/// A call or a message, made.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewContactAttempt {
    pub patient_id: PatientId,
    pub list: Worklist,
    pub appointment_id: Option<AppointmentId>,
    pub channel: ContactChannel,
    pub outcome: Outcome,
    #[serde(default)]
    pub note: String,
    /// Not before this day again.
    #[schema(value_type = Option<String>, format = Date)]
    pub again_on: Option<Date>,
}

/// A call or a message.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ContactAttempt {
    pub id: ContactAttemptId,
    pub patient_id: PatientId,
    pub list: Worklist,
    pub appointment_id: Option<AppointmentId>,
    pub channel: ContactChannel,
    pub outcome: Outcome,
    pub note: String,
    #[schema(value_type = Option<String>, format = Date)]
    pub again_on: Option<Date>,
    pub at: String,
    pub by_name_ar: String,
    pub by_name_en: String,
}

/// Whose contacts.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ContactFilter {
    pub patient_id: PatientId,
    pub limit: Option<i64>,
    pub cursor: Option<String>,
}

/// A patient who wants the first slot that suits him.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewWaitlistEntry {
    pub patient_id: PatientId,
    pub doctor_id: Option<StaffId>,
    pub type_id: Option<AppointmentTypeId>,
    /// 5 to 720.
    pub minutes: i32,
    /// 0 is Sunday; empty: any day.
    #[serde(default)]
    pub weekdays: Vec<i32>,
    /// `HH:MM`.
    pub after: Option<String>,
    /// `HH:MM`.
    pub before: Option<String>,
    #[serde(default)]
    pub note: String,
}

/// A waiting-list entry.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct WaitlistEntry {
    pub id: WaitlistEntryId,
    pub patient_id: PatientId,
    pub version: i32,
}

/// How a waiting-list entry ended.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WaitlistOutcome {
    /// `booked` or `withdrawn`.
    pub outcome: String,
}

/// A slot that became free.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FreedSlot {
    pub doctor_id: StaffId,
    /// RFC 3339.
    pub starts_at: String,
    pub ends_at: String,
}

/// Somebody who would come earlier, in the order in which they asked.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OfferCandidate {
    pub patient: WorklistPatient,
    pub appointment_id: Option<AppointmentId>,
    pub waitlist_entry_id: Option<WaitlistEntryId>,
    /// The version of the appointment, to move it.
    pub appointment_version: Option<i32>,
    /// When the present appointment starts.
    pub starts_at: Option<String>,
    pub minutes: i32,
    pub since: String,
    pub note: Option<String>,
    /// The offer of this slot that the patient had already.
    pub offered: Option<OfferAnswer>,
}

/// Who is offered which slot.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSlotOffer {
    pub doctor_id: StaffId,
    pub chair_id: Option<ChairId>,
    /// RFC 3339.
    #[schema(format = DateTime)]
    pub starts_at: String,
    #[schema(format = DateTime)]
    pub ends_at: String,
    /// One of the two.
    pub appointment_id: Option<AppointmentId>,
    pub waitlist_entry_id: Option<WaitlistEntryId>,
}

/// A freed slot that was offered to somebody.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SlotOffer {
    pub id: SlotOfferId,
    pub patient_id: PatientId,
    pub patient_name_ar: String,
    pub patient_name_en: String,
    pub doctor_id: StaffId,
    pub starts_at: String,
    pub ends_at: String,
    pub answer: OfferAnswer,
    pub offered_at: String,
    pub offered_by_name_ar: String,
    pub offered_by_name_en: String,
    pub version: i32,
}

/// What the patient said to an offer.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewOfferAnswer {
    pub answer: OfferAnswer,
}
