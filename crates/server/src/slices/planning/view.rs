//! From rows to what is answered: estimates, standing, progress.

use std::collections::HashMap;

use dentpro_core::charting::Chart;
use dentpro_core::money::{Currency, Money};
use dentpro_core::planning::{
    Estimate, EstimateInput, ItemStanding, PlanItemStatus, Shown, estimate, standing, sum, validity,
};
use dentpro_core::time::rfc3339_in;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rust_decimal::Decimal;
use uuid::Uuid;

use super::api::{
    PlanAnswer, PlanItem, PlanItemAppointment, PlanOption, PlanPhase, PlanProgress, PlanTotals, TreatmentPlan,
};
use super::store::answers::{AnswerRow, ShownRow};
use super::store::items::ItemRow;
use super::store::plans::{OptionRow, PlanRow};
use crate::kernel::error::{ApiError, ApiResult};

/// What a plan is told with.
pub struct Frame<'a> {
    /// The currency, for who may see prices.
    pub prices: Option<Currency>,
    pub tax_percent: Decimal,
    pub zone: &'a TimeZone,
    pub today: Date,
    /// The mouth of today, for whose teeth are gone meanwhile.
    pub chart: &'a Chart,
}

/// A plan with its parts, as they were read.
pub struct Parts {
    pub plan: PlanRow,
    pub items: Vec<ItemRow>,
    pub phases: Vec<(i16, String)>,
    pub shown: Option<ShownRow>,
    pub answer: Option<AnswerRow>,
    pub options: Vec<OptionRow>,
}

impl ShownRow {
    /// As the rules see it.
    pub fn as_shown(&self) -> Shown {
        Shown { revision: self.revision, valid_until: self.valid_until, answered: self.answered }
    }
}

impl ItemRow {
    /// As the rules see it.
    pub fn as_standing(&self) -> ItemStanding {
        let sessions_done = u32::try_from(self.sessions_done).unwrap_or_default();
        ItemStanding { id: self.id.uuid(), status: self.status, sessions_done }
    }

    /// Neither declined nor taken out.
    pub fn counts(&self) -> bool {
        !matches!(self.status, PlanItemStatus::Declined | PlanItemStatus::Withdrawn)
    }

    /// What it costs whom.
    pub fn estimate(&self, tax_percent: Decimal) -> ApiResult<Estimate> {
        estimate(&EstimateInput {
            unit_price: self.unit_price,
            quantity: self.quantity.into(),
            discount: self.discount,
            tax_rate: tax_percent,
            tax_kind: self.tax_code,
            covered_percent: u8::try_from(self.covered_percent).unwrap_or_default(),
        })
        .map_err(|e| ApiError::internal(e.into()))
    }

    /// Whether its tooth is gone, for work that is still to be done and needs one.
    fn tooth_missing(&self, chart: &Chart) -> bool {
        self.status.is_open() && self.placed().lacks_tooth(chart)
    }
}

/// An answer with its times on the clinic's clock.
pub fn answer(row: &AnswerRow, zone: &TimeZone) -> PlanAnswer {
    PlanAnswer {
        decision: row.decision,
        method: row.method,
        signer_name: row.signer_name.clone(),
        relation: row.relation,
        accepted_items: row.accepted_items.clone(),
        presented_items: row.presented_items,
        reason: row.reason.clone(),
        signed_at: rfc3339_in(row.signed_at, zone),
        hash: row.hash.clone(),
        strokes: row.strokes.clone(),
    }
}

/// A plan as it is answered.
pub fn plan(
    parts: Parts,
    appointments: &mut HashMap<Uuid, PlanItemAppointment>,
    frame: &Frame<'_>,
) -> ApiResult<TreatmentPlan> {
    let Parts { plan, items, phases, shown, answer: answered, options } = parts;
    let estimates: Vec<Estimate> =
        items.iter().map(|item| item.estimate(frame.tax_percent)).collect::<ApiResult<_>>()?;
    let priced = || items.iter().zip(&estimates);
    let sum_of = |wanted: &dyn Fn(&ItemRow) -> bool| {
        sum(priced().filter(|(item, _)| wanted(item)).map(|(_, estimate)| estimate))
            .map_err(|e| ApiError::internal(e.into()))
    };
    let totals = sum_of(&ItemRow::counts)?;
    let done = sum_of(&|item| item.status == PlanItemStatus::Completed)?;
    let mut numbers: Vec<i16> =
        phases.iter().map(|(number, _)| *number).chain(items.iter().map(|item| item.phase)).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let told = |estimate: &Estimate| frame.prices.map(|currency| PlanTotals::of(estimate, currency));
    let amount = |minor: i64| frame.prices.map(|currency| Money::new(minor, currency));
    let phases = numbers
        .into_iter()
        .map(|number| {
            let of_phase = |item: &&ItemRow| item.phase == number;
            Ok(PlanPhase {
                number,
                name: phases.iter().find(|(n, _)| *n == number).map(|(_, name)| name.clone()),
                totals: told(&sum_of(&|item| of_phase(&item) && item.counts())?),
                open_minutes: items
                    .iter()
                    .filter(of_phase)
                    .filter(|i| i.status.is_open())
                    .map(|i| i.minutes)
                    .sum(),
            })
        })
        .collect::<ApiResult<Vec<_>>>()?;
    let standings: Vec<ItemStanding> = items.iter().map(ItemRow::as_standing).collect();
    let count = |wanted: &dyn Fn(&&ItemRow) -> bool| items.iter().filter(|item| wanted(item)).count() as i64;
    let progress = PlanProgress {
        items: count(&|item| item.counts()),
        items_done: count(&|item| item.status == PlanItemStatus::Completed),
        amount: amount(totals.total),
        amount_done: amount(done.total),
    };
    Ok(TreatmentPlan {
        id: plan.id.into(),
        patient_id: plan.patient,
        name: plan.name,
        note: plan.note,
        doctor: plan.doctor,
        covered_percent: plan.covered_percent,
        status: plan.status,
        standing: standing(plan.status, &standings),
        validity: validity(plan.revision, shown.as_ref().map(ShownRow::as_shown), frame.today),
        status_reason: plan.status_reason,
        presentation_id: shown.as_ref().map(|shown| shown.id),
        hash: shown.as_ref().map(|shown| shown.hash.clone()),
        presented_at: shown.as_ref().map(|shown| rfc3339_in(shown.presented_at, frame.zone)),
        valid_until: shown.as_ref().map(|shown| shown.valid_until.to_string()),
        answer: answered.as_ref().map(|row| answer(row, frame.zone)),
        phases,
        totals: told(&totals),
        progress,
        options: options
            .into_iter()
            .filter(|option| option.id != plan.id)
            .map(|option| PlanOption { id: option.id.into(), name: option.name, status: option.status })
            .collect(),
        option_group: plan.option_group,
        created_at: plan.created_at,
        revision: plan.revision,
        version: plan.version,
        items: items
            .iter()
            .zip(&estimates)
            .map(|(row, estimate)| item(row, estimate, appointments.remove(&row.id.uuid()), frame))
            .collect(),
    })
}

fn item(
    row: &ItemRow,
    estimate: &Estimate,
    appointment: Option<PlanItemAppointment>,
    frame: &Frame<'_>,
) -> PlanItem {
    let money = |minor: i64| frame.prices.map(|currency| Money::new(minor, currency));
    PlanItem {
        id: row.id,
        plan_id: row.plan,
        phase: row.phase,
        position: row.position,
        procedure_id: row.procedure,
        code: row.code.clone(),
        name_ar: row.name_ar.clone(),
        name_en: row.name_en.clone(),
        category: row.category.clone(),
        tooth: row.tooth.map(|tooth| tooth.to_string()),
        surfaces: row.surfaces.iter().map(ToString::to_string).collect(),
        unit: Some(row.unit.clone()).filter(|unit| !unit.is_empty()),
        doctor: row.doctor.clone(),
        quantity: row.quantity,
        fee: money(row.unit_price),
        discount: money(row.discount),
        totals: frame.prices.map(|currency| PlanTotals::of(estimate, currency)),
        covered_percent: row.covered_percent,
        sessions: row.sessions,
        sessions_done: row.sessions_done,
        minutes: row.minutes,
        note: row.note.clone(),
        finding_event_id: row.finding,
        chart_event_id: row.chart_event,
        status: row.status,
        visit_procedure_id: row.work,
        completed_at: row.completed_at.map(|at| rfc3339_in(at, frame.zone)),
        tooth_missing: row.tooth_missing(frame.chart),
        appointment,
        version: row.version,
    }
}
