//! Allergies of the medical history.

use dentpro_core::ids::{AllergyId, PatientId};
use dentpro_core::permissions::need;

use super::super::api::{Allergy, AllergyPatch, EntryStatus, HistoryKind, NewAllergy};
use super::super::reference;
use super::super::store::allergies::{self as store, NewAllergyRow, StoredAllergy};
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

/// An allergy as it is answered.
pub(super) fn shown(actor: &Actor, stored: StoredAllergy) -> Allergy {
    Allergy {
        id: stored.id,
        substance: stored.substance,
        drug_class: stored.drug_class,
        severity: stored.severity,
        reaction: stored.reaction,
        status: stored.status,
        reason: stored.status_reason,
        recorded_at: instant(actor, stored.recorded_at),
        recorded_by: stored.recorded_by,
        version: stored.version,
    }
}

async fn one(tx: &mut Tx, patient: PatientId, id: AllergyId) -> ApiResult<StoredAllergy> {
    store::allergies(tx, patient, Some(id)).await?.pop().ok_or_else(ApiError::not_found)
}

/// The allergies of a patient, also those that ended. Reading them is written into the log.
#[utoipa::path(get, path = "/patients/{id}/allergies", tag = "patients", params(("id" = PatientId, Path)),
    responses((status = 200, body = Page<Allergy>)), extensions(("x-permission" = json!("patients.read_history"))))]
pub async fn list_allergies(
    actor: Can<need::PatientsReadHistory>,
    db: Db,
    Path(id): Path<PatientId>,
) -> ApiResult<Reply<Page<Allergy>>> {
    let mut tx = db.begin(&actor).await?;
    registration::patient(&mut tx, id).await?.ok_or_else(ApiError::not_found)?;
    let entries = store::allergies(&mut tx, id, None).await?;
    audit_read(&mut tx, id).await?;
    tx.commit().await?;
    Ok(Reply::ok(Page::whole(entries.into_iter().map(|entry| shown(&actor, entry)).collect())))
}

fn row(clock: &Clock, new: NewAllergy) -> ApiResult<NewAllergyRow> {
    let substance = text::required_line(&new.substance, "/substance", 200)?;
    let class = text::optional_line(new.drug_class, "/drug_class", 60)?;
    Ok(NewAllergyRow {
        id: new.id.unwrap_or_else(|| clock.new_id()),
        drug_class: reference::drug_class(class.as_deref(), &substance),
        substance,
        severity: new.severity,
        reaction: text::optional_line(new.reaction, "/reaction", 500)?,
    })
}

/// Record an allergy. It outweighs an earlier 'none known'.
#[utoipa::path(post, path = "/patients/{id}/allergies", tag = "patients", request_body = NewAllergy,
    params(("id" = PatientId, Path)), responses((status = 201, body = Allergy)),
    extensions(("x-permission" = json!("patients.write_history"))))]
pub async fn create_allergy(
    actor: Can<need::PatientsWriteHistory>,
    db: Db,
    clock: Clock,
    Path(patient): Path<PatientId>,
    once: Option<Once>,
    Body { value: new, hash }: Body<NewAllergy>,
) -> ApiResult<Reply<Allergy>> {
    let mut tx = db.begin(&actor).await?;
    if let Some(once) = &once
        && let Some(reply) = once.replay(&mut tx, &actor, &hash).await?
    {
        return Ok(reply);
    }
    locked(&mut tx, patient).await?;
    let row = row(&clock, new)?;
    store::insert_allergy(&mut tx, patient, &row, clock.now()).await?;
    set_none_known(&mut tx, patient, HistoryKind::Allergies, false).await?;
    let entry = one(&mut tx, patient, row.id).await?;
    let place = format!("/patients/{patient}/allergies/{}", entry.id);
    let reply = Reply::created(shown(&actor, entry), place).version(1);
    announce(&mut tx, patient).await?;
    if let Some(once) = &once {
        once.keep(&mut tx, &actor, &reply).await?;
    }
    tx.commit().await?;
    Ok(reply)
}

/// Change an allergy, end it, or mark it as entered in error with a reason.
#[utoipa::path(patch, path = "/patients/{id}/allergies/{allergy_id}", tag = "patients", request_body = AllergyPatch,
    params(("id" = PatientId, Path), ("allergy_id" = AllergyId, Path)), responses((status = 200, body = Allergy)),
    extensions(("x-permission" = json!("patients.write_history"))))]
pub async fn update_allergy(
    actor: Can<need::PatientsWriteHistory>,
    db: Db,
    Path((patient, id)): Path<(PatientId, AllergyId)>,
    IfMatch(version): IfMatch,
    Body { value: patch, .. }: Body<AllergyPatch>,
) -> ApiResult<Reply<Allergy>> {
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
    entry.severity = patch.severity.over_required(entry.severity, "/severity")?;
    entry.reaction = text::optional_line(patch.reaction.over(entry.reaction), "/reaction", 500)?;
    store::update_allergy(&mut tx, &entry).await?;
    if entry.status == EntryStatus::Active {
        set_none_known(&mut tx, patient, HistoryKind::Allergies, false).await?;
    }
    entry.version += 1;
    announce(&mut tx, patient).await?;
    tx.commit().await?;
    Ok(Reply::ok(shown(&actor, entry)).version(version + 1))
}
