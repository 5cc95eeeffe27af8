//! Values in, PDF out: the clinic's documents in Arabic, English or both.
//!
//! A document is a plain value ([`InvoiceDocument`], [`ReceiptDocument`], [`PerioDocument`], [`PlanDocument`]); the layout lives in
//! `templates/*.typ`.
//! Values reach a template as a JSON file it reads, never as source text, so nothing a person typed can be run.

mod chart;
mod currency;
mod dates;
mod documents;
mod invoice;
mod letterhead;
mod logo;
mod numbers;
mod periodontal;
mod plan;
mod receipt;
mod text;
mod typesetter;

pub use chart::ChartDocument;
pub use dates::{WrittenDate, WrittenDay, write_date};
pub use documents::{
    Bilingual, Clinic, Digits, DocumentLanguage, InvoiceDocument, InvoiceKind, InvoiceLine, InvoicePayment,
    InvoiceTotals, Patient, ReceiptAllocation, ReceiptDocument,
};
pub use numbers::{digits_of, format_minor};
pub use periodontal::PerioDocument;
pub use plan::{PlanDocument, PlanLine, PlanLineStanding, PlanPhase, PlanSignature, PlanTotals};

/// Why a document could not be made.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    /// The logo is not a PNG or JPEG picture, is damaged, or is too large to print.
    #[error("the clinic's logo cannot be printed: {0}")]
    Logo(String),
    /// The values could not be handed to the template.
    #[error("the document's values cannot be encoded")]
    Values(#[from] serde_json::Error),
    /// The template and the values do not fit each other: a fault of this crate.
    #[error("the document cannot be typeset: {0}")]
    Layout(String),
}

/// Makes an invoice, a credit note or a debit note. Without a number it is marked as a draft.
pub fn render_invoice(invoice: &InvoiceDocument, language: DocumentLanguage) -> Result<Vec<u8>, PrintError> {
    let sheet = invoice::sheet(invoice, language);
    typesetter::pdf(typesetter::Template::Invoice, &sheet, invoice.clinic.logo.as_deref())
}

/// Makes the receipt of one payment.
pub fn render_receipt(receipt: &ReceiptDocument, language: DocumentLanguage) -> Result<Vec<u8>, PrintError> {
    let sheet = receipt::sheet(receipt, language);
    typesetter::pdf(typesetter::Template::Receipt, &sheet, receipt.clinic.logo.as_deref())
}

/// Makes the sheet of a periodontal exam or screening.
pub fn render_periodontal(exam: &PerioDocument, language: DocumentLanguage) -> Result<Vec<u8>, PrintError> {
    let sheet = periodontal::sheet(exam, language);
    typesetter::pdf(typesetter::Template::Periodontal, &sheet, exam.clinic.logo.as_deref())
}

/// Makes the sheet of a treatment plan. Without a day it was presented on it is marked as a draft.
pub fn render_plan(plan: &PlanDocument, language: DocumentLanguage) -> Result<Vec<u8>, PrintError> {
    let sheet = plan::sheet(plan, language);
    typesetter::pdf(typesetter::Template::Plan, &sheet, plan.clinic.logo.as_deref())
}

/// Makes the sheet of a dental chart: the picture of both arches, and the same in words.
pub fn render_chart(chart: &ChartDocument, language: DocumentLanguage) -> Result<Vec<u8>, PrintError> {
    let sheet = chart::sheet(chart, language);
    typesetter::pdf(typesetter::Template::Chart, &sheet, chart.clinic.logo.as_deref())
}

// The tests share the example's documents, which name this crate from outside.
#[cfg(test)]
extern crate self as dentpro_print;
#[cfg(test)]
mod tests;
