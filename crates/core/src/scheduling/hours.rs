//! When a branch is open and a doctor works.

use jiff::civil::{Date, DateTime, Time};

/// From, until: local wall time of one day.
pub type Hours = (Time, Time);

/// The hours of each weekday, Sunday first; a day without hours is a day off.
pub type Week = [Vec<Hours>; 7];

/// A dated closure of a branch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Closure {
    AllDay,
    Between(Vec<Hours>),
}

/// The hours of a doctor on a day. The first of these that speaks decides: the doctor's hours for that very
/// date, the doctor's week, the branch's closure of that date, the branch's week.
///
/// So a doctor with a week of his own works on when the branch closes; a closure that is meant for everybody
/// is a dated override for those doctors too.
pub fn hours_for(
    date: Date,
    doctor_override: Option<&[Hours]>,
    doctor_weekly: Option<&Week>,
    branch_closure: Option<&Closure>,
    branch_weekly: &Week,
) -> Vec<Hours> {
    if let Some(hours) = doctor_override {
        return merged(hours);
    }
    if let Some(week) = doctor_weekly {
        return merged(on_weekday(week, date));
    }
    let open = merged(on_weekday(branch_weekly, date));
    match branch_closure {
        None => open,
        Some(Closure::AllDay) => Vec::new(),
        Some(Closure::Between(closed)) => without(&open, &merged(closed)),
    }
}

fn on_weekday(week: &Week, date: Date) -> &[Hours] {
    let [sunday, monday, tuesday, wednesday, thursday, friday, saturday] = week;
    match date.weekday() {
        jiff::civil::Weekday::Sunday => sunday,
        jiff::civil::Weekday::Monday => monday,
        jiff::civil::Weekday::Tuesday => tuesday,
        jiff::civil::Weekday::Wednesday => wednesday,
        jiff::civil::Weekday::Thursday => thursday,
        jiff::civil::Weekday::Friday => friday,
        jiff::civil::Weekday::Saturday => saturday,
    }
}

/// Sorted, without empty ranges, and with touching ranges made one.
fn merged(hours: &[Hours]) -> Vec<Hours> {
    let mut sorted: Vec<Hours> = hours.iter().copied().filter(|(from, until)| from < until).collect();
    sorted.sort_unstable();
    let mut merged: Vec<Hours> = Vec::with_capacity(sorted.len());
    for (from, until) in sorted {
        match merged.last_mut() {
            Some((_, end)) if from <= *end => *end = (*end).max(until),
            _ => merged.push((from, until)),
        }
    }
    merged
}

/// `open` less `closed`; both merged.
fn without(open: &[Hours], closed: &[Hours]) -> Vec<Hours> {
    let mut left = Vec::new();
    for (start, end) in open.iter().copied() {
        let mut from = start;
        for (shut, again) in closed.iter().copied().filter(|(shut, again)| *shut < end && *again > start) {
            if from < shut {
                left.push((from, shut));
            }
            from = from.max(again);
        }
        if from < end {
            left.push((from, end));
        }
    }
    left
}

/// Whether a range of local time lies within the hours.
pub fn within_hours(hours: &[Hours], range: Hours) -> bool {
    merged(hours).iter().any(|(from, until)| *from <= range.0 && range.1 <= *until)
}

/// A week out of its rows: weekday (0 is Sunday), from, until. There is no eighth day: such a row is left out.
pub fn week_of(rows: impl IntoIterator<Item = (i32, Time, Time)>) -> Week {
    let mut week = Week::default();
    for (weekday, from, until) in rows {
        if let Some(day) = usize::try_from(weekday).ok().and_then(|index| week.get_mut(index)) {
            day.push((from, until));
        }
    }
    week
}

/// Whether an appointment on the clinic's wall clock leaves the hours of the day it starts on. One that ends at
/// midnight ends with its day.
pub fn outside_hours(hours: &[Hours], starts: DateTime, ends: DateTime) -> bool {
    let end = if ends.date() == starts.date() {
        ends.time()
    } else if starts.date().tomorrow().ok() == Some(ends.date()) && ends.time() == Time::midnight() {
        LAST_MINUTE
    } else {
        return true;
    };
    !within_hours(hours, (starts.time(), end))
}

/// A clinic that is open until midnight writes it as this.
const LAST_MINUTE: Time = Time::constant(23, 59, 0, 0);

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};
    use proptest::prelude::*;

    use super::*;

    fn clock(hour: i8, minute: i8) -> Time {
        time(hour, minute, 0, 0)
    }

    #[test]
    fn an_appointment_outside_the_hours_of_its_day() {
        let hours = [(clock(9, 0), clock(13, 0)), (clock(17, 0), clock(23, 59))];
        let on = |day: i8, hour: i8, minute: i8| date(2026, 11, day).at(hour, minute, 0, 0);
        for (starts, ends, outside) in [
            (on(23, 9, 0), on(23, 9, 30), false),
            (on(23, 12, 30), on(23, 13, 0), false),
            (on(23, 12, 45), on(23, 13, 15), true),
            (on(23, 8, 45), on(23, 9, 15), true),
            (on(23, 23, 0), on(24, 0, 0), false),
            (on(23, 23, 30), on(24, 0, 30), true),
            (on(23, 23, 0), on(25, 0, 0), true),
        ] {
            assert_eq!(outside_hours(&hours, starts, ends), outside, "{starts} – {ends}");
        }
        assert!(outside_hours(&[], on(23, 9, 0), on(23, 9, 30)));
    }

    #[test]
    fn a_week_is_made_of_rows_by_weekday() {
        let week = week_of([
            (1, clock(9, 0), clock(13, 0)),
            (1, clock(17, 0), clock(21, 0)),
            (6, clock(10, 0), clock(14, 0)),
            (7, clock(1, 0), clock(2, 0)),
            (-1, clock(1, 0), clock(2, 0)),
        ]);
        let monday = hours_for(date(2026, 11, 23), None, None, None, &week);
        assert_eq!(monday, [(clock(9, 0), clock(13, 0)), (clock(17, 0), clock(21, 0))]);
        assert_eq!(hours_for(date(2026, 11, 22), None, None, None, &week), []);
        assert_eq!(week.iter().flatten().count(), 3);
    }

    #[test]
    fn whose_hours_count() {
        let friday = date(2026, 11, 20);
        let sunday = date(2026, 11, 22);
        let mut branch: Week = Default::default();
        branch[0] = vec![(clock(9, 0), clock(21, 0))];
        let mut doctor: Week = Default::default();
        doctor[0] = vec![(clock(17, 0), clock(22, 0)), (clock(10, 0), clock(14, 0))];
        let ramadan = [(clock(20, 30), clock(23, 59))];
        let lunch = Closure::Between(vec![(clock(13, 0), clock(14, 0)), (clock(20, 0), clock(23, 0))]);

        assert_eq!(hours_for(sunday, None, None, None, &branch), [(clock(9, 0), clock(21, 0))]);
        assert_eq!(hours_for(friday, None, None, None, &branch), []);
        assert_eq!(hours_for(sunday, None, None, Some(&Closure::AllDay), &branch), []);
        assert_eq!(
            hours_for(sunday, None, None, Some(&lunch), &branch),
            [(clock(9, 0), clock(13, 0)), (clock(14, 0), clock(20, 0))]
        );
        let own = [(clock(10, 0), clock(14, 0)), (clock(17, 0), clock(22, 0))];
        assert_eq!(hours_for(sunday, None, Some(&doctor), None, &branch), own);
        assert_eq!(hours_for(sunday, None, Some(&doctor), Some(&Closure::AllDay), &branch), own);
        assert_eq!(hours_for(friday, None, Some(&doctor), None, &branch), []);
        assert_eq!(
            hours_for(friday, Some(&ramadan), Some(&doctor), Some(&Closure::AllDay), &branch),
            ramadan
        );
        assert_eq!(hours_for(sunday, Some(&[]), Some(&doctor), None, &branch), [], "a day off");

        assert!(within_hours(&own, (clock(10, 0), clock(10, 30))));
        assert!(!within_hours(&own, (clock(13, 45), clock(14, 15))));
        assert!(within_hours(
            &[(clock(9, 0), clock(12, 0)), (clock(12, 0), clock(15, 0))],
            (clock(11, 30), clock(12, 30))
        ));
    }

    fn any_hours() -> impl Strategy<Value = Vec<Hours>> {
        proptest::collection::vec(((0i8..24, 0i8..60), (0i8..24, 0i8..60)), 0..6)
            .prop_map(|ranges| ranges.into_iter().map(|(a, b)| (clock(a.0, a.1), clock(b.0, b.1))).collect())
    }

    fn holds(hours: &[Hours], moment: Time) -> bool {
        hours.iter().any(|(from, until)| *from <= moment && moment < *until)
    }

    proptest! {
        #[test]
        fn hours_are_in_order_and_lose_what_is_closed(
            open in any_hours(), closed in any_hours(), hour in 0i8..24, minute in 0i8..60
        ) {
            let day = date(2026, 11, 22);
            let week: Week = std::array::from_fn(|_| open.clone());
            let hours = hours_for(day, None, None, Some(&Closure::Between(closed.clone())), &week);
            prop_assert!(hours.iter().all(|(from, until)| from < until));
            prop_assert!(hours.windows(2).all(|pair| pair[0].1 < pair[1].0));
            let moment = clock(hour, minute);
            prop_assert_eq!(holds(&hours, moment), holds(&open, moment) && !holds(&closed, moment));
        }
    }
}
