//! What an item costs, and who pays which part of it.

use rust_decimal::Decimal;

use crate::billing::{BillingError, LineInput, TaxKind, line_totals};

/// An item to price. Amounts are minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EstimateInput {
    pub unit_price: i64,
    pub quantity: i64,
    /// Of the whole item.
    pub discount: i64,
    /// In percent.
    pub tax_rate: Decimal,
    pub tax_kind: TaxKind,
    /// The share of the total that an insurer is expected to pay, 0 to 100.
    pub covered_percent: u8,
}

/// `total = subtotal − discount + tax = insurer + patient`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Estimate {
    pub subtotal: i64,
    pub discount: i64,
    pub tax: i64,
    pub total: i64,
    pub insurer: i64,
    pub patient: i64,
}

/// The price of an item as an invoice would have it, parted between insurer and patient: the insurer's share is rounded
/// half up, the patient has the rest, so that the parts always make up the whole.
pub fn estimate(item: &EstimateInput) -> Result<Estimate, BillingError> {
    let tax_rate = if item.tax_kind == TaxKind::Standard { item.tax_rate } else { Decimal::ZERO };
    let totals = line_totals(&LineInput {
        unit_price: item.unit_price,
        quantity: item.quantity,
        discount: item.discount,
        tax_rate,
        tax_kind: item.tax_kind,
    })?;
    let share = i128::from(totals.total) * i128::from(item.covered_percent.min(100));
    let insurer = i64::try_from((share + 50) / 100).map_err(|_| BillingError::Overflow)?;
    Ok(Estimate {
        subtotal: totals.subtotal,
        discount: totals.discount,
        tax: totals.tax,
        total: totals.total,
        insurer,
        patient: totals.total - insurer,
    })
}

/// The sum of estimates, part by part.
pub fn sum<'a>(estimates: impl IntoIterator<Item = &'a Estimate>) -> Result<Estimate, BillingError> {
    estimates.into_iter().try_fold(Estimate::default(), |sum, one| {
        let add = |a: i64, b: i64| a.checked_add(b).ok_or(BillingError::Overflow);
        Ok(Estimate {
            subtotal: add(sum.subtotal, one.subtotal)?,
            discount: add(sum.discount, one.discount)?,
            tax: add(sum.tax, one.tax)?,
            total: add(sum.total, one.total)?,
            insurer: add(sum.insurer, one.insurer)?,
            patient: add(sum.patient, one.patient)?,
        })
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn item(unit_price: i64, quantity: i64, discount: i64, covered_percent: u8) -> EstimateInput {
        let (tax_rate, tax_kind) = (Decimal::new(15, 0), TaxKind::Standard);
        EstimateInput { unit_price, quantity, discount, tax_rate, tax_kind, covered_percent }
    }

    #[test]
    fn tax_is_on_what_is_left_after_the_discount_and_the_insurer_pays_of_the_total() {
        let told = estimate(&item(100_000, 2, 50_000, 80)).unwrap();
        assert_eq!((told.subtotal, told.discount, told.tax, told.total), (200_000, 50_000, 22_500, 172_500));
        assert_eq!((told.insurer, told.patient), (138_000, 34_500));
        let exempt = EstimateInput { tax_kind: TaxKind::Exempt, ..item(100, 1, 0, 0) };
        assert_eq!(estimate(&exempt).unwrap().total, 100);
        assert!(estimate(&item(100, 1, 101, 0)).is_err());
    }

    proptest! {
        #[test]
        fn the_parts_make_up_the_whole(
            price in 0i64..=1_000_000_000, quantity in 1i64..=999, off in 0u8..=100, covered in 0u8..=100,
        ) {
            let discount = price * quantity / 100 * i64::from(off);
            let told = estimate(&item(price, quantity, discount, covered)).unwrap();
            prop_assert_eq!(told.insurer + told.patient, told.total);
            prop_assert_eq!(told.subtotal - told.discount + told.tax, told.total);
            prop_assert!(told.insurer >= 0 && told.patient >= 0);
            let twice = sum([&told, &told]).unwrap();
            prop_assert_eq!(twice.insurer + twice.patient, twice.total);
        }
    }
}
