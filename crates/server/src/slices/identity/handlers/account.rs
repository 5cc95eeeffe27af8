//! The own account and its password.

use axum::http::{HeaderMap, StatusCode};
use dentpro_core::passwords::PasswordOwner;
use serde_json::json;

use super::super::api::{Account, AccountPatch, PasswordChange};
use super::super::sign_in::{self, Origin};
use super::super::store::accounts::{self, Login};
use super::super::store::sessions;
use super::super::{checks, passwords};
use super::NAME;
use crate::kernel::actor::{Actor, SignedIn};
use crate::kernel::client_address::ClientAddress;
use crate::kernel::db::{Db, Tx};
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::extract::Body;
use crate::kernel::live::{Announcement, Change};
use crate::kernel::patch::Patch;
use crate::kernel::reply::Reply;
use crate::kernel::state::AppState;
use crate::kernel::text;

/// Change one's own name, language or theme.
#[utoipa::path(patch, path = "/account", tag = "identity", request_body = AccountPatch,
    responses((status = 200, body = Account)), extensions(("x-permission" = json!("signed_in"))))]
pub async fn update_account(
    SignedIn(actor): SignedIn,
    db: Db,
    Body { value: patch, .. }: Body<AccountPatch>,
) -> ApiResult<Reply<Account>> {
    let mut tx = db.begin(&actor).await?;
    let mut account = accounts::profile(&mut tx, actor.account).await?;
    let name_ar = patch.name_ar.over_required(account.name_ar, "/name_ar")?;
    let name_en = patch.name_en.over_required(account.name_en, "/name_en")?;
    account.name_ar = text::line(&name_ar, "/name_ar", NAME)?;
    account.name_en = text::line(&name_en, "/name_en", NAME)?;
    account.locale = match patch.locale {
        Patch::Absent => account.locale,
        Patch::Null => None,
        Patch::Value(locale) => Some(locale.as_str().to_owned()),
    };
    account.theme = match patch.theme {
        Patch::Absent => account.theme,
        Patch::Null => return Err(ApiError::invalid("/theme", "request.required")),
        Patch::Value(theme) => theme.as_str().to_owned(),
    };
    accounts::update_profile(&mut tx, &account).await?;
    tx.commit().await?;
    Ok(Reply::ok(account))
}

/// Checks one's own password once more, throttled like signing in; 422 at `pointer` when it is wrong.
pub async fn confirm_password(
    state: &AppState,
    actor: &Actor,
    password: &str,
    pointer: &str,
    origin: &Origin,
) -> ApiResult<Login> {
    let mut tx = state.db.begin(actor).await?;
    let login = accounts::own_login(&mut tx, actor.account).await?;
    drop(tx);
    let attempt = sign_in::begin_attempt(state, &login.email, origin).await?;
    if !passwords::verify(Some(login.password_hash.clone()), password).await? {
        return Err(ApiError::invalid(pointer, "identity.password_wrong"));
    }
    sign_in::forgive(state, &attempt, origin).await?;
    Ok(login)
}

/// The form to hash of a new password for an account, judged by the names of all its clinics.
pub async fn judged(tx: &mut Tx, login: &Login, password: &str, pointer: &str) -> ApiResult<String> {
    let clinics = accounts::clinics(tx, login.id).await?;
    let names: Vec<&str> = clinics.iter().flat_map(|c| [c.name_ar.as_str(), c.name_en.as_str()]).collect();
    let owner =
        PasswordOwner { email: &login.email, clinic_names: &names, has_totp: login.totp_secret.is_some() };
    checks::new_password(password, pointer, &owner)
}

/// Change one's own password. Every other session ends.
#[utoipa::path(post, path = "/account/password", tag = "identity", request_body = PasswordChange,
    responses((status = 204)), extensions(("x-permission" = json!("signed_in"))))]
pub async fn change_password(
    SignedIn(actor): SignedIn,
    state: AppState,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    Body { value: change, .. }: Body<PasswordChange>,
) -> ApiResult<StatusCode> {
    let origin = Origin::new(address, &headers, actor.request);
    let login = confirm_password(&state, &actor, &change.current, "/current", &origin).await?;
    let mut tx = state.db.begin(&actor).await?;
    let normalized = judged(&mut tx, &login, &change.new, "/new").await?;
    drop(tx);
    let hash = passwords::hash_password(&normalized).await?;
    let mut tx = state.db.begin(&actor).await?;
    let now = state.clock.now();
    accounts::set_password(&mut tx, login.id, &hash, now).await?;
    let ended = sessions::end_all(&mut tx, login.id, Some(actor.session), now).await?;
    let what = json!({ "sessions_ended": ended, "address": address });
    accounts::log_act(&mut tx, login.id, "password_change", &what).await?;
    tx.announce(Change::Access, Announcement::default()).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
