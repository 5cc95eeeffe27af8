//! A plan is shown to the patient.

use dentpro_core::ids::PlanId;
use dentpro_core::permissions::need;

use super::require_prices;
use crate::kernel::actor::Can;
use crate::kernel::clock::Clock;
use crate::kernel::db::Db;
use crate::kernel::error::ApiResult;
use crate::kernel::extract::{Body, Path};
use crate::kernel::idempotency::Once;
use crate::kernel::reply::Reply;
use crate::slices::charting::chart_on;
use crate::slices::planning::{self, NewPresentation, Presentation};

/// Present a plan: what it says and costs is kept as the patient sees it, until a day. Every later change of the plan is
/// told beside it, and ends what was presented.
#[utoipa::path(post, path = "/plans/{id}/present", tag = "planning", request_body = Option<NewPresentation>,
    params(("id" = PlanId, Path)), responses((status = 201, body = Presentation)),
    extensions(("x-permission" = json!("planning.present"))))]
pub async fn present_plan(
    actor: Can<need::PlanningPresent>,
    db: Db,
    clock: Clock,
    Path(id): Path<PlanId>,
    once: Option<Once>,
    body: Option<Body<NewPresentation>>,
) -> ApiResult<Reply<Presentation>> {
    require_prices(&actor)?;
    let (asked, hash) = body.map(|body| (body.value, body.hash)).unwrap_or_default();
    Once::run(once.as_ref(), &db, &actor, &hash, async |tx| {
        let today = clock.today(&actor.facts.time_zone);
        let held = planning::lock(tx, id).await?;
        let chart = chart_on(tx, held.patient, today).await?;
        planning::present(tx, &actor, &clock, &held, &chart, &asked).await?;
        let held = planning::lock(tx, id).await?;
        let shown = planning::presentation(tx, &held, &actor.facts.time_zone, today).await?;
        Ok(Reply::created(shown, format!("/plans/{id}/presentation")))
    })
    .await
}

/// What was last presented of a plan, and whether it still is the plan.
#[utoipa::path(get, path = "/plans/{id}/presentation", tag = "planning", params(("id" = PlanId, Path)),
    responses((status = 200, body = Presentation)), extensions(("x-permission" = json!("planning.present"))))]
pub async fn read_plan_presentation(
    actor: Can<need::PlanningPresent>,
    db: Db,
    clock: Clock,
    Path(id): Path<PlanId>,
) -> ApiResult<Reply<Presentation>> {
    require_prices(&actor)?;
    let today = clock.today(&actor.facts.time_zone);
    let mut tx = db.begin(&actor).await?;
    let held = planning::lock(&mut tx, id).await?;
    let shown = planning::presentation(&mut tx, &held, &actor.facts.time_zone, today).await?;
    let patient = Some(held.patient.uuid());
    tx.audit("read", "treatment_plan", Some(id.uuid()), patient, None, None).await?;
    tx.commit().await?;
    Ok(Reply::ok(shown))
}
