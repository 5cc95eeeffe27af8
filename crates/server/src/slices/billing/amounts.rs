//! Amounts in the clinic's currency: from the wire to minor units and back.

use dentpro_core::billing::BillingError;
use dentpro_core::money::{Currency, Money};

use crate::kernel::error::{ApiError, ApiResult};

/// What a payment or the sum of an invoice is at most, as the database has it.
pub const MAX_AMOUNT: i64 = 1_000_000_000_000_000;
/// What one piece costs at most.
pub const MAX_PRICE: i64 = 1_000_000_000_000;

/// The minor units of an amount that has to be in the clinic's currency.
pub fn minor_in(currency: Currency, money: Money, pointer: &str) -> ApiResult<i64> {
    if money.currency == currency {
        Ok(money.minor)
    } else {
        Err(ApiError::invalid(pointer, "billing.currency_mismatch"))
    }
}

/// The same for what is paid or refunded: more than zero, and not more than an amount can be.
pub fn positive_minor_in(currency: Currency, money: Money, pointer: &str) -> ApiResult<i64> {
    let minor = minor_in(currency, money, pointer)?;
    if minor <= 0 {
        return Err(ApiError::invalid(pointer, BillingError::AmountNotPositive.code()));
    }
    if minor > MAX_AMOUNT {
        return Err(ApiError::invalid(pointer, BillingError::Overflow.code()));
    }
    Ok(minor)
}
