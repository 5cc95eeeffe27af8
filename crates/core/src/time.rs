//! Dates and times as a clinic lives them: on the wall clock of its IANA zone.
//!
//! Pure: "now" and "today" are always given. Zones come from the data inside the binary, never from the machine.

use std::sync::LazyLock;

use jiff::civil::{Date, Time};
use jiff::tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase};
use jiff::{SignedDuration, Timestamp};

static ZONES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// The years in which a date is taken for meant rather than mistyped.
pub const YEARS: std::ops::RangeInclusive<i16> = 1900..=2200;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LocalTimeError {
    #[error("not a time zone of the IANA list, as Africa/Cairo")]
    UnknownZone,
    #[error("the clocks skip this time on that day")]
    NonExistent,
    #[error("a date is between the years 1900 and 2200")]
    OutOfRange,
    #[error("not a date: write YYYY-MM-DD")]
    MalformedDate,
}

impl LocalTimeError {
    /// Stable: clients and translations go by it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownZone => "time.unknown_zone",
            Self::NonExistent => "time.non_existent",
            Self::OutOfRange => "time.out_of_range",
            Self::MalformedDate => "time.malformed_date",
        }
    }
}

/// The zone of an IANA name, in any case; its `iana_name()` is the canonical one, which is what is stored.
pub fn zone(name: &str) -> Result<TimeZone, LocalTimeError> {
    let zone = ZONES.get(name).map_err(|_| LocalTimeError::UnknownZone)?;
    if zone.is_unknown() { Err(LocalTimeError::UnknownZone) } else { Ok(zone) }
}

/// Reads exactly `YYYY-MM-DD`, within [`YEARS`].
pub fn parse_date(text: &str) -> Result<Date, LocalTimeError> {
    let shaped = text.len() == 10
        && text.bytes().enumerate().all(|(index, byte)| match index {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if !shaped {
        return Err(LocalTimeError::MalformedDate);
    }
    sane_date(text.parse().map_err(|_| LocalTimeError::MalformedDate)?)
}

/// Refuses the dates that only a slip of the keyboard makes.
pub fn sane_date(date: Date) -> Result<Date, LocalTimeError> {
    if YEARS.contains(&date.year()) { Ok(date) } else { Err(LocalTimeError::OutOfRange) }
}

/// The instant at which the clinic's clock shows `time` on `date`. A time that the clocks skip is refused; of one
/// that comes twice the first is meant.
pub fn local_to_instant(date: Date, time: Time, zone: &TimeZone) -> Result<Timestamp, LocalTimeError> {
    sane_date(date)?;
    let local = date.to_datetime(time);
    let offset = match zone.to_ambiguous_timestamp(local).offset() {
        AmbiguousOffset::Unambiguous { offset } => offset,
        AmbiguousOffset::Fold { before, .. } => before,
        AmbiguousOffset::Gap { .. } => return Err(LocalTimeError::NonExistent),
    };
    offset.to_timestamp(local).map_err(|_| LocalTimeError::OutOfRange)
}

/// The beginning of the minute of an instant.
pub fn whole_minute(at: Timestamp) -> Timestamp {
    at - SignedDuration::from_nanos_i128(at.as_nanosecond().rem_euclid(60_000_000_000))
}

/// The first instant of the day and the first of the next: `start <= instant < end`. A day has 23 or 25 hours when
/// the clocks change, and begins at 01:00 where they skip midnight, as in Cairo.
pub fn local_day_bounds(date: Date, zone: &TimeZone) -> (Timestamp, Timestamp) {
    let start = first_instant(date, zone);
    let end = date.tomorrow().map_or(Timestamp::MAX, |next| first_instant(next, zone));
    (start, end)
}

fn first_instant(date: Date, zone: &TimeZone) -> Timestamp {
    // Only the first and the last day that can be written at all have no instant of their own.
    let edge = if date.year() < 0 { Timestamp::MIN } else { Timestamp::MAX };
    date.to_zoned(zone.clone()).map_or(edge, |midnight| midnight.timestamp())
}

/// The day on the clinic's calendar in which the instant falls.
pub fn local_date(instant: Timestamp, zone: &TimeZone) -> Date {
    zone.to_datetime(instant).date()
}

/// RFC 3339 with the zone's offset at that instant: `2026-11-23T10:00:00+02:00`.
pub fn rfc3339_in(instant: Timestamp, zone: &TimeZone) -> String {
    instant.display_with_offset(zone.to_offset(instant)).to_string()
}

/// Completed years, and the months completed since.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Age {
    pub years: u16,
    pub months: u8,
}

/// The age on a day. Who was born on the 29th of February has the birthday on the 1st of March of other years.
/// Before the birth it is zero.
pub fn age_on(birth: Date, today: Date) -> Age {
    let month_of = |date: Date| i32::from(date.year()) * 12 + i32::from(date.month());
    let unfinished = i32::from(today.day() < birth.day());
    let months = (month_of(today) - month_of(birth) - unfinished).max(0);
    Age {
        years: u16::try_from(months / 12).unwrap_or(u16::MAX),
        months: u8::try_from(months % 12).unwrap_or(0),
    }
}

/// The months in Arabic, January first.
pub const MONTHS_AR: [&str; 12] = [
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغسطس",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
];
/// The months in English; the first three letters are the short name.
pub const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};
    use proptest::prelude::*;

    use super::*;

    fn cairo() -> TimeZone {
        zone("Africa/Cairo").unwrap()
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn zones_go_by_their_iana_name() {
        for name in ["Africa/Cairo", "Asia/Riyadh", "Asia/Dubai", "Asia/Kuwait", "UTC", "America/New_York"] {
            assert_eq!(zone(name).unwrap().iana_name(), Some(name));
        }
        assert_eq!(zone("africa/cairo").unwrap().iana_name(), Some("Africa/Cairo"));
        for name in ["", "Cairo", "Africa/Giza", "Etc/Unknown", "EET-2EEST", "+02:00", "../etc/passwd", "A\0"]
        {
            assert_eq!(zone(name).err(), Some(LocalTimeError::UnknownZone), "{name:?}");
        }
    }

    #[test]
    fn the_night_the_clocks_go_forward_in_cairo_has_no_first_hour() {
        for (year, month, day) in [(2026, 4, 24), (2027, 4, 30)] {
            let night = date(year, month, day);
            for (hour, minute) in [(0, 0), (0, 30), (0, 59)] {
                let refused = local_to_instant(night, time(hour, minute, 0, 0), &cairo());
                assert_eq!(refused, Err(LocalTimeError::NonExistent), "{night} {hour}:{minute}");
            }
            let (start, end) = local_day_bounds(night, &cairo());
            assert_eq!(local_to_instant(night, time(1, 0, 0, 0), &cairo()), Ok(start));
            assert_eq!((end - start).get_seconds(), 23 * 3600);
            assert_eq!(rfc3339_in(start, &cairo()), format!("{night}T01:00:00+03:00"));
        }
    }

    #[test]
    fn the_hour_that_comes_twice_in_cairo_means_the_first() {
        for (year, month, day) in [(2026, 10, 29), (2027, 10, 28)] {
            let evening = date(year, month, day);
            let first = local_to_instant(evening, time(23, 30, 0, 0), &cairo()).unwrap();
            assert_eq!(rfc3339_in(first, &cairo()), format!("{evening}T23:30:00+03:00"));
            let (start, end) = local_day_bounds(evening, &cairo());
            assert_eq!((end - start).get_seconds(), 25 * 3600);
            assert_eq!(rfc3339_in(end, &cairo()), format!("{}T00:00:00+02:00", evening.tomorrow().unwrap()));
        }
    }

    #[test]
    fn ordinary_days_and_zones_without_summer_time() {
        for (name, day, hour, minute, instant) in [
            ("Africa/Cairo", date(2026, 11, 23), 10, 0, "2026-11-23T08:00:00Z"),
            ("Africa/Cairo", date(2026, 7, 1), 10, 5, "2026-07-01T07:05:00Z"),
            ("Asia/Riyadh", date(2026, 4, 24), 0, 30, "2026-04-23T21:30:00Z"),
            ("Asia/Riyadh", date(2027, 10, 28), 23, 30, "2027-10-28T20:30:00Z"),
            ("Asia/Dubai", date(2026, 1, 1), 0, 0, "2025-12-31T20:00:00Z"),
            ("America/New_York", date(2026, 11, 1), 1, 30, "2026-11-01T05:30:00Z"),
        ] {
            let zone = zone(name).unwrap();
            assert_eq!(
                local_to_instant(day, time(hour, minute, 0, 0), &zone),
                Ok(at(instant)),
                "{name} {day}"
            );
        }
        let riyadh = zone("Asia/Riyadh").unwrap();
        let (start, end) = local_day_bounds(date(2026, 4, 24), &riyadh);
        assert_eq!((end - start).get_seconds(), 24 * 3600);
        assert_eq!(rfc3339_in(at("2026-11-23T07:00:00Z"), &riyadh), "2026-11-23T10:00:00+03:00");
        assert_eq!(
            rfc3339_in(at("2026-11-23T07:00:00Z"), &zone("UTC").unwrap()),
            "2026-11-23T07:00:00+00:00"
        );
        assert_eq!(local_date(at("2026-11-23T21:30:00Z"), &riyadh), date(2026, 11, 24));
    }

    #[test]
    fn a_day_that_a_zone_left_out_is_empty() {
        let (start, end) = local_day_bounds(date(2011, 12, 30), &zone("Pacific/Apia").unwrap());
        assert_eq!(start, end);
    }

    #[test]
    fn the_ends_of_the_calendar_have_bounds_too() {
        for name in ["Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC"] {
            for day in [Date::MIN, Date::MAX] {
                let (start, end) = local_day_bounds(day, &zone(name).unwrap());
                assert!(start <= end, "{name} {day}");
            }
        }
        let refused = local_to_instant(date(9999, 12, 31), Time::MAX, &cairo());
        assert_eq!(refused, Err(LocalTimeError::OutOfRange));
    }

    #[test]
    fn dates_are_read_strictly_and_within_reason() {
        assert_eq!(parse_date("1991-04-02"), Ok(date(1991, 4, 2)));
        assert_eq!(parse_date("2024-02-29"), Ok(date(2024, 2, 29)));
        for text in [
            "",
            "1991-4-2",
            "19910402",
            "1991-04-02T00:00",
            "2023-02-29",
            "1991/04/02",
            "٢٠٢٦-٠١-٠١",
            "-001-01-01",
        ] {
            assert_eq!(parse_date(text), Err(LocalTimeError::MalformedDate), "{text}");
        }
        for text in ["1899-12-31", "2201-01-01", "0000-01-01", "9999-12-31"] {
            assert_eq!(parse_date(text), Err(LocalTimeError::OutOfRange), "{text}");
        }
        assert_eq!(parse_date("10000-01-01"), Err(LocalTimeError::MalformedDate));
        assert_eq!(sane_date(date(1900, 1, 1)), Ok(date(1900, 1, 1)));
        assert_eq!(sane_date(date(2200, 12, 31)), Ok(date(2200, 12, 31)));
    }

    #[test]
    fn ages_in_years_and_months() {
        for (birth, today, years, months) in [
            (date(1991, 4, 2), date(2026, 4, 1), 34, 11),
            (date(1991, 4, 2), date(2026, 4, 2), 35, 0),
            (date(2020, 2, 29), date(2021, 2, 28), 0, 11),
            (date(2020, 2, 29), date(2021, 3, 1), 1, 0),
            (date(2020, 2, 29), date(2024, 2, 29), 4, 0),
            (date(2026, 1, 31), date(2026, 2, 28), 0, 0),
            (date(2026, 1, 31), date(2026, 3, 1), 0, 1),
            (date(2025, 12, 15), date(2026, 1, 14), 0, 0),
            (date(2026, 5, 1), date(2026, 5, 1), 0, 0),
            (date(2026, 5, 2), date(2026, 5, 1), 0, 0),
        ] {
            assert_eq!(age_on(birth, today), Age { years, months }, "{birth} on {today}");
        }
    }

    proptest! {
        // From 1950 on, when these zones no longer keep solar time with offsets of odd seconds.
        #[test]
        fn a_local_time_comes_back_from_its_instant(days in 0_i32..90_000, minute in 0_i32..1_440) {
            let day = date(1950, 1, 1).saturating_add(jiff::Span::new().days(days));
            let clock = time((minute / 60) as i8, (minute % 60) as i8, 0, 0);
            for name in ["Africa/Cairo", "Asia/Riyadh", "Asia/Beirut"] {
                let zone = zone(name).unwrap();
                match local_to_instant(day, clock, &zone) {
                    Ok(instant) => {
                        prop_assert_eq!(zone.to_datetime(instant), day.to_datetime(clock));
                        let (start, end) = local_day_bounds(day, &zone);
                        prop_assert!(start <= instant && instant < end);
                        prop_assert_eq!(rfc3339_in(instant, &zone).parse::<Timestamp>().unwrap(), instant);
                    }
                    Err(error) => prop_assert_eq!(error, LocalTimeError::NonExistent),
                }
            }
        }

        #[test]
        fn days_follow_each_other_without_gap_or_overlap(days in 0_i32..100_000) {
            let day = date(1920, 1, 1).saturating_add(jiff::Span::new().days(days));
            let (_, end) = local_day_bounds(day, &cairo());
            prop_assert_eq!(local_day_bounds(day.tomorrow().unwrap(), &cairo()).0, end);
        }

        #[test]
        fn nobody_grows_younger(birth in 0_i32..60_000, lived in 0_i32..40_000) {
            let birth = date(1900, 1, 1).saturating_add(jiff::Span::new().days(birth));
            let today = birth.saturating_add(jiff::Span::new().days(lived));
            let age = age_on(birth, today);
            prop_assert!(age.months < 12);
            prop_assert!(age <= age_on(birth, today.tomorrow().unwrap()));
        }
    }
}
