//! What every handler can reach.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use super::audit_heads::HeadsFile;
use super::blob::BlobStore;
use super::client_address::Network;
use super::clock::Clock;
use super::db::Db;
use super::error::ApiError;
use super::live::Live;
use super::mail::Mailer;
use super::throttle::Throttle;

/// How this installation is set.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The address people reach it at, without a trailing slash.
    pub public_url: String,
    /// Whether cookies carry `Secure` and the `__Host-` prefix.
    pub secure_cookies: bool,
    /// Whether this is the demo, which says so on its pages.
    pub demo: bool,
    /// Peers whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<Network>,
    /// The token `/metrics` asks for from other machines.
    pub metrics_token: Option<String>,
}

/// The state of the router.
#[derive(Clone, Debug)]
pub struct AppState {
    pub db: Db,
    pub clock: Clock,
    pub live: Live,
    pub mailer: Mailer,
    pub blobs: BlobStore,
    pub heads: HeadsFile,
    pub throttle: Throttle,
    pub settings: Arc<Settings>,
}

macro_rules! extract_from_state {
    ($($part:ident: $type:ty),*) => {$(
        impl FromRequestParts<AppState> for $type {
            type Rejection = ApiError;
            async fn from_request_parts(_: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
                Ok(state.$part.clone())
            }
        }
    )*};
}

extract_from_state!(db: Db, clock: Clock, live: Live, mailer: Mailer, blobs: BlobStore, heads: HeadsFile);

impl FromRequestParts<AppState> for AppState {
    type Rejection = ApiError;
    async fn from_request_parts(_: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        Ok(state.clone())
    }
}
