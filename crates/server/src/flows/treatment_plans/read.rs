//! Plans are read, suggested and printed.

use axum::body::Body as HttpBody;
use axum::http::Response;
use dentpro_core::ids::{PatientId, PlanId};
use dentpro_core::permissions::need;
use serde_json::json;

use super::{read_now, require_prices};
use crate::kernel::actor::Can;
use crate::kernel::blob::BlobStore;
use crate::kernel::clock::Clock;
use crate::kernel::db::Db;
use crate::kernel::error::ApiResult;
use crate::kernel::extract::{Path, Query};
use crate::kernel::paging::{self, Page, Paging};
use crate::kernel::press::PrintQuery;
use crate::kernel::reply::Reply;
use crate::slices::charting::chart_on;
use crate::slices::planning::{self, Place, PlanSuggestion, TreatmentPlan, Wanted};

/// The treatment plans of a patient, newest first. Prices are told to who may see them.
#[utoipa::path(get, path = "/patients/{id}/plans", tag = "planning", params(("id" = PatientId, Path), Paging),
    responses((status = 200, body = Page<TreatmentPlan>)), extensions(("x-permission" = json!("planning.read"))))]
pub async fn list_patient_plans(
    actor: Can<need::PlanningRead>,
    db: Db,
    clock: Clock,
    Path(id): Path<PatientId>,
    Query(query): Query<Paging>,
) -> ApiResult<Reply<Page<TreatmentPlan>>> {
    let limit = paging::limit(query.limit)?;
    let after: Option<Place> = paging::read_cursor(query.cursor.as_deref())?;
    let today = clock.today(&actor.facts.time_zone);
    let mut tx = db.begin(&actor).await?;
    let chart = chart_on(&mut tx, id, today).await?;
    let wanted = Wanted { plan: None, patient: Some(id), after, limit: limit + 1 };
    let found = planning::list(&mut tx, &actor, &wanted, &chart, today).await?;
    tx.audit("read", "treatment_plan", None, Some(id.uuid()), None, None).await?;
    tx.commit().await?;
    Ok(Reply::ok(Page::of(found, limit, |(_, place)| *place).map(|(plan, _)| plan)))
}

/// A treatment plan.
#[utoipa::path(get, path = "/plans/{id}", tag = "planning", params(("id" = PlanId, Path)),
    responses((status = 200, body = TreatmentPlan)), extensions(("x-permission" = json!("planning.read"))))]
pub async fn read_plan(
    actor: Can<need::PlanningRead>,
    db: Db,
    clock: Clock,
    Path(id): Path<PlanId>,
) -> ApiResult<Reply<TreatmentPlan>> {
    let mut tx = db.begin(&actor).await?;
    let plan = read_now(&mut tx, &actor, &clock, id).await?;
    let patient = Some(plan.patient_id.uuid());
    tx.audit("read", "treatment_plan", Some(id.uuid()), patient, None, None).await?;
    tx.commit().await?;
    let version = plan.version;
    Ok(Reply::ok(plan).version(version))
}

/// Findings of today's chart that nothing is planned for, each with the procedures that would treat it.
#[utoipa::path(get, path = "/patients/{id}/plan-suggestions", tag = "planning", params(("id" = PatientId, Path)),
    responses((status = 200, body = Page<PlanSuggestion>)), extensions(("x-permission" = json!("planning.write"))))]
pub async fn list_plan_suggestions(
    actor: Can<need::PlanningWrite>,
    db: Db,
    clock: Clock,
    Path(id): Path<PatientId>,
) -> ApiResult<Reply<Page<PlanSuggestion>>> {
    let mut tx = db.begin(&actor).await?;
    let chart = chart_on(&mut tx, id, clock.today(&actor.facts.time_zone)).await?;
    let found = planning::suggestions(&mut tx, &actor, id, &chart).await?;
    tx.audit("read", "chart", Some(id.uuid()), Some(id.uuid()), None, None).await?;
    tx.commit().await?;
    Ok(Reply::ok(Page::whole(found)))
}

/// A plan as PDF, in Arabic, English or both: what the patient was shown, or a draft of it.
#[utoipa::path(get, path = "/plans/{id}/pdf", tag = "planning", params(("id" = PlanId, Path), PrintQuery),
    responses((status = 200, content_type = "application/pdf", body = Vec<u8>)),
    extensions(("x-permission" = json!("planning.read"))))]
pub async fn print_plan(
    actor: Can<need::PlanningRead>,
    db: Db,
    clock: Clock,
    blobs: BlobStore,
    Path(id): Path<PlanId>,
    Query(query): Query<PrintQuery>,
) -> ApiResult<Response<HttpBody>> {
    require_prices(&actor)?;
    let today = clock.today(&actor.facts.time_zone);
    let mut tx = db.begin(&actor).await?;
    let patient = planning::patient_of(&mut tx, id).await?;
    let chart = chart_on(&mut tx, patient, today).await?;
    let plan = planning::read(&mut tx, &actor, id, &chart, today).await?;
    let document = planning::document(&mut tx, &actor, &blobs, &plan, &chart, today).await?;
    let (plan, patient) = (Some(id.uuid()), Some(patient.uuid()));
    tx.audit("print", "treatment_plan", plan, patient, Some(json!({ "lang": query.lang })), None).await?;
    tx.commit().await?;
    planning::print(document, query.lang).await
}
