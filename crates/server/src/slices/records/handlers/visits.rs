//! Visits: lists, one, its notes.

use dentpro_core::ids::{PatientId, VisitId};
use dentpro_core::permissions::need;
use serde_json::json;

use super::super::access::{lock_for_change, reader};
use super::super::api::{Notes, NotesPatch, Visit, VisitFilter, VisitPatch};
use super::super::store::visits::{self as store, Place, Wanted};
use super::super::visits;
use crate::kernel::actor::Can;
use crate::kernel::db::Db;
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::extract::{Body, IfMatch, Path, Query};
use crate::kernel::paging::{self, Page, Paging};
use crate::kernel::patch::Patch;
use crate::kernel::reply::Reply;
use crate::kernel::text;

/// Letters a note has at most.
const NOTE: usize = 20_000;

/// Visits, newest first: with `status=draft` the ones that still have to be signed.
#[utoipa::path(get, path = "/visits", tag = "records", params(VisitFilter),
    responses((status = 200, body = Page<Visit>)), extensions(("x-permission" = json!("records.read"))))]
pub async fn list_visits(
    actor: Can<need::RecordsRead>,
    db: Db,
    Query(filter): Query<VisitFilter>,
) -> ApiResult<Reply<Page<Visit>>> {
    let limit = paging::limit(filter.limit)?;
    let after: Option<Place> = paging::read_cursor(filter.cursor.as_deref())?;
    if filter.status.as_deref().is_some_and(|s| !matches!(s, "draft" | "signed" | "entered_in_error")) {
        return Err(ApiError::invalid("status", "records.status_unknown"));
    }
    let wanted = Wanted {
        status: filter.status,
        doctor: filter.doctor_id,
        reader: reader(&actor)?,
        after,
        limit: limit + 1,
        ..Wanted::default()
    };
    let mut tx = db.begin(&actor).await?;
    let page = Page::of(visits::list(&mut tx, &actor, &wanted).await?, limit, |(_, place)| *place);
    let read: Vec<VisitId> = page.items.iter().map(|(visit, _)| visit.id).collect();
    tx.audit("read", "visit", None, None, Some(json!({ "visits": read })), None).await?;
    tx.commit().await?;
    Ok(Reply::ok(page.map(|(visit, _)| visit)))
}

/// The visits of a patient, newest first.
#[utoipa::path(get, path = "/patients/{id}/visits", tag = "records", params(("id" = PatientId, Path), Paging),
    responses((status = 200, body = Page<Visit>)), extensions(("x-permission" = json!("records.read"))))]
pub async fn list_patient_visits(
    actor: Can<need::RecordsRead>,
    db: Db,
    Path(patient): Path<PatientId>,
    Query(paging): Query<Paging>,
) -> ApiResult<Reply<Page<Visit>>> {
    let limit = paging::limit(paging.limit)?;
    let after: Option<Place> = paging::read_cursor(paging.cursor.as_deref())?;
    let wanted = Wanted {
        patient: Some(patient),
        reader: reader(&actor)?,
        after,
        limit: limit + 1,
        ..Wanted::default()
    };
    let mut tx = db.begin(&actor).await?;
    let page = Page::of(visits::list(&mut tx, &actor, &wanted).await?, limit, |(_, place)| *place);
    // Only an empty list leaves open whether there is such a patient.
    if page.items.is_empty() && !store::patient_known(&mut tx, patient).await? {
        return Err(ApiError::not_found());
    }
    let read: Vec<VisitId> = page.items.iter().map(|(visit, _)| visit.id).collect();
    tx.audit("read", "visit", None, Some(patient.uuid()), Some(json!({ "visits": read })), None).await?;
    tx.commit().await?;
    Ok(Reply::ok(page.map(|(visit, _)| visit)))
}

/// A visit with its notes, diagnoses, work done and addenda.
#[utoipa::path(get, path = "/visits/{id}", tag = "records", params(("id" = VisitId, Path)),
    responses((status = 200, body = Visit)), extensions(("x-permission" = json!("records.read"))))]
pub async fn read_visit(
    actor: Can<need::RecordsRead>,
    db: Db,
    Path(id): Path<VisitId>,
) -> ApiResult<Reply<Visit>> {
    let mut tx = db.begin(&actor).await?;
    let visit = visits::read(&mut tx, &actor, id).await?;
    tx.audit("read", "visit", Some(id.uuid()), Some(visit.patient_id.uuid()), None, None).await?;
    tx.commit().await?;
    let version = visit.version;
    Ok(Reply::ok(visit).version(version))
}

/// Change the notes of a draft.
#[utoipa::path(patch, path = "/visits/{id}", tag = "records", request_body = VisitPatch,
    params(("id" = VisitId, Path)), responses((status = 200, body = Visit)),
    extensions(("x-permission" = json!("records.write"))))]
pub async fn update_visit(
    actor: Can<need::RecordsWrite>,
    db: Db,
    Path(id): Path<VisitId>,
    IfMatch(version): IfMatch,
    Body { value: patch, .. }: Body<VisitPatch>,
) -> ApiResult<Reply<Visit>> {
    let mut tx = db.begin(&actor).await?;
    let locked = lock_for_change(&mut tx, &actor, actor.scope, id).await?;
    locked.require_draft()?;
    if locked.version != version {
        return Err(ApiError::stale());
    }
    let notes = changed_notes(&locked.notes, patch.notes)?;
    let version = store::update_notes(&mut tx, id, &notes).await?;
    let visit = visits::read(&mut tx, &actor, id).await?;
    visits::announce(&mut tx, &locked).await?;
    tx.commit().await?;
    Ok(Reply::ok(visit).version(version))
}

fn changed_notes(old: &Notes, patch: NotesPatch) -> ApiResult<Notes> {
    let changed = |patch: Patch<String>, old: &String, field: &str| match patch {
        Patch::Absent => Ok(old.clone()),
        Patch::Null => Ok(String::new()),
        Patch::Value(note) => text::paragraphs(&note, &format!("/notes/{field}"), NOTE),
    };
    Ok(Notes {
        subjective: changed(patch.subjective, &old.subjective, "subjective")?,
        objective: changed(patch.objective, &old.objective, "objective")?,
        assessment: changed(patch.assessment, &old.assessment, "assessment")?,
        plan: changed(patch.plan, &old.plan, "plan")?,
    })
}
