//! The clinic itself: its settings, branches and chairs, hours, procedure catalogue and drug list.
//!
//! Owns: clinic, branch, chair, procedure_item, drug, working_hours, working_week, dated_hours, dated_hours_stretch

mod api;
mod catalogue_shipped;
mod csv_file;
mod handlers;
mod set_up;
mod store;
#[cfg(test)]
mod tests;
mod typed_hours;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub use catalogue_shipped::import_shipped;
pub use set_up::{CountryWeek, FirstBranch, NewClinic, begin_clinic};

use crate::kernel::state::AppState;

/// The operations of this slice.
pub fn routes() -> OpenApiRouter<AppState> {
    use handlers::{closures, drugs, hours, places, procedures, reference, settings};
    OpenApiRouter::new()
        .routes(routes!(settings::get_clinic, settings::update_clinic))
        .routes(routes!(settings::show_logo, settings::put_logo, settings::delete_logo))
        .routes(routes!(places::list_branches, places::create_branch))
        .routes(routes!(places::update_branch))
        .routes(routes!(places::list_chairs, places::create_chair))
        .routes(routes!(places::update_chair))
        .routes(routes!(hours::list_working_hours))
        .routes(routes!(hours::get_weekly_hours, hours::put_weekly_hours))
        .routes(routes!(closures::list_closures, closures::create_closure))
        .routes(routes!(closures::update_closure, closures::delete_closure))
        .routes(routes!(procedures::list_procedures, procedures::create_procedure))
        .routes(routes!(procedures::update_procedure))
        .routes(routes!(procedures::import_procedures))
        .routes(routes!(procedures::export_procedures))
        .routes(routes!(drugs::list_drugs, drugs::create_drug))
        .routes(routes!(drugs::update_drug))
        .routes(routes!(drugs::import_drugs))
        .routes(routes!(drugs::export_drugs))
        .routes(routes!(reference::list_conditions))
        .routes(routes!(reference::list_allergens))
        .routes(routes!(reference::list_diagnoses))
}
