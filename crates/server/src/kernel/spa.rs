//! The web app inside the binary, and the headers that keep browsers on the safe side.

use std::borrow::Cow;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rust_embed::RustEmbed;

use super::client_address::{Network, came_over_tls};

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../web/dist"]
#[allow_missing = true]
struct WebBuild;

const NONCE_PLACEHOLDER: &str = "__CSP_NONCE__";
/// What is not the web app's; an unknown path below these is never answered with its page.
const RESERVED: [&str; 5] = ["api", "fhir", "healthz", "readyz", "metrics"];
/// The web build writes these beside each asset, best first.
const ENCODINGS: [(&str, &str); 2] = [("br", ".br"), ("gzip", ".gz")];

const NOT_BUILT: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>DentPro</title>\
    <h1>The web app was not built into this server</h1>\
    <p>The API works: see <a href=\"/api/docs\">/api/docs</a>. \
    Build the web app (<code>npm run build</code> in <code>web</code>), then the server.</p>";

/// A file of the web build.
struct Asset {
    bytes: Cow<'static, [u8]>,
    sha256: [u8; 32],
}

type Lookup = fn(&str) -> Option<Asset>;

fn built(path: &str) -> Option<Asset> {
    WebBuild::get(path).map(|file| Asset { sha256: file.metadata.sha256_hash(), bytes: file.data })
}

/// Whether the web app was built into this binary.
pub fn is_built() -> bool {
    built("index.html").is_some()
}

/// Answers every path that no other route takes; to be merged last, as the router's fallback.
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    router_of(built)
}

fn router_of<S: Clone + Send + Sync + 'static>(lookup: Lookup) -> Router<S> {
    Router::new().fallback(move |request: Request| async move { answer(&request, lookup) })
}

fn answer(request: &Request, lookup: Lookup) -> Response {
    let path = request.uri().path().trim_start_matches('/');
    let first = path.split('/').next().unwrap_or_default();
    if RESERVED.contains(&first) {
        return StatusCode::NOT_FOUND.into_response();
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")]).into_response();
    }
    let is_page = path.is_empty() || path == "index.html";
    if !is_page && let Some(asset) = lookup(path) {
        return asset_response(path, asset, request.headers(), lookup);
    }
    // A missing file is told as such; a page's address (`/patients/…`) is the app's to resolve.
    let last = path.rsplit('/').next().unwrap_or_default();
    if !is_page && (first == "assets" || last.contains('.')) {
        return StatusCode::NOT_FOUND.into_response();
    }
    match lookup("index.html") {
        Some(page) => page_response(&page.bytes),
        None => html(StatusCode::SERVICE_UNAVAILABLE, NOT_BUILT.to_owned(), None),
    }
}

/// The one page: never kept by a browser, so that a new version is seen at once, with a nonce of its own.
fn page_response(page: &[u8]) -> Response {
    let mut bytes = [0_u8; 16];
    if getrandom::fill(&mut bytes).is_err() {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    let nonce = STANDARD.encode(bytes);
    let page = String::from_utf8_lossy(page).replace(NONCE_PLACEHOLDER, &nonce);
    html(StatusCode::OK, page, Some(&nonce))
}

fn html(status: StatusCode, page: String, nonce: Option<&str>) -> Response {
    let mut response = (status, page).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    let policy = page_policy(nonce);
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}

/// No inline script, no inline style but with the nonce, nothing from elsewhere, no frame around us.
fn page_policy(nonce: Option<&str>) -> HeaderValue {
    let nonce = nonce.map(|nonce| format!(" 'nonce-{nonce}'")).unwrap_or_default();
    let policy = format!(
        "default-src 'self'; script-src 'self'; style-src 'self'{nonce}; img-src 'self' data: blob:; \
         font-src 'self'; connect-src 'self'; frame-src 'self' blob:; frame-ancestors 'none'; base-uri 'none'; \
         form-action 'self'; object-src 'none'"
    );
    HeaderValue::from_str(&policy).expect("a base64 nonce is fit for a header")
}

fn asset_response(path: &str, plain: Asset, request: &HeaderMap, lookup: Lookup) -> Response {
    let mut encoding = None;
    let mut chosen = plain;
    let mut has_siblings = false;
    for (name, suffix) in ENCODINGS {
        let Some(compressed) = lookup(&format!("{path}{suffix}")) else { continue };
        has_siblings = true;
        if accepts(request, name) {
            encoding = Some(name);
            chosen = compressed;
            break;
        }
    }
    // The sibling's own digest tells the encodings apart.
    let tag = format!("\"{}\"", hex::encode(&chosen.sha256[..16]));
    let unchanged = is_known(request, &tag);
    let body = match (unchanged, chosen.bytes) {
        (true, _) => Body::empty(),
        (false, Cow::Borrowed(bytes)) => Body::from(Bytes::from_static(bytes)),
        (false, Cow::Owned(bytes)) => Body::from(bytes),
    };
    let mut response = Response::new(body);
    if unchanged {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    }
    let headers = response.headers_mut();
    let hashed = path.starts_with("assets/");
    let caching = if hashed { "public, max-age=31536000, immutable" } else { "no-cache" };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    headers.insert(header::ETAG, HeaderValue::from_str(&tag).expect("hexadecimal digits fit a header"));
    if has_siblings {
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    }
    if !unchanged {
        headers.insert(header::CONTENT_TYPE, content_type(path));
        if let Some(name) = encoding {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
        }
    }
    response
}

fn content_type(path: &str) -> HeaderValue {
    let mime = mime_guess::from_path(path).first_or_octet_stream();
    let text = match (mime.type_().as_str(), mime.subtype().as_str()) {
        ("text", _) | ("application", "javascript" | "json" | "manifest+json") => {
            format!("{}; charset=utf-8", mime.essence_str())
        }
        _ => mime.to_string(),
    };
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("application/octet-stream"))
}

fn accepts(headers: &HeaderMap, encoding: &str) -> bool {
    let values = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|member| {
        let mut parts = member.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(encoding));
        let refused = parts
            .filter_map(|parameter| parameter.strip_prefix("q="))
            .any(|weight| weight.parse::<f32>().is_ok_and(|weight| weight <= 0.0));
        named && !refused
    })
}

fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let values = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    values
        .flat_map(|value| value.split(','))
        .map(|member| member.trim().trim_start_matches("W/"))
        .any(|member| member == tag || member == "*")
}

/// Put on every answer, whatever gave it; what a route has set itself stays.
const EVERYWHERE: [(HeaderName, &str); 7] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(self), microphone=(), geolocation=(), payment=(), usb=()",
    ),
    // The API's answers are not pages: nothing in them may run. Pages bring their own policy.
    (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"),
];

/// What tells that people reach the server over TLS: its own address, or a proxy that is trusted to say so.
#[derive(Clone, Debug)]
pub struct Tls {
    pub always: bool,
    pub proxies: Arc<[Network]>,
}

impl Tls {
    fn is_used_by(&self, request: &Request) -> bool {
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
        self.always || peer.is_some_and(|peer| came_over_tls(peer.0, request.headers(), &self.proxies))
    }
}

/// The layer for all routes. Where people came over TLS, browsers shall insist on it.
pub async fn security_headers(State(tls): State<Tls>, request: Request, next: Next) -> Response {
    let https = tls.is_used_by(&request);
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in EVERYWHERE {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if https {
        let year = HeaderValue::from_static("max-age=31536000; includeSubDomains");
        headers.entry(header::STRICT_TRANSPORT_SECURITY).or_insert(year);
    }
    response
}

#[cfg(test)]
mod tests {
    use axum::middleware;
    use axum::routing::get;
    use http_body_util::BodyExt;
    use sha2::{Digest, Sha256};
    use tower::ServiceExt;

    use super::*;

    fn fake(path: &str) -> Option<Asset> {
        let bytes: &'static [u8] = match path {
            "index.html" => b"<html><style nonce=\"__CSP_NONCE__\"></style></html>",
            "assets/app-1a2b.js" => b"plain script",
            "assets/app-1a2b.js.br" => b"brotli",
            "assets/app-1a2b.js.gz" => b"gzip",
            "favicon.svg" => b"<svg/>",
            _ => return None,
        };
        Some(Asset { bytes: Cow::Borrowed(bytes), sha256: Sha256::digest(bytes).into() })
    }

    fn app(lookup: Lookup, always: bool) -> Router {
        let tls = Tls { always, proxies: ["10.0.0.0/8".parse().unwrap()].into() };
        Router::new()
            .route("/api/v1/session", get(|| async { "{}" }))
            .merge(router_of(lookup))
            .layer(middleware::from_fn_with_state(tls, security_headers))
    }

    async fn ask(method: &str, path: &str, headers: &[(&str, &str)]) -> (Response, String) {
        ask_of(app(fake, false), method, path, headers).await
    }

    async fn ask_of(app: Router, method: &str, path: &str, headers: &[(&str, &str)]) -> (Response, String) {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = app.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let text = String::from_utf8(body.collect().await.unwrap().to_bytes().to_vec()).unwrap();
        (Response::from_parts(parts, Body::empty()), text)
    }

    fn header<'a>(response: &'a Response, name: &str) -> &'a str {
        response.headers().get(name).map_or("", |value| value.to_str().unwrap())
    }

    #[tokio::test]
    async fn every_page_address_answers_the_app_with_a_fresh_nonce() {
        let mut policies = Vec::new();
        for path in ["/", "/patients/7", "/index.html"] {
            let (response, page) = ask("GET", path, &[]).await;
            assert_eq!(response.status(), 200);
            assert_eq!(header(&response, "cache-control"), "no-cache");
            let policy = header(&response, "content-security-policy").to_owned();
            let nonce = page.split('"').nth(1).unwrap();
            assert!(policy.contains(&format!("style-src 'self' 'nonce-{nonce}'")), "{policy}");
            assert!(policy.contains("script-src 'self';") && policy.contains("frame-ancestors 'none'"));
            assert!(!policy.contains("unsafe") && !page.contains(NONCE_PLACEHOLDER));
            policies.push(policy);
        }
        policies.dedup();
        assert_eq!(policies.len(), 3);
    }

    #[tokio::test]
    async fn unknown_files_and_operations_are_not_answered_with_the_page() {
        for path in
            ["/assets/gone-9z.js", "/robots.txt", "/api/v1/nothing", "/api", "/metrics", "/fhir/Patient"]
        {
            let (response, body) = ask("GET", path, &[]).await;
            assert_eq!(response.status(), 404, "{path}");
            assert!(!body.contains("<html>"));
        }
        assert_eq!(ask("POST", "/patients", &[]).await.0.status(), 405);
    }

    #[tokio::test]
    async fn hashed_assets_are_kept_for_good_and_come_compressed() {
        for (accepted, encoding, body) in [
            ("gzip, deflate, br, zstd", "br", "brotli"),
            ("gzip", "gzip", "gzip"),
            ("br;q=0, gzip;q=0.5", "gzip", "gzip"),
            ("identity", "", "plain script"),
        ] {
            let (response, text) = ask("GET", "/assets/app-1a2b.js", &[("accept-encoding", accepted)]).await;
            assert_eq!(text, body, "{accepted}");
            assert_eq!(header(&response, "content-encoding"), encoding);
            assert_eq!(header(&response, "content-type"), "text/javascript; charset=utf-8");
            assert_eq!(header(&response, "vary"), "accept-encoding");
            assert!(header(&response, "cache-control").contains("immutable"));
        }
    }

    #[tokio::test]
    async fn what_a_browser_has_is_not_sent_again() {
        let (first, _) = ask("GET", "/favicon.svg", &[]).await;
        assert_eq!(header(&first, "cache-control"), "no-cache");
        assert_eq!(header(&first, "content-type"), "image/svg+xml");
        let tag = header(&first, "etag").to_owned();
        let (second, body) = ask("GET", "/favicon.svg", &[("if-none-match", &tag)]).await;
        assert_eq!((second.status().as_u16(), body.as_str()), (304, ""));
        let (other, _) = ask("GET", "/favicon.svg", &[("if-none-match", "\"other\"")]).await;
        assert_eq!(other.status(), 200);
    }

    #[tokio::test]
    async fn the_apis_answers_carry_the_headers_too_and_hsts_only_under_tls() {
        let (response, _) = ask("GET", "/api/v1/session", &[]).await;
        assert_eq!(header(&response, "x-content-type-options"), "nosniff");
        assert_eq!(header(&response, "referrer-policy"), "same-origin");
        assert!(header(&response, "content-security-policy").starts_with("default-src 'none'"));
        assert_eq!(header(&response, "strict-transport-security"), "");
        let (response, _) = ask_of(app(fake, true), "GET", "/", &[]).await;
        assert!(header(&response, "strict-transport-security").contains("max-age=31536000"));
    }

    #[tokio::test]
    async fn only_a_trusted_proxy_can_say_that_the_client_came_over_tls() {
        for (peer, forwarded, insists) in [
            ("10.1.2.3", "https", true),
            ("::ffff:10.1.2.3", "http, https", true),
            ("10.1.2.3", "https, http", false),
            ("10.1.2.3", "", false),
            ("203.0.113.9", "https", false),
        ] {
            let peer = SocketAddr::new(peer.parse().unwrap(), 4000);
            let request = Request::get("/").header("x-forwarded-proto", forwarded);
            let request = request.extension(ConnectInfo(peer)).body(Body::empty()).unwrap();
            let response = app(fake, false).oneshot(request).await.unwrap();
            let insisted = header(&response, "strict-transport-security").contains("max-age=31536000");
            assert_eq!(insisted, insists, "{peer} {forwarded}");
        }
    }

    #[tokio::test]
    async fn a_binary_without_the_web_app_says_so() {
        let (response, page) = ask_of(app(|_| None, false), "GET", "/", &[]).await;
        assert_eq!(response.status(), 503);
        assert!(page.contains("not built"));
    }
}
