//! What a document says. Amounts are in the currency's minor unit (piastres, halalas, fils).

use jiff::civil::Date;

/// The language a document is printed in. `Both` shows Arabic and English side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentLanguage {
    Arabic,
    English,
    Both,
}

/// The digits of amounts, dates, quantities and page numbers. An English document has Latin digits in any case;
/// codes (invoice and file numbers, phones, teeth) are printed as they are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Digits {
    #[default]
    Latin,
    ArabicIndic,
}

impl Digits {
    /// The digits a document in this language is written with.
    pub(crate) fn on(self, language: DocumentLanguage) -> Self {
        if language == DocumentLanguage::English { Self::Latin } else { self }
    }
}

/// A text in both languages. Where one is empty, the other stands in for it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bilingual {
    pub ar: String,
    pub en: String,
}

impl Bilingual {
    pub fn new(ar: impl Into<String>, en: impl Into<String>) -> Self {
        Self { ar: ar.into(), en: en.into() }
    }
}

/// The letterhead.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Clinic {
    pub name: Bilingual,
    pub address: Bilingual,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub tax_number: Option<String>,
    /// A PNG or JPEG picture.
    pub logo: Option<Vec<u8>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Patient {
    pub name: Bilingual,
    pub file_number: String,
    pub phone: Option<String>,
    pub national_id: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum InvoiceKind {
    #[default]
    Invoice,
    CreditNote,
    DebitNote,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceDocument {
    pub kind: InvoiceKind,
    pub clinic: Clinic,
    pub branch: Option<Bilingual>,
    /// `None` prints the document as a draft.
    pub number: Option<String>,
    /// The number of the invoice that a credit or debit note corrects.
    pub corrects: Option<String>,
    pub issued_on: Option<Date>,
    pub status: Option<Bilingual>,
    pub patient: Patient,
    pub doctors: Vec<Bilingual>,
    pub lines: Vec<InvoiceLine>,
    pub totals: InvoiceTotals,
    pub payments: Vec<InvoicePayment>,
    pub notes: Option<String>,
    /// ISO 4217, e.g. `EGP`.
    pub currency_code: String,
    /// How many decimals the currency has: 2 for EGP and SAR, 3 for KWD.
    pub currency_exponent: u8,
    pub digits: Digits,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct InvoiceLine {
    pub description: Bilingual,
    /// As the clinic writes it, several teeth of one unit together: `16` or `14–16`.
    pub tooth: Option<String>,
    pub surfaces: Option<String>,
    pub quantity: u32,
    pub unit_price_minor: i64,
    pub discount_minor: i64,
    /// `15 %`, `Zero-rated`, `Exempt`; empty where tax plays no part.
    pub tax_label: Bilingual,
    pub tax_minor: i64,
    pub total_minor: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct InvoiceTotals {
    pub subtotal_minor: i64,
    pub discount_minor: i64,
    pub tax_minor: i64,
    pub total_minor: i64,
    pub paid_minor: i64,
    pub balance_minor: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoicePayment {
    pub paid_on: Date,
    pub method: Bilingual,
    /// The receipt's number or the bank's reference.
    pub reference: Option<String>,
    pub amount_minor: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptDocument {
    pub clinic: Clinic,
    pub branch: Option<Bilingual>,
    pub number: String,
    pub received_on: Date,
    pub patient: Patient,
    pub method: Bilingual,
    /// The cheque's or the transfer's number.
    pub reference: Option<String>,
    pub amount_minor: i64,
    pub received_by: Bilingual,
    pub allocations: Vec<ReceiptAllocation>,
    /// What the patient still owes after this payment.
    pub balance_minor: i64,
    /// What the clinic holds for the patient after this payment.
    pub credit_minor: i64,
    pub notes: Option<String>,
    /// ISO 4217, e.g. `EGP`.
    pub currency_code: String,
    /// How many decimals the currency has: 2 for EGP and SAR, 3 for KWD.
    pub currency_exponent: u8,
    pub digits: Digits,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptAllocation {
    pub invoice_number: String,
    pub amount_minor: i64,
}
