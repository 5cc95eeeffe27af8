//! Periodontal exams of a few patients: before treatment and some months after it, so that there is something to
//! compare, a screening, and a draft that waits to be gone on with.

use std::collections::BTreeSet;

use dentpro_core::periodontal::reading::entrances;
use dentpro_core::periodontal::{
    Entrance, Mouth as Readings, Presence, RiskFacts, Sextant, Site, SiteReading, ToothReading, suggest,
};
use dentpro_core::teeth::Tooth;
use jiff::ToSpan;
use uuid::Uuid;

use super::Plan;
use super::clinic::Clinic;
use super::copy::{Rows, Table};
use super::people::Person;
use super::seed::Chance;

/// Days before today, and how ill the gums are then: the depth that a pocket has on average beyond health, in tenths
/// of millimetres.
const COURSES: [&[(i64, i64)]; 4] =
    [&[(-170, 26), (-80, 14), (-15, 9)], &[(-140, 18), (-20, 8)], &[(-60, 12)], &[(-30, 3)]];
/// How long an exam takes.
const MINUTES: i64 = 35;

/// A patient whose gums are examined.
#[derive(Debug)]
pub struct Examined<'a> {
    pub person: &'a Person,
    pub missing: BTreeSet<Tooth>,
}

#[derive(Debug)]
pub struct Exams<'a> {
    plan: &'a Plan,
    clinic: &'a Clinic,
    chance: Chance,
}

impl<'a> Exams<'a> {
    pub fn new(plan: &'a Plan, clinic: &'a Clinic) -> Self {
        Self { plan, clinic, chance: Chance::of(21) }
    }

    /// How many patients are asked for: one for each course, one screened, one with a draft.
    pub const PATIENTS: usize = COURSES.len() + 2;

    /// The day of the first exam of anybody: whoever is examined was known by then.
    pub const SINCE: i64 = -175;

    pub fn write(&mut self, examined: &[Examined], rows: &mut Rows) {
        for (patient, course) in examined.iter().zip(COURSES) {
            let habit = self.chance.between(0, 6);
            for (day, illness) in course {
                self.full(patient, *day, *illness, habit, true, rows);
            }
        }
        if let Some(patient) = examined.get(COURSES.len()) {
            self.screening(patient, -8, rows);
        }
        if let Some(patient) = examined.get(COURSES.len() + 1) {
            self.full(patient, 0, 16, 3, false, rows);
        }
    }

    fn full(
        &mut self,
        patient: &Examined,
        day: i64,
        illness: i64,
        habit: i64,
        closed: bool,
        rows: &mut Rows,
    ) {
        // A draft was begun in the upper jaw.
        let reaches = |tooth: Tooth| closed || tooth.quadrant() == 1;
        let mut readings = Readings::new();
        for tooth in Tooth::permanent() {
            let wisdom = tooth.position() == 8;
            let presence =
                if wisdom || patient.missing.contains(&tooth) { Presence::Missing } else { Presence::Tooth };
            let mut reading = ToothReading::of(presence);
            if presence == Presence::Tooth && reaches(tooth) {
                self.probe(tooth, illness, habit, &mut reading);
            }
            readings.insert(tooth, reading);
        }
        let id = self.exam(patient, "full", day, closed, Some(&readings), rows);
        self.readings(patient, id, &readings, rows);
    }

    /// Molars and the sites between teeth are worse, and every mouth has its worst corners.
    fn probe(&mut self, tooth: Tooth, illness: i64, habit: i64, reading: &mut ToothReading) {
        let molar = tooth.position() >= 6;
        let corner = (i64::from(tooth.fdi()) + habit) % 5 == 0;
        for site in Site::ALL {
            let between = i64::from(site.is_interdental());
            let worse = illness * (between + 1) * (i64::from(molar) + 1) * (i64::from(corner) + 1) / 30;
            let depth = (2 + self.chance.between(0, 1) + worse + self.chance.between(-1, 1)).clamp(1, 9);
            let margin = if corner { -self.chance.between(0, 2) } else { self.chance.between(0, 1) };
            reading.sites.insert(
                *site,
                SiteReading {
                    depth: u8::try_from(depth).ok(),
                    margin: i8::try_from(margin).ok(),
                    bleeding: self.chance.index(100) < usize::try_from(depth * 7 + illness).unwrap_or(0),
                    suppuration: depth >= 7 && self.chance.happens(0.2),
                    plaque: self.chance.index(100) < usize::try_from(10 + illness * 2).unwrap_or(0),
                    calculus: between == 1 && tooth.position() <= 2 && self.chance.happens(0.3),
                },
            );
        }
        let deep = reading.max_depth() >= Some(6);
        reading.mobility = Some(u8::from(deep && self.chance.happens(0.4)));
        if deep && entrances(tooth).contains(&Entrance::Buccal) {
            reading.furcation.insert(Entrance::Buccal, 1);
        }
    }

    /// The row of the exam; a closed one has the diagnosis that its readings suggest.
    fn exam(
        &mut self,
        patient: &Examined,
        kind: &str,
        day: i64,
        closed: bool,
        readings: Option<&Readings>,
        rows: &mut Rows,
    ) -> Uuid {
        let doctor = &self.clinic.doctors[2 % self.clinic.doctors.len()];
        // Today's draft was begun before this hour, whatever hour it is.
        let started = if day == 0 { self.plan.now - 40.minutes() } else { self.plan.at(day, 690) };
        let ended = started + MINUTES.minutes();
        let id = self.chance.id(started);
        let on = self.plan.day(day);
        let age = u8::try_from(patient.person.age(on)).ok();
        let facts = RiskFacts { age, ..RiskFacts::default() };
        let diagnosis = readings.filter(|_| closed).and_then(|readings| suggest(readings, facts));
        let told = diagnosis.as_ref();
        let diagnosed = told.map(|_| ended);
        rows.push(
            Table::PerioExam,
            &[
                &self.clinic.id,
                &id,
                &patient.person.id,
                &kind,
                &if closed { "closed" } else { "draft" },
                &on,
                &told.map(|d| d.condition.as_str()),
                &told.and_then(|d| d.stage).map(|s| s.as_str()),
                &told.and_then(|d| d.grade).map(|g| g.as_str()),
                &told.and_then(|d| d.extent).map(|e| e.as_str()),
                &diagnosed,
                &diagnosed.map(|_| doctor.id),
                &started,
                &doctor.id,
                &closed.then_some(ended),
                &closed.then_some(doctor.id),
                &if closed { 3 } else { 1 },
            ],
        );
        id
    }

    fn readings(&self, patient: &Examined, exam: Uuid, readings: &Readings, rows: &mut Rows) {
        for (tooth, reading) in readings {
            rows.push(
                Table::PerioTooth,
                &[
                    &self.clinic.id,
                    &exam,
                    &patient.person.id,
                    &tooth.to_string(),
                    &reading.presence.as_str(),
                    &reading.mobility.map(i32::from),
                    &reading.furcation.get(&Entrance::Buccal).copied().map(i32::from),
                ],
            );
            for (site, read) in &reading.sites {
                rows.push(
                    Table::PerioSite,
                    &[
                        &self.clinic.id,
                        &exam,
                        &patient.person.id,
                        &tooth.to_string(),
                        &site.as_str(),
                        &read.depth.map(i32::from),
                        &read.margin.map(i32::from),
                        &read.bleeding,
                        &read.suppuration,
                        &read.plaque,
                        &read.calculus,
                    ],
                );
            }
        }
    }

    fn screening(&mut self, patient: &Examined, day: i64, rows: &mut Rows) {
        let id = self.exam(patient, "screening", day, true, None, rows);
        for (sextant, code) in Sextant::ALL.iter().zip(["2", "1", "3", "2", "2", "1"]) {
            rows.push(
                Table::PerioSextant,
                &[&self.clinic.id, &id, &patient.person.id, &sextant.as_str(), &code],
            );
        }
    }
}
