//! Conditions of the medical history.

use dentpro_core::ids::{ConditionId, PatientId};
use dentpro_core::permissions::need;
use dentpro_core::records::AlertTone;

use super::super::api::{Condition, ConditionPatch, EntryStatus, HistoryKind, NewCondition};
use super::super::reference;
use super::super::store::conditions::{self as store, NewConditionRow, StoredCondition};
use super::super::store::history::set_none_known;
use super::super::store::registration;
use super::history::audit_read;
use super::{announce, instant, locked, next_status};
use crate::kernel::actor::{Actor, Can};
use crate::kernel::clock::Clock;
use crate::kernel::db::{Db, Tx};
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::extract::{Body, IfMatch, Path};
use crate::kernel::idempotency::Once;
use crate::kernel::paging::Page;
use crate::kernel::reply::Reply;
use crate::kernel::text;

/// A condition as it is answered.
pub(super) fn shown(actor: &Actor, stored: StoredCondition) -> Condition {
    Condition {
        id: stored.id,
        code: stored.code,
        name: stored.name,
        since: stored.since,
        status: stored.status,
        reason: stored.status_reason,
        recorded_at: instant(actor, stored.recorded_at),
        recorded_by: stored.recorded_by,
        version: stored.version,
    }
}

async fn one(tx: &mut Tx, patient: PatientId, id: ConditionId) -> ApiResult<StoredCondition> {
    store::conditions(tx, patient, Some(id)).await?.pop().ok_or_else(ApiError::not_found)
}

/// The conditions of a patient, also those that ended. Reading them is written into the log.
#[utoipa::path(get, path = "/patients/{id}/conditions", tag = "patients", params(("id" = PatientId, Path)),
    responses((status = 200, body = Page<Condition>)), extensions(("x-permission" = json!("patients.read_history"))))]
pub async fn list_conditions(
    actor: Can<need::PatientsReadHistory>,
    db: Db,
    Path(id): Path<PatientId>,
) -> ApiResult<Reply<Page<Condition>>> {
    let mut tx = db.begin(&actor).await?;
    registration::patient(&mut tx, id).await?.ok_or_else(ApiError::not_found)?;
    let entries = store::conditions(&mut tx, id, None).await?;
    audit_read(&mut tx, id).await?;
    tx.commit().await?;
    Ok(Reply::ok(Page::whole(entries.into_iter().map(|entry| shown(&actor, entry)).collect())))
}

/// The list tells the name of a code, and how loud the condition warns; one that it does not know is amber.
fn row(clock: &Clock, new: NewCondition) -> ApiResult<NewConditionRow> {
    let code = text::optional_line(new.code, "/code", 20)?;
    let listed = code.as_deref().and_then(reference::condition);
    let name = text::optional_line(new.name, "/name", 200)?.or_else(|| listed.map(|l| l.names.en.clone()));
    let status = new.status.unwrap_or(EntryStatus::Active);
    if status == EntryStatus::EnteredInError {
        return Err(ApiError::invalid("/status", "request.out_of_range"));
    }
    Ok(NewConditionRow {
        id: new.id.unwrap_or_else(|| clock.new_id()),
        code,
        name: name.ok_or_else(|| ApiError::invalid("/name", "request.required"))?,
        since: text::optional_line(new.since, "/since", 40)?,
        alert: listed.map_or(Some(AlertTone::Amber), |l| l.alert),
        status,
    })
}

/// Record a condition. It outweighs an earlier 'none known'.
#[utoipa::path(post, path = "/patients/{id}/conditions", tag = "patients", request_body = NewCondition,
    params(("id" = PatientId, Path)), responses((status = 201, body = Condition)),
    extensions(("x-permission" = json!("patients.write_history"))))]
pub async fn create_condition(
    actor: Can<need::PatientsWriteHistory>,
    db: Db,
    clock: Clock,
    Path(patient): Path<PatientId>,
    once: Option<Once>,
    Body { value: new, hash }: Body<NewCondition>,
) -> ApiResult<Reply<Condition>> {
    let mut tx = db.begin(&actor).await?;
    if let Some(once) = &once
        && let Some(reply) = once.replay(&mut tx, &actor, &hash).await?
    {
        return Ok(reply);
    }
    locked(&mut tx, patient).await?;
    let row = row(&clock, new)?;
    store::insert_condition(&mut tx, patient, &row, clock.now()).await?;
    if row.status == EntryStatus::Active {
        set_none_known(&mut tx, patient, HistoryKind::Conditions, false).await?;
    }
    let entry = one(&mut tx, patient, row.id).await?;
    let place = format!("/patients/{patient}/conditions/{}", entry.id);
    let reply = Reply::created(shown(&actor, entry), place).version(1);
    announce(&mut tx, patient).await?;
    if let Some(once) = &once {
        once.keep(&mut tx, &actor, &reply).await?;
    }
    tx.commit().await?;
    Ok(reply)
}

/// Change a condition, end it, or mark it as entered in error with a reason.
#[utoipa::path(patch, path = "/patients/{id}/conditions/{condition_id}", tag = "patients", request_body = ConditionPatch,
    params(("id" = PatientId, Path), ("condition_id" = ConditionId, Path)), responses((status = 200, body = Condition)),
    extensions(("x-permission" = json!("patients.write_history"))))]
pub async fn update_condition(
    actor: Can<need::PatientsWriteHistory>,
    db: Db,
    Path((patient, id)): Path<(PatientId, ConditionId)>,
    IfMatch(version): IfMatch,
    Body { value: patch, .. }: Body<ConditionPatch>,
) -> ApiResult<Reply<Condition>> {
    let mut tx = db.begin(&actor).await?;
    locked(&mut tx, patient).await?;
    let mut entry = one(&mut tx, patient, id).await?;
    if entry.version != version {
        return Err(ApiError::stale());
    }
    let (status, reason) = next_status(&mut tx, entry.status, patch.status, patch.reason).await?;
    if status != entry.status || reason.is_some() {
        (entry.status, entry.status_reason) = (status, reason);
    }
    entry.since = text::optional_line(patch.since.over(entry.since), "/since", 40)?;
    store::update_condition(&mut tx, &entry).await?;
    if entry.status == EntryStatus::Active {
        set_none_known(&mut tx, patient, HistoryKind::Conditions, false).await?;
    }
    entry.version += 1;
    announce(&mut tx, patient).await?;
    tx.commit().await?;
    Ok(Reply::ok(shown(&actor, entry)).version(version + 1))
}
