//! Who was called from the worklists and what came of it, and who waits for the first slot that suits.

use std::collections::HashSet;

use jiff::{Timestamp, ToSpan};
use uuid::Uuid;

use super::copy::{Array, Rows, Table};
use super::desk::Desk;
use super::entry::{Entry, Event};
use super::seed::Chance;

/// Most people of one list who are told of; a large clinic has many more on its lists.
const MOST: usize = 150;

/// What came of a call, in the words of the desk.
const OUTCOMES: [(&str, &str, &str); 9] = [
    ("no_answer", "يرن ولا يرد", "Rings, no answer"),
    ("no_answer", "الهاتف مغلق", "Phone switched off"),
    ("left_message", "تركنا رسالة صوتية", "Left a voice message"),
    ("left_message", "أرسلنا رسالة على واتساب", "Sent a WhatsApp message"),
    ("reached", "سيتصل بعد مراجعة مواعيد العمل", "Will check the shifts at work and call back"),
    ("reached", "يفضل الأسبوع القادم مساءً", "Prefers an evening next week"),
    ("reached", "طلب الاتصال بعد أول الشهر", "Asks to be called after the first of the month"),
    ("wrong_number", "الرقم لشخص آخر", "The number belongs to somebody else"),
    ("declined", "تأجيل بسبب التكلفة", "Puts it off because of the cost"),
];
/// Of them those that a first call ends with.
const UNREACHED: usize = 4;

const WAITING: [(&[&str], Option<&str>, Option<&str>, &str, &str); 6] = [
    (&["6", "0", "1"], Some("16:00"), None, "بعد مواعيد العمل", "After work"),
    (
        &[],
        None,
        Some("13:00"),
        "صباحًا فقط، الأولاد في المدرسة",
        "Mornings only, while the children are at school",
    ),
    (&["2", "4"], None, None, "ألم متقطع عند المضغ", "Pain now and then when chewing"),
    (&[], None, None, "أي موعد قبل السفر", "Anything before a journey"),
    (&["6"], Some("12:00"), Some("18:00"), "السبت فقط", "Saturdays only"),
    (
        &[],
        Some("18:00"),
        None,
        "يسكن قريبًا ويأتي خلال نصف ساعة",
        "Lives near by and comes within half an hour",
    ),
];

/// A call or a message.
struct Attempt {
    list: &'static str,
    person: usize,
    appointment: Option<Uuid>,
    branch: usize,
    outcome: usize,
    again_in: Option<i64>,
    at: Timestamp,
}

pub struct Contacts<'a> {
    desk: &'a Desk<'a>,
    chance: Chance,
}

impl<'a> Contacts<'a> {
    pub fn new(desk: &'a Desk<'a>) -> Self {
        Self { desk, chance: Chance::of(15) }
    }

    /// Calls about appointments: those of tomorrow that nobody confirmed, and those that have to be booked again.
    pub fn about_entries(&mut self, entries: &mut [Entry], rows: &mut Rows) {
        for entry in entries {
            let (often, days) = (self.chance.roll(), self.chance.between(0, 3));
            let branch = self.desk.clinic.doctors[entry.doctor].branch;
            if entry.day == 1 && entry.status == "scheduled" && entry.confirmation != "confirmed" {
                // After the reminder, which does not undo that a message was left.
                let last = entry.events.iter().map(|event| event.at).max().unwrap_or(entry.created);
                let at = self.desk.at_desk(0, &mut self.chance).max(last + 2.minutes());
                if often < 0.5 && at < self.desk.plan.now {
                    let outcome = self.chance.index(UNREACHED);
                    self.left_message(entry, outcome, branch, at);
                    let (list, person) = ("unconfirmed", entry.person);
                    let appointment = Some(entry.id);
                    self.write(
                        &Attempt { list, person, appointment, branch, outcome, again_in: None, at },
                        rows,
                    );
                }
            } else if let Some(list) = entry.follow_up
                && often < 0.65
            {
                let since = entry.became(entry.status).unwrap_or(entry.starts);
                self.tries(list, entry.person, Some(entry.id), branch, days, since, rows);
            }
        }
    }

    fn left_message(&self, entry: &mut Entry, outcome: usize, branch: usize, at: Timestamp) {
        if OUTCOMES[outcome].0 != "left_message" {
            return;
        }
        entry.events.push(Event {
            kind: "confirmation",
            from: Some(entry.confirmation),
            to: "left_message".to_owned(),
            reason: None,
            at,
            by: Some(self.desk.clinic.branches[branch].receptionist),
        });
        entry.confirmation = "left_message";
    }

    /// Calls to people who are on a list without an appointment.
    pub fn about_people(&mut self, list: &'static str, people: &[usize], rows: &mut Rows) {
        for person in people.iter().take(MOST) {
            let (often, days) = (self.chance.roll(), self.chance.between(0, 9));
            let branch = self.chance.index(self.desk.clinic.branches.len());
            if often < 0.4 {
                let since = self.desk.plan.at(-16, 600);
                self.tries(list, *person, None, branch, days, since, rows);
            }
        }
    }

    /// One to three tries, the last one so many days ago; who was reached may be called again on a later day.
    #[allow(clippy::too_many_arguments, reason = "what the tries for one patient share")]
    fn tries(
        &mut self,
        list: &'static str,
        person: usize,
        appointment: Option<Uuid>,
        branch: usize,
        days: i64,
        since: Timestamp,
        rows: &mut Rows,
    ) {
        for earlier in (0..self.chance.between(1, 3)).rev() {
            let outcome = if earlier > 0 { UNREACHED } else { OUTCOMES.len() };
            let outcome = self.chance.index(outcome);
            let at = self.desk.at_desk(days + earlier * 2, &mut self.chance);
            let again = self.chance.between(-1, 6);
            let again_in = (earlier == 0 && OUTCOMES[outcome].0 == "reached").then_some(again);
            if at > since {
                self.write(&Attempt { list, person, appointment, branch, outcome, again_in, at }, rows);
            }
        }
    }

    fn write(&mut self, attempt: &Attempt, rows: &mut Rows) {
        let Desk { plan, clinic, people, .. } = self.desk;
        let (outcome, ar, en) = OUTCOMES[attempt.outcome];
        let channel = if ar.contains("واتساب") { "whatsapp" } else { "call" };
        let id = self.chance.id(attempt.at);
        rows.push(
            Table::ContactAttempt,
            &[
                &clinic.id,
                &id,
                &people[attempt.person].id,
                &attempt.list,
                &attempt.appointment,
                &channel,
                &outcome,
                &self.desk.told(attempt.branch, (ar, en)),
                &attempt.again_in.map(|days| plan.day(days)),
                &attempt.at,
                &clinic.branches[attempt.branch].receptionist,
            ],
        );
    }

    /// Those without an appointment who would come whenever something becomes free.
    pub fn waitlist(&mut self, booked: &HashSet<usize>, rows: &mut Rows) {
        let desk = self.desk;
        let mut taken = HashSet::new();
        for (number, (weekdays, after, before, ar, en)) in WAITING.into_iter().enumerate() {
            let person =
                desk.stranger(&mut self.chance, |person| booked.contains(&person) || taken.contains(&person));
            taken.insert(person);
            let at = desk.at_desk(self.chance.between(1, 12), &mut self.chance);
            let id = self.chance.id(at);
            let branch = number % desk.clinic.branches.len();
            let kind = self.chance.index(desk.clinic.types.len());
            let doctor = self.chance.index(desk.clinic.doctors.len());
            let doctor = self.chance.happens(0.5).then(|| desk.clinic.doctors[doctor].id);
            rows.push(
                Table::WaitlistEntry,
                &[
                    &desk.clinic.id,
                    &id,
                    &desk.people[person].id,
                    &doctor,
                    &desk.clinic.types[kind],
                    &desk.lists.types[kind].minutes,
                    &Array(weekdays),
                    &after,
                    &before,
                    &desk.told(branch, (ar, en)),
                    &at,
                    &desk.clinic.branches[branch].receptionist,
                ],
            );
        }
    }
}
