//! Second factors: the authenticator app's secret and the recovery codes.

use dentpro_core::ids::AccountId;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use crate::kernel::db::Tx;

/// Keeps a secret that waits for its first code, unless one is confirmed already (`false`).
pub async fn propose(tx: &mut Tx, account: AccountId, secret: &[u8], now: Timestamp) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into account_totp as t (account_id, secret, created_at)
        values ($1, $2, $3)
        on conflict (account_id) do update
        set secret = excluded.secret, created_at = excluded.created_at, last_step = 0
        where t.confirmed_at is null",
        account.uuid(),
        secret,
        now.to_sqlx() as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The secret that waits for its first code.
pub async fn proposed(tx: &mut Tx, account: AccountId) -> sqlx::Result<Option<Vec<u8>>> {
    sqlx::query_scalar!(
        "select secret from account_totp where account_id = $1 and confirmed_at is null for update",
        account.uuid()
    )
    .fetch_optional(&mut **tx)
    .await
}

/// From now on the secret is asked for, and the code that confirmed it is used.
pub async fn confirm(tx: &mut Tx, account: AccountId, step: i64, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "update account_totp set confirmed_at = $2, last_step = $3 where account_id = $1",
        account.uuid(),
        now.to_sqlx() as _,
        step
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Replaces the recovery codes.
pub async fn set_recovery_codes(tx: &mut Tx, account: AccountId, hashes: &[Vec<u8>]) -> sqlx::Result<()> {
    sqlx::query!("delete from account_recovery_code where account_id = $1", account.uuid())
        .execute(&mut **tx)
        .await?;
    sqlx::query!(
        "insert into account_recovery_code (account_id, code_hash) select $1, unnest($2::bytea[])",
        account.uuid(),
        hashes
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Takes the second factor away.
pub async fn remove(tx: &mut Tx, account: AccountId) -> sqlx::Result<()> {
    sqlx::query!("delete from account_recovery_code where account_id = $1", account.uuid())
        .execute(&mut **tx)
        .await?;
    sqlx::query!("delete from account_totp where account_id = $1", account.uuid()).execute(&mut **tx).await?;
    Ok(())
}

/// Whether a recovery code is there and unused.
pub async fn has_recovery_code(tx: &mut Tx, account: Uuid, hash: &[u8]) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (
            select from account_recovery_code where account_id = $1 and code_hash = $2 and used_at is null
        ) as "exists!""#,
        account,
        hash
    )
    .fetch_one(&mut **tx)
    .await
}

/// Uses a code of the app up; `false` when it, or a later one, was used before.
pub async fn use_step(tx: &mut Tx, account: Uuid, step: i64) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update account_totp set last_step = $2 where account_id = $1 and last_step < $2",
        account,
        step
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Uses a recovery code up; `false` when it was used before.
pub async fn use_recovery_code(
    tx: &mut Tx,
    account: Uuid,
    hash: &[u8],
    now: Timestamp,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update account_recovery_code set used_at = $3
        where account_id = $1 and code_hash = $2 and used_at is null",
        account,
        hash,
        now.to_sqlx() as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}
