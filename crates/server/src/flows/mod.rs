//! What crosses slices, one file each: one transaction over the tables of several owners.

mod answer_link;
pub mod create_user;
mod open_perio_exam;
mod open_visit;
mod record_procedure;
pub mod send_reminders;
mod set_up_clinic;
mod sign_visit;
mod strike_visit;
mod treatment_plans;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::kernel::state::AppState;

/// The operations that cross slices.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .merge(set_up_clinic::routes())
        .merge(answer_link::routes())
        .merge(treatment_plans::routes())
        .routes(routes!(open_visit::create_visit))
        .routes(routes!(open_perio_exam::create_perio_exam))
        .routes(routes!(record_procedure::create_visit_procedure))
        .routes(routes!(record_procedure::delete_visit_procedure))
        .routes(routes!(sign_visit::sign_visit))
        .routes(routes!(strike_visit::strike_visit))
}
