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

/// Every stretch of every week, with its owner and weekday; 0 is Sunday.
pub async fn weekly(tx: &mut Tx) -> sqlx::Result<Vec<(Owner, i32, Stretch)>> {
    let clinic = tx.clinic();
    let rows = sqlx::query!(
        "select
            branch_id,
            staff_id,
            weekday,
            starts,
            ends
        from working_hours
        where clinic_id = $1
        order by weekday, starts
        limit 5000",
        clinic
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .filter_map(|r| {
            let owner = r.branch_id.map(Owner::Branch).or(r.staff_id.map(Owner::Staff))?;
            Some((owner, r.weekday, Stretch::new(r.starts.to_jiff(), r.ends.to_jiff())))
        })
        .collect())
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
    let (branch, staff) = match owner {
        Owner::Branch(id) => (Some(id), None),
        Owner::Staff(id) => (None, Some(id)),
    };
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

/// Whether the owner is of this clinic.
pub async fn owner_exists(tx: &mut Tx, owner: Owner) -> sqlx::Result<bool> {
    let clinic = tx.clinic();
    match owner {
        Owner::Branch(id) => {
            sqlx::query_scalar!(
                r#"select exists (select from branch where clinic_id = $1 and id = $2) as "there!""#,
                clinic,
                id
            )
            .fetch_one(&mut **tx)
            .await
        }
        Owner::Staff(id) => {
            sqlx::query_scalar!(
                r#"select exists (select from staff where clinic_id = $1 and id = $2) as "there!""#,
                clinic,
                id
            )
            .fetch_one(&mut **tx)
            .await
        }
    }
}
