//! Patients: families as they live in Cairo, named as Egyptians are: given name, father's name, family name.

use std::collections::HashSet;

use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan};
use uuid::Uuid;

use super::Plan;
use super::catalogue::{Catalogue, Named};
use super::seed::Chance;

/// Names that Christian families give; one family keeps to one tradition.
const CHRISTIAN: &[&str] = &[
    "Mina",
    "Gerges",
    "Michael",
    "Kerolos",
    "Bishoy",
    "Abanoub",
    "Boulos",
    "Botros",
    "Morcos",
    "Youhanna",
    "Fady",
    "George",
    "Kyriakos",
    "Shenouda",
    "Makarios",
    "Tadros",
    "Peter",
    "Mark",
    "Romany",
    "Ishak",
    "Yacoub",
    "Samuel",
    "Marina",
    "Martina",
    "Marian",
    "Christine",
    "Veronia",
    "Irini",
    "Demiana",
    "Youstina",
    "Maria",
    "Sandra",
    "Monica",
    "Sawsana",
    "Phoebe",
    "Julia",
    "Teresa",
    "Caroline",
    "Madonna",
    "Abdelmessih",
    "Abdelmalak",
    "Abdelnour",
    "Abdelshahid",
    "Hanna",
    "Bishara",
    "Ghali",
    "Iskandar",
    "Samaan",
    "Mikhail",
    "Basta",
    "Rizkallah",
    "Salib",
    "Fanous",
    "Fahim",
    "Labib",
    "Makkar",
    "Mankarious",
    "Naguib",
    "Wassef",
    "Wissa",
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sex {
    Male,
    Female,
}

#[derive(Clone, Debug)]
pub struct Person {
    pub id: Uuid,
    pub name_ar: String,
    pub name_en: String,
    pub sex: Sex,
    pub birth: Option<Date>,
    pub phone: Option<String>,
    pub national_id: Option<String>,
    pub email: Option<String>,
    pub address: String,
    /// Index of the parent who brings the child.
    pub guardian: Option<usize>,
    /// Index of who pays.
    pub guarantor: Option<usize>,
    pub registered: Timestamp,
}

impl Person {
    /// Whole years on a day; somebody whose birth date nobody asked for is taken for 35.
    pub fn age(&self, on: Date) -> i16 {
        self.birth.map_or(35, |birth| {
            let had_birthday = (on.month(), on.day()) >= (birth.month(), birth.day());
            on.year() - birth.year() - i16::from(!had_birthday)
        })
    }
}

struct Names<'a> {
    men: Vec<&'a Named>,
    women: Vec<&'a Named>,
    families: Vec<&'a Named>,
}

impl<'a> Names<'a> {
    fn of(lists: &'a Catalogue, christian: bool) -> Self {
        let keep = |names: &'a [Named]| {
            names.iter().filter(|n| CHRISTIAN.contains(&n.name_en.as_str()) == christian).collect::<Vec<_>>()
        };
        Self { men: keep(&lists.men), women: keep(&lists.women), families: keep(&lists.families) }
    }
}

/// What the members of a family share.
struct Household<'a> {
    names: &'a Names<'a>,
    family: &'a Named,
    /// The father's given name.
    father: &'a Named,
    address: String,
}

struct Registry<'a> {
    plan: &'a Plan,
    chance: Chance,
    phones: HashSet<String>,
    national_ids: HashSet<String>,
}

/// All patients, in the order in which they were registered.
pub fn patients(plan: &Plan, lists: &Catalogue) -> Vec<Person> {
    let traditions = [Names::of(lists, false), Names::of(lists, true)];
    let mut registry =
        Registry { plan, chance: Chance::of(2), phones: HashSet::new(), national_ids: HashSet::new() };
    let mut families = Vec::new();
    let mut count = 0;
    while count < plan.patients {
        let names = &traditions[usize::from(registry.chance.happens(0.1))];
        let mut family = registry.family(names, lists);
        family.truncate(plan.patients - count);
        count += family.len();
        families.push(family);
    }
    registry.register(families)
}

impl Registry<'_> {
    /// Parents first; indexes are those within the family.
    fn family(&mut self, names: &Names, lists: &Catalogue) -> Vec<Person> {
        let street = self.chance.pick(&lists.areas);
        let home = Household {
            names,
            family: self.chance.pick::<&Named>(&names.families),
            father: self.chance.pick::<&Named>(&names.men),
            address: format!("{} {}", self.chance.between(1, 180), street.name_ar),
        };
        let kind = self.chance.roll();
        if kind < 0.5 {
            let sex = if self.chance.happens(0.52) { Sex::Female } else { Sex::Male };
            let age = if self.chance.happens(0.16) {
                self.chance.between(60, 84)
            } else {
                self.chance.between(18, 59)
            };
            return vec![self.grown_up(&home, sex, age)];
        }
        let mother_age = self.chance.between(25, 46);
        let mut members = vec![self.grown_up(&home, Sex::Female, mother_age)];
        if kind < 0.6 || self.chance.happens(0.45) {
            members.push(self.father(&home, mother_age + 4));
        }
        if kind >= 0.6 {
            let payer = members.len() - 1;
            let oldest = (mother_age - 22).clamp(3, 16);
            for _ in 0..self.chance.between(1, 3) {
                let age = self.chance.between(3, oldest);
                members.push(self.child(&home, age, payer));
            }
        }
        members
    }

    fn grown_up(&mut self, home: &Household, sex: Sex, age: i64) -> Person {
        let given = self.chance.pick(if sex == Sex::Male { &home.names.men } else { &home.names.women });
        let father = self.chance.pick(&home.names.men);
        let family = self.chance.pick(&home.names.families);
        self.adult(home, sex, age, [given, father, family])
    }

    /// The father of the household's children, who carry his name.
    fn father(&mut self, home: &Household, age: i64) -> Person {
        let grandfather = self.chance.pick(&home.names.men);
        self.adult(home, Sex::Male, age, [home.father, grandfather, home.family])
    }

    fn adult(&mut self, home: &Household, sex: Sex, age: i64, name: [&Named; 3]) -> Person {
        let birth = self.birth(age);
        let mut person = person(home, sex, name);
        person.birth = self.chance.happens(0.95).then_some(birth);
        person.phone = Some(self.phone());
        if self.chance.happens(0.55) {
            person.national_id = person.birth.map(|birth| self.national_id(birth, sex));
        }
        if self.chance.happens(0.15) {
            let handle = name[0].name_en.to_lowercase().replace(' ', "");
            person.email = Some(format!("{handle}.{}@example.com", self.chance.between(100, 99_999)));
        }
        person
    }

    fn child(&mut self, home: &Household, age: i64, payer: usize) -> Person {
        let sex = if self.chance.happens(0.5) { Sex::Female } else { Sex::Male };
        let given = self.chance.pick(if sex == Sex::Male { &home.names.men } else { &home.names.women });
        let mut child = person(home, sex, [given, home.father, home.family]);
        child.birth = Some(self.birth(age));
        (child.guardian, child.guarantor) = (Some(0), Some(payer));
        child
    }

    /// Counted from the beginning of the year, so that the people of the demo are the same on all its days.
    fn birth(&mut self, age: i64) -> Date {
        let year = self.plan.today.year() - i16::try_from(age).unwrap_or(0) - 1;
        date(year, 1, 1).saturating_add(self.chance.between(0, 364).days())
    }

    fn phone(&mut self) -> String {
        loop {
            let phone = mobile(&mut self.chance);
            if self.phones.insert(phone.clone()) {
                return phone;
            }
        }
    }

    /// Century, birth date, governorate, serial number that is odd for men, check digit.
    fn national_id(&mut self, birth: Date, sex: Sex) -> String {
        loop {
            let governorate = *self.chance.pick(&[1, 1, 1, 21, 21, 14, 2, 12, 18, 88]);
            let serial = self.chance.between(0, 499) * 20
                + self.chance.between(0, 4) * 2
                + i64::from(sex == Sex::Male);
            let id = format!(
                "{}{:02}{:02}{:02}{governorate:02}{serial:04}{}",
                if birth.year() < 2000 { 2 } else { 3 },
                birth.year() % 100,
                birth.month(),
                birth.day(),
                self.chance.between(1, 9),
            );
            if self.national_ids.insert(id.clone()) {
                return id;
            }
        }
    }

    /// Gives each family its first day at the clinic, and everybody an id of that moment.
    fn register(self, families: Vec<Vec<Person>>) -> Vec<Person> {
        let plan = self.plan;
        let mut chance = Chance::of(3);
        let mut dated: Vec<(Timestamp, Vec<Person>)> = families
            .into_iter()
            .map(|family| {
                let days = if chance.happens(plan.known_before) {
                    plan.history_days + chance.between(1, 900)
                } else {
                    chance.between(1, plan.history_days)
                };
                (plan.at(-days, chance.between(600, 1140)), family)
            })
            .collect();
        dated.sort_by_key(|(at, _)| *at);
        let mut all = Vec::with_capacity(plan.patients);
        for (at, family) in dated {
            let first = all.len();
            for (number, mut person) in (0_i64..).zip(family) {
                person.registered = at + (number * 2).minutes();
                person.id = chance.id(person.registered);
                person.guardian = person.guardian.map(|index| first + index);
                person.guarantor = person.guarantor.map(|index| first + index);
                all.push(person);
            }
        }
        all
    }
}

fn person(home: &Household, sex: Sex, [given, father, family]: [&Named; 3]) -> Person {
    Person {
        id: Uuid::nil(),
        name_ar: format!("{} {} {}", given.name_ar, father.name_ar, family.name_ar),
        name_en: format!("{} {} {}", given.name_en, father.name_en, family.name_en),
        sex,
        birth: None,
        phone: None,
        national_id: None,
        email: None,
        address: home.address.clone(),
        guardian: None,
        guarantor: None,
        registered: Timestamp::UNIX_EPOCH,
    }
}

/// An Egyptian mobile number in E.164.
pub fn mobile(chance: &mut Chance) -> String {
    let network = *chance.pick(&["10", "10", "11", "12", "12", "15"]);
    format!("+20{network}{:08}", chance.between(0, 99_999_999))
}
