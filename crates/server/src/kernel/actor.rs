//! Who asks: the session resolved to staff, clinic and permissions, and the extractors that ask for one.

use std::convert::Infallible;
use std::marker::PhantomData;
use std::ops::Deref;
use std::sync::Arc;

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use dentpro_core::ids::{AccountId, ClinicId, SessionId, StaffId};
use dentpro_core::money::{Currency, MoneyError};
use dentpro_core::permissions::{Needs, Permission, Scope};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use jiff_sqlx::ToSqlx;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::error::ApiError;
use super::state::AppState;
use super::telemetry::Acting;

/// The clinic's facts that nearly every answer needs.
#[derive(Clone, Debug)]
pub struct ClinicFacts {
    /// IANA time zone.
    pub time_zone: TimeZone,
    /// ISO 3166 alpha-2.
    pub country: String,
    /// ISO 4217.
    pub currency: String,
    /// Decimal places of the currency: 0, 2 or 3.
    pub currency_exponent: u8,
}

impl ClinicFacts {
    /// The clinic's currency.
    pub fn currency(&self) -> Result<Currency, ApiError> {
        self.currency.parse().map_err(|e: MoneyError| ApiError::internal(Box::new(e)))
    }
}

/// Who asks, in which clinic, and what he may do.
#[derive(Clone, Debug)]
pub struct Actor {
    /// The session that was presented.
    pub session: SessionId,
    /// The person's log-in.
    pub account: AccountId,
    /// The clinic of the session.
    pub clinic: ClinicId,
    /// The person as staff of that clinic.
    pub staff: StaffId,
    /// The request, for the audit log.
    pub request: Uuid,
    /// The language chosen in the account.
    pub locale: Option<String>,
    /// When the session ends at the latest.
    pub expires_at: Timestamp,
    /// Codes of the built-in roles held.
    pub roles: Vec<String>,
    /// Facts of the clinic.
    pub facts: ClinicFacts,
    permissions: Arc<[(Permission, Scope)]>,
}

/// The actor behind what the system itself does in a clinic (jobs, the command line).
pub const SYSTEM_ACCOUNT: AccountId = AccountId(Uuid::from_u128(1));

impl Actor {
    /// How far a permission reaches, or `None` when it is not held.
    pub fn scope(&self, permission: Permission) -> Option<Scope> {
        self.permissions.iter().find(|(p, _)| *p == permission).map(|(_, scope)| *scope)
    }

    /// Whether a permission is held at all.
    pub fn may(&self, permission: Permission) -> bool {
        self.scope(permission).is_some()
    }

    /// The currency of prices, for who may see them.
    pub fn prices(&self) -> Result<Option<Currency>, ApiError> {
        self.may(Permission::BillingRead).then(|| self.facts.currency()).transpose()
    }

    /// All permissions held.
    pub fn permissions(&self) -> &[(Permission, Scope)] {
        &self.permissions
    }

    /// Refuses unless a further permission is held; for what depends on the body, not on the route.
    pub fn require(&self, permission: Permission) -> Result<Scope, ApiError> {
        self.scope(permission).ok_or_else(|| ApiError::forbidden(permission))
    }
}

/// An actor that holds the permission `P`: a handler that takes it cannot forget to ask.
#[derive(Debug)]
pub struct Can<P> {
    actor: Actor,
    /// How far the permission reaches; store reads take it as a parameter.
    pub scope: Scope,
    permission: PhantomData<P>,
}

impl<P> Deref for Can<P> {
    type Target = Actor;
    fn deref(&self) -> &Actor {
        &self.actor
    }
}

/// Anybody who is signed in; for one's own account and session.
#[derive(Debug)]
pub struct SignedIn(pub Actor);

impl Deref for SignedIn {
    type Target = Actor;
    fn deref(&self) -> &Actor {
        &self.0
    }
}

/// SHA-256 of a session's or an invitation's token, as it is stored.
pub fn token_hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// The request's id, given by the telemetry layer.
#[derive(Clone, Copy, Debug)]
pub struct RequestId(pub Uuid);

/// The name of the session cookie: the `__Host-` prefix where TLS ends in front of us.
pub fn cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-dentpro" } else { "dentpro" }
}

fn presented_token(parts: &Parts, secure: bool) -> Option<String> {
    if let Some(value) = parts.headers.get(header::AUTHORIZATION) {
        return value.to_str().ok()?.strip_prefix("Bearer ").map(str::to_owned);
    }
    let name = cookie_name(secure);
    parts
        .headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(';'))
        .find_map(|pair| {
            let (key, value) = pair.trim().split_once('=')?;
            (key == name).then(|| value.to_owned())
        })
}

/// Resolves the presented token, without asking for a permission.
async fn resolve(parts: &Parts, state: &AppState) -> Result<Actor, ApiError> {
    let token =
        presented_token(parts, state.settings.secure_cookies).ok_or_else(ApiError::unauthenticated)?;
    let request = request_id(parts, state);
    let (actor, last_seen) = find(&token, request, state).await?.ok_or_else(ApiError::unauthenticated)?;
    let now = state.clock.now();
    if now.duration_since(last_seen).as_secs() >= 60 {
        state.db.touch_session(actor.session.uuid(), now.to_sqlx()).await?;
    }
    Acting::note(&parts.extensions, actor.clinic.uuid(), actor.account.uuid());
    Ok(actor)
}

/// The request's id, or a new one where no layer gave one.
fn request_id(parts: &Parts, state: &AppState) -> Uuid {
    parts.extensions.get::<RequestId>().map_or_else(|| state.clock.new_id(), |id| id.0)
}

/// The actor of a token, or `None` when it has ended, expired or never was. It does not count as use of the
/// session: an open stream looks again and again, and must not keep a session alive that nobody uses.
pub async fn resolve_token(token: &str, request: Uuid, state: &AppState) -> Result<Option<Actor>, ApiError> {
    Ok(find(token, request, state).await?.map(|(actor, _)| actor))
}

/// The actor of a token, and when its session was last used.
async fn find(token: &str, request: Uuid, state: &AppState) -> Result<Option<(Actor, Timestamp)>, ApiError> {
    let hash = token_hash(token);
    let now = state.clock.now();
    let Some(row) = state.db.session_actor(&hash, now).await? else { return Ok(None) };
    let last_seen = row.last_seen_at.to_jiff();
    let known = |codes: &[String], scope| {
        codes.iter().filter_map(|c| Permission::from_code(c)).map(|p| (p, scope)).collect::<Vec<_>>()
    };
    let mut permissions = known(&row.permissions, Scope::All);
    permissions.extend(known(&row.own_permissions, Scope::Own));
    let actor = Actor {
        session: row.session_id.into(),
        account: row.account_id.into(),
        clinic: row.clinic_id.into(),
        staff: row.staff_id.into(),
        request,
        locale: row.locale,
        expires_at: row.expires_at.to_jiff(),
        roles: row.roles,
        facts: ClinicFacts {
            time_zone: TimeZone::get(&row.time_zone).map_err(|e| ApiError::internal(e.into()))?,
            country: row.country,
            currency: row.currency,
            currency_exponent: u8::try_from(row.currency_exponent).unwrap_or(2),
        },
        permissions: permissions.into(),
    };
    Ok(Some((actor, last_seen)))
}

impl FromRequestParts<AppState> for RequestId {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        Ok(Self(request_id(parts, state)))
    }
}

/// The token that was presented, for what has to look it up again: 401 without one.
#[derive(Clone, Debug)]
pub struct PresentedToken(pub String);

impl FromRequestParts<AppState> for PresentedToken {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        presented_token(parts, state.settings.secure_cookies).map(Self).ok_or_else(ApiError::unauthenticated)
    }
}

impl<P: Needs> FromRequestParts<AppState> for Can<P> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        let actor = resolve(parts, state).await?;
        match actor.scope(P::PERMISSION) {
            Some(scope) => Ok(Self { actor, scope, permission: PhantomData }),
            None => {
                state.db.record_refusal(&actor, P::PERMISSION, parts.method.as_str()).await?;
                Err(ApiError::forbidden(P::PERMISSION))
            }
        }
    }
}

impl FromRequestParts<AppState> for SignedIn {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        resolve(parts, state).await.map(Self)
    }
}

impl OptionalFromRequestParts<AppState> for SignedIn {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Option<Self>, ApiError> {
        match resolve(parts, state).await {
            Ok(actor) => Ok(Some(Self(actor))),
            Err(e) if e.status() == StatusCode::UNAUTHORIZED => Ok(None),
            Err(e) => Err(e),
        }
    }
}
