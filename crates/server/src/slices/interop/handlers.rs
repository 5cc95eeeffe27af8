//! Calendar feeds.

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use dentpro_core::permissions::need;
use dentpro_core::time::rfc3339_in;
use jiff::SignedDuration;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::api::{CalendarFeed, CalendarFeedMade};
use super::icalendar_file::write_calendar;
use super::store;
use crate::kernel::actor::{Can, RequestId, token_hash};
use crate::kernel::client_address::ClientAddress;
use crate::kernel::clock::Clock;
use crate::kernel::db::Db;
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::extract::Path;
use crate::kernel::reply::Reply;
use crate::kernel::state::AppState;
use crate::kernel::throttle::Door;
use crate::kernel::token::random_token;

/// Days of the past that a feed shows: long enough for a cancelled one to be taken off every calendar.
const PAST_DAYS: i64 = 30;
const FUTURE_DAYS: i64 = 366;
/// Whether a calendar program can read one's appointments.
#[utoipa::path(get, path = "/account/calendar-feed", tag = "interop", responses((status = 200, body = CalendarFeed)),
    extensions(("x-permission" = json!("scheduling.read"))))]
pub async fn get_calendar_feed(actor: Can<need::SchedulingRead>, db: Db) -> ApiResult<Reply<CalendarFeed>> {
    let mut tx = db.begin(&actor).await?;
    let (created_at, names) = store::feed_of(&mut tx, actor.staff.uuid()).await?;
    let created_at = created_at.map(|at| rfc3339_in(at, &actor.facts.time_zone));
    Ok(Reply::ok(CalendarFeed { active: created_at.is_some(), created_at, names }))
}

/// Make a secret address for a calendar program, shown this once. The one before stops working.
#[utoipa::path(post, path = "/account/calendar-feed", tag = "interop",
    responses((status = 201, body = CalendarFeedMade)),
    extensions(("x-permission" = json!("scheduling.read"))))]
pub async fn create_calendar_feed(
    actor: Can<need::SchedulingRead>,
    state: AppState,
) -> ApiResult<Reply<CalendarFeedMade>> {
    let now = state.clock.now();
    let token = random_token::<24>();
    let mut tx = state.db.begin(&actor).await?;
    let staff = actor.staff.uuid();
    store::revoke(&mut tx, staff, now).await?;
    store::insert(&mut tx, state.clock.new_id::<Uuid>(), staff, &token_hash(&token), now).await?;
    let (_, names) = store::feed_of(&mut tx, staff).await?;
    tx.commit().await?;
    let url = format!("{}/api/v1/calendar/{token}.ics", state.settings.public_url);
    let created_at = rfc3339_in(now, &actor.facts.time_zone);
    Ok(Reply::created(CalendarFeedMade { url, created_at, names }, "/account/calendar-feed"))
}

/// Stop the secret address.
#[utoipa::path(delete, path = "/account/calendar-feed", tag = "interop", responses((status = 204)),
    extensions(("x-permission" = json!("scheduling.read"))))]
pub async fn delete_calendar_feed(
    actor: Can<need::SchedulingRead>,
    db: Db,
    clock: Clock,
) -> ApiResult<StatusCode> {
    let mut tx = db.begin(&actor).await?;
    store::revoke(&mut tx, actor.staff.uuid(), clock.now()).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A doctor's appointments as an iCalendar file, at its secret address: `{secret}.ics`.
#[utoipa::path(get, path = "/calendar/{file}", tag = "interop", params(("file" = String, Path)),
    responses((status = 200, body = String, content_type = "text/calendar"), (status = 304)),
    extensions(("x-permission" = json!("public"))))]
pub async fn read_calendar(
    state: AppState,
    ClientAddress(address): ClientAddress,
    RequestId(request): RequestId,
    headers: HeaderMap,
    Path(file): Path<String>,
) -> ApiResult<Response> {
    let now = state.clock.now();
    state.throttle.enter(Door::Calendars, address, now)?;
    let found = read(&state, file.strip_suffix(".ics").unwrap_or_default(), request).await;
    let text = match found {
        Err(e) if e.status() == StatusCode::NOT_FOUND => {
            state.throttle.guessed(Door::Calendars, address, now)?;
            return Err(e);
        }
        other => other?,
    };
    let tag = format!("\"{}\"", hex::encode(&Sha256::digest(text.as_bytes())[..16]));
    let known =
        headers.get(header::IF_NONE_MATCH).and_then(|v| v.to_str().ok()).is_some_and(|v| v.contains(&tag));
    let kept = [(header::ETAG, tag), (header::CACHE_CONTROL, "private, no-cache".to_owned())];
    if known {
        return Ok((StatusCode::NOT_MODIFIED, kept).into_response());
    }
    let kind = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "inline; filename=\"appointments.ics\""),
    ];
    Ok((kept, kind, text).into_response())
}

async fn read(state: &AppState, secret: &str, request: Uuid) -> ApiResult<String> {
    let hash = token_hash(secret);
    let mut tx = state.db.begin_as_system(Uuid::nil().into(), request).await?;
    let clinic = store::clinic_of(&mut tx, &hash).await?.ok_or_else(ApiError::not_found)?;
    drop(tx);
    let mut tx = state.db.begin_as_system(clinic, request).await?;
    let reader = store::reader(&mut tx, &hash).await?.ok_or_else(ApiError::not_found)?;
    // Whole days, so that the file only changes when an appointment does, or the day.
    let today = dentpro_core::time::local_day_bounds(state.clock.today(&reader.zone), &reader.zone).0;
    let from = today - SignedDuration::from_hours(24 * PAST_DAYS);
    let until = today + SignedDuration::from_hours(24 * FUTURE_DAYS);
    let entries = store::entries(&mut tx, &reader, from, until).await?;
    let name = match (reader.arabic, reader.name_ar.is_empty(), reader.name_en.is_empty()) {
        (true, false, _) | (false, _, true) => &reader.name_ar,
        _ => &reader.name_en,
    };
    Ok(write_calendar(name, &reader.zone, &entries, today))
}
