//! `dentpro demo`

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::Args;

use super::Failure;
use super::database::{Database, data_directory};
use crate::demo::{self, ACCOUNTS, DemoOutcome, PASSWORD, Scale};
use crate::kernel::clock::Clock;
use crate::kernel::config::Config;
use crate::kernel::db::Db;
use crate::kernel::{accept_loop, migrate};
use crate::server::Server;

/// Where the demo keeps its data when nothing is said.
const DEFAULT_DATA: &str = "/var/tmp/dentpro-demo";

/// What the demo can be told.
#[derive(Debug, Args)]
pub struct DemoArguments {
    /// How much data: a clinic's half year, or 50,000 patients
    #[arg(long, value_enum, default_value = "small")]
    scale: Scale,
}

/// Loads the made-up clinic once, and serves it on loopback.
pub async fn run(mut config: Config, arguments: DemoArguments) -> Result<ExitCode, Failure> {
    if !config.listen.ip().is_loopback() {
        return Err(format!(
            "the demo listens on this machine only, and {} is not a loopback address: its passwords are public",
            config.listen
        )
        .into());
    }
    if config.data.is_none() && config.database_url.is_none() {
        config.data = Some(PathBuf::from(DEFAULT_DATA));
    }
    let shutdown = accept_loop::shutdown_on_signals()?;
    let database = Database::own(&config).await?;
    migrate::run(&database.owner).await?;
    let began = Instant::now();
    match demo::load(&database.owner, &Clock::system(), arguments.scale).await? {
        DemoOutcome::Loaded(report) => println!("{report} in {:.1} s", began.elapsed().as_secs_f64()),
        DemoOutcome::AlreadyLoaded => {
            println!("The demo clinic is there already; it is served as it was left.")
        }
    }
    let db = Db::connect(database.owner.clone()).await?;
    let server = Server::bind(&config, &data_directory(&config), db, true).await?;
    println!("DentPro's demo: http://{}", server.address());
    for account in ACCOUNTS {
        println!("  {:<13} {:<26} {PASSWORD}", account.role, account.email);
    }
    server.run(shutdown).await;
    database.close().await?;
    Ok(ExitCode::SUCCESS)
}
