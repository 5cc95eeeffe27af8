//! How full the days are, and how reliably a patient comes.

use dentpro_core::ids::{BranchId, StaffId};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The days whose load is asked for.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LoadFilter {
    /// First day.
    pub from: String,
    /// Last day, 61 days after the first at most.
    pub to: String,
    pub branch_id: Option<BranchId>,
    pub doctor_id: Option<StaffId>,
}

/// How full a day is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct DayLoad {
    #[schema(value_type = String, format = Date)]
    pub date: Date,
    /// Appointments that stand.
    pub count: i64,
    /// Minutes of doctors that they take.
    pub booked_minutes: i64,
    /// Minutes that the doctors work.
    pub open_minutes: i64,
    pub cancelled: i64,
    pub no_shows: i64,
    /// Of those that stand, how many were booked over another one.
    pub overbooked: i64,
}

/// How reliably a patient comes, over all the appointments that the reader may see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Attendance {
    /// Appointments the patient came to.
    pub kept: i64,
    pub no_shows: i64,
    /// Cancelled within the clinic's hours before the start.
    pub late_cancelled: i64,
    #[schema(value_type = Option<String>, format = Date)]
    pub last_no_show_on: Option<Date>,
    /// Appointments still to come.
    pub upcoming: i64,
}
