//! The appointment book, day by day: what became of each appointment by now, and what follows from it.

use std::collections::BTreeMap;

use dentpro_core::scheduling::fit_pattern;
use jiff::{SignedDuration, Timestamp, ToSpan};
use uuid::Uuid;

use super::catalogue::Catalogue;
use super::clinic::Clinic;
use super::clinical::{Encounter, Records};
use super::copy::Rows;
use super::desk::{self, Desk};
use super::diary::{Booking, Diary, Slot};
use super::entry::{Entry, Event};
use super::history::Reach;
use super::money::{Bill, Money};
use super::mouth::Mouth;
use super::people::Person;
use super::perio::{Examined, Exams};
use super::plans;
use super::recalls::Recalls;
use super::seed::Chance;
use super::{DemoError, Plan};

pub struct Book<'a> {
    plan: &'a Plan,
    lists: &'a Catalogue,
    clinic: &'a Clinic,
    people: &'a [Person],
    chance: Chance,
    /// Apart from the chance: how many ids there are depends on the hour.
    ids: Chance,
    diary: Diary<'a>,
    records: Records<'a>,
    money: Money<'a>,
    mouths: Vec<Mouth>,
    recalls: Recalls,
    /// Who has a crown planned that is not done, since which day.
    planned: BTreeMap<usize, i64>,
    /// What the desk still has to do with; written when all days are known.
    recent: Vec<Entry<'a>>,
    reach: &'a [Reach],
}

/// What became of an appointment by now.
struct Course {
    status: &'static str,
    confirmation: &'static str,
    arrived: Option<Timestamp>,
    in_chair: Option<Timestamp>,
    completed: Option<Timestamp>,
    /// Each change of status and when it happened.
    changes: Vec<(&'static str, Timestamp)>,
}

impl<'a> Book<'a> {
    pub fn new(
        plan: &'a Plan,
        lists: &'a Catalogue,
        clinic: &'a Clinic,
        people: &'a [Person],
        reach: &'a [Reach],
        rows: &mut Rows,
    ) -> Self {
        let mut chance = Chance::of(8);
        let mouths = people
            .iter()
            .map(|person| Mouth::new(chance.happens(0.12) && person.age(plan.today) >= 64))
            .collect();
        Self {
            plan,
            lists,
            clinic,
            people,
            chance,
            ids: Chance::of(9),
            diary: Diary::new(plan, lists, clinic, people),
            records: Records::new(lists, clinic),
            money: Money::new(plan, lists, clinic),
            mouths,
            recalls: Recalls::new(plan, lists, clinic, people, rows),
            planned: BTreeMap::new(),
            recent: Vec::new(),
            reach,
        }
    }

    /// Writes a day's appointments with their visits, invoices and payments.
    ///
    /// # Errors
    /// Amounts that do not add up.
    pub fn day(&mut self, day: i64, rows: &mut Rows) -> Result<(), DemoError> {
        let slots = self.diary.fill(day, &self.mouths);
        let midnight = self.plan.opening(day);
        let mut free_from = vec![Timestamp::MIN; self.clinic.doctors.len()];
        for slot in &slots {
            let starts = midnight + slot.start.minutes();
            self.appointment(day, slot, starts, &mut free_from[slot.doctor], rows);
        }
        self.money.close_day(day, rows)
    }

    /// Writes what is known when all days are over.
    pub fn finish(mut self, rows: &mut Rows) {
        self.money.write_series(rows);
        Exams::new(self.plan, self.clinic).write(&self.examined(), rows);
        plans::write(self.lists, self.clinic, &self.records.planned, &mut Chance::of(21), rows);
        let Self { plan, lists, clinic, people, reach, .. } = self;
        let desk = Desk { plan, lists, clinic, people, reach };
        desk.write(self.recent, &self.planned, &self.recalls, &mut self.ids, rows);
    }

    /// Grown-ups with teeth whom the clinic has known for long enough.
    fn examined(&self) -> Vec<Examined<'a>> {
        let since = self.plan.at(Exams::SINCE, 0);
        let known = self.people.iter().zip(&self.mouths).filter(|(person, mouth)| {
            let grown = (32..=64).contains(&person.age(self.plan.today)) && person.birth.is_some();
            grown && mouth.charted && !mouth.toothless && !mouth.braces && person.registered < since
        });
        known
            .map(|(person, _)| Examined { person, missing: self.records.gone(person.id) })
            .take(Exams::PATIENTS)
            .collect()
    }

    fn appointment(
        &mut self,
        day: i64,
        slot: &Slot,
        starts: Timestamp,
        free_from: &mut Timestamp,
        rows: &mut Rows,
    ) {
        let booking = slot.booking;
        let person = &self.people[booking.person];
        let doctor = &self.clinic.doctors[slot.doctor];
        let branch = &self.clinic.branches[doctor.branch];
        let created = self.booked_at(day, starts).min(self.plan.now - 5.minutes());
        let created = created.max(person.registered + 3.minutes());
        let course = self.course(slot, starts, created, *free_from);
        if let Some(until) = course.completed.or_else(|| course.in_chair.map(|_| Timestamp::MAX - 24.hours()))
        {
            *free_from = until;
        }
        let id = self.ids.id(created);
        let procedure = self.lists.procedure_of[booking.template];
        let kind = self.lists.type_of(procedure);
        let pattern = kind.map(|kind| self.lists.types[kind].pattern.as_str()).unwrap_or_default();
        self.visit(day, slot, id, &course, rows);
        self.follow_up(day, slot, course.status);
        let entry = Entry {
            id,
            person: booking.person,
            doctor: slot.doctor,
            chair: Some(slot.chair),
            day,
            start: slot.start,
            minutes: slot.minutes,
            starts,
            status: course.status,
            confirmation: course.confirmation,
            reason: self.reason(procedure, branch.arabic),
            procedure: Some(procedure),
            kind,
            pattern: fit_pattern(pattern, SignedDuration::from_mins(slot.minutes)),
            arrived: course.arrived,
            in_chair: course.in_chair,
            completed: course.completed,
            created,
            created_by: branch.receptionist,
            overbooked: None,
            walk_in: false,
            token: None,
            called: None,
            asap: false,
            late_cancelled: false,
            follow_up: None,
            events: events(branch.receptionist, doctor.id, created, &course),
        };
        if day < desk::SINCE {
            entry.write(self.plan, self.clinic, self.people, &mut self.ids, rows);
        } else {
            self.recent.push(entry);
        }
    }

    /// Some walk in; the others call up to two weeks before.
    fn booked_at(&mut self, day: i64, starts: Timestamp) -> Timestamp {
        let (days, minute) = (self.chance.between(0, 14), self.chance.between(605, 1190));
        let days = if day > 0 { days.max(day + 1) } else { days };
        if days == 0 { starts - (minute / 10).minutes() } else { self.plan.at(day - days, minute) }
    }

    /// All chance is drawn whatever the hour, so that the day is the same however late it is.
    fn course(&mut self, slot: &Slot, starts: Timestamp, created: Timestamp, free_from: Timestamp) -> Course {
        let now = self.plan.now;
        let (fate, sure) = (self.chance.roll(), self.chance.happens(0.72));
        let confirmed = starts - self.chance.between(120, 2_800).minutes();
        let early = starts - self.chance.between(3, 40).minutes();
        // While one is in the chair, the next one of the day sits in the waiting room.
        let arrived =
            if free_from > now && starts < now + 50.minutes() { early.min(now - 9.minutes()) } else { early };
        let seated = starts + self.chance.between(-3, 9).minutes();
        let in_chair =
            seated.max(arrived + 2.minutes()).max(free_from.min(Timestamp::MAX - 48.hours()) + 1.minutes());
        let completed = in_chair + (slot.minutes * self.chance.between(65, 100) / 100).max(8).minutes();
        let cancelled = starts - self.chance.between(90, 3_000).minutes();
        let missed = starts + 20.minutes();

        let mut changes = Vec::new();
        let sure = sure && confirmed > created;
        if sure {
            changes.push(("confirmed", confirmed));
        }
        match fate {
            ..0.055 if cancelled > created && (!sure || cancelled > confirmed) => {
                changes.push(("cancelled", cancelled))
            }
            0.055..0.115 => changes.push(("no_show", missed)),
            _ => changes.extend([("arrived", arrived), ("in_chair", in_chair), ("completed", completed)]),
        }
        changes.retain(|(_, at)| *at <= now);
        let at = |status| changes.iter().find(|(known, _)| *known == status).map(|(_, at)| *at);
        let reminded = starts - 24.hours() <= now;
        Course {
            status: changes.last().map_or("scheduled", |(status, _)| *status),
            confirmation: match (at("confirmed"), reminded) {
                (Some(_), _) => "confirmed",
                (None, true) => "reminder_sent",
                (None, false) => "unconfirmed",
            },
            arrived: at("arrived"),
            in_chair: at("in_chair"),
            completed: at("completed"),
            changes,
        }
    }

    fn reason(&self, procedure: usize, arabic: bool) -> &'a str {
        let procedure = &self.lists.procedures[procedure];
        let reason = self.lists.reasons.iter().find(|r| r.procedure_code == procedure.code);
        match (reason, arabic) {
            (Some(reason), true) => &reason.name_ar,
            (Some(reason), false) => &reason.name_en,
            (None, true) => &procedure.name_ar,
            (None, false) => &procedure.name_en,
        }
    }

    fn visit(&mut self, day: i64, slot: &Slot, appointment: Uuid, course: &Course, rows: &mut Rows) {
        let (minutes, forgotten) = (self.chance.between(1, 18), self.chance.happens(0.1));
        let Some(opened) = course.in_chair else { return };
        let Booking { person, template, tooth } = slot.booking;
        let doctor = &self.clinic.doctors[slot.doctor];
        // Of the last days some notes still wait for their signature.
        let unsigned = forgotten && day >= -4;
        let signed =
            course.completed.map(|at| at + minutes.minutes()).filter(|at| *at <= self.plan.now && !unsigned);
        let encounter = Encounter {
            person: &self.people[person],
            doctor,
            appointment,
            template,
            tooth,
            on: self.plan.day(day),
            opened,
            finished: course.completed,
            signed,
        };
        let mouth = &mut self.mouths[person];
        mouth.note(template, day);
        let work = self.records.visit(&encounter, mouth, rows);
        if signed.is_some() {
            self.recalls.signed(person, self.plan.day(day), work.iter().map(|work| work.procedure));
        }
        match self.lists.templates[template].key.as_str() {
            "root_canal_molar" | "root_canal_premolar" if !work.is_empty() => {
                self.planned.insert(person, day);
            }
            "zirconia_crown" if !work.is_empty() => {
                self.planned.remove(&person);
            }
            _ => {}
        }
        if let Some(completed) = course.completed
            && !work.is_empty()
        {
            let at = completed + (minutes / 2 + 3).minutes();
            let patient = self.people[person].id;
            self.money.bill(Bill { patient, doctor: doctor.id, branch: doctor.branch, work, at });
        }
    }

    /// What a treatment calls for next.
    fn follow_up(&mut self, day: i64, slot: &Slot, status: &str) {
        let (often, days) = (self.chance.roll(), self.chance.between(8, 18));
        let mut again = |key: &str, days: i64| {
            let Some(template) = self.lists.templates.iter().position(|t| t.key == key) else { return };
            self.diary.follow_up(slot.doctor, day + days, Booking { template, ..slot.booking });
        };
        let key = self.lists.templates[slot.booking.template].key.as_str();
        match (key, status) {
            ("root_canal_molar" | "root_canal_premolar", "completed") if often < 0.75 => {
                again("zirconia_crown", days)
            }
            ("extraction_molar" | "wisdom_tooth", "completed") if often < 0.07 => again("dry_socket", 3),
            ("ortho_assessment", "completed") if often < 0.6 => {
                self.mouths[slot.booking.person].braces = true;
                again("ortho_visit", days + 4);
            }
            // A year and a half of braces; then the retainer.
            ("ortho_visit", "completed") if often < 0.94 => again("ortho_visit", 28),
            ("ortho_visit", "no_show" | "cancelled") => again("ortho_visit", 7),
            _ => {}
        }
    }
}

/// What happened, by whom.
fn events(reception: Uuid, doctor: Uuid, created: Timestamp, course: &Course) -> Vec<Event> {
    let event = |kind, from, to: &str, at, by| Event {
        kind,
        from,
        to: to.to_owned(),
        reason: None,
        at,
        by: Some(by),
    };
    let mut events = vec![event("booked", None, "scheduled", created, reception)];
    let mut last = "scheduled";
    for (status, at) in &course.changes {
        let by = if matches!(*status, "in_chair" | "completed") { doctor } else { reception };
        if *status == "confirmed" {
            events.push(event("confirmation", Some("unconfirmed"), "confirmed", *at, by));
        }
        events.push(event("status", Some(last), status, *at, by));
        last = status;
    }
    events
}
