//! Slots that are kept for some minutes. Those that have expired are in nobody's way and are deleted in passing.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use super::places::Slot;
use crate::kernel::db::Tx;
use crate::slices::scheduling::moment::Span;

/// A slot to keep.
#[derive(Debug)]
pub struct NewHold<'a> {
    pub slot: Slot<'a>,
    pub patient: Option<Uuid>,
    pub local_date: Date,
    pub expires_at: Timestamp,
    pub now: Timestamp,
}

/// Keeps a slot under the id of its slot.
pub async fn insert_hold(tx: &mut Tx, new: &NewHold<'_>) -> sqlx::Result<()> {
    let (clinic, staff) = (tx.clinic(), tx.staff());
    sqlx::query!(
        "insert into slot_hold (clinic_id, id, branch_id, chair_id, doctor_id, patient_id, starts_at, ends_at,
            local_date, expires_at, held_by, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        clinic,
        new.slot.id,
        new.slot.branch_id,
        new.slot.chair_id,
        new.slot.doctor_id,
        new.patient,
        new.slot.starts_at.to_sqlx() as _,
        new.slot.ends_at.to_sqlx() as _,
        new.local_date.to_sqlx() as _,
        new.expires_at.to_sqlx() as _,
        staff,
        new.now.to_sqlx() as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Deletes what has expired where a slot is to be kept: the constraints know no clock.
pub async fn forget_expired(tx: &mut Tx, slot: &Slot<'_>, now: Timestamp) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    sqlx::query!(
        "delete from slot_hold
        where clinic_id = $1
            and expires_at <= $2
            and starts_at < $4
            and ends_at > $3
            and (doctor_id = $5 or chair_id = $6)",
        clinic,
        now.to_sqlx() as _,
        slot.starts_at.to_sqlx() as _,
        slot.ends_at.to_sqlx() as _,
        slot.doctor_id,
        slot.chair_id
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Gives a slot of the actor's own up for the booking it was kept for: whether it was still his.
pub async fn consume_hold(tx: &mut Tx, id: Uuid, now: Timestamp) -> sqlx::Result<bool> {
    let (clinic, staff) = (tx.clinic(), tx.staff());
    let consumed = sqlx::query!(
        "delete from slot_hold where clinic_id = $1 and id = $2 and held_by = $3 and expires_at > $4",
        clinic,
        id,
        staff,
        now.to_sqlx() as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(consumed.rows_affected() == 1)
}

/// Whose a slot is that is still kept, and whose book it stands in: deleted where it is the actor's own.
pub async fn release_hold(
    tx: &mut Tx,
    id: Uuid,
    only_doctor: Option<Uuid>,
    now: Timestamp,
) -> sqlx::Result<Option<(bool, Uuid, Date)>> {
    let (clinic, staff) = (tx.clinic(), tx.staff());
    let row = sqlx::query!(
        r#"with known as (
            select id, held_by, doctor_id, local_date
            from slot_hold
            where clinic_id = $1 and id = $2 and expires_at > $3 and ($5::uuid is null or doctor_id = $5)
        ), gone as (
            delete from slot_hold h using known k where h.clinic_id = $1 and h.id = k.id and k.held_by = $4
            returning h.id
        )
        select exists (select from gone) as "gone!", k.doctor_id, k.local_date from known k"#,
        clinic,
        id,
        now.to_sqlx() as _,
        staff,
        only_doctor
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|r| (r.gone, r.doctor_id, r.local_date.to_jiff())))
}

/// Deletes what has expired in a clinic, and leaves what somebody is deleting already.
pub async fn sweep_holds(tx: &mut Tx, now: Timestamp) -> sqlx::Result<u64> {
    let clinic = tx.clinic();
    let swept = sqlx::query!(
        "delete from slot_hold
        where clinic_id = $1
            and id in (select id from slot_hold where clinic_id = $1 and expires_at <= $2 for update skip locked)",
        clinic,
        now.to_sqlx() as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(swept.rows_affected())
}

/// A slot that is kept, with who keeps it.
#[derive(Debug)]
pub struct HoldRow {
    pub id: Uuid,
    pub branch_id: Uuid,
    pub chair_id: Option<Uuid>,
    pub doctor_id: Uuid,
    pub patient_id: Option<Uuid>,
    pub starts_at: jiff_sqlx::Timestamp,
    pub ends_at: jiff_sqlx::Timestamp,
    pub local_date: jiff_sqlx::Date,
    pub expires_at: jiff_sqlx::Timestamp,
    pub held_by: Uuid,
    pub name_ar: String,
    pub name_en: String,
}

/// The slots of a span that are kept now, one more than the limit; or only the one with an id.
pub async fn holds(
    tx: &mut Tx,
    span: Span,
    only: Option<Uuid>,
    only_doctor: Option<Uuid>,
    (after, limit): (Option<(Timestamp, Uuid)>, i64),
    now: Timestamp,
) -> sqlx::Result<Vec<HoldRow>> {
    let clinic = tx.clinic();
    let (after_start, after_id) = after.unzip();
    sqlx::query_as!(
        HoldRow,
        "select
            h.id,
            h.branch_id,
            h.chair_id,
            h.doctor_id,
            h.patient_id,
            h.starts_at,
            h.ends_at,
            h.local_date,
            h.expires_at,
            h.held_by,
            s.name_ar,
            s.name_en
        from slot_hold h
        join staff s on s.clinic_id = h.clinic_id and s.id = h.held_by
        where h.clinic_id = $1
            and h.starts_at >= $2
            and h.starts_at < $3
            and h.expires_at > $4
            and ($5::uuid is null or h.id = $5)
            and ($6::uuid is null or h.doctor_id = $6)
            and ($7::timestamptz is null or (h.starts_at, h.id) > ($7, $8::uuid))
        order by h.starts_at, h.id
        limit $9",
        clinic,
        span.from.to_sqlx() as _,
        span.until.to_sqlx() as _,
        now.to_sqlx() as _,
        only,
        only_doctor,
        after_start.map(|at| at.to_sqlx()) as _,
        after_id,
        limit + 1
    )
    .fetch_all(&mut **tx)
    .await
}
