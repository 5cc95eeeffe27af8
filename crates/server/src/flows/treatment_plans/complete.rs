//! Planned work is done in a visit: work, chart and plan in one transaction.

use dentpro_core::charting::Occupant;
use dentpro_core::ids::PlanItemId;
use dentpro_core::permissions::need;
use serde::Serialize;
use utoipa::ToSchema;

use super::super::record_procedure::chart_work;
use super::read_now;
use crate::kernel::actor::{Actor, Can};
use crate::kernel::clock::Clock;
use crate::kernel::db::{Db, Tx};
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::extract::{Body, Path};
use crate::kernel::idempotency::Once;
use crate::kernel::reply::Reply;
use crate::slices::charting::chart_on;
use crate::slices::planning::{self, DonePlanItem, HeldPlan, ItemRow, TreatmentPlan};
use crate::slices::records::{self, AddedProcedure, LockedVisit, NewVisitProcedure, Work, lock_for_change};
use dentpro_core::permissions::Scope;

/// An item that is done: the work that stands in the visit, and the plan.
#[derive(Debug, Serialize, ToSchema)]
pub struct CompletedPlanItem {
    #[serde(flatten)]
    pub added: AddedProcedure,
    pub plan: TreatmentPlan,
}

/// Complete an item in a visit: the work at its quoted price, the chart and the plan, all or nothing. However many
/// sittings it took, it is charged once.
#[utoipa::path(post, path = "/plan-items/{id}/complete", tag = "planning", request_body = DonePlanItem,
    params(("id" = PlanItemId, Path)), responses((status = 201, body = CompletedPlanItem)),
    extensions(("x-permission" = json!("records.write"))))]
pub async fn complete_plan_item(
    actor: Can<need::RecordsWrite>,
    db: Db,
    clock: Clock,
    Path(id): Path<PlanItemId>,
    once: Option<Once>,
    Body { value: done, hash }: Body<DonePlanItem>,
) -> ApiResult<Reply<CompletedPlanItem>> {
    Once::run(once.as_ref(), &db, &actor, &hash, async |tx| {
        let (visit, held, item) = open(tx, &actor, actor.scope, id, &done).await?;
        let asked = NewVisitProcedure {
            procedure_id: item.procedure,
            tooth: item.tooth.map(|tooth| tooth.to_string()),
            surfaces: Some(item.surfaces.iter().map(ToString::to_string).collect()),
            unit: Some(item.unit.clone()),
            quantity: Some(item.quantity),
            unit_price: None,
            note: done.note.clone().or_else(|| item.note.clone()),
            chart: None,
        };
        let mut work = Work::check(tx, &actor, &asked).await?;
        work.unit_price = item.unit_price;
        require_tooth(tx, &visit, &item).await?;
        let chart_event = chart_work(tx, &actor, &clock, &visit, &work).await?;
        let added = records::insert_procedure(tx, &actor, &visit, &work, chart_event, &clock).await?;
        planning::complete(tx, &clock, &held, &item, visit.id, added.procedure.id).await?;
        records::announce(tx, &visit).await?;
        planning::announce(tx, held.id, held.patient).await?;
        let plan = read_now(tx, &actor, &clock, held.id).await?;
        Ok(Reply::created(CompletedPlanItem { added, plan }, format!("/visits/{}", visit.id)))
    })
    .await
}

/// Note a sitting of an item that takes several. Nothing is charged until it is complete.
#[utoipa::path(post, path = "/plan-items/{id}/sessions", tag = "planning", request_body = DonePlanItem,
    params(("id" = PlanItemId, Path)), responses((status = 201, body = TreatmentPlan)),
    extensions(("x-permission" = json!("records.write"))))]
pub async fn create_plan_session(
    actor: Can<need::RecordsWrite>,
    db: Db,
    clock: Clock,
    Path(id): Path<PlanItemId>,
    once: Option<Once>,
    Body { value: done, hash }: Body<DonePlanItem>,
) -> ApiResult<Reply<TreatmentPlan>> {
    Once::run(once.as_ref(), &db, &actor, &hash, async |tx| {
        let (visit, held, item) = open(tx, &actor, actor.scope, id, &done).await?;
        planning::add_session(tx, &clock, &held, &item, visit.id, done.note.clone()).await?;
        planning::announce(tx, held.id, held.patient).await?;
        let plan = read_now(tx, &actor, &clock, held.id).await?;
        let version = plan.version;
        Ok(Reply::created(plan, format!("/plans/{}", held.id)).version(version))
    })
    .await
}

/// The visit and the item, both held: the visit first, as everybody holds them.
async fn open(
    tx: &mut Tx,
    actor: &Actor,
    scope: Scope,
    id: PlanItemId,
    done: &DonePlanItem,
) -> ApiResult<(LockedVisit, HeldPlan, ItemRow)> {
    let unknown = |e: ApiError| match e.code() {
        "request.not_found" => ApiError::invalid("/visit_id", "request.unknown_reference"),
        _ => e,
    };
    let visit = lock_for_change(tx, actor, scope, done.visit_id).await.map_err(unknown)?;
    visit.require_draft()?;
    let (held, item) = planning::lock_item(tx, id).await?;
    if held.patient != visit.patient_id {
        return Err(ApiError::invalid("/visit_id", "planning.visit_of_other_patient"));
    }
    held.require_alive()?;
    planning::require_open(&item)?;
    Ok((visit, held, item))
}

/// Work that the chart has no picture for still needs its tooth.
async fn require_tooth(tx: &mut Tx, visit: &LockedVisit, item: &ItemRow) -> ApiResult<()> {
    let Some(tooth) = item.tooth.filter(|_| item.chart_code.is_none()) else { return Ok(()) };
    let chart = chart_on(tx, visit.patient_id, visit.local_date).await?;
    if chart.occupant(tooth) == Occupant::Nothing {
        return Err(ApiError::invalid("/tooth", "charting.tooth_missing"));
    }
    Ok(())
}
