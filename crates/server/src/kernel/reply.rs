//! Answers: a body with its status, version tag and place.
#![allow(clippy::disallowed_types, reason = "JSON is only written here, not read")]

use axum::Json;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::Value;

/// An answer with a body.
#[derive(Debug)]
pub struct Reply<T> {
    status: StatusCode,
    body: Payload<T>,
    version: Option<i32>,
    location: Option<String>,
}

#[derive(Debug)]
enum Payload<T> {
    Fresh(T),
    Replayed(Value),
}

impl<T> Reply<T> {
    /// 200.
    pub fn ok(body: T) -> Self {
        Self { status: StatusCode::OK, body: Payload::Fresh(body), version: None, location: None }
    }

    /// Another status.
    pub fn with_status(status: StatusCode, body: T) -> Self {
        Self { status, ..Self::ok(body) }
    }

    /// 201 at a place below `/api/v1`.
    pub fn created(body: T, location: impl AsRef<str>) -> Self {
        let location = Some(format!("/api/v1{}", location.as_ref()));
        Self { status: StatusCode::CREATED, body: Payload::Fresh(body), version: None, location }
    }

    /// The stored answer of an earlier request with the same key.
    pub fn replayed(status: StatusCode, body: Value) -> Self {
        Self { status, body: Payload::Replayed(body), version: None, location: None }
    }

    /// The version for `ETag`.
    #[must_use]
    pub fn version(mut self, version: i32) -> Self {
        self.version = Some(version);
        self
    }

    /// The status, for what is stored under an idempotency key.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The body that was made afresh.
    pub fn fresh(&self) -> Option<&T> {
        match &self.body {
            Payload::Fresh(body) => Some(body),
            Payload::Replayed(_) => None,
        }
    }
}

impl<T: Serialize> IntoResponse for Reply<T> {
    fn into_response(self) -> Response {
        let replayed = matches!(self.body, Payload::Replayed(_));
        let mut response = match self.body {
            Payload::Fresh(body) => (self.status, Json(body)).into_response(),
            Payload::Replayed(body) => (self.status, Json(body)).into_response(),
        };
        let headers = response.headers_mut();
        if let Some(version) = self.version
            && let Ok(tag) = HeaderValue::from_str(&format!("\"{version}\""))
        {
            headers.insert(header::ETAG, tag);
        }
        if let Some(location) = self.location.and_then(|l| HeaderValue::from_str(&l).ok()) {
            headers.insert(header::LOCATION, location);
        }
        if replayed {
            headers.insert(HeaderName::from_static("idempotent-replayed"), HeaderValue::from_static("true"));
        }
        response
    }
}
