//! `dentpro audit verify`

use std::process::ExitCode;

use clap::Subcommand;
use uuid::Uuid;

use super::Failure;
use super::database::{Database, data_directory};
use crate::kernel::audit_heads::HeadsFile;
use crate::kernel::audit_seal;
use crate::kernel::config::Config;
use crate::kernel::db::Db;

/// What can be done with the activity log.
#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// Check the chain of every clinic and name the first entry that was changed, removed, inserted or reordered
    Verify,
}

/// Checks every chain, inside the database and against the heads kept outside it.
pub async fn run(config: Config, command: AuditCommand) -> Result<ExitCode, Failure> {
    let AuditCommand::Verify = command;
    let database = Database::join(&config).await?;
    let db = Db::connect(database.owner.clone()).await?;
    audit_seal::seal_all(&db).await?;
    let mut broken = 0;
    let kept = HeadsFile::in_directory(&data_directory(&config));
    for (head, found) in audit_seal::verify_all(&db, &kept).await? {
        let name = clinic_name(head.clinic);
        match found {
            None => println!("{name}: {} entries, the chain holds ({})", head.length, short(&head.hash)),
            Some(b) => {
                broken += 1;
                let place = b.seq.map(|s| format!(" at place {s}")).unwrap_or_default();
                let entry = b.entry.map(|e| format!(", entry {e}")).unwrap_or_default();
                println!("{name}: NOT INTACT: {}{place}{entry}", told(&b.problem));
            }
        }
    }
    drop(db);
    database.close().await?;
    Ok(if broken == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn told(problem: &str) -> String {
    match problem {
        "cut" => "the chain is shorter than the head that was kept".to_owned(),
        "rewritten" => "the chain is another one than the head that was kept".to_owned(),
        other => format!("an entry was {other}"),
    }
}

fn clinic_name(clinic: Uuid) -> String {
    if clinic.is_nil() { "installation".to_owned() } else { format!("clinic {clinic}") }
}

fn short(hash: &[u8]) -> String {
    hex::encode(&hash[..hash.len().min(8)])
}
