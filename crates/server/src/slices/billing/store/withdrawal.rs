//! Taking the work of a visit off the drafts that bill it.

use dentpro_core::billing::InvoiceStatus;
use dentpro_core::ids::{InvoiceId, PatientId, VisitId};

use super::invoices::delete_draft;
use crate::kernel::db::Tx;

/// An invoice of a visit, locked.
#[derive(Debug)]
pub struct InvoiceOfVisit {
    pub id: InvoiceId,
    pub patient: PatientId,
    pub is_draft: bool,
}

/// The invoices that bill a visit or work of it, locked in the order of their ids.
pub async fn lock_invoices_of_visit(tx: &mut Tx, visit: VisitId) -> sqlx::Result<Vec<InvoiceOfVisit>> {
    let clinic = tx.clinic();
    let rows = sqlx::query!(
        "select i.id, i.patient_id, i.status
        from invoice i
        where i.clinic_id = $1
            and (i.visit_id = $2 or i.id in (
                select l.invoice_id
                from invoice_line l
                join visit_procedure w on w.clinic_id = l.clinic_id and w.id = l.visit_procedure_id
                where l.clinic_id = $1 and w.visit_id = $2))
        order by i.id
        for update of i",
        clinic,
        visit.uuid()
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| InvoiceOfVisit {
            id: r.id.into(),
            patient: r.patient_id.into(),
            is_draft: r.status == InvoiceStatus::Draft.as_str(),
        })
        .collect())
}

/// Takes the lines of a visit's work off a draft, which is then the sum of what is left, or gone with its last line.
pub async fn withdraw_lines(tx: &mut Tx, draft: InvoiceId, visit: VisitId) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    sqlx::query!(
        "delete from invoice_line l
        using visit_procedure w
        where l.clinic_id = $1 and l.invoice_id = $2
            and w.clinic_id = $1 and w.id = l.visit_procedure_id and w.visit_id = $3",
        clinic,
        draft.uuid(),
        visit.uuid()
    )
    .execute(&mut **tx)
    .await?;
    let left = sqlx::query!(
        "update invoice_line l
        set position = placed.position
        from (
            select id, row_number() over (order by position)::int as position
            from invoice_line
            where clinic_id = $1 and invoice_id = $2
        ) placed
        where l.clinic_id = $1 and l.id = placed.id",
        clinic,
        draft.uuid()
    )
    .execute(&mut **tx)
    .await?
    .rows_affected();
    if left == 0 {
        return delete_draft(tx, draft).await;
    }
    sqlx::query!(
        "update invoice i
        set visit_id = nullif(i.visit_id, $3), version = i.version + 1,
            subtotal = s.subtotal, discount = s.discount, tax = s.tax, total = s.total
        from (
            select sum(l.subtotal)::bigint as subtotal, sum(l.discount)::bigint as discount,
                sum(l.tax)::bigint as tax, sum(l.total)::bigint as total
            from invoice_line l
            where l.clinic_id = $1 and l.invoice_id = $2
        ) s
        where i.clinic_id = $1 and i.id = $2",
        clinic,
        draft.uuid(),
        visit.uuid()
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
