//! Signing in and out.

use axum::http::{HeaderMap, StatusCode};
use axum::response::AppendHeaders;
use dentpro_core::time::rfc3339_in;
use serde_json::json;
use uuid::Uuid;

use super::super::api::{DemoAccount, OpenSession, Session, SessionInfo, SignIn};
use super::super::cookie::{self, SetCookie};
use super::super::sign_in::{self, Opened, Origin};
use super::super::store::accounts::{self, Entry};
use super::super::store::{sessions, set_up};
use crate::kernel::actor::{RequestId, SignedIn};
use crate::kernel::client_address::ClientAddress;
use crate::kernel::clock::Clock;
use crate::kernel::db::Db;
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::extract::Body;
use crate::kernel::live::{Announcement, Change};
use crate::kernel::paging::Page;
use crate::kernel::reply::Reply;
use crate::kernel::state::AppState;
use crate::kernel::text;

/// The four log-ins of the demo.
const DEMO_ROLES: [(&str, &str); 4] =
    [("admin", "admin"), ("doctor", "doctor"), ("assistant", "assistant"), ("reception", "receptionist")];
const DEMO_PASSWORD: &str = "dentpro-demo-2026";

/// An answer that may set the cookie.
pub type WithCookie<T> = (AppendHeaders<Option<SetCookie>>, T);

/// What the sign-in page has to know.
#[utoipa::path(get, path = "/session/info", tag = "identity", responses((status = 200, body = SessionInfo)),
    extensions(("x-permission" = json!("public"))))]
pub async fn show_session_info(
    state: AppState,
    RequestId(request): RequestId,
) -> ApiResult<Reply<SessionInfo>> {
    let mut tx = state.db.begin_as_system(Uuid::nil().into(), request).await?;
    let clinics = set_up::clinics(&mut tx).await?;
    let names = match clinics.as_slice() {
        [only] => set_up::clinic_names(&mut tx, *only).await?,
        _ => None,
    };
    let (clinic_name_ar, clinic_name_en) = names.unzip();
    let demo_accounts = if state.settings.demo { demo_accounts() } else { Vec::new() };
    Ok(Reply::ok(SessionInfo {
        demo: state.settings.demo,
        demo_accounts,
        setup_required: clinics.is_empty(),
        clinic_name_ar,
        clinic_name_en,
        version: env!("CARGO_PKG_VERSION"),
        default_locale: None,
    }))
}

fn demo_accounts() -> Vec<DemoAccount> {
    DEMO_ROLES
        .iter()
        .map(|(name, role)| DemoAccount {
            email: format!("{name}@dentpro.demo"),
            role,
            password: DEMO_PASSWORD,
        })
        .collect()
}

/// Sign in: by cookie, or with a bearer token for scripts and mobile apps.
#[utoipa::path(post, path = "/session", tag = "identity", request_body = SignIn,
    responses((status = 200, body = Session)), extensions(("x-permission" = json!("public"))))]
pub async fn create_session(
    state: AppState,
    ClientAddress(address): ClientAddress,
    RequestId(request): RequestId,
    headers: HeaderMap,
    Body { value: given, .. }: Body<SignIn>,
) -> ApiResult<WithCookie<Reply<Session>>> {
    let origin = Origin::new(address, &headers, request);
    let email = text::required_line(&given.email, "/email", 254)?.to_lowercase();
    let (totp, recovery_code) = (given.totp.as_deref(), given.recovery_code.as_deref());
    let proven = sign_in::prove(&state, &email, &given.password, totp, recovery_code, &origin).await?;
    let entry = choose_clinic(&state, &given, &proven, &origin).await?;
    let now = state.clock.now();
    let mut tx = state.db.begin_as_account(entry.clinic, proven.account(), request).await?;
    sign_in::settle(&mut tx, &proven, now).await?;
    let id = state.clock.new_id();
    let opened =
        sign_in::open_session(&mut tx, proven.login.id, &entry, given.token, &origin, now, id).await?;
    tx.commit().await?;
    answer(&state, opened, given.token, request).await
}

/// The session just opened, with its cookie or its token.
pub async fn answer(
    state: &AppState,
    opened: Opened,
    bearer: bool,
    request: Uuid,
) -> ApiResult<WithCookie<Reply<Session>>> {
    let mut session = sign_in::session_of_token(state, &opened.token, request).await?;
    if bearer {
        session.token = Some(opened.token);
        return Ok((AppendHeaders(None), Reply::ok(session)));
    }
    let cookie = cookie::carrying(&state.settings, &opened.token, opened.seconds)?;
    Ok((AppendHeaders(Some(cookie)), Reply::ok(session)))
}

/// The clinic that was asked for, or the only one there is.
async fn choose_clinic(
    state: &AppState,
    given: &SignIn,
    proven: &sign_in::Proven,
    origin: &Origin,
) -> ApiResult<Entry> {
    let mut tx = sign_in::outside(state, origin).await?;
    let mut clinics = accounts::clinics(&mut tx, proven.login.id).await?;
    drop(tx);
    let wanted = |entry: &Entry| given.clinic_id.is_none_or(|id| id == entry.clinic);
    if clinics.iter().filter(|c| wanted(c)).count() == 1 {
        clinics.retain(wanted);
        return clinics.pop().ok_or_else(ApiError::unauthenticated);
    }
    sign_in::forgive(state, proven.attempt(), origin).await?;
    if clinics.is_empty() {
        return Err(ApiError::sign_in_refused("identity.no_clinic"));
    }
    if given.clinic_id.is_some() {
        return Err(ApiError::invalid("/clinic_id", "request.unknown_reference"));
    }
    let clinics: Vec<_> = clinics
        .iter()
        .map(|c| json!({ "id": c.clinic, "name_ar": c.name_ar, "name_en": c.name_en }))
        .collect();
    Err(ApiError::conflict("identity.choose_clinic").with("clinics", clinics.into()))
}

/// Who is signed in, and what he may do.
#[utoipa::path(get, path = "/session", tag = "identity", responses((status = 200, body = Session)),
    extensions(("x-permission" = json!("signed_in"))))]
pub async fn show_session(SignedIn(actor): SignedIn, state: AppState) -> ApiResult<Reply<Session>> {
    Ok(Reply::ok(sign_in::session_of(&state, &actor).await?))
}

/// Sign out.
#[utoipa::path(delete, path = "/session", tag = "identity", responses((status = 204)),
    extensions(("x-permission" = json!("signed_in"))))]
pub async fn delete_session(SignedIn(actor): SignedIn, state: AppState) -> ApiResult<WithCookie<StatusCode>> {
    let mut tx = state.db.begin(&actor).await?;
    sessions::end(&mut tx, actor.session, state.clock.now()).await?;
    tx.audit("sign_out", "session", Some(actor.session.uuid()), None, None, None).await?;
    tx.announce(Change::Access, Announcement::default()).await?;
    tx.commit().await?;
    Ok((AppendHeaders(Some(cookie::cleared(&state.settings)?)), StatusCode::NO_CONTENT))
}

/// The sessions of one's own account that are open.
#[utoipa::path(get, path = "/sessions", tag = "identity", responses((status = 200, body = Page<OpenSession>)),
    extensions(("x-permission" = json!("signed_in"))))]
pub async fn list_sessions(
    SignedIn(actor): SignedIn,
    db: Db,
    clock: Clock,
) -> ApiResult<Reply<Page<OpenSession>>> {
    let mut tx = db.begin(&actor).await?;
    let rows = sessions::open(&mut tx, actor.account, clock.now()).await?;
    let at = |t: jiff_sqlx::Timestamp| rfc3339_in(t.to_jiff(), &actor.facts.time_zone);
    let items = rows
        .into_iter()
        .map(|row| OpenSession {
            id: row.id.into(),
            created_at: at(row.created_at),
            last_seen_at: at(row.last_seen_at),
            user_agent: row.user_agent,
            address: row.address,
            current: row.id == actor.session.uuid(),
        })
        .collect();
    Ok(Reply::ok(Page::whole(items)))
}

/// Sign out everywhere.
#[utoipa::path(delete, path = "/sessions", tag = "identity", responses((status = 204)),
    extensions(("x-permission" = json!("signed_in"))))]
pub async fn delete_sessions(
    SignedIn(actor): SignedIn,
    state: AppState,
) -> ApiResult<WithCookie<StatusCode>> {
    let mut tx = state.db.begin(&actor).await?;
    let account = actor.account.uuid();
    let ended = sessions::end_all(&mut tx, account, None, state.clock.now()).await?;
    accounts::log_act(&mut tx, account, "sign_out", &json!({ "sessions_ended": ended })).await?;
    tx.announce(Change::Access, Announcement::default()).await?;
    tx.commit().await?;
    Ok((AppendHeaders(Some(cookie::cleared(&state.settings)?)), StatusCode::NO_CONTENT))
}
