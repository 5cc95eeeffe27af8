//! An appointment on its way into the book, with all that happened to it.

use jiff::{Timestamp, ToSpan};
use uuid::Uuid;

use super::clinic::Clinic;
use super::copy::{Rows, Table};
use super::people::Person;
use super::seed::Chance;
use super::{Plan, TIME_ZONE};

/// Something that happened to an appointment.
#[derive(Clone, Debug)]
pub struct Event {
    pub kind: &'static str,
    pub from: Option<&'static str>,
    pub to: String,
    pub reason: Option<&'static str>,
    pub at: Timestamp,
    /// Who of the staff; without one it was the system.
    pub by: Option<Uuid>,
}

/// An appointment with its place in the book; people, doctors and chairs by their indexes.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    pub id: Uuid,
    pub person: usize,
    pub doctor: usize,
    pub chair: Option<usize>,
    pub day: i64,
    /// Minutes after midnight.
    pub start: i64,
    pub minutes: i64,
    pub starts: Timestamp,
    pub status: &'static str,
    pub confirmation: &'static str,
    pub reason: &'a str,
    pub procedure: Option<usize>,
    pub kind: Option<usize>,
    pub pattern: String,
    pub arrived: Option<Timestamp>,
    pub in_chair: Option<Timestamp>,
    pub completed: Option<Timestamp>,
    pub created: Timestamp,
    pub created_by: Uuid,
    /// Why it was put where another one stands.
    pub overbooked: Option<&'static str>,
    pub walk_in: bool,
    pub token: Option<i32>,
    /// When and to which chair.
    pub called: Option<(Timestamp, usize)>,
    pub asap: bool,
    pub late_cancelled: bool,
    pub follow_up: Option<&'static str>,
    pub events: Vec<Event>,
}

impl Entry<'_> {
    pub fn ends(&self) -> Timestamp {
        self.starts + self.minutes.minutes()
    }

    /// Whether it holds its slot.
    pub fn stands(&self) -> bool {
        !matches!(self.status, "cancelled" | "no_show" | "rescheduled")
    }

    /// Whether the patient may still come.
    pub fn is_open(&self) -> bool {
        matches!(self.status, "scheduled" | "confirmed")
    }

    /// When it last became this.
    pub fn became(&self, status: &str) -> Option<Timestamp> {
        self.events.iter().rev().find(|e| e.kind == "status" && e.to == status).map(|e| e.at)
    }

    pub fn write(&self, plan: &Plan, clinic: &Clinic, people: &[Person], ids: &mut Chance, rows: &mut Rows) {
        let patient = people[self.person].id;
        let doctor = &clinic.doctors[self.doctor];
        let mut events: Vec<&Event> = self.events.iter().collect();
        events.sort_by_key(|event| event.at);
        let mut moments: Vec<Timestamp> = events.iter().map(|event| event.at).collect();
        moments.dedup();
        rows.push(
            Table::Appointment,
            &[
                &clinic.id,
                &self.id,
                &patient,
                &doctor.id,
                &self.chair.map(|chair| clinic.chairs[chair].id),
                &clinic.branches[doctor.branch].id,
                &self.starts,
                &self.ends(),
                &plan.day(self.day),
                &format!("{:02}:{:02}", self.start / 60, self.start % 60),
                &TIME_ZONE,
                &self.status,
                &self.confirmation,
                &self.reason,
                &self.procedure.map(|procedure| clinic.procedures[procedure]),
                &self.arrived,
                &self.in_chair,
                &self.completed,
                &self.created,
                &self.created_by,
                &i32::try_from(moments.len()).unwrap_or(1),
                &self.kind.map(|kind| clinic.types[kind]),
                &self.pattern,
                &self.walk_in,
                &self.token,
                &self.called.map(|(at, _)| at),
                &self.called.map(|(_, chair)| clinic.chairs[chair].id),
                &self.asap,
                &self.late_cancelled,
                &self.follow_up,
                &self.became("cancelled"),
                &self.overbooked,
            ],
        );
        for event in events {
            let id = ids.id(event.at);
            let source = if event.by.is_some() { "staff" } else { "system" };
            rows.push(
                Table::AppointmentEvent,
                &[
                    &clinic.id,
                    &id,
                    &self.id,
                    &patient,
                    &event.kind,
                    &event.from,
                    &event.to,
                    &event.reason,
                    &event.at,
                    &event.by,
                    &source,
                ],
            );
        }
    }
}
