//! Random tokens that links carry. Only their SHA-256 is stored.

use std::net::IpAddr;

use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use dentpro_core::ids::ClinicId;
use uuid::Uuid;

use super::actor::token_hash;
use super::db::Tx;
use super::error::{ApiError, ApiResult};
use super::state::AppState;
use super::throttle::Door;

/// A token of N random bytes in letters that an address may hold.
pub fn random_token<const N: usize>() -> String {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Opens the clinic that sent a link: a transaction in it, and the hash of the token. A token that nobody was sent is 404
/// with the code `unknown`, and whoever guesses is slowed down.
pub async fn enter_by_link(
    state: &AppState,
    address: IpAddr,
    token: &str,
    request: Uuid,
    clinic_of: impl AsyncFnOnce(&mut Tx, &[u8]) -> sqlx::Result<Option<ClinicId>>,
    unknown: &'static str,
) -> ApiResult<(Tx, Vec<u8>)> {
    let now = state.clock.now();
    state.throttle.enter(Door::Links, address, now)?;
    let hash = token_hash(token);
    let mut tx = state.db.begin_as_system(Uuid::nil().into(), request).await?;
    let Some(clinic) = clinic_of(&mut tx, &hash).await? else {
        state.throttle.guessed(Door::Links, address, now)?;
        return Err(ApiError::with_status(StatusCode::NOT_FOUND, unknown));
    };
    drop(tx);
    Ok((state.db.begin_as_system(clinic, request).await?, hash))
}
