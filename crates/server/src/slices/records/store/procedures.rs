//! Work done in a visit.

use std::collections::HashMap;

use dentpro_core::ids::{ChartEventId, ProcedureId, VisitId, VisitProcedureId};
use dentpro_core::money::{Currency, Money};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use super::super::api::VisitProcedure;
use super::super::work::Work;
use super::visits::LockedVisit;
use crate::kernel::db::Tx;

/// The procedures of visits, in the order in which they were recorded; without `prices` none are told.
pub async fn of_visits(
    tx: &mut Tx,
    visits: &[Uuid],
    prices: Option<Currency>,
) -> sqlx::Result<HashMap<Uuid, Vec<VisitProcedure>>> {
    let clinic = tx.clinic();
    let rows = sqlx::query!(
        r#"select
            w.visit_id,
            w.id,
            w.procedure_id,
            i.code,
            i.name_ar,
            i.name_en,
            w.tooth,
            w.surfaces,
            w.quantity,
            w.unit_price,
            w.doctor_id,
            w.chart_event_id,
            l.invoice_id as "invoice_id?",
            w.note
        from visit_procedure w
        join procedure_item i on i.clinic_id = w.clinic_id and i.id = w.procedure_id
        left join invoice_line l on l.clinic_id = w.clinic_id and l.visit_procedure_id = w.id
        where w.clinic_id = $1 and w.visit_id = any($2)
        order by w.recorded_at, w.id"#,
        clinic,
        visits
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut all: HashMap<Uuid, Vec<VisitProcedure>> = HashMap::new();
    for r in rows {
        let procedure = VisitProcedure {
            id: r.id.into(),
            procedure_id: r.procedure_id.into(),
            code: r.code,
            name_ar: r.name_ar,
            name_en: r.name_en,
            tooth: r.tooth,
            surfaces: r.surfaces,
            quantity: r.quantity,
            unit_price: prices.map(|currency| Money::new(r.unit_price, currency)),
            doctor_id: r.doctor_id.into(),
            chart_event_id: r.chart_event_id.map(Into::into),
            invoice_id: r.invoice_id.map(Into::into),
            note: r.note,
        };
        all.entry(r.visit_id).or_default().push(procedure);
    }
    Ok(all)
}

/// What the catalogue says of a procedure.
#[derive(Clone, Debug)]
pub struct CatalogueItem {
    pub id: ProcedureId,
    pub scope: String,
    pub price: i64,
    pub chart_code: Option<String>,
    pub chart_material: Option<String>,
    pub active: bool,
}

/// An entry of the catalogue.
pub async fn catalogue_item(tx: &mut Tx, id: ProcedureId) -> sqlx::Result<Option<CatalogueItem>> {
    let clinic = tx.clinic();
    sqlx::query_as!(
        CatalogueItem,
        r#"select
            id as "id: ProcedureId",
            scope,
            price,
            chart_code,
            chart_material,
            active
        from procedure_item
        where clinic_id = $1 and id = $2"#,
        clinic,
        id.uuid()
    )
    .fetch_optional(&mut **tx)
    .await
}

/// Adds work to a draft, done by the visit's doctor.
pub async fn insert(
    tx: &mut Tx,
    visit: &LockedVisit,
    id: VisitProcedureId,
    work: &Work,
    chart_event: Option<ChartEventId>,
    at: Timestamp,
) -> sqlx::Result<()> {
    let (clinic, staff) = (tx.clinic(), tx.staff());
    let surfaces: Vec<String> = work.surfaces.iter().map(ToString::to_string).collect();
    sqlx::query!(
        "insert into visit_procedure (clinic_id, id, visit_id, patient_id, procedure_id, doctor_id, tooth, surfaces,
            quantity, unit_price, note, chart_event_id, recorded_at, recorded_by)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        clinic,
        id.uuid(),
        visit.id.uuid(),
        visit.patient_id.uuid(),
        work.item.id.uuid(),
        visit.doctor_id.uuid(),
        work.tooth.map(|t| t.to_string()),
        &surfaces,
        work.quantity,
        work.unit_price,
        work.note,
        chart_event.map(|e| e.uuid()),
        at.to_sqlx() as _,
        staff
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Whether work stands on an invoice.
pub async fn is_invoiced(tx: &mut Tx, id: VisitProcedureId) -> sqlx::Result<bool> {
    let clinic = tx.clinic();
    sqlx::query_scalar!(
        r#"select exists (
            select from invoice_line where clinic_id = $1 and visit_procedure_id = $2
        ) as "invoiced!""#,
        clinic,
        id.uuid()
    )
    .fetch_one(&mut **tx)
    .await
}

/// Takes work off a draft: the event that showed it on the chart, or `None` when the visit has no such work.
pub async fn delete(
    tx: &mut Tx,
    visit: VisitId,
    id: VisitProcedureId,
) -> sqlx::Result<Option<Option<ChartEventId>>> {
    let clinic = tx.clinic();
    let row = sqlx::query!(
        "delete from visit_procedure where clinic_id = $1 and visit_id = $2 and id = $3 returning chart_event_id",
        clinic,
        visit.uuid(),
        id.uuid()
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|r| r.chart_event_id.map(Into::into)))
}
