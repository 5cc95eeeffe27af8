//! Whether the process lives, and whether it can work.

use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use std::net::SocketAddr;

use super::error::ApiError;
use super::migrate::MIGRATOR;
use super::reply::Reply;
use super::state::AppState;
use super::telemetry::{Metrics, may_read_metrics};

/// Below this much free disk nothing new should be promised.
const MIN_FREE_BYTES: u64 = 200 * 1024 * 1024;

/// `GET /healthz`: the process answers.
pub async fn live() -> &'static str {
    "ok"
}

/// `GET /readyz`: database, migrations and disk are as they must be.
pub async fn ready(State(state): State<AppState>) -> Response {
    let schema = state.db.migrations_applied().await;
    let database = schema.is_ok();
    let migrations = schema.is_ok_and(|n| n >= i64::try_from(MIGRATOR.iter().count()).unwrap_or(i64::MAX));
    let disk = state.blobs.free_bytes().is_ok_and(|free| free >= MIN_FREE_BYTES);
    let status =
        if database && migrations && disk { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let body = json!({ "database": database, "migrations": migrations, "disk": disk });
    let mut response = Reply::with_status(status, body).into_response();
    if status != StatusCode::OK {
        response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from_static("2"));
    }
    response
}

/// `GET /metrics`, from this machine or with the token.
pub async fn metrics(
    State(state): State<AppState>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
) -> Response {
    if !may_read_metrics(peer.ip(), &headers, state.settings.metrics_token.as_deref()) {
        return ApiError::not_found().into_response();
    }
    let (open, idle) = state.db.connection_count();
    let text = Metrics::install().render(open, idle);
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response()
}
