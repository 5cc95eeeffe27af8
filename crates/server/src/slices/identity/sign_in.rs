//! Letting somebody in: throttling, the password, the second factor, the session.

use std::net::IpAddr;

use axum::http::{HeaderMap, header};
use dentpro_core::ids::{AccountId, ClinicId, SessionId};
use dentpro_core::time::rfc3339_in;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use uuid::Uuid;

use super::api::{Session, SessionClinic};
use super::store::accounts::{self, Entry, Login};
use super::store::sessions::{self, NewSession};
use super::store::{attempts, second_factors};
use super::{passwords, second_factor, secrets};
use crate::kernel::actor::{self, Actor, token_hash};
use crate::kernel::db::Tx;
use crate::kernel::error::ApiError;
use crate::kernel::state::AppState;

/// Failures are counted over this many minutes.
const WINDOW_MINUTES: i64 = 15;
/// Failures of one e-mail from one address.
const MAX_HERE: i64 = 5;
/// Failures from one address, whatever the e-mail.
const MAX_ADDRESS: i64 = 50;
/// Failures of one e-mail from anywhere. Where its owner has signed in before it does not count: strangers cannot
/// lock him out.
const MAX_EMAIL: i64 = 30;

/// From where somebody asks.
#[derive(Clone, Debug)]
pub struct Origin {
    pub address: IpAddr,
    pub user_agent: String,
    pub request: Uuid,
}

impl Origin {
    /// Reads the browser's name, of which only printable characters are kept.
    pub fn new(address: IpAddr, headers: &HeaderMap, request: Uuid) -> Self {
        let user_agent = headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let user_agent = user_agent.chars().filter(|c| !c.is_control()).take(300).collect();
        Self { address, user_agent, request }
    }
}

/// An attempt that counts as failed until it is forgiven.
#[derive(Debug)]
pub struct Attempt {
    id: i64,
    email_hash: Vec<u8>,
    address: String,
}

/// What was shown besides the password.
#[derive(Debug)]
pub enum Factor {
    None,
    Totp(i64),
    RecoveryCode(Vec<u8>),
}

/// Somebody whose password and second factor are right.
#[derive(Debug)]
pub struct Proven {
    pub login: Login,
    factor: Factor,
    attempt: Attempt,
}

/// Notes the attempt, or refuses it when there were too many.
pub async fn begin_attempt(state: &AppState, email: &str, origin: &Origin) -> Result<Attempt, ApiError> {
    let now = state.clock.now();
    let window = SignedDuration::from_mins(WINDOW_MINUTES);
    let (email_hash, address) = (secrets::email_hash(email), origin.address.to_string());
    let mut tx = outside(state, origin).await?;
    let counts = attempts::count(&mut tx, &email_hash, email, &address, now - window).await?;
    let too_many = counts.here >= MAX_HERE
        || counts.address >= MAX_ADDRESS
        || (counts.email >= MAX_EMAIL && !counts.known_here);
    if too_many {
        let free = counts.oldest.map_or(now, |t| t.to_jiff()) + window;
        let seconds = u64::try_from(free.duration_since(now).as_secs()).unwrap_or(0);
        return Err(ApiError::throttled("identity.throttled", seconds.max(1)));
    }
    let id = attempts::insert(&mut tx, &email_hash, &address, now).await?;
    tx.commit().await?;
    Ok(Attempt { id, email_hash, address })
}

/// A transaction outside of every clinic.
pub async fn outside(state: &AppState, origin: &Origin) -> sqlx::Result<Tx> {
    state.db.begin_as_system(ClinicId(Uuid::nil()), origin.request).await
}

/// Takes back an attempt that was no failure.
pub async fn forgive(state: &AppState, attempt: &Attempt, origin: &Origin) -> Result<(), ApiError> {
    let mut tx = outside(state, origin).await?;
    attempts::forgive(&mut tx, attempt.id).await?;
    tx.commit().await
}

/// Checks e-mail, password and second factor.
pub async fn prove(
    state: &AppState,
    email: &str,
    password: &str,
    totp: Option<&str>,
    recovery_code: Option<&str>,
    origin: &Origin,
) -> Result<Proven, ApiError> {
    let attempt = begin_attempt(state, email, origin).await?;
    let mut tx = outside(state, origin).await?;
    let login = accounts::login(&mut tx, email).await?;
    drop(tx);
    // An unknown e-mail takes the same way: the same hashing, one refusal written, the same answer.
    let right = passwords::verify(login.as_ref().map(|l| l.password_hash.clone()), password).await?;
    let login = match login {
        Some(login) if right && login.active => login,
        other => return Err(refuse(state, other.map(|l| l.id), "password", origin).await?),
    };
    match show_factor(state, &login, totp, recovery_code, origin).await? {
        Some(factor) => Ok(Proven { login, factor, attempt }),
        None if totp.is_none() && recovery_code.is_none() => {
            forgive(state, &attempt, origin).await?;
            Err(ApiError::sign_in_refused("identity.totp_required"))
        }
        None => {
            refuse(state, Some(login.id), "second_factor", origin).await?;
            Err(ApiError::sign_in_refused("identity.totp_wrong"))
        }
    }
}

/// The second factor that was shown, or `None` when it is missing or wrong.
async fn show_factor(
    state: &AppState,
    login: &Login,
    totp: Option<&str>,
    recovery_code: Option<&str>,
    origin: &Origin,
) -> Result<Option<Factor>, ApiError> {
    let Some(secret) = &login.totp_secret else { return Ok(Some(Factor::None)) };
    if let Some(code) = totp {
        let step = second_factor::matching_step(secret, code, state.clock.now())?;
        return Ok(step.filter(|s| login.last_step.is_none_or(|last| *s > last)).map(Factor::Totp));
    }
    let Some(code) = recovery_code else { return Ok(None) };
    let hash = secrets::code_hash(login.id, code);
    let mut tx = outside(state, origin).await?;
    let known = second_factors::has_recovery_code(&mut tx, login.id, &hash).await?;
    Ok(known.then_some(Factor::RecoveryCode(hash)))
}

/// Writes a refused sign-in into the log: that of the person's clinics, or the installation's.
async fn refuse(
    state: &AppState,
    account: Option<Uuid>,
    why: &str,
    origin: &Origin,
) -> Result<ApiError, ApiError> {
    let what = json!({ "reason": why, "address": origin.address, "user_agent": origin.user_agent });
    let mut tx = outside(state, origin).await?;
    match account {
        Some(account) => accounts::log_act(&mut tx, account, "refused", &what).await?,
        None => tx.audit("refused", "account", None, None, Some(what), None).await?,
    }
    tx.commit().await?;
    Ok(ApiError::sign_in_refused("identity.bad_credentials"))
}

/// A session just opened.
#[derive(Debug)]
pub struct Opened {
    pub token: String,
    pub seconds: i64,
}

/// Opens a session for an account in a clinic, in that clinic's transaction.
pub async fn open_session(
    tx: &mut Tx,
    account: Uuid,
    entry: &Entry,
    bearer: bool,
    origin: &Origin,
    now: Timestamp,
    id: SessionId,
) -> Result<Opened, ApiError> {
    let token = secrets::token();
    let lasts = SignedDuration::from_hours(i64::from(entry.session_absolute_hours));
    let address = origin.address.to_string();
    let session = NewSession {
        id,
        token_hash: token_hash(&token),
        account,
        staff: entry.staff,
        kind: if bearer { "bearer" } else { "cookie" },
        user_agent: &origin.user_agent,
        address: &address,
        expires_at: now + lasts,
    };
    sessions::insert(tx, &session, now).await?;
    let what = json!({ "address": address, "user_agent": origin.user_agent, "kind": session.kind });
    tx.audit("sign_in", "session", Some(id.uuid()), None, Some(what), None).await?;
    Ok(Opened { token, seconds: lasts.as_secs() })
}

/// Uses the second factor up and forgets the failures before this success; refused when a code was used meanwhile.
pub async fn settle(tx: &mut Tx, proven: &Proven, now: Timestamp) -> Result<(), ApiError> {
    let account = proven.login.id;
    let fresh = match &proven.factor {
        Factor::None => true,
        Factor::Totp(step) => second_factors::use_step(tx, account, *step).await?,
        Factor::RecoveryCode(hash) => second_factors::use_recovery_code(tx, account, hash, now).await?,
    };
    if !fresh {
        return Err(ApiError::sign_in_refused("identity.totp_wrong"));
    }
    attempts::forget(tx, &proven.attempt.email_hash, &proven.attempt.address).await?;
    Ok(())
}

impl Proven {
    /// The attempt, for taking it back where more is asked before the session can open.
    pub fn attempt(&self) -> &Attempt {
        &self.attempt
    }

    /// The account.
    pub fn account(&self) -> AccountId {
        self.login.id.into()
    }
}

/// The session as it is answered, for a token that was just opened.
pub async fn session_of_token(state: &AppState, token: &str, request: Uuid) -> Result<Session, ApiError> {
    let actor = actor::resolve_token(token, request, state).await?.ok_or_else(ApiError::unauthenticated)?;
    session_of(state, &actor).await
}

/// The session as it is answered.
pub async fn session_of(state: &AppState, actor: &Actor) -> Result<Session, ApiError> {
    let mut tx = state.db.begin(actor).await?;
    let account = accounts::profile(&mut tx, actor.account).await?;
    let clinic = sessions::clinic(&mut tx).await?;
    let facts = &actor.facts;
    let own = dentpro_core::permissions::Scope::Own;
    Ok(Session {
        token: None,
        account,
        clinic: SessionClinic {
            id: actor.clinic,
            name_ar: clinic.name_ar,
            name_en: clinic.name_en,
            currency: facts.currency.clone(),
            currency_exponent: facts.currency_exponent,
            time_zone: facts.time_zone.iana_name().unwrap_or("UTC").to_owned(),
            country: facts.country.clone(),
            digits: clinic.digits,
            week_start: clinic.week_start,
            chart_colours: clinic.chart_colours,
            weekend: clinic.weekend,
            languages: clinic.languages,
            logo_url: clinic.logo_blob.map(|blob| picture_url("/clinic/logo", &blob)),
        },
        staff_id: actor.staff,
        roles: actor.roles.clone(),
        permissions: actor.permissions().iter().map(|(p, _)| p.code()).collect(),
        scopes: actor.permissions().iter().filter(|(_, s)| *s == own).map(|(p, s)| (p.code(), *s)).collect(),
        expires_at: rfc3339_in(actor.expires_at, &facts.time_zone),
        demo: clinic.demo || state.settings.demo,
    })
}

/// Where a picture is, with a mark that changes with it, so that browsers may keep it.
pub fn picture_url(path: &str, blob: &str) -> String {
    format!("/api/v1{path}?v={}", blob.get(..12).unwrap_or(blob))
}
