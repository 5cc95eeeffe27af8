//! The clinic's patients: who they are, whom to call, what they suffer from and what happened to them; and the
//! search that finds them.
//!
//! Owns: patient, patient_contact, patient_allergy, patient_condition, patient_medication

mod api;
mod checked;
mod handlers;
mod reference;
mod store;
mod summary;
#[cfg(test)]
mod tests;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::kernel::state::AppState;
use handlers::{
    allergies, conditions, contacts, found, history, medications, overview, registration, timeline,
};

/// The operations of this slice.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(found::list_patients, registration::create_patient))
        .routes(routes!(found::list_duplicates))
        .routes(routes!(found::search_everything))
        .routes(routes!(registration::get_patient, registration::update_patient))
        .routes(routes!(overview::get_patient_header))
        .routes(routes!(overview::list_alerts))
        .routes(routes!(timeline::list_timeline))
        .routes(routes!(contacts::list_contacts, contacts::create_contact))
        .routes(routes!(contacts::end_contact))
        .routes(routes!(history::get_history, history::update_history))
        .routes(routes!(history::set_none_known))
        .routes(routes!(allergies::list_allergies, allergies::create_allergy))
        .routes(routes!(allergies::update_allergy))
        .routes(routes!(conditions::list_conditions, conditions::create_condition))
        .routes(routes!(conditions::update_condition))
        .routes(routes!(medications::list_medications, medications::create_medication))
        .routes(routes!(medications::update_medication))
}
