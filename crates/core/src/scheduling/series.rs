//! Appointments that are booked together: the days on which a series falls.

use jiff::ToSpan;
use jiff::civil::DateTime;

use super::SchedulingError;
use crate::wire_enum::wire_enum;

/// Appointments that one act books at most.
pub const MOST_AT_ONCE: usize = 60;

wire_enum! {
    pub enum RepeatUnit {
        Days = "days",
        Weeks = "weeks",
        Months = "months",
    }
}

/// How far apart the appointments of a series are, on the clinic's calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    pub every: i64,
    pub unit: RepeatUnit,
}

/// The starts of a series on the wall clock, the first included: the time of day stays, whatever the clocks do. The
/// 31st is the last day of a shorter month.
pub fn expand(first: DateTime, interval: Interval, count: i64) -> Result<Vec<DateTime>, SchedulingError> {
    let longest = i64::try_from(MOST_AT_ONCE).unwrap_or(i64::MAX);
    if count > longest {
        return Err(SchedulingError::TooManyAtOnce);
    }
    if count < 2 {
        return Err(SchedulingError::TooFewAtOnce);
    }
    if !(1..=366).contains(&interval.every) {
        return Err(SchedulingError::IntervalOutOfRange);
    }
    (0..count)
        .map(|n| {
            let steps = n * interval.every;
            let span = match interval.unit {
                RepeatUnit::Days => steps.days(),
                RepeatUnit::Weeks => steps.weeks(),
                RepeatUnit::Months => steps.months(),
            };
            first.checked_add(span).map_err(|_| SchedulingError::IntervalOutOfRange)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_series_keeps_its_time_of_day_and_its_day_of_the_month() {
        let weekly = Interval { every: 2, unit: RepeatUnit::Weeks };
        let starts = expand(date(2026, 10, 15).at(10, 0, 0, 0), weekly, 3).unwrap();
        assert_eq!(
            starts,
            [
                date(2026, 10, 15).at(10, 0, 0, 0),
                date(2026, 10, 29).at(10, 0, 0, 0),
                date(2026, 11, 12).at(10, 0, 0, 0)
            ]
        );
        let monthly = Interval { every: 1, unit: RepeatUnit::Months };
        let days: Vec<_> = expand(date(2026, 1, 31).at(9, 30, 0, 0), monthly, 4)
            .unwrap()
            .into_iter()
            .map(|at| (at.month(), at.day()))
            .collect();
        assert_eq!(days, [(1, 31), (2, 28), (3, 31), (4, 30)]);
        let daily = Interval { every: 1, unit: RepeatUnit::Days };
        assert_eq!(expand(date(2026, 1, 1).at(9, 0, 0, 0), daily, 60).unwrap().len(), 60);
    }

    #[test]
    fn what_is_no_series() {
        let first = date(2026, 1, 1).at(9, 0, 0, 0);
        let every = |every, unit| Interval { every, unit };
        for (interval, count, code) in [
            (every(1, RepeatUnit::Days), 61, "scheduling.too_many_at_once"),
            (every(1, RepeatUnit::Days), 10_000, "scheduling.too_many_at_once"),
            (every(1, RepeatUnit::Days), i64::MAX, "scheduling.too_many_at_once"),
            (every(1, RepeatUnit::Days), 1, "scheduling.too_few_at_once"),
            (every(1, RepeatUnit::Days), -3, "scheduling.too_few_at_once"),
            (every(0, RepeatUnit::Weeks), 2, "scheduling.interval_out_of_range"),
            (every(-1, RepeatUnit::Weeks), 2, "scheduling.interval_out_of_range"),
            (every(367, RepeatUnit::Months), 2, "scheduling.interval_out_of_range"),
        ] {
            assert_eq!(expand(first, interval, count).unwrap_err().code(), code, "{interval:?} × {count}");
        }
    }
}
