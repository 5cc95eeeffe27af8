//! Medications of the medical history.

use dentpro_core::ids::{MedicationId, PatientId};
use dentpro_core::permissions::need;

use super::super::api::{EntryStatus, HistoryKind, Medication, MedicationPatch, NewMedication};
use super::super::reference;
use super::super::store::history::set_none_known;
use super::super::store::medications::{self as store, NewMedicationRow, StoredMedication};
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

/// A medication as it is answered.
pub(super) fn shown(actor: &Actor, stored: StoredMedication) -> Medication {
    Medication {
        id: stored.id,
        name: stored.name,
        drug_id: stored.drug_id,
        drug_class: stored.drug_class,
        dose: stored.dose,
        since: stored.since,
        status: stored.status,
        reason: stored.status_reason,
        recorded_at: instant(actor, stored.recorded_at),
        recorded_by: stored.recorded_by,
        version: stored.version,
    }
}

async fn one(tx: &mut Tx, patient: PatientId, id: MedicationId) -> ApiResult<StoredMedication> {
    store::medications(tx, patient, Some(id)).await?.pop().ok_or_else(ApiError::not_found)
}

/// The medications of a patient, also those that ended. Reading them is written into the log.
#[utoipa::path(get, path = "/patients/{id}/medications", tag = "patients", params(("id" = PatientId, Path)),
    responses((status = 200, body = Page<Medication>)), extensions(("x-permission" = json!("patients.read_history"))))]
pub async fn list_medications(
    actor: Can<need::PatientsReadHistory>,
    db: Db,
    Path(id): Path<PatientId>,
) -> ApiResult<Reply<Page<Medication>>> {
    let mut tx = db.begin(&actor).await?;
    registration::patient(&mut tx, id).await?.ok_or_else(ApiError::not_found)?;
    let entries = store::medications(&mut tx, id, None).await?;
    audit_read(&mut tx, id).await?;
    tx.commit().await?;
    Ok(Reply::ok(Page::whole(entries.into_iter().map(|entry| shown(&actor, entry)).collect())))
}

/// A drug of the clinic's list tells its name and class.
async fn row(tx: &mut Tx, clock: &Clock, new: NewMedication) -> ApiResult<NewMedicationRow> {
    let drug = match new.drug_id {
        None => None,
        Some(id) => {
            let unknown = || ApiError::invalid("/drug_id", "request.unknown_reference");
            Some(store::drug(tx, id).await?.ok_or_else(unknown)?)
        }
    };
    let typed = text::optional_line(new.name, "/name", 200)?;
    let (listed_name, listed_class) = drug.unzip();
    let name = typed.or(listed_name).ok_or_else(|| ApiError::invalid("/name", "request.required"))?;
    let class = text::optional_line(new.drug_class, "/drug_class", 60)?.or(listed_class);
    Ok(NewMedicationRow {
        id: new.id.unwrap_or_else(|| clock.new_id()),
        drug_id: new.drug_id,
        drug_class: reference::drug_class(class.as_deref(), &name),
        name,
        dose: text::optional_line(new.dose, "/dose", 500)?,
        since: text::optional_line(new.since, "/since", 40)?,
    })
}

/// Record a medication. It outweighs an earlier 'none known'.
#[utoipa::path(post, path = "/patients/{id}/medications", tag = "patients", request_body = NewMedication,
    params(("id" = PatientId, Path)), responses((status = 201, body = Medication)),
    extensions(("x-permission" = json!("patients.write_history"))))]
pub async fn create_medication(
    actor: Can<need::PatientsWriteHistory>,
    db: Db,
    clock: Clock,
    Path(patient): Path<PatientId>,
    once: Option<Once>,
    Body { value: new, hash }: Body<NewMedication>,
) -> ApiResult<Reply<Medication>> {
    let mut tx = db.begin(&actor).await?;
    if let Some(once) = &once
        && let Some(reply) = once.replay(&mut tx, &actor, &hash).await?
    {
        return Ok(reply);
    }
    locked(&mut tx, patient).await?;
    let row = row(&mut tx, &clock, new).await?;
    store::insert_medication(&mut tx, patient, &row, clock.now()).await?;
    set_none_known(&mut tx, patient, HistoryKind::Medications, false).await?;
    let entry = one(&mut tx, patient, row.id).await?;
    let place = format!("/patients/{patient}/medications/{}", entry.id);
    let reply = Reply::created(shown(&actor, entry), place).version(1);
    announce(&mut tx, patient).await?;
    if let Some(once) = &once {
        once.keep(&mut tx, &actor, &reply).await?;
    }
    tx.commit().await?;
    Ok(reply)
}

/// Change a medication, end it, or mark it as entered in error with a reason.
#[utoipa::path(patch, path = "/patients/{id}/medications/{medication_id}", tag = "patients", request_body = MedicationPatch,
    params(("id" = PatientId, Path), ("medication_id" = MedicationId, Path)), responses((status = 200, body = Medication)),
    extensions(("x-permission" = json!("patients.write_history"))))]
pub async fn update_medication(
    actor: Can<need::PatientsWriteHistory>,
    db: Db,
    Path((patient, id)): Path<(PatientId, MedicationId)>,
    IfMatch(version): IfMatch,
    Body { value: patch, .. }: Body<MedicationPatch>,
) -> ApiResult<Reply<Medication>> {
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
    entry.dose = text::optional_line(patch.dose.over(entry.dose), "/dose", 500)?;
    entry.since = text::optional_line(patch.since.over(entry.since), "/since", 40)?;
    store::update_medication(&mut tx, &entry).await?;
    if entry.status == EntryStatus::Active {
        set_none_known(&mut tx, patient, HistoryKind::Medications, false).await?;
    }
    entry.version += 1;
    announce(&mut tx, patient).await?;
    tx.commit().await?;
    Ok(Reply::ok(shown(&actor, entry)).version(version + 1))
}
