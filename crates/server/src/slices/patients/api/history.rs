//! The medical history.

use dentpro_core::ids::{AllergyId, ConditionId, DrugId, MedicationId};
use dentpro_core::records::{AllergySeverity, AllergyStatus};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::patient::{Pregnancy, Smoking, words};
use crate::kernel::patch::Patch;

words! {
    /// Where an entry stands. What was wrong is not deleted but entered in error, with a reason.
    EntryStatus { Active, Resolved, EnteredInError }
}

/// A list of the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HistoryKind {
    Allergies,
    Conditions,
    Medications,
}

impl HistoryKind {
    /// The word on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Allergies => "allergies",
            Self::Conditions => "conditions",
            Self::Medications => "medications",
        }
    }
}

/// Who recorded an entry.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Recorder {
    pub name_ar: String,
    pub name_en: String,
}

/// A recorded allergy.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Allergy {
    pub id: AllergyId,
    pub substance: String,
    pub drug_class: Option<String>,
    pub severity: AllergySeverity,
    pub reaction: Option<String>,
    pub status: EntryStatus,
    /// Why it was entered in error or resolved.
    pub reason: Option<String>,
    pub recorded_at: String,
    pub recorded_by: Recorder,
    pub version: i32,
}

/// An allergy to record.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAllergy {
    pub id: Option<AllergyId>,
    pub substance: String,
    /// Taken from the substance where it is known and not given.
    pub drug_class: Option<String>,
    pub severity: AllergySeverity,
    pub reaction: Option<String>,
}

/// What changes at an allergy.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AllergyPatch {
    #[serde(default)]
    #[schema(value_type = Option<AllergySeverity>)]
    pub severity: Patch<AllergySeverity>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub reaction: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<EntryStatus>)]
    pub status: Patch<EntryStatus>,
    /// Needed for `entered_in_error`.
    pub reason: Option<String>,
}

/// A chronic condition.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Condition {
    pub id: ConditionId,
    /// ICD-10, where it was chosen from the list.
    pub code: Option<String>,
    pub name: String,
    /// As the patient said it: `2019`, since childhood.
    pub since: Option<String>,
    pub status: EntryStatus,
    pub reason: Option<String>,
    pub recorded_at: String,
    pub recorded_by: Recorder,
    pub version: i32,
}

/// A condition to record: a code of the list, or a name.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCondition {
    pub id: Option<ConditionId>,
    pub code: Option<String>,
    pub name: Option<String>,
    /// As the patient says it: `2019`, since childhood.
    pub since: Option<String>,
    pub status: Option<EntryStatus>,
}

/// What changes at a condition.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConditionPatch {
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub since: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<EntryStatus>)]
    pub status: Patch<EntryStatus>,
    /// Needed for `entered_in_error`.
    pub reason: Option<String>,
}

/// A medicine the patient takes.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Medication {
    pub id: MedicationId,
    pub name: String,
    pub drug_id: Option<DrugId>,
    pub drug_class: Option<String>,
    pub dose: Option<String>,
    pub since: Option<String>,
    pub status: EntryStatus,
    pub reason: Option<String>,
    pub recorded_at: String,
    pub recorded_by: Recorder,
    pub version: i32,
}

/// A medicine to record: one of the clinic's list, or a name.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMedication {
    pub id: Option<MedicationId>,
    pub name: Option<String>,
    pub drug_id: Option<DrugId>,
    /// Taken from the drug, or from the name where it is known, when not given.
    pub drug_class: Option<String>,
    pub dose: Option<String>,
    /// As the patient says it: `2019`, since childhood.
    pub since: Option<String>,
}

/// What changes at a medicine.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MedicationPatch {
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub dose: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub since: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<EntryStatus>)]
    pub status: Patch<EntryStatus>,
    /// Needed for `entered_in_error`.
    pub reason: Option<String>,
}

/// The whole medical history. What is `not_asked` is not `none_known`.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct History {
    pub allergy_status: AllergyStatus,
    pub condition_status: AllergyStatus,
    pub medication_status: AllergyStatus,
    pub allergies: Vec<Allergy>,
    pub conditions: Vec<Condition>,
    pub medications: Vec<Medication>,
    pub smoking: Smoking,
    pub pregnancy: Pregnancy,
    #[schema(value_type = Option<String>, format = Date)]
    pub pregnancy_due: Option<Date>,
    pub surgery_notes: Option<String>,
    /// The patient's version, which a change of these answers is made on.
    pub version: i32,
}

/// What changes at the answers of the history that are not lists.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HistoryPatch {
    #[serde(default)]
    #[schema(value_type = Option<Smoking>)]
    pub smoking: Patch<Smoking>,
    #[serde(default)]
    #[schema(value_type = Option<Pregnancy>)]
    pub pregnancy: Patch<Pregnancy>,
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub pregnancy_due: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub surgery_notes: Patch<String>,
}

/// 'None known' said, or taken back.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NoneKnown {
    pub kind: HistoryKind,
    pub none_known: bool,
}
