//! The sealer: chains committed audit entries in the background, and tells where a chain does not hold.

use std::time::Duration;

use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::audit_heads::HeadsFile;
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
    /// `changed`, `removed` or `inserted`; `cut` or `rewritten` when the heads outside the database know a longer or
    /// another chain.
    pub problem: String,
}

/// Seals everything that is committed; how many entries were sealed.
pub async fn seal_all(db: &Db) -> sqlx::Result<usize> {
    let mut sealed = 0;
    loop {
        let n = sqlx::query_scalar!(r#"select audit_seal_pending($1) as "n!""#, BATCH)
            .fetch_one(&mut *db.connection().await?)
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
    .fetch_all(&mut *db.connection().await?)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| Head { clinic: r.clinic_id, length: r.seq, hash: r.hash, pending: r.pending })
        .collect())
}

/// The first break of a clinic's chain inside the database.
async fn first_break(db: &Db, clinic: Uuid) -> sqlx::Result<Option<Break>> {
    let row = sqlx::query!("select seq, entry_id, problem from audit_first_break($1)", clinic)
        .fetch_optional(&mut *db.connection().await?)
        .await?;
    Ok(row.map(|r| Break { seq: r.seq, entry: r.entry_id, problem: r.problem.unwrap_or_default() }))
}

/// Where a clinic's chain does not hold: within the database, or against the heads that are kept outside it.
pub async fn verify(db: &Db, heads: &HeadsFile, clinic: Uuid) -> std::io::Result<Option<Break>> {
    match first_break(db, clinic).await.map_err(std::io::Error::other)? {
        Some(found) => Ok(Some(found)),
        None => heads.first_departure(db, clinic).await,
    }
}

/// Every chain of the database, and every one that the heads outside it know, verified.
pub async fn verify_all(db: &Db, kept: &HeadsFile) -> std::io::Result<Vec<(Head, Option<Break>)>> {
    let mut chains = heads(db).await.map_err(std::io::Error::other)?;
    for clinic in kept.clinics().await? {
        if !chains.iter().any(|head| head.clinic == clinic) {
            chains.push(Head { clinic, length: 0, hash: Vec::new(), pending: 0 });
        }
    }
    let mut verified = Vec::with_capacity(chains.len());
    for head in chains {
        let found = verify(db, kept, head.clinic).await?;
        verified.push((head, found));
    }
    Ok(verified)
}

/// Seals every second, and keeps the new heads outside the database.
pub async fn run_sealer(db: Db, heads: HeadsFile, stop: CancellationToken) {
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(Duration::from_secs(1)) => {}
        }
        match seal_all(&db).await {
            Ok(0) => {}
            Ok(_) => {
                if let Err(e) = heads.keep(&db).await {
                    tracing::error!(error = %e, "the heads of the audit chains could not be written");
                }
            }
            Err(e) => tracing::debug!(error = %e, "audit entries cannot be sealed now"),
        }
    }
}
