//! Catalogues as CSV: read by the names of the columns, all lines or none; written so that no cell is a formula.

use std::collections::HashMap;

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use dentpro_core::text::csv_safe;

use super::api::catalogue::ImportError;
use crate::kernel::error::ApiError;

/// Bytes a file has at most.
pub const MAX_BYTES: usize = 2 * 1024 * 1024;

/// A line of a file by column.
#[derive(Debug)]
pub struct Line {
    /// The header is line 1.
    pub number: u64,
    cells: HashMap<String, String>,
}

impl Line {
    /// The cell of a column, empty when it is not there; the apostrophe that export puts before a sign is taken off.
    pub fn cell(&self, column: &str) -> &str {
        let cell = self.cells.get(column).map_or("", |c| c.trim());
        match cell.strip_prefix('\'') {
            Some(rest) if csv_safe(rest) != rest => rest,
            _ => cell,
        }
    }

    /// The cell, or nothing when it is empty.
    pub fn optional(&self, column: &str) -> Option<String> {
        Some(self.cell(column)).filter(|c| !c.is_empty()).map(str::to_owned)
    }

    /// The parts of a cell between semicolons.
    pub fn list(&self, column: &str) -> Vec<String> {
        self.cell(column).split(';').map(str::trim).filter(|p| !p.is_empty()).map(str::to_owned).collect()
    }

    /// An error of this line.
    pub fn error(&self, column: &str, code: &str) -> ImportError {
        ImportError { line: self.number, column: Some(column.to_owned()), code: code.to_owned() }
    }
}

/// Reads a file whose first line names the columns.
pub fn read(bytes: &[u8], needed: &[&str]) -> Result<Vec<Line>, ApiError> {
    let text = std::str::from_utf8(bytes).map_err(|_| ApiError::malformed("clinic.csv_not_utf8"))?;
    let mut reader =
        csv::ReaderBuilder::new().flexible(false).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let header = reader.headers().map_err(|_| ApiError::malformed("clinic.csv_malformed"))?.clone();
    if needed.iter().any(|n| !header.iter().any(|h| h.trim() == *n)) {
        return Err(ApiError::malformed("clinic.csv_columns_missing").with("columns", needed.into()));
    }
    let mut lines = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|_| ApiError::malformed("clinic.csv_malformed"))?;
        let number = record.position().map_or(0, csv::Position::line);
        let cells =
            header.iter().map(|h| h.trim().to_owned()).zip(record.iter().map(str::to_owned)).collect();
        lines.push(Line { number, cells });
    }
    Ok(lines)
}

/// Writes a file to be downloaded.
pub fn download(
    name: &str,
    header: &[&str],
    rows: impl Iterator<Item = Vec<String>>,
) -> Result<Response, ApiError> {
    let failed = |e: csv::Error| ApiError::internal(Box::new(e));
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(header).map_err(failed)?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| csv_safe(cell).into_owned())).map_err(failed)?;
    }
    let body = writer.into_inner().map_err(|e| ApiError::internal(e.to_string().into()))?;
    let disposition = format!("attachment; filename=\"{name}\"");
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    Ok((StatusCode::OK, headers, body).into_response())
}
