//! Which PostgreSQL programs to use, and which user runs them.

use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::Command;

use nix::unistd::{Uid, User};

use super::{EmbeddedPostgresError, Result, file_error};

const SUPPORTED: [&str; 3] = ["17", "16", "15"];
const DEFAULT_USERS: [&str; 2] = ["postgres", "nobody"];

/// The programs' directory. An existing cluster needs the major version that made it.
pub fn find_binaries(cluster_version: Option<&str>) -> Result<PathBuf> {
    let wanted = cluster_version.unwrap_or("15 or later");
    if let Some(directory) = std::env::var_os("DENTPRO_POSTGRES_BIN") {
        let directory = PathBuf::from(directory);
        return match major_version(&directory) {
            Ok(found) if accepts(cluster_version, &found) => Ok(directory),
            Ok(found) => Err(unusable(directory, wanted, format!("it is version {found}"))),
            Err(problem) => Err(unusable(directory, wanted, problem)),
        };
    }
    let debian = SUPPORTED.iter().map(|version| PathBuf::from(format!("/usr/lib/postgresql/{version}/bin")));
    debian
        .chain(pg_config_directory())
        .find(|directory| major_version(directory).is_ok_and(|found| accepts(cluster_version, &found)))
        .ok_or_else(|| EmbeddedPostgresError::NotInstalled {
            wanted: cluster_version.unwrap_or(SUPPORTED[SUPPORTED.len() - 1]).to_owned(),
        })
}

fn unusable(directory: PathBuf, wanted: &str, problem: String) -> EmbeddedPostgresError {
    EmbeddedPostgresError::UnusableBinaries { directory, wanted: wanted.to_owned(), problem }
}

fn accepts(cluster_version: Option<&str>, found: &str) -> bool {
    match cluster_version {
        Some(version) => version == found,
        None => found.parse::<u32>().is_ok_and(|version| version >= 15),
    }
}

fn pg_config_directory() -> Option<PathBuf> {
    let output = Command::new("pg_config").arg("--bindir").output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    (!text.trim().is_empty()).then(|| PathBuf::from(text.trim()))
}

fn major_version(directory: &Path) -> std::result::Result<String, String> {
    if !directory.join("initdb").exists() {
        return Err("initdb is missing".to_owned());
    }
    let output =
        Command::new(directory.join("postgres")).arg("--version").output().map_err(|e| e.to_string())?;
    // `postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)`
    let text = String::from_utf8_lossy(&output.stdout);
    text.split_whitespace()
        .nth(2)
        .map(|version| version.chars().take_while(char::is_ascii_digit).collect())
        .ok_or_else(|| format!("`postgres --version` said `{}`", text.trim()))
}

/// Another user for the cluster, because PostgreSQL refuses to run as root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunAs {
    pub name: String,
    pub uid: u32,
    pub gid: u32,
}

/// `None` when this process is not root. The owner of what is there already wins over the settings, so that
/// an administrator's `sudo dentpro …` does not take a service's files away from it.
pub fn find_user(data_directory: &Path, cluster_directory: &Path) -> Result<Option<RunAs>> {
    if !Uid::effective().is_root() {
        return Ok(None);
    }
    for path in [cluster_directory, data_directory] {
        match std::fs::metadata(path) {
            Ok(metadata) if metadata.uid() != 0 => {
                let name = user_by(|| User::from_uid(Uid::from_raw(metadata.uid())))
                    .map_or_else(|| metadata.uid().to_string(), |user| user.name);
                return Ok(Some(RunAs { name, uid: metadata.uid(), gid: metadata.gid() }));
            }
            Ok(_) => {}
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
            Err(e) => return Err(file_error(path)(e)),
        }
    }
    if let Ok(name) = std::env::var("DENTPRO_POSTGRES_USER") {
        return match user_by(|| User::from_name(&name)) {
            Some(user) if !user.uid.is_root() => Ok(Some(run_as(user))),
            _ => Err(EmbeddedPostgresError::NoSuchUser(name)),
        };
    }
    DEFAULT_USERS
        .iter()
        .find_map(|name| user_by(|| User::from_name(name)))
        .map(|user| Some(run_as(user)))
        .ok_or_else(|| EmbeddedPostgresError::NoSuchUser(DEFAULT_USERS[0].to_owned()))
}

fn user_by(look_up: impl FnOnce() -> nix::Result<Option<User>>) -> Option<User> {
    look_up().ok().flatten()
}

fn run_as(user: User) -> RunAs {
    RunAs { name: user.name, uid: user.uid.as_raw(), gid: user.gid.as_raw() }
}

/// PostgreSQL needs to pass through every directory above its own. The data directory itself is ours, so it is
/// opened for passing (not for reading); what lies above is only checked.
pub fn check_reachable(directory: &Path, user: &RunAs) -> Result<()> {
    for ancestor in directory.ancestors() {
        let metadata = std::fs::metadata(ancestor).map_err(file_error(ancestor))?;
        let bit = if metadata.uid() == user.uid {
            0o100
        } else if metadata.gid() == user.gid {
            0o010
        } else {
            0o001
        };
        if metadata.mode() & bit != 0 {
            continue;
        }
        if ancestor != directory {
            return Err(EmbeddedPostgresError::Unreachable {
                user: user.name.clone(),
                blocked: ancestor.to_owned(),
            });
        }
        let mut permissions = metadata.permissions();
        permissions.set_mode(permissions.mode() | bit);
        std::fs::set_permissions(ancestor, permissions).map_err(file_error(ancestor))?;
    }
    Ok(())
}
