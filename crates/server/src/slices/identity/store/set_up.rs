//! The one-time code of the first set-up.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use crate::kernel::db::Tx;

/// The clinics of this installation, the oldest first.
pub async fn clinics(tx: &mut Tx) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(r#"select id as "id!" from clinics_all() as id"#).fetch_all(&mut **tx).await
}

/// The names of a clinic, for the page before signing in.
pub async fn clinic_names(tx: &mut Tx, clinic: Uuid) -> sqlx::Result<Option<(String, String)>> {
    let row =
        sqlx::query!(r#"select name_ar as "name_ar!", name_en as "name_en!" from clinic_facts($1)"#, clinic)
            .fetch_optional(&mut **tx)
            .await?;
    Ok(row.map(|r| (r.name_ar, r.name_en)))
}

/// Puts a new code in the place of the former.
pub async fn replace_code(tx: &mut Tx, hash: &[u8], now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into setup_code (code_hash, created_at) values ($1, $2)
        on conflict (singleton) do update set code_hash = excluded.code_hash, created_at = excluded.created_at",
        hash,
        now.to_sqlx() as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The code's hash, locked: of two set-ups at once the second waits here and then finds none.
pub async fn lock_code(tx: &mut Tx) -> sqlx::Result<Option<Vec<u8>>> {
    sqlx::query_scalar!("select code_hash from setup_code for update").fetch_optional(&mut **tx).await
}

/// Nobody sets up with the code again.
pub async fn delete_code(tx: &mut Tx) -> sqlx::Result<()> {
    sqlx::query!("delete from setup_code").execute(&mut **tx).await?;
    Ok(())
}
