//! Teeth, surfaces and days as they come in a body, refused with the place that is wrong.

use dentpro_core::teeth::{Surface, TeethError, Tooth};
use dentpro_core::time::{LocalTimeError, parse_date};
use jiff::civil::Date;

use super::error::ApiError;

/// A tooth by its FDI code.
pub fn tooth(text: &str, pointer: &str) -> Result<Tooth, ApiError> {
    text.parse().map_err(|e: TeethError| ApiError::invalid(pointer, e.code()))
}

/// Teeth by their FDI codes; what is wrong with one is said at its place in the list.
pub fn teeth(list: &[String], pointer: &str) -> Result<Vec<Tooth>, ApiError> {
    list.iter().enumerate().map(|(index, text)| tooth(text, &format!("{pointer}/{index}"))).collect()
}

/// Surfaces by the letters that are stored, each once.
pub fn surfaces(list: &[String], pointer: &str) -> Result<Vec<Surface>, ApiError> {
    let mut surfaces = Vec::new();
    for (index, text) in list.iter().enumerate() {
        let wrong = |e: TeethError| ApiError::invalid(format!("{pointer}/{index}"), e.code());
        let mut letters = text.chars();
        let surface = match (letters.next(), letters.next()) {
            (Some(letter), None) => Surface::try_from(letter).map_err(wrong)?,
            (letter, _) => return Err(wrong(TeethError::UnknownSurface(letter.unwrap_or(' ')))),
        };
        if surfaces.contains(&surface) {
            return Err(wrong(TeethError::SurfaceRepeated(surface)));
        }
        surfaces.push(surface);
    }
    surfaces.sort_unstable();
    Ok(surfaces)
}

/// A day, `YYYY-MM-DD`, between the years 1900 and 2200.
pub fn day(text: &str, pointer: &str) -> Result<Date, ApiError> {
    parse_date(text).map_err(|e| match e {
        LocalTimeError::OutOfRange => ApiError::invalid(pointer, "request.date_out_of_range"),
        _ => ApiError::invalid(pointer, "request.wrong_type"),
    })
}
