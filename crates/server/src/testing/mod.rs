//! Tests go through HTTP against a real PostgreSQL: one database for each test, made from a migrated template.

mod clinic;
mod database;
mod statements;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Method, Request, Response, StatusCode, header};
use dentpro_core::permissions::BuiltInRole;
use http_body_util::BodyExt;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde_json::Value;
use tower::ServiceExt;
use uuid::Uuid;

pub use clinic::{Clinic, PASSWORD};
pub use database::TestDatabase;
pub use statements::counting_statements;

use crate::kernel::audit_heads::HeadsFile;
use crate::kernel::blob::BlobStore;
use crate::kernel::clock::Clock;
use crate::kernel::db::Db;
use crate::kernel::live::Live;
use crate::kernel::mail::Mailer;
use crate::kernel::state::{AppState, Settings};
use crate::kernel::throttle::Throttle;

/// The Monday every test begins on: 09:00 in Cairo.
pub const MONDAY: &str = "2026-11-23T07:00:00Z";

/// The whole application over a database of its own, with two clinics in it.
pub struct TestApp {
    pub state: AppState,
    pub clock: Clock,
    /// The clinic the test is about.
    pub clinic: Clinic,
    /// A second clinic, whose data must never be seen.
    pub other_clinic: Clinic,
    pub database: TestDatabase,
    router: Router,
    _blobs: tempfile::TempDir,
}

impl TestApp {
    pub async fn new() -> Self {
        let database = TestDatabase::create().await;
        let clock = Clock::fixed(MONDAY.parse::<Timestamp>().unwrap());
        let (state, blobs) = state_over(&database, &clock).await;
        let clinic = Clinic::create(&state, "a").await;
        let other_clinic = Clinic::create(&state, "b").await;
        let router = crate::server::with_everything(state.clone(), false);
        Self { state, clock, clinic, other_clinic, database, router, _blobs: blobs }
    }

    /// A client signed in with a role in the clinic of the test.
    pub async fn login(&self, role: BuiltInRole) -> Client {
        self.client(Some(self.clinic.session(&self.state, role).await))
    }

    /// The same in the other clinic.
    pub async fn login_elsewhere(&self, role: BuiltInRole) -> Client {
        self.client(Some(self.other_clinic.session(&self.state, role).await))
    }

    /// A client that is not signed in.
    pub fn anonymous(&self) -> Client {
        self.client(None)
    }

    /// A client with a bearer token.
    pub fn client(&self, token: Option<String>) -> Client {
        Client { router: self.router.clone(), token, headers: HeaderMap::new(), address: None }
    }

    /// A patient of a clinic, born on 2 April 1991.
    pub async fn patient(&self, clinic: Uuid) -> Uuid {
        let id = Uuid::now_v7();
        let mut tx = self.state.db.begin_as_system(clinic.into(), id).await.unwrap();
        sqlx::query(
            "insert into patient (clinic_id, id, file_number, name_ar, name_en, birth_date, search, created_at)
            values ($1, $2, $3, 'مريض', 'Patient', '1991-04-02', 'patient', $4)",
        )
        .bind(clinic)
        .bind(id)
        .bind(&id.simple().to_string()[20..])
        .bind(self.clock.now().to_sqlx())
        .execute(&mut *tx)
        .await
        .unwrap();
        tx.commit().await.unwrap();
        id
    }

    /// Moves the clock.
    pub fn advance(&self, by: Duration) {
        self.clock.advance(by);
    }
}

async fn state_over(database: &TestDatabase, clock: &Clock) -> (AppState, tempfile::TempDir) {
    let db = Db::connect(database.options()).await.unwrap();
    let blobs = tempfile::tempdir().unwrap();
    let state = AppState {
        db,
        clock: clock.clone(),
        live: Live::new(tokio_util::sync::CancellationToken::new()),
        mailer: Mailer::memory(),
        blobs: BlobStore::new(blobs.path()),
        heads: HeadsFile::in_directory(blobs.path()),
        throttle: Throttle::default(),
        settings: Arc::new(Settings {
            public_url: "http://localhost".to_owned(),
            secure_cookies: false,
            demo: false,
            trusted_proxies: Vec::new(),
            metrics_token: None,
        }),
    };
    (state, blobs)
}

/// A client of the application over a database that a test has filled by itself, and the directory of its files.
pub async fn client_over(database: &TestDatabase, clock: &Clock) -> (Client, tempfile::TempDir) {
    let (state, blobs) = state_over(database, clock).await;
    let router = crate::server::with_everything(state, false);
    (Client { router, token: None, headers: HeaderMap::new(), address: None }, blobs)
}

/// Sends requests to the router in this process.
#[derive(Clone)]
pub struct Client {
    router: Router,
    pub token: Option<String>,
    headers: HeaderMap,
    address: Option<SocketAddr>,
}

impl Client {
    /// The same client with a header on each request.
    pub fn with(&self, name: &'static str, value: &str) -> Self {
        let mut client = self.clone();
        client.headers.insert(name, value.parse().unwrap());
        client
    }

    /// The same client at another address.
    pub fn at(&self, address: &str) -> Self {
        let mut client = self.clone();
        client.address = Some(SocketAddr::new(address.parse().unwrap(), 4000));
        client
    }

    pub async fn get(&self, path: &str) -> TestResponse {
        self.send(Method::GET, path, None).await
    }

    /// POST with an `Idempotency-Key` of its own, unless `with` gave one.
    pub async fn post(&self, path: &str, body: Value) -> TestResponse {
        self.send(Method::POST, path, Some(body)).await
    }

    pub async fn put(&self, path: &str, body: Value) -> TestResponse {
        self.send(Method::PUT, path, Some(body)).await
    }

    pub async fn delete(&self, path: &str) -> TestResponse {
        self.send(Method::DELETE, path, None).await
    }

    /// PATCH on top of a version.
    pub async fn patch(&self, path: &str, version: i64, body: Value) -> TestResponse {
        self.with("if-match", &format!("\"{version}\"")).send(Method::PATCH, path, Some(body)).await
    }

    pub async fn send(&self, method: Method, path: &str, body: Option<Value>) -> TestResponse {
        let body = body.map(|b| ("application/json", serde_json::to_vec(&b).unwrap()));
        self.send_bytes(method, path, body).await
    }

    pub async fn send_bytes(
        &self,
        method: Method,
        path: &str,
        body: Option<(&str, Vec<u8>)>,
    ) -> TestResponse {
        let response = self.open(method, path, body).await;
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes().to_vec();
        TestResponse { status: parts.status, headers: parts.headers, bytes }
    }

    /// The answer with its body still open: for streams.
    pub async fn open(&self, method: Method, path: &str, body: Option<(&str, Vec<u8>)>) -> Response<Body> {
        let path = if path.starts_with("/api") { path.to_owned() } else { format!("/api/v1{path}") };
        let mut request = Request::builder().method(method.clone()).uri(path);
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        if let Some(address) = self.address {
            request = request.extension(ConnectInfo(address));
        }
        if let Some(token) = &self.token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        if method == Method::POST && !self.headers.contains_key("idempotency-key") {
            request = request.header("idempotency-key", Uuid::now_v7().to_string());
        }
        let request = match body {
            Some((kind, bytes)) => request.header(header::CONTENT_TYPE, kind).body(Body::from(bytes)),
            None => request.body(Body::empty()),
        };
        self.router.clone().oneshot(request.unwrap()).await.unwrap()
    }
}

/// An answer, read whole.
#[derive(Debug)]
pub struct TestResponse {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl TestResponse {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|_| panic!("no JSON: {}", self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// The stable code of a problem.
    pub fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }

    /// The body, after checking the status.
    #[track_caller]
    pub fn expect(&self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        if self.bytes.is_empty() { Value::Null } else { self.json() }
    }

    /// Checks status and code of a refusal.
    #[track_caller]
    pub fn expect_problem(&self, status: u16, code: &str) {
        assert_eq!((self.status.as_u16(), self.code().as_str()), (status, code), "{}", self.text());
    }

    /// Checks that a field is refused with a code (422).
    #[track_caller]
    pub fn expect_invalid(&self, pointer: &str, code: &str) {
        assert_eq!(self.status.as_u16(), 422, "{}", self.text());
        let problem = self.json();
        let found = problem["errors"]
            .as_array()
            .is_some_and(|e| e.iter().any(|f| f["pointer"] == pointer && f["code"] == code));
        assert!(found, "no {code} at {pointer}: {problem}");
    }
}
