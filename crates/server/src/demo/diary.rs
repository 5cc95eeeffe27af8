//! Who comes when: each doctor's days are filled with follow-ups, new patients and those of the panel.

use std::collections::{BTreeMap, VecDeque};

use dentpro_core::teeth::Tooth;

use super::Plan;
use super::catalogue::Catalogue;
use super::clinic::{Clinic, Span};
use super::mouth::Mouth;
use super::people::Person;
use super::seed::Chance;

/// The book's raster in minutes.
const SLOT: i64 = 15;
/// Days a patient of the panel stays away at least.
const PAUSE: i64 = 9;

/// A visit that is to take place.
#[derive(Clone, Copy, Debug)]
pub struct Booking {
    pub person: usize,
    pub template: usize,
    pub tooth: Option<Tooth>,
}

/// A booking with its place in the book.
#[derive(Clone, Copy, Debug)]
pub struct Slot {
    pub booking: Booking,
    pub doctor: usize,
    pub chair: usize,
    /// Minutes after midnight.
    pub start: i64,
    pub minutes: i64,
}

#[derive(Debug)]
pub struct Diary<'a> {
    plan: &'a Plan,
    lists: &'a Catalogue,
    clinic: &'a Clinic,
    people: &'a [Person],
    chance: Chance,
    /// Follow-ups by doctor and day.
    due: Vec<BTreeMap<i64, Vec<Booking>>>,
    newcomers: Vec<VecDeque<usize>>,
    panels: Vec<Vec<usize>>,
    /// How many of the people have registered by now.
    registered: usize,
    last_day: Vec<i64>,
    /// Appointments that the days so far should have had, and had not.
    owed: f64,
    per_minute: f64,
}

impl<'a> Diary<'a> {
    pub fn new(plan: &'a Plan, lists: &'a Catalogue, clinic: &'a Clinic, people: &'a [Person]) -> Self {
        let doctors = clinic.doctors.len();
        let mut diary = Self {
            plan,
            lists,
            clinic,
            people,
            chance: Chance::of(5),
            due: vec![BTreeMap::new(); doctors],
            newcomers: vec![VecDeque::new(); doctors],
            panels: vec![Vec::new(); doctors],
            registered: 0,
            last_day: vec![i64::MIN / 2; people.len()],
            owed: 0.0,
            per_minute: 0.0,
        };
        let minutes: f64 = plan
            .days()
            .flat_map(|day| (0..doctors).map(move |doctor| (day, doctor)))
            .map(|(day, doctor)| diary.weight(day, doctor))
            .sum();
        diary.per_minute = plan.appointments as f64 / minutes;
        diary
    }

    /// Puts a follow-up in the queue of a doctor.
    pub fn follow_up(&mut self, doctor: usize, day: i64, booking: Booking) {
        self.due[doctor].entry(day).or_default().push(booking);
    }

    /// The book of a day, in the order of each doctor's day.
    pub fn fill(&mut self, day: i64, mouths: &[Mouth]) -> Vec<Slot> {
        self.welcome(day);
        let mut slots = Vec::new();
        for doctor in 0..self.clinic.doctors.len() {
            self.owed += self.weight(day, doctor) * self.per_minute;
            self.fill_doctor(day, doctor, mouths, &mut slots);
        }
        slots
    }

    fn spans(&self, day: i64, doctor: usize) -> &'a [Span] {
        let weekday = self.plan.day(day).weekday().to_sunday_zero_offset();
        &self.clinic.doctors[doctor].week[usize::try_from(weekday).unwrap_or(0)]
    }

    /// Working minutes; today is busy, and the days ahead fill up from the near end.
    fn weight(&self, day: i64, doctor: usize) -> f64 {
        let minutes: i64 = self.spans(day, doctor).iter().map(|(from, until)| until - from).sum();
        let busy = match day {
            ..0 => 1.0,
            0 => 1.6,
            _ => 0.85 * (1.0 - day as f64 / 20.0),
        };
        minutes as f64 * busy
    }

    /// Takes up who registered before this day: those of the history's days come soon, those before are the panel.
    fn welcome(&mut self, day: i64) {
        let midnight = self.plan.at(day, 0);
        let history_begins = self.plan.at(-self.plan.history_days, 0);
        while let Some(person) = self.people.get(self.registered).filter(|p| p.registered < midnight) {
            let doctor = self.doctor_of(person);
            if person.registered < history_begins {
                self.panels[doctor].push(self.registered);
            } else {
                self.newcomers[doctor].push_back(self.registered);
            }
            self.registered += 1;
        }
    }

    /// Children mostly go to who treats children.
    fn doctor_of(&mut self, person: &Person) -> usize {
        let doctors = &self.clinic.doctors;
        let doctor = self.chance.index(doctors.len());
        if person.age(self.plan.today) < 15 && self.chance.happens(0.7) {
            let block = doctor - doctor % 4;
            return (block + 3).min(doctors.len() - 1);
        }
        doctor
    }

    fn fill_doctor(&mut self, day: i64, doctor: usize, mouths: &[Mouth], slots: &mut Vec<Slot>) {
        let spans = self.spans(day, doctor);
        let Some(&(first, _)) = spans.first() else { return };
        let open: i64 = spans.iter().map(|(from, until)| until - from).sum();
        let wanted = self.owed.floor().max(0.0) as i64;
        let gap = ((open - wanted * 38) / (wanted + 1) / SLOT).max(0);
        let (mut span, mut at) = (0, first);
        for _ in 0..wanted {
            let Some(booking) = self.next_booking(day, doctor, mouths) else { return };
            let minutes = self.minutes(booking.template);
            let pause = self.chance.between(0, gap * 2) * SLOT;
            let place = (span..spans.len()).find_map(|index| {
                let (from, until) = spans[index];
                let start = if index == span { at } else { from };
                [start + pause, start].into_iter().find(|s| s + minutes <= until).map(|s| (index, s))
            });
            let Some((index, start)) = place else {
                self.follow_up(doctor, day + 1, booking);
                return;
            };
            (span, at) = (index, start + minutes);
            self.owed -= 1.0;
            self.last_day[booking.person] = day;
            let chair = self.chair(doctor, start, at, slots);
            slots.push(Slot { booking, doctor, chair, start, minutes });
        }
    }

    /// His own chair, or now and then the one that belongs to nobody.
    fn chair(&mut self, doctor: usize, start: i64, end: i64, slots: &[Slot]) -> usize {
        let doctor = &self.clinic.doctors[doctor];
        let elsewhere = self.chance.happens(0.15);
        let shared = self.clinic.chairs.iter().position(|c| c.shared && c.branch == doctor.branch);
        let is_free = |chair: usize| {
            slots.iter().all(|s| s.chair != chair || s.start >= end || s.start + s.minutes <= start)
        };
        shared.filter(|chair| elsewhere && is_free(*chair)).unwrap_or(doctor.chair)
    }

    fn minutes(&self, template: usize) -> i64 {
        let procedure = self.lists.procedure_of[template];
        let minutes = i64::from(self.lists.procedures[procedure].minutes);
        (minutes + SLOT - 1) / SLOT * SLOT
    }

    fn next_booking(&mut self, day: i64, doctor: usize, mouths: &[Mouth]) -> Option<Booking> {
        while let Some(mut entry) = self.due[doctor].first_entry().filter(|entry| *entry.key() <= day) {
            match entry.get_mut().pop() {
                Some(booking) if self.last_day[booking.person] != day => return Some(booking),
                Some(booking) => self.follow_up(doctor, day + 1, booking),
                None => {
                    entry.remove();
                }
            }
        }
        if let Some(person) = self.newcomers[doctor].pop_front() {
            self.panels[doctor].push(person);
            return Some(self.choose(person, true, day, doctor, &mouths[person]));
        }
        for _ in 0..12 {
            if self.panels[doctor].is_empty() {
                break;
            }
            let person = *self.chance.pick(&self.panels[doctor]);
            if self.last_day[person] + PAUSE <= day {
                return Some(self.choose(person, false, day, doctor, &mouths[person]));
            }
        }
        None
    }

    fn choose(&mut self, person: usize, newcomer: bool, day: i64, doctor: usize, mouth: &Mouth) -> Booking {
        let templates = &self.lists.templates;
        let age = self.people[person].age(self.plan.day(day));
        let known = |key: &str| templates.iter().position(|t| t.key == key).unwrap_or(0);
        let (template, tooth) = if newcomer && age >= 12 && self.chance.happens(0.6) {
            (known("first_visit"), None)
        } else {
            mouth
                .next_visit(templates, age, day, self.clinic.doctors[doctor].specialty, &mut self.chance)
                .unwrap_or((known("check_up"), None))
        };
        Booking { person, template, tooth }
    }
}
