//! The clinic itself: its branches and chairs, hours, procedure catalogue and drug list.
//!
//! Owns: clinic, branch, chair, procedure_item, drug, working_hours

mod api;
mod catalogue_shipped;
mod handlers;
mod set_up;
mod store;
#[cfg(test)]
mod tests;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub use catalogue_shipped::import_shipped;
pub use set_up::{CountryWeek, FirstBranch, NewClinic, begin_clinic};

use crate::kernel::state::AppState;

/// The operations of this slice.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(handlers::list_branches, handlers::create_branch))
        .routes(routes!(handlers::update_branch))
        .routes(routes!(handlers::list_chairs, handlers::create_chair))
        .routes(routes!(handlers::update_chair))
}
