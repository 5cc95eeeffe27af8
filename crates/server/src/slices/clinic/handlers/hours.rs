//! Working hours: the weeks, and what results from them for each day.

use std::collections::BTreeMap;

use dentpro_core::permissions::need;
use dentpro_core::scheduling::{Week, hours_for};
use jiff::ToSpan;
use jiff::civil::{Date, Time};
use uuid::Uuid;

use super::super::api::hours::{
    BranchHours, DayHours, DoctorHours, HoursQuery, Interval, NewWeek, ResolvedHours, WeekStretch,
    WorkingWeek,
};
use super::super::store::hours::{self as store, Owner, Stretch};
use crate::kernel::actor::Can;
use crate::kernel::clock::Clock;
use crate::kernel::db::{Db, Tx};
use crate::kernel::error::{ApiError, ApiResult, OnConstraint};
use crate::kernel::extract::{Body, IfMatch, Path, Query};
use crate::kernel::live::{Announcement, Change};
use crate::kernel::reply::Reply;

/// Days that can be asked for at once.
const MAX_DAYS: i32 = 31;
/// Stretches a week has at most: ten a day.
const MAX_STRETCHES: usize = 7 * 10;

fn weeks(stretches: &[Stretch]) -> BTreeMap<Owner, Week> {
    let mut weeks: BTreeMap<Owner, Week> = BTreeMap::new();
    for s in stretches {
        let week = weeks.entry(s.owner).or_default();
        if let Some(day) = usize::try_from(s.weekday).ok().and_then(|d| week.get_mut(d)) {
            day.push((s.starts, s.ends));
        }
    }
    weeks
}

fn clock_time(time: Time) -> String {
    time.strftime("%H:%M").to_string()
}

fn days(from: Date, count: i32, own: Option<&Week>, branch: &Week) -> Vec<DayHours> {
    (0..count)
        .filter_map(|n| from.checked_add(n.days()).ok())
        .map(|date| DayHours {
            date,
            intervals: hours_for(date, None, own, None, branch)
                .into_iter()
                .map(|(start, end)| Interval { start: clock_time(start), end: clock_time(end) })
                .collect(),
        })
        .collect()
}

/// When each branch is open and each doctor works, day by day.
#[utoipa::path(get, path = "/working-hours", tag = "clinic", params(HoursQuery),
    responses((status = 200, body = ResolvedHours)), extensions(("x-permission" = json!("clinic.read"))))]
pub async fn list_working_hours(
    actor: Can<need::ClinicRead>,
    db: Db,
    Query(query): Query<HoursQuery>,
) -> ApiResult<Reply<ResolvedHours>> {
    let count = (query.to - query.from).get_days() + 1;
    if !(1..=MAX_DAYS).contains(&count) {
        return Err(ApiError::invalid("to", "clinic.too_many_days"));
    }
    let mut tx = db.begin(&actor).await?;
    let weeks = weeks(&store::weekly(&mut tx, None).await?);
    let branches = store::branches(&mut tx).await?;
    let doctors = store::doctors(&mut tx).await?;
    let closed = Week::default();
    let wanted = |id: &Uuid| query.branch_id.is_none_or(|b| b.uuid() == *id);
    let chosen = branches.iter().find(|id| wanted(id));
    let base = chosen.and_then(|id| weeks.get(&Owner::Branch(*id))).unwrap_or(&closed);
    Ok(Reply::ok(ResolvedHours {
        branches: branches
            .iter()
            .filter(|id| wanted(id))
            .map(|id| BranchHours {
                branch_id: (*id).into(),
                days: days(query.from, count, None, weeks.get(&Owner::Branch(*id)).unwrap_or(&closed)),
            })
            .collect(),
        doctors: doctors
            .iter()
            .map(|id| DoctorHours {
                staff_id: (*id).into(),
                days: days(query.from, count, weeks.get(&Owner::Staff(*id)), base),
            })
            .collect(),
    }))
}

fn read_time(text: &str, pointer: String) -> ApiResult<Time> {
    let wrong = || ApiError::invalid(pointer.clone(), "clinic.time_malformed");
    let (hour, minute) = text.split_once(':').ok_or_else(wrong)?;
    let number = |t: &str| if t.len() == 2 { t.parse::<i8>().ok() } else { None };
    let (Some(hour), Some(minute)) = (number(hour), number(minute)) else { return Err(wrong()) };
    Time::new(hour, minute, 0, 0).map_err(|_| wrong())
}

fn read_owner(word: &str, id: Uuid) -> ApiResult<Owner> {
    match word {
        "branch" => Ok(Owner::Branch(id)),
        "staff" => Ok(Owner::Staff(id)),
        _ => Err(ApiError::not_found()),
    }
}

fn read_week(week: &NewWeek, clock: &Clock) -> ApiResult<Vec<(Uuid, i32, Time, Time)>> {
    if week.days.len() > MAX_STRETCHES {
        return Err(ApiError::invalid("/days", "request.too_long"));
    }
    let read = |(n, day): (usize, &WeekStretch)| {
        let starts = read_time(&day.start, format!("/days/{n}/start"))?;
        let ends = read_time(&day.end, format!("/days/{n}/end"))?;
        if !(0..=6).contains(&day.weekday) {
            return Err(ApiError::invalid(format!("/days/{n}/weekday"), "request.out_of_range"));
        }
        if starts >= ends {
            return Err(ApiError::invalid(format!("/days/{n}/end"), "clinic.hours_end_before_start"));
        }
        Ok((clock.new_id(), day.weekday, starts, ends))
    };
    week.days.iter().enumerate().map(read).collect()
}

async fn reload(tx: &mut Tx, owner: Owner) -> ApiResult<Reply<WorkingWeek>> {
    let version = store::version(tx, owner).await?.ok_or_else(ApiError::not_found)?;
    let stretches = store::weekly(tx, Some(owner)).await?;
    let stretch =
        |s: Stretch| WeekStretch { weekday: s.weekday, start: clock_time(s.starts), end: clock_time(s.ends) };
    let days = stretches.into_iter().map(stretch).collect();
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
    let stretches = read_week(&week, &clock)?;
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
