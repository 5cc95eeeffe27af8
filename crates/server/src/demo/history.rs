//! What the reception asked of each patient: the patient's row, contacts, and the medical history.

use dentpro_core::text::search_document;
use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::json;
use uuid::Uuid;

use super::Plan;
use super::catalogue::Catalogue;
use super::clinic::{Branch, Clinic};
use super::copy::{Json, Rows, Table};
use super::people::{Person, Sex};
use super::seed::Chance;

/// A condition: how often it comes at which age, and what is taken for it (name, dose, class, code in the drug list).
struct Illness {
    code: &'static str,
    ages: (i16, i16),
    often: f64,
    only: Option<Sex>,
    medicine: Option<(&'static str, &'static str, Option<&'static str>, Option<&'static str>)>,
}

const fn illness(code: &'static str, ages: (i16, i16), often: f64) -> Illness {
    Illness { code, ages, often, only: None, medicine: None }
}

const ILLNESSES: &[Illness] = &[
    Illness {
        medicine: Some(("Amlodipine", "5 mg once daily", None, None)),
        ..illness("I10", (45, 99), 0.32)
    },
    Illness {
        medicine: Some(("Metformin", "500 mg twice daily", None, None)),
        ..illness("E11", (40, 99), 0.2)
    },
    Illness {
        medicine: Some(("Insulin glargine", "20 units at night", None, None)),
        ..illness("E10", (8, 40), 0.008)
    },
    Illness {
        medicine: Some((
            "Salbutamol inhaler",
            "2 puffs when needed",
            Some("bronchodilator"),
            Some("salbutamol_inhaler"),
        )),
        ..illness("J45", (4, 60), 0.045)
    },
    Illness {
        medicine: Some(("Atorvastatin", "20 mg at night", None, None)),
        ..illness("E78", (48, 99), 0.12)
    },
    Illness {
        medicine: Some(("Aspirin", "75 mg once daily", Some("nsaid"), Some("aspirin"))),
        ..illness("I25", (55, 99), 0.07)
    },
    Illness {
        medicine: Some(("Clopidogrel", "75 mg once daily", Some("antiplatelet"), None)),
        ..illness("Z95.5", (52, 99), 0.03)
    },
    Illness {
        medicine: Some(("Warfarin", "5 mg once daily", Some("anticoagulant"), None)),
        ..illness("I48", (62, 99), 0.05)
    },
    Illness {
        medicine: Some(("Warfarin", "4 mg once daily", Some("anticoagulant"), None)),
        ..illness("Z95.2", (30, 80), 0.006)
    },
    Illness {
        only: Some(Sex::Female),
        medicine: Some(("Alendronic acid", "70 mg once a week", Some("bisphosphonate"), None)),
        ..illness("M81", (60, 99), 0.12)
    },
    Illness {
        only: Some(Sex::Female),
        medicine: Some(("Levothyroxine", "50 micrograms in the morning", None, None)),
        ..illness("E03", (28, 75), 0.06)
    },
    Illness { only: Some(Sex::Female), ..illness("D50", (14, 48), 0.06) },
    illness("D55", (3, 40), 0.015),
    Illness {
        medicine: Some((
            "Carbamazepine",
            "200 mg twice daily",
            Some("anticonvulsant"),
            Some("carbamazepine"),
        )),
        ..illness("G40", (6, 50), 0.008)
    },
    illness("B18.2", (45, 99), 0.05),
    illness("F41", (5, 60), 0.04),
    Illness {
        medicine: Some(("Omeprazole", "20 mg before breakfast", Some("ppi"), Some("omeprazole"))),
        ..illness("K21", (25, 80), 0.06)
    },
    illness("I34", (20, 70), 0.008),
    illness("N18", (50, 90), 0.015),
    illness("F84", (4, 16), 0.012),
];

/// Allergens by their English name, and how many of a thousand patients have it.
const ALLERGENS: &[(&str, f64)] = &[
    ("Penicillin", 0.04),
    ("Sulfonamides", 0.012),
    ("Aspirin", 0.012),
    ("Ibuprofen", 0.008),
    ("Diclofenac", 0.008),
    ("Latex", 0.007),
    ("Lidocaine", 0.003),
    ("Metronidazole", 0.004),
    ("Nickel", 0.006),
    ("Egg", 0.004),
    ("House dust and pollen", 0.015),
];

const REACTIONS: [(&str, &str, &str); 4] = [
    ("mild", "طفح جلدي وحكة", "Rash and itching"),
    ("moderate", "تورم في الوجه والشفتين", "Swelling of face and lips"),
    ("severe", "ضيق في التنفس وهبوط في الضغط", "Difficult breathing and low blood pressure"),
    ("mild", "غثيان وألم في المعدة", "Nausea and stomach pain"),
];

/// How a patient wants to be written to.
#[derive(Clone, Copy, Debug)]
pub struct Reach {
    pub language: &'static str,
    pub whatsapp: bool,
    /// The way he asked for.
    pub channel: Option<&'static str>,
    /// Wants no reminders.
    pub off: bool,
}

/// Writes the patients with everything that is known of them.
pub fn write(
    plan: &Plan,
    lists: &Catalogue,
    clinic: &Clinic,
    people: &[Person],
    rows: &mut Rows,
) -> Vec<Reach> {
    let mut writer = Writer { plan, lists, clinic, chance: Chance::of(4), wishes: Chance::of(13) };
    people.iter().enumerate().map(|(index, person)| writer.patient(index, person, people, rows)).collect()
}

struct Writer<'a> {
    plan: &'a Plan,
    lists: &'a Catalogue,
    clinic: &'a Clinic,
    chance: Chance,
    /// Apart from the chance: what came later to be asked.
    wishes: Chance,
}

/// Who recorded a patient's history, when, and in which language.
struct Record<'a> {
    person: &'a Person,
    by: Uuid,
    at: jiff::Timestamp,
    arabic: bool,
}

/// How many entries of each kind there are.
#[derive(Default)]
struct Known {
    allergies: usize,
    conditions: usize,
    medications: usize,
}

impl Writer<'_> {
    fn patient(&mut self, index: usize, person: &Person, people: &[Person], rows: &mut Rows) -> Reach {
        let age = person.age(self.plan.today);
        let asked = self.chance.happens(0.85);
        let branch = &self.clinic.branches[self.chance.index(self.clinic.branches.len())];
        let doctor = &self.clinic.doctors[self.chance.index(self.clinic.doctors.len())];
        let record =
            Record { person, by: doctor.id, at: person.registered + 30.minutes(), arabic: doctor.arabic };
        let mut later = Rows::new();
        let known = if asked { self.history(&record, age, &mut later) } else { Known::default() };
        self.contact(person, branch, &mut later);
        let (pregnancy, due) = self.pregnancy(person.sex, age, asked);
        let smoking = self.smoking(person.sex, age, asked);
        let file_number = format!("{:06}", index + 1);
        let whatsapp = person.phone.is_some() && self.chance.happens(0.85);
        let phones = match &person.phone {
            Some(number) => json!([{ "number": number, "label": "mobile", "whatsapp": whatsapp }]),
            None => json!([]),
        };
        let search = search_document(
            &person.name_ar,
            &person.name_en,
            person.phone.as_slice(),
            &file_number,
            person.national_id.as_deref().unwrap_or_default(),
        );
        let sex = if person.sex == Sex::Male { "male" } else { "female" };
        let note = self.chance.happens(0.04).then(|| *self.chance.pick(&NOTES));
        let language = if self.chance.happens(0.9) { "ar" } else { "en" };
        let reach =
            Reach { language, whatsapp, channel: self.wished(person), off: self.wishes.happens(0.012) };
        let of = |index: Option<usize>| index.map(|i| people[i].id);
        let none = |count: usize| asked && count == 0;
        rows.push(
            Table::Patient,
            &[
                &self.clinic.id,
                &person.id,
                &file_number,
                &person.name_ar,
                &person.name_en,
                &person.birth,
                &sex,
                &Json(phones),
                &person.email,
                &person.national_id,
                &person.address,
                &note,
                &language,
                &reach.channel,
                &reach.off,
                &of(person.guardian),
                &of(person.guarantor),
                &smoking,
                &pregnancy,
                &due,
                &none(known.allergies),
                &none(known.conditions),
                &none(known.medications),
                &search,
                &person.registered,
            ],
        );
        rows.append(later);
        reach
    }

    /// Some rather read a mail or an SMS than WhatsApp.
    fn wished(&mut self, person: &Person) -> Option<&'static str> {
        let (mail, sms) = (self.wishes.happens(0.45), self.wishes.happens(0.06));
        match () {
            () if person.email.is_some() && mail => Some("mail"),
            () if person.phone.is_some() && sms => Some("sms"),
            () => None,
        }
    }

    fn history(&mut self, record: &Record, age: i16, rows: &mut Rows) -> Known {
        let mut known = Known::default();
        for illness in ILLNESSES {
            let can = (illness.ages.0..=illness.ages.1).contains(&age)
                && illness.only.is_none_or(|sex| sex == record.person.sex);
            if !self.chance.happens(illness.often) || !can {
                continue;
            }
            known.conditions += 1;
            self.condition(record, illness, age, rows);
            if let Some((name, dose, class, code)) = illness.medicine {
                known.medications += 1;
                let drug = code.and_then(|code| self.lists.drugs.iter().position(|d| d.code == code));
                let drug = drug.map(|index| self.clinic.drugs[index]);
                let id = self.chance.id(record.at);
                rows.push(
                    Table::Medication,
                    &[
                        &self.clinic.id,
                        &id,
                        &record.person.id,
                        &name,
                        &drug,
                        &class,
                        &dose,
                        &None::<&str>,
                        &record.at,
                        &record.by,
                    ],
                );
            }
        }
        for (name, often) in ALLERGENS {
            if self.chance.happens(*often) {
                known.allergies += 1;
                self.allergy(record, name, rows);
            }
        }
        known
    }

    fn condition(&mut self, record: &Record, illness: &Illness, age: i16, rows: &mut Rows) {
        let Some(condition) = self.lists.conditions.iter().find(|c| c.code == illness.code) else { return };
        let name = if record.arabic { &condition.name_ar } else { &condition.name_en };
        let years = self.chance.between(0, i64::from((age - illness.ages.0).clamp(1, 15)));
        let since = (i64::from(self.plan.today.year()) - years).to_string();
        let id = self.chance.id(record.at);
        rows.push(
            Table::Condition,
            &[
                &self.clinic.id,
                &id,
                &record.person.id,
                &condition.code,
                name,
                &since,
                &condition.alert,
                &record.at,
                &record.by,
            ],
        );
    }

    fn allergy(&mut self, record: &Record, name: &str, rows: &mut Rows) {
        let Some(allergen) = self.lists.allergens.iter().find(|a| a.name_en == name) else { return };
        let substance = if record.arabic { &allergen.name_ar } else { &allergen.name_en };
        let (severity, reaction_ar, reaction_en) = *self.chance.pick(&REACTIONS);
        let reaction = if record.arabic { reaction_ar } else { reaction_en };
        let id = self.chance.id(record.at);
        rows.push(
            Table::Allergy,
            &[
                &self.clinic.id,
                &id,
                &record.person.id,
                substance,
                &allergen.drug_class,
                &severity,
                &reaction,
                &record.at,
                &record.by,
            ],
        );
    }

    /// Somebody to call, for a quarter of the grown-ups.
    fn contact(&mut self, person: &Person, branch: &Branch, rows: &mut Rows) {
        if person.guardian.is_some() || !self.chance.happens(0.25) {
            return;
        }
        let (relationship, names) = match self.chance.index(4) {
            0 if person.sex == Sex::Female => ("زوج", &self.lists.men),
            0 => ("زوجة", &self.lists.women),
            1 => ("أخ", &self.lists.men),
            2 => ("أخت", &self.lists.women),
            _ => ("ابن", &self.lists.men),
        };
        let family = self.chance.pick(&self.lists.families);
        let name = format!("{} {}", self.chance.pick(names).name_ar, family.name_ar);
        let (id, phone) = (self.chance.id(person.registered), super::people::mobile(&mut self.chance));
        rows.push(
            Table::Contact,
            &[
                &self.clinic.id,
                &id,
                &person.id,
                &name,
                &relationship,
                &phone,
                &person.registered,
                &branch.receptionist,
            ],
        );
    }

    fn pregnancy(&mut self, sex: Sex, age: i16, asked: bool) -> (&'static str, Option<Date>) {
        let (expects, weeks) = (self.chance.happens(0.05), self.chance.between(3, 30));
        match (sex, age) {
            (Sex::Female, 20..=42) if asked && expects => ("yes", Some(self.plan.day(weeks * 7))),
            (Sex::Female, 15..=50) => (if asked { "no" } else { "unknown" }, None),
            _ => ("not_applicable", None),
        }
    }

    fn smoking(&mut self, sex: Sex, age: i16, asked: bool) -> &'static str {
        let roll = self.chance.roll();
        let (current, former) = if sex == Sex::Male { (0.34, 0.46) } else { (0.03, 0.05) };
        match age {
            _ if !asked => "unknown",
            ..18 => "never",
            _ if roll < current => "current",
            _ if roll < former => "former",
            _ => "never",
        }
    }
}

const NOTES: [&str; 6] = [
    "يفضل المواعيد المسائية",
    "يفضل التواصل عبر واتساب",
    "يخاف من الإبر، يحتاج إلى تهدئة",
    "يفضل تذكيره قبل الموعد بيوم",
    "يحتاج إلى كرسي متحرك عند الدخول",
    "Prefers to be called in English",
];
