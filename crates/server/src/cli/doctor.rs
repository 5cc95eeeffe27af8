//! `dentpro doctor`: says what is wrong with this installation.

use std::path::Path;
use std::process::ExitCode;

use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection};

use super::Failure;
use super::database::{Database, data_directory};
use crate::kernel::audit_heads::HeadsFile;
use crate::kernel::blob::BlobStore;
use crate::kernel::config::Config;
use crate::kernel::{audit_seal, db::Db, migrate, spa};

/// The oldest PostgreSQL the product runs on.
const OLDEST_POSTGRES: i32 = 150_000;

/// Checks one thing after another and prints a line for each.
pub async fn run(config: Config) -> Result<ExitCode, Failure> {
    let mut report = Report::default();
    report.line(true, &format!("dentpro {}", env!("CARGO_PKG_VERSION")), "");
    report.line(spa::is_built(), "the web app is in the binary", "build it with `make build`");
    if config.smtp.is_none() {
        println!(
            "  -   mail is not set up: hand invitation links over yourself, or add [smtp] to the settings"
        );
    }
    let free = BlobStore::new(&data_directory(&config)).free_bytes().unwrap_or(0) / (1024 * 1024);
    report.line(
        free >= 1024,
        &format!("{free} MiB free on the disk"),
        "free some space: below 200 MiB nothing is accepted",
    );
    let zones = jiff::tz::db().available().count();
    report.line(
        zones > 300,
        &format!("time zone data: {zones} zones"),
        "the bundled time zone data is incomplete",
    );
    match Database::join(&config).await {
        Err(e) => report.line(false, "the database answers", &e.to_string()),
        Ok(database) => {
            report.line(true, "the database answers", "");
            if let Err(e) = check_database(&database.owner, &data_directory(&config), &mut report).await {
                report.line(false, "the database can be examined", &e.to_string());
            }
            database.close().await?;
        }
    }
    println!("{}", if report.wrong == 0 { "Nothing is wrong." } else { "See the lines marked with !." });
    Ok(if report.wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

#[derive(Debug, Default)]
struct Report {
    wrong: usize,
}

impl Report {
    fn line(&mut self, good: bool, what: &str, remedy: &str) {
        if good {
            println!("  ok  {what}");
        } else {
            self.wrong += 1;
            println!("  !   not so: {what} – {remedy}");
        }
    }
}

#[allow(clippy::disallowed_methods, reason = "catalog queries of the server, not of the schema")]
async fn check_database(owner: &PgConnectOptions, data: &Path, report: &mut Report) -> Result<(), Failure> {
    let mut connection = owner.clone().connect().await?;
    let version: i32 = sqlx::query_scalar("select current_setting('server_version_num')::int")
        .fetch_one(&mut connection)
        .await?;
    report.line(
        version >= OLDEST_POSTGRES,
        &format!("PostgreSQL {}", version / 10_000),
        "use PostgreSQL 15 or later",
    );
    let bypasses: bool =
        sqlx::query_scalar("select rolsuper or rolbypassrls from pg_roles where rolname = current_user")
            .fetch_one(&mut connection)
            .await?;
    report.line(
        bypasses,
        "the owner may see all clinics",
        "the role of --database-url needs BYPASSRLS: search and the audit chain work through it",
    );
    let checksums: String = sqlx::query_scalar("show data_checksums").fetch_one(&mut connection).await?;
    report.line(
        checksums == "on",
        "data checksums are on",
        "turn them on with pg_checksums while PostgreSQL is stopped",
    );
    let durable: String = sqlx::query_scalar("show fsync").fetch_one(&mut connection).await?;
    report.line(durable == "on", "fsync is on", "without fsync a power cut loses data");
    connection.close().await?;
    let missing = migrate::missing(owner).await?;
    report.line(
        missing == 0,
        "the schema is of this version",
        &format!("run `dentpro migrate` ({missing} missing)"),
    );
    if missing == 0 {
        let db = Db::connect(owner.clone()).await?;
        let chains = audit_seal::verify_all(&db, &HeadsFile::in_directory(data)).await?;
        let broken = chains.iter().filter(|(_, found)| found.is_some()).count();
        report.line(
            broken == 0,
            "the activity log is intact",
            "run `dentpro audit verify` to see where it is not",
        );
    }
    Ok(())
}
