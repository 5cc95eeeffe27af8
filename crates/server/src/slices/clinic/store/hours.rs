//! Weekly working hours.

use dentpro_core::scheduling::Stretch;
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use crate::kernel::db::Tx;

/// Whose week it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner {
    Branch(Uuid),
    Staff(Uuid),
}

impl Owner {
    fn columns(self) -> (Option<Uuid>, Option<Uuid>) {
        match self {
            Self::Branch(id) => (Some(id), None),
            Self::Staff(id) => (None, Some(id)),
        }
    }

    fn id(self) -> Uuid {
        match self {
            Self::Branch(id) | Self::Staff(id) => id,
        }
    }
}

/// The stretches of a week, with their weekdays; 0 is Sunday.
pub async fn week(tx: &mut Tx, owner: Owner) -> sqlx::Result<Vec<(i32, Stretch)>> {
    let clinic = tx.clinic();
    let (branch, staff) = owner.columns();
    let rows = sqlx::query!(
        "select weekday, starts, ends
        from working_hours
        where clinic_id = $1 and (branch_id = $2 or staff_id = $3)
        order by weekday, starts
        limit 100",
        clinic,
        branch,
        staff
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|r| (r.weekday, Stretch::new(r.starts.to_jiff(), r.ends.to_jiff()))).collect())
}

/// Branches that are open at all, in the order of the book.
pub async fn branches(tx: &mut Tx) -> sqlx::Result<Vec<Uuid>> {
    let clinic = tx.clinic();
    sqlx::query_scalar!(
        "select id from branch where clinic_id = $1 and active order by position, id limit 200",
        clinic
    )
    .fetch_all(&mut **tx)
    .await
}

/// Doctors who work here.
pub async fn doctors(tx: &mut Tx) -> sqlx::Result<Vec<Uuid>> {
    let clinic = tx.clinic();
    sqlx::query_scalar!(
        "select s.id
        from staff s
        where s.clinic_id = $1 and s.active
            and exists (
                select from staff_role sr
                join role r on r.clinic_id = sr.clinic_id and r.id = sr.role_id
                where sr.clinic_id = s.clinic_id and sr.staff_id = s.id and r.code = 'doctor')
        order by s.created_at, s.id
        limit 500",
        clinic
    )
    .fetch_all(&mut **tx)
    .await
}

/// Replaces a whole week.
pub async fn replace_week(tx: &mut Tx, owner: Owner, days: &[(Uuid, i32, Stretch)]) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    let (branch, staff) = owner.columns();
    sqlx::query!(
        "delete from working_hours where clinic_id = $1 and (branch_id = $2 or staff_id = $3)",
        clinic,
        branch,
        staff
    )
    .execute(&mut **tx)
    .await?;
    for (id, weekday, stretch) in days {
        sqlx::query!(
            "insert into working_hours (clinic_id, id, branch_id, staff_id, weekday, starts, ends)
            values ($1, $2, $3, $4, $5, $6, $7)",
            clinic,
            id,
            branch,
            staff,
            weekday,
            stretch.from.to_sqlx() as _,
            stretch.until.to_sqlx() as _
        )
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}

/// The version of an owner's week; `None` when the clinic has no such owner.
pub async fn version(tx: &mut Tx, owner: Owner) -> sqlx::Result<Option<i32>> {
    let clinic = tx.clinic();
    let (branch, staff) = owner.columns();
    sqlx::query_scalar!(
        r#"select coalesce(w.version, 1) as "version!"
        from (
            select id from branch where clinic_id = $1 and id = $2
            union all
            select id from staff where clinic_id = $1 and id = $3
        ) owner
        left join working_week w on w.clinic_id = $1 and w.id = owner.id"#,
        clinic,
        branch,
        staff
    )
    .fetch_optional(&mut **tx)
    .await
}

/// Counts the version of a week up, unless it is another one than `from` by now (`None`). Whoever else sets the same
/// week waits here.
pub async fn count_up(tx: &mut Tx, owner: Owner, from: i32) -> sqlx::Result<Option<i32>> {
    let clinic = tx.clinic();
    let counted = sqlx::query_scalar!(
        "update working_week set version = version + 1 where clinic_id = $1 and id = $2 and version = $3 returning version",
        clinic,
        owner.id(),
        from
    )
    .fetch_optional(&mut **tx)
    .await?;
    if counted.is_some() || from != 1 {
        return Ok(counted);
    }
    let (branch, staff) = owner.columns();
    sqlx::query_scalar!(
        "insert into working_week (clinic_id, id, branch_id, staff_id, version)
        values ($1, $2, $3, $4, 2)
        on conflict (clinic_id, id) do nothing
        returning version",
        clinic,
        owner.id(),
        branch,
        staff
    )
    .fetch_optional(&mut **tx)
    .await
}
