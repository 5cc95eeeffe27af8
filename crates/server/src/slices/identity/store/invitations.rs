//! Invitations of future staff.

use dentpro_core::ids::InvitationId;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use crate::kernel::db::Tx;

/// An invitation that is not accepted yet.
#[derive(Clone, Debug)]
pub struct InvitationRow {
    pub id: Uuid,
    pub email: String,
    pub name_ar: String,
    pub name_en: String,
    pub colour: String,
    pub role_ids: Vec<Uuid>,
    pub created_at: jiff_sqlx::Timestamp,
    pub expires_at: jiff_sqlx::Timestamp,
}

/// Writes an invitation; an earlier one to the same e-mail no longer counts.
pub async fn insert(tx: &mut Tx, row: &InvitationRow, token_hash: &[u8]) -> sqlx::Result<()> {
    let (clinic, by) = (tx.clinic(), tx.staff());
    sqlx::query!(
        "update invitation set revoked_at = $3
        where clinic_id = $1 and email = $2 and accepted_at is null and revoked_at is null",
        clinic,
        row.email,
        row.created_at as _
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!(
        "insert into invitation (clinic_id, id, token_hash, email, name_ar, name_en, colour, role_ids, invited_by,
            created_at, expires_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        clinic,
        row.id,
        token_hash,
        row.email,
        row.name_ar,
        row.name_en,
        row.colour,
        &row.role_ids,
        by,
        row.created_at as _,
        row.expires_at as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Invitations that wait for their answer, the newest first.
pub async fn pending(tx: &mut Tx) -> sqlx::Result<Vec<InvitationRow>> {
    let clinic = tx.clinic();
    sqlx::query_as!(
        InvitationRow,
        "select id, email, name_ar, name_en, colour, role_ids, created_at, expires_at
        from invitation
        where clinic_id = $1 and accepted_at is null and revoked_at is null
        order by created_at desc, id
        limit 200",
        clinic
    )
    .fetch_all(&mut **tx)
    .await
}

/// Takes an invitation back; `false` when it does not wait any more.
pub async fn revoke(tx: &mut Tx, id: InvitationId, now: Timestamp) -> sqlx::Result<bool> {
    let clinic = tx.clinic();
    let done = sqlx::query!(
        "update invitation set revoked_at = $3
        where clinic_id = $1 and id = $2 and accepted_at is null and revoked_at is null",
        clinic,
        id.uuid(),
        now.to_sqlx() as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The clinic that a token invites to.
pub async fn clinic_of(tx: &mut Tx, token_hash: &[u8]) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar!("select invitation_clinic($1)", token_hash).fetch_one(&mut **tx).await
}

/// The invitation of a token, as long as it may be accepted.
pub async fn by_token(tx: &mut Tx, token_hash: &[u8], now: Timestamp) -> sqlx::Result<Option<InvitationRow>> {
    let clinic = tx.clinic();
    sqlx::query_as!(
        InvitationRow,
        "select id, email, name_ar, name_en, colour, role_ids, created_at, expires_at
        from invitation
        where clinic_id = $1 and token_hash = $2 and accepted_at is null and revoked_at is null and expires_at > $3",
        clinic,
        token_hash,
        now.to_sqlx() as _
    )
    .fetch_optional(&mut **tx)
    .await
}

/// Uses an invitation up; `false` when somebody was faster.
pub async fn accept(tx: &mut Tx, id: Uuid, now: Timestamp) -> sqlx::Result<bool> {
    let clinic = tx.clinic();
    let done = sqlx::query!(
        "update invitation set accepted_at = $3
        where clinic_id = $1 and id = $2 and accepted_at is null and revoked_at is null and expires_at > $3",
        clinic,
        id,
        now.to_sqlx() as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Deletes the invitations of every clinic that came to nothing before an instant.
pub async fn sweep(tx: &mut Tx, before: Timestamp) -> sqlx::Result<()> {
    sqlx::query!("select invitations_sweep($1)", before.to_sqlx() as _).fetch_one(&mut **tx).await?;
    Ok(())
}
