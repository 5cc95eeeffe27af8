//! Treatment plans where they meet the chart, the visit and the patient.

mod answer;
mod chart;
mod complete;
mod draft;
mod link;
mod present;
mod read;

use dentpro_core::ids::{PlanId, VisitId, VisitProcedureId};
use dentpro_core::permissions::Permission;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::kernel::actor::Actor;
use crate::kernel::clock::Clock;
use crate::kernel::db::Tx;
use crate::kernel::error::ApiResult;
use crate::kernel::state::AppState;
use crate::slices::charting::chart_on;
use crate::slices::planning::{self, TreatmentPlan};

/// The operations of plans.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(read::list_patient_plans, draft::create_plan))
        .routes(routes!(read::list_plan_suggestions))
        .routes(routes!(read::read_plan, draft::update_plan))
        .routes(routes!(read::print_plan))
        .routes(routes!(draft::create_plan_item))
        .routes(routes!(draft::copy_plan))
        .routes(routes!(draft::requote_plan))
        .routes(routes!(draft::update_plan_item, draft::delete_plan_item))
        .routes(routes!(complete::complete_plan_item))
        .routes(routes!(complete::create_plan_session))
        .routes(routes!(present::present_plan))
        .routes(routes!(present::read_plan_presentation))
        .routes(routes!(answer::accept_plan))
        .routes(routes!(answer::decline_plan))
        .routes(routes!(answer::withdraw_plan))
        .routes(routes!(link::create_plan_link))
        .routes(routes!(link::show_plan_link))
        .routes(routes!(link::open_plan_link))
        .routes(routes!(link::answer_plan_link))
}

/// A plan as it is now; 404 when there is none.
async fn read_now(tx: &mut Tx, actor: &Actor, clock: &Clock, id: PlanId) -> ApiResult<TreatmentPlan> {
    let today = clock.today(&actor.facts.time_zone);
    let patient = planning::patient_of(tx, id).await?;
    let chart = chart_on(tx, patient, today).await?;
    planning::read(tx, actor, id, &chart, today).await
}

/// Items whose work was taken off a visit are open again.
pub async fn reopen(tx: &mut Tx, visit: VisitId, work: Option<VisitProcedureId>) -> ApiResult<()> {
    for (plan, patient) in planning::reopen(tx, visit, work).await? {
        planning::announce(tx, plan.into(), patient.into()).await?;
    }
    Ok(())
}

/// Whether prices are told to the actor, for what cannot be told without them.
fn require_prices(actor: &Actor) -> ApiResult<()> {
    actor.require(Permission::BillingRead).map(|_| ())
}
