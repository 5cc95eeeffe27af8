//! Registering, reading and changing a patient.

use dentpro_core::billing::file_number;
use dentpro_core::ids::PatientId;
use dentpro_core::permissions::need;

use super::super::api::{NewPatient, Patient, PatientPatch};
use super::super::checked::Registration;
use super::super::store::registration as store;
use super::{announce, around, locked, shown};
use crate::kernel::actor::Can;
use crate::kernel::clock::Clock;
use crate::kernel::db::Db;
use crate::kernel::error::{ApiError, ApiResult, OnConstraint};
use crate::kernel::extract::{Body, IfMatch, Path};
use crate::kernel::idempotency::Once;
use crate::kernel::reply::Reply;

fn national_id_taken() -> ApiError {
    ApiError::conflict("patients.national_id_exists")
}

fn own_guardian() -> ApiError {
    ApiError::invalid("/guardian_id", "patients.own_guardian")
}

fn own_guarantor() -> ApiError {
    ApiError::invalid("/guarantor_id", "patients.own_guardian")
}

/// Register a patient. Name and phone are enough; the file number is given by the clinic's series.
#[utoipa::path(post, path = "/patients", tag = "patients", request_body = NewPatient,
    responses((status = 201, body = Patient)), extensions(("x-permission" = json!("patients.write"))))]
pub async fn create_patient(
    actor: Can<need::PatientsWrite>,
    db: Db,
    clock: Clock,
    once: Option<Once>,
    Body { value: new, hash }: Body<NewPatient>,
) -> ApiResult<Reply<Patient>> {
    Once::run(once.as_ref(), &db, &actor, &hash, async |tx| {
        let id = new.id.unwrap_or_else(|| clock.new_id());
        let patient = Registration::of(new, around(&actor, &clock))?;
        let clinic = tx.clinic();
        let number = tx.next_number(clinic, "patient", 0).await?;
        let number = file_number(u64::try_from(number).map_err(|e| ApiError::internal(e.into()))?);
        store::insert_patient(tx, id, &number, &patient, clock.now())
            .await
            .on_constraint("patient_national_id_once", national_id_taken)
            .on_constraint("patient_not_own_guardian", own_guardian)
            .on_constraint("patient_not_own_guarantor", own_guarantor)?;
        let stored = store::patient(tx, id).await?.ok_or_else(ApiError::not_found)?;
        let reply = Reply::created(shown(&actor, &clock, stored), format!("/patients/{id}")).version(1);
        announce(tx, id).await?;
        Ok(reply)
    })
    .await
}

/// One patient.
#[utoipa::path(get, path = "/patients/{id}", tag = "patients", params(("id" = PatientId, Path)),
    responses((status = 200, body = Patient)), extensions(("x-permission" = json!("patients.read"))))]
pub async fn get_patient(
    actor: Can<need::PatientsRead>,
    db: Db,
    clock: Clock,
    Path(id): Path<PatientId>,
) -> ApiResult<Reply<Patient>> {
    let mut tx = db.begin(&actor).await?;
    let stored = store::patient(&mut tx, id).await?.ok_or_else(ApiError::not_found)?;
    let version = stored.version;
    Ok(Reply::ok(shown(&actor, &clock, stored)).version(version))
}

/// Change a patient's own data, or archive the file.
#[utoipa::path(patch, path = "/patients/{id}", tag = "patients", request_body = PatientPatch,
    params(("id" = PatientId, Path)), responses((status = 200, body = Patient)),
    extensions(("x-permission" = json!("patients.write"))))]
pub async fn update_patient(
    actor: Can<need::PatientsWrite>,
    db: Db,
    clock: Clock,
    Path(id): Path<PatientId>,
    IfMatch(version): IfMatch,
    Body { value: patch, .. }: Body<PatientPatch>,
) -> ApiResult<Reply<Patient>> {
    let mut tx = db.begin(&actor).await?;
    if locked(&mut tx, id).await? != version {
        return Err(ApiError::stale());
    }
    let stored = store::patient(&mut tx, id).await?.ok_or_else(ApiError::not_found)?;
    let patient = stored.registration.patched(patch, around(&actor, &clock))?;
    store::update_patient(&mut tx, id, &stored.file_number, &patient)
        .await
        .on_constraint("patient_national_id_once", national_id_taken)
        .on_constraint("patient_not_own_guardian", own_guardian)
        .on_constraint("patient_not_own_guarantor", own_guarantor)?;
    let stored = store::patient(&mut tx, id).await?.ok_or_else(ApiError::not_found)?;
    announce(&mut tx, id).await?;
    tx.commit().await?;
    let version = stored.version;
    Ok(Reply::ok(shown(&actor, &clock, stored)).version(version))
}
