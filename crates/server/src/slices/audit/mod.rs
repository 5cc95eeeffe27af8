//! The activity log: who did what and when, and whether anybody tampered with it.
//!
//! Owns: no table. The kernel writes the log; this slice reads it.

mod api;
mod handlers;
mod store;
#[cfg(test)]
mod tests;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::kernel::state::AppState;

/// The operations of this slice.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(handlers::list_audit_entries))
        .routes(routes!(handlers::show_audit_chain))
        .routes(routes!(handlers::verify_audit_chain))
}
