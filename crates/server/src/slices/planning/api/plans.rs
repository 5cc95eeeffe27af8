//! A plan, its phases and items.

use dentpro_core::charting::UnitTooth;
use dentpro_core::ids::{
    AppointmentId, ChartEventId, PatientId, PlanId, PlanItemId, PresentationId, ProcedureId, StaffId,
    VisitId, VisitProcedureId,
};
use dentpro_core::money::Currency;
use dentpro_core::money::Money;
use dentpro_core::planning::{Estimate, PlanItemStatus, PlanStanding, PlanStatus, Validity};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::PlanAnswer;
use crate::kernel::patch::Patch;

/// A member of the staff as a plan names him.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PlanStaff {
    pub id: StaffId,
    pub name_ar: String,
    pub name_en: String,
}

/// What something of a plan costs: `total = subtotal − discount + tax = insurer + patient`.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
pub struct PlanTotals {
    pub subtotal: Money,
    pub discount: Money,
    pub tax: Money,
    pub total: Money,
    /// What an insurer is expected to pay.
    pub insurer: Money,
    pub patient: Money,
}

impl PlanTotals {
    /// An estimate in the clinic's currency.
    pub fn of(estimate: &Estimate, currency: Currency) -> Self {
        let money = |minor| Money::new(minor, currency);
        Self {
            subtotal: money(estimate.subtotal),
            discount: money(estimate.discount),
            tax: money(estimate.tax),
            total: money(estimate.total),
            insurer: money(estimate.insurer),
            patient: money(estimate.patient),
        }
    }
}

/// A phase of a plan. What it costs is told to who may see prices.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PlanPhase {
    /// From 1.
    pub number: i16,
    pub name: Option<String>,
    pub totals: Option<PlanTotals>,
    /// Chair minutes of what is still open.
    pub open_minutes: i32,
}

/// The appointment in which an item is to be done.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PlanItemAppointment {
    pub id: AppointmentId,
    pub starts_at: String,
}

/// An item of a plan. Prices are told to who may see them.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PlanItem {
    pub id: PlanItemId,
    pub plan_id: PlanId,
    pub phase: i16,
    /// The order within its phase.
    pub position: i32,
    pub procedure_id: ProcedureId,
    pub code: String,
    pub name_ar: String,
    pub name_en: String,
    pub category: String,
    pub tooth: Option<String>,
    pub surfaces: Vec<String>,
    /// The parts of a bridge.
    pub unit: Option<Vec<UnitTooth>>,
    pub doctor: Option<PlanStaff>,
    pub quantity: i32,
    /// Of one piece, as it was quoted.
    pub fee: Option<Money>,
    /// Off the whole item.
    pub discount: Option<Money>,
    pub totals: Option<PlanTotals>,
    /// The share that an insurer is expected to pay.
    pub covered_percent: i16,
    /// Sittings it takes.
    pub sessions: i16,
    pub sessions_done: i32,
    /// Chair minutes of the whole item.
    pub minutes: i32,
    pub note: Option<String>,
    /// The finding it treats.
    pub finding_event_id: Option<ChartEventId>,
    /// The event by which the chart shows it as planned.
    pub chart_event_id: Option<ChartEventId>,
    pub status: PlanItemStatus,
    pub visit_procedure_id: Option<VisitProcedureId>,
    pub completed_at: Option<String>,
    /// The tooth it is planned for is not there any more.
    pub tooth_missing: bool,
    /// The coming appointment it is booked in.
    pub appointment: Option<PlanItemAppointment>,
    pub version: i32,
}

/// How far a plan is.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct PlanProgress {
    /// Items that are neither declined nor taken out.
    pub items: i64,
    pub items_done: i64,
    /// What those items cost.
    pub amount: Option<Money>,
    pub amount_done: Option<Money>,
}

/// Another plan of the same option group.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PlanOption {
    pub id: PlanId,
    pub name: String,
    pub status: PlanStatus,
}

/// A treatment plan.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TreatmentPlan {
    pub id: PlanId,
    pub patient_id: PatientId,
    pub name: String,
    pub note: Option<String>,
    pub doctor: PlanStaff,
    /// The share of an insurer that new items start with.
    pub covered_percent: i16,
    pub status: PlanStatus,
    /// What a list says of it.
    pub standing: PlanStanding,
    /// Whether what the patient was last shown still is the plan.
    pub validity: Validity,
    pub status_reason: Option<String>,
    pub presentation_id: Option<PresentationId>,
    /// SHA-256 of what the patient was last shown.
    pub hash: Option<String>,
    pub presented_at: Option<String>,
    /// The last day on which what was shown can be accepted.
    pub valid_until: Option<String>,
    /// The patient's last answer.
    pub answer: Option<PlanAnswer>,
    pub phases: Vec<PlanPhase>,
    pub items: Vec<PlanItem>,
    /// Of what is neither declined nor taken out.
    pub totals: Option<PlanTotals>,
    pub progress: PlanProgress,
    /// Alternatives: accepting one declines the others.
    pub options: Vec<PlanOption>,
    pub option_group: Uuid,
    pub created_at: String,
    /// Counted up by every change of what the patient would pay for.
    pub revision: i32,
    pub version: i32,
}

/// The name of a phase.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPlanPhase {
    /// From 1 to 20.
    pub number: i16,
    pub name: String,
}

/// An item to plan. What is not given comes from the catalogue.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPlanItem {
    /// Offered by the client, so that repeating is safe.
    pub id: Option<PlanItemId>,
    pub procedure_id: ProcedureId,
    /// FDI code; needed where the procedure is done on a tooth.
    pub tooth: Option<String>,
    pub surfaces: Option<Vec<String>>,
    /// The parts of a bridge; its teeth are the quantity when that is left out.
    pub unit: Option<Vec<UnitTooth>>,
    /// 1 when it is left out.
    pub phase: Option<i16>,
    pub doctor_id: Option<StaffId>,
    pub quantity: Option<i32>,
    /// Of one piece. Another one than the catalogue's needs `billing.discount`.
    pub fee: Option<Money>,
    /// Off the whole item; needs `billing.discount`.
    pub discount: Option<Money>,
    pub covered_percent: Option<i16>,
    pub sessions: Option<i16>,
    pub minutes: Option<i32>,
    pub note: Option<String>,
    pub finding_event_id: Option<ChartEventId>,
}

/// A plan to make.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPlan {
    pub id: Option<PlanId>,
    pub name: String,
    /// Who makes it, when it is left out; he then has to be a doctor.
    pub doctor_id: Option<StaffId>,
    pub note: Option<String>,
    pub covered_percent: Option<i16>,
    /// A plan of the same patient to which this one is an alternative.
    pub alternative_to: Option<PlanId>,
    #[serde(default)]
    pub phases: Vec<NewPlanPhase>,
    #[serde(default)]
    pub items: Vec<NewPlanItem>,
}

/// What changes at a plan.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanPatch {
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub name: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub note: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<StaffId>)]
    pub doctor_id: Patch<StaffId>,
    #[serde(default)]
    #[schema(value_type = Option<i16>)]
    pub covered_percent: Patch<i16>,
    /// The whole list of named phases.
    #[serde(default)]
    #[schema(value_type = Option<Vec<NewPlanPhase>>)]
    pub phases: Patch<Vec<NewPlanPhase>>,
}

/// What changes at an item. Another procedure, tooth or surface is another item.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanItemPatch {
    #[serde(default)]
    #[schema(value_type = Option<i16>)]
    pub phase: Patch<i16>,
    /// The place within the phase, from 0; at the end when only the phase is given.
    #[serde(default)]
    #[schema(value_type = Option<i32>)]
    pub position: Patch<i32>,
    #[serde(default)]
    #[schema(value_type = Option<StaffId>)]
    pub doctor_id: Patch<StaffId>,
    #[serde(default)]
    #[schema(value_type = Option<i32>)]
    pub quantity: Patch<i32>,
    /// Needs `billing.discount`.
    #[serde(default)]
    #[schema(value_type = Option<Money>)]
    pub fee: Patch<Money>,
    /// Needs `billing.discount`.
    #[serde(default)]
    #[schema(value_type = Option<Money>)]
    pub discount: Patch<Money>,
    #[serde(default)]
    #[schema(value_type = Option<i16>)]
    pub covered_percent: Patch<i16>,
    #[serde(default)]
    #[schema(value_type = Option<i16>)]
    pub sessions: Patch<i16>,
    #[serde(default)]
    #[schema(value_type = Option<i32>)]
    pub minutes: Patch<i32>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub note: Patch<String>,
}

/// In which visit an item is done, or a sitting of it.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DonePlanItem {
    /// A draft visit of the patient.
    pub visit_id: VisitId,
    pub note: Option<String>,
}

/// A procedure that would treat a finding.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SuggestedProcedure {
    pub procedure_id: ProcedureId,
    pub code: String,
    pub name_ar: String,
    pub name_en: String,
    pub minutes: i32,
    pub fee: Option<Money>,
}

/// A finding that nothing is planned for yet, and what would treat it, the usual procedure first.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PlanSuggestion {
    pub finding_event_id: ChartEventId,
    pub finding: String,
    pub finding_ar: String,
    pub finding_en: String,
    pub tooth: Option<String>,
    pub surfaces: Vec<String>,
    pub severity: Option<u8>,
    pub procedures: Vec<SuggestedProcedure>,
}
