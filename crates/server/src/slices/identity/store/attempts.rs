//! Attempts to sign in that have not (yet) succeeded.

use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx;

use crate::kernel::db::Tx;

/// How long a place where somebody has signed in stays known as his.
pub const KNOWN_FOR: SignedDuration = SignedDuration::from_hours(90 * 24);

/// Attempts within the window, and when the oldest of each kind leaves it.
#[derive(Debug)]
pub struct Counts {
    /// For this e-mail from this address.
    pub here: i64,
    /// For any e-mail from this address.
    pub address: i64,
    /// For this e-mail from anywhere.
    pub email: i64,
    /// The oldest attempt that counts.
    pub oldest: Option<jiff_sqlx::Timestamp>,
    /// Whether this e-mail has signed in from this address before.
    pub known_here: bool,
}

/// Counts what was tried. Attempts of one e-mail at one address wait for one another, so that a volley of guesses
/// cannot all be counted before the first of them is written.
pub async fn count(
    tx: &mut Tx,
    email_hash: &[u8],
    email: &str,
    address: &str,
    since: Timestamp,
) -> sqlx::Result<Counts> {
    sqlx::query!(
        "select pg_advisory_xact_lock(hashtextextended('sign_in ' || encode($1, 'hex') || ' ' || $2, 0))",
        email_hash,
        address
    )
    .fetch_one(&mut **tx)
    .await?;
    sqlx::query_as!(
        Counts,
        r#"select
            (select count(*) from sign_in_failure
                where email_hash = $1 and address = $2 and at > $3) as "here!",
            (select count(*) from sign_in_failure where address = $2 and at > $3) as "address!",
            (select count(*) from sign_in_failure where email_hash = $1 and at > $3) as "email!",
            (select min(at) from sign_in_failure
                where (email_hash = $1 or address = $2) and at > $3) as oldest,
            exists (
                select from session s
                join account a on a.id = s.account_id
                where a.email = $4 and s.address = $2 and s.created_at > $5
            ) as "known_here!""#,
        email_hash,
        address,
        since.to_sqlx() as _,
        email,
        (since - KNOWN_FOR).to_sqlx() as _
    )
    .fetch_one(&mut **tx)
    .await
}

/// Notes an attempt, before its password is looked at.
pub async fn insert(tx: &mut Tx, email_hash: &[u8], address: &str, now: Timestamp) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        "insert into sign_in_failure (email_hash, address, at) values ($1, $2, $3) returning id",
        email_hash,
        address,
        now.to_sqlx() as _
    )
    .fetch_one(&mut **tx)
    .await
}

/// Takes an attempt back that was no failure.
pub async fn forgive(tx: &mut Tx, id: i64) -> sqlx::Result<()> {
    sqlx::query!("delete from sign_in_failure where id = $1", id).execute(&mut **tx).await?;
    Ok(())
}

/// Forgets the attempts of an e-mail at an address that has now signed in.
pub async fn forget(tx: &mut Tx, email_hash: &[u8], address: &str) -> sqlx::Result<()> {
    sqlx::query!("delete from sign_in_failure where email_hash = $1 and address = $2", email_hash, address)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Forgets the attempts before an instant.
pub async fn sweep(tx: &mut Tx, before: Timestamp) -> sqlx::Result<()> {
    sqlx::query!("delete from sign_in_failure where at < $1", before.to_sqlx() as _)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
