//! Working hours.

use dentpro_core::ids::{BranchId, StaffId};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The days asked for.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct HoursQuery {
    /// First day.
    #[param(value_type = String, format = Date)]
    pub from: Date,
    /// Last day; 31 days in all at most.
    #[param(value_type = String, format = Date)]
    pub to: Date,
    /// Only this branch.
    pub branch_id: Option<BranchId>,
}

/// A stretch of a day in local time, `HH:MM`; `24:00` is never used, a day ends at `23:59`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Interval {
    pub start: String,
    pub end: String,
}

/// The hours of one day; none means closed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DayHours {
    #[schema(value_type = String, format = Date)]
    pub date: Date,
    pub intervals: Vec<Interval>,
}

/// When a branch is open.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BranchHours {
    pub branch_id: BranchId,
    pub days: Vec<DayHours>,
}

/// When a doctor works.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DoctorHours {
    pub staff_id: StaffId,
    pub days: Vec<DayHours>,
}

/// The hours as they result for each day.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ResolvedHours {
    pub branches: Vec<BranchHours>,
    pub doctors: Vec<DoctorHours>,
}

/// A stretch of a week.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WeekStretch {
    /// 0 is Sunday.
    pub weekday: i32,
    /// `HH:MM`.
    pub start: String,
    /// `HH:MM`.
    pub end: String,
}

/// The whole week of a branch or a staff member; an empty one of a staff member means: as the branch.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct WorkingWeek {
    pub days: Vec<WeekStretch>,
    pub version: i32,
}

/// A whole week to set, ten stretches a day at most.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewWeek {
    pub days: Vec<WeekStretch>,
}
