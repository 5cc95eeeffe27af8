//! Calls and messages: rows that stay.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use crate::kernel::db::Tx;
use crate::slices::worklists::api::NewContactAttempt;

/// A contact with the name of who made it.
#[derive(Debug)]
pub struct ContactRow {
    pub id: Uuid,
    pub patient_id: Uuid,
    pub list: String,
    pub appointment_id: Option<Uuid>,
    pub channel: String,
    pub outcome: String,
    pub note: String,
    pub again_on: Option<jiff_sqlx::Date>,
    pub at: jiff_sqlx::Timestamp,
    pub by_name_ar: String,
    pub by_name_en: String,
}

/// Adds a contact. False: the clinic has no such patient, or the appointment is not his.
pub async fn insert_contact(
    tx: &mut Tx,
    id: Uuid,
    new: &NewContactAttempt,
    note: &str,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let (clinic, staff) = (tx.clinic(), tx.staff());
    let appointment = new.appointment_id.map(|id| id.uuid());
    let made = sqlx::query!(
        "insert into contact_attempt (clinic_id, id, patient_id, list, appointment_id, channel, outcome, note, again_on, at, by)
        select $1, $2, p.id, $4, $5, $6, $7, $8, $9, $10, $11
        from patient p
        where p.clinic_id = $1 and p.id = $3
            and ($5::uuid is null or exists (
                select from appointment a where a.clinic_id = $1 and a.id = $5 and a.patient_id = p.id))",
        clinic,
        id,
        new.patient_id.uuid(),
        new.list.as_str(),
        appointment,
        new.channel.as_str(),
        new.outcome.as_str(),
        note,
        new.again_on.map(|day| day.to_sqlx()) as _,
        now.to_sqlx() as _,
        staff
    )
    .execute(&mut **tx)
    .await?;
    Ok(made.rows_affected() == 1)
}

/// The contacts of a patient, the newest first; one row more than the limit.
pub async fn contacts(
    tx: &mut Tx,
    patient: Uuid,
    before: Option<(Timestamp, Uuid)>,
    limit: i64,
) -> sqlx::Result<Vec<ContactRow>> {
    let clinic = tx.clinic();
    let (at, id) = before.unzip();
    sqlx::query_as!(
        ContactRow,
        r#"select
            c.id,
            c.patient_id,
            c.list,
            c.appointment_id,
            c.channel,
            c.outcome,
            c.note,
            c.again_on as "again_on: jiff_sqlx::Date",
            c.at,
            s.name_ar as by_name_ar,
            s.name_en as by_name_en
        from contact_attempt c
        join staff s on s.clinic_id = c.clinic_id and s.id = c.by
        where c.clinic_id = $1 and c.patient_id = $2
            and ($3::timestamptz is null or (c.at, c.id) < ($3, $4::uuid))
        order by c.at desc, c.id desc
        limit $5"#,
        clinic,
        patient,
        at.map(|at| at.to_sqlx()) as _,
        id,
        limit + 1
    )
    .fetch_all(&mut **tx)
    .await
}
