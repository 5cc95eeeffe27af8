//! Plans are made and changed; the chart follows.

use dentpro_core::charting::{Occupant, PlacedWork};
use dentpro_core::ids::{PatientId, PlanId, PlanItemId};
use dentpro_core::permissions::need;
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::chart::show_on_chart;
use super::read_now;
use crate::kernel::actor::{Actor, Can};
use crate::kernel::clock::Clock;
use crate::kernel::db::{Db, Tx};
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::extract::{Body, IfMatch, Path};
use crate::kernel::idempotency::Once;
use crate::kernel::reply::Reply;
use crate::slices::charting::OpenChart;
use crate::slices::planning::{
    self, HeldPlan, ITEMS, NewPlan, NewPlanItem, PlanItemPatch, PlanPatch, PlannedPlace, TreatmentPlan,
};
use crate::slices::records::{NewVisitProcedure, Work};
use dentpro_core::planning::PlanItemStatus;

/// What a copy of a plan is called, and whether it is an alternative to it.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CopyPlan {
    pub name: String,
    /// Of the two one can be accepted; otherwise the copy is a plan of its own.
    pub alternative: bool,
}

/// Make a treatment plan, with its items if they are known already. The chart shows what is planned, unless the plan is
/// an alternative to another one.
#[utoipa::path(post, path = "/patients/{id}/plans", tag = "planning", request_body = NewPlan,
    params(("id" = PatientId, Path)), responses((status = 201, body = TreatmentPlan)),
    extensions(("x-permission" = json!("planning.write"))))]
pub async fn create_plan(
    actor: Can<need::PlanningWrite>,
    db: Db,
    clock: Clock,
    Path(patient): Path<PatientId>,
    once: Option<Once>,
    Body { value: new, hash }: Body<NewPlan>,
) -> ApiResult<Reply<TreatmentPlan>> {
    if new.items.len() > ITEMS {
        return Err(ApiError::invalid("/items", "planning.too_many_items"));
    }
    Once::run(once.as_ref(), &db, &actor, &hash, async |tx| {
        let held = planning::open(tx, &actor, &clock, patient, &new).await?;
        let mut draft = Draft::of(tx, &actor, &clock, held).await?;
        for (at, item) in new.items.iter().enumerate() {
            draft.add(tx, item).await.map_err(|e| e.moved("", &format!("/items/{at}")))?;
        }
        draft.finish(tx).await
    })
    .await
}

/// Add an item to a plan.
#[utoipa::path(post, path = "/plans/{id}/items", tag = "planning", request_body = NewPlanItem,
    params(("id" = PlanId, Path)), responses((status = 201, body = TreatmentPlan)),
    extensions(("x-permission" = json!("planning.write"))))]
pub async fn create_plan_item(
    actor: Can<need::PlanningWrite>,
    db: Db,
    clock: Clock,
    Path(id): Path<PlanId>,
    once: Option<Once>,
    Body { value: new, hash }: Body<NewPlanItem>,
) -> ApiResult<Reply<TreatmentPlan>> {
    Once::run(once.as_ref(), &db, &actor, &hash, async |tx| {
        let held = planning::lock(tx, id).await?;
        held.require_alive()?;
        let mut draft = Draft::of(tx, &actor, &clock, held).await?;
        draft.add(tx, &new).await?;
        draft.finish(tx).await
    })
    .await
}

/// Copy the items of a plan that are not declined, at their quoted prices: as an alternative to it, or as a plan of its
/// own.
#[utoipa::path(post, path = "/plans/{id}/copy", tag = "planning", request_body = CopyPlan,
    params(("id" = PlanId, Path)), responses((status = 201, body = TreatmentPlan)),
    extensions(("x-permission" = json!("planning.write"))))]
pub async fn copy_plan(
    actor: Can<need::PlanningWrite>,
    db: Db,
    clock: Clock,
    Path(id): Path<PlanId>,
    once: Option<Once>,
    Body { value: asked, hash }: Body<CopyPlan>,
) -> ApiResult<Reply<TreatmentPlan>> {
    Once::run(once.as_ref(), &db, &actor, &hash, async |tx| {
        let from = planning::lock(tx, id).await?;
        let new = NewPlan {
            name: asked.name.clone(),
            doctor_id: Some(from.doctor),
            note: from.note.clone(),
            covered_percent: Some(from.covered_percent),
            alternative_to: asked.alternative.then_some(id),
            ..NewPlan::default()
        };
        let held = planning::open(tx, &actor, &clock, from.patient, &new).await?;
        planning::copy_items(tx, &clock, &from, &held).await?;
        Draft::of(tx, &actor, &clock, held).await?.finish(tx).await
    })
    .await
}

/// Change the name, the note, the doctor, the insurer's share or the phases of a plan.
#[utoipa::path(patch, path = "/plans/{id}", tag = "planning", request_body = PlanPatch,
    params(("id" = PlanId, Path)), responses((status = 200, body = TreatmentPlan)),
    extensions(("x-permission" = json!("planning.write"))))]
pub async fn update_plan(
    actor: Can<need::PlanningWrite>,
    db: Db,
    clock: Clock,
    Path(id): Path<PlanId>,
    IfMatch(version): IfMatch,
    Body { value: patch, .. }: Body<PlanPatch>,
) -> ApiResult<Reply<TreatmentPlan>> {
    let mut tx = db.begin(&actor).await?;
    let held = planning::lock(&mut tx, id).await?;
    if held.version != version {
        return Err(ApiError::stale());
    }
    planning::change(&mut tx, &held, patch).await?;
    answer(tx, &actor, &clock, &held).await
}

/// Quote the open items again at the catalogue's prices of today.
#[utoipa::path(post, path = "/plans/{id}/requote", tag = "planning", params(("id" = PlanId, Path)),
    responses((status = 200, body = TreatmentPlan)), extensions(("x-permission" = json!("planning.write"))))]
pub async fn requote_plan(
    actor: Can<need::PlanningWrite>,
    db: Db,
    clock: Clock,
    Path(id): Path<PlanId>,
) -> ApiResult<Reply<TreatmentPlan>> {
    let mut tx = db.begin(&actor).await?;
    let held = planning::lock(&mut tx, id).await?;
    planning::requote(&mut tx, &held).await?;
    answer(tx, &actor, &clock, &held).await
}

/// Change an item: its phase and place, price, discount, doctor, sittings, minutes or note.
#[utoipa::path(patch, path = "/plan-items/{id}", tag = "planning", request_body = PlanItemPatch,
    params(("id" = PlanItemId, Path)), responses((status = 200, body = TreatmentPlan)),
    extensions(("x-permission" = json!("planning.write"))))]
pub async fn update_plan_item(
    actor: Can<need::PlanningWrite>,
    db: Db,
    clock: Clock,
    Path(id): Path<PlanItemId>,
    IfMatch(version): IfMatch,
    Body { value: patch, .. }: Body<PlanItemPatch>,
) -> ApiResult<Reply<TreatmentPlan>> {
    let mut tx = db.begin(&actor).await?;
    let (held, item) = planning::lock_item(&mut tx, id).await?;
    if item.version != version {
        return Err(ApiError::stale());
    }
    planning::change_item(&mut tx, &actor, &held, &item, patch).await?;
    answer(tx, &actor, &clock, &held).await
}

/// Take an item out of its plan. What is done stays.
#[utoipa::path(delete, path = "/plan-items/{id}", tag = "planning", params(("id" = PlanItemId, Path)),
    responses((status = 200, body = TreatmentPlan)), extensions(("x-permission" = json!("planning.write"))))]
pub async fn delete_plan_item(
    actor: Can<need::PlanningWrite>,
    db: Db,
    clock: Clock,
    Path(id): Path<PlanItemId>,
) -> ApiResult<Reply<TreatmentPlan>> {
    let mut tx = db.begin(&actor).await?;
    let (held, item) = planning::lock_item(&mut tx, id).await?;
    held.require_alive()?;
    if item.status == PlanItemStatus::Completed {
        return Err(ApiError::conflict("planning.item_completed"));
    }
    planning::set_item_status(&mut tx, &[(id.uuid(), PlanItemStatus::Withdrawn)]).await?;
    let today = clock.today(&actor.facts.time_zone);
    let mut chart = OpenChart::open(&mut tx, held.patient, today, clock.now()).await?;
    show_on_chart(&mut tx, &clock, &mut chart, &held, today).await?;
    answer(tx, &actor, &clock, &held).await
}

/// The plan after a change, and the commit.
async fn answer(
    mut tx: Tx,
    actor: &Actor,
    clock: &Clock,
    held: &HeldPlan,
) -> ApiResult<Reply<TreatmentPlan>> {
    planning::announce(&mut tx, held.id, held.patient).await?;
    let plan = read_now(&mut tx, actor, clock, held.id).await?;
    tx.commit().await?;
    let version = plan.version;
    Ok(Reply::ok(plan).version(version))
}

/// A plan that items are added to, beside the chart they are judged against.
struct Draft<'a> {
    actor: &'a Actor,
    clock: &'a Clock,
    held: HeldPlan,
    chart: OpenChart,
    today: Date,
}

impl<'a> Draft<'a> {
    async fn of(tx: &mut Tx, actor: &'a Actor, clock: &'a Clock, held: HeldPlan) -> ApiResult<Self> {
        let today = clock.today(&actor.facts.time_zone);
        let chart = OpenChart::open(tx, held.patient, today, clock.now()).await?;
        Ok(Self { actor, clock, held, chart, today })
    }

    /// Adds an item that fits its procedure, and the mouth as it is today.
    async fn add(&mut self, tx: &mut Tx, new: &NewPlanItem) -> ApiResult<()> {
        let asked = NewVisitProcedure {
            procedure_id: new.procedure_id,
            tooth: new.tooth.clone(),
            surfaces: new.surfaces.clone(),
            unit: new.unit.clone(),
            quantity: new.quantity,
            unit_price: None,
            note: None,
            chart: None,
        };
        let work = Work::check(tx, self.actor, &asked).await?;
        if let Some(finding) = new.finding_event_id
            && self.chart.find(finding).is_none()
        {
            return Err(ApiError::invalid("/finding_event_id", "request.unknown_reference"));
        }
        let place = PlannedPlace {
            procedure: new.procedure_id,
            tooth: work.tooth,
            surfaces: work.surfaces.clone(),
            unit: work.unit.clone(),
            quantity: work.quantity,
        };
        planning::insert_item(tx, self.actor, self.clock, &self.held, new, place).await?;
        self.require_possible(&work.placed())
    }

    /// Refuses what cannot be done in this mouth: a filling on a tooth that is gone, a surface the tooth has not.
    fn require_possible(&self, work: &PlacedWork<'_>) -> ApiResult<()> {
        if let Some(event) = work.planned(Uuid::nil(), self.today) {
            return self.chart.check(&event, "").map_err(|e| e.moved("/teeth", "/tooth"));
        }
        let picture = self.chart.picture();
        let gone = work.tooth.is_some_and(|tooth| picture.occupant(tooth) == Occupant::Nothing);
        if gone && work.lacks_tooth(&picture) {
            return Err(ApiError::invalid("/tooth", "charting.tooth_missing"));
        }
        Ok(())
    }

    /// Shows the plan on the chart, and answers it.
    async fn finish(mut self, tx: &mut Tx) -> ApiResult<Reply<TreatmentPlan>> {
        show_on_chart(tx, self.clock, &mut self.chart, &self.held, self.today).await?;
        planning::announce(tx, self.held.id, self.held.patient).await?;
        let plan = read_now(tx, self.actor, self.clock, self.held.id).await?;
        let version = plan.version;
        Ok(Reply::created(plan, format!("/plans/{}", self.held.id)).version(version))
    }
}
