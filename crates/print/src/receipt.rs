//! A receipt as its template reads it: every amount and date already written.

use serde::Serialize;

use crate::currency::{AmountFormat, CurrencyWords, currency_words};
use crate::dates::{WrittenDate, write_date};
use crate::letterhead::{LetterheadWords, PatientWords, letterhead_words, patient_words};
use crate::text::{Words, clean, code, words};
use crate::typesetter::Settings;
use crate::{DocumentLanguage, ReceiptDocument};

#[derive(Debug, Serialize)]
pub(crate) struct ReceiptSheet {
    settings: Settings,
    letterhead: LetterheadWords,
    number: String,
    received_on: WrittenDate,
    patient: PatientWords,
    method: Words,
    reference: Option<String>,
    currency: CurrencyWords,
    amount: String,
    received_by: Option<Words>,
    allocations: Vec<AllocationWords>,
    balance: String,
    credit: Option<String>,
    notes: Option<String>,
}

#[derive(Debug, Serialize)]
struct AllocationWords {
    invoice_number: String,
    amount: String,
}

pub(crate) fn sheet(receipt: &ReceiptDocument, language: DocumentLanguage) -> ReceiptSheet {
    let digits = receipt.digits.on(language);
    let amounts = AmountFormat { exponent: receipt.currency_exponent, digits };
    ReceiptSheet {
        settings: Settings::new(language, digits),
        letterhead: letterhead_words(&receipt.clinic, receipt.branch.as_ref()),
        number: code(Some(&receipt.number)).unwrap_or_default(),
        received_on: write_date(receipt.received_on, digits),
        patient: patient_words(&receipt.patient),
        method: Words::from(&receipt.method),
        reference: code(receipt.reference.as_deref()),
        currency: currency_words(&receipt.currency_code),
        amount: amounts.write(receipt.amount_minor),
        received_by: words(Some(&receipt.received_by)),
        allocations: receipt
            .allocations
            .iter()
            .map(|allocation| AllocationWords {
                invoice_number: code(Some(&allocation.invoice_number)).unwrap_or_default(),
                amount: amounts.write(allocation.amount_minor),
            })
            .collect(),
        balance: amounts.write(receipt.balance_minor),
        credit: (receipt.credit_minor != 0).then(|| amounts.write(receipt.credit_minor)),
        notes: receipt.notes.as_deref().map(clean).filter(|notes| !notes.is_empty()),
    }
}
