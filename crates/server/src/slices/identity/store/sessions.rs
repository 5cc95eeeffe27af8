//! Sessions.

use dentpro_core::ids::{AccountId, SessionId, StaffId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use crate::kernel::db::Tx;

/// A session to open.
#[derive(Debug)]
pub struct NewSession<'a> {
    pub id: SessionId,
    pub token_hash: Vec<u8>,
    pub account: Uuid,
    pub staff: StaffId,
    /// `cookie` or `bearer`.
    pub kind: &'static str,
    pub user_agent: &'a str,
    pub address: &'a str,
    pub expires_at: Timestamp,
}

/// A session that is open.
#[derive(Debug)]
pub struct OpenRow {
    pub id: Uuid,
    pub created_at: jiff_sqlx::Timestamp,
    pub last_seen_at: jiff_sqlx::Timestamp,
    pub user_agent: String,
    pub address: String,
}

/// The clinic as every page of the web app needs it.
#[derive(Debug)]
pub struct ClinicRow {
    pub name_ar: String,
    pub name_en: String,
    pub digits: String,
    pub week_start: String,
    pub chart_colours: String,
    pub weekend: Vec<String>,
    pub languages: Vec<String>,
    pub logo_blob: Option<String>,
    pub demo: bool,
}

/// Opens a session.
pub async fn insert(tx: &mut Tx, new: &NewSession<'_>, now: Timestamp) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    sqlx::query!(
        "insert into session (clinic_id, id, token_hash, account_id, staff_id, kind, created_at, last_seen_at,
            expires_at, user_agent, address)
        values ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9, $10)",
        clinic,
        new.id.uuid(),
        new.token_hash,
        new.account,
        new.staff.uuid(),
        new.kind,
        now.to_sqlx() as _,
        new.expires_at.to_sqlx() as _,
        new.user_agent,
        new.address
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Ends one session.
pub async fn end(tx: &mut Tx, id: SessionId, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "update session set ended_at = $2 where id = $1 and ended_at is null",
        id.uuid(),
        now.to_sqlx() as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Ends all sessions of an account, in every clinic, except one that is kept.
pub async fn end_all(
    tx: &mut Tx,
    account: Uuid,
    keep: Option<SessionId>,
    now: Timestamp,
) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "update session set ended_at = $2
        where account_id = $1 and ended_at is null and id is distinct from $3",
        account,
        now.to_sqlx() as _,
        keep.map(SessionId::uuid)
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected())
}

/// Ends the sessions of a staff member in this clinic.
pub async fn end_of_staff(tx: &mut Tx, staff: StaffId, now: Timestamp) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    sqlx::query!(
        "update session set ended_at = $3 where clinic_id = $1 and staff_id = $2 and ended_at is null",
        clinic,
        staff.uuid(),
        now.to_sqlx() as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The open sessions of an account, the newest first; idle ones are over by the clinic's limit.
pub async fn open(tx: &mut Tx, account: AccountId, now: Timestamp) -> sqlx::Result<Vec<OpenRow>> {
    let clinic = tx.clinic();
    sqlx::query_as!(
        OpenRow,
        "select s.id, s.created_at, s.last_seen_at, s.user_agent, s.address
        from session s
        join clinic c on c.clinic_id = $1
        where s.account_id = $2
            and s.ended_at is null
            and s.expires_at > $3
            and s.last_seen_at > $3 - make_interval(mins => c.session_idle_minutes)
        order by s.created_at desc, s.id
        limit 100",
        clinic,
        account.uuid(),
        now.to_sqlx() as _
    )
    .fetch_all(&mut **tx)
    .await
}

/// Deletes the sessions that began before an instant and are over.
pub async fn sweep(tx: &mut Tx, begun_before: Timestamp, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from session where created_at < $1 and (ended_at is not null or expires_at <= $2)",
        begun_before.to_sqlx() as _,
        now.to_sqlx() as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The clinic of the session.
pub async fn clinic(tx: &mut Tx) -> sqlx::Result<ClinicRow> {
    let clinic = tx.clinic();
    sqlx::query_as!(
        ClinicRow,
        "select name_ar, name_en, digits, week_start, chart_colours, weekend, languages, logo_blob, demo
        from clinic
        where clinic_id = $1",
        clinic
    )
    .fetch_one(&mut **tx)
    .await
}
