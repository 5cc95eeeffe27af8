//! How full the days are, and how reliably a patient comes.

use std::collections::BTreeMap;

use dentpro_core::ids::{BranchId, PatientId, StaffId};
use dentpro_core::permissions::{Permission, need};
use dentpro_core::time::local_day_bounds;
use jiff::ToSpan;

use crate::kernel::actor::Can;
use crate::kernel::clock::Clock;
use crate::kernel::db::Db;
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::extract::{Path, Query};
use crate::kernel::paging::Page;
use crate::kernel::reply::Reply;
use crate::kernel::working_hours;
use crate::slices::scheduling::api::load::{Attendance, DayLoad, LoadFilter};
use crate::slices::scheduling::moment::{self, Span};
use crate::slices::scheduling::{hours, store, view};

/// Six weeks of a month's page, and to spare.
const MAX_DAYS: i32 = 61;

/// How full each day is: the page of a month.
#[utoipa::path(get, path = "/appointments/loads", tag = "scheduling", params(LoadFilter),
    responses((status = 200, body = Page<DayLoad>)), extensions(("x-permission" = json!("scheduling.read"))))]
pub async fn list_appointment_loads(
    actor: Can<need::SchedulingRead>,
    db: Db,
    Query(filter): Query<LoadFilter>,
) -> ApiResult<Reply<Page<DayLoad>>> {
    let (first, last) = (moment::day(&filter.from, "from")?, moment::day(&filter.to, "to")?);
    let days = (last - first).get_days();
    if days < 0 {
        return Err(ApiError::invalid("to", "scheduling.end_before_start"));
    }
    if days > MAX_DAYS {
        return Err(ApiError::invalid("to", "scheduling.range_too_long"));
    }
    let zone = &actor.facts.time_zone;
    let span = Span { from: local_day_bounds(first, zone).0, until: local_day_bounds(last, zone).1 };
    let (branch, doctor) = (filter.branch_id.map(BranchId::uuid), filter.doctor_id.map(StaffId::uuid));
    let only = view::only_doctor(&actor);
    let mut tx = db.begin(&actor).await?;
    let booked: BTreeMap<_, _> = store::loads(&mut tx, span, branch, doctor, only)
        .await?
        .into_iter()
        .map(|row| (row.local_date.to_jiff(), row))
        .collect();
    let doctors = store::doctors_at(&mut tx, branch, doctor, only).await?;
    let calendar = working_hours::calendar(&mut tx, first, last).await?;
    let load = |date| {
        let row = booked.get(&date);
        DayLoad {
            date,
            count: row.map_or(0, |r| r.count),
            booked_minutes: row.map_or(0, |r| r.booked_minutes),
            open_minutes: hours::open_minutes(&calendar, &doctors, date),
            cancelled: row.map_or(0, |r| r.cancelled),
            no_shows: row.map_or(0, |r| r.no_shows),
            overbooked: row.map_or(0, |r| r.overbooked),
        }
    };
    let items = (0..=days).filter_map(|n| first.checked_add(n.days()).ok()).map(load).collect();
    Ok(Reply::ok(Page::whole(items)))
}

/// How often a patient came, did not come or cancelled late; what he still has before him.
#[utoipa::path(get, path = "/patients/{id}/attendance", tag = "scheduling", params(("id" = PatientId, Path)),
    responses((status = 200, body = Attendance)), extensions(("x-permission" = json!("scheduling.read"))))]
pub async fn get_patient_attendance(
    actor: Can<need::SchedulingRead>,
    db: Db,
    clock: Clock,
    Path(patient): Path<PatientId>,
) -> ApiResult<Reply<Attendance>> {
    actor.require(Permission::PatientsRead)?;
    let mut tx = db.begin(&actor).await?;
    let only = view::only_doctor(&actor);
    let found = store::attendance(&mut tx, patient.uuid(), only, clock.now()).await?;
    Ok(Reply::ok(found.ok_or_else(ApiError::not_found)?))
}
