//! What is done with an exam as a whole: facts, diagnosis, closing, taking back.

use dentpro_core::ids::PerioExamId;
use dentpro_core::periodontal::Diagnosis;
use dentpro_core::permissions::{Permission, need};

use super::super::api::{ClosePerioExam, PerioExam, PerioExamPatch, PerioRisk, StrikePerioExam};
use super::super::exams::{announce_held, day, read, refused};
use super::super::store::exams::{self as store, Facts, HeldExam};
use crate::kernel::actor::{Actor, Can};
use crate::kernel::clock::Clock;
use crate::kernel::db::{Db, Tx};
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::extract::{Body, IfMatch, Path};
use crate::kernel::patch::Patch;
use crate::kernel::reply::Reply;
use crate::kernel::text;

/// Letters a note has at most.
const NOTE: usize = 5_000;
/// Letters a reason has at most.
const REASON: usize = 500;

/// Change the day, the note and what the probe does not tell, of a draft.
#[utoipa::path(patch, path = "/perio-exams/{id}", tag = "periodontal", request_body = PerioExamPatch,
    params(("id" = PerioExamId, Path)), responses((status = 200, body = PerioExam)),
    extensions(("x-permission" = json!("periodontal.write"))))]
pub async fn update_perio_exam(
    actor: Can<need::PeriodontalWrite>,
    db: Db,
    clock: Clock,
    Path(id): Path<PerioExamId>,
    IfMatch(version): IfMatch,
    Body { value: patch, .. }: Body<PerioExamPatch>,
) -> ApiResult<Reply<PerioExam>> {
    let mut tx = db.begin(&actor).await?;
    let held = store::lock(&mut tx, id).await?;
    held.require_draft()?;
    if held.version != version {
        return Err(ApiError::stale());
    }
    let (before, _) = read(&mut tx, &actor, id).await?;
    let birth_date = store::patient(&mut tx, held.patient).await?.and_then(|patient| patient.birth_date);
    let on = match patch.on {
        Patch::Value(ref text) => day(text, "/on", clock.today(&actor.facts.time_zone), birth_date)?,
        Patch::Null => return Err(ApiError::invalid("/on", "request.required")),
        Patch::Absent => held.on,
    };
    let facts = facts(&before, on, patch)?;
    store::update_facts(&mut tx, id, &facts).await?;
    finish(tx, &actor, &held).await
}

/// Confirm a diagnosis for a draft; it may differ from what the readings suggest.
#[utoipa::path(put, path = "/perio-exams/{id}/diagnosis", tag = "periodontal", request_body = Diagnosis,
    params(("id" = PerioExamId, Path)), responses((status = 200, body = PerioExam)),
    extensions(("x-permission" = json!("periodontal.diagnose"))))]
pub async fn diagnose_perio_exam(
    actor: Can<need::PeriodontalDiagnose>,
    db: Db,
    clock: Clock,
    Path(id): Path<PerioExamId>,
    Body { value: diagnosis, .. }: Body<Diagnosis>,
) -> ApiResult<Reply<PerioExam>> {
    let diagnosis = diagnosis.check().map_err(refused(""))?;
    let mut tx = db.begin(&actor).await?;
    let held = store::lock(&mut tx, id).await?;
    held.require_draft()?;
    store::diagnose(&mut tx, id, &diagnosis, clock.now()).await?;
    finish(tx, &actor, &held).await
}

/// Close an exam, with the diagnosis if it was not confirmed before. From here on it stays as it is.
#[utoipa::path(post, path = "/perio-exams/{id}/close", tag = "periodontal",
    request_body = Option<ClosePerioExam>, params(("id" = PerioExamId, Path)),
    responses((status = 200, body = PerioExam)), extensions(("x-permission" = json!("periodontal.diagnose"))))]
pub async fn close_perio_exam(
    actor: Can<need::PeriodontalDiagnose>,
    db: Db,
    clock: Clock,
    Path(id): Path<PerioExamId>,
    body: Option<Body<ClosePerioExam>>,
) -> ApiResult<Reply<PerioExam>> {
    let diagnosis = body.and_then(|body| body.value.diagnosis);
    let diagnosis = diagnosis.map(Diagnosis::check).transpose().map_err(refused("/diagnosis"))?;
    let mut tx = db.begin(&actor).await?;
    let held = store::lock(&mut tx, id).await?;
    held.require_draft()?;
    if let Some(diagnosis) = diagnosis {
        store::diagnose(&mut tx, id, &diagnosis, clock.now()).await?;
    }
    store::close(&mut tx, id, clock.now()).await?;
    finish(tx, &actor, &held).await
}

/// Mark an exam as entered in error, with a reason. It stays readable, struck through. Whoever writes exams may strike
/// a draft; a closed one needs the permission that closes.
#[utoipa::path(post, path = "/perio-exams/{id}/entered-in-error", tag = "periodontal",
    request_body = StrikePerioExam, params(("id" = PerioExamId, Path)),
    responses((status = 200, body = PerioExam)), extensions(("x-permission" = json!("periodontal.write"))))]
pub async fn strike_perio_exam(
    actor: Can<need::PeriodontalWrite>,
    db: Db,
    clock: Clock,
    Path(id): Path<PerioExamId>,
    Body { value: strike, .. }: Body<StrikePerioExam>,
) -> ApiResult<Reply<PerioExam>> {
    let reason = text::required_line(&strike.reason, "/reason", REASON)?;
    let mut tx = db.begin(&actor).await?;
    let held = store::lock(&mut tx, id).await?;
    match held.status.as_str() {
        "draft" => {}
        "closed" => {
            actor.require(Permission::PeriodontalDiagnose)?;
        }
        _ => return Err(ApiError::conflict("periodontal.exam_struck")),
    }
    tx.because(&reason).await?;
    store::strike(&mut tx, id, &reason, clock.now()).await?;
    finish(tx, &actor, &held).await
}

async fn finish(mut tx: Tx, actor: &Actor, held: &HeldExam) -> ApiResult<Reply<PerioExam>> {
    announce_held(&mut tx, held).await?;
    let (exam, _) = read(&mut tx, actor, held.id).await?;
    tx.commit().await?;
    let version = exam.exam.version;
    Ok(Reply::ok(exam).version(version))
}

fn facts(before: &PerioExam, on: jiff::civil::Date, patch: PerioExamPatch) -> ApiResult<Facts> {
    let old = before.exam.risk;
    Ok(Facts {
        on,
        note: match patch.note {
            Patch::Absent => before.exam.note.clone(),
            Patch::Null => String::new(),
            Patch::Value(note) => text::paragraphs(&note, "/note", NOTE)?,
        },
        risk: PerioRisk {
            bone_loss_percent: number(
                patch.bone_loss_percent,
                old.bone_loss_percent,
                "/bone_loss_percent",
                100,
            )?,
            teeth_lost: number(patch.teeth_lost, old.teeth_lost, "/teeth_lost", 32)?,
            smoking: patch.smoking.over(old.smoking),
            diabetes: patch.diabetes.over(old.diabetes),
        },
    })
}

fn number(patch: Patch<i32>, old: Option<u8>, pointer: &str, most: u8) -> ApiResult<Option<u8>> {
    match patch {
        Patch::Absent => Ok(old),
        Patch::Null => Ok(None),
        Patch::Value(value) => match u8::try_from(value) {
            Ok(value) if value <= most => Ok(Some(value)),
            _ => Err(ApiError::invalid(pointer, "periodontal.number_out_of_range")),
        },
    }
}
