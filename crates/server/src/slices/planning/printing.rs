//! A plan as PDF: what the patient was shown with his answer under it, or a draft.

use axum::body::Body;
use axum::http::Response;
use dentpro_core::charting::Chart;
use dentpro_core::money::Money;
use dentpro_core::planning::{Answer, PlanItemStatus, PlanStatus, Relation, Validity};
use dentpro_core::time::parse_date;
use dentpro_print::{
    Bilingual, Patient, PlanDocument, PlanLine, PlanLineStanding, PlanPhase, PlanSignature,
    PlanTotals as PrintedTotals, render_plan,
};
use jiff::civil::Date;

use super::api::{PlanAnswer, PlanTotals, ShownItem, Snapshot, TreatmentPlan};
use super::plans;
use super::presenting::{last_shown, shot};
use crate::kernel::actor::Actor;
use crate::kernel::blob::BlobStore;
use crate::kernel::db::Tx;
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::press::{self, PrintLanguage, head};

/// A plan as its document says it.
pub async fn document(
    tx: &mut Tx,
    actor: &Actor,
    blobs: &BlobStore,
    plan: &TreatmentPlan,
    chart: &Chart,
    today: Date,
) -> ApiResult<PlanDocument> {
    let head = head(tx, blobs, None).await?;
    let currency = actor.facts.currency()?;
    let presented = plan.presentation_id.is_some();
    let said = if presented {
        last_shown(tx, plan.id).await?.1
    } else {
        let held = plans::lock(tx, plan.id).await?;
        shot(tx, actor, &held, chart, today, today).await?
    };
    let day = |text: &str| parse_date(text).map_err(|e| ApiError::internal(e.into()));
    let answer = plan.answer.as_ref().filter(|answer| plan.hash.as_ref() == Some(&answer.hash));
    Ok(PlanDocument {
        clinic: head.clinic,
        branch: head.branch,
        digits: head.digits,
        currency_code: currency.code().to_owned(),
        currency_exponent: u8::try_from(currency.exponent()).unwrap_or(2),
        patient: Patient {
            name: Bilingual::new(&said.patient_ar, &said.patient_en),
            file_number: said.file_number.clone(),
            phone: None,
            national_id: None,
        },
        title: said.name.clone(),
        doctor: Some(Bilingual::new(&said.doctor_ar, &said.doctor_en)),
        presented_on: presented.then(|| day(&said.presented_on)).transpose()?,
        valid_until: presented.then(|| day(&said.valid_until)).transpose()?,
        no_longer_valid: plan.validity == Validity::NoLongerValid,
        declined: plan.status == PlanStatus::Declined,
        phases: phases(&said, plan),
        totals: totals(&said.totals),
        note: said.note.clone(),
        hash: plan.hash.clone(),
        signature: answer.filter(|answer| answer.decision == Answer::Accepted).map(signature),
    })
}

/// Typesets it.
pub async fn print(document: PlanDocument, language: PrintLanguage) -> ApiResult<Response<Body>> {
    let name = format!("plan-{}", document.patient.file_number);
    press::print(name, document, |d| &mut d.clinic, move |d| render_plan(d, language.into())).await
}

fn phases(said: &Snapshot, plan: &TreatmentPlan) -> Vec<PlanPhase> {
    let phase = |phase: &super::api::ShownPhase| PlanPhase {
        number: u8::try_from(phase.number).unwrap_or_default(),
        name: phase.name.clone(),
        lines: said
            .items
            .iter()
            .filter(|item| item.phase == phase.number)
            .map(|item| line(item, plan))
            .collect(),
        totals: totals(&phase.totals),
    };
    said.phases.iter().map(phase).collect()
}

fn line(item: &ShownItem, plan: &TreatmentPlan) -> PlanLine {
    let now = plan.items.iter().find(|now| now.id == item.id).map(|now| now.status);
    let piece = item.totals.subtotal.minor.checked_div(i64::from(item.quantity)).unwrap_or_default();
    PlanLine {
        procedure: Bilingual::new(&item.name_ar, &item.name_en),
        plain: Some(Bilingual::new(&item.plain_ar, &item.plain_en)),
        place: item.place_ar.as_ref().zip(item.place_en.as_ref()).map(|(ar, en)| Bilingual::new(ar, en)),
        quantity: item.quantity,
        sessions: item.sessions.into(),
        note: item.note.clone(),
        unit_price: piece,
        totals: totals(&item.totals),
        standing: match now {
            Some(PlanItemStatus::Accepted) => PlanLineStanding::Accepted,
            Some(PlanItemStatus::Completed) => PlanLineStanding::Completed,
            Some(PlanItemStatus::Proposed) => PlanLineStanding::Proposed,
            Some(PlanItemStatus::Declined | PlanItemStatus::Withdrawn) | None => PlanLineStanding::Declined,
        },
    }
}

fn totals(of: &PlanTotals) -> PrintedTotals {
    let minor = |money: Money| money.minor;
    PrintedTotals {
        subtotal: minor(of.subtotal),
        discount: minor(of.discount),
        tax: minor(of.tax),
        total: minor(of.total),
        insurer: minor(of.insurer),
        patient: minor(of.patient),
    }
}

fn signature(answer: &PlanAnswer) -> PlanSignature {
    let count = |of: usize| i32::try_from(of).unwrap_or(i32::MAX);
    PlanSignature {
        name: answer.signer_name.clone(),
        relation: match answer.relation {
            Relation::Patient => Bilingual::new("المريض", "Patient"),
            Relation::Guardian => Bilingual::new("ولي الأمر", "Parent or guardian"),
        },
        signed_on: answer.signed_at.get(..10).and_then(|day| parse_date(day).ok()).unwrap_or_default(),
        by_link: answer.method == dentpro_core::planning::AnswerMethod::Link,
        hash: answer.hash.clone(),
        items_accepted: count(answer.accepted_items.len()),
        items: count(answer.presented_items),
        strokes: answer.strokes.clone().unwrap_or_default(),
    }
}
