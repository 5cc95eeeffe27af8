//! The live stream.

use axum::http::HeaderMap;
use axum::response::IntoResponse;
use uuid::Uuid;

use crate::kernel::actor::{self, Actor, PresentedToken, RequestId};
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::live::{self, Recheck};
use crate::kernel::state::AppState;

/// Looks the session behind a stream up again.
struct Reader {
    token: String,
    request: Uuid,
    state: AppState,
}

impl Recheck for Reader {
    async fn recheck(&self) -> Option<Actor> {
        actor::resolve_token(&self.token, self.request, &self.state).await.ok().flatten()
    }
}

/// What changes in the clinic, as it happens: ids only, and only of what the reader may see. `Last-Event-ID`
/// continues where an earlier stream ended. The stream ends with the session.
#[utoipa::path(get, path = "/events", tag = "identity",
    responses((status = 200, body = String, content_type = "text/event-stream")),
    extensions(("x-permission" = json!("signed_in"))))]
pub async fn stream_events(
    PresentedToken(token): PresentedToken,
    RequestId(request): RequestId,
    state: AppState,
    headers: HeaderMap,
) -> ApiResult<impl IntoResponse> {
    // An open page alone does not keep a session alive, so this does not count as use of it.
    let actor = actor::resolve_token(&token, request, &state).await?.ok_or_else(ApiError::unauthenticated)?;
    let last_seen =
        headers.get("last-event-id").and_then(|v| v.to_str().ok()).and_then(|v| v.trim().parse().ok());
    let (hub, db) = (state.live.clone(), state.db.clone());
    Ok(live::stream(hub, db, actor, last_seen, Reader { token, request, state }).await?)
}
