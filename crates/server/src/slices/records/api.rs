//! What the operations of visits take and answer.

use dentpro_core::charting::UnitTooth;
use dentpro_core::ids::{
    AddendumId, AppointmentId, BranchId, ChartEventId, DiagnosisId, InvoiceId, PatientId, ProcedureId,
    StaffId, VisitId, VisitProcedureId,
};
use dentpro_core::money::Money;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::kernel::patch::Patch;

/// The patient of a visit.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct VisitPatient {
    pub id: PatientId,
    pub file_number: String,
    pub name_ar: String,
    pub name_en: String,
    #[schema(value_type = Option<String>, format = Date)]
    pub birth_date: Option<Date>,
}

/// A staff member named in a visit.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct VisitStaff {
    pub id: StaffId,
    pub name_ar: String,
    pub name_en: String,
}

/// The notes of a visit: what the patient says, what is seen, what it means, what is to be done.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct Notes {
    pub subjective: String,
    pub objective: String,
    pub assessment: String,
    pub plan: String,
}

/// A diagnosis made in a visit.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Diagnosis {
    pub id: DiagnosisId,
    /// ICD-10.
    pub code: Option<String>,
    pub text: String,
    /// FDI code.
    pub tooth: Option<String>,
    pub surfaces: Vec<String>,
}

/// A diagnosis as it was added, with the version its visit has now.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AddedDiagnosis {
    #[serde(flatten)]
    pub diagnosis: Diagnosis,
    pub visit_version: i32,
}

/// Work done in a visit.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct VisitProcedure {
    pub id: VisitProcedureId,
    pub procedure_id: ProcedureId,
    pub code: String,
    pub name_ar: String,
    pub name_en: String,
    /// FDI code.
    pub tooth: Option<String>,
    pub surfaces: Vec<String>,
    pub quantity: i32,
    /// The price of the day; null for who may not see prices.
    pub unit_price: Option<Money>,
    pub doctor_id: StaffId,
    /// The event that shows it on the chart.
    pub chart_event_id: Option<ChartEventId>,
    /// The invoice it stands on.
    pub invoice_id: Option<InvoiceId>,
    pub note: Option<String>,
}

/// Work as it was added, with the version its visit has now.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AddedProcedure {
    #[serde(flatten)]
    pub procedure: VisitProcedure,
    pub visit_version: i32,
}

/// What was added to a signed visit.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Addendum {
    pub id: AddendumId,
    pub text: String,
    pub at: String,
    pub by: VisitStaff,
}

/// A visit with everything that hangs on it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Visit {
    pub id: VisitId,
    pub patient_id: PatientId,
    pub patient: VisitPatient,
    pub appointment_id: Option<AppointmentId>,
    pub branch_id: BranchId,
    pub doctor_id: StaffId,
    pub doctor: VisitStaff,
    /// `draft`, `signed`, `entered_in_error`.
    pub status: String,
    pub opened_at: String,
    /// The day of the visit on the clinic's calendar.
    #[schema(value_type = String, format = Date)]
    pub local_date: Date,
    pub notes: Notes,
    pub diagnoses: Vec<Diagnosis>,
    pub procedures: Vec<VisitProcedure>,
    pub signed_at: Option<String>,
    pub signed_by: Option<VisitStaff>,
    /// SHA-256 over notes, diagnoses and work done, in hexadecimal.
    pub hash: Option<String>,
    pub addenda: Vec<Addendum>,
    pub error_reason: Option<String>,
    pub error_at: Option<String>,
    pub version: i32,
}

/// A visit to open, from an appointment or without one.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewVisit {
    /// Offered by the client, so that repeating is safe.
    pub id: Option<VisitId>,
    pub patient_id: PatientId,
    pub appointment_id: Option<AppointmentId>,
    pub doctor_id: StaffId,
    /// The appointment's branch, or else the first one, when it is left out.
    pub branch_id: Option<BranchId>,
}

/// What changes in a draft.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VisitPatch {
    #[serde(default)]
    pub notes: NotesPatch,
}

/// What changes in the notes; null empties one.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NotesPatch {
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub subjective: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub objective: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub assessment: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub plan: Patch<String>,
}

/// A diagnosis to add: a code, words, or both.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDiagnosis {
    pub code: Option<String>,
    pub text: Option<String>,
    pub tooth: Option<String>,
    pub surfaces: Option<Vec<String>>,
}

/// Work to record.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewVisitProcedure {
    pub procedure_id: ProcedureId,
    /// FDI code; needed where the procedure is done on a tooth.
    pub tooth: Option<String>,
    pub surfaces: Option<Vec<String>>,
    /// The parts of a bridge; its teeth are the quantity when that is left out.
    pub unit: Option<Vec<UnitTooth>>,
    pub quantity: Option<i32>,
    /// Another price than the catalogue's; needs `billing.discount`.
    pub unit_price: Option<Money>,
    pub note: Option<String>,
    /// Whether the chart shows it, where the catalogue says how; yes when it is left out.
    pub chart: Option<bool>,
}

/// How a visit is signed.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignVisit {
    /// Whether the appointment ends with it; yes when it is left out.
    pub complete_appointment: Option<bool>,
}

/// Something to add to a signed visit.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAddendum {
    pub text: String,
}

/// Why a visit never happened.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StrikeVisit {
    pub reason: String,
}

/// Which visits.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct VisitFilter {
    /// `draft`, `signed` or `entered_in_error`.
    pub status: Option<String>,
    pub doctor_id: Option<StaffId>,
    /// Rows wanted: 25 by default, 100 at most.
    pub limit: Option<i64>,
    /// Where the last page ended.
    pub cursor: Option<String>,
}
