//! The appointment book: who comes when, to which doctor and chair, and how far each one has got.
//!
//! Owns: appointment, appointment_event, appointment_type, appointment_type_procedure, slot_hold, time_block,
//! waiting_screen, appointment_plan_item

mod api;
mod blocks;
mod book;
mod change;
mod handlers;
mod holds;
mod hours;
mod moment;
mod openings;
mod reception;
mod store;
#[cfg(test)]
mod tests;
mod together;
mod types_shipped;
mod view;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub use holds::sweep as sweep_holds;
pub use store::{AppointmentOfVisit, Approached, approach, hold_for_visit};
pub use types_shipped::import_shipped_types;

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
        .routes(routes!(handlers::together::create_appointment_series))
        .routes(routes!(handlers::together::create_appointment_group))
        .routes(routes!(handlers::together::cancel_appointment_series))
        .routes(routes!(handlers::openings::list_openings))
        .routes(routes!(handlers::holds::list_holds, handlers::holds::create_hold))
        .routes(routes!(handlers::holds::release_hold))
        .routes(routes!(handlers::overbooked::list_overbooked))
        .routes(routes!(handlers::blocks::list_blocks, handlers::blocks::create_block))
        .routes(routes!(handlers::blocks::update_block, handlers::blocks::delete_block))
        .routes(routes!(handlers::types::list_appointment_types, handlers::types::create_appointment_type))
        .routes(routes!(handlers::types::update_appointment_type))
        .routes(routes!(handlers::types::order_appointment_types))
        .routes(routes!(handlers::follow_up::dismiss_follow_up))
        .routes(routes!(handlers::reception::create_walk_in))
        .routes(routes!(handlers::reception::call_next_patient))
        .routes(routes!(handlers::reception::call_patient))
        .routes(routes!(
            handlers::reception::get_waiting_screen,
            handlers::reception::create_waiting_screen,
            handlers::reception::delete_waiting_screen
        ))
        .routes(routes!(handlers::reception::show_waiting_room))
}
