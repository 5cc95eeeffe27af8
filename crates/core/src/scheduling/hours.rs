//! When a branch is open and a doctor works: weeks, and hours for certain dates, both on the clinic's wall clock.

mod calendar;
#[cfg(test)]
mod tests;

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time};
use uuid::Uuid;

use crate::wire_enum::wire_enum;

pub use calendar::*;

/// A part of a day. An end that is not after the start is on the next day, so 00:00–00:00 is a day of 24 hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stretch {
    pub from: Time,
    pub until: Time,
}

/// From, until on the wall clock.
pub type Hours = (DateTime, DateTime);

/// The stretches of each weekday, Sunday first; a day without any is a day off.
pub type Week = [Vec<Stretch>; 7];

impl Stretch {
    pub const fn new(from: Time, until: Time) -> Self {
        Self { from, until }
    }

    /// Whether it runs into the next day.
    pub fn past_midnight(self) -> bool {
        self.until <= self.from
    }

    /// The stretch of the day it begins on. `None` only at the end of the calendar.
    pub fn on(self, date: Date) -> Option<Hours> {
        let last = if self.past_midnight() { date.tomorrow().ok()? } else { date };
        Some((date.to_datetime(self.from), last.to_datetime(self.until)))
    }

    /// From, until in minutes of a week that began on Sunday; one of Saturday night ends after the week.
    fn of_week(self, weekday: usize) -> (i64, i64) {
        let minute = |time: Time| i64::from(time.hour()) * 60 + i64::from(time.minute());
        let start = i64::try_from(weekday).unwrap_or(0) * 1440 + minute(self.from);
        let length = (minute(self.until) - minute(self.from) - 1).rem_euclid(1440) + 1;
        (start, start + length)
    }
}

/// Whether no two stretches of a week overlap, the nights included.
pub fn stretches_apart(week: &Week) -> bool {
    const WEEK: i64 = 7 * 1440;
    let mut minutes: Vec<(i64, i64)> =
        (0..).zip(week).flat_map(|(day, all)| all.iter().map(move |s| s.of_week(day))).collect();
    minutes.sort_unstable();
    let around = minutes.first().map(|(start, end)| (start + WEEK, end + WEEK));
    minutes.extend(around);
    minutes.windows(2).all(|pair| matches!(pair, [(_, end), (start, _)] if end <= start))
}

/// A week out of its rows: weekday (0 is Sunday) and stretch. There is no eighth day: such a row is left out.
pub fn week_of(rows: impl IntoIterator<Item = (i32, Stretch)>) -> Week {
    let mut week = Week::default();
    for (weekday, stretch) in rows {
        if let Some(day) = usize::try_from(weekday).ok().and_then(|index| week.get_mut(index)) {
            day.push(stretch);
        }
    }
    week
}

fn on_weekday(week: &Week, date: Date) -> &[Stretch] {
    let weekday = usize::try_from(date.weekday().to_sunday_zero_offset()).unwrap_or_default();
    week.get(weekday).map_or(&[], Vec::as_slice)
}

wire_enum! {
    /// Why hours of certain dates differ from the week.
    pub enum DatedKind {
        Holiday = "holiday",
        Closure = "closure",
        Leave = "leave",
        /// Other hours, such as those of Ramadan.
        Hours = "hours",
    }
}

impl DatedKind {
    /// Whether nobody works on those days; otherwise the stretches say when.
    pub fn closes(self) -> bool {
        self != Self::Hours
    }
}

/// The hours of a branch or a doctor from one date to another; they stand in place of the week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatedHours {
    pub id: Uuid,
    pub kind: DatedKind,
    pub name_ar: String,
    pub name_en: String,
    pub first: Date,
    pub last: Date,
    /// Of a branch: it holds for its doctors too, also for those with a week of their own.
    pub everybody: bool,
    pub week: Week,
}

impl DatedHours {
    fn covers(&self, date: Date) -> bool {
        self.first <= date && date <= self.last
    }

    /// The shorter span first, then the one that begins later: what is said of fewer days is meant more.
    fn weight(&self) -> (i32, std::cmp::Reverse<Date>, Uuid) {
        let days = self.first.until(self.last).map_or(i32::MAX, |span| span.get_days());
        (days, std::cmp::Reverse(self.first), self.id)
    }

    fn hours(&self, date: Date) -> Vec<Hours> {
        if self.kind.closes() { Vec::new() } else { of_day(&self.week, date) }
    }
}

/// What is known of one branch or one doctor.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known<'a> {
    /// None where no week was set.
    pub week: Option<&'a Week>,
    pub dated: &'a [DatedHours],
}

impl<'a> Known<'a> {
    fn dated_on(self, date: Date, meant: impl Fn(&DatedHours) -> bool) -> Option<&'a DatedHours> {
        self.dated.iter().filter(|d| d.covers(date) && meant(d)).min_by_key(|d| d.weight())
    }
}

/// The hours that begin on a day, in order and apart, and the dated entry that says so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DayHours<'a> {
    pub hours: Vec<Hours>,
    pub because: Option<&'a DatedHours>,
    /// Whether anything at all says when work is done on this day; where nothing does, nothing is outside.
    pub known: bool,
}

impl<'a> DayHours<'a> {
    fn of_dated(dated: &'a DatedHours, date: Date) -> Self {
        Self { hours: dated.hours(date), because: Some(dated), known: true }
    }

    fn of_week(week: &Week, date: Date) -> Self {
        Self { hours: of_day(week, date), because: None, known: true }
    }
}

/// When a branch is open on a day: its dated hours, else its week.
pub fn branch_day<'a>(date: Date, branch: Known<'a>) -> DayHours<'a> {
    if let Some(dated) = branch.dated_on(date, |_| true) {
        return DayHours::of_dated(dated, date);
    }
    branch.week.map_or_else(DayHours::default, |week| DayHours::of_week(week, date))
}

/// When a doctor works at a branch on a day. The first of these that speaks decides: his dated hours, the branch's
/// dated hours that are meant for everybody, his week, the branch's dated hours, the branch's week.
pub fn doctor_day<'a>(date: Date, doctor: Known<'a>, branch: Known<'a>) -> DayHours<'a> {
    let dated = doctor.dated_on(date, |_| true).or_else(|| branch.dated_on(date, |d| d.everybody));
    match (dated, doctor.week) {
        (Some(dated), _) => DayHours::of_dated(dated, date),
        (None, Some(week)) => DayHours::of_week(week, date),
        (None, None) => branch_day(date, branch),
    }
}

fn of_day(week: &Week, date: Date) -> Vec<Hours> {
    merged(on_weekday(week, date).iter().filter_map(|stretch| stretch.on(date)).collect())
}

/// In order, with hours that touch made one: those of a night and of the day after it.
pub fn merged(mut hours: Vec<Hours>) -> Vec<Hours> {
    hours.sort_unstable();
    let mut merged: Vec<Hours> = Vec::with_capacity(hours.len());
    for (from, until) in hours {
        match merged.last_mut() {
            Some((_, end)) if from <= *end => *end = (*end).max(until),
            _ => merged.push((from, until)),
        }
    }
    merged
}

/// The days whose hours can reach into a range of dates: the day before the first one too, for its night.
pub fn days_reaching(first: Date, last: Date) -> impl Iterator<Item = Date> {
    let mut next = Some(first.saturating_sub(1.day()));
    std::iter::from_fn(move || {
        let day = next.filter(|day| *day <= last)?;
        next = day.tomorrow().ok();
        Some(day)
    })
}
