//! What happened in the chair: notes, diagnosis, findings and work on the chart, procedures, the signature.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use dentpro_core::charting::vocabulary::{Sites, term};
use dentpro_core::records::{SignedEntry, SignedVisit, signing_bytes};
use dentpro_core::teeth::Tooth;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::catalogue::{Catalogue, TemplateRow};
use super::clinic::{Clinic, Doctor};
use super::copy::{Array, Bytes, Rows, Table};
use super::mouth::Mouth;
use super::people::Person;
use super::plans::PlannedTooth;
use super::seed::Chance;

/// A visit that takes or took place.
#[derive(Debug)]
pub struct Encounter<'a> {
    pub person: &'a Person,
    pub doctor: &'a Doctor,
    pub appointment: Uuid,
    pub template: usize,
    pub tooth: Option<Tooth>,
    pub on: Date,
    pub opened: Timestamp,
    /// `None` while the patient is in the chair.
    pub finished: Option<Timestamp>,
    /// `None` while the note waits for its signature.
    pub signed: Option<Timestamp>,
}

/// Work done, for the invoice.
#[derive(Clone, Debug)]
pub struct Work {
    pub visit: Uuid,
    pub id: Uuid,
    pub procedure: usize,
    pub tooth: Option<String>,
    pub surfaces: Vec<String>,
}

#[derive(Debug)]
pub struct Records<'a> {
    lists: &'a Catalogue,
    clinic: &'a Clinic,
    chance: Chance,
    /// Apart from the chance: who wants an implant where a tooth was taken out.
    wishes: Chance,
    /// The teeth that the chart says are gone, by patient.
    gone: HashMap<Uuid, BTreeSet<Tooth>>,
    /// What the chart shows as planned and not done, by patient.
    pub planned: BTreeMap<Uuid, PlannedTooth>,
}

/// What the parts of one visit share.
struct Open<'a> {
    encounter: &'a Encounter<'a>,
    visit: Uuid,
    entries: Vec<SignedEntry>,
    work: Vec<Work>,
}

/// An event of the chart.
struct Charted<'a> {
    layer: &'static str,
    code: &'a str,
    teeth: Vec<String>,
    surfaces: Vec<String>,
    material: Option<&'a str>,
    elsewhere: bool,
}

impl<'a> Records<'a> {
    pub fn new(lists: &'a Catalogue, clinic: &'a Clinic) -> Self {
        Self {
            lists,
            clinic,
            chance: Chance::of(6),
            wishes: Chance::of(20),
            gone: HashMap::new(),
            planned: BTreeMap::new(),
        }
    }

    /// Writes the visit and what hangs on it.
    pub fn visit(&mut self, encounter: &Encounter, mouth: &mut Mouth, rows: &mut Rows) -> Vec<Work> {
        let template = &self.lists.templates[encounter.template];
        let visit = self.chance.id(encounter.opened);
        let mut open = Open { encounter, visit, entries: Vec::new(), work: Vec::new() };
        let mut parts = Rows::new();
        if let Some(tooth) = encounter.tooth {
            mouth.touch(tooth);
        }
        if !mouth.charted {
            self.existing(&open, mouth, &mut parts);
        }
        self.finding(&open, template, &mut parts);
        if encounter.finished.is_some() {
            self.diagnosis(&mut open, template, &mut parts);
            self.work(&mut open, template, &mut parts);
            self.planned(&open, template, &mut parts);
        }
        self.note(&open, template, rows);
        rows.append(parts);
        open.work
    }

    /// The teeth that the chart says are gone.
    pub fn gone(&self, person: Uuid) -> BTreeSet<Tooth> {
        self.gone.get(&person).cloned().unwrap_or_default()
    }

    fn note(&self, open: &Open, template: &TemplateRow, rows: &mut Rows) {
        let encounter = open.encounter;
        let tooth = encounter.tooth.map(|t| t.to_string()).unwrap_or_default();
        let written = |ar: &str, en: &str, now: bool| match now {
            true => (if encounter.doctor.arabic { ar } else { en }).replace("{tooth}", &tooth),
            false => String::new(),
        };
        let t = template;
        let finished = encounter.finished.is_some();
        let mut signed = SignedVisit {
            clinic_id: self.clinic.id,
            visit_id: open.visit,
            patient_id: encounter.person.id,
            doctor_id: encounter.doctor.id,
            signed_by: encounter.doctor.id,
            opened_at: encounter.opened,
            signed_at: encounter.signed.unwrap_or_default(),
            subjective: written(&t.subjective_ar, &t.subjective_en, true),
            objective: written(&t.objective_ar, &t.objective_en, finished),
            assessment: written(&t.assessment_ar, &t.assessment_en, finished),
            plan: written(&t.plan_ar, &t.plan_en, finished),
            entries: open.entries.clone(),
        };
        signed.entries.sort();
        let hash = encounter.signed.map(|_| Sha256::digest(signing_bytes(&signed)));
        let hash = hash.as_ref().map(|hash| Bytes(hash));
        let doctor = encounter.doctor;
        let (status, version) = if encounter.signed.is_some() { ("signed", 3) } else { ("draft", 2) };
        rows.push(
            Table::Visit,
            &[
                &self.clinic.id,
                &open.visit,
                &encounter.person.id,
                &encounter.appointment,
                &doctor.id,
                &self.clinic.branches[doctor.branch].id,
                &status,
                &encounter.opened,
                &doctor.id,
                &encounter.on,
                &signed.subjective,
                &signed.objective,
                &signed.assessment,
                &signed.plan,
                &encounter.signed,
                &encounter.signed.map(|_| doctor.id),
                &hash,
                &version,
            ],
        );
    }

    fn diagnosis(&mut self, open: &mut Open, template: &TemplateRow, rows: &mut Rows) {
        let encounter = open.encounter;
        let Some(row) = self.lists.diagnoses.iter().find(|d| d.code == template.diagnosis_code) else {
            return;
        };
        let text = if encounter.doctor.arabic { &row.name_ar } else { &row.name_en };
        let tooth = encounter.tooth.map(|t| t.to_string());
        let at = encounter.opened + 10.minutes();
        let id = self.chance.id(at);
        rows.push(
            Table::Diagnosis,
            &[
                &self.clinic.id,
                &id,
                &open.visit,
                &encounter.person.id,
                &row.code,
                text,
                &tooth,
                &Array::<&str>(&[]),
                &at,
                &encounter.doctor.id,
            ],
        );
        open.entries.push(entry(
            "diagnosis",
            id,
            [
                ("code", Some(row.code.clone())),
                ("text", Some(text.clone())),
                ("tooth", tooth),
                ("surfaces", None),
            ],
        ));
    }

    fn chart(&mut self, open: &Open, minutes: i64, event: &Charted, rows: &mut Rows) -> Uuid {
        let encounter = open.encounter;
        let at = encounter.opened + minutes.minutes();
        if matches!(event.code, "missing" | "extracted") {
            let teeth = event.teeth.iter().filter_map(|tooth| tooth.parse::<Tooth>().ok());
            self.gone.entry(encounter.person.id).or_default().extend(teeth);
        }
        if event.layer == "done"
            && self.planned.get(&encounter.person.id).is_some_and(|work| work.code == event.code)
        {
            self.planned.remove(&encounter.person.id);
        }
        // Apart, so that what comes after it is as it was before there were such plans.
        let id = if event.code == "implant" { self.wishes.id(at) } else { self.chance.id(at) };
        rows.push(
            Table::ChartEvent,
            &[
                &self.clinic.id,
                &id,
                &encounter.person.id,
                &open.visit,
                &encounter.on,
                &event.layer,
                &event.code,
                &Array(&event.teeth),
                &Array(&event.surfaces),
                &event.material,
                &event.elsewhere,
                &at,
                &encounter.doctor.id,
            ],
        );
        id
    }

    /// What is in the mouth when it is charted for the first time.
    fn existing(&mut self, open: &Open, mouth: &mut Mouth, rows: &mut Rows) {
        mouth.charted = true;
        let age = i64::from(open.encounter.person.age(open.encounter.on));
        let found = |code, teeth: Vec<Tooth>, surfaces: &str, material| Charted {
            layer: "finding",
            code,
            teeth: teeth.iter().map(Tooth::to_string).collect(),
            surfaces: letters(surfaces),
            material,
            elsewhere: !matches!(code, "missing"),
        };
        if mouth.toothless {
            self.chart(open, 2, &found("missing", Tooth::permanent().collect(), "", None), rows);
            Tooth::permanent().for_each(|tooth| mouth.touch(tooth));
            return;
        }
        if age < 16 {
            return;
        }
        for _ in 0..((age - 16) / 14 + self.chance.between(0, 2)) {
            let molars = mouth.free_teeth("molar", 30);
            let premolars = mouth.free_teeth("premolar", 30);
            let teeth = if premolars.is_empty() || self.chance.happens(0.6) { molars } else { premolars };
            if teeth.len() < 4 {
                return;
            }
            let tooth = *self.chance.pick(&teeth);
            mouth.touch(tooth);
            let material = if age > 40 && self.chance.happens(0.5) { "amalgam" } else { "composite" };
            match self.chance.index(10) {
                0..=5 => {
                    let surfaces = *self.chance.pick(&["O", "MO", "DO", "MOD"]);
                    self.chart(open, 2, &found("filling", vec![tooth], surfaces, Some(material)), rows);
                }
                6 | 7 => {
                    self.chart(open, 2, &found("missing", vec![tooth], "", None), rows);
                }
                8 => {
                    self.chart(open, 2, &found("root_canal", vec![tooth], "", None), rows);
                    self.chart(open, 2, &found("crown", vec![tooth], "", Some("metal_ceramic")), rows);
                }
                _ => {
                    self.chart(open, 2, &found("crown", vec![tooth], "", Some("metal_ceramic")), rows);
                }
            }
        }
    }

    fn finding(&mut self, open: &Open, template: &TemplateRow, rows: &mut Rows) {
        let code = template.finding_code.as_str();
        if code.is_empty() || (code == "missing" && template.key == "dry_socket") {
            return;
        }
        let teeth: Vec<String> = open.encounter.tooth.iter().map(Tooth::to_string).collect();
        let event = Charted {
            layer: "finding",
            code,
            teeth,
            surfaces: sites(code, &template.surfaces),
            material: None,
            elsewhere: false,
        };
        self.chart(open, 6, &event, rows);
    }

    fn work(&mut self, open: &mut Open, template: &TemplateRow, rows: &mut Rows) {
        let main = self.lists.procedure_of[open.encounter.template];
        self.procedure(open, main, &template.surfaces, rows);
        let film = match template.key.as_str() {
            "root_canal_front" | "root_canal_molar" | "root_canal_premolar" | "retreatment" => Some("IM-001"),
            "wisdom_tooth" | "ortho_assessment" => Some("IM-005"),
            "filling_two_surfaces" if self.chance.happens(0.4) => Some("IM-001"),
            "first_visit" if self.chance.happens(0.3) => Some("IM-005"),
            _ => None,
        };
        if let Some(code) = film {
            self.procedure(open, self.lists.procedure(code), "", rows);
        }
    }

    fn procedure(&mut self, open: &mut Open, index: usize, surfaces: &str, rows: &mut Rows) {
        let encounter = open.encounter;
        let procedure = &self.lists.procedures[index];
        let on_tooth = matches!(procedure.scope.as_str(), "tooth" | "surface");
        let tooth = encounter.tooth.filter(|_| on_tooth).map(|t| t.to_string());
        let surfaces = if procedure.scope == "surface" { letters(surfaces) } else { Vec::new() };
        let at = encounter.opened + 15.minutes();
        let charted = match (&procedure.chart_code, &tooth) {
            (Some(code), Some(tooth)) => {
                let event = Charted {
                    layer: "done",
                    code,
                    teeth: vec![tooth.clone()],
                    surfaces: sites(code, &surfaces.concat()),
                    material: procedure.chart_material.as_deref(),
                    elsewhere: false,
                };
                Some(self.chart(open, 15, &event, rows))
            }
            _ => None,
        };
        let id = self.chance.id(at);
        let procedure_id = self.clinic.procedures[index];
        rows.push(
            Table::VisitProcedure,
            &[
                &self.clinic.id,
                &id,
                &open.visit,
                &encounter.person.id,
                &procedure_id,
                &encounter.doctor.id,
                &tooth,
                &Array(&surfaces),
                &procedure.price(),
                &charted,
                &at,
                &encounter.doctor.id,
            ],
        );
        open.entries.push(entry(
            "procedure",
            id,
            [
                ("procedure", Some(procedure_id.to_string())),
                ("doctor", Some(encounter.doctor.id.to_string())),
                ("tooth", tooth.clone()),
                ("surfaces", (!surfaces.is_empty()).then(|| surfaces.concat())),
                ("quantity", Some("1".to_owned())),
                ("chart_event", charted.map(|event| event.to_string())),
            ],
        ));
        open.work.push(Work { visit: open.visit, id, procedure: index, tooth, surfaces });
    }

    /// A back tooth with treated roots is to have a crown; in place of one that was taken out some want an implant.
    fn planned(&mut self, open: &Open, template: &TemplateRow, rows: &mut Rows) {
        let encounter = open.encounter;
        let wanted = self.wishes.happens(0.25);
        let (code, material) = match template.key.as_str() {
            "root_canal_molar" | "root_canal_premolar" => ("crown", Some("zirconia")),
            "extraction_molar" | "extraction_root" if wanted => ("implant", None),
            _ => return,
        };
        let Some(tooth) = encounter.tooth else { return };
        let teeth = vec![tooth.to_string()];
        let event = Charted { layer: "plan", code, teeth, surfaces: Vec::new(), material, elsewhere: false };
        let event = self.chart(open, 16, &event, rows);
        let work = PlannedTooth {
            event,
            code: code.to_owned(),
            tooth: tooth.to_string(),
            doctor: encounter.doctor.id,
            arabic: encounter.doctor.arabic,
            at: encounter.opened + 16.minutes(),
        };
        self.planned.insert(encounter.person.id, work);
    }
}

fn letters(surfaces: &str) -> Vec<String> {
    surfaces.chars().map(String::from).collect()
}

/// The surfaces a term of the chart takes: none where it is about the whole tooth.
fn sites(code: &str, surfaces: &str) -> Vec<String> {
    match term(code).map(|term| term.sites) {
        Some(Sites::Required(_) | Sites::Optional(_)) => letters(surfaces),
        _ => Vec::new(),
    }
}

fn entry<const N: usize>(kind: &str, id: Uuid, fields: [(&str, Option<String>); N]) -> SignedEntry {
    let fields: BTreeMap<String, String> =
        fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect();
    SignedEntry { kind: kind.to_owned(), id, fields }
}
