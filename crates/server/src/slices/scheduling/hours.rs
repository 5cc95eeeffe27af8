//! The working hours as the book asks them: whether a range of a doctor lies within.

use dentpro_core::permissions::Permission;
use dentpro_core::scheduling::{Calendar, Standing};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::json;
use uuid::Uuid;

use crate::kernel::actor::Actor;
use crate::kernel::db::Tx;
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::working_hours;

/// Whether an appointment leaves the hours.
pub fn leaves(
    calendar: &Calendar,
    doctor: Uuid,
    branch: Uuid,
    range: (Timestamp, Timestamp),
    zone: &TimeZone,
) -> bool {
    calendar.standing(doctor, branch, range, zone) != Standing::Within
}

/// The minutes that doctors together work on a day, each at a branch.
pub fn open_minutes(calendar: &Calendar, doctors: &[(Uuid, Uuid)], date: Date) -> i64 {
    let hours = doctors.iter().flat_map(|(doctor, branch)| calendar.doctor_day(*doctor, *branch, date).hours);
    hours.map(|(from, until)| from.duration_until(until).as_mins()).sum()
}

/// Refuses a range in which the doctor is away, and one outside the hours to whom it is not allowed.
pub async fn require_open(
    tx: &mut Tx,
    actor: &Actor,
    doctor: Uuid,
    branch: Uuid,
    range: (Timestamp, Timestamp),
) -> ApiResult<()> {
    let zone = &actor.facts.time_zone;
    let calendar = working_hours::calendar_of(tx, [range], zone).await?;
    match calendar.standing(doctor, branch, range, zone) {
        Standing::Within => Ok(()),
        Standing::OnLeave(leave) => Err(ApiError::conflict("scheduling.doctor_on_leave")
            .with("name_ar", json!(leave.name_ar))
            .with("name_en", json!(leave.name_en))
            .with("until", json!(leave.last))),
        Standing::Outside if actor.may(Permission::SchedulingOutsideHours) => Ok(()),
        Standing::Outside => Err(ApiError::conflict("scheduling.outside_hours")),
    }
}
