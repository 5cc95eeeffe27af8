//! Work done is recorded in a visit and shown on the chart, both or neither.

use axum::http::StatusCode;
use dentpro_core::ids::{ChartEventId, VisitId, VisitProcedureId};
use dentpro_core::permissions::{Permission, need};

use super::treatment_plans::reopen;
use crate::kernel::actor::{Actor, Can};
use crate::kernel::clock::Clock;
use crate::kernel::db::{Db, Tx};
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::extract::{Body, Path};
use crate::kernel::idempotency::Once;
use crate::kernel::reply::Reply;
use crate::slices::charting::{self, OpenChart, Reference};
use crate::slices::records::{self, AddedProcedure, LockedVisit, NewVisitProcedure, Work, lock_for_change};

/// Why the chart no longer shows work that was taken off a draft; it is read in both languages.
const REMOVED: &str = "Removed from the draft visit · حُذف من مسودة الزيارة";

/// Record work done, at the price of the day; the chart shows it where the catalogue says how.
#[utoipa::path(post, path = "/visits/{id}/procedures", tag = "records", request_body = NewVisitProcedure,
    params(("id" = VisitId, Path)), responses((status = 201, body = AddedProcedure)),
    extensions(("x-permission" = json!("records.write"))))]
pub async fn create_visit_procedure(
    actor: Can<need::RecordsWrite>,
    db: Db,
    clock: Clock,
    Path(visit): Path<VisitId>,
    once: Option<Once>,
    Body { value: new, hash }: Body<NewVisitProcedure>,
) -> ApiResult<Reply<AddedProcedure>> {
    Once::run(once.as_ref(), &db, &actor, &hash, async |tx| {
        let visit = lock_for_change(tx, &actor, actor.scope, visit).await?;
        visit.require_draft()?;
        let work = Work::check(tx, &actor, &new).await?;
        let chart_event = chart_work(tx, &actor, &clock, &visit, &work).await?;
        let added = records::insert_procedure(tx, &actor, &visit, &work, chart_event, &clock).await?;
        records::announce(tx, &visit).await?;
        let version = added.visit_version;
        Ok(Reply::created(added, format!("/visits/{}", visit.id)).version(version))
    })
    .await
}

/// Take work off a draft; the chart no longer shows it.
#[utoipa::path(delete, path = "/visits/{id}/procedures/{procedure_id}", tag = "records",
    params(("id" = VisitId, Path), ("procedure_id" = VisitProcedureId, Path)), responses((status = 204)),
    extensions(("x-permission" = json!("records.write"))))]
pub async fn delete_visit_procedure(
    actor: Can<need::RecordsWrite>,
    db: Db,
    clock: Clock,
    Path((visit, procedure)): Path<(VisitId, VisitProcedureId)>,
) -> ApiResult<StatusCode> {
    let mut tx = db.begin(&actor).await?;
    let visit = lock_for_change(&mut tx, &actor, actor.scope, visit).await?;
    visit.require_draft()?;
    reopen(&mut tx, visit.id, Some(procedure)).await?;
    if let Some(event) = records::delete_procedure(&mut tx, &visit, procedure).await? {
        take_back(&mut tx, &actor, &clock, &visit, &[event], REMOVED).await?;
    }
    records::announce(&mut tx, &visit).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Shows work on the chart, where the catalogue says how.
pub async fn chart_work(
    tx: &mut Tx,
    actor: &Actor,
    clock: &Clock,
    visit: &LockedVisit,
    work: &Work,
) -> ApiResult<Option<ChartEventId>> {
    let id: ChartEventId = clock.new_id();
    let Some(event) = work.chart_event(id, visit.local_date) else { return Ok(None) };
    actor.require(Permission::ChartingWriteDone)?;
    let today = clock.today(&actor.facts.time_zone);
    let mut chart = OpenChart::open(tx, visit.patient_id, today, clock.now()).await?;
    let from = Reference { visit: Some(visit.id), ..Reference::default() };
    chart.record(tx, event, from).await.map_err(at_the_tooth)?;
    charting::announce(tx, visit.patient_id, id).await?;
    Ok(Some(id))
}

/// Work names one tooth where an event names several.
fn at_the_tooth(error: ApiError) -> ApiError {
    error.moved("/teeth", "/tooth")
}

/// Takes events of a visit back, those that were not taken back already.
pub async fn take_back(
    tx: &mut Tx,
    actor: &Actor,
    clock: &Clock,
    visit: &LockedVisit,
    events: &[ChartEventId],
    reason: &str,
) -> ApiResult<()> {
    let today = clock.today(&actor.facts.time_zone);
    let mut chart = OpenChart::open(tx, visit.patient_id, today, clock.now()).await?;
    for event in events {
        if !chart.is_corrected(*event) {
            let correction: ChartEventId = clock.new_id();
            chart.correct(tx, correction.uuid(), *event, reason).await?;
            charting::announce(tx, visit.patient_id, correction).await?;
        }
    }
    Ok(())
}
