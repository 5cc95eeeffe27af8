//! Logs, request ids and metrics. None of them carries personal data: routes are logged by their pattern, people
//! by their ids.

use std::io::IsTerminal;
use std::net::IpAddr;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, OnceLock};

use axum::extract::{MatchedPath, Request};
use axum::http::{Extensions, HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures::FutureExt;
use metrics::{counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use subtle::ConstantTimeEq;
use tokio::time::Instant;
use tracing_subscriber::EnvFilter;
use uuid::Uuid;

use super::actor::RequestId;
use super::config::LogFormat;
use super::error::ApiError;

pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const SECONDS: [f64; 13] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

/// Writes the log to standard error from here on. Only the first call has an effect.
pub fn init_logging(format: LogFormat, filter: &str) {
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let outcome = match format {
        LogFormat::Text => subscriber.with_ansi(std::io::stderr().is_terminal()).try_init(),
        LogFormat::Json => subscriber.json().flatten_event(true).try_init(),
    };
    if outcome.is_ok() {
        std::panic::set_hook(Box::new(|panic| {
            let location = panic.location().map(ToString::to_string).unwrap_or_default();
            // A composed message may quote a patient; a literal cannot.
            let message = panic.payload().downcast_ref::<&'static str>().copied().unwrap_or("(not shown)");
            tracing::error!(location, message, "panic");
        }));
    }
}

/// Who turned out to ask; the extractors fill it in while the request runs.
#[derive(Clone, Debug, Default)]
pub struct Acting(Arc<OnceLock<(Uuid, Uuid)>>);

impl Acting {
    /// Remembers clinic and account for the request's line in the log.
    pub fn note(extensions: &Extensions, clinic: Uuid, account: Uuid) {
        if let Some(acting) = extensions.get::<Self>() {
            // A request has one actor: a second note is the same one.
            let _ = acting.0.set((clinic, account));
        }
    }
}

/// The outermost layer: gives the request its id, and writes its line in the log and its metrics.
pub async fn observe(mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    #[allow(
        clippy::disallowed_methods,
        reason = "the log runs by the machine's clock, whatever clock the app has"
    )]
    let id = client_request_id(request.headers()).unwrap_or_else(Uuid::now_v7);
    let method = method_label(request.method());
    let matched = request.extensions().get::<MatchedPath>().cloned();
    let acting = Acting::default();
    request.extensions_mut().insert(RequestId(id));
    request.extensions_mut().insert(acting.clone());

    let mut response = next.run(request).await;

    if let Ok(value) = HeaderValue::from_str(&id.to_string()) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    let route = matched.as_ref().map_or("(none)", MatchedPath::as_str);
    let status = response.status().as_u16();
    let seconds = started.elapsed().as_secs_f64();
    let labels = [("method", method.to_owned()), ("route", route.to_owned()), ("status", status.to_string())];
    counter!("http_requests_total", &labels).increment(1);
    histogram!("http_request_duration_seconds", &labels).record(seconds);

    let milliseconds = (seconds * 1_000_000.0).round() / 1000.0;
    let (clinic, account) = acting.0.get().copied().unzip();
    let clinic = clinic.map(tracing::field::display);
    let account = account.map(tracing::field::display);
    tracing::info!(request = %id, method, route, status, milliseconds, clinic, account, "request");
    response
}

/// Turns a panic in a handler into a 500 like any other. Its place is inside the layer that renders problems.
pub async fn catch_panics(request: Request, next: Next) -> Response {
    match AssertUnwindSafe(next.run(request)).catch_unwind().await {
        Ok(response) => response,
        // The panic hook has logged where it was.
        Err(_) => ApiError::internal("a handler panicked".into()).into_response(),
    }
}

/// A client's id is taken over when it is a UUID, and nothing else can get into the log that way.
fn client_request_id(headers: &HeaderMap) -> Option<Uuid> {
    let text = headers.get(REQUEST_ID)?.to_str().ok()?;
    (text.len() == 36).then(|| text.parse().ok()).flatten()
}

/// Clients can invent methods without end; a metric's labels must not follow them.
fn method_label(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

/// The numbers behind `GET /metrics`, one set for the process.
#[derive(Clone)]
pub struct Metrics(PrometheusHandle);

impl std::fmt::Debug for Metrics {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Metrics")
    }
}

impl Metrics {
    /// Starts counting; later calls return the same set.
    pub fn install() -> Self {
        static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
        let handle = HANDLE.get_or_init(|| {
            let recorder = PrometheusBuilder::new()
                .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &SECONDS)
                .expect("the list of buckets is not empty")
                .build_recorder();
            let handle = recorder.handle();
            if metrics::set_global_recorder(recorder).is_err() {
                tracing::warn!("metrics are counted elsewhere already");
            }
            describe_counter!("http_requests_total", "Requests answered");
            describe_histogram!("http_request_duration_seconds", "Time to answer, in seconds");
            describe_gauge!("database_pool_connections", "Connections to PostgreSQL by state");
            handle
        });
        Self(handle.clone())
    }

    /// The text of `/metrics`, with the pool's connections at this moment.
    pub fn render(&self, connections: usize, idle: usize) -> String {
        let gauged = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        gauge!("database_pool_connections", "state" => "idle").set(gauged(idle));
        gauge!("database_pool_connections", "state" => "used").set(gauged(connections.saturating_sub(idle)));
        self.0.run_upkeep();
        self.0.render()
    }
}

/// Whether `/metrics` may be read: with the token, or from this machine itself. A proxy on this machine speaks for
/// others, so what it forwards needs the token.
pub fn may_read_metrics(peer: IpAddr, headers: &HeaderMap, token: Option<&str>) -> bool {
    let forwarded = headers.contains_key("x-forwarded-for") || headers.contains_key(header::FORWARDED);
    if peer.to_canonical().is_loopback() && !forwarded {
        return true;
    }
    let shown = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    match (token, shown.and_then(|value| value.strip_prefix("Bearer "))) {
        (Some(token), Some(shown)) if !token.is_empty() => shown.as_bytes().ct_eq(token.as_bytes()).into(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::Mutex;

    use axum::body::Body;
    use axum::routing::get;
    use axum::{Extension, Router, middleware};
    use http_body_util::BodyExt;
    use tower::ServiceExt;
    use tracing::instrument::WithSubscriber;

    use super::*;

    const CLINIC: Uuid = Uuid::from_u128(1);
    const ACCOUNT: Uuid = Uuid::from_u128(2);

    fn router() -> Router {
        Router::new()
            .route(
                "/patients/{id}",
                get(|Extension(id): Extension<RequestId>, request: Request| async move {
                    Acting::note(request.extensions(), CLINIC, ACCOUNT);
                    id.0.to_string()
                }),
            )
            .route("/panic", get(|| async { panic!("Mona {}", "Ahmed") as String }))
            .layer(middleware::from_fn(catch_panics))
            .layer(middleware::from_fn(observe))
    }

    fn request(path: &str, id: Option<&str>) -> Request {
        let mut request = Request::get(path);
        if let Some(id) = id {
            request = request.header(REQUEST_ID, id);
        }
        request.body(Body::empty()).unwrap()
    }

    async fn text(response: Response) -> String {
        String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap()
    }

    #[derive(Clone, Default)]
    struct Written(Arc<Mutex<Vec<u8>>>);

    impl Write for Written {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[tokio::test]
    async fn each_request_has_an_id_that_the_client_and_the_handler_see() {
        let response = router().oneshot(request("/patients/7", None)).await.unwrap();
        let id = response.headers()[REQUEST_ID].to_str().unwrap().to_owned();
        assert_eq!(id.parse::<Uuid>().unwrap().get_version_num(), 7);
        assert_eq!(text(response).await, id);
    }

    #[tokio::test]
    async fn a_clients_id_is_kept_only_when_it_is_a_uuid() {
        let theirs = "0190aaaa-bbbb-7ccc-8ddd-eeeeeeeeeeee";
        let response = router().oneshot(request("/patients/7", Some(theirs))).await.unwrap();
        assert_eq!(response.headers()[REQUEST_ID], theirs);
        for forged in ["1", "../../etc", "0190aaaabbbb7ccc8dddeeeeeeeeeeee", "admin signed in"] {
            let response = router().oneshot(request("/patients/7", Some(forged))).await.unwrap();
            assert_ne!(response.headers()[REQUEST_ID], forged);
        }
    }

    #[tokio::test]
    async fn the_log_names_the_route_and_the_ids_but_nothing_of_the_path_or_query() {
        let written = Written::default();
        let writer = written.clone();
        let subscriber = tracing_subscriber::fmt().json().with_writer(move || writer.clone()).finish();
        let path = "/patients/01001234567?q=Mona";
        router().oneshot(request(path, None)).with_subscriber(subscriber).await.unwrap();
        let line = String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
        assert!(line.contains("/patients/{id}") && line.contains("\"status\":200"), "{line}");
        assert!(line.contains(&ACCOUNT.to_string()) && line.contains(&CLINIC.to_string()), "{line}");
        assert!(!line.contains("01001234567") && !line.contains("Mona"), "{line}");
    }

    #[tokio::test]
    async fn a_panic_is_answered_with_500_and_does_not_end_the_server() {
        let response = router().oneshot(request("/panic", None)).await.unwrap();
        assert_eq!(response.status(), 500);
        assert!(response.headers().contains_key(REQUEST_ID));
        assert!(!text(response).await.contains("Mona"));
    }

    #[tokio::test]
    async fn metrics_count_by_route_and_do_not_grow_with_what_clients_invent() {
        let metrics = Metrics::install();
        let counted = |method: &str, path: &str| {
            Request::builder().method(method).uri(path).body(Body::empty()).unwrap()
        };
        router().oneshot(counted("GET", "/patients/1")).await.unwrap();
        router().oneshot(counted("BREW", "/patients/2")).await.unwrap();
        router().oneshot(counted("GET", "/no/such/page")).await.unwrap();
        let page = metrics.render(8, 3);
        assert!(page.contains("route=\"/patients/{id}\""), "{page}");
        assert!(page.contains("http_request_duration_seconds_bucket"));
        assert!(page.contains("database_pool_connections{state=\"used\"} 5"));
        for invented in ["BREW", "/patients/1", "/no/such"] {
            assert!(!page.contains(invented), "{page}");
        }
    }

    #[test]
    fn metrics_are_for_this_machine_and_for_who_has_the_token() {
        let here = "127.0.0.1".parse().unwrap();
        let elsewhere = "203.0.113.9".parse().unwrap();
        let none = HeaderMap::new();
        let mut forwarded = HeaderMap::new();
        forwarded.insert("x-forwarded-for", "203.0.113.9".parse().unwrap());
        let bearer = |token: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::AUTHORIZATION, format!("Bearer {token}").parse().unwrap());
            headers
        };
        assert!(may_read_metrics(here, &none, None));
        assert!(!may_read_metrics(here, &forwarded, None), "nginx on the same machine");
        assert!(!may_read_metrics(elsewhere, &none, Some("secret")));
        assert!(!may_read_metrics(elsewhere, &bearer("guess"), Some("secret")));
        assert!(!may_read_metrics(elsewhere, &bearer(""), Some("")));
        assert!(may_read_metrics(elsewhere, &bearer("secret"), Some("secret")));
    }
}
