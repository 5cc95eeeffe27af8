//! Items of plans, and the sittings they took.

use std::collections::{HashMap, HashSet};

use dentpro_core::billing::TaxKind;
use dentpro_core::charting::UnitTooth;
use dentpro_core::ids::{
    ChartEventId, PatientId, PlanId, PlanItemId, ProcedureId, StaffId, VisitId, VisitProcedureId,
};
use dentpro_core::planning::PlanItemStatus;
use dentpro_core::teeth::{Surface, Tooth};
use dentpro_core::time::rfc3339_in;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use jiff_sqlx::ToSqlx;
use sqlx::types::Json;
use uuid::Uuid;

use super::super::api::{PlanItemAppointment, PlanStaff};
use super::unreadable;
use crate::kernel::db::Tx;

/// An item as its row has it, with what the catalogue says of its procedure.
#[derive(Clone, Debug)]
pub struct ItemRow {
    pub id: PlanItemId,
    pub plan: PlanId,
    pub phase: i16,
    pub position: i32,
    pub procedure: ProcedureId,
    pub code: String,
    pub name_ar: String,
    pub name_en: String,
    pub category: String,
    pub chart_code: Option<String>,
    pub chart_material: Option<String>,
    pub tax_code: TaxKind,
    pub tooth: Option<Tooth>,
    pub surfaces: Vec<Surface>,
    pub unit: Vec<UnitTooth>,
    pub doctor: Option<PlanStaff>,
    pub quantity: i32,
    pub unit_price: i64,
    pub discount: i64,
    pub covered_percent: i16,
    pub sessions: i16,
    pub sessions_done: i32,
    pub minutes: i32,
    pub note: Option<String>,
    pub finding: Option<ChartEventId>,
    pub chart_event: Option<ChartEventId>,
    pub status: PlanItemStatus,
    pub work: Option<VisitProcedureId>,
    pub completed_at: Option<Timestamp>,
    pub version: i32,
}

/// The items of plans, in the order of their phases.
pub async fn of_plans(tx: &mut Tx, plans: &[Uuid]) -> sqlx::Result<Vec<ItemRow>> {
    let clinic = tx.clinic();
    let rows = sqlx::query!(
        r#"select
            i.id,
            i.plan_id,
            i.phase,
            i.position,
            i.procedure_id,
            p.code,
            p.name_ar,
            p.name_en,
            p.category,
            p.chart_code,
            p.chart_material,
            p.tax_code,
            i.tooth,
            i.surfaces,
            i.unit as "unit: Json<Vec<UnitTooth>>",
            i.doctor_id,
            d.name_ar as "doctor_ar?",
            d.name_en as "doctor_en?",
            i.quantity,
            i.unit_price,
            i.discount,
            i.covered_percent,
            i.sessions,
            (select count(*) from plan_session s
                join visit v on v.clinic_id = s.clinic_id and v.id = s.visit_id and v.status <> 'entered_in_error'
                where s.clinic_id = i.clinic_id and s.plan_item_id = i.id)::int as "sessions_done!",
            i.minutes,
            i.note,
            i.finding_event_id,
            i.chart_event_id,
            i.status,
            i.visit_procedure_id,
            i.completed_at,
            i.version
        from plan_item i
        join procedure_item p on p.clinic_id = i.clinic_id and p.id = i.procedure_id
        left join staff d on d.clinic_id = i.clinic_id and d.id = i.doctor_id
        where i.clinic_id = $1 and i.plan_id = any($2)
        order by i.phase, i.position, i.id
        limit 20000"#,
        clinic,
        plans
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter()
        .map(|r| {
            let letters = r.surfaces.iter().flat_map(|s| s.chars());
            let doctor = r.doctor_id.map(|id| PlanStaff {
                id: id.into(),
                name_ar: r.doctor_ar.unwrap_or_default(),
                name_en: r.doctor_en.unwrap_or_default(),
            });
            Ok(ItemRow {
                id: r.id.into(),
                plan: r.plan_id.into(),
                phase: r.phase,
                position: r.position,
                procedure: r.procedure_id.into(),
                code: r.code,
                name_ar: r.name_ar,
                name_en: r.name_en,
                category: r.category,
                chart_code: r.chart_code,
                chart_material: r.chart_material,
                tax_code: r.tax_code.parse().map_err(unreadable)?,
                tooth: r.tooth.map(|t| t.parse().map_err(unreadable)).transpose()?,
                surfaces: letters.map(|c| c.try_into().map_err(unreadable)).collect::<sqlx::Result<_>>()?,
                unit: r.unit.map(|u| u.0).unwrap_or_default(),
                doctor,
                quantity: r.quantity,
                unit_price: r.unit_price,
                discount: r.discount,
                covered_percent: r.covered_percent,
                sessions: r.sessions,
                sessions_done: r.sessions_done,
                minutes: r.minutes,
                note: r.note,
                finding: r.finding_event_id.map(Into::into),
                chart_event: r.chart_event_id.map(Into::into),
                status: r.status.parse().map_err(unreadable)?,
                work: r.visit_procedure_id.map(Into::into),
                completed_at: r.completed_at.map(|at| at.to_jiff()),
                version: r.version,
            })
        })
        .collect()
}

/// The plan an item belongs to.
pub async fn plan_of(tx: &mut Tx, item: PlanItemId) -> sqlx::Result<Option<PlanId>> {
    let clinic = tx.clinic();
    let found = sqlx::query_scalar!(
        "select plan_id from plan_item where clinic_id = $1 and id = $2",
        clinic,
        item.uuid()
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(found.map(Into::into))
}

/// How many items a plan has, what was taken out of it among them.
pub async fn count(tx: &mut Tx, plan: PlanId) -> sqlx::Result<i64> {
    let clinic = tx.clinic();
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from plan_item where clinic_id = $1 and plan_id = $2"#,
        clinic,
        plan.uuid()
    )
    .fetch_one(&mut **tx)
    .await
}

/// The place of the last item of a phase; 0 when it has none.
pub async fn last_position(tx: &mut Tx, plan: PlanId, phase: i16) -> sqlx::Result<i32> {
    let clinic = tx.clinic();
    sqlx::query_scalar!(
        r#"select coalesce(max(position), 0) as "last!"
        from plan_item
        where clinic_id = $1 and plan_id = $2 and phase = $3"#,
        clinic,
        plan.uuid(),
        phase
    )
    .fetch_one(&mut **tx)
    .await
}

/// An item to write.
#[derive(Clone, Debug)]
pub struct NewRow {
    pub id: PlanItemId,
    pub phase: i16,
    pub position: i32,
    pub procedure: ProcedureId,
    pub tooth: Option<Tooth>,
    pub surfaces: Vec<Surface>,
    pub unit: Vec<UnitTooth>,
    pub doctor: Option<StaffId>,
    pub quantity: i32,
    pub unit_price: i64,
    pub discount: i64,
    pub covered_percent: i16,
    pub sessions: i16,
    pub minutes: i32,
    pub note: Option<String>,
    pub finding: Option<ChartEventId>,
}

/// Adds an item to a plan.
pub async fn insert(
    tx: &mut Tx,
    plan: PlanId,
    patient: PatientId,
    row: &NewRow,
    at: Timestamp,
) -> sqlx::Result<()> {
    let (clinic, staff) = (tx.clinic(), tx.staff());
    let surfaces: Vec<String> = row.surfaces.iter().map(ToString::to_string).collect();
    sqlx::query!(
        "insert into plan_item (clinic_id, id, plan_id, patient_id, phase, position, procedure_id, tooth, surfaces, unit,
            doctor_id, quantity, unit_price, discount, covered_percent, sessions, minutes, note, finding_event_id,
            created_at, created_by)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)",
        clinic,
        row.id.uuid(),
        plan.uuid(),
        patient.uuid(),
        row.phase,
        row.position,
        row.procedure.uuid(),
        row.tooth.map(|t| t.to_string()),
        &surfaces,
        (!row.unit.is_empty()).then_some(Json(&row.unit)) as _,
        row.doctor.map(|d| d.uuid()),
        row.quantity,
        row.unit_price,
        row.discount,
        row.covered_percent,
        row.sessions,
        row.minutes,
        row.note,
        row.finding.map(|f| f.uuid()),
        at.to_sqlx() as _,
        staff
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes the terms of an item.
pub async fn update(tx: &mut Tx, item: &ItemRow) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    sqlx::query!(
        "update plan_item
        set phase = $3,
            position = $4,
            doctor_id = $5,
            quantity = $6,
            unit_price = $7,
            discount = $8,
            covered_percent = $9,
            sessions = $10,
            minutes = $11,
            note = $12,
            version = version + 1
        where clinic_id = $1 and id = $2",
        clinic,
        item.id.uuid(),
        item.phase,
        item.position,
        item.doctor.as_ref().map(|d| d.id.uuid()),
        item.quantity,
        item.unit_price,
        item.discount,
        item.covered_percent,
        item.sessions,
        item.minutes,
        item.note
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Puts the items of a phase in an order.
pub async fn set_order(tx: &mut Tx, items: &[Uuid]) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    sqlx::query!(
        "update plan_item i
        set position = n.position::int
        from unnest($2::uuid[]) with ordinality n (id, position)
        where i.clinic_id = $1 and i.id = n.id and i.position <> n.position",
        clinic,
        items
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Decides about items.
pub async fn set_status(tx: &mut Tx, items: &[(Uuid, PlanItemStatus)]) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    let (ids, statuses): (Vec<Uuid>, Vec<String>) =
        items.iter().map(|(id, status)| (*id, status.as_str().to_owned())).unzip();
    sqlx::query!(
        "update plan_item i
        set status = n.status, version = i.version + 1
        from unnest($2::uuid[], $3::text[]) n (id, status)
        where i.clinic_id = $1 and i.id = n.id",
        clinic,
        &ids,
        &statuses
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Notes by which event the chart shows an item as planned; by none when it was taken back.
pub async fn set_chart_event(tx: &mut Tx, item: PlanItemId, event: Option<ChartEventId>) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    sqlx::query!(
        "update plan_item set chart_event_id = $3 where clinic_id = $1 and id = $2",
        clinic,
        item.uuid(),
        event.map(|e| e.uuid())
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// An item is done: from here on its work stands in a visit.
pub async fn complete(
    tx: &mut Tx,
    item: PlanItemId,
    work: VisitProcedureId,
    at: Timestamp,
) -> sqlx::Result<()> {
    let (clinic, staff) = (tx.clinic(), tx.staff());
    sqlx::query!(
        "update plan_item
        set status = 'completed', visit_procedure_id = $3, completed_at = $4, completed_by = $5, version = version + 1
        where clinic_id = $1 and id = $2",
        clinic,
        item.uuid(),
        work.uuid(),
        at.to_sqlx() as _,
        staff
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Items whose work was taken back are open again, as they were answered: the plans they belong to, with their patient.
pub async fn reopen(
    tx: &mut Tx,
    visit: VisitId,
    work: Option<VisitProcedureId>,
) -> sqlx::Result<Vec<(Uuid, Uuid)>> {
    let clinic = tx.clinic();
    let rows = sqlx::query!(
        "update plan_item i
        set status = case when exists (
                select from plan_signature s
                where s.clinic_id = i.clinic_id and s.plan_id = i.plan_id and i.id = any(s.accepted_items)
            ) then 'accepted' else 'proposed' end,
            visit_procedure_id = null,
            completed_at = null,
            completed_by = null,
            version = i.version + 1
        from visit_procedure w
        where i.clinic_id = $1 and w.clinic_id = $1 and w.id = i.visit_procedure_id and w.visit_id = $2
            and ($3::uuid is null or w.id = $3)
        returning i.plan_id, i.patient_id",
        clinic,
        visit.uuid(),
        work.map(|w| w.uuid())
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|r| (r.plan_id, r.patient_id)).collect())
}

/// Notes a sitting; false when the visit has one of the item already.
pub async fn insert_session(
    tx: &mut Tx,
    item: PlanItemId,
    patient: PatientId,
    visit: VisitId,
    note: Option<&str>,
    at: Timestamp,
) -> sqlx::Result<bool> {
    let (clinic, staff) = (tx.clinic(), tx.staff());
    let written = sqlx::query!(
        "insert into plan_session (clinic_id, plan_item_id, patient_id, visit_id, note, recorded_at, recorded_by)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict do nothing",
        clinic,
        item.uuid(),
        patient.uuid(),
        visit.uuid(),
        note,
        at.to_sqlx() as _,
        staff
    )
    .execute(&mut **tx)
    .await?;
    Ok(written.rows_affected() == 1)
}

/// The coming appointments that items of plans are booked in, by item.
pub async fn appointments(
    tx: &mut Tx,
    plans: &[Uuid],
    zone: &TimeZone,
) -> sqlx::Result<HashMap<Uuid, PlanItemAppointment>> {
    let clinic = tx.clinic();
    let rows = sqlx::query!(
        "select distinct on (b.plan_item_id) b.plan_item_id, a.id, a.starts_at
        from plan_item i
        join appointment_plan_item b on b.clinic_id = i.clinic_id and b.plan_item_id = i.id
        join appointment a on a.clinic_id = b.clinic_id and a.id = b.appointment_id
        where i.clinic_id = $1 and i.plan_id = any($2) and i.status in ('proposed', 'accepted')
            and a.status not in ('cancelled', 'no_show', 'rescheduled', 'completed', 'checked_out')
        order by b.plan_item_id, a.starts_at",
        clinic,
        plans
    )
    .fetch_all(&mut **tx)
    .await?;
    let told = |at: jiff_sqlx::Timestamp| rfc3339_in(at.to_jiff(), zone);
    Ok(rows
        .into_iter()
        .map(|r| (r.plan_item_id, PlanItemAppointment { id: r.id.into(), starts_at: told(r.starts_at) }))
        .collect())
}

/// The findings of a patient, tooth by tooth, for which something is planned that is not declined or taken out.
pub async fn planned_findings(
    tx: &mut Tx,
    patient: PatientId,
) -> sqlx::Result<HashSet<(Uuid, Option<String>)>> {
    let clinic = tx.clinic();
    let found = sqlx::query!(
        r#"select distinct finding_event_id as "finding!", tooth
        from plan_item
        where clinic_id = $1 and patient_id = $2 and finding_event_id is not null
            and status in ('proposed', 'accepted', 'completed')"#,
        clinic,
        patient.uuid()
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(found.into_iter().map(|r| (r.finding, r.tooth)).collect())
}
