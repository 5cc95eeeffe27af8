use jiff::civil::{date, time};
use proptest::prelude::*;

use super::*;

fn ranges(ranges: &[Minutes]) -> Ranges {
    Ranges::of(ranges.to_vec())
}

fn day(from: i64, until: i64) -> SearchDay {
    SearchDay { date: date(2026, 11, 23), midnight: from, starts: (from, until), ends_by: None }
}

fn wanted(minutes: i64, pattern: &str) -> Wanted<'_> {
    Wanted { minutes, pattern, earliest: 0, grid: 5, of_doctor: 3, days: 10 }
}

fn one_doctor(open: &[Minutes], busy: &[Minutes]) -> DoctorTime {
    DoctorTime { key: 0, open: ranges(open), busy: ranges(busy), away: Ranges::default(), chairs: vec![0] }
}

fn starts(found: &[Opening]) -> Vec<i64> {
    found.iter().map(|slot| slot.start).collect()
}

#[test]
fn the_first_slot_then_those_that_leave_no_hole() {
    let doctor = one_doctor(&[(540, 780)], &[(660, 690)]);
    let found =
        openings(&wanted(30, ""), &[day(0, 1440)], std::slice::from_ref(&doctor), &[ranges(&[(660, 690)])])
            .unwrap();
    assert_eq!(starts(&found), [540, 630, 690]);
    assert_eq!(found.iter().map(|slot| slot.next_to_another).collect::<Vec<_>>(), [false, true, true]);
    let four = Wanted { of_doctor: 4, ..wanted(30, "") };
    let found = openings(&four, &[day(0, 1440)], &[doctor], &[ranges(&[(660, 690)])]).unwrap();
    assert_eq!(starts(&found), [540, 570, 630, 690]);
}

#[test]
fn only_the_doctors_part_waits_for_the_doctor_and_the_chair_is_needed_throughout() {
    let doctor = one_doctor(&[(0, 60)], &[(0, 15), (25, 60)]);
    let find = |pattern, chair: &[Minutes]| {
        openings(&wanted(20, pattern), &[day(0, 60)], std::slice::from_ref(&doctor), &[ranges(chair)])
            .map(|found| starts(&found))
    };
    assert_eq!(find("", &[]).unwrap(), [0_i64; 0]);
    assert_eq!(find("ADDA", &[]).unwrap(), [10]);
    assert_eq!(find("ADDA", &[(29, 30)]).unwrap(), [0_i64; 0]);
    assert_eq!(find("AAAA", &[]).unwrap().first(), Some(&0));
    assert_eq!(find("ADD", &[]), Err(SchedulingError::PatternMismatch));
    assert_eq!(find("ADXA", &[]), Err(SchedulingError::PatternMismatch));
}

#[test]
fn a_day_on_the_wall_clock_of_cairo() {
    let cairo = crate::time::zone("Africa/Cairo").unwrap();
    let of = |day, after, before| SearchDay::of(day, after, before, &cairo);
    let long = of(date(2026, 10, 29), None, None);
    assert_eq!(long.starts.1 - long.starts.0, 25 * 60);
    let short = of(date(2026, 4, 24), Some(time(0, 30, 0, 0)), Some(time(2, 0, 0, 0)));
    assert_eq!((short.starts.0, short.ends_by), (short.midnight + 30, Some(short.midnight + 60)));
    let plain = of(date(2026, 11, 23), Some(time(9, 0, 0, 0)), None);
    assert_eq!(instant_of(plain.starts.0).to_string(), "2026-11-23T07:00:00Z");
}

/// A calendar as the naive model and the search both read it.
#[derive(Debug)]
struct Calendar {
    minutes: i64,
    pattern: String,
    earliest: i64,
    grid: i64,
    of_doctor: usize,
    days: Vec<SearchDay>,
    doctors: Vec<[Vec<Minutes>; 3]>,
    chairs: Vec<Vec<Minutes>>,
}

/// Minutes that the random calendars have.
const END: i64 = 160;

fn some(most: usize) -> impl Strategy<Value = Vec<Minutes>> {
    proptest::collection::vec(
        (0..END, 1..30_i64).prop_map(|(from, long)| (from, (from + long).min(END))),
        0..most,
    )
}

fn opened() -> impl Strategy<Value = Vec<Minutes>> {
    proptest::collection::vec(
        (0..END, 20..100_i64).prop_map(|(from, long)| (from, (from + long).min(END))),
        0..4,
    )
}

fn calendar() -> impl Strategy<Value = Calendar> {
    let asked = (1..6_usize, any::<bool>(), "[DA]{5}", 0..60_i64, 1..8_i64, 1..4_usize);
    let window = (0..20_i64, 20..50_i64, proptest::option::of(20..60_i64));
    let doctors = proptest::collection::vec((opened(), some(5), some(2)), 1..3);
    (asked, window, doctors, proptest::collection::vec(some(5), 1..3)).prop_map(
        |((steps, whole, letters, earliest, grid, of_doctor), (from, until, ends), doctors, chairs)| {
            let pattern: String = if whole { String::new() } else { letters.chars().take(steps).collect() };
            let days = (0..3)
                .map(|n| SearchDay {
                    date: date(2026, 11, 23),
                    midnight: n * 55,
                    starts: (n * 55 + from, n * 55 + until),
                    ends_by: ends.map(|minute| n * 55 + minute),
                })
                .collect();
            Calendar {
                minutes: if whole {
                    i64::try_from(steps).unwrap() * 4
                } else {
                    i64::try_from(steps).unwrap() * 5
                },
                pattern,
                earliest,
                grid,
                of_doctor,
                days,
                doctors: doctors.into_iter().map(|(open, busy, away)| [open, busy, away]).collect(),
                chairs,
            }
        },
    )
}

fn covers(ranges: &[Minutes], minute: i64) -> bool {
    ranges.iter().any(|(from, until)| (*from..*until).contains(&minute))
}

/// Whether one minute is covered and the one on the other side of an edge is not.
fn edge(ranges: &[Minutes], inside: i64, outside: i64) -> bool {
    covers(ranges, inside) && !covers(ranges, outside)
}

fn beside(ranges: &[Minutes], from: i64, until: i64) -> bool {
    edge(ranges, from - 1, from) || edge(ranges, until, until - 1)
}

impl Calendar {
    /// Every minute of every start, one after the other.
    fn naive(&self) -> Vec<Opening> {
        let mut answer = Vec::new();
        for (index, day) in self.days.iter().enumerate() {
            let mut free = Vec::new();
            for start in day.starts.0..day.starts.1 {
                let end = start + self.minutes;
                let in_time = start >= self.earliest
                    && (start - day.midnight) % self.grid == 0
                    && day.ends_by.is_none_or(|by| end <= by);
                if !in_time {
                    continue;
                }
                for (doctor, [open, busy, away]) in self.doctors.iter().enumerate() {
                    let works = (start..end).all(|minute| {
                        covers(open, minute)
                            && !covers(away, minute)
                            && !(self.needs_doctor(minute - start) && covers(busy, minute))
                    });
                    if !works {
                        continue;
                    }
                    let chairs: Vec<usize> = (0..self.chairs.len())
                        .filter(|chair| (start..end).all(|minute| !covers(&self.chairs[*chair], minute)))
                        .collect();
                    let close = chairs.iter().copied().find(|chair| beside(&self.chairs[*chair], start, end));
                    if let Some(chair) = close.or(chairs.first().copied()) {
                        let next_to_another =
                            close.is_some() || beside(busy, start, end) || beside(away, start, end);
                        free.push(Opening { start, doctor, chair, day: index, next_to_another });
                    }
                }
            }
            let mut of_day = Vec::new();
            for doctor in 0..self.doctors.len() {
                of_day.extend(self.offered(free.iter().copied().filter(|s| s.doctor == doctor).collect()));
            }
            of_day.sort_unstable();
            answer.extend(of_day);
        }
        answer
    }

    fn needs_doctor(&self, minute: i64) -> bool {
        self.pattern.is_empty() || self.pattern.as_bytes()[usize::try_from(minute / 5).unwrap()] == b'D'
    }

    /// The first, then those beside others, then the rest; each only where none overlaps it.
    fn offered(&self, free: Vec<Opening>) -> Vec<Opening> {
        let mut kept: Vec<Opening> = Vec::new();
        let close = free.iter().filter(|slot| slot.next_to_another);
        for slot in free.iter().take(1).chain(close).chain(free.iter()) {
            let apart = kept.iter().all(|other| (other.start - slot.start).abs() >= self.minutes);
            if apart && kept.len() < self.of_doctor {
                kept.push(*slot);
            }
        }
        kept
    }

    fn searched(&self) -> Vec<Opening> {
        let wanted = Wanted {
            minutes: self.minutes,
            pattern: &self.pattern,
            earliest: self.earliest,
            grid: self.grid,
            of_doctor: self.of_doctor,
            days: 10,
        };
        let doctors: Vec<DoctorTime> = self
            .doctors
            .iter()
            .enumerate()
            .map(|(key, [open, busy, away])| DoctorTime {
                key,
                open: ranges(open),
                busy: ranges(busy),
                away: ranges(away),
                chairs: (0..self.chairs.len()).collect(),
            })
            .collect();
        let chairs: Vec<Ranges> = self.chairs.iter().map(|taken| ranges(taken)).collect();
        openings(&wanted, &self.days, &doctors, &chairs).unwrap()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn the_search_finds_what_looking_at_every_minute_finds(calendar in calendar()) {
        prop_assert_eq!(calendar.searched(), calendar.naive());
    }
}
