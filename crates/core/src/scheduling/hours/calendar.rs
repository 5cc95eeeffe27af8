//! The hours of a whole clinic, and how a range of the book stands to them.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use uuid::Uuid;

use super::{
    DatedHours, DatedKind, DayHours, Hours, Known, Stretch, Week, branch_day, days_reaching, doctor_day,
    merged, week_of,
};

/// The weeks and the dated hours of the branches and doctors of a clinic.
#[derive(Clone, Debug, Default)]
pub struct Calendar {
    pub(super) weeks: HashMap<Uuid, Week>,
    pub(super) dated: HashMap<Uuid, Vec<DatedHours>>,
}

/// How a range stands to the hours of its doctor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing<'a> {
    Within,
    Outside,
    /// The doctor is away.
    OnLeave(&'a DatedHours),
}

impl Calendar {
    /// Out of rows: owner, weekday (0 is Sunday) and stretch; owner and dated hours.
    pub fn of(
        weekly: impl IntoIterator<Item = (Uuid, i32, Stretch)>,
        dated: impl IntoIterator<Item = (Uuid, DatedHours)>,
    ) -> Self {
        let mut rows: HashMap<Uuid, Vec<(i32, Stretch)>> = HashMap::new();
        for (owner, weekday, stretch) in weekly {
            rows.entry(owner).or_default().push((weekday, stretch));
        }
        let mut calendar = Self {
            weeks: rows.into_iter().map(|(owner, rows)| (owner, week_of(rows))).collect(),
            dated: HashMap::new(),
        };
        for (owner, dated) in dated {
            calendar.dated.entry(owner).or_default().push(dated);
        }
        calendar
    }

    fn known(&self, owner: Uuid) -> Known<'_> {
        Known { week: self.weeks.get(&owner), dated: self.dated.get(&owner).map_or(&[], Vec::as_slice) }
    }

    /// When a branch is open on a day.
    pub fn branch_day(&self, branch: Uuid, date: Date) -> DayHours<'_> {
        branch_day(date, self.known(branch))
    }

    /// When a doctor works at a branch on a day.
    pub fn doctor_day(&self, doctor: Uuid, branch: Uuid, date: Date) -> DayHours<'_> {
        doctor_day(date, self.known(doctor), self.known(branch))
    }

    /// When a doctor works at a branch from the first date to the last, with the night before the first: in order,
    /// and one where the hours of a night touch those of the day after it.
    pub fn doctor_hours(&self, doctor: Uuid, branch: Uuid, first: Date, last: Date) -> Vec<Hours> {
        merged(
            days_reaching(first, last).flat_map(|day| self.doctor_day(doctor, branch, day).hours).collect(),
        )
    }

    /// How a range stands to the hours of a doctor at a branch. Where nothing says when he works, nothing is outside.
    pub fn standing(
        &self,
        doctor: Uuid,
        branch: Uuid,
        (starts, ends): (Timestamp, Timestamp),
        zone: &TimeZone,
    ) -> Standing<'_> {
        let first = zone.to_datetime(starts).date();
        // What ends at midnight ends with its day.
        let last =
            zone.to_datetime(ends.saturating_sub(jiff::SignedDuration::from_nanos(1)).unwrap_or(ends)).date();
        let hours = self.doctor_hours(doctor, branch, first, last);
        if hours.iter().map(|h| instants(*h, zone)).any(|(from, until)| from <= starts && ends <= until) {
            return Standing::Within;
        }
        let days = [first, last].map(|day| self.doctor_day(doctor, branch, day));
        let leave = days.iter().filter_map(|day| day.because).find(|dated| dated.kind == DatedKind::Leave);
        match leave {
            Some(leave) => Standing::OnLeave(leave),
            None if days.iter().any(|day| day.known) => Standing::Outside,
            None => Standing::Within,
        }
    }
}

/// Hours as instants. What begins or ends in an hour that the clocks skip does so as much later; of a time that comes
/// twice the first is meant.
pub fn instants((from, until): Hours, zone: &TimeZone) -> (Timestamp, Timestamp) {
    (instant(from, zone), instant(until, zone))
}

fn instant(local: DateTime, zone: &TimeZone) -> Timestamp {
    zone.to_ambiguous_timestamp(local).compatible().unwrap_or(Timestamp::MAX)
}
