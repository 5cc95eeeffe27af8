//! Visits: notes, diagnoses and work done. A draft can be edited; what is signed stays as it was signed, and
//! only grows by addenda. What never happened is entered in error.
//!
//! Owns: visit, visit_diagnosis, visit_procedure, visit_addendum

mod access;
mod api;
mod handlers;
mod signature;
mod store;
#[cfg(test)]
mod tests;
mod visits;
mod work;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub use access::{lock_for_change, may_treat};
pub use api::{AddedProcedure, NewVisit, NewVisitProcedure, SignVisit, StrikeVisit, Visit};
pub use store::visits::LockedVisit;
pub use visits::{announce, open, read, sign, strike};
pub use work::{Work, delete_procedure, insert_procedure};

use crate::kernel::state::AppState;

/// The operations of this slice; opening, signing and recording work are flows.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(handlers::visits::list_visits))
        .routes(routes!(handlers::visits::list_patient_visits))
        .routes(routes!(handlers::visits::read_visit, handlers::visits::update_visit))
        .routes(routes!(handlers::parts::create_visit_diagnosis))
        .routes(routes!(handlers::parts::delete_visit_diagnosis))
        .routes(routes!(handlers::parts::create_visit_addendum))
}
