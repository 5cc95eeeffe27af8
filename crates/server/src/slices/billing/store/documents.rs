//! What a printed document says beyond the invoice or payment itself.

use jiff::civil::Date;
use uuid::Uuid;

use crate::kernel::db::Tx;

/// A name in both languages.
#[derive(Debug)]
pub struct PrintedName {
    pub name_ar: String,
    pub name_en: String,
}

/// What was paid on an invoice.
#[derive(Debug)]
pub struct PrintedPayment {
    pub number: String,
    pub method: String,
    pub received_on: Date,
    pub amount: i64,
}

/// The doctors whose work an invoice bills.
pub async fn doctors_of_invoice(tx: &mut Tx, invoice: Uuid) -> sqlx::Result<Vec<PrintedName>> {
    let clinic = tx.clinic();
    sqlx::query_as!(
        PrintedName,
        "select s.name_ar, s.name_en
        from staff s
        where s.clinic_id = $1 and s.id in (
            select i.doctor_id from invoice i where i.clinic_id = $1 and i.id = $2
            union
            select w.doctor_id
            from invoice_line l
            join visit_procedure w on w.clinic_id = l.clinic_id and w.id = l.visit_procedure_id
            where l.clinic_id = $1 and l.invoice_id = $2)
        order by s.name_en, s.name_ar",
        clinic,
        invoice
    )
    .fetch_all(&mut **tx)
    .await
}

/// The payments that an invoice stands paid with.
pub async fn payments_of_invoice(tx: &mut Tx, invoice: Uuid) -> sqlx::Result<Vec<PrintedPayment>> {
    let clinic = tx.clinic();
    let rows = sqlx::query!(
        r#"select y.number, y.method, y.received_on, sum(a.amount)::bigint as "amount!"
        from payment_allocation a
        join payment y on y.clinic_id = a.clinic_id and y.id = a.payment_id
        where a.clinic_id = $1 and a.invoice_id = $2
        group by y.id, y.number, y.method, y.received_on, y.received_at
        having sum(a.amount) > 0
        order by y.received_at, y.number"#,
        clinic,
        invoice
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| PrintedPayment {
            number: r.number,
            method: r.method,
            received_on: r.received_on.to_jiff(),
            amount: r.amount,
        })
        .collect())
}

/// What a payment was put on when it was taken: invoice numbers and amounts. Refunds change nothing of its receipt.
pub async fn first_allocations(tx: &mut Tx, payment: Uuid) -> sqlx::Result<Vec<(String, i64)>> {
    let clinic = tx.clinic();
    let rows = sqlx::query!(
        r#"select i.number as "number!", a.amount
        from payment_allocation a
        join invoice i on i.clinic_id = a.clinic_id and i.id = a.invoice_id
        where a.clinic_id = $1 and a.payment_id = $2 and a.amount > 0
        order by a.at, i.number"#,
        clinic,
        payment
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|r| (r.number, r.amount)).collect())
}

/// The national id of a patient, which a zero-rated invoice has to name.
pub async fn national_id(tx: &mut Tx, patient: Uuid) -> sqlx::Result<Option<String>> {
    let clinic = tx.clinic();
    sqlx::query_scalar!("select national_id from patient where clinic_id = $1 and id = $2", clinic, patient)
        .fetch_one(&mut **tx)
        .await
}

/// What the patient owed right after a payment; negative is credit. It is the same on every reprint.
pub async fn balance_after(tx: &mut Tx, patient: Uuid, payment: Uuid) -> sqlx::Result<i64> {
    let clinic = tx.clinic();
    sqlx::query_scalar!(
        r#"select coalesce(sum(l.amount), 0)::bigint as "balance!"
        from ledger_entry l
        where l.clinic_id = $1 and l.patient_id = $2 and l.id <= (
            select o.id from ledger_entry o where o.clinic_id = $1 and o.kind = 'payment' and o.source_id = $3)"#,
        clinic,
        patient,
        payment
    )
    .fetch_one(&mut **tx)
    .await
}
