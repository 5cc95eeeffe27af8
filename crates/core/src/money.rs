//! Amounts of money: whole numbers of a currency's smallest unit, never a float.
//!
//! On the wire an amount is a decimal string with exactly the currency's exponent:
//! `{ "amount": "125.500", "currency": "KWD" }`. There is one rounding rule: half away from zero
//! ("half up" for what is owed, and the mirror image of it for a credit), once per line.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::text::Digits;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    #[error("not a known currency: give its three capital letters, as EGP")]
    UnknownCurrency,
    #[error("not an amount: give digits, with a point before the decimals, as 125.50")]
    Malformed,
    #[error("write the amount with the digits 0 to 9")]
    ForeignDigits,
    #[error("more decimals than the currency has ({exponent})")]
    TooManyDecimals { exponent: u32 },
    #[error("the amount is too large")]
    TooLarge,
    #[error("the amounts are in different currencies")]
    CurrencyMismatch,
    #[error("a rate has at most 12 decimals and is at most a million percent")]
    BadRate,
    #[error("an amount is shared out by weights that are not negative, one of them above zero")]
    BadWeights,
}

impl MoneyError {
    /// Stable: clients and translations go by it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownCurrency => "money.unknown_currency",
            Self::Malformed => "money.malformed",
            Self::ForeignDigits => "money.foreign_digits",
            Self::TooManyDecimals { .. } => "money.too_many_decimals",
            Self::TooLarge => "money.too_large",
            Self::CurrencyMismatch => "money.currency_mismatch",
            Self::BadRate => "money.bad_rate",
            Self::BadWeights => "money.bad_weights",
        }
    }
}

/// The ISO 4217 currencies in circulation, by how many decimals they have.
const CURRENCIES: &[(u32, &str)] = &[
    (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"),
    (3, "BHD IQD JOD KWD LYD OMR TND"),
    (
        2,
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP \
         CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS \
         INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN \
         MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE \
         SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD YER ZAR ZMW",
    ),
];

/// A currency in circulation, known by its ISO 4217 code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency {
    code: &'static str,
    exponent: u32,
}

impl Currency {
    pub fn code(self) -> &'static str {
        self.code
    }

    /// How many decimals it has: 0, 2 or 3.
    pub fn exponent(self) -> u32 {
        self.exponent
    }

    pub fn all() -> impl Iterator<Item = Self> {
        CURRENCIES
            .iter()
            .flat_map(|&(exponent, codes)| codes.split(' ').map(move |code| Self { code, exponent }))
    }

    fn units_of_one(self) -> i64 {
        10_i64.pow(self.exponent)
    }
}

impl FromStr for Currency {
    type Err = MoneyError;

    fn from_str(code: &str) -> Result<Self, MoneyError> {
        Self::all().find(|currency| currency.code == code).ok_or(MoneyError::UnknownCurrency)
    }
}

impl TryFrom<String> for Currency {
    type Error = MoneyError;

    fn try_from(code: String) -> Result<Self, MoneyError> {
        code.parse()
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code.to_owned()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code)
    }
}

/// An amount in minor units: 125.500 KWD is `minor` 125500, 125.50 EGP is 12550. Both signs are legal here;
/// whether a negative amount makes sense is for the rule that takes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "MoneyOnTheWire", into = "MoneyOnTheWire")]
pub struct Money {
    pub minor: i64,
    pub currency: Currency,
}

impl Money {
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    pub const fn zero(currency: Currency) -> Self {
        Self { minor: 0, currency }
    }

    pub const fn is_zero(self) -> bool {
        self.minor == 0
    }

    pub const fn is_negative(self) -> bool {
        self.minor < 0
    }

    pub const fn is_positive(self) -> bool {
        self.minor > 0
    }

    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        self.with(self.minor.checked_add(other.minor))
    }

    pub fn checked_sub(self, other: Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        self.with(self.minor.checked_sub(other.minor))
    }

    pub fn checked_neg(self) -> Result<Self, MoneyError> {
        self.with(self.minor.checked_neg())
    }

    /// The price of `quantity` pieces.
    pub fn times(self, quantity: i64) -> Result<Self, MoneyError> {
        self.with(self.minor.checked_mul(quantity))
    }

    /// Adds up; the currency is given so that no amounts at all are zero of it.
    pub fn sum(currency: Currency, amounts: impl IntoIterator<Item = Self>) -> Result<Self, MoneyError> {
        amounts.into_iter().try_fold(Self::zero(currency), Self::checked_add)
    }

    /// `rate` percent of it (`15` is 15 %), rounded to the minor unit, half away from zero.
    pub fn percent(self, rate: Decimal) -> Result<Self, MoneyError> {
        let rate = rate.normalize();
        // These limits keep the product exact in 128 bits whatever the amount is.
        if rate.scale() > 12 || rate.abs() > Decimal::from(1_000_000) {
            return Err(MoneyError::BadRate);
        }
        let product = i128::from(self.minor) * rate.mantissa();
        let divisor = 100 * 10_i128.pow(rate.scale());
        let (quotient, remainder) = (product / divisor, product % divisor);
        let away = if remainder.abs() * 2 >= divisor { product.signum() } else { 0 };
        self.with(i64::try_from(quotient + away).ok())
    }

    /// Shares it out in proportion to `weights`; the parts always sum to the whole and the order is kept.
    ///
    /// Each part is rounded towards zero and what remains goes to the largest weight (the first of equals). Where
    /// the weights are amounts that the whole fits into (a discount over the lines of an invoice), no part grows
    /// larger than its weight: what does not fit goes on to the next largest.
    pub fn allocate(self, weights: &[i64]) -> Result<Vec<Self>, MoneyError> {
        let sum: i128 = weights.iter().map(|&weight| i128::from(weight)).sum();
        if sum <= 0 || weights.iter().any(|&weight| weight < 0) {
            return Err(MoneyError::BadWeights);
        }
        let whole = i128::from(self.minor).abs();
        let mut parts: Vec<i128> = weights.iter().map(|&weight| whole * i128::from(weight) / sum).collect();
        let mut left = whole - parts.iter().sum::<i128>();
        let mut by_size: Vec<usize> = (0..weights.len()).collect();
        by_size.sort_by_key(|&index| std::cmp::Reverse(weights[index]));
        for index in by_size {
            let room = if whole <= sum { i128::from(weights[index]) - parts[index] } else { left };
            let given = left.min(room);
            parts[index] += given;
            left -= given;
        }
        let sign = i128::from(self.minor).signum();
        parts.into_iter().map(|part| self.with(i64::try_from(part * sign).ok())).collect()
    }

    /// Reads `-?digits[.digits]`: ASCII digits, a point, no grouping, no more decimals than the currency has.
    pub fn parse(amount: &str, currency: Currency) -> Result<Self, MoneyError> {
        let (negative, unsigned) = match amount.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, amount),
        };
        if unsigned.chars().any(|c| !c.is_ascii() && c.is_numeric()) {
            return Err(MoneyError::ForeignDigits);
        }
        let (whole, decimals) = match unsigned.split_once('.') {
            Some((_, "")) => return Err(MoneyError::Malformed),
            Some(parts) => parts,
            None => (unsigned, ""),
        };
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !all_digits(whole) || !all_digits(decimals) {
            return Err(MoneyError::Malformed);
        }
        let missing = (currency.exponent as usize)
            .checked_sub(decimals.len())
            .ok_or(MoneyError::TooManyDecimals { exponent: currency.exponent })?;
        let mut minor = 0_i64;
        for digit in whole.bytes().chain(decimals.bytes()).chain(std::iter::repeat_n(b'0', missing)) {
            let digit = i64::from(digit - b'0');
            minor = minor
                .checked_mul(10)
                .and_then(|tens| if negative { tens.checked_sub(digit) } else { tens.checked_add(digit) })
                .ok_or(MoneyError::TooLarge)?;
        }
        Ok(Self { minor, currency })
    }

    /// `125.500`: ASCII digits and exactly the currency's decimals; what [`Money::parse`] reads.
    pub fn to_decimal_string(self) -> String {
        let (sign, whole, decimals) = self.written();
        if decimals.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{decimals}") }
    }

    /// For documents: `1,250.00`, or `١٬٢٥٠٫٠٠` in Arabic digits. The currency's name is the document's to add.
    pub fn format(self, digits: Digits) -> String {
        let (group, point) = match digits {
            Digits::Latin => (',', '.'),
            Digits::Arabic => ('\u{066C}', '\u{066B}'),
        };
        let (sign, whole, decimals) = self.written();
        let mut written = String::from(sign);
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index).is_multiple_of(3) {
                written.push(group);
            }
            written.push(digit);
        }
        if !decimals.is_empty() {
            written.push(point);
            written.push_str(&decimals);
        }
        digits.write(&written)
    }

    fn written(self) -> (&'static str, String, String) {
        let one = self.currency.units_of_one().unsigned_abs();
        let minor = self.minor.unsigned_abs();
        let width = self.currency.exponent as usize;
        let decimals = if width == 0 { String::new() } else { format!("{:0width$}", minor % one) };
        (if self.minor < 0 { "-" } else { "" }, (minor / one).to_string(), decimals)
    }

    fn same_currency(self, other: Self) -> Result<(), MoneyError> {
        if self.currency == other.currency { Ok(()) } else { Err(MoneyError::CurrencyMismatch) }
    }

    fn with(self, minor: Option<i64>) -> Result<Self, MoneyError> {
        minor.map(|minor| Self { minor, currency: self.currency }).ok_or(MoneyError::TooLarge)
    }
}

/// `125.500 KWD`, for logs and messages; documents use [`Money::format`].
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.to_decimal_string(), self.currency)
    }
}

/// An amount of money as a decimal string with the currency's exponent.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
struct MoneyOnTheWire {
    /// Decimal string with exactly as many decimals as the currency has; fewer are read, more are refused.
    #[cfg_attr(feature = "openapi", schema(pattern = "^-?[0-9]{1,19}(\\.[0-9]{1,3})?$", example = "125.50"))]
    amount: String,
    /// ISO 4217 code.
    #[cfg_attr(feature = "openapi", schema(pattern = "^[A-Z]{3}$", example = "EGP"))]
    currency: String,
}

impl TryFrom<MoneyOnTheWire> for Money {
    type Error = MoneyError;

    fn try_from(wire: MoneyOnTheWire) -> Result<Self, MoneyError> {
        Self::parse(&wire.amount, wire.currency.parse()?)
    }
}

impl From<Money> for MoneyOnTheWire {
    fn from(money: Money) -> Self {
        Self { amount: money.to_decimal_string(), currency: money.currency.into() }
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Money {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        MoneyOnTheWire::schema()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Money {
    fn name() -> std::borrow::Cow<'static, str> {
        "Money".into()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn currency(code: &str) -> Currency {
        code.parse().unwrap()
    }

    fn egp(minor: i64) -> Money {
        Money::new(minor, currency("EGP"))
    }

    fn any_currency() -> impl Strategy<Value = Currency> {
        proptest::sample::select(Currency::all().collect::<Vec<_>>())
    }

    #[test]
    fn currencies_have_their_iso_exponent() {
        for (code, exponent) in [
            ("EGP", 2),
            ("SAR", 2),
            ("AED", 2),
            ("QAR", 2),
            ("USD", 2),
            ("EUR", 2),
            ("GBP", 2),
            ("MAD", 2),
            ("KWD", 3),
            ("BHD", 3),
            ("JOD", 3),
            ("OMR", 3),
            ("TND", 3),
            ("LYD", 3),
            ("IQD", 3),
            ("JPY", 0),
        ] {
            assert_eq!(currency(code).exponent(), exponent, "{code}");
            assert_eq!(currency(code).to_string(), code);
        }
        for code in ["", "egp", "EG", "EGPX", "XXX", "EGP ", "EGP SAR", "ج.م"] {
            assert_eq!(code.parse::<Currency>(), Err(MoneyError::UnknownCurrency), "{code}");
        }
    }

    #[test]
    fn each_currency_is_listed_once() {
        let mut codes: Vec<_> = Currency::all().map(Currency::code).collect();
        assert!(codes.iter().all(|code| code.len() == 3));
        let listed = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), listed);
    }

    #[test]
    fn amounts_are_read_strictly() {
        for (text, code, minor) in [
            ("125.500", "KWD", 125_500),
            ("125.5", "KWD", 125_500),
            ("125", "KWD", 125_000),
            ("0.001", "KWD", 1),
            ("125.50", "EGP", 12_550),
            ("-0.01", "EGP", -1),
            ("007.10", "EGP", 710),
            ("-0.00", "EGP", 0),
            ("1250", "JPY", 1_250),
            ("92233720368547758.07", "EGP", i64::MAX),
            ("-92233720368547758.08", "EGP", i64::MIN),
        ] {
            assert_eq!(
                Money::parse(text, currency(code)),
                Ok(Money::new(minor, currency(code))),
                "{text} {code}"
            );
        }
        let two = MoneyError::TooManyDecimals { exponent: 2 };
        for (text, code, error) in [
            ("1.001", "EGP", two),
            ("1.000", "EGP", two),
            ("1.0", "JPY", MoneyError::TooManyDecimals { exponent: 0 }),
            ("1.0000", "KWD", MoneyError::TooManyDecimals { exponent: 3 }),
            ("92233720368547758.08", "EGP", MoneyError::TooLarge),
            ("99999999999999999999999999999999", "EGP", MoneyError::TooLarge),
            ("١٢٥", "EGP", MoneyError::ForeignDigits),
            ("12٥", "EGP", MoneyError::ForeignDigits),
            ("۱۲", "EGP", MoneyError::ForeignDigits),
            ("１２", "EGP", MoneyError::ForeignDigits),
            ("", "EGP", MoneyError::Malformed),
            ("-", "EGP", MoneyError::Malformed),
            (".", "EGP", MoneyError::Malformed),
            ("5.", "EGP", MoneyError::Malformed),
            (".5", "EGP", MoneyError::Malformed),
            ("+5", "EGP", MoneyError::Malformed),
            ("--5", "EGP", MoneyError::Malformed),
            (" 5", "EGP", MoneyError::Malformed),
            ("5 ", "EGP", MoneyError::Malformed),
            ("1,250", "EGP", MoneyError::Malformed),
            ("1e3", "EGP", MoneyError::Malformed),
            ("1.2.3", "EGP", MoneyError::Malformed),
            ("0x10", "EGP", MoneyError::Malformed),
            ("NaN", "EGP", MoneyError::Malformed),
            ("5\0", "EGP", MoneyError::Malformed),
            ("1.-5", "EGP", MoneyError::Malformed),
        ] {
            assert_eq!(Money::parse(text, currency(code)), Err(error), "{text:?} {code}");
        }
    }

    #[test]
    fn documents_show_grouped_amounts_in_either_digits() {
        for (minor, code, latin, arabic) in [
            (125_000, "EGP", "1,250.00", "١٬٢٥٠٫٠٠"),
            (5, "EGP", "0.05", "٠٫٠٥"),
            (100_000, "EGP", "1,000.00", "١٬٠٠٠٫٠٠"),
            (99_999, "EGP", "999.99", "٩٩٩٫٩٩"),
            (-123_456_789, "KWD", "-123,456.789", "-١٢٣٬٤٥٦٫٧٨٩"),
            (1_000_000, "JPY", "1,000,000", "١٬٠٠٠٬٠٠٠"),
            (0, "JPY", "0", "٠"),
        ] {
            let money = Money::new(minor, currency(code));
            assert_eq!(money.format(Digits::Latin), latin);
            assert_eq!(money.format(Digits::Arabic), arabic);
        }
        assert_eq!(egp(i64::MIN).to_decimal_string(), "-92233720368547758.08");
    }

    #[test]
    fn percent_rounds_half_away_from_zero() {
        for (minor, rate, expected) in [
            (10_000, "15", 1_500),
            (10, "15", 2),
            (3, "50", 2),
            (1, "50", 1),
            (1, "49.99", 0),
            (-3, "50", -2),
            (-1, "50", -1),
            (3, "-50", -2),
            (333, "14", 47),
            (1_005, "10", 101),
            (0, "15", 0),
            (777, "0", 0),
            (777, "100.000", 777),
            (i64::MAX, "100", i64::MAX),
            (i64::MIN, "100", i64::MIN),
            (200, "33.333333333333", 67),
        ] {
            assert_eq!(egp(minor).percent(rate.parse().unwrap()), Ok(egp(expected)), "{rate} % of {minor}");
        }
        assert_eq!(egp(i64::MAX).percent(Decimal::from(101)), Err(MoneyError::TooLarge));
        assert_eq!(egp(1).percent("0.0000000000001".parse().unwrap()), Err(MoneyError::BadRate));
        assert_eq!(egp(1).percent(Decimal::from(1_000_001)), Err(MoneyError::BadRate));
        assert_eq!(egp(1).percent(Decimal::MAX), Err(MoneyError::BadRate));
    }

    #[test]
    fn sums_refuse_overflow_and_mixed_currencies() {
        assert_eq!(egp(1).checked_add(egp(2)), Ok(egp(3)));
        assert_eq!(egp(1).checked_sub(egp(2)), Ok(egp(-1)));
        assert_eq!(egp(i64::MAX).checked_add(egp(1)), Err(MoneyError::TooLarge));
        assert_eq!(egp(i64::MIN).checked_sub(egp(1)), Err(MoneyError::TooLarge));
        assert_eq!(egp(i64::MIN).checked_neg(), Err(MoneyError::TooLarge));
        assert_eq!(egp(i64::MAX).times(2), Err(MoneyError::TooLarge));
        assert_eq!(egp(150).times(3), Ok(egp(450)));
        assert_eq!(egp(1).checked_add(Money::zero(currency("SAR"))), Err(MoneyError::CurrencyMismatch));
        assert_eq!(Money::sum(currency("EGP"), []), Ok(egp(0)));
        assert_eq!(Money::sum(currency("EGP"), [egp(5), egp(7)]), Ok(egp(12)));
        assert_eq!(Money::sum(currency("SAR"), [egp(5)]), Err(MoneyError::CurrencyMismatch));
    }

    #[test]
    fn what_remains_of_an_allocation_goes_to_the_largest_line() {
        for (whole, weights, parts) in [
            (100, &[1, 1, 1][..], &[34, 33, 33][..]),
            (100, &[1, 2, 3], &[16, 33, 51]),
            (-100, &[1, 2, 3], &[-16, -33, -51]),
            (5, &[50, 50], &[3, 2]),
            // A discount never makes a line negative.
            (2, &[1, 1, 1], &[1, 1, 0]),
            (0, &[1, 0], &[0, 0]),
            (7, &[0, 3, 0], &[0, 7, 0]),
            (i64::MAX, &[i64::MAX, i64::MAX], &[i64::MAX / 2 + 1, i64::MAX / 2]),
            (i64::MIN, &[1], &[i64::MIN]),
        ] {
            let parts: Vec<_> = parts.iter().map(|&part| egp(part)).collect();
            assert_eq!(egp(whole).allocate(weights), Ok(parts), "{whole} over {weights:?}");
        }
        for weights in [&[][..], &[0], &[0, 0], &[-1, 2], &[-1]] {
            assert_eq!(egp(10).allocate(weights), Err(MoneyError::BadWeights), "{weights:?}");
        }
    }

    #[test]
    fn the_wire_shape_is_a_decimal_string_and_a_code() {
        let money = Money::new(125_500, currency("KWD"));
        let json = r#"{"amount":"125.500","currency":"KWD"}"#;
        assert_eq!(serde_json::to_string(&money).unwrap(), json);
        assert_eq!(serde_json::from_str::<Money>(json).unwrap(), money);
        for (json, says) in [
            (r#"{"amount":"1","currency":"EGP","note":"x"}"#, "unknown field"),
            (r#"{"amount":125.5,"currency":"EGP"}"#, "expected a string"),
            (r#"{"amount":"١٢","currency":"EGP"}"#, "digits 0 to 9"),
            (r#"{"amount":"1.005","currency":"EGP"}"#, "more decimals"),
            (r#"{"amount":"1","currency":"egp"}"#, "known currency"),
            (r#"{"amount":"1"}"#, "missing field"),
        ] {
            let error = serde_json::from_str::<Money>(json).unwrap_err().to_string();
            assert!(error.contains(says), "{json} answered: {error}");
        }
    }

    #[cfg(feature = "openapi")]
    #[test]
    fn the_schema_is_named_money_and_has_a_pattern() {
        use utoipa::{PartialSchema, ToSchema};
        assert_eq!(Money::name(), "Money");
        let schema = serde_json::to_value(Money::schema()).unwrap();
        assert!(schema["properties"]["amount"]["pattern"].is_string(), "{schema}");
        assert_eq!(schema["additionalProperties"], false);
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(minor: i64, currency in any_currency()) {
            let money = Money::new(minor, currency);
            prop_assert_eq!(Money::parse(&money.to_decimal_string(), currency), Ok(money));
        }

        #[test]
        fn reading_anything_never_panics(text in "\\PC{0,40}", currency in any_currency()) {
            let _ = Money::parse(&text, currency);
        }

        #[test]
        fn parts_sum_to_the_whole(minor: i64, weights in prop::collection::vec(0_i64.., 1..20)) {
            prop_assume!(weights.iter().any(|&weight| weight > 0));
            let parts = egp(minor).allocate(&weights).unwrap();
            prop_assert_eq!(parts.len(), weights.len());
            prop_assert_eq!(parts.iter().map(|part| i128::from(part.minor)).sum::<i128>(), i128::from(minor));
        }

        #[test]
        fn a_discount_never_exceeds_its_line(
            lines in prop::collection::vec(0_i64..1_000, 1..20), share in 0.0..=1.0_f64,
        ) {
            let total: i64 = lines.iter().sum();
            prop_assume!(total > 0);
            #[allow(clippy::cast_possible_truncation)]
            let discount = (total as f64 * share) as i64;
            let parts = egp(discount).allocate(&lines).unwrap();
            prop_assert!(parts.iter().zip(&lines).all(|(part, &line)| 0 <= part.minor && part.minor <= line));
        }

        #[test]
        fn a_credit_mirrors_the_charge(minor in -1_000_000_000_i64..1_000_000_000, rate in 0_i64..20_000) {
            let rate = Decimal::new(rate, 2);
            let charge = egp(minor).percent(rate).unwrap();
            prop_assert_eq!(egp(-minor).percent(rate).unwrap().minor, -charge.minor);
        }

        #[test]
        fn percent_is_within_half_a_unit(minor in -1_000_000_000_i64..1_000_000_000, rate in 0_i64..20_000) {
            let part = egp(minor).percent(Decimal::new(rate, 2)).unwrap();
            let off = i128::from(part.minor) * 10_000 - i128::from(minor) * i128::from(rate);
            prop_assert!(off.abs() * 2 <= 10_000);
        }
    }
}
