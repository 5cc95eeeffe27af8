//! Invoices and receipts as PDF.

use axum::body::Body;
use axum::http::Response;
use dentpro_core::billing::{InvoiceStatus, TaxKind};
use dentpro_core::ids::{InvoiceId, PaymentId};
use dentpro_core::teeth::{Surface, Tooth, format_surfaces};
use dentpro_print::{
    Bilingual, InvoiceDocument, InvoiceKind, InvoiceLine, InvoicePayment, InvoiceTotals, Patient,
    ReceiptAllocation, ReceiptDocument, render_invoice, render_receipt,
};
use uuid::Uuid;

use super::api::{Invoice, InvoiceLine as Line, InvoicePatient, PaymentMethod};
use super::store;
use crate::kernel::actor::Actor;
use crate::kernel::blob::BlobStore;
use crate::kernel::db::Tx;
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::press::{self, PrintLanguage, head};

fn patient(patient: &InvoicePatient, national_id: Option<String>) -> Patient {
    Patient {
        name: Bilingual::new(&patient.name_ar, &patient.name_en),
        file_number: patient.file_number.clone(),
        phone: patient.phone.clone(),
        national_id,
    }
}

fn status(status: InvoiceStatus) -> Option<Bilingual> {
    match status {
        InvoiceStatus::Draft => None,
        InvoiceStatus::Issued => Some(Bilingual::new("غير مدفوعة", "Unpaid")),
        InvoiceStatus::PartPaid => Some(Bilingual::new("مدفوعة جزئيًا", "Partly paid")),
        InvoiceStatus::Paid => Some(Bilingual::new("مدفوعة", "Paid")),
    }
}

fn method(method: PaymentMethod) -> Bilingual {
    match method {
        PaymentMethod::Cash => Bilingual::new("نقدًا", "Cash"),
        PaymentMethod::Card => Bilingual::new("بطاقة", "Card"),
        PaymentMethod::Transfer => Bilingual::new("تحويل بنكي", "Bank transfer"),
    }
}

fn tax_label(line: &Line) -> Bilingual {
    match line.tax_code {
        TaxKind::Standard => {
            Bilingual::new(format!("{}%", line.tax_percent), format!("{}%", line.tax_percent))
        }
        TaxKind::Zero => Bilingual::new("خاضع لنسبة الصفر", "Zero-rated"),
        TaxKind::Exempt => Bilingual::new("معفى", "Exempt"),
    }
}

fn surfaces(line: &Line) -> Option<String> {
    let stored: Vec<Surface> = line
        .surfaces
        .iter()
        .filter_map(|s| s.chars().next())
        .filter_map(|c| Surface::try_from(c).ok())
        .collect();
    let tooth = line.tooth.as_deref().and_then(|t| t.parse::<Tooth>().ok());
    let written = tooth.map_or_else(|| line.surfaces.concat(), |tooth| format_surfaces(tooth, &stored));
    (!written.is_empty()).then_some(written)
}

fn lines(invoice: &Invoice) -> Vec<InvoiceLine> {
    // Where everything is exempt, tax plays no part on the page.
    let taxed = invoice.lines.iter().any(|l| l.tax_code != TaxKind::Exempt);
    invoice
        .lines
        .iter()
        .map(|line| InvoiceLine {
            description: Bilingual::new(&line.description_ar, &line.description_en),
            tooth: line.tooth.clone(),
            surfaces: surfaces(line),
            quantity: line.quantity.unsigned_abs(),
            unit_price_minor: line.unit_price.minor,
            discount_minor: line.discount.minor,
            tax_label: if taxed { tax_label(line) } else { Bilingual::default() },
            tax_minor: line.tax.minor,
            total_minor: line.total.minor,
        })
        .collect()
}

/// An invoice or draft as its document says it; 404 when there is none.
pub async fn invoice_document(
    tx: &mut Tx,
    actor: &Actor,
    blobs: &BlobStore,
    id: InvoiceId,
) -> ApiResult<(Invoice, InvoiceDocument)> {
    let invoice = store::invoice(tx, &actor.facts, id).await?.ok_or_else(ApiError::not_found)?;
    let head = head(tx, blobs, Some(invoice.branch_id.uuid())).await?;
    let doctors = store::doctors_of_invoice(tx, id.uuid()).await?;
    let payments = store::payments_of_invoice(tx, id.uuid()).await?;
    let zero_rated = invoice.lines.iter().any(|l| l.tax_code == TaxKind::Zero);
    let national_id =
        if zero_rated { store::national_id(tx, invoice.patient_id.uuid()).await? } else { None };
    let document = InvoiceDocument {
        kind: InvoiceKind::Invoice,
        clinic: head.clinic,
        branch: head.branch,
        number: invoice.number.clone(),
        corrects: None,
        issued_on: invoice.issued_on,
        status: status(invoice.status),
        patient: patient(&invoice.patient, national_id),
        doctors: doctors.into_iter().map(|d| Bilingual::new(d.name_ar, d.name_en)).collect(),
        lines: lines(&invoice),
        totals: InvoiceTotals {
            subtotal_minor: invoice.subtotal.minor,
            discount_minor: invoice.discount.minor,
            tax_minor: invoice.tax.minor,
            total_minor: invoice.total.minor,
            paid_minor: invoice.paid.minor,
            balance_minor: invoice.balance.minor,
        },
        payments: payments
            .into_iter()
            .map(|p| InvoicePayment {
                paid_on: p.received_on,
                method: PaymentMethod::of_word(&p.method).map(method).unwrap_or_default(),
                reference: Some(p.number),
                amount_minor: p.amount,
            })
            .collect(),
        notes: invoice.notes.clone(),
        currency_code: actor.facts.currency.clone(),
        currency_exponent: actor.facts.currency_exponent,
        digits: head.digits,
    };
    Ok((invoice, document))
}

/// The receipt of a payment; 404 when there is none.
pub async fn receipt_document(
    tx: &mut Tx,
    actor: &Actor,
    blobs: &BlobStore,
    id: PaymentId,
) -> ApiResult<(Uuid, ReceiptDocument)> {
    let payment = store::payment(tx, &actor.facts, id).await?.ok_or_else(ApiError::not_found)?;
    let head = head(tx, blobs, Some(payment.branch_id.uuid())).await?;
    let allocations = store::first_allocations(tx, id.uuid()).await?;
    let balance = store::balance_after(tx, payment.patient_id.uuid(), id.uuid()).await?;
    let document = ReceiptDocument {
        clinic: head.clinic,
        branch: head.branch,
        number: payment.number,
        received_on: payment.received_on,
        patient: patient(&payment.patient, None),
        method: method(payment.method),
        reference: payment.reference,
        amount_minor: payment.amount.minor,
        received_by: Bilingual::new(payment.received_by.name_ar, payment.received_by.name_en),
        allocations: allocations
            .into_iter()
            .map(|(invoice_number, amount_minor)| ReceiptAllocation { invoice_number, amount_minor })
            .collect(),
        balance_minor: balance.max(0),
        credit_minor: (-balance).max(0),
        notes: None,
        currency_code: actor.facts.currency.clone(),
        currency_exponent: actor.facts.currency_exponent,
        digits: head.digits,
    };
    Ok((payment.patient_id.uuid(), document))
}

/// Typesets an invoice.
pub async fn print_invoice(document: InvoiceDocument, language: PrintLanguage) -> ApiResult<Response<Body>> {
    let name = document.number.clone().unwrap_or_else(|| "draft".to_owned());
    press::print(name, document, |d| &mut d.clinic, move |d| render_invoice(d, language.into())).await
}

/// Typesets a receipt.
pub async fn print_receipt(document: ReceiptDocument, language: PrintLanguage) -> ApiResult<Response<Body>> {
    let name = document.number.clone();
    press::print(name, document, |d| &mut d.clinic, move |d| render_receipt(d, language.into())).await
}
