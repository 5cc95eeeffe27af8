//! All SQL of billing.

mod balances;
mod documents;
mod drafts;
mod invoices;
mod payments;
mod series;
mod withdrawal;

pub use balances::patient_balance;
pub use documents::{balance_after, doctors_of_invoice, first_allocations, national_id, payments_of_invoice};
pub use drafts::{catalogue, invoice_lines_as_basis, place, work, work_of_plan_items, work_of_visit};
pub use invoices::{
    InvoiceFilter, LockedInvoice, delete_draft, insert_draft, invoice, invoice_page, invoices, issue,
    lock_invoice, patient_is_known, patients_matching, update_draft,
};
pub use payments::{
    NewAllocation, PaymentFilter, PaymentRow, RefundRow, insert_allocations, insert_payment, insert_refund,
    lock_invoices, lock_invoices_of_payment, payment, payment_page, payment_use, payments,
};
pub use series::next_number;
pub use withdrawal::{lock_invoices_of_visit, withdraw_lines};
