//! `dentpro migrate`

use std::process::ExitCode;

use super::Failure;
use super::database::Database;
use crate::kernel::config::Config;
use crate::kernel::migrate;

/// Applies what is missing and says how much that was.
pub async fn run(config: Config) -> Result<ExitCode, Failure> {
    let database = Database::join(&config).await?;
    let applied = migrate::run(&database.owner).await?;
    println!("{applied} migrations applied; the database is up to date.");
    database.close().await?;
    Ok(ExitCode::SUCCESS)
}
