//! What appointments are for.

use dentpro_core::ids::{AppointmentTypeId, ProcedureId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::kernel::patch::Patch;

/// Which types.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TypeFilter {
    /// Also those that are not offered any more.
    #[serde(default)]
    pub include_inactive: bool,
}

/// What an appointment is for: its length, whose time it takes, what the chair must have.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AppointmentType {
    pub id: AppointmentTypeId,
    pub name_ar: String,
    pub name_en: String,
    /// `#rrggbb`.
    pub colour: String,
    pub minutes: i32,
    /// One letter for each 5 minutes, `D` the doctor, `A` the assistant; empty: the doctor throughout.
    pub pattern: String,
    /// `surgery`, `xray` or `child`.
    pub chair_feature: Option<String>,
    /// The procedures that it is usually for.
    pub procedure_ids: Vec<ProcedureId>,
    pub position: i32,
    pub active: bool,
    pub version: i32,
}

/// A type to add. One of the two names is enough.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAppointmentType {
    #[serde(default)]
    pub name_ar: String,
    #[serde(default)]
    pub name_en: String,
    pub colour: String,
    pub minutes: i32,
    #[serde(default)]
    pub pattern: String,
    pub chair_feature: Option<String>,
    #[serde(default)]
    pub procedure_ids: Vec<ProcedureId>,
}

/// What changes at a type. Another length without a pattern fits the pattern to it.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AppointmentTypePatch {
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub name_ar: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub name_en: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub colour: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<i32>)]
    pub minutes: Patch<i32>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub pattern: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub chair_feature: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<Vec<ProcedureId>>)]
    pub procedure_ids: Patch<Vec<ProcedureId>>,
    #[serde(default)]
    #[schema(value_type = Option<bool>)]
    pub active: Patch<bool>,
}

/// The order in which types are offered; those not named come after.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TypeOrder {
    pub ids: Vec<AppointmentTypeId>,
}
