//! The waiting list.

use jiff::Timestamp;
use jiff::civil::Time;
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use crate::kernel::db::Tx;
use crate::slices::worklists::api::NewWaitlistEntry;

/// What of an entry's ids is the clinic's: patient, doctor, type.
pub async fn entry_known(tx: &mut Tx, new: &NewWaitlistEntry) -> sqlx::Result<(bool, bool, bool)> {
    let clinic = tx.clinic();
    let row = sqlx::query!(
        r#"select
            exists (select from patient where clinic_id = $1 and id = $2 and status = 'active') as "patient!",
            $3::uuid is null or exists (select from staff where clinic_id = $1 and id = $3 and active) as "doctor!",
            $4::uuid is null or exists (
                select from appointment_type where clinic_id = $1 and id = $4 and active) as "kind!""#,
        clinic,
        new.patient_id.uuid(),
        new.doctor_id.map(|id| id.uuid()),
        new.type_id.map(|id| id.uuid())
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok((row.patient, row.doctor, row.kind))
}

/// Adds an entry at the end of the list.
pub async fn insert_entry(
    tx: &mut Tx,
    id: Uuid,
    new: &NewWaitlistEntry,
    window: (Option<Time>, Option<Time>),
    note: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    let (clinic, staff) = (tx.clinic(), tx.staff());
    sqlx::query!(
        "insert into waitlist_entry (clinic_id, id, patient_id, doctor_id, type_id, minutes, weekdays, after_time,
            before_time, note, created_at, created_by)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        clinic,
        id,
        new.patient_id.uuid(),
        new.doctor_id.map(|id| id.uuid()),
        new.type_id.map(|id| id.uuid()),
        new.minutes,
        &new.weekdays,
        window.0.map(|at| at.to_sqlx()) as _,
        window.1.map(|at| at.to_sqlx()) as _,
        note,
        now.to_sqlx() as _,
        staff
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Ends an open entry; the patient and the new version, or none when there is no open one.
pub async fn close_entry(
    tx: &mut Tx,
    id: Uuid,
    outcome: &str,
    now: Timestamp,
) -> sqlx::Result<Option<(Uuid, i32)>> {
    let (clinic, staff) = (tx.clinic(), tx.staff());
    let row = sqlx::query!(
        "update waitlist_entry
        set closed_at = $3, closed_by = $4, outcome = $5, version = version + 1
        where clinic_id = $1 and id = $2 and closed_at is null
        returning patient_id, version",
        clinic,
        id,
        now.to_sqlx() as _,
        staff,
        outcome
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|r| (r.patient_id, r.version)))
}
