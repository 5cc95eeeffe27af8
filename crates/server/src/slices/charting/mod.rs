//! The dental chart: findings, plans and work done as dated events, and the picture they give for a day.
//! An event is never changed: a correction is an event that names the one it takes back.
//!
//! Owns: chart_event, chart_term

mod acts;
mod api;
mod handlers;
mod printing;
mod recording;
mod store;
#[cfg(test)]
mod tests;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub use recording::{OpenChart, Reference, announce, chart_on};
pub use store::events_of_visit;

use crate::kernel::state::AppState;

/// The operations of this slice.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(handlers::read_patient_chart))
        .routes(routes!(handlers::list_chart_events, handlers::create_chart_event))
        .routes(routes!(handlers::correct_chart_event))
        .routes(routes!(acts::create_chart_act))
        .routes(routes!(acts::undo_chart_act))
        .routes(routes!(printing::print_patient_chart))
        .routes(routes!(handlers::list_chart_vocabulary))
}
