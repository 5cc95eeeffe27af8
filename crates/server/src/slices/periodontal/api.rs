//! What the operations of periodontal exams take and answer.

use std::collections::BTreeMap;

use dentpro_core::ids::{PatientId, PerioExamId, StaffId};
use dentpro_core::periodontal::comparison::Comparison;
use dentpro_core::periodontal::{
    Advice, Diabetes, Diagnosis, Entrance, ExamKind, Presence, Sextant, Site, Smoking, Suggestion, Summary,
};
use dentpro_core::teeth::Tooth;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::kernel::patch::Patch;

/// A member of the staff who did something to an exam.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PerioStaff {
    pub id: StaffId,
    pub name_ar: String,
    pub name_en: String,
}

/// What the probe does not tell, for the suggested grade.
#[derive(Clone, Copy, Debug, Default, Serialize, ToSchema)]
pub struct PerioRisk {
    /// Bone lost at the worst tooth in the pictures, in percent of its root.
    pub bone_loss_percent: Option<u8>,
    /// Teeth lost to periodontitis.
    pub teeth_lost: Option<u8>,
    pub smoking: Option<Smoking>,
    pub diabetes: Option<Diabetes>,
}

/// One site. Depth and margin are millimetres; `recession` and `cal` (depth − margin) are derived.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct PerioSite {
    pub depth: Option<u8>,
    /// Negative where the gum has receded.
    pub margin: Option<i8>,
    pub recession: Option<u8>,
    /// Clinical attachment level.
    pub cal: Option<i8>,
    pub bleeding: bool,
    pub suppuration: bool,
    pub plaque: bool,
    pub calculus: bool,
}

/// One tooth, with all six sites.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PerioTooth {
    pub presence: Presence,
    pub mobility: Option<u8>,
    /// The degree at each entrance that this tooth has; null where it was not probed.
    pub furcation: BTreeMap<Entrance, Option<u8>>,
    pub sites: BTreeMap<Site, PerioSite>,
}

/// An exam without its readings.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PerioExamItem {
    pub id: PerioExamId,
    pub patient_id: PatientId,
    pub kind: ExamKind,
    /// `draft`, `closed` or `entered_in_error`.
    pub status: String,
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    pub note: String,
    pub risk: PerioRisk,
    /// What a doctor confirmed.
    pub diagnosis: Option<Diagnosis>,
    pub diagnosed_at: Option<String>,
    pub diagnosed_by: Option<PerioStaff>,
    pub started_at: String,
    pub started_by: PerioStaff,
    pub closed_at: Option<String>,
    pub closed_by: Option<PerioStaff>,
    /// Why it was entered in error.
    pub error_reason: Option<String>,
    pub version: i32,
    pub summary: Summary,
    /// The codes of a screening: `0`–`4`, with `*` for a furcation, or `X`.
    pub sextants: BTreeMap<Sextant, String>,
    /// What a screening asks for next.
    pub advice: Option<Advice>,
}

/// An exam with everything that was read.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PerioExam {
    #[serde(flatten)]
    pub exam: PerioExamItem,
    /// By FDI code; empty in a screening.
    pub teeth: BTreeMap<Tooth, PerioTooth>,
    /// What the readings suggest, with reasons; a doctor decides.
    pub suggestion: Option<Suggestion>,
}

/// A tooth as it was written, and the numbers of the exam with it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RecordedPerioTooth {
    pub tooth: Tooth,
    #[serde(flatten)]
    pub reading: PerioTooth,
    pub summary: Summary,
}

/// An exam to start.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPerioExam {
    /// Offered by the client, so that repeating is safe.
    pub id: Option<PerioExamId>,
    /// `full` when it is left out.
    pub kind: Option<ExamKind>,
    /// `YYYY-MM-DD`; today when it is left out.
    pub on: Option<String>,
}

/// What to change of a draft; what is left out stays.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PerioExamPatch {
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub on: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub note: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<i32>)]
    pub bone_loss_percent: Patch<i32>,
    #[serde(default)]
    #[schema(value_type = Option<i32>)]
    pub teeth_lost: Patch<i32>,
    #[serde(default)]
    #[schema(value_type = Option<Smoking>)]
    pub smoking: Patch<Smoking>,
    #[serde(default)]
    #[schema(value_type = Option<Diabetes>)]
    pub diabetes: Patch<Diabetes>,
}

/// What was read at a site. A field that is left out stays as it is; null clears it.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PerioSiteChange {
    /// Millimetres, 0–15.
    #[serde(default)]
    #[schema(value_type = Option<i32>)]
    pub depth: Patch<i32>,
    /// Millimetres, −15–15; negative where the gum has receded.
    #[serde(default)]
    #[schema(value_type = Option<i32>)]
    pub margin: Patch<i32>,
    pub bleeding: Option<bool>,
    pub suppuration: Option<bool>,
    pub plaque: Option<bool>,
    pub calculus: Option<bool>,
}

/// What was read at a tooth. What is left out stays as it is, so that two people may write at once.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PerioToothChange {
    /// `missing` only while nothing is read at the tooth.
    pub presence: Option<Presence>,
    /// 0–3.
    #[serde(default)]
    #[schema(value_type = Option<i32>)]
    pub mobility: Patch<i32>,
    /// The degree 0–3 by entrance: B, L, M, D, where the tooth has it; null clears it.
    #[serde(default)]
    pub furcation: BTreeMap<String, Option<i32>>,
    /// By site: DB, B, MB, DL, L, ML.
    #[serde(default)]
    pub sites: BTreeMap<String, PerioSiteChange>,
}

/// The code of a sextant; null clears it.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PerioSextantChange {
    /// `0`–`4`, with `*` for a furcation, or `X`.
    pub code: Option<String>,
}

/// Closing may confirm the diagnosis at once.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClosePerioExam {
    pub diagnosis: Option<Diagnosis>,
}

/// Why an exam was entered in error.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StrikePerioExam {
    pub reason: String,
}

/// Which exams to compare.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ComparedExams {
    /// Two to six ids of full exams of this patient, separated by commas.
    pub exams: Option<String>,
}

/// Exams side by side, oldest first.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PerioComparison {
    pub exams: Vec<PerioExamItem>,
    #[serde(flatten)]
    pub differences: Comparison,
}
