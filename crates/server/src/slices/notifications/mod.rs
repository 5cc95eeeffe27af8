//! Messages to patients: the rules by which they are reminded, the words, the ways the messages take, what became of
//! each, and the links that answer them.
//!
//! Owns: reminder_settings, reminder_rule, message_template, message_provider, reminder_delivery, appointment_link

mod api;
mod gateway;
mod handlers;
mod store;
#[cfg(test)]
mod tests;
mod wording;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub use gateway::{Message, Outcome, Provider};
pub use store::deliveries::{Delivery, Outcome as Recorded, book_mails, claim, postpone, record, skip, take};
pub use store::facts::{Facts, facts};
pub use store::links::{Link, answer_link, clinic_of_link, link, mint};
pub use store::seed::seed_rules;
pub use store::settings::{Plan, plan, providers, template};
pub use wording::{Language, Words, names_link, values, write};

use crate::kernel::state::AppState;

/// The operations of this slice.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(
            handlers::settings::get_reminder_settings,
            handlers::settings::update_reminder_settings
        ))
        .routes(routes!(handlers::settings::send_test_mail))
        .routes(routes!(handlers::rules::list_reminder_rules, handlers::rules::create_reminder_rule))
        .routes(routes!(handlers::rules::update_reminder_rule, handlers::rules::delete_reminder_rule))
        .routes(routes!(handlers::templates::list_message_templates))
        .routes(routes!(
            handlers::templates::put_message_template,
            handlers::templates::reset_message_template
        ))
        .routes(routes!(handlers::templates::preview_message_template))
        .routes(routes!(
            handlers::providers::list_message_providers,
            handlers::providers::create_message_provider
        ))
        .routes(routes!(
            handlers::providers::update_message_provider,
            handlers::providers::delete_message_provider
        ))
        .routes(routes!(handlers::providers::send_test_message))
        .routes(routes!(handlers::deliveries::list_reminder_deliveries))
        .routes(routes!(handlers::deliveries::retry_reminder_delivery))
        .routes(routes!(handlers::deliveries::list_appointment_reminders))
        .routes(routes!(handlers::deliveries::write_appointment_message))
}
