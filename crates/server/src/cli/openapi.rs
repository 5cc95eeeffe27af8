//! `dentpro openapi`

use std::process::ExitCode;

use super::Failure;

/// Prints the document as JSON.
pub fn run() -> Result<ExitCode, Failure> {
    println!("{}", crate::app::openapi().to_pretty_json()?);
    Ok(ExitCode::SUCCESS)
}
