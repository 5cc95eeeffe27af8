//! Working hours: the weeks, and what results from them and the dated hours for each day.

use dentpro_core::permissions::need;
use dentpro_core::scheduling::{self, instants};
use dentpro_core::time::{rfc3339_in, sane_date};
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use uuid::Uuid;

use super::super::api::hours::{
    BranchHours, DayHours, DayReason, DoctorHours, HoursQuery, Interval, NewWeek, ResolvedHours, WorkingWeek,
};
use super::super::store::hours::{self as store, Owner};
use super::super::typed_hours::{clock_time, read_stretches, written};
use crate::kernel::actor::Can;
use crate::kernel::clock::Clock;
use crate::kernel::db::{Db, Tx};
use crate::kernel::error::{ApiError, ApiResult, OnConstraint};
use crate::kernel::extract::{Body, IfMatch, Path, Query};
use crate::kernel::live::{Announcement, Change};
use crate::kernel::reply::Reply;
use crate::kernel::working_hours;

/// Days that can be asked for at once: the six weeks that a month is shown in, and some.
const MAX_DAYS: i32 = 45;

fn day(date: Date, resolved: scheduling::DayHours<'_>, zone: &TimeZone) -> DayHours {
    let interval = |hours: scheduling::Hours| {
        let (starts_at, ends_at) = instants(hours, zone);
        Interval {
            start: clock_time(hours.0.time()),
            end: clock_time(hours.1.time()),
            starts_at: rfc3339_in(starts_at, zone),
            ends_at: rfc3339_in(ends_at, zone),
        }
    };
    DayHours {
        date,
        intervals: resolved.hours.into_iter().map(interval).collect(),
        reason: resolved.because.map(|dated| DayReason {
            closure_id: dated.id.into(),
            kind: dated.kind,
            name_ar: dated.name_ar.clone(),
            name_en: dated.name_en.clone(),
        }),
    }
}

/// When each branch is open and each doctor works, day by day, and why a day differs from the week.
#[utoipa::path(get, path = "/working-hours", tag = "clinic", params(HoursQuery),
    responses((status = 200, body = ResolvedHours)), extensions(("x-permission" = json!("clinic.read"))))]
pub async fn list_working_hours(
    actor: Can<need::ClinicRead>,
    db: Db,
    Query(query): Query<HoursQuery>,
) -> ApiResult<Reply<ResolvedHours>> {
    for (date, name) in [(query.from, "from"), (query.to, "to")] {
        sane_date(date).map_err(|_| ApiError::invalid(name, "request.date_out_of_range"))?;
    }
    let count = (query.to - query.from).get_days() + 1;
    if !(1..=MAX_DAYS).contains(&count) {
        return Err(ApiError::invalid("to", "clinic.too_many_days"));
    }
    let zone = &actor.facts.time_zone;
    let mut tx = db.begin(&actor).await?;
    let calendar = working_hours::calendar(&mut tx, query.from, query.to).await?;
    let branches = store::branches(&mut tx).await?;
    let doctors = store::doctors(&mut tx).await?;
    let wanted = |id: &Uuid| query.branch_id.is_none_or(|b| b.uuid() == *id);
    let base = branches.iter().copied().find(wanted).unwrap_or_default();
    let dates = || (0..count).filter_map(|n| query.from.checked_add(n.days()).ok());
    Ok(Reply::ok(ResolvedHours {
        branches: branches
            .iter()
            .filter(|id| wanted(id))
            .map(|id| BranchHours {
                branch_id: (*id).into(),
                days: dates().map(|date| day(date, calendar.branch_day(*id, date), zone)).collect(),
            })
            .collect(),
        doctors: doctors
            .iter()
            .map(|id| DoctorHours {
                staff_id: (*id).into(),
                days: dates().map(|date| day(date, calendar.doctor_day(*id, base, date), zone)).collect(),
            })
            .collect(),
    }))
}

fn read_owner(word: &str, id: Uuid) -> ApiResult<Owner> {
    match word {
        "branch" => Ok(Owner::Branch(id)),
        "staff" => Ok(Owner::Staff(id)),
        _ => Err(ApiError::not_found()),
    }
}

async fn reload(tx: &mut Tx, owner: Owner) -> ApiResult<Reply<WorkingWeek>> {
    let version = store::version(tx, owner).await?.ok_or_else(ApiError::not_found)?;
    let days = store::week(tx, owner).await?.into_iter().map(written).collect();
    Ok(Reply::ok(WorkingWeek { days, version }).version(version))
}

/// The week of a branch (`branch`) or a member of the staff (`staff`), as it was set.
#[utoipa::path(get, path = "/working-hours/weekly/{owner}/{owner_id}", tag = "clinic",
    params(("owner" = String, Path), ("owner_id" = Uuid, Path)), responses((status = 200, body = WorkingWeek)),
    extensions(("x-permission" = json!("clinic.read"))))]
pub async fn get_weekly_hours(
    actor: Can<need::ClinicRead>,
    db: Db,
    Path((owner, id)): Path<(String, Uuid)>,
) -> ApiResult<Reply<WorkingWeek>> {
    let owner = read_owner(&owner, id)?;
    let mut tx = db.begin(&actor).await?;
    reload(&mut tx, owner).await
}

/// Set the whole week of a branch (`branch`) or a member of the staff (`staff`).
#[utoipa::path(put, path = "/working-hours/weekly/{owner}/{owner_id}", tag = "clinic", request_body = NewWeek,
    params(("owner" = String, Path), ("owner_id" = Uuid, Path), ("If-Match" = String, Header)),
    responses((status = 200, body = WorkingWeek)), extensions(("x-permission" = json!("clinic.write"))))]
pub async fn put_weekly_hours(
    actor: Can<need::ClinicWrite>,
    db: Db,
    clock: Clock,
    Path((owner, id)): Path<(String, Uuid)>,
    IfMatch(version): IfMatch,
    Body { value: week, .. }: Body<NewWeek>,
) -> ApiResult<Reply<WorkingWeek>> {
    let owner = read_owner(&owner, id)?;
    let stretches: Vec<_> = read_stretches(&week.days, "/days")?
        .into_iter()
        .map(|(weekday, stretch)| (clock.new_id::<Uuid>(), weekday, stretch))
        .collect();
    let mut tx = db.begin(&actor).await?;
    store::version(&mut tx, owner).await?.ok_or_else(ApiError::not_found)?;
    store::count_up(&mut tx, owner, version).await?.ok_or_else(ApiError::stale)?;
    store::replace_week(&mut tx, owner, &stretches)
        .await
        .on_constraint("working_hours_apart", || ApiError::invalid("/days", "clinic.hours_overlap"))?;
    let reply = reload(&mut tx, owner).await?;
    tx.announce(Change::Clinic, Announcement::default()).await?;
    tx.commit().await?;
    Ok(reply)
}
