//! Recalls: the kinds the clinic keeps, and when each patient is due after the work that was signed.

use std::collections::BTreeMap;

use dentpro_core::recalls::due;
use jiff::ToSpan;
use jiff::civil::Date;
use uuid::Uuid;

use super::Plan;
use super::catalogue::Catalogue;
use super::clinic::Clinic;
use super::copy::{Rows, Table};
use super::desk::Desk;
use super::people::Person;
use super::seed::Chance;

struct Kind {
    names: (&'static str, &'static str),
    months: i32,
    minutes: i32,
    /// The appointment type by its English name.
    booked_as: &'static str,
    triggers: &'static [&'static str],
}

const KINDS: [Kind; 5] = [
    Kind {
        names: ("كشف دوري", "Check-up"),
        months: 6,
        minutes: 20,
        booked_as: "Check-up",
        triggers: &["DX-001", "DX-002"],
    },
    Kind {
        names: ("تنظيف الأسنان", "Cleaning"),
        months: 6,
        minutes: 30,
        booked_as: "Cleaning",
        triggers: &["PV-001", "PV-002"],
    },
    Kind {
        names: ("متابعة اللثة", "Gum maintenance"),
        months: 3,
        minutes: 30,
        booked_as: "Cleaning",
        triggers: &["PER-002", "PER-004", "PER-015"],
    },
    Kind {
        names: ("فلورايد للأطفال", "Children's fluoride"),
        months: 4,
        minutes: 30,
        booked_as: "Child's visit",
        triggers: &["PV-005", "PED-003"],
    },
    Kind {
        names: ("متابعة الزرعة", "Implant check"),
        months: 12,
        minutes: 15,
        booked_as: "Follow-up",
        triggers: &["IMP-001", "IMP-011"],
    },
];

const PUT_OFF: [(&str, &str); 3] = [
    ("تأجيل إلى ما بعد السفر", "Asked to wait until back from a journey"),
    ("بعد انتهاء الامتحانات", "After the exams"),
    ("بعد أول الشهر القادم", "After the first of next month"),
];
const STOPPED: [(&str, &str); 2] = [
    ("انتقال إلى محافظة أخرى", "Moved to another governorate"),
    ("متابعة مع طبيب آخر", "Sees another dentist"),
];

/// What has to be known of each patient to say when he is due.
#[derive(Debug)]
pub struct Recalls {
    ids: Vec<Uuid>,
    /// The kinds of recall that each procedure counts for.
    kinds_of: BTreeMap<usize, Vec<usize>>,
    last: BTreeMap<(usize, usize), Date>,
}

impl Recalls {
    /// Writes the kinds, and begins with who came for the last time shortly before the history begins.
    pub fn new(plan: &Plan, lists: &Catalogue, clinic: &Clinic, people: &[Person], rows: &mut Rows) -> Self {
        let mut chance = Chance::of(12);
        let mut recalls = Self { ids: Vec::new(), kinds_of: BTreeMap::new(), last: BTreeMap::new() };
        for (number, kind) in KINDS.iter().enumerate() {
            let id = chance.id(plan.founded);
            let booked_as = lists.types.iter().position(|t| t.name_en == kind.booked_as);
            rows.push(
                Table::RecallType,
                &[
                    &clinic.id,
                    &id,
                    &kind.names.0,
                    &kind.names.1,
                    &kind.months,
                    &kind.minutes,
                    &booked_as.map(|kind| clinic.types[kind]),
                    &plan.founded,
                ],
            );
            for code in kind.triggers {
                let procedure = lists.procedure(code);
                rows.push(Table::RecallTrigger, &[&clinic.id, &id, &clinic.procedures[procedure]]);
                recalls.kinds_of.entry(procedure).or_default().push(number);
            }
            recalls.ids.push(id);
        }
        let recently = plan.at(-plan.history_days - 120, 0)..plan.at(-plan.history_days, 0);
        for (index, person) in people.iter().enumerate() {
            if chance.happens(0.4) && recently.contains(&person.registered) {
                let day = person.registered.to_zoned(plan.zone.clone()).date();
                recalls.last.insert((index, 0), day);
            }
        }
        recalls
    }

    /// A visit with this work was signed.
    pub fn signed(&mut self, person: usize, on: Date, procedures: impl IntoIterator<Item = usize>) {
        for kind in procedures.into_iter().filter_map(|procedure| self.kinds_of.get(&procedure)).flatten() {
            self.last.insert((person, *kind), on);
        }
    }

    /// Writes when each patient is due; who is within the next two weeks or was already.
    pub fn write(&self, desk: &Desk, rows: &mut Rows) -> Vec<usize> {
        let plan = desk.plan;
        let mut chance = Chance::of(19);
        let soon = plan.day(14);
        let mut waiting = Vec::new();
        for ((person, kind), last) in &self.last {
            let (roll, text, weeks) = (chance.roll(), chance.index(6), chance.between(1, 7));
            let branch = chance.index(desk.clinic.branches.len());
            let own = (0.07..0.1).contains(&roll).then_some(3).filter(|own| *own < KINDS[*kind].months);
            let Some(calculated) = due(*last, own.unwrap_or(KINDS[*kind].months)) else { continue };
            let put_off =
                (roll < 0.05 && calculated <= soon).then(|| soon.saturating_add((weeks * 7 - 14).days()));
            let stopped =
                (0.05..0.07).contains(&roll).then(|| desk.told(branch, STOPPED[text % STOPPED.len()]));
            let note = match (put_off, own) {
                (Some(_), _) => desk.told(branch, PUT_OFF[text % PUT_OFF.len()]),
                (_, Some(_)) => desk.told(branch, ("تدخين: كل ثلاثة أشهر", "Smoker: every three months")),
                _ => "",
            };
            let changed = put_off.is_some() || own.is_some() || stopped.is_some();
            let last_at = last.to_zoned(plan.zone.clone()).map_or(plan.now, |day| day.timestamp());
            let at = if changed { plan.at(-2, 700).min(plan.now) } else { last_at };
            rows.push(
                Table::PatientRecall,
                &[
                    &desk.clinic.id,
                    &desk.people[*person].id,
                    &self.ids[*kind],
                    last,
                    &calculated,
                    &own,
                    &put_off,
                    &stopped,
                    &note,
                    &at,
                    &if changed { 2 } else { 1 },
                ],
            );
            if stopped.is_none() && put_off.unwrap_or(calculated) <= soon {
                waiting.push(*person);
            }
        }
        waiting.dedup();
        waiting
    }
}
