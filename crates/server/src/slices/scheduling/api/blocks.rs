//! Time in the book that is not for patients, or for some only.

use dentpro_core::ids::{
    AppointmentId, AppointmentTypeId, BranchId, ChairId, PatientId, StaffId, TimeBlockId,
};
use dentpro_core::scheduling::BlockKind;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::kernel::patch::Patch;

/// Which blocks.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct BlockFilter {
    /// A day, or an instant with its offset.
    pub from: Option<String>,
    /// The last day, or the instant before which they start; at most 31 days, without it the day of `from`.
    pub to: Option<String>,
    pub branch_id: Option<BranchId>,
    pub chair_id: Option<ChairId>,
    pub doctor_id: Option<StaffId>,
    /// Rows wanted, 1,000 at most: a day of the book comes whole.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
}

/// Time of a chair, of a doctor or, with neither, of a whole branch.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TimeBlock {
    pub id: TimeBlockId,
    pub branch_id: BranchId,
    pub chair_id: Option<ChairId>,
    pub doctor_id: Option<StaffId>,
    pub kind: BlockKind,
    /// The appointment type that an emergency slot is kept for.
    pub type_id: Option<AppointmentTypeId>,
    pub title: String,
    pub starts_at: String,
    pub ends_at: String,
    /// The day it begins on.
    #[schema(value_type = String, format = Date)]
    pub local_date: Date,
    /// The series it was made with.
    pub series_id: Option<Uuid>,
    pub created_by_name_ar: String,
    pub created_by_name_en: String,
    pub version: i32,
}

/// The blocks that were made: one, or a whole series.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BlocksMade {
    pub items: Vec<TimeBlock>,
    pub series_id: Option<Uuid>,
}

/// A block to make.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewBlock {
    /// Needed for a block of the whole branch; of a chair it is the chair's.
    pub branch_id: Option<BranchId>,
    pub chair_id: Option<ChairId>,
    pub doctor_id: Option<StaffId>,
    pub kind: BlockKind,
    /// For whom an emergency slot is kept; needed for one.
    pub type_id: Option<AppointmentTypeId>,
    #[serde(default)]
    pub title: String,
    /// RFC 3339; without an offset it is the clinic's wall clock.
    #[schema(format = DateTime)]
    pub starts_at: String,
    #[schema(format = DateTime)]
    pub ends_at: String,
    pub repeat: Option<WeeklyRepeat>,
    /// Makes it although appointments stand there.
    #[serde(default)]
    pub despite_appointments: bool,
}

/// Each week at the same local times, 200 blocks at most.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WeeklyRepeat {
    /// The last day.
    #[schema(format = Date)]
    pub until: String,
    /// 0 is Sunday; without them the weekday of the first.
    pub weekdays: Option<Vec<i8>>,
}

/// What changes at one block; its siblings in a series stay.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BlockPatch {
    #[serde(default)]
    #[schema(value_type = Option<BlockKind>)]
    pub kind: Patch<BlockKind>,
    #[serde(default)]
    #[schema(value_type = Option<AppointmentTypeId>)]
    pub type_id: Patch<AppointmentTypeId>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub title: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub starts_at: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub ends_at: Patch<String>,
    #[serde(default)]
    pub despite_appointments: bool,
}

/// How much of a series goes.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct BlockRemoval {
    /// Also those of its series that come after it.
    #[serde(default)]
    pub following: bool,
}

/// An appointment that stands where a block is to be.
#[derive(Clone, Debug, Serialize)]
pub struct InTheWay {
    pub id: AppointmentId,
    pub patient_id: PatientId,
    pub doctor_id: StaffId,
    pub chair_id: Option<ChairId>,
    pub starts_at: String,
    pub ends_at: String,
}
