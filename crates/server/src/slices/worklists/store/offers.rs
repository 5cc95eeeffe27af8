//! Freed slots and who was offered them.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use crate::kernel::db::Tx;

/// Somebody who would come earlier.
#[derive(Debug)]
pub struct CandidateRow {
    pub since: jiff_sqlx::Timestamp,
    pub patient_id: Uuid,
    pub appointment_id: Option<Uuid>,
    pub waitlist_entry_id: Option<Uuid>,
    pub appointment_version: Option<i32>,
    pub starts_at: Option<jiff_sqlx::Timestamp>,
    pub minutes: i32,
    pub note: Option<String>,
    pub name_ar: String,
    pub name_en: String,
    pub file_number: String,
    pub phone: Option<String>,
    pub preferred_language: Option<String>,
    pub offered: Option<String>,
}

/// A slot, with its start on the clinic's clock.
#[derive(Clone, Copy, Debug)]
pub struct Slot {
    pub doctor: Uuid,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    pub local: DateTime,
}

/// Who fits into a slot, those first who have waited longest; 50 at most.
pub async fn candidates(tx: &mut Tx, slot: Slot) -> sqlx::Result<Vec<CandidateRow>> {
    let clinic = tx.clinic();
    let minutes = i32::try_from(slot.starts_at.duration_until(slot.ends_at).as_mins()).unwrap_or(0);
    let weekday = i32::from(slot.local.weekday().to_sunday_zero_offset());
    sqlx::query_as!(
        CandidateRow,
        r#"with wanted as (
            select a.created_at as since, a.patient_id, a.id as appointment_id, null::uuid as waitlist_entry_id,
                a.version as appointment_version, a.starts_at,
                (extract(epoch from a.ends_at - a.starts_at) / 60)::int as minutes, a.note
            from appointment a
            where a.clinic_id = $1 and a.asap and a.starts_at > $4 and a.doctor_id = $2
                and a.status in ('scheduled', 'confirmed') and a.ends_at - a.starts_at <= $5::timestamptz - $4
            union all
            select w.created_at, w.patient_id, null, w.id, null, null, w.minutes, w.note
            from waitlist_entry w
            where w.clinic_id = $1 and w.closed_at is null and (w.doctor_id is null or w.doctor_id = $2)
                and w.minutes <= $3
                and (w.weekdays = '{}' or $6 = any (w.weekdays))
                and (w.after_time is null or w.after_time <= $7)
                and (w.before_time is null or w.before_time >= $8)
        )
        select
            w.since as "since!",
            w.patient_id as "patient_id!",
            w.appointment_id as "appointment_id?",
            w.waitlist_entry_id as "waitlist_entry_id?",
            w.appointment_version as "appointment_version?",
            w.starts_at as "starts_at?",
            w.minutes as "minutes!",
            w.note as "note?",
            p.name_ar,
            p.name_en,
            p.file_number,
            p.phones -> 0 ->> 'number' as phone,
            p.preferred_language,
            o.answer as "offered?"
        from wanted w
        join patient p on p.clinic_id = $1 and p.id = w.patient_id and p.status = 'active'
        left join slot_offer o on o.clinic_id = $1 and o.doctor_id = $2 and o.starts_at = $4
            and o.patient_id = w.patient_id
        order by w.since, w.patient_id
        limit 50"#,
        clinic,
        slot.doctor,
        minutes,
        slot.starts_at.to_sqlx() as _,
        slot.ends_at.to_sqlx() as _,
        weekday,
        slot.local.time().to_sqlx() as _,
        slot.local.time().to_sqlx() as _
    )
    .fetch_all(&mut **tx)
    .await
}

/// An offer to write.
#[derive(Debug)]
pub struct NewOffer {
    pub id: Uuid,
    pub slot: Slot,
    pub chair: Option<Uuid>,
    pub patient: Uuid,
    pub appointment: Option<Uuid>,
    pub waitlist_entry: Option<Uuid>,
}

/// Adds an offer. False: this patient was offered the slot already, or its chair is not the clinic's.
pub async fn insert_offer(tx: &mut Tx, new: &NewOffer, now: Timestamp) -> sqlx::Result<bool> {
    let (clinic, staff) = (tx.clinic(), tx.staff());
    let made = sqlx::query!(
        "insert into slot_offer (clinic_id, id, branch_id, chair_id, doctor_id, starts_at, ends_at, patient_id,
            appointment_id, waitlist_entry_id, offered_at, offered_by)
        select $1, $2, b.id, c.id, $4, $5, $6, $7, $8, $9, $10, $11
        from branch b
        left join chair c on c.clinic_id = b.clinic_id and c.branch_id = b.id and c.id = $3
        where b.clinic_id = $1 and (c.id is not null or $3::uuid is null)
        order by b.position, b.created_at
        limit 1
        on conflict on constraint slot_offer_once do nothing",
        clinic,
        new.id,
        new.chair,
        new.slot.doctor,
        new.slot.starts_at.to_sqlx() as _,
        new.slot.ends_at.to_sqlx() as _,
        new.patient,
        new.appointment,
        new.waitlist_entry,
        now.to_sqlx() as _,
        staff
    )
    .execute(&mut **tx)
    .await?;
    Ok(made.rows_affected() == 1)
}

/// An offer with its names.
#[derive(Debug)]
pub struct OfferRow {
    pub id: Uuid,
    pub patient_id: Uuid,
    pub patient_name_ar: String,
    pub patient_name_en: String,
    pub doctor_id: Uuid,
    pub starts_at: jiff_sqlx::Timestamp,
    pub ends_at: jiff_sqlx::Timestamp,
    pub answer: String,
    pub offered_at: jiff_sqlx::Timestamp,
    pub offered_by_name_ar: String,
    pub offered_by_name_en: String,
    pub version: i32,
}

/// The offers of a slot (or the one of an id), the first first.
pub async fn offers(
    tx: &mut Tx,
    one: Option<Uuid>,
    slot: Option<(Uuid, Timestamp)>,
) -> sqlx::Result<Vec<OfferRow>> {
    let clinic = tx.clinic();
    let (doctor, starts_at) = slot.unzip();
    sqlx::query_as!(
        OfferRow,
        r#"select
            o.id,
            o.patient_id,
            p.name_ar as patient_name_ar,
            p.name_en as patient_name_en,
            o.doctor_id,
            o.starts_at,
            o.ends_at,
            o.answer,
            o.offered_at,
            s.name_ar as offered_by_name_ar,
            s.name_en as offered_by_name_en,
            o.version
        from slot_offer o
        join patient p on p.clinic_id = o.clinic_id and p.id = o.patient_id
        join staff s on s.clinic_id = o.clinic_id and s.id = o.offered_by
        where o.clinic_id = $1 and (o.id = $2 or o.doctor_id = $3 and o.starts_at = $4)
        order by o.offered_at, o.id
        limit 100"#,
        clinic,
        one,
        doctor,
        starts_at.map(|at| at.to_sqlx()) as _
    )
    .fetch_all(&mut **tx)
    .await
}

/// Writes the answer to an offer that has none yet: whether there was one.
pub async fn answer_offer(tx: &mut Tx, id: Uuid, answer: &str, now: Timestamp) -> sqlx::Result<bool> {
    let clinic = tx.clinic();
    let done = sqlx::query!(
        "update slot_offer set answer = $3, answered_at = $4, version = version + 1
        where clinic_id = $1 and id = $2 and answer = 'pending'",
        clinic,
        id,
        answer,
        now.to_sqlx() as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}
