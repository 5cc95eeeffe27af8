//! An invoice as its template reads it: every amount and date already written.

use serde::Serialize;

use crate::currency::{AmountFormat, CurrencyWords, currency_words};
use crate::dates::{WrittenDate, write_date};
use crate::letterhead::{LetterheadWords, PatientWords, letterhead_words, patient_words};
use crate::numbers::format_count;
use crate::text::{Words, clean, code, words};
use crate::typesetter::Settings;
use crate::{DocumentLanguage, InvoiceDocument, InvoiceKind, InvoiceLine};

#[derive(Debug, Serialize)]
pub(crate) struct InvoiceSheet {
    settings: Settings,
    letterhead: LetterheadWords,
    /// The label of the title: `invoice`, `credit-note`, …
    title: &'static str,
    number: Option<String>,
    corrects: Option<String>,
    issued_on: Option<WrittenDate>,
    status: Option<Words>,
    patient: PatientWords,
    doctors: Vec<Words>,
    currency: CurrencyWords,
    columns: Columns,
    lines: Vec<LineWords>,
    totals: Vec<TotalWords>,
    payments: Vec<PaymentWords>,
    notes: Option<String>,
}

/// Columns that would be empty are left out.
#[derive(Debug, Serialize)]
struct Columns {
    tooth: bool,
    discount: bool,
    tax: bool,
}

#[derive(Debug, Serialize)]
struct LineWords {
    position: String,
    description: Words,
    tooth: Option<String>,
    surfaces: Option<String>,
    quantity: String,
    unit_price: String,
    discount: Option<String>,
    tax: String,
    tax_label: Option<Words>,
    total: String,
}

#[derive(Debug, Serialize)]
struct TotalWords {
    label: &'static str,
    amount: String,
    emphasis: &'static str,
}

#[derive(Debug, Serialize)]
struct PaymentWords {
    paid_on: WrittenDate,
    method: Words,
    reference: Option<String>,
    amount: String,
}

pub(crate) fn sheet(invoice: &InvoiceDocument, language: DocumentLanguage) -> InvoiceSheet {
    let digits = invoice.digits.on(language);
    let amounts = AmountFormat { exponent: invoice.currency_exponent, digits };
    InvoiceSheet {
        settings: Settings::new(language, digits),
        letterhead: letterhead_words(&invoice.clinic, invoice.branch.as_ref()),
        title: match invoice.kind {
            InvoiceKind::Invoice => "invoice",
            InvoiceKind::CreditNote => "credit-note",
            InvoiceKind::DebitNote => "debit-note",
        },
        number: code(invoice.number.as_deref()),
        corrects: code(invoice.corrects.as_deref()),
        issued_on: invoice.issued_on.map(|date| write_date(date, digits)),
        status: words(invoice.status.as_ref()),
        patient: patient_words(&invoice.patient),
        doctors: invoice.doctors.iter().filter_map(|doctor| words(Some(doctor))).collect(),
        currency: currency_words(&invoice.currency_code),
        columns: columns(&invoice.lines),
        lines: (1..)
            .zip(&invoice.lines)
            .map(|(position, line)| line_words(position, line, amounts))
            .collect(),
        totals: totals(invoice, amounts),
        payments: invoice
            .payments
            .iter()
            .map(|payment| PaymentWords {
                paid_on: write_date(payment.paid_on, digits),
                method: Words::from(&payment.method),
                reference: code(payment.reference.as_deref()),
                amount: amounts.write(payment.amount_minor),
            })
            .collect(),
        notes: invoice.notes.as_deref().map(clean).filter(|notes| !notes.is_empty()),
    }
}

fn columns(lines: &[InvoiceLine]) -> Columns {
    let filled = |text: &Option<String>| code(text.as_deref()).is_some();
    Columns {
        tooth: lines.iter().any(|line| filled(&line.tooth) || filled(&line.surfaces)),
        discount: lines.iter().any(|line| line.discount_minor != 0),
        tax: lines.iter().any(|line| line.tax_minor != 0 || words(Some(&line.tax_label)).is_some()),
    }
}

fn line_words(position: u32, line: &InvoiceLine, amounts: AmountFormat) -> LineWords {
    LineWords {
        position: format_count(position, amounts.digits),
        description: Words::from(&line.description),
        tooth: code(line.tooth.as_deref()),
        surfaces: code(line.surfaces.as_deref()),
        quantity: format_count(line.quantity, amounts.digits),
        unit_price: amounts.write(line.unit_price_minor),
        discount: amounts.write_deduction(line.discount_minor),
        tax: amounts.write(line.tax_minor),
        tax_label: words(Some(&line.tax_label)),
        total: amounts.write(line.total_minor),
    }
}

fn totals(invoice: &InvoiceDocument, amounts: AmountFormat) -> Vec<TotalWords> {
    let totals = &invoice.totals;
    let row = |label, amount, emphasis| TotalWords { label, amount, emphasis };
    let mut rows = vec![row("subtotal", amounts.write(totals.subtotal_minor), "plain")];
    if let Some(discount) = amounts.write_deduction(totals.discount_minor) {
        rows.push(row("discount", discount, "plain"));
    }
    if totals.tax_minor != 0 || columns(&invoice.lines).tax {
        rows.push(row("tax", amounts.write(totals.tax_minor), "plain"));
    }
    rows.push(row("total", amounts.write(totals.total_minor), "strong"));
    // A draft takes no payments, and a note settles through the invoice it corrects.
    if invoice.number.is_some() && (invoice.kind == InvoiceKind::Invoice || totals.paid_minor != 0) {
        rows.push(row("paid", amounts.write(totals.paid_minor), "plain"));
        rows.push(row("balance", amounts.write(totals.balance_minor), "due"));
    }
    rows
}
