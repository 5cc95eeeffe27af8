//! Migrations, embedded in the binary and run by the owner role under an advisory lock.

use std::time::Duration;

use sqlx::migrate::{MigrateError, Migrator};
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection, Executor};

/// The migrations of this version.
pub static MIGRATOR: Migrator = sqlx::migrate!("../../migrations");

/// Brings the schema up to this version; returns how many migrations were applied.
///
/// # Errors
/// A lock that cannot be had within 3 s is tried again 5 times, so that a busy table does not stop a start.
pub async fn run(owner: &PgConnectOptions) -> Result<usize, MigrateError> {
    let mut attempt = 0;
    loop {
        match run_once(owner).await {
            Err(e) if attempt < 5 && is_lock_timeout(&e) => {
                attempt += 1;
                tokio::time::sleep(Duration::from_secs(attempt)).await;
            }
            outcome => return outcome,
        }
    }
}

async fn run_once(owner: &PgConnectOptions) -> Result<usize, MigrateError> {
    let mut connection = owner.clone().connect().await?;
    connection.execute("set lock_timeout = '3s'").await?;
    connection.execute("set client_min_messages = 'warning'").await?;
    let before = applied(&mut connection).await?;
    MIGRATOR.run(&mut connection).await?;
    let after = applied(&mut connection).await?;
    connection.close().await?;
    Ok(after - before)
}

/// Migrations of this version that the database does not have yet.
pub async fn missing(owner: &PgConnectOptions) -> Result<usize, MigrateError> {
    let mut connection = owner.clone().connect().await?;
    let applied = applied(&mut connection).await?;
    connection.close().await?;
    Ok(MIGRATOR.iter().count().saturating_sub(applied))
}

#[allow(clippy::disallowed_methods, reason = "the migrator's own table is not there at compile time")]
async fn applied(connection: &mut sqlx::PgConnection) -> Result<usize, MigrateError> {
    let known: bool = sqlx::query_scalar("select to_regclass('_sqlx_migrations') is not null")
        .fetch_one(&mut *connection)
        .await?;
    if !known {
        return Ok(0);
    }
    let count: i64 = sqlx::query_scalar("select count(*) from _sqlx_migrations where success")
        .fetch_one(&mut *connection)
        .await?;
    Ok(usize::try_from(count).unwrap_or(0))
}

fn is_lock_timeout(error: &MigrateError) -> bool {
    let inner = match error {
        MigrateError::Execute(e) | MigrateError::ExecuteMigration(e, _) => e,
        _ => return false,
    };
    inner.as_database_error().and_then(|e| e.code()).is_some_and(|c| c == "55P03" || c == "40P01")
}
