//! The operations of billing.

mod invoices;
mod patient_account;
mod payments;
mod refunds;

pub(super) use invoices::announce as announce_invoice;
pub use invoices::*;
pub use patient_account::*;
pub use payments::*;
pub use refunds::*;
