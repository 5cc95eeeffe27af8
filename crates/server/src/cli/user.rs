//! `dentpro user create | reset-password`: for whoever has the machine, when nobody can sign in any more.

use std::io::{BufRead, IsTerminal};
use std::process::ExitCode;

use clap::Subcommand;
use uuid::Uuid;

use super::Failure;
use super::database::Database;
use crate::flows::create_user::{NewUser, create_user};
use crate::kernel::clock::Clock;
use crate::kernel::config::Config;
use crate::kernel::db::Db;
use crate::kernel::migrate;
use crate::slices::identity;

/// What can be done with accounts.
#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Make an account and put it into a clinic; the password is read from standard input
    Create {
        /// The e-mail to sign in with
        #[arg(long)]
        email: String,
        /// The name to show
        #[arg(long)]
        name: String,
        /// admin, doctor, assistant or receptionist
        #[arg(long)]
        role: String,
        /// The clinic, when there are several
        #[arg(long)]
        clinic: Option<Uuid>,
    },
    /// Give an account a new password, read from standard input; its sessions end
    ResetPassword {
        /// The e-mail it signs in with
        #[arg(long)]
        email: String,
    },
}

/// Runs one of them.
pub async fn run(config: Config, command: UserCommand) -> Result<ExitCode, Failure> {
    let password = read_password()?;
    let database = Database::join(&config).await?;
    migrate::run(&database.owner).await?;
    let db = Db::connect(database.owner.clone()).await?;
    let clock = Clock::system();
    match command {
        UserCommand::Create { email, name, role, clinic } => {
            let new = NewUser { email: &email, name: &name, role: &role, clinic, password: &password };
            create_user(&db, &clock, &new).await?;
            println!("{email} can sign in as {role}.");
        }
        UserCommand::ResetPassword { email } => {
            identity::reset_password(&db, &clock, &email, &password).await?;
            println!("{email} has a new password; all its sessions have ended.");
        }
    }
    drop(db);
    database.close().await?;
    Ok(ExitCode::SUCCESS)
}

fn read_password() -> Result<String, Failure> {
    let stdin = std::io::stdin();
    if stdin.is_terminal() {
        eprintln!("Type the new password and press Enter (it is shown while you type):");
    }
    let mut line = String::new();
    stdin.lock().read_line(&mut line)?;
    let password = line.trim_end_matches(['\r', '\n']).to_owned();
    if password.is_empty() { Err("no password was given".into()) } else { Ok(password) }
}
