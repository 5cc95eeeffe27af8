//! The header of a patient's page, its alerts, the timeline and the emergency contacts.

use dentpro_core::ids::{ContactId, PatientId};
use dentpro_core::money::Money;
use dentpro_core::records::{AlertKind, AlertSource, AlertTone, AllergySeverity, AllergyStatus};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::patient::Patient;

/// One warning of the header.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AlertItem {
    pub kind: AlertKind,
    /// Tells pregnancy from other conditions, blood thinners from other medicines.
    pub source: AlertSource,
    /// How loud.
    pub severity: AlertTone,
    /// Of an allergy.
    pub allergy_severity: Option<AllergySeverity>,
    /// As it was recorded.
    pub text: String,
    pub text_ar: String,
    pub text_en: String,
}

/// The warnings of a patient, the gravest first.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Alerts {
    pub items: Vec<AlertItem>,
    pub allergy_status: AllergyStatus,
}

/// What stands above every page of a patient.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Header {
    pub patient: Patient,
    pub alerts: Vec<AlertItem>,
    pub allergy_status: AllergyStatus,
    pub last_visit_at: Option<String>,
    pub next_appointment_at: Option<String>,
    /// What the patient owes; null for who sees no money.
    pub balance: Option<Money>,
}

/// Something that happened to the patient.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TimelineEntry {
    pub at: String,
    /// `patient.registered`, `appointment.booked`, `visit.signed`, `invoice.issued`, …
    pub kind: String,
    /// What it happened to: `patient`, `appointment`, `visit`, `invoice`, …
    pub entity: String,
    pub entity_id: Uuid,
    pub actor_name_ar: Option<String>,
    pub actor_name_en: Option<String>,
    pub summary_ar: String,
    pub summary_en: String,
}

/// Whom to call.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Contact {
    pub id: ContactId,
    pub patient_id: PatientId,
    pub name: String,
    pub relationship: String,
    /// E.164.
    pub phone: String,
    pub recorded_at: String,
}

/// Somebody to call.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewContact {
    pub id: Option<ContactId>,
    pub name: String,
    #[serde(default)]
    pub relationship: String,
    pub phone: String,
}
