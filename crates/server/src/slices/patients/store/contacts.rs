//! Emergency contacts.

use dentpro_core::ids::{ContactId, PatientId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;

use crate::kernel::db::Tx;

/// A contact that has not ended.
#[derive(Debug)]
pub struct StoredContact {
    pub id: ContactId,
    pub name: String,
    pub relationship: String,
    pub phone: String,
    pub recorded_at: jiff_sqlx::Timestamp,
}

/// Whom to call, the first recorded first.
pub async fn contacts(tx: &mut Tx, patient: PatientId) -> sqlx::Result<Vec<StoredContact>> {
    let clinic = tx.clinic();
    sqlx::query_as!(
        StoredContact,
        r#"select id as "id: ContactId", name, relationship, phone, recorded_at
        from patient_contact
        where clinic_id = $1 and patient_id = $2 and ended_at is null
        order by recorded_at, id
        limit 100"#,
        clinic,
        patient.uuid()
    )
    .fetch_all(&mut **tx)
    .await
}

/// Adds a contact.
pub async fn insert_contact(
    tx: &mut Tx,
    patient: PatientId,
    id: ContactId,
    (name, relationship, phone): (&str, &str, &str),
    now: Timestamp,
) -> sqlx::Result<()> {
    let (clinic, staff) = (tx.clinic(), tx.staff());
    sqlx::query!(
        "insert into patient_contact (clinic_id, id, patient_id, name, relationship, phone, recorded_at, recorded_by)
        values ($1, $2, $3, $4, $5, $6, $7, $8)",
        clinic,
        id.uuid(),
        patient.uuid(),
        name,
        relationship,
        phone,
        now.to_sqlx() as _,
        staff
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Ends a contact; false when there is none such, or it has ended.
pub async fn end_contact(
    tx: &mut Tx,
    patient: PatientId,
    id: ContactId,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let (clinic, staff) = (tx.clinic(), tx.staff());
    let ended = sqlx::query!(
        "update patient_contact
        set ended_at = $4, ended_by = $5
        where clinic_id = $1 and patient_id = $2 and id = $3 and ended_at is null",
        clinic,
        patient.uuid(),
        id.uuid(),
        now.to_sqlx() as _,
        staff
    )
    .execute(&mut **tx)
    .await?;
    Ok(ended.rows_affected() == 1)
}
