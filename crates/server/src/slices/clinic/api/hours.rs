//! Working hours: the weeks, the hours of certain dates, and what results from both.

use dentpro_core::ids::{BranchId, ClosureId, StaffId};
use dentpro_core::scheduling::DatedKind;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::kernel::patch::Patch;

/// The days asked for.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct HoursQuery {
    /// First day. Hours that run past midnight belong to the day they begin on: ask from the day before to draw a
    /// day's first hours.
    #[param(value_type = String, format = Date)]
    pub from: Date,
    /// Last day; 45 days in all at most.
    #[param(value_type = String, format = Date)]
    pub to: Date,
    /// Only this branch, and the doctors as they work there. Without it doctors as they work at the first branch.
    pub branch_id: Option<BranchId>,
}

/// A stretch of a day on the wall clock, `HH:MM`. An end that is not after the start is on the next day, so `00:00` to
/// `00:00` is a day of 24 hours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Interval {
    pub start: String,
    pub end: String,
    /// The same as instants, RFC 3339 with the offset of the clinic's zone.
    pub starts_at: String,
    pub ends_at: String,
}

/// Why the hours of a day differ from the week.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DayReason {
    pub closure_id: ClosureId,
    pub kind: DatedKind,
    pub name_ar: String,
    pub name_en: String,
}

/// The hours that begin on one day; none means closed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DayHours {
    #[schema(value_type = String, format = Date)]
    pub date: Date,
    pub intervals: Vec<Interval>,
    /// The holiday, leave or other entry that stands in place of the week; null where the week counts.
    pub reason: Option<DayReason>,
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

/// A stretch of a weekday.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WeekdayHours {
    /// 0 is Sunday.
    pub weekday: i32,
    /// `HH:MM`.
    pub start: String,
    /// `HH:MM`; not after the start: on the next day.
    pub end: String,
}

/// The whole week of a branch or a staff member; an empty one of a staff member means: as the branch.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct WorkingWeek {
    pub days: Vec<WeekdayHours>,
    pub version: i32,
}

/// A whole week to set, ten stretches a day at most.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewWeek {
    pub days: Vec<WeekdayHours>,
}

/// Which dated hours.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ClosureFilter {
    /// Those that end on this day or later.
    pub from: Option<String>,
    /// Those that begin on this day or earlier.
    pub to: Option<String>,
    pub branch_id: Option<BranchId>,
    pub staff_id: Option<StaffId>,
    pub limit: Option<i64>,
    pub cursor: Option<String>,
}

/// Hours of a branch or a doctor from one date to another, in place of the week: a holiday, a leave, Ramadan.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Closure {
    pub id: ClosureId,
    /// Whose hours: a branch's or a staff member's.
    pub branch_id: Option<BranchId>,
    pub staff_id: Option<StaffId>,
    pub kind: DatedKind,
    pub name_ar: String,
    pub name_en: String,
    #[schema(value_type = String, format = Date)]
    pub starts_on: Date,
    #[schema(value_type = String, format = Date)]
    pub ends_on: Date,
    /// Of a branch: it holds for its doctors too, also for those with a week of their own.
    pub everybody: bool,
    /// When work is done on those days, by weekday; empty unless the kind is `hours`.
    pub hours: Vec<WeekdayHours>,
    pub version: i32,
}

/// Dated hours to add: of a branch (`holiday`, `closure`, `hours`) or of a staff member (`leave`, `hours`). One of the
/// two names is enough.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewClosure {
    pub branch_id: Option<BranchId>,
    pub staff_id: Option<StaffId>,
    pub kind: DatedKind,
    #[serde(default)]
    pub name_ar: String,
    #[serde(default)]
    pub name_en: String,
    #[schema(format = Date)]
    pub starts_on: String,
    /// The last day.
    #[schema(format = Date)]
    pub ends_on: String,
    /// True unless this says no.
    pub everybody: Option<bool>,
    #[serde(default)]
    pub hours: Vec<WeekdayHours>,
}

/// What changes at dated hours; whose they are stays.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClosurePatch {
    #[serde(default)]
    #[schema(value_type = Option<DatedKind>)]
    pub kind: Patch<DatedKind>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub name_ar: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub name_en: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub starts_on: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub ends_on: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<bool>)]
    pub everybody: Patch<bool>,
    #[serde(default)]
    #[schema(value_type = Option<Vec<WeekdayHours>>)]
    pub hours: Patch<Vec<WeekdayHours>>,
}
