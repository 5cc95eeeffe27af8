//! What the report of overbooked appointments takes and answers.

use dentpro_core::ids::StaffId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Appointment;

/// Which overbooked appointments.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OverbookedFilter {
    /// A day, or an instant with its offset; without it from the first one on.
    pub from: Option<String>,
    /// The last day, or the instant before which they start.
    pub to: Option<String>,
    pub limit: Option<i64>,
    pub cursor: Option<String>,
}

/// An appointment that was booked over something else, by whom and why.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Overbooked {
    pub appointment: Appointment,
    pub reason: String,
    /// When it was booked or moved there.
    pub decided_at: String,
    pub decided_by: Decider,
}

/// Who decided.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Decider {
    pub id: StaffId,
    pub name_ar: String,
    pub name_en: String,
}
