//! Recalls: which patients come back after some months, and when each one is due.
//!
//! Owns: recall_type, recall_trigger, patient_recall

mod api;
mod handlers;
mod store;
#[cfg(test)]
mod tests;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub use store::visit_was_signed;

use crate::kernel::state::AppState;

/// The operations of this slice.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(handlers::list_recall_types, handlers::create_recall_type))
        .routes(routes!(handlers::update_recall_type))
        .routes(routes!(handlers::list_patient_recalls))
        .routes(routes!(handlers::put_patient_recall))
}
