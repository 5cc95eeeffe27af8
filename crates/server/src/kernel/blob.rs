//! Files by their content: `blobs/<clinic>/<aa>/<sha-256>` below the data directory.
//!
//! Bytes are on the disk, file and directory synced, before `put` answers; only then may a row name them. Nothing
//! is ever changed in place, and nothing deleted but what no row names for a day (`sweep`).

use std::collections::HashSet;
use std::fmt;
use std::fs::{DirBuilder, File};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::SystemTime;

use sha2::{Digest, Sha256};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use uuid::Uuid;

const CHUNK: usize = 64 * 1024;
const INCOMING: &str = "incoming";

#[derive(Debug, thiserror::Error)]
pub enum BlobError {
    #[error("the disk is full")]
    DiskFull,
    #[error("the file is larger than {0} bytes")]
    TooLarge(u64),
    #[error("there is no such file")]
    NotFound,
    #[error("the file {0} is damaged: its content is not what its name says")]
    Damaged(BlobDigest),
    #[error("reading the upload failed: {0}")]
    Upload(#[source] io::Error),
    #[error("the file could not be stored or read: {0}")]
    Io(#[source] io::Error),
}

impl From<io::Error> for BlobError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull,
            io::ErrorKind::NotFound => Self::NotFound,
            _ => Self::Io(error),
        }
    }
}

/// SHA-256 of a file: its name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlobDigest([u8; 32]);

impl BlobDigest {
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl From<[u8; 32]> for BlobDigest {
    fn from(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

impl fmt::Display for BlobDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for BlobDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for BlobDigest {
    type Err = hex::FromHexError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes)?;
        Ok(Self(bytes))
    }
}

/// What `put` has stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoredBlob {
    pub digest: BlobDigest,
    pub size: u64,
}

/// The files of all clinics.
#[derive(Clone, Debug)]
pub struct BlobStore {
    directory: Arc<Path>,
    /// Held for reading while a file takes its place, for writing while an old one is removed: a file that is
    /// stored anew is never removed for the age of the former one.
    sweeping: Arc<RwLock<()>>,
}

impl BlobStore {
    /// The store in this data directory, which must exist; the rest is created with the first file.
    pub fn new(data_directory: &Path) -> Self {
        Self { directory: data_directory.join("blobs").into(), sweeping: Arc::default() }
    }

    /// Stores these bytes for the clinic.
    pub async fn put(&self, clinic: Uuid, bytes: &[u8]) -> Result<StoredBlob, BlobError> {
        self.put_stream(clinic, bytes, u64::MAX).await
    }

    /// Stores what the reader gives, up to `limit` bytes.
    pub async fn put_stream(
        &self,
        clinic: Uuid,
        mut upload: impl AsyncRead + Unpin,
        limit: u64,
    ) -> Result<StoredBlob, BlobError> {
        let folder = self.directory.join(INCOMING);
        #[allow(clippy::disallowed_methods, reason = "a name that no other upload has, forgotten with it")]
        let incoming = Incoming(folder.join(Uuid::new_v4().to_string()));
        let store = self.clone();
        blocking(move || {
            make_directory(&store.directory)?;
            Ok(make_directory(&folder)?)
        })
        .await?;
        let mut file =
            tokio::fs::File::options().write(true).create_new(true).mode(0o600).open(&incoming.0).await?;
        let mut hasher = Sha256::new();
        let mut size = 0_u64;
        let mut chunk = vec![0; CHUNK];
        loop {
            let length = upload.read(&mut chunk).await.map_err(BlobError::Upload)?;
            if length == 0 {
                break;
            }
            size += length as u64;
            if size > limit {
                return Err(BlobError::TooLarge(limit));
            }
            hasher.update(&chunk[..length]);
            file.write_all(&chunk[..length]).await?;
        }
        // Without it an error of the last write would be lost.
        file.flush().await?;
        file.sync_all().await?;
        drop(file);

        let digest = BlobDigest(hasher.finalize().into());
        let store = self.clone();
        blocking(move || store.take_place(&incoming.0, clinic, digest)).await?;
        Ok(StoredBlob { digest, size })
    }

    fn take_place(&self, incoming: &Path, clinic: Uuid, digest: BlobDigest) -> Result<(), BlobError> {
        let path = self.path(clinic, digest);
        let folder = path.parent().expect("a blob lies in a folder");
        make_directory(folder.parent().expect("the folder lies in the clinic's"))?;
        make_directory(folder)?;
        let _guard = self.sweeping.read().unwrap_or_else(PoisonError::into_inner);
        // A file of the same content is replaced by its like, which gives it today's age.
        std::fs::rename(incoming, &path)?;
        File::open(folder)?.sync_all()?;
        Ok(())
    }

    /// The whole file, checked against its name.
    pub async fn read(&self, clinic: Uuid, digest: BlobDigest) -> Result<Vec<u8>, BlobError> {
        let path = self.path(clinic, digest);
        let bytes = tokio::fs::read(path).await?;
        blocking(move || match BlobDigest::of(&bytes) == digest {
            true => Ok(bytes),
            false => Err(BlobError::Damaged(digest)),
        })
        .await
    }

    /// The file for streaming, and its size; its content is not checked.
    pub async fn open_file(
        &self,
        clinic: Uuid,
        digest: BlobDigest,
    ) -> Result<(tokio::fs::File, u64), BlobError> {
        let file = tokio::fs::File::open(self.path(clinic, digest)).await?;
        let size = file.metadata().await?.len();
        Ok((file, size))
    }

    /// Its size in bytes.
    pub async fn size(&self, clinic: Uuid, digest: BlobDigest) -> Result<u64, BlobError> {
        Ok(tokio::fs::metadata(self.path(clinic, digest)).await?.len())
    }

    /// Removes the clinic's files that no row names (`known` are those that one does) and that were stored before
    /// `older_than`, and uploads that never ended. Returns how many files went.
    pub async fn sweep(
        &self,
        clinic: Uuid,
        known: HashSet<BlobDigest>,
        older_than: SystemTime,
    ) -> Result<usize, BlobError> {
        let store = self.clone();
        blocking(move || store.sweep_now(clinic, &known, older_than)).await
    }

    fn sweep_now(
        &self,
        clinic: Uuid,
        known: &HashSet<BlobDigest>,
        older_than: SystemTime,
    ) -> Result<usize, BlobError> {
        let mut removed = 0;
        for path in entries(&self.directory.join(INCOMING))? {
            removed += usize::from(self.remove_if_old(&path, older_than)?);
        }
        for folder in entries(&self.directory.join(clinic.to_string()))? {
            for path in entries(&folder)? {
                let name = path.file_name().and_then(|name| name.to_str());
                let digest = name.and_then(|name| name.parse::<BlobDigest>().ok());
                // What we did not write is not ours to remove.
                if digest.is_some_and(|digest| !known.contains(&digest)) {
                    removed += usize::from(self.remove_if_old(&path, older_than)?);
                }
            }
        }
        Ok(removed)
    }

    fn remove_if_old(&self, path: &Path, older_than: SystemTime) -> Result<bool, BlobError> {
        let _guard = self.sweeping.write().unwrap_or_else(PoisonError::into_inner);
        match std::fs::metadata(path).and_then(|metadata| metadata.modified()) {
            Ok(modified) if modified < older_than => {}
            Ok(_) => return Ok(false),
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(false),
            Err(e) => return Err(e.into()),
        }
        std::fs::remove_file(path)?;
        Ok(true)
    }

    /// Bytes that can still be written to this disk.
    pub fn free_bytes(&self) -> Result<u64, BlobError> {
        let disk = self.directory.parent().unwrap_or(&self.directory);
        let stat = nix::sys::statvfs::statvfs(disk).map_err(io::Error::from)?;
        Ok(stat.blocks_available() * stat.fragment_size())
    }

    fn path(&self, clinic: Uuid, digest: BlobDigest) -> PathBuf {
        let name = digest.to_string();
        self.directory.join(clinic.to_string()).join(&name[..2]).join(name)
    }
}

/// An upload that is not complete; removed when it never will be.
struct Incoming(PathBuf);

impl Drop for Incoming {
    fn drop(&mut self) {
        match std::fs::remove_file(&self.0) {
            Ok(()) => {}
            // It has taken its place.
            Err(e) if e.kind() == io::ErrorKind::NotFound => {}
            Err(error) => tracing::warn!(%error, "an unfinished upload could not be removed"),
        }
    }
}

/// Makes one directory and its entry in the parent durable; does nothing where it is.
fn make_directory(path: &Path) -> io::Result<()> {
    match DirBuilder::new().mode(0o700).create(path) {
        Ok(()) => match path.parent() {
            Some(parent) => File::open(parent)?.sync_all(),
            None => Ok(()),
        },
        Err(e) if e.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(e) => Err(e),
    }
}

fn entries(directory: &Path) -> io::Result<Vec<PathBuf>> {
    match std::fs::read_dir(directory) {
        Ok(entries) => entries.map(|entry| entry.map(|entry| entry.path())).collect(),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(e) => Err(e),
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, BlobError> + Send + 'static,
) -> Result<T, BlobError> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|e| Err(BlobError::Io(io::Error::other(e))))
}

#[cfg(test)]
mod tests {
    use std::pin::Pin;
    use std::task::{Context, Poll};
    use std::time::Duration;

    use proptest::prelude::*;
    use tokio::io::ReadBuf;

    use super::*;

    const CLINIC: Uuid = Uuid::from_u128(7);
    const OTHER_CLINIC: Uuid = Uuid::from_u128(8);

    fn store() -> (tempfile::TempDir, BlobStore) {
        let directory = tempfile::tempdir().unwrap();
        let store = BlobStore::new(directory.path());
        (directory, store)
    }

    fn unfinished(directory: &Path) -> usize {
        entries(&directory.join("blobs/incoming")).unwrap().len()
    }

    #[tokio::test]
    async fn what_is_put_can_be_read_by_its_clinic_alone() {
        let (directory, store) = store();
        let stored = store.put(CLINIC, b"x-ray").await.unwrap();
        assert_eq!(stored.size, 5);
        assert_eq!(store.read(CLINIC, stored.digest).await.unwrap(), b"x-ray");
        assert_eq!(store.size(CLINIC, stored.digest).await.unwrap(), 5);
        assert!(matches!(store.read(OTHER_CLINIC, stored.digest).await, Err(BlobError::NotFound)));
        assert_eq!(unfinished(directory.path()), 0);
        assert!(store.free_bytes().unwrap() > 0);
    }

    #[tokio::test]
    async fn the_same_content_is_kept_once() {
        let (directory, store) = store();
        let first = store.put(CLINIC, b"twice").await.unwrap();
        assert_eq!(store.put(CLINIC, b"twice").await.unwrap(), first);
        let folder = store.path(CLINIC, first.digest).parent().unwrap().to_owned();
        assert_eq!(entries(&folder).unwrap().len(), 1);
        drop(directory);
    }

    #[tokio::test]
    async fn a_damaged_file_is_not_handed_out_and_is_healed_by_the_original() {
        let (_directory, store) = store();
        let stored = store.put(CLINIC, b"original").await.unwrap();
        std::fs::write(store.path(CLINIC, stored.digest), b"changed").unwrap();
        assert!(matches!(store.read(CLINIC, stored.digest).await, Err(BlobError::Damaged(_))));
        store.put(CLINIC, b"original").await.unwrap();
        assert_eq!(store.read(CLINIC, stored.digest).await.unwrap(), b"original");
    }

    #[tokio::test]
    async fn an_upload_over_the_limit_or_broken_off_leaves_nothing() {
        struct Broken(bool);
        impl AsyncRead for Broken {
            fn poll_read(
                mut self: Pin<&mut Self>,
                _: &mut Context<'_>,
                buffer: &mut ReadBuf<'_>,
            ) -> Poll<io::Result<()>> {
                if std::mem::replace(&mut self.0, true) {
                    return Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()));
                }
                buffer.put_slice(b"half");
                Poll::Ready(Ok(()))
            }
        }
        let (directory, store) = store();
        let large = store.put_stream(CLINIC, &b"12345"[..], 4).await;
        assert!(matches!(large, Err(BlobError::TooLarge(4))));
        let broken = store.put_stream(CLINIC, Broken(false), 1000).await;
        assert!(matches!(broken, Err(BlobError::Upload(_))));
        assert_eq!(unfinished(directory.path()), 0);
    }

    #[tokio::test]
    async fn the_sweep_takes_only_old_files_that_no_row_names() {
        let (directory, store) = store();
        let named = store.put(CLINIC, b"named by a row").await.unwrap().digest;
        let lost = store.put(CLINIC, b"its row was rolled back").await.unwrap().digest;
        let young = store.put(CLINIC, b"its row comes soon").await.unwrap().digest;
        let again = store.put(CLINIC, b"stored again today").await.unwrap().digest;
        let foreign = store.put(OTHER_CLINIC, b"another clinic's").await.unwrap().digest;
        let upload = directory.path().join("blobs/incoming/never-ended");
        std::fs::write(&upload, b"half").unwrap();
        let now = std::fs::metadata(&upload).unwrap().modified().unwrap();
        let yesterday = now - Duration::from_secs(86_400);
        let paths = [named, lost, again].map(|digest| store.path(CLINIC, digest));
        for path in paths.iter().chain([&upload, &store.path(OTHER_CLINIC, foreign)]) {
            let file = File::options().write(true).open(path).unwrap();
            file.set_modified(yesterday - Duration::from_secs(60)).unwrap();
        }
        store.put(CLINIC, b"stored again today").await.unwrap();

        assert_eq!(store.sweep(CLINIC, HashSet::from([named]), yesterday).await.unwrap(), 2);
        for kept in [named, young, again] {
            store.size(CLINIC, kept).await.unwrap();
        }
        store.size(OTHER_CLINIC, foreign).await.unwrap();
        assert!(matches!(store.size(CLINIC, lost).await, Err(BlobError::NotFound)));
    }

    #[test]
    fn a_full_disk_is_told_apart() {
        let full = io::Error::from_raw_os_error(nix::libc::ENOSPC);
        assert!(matches!(BlobError::from(full), BlobError::DiskFull));
        let quota = io::Error::from_raw_os_error(nix::libc::EDQUOT);
        assert!(matches!(BlobError::from(quota), BlobError::DiskFull));
    }

    proptest! {
        #[test]
        fn a_digest_is_read_back_and_no_path_is_taken_for_one(bytes: [u8; 32], text in "[./a-z]{0,80}") {
            let digest = BlobDigest::from(bytes);
            prop_assert_eq!(digest.to_string().parse::<BlobDigest>().unwrap(), digest);
            prop_assert!(!text.contains(['.', '/']) || text.parse::<BlobDigest>().is_err());
        }
    }
}
