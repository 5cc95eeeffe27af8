//! What a search for an opening looks at: who and what there is in one statement, what is taken in another.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use crate::kernel::db::Tx;
use crate::slices::scheduling::moment::Span;

/// What a search names.
#[derive(Debug)]
pub struct Asked<'a> {
    pub kind: Option<Uuid>,
    /// None: every doctor.
    pub doctors: Option<&'a [Uuid]>,
    pub only_doctor: Option<Uuid>,
    pub branch: Option<Uuid>,
    /// Without it what the type needs.
    pub chair_feature: Option<&'a str>,
}

/// Who and what can be booked at all.
#[derive(Debug, Default)]
pub struct Candidates {
    /// Minutes of a step of the book.
    pub grid: Option<i32>,
    /// Minutes and pattern of the type, when it is in use.
    pub kind: Option<(i32, String)>,
    pub doctors: Vec<Uuid>,
    pub chairs: Vec<ChairToBook>,
}

/// A chair of an open branch.
#[derive(Debug)]
pub struct ChairToBook {
    pub id: Uuid,
    pub branch: Uuid,
    /// From when until when nobody can be treated on it; without dates until further notice.
    pub out: Option<(Option<Date>, Option<Date>)>,
}

/// The step of the book, the type, the doctors and the chairs that a search may find, in the order in which they are preferred.
pub async fn candidates(tx: &mut Tx, asked: &Asked<'_>) -> sqlx::Result<Candidates> {
    let clinic = tx.clinic();
    let rows = sqlx::query!(
        r#"with kind as (
            select id, minutes, pattern, chair_feature from appointment_type
            where clinic_id = $1 and id = $2 and active
        )
        select 1 as "what!", k.id as "id!", null::uuid as branch_id, k.minutes as "minutes?", k.pattern as "pattern?",
            false as "out!", null::date as out_from, null::date as out_until, 0::bigint as place
        from kind k
        union all
        select 0, clinic_id, null, slot_minutes, null, false, null, null, 0 from clinic where clinic_id = $1
        union all
        select 2, s.id, null, null, null, false, null, null, coalesce(array_position($3::uuid[], s.id), 0)
        from staff s
        where s.clinic_id = $1
            and s.active
            and ($3::uuid[] is null or s.id = any($3))
            and ($4::uuid is null or s.id = $4)
            and exists (
                select from staff_role sr
                join role r on r.clinic_id = sr.clinic_id and r.id = sr.role_id
                where sr.clinic_id = s.clinic_id and sr.staff_id = s.id and r.code = 'doctor')
        union all
        select 3, c.id, c.branch_id, null, null, c.out_reason is not null, c.out_from, c.out_until,
            row_number() over (order by b.position, b.id, c.position, c.id)
        from chair c
        join branch b on b.clinic_id = c.clinic_id and b.id = c.branch_id
        where c.clinic_id = $1
            and c.active
            and b.active
            and ($5::uuid is null or c.branch_id = $5)
            and (coalesce($6::text, (select chair_feature from kind)) is null
                or coalesce($6::text, (select chair_feature from kind)) = any(c.features))
        order by 1, 9, 2
        limit 2000"#,
        clinic,
        asked.kind,
        asked.doctors,
        asked.only_doctor,
        asked.branch,
        asked.chair_feature
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut found = Candidates::default();
    for row in rows {
        match (row.what, row.branch_id) {
            (0, _) => found.grid = row.minutes,
            (1, _) => found.kind = row.minutes.zip(row.pattern),
            (2, _) => found.doctors.push(row.id),
            (_, Some(branch)) => {
                let dates = (row.out_from.map(|d| d.to_jiff()), row.out_until.map(|d| d.to_jiff()));
                found.chairs.push(ChairToBook { id: row.id, branch, out: row.out.then_some(dates) });
            }
            _ => {}
        }
    }
    Ok(found)
}

/// What is taken by the same doctor and chair, in whole minutes since 1970.
#[derive(Debug)]
pub struct Taken {
    pub doctor: Option<Uuid>,
    pub chair: Option<Uuid>,
    /// A whole branch, where there is neither.
    pub branch: Option<Uuid>,
    pub starts: Vec<i32>,
    pub ends: Vec<i32>,
    /// For each appointment whose time each 5 minutes take, or `-` where the doctor is not needed yet. None for what
    /// blocks or keeps time, which takes all of it.
    pub patterns: Option<Vec<String>>,
}

/// What is taken of some doctors, chairs and branches in a span: one row for each doctor and chair, however much it
/// is. Blocks that are kept for the type, and slots that the actor keeps himself, are free.
pub async fn taken(
    tx: &mut Tx,
    places: &[Uuid],
    span: Span,
    kind: Option<Uuid>,
    now: Timestamp,
) -> sqlx::Result<Vec<Taken>> {
    let (clinic, staff) = (tx.clinic(), tx.staff());
    sqlx::query_as!(
        Taken,
        r#"select
            a.doctor_id as doctor,
            a.chair_id as chair,
            null::uuid as branch,
            array_agg(floor(date_part('epoch', a.starts_at) / 60)::int) as "starts!",
            array_agg(ceil(date_part('epoch', a.ends_at) / 60)::int) as "ends!",
            array_agg(case when a.walk_in and a.in_chair_at is null then '-' else a.pattern end) as patterns
        from appointment a
        where a.clinic_id = $1
            and a.starts_at > $2::timestamptz - interval '12 hours'
            and a.starts_at < $3
            and a.ends_at > $2
            and a.status not in ('cancelled', 'no_show', 'rescheduled')
            and (a.doctor_id = any($4) or a.chair_id = any($4))
        group by a.doctor_id, a.chair_id
        union all
        select
            b.doctor_id,
            b.chair_id,
            case when b.doctor_id is null and b.chair_id is null then b.branch_id end,
            array_agg(floor(date_part('epoch', b.starts_at) / 60)::int),
            array_agg(ceil(date_part('epoch', b.ends_at) / 60)::int),
            null
        from time_block b
        where b.clinic_id = $1
            and b.removed_at is null
            and b.starts_at > $2::timestamptz - interval '24 hours'
            and b.starts_at < $3
            and b.ends_at > $2
            and (b.kind <> 'emergency' or b.type_id is distinct from $5::uuid)
        group by b.doctor_id, b.chair_id, b.branch_id
        union all
        select
            h.doctor_id,
            h.chair_id,
            null,
            array_agg(floor(date_part('epoch', h.starts_at) / 60)::int),
            array_agg(ceil(date_part('epoch', h.ends_at) / 60)::int),
            null
        from slot_hold h
        where h.clinic_id = $1
            and h.expires_at > $6
            and h.held_by <> $7
            and h.starts_at < $3
            and h.ends_at > $2
        group by h.doctor_id, h.chair_id"#,
        clinic,
        span.from.to_sqlx() as _,
        span.until.to_sqlx() as _,
        places,
        kind,
        now.to_sqlx() as _,
        staff
    )
    .fetch_all(&mut **tx)
    .await
}
