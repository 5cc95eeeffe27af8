//! `dentpro serve`

use std::process::ExitCode;

use super::Failure;
use super::database::{Database, data_directory};
use crate::kernel::clock::Clock;
use crate::kernel::config::Config;
use crate::kernel::db::Db;
use crate::kernel::{accept_loop, migrate};
use crate::server::Server;
use crate::slices::identity;

/// Migrates, serves until SIGTERM or Ctrl-C, then stops cleanly.
pub async fn run(config: Config) -> Result<ExitCode, Failure> {
    let shutdown = accept_loop::shutdown_on_signals()?;
    let database = Database::own(&config).await?;
    migrate::run(&database.owner).await?;
    let db = Db::connect(database.owner.clone()).await?;
    if let Some(code) = identity::ensure_setup_code(&db, &Clock::system()).await? {
        let url = config.public_url.as_str().trim_end_matches('/');
        println!("No clinic is set up yet. Open {url}/setup and enter this code: {code}");
    }
    let server = Server::bind(&config, &data_directory(&config), db, false).await?;
    println!("DentPro listens on {}", server.address());
    server.run(shutdown).await;
    database.close().await?;
    Ok(ExitCode::SUCCESS)
}
