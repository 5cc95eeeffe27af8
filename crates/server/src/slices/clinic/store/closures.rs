//! Hours of certain dates.

use dentpro_core::ids::{BranchId, ClosureId, StaffId};
use dentpro_core::scheduling::Stretch;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use super::super::api::hours::Closure;
use super::super::typed_hours::written;
use crate::kernel::db::Tx;

/// What narrows the list.
#[derive(Clone, Debug)]
pub struct Choice {
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub branch: Option<Uuid>,
    pub staff: Option<Uuid>,
    /// The last row seen.
    pub after: Option<(Date, Uuid)>,
    pub limit: i64,
}

#[derive(Debug)]
struct Row {
    id: Uuid,
    branch_id: Option<Uuid>,
    staff_id: Option<Uuid>,
    kind: String,
    name_ar: String,
    name_en: String,
    starts_on: jiff_sqlx::Date,
    ends_on: jiff_sqlx::Date,
    everybody: bool,
    version: i32,
    weekdays: Vec<i32>,
    starts: Vec<jiff_sqlx::Time>,
    ends: Vec<jiff_sqlx::Time>,
}

impl Row {
    fn closure(self) -> sqlx::Result<Closure> {
        let times = self.starts.into_iter().zip(self.ends);
        let stretches = times.map(|(from, until)| Stretch::new(from.to_jiff(), until.to_jiff()));
        Ok(Closure {
            id: self.id.into(),
            branch_id: self.branch_id.map(BranchId),
            staff_id: self.staff_id.map(StaffId),
            kind: self.kind.parse().map_err(|e| sqlx::Error::Decode(Box::new(e) as _))?,
            name_ar: self.name_ar,
            name_en: self.name_en,
            starts_on: self.starts_on.to_jiff(),
            ends_on: self.ends_on.to_jiff(),
            everybody: self.everybody,
            hours: self.weekdays.into_iter().zip(stretches).map(written).collect(),
            version: self.version,
        })
    }
}

macro_rules! closures {
    ($tail:tt, $($argument:expr),+ $(,)?) => {
        sqlx::query_as!(
            Row,
            r#"select
                d.id,
                d.branch_id,
                d.staff_id,
                d.kind,
                d.name_ar,
                d.name_en,
                d.starts_on,
                d.ends_on,
                d.everybody,
                d.version,
                coalesce(s.weekdays, '{}') as "weekdays!",
                coalesce(s.starts, '{}') as "starts!: Vec<jiff_sqlx::Time>",
                coalesce(s.ends, '{}') as "ends!: Vec<jiff_sqlx::Time>"
            from dated_hours d
            left join lateral (
                select
                    array_agg(weekday order by weekday, starts) as weekdays,
                    array_agg(starts order by weekday, starts) as starts,
                    array_agg(ends order by weekday, starts) as ends
                from dated_hours_stretch s
                where s.clinic_id = d.clinic_id and s.dated_id = d.id
            ) s on true
            "# + $tail,
            $($argument),+
        )
    };
}

/// Dated hours in the order in which they begin; one row more than the limit.
pub async fn list(tx: &mut Tx, choice: &Choice) -> sqlx::Result<Vec<Closure>> {
    let clinic = tx.clinic();
    let (after_date, after_id) = choice.after.unzip();
    let rows = closures!(
        "where d.clinic_id = $1
            and ($2::date is null or d.ends_on >= $2)
            and ($3::date is null or d.starts_on <= $3)
            and ($4::uuid is null or d.branch_id = $4)
            and ($5::uuid is null or d.staff_id = $5)
            and ($6::date is null or (d.starts_on, d.id) > ($6, $7::uuid))
        order by d.starts_on, d.id
        limit $8",
        clinic,
        choice.from.map(|d| d.to_sqlx()) as _,
        choice.to.map(|d| d.to_sqlx()) as _,
        choice.branch,
        choice.staff,
        after_date.map(|d| d.to_sqlx()) as _,
        after_id,
        choice.limit + 1
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter().map(Row::closure).collect()
}

/// One entry, locked for the change that follows.
pub async fn hold(tx: &mut Tx, id: ClosureId) -> sqlx::Result<Option<Closure>> {
    let clinic = tx.clinic();
    let row = closures!(
        "where d.clinic_id = $1 and d.id = $2
        for update of d",
        clinic,
        id.uuid()
    )
    .fetch_optional(&mut **tx)
    .await?;
    row.map(Row::closure).transpose()
}

/// Adds an entry without its stretches.
pub async fn insert(tx: &mut Tx, new: &Closure, now: Timestamp) -> sqlx::Result<()> {
    let (clinic, staff) = (tx.clinic(), tx.staff());
    sqlx::query!(
        "insert into dated_hours (clinic_id, id, branch_id, staff_id, kind, name_ar, name_en, starts_on, ends_on,
            everybody, created_at, created_by)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        clinic,
        new.id.uuid(),
        new.branch_id.map(BranchId::uuid),
        new.staff_id.map(StaffId::uuid),
        new.kind.as_str(),
        new.name_ar,
        new.name_en,
        new.starts_on.to_sqlx() as _,
        new.ends_on.to_sqlx() as _,
        new.everybody,
        now.to_sqlx() as _,
        staff
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes a changed entry and counts its version up.
pub async fn update(tx: &mut Tx, changed: &Closure) -> sqlx::Result<i32> {
    let clinic = tx.clinic();
    sqlx::query_scalar!(
        "update dated_hours
        set kind = $3, name_ar = $4, name_en = $5, starts_on = $6, ends_on = $7, everybody = $8, version = version + 1
        where clinic_id = $1 and id = $2
        returning version",
        clinic,
        changed.id.uuid(),
        changed.kind.as_str(),
        changed.name_ar,
        changed.name_en,
        changed.starts_on.to_sqlx() as _,
        changed.ends_on.to_sqlx() as _,
        changed.everybody
    )
    .fetch_one(&mut **tx)
    .await
}

/// Replaces the stretches of an entry.
pub async fn replace_stretches(
    tx: &mut Tx,
    id: ClosureId,
    stretches: &[(Uuid, i32, Stretch)],
) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    sqlx::query!("delete from dated_hours_stretch where clinic_id = $1 and dated_id = $2", clinic, id.uuid())
        .execute(&mut **tx)
        .await?;
    for (stretch_id, weekday, stretch) in stretches {
        sqlx::query!(
            "insert into dated_hours_stretch (clinic_id, id, dated_id, weekday, starts, ends)
            values ($1, $2, $3, $4, $5, $6)",
            clinic,
            stretch_id,
            id.uuid(),
            weekday,
            stretch.from.to_sqlx() as _,
            stretch.until.to_sqlx() as _
        )
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}

/// Takes an entry away.
pub async fn delete(tx: &mut Tx, id: ClosureId) -> sqlx::Result<()> {
    replace_stretches(tx, id, &[]).await?;
    let clinic = tx.clinic();
    sqlx::query!("delete from dated_hours where clinic_id = $1 and id = $2", clinic, id.uuid())
        .execute(&mut **tx)
        .await?;
    Ok(())
}
