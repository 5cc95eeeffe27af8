//! The medical history as a whole.

use axum::http::StatusCode;
use dentpro_core::ids::PatientId;
use dentpro_core::permissions::need;
use dentpro_core::records::allergy_status;
use jiff::ToSpan;
use jiff::civil::Date;

use super::super::api::{EntryStatus, History, HistoryPatch, NoneKnown, Pregnancy, Sex};
use super::super::checked::read_date;
use super::super::store::allergies::StoredAllergy;
use super::super::store::conditions::StoredCondition;
use super::super::store::history::{self as store, Answers};
use super::super::store::medications::StoredMedication;
use super::entries::Entry;
use super::{announce, around, locked};
use crate::kernel::actor::{Actor, Can};
use crate::kernel::clock::Clock;
use crate::kernel::db::{Db, Tx};
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::extract::{Body, IfMatch, Path};
use crate::kernel::reply::Reply;
use crate::kernel::text;

/// The medical history of a patient. Reading it is written into the log.
#[utoipa::path(get, path = "/patients/{id}/history", tag = "patients", params(("id" = PatientId, Path)),
    responses((status = 200, body = History)), extensions(("x-permission" = json!("patients.read_history"))))]
pub async fn get_history(
    actor: Can<need::PatientsReadHistory>,
    db: Db,
    Path(id): Path<PatientId>,
) -> ApiResult<Reply<History>> {
    let mut tx = db.begin(&actor).await?;
    let history = whole(&mut tx, &actor, id).await?;
    audit_read(&mut tx, id).await?;
    tx.commit().await?;
    let version = history.version;
    Ok(Reply::ok(history).version(version))
}

/// Writes into the log that the history was read.
pub(super) async fn audit_read(tx: &mut Tx, id: PatientId) -> ApiResult<()> {
    Ok(tx.audit("read", "patient_history", Some(id.uuid()), Some(id.uuid()), None, None).await?)
}

async fn whole(tx: &mut Tx, actor: &Actor, id: PatientId) -> ApiResult<History> {
    let answers = store::answers(tx, id).await?.ok_or_else(ApiError::not_found)?;
    let (allergies, active_allergies) = list::<StoredAllergy>(tx, actor, id).await?;
    let (conditions, active_conditions) = list::<StoredCondition>(tx, actor, id).await?;
    let (medications, active_medications) = list::<StoredMedication>(tx, actor, id).await?;
    Ok(History {
        allergy_status: allergy_status(active_allergies, answers.no_allergies),
        condition_status: allergy_status(active_conditions, answers.no_conditions),
        medication_status: allergy_status(active_medications, answers.no_medications),
        allergies,
        conditions,
        medications,
        smoking: answers.smoking,
        pregnancy: answers.pregnancy,
        pregnancy_due: answers.pregnancy_due,
        surgery_notes: answers.surgery_notes,
        version: answers.version,
    })
}

/// The entries of a list, and how many of them are active.
async fn list<E: Entry>(tx: &mut Tx, actor: &Actor, patient: PatientId) -> ApiResult<(Vec<E::Shown>, usize)> {
    let entries = E::read(tx, patient, None).await?;
    let active = entries.iter().filter(|e| e.recorded().status == EntryStatus::Active).count();
    Ok((entries.into_iter().map(|entry| entry.shown(actor)).collect(), active))
}

/// Change what was answered on smoking, pregnancy and surgery.
#[utoipa::path(patch, path = "/patients/{id}/history", tag = "patients", request_body = HistoryPatch,
    params(("id" = PatientId, Path)), responses((status = 200, body = History)),
    extensions(("x-permission" = json!("patients.write_history"))))]
pub async fn update_history(
    actor: Can<need::PatientsWriteHistory>,
    db: Db,
    clock: Clock,
    Path(id): Path<PatientId>,
    IfMatch(version): IfMatch,
    Body { value: patch, .. }: Body<HistoryPatch>,
) -> ApiResult<Reply<History>> {
    let mut tx = db.begin(&actor).await?;
    if locked(&mut tx, id).await? != version {
        return Err(ApiError::stale());
    }
    let answers = store::answers(&mut tx, id).await?.ok_or_else(ApiError::not_found)?;
    let answers = patched(answers, patch, around(&actor, &clock).today)?;
    let version = store::update_answers(&mut tx, id, &answers).await?;
    let history = whole(&mut tx, &actor, id).await?;
    announce(&mut tx, id).await?;
    tx.commit().await?;
    Ok(Reply::ok(history).version(version))
}

fn patched(mut answers: Answers, patch: HistoryPatch, today: Date) -> ApiResult<Answers> {
    answers.smoking = patch.smoking.over_required(answers.smoking, "/smoking")?;
    answers.pregnancy = patch.pregnancy.over_required(answers.pregnancy, "/pregnancy")?;
    let due = patch.pregnancy_due.try_map(|date| due_date(&date, today))?;
    let due_given = matches!(due, crate::kernel::patch::Patch::Value(_));
    answers.pregnancy_due = due.over(answers.pregnancy_due);
    let notes = patch.surgery_notes.over(answers.surgery_notes);
    answers.surgery_notes = text::optional_paragraphs(notes, "/surgery_notes", 4000)?;
    let pregnant = answers.pregnancy == Pregnancy::Yes;
    if pregnant && answers.sex == Sex::Male {
        return Err(ApiError::invalid("/pregnancy", "patients.pregnancy_not_applicable"));
    }
    if !pregnant {
        if due_given {
            return Err(ApiError::invalid("/pregnancy_due", "patients.due_date_without_pregnancy"));
        }
        answers.pregnancy_due = None;
    }
    Ok(answers)
}

/// Between two months ago, for a birth not yet heard of, and ten months ahead.
fn due_date(typed: &str, today: Date) -> ApiResult<Date> {
    let date = read_date(typed, "/pregnancy_due")?;
    let likely = today.saturating_sub(2.months())..=today.saturating_add(10.months());
    if likely.contains(&date) {
        Ok(date)
    } else {
        Err(ApiError::invalid("/pregnancy_due", "patients.due_date_unlikely"))
    }
}

/// Say that the patient knows of none, or take it back to 'not asked'.
#[utoipa::path(put, path = "/patients/{id}/history/none-known", tag = "patients", request_body = NoneKnown,
    params(("id" = PatientId, Path)), responses((status = 204)),
    extensions(("x-permission" = json!("patients.write_history"))))]
pub async fn set_none_known(
    actor: Can<need::PatientsWriteHistory>,
    db: Db,
    Path(id): Path<PatientId>,
    Body { value: said, .. }: Body<NoneKnown>,
) -> ApiResult<StatusCode> {
    let mut tx = db.begin(&actor).await?;
    locked(&mut tx, id).await?;
    if said.none_known && store::active_entries(&mut tx, id, said.kind).await? > 0 {
        return Err(ApiError::conflict("patients.history_recorded"));
    }
    store::set_none_known(&mut tx, id, said.kind, said.none_known).await?;
    announce(&mut tx, id).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
