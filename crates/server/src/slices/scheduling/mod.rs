//! The appointment book: who comes when, to which doctor and chair, and how far each one has got.
//!
//! Owns: appointment, appointment_event

mod api;
mod book;
mod change;
mod handlers;
mod hours;
mod moment;
mod store;
#[cfg(test)]
mod tests;
mod view;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub use store::{AppointmentOfVisit, hold_for_visit};

use crate::kernel::state::AppState;

/// The operations of this slice.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(handlers::read::list_appointments, handlers::write::create_appointment))
        .routes(routes!(handlers::read::count_appointments))
        .routes(routes!(handlers::load::list_appointment_loads))
        .routes(routes!(handlers::load::get_patient_attendance))
        .routes(routes!(handlers::read::get_appointment, handlers::write::update_appointment))
        .routes(routes!(handlers::read::list_patient_appointments))
        .routes(routes!(handlers::write::reschedule_appointment))
        .routes(routes!(handlers::write::change_appointment_status))
        .routes(routes!(handlers::follow_up::dismiss_follow_up))
}
