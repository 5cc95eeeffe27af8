//! What the operations of the recalls take and answer.

use dentpro_core::ids::{AppointmentTypeId, ProcedureId, RecallTypeId};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::kernel::patch::Patch;

/// A kind of recall: a check-up, a cleaning.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RecallType {
    pub id: RecallTypeId,
    pub name_ar: String,
    pub name_en: String,
    pub interval_months: i32,
    /// How long its appointment takes.
    pub minutes: i32,
    pub appointment_type_id: Option<AppointmentTypeId>,
    /// Work that starts the interval anew.
    pub procedure_ids: Vec<ProcedureId>,
    pub active: bool,
    pub version: i32,
}

/// A kind of recall to add.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRecallType {
    #[serde(default)]
    pub name_ar: String,
    #[serde(default)]
    pub name_en: String,
    /// 1 to 60.
    pub interval_months: i32,
    /// 5 to 720.
    pub minutes: i32,
    pub appointment_type_id: Option<AppointmentTypeId>,
    #[serde(default)]
    pub procedure_ids: Vec<ProcedureId>,
}

/// What changes at a kind of recall.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecallTypePatch {
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub name_ar: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub name_en: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<i32>)]
    pub interval_months: Patch<i32>,
    #[serde(default)]
    #[schema(value_type = Option<i32>)]
    pub minutes: Patch<i32>,
    #[serde(default)]
    #[schema(value_type = Option<AppointmentTypeId>)]
    pub appointment_type_id: Patch<AppointmentTypeId>,
    #[serde(default)]
    #[schema(value_type = Option<Vec<ProcedureId>>)]
    pub procedure_ids: Patch<Vec<ProcedureId>>,
    #[serde(default)]
    #[schema(value_type = Option<bool>)]
    pub active: Patch<bool>,
}

/// A recall of a patient. The calculated date and the one that a person set are kept apart; the second counts.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PatientRecall {
    pub recall_type_id: RecallTypeId,
    pub name_ar: String,
    pub name_en: String,
    /// The patient's own interval, or that of the type.
    pub interval_months: i32,
    /// Whether the interval is the patient's own.
    pub own_interval: bool,
    #[schema(value_type = Option<String>, format = Date)]
    pub last_trigger_on: Option<Date>,
    #[schema(value_type = Option<String>, format = Date)]
    pub calculated_due_on: Option<Date>,
    #[schema(value_type = Option<String>, format = Date)]
    pub set_due_on: Option<Date>,
    /// The one that counts.
    #[schema(value_type = Option<String>, format = Date)]
    pub due_on: Option<Date>,
    /// Why the patient is not recalled any more.
    pub stopped_reason: Option<String>,
    pub note: String,
    pub version: i32,
}

/// What is set for a patient by hand; what is left out goes back to the type's.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPatientRecall {
    pub interval_months: Option<i32>,
    #[schema(value_type = Option<String>, format = Date)]
    pub set_due_on: Option<Date>,
    pub stopped_reason: Option<String>,
    #[serde(default)]
    pub note: String,
    /// The version that was seen; left out for a recall the patient does not have yet.
    pub version: Option<i32>,
}
