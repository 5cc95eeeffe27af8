//! The waiting room.

use dentpro_core::ids::{AppointmentTypeId, BranchId, ChairId, PatientId, StaffId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A patient who came without an appointment.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewWalkIn {
    pub branch_id: BranchId,
    pub patient_id: PatientId,
    pub doctor_id: StaffId,
    pub type_id: Option<AppointmentTypeId>,
    /// How long it will take: 5 to 720; without it as long as the type, or half an hour.
    pub minutes: Option<i32>,
    pub reason: Option<String>,
    pub note: Option<String>,
}

/// Whose turn it is.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NextCall {
    pub branch_id: BranchId,
    /// Only this doctor's patients. Who has only his own appointments calls his own.
    pub doctor_id: Option<StaffId>,
    /// Where to; without it the chair of the appointment.
    pub chair_id: Option<ChairId>,
}

/// Where a patient is called to.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Call {
    /// Without it the chair of the appointment.
    pub chair_id: Option<ChairId>,
}

/// The screen of a branch's waiting room.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct WaitingScreen {
    pub active: bool,
    /// When its address was made.
    pub created_at: Option<String>,
}

/// A new secret address, shown this once.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct WaitingScreenMade {
    pub url: String,
    pub created_at: String,
}

/// What the screen shows: numbers, never names.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct WaitingRoom {
    pub clinic_name_ar: String,
    pub clinic_name_en: String,
    pub branch_name_ar: String,
    pub branch_name_en: String,
    pub time_zone: String,
    /// The last ones called, the latest first.
    pub calls: Vec<CalledNumber>,
    /// Who was not called yet.
    pub waiting: i64,
}

/// A number that was called.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CalledNumber {
    pub token: i32,
    /// Empty when the number was called without a place.
    pub chair_ar: String,
    pub chair_en: String,
    pub called_at: String,
}
