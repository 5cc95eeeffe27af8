//! Payments, what they pay, and refunds.

use std::collections::HashMap;

use dentpro_core::billing::{BillingError, InvoiceStatus, OpenInvoice};
use dentpro_core::ids::{InvoiceId, PatientId, PaymentId};
use dentpro_core::money::{Currency, Money};
use dentpro_core::time::rfc3339_in;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use crate::kernel::actor::ClinicFacts;
use crate::kernel::db::Tx;
use crate::kernel::error::{ApiError, ApiResult, OnConstraint};
use crate::slices::billing::api::{
    InvoicePatient, Payment, PaymentAllocation, PaymentMethod, PaymentRefund, PaymentStaff,
};

/// What a page of payments is about.
#[derive(Debug, Default)]
pub struct PaymentFilter {
    pub patient: Option<PatientId>,
    pub invoice: Option<InvoiceId>,
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub after: Option<(Timestamp, Uuid)>,
}

/// An invoice that a payment is meant for, locked.
#[derive(Debug)]
pub struct PayableInvoice {
    pub open: OpenInvoice,
    pub patient: Uuid,
    pub branch: Uuid,
    pub is_draft: bool,
}

/// What becomes of an amount on an invoice; negative when it is taken back.
#[derive(Clone, Copy, Debug)]
pub struct NewAllocation {
    pub id: Uuid,
    pub invoice: Uuid,
    pub amount: i64,
}

/// Where a payment's money is.
#[derive(Debug)]
pub struct PaymentUse {
    pub patient: PatientId,
    pub branch: Uuid,
    pub amount: i64,
    pub refunded: i64,
    /// By invoice, the latest first.
    pub allocated: Vec<OpenInvoice>,
}

/// Ids and places in the list of a page, the newest first; one more than `limit`.
pub async fn payment_page(
    tx: &mut Tx,
    filter: &PaymentFilter,
    limit: i64,
) -> sqlx::Result<Vec<(Timestamp, Uuid)>> {
    let clinic = tx.clinic();
    let rows = sqlx::query!(
        "select id, received_at
        from payment
        where clinic_id = $1
            and ($2::uuid is null or patient_id = $2)
            and ($3::date is null or received_on >= $3)
            and ($4::date is null or received_on <= $4)
            and ($5::timestamptz is null or (received_at, id) < ($5, $6))
            and ($7::uuid is null or id in (
                select a.payment_id from payment_allocation a where a.clinic_id = $1 and a.invoice_id = $7))
        order by received_at desc, id desc
        limit $8",
        clinic,
        filter.patient.map(PatientId::uuid),
        filter.from.map(|d| d.to_sqlx()) as _,
        filter.to.map(|d| d.to_sqlx()) as _,
        filter.after.map(|(at, _)| at.to_sqlx()) as _,
        filter.after.map(|(_, id)| id),
        filter.invoice.map(InvoiceId::uuid),
        limit + 1
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|r| (r.received_at.to_jiff(), r.id)).collect())
}

/// One payment, or none.
pub async fn payment(tx: &mut Tx, facts: &ClinicFacts, id: PaymentId) -> ApiResult<Option<Payment>> {
    Ok(payments(tx, facts, &[id.uuid()]).await?.pop())
}

/// Payments with what they pay and their refunds, in the order of the ids: three statements, however many.
pub async fn payments(tx: &mut Tx, facts: &ClinicFacts, ids: &[Uuid]) -> ApiResult<Vec<Payment>> {
    let clinic = tx.clinic();
    let currency = facts.currency()?;
    let rows = sqlx::query!(
        r#"select
            y.id,
            y.number,
            y.patient_id,
            p.file_number,
            p.name_ar,
            p.name_en,
            p.phones -> 0 ->> 'number' as phone,
            y.branch_id,
            y.method,
            y.amount,
            y.reference,
            y.received_at,
            y.received_on,
            y.received_by,
            s.name_ar as staff_ar,
            s.name_en as staff_en
        from payment y
        join patient p on p.clinic_id = y.clinic_id and p.id = y.patient_id
        join staff s on s.clinic_id = y.clinic_id and s.id = y.received_by
        where y.clinic_id = $1 and y.id = any($2)
        order by array_position($2, y.id)"#,
        clinic,
        ids
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut allocations = allocations(tx, currency, ids).await?;
    let mut refunds = refunds(tx, facts, currency, ids).await?;
    rows.into_iter()
        .map(|r| {
            let allocations = allocations.remove(&r.id).unwrap_or_default();
            let refunds = refunds.remove(&r.id).unwrap_or_default();
            let allocated: i64 = allocations.iter().map(|a| a.amount.minor).sum();
            let refunded: i64 = refunds.iter().map(|a| a.amount.minor).sum();
            let method = PaymentMethod::of_word(&r.method)
                .ok_or_else(|| ApiError::internal(format!("unknown payment method {}", r.method).into()))?;
            Ok(Payment {
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
                method,
                amount: Money::new(r.amount, currency),
                reference: r.reference,
                received_at: rfc3339_in(r.received_at.to_jiff(), &facts.time_zone),
                received_on: r.received_on.to_jiff(),
                received_by: PaymentStaff {
                    id: r.received_by.into(),
                    name_ar: r.staff_ar,
                    name_en: r.staff_en,
                },
                allocations,
                unallocated: Money::new(r.amount - allocated - refunded, currency),
                refunded: Money::new(refunded, currency),
                refunds,
            })
        })
        .collect()
}

async fn allocations(
    tx: &mut Tx,
    currency: Currency,
    payments: &[Uuid],
) -> sqlx::Result<HashMap<Uuid, Vec<PaymentAllocation>>> {
    let clinic = tx.clinic();
    let rows = sqlx::query!(
        r#"select a.payment_id, a.invoice_id, i.number as "number!", sum(a.amount)::bigint as "amount!"
        from payment_allocation a
        join invoice i on i.clinic_id = a.clinic_id and i.id = a.invoice_id
        where a.clinic_id = $1 and a.payment_id = any($2)
        group by a.payment_id, a.invoice_id, i.number
        order by min(a.at), i.number"#,
        clinic,
        payments
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut by_payment: HashMap<Uuid, Vec<PaymentAllocation>> = HashMap::new();
    for r in rows {
        by_payment.entry(r.payment_id).or_default().push(PaymentAllocation {
            invoice_id: r.invoice_id.into(),
            invoice_number: r.number,
            amount: Money::new(r.amount, currency),
        });
    }
    Ok(by_payment)
}

async fn refunds(
    tx: &mut Tx,
    facts: &ClinicFacts,
    currency: Currency,
    payments: &[Uuid],
) -> sqlx::Result<HashMap<Uuid, Vec<PaymentRefund>>> {
    let clinic = tx.clinic();
    let rows = sqlx::query!(
        "select r.payment_id, r.id, r.number, r.amount, r.reason, r.refunded_at, r.refunded_on, r.refunded_by,
            s.name_ar, s.name_en
        from refund r
        join staff s on s.clinic_id = r.clinic_id and s.id = r.refunded_by
        where r.clinic_id = $1 and r.payment_id = any($2)
        order by r.refunded_at, r.number",
        clinic,
        payments
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut by_payment: HashMap<Uuid, Vec<PaymentRefund>> = HashMap::new();
    for r in rows {
        by_payment.entry(r.payment_id).or_default().push(PaymentRefund {
            id: r.id.into(),
            number: r.number,
            amount: Money::new(r.amount, currency),
            reason: r.reason,
            refunded_at: rfc3339_in(r.refunded_at.to_jiff(), &facts.time_zone),
            refunded_on: r.refunded_on.to_jiff(),
            refunded_by: PaymentStaff { id: r.refunded_by.into(), name_ar: r.name_ar, name_en: r.name_en },
        });
    }
    Ok(by_payment)
}

/// Invoices that a payment is meant for, locked in the order of their ids.
pub async fn lock_invoices(tx: &mut Tx, ids: &[Uuid]) -> sqlx::Result<Vec<PayableInvoice>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let clinic = tx.clinic();
    let rows = sqlx::query!(
        "select id, patient_id, branch_id, status, total, paid
        from invoice
        where clinic_id = $1 and id = any($2)
        order by id
        for update",
        clinic,
        ids
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| PayableInvoice {
            open: OpenInvoice { id: r.id, balance: r.total - r.paid },
            patient: r.patient_id,
            branch: r.branch_id,
            is_draft: r.status == InvoiceStatus::Draft.as_str(),
        })
        .collect())
}

/// The invoices that a payment pays, locked in the order of their ids; refunds of it wait for each other here.
pub async fn lock_invoices_of_payment(tx: &mut Tx, payment: PaymentId) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    sqlx::query!(
        "select i.id
        from invoice i
        where i.clinic_id = $1
            and i.id in (select a.invoice_id from payment_allocation a where a.clinic_id = $1 and a.payment_id = $2)
        order by i.id
        for update of i",
        clinic,
        payment.uuid()
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(())
}

/// Where the money of a payment is now.
pub async fn payment_use(tx: &mut Tx, payment: PaymentId) -> sqlx::Result<Option<PaymentUse>> {
    let clinic = tx.clinic();
    let Some(row) = sqlx::query!(
        r#"select
            y.patient_id,
            y.branch_id,
            y.amount,
            coalesce((select sum(r.amount) from refund r
                where r.clinic_id = $1 and r.payment_id = $2), 0)::bigint as "refunded!"
        from payment y
        where y.clinic_id = $1 and y.id = $2"#,
        clinic,
        payment.uuid()
    )
    .fetch_optional(&mut **tx)
    .await?
    else {
        return Ok(None);
    };
    let allocated = sqlx::query!(
        r#"select invoice_id, sum(amount)::bigint as "amount!"
        from payment_allocation
        where clinic_id = $1 and payment_id = $2
        group by invoice_id
        having sum(amount) > 0
        order by min(at) desc, invoice_id desc"#,
        clinic,
        payment.uuid()
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(Some(PaymentUse {
        patient: row.patient_id.into(),
        branch: row.branch_id,
        amount: row.amount,
        refunded: row.refunded,
        allocated: allocated
            .into_iter()
            .map(|a| OpenInvoice { id: a.invoice_id, balance: a.amount })
            .collect(),
    }))
}

/// A payment as it is stored.
#[derive(Debug)]
pub struct PaymentRow<'a> {
    pub id: Uuid,
    pub patient: Uuid,
    pub branch: Uuid,
    pub number: &'a str,
    pub method: PaymentMethod,
    pub amount: i64,
    pub currency: Currency,
    pub reference: Option<&'a str>,
    pub at: Timestamp,
    pub on: Date,
}

/// Writes a payment.
pub async fn insert_payment(tx: &mut Tx, payment: &PaymentRow<'_>) -> sqlx::Result<()> {
    let (clinic, staff) = (tx.clinic(), tx.staff());
    sqlx::query!(
        "insert into payment (clinic_id, id, patient_id, branch_id, number, method, amount, currency, reference,
            received_at, received_on, received_by)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        clinic,
        payment.id,
        payment.patient,
        payment.branch,
        payment.number,
        payment.method.as_str(),
        payment.amount,
        payment.currency.code(),
        payment.reference,
        payment.at.to_sqlx() as _,
        payment.on.to_sqlx() as _,
        staff
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes what a payment pays, or what is taken back of it; the invoices' status follows by itself.
pub async fn insert_allocations(
    tx: &mut Tx,
    payment: Uuid,
    parts: &[NewAllocation],
    at: Timestamp,
) -> ApiResult<()> {
    if parts.is_empty() {
        return Ok(());
    }
    let (clinic, staff) = (tx.clinic(), tx.staff());
    let ids: Vec<Uuid> = parts.iter().map(|p| p.id).collect();
    let invoices: Vec<Uuid> = parts.iter().map(|p| p.invoice).collect();
    let amounts: Vec<i64> = parts.iter().map(|p| p.amount).collect();
    sqlx::query!(
        "insert into payment_allocation (clinic_id, id, payment_id, invoice_id, amount, at, by)
        select $1, a.id, $2, a.invoice_id, a.amount, $6, $7
        from unnest($3::uuid[], $4::uuid[], $5::bigint[]) as a (id, invoice_id, amount)
        order by a.invoice_id",
        clinic,
        payment,
        &ids,
        &invoices,
        &amounts,
        at.to_sqlx() as _,
        staff
    )
    .execute(&mut **tx)
    .await
    .on_constraint("invoice_never_overpaid", || {
        ApiError::conflict(BillingError::AllocationExceedsBalance.code())
    })
    .on_constraint("payment_never_exceeded", || {
        ApiError::conflict(BillingError::RefundExceedsPayment.code())
    })?;
    Ok(())
}

/// A refund as it is stored.
#[derive(Debug)]
pub struct RefundRow<'a> {
    pub id: Uuid,
    pub payment: Uuid,
    pub patient: Uuid,
    pub number: &'a str,
    pub amount: i64,
    pub reason: &'a str,
    pub at: Timestamp,
    pub on: Date,
}

/// Writes a refund. Two at once of a payment that pays no invoice meet here: the later one is refused.
pub async fn insert_refund(tx: &mut Tx, refund: &RefundRow<'_>) -> ApiResult<()> {
    let (clinic, staff) = (tx.clinic(), tx.staff());
    sqlx::query!(
        "insert into refund (clinic_id, id, payment_id, patient_id, number, amount, reason, refunded_at, refunded_on,
            refunded_by)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        clinic,
        refund.id,
        refund.payment,
        refund.patient,
        refund.number,
        refund.amount,
        refund.reason,
        refund.at.to_sqlx() as _,
        refund.on.to_sqlx() as _,
        staff
    )
    .execute(&mut **tx)
    .await
    .on_constraint("payment_never_exceeded", || ApiError::conflict(BillingError::RefundExceedsPayment.code()))?;
    Ok(())
}
