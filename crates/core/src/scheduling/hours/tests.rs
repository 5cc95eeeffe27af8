use jiff::Timestamp;
use jiff::civil::{Date, Time, date, time};
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::time::zone;

fn clock(hour: i8, minute: i8) -> Time {
    time(hour, minute, 0, 0)
}

fn stretch(from: (i8, i8), until: (i8, i8)) -> Stretch {
    Stretch::new(clock(from.0, from.1), clock(until.0, until.1))
}

fn every_day(stretches: &[Stretch]) -> Week {
    std::array::from_fn(|_| stretches.to_vec())
}

fn dated(kind: DatedKind, first: Date, last: Date, stretches: &[Stretch]) -> DatedHours {
    DatedHours {
        id: Uuid::from_u128(9),
        kind,
        name_ar: String::new(),
        name_en: format!("{kind}"),
        first,
        last,
        everybody: true,
        week: every_day(stretches),
    }
}

fn times(day: &DayHours<'_>) -> Vec<String> {
    let text =
        |(from, until): &Hours| format!("{}–{}", from.strftime("%d %H:%M"), until.strftime("%d %H:%M"));
    day.hours.iter().map(text).collect()
}

const SUNDAY: Date = date(2026, 11, 22);
const FRIDAY: Date = date(2026, 11, 20);

#[test]
fn whose_hours_count() {
    let mut branch_week = Week::default();
    branch_week[0] = vec![stretch((9, 0), (21, 0))];
    let mut doctor_week = Week::default();
    doctor_week[0] = vec![stretch((17, 0), (22, 0)), stretch((10, 0), (14, 0))];
    let holiday = [dated(DatedKind::Holiday, SUNDAY, SUNDAY, &[])];
    let inventory = [DatedHours { everybody: false, ..dated(DatedKind::Closure, FRIDAY, SUNDAY, &[]) }];
    let extra = [dated(DatedKind::Hours, SUNDAY, SUNDAY, &[stretch((20, 0), (2, 0))])];
    let leave = [dated(DatedKind::Leave, SUNDAY, SUNDAY, &[])];
    let none: &[DatedHours] = &[];
    let (week, own) = (Some(&branch_week), Some(&doctor_week));
    let of_branch = vec!["22 09:00–22 21:00"];
    let of_doctor = vec!["22 10:00–22 14:00", "22 17:00–22 22:00"];
    let at_night = vec!["22 20:00–23 02:00"];
    // The doctor's dated hours, his week, the branch's dated hours, its week: what results, and what is the reason.
    for (line, doctor_dated, doctor_week, branch_dated, branch_week, expected, because) in [
        ("nothing is set", none, None, none, None, vec![], None),
        ("as the branch", none, None, none, week, of_branch.clone(), None),
        ("the branch closes", none, None, &inventory[..], week, vec![], Some("closure")),
        ("his own week", none, own, none, week, of_doctor.clone(), None),
        ("a closure that is not his", none, own, &inventory[..], week, of_doctor, None),
        ("a holiday of everybody", none, own, &holiday[..], week, vec![], Some("holiday")),
        ("he works on the holiday", &extra[..], own, &holiday[..], week, at_night, Some("hours")),
        ("on leave", &leave[..], own, none, week, vec![], Some("leave")),
        ("on leave without a week", &leave[..], None, none, None, vec![], Some("leave")),
    ] {
        let doctor = Known { week: doctor_week, dated: doctor_dated };
        let branch = Known { week: branch_week, dated: branch_dated };
        let day = doctor_day(SUNDAY, doctor, branch);
        assert_eq!(times(&day), expected, "{line}");
        assert_eq!(day.because.map(|d| d.kind.as_str()), because, "{line}");
    }
    let branch = Known { week, dated: &inventory };
    assert_eq!(times(&branch_day(SUNDAY, branch)), Vec::<String>::new());
    assert_eq!(times(&branch_day(date(2026, 11, 29), branch)), ["29 09:00–29 21:00"]);
}

#[test]
fn of_two_dated_entries_the_shorter_one_counts() {
    let ramadan = dated(DatedKind::Hours, date(2026, 2, 18), date(2026, 3, 19), &[stretch((20, 30), (1, 0))]);
    let eve = dated(DatedKind::Hours, date(2026, 3, 18), date(2026, 3, 19), &[stretch((11, 0), (15, 0))]);
    let strike = dated(DatedKind::Closure, date(2026, 3, 17), date(2026, 3, 18), &[]);
    let week = every_day(&[stretch((9, 0), (17, 0))]);
    for entries in [[&ramadan, &eve, &strike], [&strike, &eve, &ramadan]] {
        let entries: Vec<DatedHours> = entries.into_iter().cloned().collect();
        let branch = Known { week: Some(&week), dated: &entries };
        for (day, expected) in [
            (date(2026, 2, 17), vec!["17 09:00–17 17:00"]),
            (date(2026, 2, 18), vec!["18 20:30–19 01:00"]),
            (date(2026, 3, 17), vec![]),
            // Two of the same length: the one that begins later.
            (date(2026, 3, 18), vec!["18 11:00–18 15:00"]),
            (date(2026, 3, 20), vec!["20 09:00–20 17:00"]),
        ] {
            assert_eq!(times(&branch_day(day, branch)), expected, "{day}");
        }
    }
}

#[test]
fn a_whole_day_and_nights_join_with_the_day_after() {
    let week = every_day(&[stretch((0, 0), (0, 0))]);
    let (doctor, branch) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let rows = |owner: Uuid, week: &Week| -> Vec<(Uuid, i32, Stretch)> {
        (0..).zip(week).flat_map(|(day, all)| all.iter().map(move |s| (owner, day, *s))).collect()
    };
    let calendar = Calendar::of(rows(branch, &week), []);
    let hours = calendar.doctor_hours(doctor, branch, SUNDAY, SUNDAY);
    assert_eq!(hours, [(date(2026, 11, 21).at(0, 0, 0, 0), date(2026, 11, 23).at(0, 0, 0, 0))]);

    let nights = every_day(&[stretch((22, 0), (6, 0)), stretch((6, 0), (8, 0))]);
    let calendar = Calendar::of(rows(branch, &nights), []);
    let hours = calendar.doctor_hours(doctor, branch, SUNDAY, SUNDAY);
    let at = |day: i8, hour: i8| date(2026, 11, day).at(hour, 0, 0, 0);
    assert_eq!(hours, [(at(21, 6), at(21, 8)), (at(21, 22), at(22, 8)), (at(22, 22), at(23, 6))]);
}

/// A doctor who works from 20:00 to 02:00 at a branch that is open all day.
fn night_doctor() -> (Calendar, Uuid, Uuid) {
    let (doctor, branch) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let rows = (0..7)
        .flat_map(|day| [(doctor, day, stretch((20, 0), (2, 0))), (branch, day, stretch((0, 0), (0, 0)))]);
    (Calendar::of(rows, []), doctor, branch)
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[test]
fn a_doctor_who_works_past_midnight_on_the_nights_when_the_clocks_change_and_when_they_do_not() {
    let (calendar, doctor, branch) = night_doctor();
    for (zone_name, starts, ends, within) in [
        // Clocks go forward: after 23:59 comes 01:00, so the night has five hours.
        ("Africa/Cairo", "2026-04-23T20:00:00+02:00", "2026-04-24T02:00:00+03:00", true),
        ("Africa/Cairo", "2026-04-23T23:30:00+02:00", "2026-04-24T01:30:00+03:00", true),
        ("Africa/Cairo", "2026-04-24T01:30:00+03:00", "2026-04-24T02:15:00+03:00", false),
        ("Africa/Cairo", "2027-04-29T20:00:00+02:00", "2027-04-30T02:00:00+03:00", true),
        ("Africa/Cairo", "2027-04-30T01:45:00+03:00", "2027-04-30T02:05:00+03:00", false),
        // Clocks go back: the hour before midnight comes twice, so the night has seven.
        ("Africa/Cairo", "2026-10-29T20:00:00+03:00", "2026-10-30T02:00:00+02:00", true),
        ("Africa/Cairo", "2026-10-29T23:30:00+03:00", "2026-10-29T23:15:00+02:00", true),
        ("Africa/Cairo", "2026-10-30T01:30:00+02:00", "2026-10-30T02:01:00+02:00", false),
        ("Africa/Cairo", "2027-10-28T23:45:00+03:00", "2027-10-28T23:45:00+02:00", true),
        ("Africa/Cairo", "2027-10-28T19:59:00+03:00", "2027-10-28T20:30:00+03:00", false),
        // The clocks of Riyadh stay.
        ("Asia/Riyadh", "2026-04-23T20:00:00+03:00", "2026-04-24T02:00:00+03:00", true),
        ("Asia/Riyadh", "2026-04-24T00:15:00+03:00", "2026-04-24T00:45:00+03:00", true),
        ("Asia/Riyadh", "2026-10-29T23:30:00+03:00", "2026-10-30T02:30:00+03:00", false),
        ("Asia/Riyadh", "2027-10-28T23:30:00+03:00", "2027-10-29T00:30:00+03:00", true),
    ] {
        let standing = calendar.standing(doctor, branch, (at(starts), at(ends)), &zone(zone_name).unwrap());
        let expected = if within { Standing::Within } else { Standing::Outside };
        assert_eq!(standing, expected, "{zone_name} {starts} – {ends}");
    }
}

#[test]
fn the_night_before_a_leave_is_still_worked() {
    let (calendar, doctor, branch) = night_doctor();
    let leave = dated(DatedKind::Leave, SUNDAY, SUNDAY, &[]);
    let calendar = Calendar { dated: [(doctor, vec![leave.clone()])].into(), ..calendar };
    let cairo = zone("Africa/Cairo").unwrap();
    let standing =
        |starts: &str, ends: &str| calendar.standing(doctor, branch, (at(starts), at(ends)), &cairo);
    let on_leave = Standing::OnLeave(&leave);
    assert_eq!(standing("2026-11-22T01:00:00+02:00", "2026-11-22T02:00:00+02:00"), Standing::Within);
    assert_eq!(standing("2026-11-22T01:30:00+02:00", "2026-11-22T02:30:00+02:00"), on_leave);
    assert_eq!(standing("2026-11-22T20:00:00+02:00", "2026-11-22T20:30:00+02:00"), on_leave);
    assert_eq!(standing("2026-11-22T23:30:00+02:00", "2026-11-23T00:30:00+02:00"), on_leave);
    assert_eq!(standing("2026-11-23T00:30:00+02:00", "2026-11-23T01:00:00+02:00"), Standing::Outside);
    assert_eq!(standing("2026-11-23T20:00:00+02:00", "2026-11-23T20:30:00+02:00"), Standing::Within);
}

#[test]
fn where_nothing_is_set_nothing_is_outside() {
    let calendar = Calendar::default();
    let range = (at("2026-11-22T03:00:00+02:00"), at("2026-11-22T03:30:00+02:00"));
    let standing =
        calendar.standing(Uuid::from_u128(1), Uuid::from_u128(2), range, &zone("Africa/Cairo").unwrap());
    assert_eq!(standing, Standing::Within);
}

#[test]
fn stretches_of_a_week_overlap_across_its_nights_too() {
    let week = |days: &[(usize, Stretch)]| {
        let mut week = Week::default();
        for (day, stretch) in days {
            week[*day].push(*stretch);
        }
        week
    };
    let (night, early) = (stretch((20, 0), (2, 0)), stretch((1, 30), (4, 0)));
    assert!(stretches_apart(&week(&[(1, night), (1, early)])));
    assert!(!stretches_apart(&week(&[(1, night), (2, early)])));
    assert!(!stretches_apart(&week(&[(6, night), (0, early)])), "Saturday night and Sunday");
    assert!(stretches_apart(&every_day(&[stretch((0, 0), (0, 0))])));
    assert!(!stretches_apart(&week(&[(3, stretch((0, 0), (0, 0))), (3, stretch((9, 0), (10, 0)))])));
}

fn any_stretch() -> impl Strategy<Value = Stretch> {
    ((0i8..24, 0i8..60), (0i8..24, 0i8..60)).prop_map(|(from, until)| stretch(from, until))
}

fn any_week() -> impl Strategy<Value = Week> {
    proptest::array::uniform7(proptest::collection::vec(any_stretch(), 0..3))
}

/// Entries in and around the fortnight that is looked at.
fn any_dated() -> impl Strategy<Value = Vec<DatedHours>> {
    let one = (0i64..20, 0i64..8, 0usize..4, any::<bool>(), any_week()).prop_map(
        |(first, days, kind, everybody, week)| DatedHours {
            everybody,
            week,
            ..dated(
                DatedKind::ALL[kind],
                SUNDAY.saturating_add(first.days()),
                SUNDAY.saturating_add((first + days).days()),
                &[],
            )
        },
    );
    proptest::collection::vec(one, 0..4).prop_map(|mut entries| {
        for (id, entry) in (1..).zip(&mut entries) {
            entry.id = Uuid::from_u128(id);
        }
        entries
    })
}

/// One owner's entry of a day, looked for by going through the lengths from one day on.
fn entry_on(entries: &[DatedHours], day: Date, only_everybody: bool) -> Option<&DatedHours> {
    for length in 0..10 {
        let mut found: Vec<&DatedHours> = entries
            .iter()
            .filter(|e| !only_everybody || e.everybody)
            .filter(|e| e.first <= day && day <= e.last && e.first.saturating_add(length.days()) == e.last)
            .collect();
        found.sort_by_key(|e| (e.first, std::cmp::Reverse(e.id)));
        if let Some(last) = found.pop() {
            return Some(last);
        }
    }
    None
}

/// Whether work is done in a minute, counted from the midnight before `SUNDAY`, by asking each day alone.
fn works_in(
    minute: i64,
    (doctor_dated, doctor_week): (&[DatedHours], Option<&Week>),
    (branch_dated, branch_week): (&[DatedHours], Option<&Week>),
) -> bool {
    (0..2).any(|back| {
        let day_number = minute.div_euclid(1440) - back;
        let day = SUNDAY.saturating_add(day_number.days());
        let entry = match entry_on(doctor_dated, day, false) {
            Some(own) => Some(own),
            None => match (entry_on(branch_dated, day, true), doctor_week) {
                (Some(everybody), _) => Some(everybody),
                (None, Some(_)) => None,
                (None, None) => entry_on(branch_dated, day, false),
            },
        };
        let week = match entry {
            Some(entry) if entry.kind != DatedKind::Hours => return false,
            Some(entry) => &entry.week,
            None => match doctor_week.or(branch_week) {
                Some(week) => week,
                None => return false,
            },
        };
        let weekday = usize::try_from(day_number.rem_euclid(7)).unwrap();
        week[weekday].iter().any(|s| {
            let of = |t: Time| i64::from(t.hour()) * 60 + i64::from(t.minute());
            let (from, until) = (of(s.from), of(s.until));
            let until = if until <= from { until + 1440 } else { until };
            let at = minute - day_number * 1440;
            from <= at && at < until
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn resolution_equals_asking_minute_by_minute(
        doctor_dated in any_dated(), doctor_week in proptest::option::of(any_week()),
        branch_dated in any_dated(), branch_week in proptest::option::of(any_week()),
        first in 1i64..18, days in 0i64..3,
    ) {
        let (doctor, branch) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let weeks = [(doctor, doctor_week.clone()), (branch, branch_week.clone())];
        let calendar = Calendar {
            weeks: weeks.into_iter().filter_map(|(id, week)| Some((id, week?))).collect(),
            dated: [(doctor, doctor_dated.clone()), (branch, branch_dated.clone())].into(),
        };
        let (from, to) = (SUNDAY.saturating_add(first.days()), SUNDAY.saturating_add((first + days).days()));
        let hours = calendar.doctor_hours(doctor, branch, from, to);
        prop_assert!(hours.iter().all(|(from, until)| from < until));
        prop_assert!(hours.windows(2).all(|pair| pair[0].1 < pair[1].0));
        for minute in (first * 1440..(first + days + 1) * 1440).step_by(7) {
            let local = SUNDAY.at(0, 0, 0, 0).saturating_add(minute.minutes());
            let works = hours.iter().any(|(from, until)| *from <= local && local < *until);
            let naive = works_in(
                minute, (&doctor_dated, doctor_week.as_ref()), (&branch_dated, branch_week.as_ref()));
            prop_assert_eq!(works, naive, "{}", local);
        }
    }

    #[test]
    fn stretches_are_apart_when_no_minute_is_taken_twice(week in any_week()) {
        let mut taken = vec![0u8; 7 * 1440];
        for (weekday, stretches) in week.iter().enumerate() {
            for stretch in stretches {
                let (from, until) = stretch.of_week(weekday);
                for minute in from..until {
                    taken[usize::try_from(minute).unwrap() % (7 * 1440)] += 1;
                }
            }
        }
        prop_assert_eq!(stretches_apart(&week), taken.iter().all(|n| *n < 2));
    }
}
