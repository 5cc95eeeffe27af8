//! One error for every operation, answered as problem+json (RFC 9457) in the reader's language.

use std::collections::HashMap;
use std::sync::LazyLock;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use dentpro_core::permissions::Permission;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use super::actor::RequestId;
use super::blob::BlobError;

/// What a handler answers.
pub type ApiResult<T> = Result<T, ApiError>;

/// A refusal or a failure, with a stable code that the web translates.
#[derive(Debug)]
pub struct ApiError(Box<Inner>);

#[derive(Debug)]
struct Inner {
    status: StatusCode,
    code: &'static str,
    fields: Vec<FieldError>,
    extensions: Map<String, Value>,
    retry_after: Option<u64>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// One thing that is wrong in a body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldError {
    /// JSON pointer of the field.
    pub pointer: String,
    /// Stable code, `capability.reason`.
    pub code: String,
    /// A sentence in the reader's language.
    pub detail: String,
}

/// The body of every error.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Problem {
    #[serde(rename = "type")]
    #[schema(rename = "type")]
    pub kind: String,
    pub title: String,
    pub status: u16,
    /// Stable code, `capability.reason`.
    pub code: String,
    pub detail: String,
    /// What is wrong where, for 422.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    pub request_id: String,
    #[serde(flatten)]
    #[schema(ignore)]
    pub extensions: Map<String, Value>,
}

impl ApiError {
    fn new(status: StatusCode, code: &'static str) -> Self {
        Self(Box::new(Inner {
            status,
            code,
            fields: Vec::new(),
            extensions: Map::new(),
            retry_after: None,
            source: None,
        }))
    }

    /// 400: the request cannot be read.
    pub fn malformed(code: &'static str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code)
    }

    /// 401: nobody is signed in.
    pub fn unauthenticated() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "identity.not_signed_in")
    }

    /// 401 with a reason of the sign-in.
    pub fn sign_in_refused(code: &'static str) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, code)
    }

    /// 403: signed in, but the permission is not held.
    pub fn forbidden(permission: Permission) -> Self {
        Self::new(StatusCode::FORBIDDEN, "identity.permission_missing")
            .with("permission", json!(permission.code()))
    }

    /// 403 with a reason of its own.
    pub fn refused(code: &'static str) -> Self {
        Self::new(StatusCode::FORBIDDEN, code)
    }

    /// 404: it is not there, or the reader may not know that it is.
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "request.not_found")
    }

    /// 409: a rule says no.
    pub fn conflict(code: &'static str) -> Self {
        Self::new(StatusCode::CONFLICT, code)
    }

    /// 412: somebody changed it meanwhile.
    pub fn stale() -> Self {
        Self::new(StatusCode::PRECONDITION_FAILED, "request.stale")
    }

    /// Another status with a code, for the extractors.
    pub fn with_status(status: StatusCode, code: &'static str) -> Self {
        Self::new(status, code)
    }

    /// 422: one field is wrong.
    pub fn invalid(pointer: impl Into<String>, code: &'static str) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "request.invalid").and_invalid(pointer, code)
    }

    /// 429: too many attempts.
    pub fn throttled(code: &'static str, retry_after_seconds: u64) -> Self {
        let mut error = Self::new(StatusCode::TOO_MANY_REQUESTS, code);
        error.0.retry_after = Some(retry_after_seconds);
        error
    }

    /// 503: try again in a moment.
    pub fn unavailable(code: &'static str) -> Self {
        let mut error = Self::new(StatusCode::SERVICE_UNAVAILABLE, code);
        error.0.retry_after = Some(2);
        error
    }

    /// 500: a fault of ours; the source is logged once and never sent.
    pub fn internal(source: Box<dyn std::error::Error + Send + Sync>) -> Self {
        let mut error = Self::new(StatusCode::INTERNAL_SERVER_ERROR, "request.internal");
        error.0.source = Some(source);
        error
    }

    /// What a failed COMMIT means: refused by a deferred constraint, or lost on the way.
    pub fn at_commit(source: sqlx::Error) -> Self {
        if source.as_database_error().is_some() && !is_outage(&source) {
            return Self::from(source);
        }
        let mut error = Self::unavailable("request.outcome_unknown");
        error.0.source = Some(Box::new(source));
        error
    }

    /// Names a further wrong field.
    #[must_use]
    pub fn and_invalid(mut self, pointer: impl Into<String>, code: &'static str) -> Self {
        self.0.fields.push(FieldError {
            pointer: pointer.into(),
            code: code.to_owned(),
            detail: String::new(),
        });
        self
    }

    /// Says the fields of one place at another, where a body names them otherwise.
    #[must_use]
    pub fn moved(mut self, from: &str, to: &str) -> Self {
        for field in &mut self.0.fields {
            if let Some(rest) = field.pointer.strip_prefix(from) {
                field.pointer = format!("{to}{rest}");
            }
        }
        self
    }

    /// Adds a member to the problem, such as the id of what stands in the way.
    #[must_use]
    pub fn with(mut self, member: &str, value: Value) -> Self {
        self.0.extensions.insert(member.to_owned(), value);
        self
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// The stable code.
    pub fn code(&self) -> &'static str {
        self.0.code
    }

    /// Whether PostgreSQL ended the transaction for the sake of another one: the same again may well succeed.
    pub fn lost_a_race(&self) -> bool {
        let source = self.0.source.as_ref().and_then(|s| s.downcast_ref::<sqlx::Error>());
        let code = source.and_then(|e| e.as_database_error()).and_then(|e| e.code());
        code.is_some_and(|code| code == "40001" || code == "40P01")
    }
}

/// For the command line, in English.
impl std::fmt::Display for ApiError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&sentence(self.0.code, Language::English))?;
        for field in &self.0.fields {
            write!(f, " {}", sentence(&field.code, Language::English))?;
        }
        Ok(())
    }
}

impl std::error::Error for ApiError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|e| e as &(dyn std::error::Error + 'static))
    }
}

fn is_outage(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed
        | sqlx::Error::Protocol(_) => true,
        sqlx::Error::Database(e) => {
            e.code().is_some_and(|c| c.starts_with("08") || c.starts_with("57P") || c == "53300")
        }
        _ => false,
    }
}

impl From<sqlx::Error> for ApiError {
    fn from(source: sqlx::Error) -> Self {
        let keep = |mut error: Self, source: sqlx::Error| {
            error.0.source = Some(Box::new(source));
            error
        };
        if is_outage(&source) {
            return keep(Self::unavailable("request.database_unavailable"), source);
        }
        let Some(database) = source.as_database_error() else {
            return Self::internal(Box::new(source));
        };
        let code = database.code().unwrap_or_default().into_owned();
        let constraint = database.constraint().unwrap_or_default().to_owned();
        match code.as_str() {
            "53100" => keep(Self::unavailable("request.disk_full"), source),
            "57014" | "55P03" | "40001" | "40P01" | "25P03" => {
                keep(Self::unavailable("request.busy"), source)
            }
            "23503" => {
                keep(Self::with_status(StatusCode::UNPROCESSABLE_ENTITY, "request.unknown_reference"), source)
            }
            "23505" if constraint.contains("_pkey") => keep(Self::conflict("request.id_exists"), source),
            "23001" if constraint.starts_with("visit_signed_stays") => Self::conflict("records.visit_signed"),
            "23001" if constraint.starts_with("invoice_issued_stays") => {
                Self::conflict("billing.invoice_issued")
            }
            "23001" if constraint.starts_with("perio_exam_closed_stays") => {
                Self::conflict("periodontal.exam_closed")
            }
            "23505" | "23514" | "23P01" | "23001" => keep(Self::conflict("request.rule_violated"), source),
            "22021" | "22P05" | "22001" | "22003" | "22007" | "22008" | "22P02" => {
                keep(Self::with_status(StatusCode::UNPROCESSABLE_ENTITY, "request.value_not_allowed"), source)
            }
            _ => Self::internal(Box::new(source)),
        }
    }
}

impl From<BlobError> for ApiError {
    fn from(source: BlobError) -> Self {
        match source {
            BlobError::DiskFull => Self::unavailable("request.disk_full"),
            BlobError::NotFound => Self::not_found(),
            BlobError::TooLarge { .. } => {
                Self::with_status(StatusCode::PAYLOAD_TOO_LARGE, "request.too_large")
            }
            source => Self::internal(Box::new(source)),
        }
    }
}

/// Translates a violated constraint, by the prefix of its name (a shard appends a number to it).
pub trait OnConstraint<T> {
    /// Answers `error` when the named constraint was violated.
    fn on_constraint(self, name: &str, error: impl FnOnce() -> ApiError) -> Result<T, ApiError>;
}

impl<T, E: Into<ApiError> + ConstraintName> OnConstraint<T> for Result<T, E> {
    fn on_constraint(self, name: &str, error: impl FnOnce() -> ApiError) -> Result<T, ApiError> {
        self.map_err(|e| if e.violates(name) { error() } else { e.into() })
    }
}

/// Knows the constraint that an error names.
pub trait ConstraintName {
    /// Whether it is the violation of the constraint of this name.
    fn violates(&self, name: &str) -> bool;
}

impl ConstraintName for sqlx::Error {
    fn violates(&self, name: &str) -> bool {
        self.as_database_error().and_then(|e| e.constraint()).is_some_and(|c| c.starts_with(name))
    }
}

impl ConstraintName for ApiError {
    fn violates(&self, name: &str) -> bool {
        self.0.source.as_ref().and_then(|s| s.downcast_ref::<sqlx::Error>()).is_some_and(|e| e.violates(name))
    }
}

/// Reader's languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    Arabic,
    English,
}

impl Language {
    /// The first of the two that `Accept-Language` names; English when it names neither.
    pub fn of(headers: &HeaderMap) -> Self {
        let wanted = headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        for tag in wanted.split(',') {
            let tag = tag.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
            if tag == "ar" || tag.starts_with("ar-") {
                return Self::Arabic;
            }
            if tag == "en" || tag.starts_with("en-") {
                return Self::English;
            }
        }
        Self::English
    }
}

#[derive(Debug, Deserialize)]
struct Sentence {
    en: String,
    ar: String,
}

/// Every code with its sentence in both languages; the web's `errors.json` files are generated from the same text.
static SENTENCES: LazyLock<HashMap<String, Sentence>> = LazyLock::new(|| {
    let mut all = HashMap::new();
    for text in ERROR_TEXTS {
        let part: HashMap<String, Sentence> =
            serde_json::from_str(text).expect("the error texts are valid JSON");
        all.extend(part);
    }
    all
});

/// The error texts, a file for each capability.
pub const ERROR_TEXTS: &[&str] = &[
    include_str!("../../data/errors/request.json"),
    include_str!("../../data/errors/identity.json"),
    include_str!("../../data/errors/clinic.json"),
    include_str!("../../data/errors/patients.json"),
    include_str!("../../data/errors/scheduling.json"),
    include_str!("../../data/errors/records.json"),
    include_str!("../../data/errors/charting.json"),
    include_str!("../../data/errors/periodontal.json"),
    include_str!("../../data/errors/planning.json"),
    include_str!("../../data/errors/billing.json"),
    include_str!("../../data/errors/notifications.json"),
    include_str!("../../data/errors/audit.json"),
];

fn sentence(code: &str, language: Language) -> String {
    match (SENTENCES.get(code), language) {
        (Some(s), Language::Arabic) => s.ar.clone(),
        (Some(s), Language::English) => s.en.clone(),
        (None, _) => code.to_owned(),
    }
}

fn title(status: StatusCode, language: Language) -> String {
    sentence(&format!("status.{}", status.as_u16()), language)
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let inner = *self.0;
        if let Some(source) = &inner.source {
            if inner.status.is_server_error() {
                tracing::error!(code = inner.code, error = %source, "request failed");
            } else {
                tracing::info!(code = inner.code, error = %source, "request refused by the database");
            }
        }
        let mut response = inner.status.into_response();
        if let Some(seconds) = inner.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        // The body is written by `render_problems`, which knows the reader's language.
        response.extensions_mut().insert(Pending {
            code: inner.code,
            fields: inner.fields,
            extensions: inner.extensions,
        });
        response
    }
}

#[derive(Clone, Debug)]
struct Pending {
    code: &'static str,
    fields: Vec<FieldError>,
    extensions: Map<String, Value>,
}

/// The layer that writes the body of every problem, in the language of `Accept-Language`.
pub async fn render_problems(request: Request, next: Next) -> Response {
    let language = Language::of(request.headers());
    let request_id = request.extensions().get::<RequestId>().map(|id| id.0.to_string()).unwrap_or_default();
    let mut response = next.run(request).await;
    let pending = response.extensions_mut().remove::<Pending>();
    let status = response.status();
    let pending = match pending {
        Some(pending) => pending,
        // What the router or a layer refused by itself, without a body of ours.
        None if status.is_client_error() || status.is_server_error() => {
            let has_body = response.headers().contains_key(header::CONTENT_TYPE);
            if has_body && !is_plain_text(&response) {
                return response;
            }
            Pending { code: code_of_status(status), fields: Vec::new(), extensions: Map::new() }
        }
        None => return response,
    };
    let problem = Problem {
        kind: "about:blank".to_owned(),
        title: title(status, language),
        status: status.as_u16(),
        code: pending.code.to_owned(),
        detail: sentence(pending.code, language),
        errors: pending
            .fields
            .into_iter()
            .map(|mut f| {
                f.detail = sentence(&f.code, language);
                f
            })
            .collect(),
        request_id,
        extensions: pending.extensions,
    };
    let (mut parts, _) = response.into_parts();
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    parts.headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    parts.headers.remove(header::CONTENT_LENGTH);
    let bytes = serde_json::to_vec(&problem).unwrap_or_default();
    Response::from_parts(parts, Body::from(bytes))
}

fn is_plain_text(response: &Response) -> bool {
    response
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|v| v.starts_with("text/plain"))
}

fn code_of_status(status: StatusCode) -> &'static str {
    match status.as_u16() {
        403 => "request.cross_origin",
        404 => "request.not_found",
        405 => "request.method_not_allowed",
        413 => "request.too_large",
        415 => "request.media_type",
        408 => "request.timeout",
        400..500 => "request.malformed",
        503 => "request.database_unavailable",
        _ => "request.internal",
    }
}

/// Whether a code has its sentences; for the test that reads every code in the source.
pub fn has_sentence(code: &str) -> bool {
    SENTENCES.contains_key(code)
}
