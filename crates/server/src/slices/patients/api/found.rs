//! Patients in lists, as probable duplicates and among the hits of the search.

use dentpro_core::ids::PatientId;
use dentpro_core::money::Money;
use dentpro_core::patients::DuplicateReason;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::patient::{PatientStatus, Sex};

/// What the list of patients is asked.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PatientQuery {
    /// Part of a name in either script, a phone, a file number or a national id.
    pub q: Option<String>,
    /// Without `q`: active ones unless asked otherwise. A search finds both.
    pub status: Option<PatientStatus>,
    /// Rows wanted: 25 by default, 100 at most.
    pub limit: Option<i64>,
    /// Where the last page ended.
    pub cursor: Option<String>,
}

/// A patient in a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PatientItem {
    pub id: PatientId,
    pub file_number: String,
    pub name_ar: String,
    pub name_en: String,
    #[schema(value_type = Option<String>, format = Date)]
    pub birth_date: Option<Date>,
    pub age_years: Option<u16>,
    pub sex: Sex,
    /// The first one, in E.164.
    pub phone: Option<String>,
    pub status: PatientStatus,
    pub has_alerts: bool,
    #[schema(value_type = Option<String>, format = Date)]
    pub last_visit_on: Option<Date>,
    pub next_appointment_at: Option<String>,
    /// What the patient owes; null for who sees no money.
    pub balance: Option<Money>,
}

/// What is known of the person about to be registered.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DuplicateQuery {
    pub name_ar: Option<String>,
    pub name_en: Option<String>,
    pub phone: Option<String>,
    #[param(format = Date)]
    pub birth_date: Option<String>,
    pub national_id: Option<String>,
    /// The patient being edited, who is no duplicate of himself.
    #[param(value_type = Option<Uuid>)]
    pub exclude_id: Option<PatientId>,
}

/// A patient who may be the same person.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Duplicate {
    pub id: PatientId,
    pub file_number: String,
    pub name_ar: String,
    pub name_en: String,
    #[schema(value_type = Option<String>, format = Date)]
    pub birth_date: Option<Date>,
    pub phone: Option<String>,
    /// Of 100; 100 is the same national id.
    pub score: u8,
    pub reasons: Vec<DuplicateReason>,
}

/// What is searched for.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SearchQuery {
    pub q: Option<String>,
}

/// What a hit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SearchHitKind {
    Patient,
    Invoice,
}

/// Something found, with the page that shows it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SearchHit {
    pub kind: SearchHitKind,
    pub id: Uuid,
    pub title: String,
    pub subtitle: Option<String>,
    pub url: String,
}
