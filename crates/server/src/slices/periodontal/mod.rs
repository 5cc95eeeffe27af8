//! Periodontal exams: six sites around each tooth, or a code for each sextant. A draft takes readings from several
//! people at once; closed it stays as it is. The attachment level is derived and nowhere stored.
//!
//! Owns: perio_exam, perio_tooth, perio_site, perio_sextant

mod api;
mod exams;
mod handlers;
mod printing;
mod store;
#[cfg(test)]
mod tests;
mod view;

use dentpro_core::periodontal::{Sextant, Site};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub use api::{NewPerioExam, PerioExam};
pub use exams::{day_of_new, open, read};

use crate::kernel::state::AppState;

/// What the document names only as keys.
#[derive(OpenApi)]
#[openapi(components(schemas(Site, Sextant)))]
struct Keys;

/// The operations of this slice; starting an exam is a flow, since the dental chart knows which teeth are there.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::with_openapi(Keys::openapi())
        .routes(routes!(handlers::reading::list_perio_exams))
        .routes(routes!(handlers::reading::compare_perio_exams))
        .routes(routes!(handlers::reading::read_perio_exam, handlers::exams::update_perio_exam))
        .routes(routes!(handlers::reading::print_perio_exam))
        .routes(routes!(handlers::entry::record_perio_tooth))
        .routes(routes!(handlers::entry::record_perio_sextant))
        .routes(routes!(handlers::exams::diagnose_perio_exam))
        .routes(routes!(handlers::exams::close_perio_exam))
        .routes(routes!(handlers::exams::strike_perio_exam))
}
