//! Gateways for SMS and WhatsApp.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::types::Json;
use uuid::Uuid;

use crate::kernel::db::Tx;
use crate::slices::notifications::gateway::{Header, Provider};

/// Gateways a clinic has at most.
pub const MOST: i64 = 20;

macro_rules! providers {
    ($tail:tt, $($argument:expr),+) => {
        sqlx::query!(
            r#"select
                id,
                channel,
                name,
                url,
                method,
                headers as "headers: Json<Vec<Header>>",
                body,
                success_pointer,
                success_value,
                active,
                version
            from message_provider
            "# + $tail,
            $($argument),+
        )
    };
}

macro_rules! provider {
    ($row:expr) => {
        Provider {
            id: $row.id,
            channel: $row.channel,
            name: $row.name,
            url: $row.url,
            method: $row.method,
            headers: $row.headers.0,
            body: $row.body,
            success_pointer: $row.success_pointer,
            success_value: $row.success_value,
            active: $row.active,
            version: $row.version,
        }
    };
}

/// All gateways of the clinic.
pub async fn list(tx: &mut Tx) -> sqlx::Result<Vec<Provider>> {
    let clinic = tx.clinic();
    let rows = providers!("where clinic_id = $1 order by channel, created_at, id limit $2", clinic, MOST)
        .fetch_all(&mut **tx)
        .await?;
    Ok(rows.into_iter().map(|r| provider!(r)).collect())
}

/// One gateway, locked when a change follows.
pub async fn hold(tx: &mut Tx, id: Uuid) -> sqlx::Result<Option<Provider>> {
    let clinic = tx.clinic();
    let row = providers!("where clinic_id = $1 and id = $2 for update", clinic, id)
        .fetch_optional(&mut **tx)
        .await?;
    Ok(row.map(|r| provider!(r)))
}

/// Adds a gateway.
pub async fn insert(tx: &mut Tx, p: &Provider, now: Timestamp) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    sqlx::query!(
        "insert into message_provider (clinic_id, id, channel, name, url, method, headers, body, success_pointer,
            success_value, active, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        clinic,
        p.id,
        p.channel,
        p.name,
        p.url,
        p.method,
        Json(&p.headers) as _,
        p.body,
        p.success_pointer,
        p.success_value,
        p.active,
        now.to_sqlx() as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes a changed gateway and counts its version up.
pub async fn update(tx: &mut Tx, p: &Provider) -> sqlx::Result<i32> {
    let clinic = tx.clinic();
    sqlx::query_scalar!(
        "update message_provider
        set name = $3, url = $4, method = $5, headers = $6, body = $7, success_pointer = $8, success_value = $9,
            active = $10, version = version + 1
        where clinic_id = $1 and id = $2
        returning version",
        clinic,
        p.id,
        p.name,
        p.url,
        p.method,
        Json(&p.headers) as _,
        p.body,
        p.success_pointer,
        p.success_value,
        p.active
    )
    .fetch_one(&mut **tx)
    .await
}

/// Takes a gateway away, with its secrets.
pub async fn delete(tx: &mut Tx, id: Uuid) -> sqlx::Result<bool> {
    let clinic = tx.clinic();
    let deleted = sqlx::query!("delete from message_provider where clinic_id = $1 and id = $2", clinic, id)
        .execute(&mut **tx)
        .await?;
    Ok(deleted.rows_affected() > 0)
}
