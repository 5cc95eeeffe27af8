//! Invoices, payments, refunds and balances.
//!
//! Locks are taken in one order everywhere: invoices by id, then the payment, then the number series.
//!
//! Owns: invoice, invoice_line, payment, payment_allocation, refund, ledger_entry

mod amounts;
mod api;
mod drafting;
mod handlers;
mod printing;
mod store;
#[cfg(test)]
mod tests;
mod withdrawal;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub use withdrawal::withdraw_visit;

use crate::kernel::state::AppState;

/// The operations of this slice.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(handlers::list_invoices, handlers::create_invoice))
        .routes(routes!(handlers::get_invoice, handlers::update_invoice, handlers::delete_invoice))
        .routes(routes!(handlers::issue_invoice))
        .routes(routes!(handlers::print_invoice))
        .routes(routes!(handlers::list_payments, handlers::create_payment))
        .routes(routes!(handlers::get_payment))
        .routes(routes!(handlers::print_payment))
        .routes(routes!(handlers::create_refund))
        .routes(routes!(handlers::list_patient_invoices))
        .routes(routes!(handlers::list_patient_payments))
        .routes(routes!(handlers::get_patient_balance))
}
