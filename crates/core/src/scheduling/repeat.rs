//! Time kept from the book, and what comes again each week, in local wall time: a meeting at ten is at ten after the clocks have changed too.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::SchedulingError;
use super::length::{SHORTEST, validate_within};
use crate::time::local_to_instant;
use crate::wire_enum::wire_enum;

wire_enum! {
    /// What the time of a block is for.
    pub enum BlockKind {
        Meeting = "meeting",
        Lunch = "lunch",
        Maintenance = "maintenance",
        /// Kept for appointments of one type.
        Emergency = "emergency",
        Other = "other",
    }
}

/// Occurrences that a series has at most.
pub const LONGEST_SERIES: usize = 200;
/// What a block takes at most.
pub const LONGEST_BLOCK: SignedDuration = SignedDuration::from_hours(24);

/// An occurrence: the day on the clinic's calendar, from, until.
pub type Occurrence = (Date, Timestamp, Timestamp);

/// Whether a block may take this range: 5 minutes to 24 hours, on whole minutes.
pub fn validate_block(starts_at: Timestamp, ends_at: Timestamp) -> Result<(), SchedulingError> {
    validate_within(starts_at, ends_at, LONGEST_BLOCK, SchedulingError::BlockTooLong)
}

/// The first occurrence as it is given, and the same local times on these weekdays (0 is Sunday) after it until the
/// last day. A day whose clocks skip the time is refused, as everywhere.
pub fn repeat_weekly(
    (starts_at, ends_at): (Timestamp, Timestamp),
    weekdays: &[i8],
    last: Date,
    zone: &TimeZone,
) -> Result<Vec<Occurrence>, SchedulingError> {
    let (from, until) = (zone.to_datetime(starts_at), zone.to_datetime(ends_at));
    if last < from.date() {
        return Err(SchedulingError::EndBeforeStart);
    }
    let nights = from.date().until(until.date()).map_err(|_| SchedulingError::BlockTooLong)?;
    let mut series = vec![(from.date(), starts_at, ends_at)];
    let mut day = from.date();
    loop {
        day = day.checked_add(1.day()).map_err(|_| SchedulingError::SeriesTooLong)?;
        if day > last {
            return Ok(series);
        }
        if !weekdays.contains(&day.weekday().to_sunday_zero_offset()) {
            continue;
        }
        if series.len() == LONGEST_SERIES {
            return Err(SchedulingError::SeriesTooLong);
        }
        let instant = |day, time| local_to_instant(day, time, zone).map_err(|_| SchedulingError::TimeSkipped);
        let end_day = day.checked_add(nights).map_err(|_| SchedulingError::SeriesTooLong)?;
        let range = (instant(day, from.time())?, instant(end_day, until.time())?);
        // A night on which the clocks go forward may leave nothing of a short one.
        if range.0.duration_until(range.1) < SHORTEST {
            return Err(SchedulingError::TimeSkipped);
        }
        series.push((day, range.0, range.1));
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};
    use proptest::prelude::*;

    use super::*;
    use crate::time::zone;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_weekly_meeting_keeps_its_local_time_when_the_clocks_change() {
        let cairo = zone("Africa/Cairo").unwrap();
        let first = (at("2026-10-22T10:00:00+03:00"), at("2026-10-22T10:30:00+03:00"));
        let series = repeat_weekly(first, &[4], date(2026, 11, 5), &cairo).unwrap();
        let starts: Vec<Timestamp> = series.iter().map(|(_, starts, _)| *starts).collect();
        let expected =
            ["2026-10-22T10:00:00+03:00", "2026-10-29T10:00:00+03:00", "2026-11-05T10:00:00+02:00"];
        assert_eq!(starts, expected.map(at));
        assert!(series.iter().all(|(_, from, until)| from.duration_until(*until).as_mins() == 30));
    }

    #[test]
    fn a_series_that_falls_into_a_skipped_hour_never_ends_or_ends_before_it_begins_is_refused() {
        let cairo = zone("Africa/Cairo").unwrap();
        let night = (at("2026-04-17T00:15:00+02:00"), at("2026-04-17T00:45:00+02:00"));
        let refused = |last| repeat_weekly(night, &[5], last, &cairo).unwrap_err().code();
        assert_eq!(refused(date(2026, 4, 24)), "scheduling.time_skipped");
        assert_eq!(refused(date(2026, 4, 16)), "scheduling.end_before_start");
        let noon = (at("2026-04-17T12:00:00+02:00"), at("2026-04-17T13:00:00+02:00"));
        let every_day = [0, 1, 2, 3, 4, 5, 6];
        let lunch = |last| repeat_weekly(noon, &every_day, last, &cairo);
        assert_eq!(lunch(date(2026, 11, 2)).unwrap().len(), 200);
        assert_eq!(lunch(date(2026, 11, 3)).unwrap_err().code(), "scheduling.series_too_long");
    }

    proptest! {
        #[test]
        fn every_occurrence_is_on_a_wanted_weekday_at_the_same_wall_time(
            hour in 1i8..23, length in 5i64..600, days in 0i64..120, weekdays in proptest::collection::vec(0i8..7, 0..4)
        ) {
            let cairo = zone("Africa/Cairo").unwrap();
            let local = date(2026, 9, 1).to_datetime(time(hour, 10, 0, 0));
            let starts = local.to_zoned(cairo.clone()).unwrap().timestamp();
            let ends = starts + SignedDuration::from_mins(length);
            let last = local.date() + days.days();
            if let Ok(series) = repeat_weekly((starts, ends), &weekdays, last, &cairo) {
                prop_assert!(series.windows(2).all(|pair| pair[0].0 < pair[1].0));
                for (day, from, _) in &series[1..] {
                    prop_assert!(*day <= last && weekdays.contains(&day.weekday().to_sunday_zero_offset()));
                    prop_assert_eq!(cairo.to_datetime(*from), day.to_datetime(local.time()));
                }
                let wanted = (1..=days).map(|n| local.date() + n.days());
                let wanted = wanted.filter(|d| weekdays.contains(&d.weekday().to_sunday_zero_offset())).count();
                prop_assert_eq!(series.len(), wanted + 1);
            }
        }
    }
}
