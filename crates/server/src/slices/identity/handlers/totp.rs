//! The second factor of the own account.

use axum::http::{HeaderMap, StatusCode};
use dentpro_core::passwords::MIN_ALONE;
use serde_json::json;

use super::super::api::{PasswordAgain, RecoveryCodes, TotpCode, TotpProposal};
use super::super::sign_in::Origin;
use super::super::store::{accounts, second_factors};
use super::super::{second_factor, secrets};
use super::account::confirm_password;
use crate::kernel::actor::SignedIn;
use crate::kernel::client_address::ClientAddress;
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::extract::Body;
use crate::kernel::reply::Reply;
use crate::kernel::state::AppState;

/// Recovery codes given at once.
const RECOVERY_CODES: usize = 10;

/// Begin with an authenticator app: its secret, to be confirmed by a first code.
#[utoipa::path(post, path = "/account/totp", tag = "identity", responses((status = 200, body = TotpProposal)),
    extensions(("x-permission" = json!("signed_in"))))]
pub async fn propose_totp(SignedIn(actor): SignedIn, state: AppState) -> ApiResult<Reply<TotpProposal>> {
    let mut tx = state.db.begin(&actor).await?;
    let login = accounts::own_login(&mut tx, actor.account).await?;
    let secret = secrets::totp_secret();
    if !second_factors::propose(&mut tx, actor.account, &secret, state.clock.now()).await? {
        return Err(ApiError::conflict("identity.totp_already_on"));
    }
    tx.commit().await?;
    let (shown, otpauth_url) = second_factor::link(&secret, &login.email)?;
    let qr_svg = second_factor::qr_svg(&otpauth_url)?;
    Ok(Reply::ok(TotpProposal { secret: shown, otpauth_url, qr_svg }))
}

/// Confirm the authenticator app by its first code. The recovery codes are shown once.
#[utoipa::path(post, path = "/account/totp/confirm", tag = "identity", request_body = TotpCode,
    responses((status = 200, body = RecoveryCodes)), extensions(("x-permission" = json!("signed_in"))))]
pub async fn confirm_totp(
    SignedIn(actor): SignedIn,
    state: AppState,
    Body { value: given, .. }: Body<TotpCode>,
) -> ApiResult<Reply<RecoveryCodes>> {
    let now = state.clock.now();
    let mut tx = state.db.begin(&actor).await?;
    let Some(secret) = second_factors::proposed(&mut tx, actor.account).await? else {
        return Err(ApiError::conflict("identity.totp_not_begun"));
    };
    let Some(step) = second_factor::matching_step(&secret, &given.code, now)? else {
        return Err(ApiError::invalid("/code", "identity.totp_wrong"));
    };
    let account = actor.account.uuid();
    let recovery_codes: Vec<String> = (0..RECOVERY_CODES).map(|_| secrets::code(4)).collect();
    let hashes: Vec<_> = recovery_codes.iter().map(|code| secrets::code_hash(account, code)).collect();
    second_factors::confirm(&mut tx, actor.account, step, now).await?;
    second_factors::set_recovery_codes(&mut tx, actor.account, &hashes).await?;
    accounts::log_act(&mut tx, account, "totp_on", &json!({})).await?;
    tx.commit().await?;
    Ok(Reply::ok(RecoveryCodes { recovery_codes }))
}

/// Do without the authenticator app again. Asks for the password, which must then be long enough to stand alone.
#[utoipa::path(delete, path = "/account/totp", tag = "identity", request_body = PasswordAgain,
    responses((status = 204)), extensions(("x-permission" = json!("signed_in"))))]
pub async fn delete_totp(
    SignedIn(actor): SignedIn,
    state: AppState,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    Body { value: again, .. }: Body<PasswordAgain>,
) -> ApiResult<StatusCode> {
    let origin = Origin::new(address, &headers, actor.request);
    confirm_password(&state, &actor, &again.password, "/password", &origin).await?;
    if dentpro_core::passwords::normalize(&again.password).is_none_or(|p| p.chars().count() < MIN_ALONE) {
        return Err(ApiError::conflict("identity.password_too_short_alone"));
    }
    let mut tx = state.db.begin(&actor).await?;
    second_factors::remove(&mut tx, actor.account).await?;
    accounts::log_act(&mut tx, actor.account.uuid(), "totp_off", &json!({ "address": address })).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
