//! The front desk's share of the last weeks, today and the days ahead: why somebody did not come and who has to be
//! booked again, who is late, who was called, and who walked in.

use std::collections::{BTreeMap, HashSet};

use dentpro_core::scheduling::{cancelled_late, fit_pattern};
use jiff::{SignedDuration, Timestamp, ToSpan};
use uuid::Uuid;

use super::Plan;
use super::blocks;
use super::catalogue::Catalogue;
use super::clinic::Clinic;
use super::contacts::Contacts;
use super::copy::Rows;
use super::entry::{Entry, Event};
use super::history::Reach;
use super::messages;
use super::people::Person;
use super::recalls::Recalls;
use super::seed::Chance;

/// From this day on the desk's work is told; what is older is done with.
pub const SINCE: i64 = -21;
/// Hours before an appointment from which a cancellation is late, as a new clinic has it.
const LATE_HOURS: i32 = 24;

const CANCELLED: [(&str, &str); 6] = [
    ("سفر خارج القاهرة", "Travelling out of Cairo"),
    ("ظرف عائلي طارئ", "A family emergency"),
    ("إصابة بالإنفلونزا", "Flu"),
    ("تعارض مع مواعيد العمل", "Work at that time"),
    ("امتحانات", "Exams"),
    ("تعذر الوصول", "No way to get here"),
];
const MISSED: [(&str, &str); 4] = [
    ("عدم الحضور وعدم الرد على الهاتف", "Did not come, and did not answer the phone"),
    ("نسيان الموعد", "Forgot the appointment"),
    ("الهاتف مغلق", "Phone switched off"),
    ("اعتذار بعد فوات الموعد", "Called after the time had passed"),
];
const WALKED_IN: [(&str, &str); 3] = [
    ("ألم شديد منذ أمس", "Severe pain since yesterday"),
    ("سقطت الحشوة", "A filling fell out"),
    ("كسر في سن أمامي", "A broken front tooth"),
];

/// All that the desk works with.
#[derive(Debug)]
pub struct Desk<'a> {
    pub plan: &'a Plan,
    pub lists: &'a Catalogue,
    pub clinic: &'a Clinic,
    pub people: &'a [Person],
    pub reach: &'a [Reach],
}

impl<'a> Desk<'a> {
    /// Writes the appointments since `SINCE`, and what the desk did about them.
    pub fn write(
        &self,
        mut entries: Vec<Entry<'a>>,
        planned: &BTreeMap<usize, i64>,
        recalls: &Recalls,
        ids: &mut Chance,
        rows: &mut Rows,
    ) {
        let mut chance = Chance::of(14);
        let booked = self.booked(&entries);
        self.late(&mut entries, &booked, &mut chance, ids);
        self.walk_ins(&mut entries, &booked, &mut chance, ids);
        self.numbers(&mut entries);
        self.not_come(&mut entries, &booked, &mut chance);
        for entry in &mut entries {
            // Some would come earlier than they are booked.
            entry.asap = chance.happens(0.06) && entry.day > 3 && entry.is_open();
        }
        messages::write(self, &mut entries, rows);
        let mut contacts = Contacts::new(self);
        contacts.about_entries(&mut entries, rows);
        let unbooked = |people: Vec<usize>| -> Vec<usize> {
            people.into_iter().filter(|person| !booked.contains(person)).collect()
        };
        contacts.about_people("planned", &unbooked(planned.keys().copied().collect()), rows);
        contacts.about_people("recall_due", &unbooked(recalls.write(self, rows)), rows);
        contacts.waitlist(&booked, rows);
        blocks::write(self, &entries, rows);
        for entry in &entries {
            entry.write(self.plan, self.clinic, self.people, ids, rows);
        }
    }

    /// Who has an appointment ahead.
    fn booked(&self, entries: &[Entry]) -> HashSet<usize> {
        entries.iter().filter(|e| e.stands() && e.starts > self.plan.now).map(|e| e.person).collect()
    }

    /// Somebody of today is late: unless one is already, one who was squeezed in yesterday.
    fn late(
        &self,
        entries: &mut Vec<Entry<'a>>,
        booked: &HashSet<usize>,
        chance: &mut Chance,
        ids: &mut Chance,
    ) {
        let now = self.plan.now;
        let expected = entries.iter().any(|e| e.is_open() && e.day == 0 && e.starts < now);
        let person = self.stranger_today(entries, booked, chance);
        let created = self.at_desk(1, chance);
        let start = self.plan.minute_of_today(now) / 5 * 5 - 15;
        let Some(doctor) = self.at_work(None, start, 15).filter(|_| !expected) else { return };
        let branch = self.clinic.doctors[doctor].branch;
        let mut entry = self.new_entry(
            (person, doctor, branch),
            start,
            created,
            ("متابعة ألم بعد الخلع", "Pain after an extraction"),
        );
        entry.id = ids.id(created);
        entry.chair = Some(self.clinic.doctors[doctor].chair);
        entry.minutes = 15;
        entry.kind = self.lists.types.iter().position(|t| t.name_en == "Follow-up");
        entry.overbooked = Some(self.told(branch, ("ألم، بين موعدين", "In pain, squeezed in between two")));
        entries.push(entry);
    }

    /// An appointment of today that was just made.
    fn new_entry(
        &self,
        (person, doctor, branch): (usize, usize, usize),
        start: i64,
        created: Timestamp,
        reason: (&'static str, &'static str),
    ) -> Entry<'a> {
        let receptionist = self.clinic.branches[branch].receptionist;
        Entry {
            id: Uuid::nil(),
            person,
            doctor,
            chair: None,
            day: 0,
            start,
            minutes: 30,
            starts: self.plan.opening(0) + start.minutes(),
            status: "scheduled",
            confirmation: "unconfirmed",
            reason: self.told(branch, reason),
            procedure: None,
            kind: None,
            pattern: String::new(),
            arrived: None,
            in_chair: None,
            completed: None,
            created,
            created_by: receptionist,
            overbooked: None,
            walk_in: false,
            token: None,
            called: None,
            asap: false,
            late_cancelled: false,
            follow_up: None,
            events: vec![Event {
                kind: "booked",
                from: None,
                to: "scheduled".to_owned(),
                reason: None,
                at: created,
                by: Some(receptionist),
            }],
        }
    }

    /// Patients without an appointment, who sit in the waiting room while the clinic is at work.
    fn walk_ins(
        &self,
        entries: &mut Vec<Entry<'a>>,
        booked: &HashSet<usize>,
        chance: &mut Chance,
        ids: &mut Chance,
    ) {
        let emergency = self.lists.types.iter().position(|t| t.name_en == "Pain and emergency");
        for (branch, minutes) in [(0, 33), (0, 12), (1, 21)] {
            let (minutes, reason) = (minutes - chance.between(0, 6), chance.index(WALKED_IN.len()));
            let person = self.stranger_today(entries, booked, chance);
            let start = self.plan.minute_of_today(self.plan.now) - minutes;
            let doctor = self.at_work(Some(branch), start, 30).or_else(|| self.at_work(None, start, 30));
            let Some(doctor) = doctor else { continue };
            let branch = self.clinic.doctors[doctor].branch;
            let arrived = self.plan.opening(0) + start.minutes();
            let mut entry = self.new_entry((person, doctor, branch), start, arrived, WALKED_IN[reason]);
            let pattern = emergency.map(|kind| self.lists.types[kind].pattern.as_str()).unwrap_or_default();
            entry.id = ids.id(arrived);
            entry.kind = emergency;
            entry.pattern = fit_pattern(pattern, SignedDuration::from_mins(entry.minutes));
            (entry.walk_in, entry.status, entry.arrived) = (true, "arrived", Some(arrived));
            for event in &mut entry.events {
                entry.status.clone_into(&mut event.to);
            }
            entries.push(entry);
        }
    }

    fn stranger_today(&self, entries: &[Entry], booked: &HashSet<usize>, chance: &mut Chance) -> usize {
        let here: HashSet<usize> = entries.iter().filter(|e| e.day == 0).map(|e| e.person).collect();
        self.stranger(chance, |person| booked.contains(&person) || here.contains(&person))
    }

    /// A grown-up of the last year who can be called and is not one of these.
    pub fn stranger(&self, chance: &mut Chance, not: impl Fn(usize) -> bool) -> usize {
        loop {
            let person = chance.index(self.people.len());
            let known = &self.people[person];
            let fits = known.phone.is_some() && known.age(self.plan.today) >= 18;
            if fits && known.registered < self.plan.at(-20, 0) && !self.reach[person].off && !not(person) {
                return person;
            }
        }
    }

    /// A doctor of the branch, or of any, who works at this time of today.
    fn at_work(&self, branch: Option<usize>, start: i64, minutes: i64) -> Option<usize> {
        let weekday = self.plan.today.weekday().to_sunday_zero_offset();
        let weekday = usize::try_from(weekday).unwrap_or(0);
        self.clinic.doctors.iter().position(|doctor| {
            let works = |(from, until): &(i64, i64)| *from <= start && start + minutes <= *until;
            branch.is_none_or(|branch| doctor.branch == branch) && doctor.week[weekday].iter().any(works)
        })
    }

    pub fn told(&self, branch: usize, (ar, en): (&'static str, &'static str)) -> &'static str {
        if self.clinic.branches[branch].arabic { ar } else { en }
    }

    /// Numbers in the order in which they came, and the calls to the chairs.
    fn numbers(&self, entries: &mut [Entry]) {
        let mut came: Vec<usize> = (0..entries.len()).filter(|&i| entries[i].arrived.is_some()).collect();
        came.sort_by_key(|&i| entries[i].arrived);
        let mut last: BTreeMap<(usize, i64), i32> = BTreeMap::new();
        for index in came {
            let entry = &mut entries[index];
            let branch = self.clinic.doctors[entry.doctor].branch;
            let token = last.entry((branch, entry.day)).or_default();
            *token += 1;
            entry.token = Some(*token);
            let (Some(arrived), Some(in_chair), Some(chair)) = (entry.arrived, entry.in_chair, entry.chair)
            else {
                continue;
            };
            let at = (in_chair - 1.minutes()).max(arrived);
            entry.called = Some((at, chair));
            entry.events.push(Event {
                kind: "called",
                from: None,
                to: self.clinic.chairs[chair].id.to_string(),
                reason: None,
                at,
                by: Some(self.clinic.branches[branch].receptionist),
            });
        }
    }

    /// Why somebody cancelled or did not come, and whether he waits to be booked again.
    fn not_come(&self, entries: &mut [Entry], booked: &HashSet<usize>, chance: &mut Chance) {
        let last_day: BTreeMap<usize, i64> =
            entries.iter().filter(|e| e.stands()).map(|e| (e.person, e.day)).collect();
        for entry in entries {
            let (reason, wanted) = (chance.index(24), chance.happens(0.9));
            let branch = self.clinic.doctors[entry.doctor].branch;
            let missed = entry.status == "no_show";
            if entry.stands() {
                continue;
            }
            let (ar, en) =
                if missed { MISSED[reason % MISSED.len()] } else { CANCELLED[reason % CANCELLED.len()] };
            if let Some(event) = entry.events.iter_mut().find(|e| e.to == entry.status) {
                event.reason = Some(self.told(branch, (ar, en)));
            }
            let cancelled = entry.became("cancelled");
            entry.late_cancelled = cancelled.is_some_and(|at| cancelled_late(entry.starts, at, LATE_HOURS));
            let came_since = last_day.get(&entry.person).is_some_and(|day| *day > entry.day);
            if wanted && !booked.contains(&entry.person) && !came_since {
                let broken = missed || entry.late_cancelled;
                entry.follow_up = Some(if broken { "broken" } else { "unscheduled" });
            }
        }
    }

    /// A moment at which the reception was at its desk: so many days ago, and in any case before now.
    pub fn at_desk(&self, days_ago: i64, chance: &mut Chance) -> Timestamp {
        let (minute, earlier) = (chance.between(630, 1170), chance.between(7, 55));
        let mut day = -days_ago;
        while self.plan.is_friday(day) {
            day -= 1;
        }
        let at = self.plan.at(day, minute);
        if at < self.plan.now - 5.minutes() {
            return at;
        }
        // It is early: a while ago, if the clinic was open then, else on the day before.
        let at = Timestamp::from_second(self.plan.now.as_second() / 60 * 60).unwrap_or(self.plan.now)
            - earlier.minutes();
        if at > self.plan.at(day, 605) { at } else { self.at_desk(days_ago + 1, chance) }
    }
}
