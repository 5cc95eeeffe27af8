//! The heads of the audit chains, kept outside the database: whoever can rewrite a chain there cannot rewrite these.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use uuid::Uuid;

use super::audit_seal::{self, Break};
use super::db::Db;

/// Heads compared in one statement.
const BATCH: usize = 10_000;

/// The file of heads in a data directory: one line a head, `clinic length hash`, only ever added to.
#[derive(Clone, Debug)]
pub struct HeadsFile {
    path: PathBuf,
    /// The length of each chain that this process wrote last.
    written: Arc<Mutex<HashMap<Uuid, i64>>>,
}

/// The kept heads of a chain: the hash at each of its lengths.
type Kept = BTreeMap<i64, Vec<u8>>;

impl HeadsFile {
    /// The file of a data directory; it need not be there yet.
    pub fn in_directory(data: &Path) -> Self {
        Self { path: data.join("audit-heads"), written: Arc::default() }
    }

    /// Adds the heads that have moved since this process wrote them.
    pub async fn keep(&self, db: &Db) -> io::Result<()> {
        let heads = audit_seal::heads(db).await.map_err(io::Error::other)?;
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        let moved: Vec<_> = heads
            .iter()
            .filter(|head| head.length > 0 && written.get(&head.clinic) != Some(&head.length))
            .collect();
        if moved.is_empty() {
            return Ok(());
        }
        let lines: String = moved
            .iter()
            .map(|head| format!("{} {} {}\n", head.clinic, head.length, hex::encode(&head.hash)))
            .collect();
        self.append(&lines)?;
        written.extend(moved.into_iter().map(|head| (head.clinic, head.length)));
        Ok(())
    }

    fn append(&self, lines: &str) -> io::Result<()> {
        let mut file = std::fs::OpenOptions::new().create(true).read(true).append(true).open(&self.path)?;
        // A line that was torn when the machine stopped must not swallow the next one.
        let torn = file.metadata()?.len() > 0 && {
            let mut last = [0];
            file.seek(SeekFrom::End(-1))?;
            file.read_exact(&mut last)?;
            last != *b"\n"
        };
        file.write_all(format!("{}{lines}", if torn { "\n" } else { "" }).as_bytes())?;
        file.sync_data()
    }

    /// The heads of one clinic, or of all. Torn lines are left out.
    async fn kept(&self, only: Option<Uuid>) -> io::Result<HashMap<Uuid, Kept>> {
        let path = self.path.clone();
        let read = move || {
            let file = match std::fs::File::open(&path) {
                Ok(file) => file,
                Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(HashMap::new()),
                Err(e) => return Err(e),
            };
            let mut kept: HashMap<Uuid, Kept> = HashMap::new();
            for line in BufReader::new(file).split(b'\n') {
                if let Some((clinic, length, hash)) = read_line(&line?)
                    && only.is_none_or(|only| only == clinic)
                {
                    kept.entry(clinic).or_default().insert(length, hash);
                }
            }
            Ok(kept)
        };
        tokio::task::spawn_blocking(read).await.map_err(io::Error::other)?
    }

    /// The chains that the file knows.
    pub async fn clinics(&self) -> io::Result<Vec<Uuid>> {
        Ok(self.kept(None).await?.into_keys().collect())
    }

    /// Where a clinic's chain first departs from what was kept of it. Every kept head is compared, not only the
    /// last: heads that are added after a chain was rewritten agree with it.
    pub async fn first_departure(&self, db: &Db, clinic: Uuid) -> io::Result<Option<Break>> {
        let Some(kept) = self.kept(Some(clinic)).await?.remove(&clinic) else { return Ok(None) };
        let (lengths, hashes): (Vec<i64>, Vec<Vec<u8>>) = kept.into_iter().unzip();
        for (lengths, hashes) in lengths.chunks(BATCH).zip(hashes.chunks(BATCH)) {
            let departs = departure(db, clinic, lengths, hashes).await.map_err(io::Error::other)?;
            if departs.is_some() {
                return Ok(departs);
            }
        }
        Ok(None)
    }
}

fn read_line(line: &[u8]) -> Option<(Uuid, i64, Vec<u8>)> {
    let mut words = std::str::from_utf8(line).ok()?.split(' ');
    let (clinic, length, hash) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?, words.next()?);
    let hash = hex::decode(hash).ok().filter(|hash| hash.len() == 32)?;
    words.next().is_none().then_some((clinic, length, hash))
}

async fn departure(
    db: &Db,
    clinic: Uuid,
    lengths: &[i64],
    hashes: &[Vec<u8>],
) -> sqlx::Result<Option<Break>> {
    let mut tx = db.begin_as_system(clinic.into(), clinic).await?;
    let row = sqlx::query!(
        r#"select kept.seq as "seq!", s.entry_id as "entry_id?"
        from unnest($2::bigint[], $3::bytea[]) as kept (seq, hash)
        left join audit_seal s on s.clinic_id = $1 and s.seq = kept.seq
        where s.hash is distinct from kept.hash
        order by kept.seq
        limit 1"#,
        clinic,
        lengths,
        hashes
    )
    .fetch_optional(&mut *tx)
    .await?;
    Ok(row.map(|r| {
        let problem = if r.entry_id.is_some() { "rewritten" } else { "cut" };
        Break { seq: Some(r.seq), entry: r.entry_id, problem: problem.to_owned() }
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_torn_line_hides_neither_the_heads_before_it_nor_those_after() {
        let data = tempfile::tempdir().unwrap();
        let file = HeadsFile::in_directory(data.path());
        let (clinic, hash) = (Uuid::max(), "ab".repeat(32));
        file.append(&format!("{clinic} 1 {hash}\n{clinic} 2 abab")).unwrap();
        file.append(&format!("{clinic} 3 {hash}\n")).unwrap();
        let kept = file.kept(None).await.unwrap();
        assert_eq!(kept[&clinic].keys().copied().collect::<Vec<_>>(), [1, 3]);
    }
}
