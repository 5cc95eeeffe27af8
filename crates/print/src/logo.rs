//! The clinic's logo: looked at before it is printed, so that a damaged or huge picture is refused with a reason.

use std::io::Cursor;

use image::{ImageFormat, ImageReader};

use crate::PrintError;

/// Enough for a letterhead at 600 dots an inch, and at most 64 MB when decoded.
const MOST_PIXELS: u64 = 16_000_000;

/// The file's name for the template, by its real format and not by what it was uploaded as.
pub(crate) fn file_name(picture: &[u8]) -> Result<&'static str, PrintError> {
    let reader = ImageReader::new(Cursor::new(picture))
        .with_guessed_format()
        .map_err(|error| PrintError::Logo(error.to_string()))?;
    let name = match reader.format() {
        Some(ImageFormat::Png) => "logo.png",
        Some(ImageFormat::Jpeg) => "logo.jpg",
        _ => return Err(PrintError::Logo("it is neither PNG nor JPEG".to_owned())),
    };
    let (width, height) = reader.into_dimensions().map_err(|error| PrintError::Logo(error.to_string()))?;
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(PrintError::Logo(format!("{width} × {height} pixels are too many")));
    }
    Ok(name)
}
