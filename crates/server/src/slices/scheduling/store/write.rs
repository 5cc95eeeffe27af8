//! Appointments are booked and changed.

use dentpro_core::scheduling::{AppointmentStatus, Confirmation};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use super::places::Slot;
use crate::kernel::db::Tx;

/// An appointment without what others own.
#[derive(Clone, Debug)]
pub struct Held {
    pub id: Uuid,
    pub patient_id: Uuid,
    pub doctor_id: Uuid,
    pub chair_id: Option<Uuid>,
    pub branch_id: Uuid,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    pub local_date: Date,
    pub local_start: jiff::civil::Time,
    pub status: AppointmentStatus,
    pub confirmation: Confirmation,
    pub reason: String,
    pub note: Option<String>,
    pub procedure_id: Option<Uuid>,
    pub overbook_reason: Option<String>,
    pub arrived_at: Option<Timestamp>,
    pub in_chair_at: Option<Timestamp>,
    pub completed_at: Option<Timestamp>,
    pub checked_out_at: Option<Timestamp>,
    pub cancelled_at: Option<Timestamp>,
    /// When the patient was last called from the waiting room, and to which chair.
    pub called_at: Option<Timestamp>,
    pub called_to: Option<Uuid>,
    pub type_id: Option<Uuid>,
    /// Whose time each 5 minutes take, `D` or `A`; empty: the doctor's throughout.
    pub pattern: String,
    pub walk_in: bool,
    pub token: Option<i32>,
    /// The patient would come earlier.
    pub asap: bool,
    pub late_cancelled: bool,
    /// `unscheduled` or `broken` while the patient still has to be booked again.
    pub follow_up: Option<String>,
    pub series_id: Option<Uuid>,
    /// How often it has been moved.
    pub moves: i32,
    pub version: i32,
}

impl Held {
    /// The slot it has.
    pub fn slot(&self) -> Slot<'_> {
        Slot {
            id: self.id,
            doctor_id: self.doctor_id,
            chair_id: self.chair_id,
            branch_id: self.branch_id,
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            pattern: &self.pattern,
            type_id: self.type_id,
        }
    }
}

/// An appointment's place as it was a moment ago; nothing is locked.
#[derive(Debug)]
pub struct Glimpse {
    pub patient_id: Uuid,
    pub doctor_id: Uuid,
    pub chair_id: Option<Uuid>,
    pub pattern: String,
    pub overbooked: bool,
    pub version: i32,
}

/// A glimpse of an appointment.
pub async fn peek(tx: &mut Tx, id: Uuid) -> sqlx::Result<Option<Glimpse>> {
    let clinic = tx.clinic();
    sqlx::query_as!(
        Glimpse,
        r#"select patient_id, doctor_id, chair_id, pattern, overbook_reason is not null as "overbooked!", version
        from appointment
        where clinic_id = $1 and id = $2"#,
        clinic,
        id
    )
    .fetch_optional(&mut **tx)
    .await
}

/// One appointment, locked for the change that follows.
pub async fn hold(tx: &mut Tx, id: Uuid) -> sqlx::Result<Option<Held>> {
    let clinic = tx.clinic();
    let row = sqlx::query!(
        "select
            patient_id,
            doctor_id,
            chair_id,
            branch_id,
            starts_at,
            ends_at,
            local_date,
            local_start,
            status,
            confirmation,
            reason,
            note,
            procedure_id,
            overbook_reason,
            arrived_at,
            in_chair_at,
            completed_at,
            checked_out_at,
            cancelled_at,
            called_at,
            called_to,
            type_id,
            pattern,
            walk_in,
            token,
            asap,
            late_cancelled,
            follow_up,
            series_id,
            moves,
            version
        from appointment
        where clinic_id = $1 and id = $2
        for update",
        clinic,
        id
    )
    .fetch_optional(&mut **tx)
    .await?;
    row.map(|r| {
        Ok(Held {
            id,
            patient_id: r.patient_id,
            doctor_id: r.doctor_id,
            chair_id: r.chair_id,
            branch_id: r.branch_id,
            starts_at: r.starts_at.to_jiff(),
            ends_at: r.ends_at.to_jiff(),
            local_date: r.local_date.to_jiff(),
            local_start: r.local_start.to_jiff(),
            status: r.status.parse().map_err(|e| sqlx::Error::Decode(Box::new(e)))?,
            confirmation: r.confirmation.parse().map_err(|e| sqlx::Error::Decode(Box::new(e)))?,
            reason: r.reason,
            note: r.note,
            procedure_id: r.procedure_id,
            overbook_reason: r.overbook_reason,
            arrived_at: r.arrived_at.map(|at| at.to_jiff()),
            in_chair_at: r.in_chair_at.map(|at| at.to_jiff()),
            completed_at: r.completed_at.map(|at| at.to_jiff()),
            checked_out_at: r.checked_out_at.map(|at| at.to_jiff()),
            cancelled_at: r.cancelled_at.map(|at| at.to_jiff()),
            called_at: r.called_at.map(|at| at.to_jiff()),
            called_to: r.called_to,
            type_id: r.type_id,
            pattern: r.pattern,
            walk_in: r.walk_in,
            token: r.token,
            asap: r.asap,
            late_cancelled: r.late_cancelled,
            follow_up: r.follow_up,
            series_id: r.series_id,
            moves: r.moves,
            version: r.version,
        })
    })
    .transpose()
}

/// Books, unless somebody has the slot: whether it was booked. Overbooked appointments, blocks and slots that others
/// keep are in no constraint's way, so they are looked for here; the constraints keep out all others, however many
/// ask at once.
pub async fn insert(tx: &mut Tx, new: &Held, zone: &str, now: Timestamp) -> sqlx::Result<bool> {
    let (clinic, staff) = (tx.clinic(), tx.staff());
    let booked = sqlx::query_scalar!(
        "insert into appointment (clinic_id, id, patient_id, doctor_id, chair_id, branch_id, starts_at, ends_at,
            local_date, local_start, time_zone, reason, note, procedure_id, overbook_reason, created_at, created_by,
            type_id, pattern, asap, series_id)
        select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15::text, $16, $17,
            $18, $19::text, $20, $21
        where $15::text is not null or not exists (
            select from appointment o
            where o.clinic_id = $1
                and o.starts_at > $7::timestamptz - interval '12 hours'
                and o.starts_at < $8
                and o.ends_at > $7
                and o.overbook_reason is not null
                and o.status not in ('cancelled', 'no_show', 'rescheduled')
                and (o.chair_id = $5
                    or o.doctor_id = $4 and o.doctor_time && doctor_time($7, $8, $19::text, false))
            union all
            select from time_block b
            where b.clinic_id = $1
                and b.removed_at is null
                and b.starts_at > $7::timestamptz - interval '24 hours'
                and b.starts_at < $8
                and b.ends_at > $7
                and (b.chair_id = $5 or b.doctor_id = $4
                    or b.chair_id is null and b.doctor_id is null and b.branch_id = $6)
                and (b.kind <> 'emergency' or b.type_id is distinct from $18::uuid)
            union all
            select from slot_hold h
            where h.clinic_id = $1
                and h.expires_at > $16
                and h.held_by <> $17
                and h.starts_at < $8
                and h.ends_at > $7
                and (h.chair_id = $5 or h.doctor_id = $4))
        on conflict do nothing
        returning id",
        clinic,
        new.id,
        new.patient_id,
        new.doctor_id,
        new.chair_id,
        new.branch_id,
        new.starts_at.to_sqlx() as _,
        new.ends_at.to_sqlx() as _,
        new.local_date.to_sqlx() as _,
        new.local_start.to_sqlx() as _,
        zone,
        new.reason,
        new.note,
        new.procedure_id,
        new.overbook_reason,
        now.to_sqlx() as _,
        staff,
        new.type_id,
        new.pattern,
        new.asap,
        new.series_id
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(booked.is_some())
}

/// Writes a changed appointment and counts its version up.
pub async fn update(tx: &mut Tx, changed: &Held, zone: &str) -> sqlx::Result<i32> {
    let clinic = tx.clinic();
    sqlx::query_scalar!(
        "update appointment
        set doctor_id = $3,
            chair_id = $4,
            branch_id = $5,
            starts_at = $6,
            ends_at = $7,
            local_date = $8,
            local_start = $9,
            time_zone = $10,
            status = $11,
            confirmation = $12,
            reason = $13,
            note = $14,
            procedure_id = $15,
            overbook_reason = $16,
            arrived_at = $17,
            in_chair_at = $18,
            completed_at = $19,
            checked_out_at = $20,
            cancelled_at = $21,
            type_id = $22,
            pattern = $23,
            token = $24,
            asap = $25,
            late_cancelled = $26,
            follow_up = $27,
            moves = $28,
            called_at = $29,
            called_to = $30,
            call_requested_at = case
                when status = $11 and confirmation = $12 and starts_at = $6 then call_requested_at end,
            version = version + 1
        where clinic_id = $1 and id = $2
        returning version",
        clinic,
        changed.id,
        changed.doctor_id,
        changed.chair_id,
        changed.branch_id,
        changed.starts_at.to_sqlx() as _,
        changed.ends_at.to_sqlx() as _,
        changed.local_date.to_sqlx() as _,
        changed.local_start.to_sqlx() as _,
        zone,
        changed.status.as_str(),
        changed.confirmation.as_str(),
        changed.reason,
        changed.note,
        changed.procedure_id,
        changed.overbook_reason,
        changed.arrived_at.map(|at| at.to_sqlx()) as _,
        changed.in_chair_at.map(|at| at.to_sqlx()) as _,
        changed.completed_at.map(|at| at.to_sqlx()) as _,
        changed.checked_out_at.map(|at| at.to_sqlx()) as _,
        changed.cancelled_at.map(|at| at.to_sqlx()) as _,
        changed.type_id,
        changed.pattern,
        changed.token,
        changed.asap,
        changed.late_cancelled,
        changed.follow_up,
        changed.moves,
        changed.called_at.map(|at| at.to_sqlx()) as _,
        changed.called_to
    )
    .fetch_one(&mut **tx)
    .await
}

/// Whether the patient is booked for later than `now`, apart from this appointment.
pub async fn booked_again(tx: &mut Tx, of: &Held, now: Timestamp) -> sqlx::Result<bool> {
    let clinic = tx.clinic();
    sqlx::query_scalar!(
        r#"select exists (
            select from appointment
            where clinic_id = $1
                and patient_id = $2
                and id <> $3
                and starts_at > $4
                and status not in ('cancelled', 'no_show', 'rescheduled')
        ) as "booked!""#,
        clinic,
        of.patient_id,
        of.id,
        now.to_sqlx() as _
    )
    .fetch_one(&mut **tx)
    .await
}

/// Takes a patient off the lists of those who still have to be booked again.
pub async fn follow_ups_done(tx: &mut Tx, patient: Uuid) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    sqlx::query!(
        "update appointment
        set follow_up = null, version = version + 1
        where clinic_id = $1 and patient_id = $2 and follow_up is not null",
        clinic,
        patient
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Notes which planned work an appointment is for; false when some of it is not open work of the patient.
pub async fn insert_plan_items(
    tx: &mut Tx,
    appointment: Uuid,
    patient: Uuid,
    items: &[Uuid],
) -> sqlx::Result<bool> {
    if items.is_empty() {
        return Ok(true);
    }
    let clinic = tx.clinic();
    let written = sqlx::query!(
        "insert into appointment_plan_item (clinic_id, appointment_id, plan_item_id, patient_id)
        select $1, $2, i.id, i.patient_id
        from plan_item i
        where i.clinic_id = $1 and i.patient_id = $3 and i.id = any($4) and i.status in ('proposed', 'accepted')",
        clinic,
        appointment,
        patient,
        items
    )
    .execute(&mut **tx)
    .await?;
    Ok(usize::try_from(written.rows_affected()).ok() == Some(items.len()))
}
