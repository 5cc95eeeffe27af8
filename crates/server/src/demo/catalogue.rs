//! The lists the demo clinic is made from, read from the CSV files in the binary.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::Deserialize;
use serde::de::DeserializeOwned;

macro_rules! data {
    ($file:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/", $file))
    };
}

/// A thing named in both languages.
#[derive(Clone, Debug, Deserialize)]
pub struct Named {
    pub name_ar: String,
    pub name_en: String,
}

/// A procedure of the catalogue.
#[derive(Clone, Debug, Deserialize)]
pub struct ProcedureRow {
    pub code: String,
    pub name_ar: String,
    pub name_en: String,
    pub category: String,
    pub scope: String,
    pub minutes: i32,
    price_egp: Decimal,
    pub tax: String,
    pub chart_code: Option<String>,
    pub chart_material: Option<String>,
}

impl ProcedureRow {
    /// In piastres.
    pub fn price(&self) -> i64 {
        (self.price_egp * Decimal::ONE_HUNDRED).to_i64().unwrap_or(0)
    }
}

/// A drug of the list; forms and strengths are separated by semicolons.
#[derive(Clone, Debug, Deserialize)]
pub struct DrugRow {
    pub code: String,
    pub name_en: String,
    pub name_ar: String,
    pub drug_class: String,
    pub forms: String,
    pub strengths: String,
    pub notes_en: Option<String>,
    pub notes_ar: Option<String>,
}

/// An appointment type; the codes of its procedures are separated by semicolons.
#[derive(Clone, Debug, Deserialize)]
pub struct TypeRow {
    pub name_ar: String,
    pub name_en: String,
    pub colour: String,
    pub minutes: i32,
    pub pattern: String,
    pub chair_feature: Option<String>,
    procedures: String,
}

impl TypeRow {
    pub fn procedures(&self) -> impl Iterator<Item = &str> {
        self.procedures.split(';')
    }
}

/// A chronic condition.
#[derive(Clone, Debug, Deserialize)]
pub struct ConditionRow {
    pub code: String,
    pub name_ar: String,
    pub name_en: String,
    pub alert: String,
}

/// What people are allergic to.
#[derive(Clone, Debug, Deserialize)]
pub struct AllergenRow {
    pub name_ar: String,
    pub name_en: String,
    pub drug_class: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct DiagnosisRow {
    pub code: String,
    pub name_ar: String,
    pub name_en: String,
}

/// Somebody who works in the demo clinic.
#[derive(Clone, Debug, Deserialize)]
pub struct StaffRow {
    pub key: String,
    pub name_ar: String,
    pub name_en: String,
    pub role: String,
    /// 1 or 2.
    pub branch: usize,
    pub colour: String,
    pub specialty_ar: String,
    pub specialty_en: String,
}

/// What the reception writes into the book.
#[derive(Clone, Debug, Deserialize)]
pub struct ReasonRow {
    pub name_ar: String,
    pub name_en: String,
    pub procedure_code: String,
}

/// A visit as it happens often: what the patient says, what is found and what is done.
#[derive(Clone, Debug, Deserialize)]
pub struct TemplateRow {
    pub key: String,
    pub diagnosis_code: String,
    pub procedure_code: String,
    pub tooth_kind: String,
    pub surfaces: String,
    pub finding_code: String,
    pub min_age: i16,
    pub max_age: i16,
    pub subjective_ar: String,
    pub subjective_en: String,
    pub objective_ar: String,
    pub objective_en: String,
    pub assessment_ar: String,
    pub assessment_en: String,
    pub plan_ar: String,
    pub plan_en: String,
}

/// All the lists.
#[derive(Debug)]
pub struct Catalogue {
    pub procedures: Vec<ProcedureRow>,
    pub drugs: Vec<DrugRow>,
    pub types: Vec<TypeRow>,
    pub conditions: Vec<ConditionRow>,
    pub allergens: Vec<AllergenRow>,
    pub diagnoses: Vec<DiagnosisRow>,
    pub men: Vec<Named>,
    pub women: Vec<Named>,
    pub families: Vec<Named>,
    pub areas: Vec<Named>,
    pub staff: Vec<StaffRow>,
    pub reasons: Vec<ReasonRow>,
    pub templates: Vec<TemplateRow>,
    /// The procedure of each template.
    pub procedure_of: Vec<usize>,
}

impl Catalogue {
    /// # Errors
    /// A file that is not what it should be; the tests read them all.
    pub fn read() -> Result<Self, csv::Error> {
        let mut lists = Self {
            procedures: rows(data!("procedures.csv"))?,
            drugs: rows(data!("drugs.csv"))?,
            types: rows(data!("appointment_types.csv"))?,
            conditions: rows(data!("conditions.csv"))?,
            allergens: rows(data!("allergens.csv"))?,
            diagnoses: rows(data!("diagnoses.csv"))?,
            men: rows(data!("demo/given_names_male.csv"))?,
            women: rows(data!("demo/given_names_female.csv"))?,
            families: rows(data!("demo/family_names.csv"))?,
            areas: rows(data!("demo/areas.csv"))?,
            staff: rows(data!("demo/staff.csv"))?,
            reasons: rows(data!("demo/visit_reasons.csv"))?,
            templates: rows(data!("demo/note_templates.csv"))?,
            procedure_of: Vec::new(),
        };
        lists.procedure_of = lists.templates.iter().map(|t| lists.procedure(&t.procedure_code)).collect();
        Ok(lists)
    }

    /// The appointment type of a procedure: the one that names it, else one for its category.
    pub fn type_of(&self, procedure: usize) -> Option<usize> {
        let procedure = &self.procedures[procedure];
        let same_category =
            |code: &str| self.procedures.iter().any(|p| p.code == code && p.category == procedure.category);
        let named = |t: &TypeRow| t.procedures().any(|code| code == procedure.code);
        let related = |t: &TypeRow| t.procedures().any(same_category);
        self.types.iter().position(named).or_else(|| self.types.iter().position(related))
    }

    /// Where a procedure stands in the list.
    ///
    /// # Panics
    /// When a list names a procedure that is not there, which the tests would show.
    pub fn procedure(&self, code: &str) -> usize {
        self.procedures
            .iter()
            .position(|p| p.code == code)
            .expect("the lists name procedures of the catalogue")
    }
}

fn rows<T: DeserializeOwned>(text: &str) -> Result<Vec<T>, csv::Error> {
    csv::Reader::from_reader(text.as_bytes()).deserialize().collect()
}
