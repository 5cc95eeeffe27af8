//! Accounts: a person's log-in, in whatever clinics.

use dentpro_core::ids::{AccountId, ClinicId, StaffId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde_json::Value;
use uuid::Uuid;

use super::super::api::Account;
use crate::kernel::db::Tx;

/// What is needed to let somebody in.
#[derive(Debug)]
pub struct Login {
    pub id: Uuid,
    pub email: String,
    pub password_hash: String,
    pub active: bool,
    /// The secret of the second factor, once it was confirmed.
    pub totp_secret: Option<Vec<u8>>,
    /// The last step whose code was used.
    pub last_step: Option<i64>,
}

/// An account to write.
#[derive(Clone, Debug)]
pub struct NewAccount {
    pub id: AccountId,
    pub email: String,
    pub name_ar: String,
    pub name_en: String,
    pub password_hash: String,
    pub locale: Option<String>,
}

/// A clinic that an account may enter.
#[derive(Clone, Debug)]
pub struct Entry {
    pub clinic: ClinicId,
    pub staff: StaffId,
    pub name_ar: String,
    pub name_en: String,
    pub session_absolute_hours: i32,
}

/// The log-in of an e-mail.
pub async fn login(tx: &mut Tx, email: &str) -> sqlx::Result<Option<Login>> {
    sqlx::query_as!(
        Login,
        r#"select
            a.id,
            a.email,
            a.password_hash,
            a.active,
            t.secret as "totp_secret?",
            t.last_step as "last_step?"
        from account a
        left join account_totp t on t.account_id = a.id and t.confirmed_at is not null
        where a.email = $1"#,
        email
    )
    .fetch_optional(&mut **tx)
    .await
}

/// The log-in of the person who is signed in already.
pub async fn own_login(tx: &mut Tx, account: AccountId) -> sqlx::Result<Login> {
    sqlx::query_as!(
        Login,
        r#"select
            a.id,
            a.email,
            a.password_hash,
            a.active,
            t.secret as "totp_secret?",
            t.last_step as "last_step?"
        from account a
        left join account_totp t on t.account_id = a.id and t.confirmed_at is not null
        where a.id = $1"#,
        account.uuid()
    )
    .fetch_one(&mut **tx)
    .await
}

/// Whether an e-mail has an account.
pub async fn exists(tx: &mut Tx, email: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"select exists (select from account where email = $1) as "exists!""#, email)
        .fetch_one(&mut **tx)
        .await
}

/// The account as its owner sees it.
pub async fn profile(tx: &mut Tx, account: AccountId) -> sqlx::Result<Account> {
    sqlx::query_as!(
        Account,
        r#"select
            a.id as "id: AccountId",
            a.email,
            a.name_ar,
            a.name_en,
            a.locale,
            a.theme,
            exists (
                select from account_totp t where t.account_id = a.id and t.confirmed_at is not null
            ) as "totp_enabled!"
        from account a
        where a.id = $1"#,
        account.uuid()
    )
    .fetch_one(&mut **tx)
    .await
}

/// Writes the changed profile.
pub async fn update_profile(tx: &mut Tx, account: &Account) -> sqlx::Result<()> {
    sqlx::query!(
        "update account
        set name_ar = $2, name_en = $3, locale = $4, theme = $5, version = version + 1
        where id = $1",
        account.id.uuid(),
        account.name_ar,
        account.name_en,
        account.locale,
        account.theme
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Adds an account.
pub async fn insert(tx: &mut Tx, new: &NewAccount, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into account (id, email, name_ar, name_en, password_hash, password_changed_at, locale, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $6)",
        new.id.uuid(),
        new.email,
        new.name_ar,
        new.name_en,
        new.password_hash,
        now.to_sqlx() as _,
        new.locale
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Gives an account a new password.
pub async fn set_password(tx: &mut Tx, account: Uuid, hash: &str, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "update account set password_hash = $2, password_changed_at = $3, version = version + 1 where id = $1",
        account,
        hash,
        now.to_sqlx() as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The clinics in which an account is active, the oldest first.
pub async fn clinics(tx: &mut Tx, account: Uuid) -> sqlx::Result<Vec<Entry>> {
    let rows = sqlx::query!(
        r#"select
            clinic_id as "clinic_id!",
            staff_id as "staff_id!",
            name_ar as "name_ar!",
            name_en as "name_en!",
            session_absolute_hours as "session_absolute_hours!"
        from account_clinics($1)"#,
        account
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| Entry {
            clinic: r.clinic_id.into(),
            staff: r.staff_id.into(),
            name_ar: r.name_ar,
            name_en: r.name_en,
            session_absolute_hours: r.session_absolute_hours,
        })
        .collect())
}

/// Writes an act of an account into the log of each of its clinics.
pub async fn log_act(tx: &mut Tx, account: Uuid, action: &str, what: &Value) -> sqlx::Result<()> {
    sqlx::query!("select audit_account_act($1, $2, $3)", account, action, what).fetch_one(&mut **tx).await?;
    Ok(())
}
