//! Blocks: time that is not for patients, or for some only.

use dentpro_core::scheduling::{BlockKind, Occurrence};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use crate::kernel::db::Tx;
use crate::slices::scheduling::moment::Span;

/// What must hold of the ids of a block. None: the clinic has no such thing.
#[derive(Debug)]
pub struct BlockCircumstances {
    pub branch_known: bool,
    pub chair_branch: Option<Uuid>,
    pub doctor_works: bool,
    pub type_known: bool,
    pub first_branch: Option<Uuid>,
}

/// Looks all ids of a block up at once.
pub async fn block_circumstances(
    tx: &mut Tx,
    branch: Option<Uuid>,
    chair: Option<Uuid>,
    doctor: Option<Uuid>,
    kind: Option<Uuid>,
) -> sqlx::Result<BlockCircumstances> {
    let clinic = tx.clinic();
    sqlx::query_as!(
        BlockCircumstances,
        r#"select
            exists (select from branch where clinic_id = $1 and id = $2 and active) as "branch_known!",
            (select branch_id from chair where clinic_id = $1 and id = $3) as chair_branch,
            exists (select from staff where clinic_id = $1 and id = $4 and active) as "doctor_works!",
            exists (select from appointment_type where clinic_id = $1 and id = $5 and active) as "type_known!",
            (select id from branch where clinic_id = $1 and active
                order by position, created_at, id limit 1) as first_branch"#,
        clinic,
        branch,
        chair,
        doctor,
        kind
    )
    .fetch_one(&mut **tx)
    .await
}

/// All whose time a block of a whole branch takes: its chairs, and every doctor, who may be booked there without one.
pub async fn places_of_branch(tx: &mut Tx, branch: Uuid) -> sqlx::Result<Vec<Uuid>> {
    let clinic = tx.clinic();
    sqlx::query_scalar!(
        r#"select id as "id!" from chair where clinic_id = $1 and branch_id = $2
        union all
        select s.id from staff s
        where s.clinic_id = $1
            and exists (
                select from staff_role sr
                join role r on r.clinic_id = sr.clinic_id and r.id = sr.role_id
                where sr.clinic_id = s.clinic_id and sr.staff_id = s.id and r.code = 'doctor')
        limit 1000"#,
        clinic,
        branch
    )
    .fetch_all(&mut **tx)
    .await
}

/// Where, what for and for whom: all of a block but its time.
#[derive(Clone, Debug)]
pub struct BlockFacts {
    pub branch_id: Uuid,
    pub chair_id: Option<Uuid>,
    pub doctor_id: Option<Uuid>,
    pub kind: BlockKind,
    pub type_id: Option<Uuid>,
    pub title: String,
}

/// An appointment that stands where a block is to be.
#[derive(Debug)]
pub struct StandingRow {
    pub id: Uuid,
    pub patient_id: Uuid,
    pub doctor_id: Uuid,
    pub chair_id: Option<Uuid>,
    pub starts_at: jiff_sqlx::Timestamp,
    pub ends_at: jiff_sqlx::Timestamp,
}

/// The first appointments that stand in one of the ranges of a block and are not those it is kept for.
pub async fn in_the_way(
    tx: &mut Tx,
    facts: &BlockFacts,
    series: &[Occurrence],
    limit: i64,
) -> sqlx::Result<Vec<StandingRow>> {
    let clinic = tx.clinic();
    let (starts, ends) = ranges(series);
    sqlx::query_as!(
        StandingRow,
        "select distinct on (a.starts_at, a.id)
            a.id,
            a.patient_id,
            a.doctor_id,
            a.chair_id,
            a.starts_at,
            a.ends_at
        from unnest($2::timestamptz[], $3::timestamptz[]) as b (starts_at, ends_at)
        join appointment a on a.clinic_id = $1
            and a.starts_at > b.starts_at - interval '12 hours'
            and a.starts_at < b.ends_at
            and a.ends_at > b.starts_at
            and a.status not in ('cancelled', 'no_show', 'rescheduled')
        where case
                when $4::uuid is not null then a.chair_id = $4
                when $5::uuid is not null
                    then a.doctor_id = $5 and a.doctor_time && tstzrange(b.starts_at, b.ends_at)
                else a.branch_id = $6
            end
            and ($7::uuid is null or a.type_id is distinct from $7)
        order by a.starts_at, a.id
        limit $8",
        clinic,
        &starts as _,
        &ends as _,
        facts.chair_id,
        facts.doctor_id,
        facts.branch_id,
        facts.type_id,
        limit
    )
    .fetch_all(&mut **tx)
    .await
}

fn ranges(series: &[Occurrence]) -> (Vec<jiff_sqlx::Timestamp>, Vec<jiff_sqlx::Timestamp>) {
    series.iter().map(|(_, starts, ends)| (starts.to_sqlx(), ends.to_sqlx())).unzip()
}

/// Adds the blocks of a series, or one; an id for each.
pub async fn insert_blocks(
    tx: &mut Tx,
    ids: &[Uuid],
    facts: &BlockFacts,
    occurrences: &[Occurrence],
    series: Option<Uuid>,
    now: Timestamp,
) -> sqlx::Result<()> {
    let (clinic, staff) = (tx.clinic(), tx.staff());
    let (starts, ends) = ranges(occurrences);
    let days: Vec<jiff_sqlx::Date> = occurrences.iter().map(|(day, ..)| day.to_sqlx()).collect();
    sqlx::query!(
        "insert into time_block (clinic_id, id, branch_id, chair_id, doctor_id, kind, type_id, title, starts_at, ends_at,
            local_date, series_id, created_at, created_by)
        select $1, t.id, $6, $7, $8, $9, $10, $11, t.starts_at, t.ends_at, t.local_date, $12, $13, $14
        from unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[], $5::date[])
            as t (id, starts_at, ends_at, local_date)",
        clinic,
        ids,
        &starts as _,
        &ends as _,
        &days as _,
        facts.branch_id,
        facts.chair_id,
        facts.doctor_id,
        facts.kind.as_str(),
        facts.type_id,
        facts.title,
        series,
        now.to_sqlx() as _,
        staff
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// A block with the name of who made it.
#[derive(Debug)]
pub struct BlockRow {
    pub id: Uuid,
    pub branch_id: Uuid,
    pub chair_id: Option<Uuid>,
    pub doctor_id: Option<Uuid>,
    pub kind: String,
    pub type_id: Option<Uuid>,
    pub title: String,
    pub starts_at: jiff_sqlx::Timestamp,
    pub ends_at: jiff_sqlx::Timestamp,
    pub local_date: jiff_sqlx::Date,
    pub series_id: Option<Uuid>,
    pub created_by_name_ar: String,
    pub created_by_name_en: String,
    pub version: i32,
}

/// What narrows a list of blocks. A chair's and a doctor's come with those of the whole branch.
#[derive(Clone, Debug, Default)]
pub struct BlockChoice {
    /// Without those of other doctors: all a reader with the scope "own" sees.
    pub only_doctor: Option<Uuid>,
    pub branch: Option<Uuid>,
    pub chair: Option<Uuid>,
    pub doctor: Option<Uuid>,
    /// The last row seen: start and id.
    pub after: Option<(Timestamp, Uuid)>,
    pub limit: i64,
}

macro_rules! blocks {
    ($tail:tt, $($argument:expr),+ $(,)?) => {
        sqlx::query_as!(
            BlockRow,
            "select
                b.id,
                b.branch_id,
                b.chair_id,
                b.doctor_id,
                b.kind,
                b.type_id,
                b.title,
                b.starts_at,
                b.ends_at,
                b.local_date,
                b.series_id,
                s.name_ar as created_by_name_ar,
                s.name_en as created_by_name_en,
                b.version
            from time_block b
            join staff s on s.clinic_id = b.clinic_id and s.id = b.created_by
            " + $tail,
            $($argument),+
        )
    };
}

/// The blocks that reach into a span, in the order in which they start; one row more than the limit.
pub async fn list_blocks(tx: &mut Tx, span: Span, choice: &BlockChoice) -> sqlx::Result<Vec<BlockRow>> {
    let clinic = tx.clinic();
    let (after_start, after_id) = choice.after.unzip();
    blocks!(
        "where b.clinic_id = $1
            and b.removed_at is null
            and b.starts_at > $2::timestamptz - interval '24 hours'
            and b.starts_at < $3
            and b.ends_at > $2
            and ($4::uuid is null or b.branch_id = $4)
            and ($5::uuid is null or b.chair_id = $5 or b.chair_id is null and b.doctor_id is null)
            and ($6::uuid is null or b.doctor_id = $6 or b.chair_id is null and b.doctor_id is null)
            and ($7::uuid is null or b.doctor_id is null or b.doctor_id = $7)
            and ($8::timestamptz is null or (b.starts_at, b.id) > ($8, $9::uuid))
        order by b.starts_at, b.id
        limit $10",
        clinic,
        span.from.to_sqlx() as _,
        span.until.to_sqlx() as _,
        choice.branch,
        choice.chair,
        choice.doctor,
        choice.only_doctor,
        after_start.map(|at| at.to_sqlx()) as _,
        after_id,
        choice.limit + 1
    )
    .fetch_all(&mut **tx)
    .await
}

/// Blocks by their ids, in the order in which they start.
pub async fn blocks_of(tx: &mut Tx, ids: &[Uuid]) -> sqlx::Result<Vec<BlockRow>> {
    let clinic = tx.clinic();
    blocks!(
        "where b.clinic_id = $1 and b.id = any($2)
        order by b.starts_at, b.id
        limit 200",
        clinic,
        ids
    )
    .fetch_all(&mut **tx)
    .await
}

/// A block that stands, as it is changed.
#[derive(Debug)]
pub struct HeldBlock {
    pub facts: BlockFacts,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    pub local_date: jiff::civil::Date,
    pub series: Option<Uuid>,
    pub version: i32,
}

/// One block, locked for the change that follows; none when it was removed.
pub async fn hold_block(tx: &mut Tx, id: Uuid) -> sqlx::Result<Option<HeldBlock>> {
    let clinic = tx.clinic();
    let row = sqlx::query!(
        "select branch_id, chair_id, doctor_id, kind, type_id, title, starts_at, ends_at, local_date, series_id, version
        from time_block
        where clinic_id = $1 and id = $2 and removed_at is null
        for update",
        clinic,
        id
    )
    .fetch_optional(&mut **tx)
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(HeldBlock {
        facts: BlockFacts {
            branch_id: row.branch_id,
            chair_id: row.chair_id,
            doctor_id: row.doctor_id,
            kind: row.kind.parse().map_err(|e| sqlx::Error::Decode(Box::new(e) as _))?,
            type_id: row.type_id,
            title: row.title,
        },
        starts_at: row.starts_at.to_jiff(),
        ends_at: row.ends_at.to_jiff(),
        local_date: row.local_date.to_jiff(),
        series: row.series_id,
        version: row.version,
    }))
}

/// Writes a changed block and counts its version up.
pub async fn update_block(tx: &mut Tx, id: Uuid, changed: &HeldBlock) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    sqlx::query!(
        "update time_block
        set kind = $3, type_id = $4, title = $5, starts_at = $6, ends_at = $7, local_date = $8, version = version + 1
        where clinic_id = $1 and id = $2",
        clinic,
        id,
        changed.facts.kind.as_str(),
        changed.facts.type_id,
        changed.facts.title,
        changed.starts_at.to_sqlx() as _,
        changed.ends_at.to_sqlx() as _,
        changed.local_date.to_sqlx() as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Takes a block out of the book, with those of its series that start later when one is given.
pub async fn remove_blocks(
    tx: &mut Tx,
    id: Uuid,
    series_after: Option<(Uuid, Timestamp)>,
    now: Timestamp,
) -> sqlx::Result<()> {
    let (clinic, staff) = (tx.clinic(), tx.staff());
    let (series, after) = series_after.unzip();
    sqlx::query!(
        "update time_block
        set removed_at = $5, removed_by = $6, version = version + 1
        where clinic_id = $1
            and removed_at is null
            and (id = $2 or series_id = $3::uuid and starts_at > $4::timestamptz)",
        clinic,
        id,
        series,
        after.map(|at| at.to_sqlx()) as _,
        now.to_sqlx() as _,
        staff
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
