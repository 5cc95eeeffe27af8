//! What other programs read: the calendar feeds of doctors.
//!
//! Owns: calendar_feed

mod api;
mod handlers;
mod icalendar_file;
mod store;
#[cfg(test)]
mod tests;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub use icalendar_file::{CalendarEntry, write_calendar};

use crate::kernel::state::AppState;

/// The operations of this slice.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(
            handlers::get_calendar_feed,
            handlers::create_calendar_feed,
            handlers::delete_calendar_feed
        ))
        .routes(routes!(handlers::read_calendar))
}
