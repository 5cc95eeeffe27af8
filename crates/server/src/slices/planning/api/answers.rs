//! What a patient is shown, and what he answers.

use dentpro_core::ids::{PatientId, PlanId, PlanItemId, PresentationId};
use dentpro_core::planning::{Answer, AnswerMethod, Relation, Validity};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::PlanTotals;

/// Strokes of a pen: points in a box of 1000 by 300.
pub type Strokes = Vec<Vec<[u16; 2]>>;

/// A patient's answer to what he was shown.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PlanAnswer {
    pub decision: Answer,
    pub method: AnswerMethod,
    pub signer_name: String,
    pub relation: Relation,
    pub accepted_items: Vec<PlanItemId>,
    /// How many items he was asked about.
    pub presented_items: usize,
    pub reason: Option<String>,
    pub signed_at: String,
    /// SHA-256 of what he was shown.
    pub hash: String,
    #[schema(value_type = Option<Vec<Vec<Vec<u16>>>>)]
    pub strokes: Option<Strokes>,
}

/// An item as it was shown.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct ShownItem {
    pub id: PlanItemId,
    pub phase: i16,
    pub code: String,
    pub name_ar: String,
    pub name_en: String,
    /// What is done, in plain words.
    pub plain_ar: String,
    pub plain_en: String,
    pub tooth: Option<String>,
    pub surfaces: Vec<String>,
    pub teeth: Vec<String>,
    /// Where, in plain words.
    pub place_ar: Option<String>,
    pub place_en: Option<String>,
    pub quantity: i32,
    pub sessions: i16,
    pub note: Option<String>,
    pub totals: PlanTotals,
}

/// A phase as it was shown.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct ShownPhase {
    pub number: i16,
    pub name: Option<String>,
    pub totals: PlanTotals,
}

/// What a patient was shown: frozen with its prices and words. The hash is over the text in which it is kept.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Snapshot {
    pub format: u8,
    pub plan_id: PlanId,
    pub patient_id: PatientId,
    pub patient_ar: String,
    pub patient_en: String,
    pub file_number: String,
    pub name: String,
    pub note: Option<String>,
    pub doctor_ar: String,
    pub doctor_en: String,
    pub presented_on: String,
    pub valid_until: String,
    pub phases: Vec<ShownPhase>,
    pub items: Vec<ShownItem>,
    pub totals: PlanTotals,
    /// The chart of that day.
    #[schema(value_type = dentpro_core::charting::Chart)]
    pub mouth: serde_json::Value,
}

/// A presentation as the clinic looks at it with the patient.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Presentation {
    pub id: PresentationId,
    pub plan_id: PlanId,
    pub hash: String,
    pub validity: Validity,
    pub presented_at: String,
    pub shown: Snapshot,
    pub answer: Option<PlanAnswer>,
    /// Without a birth date there is no second proof, and so no link.
    pub birth_date_known: bool,
    pub phone: Option<String>,
}

/// How a plan is presented.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPresentation {
    /// `YYYY-MM-DD`, today or within a year; 30 days from now when it is left out.
    pub valid_until: Option<String>,
}

/// The patient accepts what he was shown, in whole or in part.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptPlan {
    /// The hash of what he has before his eyes; refused when it is no longer the plan.
    pub hash: Option<String>,
    /// All that is open, when it is left out; the others are declined.
    pub accepted_items: Option<Vec<PlanItemId>>,
    /// The patient's own name when it is left out.
    pub signer_name: Option<String>,
    pub relation: Option<Relation>,
    /// Without a signature the answer is written down as given by word.
    #[schema(value_type = Option<Vec<Vec<Vec<u16>>>>)]
    pub strokes: Option<Strokes>,
}

/// The patient turns down what he was shown.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeclinePlan {
    pub hash: Option<String>,
    pub reason: Option<String>,
}

/// Why the clinic gives a plan up.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawPlan {
    pub reason: String,
}

/// A link for the patient, told once.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PlanLink {
    /// Below the clinic's own address.
    pub path: String,
    pub expires_at: String,
}

/// What whoever holds a link sees before he has given the birth date.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PlanLinkSeen {
    pub clinic_name_ar: String,
    pub clinic_name_en: String,
    pub phone: Option<String>,
    /// The language the patient chose to be written to.
    pub language: Option<String>,
    pub expires_at: String,
}

/// The second proof.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenPlanLink {
    /// `YYYY-MM-DD`
    pub birth_date: String,
}

/// What the patient sees over a link.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PlanShown {
    pub clinic_name_ar: String,
    pub clinic_name_en: String,
    pub phone: Option<String>,
    pub hash: String,
    pub validity: Validity,
    pub shown: Snapshot,
    /// What was answered already.
    pub decision: Option<Answer>,
    pub accepted_items: Vec<PlanItemId>,
}

/// The patient's answer over a link.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerPlanLink {
    pub birth_date: String,
    pub hash: String,
    pub decision: Answer,
    pub accepted_items: Option<Vec<PlanItemId>>,
    pub signer_name: String,
    pub relation: Relation,
    /// Needed to accept.
    #[schema(value_type = Option<Vec<Vec<Vec<u16>>>>)]
    pub strokes: Option<Strokes>,
    pub reason: Option<String>,
}
