//! Invoice arithmetic in minor units of the clinic's currency: lines, totals, tax, payments and their limits.
//!
//! One rounding rule: tax is rounded half up on each line, then lines are added. Every sum is checked, so a
//! number that does not fit is an error and never a wrong amount.

use rust_decimal::Decimal;
use uuid::Uuid;

use crate::wire_enum::wire_enum;

pub const MAX_QUANTITY: i64 = 999;
/// Digits after the point of a tax rate in percent.
const MAX_RATE_SCALE: u32 = 4;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BillingError {
    #[error("the quantity is between 1 and {MAX_QUANTITY}")]
    QuantityOutOfRange,
    #[error("a price is not negative")]
    PriceNegative,
    #[error("a discount is not negative")]
    DiscountNegative,
    #[error("the discount exceeds the line")]
    DiscountExceedsLine,
    #[error("a tax rate is between 0 and 100 percent")]
    TaxRateOutOfRange,
    #[error("what is zero-rated or exempt has the rate 0")]
    TaxRateNotZero,
    #[error("the amount is too large")]
    Overflow,
    #[error("the amount must be more than zero")]
    AmountNotPositive,
    #[error("more is allocated than the payment has")]
    AllocationExceedsPayment,
    #[error("more is allocated than the invoice still owes")]
    AllocationExceedsBalance,
    #[error("an invoice is named twice")]
    InvoiceRepeated,
    #[error("the refund exceeds what is left of the payment")]
    RefundExceedsPayment,
    #[error("the credit exceeds what is left of the line")]
    CreditExceedsLine,
}

impl BillingError {
    pub fn code(&self) -> &'static str {
        match self {
            Self::QuantityOutOfRange => "billing.quantity_out_of_range",
            Self::PriceNegative => "billing.price_negative",
            Self::DiscountNegative => "billing.discount_negative",
            Self::DiscountExceedsLine => "billing.discount_exceeds_line",
            Self::TaxRateOutOfRange => "billing.tax_rate_out_of_range",
            Self::TaxRateNotZero => "billing.tax_rate_not_zero",
            Self::Overflow => "billing.overflow",
            Self::AmountNotPositive => "billing.amount_not_positive",
            Self::AllocationExceedsPayment => "billing.allocation_exceeds_payment",
            Self::AllocationExceedsBalance => "billing.allocation_exceeds_balance",
            Self::InvoiceRepeated => "billing.invoice_repeated",
            Self::RefundExceedsPayment => "billing.refund_exceeds_payment",
            Self::CreditExceedsLine => "billing.credit_exceeds_line",
        }
    }
}

wire_enum! {
    pub enum TaxKind {
        Standard = "standard",
        Zero = "zero",
        Exempt = "exempt",
    }
}

wire_enum! {
    pub enum InvoiceStatus {
        Draft = "draft",
        Issued = "issued",
        PartPaid = "part_paid",
        Paid = "paid",
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineInput {
    pub unit_price: i64,
    pub quantity: i64,
    /// Of the whole line, not of one piece.
    pub discount: i64,
    /// In percent: `15` or `14.5`.
    pub tax_rate: Decimal,
    pub tax_kind: TaxKind,
}

/// `net = subtotal − discount`, `total = net + tax`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    pub subtotal: i64,
    pub discount: i64,
    pub net: i64,
    pub tax: i64,
    pub total: i64,
}

pub fn line_totals(line: &LineInput) -> Result<Totals, BillingError> {
    if !(1..=MAX_QUANTITY).contains(&line.quantity) {
        return Err(BillingError::QuantityOutOfRange);
    }
    if line.unit_price < 0 {
        return Err(BillingError::PriceNegative);
    }
    if line.discount < 0 {
        return Err(BillingError::DiscountNegative);
    }
    let subtotal = line.unit_price.checked_mul(line.quantity).ok_or(BillingError::Overflow)?;
    if line.discount > subtotal {
        return Err(BillingError::DiscountExceedsLine);
    }
    let net = subtotal - line.discount;
    let tax = tax_on(net, line.tax_rate, line.tax_kind)?;
    let total = net.checked_add(tax).ok_or(BillingError::Overflow)?;
    Ok(Totals { subtotal, discount: line.discount, net, tax, total })
}

/// Tax on an amount that is not negative, rounded half up to the minor unit.
fn tax_on(net: i64, rate: Decimal, kind: TaxKind) -> Result<i64, BillingError> {
    let rate = rate.normalize();
    if rate.is_sign_negative() && !rate.is_zero()
        || rate > Decimal::ONE_HUNDRED
        || rate.scale() > MAX_RATE_SCALE
    {
        return Err(BillingError::TaxRateOutOfRange);
    }
    if kind != TaxKind::Standard {
        return if rate.is_zero() { Ok(0) } else { Err(BillingError::TaxRateNotZero) };
    }
    // 19 digits of money by 7 of the rate fit 128 bits, so the product is exact and rounded once.
    let divisor = 100 * 10_i128.pow(rate.scale());
    let product = i128::from(net) * rate.mantissa();
    i64::try_from((product + divisor / 2) / divisor).map_err(|_| BillingError::Overflow)
}

/// The sum of the lines, part by part.
pub fn invoice_totals<'a>(lines: impl IntoIterator<Item = &'a Totals>) -> Result<Totals, BillingError> {
    lines.into_iter().try_fold(Totals::default(), |sum, line| {
        let add = |a: i64, b: i64| a.checked_add(b).ok_or(BillingError::Overflow);
        Ok(Totals {
            subtotal: add(sum.subtotal, line.subtotal)?,
            discount: add(sum.discount, line.discount)?,
            net: add(sum.net, line.net)?,
            tax: add(sum.tax, line.tax)?,
            total: add(sum.total, line.total)?,
        })
    })
}

/// The status of an issued invoice with this much paid. One of nothing is paid as soon as it is issued.
pub fn status_after(total: i64, allocated: i64) -> InvoiceStatus {
    if allocated >= total {
        InvoiceStatus::Paid
    } else if allocated > 0 {
        InvoiceStatus::PartPaid
    } else {
        InvoiceStatus::Issued
    }
}

/// What an invoice still owes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenInvoice {
    pub id: Uuid,
    pub balance: i64,
}

/// What a payment pays, and what of it stays as the patient's credit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allocation {
    pub parts: Vec<(Uuid, i64)>,
    pub credit: i64,
}

/// Spreads a payment over invoices in the order given, the oldest first.
pub fn allocate_payment(amount: i64, open_invoices: &[OpenInvoice]) -> Result<Allocation, BillingError> {
    if amount <= 0 {
        return Err(BillingError::AmountNotPositive);
    }
    let mut credit = amount;
    let mut parts = Vec::new();
    for invoice in open_invoices {
        let part = invoice.balance.min(credit);
        if part > 0 {
            parts.push((invoice.id, part));
            credit -= part;
        }
    }
    Ok(Allocation { parts, credit })
}

/// An amount of a payment that somebody wants to go to an invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestedPart {
    pub invoice: OpenInvoice,
    pub amount: i64,
}

/// Checks the parts that a person chose; what they leave is credit.
pub fn check_allocations(amount: i64, requested: &[RequestedPart]) -> Result<Allocation, BillingError> {
    if amount <= 0 {
        return Err(BillingError::AmountNotPositive);
    }
    let mut credit = amount;
    let mut parts: Vec<(Uuid, i64)> = Vec::with_capacity(requested.len());
    for RequestedPart { invoice, amount } in requested {
        if *amount <= 0 {
            return Err(BillingError::AmountNotPositive);
        }
        if parts.iter().any(|(id, _)| *id == invoice.id) {
            return Err(BillingError::InvoiceRepeated);
        }
        if *amount > invoice.balance {
            return Err(BillingError::AllocationExceedsBalance);
        }
        if *amount > credit {
            return Err(BillingError::AllocationExceedsPayment);
        }
        credit -= amount;
        parts.push((invoice.id, *amount));
    }
    Ok(Allocation { parts, credit })
}

/// What of a payment can still be given back after this refund.
pub fn check_refund(payment: i64, refunded: i64, amount: i64) -> Result<i64, BillingError> {
    left_after(payment, refunded, amount, BillingError::RefundExceedsPayment)
}

/// What of a line can still be credited after this credit.
pub fn check_credit(line_total: i64, credited: i64, amount: i64) -> Result<i64, BillingError> {
    left_after(line_total, credited, amount, BillingError::CreditExceedsLine)
}

fn left_after(whole: i64, taken: i64, amount: i64, exceeded: BillingError) -> Result<i64, BillingError> {
    if amount <= 0 {
        return Err(BillingError::AmountNotPositive);
    }
    let left = whole.checked_sub(taken).ok_or(BillingError::Overflow)?;
    if amount > left { Err(exceeded) } else { Ok(left - amount) }
}

/// What a numbered document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DocumentKind {
    Invoice,
    Receipt,
    CreditNote,
    Refund,
}

impl DocumentKind {
    /// The name of the counter its numbers come from.
    pub fn series(self) -> &'static str {
        match self {
            Self::Invoice => "invoice",
            Self::Receipt => "receipt",
            Self::CreditNote => "credit_note",
            Self::Refund => "refund",
        }
    }

    pub fn prefix(self) -> &'static str {
        match self {
            Self::Invoice => "INV",
            Self::Receipt => "RCT",
            Self::CreditNote => "CN",
            Self::Refund => "RFD",
        }
    }
}

/// `INV-2026-000001`, with a branch's prefix `INV-B2-2026-000001`; a number of more than six digits is written in
/// full.
pub fn document_number(kind: DocumentKind, branch_prefix: &str, year: i16, number: u64) -> String {
    let dash = if branch_prefix.is_empty() { "" } else { "-" };
    format!("{}-{branch_prefix}{dash}{year:04}-{number:06}", kind.prefix())
}

/// A patient's file number as it is shown: `000123`.
pub fn file_number(number: u64) -> String {
    format!("{number:06}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn line(unit_price: i64, quantity: i64, discount: i64, rate: &str) -> LineInput {
        LineInput {
            unit_price,
            quantity,
            discount,
            tax_rate: rate.parse().unwrap(),
            tax_kind: TaxKind::Standard,
        }
    }

    fn id(n: u128) -> Uuid {
        Uuid::from_u128(n)
    }

    fn open(n: u128, balance: i64) -> OpenInvoice {
        OpenInvoice { id: id(n), balance }
    }

    #[test]
    fn tax_is_rounded_half_up_on_the_line() {
        for (input, subtotal, net, tax, total) in [
            (line(50_000, 1, 0, "0"), 50_000, 50_000, 0, 50_000),
            (line(50_000, 2, 10_000, "14"), 100_000, 90_000, 12_600, 102_600),
            (line(10, 1, 0, "15"), 10, 10, 2, 12),
            (line(3, 1, 0, "15"), 3, 3, 0, 3),
            (line(10, 1, 0, "14.9999"), 10, 10, 1, 11),
            (line(1, 1, 0, "50"), 1, 1, 1, 2),
            (line(333, 3, 0, "5"), 999, 999, 50, 1_049),
            (line(125_500, 1, 0, "100"), 125_500, 125_500, 125_500, 251_000),
            (line(0, 999, 0, "15"), 0, 0, 0, 0),
            (line(100, 1, 100, "15"), 100, 0, 0, 0),
        ] {
            let expected = Totals { subtotal, discount: input.discount, net, tax, total };
            assert_eq!(line_totals(&input), Ok(expected), "{input:?}");
        }
    }

    #[test]
    fn each_line_is_rounded_before_they_are_added() {
        let lines: Vec<_> = (0..3).map(|_| line_totals(&line(10, 1, 0, "15")).unwrap()).collect();
        assert_eq!(invoice_totals(&lines).unwrap().tax, 6, "not 4.5 rounded to 5");
        assert_eq!(invoice_totals(&[]), Ok(Totals::default()));
    }

    #[test]
    fn what_is_not_a_line_is_refused_by_name() {
        let kind = |tax_kind, rate| LineInput { tax_kind, ..line(100, 1, 0, rate) };
        for (input, code) in [
            (line(100, 0, 0, "0"), "billing.quantity_out_of_range"),
            (line(100, -1, 0, "0"), "billing.quantity_out_of_range"),
            (line(100, 1_000, 0, "0"), "billing.quantity_out_of_range"),
            (line(-1, 1, 0, "0"), "billing.price_negative"),
            (line(100, 1, -1, "0"), "billing.discount_negative"),
            (line(100, 2, 201, "0"), "billing.discount_exceeds_line"),
            (line(100, 1, 0, "-1"), "billing.tax_rate_out_of_range"),
            (line(100, 1, 0, "100.01"), "billing.tax_rate_out_of_range"),
            (line(100, 1, 0, "14.99999"), "billing.tax_rate_out_of_range"),
            (kind(TaxKind::Zero, "15"), "billing.tax_rate_not_zero"),
            (kind(TaxKind::Exempt, "0.5"), "billing.tax_rate_not_zero"),
            (line(i64::MAX, 2, 0, "0"), "billing.overflow"),
            (line(i64::MAX, 1, 0, "15"), "billing.overflow"),
        ] {
            assert_eq!(line_totals(&input).unwrap_err().code(), code, "{input:?}");
        }
        assert_eq!(line_totals(&kind(TaxKind::Zero, "0.00")).unwrap().tax, 0);
        let half = line_totals(&line(i64::MAX, 1, 0, "0")).unwrap();
        assert_eq!(invoice_totals(&[half, half]), Err(BillingError::Overflow));
    }

    #[test]
    fn the_status_follows_what_is_paid() {
        for (total, allocated, status) in [
            (100, 0, InvoiceStatus::Issued),
            (100, 1, InvoiceStatus::PartPaid),
            (100, 99, InvoiceStatus::PartPaid),
            (100, 100, InvoiceStatus::Paid),
            (0, 0, InvoiceStatus::Paid),
            (100, -5, InvoiceStatus::Issued),
        ] {
            assert_eq!(status_after(total, allocated), status);
        }
    }

    #[test]
    fn a_payment_goes_to_the_oldest_invoice_first() {
        let invoices = [open(1, 100), open(2, 0), open(3, -20), open(4, 50)];
        let parts = |amount| allocate_payment(amount, &invoices).unwrap();
        assert_eq!(parts(30), Allocation { parts: vec![(id(1), 30)], credit: 0 });
        assert_eq!(parts(120), Allocation { parts: vec![(id(1), 100), (id(4), 20)], credit: 0 });
        assert_eq!(parts(200), Allocation { parts: vec![(id(1), 100), (id(4), 50)], credit: 50 });
        for amount in [0, -1, i64::MIN] {
            assert_eq!(
                allocate_payment(amount, &invoices).unwrap_err().code(),
                "billing.amount_not_positive"
            );
        }
    }

    #[test]
    fn chosen_allocations_stay_within_payment_and_invoice() {
        let part = |n, balance, amount| RequestedPart { invoice: open(n, balance), amount };
        let checked =
            |amount, parts: &[RequestedPart]| check_allocations(amount, parts).map_err(|e| e.code());
        assert_eq!(
            checked(100, &[part(1, 60, 60), part(2, 90, 30)]),
            Ok(Allocation { parts: vec![(id(1), 60), (id(2), 30)], credit: 10 })
        );
        assert_eq!(checked(100, &[]), Ok(Allocation { parts: vec![], credit: 100 }));
        assert_eq!(checked(0, &[]), Err("billing.amount_not_positive"));
        assert_eq!(checked(100, &[part(1, 60, 0)]), Err("billing.amount_not_positive"));
        assert_eq!(checked(100, &[part(1, 60, 61)]), Err("billing.allocation_exceeds_balance"));
        assert_eq!(
            checked(100, &[part(1, 60, 60), part(2, 60, 60)]),
            Err("billing.allocation_exceeds_payment")
        );
        assert_eq!(checked(100, &[part(1, 60, 30), part(1, 60, 40)]), Err("billing.invoice_repeated"));
    }

    #[test]
    fn a_refund_never_exceeds_what_is_left() {
        assert_eq!(check_refund(100, 0, 100), Ok(0));
        assert_eq!(check_refund(100, 60, 30), Ok(10));
        assert_eq!(check_refund(100, 60, 41).unwrap_err().code(), "billing.refund_exceeds_payment");
        assert_eq!(check_refund(100, 100, 1).unwrap_err().code(), "billing.refund_exceeds_payment");
        assert_eq!(check_refund(100, 0, 0).unwrap_err().code(), "billing.amount_not_positive");
        assert_eq!(check_refund(i64::MIN, 1, 1).unwrap_err().code(), "billing.overflow");
        assert_eq!(check_credit(100, 80, 21).unwrap_err().code(), "billing.credit_exceeds_line");
        assert_eq!(check_credit(100, 80, 20), Ok(0));
    }

    #[test]
    fn documents_are_numbered_by_kind_and_year() {
        assert_eq!(document_number(DocumentKind::Invoice, "", 2026, 1), "INV-2026-000001");
        assert_eq!(document_number(DocumentKind::Refund, "B2", 2026, 7), "RFD-B2-2026-000007");
        assert_eq!(document_number(DocumentKind::Receipt, "", 2026, 42), "RCT-2026-000042");
        assert_eq!(document_number(DocumentKind::CreditNote, "", 2027, 1_234_567), "CN-2027-1234567");
        assert_eq!(file_number(123), "000123");
        assert_eq!(file_number(1_234_567), "1234567");
    }

    fn any_line() -> impl Strategy<Value = LineInput> {
        let rate = prop_oneof![
            (0i64..=1_000_000).prop_map(|ten_thousandths| Decimal::new(ten_thousandths, 4)),
            (any::<i64>(), 0u32..=28).prop_map(|(mantissa, scale)| Decimal::new(mantissa, scale)),
        ];
        let money = || prop_oneof![any::<i64>(), 0i64..1_000_000_000];
        let quantity = prop_oneof![any::<i64>(), 1i64..=MAX_QUANTITY];
        (money(), quantity, money(), rate, proptest::sample::select(TaxKind::ALL)).prop_map(
            |(unit_price, quantity, discount, tax_rate, tax_kind)| LineInput {
                unit_price,
                quantity,
                discount,
                tax_rate,
                tax_kind,
            },
        )
    }

    fn good_line() -> impl Strategy<Value = LineInput> {
        (0i64..1_000_000_000, 1i64..=MAX_QUANTITY, 0u8..=100, 0i64..=1_000_000).prop_map(
            |(unit_price, quantity, percent_off, rate)| LineInput {
                unit_price,
                quantity,
                discount: unit_price * quantity / 100 * i64::from(percent_off),
                tax_rate: Decimal::new(rate, 4),
                tax_kind: TaxKind::Standard,
            },
        )
    }

    proptest! {
        #[test]
        fn any_numbers_give_totals_that_agree_or_an_error(input in any_line()) {
            if let Ok(totals) = line_totals(&input) {
                prop_assert_eq!(totals.net, totals.subtotal - totals.discount);
                prop_assert_eq!(totals.total, totals.net + totals.tax);
                prop_assert!(totals.net >= 0 && totals.tax >= 0 && totals.tax <= totals.net);
            }
        }

        #[test]
        fn rounding_is_off_by_half_a_unit_at_most(input in good_line()) {
            let totals = line_totals(&input).unwrap();
            let exact = Decimal::from(totals.net) * input.tax_rate / Decimal::ONE_HUNDRED;
            let off = Decimal::from(totals.tax) - exact;
            let half = Decimal::new(5, 1);
            prop_assert!(-half < off && off <= half, "{off}");
        }

        #[test]
        fn the_invoice_is_the_sum_of_its_lines(inputs in proptest::collection::vec(good_line(), 0..20)) {
            let lines: Vec<_> = inputs.iter().map(|input| line_totals(input).unwrap()).collect();
            let invoice = invoice_totals(&lines).unwrap();
            prop_assert_eq!(invoice.total, lines.iter().map(|line| line.total).sum::<i64>());
            prop_assert_eq!(invoice.total, invoice.subtotal - invoice.discount + invoice.tax);
        }

        #[test]
        fn a_payment_is_neither_lost_nor_multiplied(
            amount in any::<i64>(), balances in proptest::collection::vec(any::<i64>(), 0..8)
        ) {
            let invoices: Vec<_> = balances.iter().zip(1u128..).map(|(balance, n)| open(n, *balance)).collect();
            if let Ok(allocation) = allocate_payment(amount, &invoices) {
                let paid: i64 = allocation.parts.iter().map(|(_, part)| part).sum();
                prop_assert_eq!(paid + allocation.credit, amount);
                for (id, part) in &allocation.parts {
                    let invoice = invoices.iter().find(|invoice| invoice.id == *id).unwrap();
                    prop_assert!(*part > 0 && *part <= invoice.balance);
                }
                prop_assert!(allocation.credit == 0 || paid == balances.iter().map(|b| i128::from((*b).max(0))).sum::<i128>() as i64);
            } else {
                prop_assert!(amount <= 0);
            }
        }

        #[test]
        fn any_refund_is_judged_without_panic(payment in any::<i64>(), refunded in any::<i64>(), amount in any::<i64>()) {
            if let Ok(left) = check_refund(payment, refunded, amount) {
                prop_assert!(amount > 0 && left >= 0);
                prop_assert_eq!(i128::from(payment), i128::from(refunded) + i128::from(amount) + i128::from(left));
            }
            let _ = status_after(payment, refunded);
            let _ = check_allocations(payment, &[RequestedPart { invoice: open(1, refunded), amount }]);
        }
    }
}
