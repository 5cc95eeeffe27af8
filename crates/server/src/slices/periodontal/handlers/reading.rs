//! Exams: the list, one, several side by side, on paper.

use axum::body::Body as HttpBody;
use axum::http::Response;
use dentpro_core::ids::{PatientId, PerioExamId};
use dentpro_core::periodontal::comparison::{FEWEST, MOST, compare};
use dentpro_core::periodontal::{ExamKind, Mouth};
use dentpro_core::permissions::need;
use serde_json::json;
use uuid::Uuid;

use super::super::api::{ComparedExams, PerioComparison, PerioExam, PerioExamItem};
use super::super::store::exams::{self as store, Place, Wanted};
use super::super::{exams, printing};
use crate::kernel::actor::Can;
use crate::kernel::blob::BlobStore;
use crate::kernel::db::{Db, Tx};
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::extract::{Path, Query};
use crate::kernel::paging::{self, Page, Paging};
use crate::kernel::press::PrintQuery;
use crate::kernel::reply::Reply;

/// The periodontal exams of a patient, newest first, each with its numbers.
#[utoipa::path(get, path = "/patients/{id}/perio-exams", tag = "periodontal",
    params(("id" = PatientId, Path), Paging), responses((status = 200, body = Page<PerioExamItem>)),
    extensions(("x-permission" = json!("periodontal.read"))))]
pub async fn list_perio_exams(
    actor: Can<need::PeriodontalRead>,
    db: Db,
    Path(id): Path<PatientId>,
    Query(paging): Query<Paging>,
) -> ApiResult<Reply<Page<PerioExamItem>>> {
    let limit = paging::limit(paging.limit)?;
    let after: Option<Place> = paging::read_cursor(paging.cursor.as_deref())?;
    let mut tx = db.begin(&actor).await?;
    store::patient(&mut tx, id).await?.ok_or_else(ApiError::not_found)?;
    let wanted = Wanted { patient: Some(id), after, limit: limit + 1, ..Wanted::default() };
    let found = exams::list(&mut tx, &actor, &wanted).await?;
    audit_read(&mut tx, id, found.iter().map(|(exam, _)| exam)).await?;
    tx.commit().await?;
    let items = found.into_iter().map(|(exam, _)| exam).collect();
    Ok(Reply::ok(Page::of(items, limit, |exam: &PerioExamItem| (exam.on, exam.id.uuid()))))
}

/// Two to six full exams of a patient side by side, oldest first, and what changed from each to the next.
#[utoipa::path(get, path = "/patients/{id}/perio-exams/comparison", tag = "periodontal",
    params(("id" = PatientId, Path), ComparedExams), responses((status = 200, body = PerioComparison)),
    extensions(("x-permission" = json!("periodontal.read"))))]
pub async fn compare_perio_exams(
    actor: Can<need::PeriodontalRead>,
    db: Db,
    Path(id): Path<PatientId>,
    Query(compared): Query<ComparedExams>,
) -> ApiResult<Reply<PerioComparison>> {
    let mut tx = db.begin(&actor).await?;
    store::patient(&mut tx, id).await?.ok_or_else(ApiError::not_found)?;
    let wanted = Wanted {
        exams: Some(ids(compared.exams.as_deref().unwrap_or_default())?),
        patient: Some(id),
        limit: i64::try_from(MOST).unwrap_or(i64::MAX),
        ..Wanted::default()
    };
    let mut found = exams::list(&mut tx, &actor, &wanted).await?;
    if wanted.exams.as_ref().is_some_and(|ids| ids.len() != found.len()) {
        return Err(ApiError::not_found());
    }
    if found.iter().any(|(exam, _)| exam.kind != ExamKind::Full) {
        return Err(ApiError::invalid("exams", "periodontal.not_a_full_exam"));
    }
    audit_read(&mut tx, id, found.iter().map(|(exam, _)| exam)).await?;
    tx.commit().await?;
    found.reverse();
    let (exams, mouths): (Vec<PerioExamItem>, Vec<Mouth>) = found.into_iter().unzip();
    Ok(Reply::ok(PerioComparison { exams, differences: compare(&mouths) }))
}

/// An exam with everything that was read, its numbers and what it suggests.
#[utoipa::path(get, path = "/perio-exams/{id}", tag = "periodontal", params(("id" = PerioExamId, Path)),
    responses((status = 200, body = PerioExam)), extensions(("x-permission" = json!("periodontal.read"))))]
pub async fn read_perio_exam(
    actor: Can<need::PeriodontalRead>,
    db: Db,
    Path(id): Path<PerioExamId>,
) -> ApiResult<Reply<PerioExam>> {
    let mut tx = db.begin(&actor).await?;
    let (found, _) = exams::read(&mut tx, &actor, id).await?;
    audit_read(&mut tx, found.exam.patient_id, [&found.exam]).await?;
    tx.commit().await?;
    let version = found.exam.version;
    Ok(Reply::ok(found).version(version))
}

/// An exam as PDF, in Arabic, English or both.
#[utoipa::path(get, path = "/perio-exams/{id}/pdf", tag = "periodontal",
    params(("id" = PerioExamId, Path), PrintQuery),
    responses((status = 200, content_type = "application/pdf", body = Vec<u8>)),
    extensions(("x-permission" = json!("periodontal.read"))))]
pub async fn print_perio_exam(
    actor: Can<need::PeriodontalRead>,
    db: Db,
    blobs: BlobStore,
    Path(id): Path<PerioExamId>,
    Query(query): Query<PrintQuery>,
) -> ApiResult<Response<HttpBody>> {
    let mut tx = db.begin(&actor).await?;
    let (found, mouth) = exams::read(&mut tx, &actor, id).await?;
    let document = printing::document(&mut tx, &blobs, &found, &mouth).await?;
    let patient = Some(found.exam.patient_id.uuid());
    let how = json!({ "lang": query.lang });
    tx.audit("print", "perio_exam", Some(id.uuid()), patient, Some(how), None).await?;
    tx.commit().await?;
    printing::print(document, query.lang).await
}

/// The ids of a comparison: different ones, and neither too few nor too many.
fn ids(list: &str) -> ApiResult<Vec<Uuid>> {
    let wrong = |code| ApiError::invalid("exams", code);
    let mut ids = Vec::new();
    for text in list.split(',').map(str::trim).filter(|text| !text.is_empty()) {
        let id = text.parse().map_err(|_| wrong("request.wrong_type"))?;
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    if (FEWEST..=MOST).contains(&ids.len()) { Ok(ids) } else { Err(wrong("periodontal.compare_two_to_six")) }
}

async fn audit_read<'a>(
    tx: &mut Tx,
    patient: PatientId,
    exams: impl IntoIterator<Item = &'a PerioExamItem>,
) -> ApiResult<()> {
    let read: Vec<PerioExamId> = exams.into_iter().map(|exam| exam.id).collect();
    let what = Some(json!({ "exams": read }));
    Ok(tx.audit("read", "perio_exam", None, Some(patient.uuid()), what, None).await?)
}
