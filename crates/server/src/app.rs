//! The one file that lists the slices: router, OpenAPI document, background work.

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use tower_http::csrf::CsrfLayer;
use utoipa::OpenApi;
use utoipa::openapi::OpenApi as Document;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa_axum::router::OpenApiRouter;

use crate::kernel::api_docs;
use crate::kernel::error::{ApiError, Problem};
use crate::kernel::reply::Reply;
use crate::kernel::state::AppState;
use crate::{flows, slices};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "DentPro",
        description = "Everything a dental clinic does, as a REST API. The web app uses nothing else.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    components(schemas(Problem))
)]
struct Description;

/// The operations of every slice, below `/api/v1`, with their description.
fn operations() -> OpenApiRouter<AppState> {
    let slices = OpenApiRouter::new()
        .merge(slices::identity::routes())
        .merge(slices::clinic::routes())
        .merge(slices::patients::routes())
        .merge(slices::scheduling::routes())
        .merge(slices::recalls::routes())
        .merge(slices::worklists::routes())
        .merge(slices::records::routes())
        .merge(slices::charting::routes())
        .merge(slices::periodontal::routes())
        .merge(slices::billing::routes())
        .merge(slices::notifications::routes())
        .merge(slices::interop::routes())
        .merge(slices::audit::routes())
        .merge(flows::routes());
    OpenApiRouter::with_openapi(Description::openapi()).nest("/api/v1", slices)
}

/// The OpenAPI document, as it is served at `/api/openapi.json`.
pub fn openapi() -> Document {
    let mut document = operations().into_openapi();
    let components = document.components.get_or_insert_default();
    components.add_security_scheme(
        "session",
        SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new("__Host-dentpro"))),
    );
    components.add_security_scheme(
        "bearer",
        SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build()),
    );
    document
}

/// The API with its layers; the web app and the health checks are added by the server.
pub fn router(state: AppState) -> Router {
    let (api, _) = operations().split_for_parts();
    let document = openapi();
    api.route("/api/openapi.json", axum::routing::get(move || async move { Reply::ok(document) }))
        .route("/api/{*rest}", axum::routing::any(|| async { ApiError::not_found() }))
        .route("/api/docs", axum::routing::get(api_docs::page))
        .layer(middleware::from_fn(finish_writes))
        .layer(CsrfLayer::new())
        .layer(middleware::from_fn(no_store))
        .with_state(state)
}

/// A client that hangs up cannot cancel a write half way: it runs in a task of its own.
async fn finish_writes(request: Request, next: Next) -> Response {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return next.run(request).await;
    }
    match tokio::spawn(next.run(request)).await {
        Ok(response) => response,
        Err(e) => ApiError::internal(Box::new(e)).into_response(),
    }
}

/// Answers of the API stay out of every cache.
async fn no_store(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}
