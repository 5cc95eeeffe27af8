//! The database a command works on: an own PostgreSQL in the data directory, or one that is given.

use std::path::{Path, PathBuf};

use sqlx::postgres::PgConnectOptions;

use super::Failure;
use crate::kernel::config::Config;
use crate::kernel::embedded_postgres::EmbeddedPostgres;

/// The name of the database inside an own cluster.
const NAME: &str = "dentpro";

/// An open database.
#[derive(Debug)]
pub struct Database {
    /// How the owner of the schema connects.
    pub owner: PgConnectOptions,
    embedded: Option<EmbeddedPostgres>,
}

/// Where files and the heads of the audit chains are kept.
pub fn data_directory(config: &Config) -> PathBuf {
    config.data.clone().unwrap_or_else(|| Path::new("dentpro-data").to_owned())
}

impl Database {
    /// Takes the data directory for a server: refused while another one has it.
    pub async fn own(config: &Config) -> Result<Self, Failure> {
        match &config.database_url {
            Some(url) => Ok(Self { owner: url.expose().parse()?, embedded: None }),
            None => Self::embedded(EmbeddedPostgres::start(directory(config)?).await?).await,
        }
    }

    /// Joins a running server's database, or starts it for the time of a command.
    pub async fn join(config: &Config) -> Result<Self, Failure> {
        match &config.database_url {
            Some(url) => Ok(Self { owner: url.expose().parse()?, embedded: None }),
            None => Self::embedded(EmbeddedPostgres::attach_or_start(directory(config)?).await?).await,
        }
    }

    async fn embedded(cluster: EmbeddedPostgres) -> Result<Self, Failure> {
        cluster.ensure_database(NAME).await?;
        Ok(Self { owner: cluster.connect_options(NAME), embedded: Some(cluster) })
    }

    /// Stops the own PostgreSQL if this process started it.
    pub async fn close(self) -> Result<(), Failure> {
        if let Some(cluster) = self.embedded {
            cluster.stop().await?;
        }
        Ok(())
    }
}

fn directory(config: &Config) -> Result<&Path, Failure> {
    config.data.as_deref().ok_or_else(|| {
        "say where the data is: --data DIR for an own PostgreSQL, or --database-url for an existing one"
            .into()
    })
}
