//! Pictures that people upload: told by their first bytes, never by what they claim to be.

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
