//! Invoices on the wire.

use dentpro_core::billing::{InvoiceStatus, TaxKind};
use dentpro_core::ids::{
    BranchId, InvoiceId, InvoiceLineId, PatientId, PlanItemId, ProcedureId, StaffId, VisitId,
    VisitProcedureId,
};
use dentpro_core::money::Money;
use dentpro_core::teeth::{Surface, Tooth};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::kernel::patch::Patch;

/// The patient an invoice or payment is about.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct InvoicePatient {
    pub id: PatientId,
    pub file_number: String,
    pub name_ar: String,
    pub name_en: String,
    pub phone: Option<String>,
}

/// An invoice with its lines. Without a number it is a draft.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Invoice {
    pub id: InvoiceId,
    pub number: Option<String>,
    pub patient_id: PatientId,
    pub patient: InvoicePatient,
    pub branch_id: BranchId,
    pub doctor_id: Option<StaffId>,
    pub visit_id: Option<VisitId>,
    /// Whether it bills work of a visit that was entered in error after it was issued.
    pub visit_in_error: bool,
    pub status: InvoiceStatus,
    #[schema(value_type = Option<String>, format = Date)]
    pub issued_on: Option<Date>,
    /// RFC 3339, with the clinic's offset.
    pub issued_at: Option<String>,
    pub lines: Vec<InvoiceLine>,
    pub subtotal: Money,
    pub discount: Money,
    pub tax: Money,
    pub total: Money,
    pub paid: Money,
    /// What is still to pay.
    pub balance: Money,
    pub notes: Option<String>,
    /// RFC 3339, with the clinic's offset.
    pub created_at: String,
    pub version: i32,
}

/// A line of an invoice.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct InvoiceLine {
    pub id: InvoiceLineId,
    /// From 1.
    pub position: i32,
    pub procedure_id: Option<ProcedureId>,
    /// The work done that it bills, if it came from a visit.
    pub visit_procedure_id: Option<VisitProcedureId>,
    pub description_ar: String,
    pub description_en: String,
    pub tooth: Option<String>,
    pub surfaces: Vec<String>,
    pub quantity: i32,
    pub unit_price: Money,
    /// Of the whole line.
    pub discount: Money,
    pub tax_code: TaxKind,
    /// Decimal string.
    pub tax_percent: String,
    pub subtotal: Money,
    pub tax: Money,
    pub total: Money,
}

/// A draft to make. A visit without lines means all of its procedures that are on no invoice yet; without either
/// the draft is empty and waits for its lines.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewInvoice {
    /// A UUID version 7 of the client's own; one is made otherwise.
    pub id: Option<InvoiceId>,
    pub patient_id: PatientId,
    pub visit_id: Option<VisitId>,
    /// The visit's branch, or else the clinic's first one, when it is not given.
    pub branch_id: Option<BranchId>,
    #[serde(default)]
    pub lines: Vec<LineInput>,
    pub notes: Option<String>,
}

/// A line to write: work done in a visit, or an entry of the catalogue. What is not given comes from there, and
/// for a line that the draft has already from that line. A line without id that names a procedure of the draft has
/// the price and discount which that procedure has there.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LineInput {
    /// A line that the draft has already, when it is edited.
    pub id: Option<InvoiceLineId>,
    pub visit_procedure_id: Option<VisitProcedureId>,
    /// An item of a treatment plan that is done.
    pub plan_item_id: Option<PlanItemId>,
    pub procedure_id: Option<ProcedureId>,
    #[serde(default)]
    #[schema(value_type = Option<Tooth>)]
    pub tooth: Patch<Tooth>,
    pub surfaces: Option<Vec<Surface>>,
    pub quantity: Option<i64>,
    /// Another price than the catalogue's needs `billing.discount`.
    pub unit_price: Option<Money>,
    /// Off the whole line; needs `billing.discount`.
    pub discount: Option<Money>,
    pub tax_code: Option<TaxKind>,
}

/// What changes at a draft.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InvoicePatch {
    /// The whole list.
    #[serde(default)]
    #[schema(value_type = Option<Vec<LineInput>>)]
    pub lines: Patch<Vec<LineInput>>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub notes: Patch<String>,
}

/// Filters of the invoice list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct InvoiceQuery {
    pub status: Option<InvoiceStatus>,
    pub patient_id: Option<PatientId>,
    /// Part of an invoice's number, or a patient by name, phone or file number.
    pub q: Option<String>,
    /// Issued, or for a draft made, on this day or later.
    #[param(value_type = Option<String>, format = Date)]
    pub from: Option<Date>,
    /// Issued, or for a draft made, on this day or earlier.
    #[param(value_type = Option<String>, format = Date)]
    pub to: Option<Date>,
    /// Rows wanted: 25 by default, 100 at most.
    pub limit: Option<i64>,
    /// Where the last page ended.
    pub cursor: Option<String>,
}

/// Paging of a patient's list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PatientPaging {
    /// Rows wanted: 25 by default, 100 at most.
    pub limit: Option<i64>,
    /// Where the last page ended.
    pub cursor: Option<String>,
}
