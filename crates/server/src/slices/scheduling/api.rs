//! What the operations of the appointment book take and answer.

pub mod blocks;
pub mod load;
pub mod overbooked;
pub mod reception;
pub mod types;

use dentpro_core::ids::{
    AppointmentId, AppointmentTypeId, BranchId, ChairId, PatientId, PlanItemId, ProcedureId, SlotHoldId,
    StaffId, VisitId,
};
use dentpro_core::scheduling::{AppointmentStatus, Confirmation};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::kernel::patch::Patch;

/// An appointment with everything its card in the book shows.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Appointment {
    pub id: AppointmentId,
    pub patient_id: PatientId,
    pub doctor_id: StaffId,
    pub chair_id: Option<ChairId>,
    pub branch_id: BranchId,
    /// RFC 3339, with the offset of the clinic's zone.
    pub starts_at: String,
    pub ends_at: String,
    /// The day on the clinic's calendar.
    #[schema(value_type = String, format = Date)]
    pub local_date: Date,
    /// The start on the clinic's clock, `10:00`.
    pub local_start: String,
    pub status: AppointmentStatus,
    pub confirmation: Confirmation,
    /// What the patient comes for.
    pub reason: Option<String>,
    pub note: Option<String>,
    pub procedure_id: Option<ProcedureId>,
    /// Why it was booked over a taken slot; null where it was not.
    pub overbook_reason: Option<String>,
    /// Whether it leaves the working hours of the doctor or, where he has none of his own, of the branch.
    pub outside_hours: bool,
    pub patient: AppointmentPatient,
    pub doctor: AppointmentDoctor,
    pub chair: Option<AppointmentChair>,
    pub arrived_at: Option<String>,
    pub in_chair_at: Option<String>,
    pub completed_at: Option<String>,
    pub checked_out_at: Option<String>,
    pub cancelled_at: Option<String>,
    /// When the patient asked over a link to be called, until somebody has seen to it.
    pub call_requested_at: Option<String>,
    #[serde(rename = "type")]
    pub appointment_type: Option<TypeOfAppointment>,
    /// Whose time each 5 minutes take, `D` the doctor's, `A` the assistant's; empty: the doctor's throughout.
    pub pattern: String,
    /// Came without an appointment.
    pub walk_in: bool,
    /// The number called in the waiting room that day.
    pub token: Option<i32>,
    /// When the number was last called, and to which chair.
    pub called_at: Option<String>,
    pub called_to: Option<ChairId>,
    /// The patient would come earlier.
    pub asap: bool,
    /// Cancelled within the clinic's hours before the start.
    pub late_cancelled: bool,
    /// `unscheduled` or `broken` while the patient still has to be booked again.
    pub follow_up: Option<String>,
    /// The series it was booked with.
    pub series_id: Option<Uuid>,
    /// The visit that was opened for it.
    pub visit_id: Option<VisitId>,
    pub created_at: String,
    pub version: i32,
}

/// The patient, as far as the book shows him.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AppointmentPatient {
    pub id: PatientId,
    pub name_ar: String,
    pub name_en: String,
    pub file_number: String,
    pub phone: Option<String>,
    /// Whether an allergy, a condition, a medicine or a pregnancy warns the doctor.
    pub has_alerts: bool,
}

/// What an appointment is for.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TypeOfAppointment {
    pub id: AppointmentTypeId,
    pub name_ar: String,
    pub name_en: String,
    pub colour: String,
}

/// The doctor of an appointment.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AppointmentDoctor {
    pub id: StaffId,
    pub name_ar: String,
    pub name_en: String,
    pub colour: String,
}

/// The chair of an appointment.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AppointmentChair {
    pub id: ChairId,
    pub name_ar: String,
    pub name_en: String,
    pub branch_id: BranchId,
}

/// An appointment with all that happened to it, the first first.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AppointmentWithEvents {
    #[serde(flatten)]
    pub appointment: Appointment,
    pub events: Vec<AppointmentEvent>,
}

/// Something that happened to an appointment.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AppointmentEvent {
    pub at: String,
    /// `booked`, `status`, `confirmation`, `moved`, `called` (to a chair, by its id), `reminder`, `offered` or `asap`.
    pub kind: String,
    /// The former status, confirmation or start.
    pub from: Option<String>,
    pub to: Option<String>,
    pub reason: Option<String>,
    /// `staff`, `link` (the patient by a link) or `system`.
    pub source: String,
    /// Empty unless it was a member of the staff.
    pub actor_name_ar: String,
    pub actor_name_en: String,
}

/// An appointment to book.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAppointment {
    /// An id of the client's own, UUID version 7.
    pub id: Option<AppointmentId>,
    pub patient_id: PatientId,
    pub doctor_id: StaffId,
    /// None when the chair is chosen on the day.
    pub chair_id: Option<ChairId>,
    /// RFC 3339; without an offset it is the clinic's wall clock, of an hour that comes twice the first.
    #[schema(format = DateTime)]
    pub starts_at: String,
    #[schema(format = DateTime)]
    pub ends_at: String,
    #[serde(default)]
    pub reason: Option<String>,
    pub procedure_id: Option<ProcedureId>,
    pub type_id: Option<AppointmentTypeId>,
    /// Whose time each 5 minutes take (`D` or `A`); without it that of the type, fitted to the length.
    pub pattern: Option<String>,
    /// The patient would come earlier.
    #[serde(default)]
    pub asap: bool,
    pub note: Option<String>,
    /// Why a taken slot is booked all the same (`scheduling.overbook`). A free slot is booked without it.
    pub overbook_reason: Option<String>,
    /// The slot that was kept for it; it is given up with the booking.
    pub hold_id: Option<SlotHoldId>,
    /// Open items of the patient's treatment plans that it is for.
    #[serde(default)]
    pub plan_item_ids: Vec<PlanItemId>,
}

/// What changes at an appointment, other than its place in the book and its status.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AppointmentPatch {
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub reason: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub note: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<ProcedureId>)]
    pub procedure_id: Patch<ProcedureId>,
    #[serde(default)]
    #[schema(value_type = Option<Confirmation>)]
    pub confirmation: Patch<Confirmation>,
    #[serde(default)]
    #[schema(value_type = Option<AppointmentTypeId>)]
    pub type_id: Patch<AppointmentTypeId>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub pattern: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<bool>)]
    pub asap: Patch<bool>,
}

/// Where an appointment moves; what is not named stays.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPlace {
    #[schema(format = DateTime)]
    pub starts_at: String,
    #[schema(format = DateTime)]
    pub ends_at: String,
    pub chair_id: Option<ChairId>,
    pub doctor_id: Option<StaffId>,
    /// Why it may stand over another appointment (`scheduling.overbook`).
    pub overbook_reason: Option<String>,
}

/// A step on the way of an appointment.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StatusStep {
    pub status: AppointmentStatus,
    /// Needed for a step back and for reopening.
    pub reason: Option<String>,
    /// The chair, for one that had none or takes another.
    pub chair_id: Option<ChairId>,
    /// Whether a cancelled or missed patient has to be booked again; he has, unless this says no.
    pub follow_up: Option<bool>,
    /// Why a patient without an appointment sits down where another is booked (`scheduling.overbook`).
    pub overbook_reason: Option<String>,
}

/// Why a patient need not be booked again.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Dismissal {
    pub reason: String,
}

/// Which appointments.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AppointmentFilter {
    /// A day, or an instant with its offset. Needed unless `patient_id` is given.
    pub from: Option<String>,
    /// The last day, or the instant before which they start. At most 31 days unless `patient_id` is given; without it
    /// the day of `from`.
    pub to: Option<String>,
    pub branch_id: Option<BranchId>,
    pub doctor_id: Option<StaffId>,
    pub chair_id: Option<ChairId>,
    pub patient_id: Option<PatientId>,
    /// One status, or several with commas between.
    pub status: Option<String>,
    /// Rows wanted, 1,000 at most: a day of the book comes whole.
    pub limit: Option<i64>,
    /// Where the last page ended.
    pub cursor: Option<String>,
}

/// A page of a patient's appointments.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PatientFilter {
    pub limit: Option<i64>,
    pub cursor: Option<String>,
}

/// The day that is counted.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CountFilter {
    /// The day; today without it.
    pub date: Option<String>,
    pub branch_id: Option<BranchId>,
}

/// How many appointments of a day stand where.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct AppointmentCounts {
    pub scheduled: i64,
    pub confirmed: i64,
    pub arrived: i64,
    pub in_chair: i64,
    pub completed: i64,
    pub checked_out: i64,
    pub cancelled: i64,
    pub no_show: i64,
    pub rescheduled: i64,
    /// Patients who sit in the waiting room.
    pub waiting: i64,
}
