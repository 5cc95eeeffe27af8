//! What the book shows.

use dentpro_core::ids::{AppointmentId, BranchId, ChairId, PatientId, StaffId};
use dentpro_core::permissions::{Permission, need};
use dentpro_core::scheduling::AppointmentStatus;
use dentpro_core::time::local_day_bounds;
use jiff::Timestamp;
use uuid::Uuid;

use crate::kernel::actor::{Actor, Can};
use crate::kernel::clock::Clock;
use crate::kernel::db::Db;
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::extract::{Path, Query};
use crate::kernel::paging::{self, Page};
use crate::kernel::reply::Reply;
use crate::slices::scheduling::api::{
    Appointment, AppointmentCounts, AppointmentFilter, AppointmentWithEvents, CountFilter, PatientFilter,
};
use crate::slices::scheduling::moment::{self, Span};
use crate::slices::scheduling::store::{self, AppointmentRow, Choice};
use crate::slices::scheduling::view;

/// A day of the book comes whole.
const MAX_ROWS: i64 = 1000;

/// The appointments of some days, or of a patient, in the order in which they start.
#[utoipa::path(get, path = "/appointments", tag = "scheduling", params(AppointmentFilter),
    responses((status = 200, body = Page<Appointment>)), extensions(("x-permission" = json!("scheduling.read"))))]
pub async fn list_appointments(
    actor: Can<need::SchedulingRead>,
    db: Db,
    Query(filter): Query<AppointmentFilter>,
) -> ApiResult<Reply<Page<Appointment>>> {
    let zone = &actor.facts.time_zone;
    let span = Span::asked(filter.from.as_deref(), filter.to.as_deref(), filter.patient_id.is_some(), zone)?;
    let choice = choice(&actor, &filter)?;
    let mut tx = db.begin(&actor).await?;
    let rows = match filter.patient_id {
        Some(patient) => store::list_of_patient(&mut tx, patient.uuid(), span, &choice).await?,
        None => store::list(&mut tx, span, &choice).await?,
    };
    let page = Page::of(rows, choice.limit, key);
    let items = view::appointments(&mut tx, &actor, page.items).await?;
    Ok(Reply::ok(Page { items, next_cursor: page.next_cursor }))
}

/// The checked limit of a list that comes whole for a day.
pub fn day_limit(asked: Option<i64>) -> ApiResult<i64> {
    match asked {
        None => Ok(MAX_ROWS),
        Some(n @ 1..=MAX_ROWS) => Ok(n),
        Some(_) => Err(ApiError::invalid("limit", "scheduling.limit_out_of_range")),
    }
}

fn choice(actor: &Actor, filter: &AppointmentFilter) -> ApiResult<Choice> {
    let limit = day_limit(filter.limit)?;
    let statuses = filter.status.as_deref().filter(|text| !text.is_empty()).map(|text| {
        let known = |word: &str| word.parse::<AppointmentStatus>().map(|s| s.as_str().to_owned());
        text.split(',').map(known).collect::<Result<Vec<_>, _>>()
    });
    Ok(Choice {
        only_doctor: view::only_doctor(actor),
        doctor: filter.doctor_id.map(StaffId::uuid),
        branch: filter.branch_id.map(BranchId::uuid),
        chair: filter.chair_id.map(ChairId::uuid),
        statuses: statuses
            .transpose()
            .map_err(|_| ApiError::invalid("status", "scheduling.unknown_status"))?,
        after: cursor(filter.cursor.as_deref())?,
        limit,
    })
}

fn key(row: &AppointmentRow) -> (Timestamp, Uuid) {
    (row.starts_at.to_jiff(), row.id)
}

/// A cursor of a list in the order of starts.
pub fn cursor(text: Option<&str>) -> ApiResult<Option<(Timestamp, Uuid)>> {
    let after: Option<(Timestamp, Uuid)> = paging::read_cursor(text)?;
    match after {
        Some((at, _))
            if dentpro_core::time::sane_date(at.to_zoned(jiff::tz::TimeZone::UTC).date()).is_err() =>
        {
            Err(ApiError::invalid("cursor", "request.cursor_invalid"))
        }
        _ => Ok(after),
    }
}

/// The appointments of a patient, the first first.
#[utoipa::path(get, path = "/patients/{id}/appointments", tag = "scheduling",
    params(("id" = PatientId, Path), PatientFilter), responses((status = 200, body = Page<Appointment>)),
    extensions(("x-permission" = json!("scheduling.read"))))]
pub async fn list_patient_appointments(
    actor: Can<need::SchedulingRead>,
    db: Db,
    Path(patient): Path<PatientId>,
    Query(filter): Query<PatientFilter>,
) -> ApiResult<Reply<Page<Appointment>>> {
    actor.require(Permission::PatientsRead)?;
    let choice = Choice {
        only_doctor: view::only_doctor(&actor),
        after: cursor(filter.cursor.as_deref())?,
        limit: paging::limit(filter.limit)?,
        ..Choice::default()
    };
    let mut tx = db.begin(&actor).await?;
    if !store::patient_known(&mut tx, patient.uuid()).await? {
        return Err(ApiError::not_found());
    }
    let span = Span::always(&actor.facts.time_zone);
    let rows = store::list_of_patient(&mut tx, patient.uuid(), span, &choice).await?;
    let page = Page::of(rows, choice.limit, key);
    let items = view::appointments(&mut tx, &actor, page.items).await?;
    Ok(Reply::ok(Page { items, next_cursor: page.next_cursor }))
}

/// One appointment with all that happened to it.
#[utoipa::path(get, path = "/appointments/{id}", tag = "scheduling", params(("id" = AppointmentId, Path)),
    responses((status = 200, body = AppointmentWithEvents)),
    extensions(("x-permission" = json!("scheduling.read"))))]
pub async fn get_appointment(
    actor: Can<need::SchedulingRead>,
    db: Db,
    Path(id): Path<AppointmentId>,
) -> ApiResult<Reply<AppointmentWithEvents>> {
    let mut tx = db.begin(&actor).await?;
    let appointment = view::read(&mut tx, &actor, id.uuid()).await?;
    let events = view::events(&mut tx, &actor.facts.time_zone, id.uuid()).await?;
    let version = appointment.version;
    Ok(Reply::ok(AppointmentWithEvents { appointment, events }).version(version))
}

/// How many appointments of a day stand where; who waits.
#[utoipa::path(get, path = "/appointments/counts", tag = "scheduling", params(CountFilter),
    responses((status = 200, body = AppointmentCounts)), extensions(("x-permission" = json!("scheduling.read"))))]
pub async fn count_appointments(
    actor: Can<need::SchedulingRead>,
    db: Db,
    clock: Clock,
    Query(filter): Query<CountFilter>,
) -> ApiResult<Reply<AppointmentCounts>> {
    let zone = &actor.facts.time_zone;
    let day =
        filter.date.as_deref().map_or_else(|| Ok(clock.today(zone)), |text| moment::day(text, "date"))?;
    let (from, until) = local_day_bounds(day, zone);
    let branch = filter.branch_id.map(BranchId::uuid);
    let mut tx = db.begin(&actor).await?;
    let rows =
        store::count_by_status(&mut tx, Span { from, until }, branch, view::only_doctor(&actor)).await?;
    let mut counts = AppointmentCounts::default();
    for (status, count) in rows {
        add(&mut counts, &status, count);
    }
    Ok(Reply::ok(counts))
}

fn add(counts: &mut AppointmentCounts, status: &str, count: i64) {
    use AppointmentStatus::{
        Arrived, Cancelled, CheckedOut, Completed, Confirmed, InChair, NoShow, Rescheduled, Scheduled,
    };
    let Ok(status) = status.parse::<AppointmentStatus>() else { return };
    *match status {
        Scheduled => &mut counts.scheduled,
        Confirmed => &mut counts.confirmed,
        Arrived => {
            counts.waiting += count;
            &mut counts.arrived
        }
        InChair => &mut counts.in_chair,
        Completed => &mut counts.completed,
        CheckedOut => &mut counts.checked_out,
        Cancelled => &mut counts.cancelled,
        NoShow => &mut counts.no_show,
        Rescheduled => &mut counts.rescheduled,
    } += count;
}
