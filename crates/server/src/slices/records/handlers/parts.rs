//! What hangs on a visit: diagnoses of a draft, addenda of a signed one.

use axum::http::StatusCode;
use dentpro_core::ids::{AddendumId, DiagnosisId, VisitId};
use dentpro_core::permissions::need;

use super::super::access::lock_for_change;
use super::super::api::{AddedDiagnosis, Diagnosis, NewAddendum, NewDiagnosis, Visit};
use super::super::store::{parts, visits as store};
use super::super::visits;
use crate::kernel::actor::Can;
use crate::kernel::clock::Clock;
use crate::kernel::db::Db;
use crate::kernel::dental;
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::extract::{Body, Path};
use crate::kernel::idempotency::Once;
use crate::kernel::reply::Reply;
use crate::kernel::text;

/// Letters a diagnosis has at most.
const DIAGNOSIS: usize = 1000;
/// Letters an addendum has at most.
const ADDENDUM: usize = 10_000;

/// Add a diagnosis to a draft.
#[utoipa::path(post, path = "/visits/{id}/diagnoses", tag = "records", request_body = NewDiagnosis,
    params(("id" = VisitId, Path)), responses((status = 201, body = AddedDiagnosis)),
    extensions(("x-permission" = json!("records.write"))))]
pub async fn create_visit_diagnosis(
    actor: Can<need::RecordsWrite>,
    db: Db,
    clock: Clock,
    Path(id): Path<VisitId>,
    once: Option<Once>,
    Body { value: new, hash }: Body<NewDiagnosis>,
) -> ApiResult<Reply<AddedDiagnosis>> {
    let diagnosis = checked(new, clock.new_id())?;
    Once::run(once.as_ref(), &db, &actor, &hash, async |tx| {
        let visit = lock_for_change(tx, &actor, actor.scope, id).await?;
        visit.require_draft()?;
        parts::insert_diagnosis(tx, &visit, &diagnosis, clock.now()).await?;
        let visit_version = store::count_up(tx, id).await?;
        visits::announce(tx, &visit).await?;
        Ok(Reply::created(AddedDiagnosis { diagnosis, visit_version }, format!("/visits/{id}"))
            .version(visit_version))
    })
    .await
}

/// Take a diagnosis off a draft.
#[utoipa::path(delete, path = "/visits/{id}/diagnoses/{diagnosis_id}", tag = "records",
    params(("id" = VisitId, Path), ("diagnosis_id" = DiagnosisId, Path)), responses((status = 204)),
    extensions(("x-permission" = json!("records.write"))))]
pub async fn delete_visit_diagnosis(
    actor: Can<need::RecordsWrite>,
    db: Db,
    Path((id, diagnosis)): Path<(VisitId, DiagnosisId)>,
) -> ApiResult<StatusCode> {
    let mut tx = db.begin(&actor).await?;
    let visit = lock_for_change(&mut tx, &actor, actor.scope, id).await?;
    visit.require_draft()?;
    if !parts::delete_diagnosis(&mut tx, id, diagnosis).await? {
        return Err(ApiError::not_found());
    }
    store::count_up(&mut tx, id).await?;
    visits::announce(&mut tx, &visit).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Add to a signed visit; what was signed stays as it is.
#[utoipa::path(post, path = "/visits/{id}/addenda", tag = "records", request_body = NewAddendum,
    params(("id" = VisitId, Path)), responses((status = 201, body = Visit)),
    extensions(("x-permission" = json!("records.sign"))))]
pub async fn create_visit_addendum(
    actor: Can<need::RecordsSign>,
    db: Db,
    clock: Clock,
    Path(id): Path<VisitId>,
    once: Option<Once>,
    Body { value: new, hash }: Body<NewAddendum>,
) -> ApiResult<Reply<Visit>> {
    let words = text::paragraphs(&new.text, "/text", ADDENDUM)?;
    if words.is_empty() {
        return Err(ApiError::invalid("/text", "request.required"));
    }
    Once::run(once.as_ref(), &db, &actor, &hash, async |tx| {
        let visit = lock_for_change(tx, &actor, actor.scope, id).await?;
        match visit.status.as_str() {
            "signed" => {}
            "draft" => return Err(ApiError::conflict("records.not_signed_yet")),
            _ => return Err(ApiError::conflict("records.visit_entered_in_error")),
        }
        let addendum: AddendumId = clock.new_id();
        parts::insert_addendum(tx, &visit, addendum, &words, clock.now()).await?;
        visits::announce(tx, &visit).await?;
        Ok(Reply::created(visits::read(tx, &actor, id).await?, format!("/visits/{id}")))
    })
    .await
}

fn checked(new: NewDiagnosis, id: DiagnosisId) -> ApiResult<Diagnosis> {
    let code = text::optional_line(new.code, "/code", 20)?;
    if code.as_deref().is_some_and(|code| !is_icd10(code)) {
        return Err(ApiError::invalid("/code", "records.diagnosis_code_malformed"));
    }
    let words = text::optional_line(new.text, "/text", DIAGNOSIS)?;
    let tooth = new.tooth.as_deref().map(|t| dental::tooth(t, "/tooth")).transpose()?;
    let surfaces = dental::surfaces(new.surfaces.as_deref().unwrap_or_default(), "/surfaces")?;
    if tooth.is_none() && !surfaces.is_empty() {
        return Err(ApiError::invalid("/tooth", "records.tooth_required"));
    }
    Ok(Diagnosis {
        id,
        text: words.or_else(|| code.clone()).ok_or_else(|| ApiError::invalid("/text", "request.required"))?,
        code,
        tooth: tooth.map(|t| t.to_string()),
        surfaces: surfaces.iter().map(ToString::to_string).collect(),
    })
}

/// A letter, two characters, and up to four more after a point: `K02.1`.
fn is_icd10(code: &str) -> bool {
    let (category, rest) = code.split_once('.').map_or((code, None), |(c, r)| (c, Some(r)));
    let plain = |s: &str| s.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase());
    let mut letters = category.bytes();
    letters.next().is_some_and(|b| b.is_ascii_uppercase())
        && letters.next().is_some_and(|b| b.is_ascii_digit())
        && category.len() == 3
        && plain(category)
        && rest.is_none_or(|r| (1..=4).contains(&r.len()) && plain(r))
}
