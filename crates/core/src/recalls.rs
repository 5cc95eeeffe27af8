//! Recalls: when a patient is due again.

use jiff::ToSpan;
use jiff::civil::Date;

/// Months between two visits of one recall at most.
pub const LONGEST_INTERVAL: i32 = 60;

/// The day a recall is due: the last work that counts for it plus its interval; a month without that day ends earlier.
/// None beyond the calendar.
pub fn due(last: Date, interval_months: i32) -> Option<Date> {
    last.checked_add(interval_months.months()).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_recall_is_due_months_after_the_work() {
        assert_eq!(due(date(2026, 5, 25), 6), Some(date(2026, 11, 25)));
        assert_eq!(due(date(2026, 8, 31), 6), Some(date(2027, 2, 28)));
        assert_eq!(due(date(9999, 12, 1), 6), None);
    }
}
