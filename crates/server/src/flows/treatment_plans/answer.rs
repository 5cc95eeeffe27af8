//! The patient answers at the clinic, or the clinic gives a plan up.

use dentpro_core::ids::PlanId;
use dentpro_core::permissions::need;
use dentpro_core::planning::{Answer, Relation};

use super::chart::show_on_chart;
use super::read_now;
use crate::kernel::actor::{Actor, Can};
use crate::kernel::clock::Clock;
use crate::kernel::db::{Db, Tx, retried};
use crate::kernel::error::ApiResult;
use crate::kernel::extract::{Body, Path};
use crate::kernel::reply::Reply;
use crate::slices::charting::OpenChart;
use crate::slices::planning::{self, AcceptPlan, DeclinePlan, Given, HeldPlan, TreatmentPlan, WithdrawPlan};

/// The patient accepts what he was shown, in whole or in part, and signs on the screen or gives his word. The other
/// options of the plan are declined with it.
#[utoipa::path(post, path = "/plans/{id}/accept", tag = "planning", request_body = Option<AcceptPlan>,
    params(("id" = PlanId, Path)), responses((status = 200, body = TreatmentPlan)),
    extensions(("x-permission" = json!("planning.present"))))]
pub async fn accept_plan(
    actor: Can<need::PlanningPresent>,
    db: Db,
    clock: Clock,
    Path(id): Path<PlanId>,
    body: Option<Body<AcceptPlan>>,
) -> ApiResult<Reply<TreatmentPlan>> {
    let accept = body.map(|body| body.value).unwrap_or_default();
    let given = Given {
        decision: Answer::Accepted,
        hash: accept.hash,
        accepted_items: accept.accepted_items,
        signer_name: accept.signer_name,
        relation: accept.relation.unwrap_or(Relation::Patient),
        strokes: accept.strokes,
        reason: None,
        by_link: false,
    };
    retried(|| record(&db, &actor, &clock, id, given.clone())).await
}

/// The patient turns down what he was shown.
#[utoipa::path(post, path = "/plans/{id}/decline", tag = "planning", request_body = Option<DeclinePlan>,
    params(("id" = PlanId, Path)), responses((status = 200, body = TreatmentPlan)),
    extensions(("x-permission" = json!("planning.present"))))]
pub async fn decline_plan(
    actor: Can<need::PlanningPresent>,
    db: Db,
    clock: Clock,
    Path(id): Path<PlanId>,
    body: Option<Body<DeclinePlan>>,
) -> ApiResult<Reply<TreatmentPlan>> {
    let decline = body.map(|body| body.value).unwrap_or_default();
    let given = Given {
        decision: Answer::Declined,
        hash: decline.hash,
        accepted_items: None,
        signer_name: None,
        relation: Relation::Patient,
        strokes: None,
        reason: decline.reason,
        by_link: false,
    };
    retried(|| record(&db, &actor, &clock, id, given.clone())).await
}

/// Give a plan up, with a reason. What is done of it stays done.
#[utoipa::path(post, path = "/plans/{id}/withdraw", tag = "planning", request_body = WithdrawPlan,
    params(("id" = PlanId, Path)), responses((status = 200, body = TreatmentPlan)),
    extensions(("x-permission" = json!("planning.write"))))]
pub async fn withdraw_plan(
    actor: Can<need::PlanningWrite>,
    db: Db,
    clock: Clock,
    Path(id): Path<PlanId>,
    Body { value: asked, .. }: Body<WithdrawPlan>,
) -> ApiResult<Reply<TreatmentPlan>> {
    let mut tx = db.begin(&actor).await?;
    let held = planning::lock(&mut tx, id).await?;
    planning::withdraw(&mut tx, &clock, &held, &asked.reason).await?;
    follow(&mut tx, &actor, &clock, &held).await?;
    finish(tx, &actor, &clock, id).await
}

async fn record(
    db: &Db,
    actor: &Actor,
    clock: &Clock,
    id: PlanId,
    given: Given,
) -> ApiResult<Reply<TreatmentPlan>> {
    let mut tx = db.begin(actor).await?;
    let held = planning::lock(&mut tx, id).await?;
    let today = clock.today(&actor.facts.time_zone);
    let by = Some(tx.staff());
    planning::answer(&mut tx, clock, &held, given, today, by).await?;
    follow(&mut tx, actor, clock, &held).await?;
    finish(tx, actor, clock, id).await
}

async fn follow(tx: &mut Tx, actor: &Actor, clock: &Clock, held: &HeldPlan) -> ApiResult<()> {
    let today = clock.today(&actor.facts.time_zone);
    let mut chart = OpenChart::open(tx, held.patient, today, clock.now()).await?;
    show_on_chart(tx, clock, &mut chart, held, today).await
}

async fn finish(mut tx: Tx, actor: &Actor, clock: &Clock, id: PlanId) -> ApiResult<Reply<TreatmentPlan>> {
    let plan = read_now(&mut tx, actor, clock, id).await?;
    tx.commit().await?;
    let version = plan.version;
    Ok(Reply::ok(plan).version(version))
}
