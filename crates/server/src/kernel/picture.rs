//! Pictures that people upload: told by their first bytes, never by what they claim to be.

use axum::http::{HeaderName, header};
use axum::response::IntoResponse;
use uuid::Uuid;

use super::blob::{BlobDigest, BlobStore};
use super::error::ApiError;

/// Bytes a picture has at most.
pub const MAX_BYTES: usize = 2 * 1024 * 1024;

/// The content type of a PNG or JPEG file; `None` for everything else, SVG and HTML among it.
pub fn kind(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some("image/png")
    } else if bytes.starts_with(b"\xff\xd8\xff") {
        Some("image/jpeg")
    } else {
        None
    }
}

/// The answer with a stored picture. Nothing in it is ever run, whatever it holds.
pub async fn show(
    blobs: &BlobStore,
    clinic: Uuid,
    blob: &str,
    kind: String,
) -> Result<impl IntoResponse + use<>, ApiError> {
    let digest: BlobDigest = blob.parse().map_err(|e: hex::FromHexError| ApiError::internal(e.into()))?;
    let bytes = blobs.read(clinic, digest).await?;
    Ok((headers(kind), bytes))
}

fn headers(kind: String) -> [(HeaderName, String); 4] {
    [
        (header::CONTENT_TYPE, kind),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox".to_owned()),
        (header::CACHE_CONTROL, "private, max-age=86400".to_owned()),
    ]
}
