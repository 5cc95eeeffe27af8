//! What a patient is shown of a plan, as a text that never changes and a hash over it.

use dentpro_core::charting::Chart;
use dentpro_core::money::Currency;
use dentpro_core::planning::{Estimate, Place, place_words, sum};
use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::api::{PlanStaff, PlanTotals, ShownItem, ShownPhase, Snapshot};
use super::shipped::plain_words;
use super::store::answers::PatientRow;
use super::store::items::ItemRow;
use super::store::plans::HeldPlan;
use crate::kernel::error::{ApiError, ApiResult};
use rust_decimal::Decimal;

/// The shape of the text; a new shape gets a new number.
const FORMAT: u8 = 1;

/// What a snapshot is made from.
pub struct Shot<'a> {
    pub plan: &'a HeldPlan,
    pub doctor: PlanStaff,
    pub patient: &'a PatientRow,
    pub items: &'a [ItemRow],
    pub phases: &'a [(i16, String)],
    pub chart: &'a Chart,
    pub currency: Currency,
    pub tax_percent: Decimal,
    pub on: Date,
    pub valid_until: Date,
}

/// The plan as it is shown.
pub fn snapshot(shot: &Shot<'_>) -> ApiResult<Snapshot> {
    let failed = |e: dentpro_core::billing::BillingError| ApiError::internal(e.into());
    let estimates: Vec<Estimate> =
        shot.items.iter().map(|item| item.estimate(shot.tax_percent)).collect::<ApiResult<_>>()?;
    let totals = |of: &Estimate| PlanTotals::of(of, shot.currency);
    let mut numbers: Vec<i16> = shot.items.iter().map(|item| item.phase).collect();
    numbers.dedup();
    let phases = numbers
        .into_iter()
        .map(|number| {
            let of_phase = shot.items.iter().zip(&estimates).filter(|(item, _)| item.phase == number);
            Ok(ShownPhase {
                number,
                name: shot.phases.iter().find(|(n, _)| *n == number).map(|(_, name)| name.clone()),
                totals: totals(&sum(of_phase.map(|(_, estimate)| estimate)).map_err(failed)?),
            })
        })
        .collect::<ApiResult<Vec<_>>>()?;
    Ok(Snapshot {
        format: FORMAT,
        plan_id: shot.plan.id,
        patient_id: shot.plan.patient,
        patient_ar: shot.patient.name_ar.clone(),
        patient_en: shot.patient.name_en.clone(),
        file_number: shot.patient.file_number.clone(),
        name: shot.plan.name.clone(),
        note: shot.plan.note.clone(),
        doctor_ar: shot.doctor.name_ar.clone(),
        doctor_en: shot.doctor.name_en.clone(),
        presented_on: shot.on.to_string(),
        valid_until: shot.valid_until.to_string(),
        phases,
        items: shot.items.iter().zip(&estimates).map(|(row, estimate)| item(row, totals(estimate))).collect(),
        totals: totals(&sum(&estimates).map_err(failed)?),
        mouth: serde_json::to_value(shot.chart).map_err(|e| ApiError::internal(e.into()))?,
    })
}

fn item(row: &ItemRow, totals: PlanTotals) -> ShownItem {
    let (plain_ar, plain_en) = plain_words(row.chart_code.as_deref(), &row.category);
    let teeth: Vec<String> =
        row.unit.iter().map(|member| member.tooth).chain(row.tooth).map(|tooth| tooth.to_string()).collect();
    let place = match row.tooth {
        Some(tooth) => Some(place_words(tooth, &row.surfaces)),
        None if teeth.is_empty() => None,
        None => {
            let span = teeth.join("–");
            Some(Place { ar: format!("الأسنان {span}"), en: format!("teeth {span}") })
        }
    };
    ShownItem {
        id: row.id,
        phase: row.phase,
        code: row.code.clone(),
        name_ar: row.name_ar.clone(),
        name_en: row.name_en.clone(),
        plain_ar,
        plain_en,
        tooth: row.tooth.map(|tooth| tooth.to_string()),
        surfaces: row.surfaces.iter().map(ToString::to_string).collect(),
        teeth,
        place_ar: place.as_ref().map(|place| place.ar.clone()),
        place_en: place.map(|place| place.en),
        quantity: row.quantity,
        sessions: row.sessions,
        note: row.note.clone(),
        totals,
    }
}

/// The text of a snapshot, and its SHA-256 in hexadecimal digits.
pub fn sealed(snapshot: &Snapshot) -> ApiResult<(String, String)> {
    let text = serde_json::to_string(snapshot).map_err(|e| ApiError::internal(e.into()))?;
    let hash = hash_of(&text);
    Ok((text, hash))
}

/// SHA-256 of a text in hexadecimal digits.
pub fn hash_of(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A kept text, read.
pub fn opened(text: &str) -> ApiResult<Snapshot> {
    serde_json::from_str(text).map_err(|e| ApiError::internal(e.into()))
}
