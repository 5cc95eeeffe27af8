//! What the operations of billing take and answer.

mod invoices;
mod payments;

pub use invoices::{
    Invoice, InvoiceLine, InvoicePatch, InvoicePatient, InvoiceQuery, LineInput, NewInvoice, PatientPaging,
};
pub use payments::{
    AllocationInput, NewPayment, NewRefund, PatientBalance, Payment, PaymentAllocation, PaymentMethod,
    PaymentQuery, PaymentRefund, PaymentStaff, Refund,
};
