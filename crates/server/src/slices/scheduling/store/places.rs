//! Chairs, doctors and their time: what a booking rests on, and what stands in its way.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use crate::kernel::db::Tx;

/// What must hold of the ids of a booking. None: the clinic has no such thing.
#[derive(Debug)]
pub struct Circumstances {
    /// `active`, `archived`, `deceased` or `merged`.
    pub patient_status: Option<String>,
    /// Active staff that works as a doctor.
    pub doctor_works: Option<bool>,
    pub chair_active: Option<bool>,
    pub chair_branch: Option<Uuid>,
    /// Why the chair is out of service, and from which day until which.
    pub chair_out: Option<String>,
    pub chair_out_from: Option<jiff_sqlx::Date>,
    pub chair_out_until: Option<jiff_sqlx::Date>,
    pub procedure_known: bool,
    /// The pattern of the appointment type, when it is in use.
    pub type_pattern: Option<String>,
    /// Its minutes.
    pub type_minutes: Option<i32>,
    /// Hours before the start within which a cancellation is late.
    pub late_cancel_hours: i32,
    /// The clinic's first branch that is open.
    pub first_branch: Option<Uuid>,
    /// Another appointment has the chair or the doctor at the time that is wished for, as far as a look without a lock
    /// tells.
    pub chair_taken: bool,
    pub doctor_taken: bool,
}

impl Circumstances {
    /// What is plainly in the way already.
    pub fn in_the_way(&self) -> Option<Obstacle> {
        let Self { chair_taken, doctor_taken, .. } = *self;
        let found = Obstacle { id_known: false, chair_taken, doctor_taken, blocked: false, held: false };
        found.taken().then_some(found)
    }
}

/// What a booking or a change rests on.
#[derive(Clone, Copy, Debug)]
pub struct Grounds<'a> {
    pub patient: Uuid,
    pub doctor: Uuid,
    pub chair: Option<Uuid>,
    pub procedure: Option<Uuid>,
    pub kind: Option<Uuid>,
    /// Also whether this time is taken.
    pub wish: Option<Wish<'a>>,
}

/// The time that an appointment is to have.
#[derive(Clone, Copy, Debug)]
pub struct Wish<'a> {
    /// The appointment, which is never in its own way.
    pub id: Uuid,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    /// None: whose time it takes is not known yet, so the doctor is not looked at.
    pub pattern: Option<&'a str>,
}

/// Looks all that a booking rests on up at once; nothing is locked or written.
pub async fn circumstances(tx: &mut Tx, grounds: &Grounds<'_>) -> sqlx::Result<Circumstances> {
    let clinic = tx.clinic();
    let wish = grounds.wish;
    sqlx::query_as!(
        Circumstances,
        r#"select
            (select status from patient where clinic_id = $1 and id = $2) as patient_status,
            (select s.active and exists (
                    select from staff_role sr
                    join role r on r.clinic_id = sr.clinic_id and r.id = sr.role_id
                    where sr.clinic_id = s.clinic_id and sr.staff_id = s.id and r.code = 'doctor')
                from staff s where s.clinic_id = $1 and s.id = $3) as doctor_works,
            c.active as "chair_active?",
            c.branch_id as "chair_branch?",
            c.out_reason as "chair_out?",
            c.out_from as "chair_out_from?",
            c.out_until as "chair_out_until?",
            exists (select from procedure_item where clinic_id = $1 and id = $5) as "procedure_known!",
            (select pattern from appointment_type where clinic_id = $1 and id = $6 and active) as type_pattern,
            (select minutes from appointment_type where clinic_id = $1 and id = $6 and active) as type_minutes,
            (select late_cancel_hours from clinic where clinic_id = $1) as "late_cancel_hours!",
            (select id from branch where clinic_id = $1 and active
                order by position, created_at, id limit 1) as first_branch,
            coalesce(o.chair_taken, false) as "chair_taken!",
            coalesce(o.doctor_taken, false) as "doctor_taken!"
        from (select) one
        left join chair c on c.clinic_id = $1 and c.id = $4
        cross join lateral (
            select bool_or(a.chair_id = $4) as chair_taken,
                bool_or(a.doctor_id = $3 and a.doctor_time && doctor_time($8, $9, $10, false)) as doctor_taken
            from appointment a
            where a.clinic_id = $1
                and a.id <> $7
                and a.starts_at > $8::timestamptz - interval '12 hours'
                and a.starts_at < $9
                and a.ends_at > $8
                and a.status not in ('cancelled', 'no_show', 'rescheduled')
                and (a.doctor_id = $3 or a.chair_id = $4)) o"#,
        clinic,
        grounds.patient,
        grounds.doctor,
        grounds.chair,
        grounds.procedure,
        grounds.kind,
        wish.map(|w| w.id),
        wish.map(|w| w.starts_at.to_sqlx()) as _,
        wish.map(|w| w.ends_at.to_sqlx()) as _,
        wish.and_then(|w| w.pattern)
    )
    .fetch_one(&mut **tx)
    .await
}

/// What stands in the way of an appointment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Obstacle {
    pub id_known: bool,
    pub chair_taken: bool,
    pub doctor_taken: bool,
    /// A block of the chair, the doctor or the whole branch.
    pub blocked: bool,
    /// Somebody else keeps the slot while a patient decides.
    pub held: bool,
}

impl Obstacle {
    /// What to answer.
    pub fn code(self) -> &'static str {
        match self {
            Self { chair_taken: true, .. } => "scheduling.chair_taken",
            Self { doctor_taken: true, .. } => "scheduling.doctor_taken",
            Self { held: true, .. } => "scheduling.slot_held",
            _ => "scheduling.slot_blocked",
        }
    }

    /// Whether something does that a reason overrides.
    pub fn taken(self) -> bool {
        self.chair_taken || self.doctor_taken || self.blocked
    }
}

/// The slot that an appointment has or is to have.
#[derive(Clone, Copy, Debug)]
pub struct Slot<'a> {
    /// The appointment.
    pub id: Uuid,
    pub doctor_id: Uuid,
    pub chair_id: Option<Uuid>,
    pub branch_id: Uuid,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    pub pattern: &'a str,
    pub type_id: Option<Uuid>,
}

/// Looks at the slot that an appointment is to have as it is now; the appointment is never in its own way.
pub async fn obstacle(tx: &mut Tx, wanted: &Slot<'_>, now: Timestamp) -> sqlx::Result<Obstacle> {
    let (clinic, staff) = (tx.clinic(), tx.staff());
    sqlx::query_as!(
        Obstacle,
        r#"select
            exists (select from appointment where clinic_id = $1 and id = $2) as "id_known!",
            coalesce(bool_or(o.chair_id = $4), false) as "chair_taken!",
            coalesce(bool_or(o.doctor_id = $3 and o.doctor_time && doctor_time($5, $6, $7, false)), false)
                as "doctor_taken!",
            exists (
                select from time_block b
                where b.clinic_id = $1
                    and b.removed_at is null
                    and b.starts_at > $5::timestamptz - interval '24 hours'
                    and b.starts_at < $6
                    and b.ends_at > $5
                    and (b.chair_id = $4 or b.doctor_id = $3
                        or b.chair_id is null and b.doctor_id is null and b.branch_id = $8)
                    and (b.kind <> 'emergency' or b.type_id is distinct from $9::uuid)) as "blocked!",
            exists (
                select from slot_hold h
                where h.clinic_id = $1
                    and h.expires_at > $10
                    and h.held_by <> $11
                    and h.starts_at < $6
                    and h.ends_at > $5
                    and (h.chair_id = $4 or h.doctor_id = $3)) as "held!"
        from appointment o
        where o.clinic_id = $1
            and o.id <> $2
            and o.starts_at > $5::timestamptz - interval '12 hours'
            and o.starts_at < $6
            and o.ends_at > $5
            and o.status not in ('cancelled', 'no_show', 'rescheduled')
            and (o.doctor_id = $3 or o.chair_id = $4)"#,
        clinic,
        wanted.id,
        wanted.doctor_id,
        wanted.chair_id,
        wanted.starts_at.to_sqlx() as _,
        wanted.ends_at.to_sqlx() as _,
        wanted.pattern,
        wanted.branch_id,
        wanted.type_id,
        now.to_sqlx() as _,
        staff
    )
    .fetch_one(&mut **tx)
    .await
}

/// Lets moves to and from these chairs and doctors go one after the other, in one order for all: two updates that
/// wait for each other inside an exclusion constraint are a deadlock.
pub async fn hold_places(tx: &mut Tx, places: &[Uuid]) -> sqlx::Result<()> {
    sqlx::query!("select pg_advisory_xact_lock(key) from unnest($1::bigint[]) as key", &lock_keys(places))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Keeps blocks and kept slots of these chairs and doctors as they are until the booking is made. Bookings do not
/// wait for each other here: that is the constraints' work.
pub async fn share_places(tx: &mut Tx, places: &[Uuid]) -> sqlx::Result<()> {
    sqlx::query!(
        "select pg_advisory_xact_lock_shared(key) from unnest($1::bigint[]) as key",
        &lock_keys(places)
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// One key a place, in one order for all.
fn lock_keys(places: &[Uuid]) -> Vec<i64> {
    // The last 64 bits of a UUID of version 7 are random, but for the variant.
    let mut keys: Vec<i64> = places.iter().map(|id| i64::from_be_bytes(last_half(*id))).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn last_half(id: Uuid) -> [u8; 8] {
    let [.., a, b, c, d, e, f, g, h] = id.into_bytes();
    [a, b, c, d, e, f, g, h]
}
