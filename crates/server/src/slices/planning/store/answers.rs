//! What patients were shown, and what they answered.

use std::collections::HashMap;

use dentpro_core::ids::{PatientId, PlanId, PlanItemId, PresentationId};
use dentpro_core::planning::{Answer, AnswerMethod, Relation};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;
use sqlx::types::Json;
use uuid::Uuid;

use super::super::api::Strokes;
use super::unreadable;
use crate::kernel::db::Tx;

/// What was last shown of a plan.
#[derive(Clone, Debug)]
pub struct ShownRow {
    pub id: PresentationId,
    pub revision: i32,
    pub hash: String,
    pub presented_at: Timestamp,
    pub valid_until: Date,
    /// The answer to it.
    pub answered: bool,
}

/// What was last shown of each plan.
pub async fn last_shown(tx: &mut Tx, plans: &[Uuid]) -> sqlx::Result<HashMap<Uuid, ShownRow>> {
    let clinic = tx.clinic();
    let rows = sqlx::query!(
        r#"select distinct on (s.plan_id)
            s.plan_id,
            s.id,
            s.revision,
            s.hash,
            s.presented_at,
            s.valid_until,
            exists (select from plan_signature g
                where g.clinic_id = s.clinic_id and g.presentation_id = s.id) as "answered!"
        from plan_presentation s
        where s.clinic_id = $1 and s.plan_id = any($2)
        order by s.plan_id, s.revision desc, s.presented_at desc, s.id desc"#,
        clinic,
        plans
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| {
            let shown = ShownRow {
                id: r.id.into(),
                revision: r.revision,
                hash: r.hash,
                presented_at: r.presented_at.to_jiff(),
                valid_until: r.valid_until.to_jiff(),
                answered: r.answered,
            };
            (r.plan_id, shown)
        })
        .collect())
}

/// The text of a presentation, with its hash.
pub async fn snapshot(tx: &mut Tx, id: PresentationId) -> sqlx::Result<Option<(String, String)>> {
    let clinic = tx.clinic();
    let row = sqlx::query!(
        "select snapshot, hash from plan_presentation where clinic_id = $1 and id = $2",
        clinic,
        id.uuid()
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|r| (r.snapshot, r.hash)))
}

/// A presentation to keep.
#[derive(Clone, Debug)]
pub struct NewShown {
    pub id: PresentationId,
    pub plan: PlanId,
    pub patient: PatientId,
    pub revision: i32,
    pub snapshot: String,
    pub hash: String,
    pub on: Date,
    pub valid_until: Date,
    pub at: Timestamp,
}

/// Keeps what is shown; `plan_presentation_current` says no when the plan moved on.
pub async fn insert_shown(tx: &mut Tx, row: &NewShown) -> sqlx::Result<()> {
    let (clinic, staff) = (tx.clinic(), tx.staff());
    sqlx::query!(
        "insert into plan_presentation (clinic_id, id, plan_id, patient_id, revision, snapshot, hash, presented_on,
            valid_until, presented_at, presented_by)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        clinic,
        row.id.uuid(),
        row.plan.uuid(),
        row.patient.uuid(),
        row.revision,
        row.snapshot,
        row.hash,
        row.on.to_sqlx() as _,
        row.valid_until.to_sqlx() as _,
        row.at.to_sqlx() as _,
        staff
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// An answer to keep.
#[derive(Clone, Debug)]
pub struct NewAnswer {
    pub id: Uuid,
    pub plan: PlanId,
    pub patient: PatientId,
    pub presentation: PresentationId,
    pub hash: String,
    pub decision: Answer,
    pub accepted_items: Vec<Uuid>,
    pub method: AnswerMethod,
    pub signer_name: String,
    pub relation: Relation,
    pub strokes: Option<Strokes>,
    pub reason: Option<String>,
    pub on: Date,
    pub at: Timestamp,
    /// Nobody, over a link.
    pub taken_by: Option<Uuid>,
}

/// Keeps an answer; the database says no to one of what is no longer the plan, and to a second one.
pub async fn insert_answer(tx: &mut Tx, row: &NewAnswer) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    sqlx::query!(
        "insert into plan_signature (clinic_id, id, plan_id, patient_id, presentation_id, hash, decision,
            accepted_items, method, signer_name, relation, strokes, reason, signed_on, signed_at, taken_by)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
        clinic,
        row.id,
        row.plan.uuid(),
        row.patient.uuid(),
        row.presentation.uuid(),
        row.hash,
        row.decision.as_str(),
        &row.accepted_items,
        row.method.as_str(),
        row.signer_name,
        row.relation.as_str(),
        row.strokes.as_ref().map(Json) as _,
        row.reason,
        row.on.to_sqlx() as _,
        row.at.to_sqlx() as _,
        row.taken_by
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// An answer as its row has it.
#[derive(Clone, Debug)]
pub struct AnswerRow {
    pub presentation: PresentationId,
    pub decision: Answer,
    pub method: AnswerMethod,
    pub signer_name: String,
    pub relation: Relation,
    pub accepted_items: Vec<PlanItemId>,
    pub presented_items: usize,
    pub reason: Option<String>,
    pub signed_at: Timestamp,
    pub hash: String,
    pub strokes: Option<Strokes>,
}

/// The last answer to each plan.
pub async fn last_answers(tx: &mut Tx, plans: &[Uuid]) -> sqlx::Result<HashMap<Uuid, AnswerRow>> {
    let clinic = tx.clinic();
    let rows = sqlx::query!(
        r#"select distinct on (g.plan_id)
            g.plan_id,
            g.presentation_id,
            g.decision,
            g.method,
            g.signer_name,
            g.relation,
            g.accepted_items,
            jsonb_array_length(s.snapshot::jsonb -> 'items') as "presented_items!",
            g.reason,
            g.signed_at,
            g.hash,
            g.strokes as "strokes: Json<Strokes>"
        from plan_signature g
        join plan_presentation s on s.clinic_id = g.clinic_id and s.id = g.presentation_id
        where g.clinic_id = $1 and g.plan_id = any($2)
        order by g.plan_id, s.revision desc, g.signed_at desc, g.id desc"#,
        clinic,
        plans
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter()
        .map(|r| {
            let answer = AnswerRow {
                presentation: r.presentation_id.into(),
                decision: r.decision.parse().map_err(unreadable)?,
                method: r.method.parse().map_err(unreadable)?,
                signer_name: r.signer_name,
                relation: r.relation.parse().map_err(unreadable)?,
                accepted_items: r.accepted_items.into_iter().map(Into::into).collect(),
                presented_items: usize::try_from(r.presented_items).unwrap_or_default(),
                reason: r.reason,
                signed_at: r.signed_at.to_jiff(),
                hash: r.hash,
                strokes: r.strokes.map(|s| s.0),
            };
            Ok((r.plan_id, answer))
        })
        .collect()
}

/// What a presentation says of the patient.
#[derive(Clone, Debug)]
pub struct PatientRow {
    pub name_ar: String,
    pub name_en: String,
    pub file_number: String,
    pub birth_date: Option<Date>,
    pub phone: Option<String>,
}

/// The patient of a plan.
pub async fn patient(tx: &mut Tx, id: PatientId) -> sqlx::Result<PatientRow> {
    let clinic = tx.clinic();
    let r = sqlx::query!(
        r#"select name_ar, name_en, file_number, birth_date, phones -> 0 ->> 'number' as phone
        from patient
        where clinic_id = $1 and id = $2"#,
        clinic,
        id.uuid()
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(PatientRow {
        name_ar: r.name_ar,
        name_en: r.name_en,
        file_number: r.file_number,
        birth_date: r.birth_date.map(|d| d.to_jiff()),
        phone: r.phone,
    })
}
