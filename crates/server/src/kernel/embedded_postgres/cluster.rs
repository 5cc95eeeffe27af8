//! The cluster's files: made once, checked at each start.

use std::fs::{DirBuilder, File};
use std::io::{Read, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, chown, fchown};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use sha2::{Digest, Sha256};
use tokio::process::Command;

use super::installation::{self, RunAs};
use super::{EmbeddedPostgresError, PORT, Result, SUPERUSER, file_error};

/// `sun_path` has 108 bytes, the last of which is a NUL.
const SOCKET_PATH_LIMIT: usize = 107;
/// The line of `postmaster.pid` that names the socket's directory, and the one that says `ready`.
const PID_FILE_SOCKET_LINE: usize = 4;
const PID_FILE_STATUS_LINE: usize = 7;

const CONFIGURATION: &str = "\
# Written by dentpro at each start. Put your own settings into local.conf beside this file.
max_connections = 40
synchronous_commit = on
# Compiling a statement takes longer than any of ours runs.
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
logging_collector = on
log_directory = 'log'
log_filename = 'postgresql-%a.log'
log_truncate_on_rotation = on
log_rotation_age = 1d
log_rotation_size = 0
log_line_prefix = '%m [%p] %a '
# Rows and statements carry patients' data: neither goes into a log.
log_error_verbosity = terse
log_min_error_statement = panic
";

/// MiB that PostgreSQL keeps in memory: an eighth of the machine's, so that a clinic of some years stays in it and the
/// other programs of a modest PC are not pushed out.
fn shared_buffers(meminfo: &str) -> u64 {
    let total_kib = meminfo
        .lines()
        .find_map(|line| line.strip_prefix("MemTotal:")?.split_whitespace().next()?.parse::<u64>().ok());
    (total_kib.unwrap_or_default() / 1024 / 8).clamp(128, 1024)
}

fn configuration() -> String {
    let meminfo = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    format!("{CONFIGURATION}shared_buffers = {}MB\n", shared_buffers(&meminfo))
}

#[derive(Debug, Clone)]
pub struct Cluster {
    pub data: PathBuf,
    pub binaries: PathBuf,
    pub run_as: Option<RunAs>,
    pub socket_directory: PathBuf,
    pub password: String,
    /// What PostgreSQL says before its own log is open.
    pub start_log: PathBuf,
}

/// Creates the data directory where it is missing and returns its canonical path.
pub fn prepare_directory(directory: &Path) -> Result<PathBuf> {
    DirBuilder::new().recursive(true).mode(0o755).create(directory).map_err(file_error(directory))?;
    let directory = directory.canonicalize().map_err(file_error(directory))?;
    match directory.to_str() {
        None => Err(EmbeddedPostgresError::UnusablePath(directory, "it is not valid UTF-8")),
        Some(text) if text.contains(['\n', '\r']) => {
            Err(EmbeddedPostgresError::UnusablePath(directory, "it contains a line break"))
        }
        Some(_) => Ok(directory),
    }
}

/// Socket directory and password of the cluster that runs on this directory, if one is ready.
pub fn running(directory: &Path) -> Result<Option<(PathBuf, String)>> {
    let pid_file = directory.join("postgres/postmaster.pid");
    let text = match std::fs::read_to_string(&pid_file) {
        Ok(text) => text,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(file_error(&pid_file)(e)),
    };
    if !is_ready(&text) {
        return Ok(None);
    }
    let Some(socket) = text.lines().nth(PID_FILE_SOCKET_LINE).filter(|line| line.starts_with('/')) else {
        return Ok(None);
    };
    let password_file = directory.join("postgres.password");
    let password = std::fs::read_to_string(&password_file).map_err(file_error(&password_file))?;
    Ok(Some((PathBuf::from(socket), password.trim().to_owned())))
}

fn is_ready(pid_file: &str) -> bool {
    pid_file.lines().nth(PID_FILE_STATUS_LINE).is_some_and(|status| status.trim() == "ready")
}

impl Cluster {
    pub async fn open_or_create(directory: &Path) -> Result<Self> {
        let data = directory.join("postgres");
        let run_as = installation::find_user(directory, &data)?;
        if let Some(user) = &run_as {
            installation::check_reachable(directory, user)?;
        }
        let version = cluster_version(&data)?;
        let binaries = installation::find_binaries(version.as_deref())?;
        let socket_directory = socket_directory(&data, run_as.as_ref())?;
        let password = read_or_make_password(directory, run_as.as_ref(), version.is_some())?;
        let start_log = directory.join("postgres.start.log");
        let cluster = Self { data, binaries, run_as, socket_directory, password, start_log };
        if version.is_none() {
            cluster.create(directory).await?;
        }
        let file = cluster.data.join("dentpro.conf");
        cluster.write_file(&file, configuration().as_bytes()).map_err(file_error(&file))?;
        Ok(cluster)
    }

    /// Made beside its final place and renamed when complete, so that a crash leaves no half cluster.
    async fn create(&self, directory: &Path) -> Result<()> {
        tracing::info!(directory = %self.data.display(), "making the PostgreSQL cluster");
        let unfinished = directory.join("postgres.new");
        if unfinished.exists() {
            std::fs::remove_dir_all(&unfinished).map_err(file_error(&unfinished))?;
        }
        DirBuilder::new().mode(0o700).create(&unfinished).map_err(file_error(&unfinished))?;
        if let Some(user) = &self.run_as {
            chown(&unfinished, Some(user.uid), Some(user.gid)).map_err(file_error(&unfinished))?;
        }
        let output = self
            .command("initdb")
            .arg("-D")
            .arg(&unfinished)
            .args(["--data-checksums", "--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions"])
            .args(["--auth=scram-sha-256", "--username", SUPERUSER])
            .arg("--pwfile")
            .arg(directory.join("postgres.password"))
            .output()
            .await
            .map_err(|e| EmbeddedPostgresError::Initdb(e.to_string()))?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            return Err(EmbeddedPostgresError::Initdb(said.trim().to_owned()));
        }
        let main = unfinished.join("postgresql.conf");
        File::options()
            .append(true)
            .open(&main)
            .and_then(|mut file| {
                file.write_all(b"\ninclude = 'dentpro.conf'\ninclude_if_exists = 'local.conf'\n")?;
                file.sync_all()
            })
            .map_err(file_error(&main))?;
        std::fs::rename(&unfinished, &self.data).map_err(file_error(&self.data))?;
        File::open(directory).and_then(|d| d.sync_all()).map_err(file_error(directory))
    }

    /// A program of PostgreSQL, run as the cluster's user and with nothing of our environment.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.binaries.join(program));
        command
            .env_clear()
            .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
            .env("LC_ALL", "C.UTF-8")
            .current_dir("/")
            .stdin(Stdio::null())
            // A Ctrl-C at the terminal reaches dentpro alone, which then stops PostgreSQL in its turn.
            .process_group(0);
        if let Some(user) = &self.run_as {
            command.uid(user.uid).gid(user.gid);
        }
        command
    }

    pub fn postmaster_command(&self) -> Result<Command> {
        let log = File::options()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&self.start_log)
            .map_err(file_error(&self.start_log))?;
        // The list of socket directories is split at commas unless quoted.
        let socket = self.socket_directory.display().to_string().replace('"', "\"\"");
        let mut command = self.command("postgres");
        command
            .arg("-D")
            .arg(&self.data)
            .args(["-c", "listen_addresses="])
            .args(["-c", &format!("port={PORT}")])
            .args(["-c", &format!("unix_socket_directories=\"{socket}\"")])
            .args(["-c", "unix_socket_permissions=0700"])
            .stdout(Stdio::null())
            .stderr(log);
        Ok(command)
    }

    /// The first line of `postmaster.pid`, whoever that process is by now.
    pub fn recorded_pid(&self) -> Option<i32> {
        let text = std::fs::read_to_string(self.pid_file()).ok()?;
        text.lines().next()?.trim().parse().ok()
    }

    pub fn pid_file(&self) -> PathBuf {
        self.data.join("postmaster.pid")
    }

    /// Whether the postmaster with this id accepts connections.
    pub fn is_ready(&self, pid: i32) -> bool {
        self.recorded_pid() == Some(pid)
            && std::fs::read_to_string(self.pid_file()).is_ok_and(|text| is_ready(&text))
    }

    /// The last lines PostgreSQL said while starting.
    pub fn start_problem(&self) -> String {
        let text = std::fs::read_to_string(&self.start_log).unwrap_or_default();
        let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
        match lines.len() {
            0 => "it said nothing".to_owned(),
            n => lines[n.saturating_sub(5)..].join("; "),
        }
    }

    fn write_file(&self, path: &Path, content: &[u8]) -> std::io::Result<()> {
        let mut file = open_for_writing(path)?;
        if let Some(user) = &self.run_as {
            fchown(&file, Some(user.uid), Some(user.gid))?;
        }
        file.write_all(content)
    }
}

fn open_for_writing(path: &Path) -> std::io::Result<File> {
    File::options()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .custom_flags(nix::libc::O_NOFOLLOW)
        .open(path)
}

/// The major version of the cluster that is there, or `None` where there is none yet.
fn cluster_version(data: &Path) -> Result<Option<String>> {
    if !data.exists() {
        return Ok(None);
    }
    match std::fs::read_to_string(data.join("PG_VERSION")) {
        Ok(version) => Ok(Some(version.trim().to_owned())),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
            Err(EmbeddedPostgresError::NotACluster(data.to_owned()))
        }
        Err(e) => Err(file_error(data)(e)),
    }
}

fn read_or_make_password(directory: &Path, user: Option<&RunAs>, must_exist: bool) -> Result<String> {
    let path = directory.join("postgres.password");
    let opened = File::options().read(true).custom_flags(nix::libc::O_NOFOLLOW).open(&path);
    match opened {
        Ok(mut file) => {
            let mut text = String::new();
            file.read_to_string(&mut text).map_err(file_error(&path))?;
            if !text.trim().is_empty() {
                return Ok(text.trim().to_owned());
            }
        }
        Err(e) if e.kind() == std::io::ErrorKind::NotFound && !must_exist => {}
        Err(e) => return Err(file_error(&path)(e)),
    }
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|e| file_error(&path)(std::io::Error::other(e.to_string())))?;
    let password = hex::encode(bytes);
    let mut file = open_for_writing(&path).map_err(file_error(&path))?;
    // initdb reads it as the cluster's user.
    if let Some(user) = user {
        fchown(&file, Some(user.uid), Some(user.gid)).map_err(file_error(&path))?;
    }
    writeln!(file, "{password}").and_then(|()| file.sync_all()).map_err(file_error(&path))?;
    Ok(password)
}

/// The cluster's own directory, or where its path is too long for a socket, a short one under /tmp that
/// belongs to the cluster's user alone.
fn socket_directory(data: &Path, user: Option<&RunAs>) -> Result<PathBuf> {
    let name_length = format!("/.s.PGSQL.{PORT}").len();
    if data.as_os_str().len() + name_length <= SOCKET_PATH_LIMIT {
        return Ok(data.to_owned());
    }
    let digest = Sha256::digest(data.as_os_str().as_encoded_bytes());
    let short = PathBuf::from(format!("/tmp/dentpro-{}", hex::encode(&digest[..8])));
    let owner = user.map_or_else(|| nix::unistd::Uid::effective().as_raw(), |user| user.uid);
    match DirBuilder::new().mode(0o700).create(&short) {
        Ok(()) => {
            if let Some(user) = user {
                chown(&short, Some(user.uid), Some(user.gid)).map_err(file_error(&short))?;
            }
        }
        Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {}
        Err(e) => return Err(file_error(&short)(e)),
    }
    // Anybody may create names in /tmp: whatever is there must be ours and closed to others.
    let metadata = std::fs::symlink_metadata(&short).map_err(file_error(&short))?;
    if !metadata.is_dir() || metadata.uid() != owner || metadata.mode() & 0o077 != 0 {
        return Err(EmbeddedPostgresError::UnusablePath(short, "it belongs to somebody else"));
    }
    Ok(short)
}

#[cfg(test)]
mod tests {
    use super::shared_buffers;

    #[test]
    fn an_eighth_of_the_machines_memory_is_shared_within_bounds() {
        for (kib, mib) in
            [("2048000", 250), ("524288", 128), ("4194304", 512), ("16777216", 1024), ("?", 128)]
        {
            let meminfo = format!("MemTotal:       {kib} kB\nMemFree:  1000 kB\n");
            assert_eq!(shared_buffers(&meminfo), mib, "{kib} kB");
        }
        assert_eq!(shared_buffers(""), 128);
    }
}
