//! Patients who wait for the first slot that suits them.

use dentpro_core::ids::WaitlistEntryId;
use dentpro_core::permissions::need;
use jiff::civil::Time;

use super::NOTE;
use crate::kernel::actor::Can;
use crate::kernel::clock::Clock;
use crate::kernel::db::Db;
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::extract::{Body, Path};
use crate::kernel::live::{Announcement, Change};
use crate::kernel::reply::Reply;
use crate::kernel::text;
use crate::slices::worklists::api::{NewWaitlistEntry, WaitlistEntry, WaitlistOutcome};
use crate::slices::worklists::store;

fn clock_time(text: Option<&str>, pointer: &str) -> ApiResult<Option<Time>> {
    let Some(text) = text else { return Ok(None) };
    let wrong = || ApiError::invalid(pointer, "clinic.time_malformed");
    if text.len() != 5 {
        return Err(wrong());
    }
    Time::strptime("%H:%M", text).map(Some).map_err(|_| wrong())
}

/// Put a patient on the waiting list.
#[utoipa::path(post, path = "/waitlist", tag = "worklists", request_body = NewWaitlistEntry,
    responses((status = 201, body = WaitlistEntry)), extensions(("x-permission" = json!("scheduling.write"))))]
pub async fn create_waitlist_entry(
    actor: Can<need::SchedulingWrite>,
    db: Db,
    clock: Clock,
    Body { value: new, .. }: Body<NewWaitlistEntry>,
) -> ApiResult<Reply<WaitlistEntry>> {
    let note = text::line(&new.note, "/note", NOTE)?;
    let window = (clock_time(new.after.as_deref(), "/after")?, clock_time(new.before.as_deref(), "/before")?);
    if !(5..=720).contains(&new.minutes) {
        return Err(ApiError::invalid("/minutes", "request.out_of_range"));
    }
    if new.weekdays.len() > 7 || new.weekdays.iter().any(|day| !(0..=6).contains(day)) {
        return Err(ApiError::invalid("/weekdays", "request.out_of_range"));
    }
    let id: WaitlistEntryId = clock.new_id();
    let mut tx = db.begin(&actor).await?;
    let (patient, doctor, kind) = store::entry_known(&mut tx, &new).await?;
    for (known, pointer) in [(patient, "/patient_id"), (doctor, "/doctor_id"), (kind, "/type_id")] {
        if !known {
            return Err(ApiError::invalid(pointer, "request.unknown_reference"));
        }
    }
    store::insert_entry(&mut tx, id.uuid(), &new, window, &note, clock.now()).await?;
    let what = Announcement { patient: Some(new.patient_id.uuid()), ..Announcement::default() };
    tx.announce(Change::Worklist, what).await?;
    tx.commit().await?;
    let entry = WaitlistEntry { id, patient_id: new.patient_id, version: 1 };
    Ok(Reply::created(entry, "/worklists/asap").version(1))
}

/// Take a patient off the waiting list: booked, or no longer interested.
#[utoipa::path(post, path = "/waitlist/{id}/close", tag = "worklists", request_body = WaitlistOutcome,
    params(("id" = WaitlistEntryId, Path)), responses((status = 200, body = WaitlistEntry)),
    extensions(("x-permission" = json!("scheduling.write"))))]
pub async fn close_waitlist_entry(
    actor: Can<need::SchedulingWrite>,
    db: Db,
    clock: Clock,
    Path(id): Path<WaitlistEntryId>,
    Body { value: end, .. }: Body<WaitlistOutcome>,
) -> ApiResult<Reply<WaitlistEntry>> {
    if !matches!(end.outcome.as_str(), "booked" | "withdrawn") {
        return Err(ApiError::invalid("/outcome", "request.out_of_range"));
    }
    let mut tx = db.begin(&actor).await?;
    let closed = store::close_entry(&mut tx, id.uuid(), &end.outcome, clock.now()).await?;
    let (patient, version) = closed.ok_or_else(ApiError::not_found)?;
    tx.announce(Change::Worklist, Announcement { patient: Some(patient), ..Announcement::default() }).await?;
    tx.commit().await?;
    Ok(Reply::ok(WaitlistEntry { id, patient_id: patient.into(), version }).version(version))
}
