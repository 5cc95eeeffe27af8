//! Amounts and digits as people read them.

use crate::Digits;

/// The minus sign, which has the width of a digit; a hyphen has not.
const MINUS: char = '\u{2212}';

/// Writes an amount with its decimals and grouped thousands: `1234567` with exponent 2 is `12,345.67`.
/// Arabic-Indic digits come with the Arabic separators: `١٢٬٣٤٥٫٦٧`.
pub fn format_minor(minor: i64, exponent: u8, digits: Digits) -> String {
    let decimals = usize::from(exponent);
    let plain = format!("{:0>width$}", minor.unsigned_abs(), width = decimals + 1);
    let (whole, fraction) = plain.split_at(plain.len() - decimals);
    let mut written = String::with_capacity(plain.len() + plain.len() / 3 + 2);
    if minor < 0 {
        written.push(MINUS);
    }
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            written.push(',');
        }
        written.push(digit);
    }
    if decimals > 0 {
        written.push('.');
        written.push_str(fraction);
    }
    match digits {
        Digits::Latin => written,
        Digits::ArabicIndic => written.chars().map(arabic_indic).collect(),
    }
}

/// Writes a count or a part of a date.
pub(crate) fn format_count(count: u32, digits: Digits) -> String {
    let written = count.to_string();
    match digits {
        Digits::Latin => written,
        Digits::ArabicIndic => written.chars().map(arabic_indic).collect(),
    }
}

/// A text with the digits of the clinic's choice.
pub fn digits_of(text: &str, digits: Digits) -> String {
    match digits {
        Digits::Latin => text.to_owned(),
        Digits::ArabicIndic => text
            .chars()
            .map(|character| if character.is_ascii_digit() { arabic_indic(character) } else { character })
            .collect(),
    }
}

fn arabic_indic(character: char) -> char {
    match character {
        '0'..='9' => char::from_u32(0x0660 + u32::from(character) - u32::from('0')).unwrap_or(character),
        ',' => '٬',
        '.' => '٫',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_carry_the_decimals_of_their_currency() {
        assert_eq!(format_minor(0, 2, Digits::Latin), "0.00");
        assert_eq!(format_minor(5, 2, Digits::Latin), "0.05");
        assert_eq!(format_minor(100_000, 2, Digits::Latin), "1,000.00");
        assert_eq!(format_minor(1_234_567, 3, Digits::Latin), "1,234.567");
        assert_eq!(format_minor(123_456, 0, Digits::Latin), "123,456");
        assert_eq!(format_minor(-99_950, 2, Digits::Latin), "−999.50");
    }

    #[test]
    fn the_extremes_of_the_type_are_written_whole() {
        assert_eq!(format_minor(i64::MIN, 2, Digits::Latin), "−92,233,720,368,547,758.08");
        assert_eq!(format_minor(i64::MAX, 0, Digits::Latin), "9,223,372,036,854,775,807");
    }

    #[test]
    fn arabic_indic_digits_use_arabic_separators() {
        assert_eq!(format_minor(1_234_567, 2, Digits::ArabicIndic), "١٢٬٣٤٥٫٦٧");
        assert_eq!(format_count(2026, Digits::ArabicIndic), "٢٠٢٦");
    }
}
