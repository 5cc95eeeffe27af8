//! The weekly hours of branches and doctors, to flag what is booked outside them.

use std::collections::HashMap;

use dentpro_core::scheduling::{Hours, Week, hours_for, outside_hours, week_of};
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use uuid::Uuid;

/// Who a row of hours belongs to, the weekday (0 is Sunday), from, until.
pub type HoursRow = (Uuid, i32, Time, Time);

/// The weeks of a clinic's branches and staff.
#[derive(Clone, Debug, Default)]
pub struct Weeks(HashMap<Uuid, Week>);

impl Weeks {
    /// Out of the rows of the whole clinic.
    pub fn of(rows: Vec<HoursRow>) -> Self {
        let mut by_owner: HashMap<Uuid, Vec<(i32, Time, Time)>> = HashMap::new();
        for (owner, weekday, from, until) in rows {
            by_owner.entry(owner).or_default().push((weekday, from, until));
        }
        Self(by_owner.into_iter().map(|(owner, rows)| (owner, week_of(rows))).collect())
    }

    /// The minutes that all of them together work on a day.
    pub fn open_minutes(&self, date: Date) -> i64 {
        let closed = Week::default();
        let hours = self.0.values().flat_map(|week| hours_for(date, None, Some(week), None, &closed));
        hours.map(|(from, until)| from.duration_until(until).as_mins()).sum()
    }

    /// When a doctor works at a branch on a day; `None` where neither has any hours.
    pub fn on(&self, doctor: Uuid, branch: Uuid, date: Date) -> Option<Vec<Hours>> {
        let (own, branch) = (self.0.get(&doctor), self.0.get(&branch));
        if own.is_none() && branch.is_none() {
            return None;
        }
        Some(hours_for(date, None, own, None, branch.unwrap_or(&Week::default())))
    }

    /// Whether an appointment leaves the hours. Where neither doctor nor branch has any, nothing is outside.
    pub fn leaves(&self, doctor: Uuid, branch: Uuid, range: (Timestamp, Timestamp), zone: &TimeZone) -> bool {
        let own = self.0.get(&doctor);
        let branch = self.0.get(&branch);
        if own.is_none() && branch.is_none() {
            return false;
        }
        let (starts, ends) = (zone.to_datetime(range.0), zone.to_datetime(range.1));
        let hours = hours_for(starts.date(), None, own, None, branch.unwrap_or(&Week::default()));
        outside_hours(&hours, starts, ends)
    }
}
