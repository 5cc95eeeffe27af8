//! The appointment book.
//!
//! Owns: appointment, appointment_event

mod store {
    pub mod visit_link;
}

use utoipa_axum::router::OpenApiRouter;

pub use store::visit_link::{AppointmentOfVisit, hold_for_visit};

use crate::kernel::state::AppState;

/// The operations of this slice.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
}
