//! When a reminder is due. Every rule is a lead time; of those whose moment has come the closest to the appointment is
//! sent, and none whose moment had passed before the appointment was booked or moved.

use jiff::civil::{DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::scheduling::{AppointmentStatus, Confirmation};

/// Hours after its moment within which a reminder is still sent, when the server was down meanwhile.
const LATE: SignedDuration = SignedDuration::from_hours(12);
/// Attempts before a message is given up.
const MAX_ATTEMPTS: i32 = 10;
/// The longest pause between two attempts.
const LONGEST_PAUSE_MINUTES: i64 = 60;

/// The hours of the clinic's clock in which nobody is written to: from the first until before the second, over
/// midnight where the first is the later one. Equal: none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuietHours {
    pub from: Time,
    pub until: Time,
}

impl QuietHours {
    /// Whether nobody is written to at this time of day.
    pub fn contains(self, time: Time) -> bool {
        if self.from <= self.until {
            self.from <= time && time < self.until
        } else {
            self.from <= time || time < self.until
        }
    }

    /// The first instant after `at` that is not quiet; `at` itself when it is not.
    pub fn after(self, at: Timestamp, zone: &TimeZone) -> Timestamp {
        let local = zone.to_datetime(at);
        if !self.contains(local.time()) {
            return at;
        }
        let mut end = local.date().to_datetime(self.until);
        if end <= local {
            end = end.date().tomorrow().map_or(end, |next| next.to_datetime(self.until));
        }
        instant(end, zone)
    }

    /// The last instant before `at` at which the quiet hours had not begun; `at` itself when it is not quiet.
    pub fn before(self, at: Timestamp, zone: &TimeZone) -> Timestamp {
        let local = zone.to_datetime(at);
        if !self.contains(local.time()) {
            return at;
        }
        let mut start = local.date().to_datetime(self.from);
        if start > local {
            start = start.date().yesterday().map_or(start, |last| last.to_datetime(self.from));
        }
        instant(start, zone) - SignedDuration::from_mins(1)
    }
}

/// A local time as an instant; one that the clocks skip is the one an hour later.
fn instant(local: DateTime, zone: &TimeZone) -> Timestamp {
    zone.to_ambiguous_timestamp(local).compatible().unwrap_or(Timestamp::MAX)
}

/// So long before an appointment its patient is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule<Id> {
    pub id: Id,
    pub lead: SignedDuration,
}

/// What is looked at of an appointment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occasion {
    pub starts_at: Timestamp,
    /// When it was booked, or last moved.
    pub armed_at: Timestamp,
    pub status: AppointmentStatus,
    pub confirmation: Confirmation,
}

/// When a rule has its moment: its lead time before the start, or where that is quiet the end of the quiet hours, or,
/// when less than half of the lead would be left then, the time before they begin.
pub fn moment_of(
    lead: SignedDuration,
    starts_at: Timestamp,
    quiet: QuietHours,
    zone: &TimeZone,
) -> Timestamp {
    let wanted = starts_at - lead;
    let later = quiet.after(wanted, zone);
    if later.duration_until(starts_at) * 2 >= lead { later } else { quiet.before(wanted, zone) }
}

/// Whether the patient of such an appointment is still to be written to.
pub fn still_wanted(occasion: &Occasion, now: Timestamp) -> bool {
    matches!(occasion.status, AppointmentStatus::Scheduled | AppointmentStatus::Confirmed)
        && occasion.confirmation != Confirmation::Declined
        && now < occasion.starts_at
}

/// The rule whose reminder is to be sent now: of those whose moment has come since the appointment stands where it
/// stands, the closest one to the start, unless it came too long ago.
pub fn closest_due<Id: Copy>(
    rules: &[Rule<Id>],
    occasion: &Occasion,
    quiet: QuietHours,
    zone: &TimeZone,
    now: Timestamp,
) -> Option<Id> {
    if !still_wanted(occasion, now) || quiet.contains(zone.to_datetime(now).time()) {
        return None;
    }
    let moment = |rule: &Rule<Id>| moment_of(rule.lead, occasion.starts_at, quiet, zone);
    let closest = rules
        .iter()
        .filter(|rule| (occasion.armed_at..=now).contains(&moment(rule)))
        .min_by_key(|rule| rule.lead)?;
    (moment(closest).duration_until(now) <= LATE).then_some(closest.id)
}

/// The pause before the next attempt, doubling from a minute to an hour; none when it is given up.
pub fn back_off(attempts: i32) -> Option<SignedDuration> {
    if attempts >= MAX_ATTEMPTS {
        return None;
    }
    let minutes = 1_i64 << attempts.clamp(1, 8).saturating_sub(1);
    Some(SignedDuration::from_mins(minutes.min(LONGEST_PAUSE_MINUTES)))
}

#[cfg(test)]
mod tests {
    use jiff::civil::time;
    use proptest::prelude::*;

    use super::*;
    use crate::time::zone;

    const NIGHT: QuietHours = QuietHours { from: time(21, 0, 0, 0), until: time(9, 0, 0, 0) };
    const NEVER: QuietHours = QuietHours { from: time(0, 0, 0, 0), until: time(0, 0, 0, 0) };

    fn cairo() -> TimeZone {
        zone("Africa/Cairo").unwrap()
    }

    fn at(text: &str) -> Timestamp {
        let local: DateTime = text.parse().unwrap();
        instant(local, &cairo())
    }

    fn rules(hours: &[i64]) -> Vec<Rule<i64>> {
        hours.iter().map(|h| Rule { id: *h, lead: SignedDuration::from_hours(*h) }).collect()
    }

    fn occasion(starts: &str, armed: &str) -> Occasion {
        Occasion {
            starts_at: at(starts),
            armed_at: at(armed),
            status: AppointmentStatus::Scheduled,
            confirmation: Confirmation::Unconfirmed,
        }
    }

    fn due(hours: &[i64], of: &Occasion, quiet: QuietHours, now: &str) -> Option<i64> {
        closest_due(&rules(hours), of, quiet, &cairo(), at(now))
    }

    #[test]
    fn of_several_rules_the_closest_that_is_still_ahead_is_sent() {
        let all = [168, 48, 3];
        let monday = occasion("2026-11-23T15:00", "2026-11-01T12:00");
        for (now, rule) in [
            ("2026-11-16T14:59", None),
            ("2026-11-16T15:00", Some(168)),
            ("2026-11-16T20:00", Some(168)),
            // Ten days late are too late; the next rule has not come.
            ("2026-11-19T15:00", None),
            ("2026-11-21T15:00", Some(48)),
            ("2026-11-23T11:59", None),
            ("2026-11-23T12:00", Some(3)),
            ("2026-11-23T14:59", Some(3)),
            ("2026-11-23T15:00", None),
        ] {
            assert_eq!(due(&all, &monday, NEVER, now), rule, "{now}");
        }
        // After a night without a server both are due: only the closer one goes out.
        let close = occasion("2026-11-23T15:00", "2026-11-01T12:00");
        assert_eq!(due(&[6, 3], &close, NEVER, "2026-11-23T13:00"), Some(3));
    }

    #[test]
    fn who_books_late_is_not_sent_what_was_due_before() {
        let tomorrow = occasion("2026-11-24T15:00", "2026-11-23T16:00");
        assert_eq!(due(&[24, 3], &tomorrow, NEVER, "2026-11-23T16:00"), None);
        assert_eq!(due(&[24, 3], &tomorrow, NEVER, "2026-11-24T12:00"), Some(3));
        let just_in_time = occasion("2026-11-24T15:00", "2026-11-23T15:00");
        assert_eq!(due(&[24, 3], &just_in_time, NEVER, "2026-11-23T15:00"), Some(24));
    }

    #[test]
    fn nobody_is_reminded_of_what_ended_or_was_declined() {
        for status in AppointmentStatus::ALL {
            let of = Occasion { status: *status, ..occasion("2026-11-23T15:00", "2026-11-01T12:00") };
            let wanted = matches!(status, AppointmentStatus::Scheduled | AppointmentStatus::Confirmed);
            assert_eq!(due(&[3], &of, NEVER, "2026-11-23T12:30").is_some(), wanted, "{status}");
        }
        let declined = Occasion {
            confirmation: Confirmation::Declined,
            ..occasion("2026-11-23T15:00", "2026-11-01T12:00")
        };
        assert_eq!(due(&[3], &declined, NEVER, "2026-11-23T12:30"), None);
    }

    #[test]
    fn quiet_hours_put_a_reminder_off_until_morning_or_bring_it_forward_to_the_evening() {
        let moment = |lead, starts| moment_of(SignedDuration::from_hours(lead), at(starts), NIGHT, &cairo());
        // 22:00 the evening before is quiet: nine in the morning, 13 hours before, is time enough.
        assert_eq!(moment(24, "2026-11-23T22:00"), at("2026-11-23T09:00"));
        // Two hours before half past nine is 07:30; at nine only half an hour would be left.
        assert_eq!(moment(2, "2026-11-23T09:30"), at("2026-11-22T20:59"));
        assert_eq!(moment(2, "2026-11-23T12:00"), at("2026-11-23T10:00"));
        let early = occasion("2026-11-23T09:30", "2026-11-01T12:00");
        assert_eq!(due(&[2], &early, NIGHT, "2026-11-22T20:59"), Some(2));
        assert_eq!(due(&[2], &early, NIGHT, "2026-11-22T21:00"), None);
        assert_eq!(due(&[2], &early, NIGHT, "2026-11-23T09:00"), None, "twelve hours are over");
        let booked_at_night = occasion("2026-11-23T09:30", "2026-11-22T23:00");
        assert_eq!(due(&[2], &booked_at_night, NIGHT, "2026-11-23T09:10"), None);
    }

    #[test]
    fn quiet_hours_hold_on_the_nights_the_clocks_change() {
        for day in ["2026-04-24", "2026-10-30", "2027-04-30", "2027-10-29"] {
            let starts = at(&format!("{day}T12:00"));
            let moment = moment_of(SignedDuration::from_hours(10), starts, NIGHT, &cairo());
            assert!(!NIGHT.contains(cairo().to_datetime(moment).time()), "{day} {moment}");
        }
    }

    #[test]
    fn pauses_double_to_an_hour_and_end() {
        let minutes: Vec<_> = (1..=10).map(|n| back_off(n).map(|p| p.as_mins())).collect();
        let expected = [1, 2, 4, 8, 16, 32, 60, 60, 60].map(Some);
        assert_eq!(minutes[..9], expected);
        assert_eq!(minutes[9], None);
    }

    proptest! {
        #[test]
        fn no_moment_is_quiet_and_none_is_after_the_start(
            lead in 1_i64..43_200, hour in 0_i64..20_000, from in 0_i8..24, until in 0_i8..24,
        ) {
            prop_assume!(from != until);
            let quiet = QuietHours { from: time(from, 0, 0, 0), until: time(until, 0, 0, 0) };
            // Who is quiet all day but an hour cannot be reached for less than that.
            let starts = at("2026-01-01T00:30") + SignedDuration::from_hours(hour);
            let moment = moment_of(SignedDuration::from_mins(lead), starts, quiet, &cairo());
            prop_assert!(moment <= starts);
            prop_assert!(!quiet.contains(cairo().to_datetime(moment).time()) || near_a_change(moment));
        }
    }

    /// In the hour that comes twice or never a wall clock time may be named twice.
    fn near_a_change(at: Timestamp) -> bool {
        let hour = SignedDuration::from_hours(2);
        cairo().to_offset(at - hour) != cairo().to_offset(at + hour)
    }
}
