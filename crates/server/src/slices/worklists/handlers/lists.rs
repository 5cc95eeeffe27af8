//! The lists and how long they are.

use dentpro_core::charting::planned_words;
use dentpro_core::ids::{BranchId, StaffId};
use dentpro_core::permissions::{Permission, Scope, need};
use dentpro_core::time::{local_day_bounds, rfc3339_in};
use dentpro_core::worklists::Worklist;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use uuid::Uuid;

use super::word;
use crate::kernel::actor::{Actor, Can};
use crate::kernel::clock::Clock;
use crate::kernel::db::Db;
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::extract::{Path, Query};
use crate::kernel::paging::{self, Page};
use crate::kernel::reply::Reply;
use crate::slices::worklists::api::{
    LastContact, WorklistCounts, WorklistDoctor, WorklistFilter, WorklistItem, WorklistPatient,
};
use crate::slices::worklists::store::{self, Choice, ItemRow};

fn choice(actor: &Actor, clock: &Clock, filter: &WorklistFilter) -> ApiResult<Choice> {
    let today = clock.today(&actor.facts.time_zone);
    let tomorrow = today.tomorrow().map_err(|e| ApiError::internal(e.into()))?;
    let only_doctor = match actor.scope(Permission::SchedulingRead) {
        Some(Scope::All) => None,
        Some(Scope::Own) | None => Some(actor.staff.uuid()),
    };
    Ok(Choice {
        only_doctor,
        doctor: filter.doctor_id.map(StaffId::uuid),
        branch: filter.branch_id.map(BranchId::uuid),
        now: clock.now(),
        today,
        tomorrow: local_day_bounds(tomorrow, &actor.facts.time_zone),
        later: filter.later.unwrap_or(false),
        after: paging::read_cursor::<(Timestamp, Uuid)>(filter.cursor.as_deref())?,
        limit: paging::limit(filter.limit)?,
    })
}

/// How many patients wait on each list.
#[utoipa::path(get, path = "/worklists/counts", tag = "worklists",
    responses((status = 200, body = WorklistCounts)), extensions(("x-permission" = json!("scheduling.read"))))]
pub async fn count_worklists(
    actor: Can<need::SchedulingRead>,
    db: Db,
    clock: Clock,
) -> ApiResult<Reply<WorklistCounts>> {
    actor.require(Permission::PatientsRead)?;
    let nothing = WorklistFilter { branch_id: None, doctor_id: None, later: None, limit: None, cursor: None };
    let choice = choice(&actor, &clock, &nothing)?;
    let mut tx = db.begin(&actor).await?;
    Ok(Reply::ok(store::counts(&mut tx, &choice).await?))
}

/// A list: `unscheduled`, `broken`, `asap`, `planned`, `recall_due` or `unconfirmed` (for tomorrow), those first who
/// have waited longest.
#[utoipa::path(get, path = "/worklists/{list}", tag = "worklists",
    params(("list" = String, Path), WorklistFilter), responses((status = 200, body = Page<WorklistItem>)),
    extensions(("x-permission" = json!("scheduling.read"))))]
pub async fn list_worklist(
    actor: Can<need::SchedulingRead>,
    db: Db,
    clock: Clock,
    Path(list): Path<String>,
    Query(filter): Query<WorklistFilter>,
) -> ApiResult<Reply<Page<WorklistItem>>> {
    actor.require(Permission::PatientsRead)?;
    let list: Worklist = list.parse().map_err(|_| ApiError::not_found())?;
    let choice = choice(&actor, &clock, &filter)?;
    let mut tx = db.begin(&actor).await?;
    let rows = store::items(&mut tx, list, &choice).await?;
    let page = Page::of(rows, choice.limit, |row| (row.sort_at.to_jiff(), row.id));
    let zone = &actor.facts.time_zone;
    let items = page.items.into_iter().map(|row| item(row, zone)).collect::<ApiResult<_>>()?;
    Ok(Reply::ok(Page { items, next_cursor: page.next_cursor }))
}

fn item(row: ItemRow, zone: &TimeZone) -> ApiResult<WorklistItem> {
    let wire = |at: jiff_sqlx::Timestamp| rfc3339_in(at.to_jiff(), zone);
    let last_contact = match (row.contact_at, row.contact_channel, row.contact_outcome) {
        (Some(at), Some(channel), Some(outcome)) => Some(LastContact {
            at: wire(at),
            channel: word(&channel)?,
            outcome: word(&outcome)?,
            note: row.contact_note.unwrap_or_default(),
            again_on: row.contact_again_on.map(|day| day.to_jiff()),
        }),
        _ => None,
    };
    let (planned_ar, planned_en) = row.planned.map(|work| planned_words(&work)).unwrap_or_default();
    let both = |chart: String, other: String, between: &str| match (chart.is_empty(), other.is_empty()) {
        (false, false) => format!("{chart}{between}{other}"),
        (true, _) => other,
        (false, true) => chart,
    };
    let about_ar = both(planned_ar, row.about_ar, "؛ ");
    let about_en = both(planned_en, row.about_en, "; ");
    Ok(WorklistItem {
        id: row.id,
        patient: WorklistPatient {
            id: row.patient_id.into(),
            name_ar: row.name_ar,
            name_en: row.name_en,
            file_number: row.file_number,
            phone: row.phone,
            preferred_language: row.preferred_language,
        },
        appointment_id: row.appointment_id.map(Into::into),
        waitlist_entry_id: row.waitlist_entry_id.map(Into::into),
        starts_at: row.starts_at.map(wire),
        minutes: row.minutes,
        plan_item_ids: row.plan_items.into_iter().map(Into::into).collect(),
        type_id: row.type_id.map(Into::into),
        doctor: row
            .doctor_id
            .zip(row.doctor_name_ar.zip(row.doctor_name_en))
            .map(|(id, (name_ar, name_en))| WorklistDoctor { id: id.into(), name_ar, name_en }),
        due_on: row.due_on.map(|day| day.to_jiff()),
        about_ar,
        about_en,
        reason: row.reason.filter(|text| !text.is_empty()),
        note: row.note.filter(|text| !text.is_empty()),
        attempts: row.attempts,
        last_contact,
    })
}
