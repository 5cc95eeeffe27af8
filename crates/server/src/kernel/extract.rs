//! Our own extractors: what cannot be read is refused as a problem, with the place that is wrong.
#![allow(clippy::disallowed_types, reason = "what the extractors of axum refuse becomes a problem here")]

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::error::ApiError;

/// Bytes a JSON body has at most.
pub const MAX_JSON_BYTES: usize = 1024 * 1024;

/// A JSON body; unknown fields are refused by the type's `deny_unknown_fields`.
#[derive(Debug)]
pub struct Body<T> {
    /// What was sent.
    pub value: T,
    /// SHA-256 of its bytes, for idempotency.
    pub hash: [u8; 32],
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let is_json = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|v| v.to_str().ok())
            .map(|v| v.split(';').next().unwrap_or_default().trim().to_ascii_lowercase())
            .is_some_and(|v| v == "application/json" || v == "application/merge-patch+json");
        if !is_json {
            return Err(ApiError::with_status(StatusCode::UNSUPPORTED_MEDIA_TYPE, "request.media_type"));
        }
        let bytes = read_bytes(request, state, MAX_JSON_BYTES).await?;
        let value = parse_json(&bytes)?;
        Ok(Self { value, hash: Sha256::digest(&bytes).into() })
    }
}

/// A body that may be left out altogether: `None` without a content type.
impl<T: DeserializeOwned, S: Send + Sync> axum::extract::OptionalFromRequest<S> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Option<Self>, ApiError> {
        if !request.headers().contains_key(header::CONTENT_TYPE) {
            return Ok(None);
        }
        <Self as FromRequest<S>>::from_request(request, state).await.map(Some)
    }
}

fn parse_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ApiError> {
    // Every body is an object. Serde would also fill a struct from a list, and an empty one into any PATCH.
    if bytes.trim_ascii_start().starts_with(b"[") {
        return Err(ApiError::invalid("", "request.wrong_type"));
    }
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value: T = serde_path_to_error::deserialize(&mut deserializer).map_err(|e| {
        if !matches!(e.inner().classify(), serde_json::error::Category::Data) {
            return ApiError::malformed("request.malformed_json");
        }
        let pointer = pointer_of(e.path());
        let text = e.inner().to_string();
        if text.starts_with("unknown field") {
            ApiError::invalid(pointer, "request.unknown_field").with("message", text.into())
        } else if text.starts_with("missing field") {
            let field = text.split('`').nth(1).unwrap_or_default();
            ApiError::invalid(format!("{}/{field}", pointer.trim_end_matches('/')), "request.required")
        } else {
            ApiError::invalid(pointer, "request.wrong_type").with("message", text.into())
        }
    })?;
    deserializer.end().map_err(|_| ApiError::malformed("request.malformed_json"))?;
    Ok(value)
}

fn pointer_of(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter()
        .map(|segment| match segment {
            Segment::Seq { index } => format!("/{index}"),
            Segment::Map { key } => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
            Segment::Enum { variant } => format!("/{variant}"),
            Segment::Unknown => String::new(),
        })
        .collect()
}

/// A body that is not JSON (a picture, a CSV file), refused above `MAX` bytes.
#[derive(Debug)]
pub struct Upload<const MAX: usize> {
    /// The bytes.
    pub bytes: Bytes,
    /// The declared content type without parameters, lower case.
    pub content_type: String,
}

impl<const MAX: usize, S: Send + Sync> FromRequest<S> for Upload<MAX> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let content_type = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|v| v.to_str().ok())
            .map(|v| v.split(';').next().unwrap_or_default().trim().to_ascii_lowercase())
            .unwrap_or_default();
        let bytes = read_bytes(request, state, MAX).await?;
        Ok(Self { bytes, content_type })
    }
}

async fn read_bytes<S: Send + Sync>(mut request: Request, state: &S, max: usize) -> Result<Bytes, ApiError> {
    let too_large = || ApiError::with_status(StatusCode::PAYLOAD_TOO_LARGE, "request.too_large");
    let declared =
        request.headers().get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse::<usize>().ok());
    if declared.is_some_and(|n| n > max) {
        return Err(too_large());
    }
    axum::extract::DefaultBodyLimit::max(max).apply(&mut request);
    Bytes::from_request(request, state).await.map_err(|e| {
        if e.status() == StatusCode::PAYLOAD_TOO_LARGE {
            too_large()
        } else {
            ApiError::malformed("request.malformed")
        }
    })
}

/// Path parameters; what is not of the type is not there (404).
#[derive(Debug)]
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        axum::extract::Path::<T>::from_request_parts(parts, state)
            .await
            .map(|p| Self(p.0))
            .map_err(|_| ApiError::not_found())
    }
}

/// Query parameters; unknown names are refused by the type's `deny_unknown_fields`.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        axum::extract::Query::<T>::from_request_parts(parts, state).await.map(|q| Self(q.0)).map_err(|e| {
            ApiError::with_status(StatusCode::UNPROCESSABLE_ENTITY, "request.query_invalid")
                .with("message", e.body_text().into())
        })
    }
}

/// The version an update was made on: `If-Match: "3"`. 428 without it.
#[derive(Clone, Copy, Debug)]
pub struct IfMatch(pub i32);

fn if_match(parts: &Parts) -> Result<Option<i32>, ApiError> {
    let Some(value) = parts.headers.get(header::IF_MATCH) else { return Ok(None) };
    let text = value.to_str().unwrap_or_default().trim();
    let text = text.strip_prefix("W/").unwrap_or(text).trim_matches('"');
    text.parse().map(Some).map_err(|_| ApiError::malformed("request.if_match_malformed"))
}

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        if_match(parts)?.map(Self).ok_or_else(|| {
            ApiError::with_status(StatusCode::PRECONDITION_REQUIRED, "request.if_match_required")
        })
    }
}

impl<S: Send + Sync> axum::extract::OptionalFromRequestParts<S> for IfMatch {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Self>, ApiError> {
        Ok(if_match(parts)?.map(Self))
    }
}
