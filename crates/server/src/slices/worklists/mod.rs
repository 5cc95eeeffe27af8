//! Worklists: nobody falls through. Who has to be booked again, who would come earlier, who is due, who has not
//! confirmed; what came of each call; to whom a freed slot was offered.
//!
//! Owns: contact_attempt, waitlist_entry, slot_offer

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
        .routes(routes!(handlers::lists::count_worklists))
        .routes(routes!(handlers::lists::list_worklist))
        .routes(routes!(
            handlers::contacts::create_contact_attempt,
            handlers::contacts::list_contact_attempts
        ))
        .routes(routes!(handlers::waitlist::create_waitlist_entry))
        .routes(routes!(handlers::waitlist::close_waitlist_entry))
        .routes(routes!(handlers::offers::list_offer_candidates))
        .routes(routes!(handlers::offers::create_slot_offer, handlers::offers::list_slot_offers))
        .routes(routes!(handlers::offers::answer_slot_offer))
}
