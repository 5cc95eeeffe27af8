//! The waiting room: numbers, calls and the screen.

use dentpro_core::ids::ClinicId;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use super::places::hold_places;
use super::write::Held;
use crate::kernel::db::Tx;

/// Calls that a screen shows.
const SHOWN: i64 = 6;

/// The next number of a branch on a day; none where no such branch is open. Whoever takes one there too waits.
pub async fn next_token(tx: &mut Tx, branch: Uuid, day: Date) -> sqlx::Result<Option<i32>> {
    let clinic = tx.clinic();
    hold_places(tx, &[branch]).await?;
    sqlx::query_scalar!(
        r#"select coalesce((
                select max(token) from appointment where clinic_id = $1 and branch_id = $2 and local_date = $3
            ), 0) + 1 as "token!"
        from branch
        where clinic_id = $1 and id = $2 and active"#,
        clinic,
        branch,
        day.to_sqlx() as _
    )
    .fetch_optional(&mut **tx)
    .await
}

/// Adds a patient who came without an appointment. He takes no time of anybody until he sits in a chair.
pub async fn insert_walk_in(tx: &mut Tx, new: &Held, zone: &str, now: Timestamp) -> sqlx::Result<()> {
    let (clinic, staff) = (tx.clinic(), tx.staff());
    sqlx::query!(
        "insert into appointment (clinic_id, id, patient_id, doctor_id, branch_id, starts_at, ends_at, local_date,
            local_start, time_zone, status, arrived_at, reason, note, created_at, created_by, type_id, pattern,
            walk_in, token)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'arrived', $11, $12, $13, $11, $14, $15, $16, true, $17)",
        clinic,
        new.id,
        new.patient_id,
        new.doctor_id,
        new.branch_id,
        new.starts_at.to_sqlx() as _,
        new.ends_at.to_sqlx() as _,
        new.local_date.to_sqlx() as _,
        new.local_start.to_sqlx() as _,
        zone,
        now.to_sqlx() as _,
        new.reason,
        new.note,
        staff,
        new.type_id,
        new.pattern,
        new.token
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Locks whoever has waited for his turn longest and was not called yet: who has an appointment not before its time,
/// who came late or without one since he came. Two who call at once get two patients.
pub async fn take_next(
    tx: &mut Tx,
    branch: Uuid,
    doctor: Option<Uuid>,
    day: Date,
) -> sqlx::Result<Option<Uuid>> {
    let clinic = tx.clinic();
    sqlx::query_scalar!(
        "select id from appointment
        where clinic_id = $1
            and branch_id = $2
            and local_date = $3
            and status = 'arrived'
            and called_at is null
            and ($4::uuid is null or doctor_id = $4)
        order by greatest(starts_at, arrived_at), token
        limit 1
        for update skip locked",
        clinic,
        branch,
        day.to_sqlx() as _,
        doctor
    )
    .fetch_optional(&mut **tx)
    .await
}

/// When the address of a branch's screen was made; none within: it has none. None: there is no such branch.
pub async fn screen_of(tx: &mut Tx, branch: Uuid) -> sqlx::Result<Option<Option<Timestamp>>> {
    let clinic = tx.clinic();
    let row = sqlx::query!(
        "select (select created_at from waiting_screen
                where clinic_id = $1 and branch_id = $2 and revoked_at is null) as created_at
        from branch
        where clinic_id = $1 and id = $2",
        clinic,
        branch
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| row.created_at.map(|at| at.to_jiff())))
}

/// Ends the address of a branch's screen.
pub async fn revoke_screen(tx: &mut Tx, branch: Uuid, now: Timestamp) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    sqlx::query!(
        "update waiting_screen set revoked_at = $3 where clinic_id = $1 and branch_id = $2 and revoked_at is null",
        clinic,
        branch,
        now.to_sqlx() as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Adds an address.
pub async fn insert_screen(
    tx: &mut Tx,
    id: Uuid,
    branch: Uuid,
    hash: &[u8],
    now: Timestamp,
) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    sqlx::query!(
        "insert into waiting_screen (clinic_id, id, branch_id, token_hash, created_at) values ($1, $2, $3, $4, $5)",
        clinic,
        id,
        branch,
        hash,
        now.to_sqlx() as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Whose clinic a secret belongs to.
pub async fn clinic_of_screen(tx: &mut Tx, hash: &[u8]) -> sqlx::Result<Option<ClinicId>> {
    let found = sqlx::query_scalar!("select waiting_screen_clinic($1)", hash).fetch_one(&mut **tx).await?;
    Ok(found.map(Into::into))
}

/// The branch that a screen hangs in.
#[derive(Debug)]
pub struct Room {
    pub branch: Uuid,
    pub branch_ar: String,
    pub branch_en: String,
    pub clinic_ar: String,
    pub clinic_en: String,
    pub time_zone: String,
}

/// The branch of a secret.
pub async fn room(tx: &mut Tx, hash: &[u8]) -> sqlx::Result<Option<Room>> {
    let clinic = tx.clinic();
    sqlx::query_as!(
        Room,
        "select
            b.id as branch,
            b.name_ar as branch_ar,
            b.name_en as branch_en,
            c.name_ar as clinic_ar,
            c.name_en as clinic_en,
            c.time_zone
        from waiting_screen s
        join branch b on b.clinic_id = s.clinic_id and b.id = s.branch_id
        join clinic c on c.clinic_id = s.clinic_id
        where s.clinic_id = $1 and s.token_hash = $2 and s.revoked_at is null",
        clinic,
        hash
    )
    .fetch_optional(&mut **tx)
    .await
}

/// A number that was called.
#[derive(Debug)]
pub struct CallRow {
    pub token: i32,
    pub chair_ar: String,
    pub chair_en: String,
    pub called_at: jiff_sqlx::Timestamp,
}

/// The last numbers called at a branch on a day, of those who still wait or sit in a chair.
pub async fn last_calls(tx: &mut Tx, branch: Uuid, day: Date) -> sqlx::Result<Vec<CallRow>> {
    let clinic = tx.clinic();
    sqlx::query_as!(
        CallRow,
        r#"select
            a.token as "token!",
            coalesce(c.name_ar, '') as "chair_ar!",
            coalesce(c.name_en, '') as "chair_en!",
            a.called_at as "called_at!"
        from appointment a
        left join chair c on c.clinic_id = a.clinic_id and c.id = a.called_to
        where a.clinic_id = $1
            and a.branch_id = $2
            and a.local_date = $3
            and a.status in ('arrived', 'in_chair')
            and a.token is not null
            and a.called_at is not null
        order by a.called_at desc, a.id desc
        limit $4"#,
        clinic,
        branch,
        day.to_sqlx() as _,
        SHOWN
    )
    .fetch_all(&mut **tx)
    .await
}

/// How many sit there and were not called yet.
pub async fn count_waiting(tx: &mut Tx, branch: Uuid, day: Date) -> sqlx::Result<i64> {
    let clinic = tx.clinic();
    sqlx::query_scalar!(
        r#"select count(*) as "waiting!" from appointment
        where clinic_id = $1 and branch_id = $2 and local_date = $3 and status = 'arrived' and called_at is null"#,
        clinic,
        branch,
        day.to_sqlx() as _
    )
    .fetch_one(&mut **tx)
    .await
}
