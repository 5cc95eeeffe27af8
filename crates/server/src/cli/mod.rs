//! The command line of `dentpro`.

mod audit;
mod database;
mod demo;
mod doctor;
mod migrate;
mod openapi;
mod serve;
mod user;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::kernel::config::{Config, ConfigFlags};
use crate::kernel::telemetry;

pub use database::data_directory;

/// What a command ends with when it fails.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// DentPro: everything a dental clinic does, in one program over PostgreSQL.
#[derive(Debug, Parser)]
#[command(name = "dentpro", version, propagate_version = true)]
struct Arguments {
    #[command(flatten)]
    config: ConfigFlags,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the clinic: the web app and the API
    Serve,
    /// Serve a made-up clinic full of data, on this machine only
    Demo(demo::DemoArguments),
    /// Bring the database up to this version
    Migrate,
    /// Make an account, or give one a new password
    #[command(subcommand)]
    User(user::UserCommand),
    /// The activity log
    #[command(subcommand)]
    Audit(audit::AuditCommand),
    /// Say what is wrong with this installation
    Doctor,
    /// Print the description of the API (OpenAPI 3.1)
    Openapi,
}

/// Parses the arguments and runs the command.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    match execute(arguments) {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("dentpro: {failure}");
            let mut source = failure.source();
            while let Some(cause) = source {
                eprintln!("  because: {cause}");
                source = cause.source();
            }
            ExitCode::FAILURE
        }
    }
}

fn execute(arguments: Arguments) -> Result<ExitCode, Failure> {
    if matches!(arguments.command, Command::Openapi) {
        return openapi::run();
    }
    let config = Config::load(&arguments.config)?;
    // Commands speak on standard output; their log is for what goes wrong.
    let filter = match arguments.command {
        Command::Serve | Command::Demo(_) => config.log_filter.as_str(),
        _ => "warn",
    };
    telemetry::init_logging(config.log_format, filter);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        match arguments.command {
            Command::Serve => serve::run(config).await,
            Command::Demo(demo) => demo::run(config, demo).await,
            Command::Migrate => migrate::run(config).await,
            Command::User(command) => user::run(config, command).await,
            Command::Audit(command) => audit::run(config, command).await,
            Command::Doctor => doctor::run(config).await,
            Command::Openapi => openapi::run(),
        }
    })
}
