//! Where an appointment of some length fits: the first free slots of each day.
//!
//! Instants are whole minutes since 1970: a search looks at thousands of them.

#[cfg(test)]
mod tests;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

use super::{PATTERN_STEP, SchedulingError};
use crate::time::local_day_bounds;

/// Whole minutes since 1970: from, until.
pub type Minutes = (i64, i64);

/// The minute in which an instant lies.
pub fn minute_of(at: Timestamp) -> i64 {
    at.as_second().div_euclid(60)
}

/// The instant at which a minute begins.
pub fn instant_of(minute: i64) -> Timestamp {
    Timestamp::from_second(minute.saturating_mul(60)).unwrap_or(Timestamp::MAX)
}

/// Ranges in order, none of which touches the next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ranges(Vec<Minutes>);

impl Ranges {
    /// Out of ranges in any order, which may overlap.
    pub fn of(mut ranges: Vec<Minutes>) -> Self {
        ranges.retain(|(from, until)| from < until);
        ranges.sort_unstable();
        let mut merged: Vec<Minutes> = Vec::with_capacity(ranges.len());
        for (from, until) in ranges {
            match merged.last_mut() {
                Some((_, end)) if from <= *end => *end = (*end).max(until),
                _ => merged.push((from, until)),
            }
        }
        Self(merged)
    }

    /// Those that reach into a range.
    fn within(&self, (from, until): Minutes) -> impl Iterator<Item = Minutes> + '_ {
        let first = self.0.partition_point(|range| range.1 <= from);
        self.0.iter().skip(first).copied().take_while(move |range| range.0 < until)
    }

    /// The first that overlaps a range.
    fn conflict(&self, range: Minutes) -> Option<Minutes> {
        self.within(range).next()
    }

    /// Whether one ends where the range begins, or begins where it ends.
    fn touches(&self, (from, until): Minutes) -> bool {
        let before = self.0.partition_point(|range| range.1 < from);
        let after = self.0.partition_point(|range| range.0 < until);
        self.0.get(before).is_some_and(|range| range.1 == from)
            || self.0.get(after).is_some_and(|range| range.0 == until)
    }
}

/// A doctor at one branch. One who works at several is there several times, with the same key.
#[derive(Clone, Debug, Default)]
pub struct DoctorTime {
    /// Who it is.
    pub key: usize,
    /// When he works there.
    pub open: Ranges,
    /// When his own hands are needed elsewhere: in the way of the `D` of a pattern.
    pub busy: Ranges,
    /// When nothing of his can be booked at all.
    pub away: Ranges,
    /// The chairs there, the preferred first.
    pub chairs: Vec<usize>,
}

/// A day in which slots may start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SearchDay {
    pub date: Date,
    /// From where the grid counts.
    pub midnight: i64,
    /// Slots start in these.
    pub starts: Minutes,
    /// By when they end.
    pub ends_by: Option<i64>,
}

impl SearchDay {
    /// A day on the wall clock of a zone; with a time window slots begin and end within it.
    pub fn of(date: Date, after: Option<Time>, before: Option<Time>, zone: &TimeZone) -> Self {
        let (first, next) = local_day_bounds(date, zone);
        // A time that the clocks skip is as much later.
        let clock = |time: Time| {
            zone.to_ambiguous_timestamp(date.to_datetime(time)).compatible().map_or(first, |at| at.max(first))
        };
        Self {
            date,
            midnight: minute_of(first),
            starts: (minute_of(after.map_or(first, clock)), minute_of(next)),
            ends_by: before.map(|time| minute_of(clock(time))),
        }
    }
}

/// What is looked for.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    pub minutes: i64,
    /// Whose time each 5 minutes take, `D` or `A`; empty: the doctor's throughout.
    pub pattern: &'a str,
    /// No slot starts before.
    pub earliest: i64,
    /// Slots start on whole steps of so many minutes from midnight.
    pub grid: i64,
    /// So many slots of each doctor and day at most.
    pub of_doctor: usize,
    /// So many days that have any.
    pub days: usize,
}

/// A slot that is free.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Opening {
    pub start: i64,
    /// The key of the doctor.
    pub doctor: usize,
    pub chair: usize,
    /// Of the list of days.
    pub day: usize,
    /// Whether it touches what the doctor or the chair has already, so that no hole is left between.
    pub next_to_another: bool,
}

/// The free slots of the first days that have any, in order of time. Of each doctor and day: the first one, then
/// those next to what is taken already, then the earliest; none overlaps another of the same doctor.
pub fn openings(
    wanted: &Wanted<'_>,
    days: &[SearchDay],
    doctors: &[DoctorTime],
    chairs: &[Ranges],
) -> Result<Vec<Opening>, SchedulingError> {
    if wanted.grid <= 0 {
        return Err(SchedulingError::TooShort);
    }
    let parts = doctor_minutes(wanted.minutes, wanted.pattern)?;
    let mut found: Vec<Opening> = Vec::new();
    let mut left = wanted.days;
    for (index, day) in days.iter().enumerate() {
        if left == 0 {
            break;
        }
        let mut free: Vec<Opening> = Vec::new();
        for doctor in doctors.iter().filter(|doctor| !doctor.chairs.is_empty()) {
            let search = Search { wanted, parts: &parts, doctor, chairs };
            search.free_on(index, day, &mut free);
        }
        if !free.is_empty() {
            left -= 1;
            found.extend(chosen(free, wanted));
        }
    }
    Ok(found)
}

/// The minutes of an appointment that need the doctor, from its start.
pub fn doctor_minutes(minutes: i64, pattern: &str) -> Result<Vec<Minutes>, SchedulingError> {
    if minutes <= 0 {
        return Err(SchedulingError::TooShort);
    }
    if pattern.is_empty() {
        return Ok(vec![(0, minutes)]);
    }
    let step = PATTERN_STEP.as_mins();
    let (mut at, mut parts) = (0, Vec::new());
    for letter in pattern.bytes() {
        match letter {
            b'D' => parts.push((at, at + step)),
            b'A' => {}
            _ => return Err(SchedulingError::PatternMismatch),
        }
        at += step;
    }
    if at == minutes { Ok(Ranges::of(parts).0) } else { Err(SchedulingError::PatternMismatch) }
}

/// What stands at a start.
enum At {
    Free {
        chair: usize,
        next_to_another: bool,
    },
    /// No start before this one is free.
    Taken {
        until: i64,
    },
}

struct Search<'a> {
    wanted: &'a Wanted<'a>,
    parts: &'a [Minutes],
    doctor: &'a DoctorTime,
    chairs: &'a [Ranges],
}

impl Search<'_> {
    fn free_on(&self, index: usize, day: &SearchDay, free: &mut Vec<Opening>) {
        let length = self.wanted.minutes;
        let first = day.starts.0.max(self.wanted.earliest);
        for (open, shut) in self.doctor.open.within((first, day.starts.1)) {
            let last = day.ends_by.unwrap_or(shut).min(shut) - length;
            let mut start = self.on_grid(open.max(first), day);
            while start <= last && start < day.starts.1 {
                match self.at(start) {
                    At::Free { chair, next_to_another } => {
                        let doctor = self.doctor.key;
                        free.push(Opening { start, doctor, chair, day: index, next_to_another });
                        start += self.wanted.grid;
                    }
                    At::Taken { until } => start = self.on_grid(until, day),
                }
            }
        }
    }

    /// The first step of the grid that is not before.
    fn on_grid(&self, minute: i64, day: &SearchDay) -> i64 {
        let over = (minute - day.midnight).rem_euclid(self.wanted.grid);
        if over == 0 { minute } else { minute.saturating_add(self.wanted.grid - over) }
    }

    fn at(&self, start: i64) -> At {
        let slot = (start, start + self.wanted.minutes);
        if let Some((_, end)) = self.doctor.away.conflict(slot) {
            return At::Taken { until: end };
        }
        for (from, until) in self.parts {
            if let Some((_, end)) = self.doctor.busy.conflict((start + from, start + until)) {
                return At::Taken { until: end - from };
            }
        }
        let beside_own = self.doctor.busy.touches(slot) || self.doctor.away.touches(slot);
        let mut best: Option<usize> = None;
        let mut until = i64::MAX;
        for (index, chair) in
            self.doctor.chairs.iter().filter_map(|index| Some((*index, self.chairs.get(*index)?)))
        {
            match chair.conflict(slot) {
                Some((_, end)) => until = until.min(end),
                None if chair.touches(slot) => return At::Free { chair: index, next_to_another: true },
                None => best = best.or(Some(index)),
            }
        }
        match best {
            Some(chair) => At::Free { chair, next_to_another: beside_own },
            None => At::Taken { until },
        }
    }
}

/// The slots of one day that are worth offering.
fn chosen(mut free: Vec<Opening>, wanted: &Wanted<'_>) -> Vec<Opening> {
    free.sort_unstable();
    let mut first: Vec<usize> = Vec::new();
    let mut ranked: Vec<(u8, Opening)> = free
        .into_iter()
        .map(|slot| {
            let is_first = !first.contains(&slot.doctor);
            if is_first {
                first.push(slot.doctor);
            }
            (if is_first { 0 } else { 2 - u8::from(slot.next_to_another) }, slot)
        })
        .collect();
    ranked.sort_unstable();
    let mut kept: Vec<Opening> = Vec::new();
    for (_, slot) in ranked {
        let (mut count, mut overlaps) = (0, false);
        for other in kept.iter().filter(|other| other.doctor == slot.doctor) {
            count += 1;
            overlaps |= (other.start - slot.start).abs() < wanted.minutes;
        }
        if count < wanted.of_doctor && !overlaps {
            kept.push(slot);
        }
    }
    kept.sort_unstable();
    kept
}
