//! A private PostgreSQL cluster inside the data directory, made from the PostgreSQL that the system installed,
//! started, watched and stopped by this process.
//!
//! One process owns a data directory at a time: it holds a lock on `dentpro.lock`. Command-line tools that run
//! beside it attach to its cluster through the Unix socket.

mod cluster;
mod installation;
mod postmaster;
#[cfg(test)]
mod tests;

use std::fs::{File, TryLockError};
use std::io::{Read, Seek, Write};
use std::os::unix::fs::{OpenOptionsExt, fchown};
use std::path::{Path, PathBuf};
use std::time::Duration;

use nix::libc;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgSslMode};
use sqlx::{AssertSqlSafe, Connection, Executor};

use self::cluster::Cluster;
use self::postmaster::Supervisor;

const SUPERUSER: &str = "dentpro";
const PORT: u16 = 5432;
const ATTACH_TIMEOUT: Duration = Duration::from_secs(30);
const ATTACH_POLL: Duration = Duration::from_millis(100);

#[derive(Debug, thiserror::Error)]
pub enum EmbeddedPostgresError {
    #[error(
        "PostgreSQL {wanted} is not installed: run `apt-get install postgresql-{wanted}`, \
         or set DENTPRO_POSTGRES_BIN to the directory of its programs"
    )]
    NotInstalled { wanted: String },
    #[error("DENTPRO_POSTGRES_BIN is {directory}, where there is no usable PostgreSQL {wanted}: {problem}")]
    UnusableBinaries { directory: PathBuf, wanted: String, problem: String },
    #[error("there is no user `{0}` for PostgreSQL to run as (DENTPRO_POSTGRES_USER)")]
    NoSuchUser(String),
    #[error(
        "PostgreSQL cannot run as root and will run as user `{user}`, who may not enter {blocked}: \
         choose a data directory that everyone can reach, for example /var/lib/dentpro, \
         or allow it with `chmod o+x {blocked}`", blocked = blocked.display()
    )]
    Unreachable { user: String, blocked: PathBuf },
    #[error("the data directory {0} is in use by another dentpro{holder}: stop that one first", holder = holder(.1))]
    InUse(PathBuf, Option<u32>),
    #[error("{0} is there but holds no PostgreSQL cluster: move it away, or choose another data directory")]
    NotACluster(PathBuf),
    #[error("the path {0} cannot be used as a data directory: {1}")]
    UnusablePath(PathBuf, &'static str),
    #[error("{path}: {source}")]
    File { path: PathBuf, source: std::io::Error },
    #[error("making the PostgreSQL cluster failed: {0}")]
    Initdb(String),
    #[error("PostgreSQL did not start: {0}")]
    NotStarted(String),
    #[error("PostgreSQL of {directory} does not answer: {problem}", directory = directory.display())]
    NotAnswering { directory: PathBuf, problem: String },
    #[error("PostgreSQL did not stop within {0} s")]
    NotStopped(u64),
    #[error("`{0}` cannot be the name of a database: use a-z, 0-9 and _")]
    DatabaseName(String),
    #[error("the database {name} could not be created: {source}")]
    CreateDatabase { name: String, source: sqlx::Error },
}

fn holder(pid: &Option<u32>) -> String {
    pid.map(|pid| format!(" (process {pid})")).unwrap_or_default()
}

type Result<T> = std::result::Result<T, EmbeddedPostgresError>;

fn file_error(path: &Path) -> impl FnOnce(std::io::Error) -> EmbeddedPostgresError + '_ {
    move |source| EmbeddedPostgresError::File { path: path.to_owned(), source }
}

/// What the supervisor says about the cluster, for `/readyz` and for tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClusterState {
    Running { pid: i32 },
    Restarting,
    Stopped,
}

/// A running cluster: owned (and stopped by [`stop`](Self::stop)), or another process's that we attached to.
#[derive(Debug)]
pub struct EmbeddedPostgres {
    socket_directory: PathBuf,
    password: String,
    owned: Option<Owned>,
}

#[derive(Debug)]
struct Owned {
    supervisor: Supervisor,
    /// Released when dropped, which must come after PostgreSQL has stopped.
    _lock: File,
}

impl EmbeddedPostgres {
    /// Takes the directory, makes the cluster on the first start, and runs PostgreSQL under supervision.
    /// A PostgreSQL left behind by a killed dentpro is stopped first.
    pub async fn start(directory: &Path) -> Result<Self> {
        let directory = cluster::prepare_directory(directory)?;
        match lock(&directory)? {
            Ok(lock) => Self::start_locked(&directory, lock).await,
            Err(holder) => Err(EmbeddedPostgresError::InUse(directory, holder)),
        }
    }

    /// For command-line tools: uses the cluster of the dentpro that runs on this directory, or starts it.
    pub async fn attach_or_start(directory: &Path) -> Result<Self> {
        let directory = cluster::prepare_directory(directory)?;
        match lock(&directory)? {
            Ok(lock) => Self::start_locked(&directory, lock).await,
            Err(_) => Self::attach(&directory).await,
        }
    }

    async fn start_locked(directory: &Path, mut lock: File) -> Result<Self> {
        let cluster = Cluster::open_or_create(directory).await?;
        write_holder(&mut lock, &cluster).map_err(file_error(directory))?;
        postmaster::stop_leftovers(&cluster).await?;
        let socket_directory = cluster.socket_directory.clone();
        let password = cluster.password.clone();
        let supervisor = Supervisor::start(cluster).await?;
        let started = Self { socket_directory, password, owned: Some(Owned { supervisor, _lock: lock }) };
        if let Err(problem) = started.ping().await {
            let directory = directory.to_owned();
            started.stop().await?;
            return Err(EmbeddedPostgresError::NotAnswering { directory, problem: problem.to_string() });
        }
        Ok(started)
    }

    async fn attach(directory: &Path) -> Result<Self> {
        let deadline = tokio::time::Instant::now() + ATTACH_TIMEOUT;
        loop {
            let problem = match cluster::running(directory)? {
                Some((socket_directory, password)) => {
                    let attached = Self { socket_directory, password, owned: None };
                    match attached.ping().await {
                        Ok(()) => return Ok(attached),
                        Err(problem) => problem.to_string(),
                    }
                }
                None => "it is not up".to_owned(),
            };
            if tokio::time::Instant::now() >= deadline {
                return Err(EmbeddedPostgresError::NotAnswering { directory: directory.to_owned(), problem });
            }
            tokio::time::sleep(ATTACH_POLL).await;
        }
    }

    /// Connects as the cluster's superuser over the Unix socket.
    pub fn connect_options(&self, database: &str) -> PgConnectOptions {
        PgConnectOptions::new_without_pgpass()
            .socket(&self.socket_directory)
            .port(PORT)
            .username(SUPERUSER)
            .password(&self.password)
            .database(database)
            .ssl_mode(PgSslMode::Disable)
            .application_name("dentpro")
    }

    /// Creates the database unless it exists.
    pub async fn ensure_database(&self, name: &str) -> Result<()> {
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        {
            return Err(EmbeddedPostgresError::DatabaseName(name.to_owned()));
        }
        let failed = |source| EmbeddedPostgresError::CreateDatabase { name: name.to_owned(), source };
        let mut connection =
            PgConnection::connect_with(&self.connect_options("postgres")).await.map_err(failed)?;
        match connection.execute(AssertSqlSafe(format!("create database {name}"))).await {
            // 42P04: it exists already. 23505: somebody creates it at this moment.
            Err(sqlx::Error::Database(e)) if matches!(e.code().as_deref(), Some("42P04" | "23505")) => {}
            outcome => {
                outcome.map_err(failed)?;
            }
        }
        connection.close().await.map_err(failed)
    }

    /// Whether this process runs the cluster (and must stop it) or only attached to it.
    pub fn is_owner(&self) -> bool {
        self.owned.is_some()
    }

    /// The cluster's state; an attached one counts as running as long as nobody asks it.
    pub fn state(&self) -> Option<ClusterState> {
        self.owned.as_ref().map(|owned| owned.supervisor.state())
    }

    /// Stops PostgreSQL cleanly (running transactions are rolled back) and frees the directory.
    /// Does nothing to a cluster that was only attached to.
    pub async fn stop(mut self) -> Result<()> {
        match self.owned.take() {
            Some(owned) => owned.supervisor.stop().await,
            None => Ok(()),
        }
    }

    async fn ping(&self) -> sqlx::Result<()> {
        let mut connection = PgConnection::connect_with(&self.connect_options("postgres")).await?;
        connection.ping().await?;
        connection.close().await
    }
}

/// The lock, or the process id of its holder where it is known.
fn lock(directory: &Path) -> Result<std::result::Result<File, Option<u32>>> {
    let path = directory.join("dentpro.lock");
    let mut file = File::options()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o644)
        .custom_flags(libc::O_NOFOLLOW)
        .open(&path)
        .map_err(file_error(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(Ok(file)),
        Err(TryLockError::WouldBlock) => {
            let mut text = String::new();
            file.read_to_string(&mut text).map_err(file_error(&path))?;
            Ok(Err(text.trim().parse().ok()))
        }
        Err(TryLockError::Error(source)) => Err(EmbeddedPostgresError::File { path, source }),
    }
}

fn write_holder(lock: &mut File, cluster: &Cluster) -> std::io::Result<()> {
    // Root's lock file must not keep the cluster's own user out of the directory later.
    if let Some(user) = &cluster.run_as {
        fchown(&*lock, Some(user.uid), Some(user.gid))?;
    }
    lock.set_len(0)?;
    lock.rewind()?;
    writeln!(lock, "{}", std::process::id())
}
