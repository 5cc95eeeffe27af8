//! Text that people typed, checked the same way everywhere.

use dentpro_core::text::{TextError, sanitize_typed};

use super::error::ApiError;

fn code(error: &TextError) -> &'static str {
    match error {
        TextError::TooLong { .. } => "request.too_long",
        _ => "request.text_not_allowed",
    }
}

/// One line, trimmed; may be empty.
pub fn line(text: &str, pointer: &str, max: usize) -> Result<String, ApiError> {
    sanitize_typed(text, max, false).map_err(|e| ApiError::invalid(pointer, code(&e)))
}

/// One line that is not empty.
pub fn required_line(text: &str, pointer: &str, max: usize) -> Result<String, ApiError> {
    let text = line(text, pointer, max)?;
    if text.is_empty() { Err(ApiError::invalid(pointer, "request.required")) } else { Ok(text) }
}

/// One line or nothing; an empty one is nothing.
pub fn optional_line(text: Option<String>, pointer: &str, max: usize) -> Result<Option<String>, ApiError> {
    let Some(text) = text else { return Ok(None) };
    Ok(Some(line(&text, pointer, max)?).filter(|t| !t.is_empty()))
}

/// Several lines; may be empty.
pub fn paragraphs(text: &str, pointer: &str, max: usize) -> Result<String, ApiError> {
    sanitize_typed(text, max, true).map_err(|e| ApiError::invalid(pointer, code(&e)))
}

/// Several lines or nothing.
pub fn optional_paragraphs(
    text: Option<String>,
    pointer: &str,
    max: usize,
) -> Result<Option<String>, ApiError> {
    let Some(text) = text else { return Ok(None) };
    Ok(Some(paragraphs(&text, pointer, max)?).filter(|t| !t.is_empty()))
}

/// A name in two languages, of which one is enough.
pub fn names(name_ar: &str, name_en: &str, max: usize) -> Result<(String, String), ApiError> {
    let names = (line(name_ar, "/name_ar", max)?, line(name_en, "/name_en", max)?);
    if names.0.is_empty() && names.1.is_empty() {
        return Err(
            ApiError::invalid("/name_ar", "request.required").and_invalid("/name_en", "request.required")
        );
    }
    Ok(names)
}
