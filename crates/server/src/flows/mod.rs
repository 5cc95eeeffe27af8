//! What crosses slices, one file each: one transaction over the tables of several owners.

mod set_up_clinic;

use utoipa_axum::router::OpenApiRouter;

use crate::kernel::state::AppState;

/// The operations that cross slices.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().merge(set_up_clinic::routes())
}
