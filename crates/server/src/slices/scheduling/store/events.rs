//! What happened to an appointment: rows that stay.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use crate::kernel::db::Tx;

/// Something that happens to an appointment.
#[derive(Debug)]
pub struct Event<'a> {
    pub id: Uuid,
    pub appointment: Uuid,
    pub patient: Uuid,
    /// `booked`, `status`, `confirmation`, `moved` or `called`.
    pub kind: &'a str,
    pub from: Option<&'a str>,
    pub to: Option<&'a str>,
    pub reason: Option<&'a str>,
    pub at: Timestamp,
}

/// Adds an event, by whoever acts.
pub async fn insert_event(tx: &mut Tx, event: &Event<'_>) -> sqlx::Result<()> {
    let (clinic, staff) = (tx.clinic(), tx.staff());
    sqlx::query!(
        "insert into appointment_event
            (clinic_id, id, appointment_id, patient_id, kind, from_value, to_value, reason, at, by)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        clinic,
        event.id,
        event.appointment,
        event.patient,
        event.kind,
        event.from,
        event.to,
        event.reason,
        event.at.to_sqlx() as _,
        staff
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// An event with the name of who caused it.
#[derive(Debug)]
pub struct EventRow {
    pub at: jiff_sqlx::Timestamp,
    pub kind: String,
    pub from_value: Option<String>,
    pub to_value: Option<String>,
    pub reason: Option<String>,
    pub source: String,
    pub actor_name_ar: String,
    pub actor_name_en: String,
}

/// The events of an appointment, the first first.
pub async fn events(tx: &mut Tx, appointment: Uuid) -> sqlx::Result<Vec<EventRow>> {
    let clinic = tx.clinic();
    sqlx::query_as!(
        EventRow,
        r#"select
            e.at,
            e.kind,
            e.from_value,
            e.to_value,
            e.reason,
            e.source,
            coalesce(s.name_ar, '') as "actor_name_ar!",
            coalesce(s.name_en, '') as "actor_name_en!"
        from appointment_event e
        left join staff s on s.clinic_id = e.clinic_id and s.id = e.by
        where e.clinic_id = $1 and e.appointment_id = $2
        order by e.at, e.seq
        limit 1000"#,
        clinic,
        appointment
    )
    .fetch_all(&mut **tx)
    .await
}
