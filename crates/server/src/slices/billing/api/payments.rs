//! Payments, refunds and balances on the wire.

use dentpro_core::ids::{BranchId, InvoiceId, PatientId, PaymentId, RefundId, StaffId};
use dentpro_core::money::Money;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::InvoicePatient;

/// How somebody paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PaymentMethod {
    Cash,
    Card,
    Transfer,
}

impl PaymentMethod {
    /// The word stored in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Cash => "cash",
            Self::Card => "card",
            Self::Transfer => "transfer",
        }
    }

    /// The method of a stored word.
    pub fn of_word(word: &str) -> Option<Self> {
        [Self::Cash, Self::Card, Self::Transfer].into_iter().find(|m| m.as_str() == word)
    }
}

/// Who took or gave back money.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PaymentStaff {
    pub id: StaffId,
    pub name_ar: String,
    pub name_en: String,
}

/// A payment with what it pays.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Payment {
    pub id: PaymentId,
    /// The receipt's number.
    pub number: String,
    pub patient_id: PatientId,
    pub patient: InvoicePatient,
    pub branch_id: BranchId,
    pub method: PaymentMethod,
    pub amount: Money,
    pub reference: Option<String>,
    /// RFC 3339, with the clinic's offset.
    pub received_at: String,
    #[schema(value_type = String, format = Date)]
    pub received_on: Date,
    pub received_by: PaymentStaff,
    /// What of it is on each invoice now; zero where a refund took all of it back.
    pub allocations: Vec<PaymentAllocation>,
    /// The patient's credit out of it.
    pub unallocated: Money,
    pub refunded: Money,
    pub refunds: Vec<PaymentRefund>,
}

/// What a payment pays on an invoice.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PaymentAllocation {
    pub invoice_id: InvoiceId,
    pub invoice_number: String,
    pub amount: Money,
}

/// A refund as it stands on its payment.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PaymentRefund {
    pub id: RefundId,
    pub number: String,
    pub amount: Money,
    pub reason: String,
    /// RFC 3339, with the clinic's offset.
    pub refunded_at: String,
    #[schema(value_type = String, format = Date)]
    pub refunded_on: Date,
    pub refunded_by: PaymentStaff,
}

/// A payment to take.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPayment {
    /// A UUID version 7 of the client's own; one is made otherwise.
    pub id: Option<PaymentId>,
    pub patient_id: PatientId,
    /// The first invoice's branch, or else the clinic's first one, when it is not given.
    pub branch_id: Option<BranchId>,
    pub method: PaymentMethod,
    pub amount: Money,
    pub reference: Option<String>,
    /// What is left of the amount stays as the patient's credit.
    #[serde(default)]
    pub allocations: Vec<AllocationInput>,
}

/// What of a payment goes to an invoice.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AllocationInput {
    pub invoice_id: InvoiceId,
    pub amount: Money,
}

/// A refund to give.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRefund {
    pub amount: Money,
    pub reason: String,
}

/// A refund that was given, with the payment as it stands then.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Refund {
    #[serde(flatten)]
    pub refund: PaymentRefund,
    pub payment: Payment,
}

/// Filters of the payment list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PaymentQuery {
    pub patient_id: Option<PatientId>,
    /// What was paid on this invoice, also where a refund took all of it back.
    pub invoice_id: Option<InvoiceId>,
    /// Received on this day or later.
    #[param(value_type = Option<String>, format = Date)]
    pub from: Option<Date>,
    /// Received on this day or earlier.
    #[param(value_type = Option<String>, format = Date)]
    pub to: Option<Date>,
    /// Rows wanted: 25 by default, 100 at most.
    pub limit: Option<i64>,
    /// Where the last page ended.
    pub cursor: Option<String>,
}

/// What a patient owes and has paid ahead. `balance` is `due − credit`: positive when the patient owes.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PatientBalance {
    /// Left to pay on issued invoices.
    pub due: Money,
    /// Paid and not on any invoice.
    pub credit: Money,
    pub balance: Money,
}
