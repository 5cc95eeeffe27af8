//! The sealer: chains committed audit entries in the background, and keeps the heads outside the database.

use std::collections::HashMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::db::Db;

/// Entries sealed in one transaction.
const BATCH: i32 = 500;

/// The head of a clinic's chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The clinic; the nil UUID is the installation's own chain.
    pub clinic: Uuid,
    /// Sealed entries.
    pub length: i64,
    /// SHA-256 of the last one.
    pub hash: Vec<u8>,
    /// Entries that wait to be sealed.
    pub pending: i64,
}

/// Where the chain of a clinic does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Break {
    /// The place in the chain, where it has one.
    pub seq: Option<i64>,
    /// The audit entry.
    pub entry: Option<i64>,
    /// `changed`, `removed`, `inserted`, or `cut` when the heads file knows a longer or another chain.
    pub problem: String,
}

/// Seals everything that is committed; how many entries were sealed.
pub async fn seal_all(db: &Db) -> sqlx::Result<usize> {
    let mut sealed = 0;
    loop {
        let n = sqlx::query_scalar!(r#"select audit_seal_pending($1) as "n!""#, BATCH)
            .fetch_one(db.pool())
            .await?;
        sealed += usize::try_from(n).unwrap_or(0);
        if n < BATCH {
            return Ok(sealed);
        }
    }
}

/// The heads of all chains.
pub async fn heads(db: &Db) -> sqlx::Result<Vec<Head>> {
    let rows = sqlx::query!(
        r#"select clinic_id as "clinic_id!", coalesce(seq, 0) as "seq!", coalesce(hash, '') as "hash!", pending as "pending!"
        from audit_heads()"#
    )
    .fetch_all(db.pool())
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| Head { clinic: r.clinic_id, length: r.seq, hash: r.hash, pending: r.pending })
        .collect())
}

/// The first break of a clinic's chain inside the database.
pub async fn first_break(db: &Db, clinic: Uuid) -> sqlx::Result<Option<Break>> {
    let row = sqlx::query!("select seq, entry_id, problem from audit_first_break($1)", clinic)
        .fetch_optional(db.pool())
        .await?;
    Ok(row.map(|r| Break { seq: r.seq, entry: r.entry_id, problem: r.problem.unwrap_or_default() }))
}

/// The file of heads in a data directory: one line a sealed head, `clinic length hash`, only ever added to.
pub fn heads_file(data: &Path) -> PathBuf {
    data.join("audit-heads")
}

/// The hash of a chain at a length.
pub async fn hash_at(db: &Db, clinic: Uuid, length: i64) -> sqlx::Result<Option<Vec<u8>>> {
    let mut tx = db.begin_as_system(clinic.into(), clinic).await?;
    sqlx::query_scalar!("select hash from audit_seal where clinic_id = $1 and seq = $2", clinic, length)
        .fetch_optional(&mut *tx)
        .await
}

/// Compares the chains with the newest head of each clinic that the file knows.
pub async fn compare_with_file(db: &Db, file: &Path) -> std::io::Result<Vec<(Uuid, Break)>> {
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(e),
    };
    let mut newest: HashMap<Uuid, (i64, String)> = HashMap::new();
    for line in text.lines() {
        let mut words = line.split_whitespace();
        if let (Some(Ok(clinic)), Some(Ok(length)), Some(hash)) =
            (words.next().map(str::parse), words.next().map(str::parse), words.next())
        {
            newest.insert(clinic, (length, hash.to_owned()));
        }
    }
    let mut breaks = Vec::new();
    for (clinic, (length, hash)) in newest {
        let found = hash_at(db, clinic, length).await.map_err(std::io::Error::other)?;
        if found.map(hex::encode).as_deref() != Some(&hash) {
            breaks.push((clinic, Break { seq: Some(length), entry: None, problem: "cut".to_owned() }));
        }
    }
    Ok(breaks)
}

/// Seals every second, and adds new heads to the file.
pub async fn run_sealer(db: Db, heads_to: Option<PathBuf>, stop: CancellationToken) {
    let mut written: HashMap<Uuid, i64> = HashMap::new();
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(Duration::from_secs(1)) => {}
        }
        match seal_all(&db).await {
            Ok(0) => {}
            Ok(_) => {
                if let Some(file) = &heads_to
                    && let Err(e) = write_heads(&db, file, &mut written).await
                {
                    tracing::error!(error = %e, "the heads of the audit chains could not be written");
                }
            }
            Err(e) => tracing::debug!(error = %e, "audit entries cannot be sealed now"),
        }
    }
}

async fn write_heads(db: &Db, file: &Path, written: &mut HashMap<Uuid, i64>) -> std::io::Result<()> {
    let heads = heads(db).await.map_err(std::io::Error::other)?;
    let mut out = std::fs::OpenOptions::new().create(true).append(true).open(file)?;
    for head in heads {
        if head.length > 0 && written.get(&head.clinic) != Some(&head.length) {
            writeln!(out, "{} {} {}", head.clinic, head.length, hex::encode(&head.hash))?;
            written.insert(head.clinic, head.length);
        }
    }
    out.sync_data()
}
