//! What the set-up of a clinic, the demo and the command line need: roles, accounts, staff, the one-time code.

use std::collections::BTreeMap;

use dentpro_core::ids::{AccountId, ClinicId, RoleId, StaffId};
use dentpro_core::permissions::BuiltInRole;
use serde_json::json;
use subtle::ConstantTimeEq;
use uuid::Uuid;

use super::api::Session;
use super::handlers::account::judged;
use super::handlers::sessions::{WithCookie, answer};
use super::sign_in::{self, Origin};
use super::store::accounts::{self, NewAccount};
use super::store::staff::{self, NewStaff};
use super::store::{roles, sessions, set_up};
use super::{passwords, secrets};
use crate::kernel::clock::Clock;
use crate::kernel::db::{Db, Tx};
use crate::kernel::error::{ApiError, ApiResult, OnConstraint};
use crate::kernel::reply::Reply;
use crate::kernel::state::AppState;

/// Creates the four built-in roles of a clinic.
pub async fn provision_roles(tx: &mut Tx, clock: &Clock) -> ApiResult<BTreeMap<BuiltInRole, RoleId>> {
    let mut created = BTreeMap::new();
    for role in BuiltInRole::ALL {
        let id: RoleId = clock.new_id();
        roles::insert(tx, id, Some(role.code()), role.name_ar(), role.name_en(), clock.now()).await?;
        let (codes, scopes): (Vec<String>, Vec<String>) =
            role.permissions().iter().map(|(p, s)| (p.code().to_owned(), s.as_str().to_owned())).unzip();
        roles::set_permissions(tx, id, &codes, &scopes).await?;
        created.insert(role, id);
    }
    Ok(created)
}

/// Adds an account. Its password was hashed with `hash_password`.
///
/// # Errors
/// 409 `identity.email_taken` when the e-mail has an account.
pub async fn create_account(tx: &mut Tx, new: &NewAccount, clock: &Clock) -> ApiResult<()> {
    let taken = || ApiError::conflict("identity.email_taken");
    accounts::insert(tx, new, clock.now()).await.on_constraint("account_email_once", taken)
}

/// Makes an account a member of the transaction's clinic.
pub async fn add_staff(tx: &mut Tx, new: &NewStaff, roles: &[RoleId], clock: &Clock) -> ApiResult<StaffId> {
    let id = staff::insert(tx, new, clock.now()).await?;
    staff::set_roles(tx, id, roles).await?;
    Ok(id)
}

/// The role of the transaction's clinic that has this built-in code.
pub async fn built_in_role(tx: &mut Tx, role: BuiltInRole) -> ApiResult<Option<RoleId>> {
    let all = roles::list(tx, None).await?;
    Ok(all.into_iter().find(|r| r.code.as_deref() == Some(role.code())).map(|r| r.id.into()))
}

/// Gives an account a new password from the command line, and ends its sessions.
///
/// # Errors
/// 404 when no account has the e-mail; 422 when the password is not good enough.
pub async fn reset_password(db: &Db, clock: &Clock, email: &str, password: &str) -> ApiResult<()> {
    let mut tx = db.begin_as_system(ClinicId(Uuid::nil()), clock.new_id()).await?;
    let login = accounts::login(&mut tx, &email.to_lowercase()).await?.ok_or_else(ApiError::not_found)?;
    let normalized = judged(&mut tx, &login, password, "/password").await?;
    let hash = passwords::hash_password(&normalized).await?;
    accounts::set_password(&mut tx, login.id, &hash, clock.now()).await?;
    let ended = sessions::end_all(&mut tx, login.id, None, clock.now()).await?;
    accounts::log_act(&mut tx, login.id, "password_reset", &json!({ "sessions_ended": ended })).await?;
    tx.commit().await
}

/// On a database without a clinic: a new one-time code for the set-up page, in the place of any former one.
pub async fn ensure_setup_code(db: &Db, clock: &Clock) -> ApiResult<Option<String>> {
    let mut tx = db.begin_as_system(ClinicId(Uuid::nil()), clock.new_id()).await?;
    if !set_up::clinics(&mut tx).await?.is_empty() {
        return Ok(None);
    }
    let code = secrets::code(4);
    set_up::replace_code(&mut tx, &secrets::code_hash(Uuid::nil(), &code), clock.now()).await?;
    tx.commit().await?;
    Ok(Some(code))
}

/// Whether the first clinic is still to be set up.
pub async fn setup_required(tx: &mut Tx) -> ApiResult<bool> {
    Ok(set_up::clinics(tx).await?.is_empty())
}

/// Uses the one-time code up, in the transaction that sets the clinic up.
///
/// # Errors
/// 409 `identity.already_set_up`; 403 `identity.setup_code_wrong`.
pub async fn use_setup_code(tx: &mut Tx, code: &str) -> ApiResult<()> {
    let stored = set_up::lock_code(tx).await?;
    if !set_up::clinics(tx).await?.is_empty() {
        return Err(ApiError::conflict("identity.already_set_up"));
    }
    let given = secrets::code_hash(Uuid::nil(), code);
    if !stored.is_some_and(|stored| bool::from(stored.ct_eq(&given))) {
        return Err(ApiError::refused("identity.setup_code_wrong"));
    }
    set_up::delete_code(tx).await?;
    Ok(())
}

/// Opens the session of a person who was just added, in the transaction that added him.
pub async fn open_first_session(
    tx: &mut Tx,
    account: AccountId,
    origin: &Origin,
    clock: &Clock,
) -> ApiResult<sign_in::Opened> {
    let clinic = tx.clinic();
    let entries = accounts::clinics(tx, account.uuid()).await?;
    let entry = entries.iter().find(|e| e.clinic.uuid() == clinic).ok_or_else(ApiError::unauthenticated)?;
    sign_in::open_session(tx, account.uuid(), entry, false, origin, clock.now(), clock.new_id()).await
}

/// The answer to whoever was signed in by `open_first_session`, after its commit.
pub async fn first_session(
    state: &AppState,
    opened: sign_in::Opened,
    request: Uuid,
) -> ApiResult<WithCookie<Reply<Session>>> {
    answer(state, opened, false, request).await
}
