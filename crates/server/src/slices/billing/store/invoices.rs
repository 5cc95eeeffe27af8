//! Invoices and their lines.

use std::collections::HashMap;

use dentpro_core::billing::InvoiceStatus;
use dentpro_core::ids::{InvoiceId, PatientId};
use dentpro_core::money::{Currency, Money};
use dentpro_core::text::SearchTerm;
use dentpro_core::time::rfc3339_in;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use super::drafts::tax_kind;
use crate::kernel::actor::ClinicFacts;
use crate::kernel::db::Tx;
use crate::kernel::error::{ApiError, ApiResult, OnConstraint};
use crate::slices::billing::api::{Invoice, InvoiceLine, InvoicePatient};
use crate::slices::billing::drafting::{Draft, PricedLine, already_invoiced, visit_in_error};

/// What a page of invoices is about.
#[derive(Debug, Default)]
pub struct InvoiceFilter {
    pub status: Option<InvoiceStatus>,
    pub patient: Option<PatientId>,
    pub from: Option<Date>,
    pub to: Option<Date>,
    /// A LIKE pattern of numbers, and patients that were found.
    pub number_like: Option<String>,
    pub patients: Vec<Uuid>,
    pub after: Option<(Timestamp, Uuid)>,
}

/// An invoice that is locked for what follows.
#[derive(Debug)]
pub struct LockedInvoice {
    pub patient: PatientId,
    pub branch: Uuid,
    pub status: InvoiceStatus,
    pub total: i64,
    pub notes: Option<String>,
    pub version: i32,
}

fn status(word: &str) -> ApiResult<InvoiceStatus> {
    word.parse().map_err(|e: dentpro_core::wire_enum::UnknownWord| ApiError::internal(Box::new(e)))
}

/// Ids and places in the list of a page, the newest first; one more than `limit`.
pub async fn invoice_page(
    tx: &mut Tx,
    zone: &TimeZone,
    filter: &InvoiceFilter,
    limit: i64,
) -> sqlx::Result<Vec<(Timestamp, Uuid)>> {
    let clinic = tx.clinic();
    let rows = sqlx::query!(
        "select i.id, i.created_at
        from invoice i
        where i.clinic_id = $1
            and ($2::text is null or i.status = $2)
            and ($3::uuid is null or i.patient_id = $3)
            and ($4::date is null or coalesce(i.issued_on, (i.created_at at time zone $6)::date) >= $4)
            and ($5::date is null or coalesce(i.issued_on, (i.created_at at time zone $6)::date) <= $5)
            and ($7::text is null or i.number like $7 or i.patient_id = any($8))
            and ($9::timestamptz is null or (i.created_at, i.id) < ($9, $10))
        order by i.created_at desc, i.id desc
        limit $11",
        clinic,
        filter.status.map(InvoiceStatus::as_str),
        filter.patient.map(PatientId::uuid),
        filter.from.map(|d| d.to_sqlx()) as _,
        filter.to.map(|d| d.to_sqlx()) as _,
        zone.iana_name().unwrap_or("UTC"),
        filter.number_like,
        &filter.patients,
        filter.after.map(|(at, _)| at.to_sqlx()) as _,
        filter.after.map(|(_, id)| id),
        limit + 1
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|r| (r.created_at.to_jiff(), r.id)).collect())
}

/// Patients that match what was typed, at most 200.
pub async fn patients_matching(tx: &mut Tx, terms: &[SearchTerm]) -> sqlx::Result<Vec<Uuid>> {
    if terms.is_empty() {
        return Ok(Vec::new());
    }
    let clinic = tx.clinic();
    let folded: Vec<String> = terms.iter().map(|t| t.folded.clone()).collect();
    let keys: Vec<String> = terms.iter().map(|t| t.key.clone().unwrap_or_default()).collect();
    sqlx::query_scalar!(r#"select id as "id!" from patient_search($1, $2, $3, 200)"#, clinic, &folded, &keys)
        .fetch_all(&mut **tx)
        .await
}

/// Whether the clinic has the patient.
pub async fn patient_is_known(tx: &mut Tx, patient: PatientId) -> sqlx::Result<bool> {
    let clinic = tx.clinic();
    sqlx::query_scalar!(
        r#"select exists (select from patient where clinic_id = $1 and id = $2) as "known!""#,
        clinic,
        patient.uuid()
    )
    .fetch_one(&mut **tx)
    .await
}

/// One invoice, or none.
pub async fn invoice(tx: &mut Tx, facts: &ClinicFacts, id: InvoiceId) -> ApiResult<Option<Invoice>> {
    Ok(invoices(tx, facts, &[id.uuid()]).await?.pop())
}

/// Invoices with their lines, in the order of the ids: two statements, however many.
pub async fn invoices(tx: &mut Tx, facts: &ClinicFacts, ids: &[Uuid]) -> ApiResult<Vec<Invoice>> {
    let clinic = tx.clinic();
    let currency = facts.currency()?;
    let money = |minor| Money::new(minor, currency);
    let rows = sqlx::query!(
        r#"select
            i.id,
            i.number,
            i.patient_id,
            p.file_number,
            p.name_ar,
            p.name_en,
            p.phones -> 0 ->> 'number' as phone,
            i.branch_id,
            i.doctor_id,
            i.visit_id,
            i.status,
            i.issued_on,
            i.issued_at,
            i.subtotal,
            i.discount,
            i.tax,
            i.total,
            i.paid,
            i.notes,
            i.created_at,
            i.version,
            exists (
                select from invoice_line l
                join visit_procedure w on w.clinic_id = l.clinic_id and w.id = l.visit_procedure_id
                join visit v on v.clinic_id = w.clinic_id and v.id = w.visit_id
                where l.clinic_id = i.clinic_id and l.invoice_id = i.id and v.status = 'entered_in_error'
            ) as "visit_in_error!"
        from invoice i
        join patient p on p.clinic_id = i.clinic_id and p.id = i.patient_id
        where i.clinic_id = $1 and i.id = any($2)
        order by array_position($2, i.id)"#,
        clinic,
        ids
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut lines = lines(tx, currency, ids).await?;
    rows.into_iter()
        .map(|r| {
            Ok(Invoice {
                id: r.id.into(),
                number: r.number,
                patient_id: r.patient_id.into(),
                patient: InvoicePatient {
                    id: r.patient_id.into(),
                    file_number: r.file_number,
                    name_ar: r.name_ar,
                    name_en: r.name_en,
                    phone: r.phone,
                },
                branch_id: r.branch_id.into(),
                doctor_id: r.doctor_id.map(Into::into),
                visit_id: r.visit_id.map(Into::into),
                visit_in_error: r.visit_in_error,
                status: status(&r.status)?,
                issued_on: r.issued_on.map(|d| d.to_jiff()),
                issued_at: r.issued_at.map(|t| rfc3339_in(t.to_jiff(), &facts.time_zone)),
                lines: lines.remove(&r.id).unwrap_or_default(),
                subtotal: money(r.subtotal),
                discount: money(r.discount),
                tax: money(r.tax),
                total: money(r.total),
                paid: money(r.paid),
                balance: money(r.total - r.paid),
                notes: r.notes,
                created_at: rfc3339_in(r.created_at.to_jiff(), &facts.time_zone),
                version: r.version,
            })
        })
        .collect()
}

async fn lines(
    tx: &mut Tx,
    currency: Currency,
    invoices: &[Uuid],
) -> ApiResult<HashMap<Uuid, Vec<InvoiceLine>>> {
    let clinic = tx.clinic();
    let money = |minor| Money::new(minor, currency);
    let rows = sqlx::query!(
        r#"select
            invoice_id,
            id,
            position,
            procedure_id,
            visit_procedure_id,
            description_ar,
            description_en,
            tooth,
            surfaces,
            quantity,
            unit_price,
            discount,
            tax_code,
            trim_scale(tax_percent)::text as "tax_percent!",
            subtotal,
            tax,
            total
        from invoice_line
        where clinic_id = $1 and invoice_id = any($2)
        order by invoice_id, position"#,
        clinic,
        invoices
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut by_invoice: HashMap<Uuid, Vec<InvoiceLine>> = HashMap::new();
    for r in rows {
        by_invoice.entry(r.invoice_id).or_default().push(InvoiceLine {
            id: r.id.into(),
            position: r.position,
            procedure_id: r.procedure_id.map(Into::into),
            visit_procedure_id: r.visit_procedure_id.map(Into::into),
            description_ar: r.description_ar,
            description_en: r.description_en,
            tooth: r.tooth,
            surfaces: r.surfaces,
            quantity: r.quantity,
            unit_price: money(r.unit_price),
            discount: money(r.discount),
            tax_code: tax_kind(&r.tax_code)?,
            tax_percent: r.tax_percent,
            subtotal: money(r.subtotal),
            tax: money(r.tax),
            total: money(r.total),
        });
    }
    Ok(by_invoice)
}

/// One invoice, locked.
pub async fn lock_invoice(tx: &mut Tx, id: InvoiceId) -> ApiResult<Option<LockedInvoice>> {
    let clinic = tx.clinic();
    let row = sqlx::query!(
        "select patient_id, branch_id, status, total, notes, version
        from invoice
        where clinic_id = $1 and id = $2
        for update",
        clinic,
        id.uuid()
    )
    .fetch_optional(&mut **tx)
    .await?;
    row.map(|r| {
        Ok(LockedInvoice {
            patient: r.patient_id.into(),
            branch: r.branch_id,
            status: status(&r.status)?,
            total: r.total,
            notes: r.notes,
            version: r.version,
        })
    })
    .transpose()
}

/// Writes a new draft with its lines.
pub async fn insert_draft(tx: &mut Tx, draft: &Draft, now: Timestamp) -> ApiResult<()> {
    let (clinic, staff) = (tx.clinic(), tx.staff());
    sqlx::query!(
        "insert into invoice (clinic_id, id, patient_id, branch_id, doctor_id, visit_id, currency, subtotal, discount,
            tax, total, notes, created_at, created_by)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        clinic,
        draft.id,
        draft.patient,
        draft.branch,
        draft.doctor,
        draft.visit,
        draft.currency.code(),
        draft.totals.subtotal,
        draft.totals.discount,
        draft.totals.tax,
        draft.totals.total,
        draft.notes,
        now.to_sqlx() as _,
        staff
    )
    .execute(&mut **tx)
    .await?;
    insert_lines(tx, draft.id, &draft.lines).await
}

/// Writes lines, those for the same work in the same order everywhere: two drafts that want it wait for each
/// other instead of locking each other out.
async fn insert_lines(tx: &mut Tx, invoice: Uuid, lines: &[PricedLine]) -> ApiResult<()> {
    let clinic = tx.clinic();
    let lines = serde_json::to_value(lines).map_err(|e| ApiError::internal(e.into()))?;
    sqlx::query!(
        "insert into invoice_line (clinic_id, id, invoice_id, position, procedure_id, visit_procedure_id, description_ar,
            description_en, tooth, surfaces, quantity, unit_price, discount, tax_code, tax_percent, subtotal, tax, total)
        select $1, l.id, $2, l.position, l.procedure_id, l.visit_procedure_id, l.description_ar,
            l.description_en, l.tooth, l.surfaces, l.quantity, l.unit_price, l.discount, l.tax_code, l.tax_percent,
            l.subtotal, l.tax, l.total
        from jsonb_to_recordset($3) as l (
            id uuid, position int, procedure_id uuid, visit_procedure_id uuid, description_ar text, description_en text,
            tooth text, surfaces text[], quantity int, unit_price bigint, discount bigint, tax_code text,
            tax_percent numeric, subtotal bigint, tax bigint, total bigint)
        order by l.visit_procedure_id, l.position",
        clinic,
        invoice,
        lines
    )
    .execute(&mut **tx)
    .await
    .on_constraint("invoice_line_work_billed_once", already_invoiced)
    .on_constraint("invoice_line_work_stands", visit_in_error)?;
    Ok(())
}

/// Writes the changed draft: its notes, and its lines when they are given.
pub async fn update_draft(
    tx: &mut Tx,
    id: InvoiceId,
    notes: Option<&str>,
    lines: Option<&(Vec<PricedLine>, dentpro_core::billing::Totals)>,
) -> ApiResult<()> {
    let clinic = tx.clinic();
    let totals = lines.map(|(_, totals)| totals);
    sqlx::query!(
        "update invoice
        set notes = $3, subtotal = coalesce($4, subtotal), discount = coalesce($5, discount), tax = coalesce($6, tax),
            total = coalesce($7, total), version = version + 1
        where clinic_id = $1 and id = $2",
        clinic,
        id.uuid(),
        notes,
        totals.map(|t| t.subtotal),
        totals.map(|t| t.discount),
        totals.map(|t| t.tax),
        totals.map(|t| t.total)
    )
    .execute(&mut **tx)
    .await?;
    if let Some((lines, _)) = lines {
        delete_lines(tx, id).await?;
        insert_lines(tx, id.uuid(), lines).await?;
    }
    Ok(())
}

async fn delete_lines(tx: &mut Tx, id: InvoiceId) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    sqlx::query!("delete from invoice_line where clinic_id = $1 and invoice_id = $2", clinic, id.uuid())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Deletes a draft; its work can be billed again.
pub async fn delete_draft(tx: &mut Tx, id: InvoiceId) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    delete_lines(tx, id).await?;
    sqlx::query!("delete from invoice where clinic_id = $1 and id = $2", clinic, id.uuid())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Issues a draft under its number; one without lines is refused.
pub async fn issue(
    tx: &mut Tx,
    id: InvoiceId,
    number: &str,
    status: InvoiceStatus,
    on: Date,
    at: Timestamp,
) -> ApiResult<()> {
    let (clinic, staff) = (tx.clinic(), tx.staff());
    sqlx::query!(
        "update invoice
        set status = $3, number = $4, issued_on = $5, issued_at = $6, issued_by = $7, version = version + 1
        where clinic_id = $1 and id = $2",
        clinic,
        id.uuid(),
        status.as_str(),
        number,
        on.to_sqlx() as _,
        at.to_sqlx() as _,
        staff
    )
    .execute(&mut **tx)
    .await
    .on_constraint("invoice_sum_of_lines", || ApiError::conflict("billing.no_lines"))?;
    Ok(())
}
