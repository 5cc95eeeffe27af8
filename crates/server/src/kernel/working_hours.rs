//! The hours of a clinic's branches and doctors, which the clinic keeps and the book asks.

use dentpro_core::scheduling::{Calendar, DatedHours, Stretch, week_of};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use jiff_sqlx::ToSqlx;

use super::db::Tx;
use super::error::{ApiError, ApiResult};

/// All weeks, and the dated hours that reach into the days from the first to the last and the night before: two
/// statements, however many days or doctors there are.
pub async fn calendar(tx: &mut Tx, first: Date, last: Date) -> ApiResult<Calendar> {
    let clinic = tx.clinic();
    let weekly = sqlx::query!(
        r#"select coalesce(branch_id, staff_id) as "owner!", weekday, starts, ends
        from working_hours
        where clinic_id = $1
        limit 10000"#,
        clinic
    )
    .fetch_all(&mut **tx)
    .await?;
    let dated = sqlx::query!(
        r#"select
            d.id,
            coalesce(d.branch_id, d.staff_id) as "owner!",
            d.kind,
            d.name_ar,
            d.name_en,
            d.starts_on,
            d.ends_on,
            d.everybody,
            coalesce(s.weekdays, '{}') as "weekdays!",
            coalesce(s.starts, '{}') as "starts!: Vec<jiff_sqlx::Time>",
            coalesce(s.ends, '{}') as "ends!: Vec<jiff_sqlx::Time>"
        from dated_hours d
        left join lateral (
            select array_agg(weekday) as weekdays, array_agg(starts) as starts, array_agg(ends) as ends
            from dated_hours_stretch s
            where s.clinic_id = d.clinic_id and s.dated_id = d.id
        ) s on true
        where d.clinic_id = $1 and d.ends_on >= $2 and d.starts_on <= $3
        limit 10000"#,
        clinic,
        first.saturating_sub(1.day()).to_sqlx() as _,
        last.to_sqlx() as _
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut entries = Vec::with_capacity(dated.len());
    for row in dated {
        let stretches = row.starts.into_iter().zip(row.ends).map(|(from, until)| stretch(from, until));
        let entry = DatedHours {
            id: row.id,
            kind: row.kind.parse().map_err(|e| ApiError::internal(Box::new(e) as _))?,
            name_ar: row.name_ar,
            name_en: row.name_en,
            first: row.starts_on.to_jiff(),
            last: row.ends_on.to_jiff(),
            everybody: row.everybody,
            week: week_of(row.weekdays.into_iter().zip(stretches)),
        };
        entries.push((row.owner, entry));
    }
    Ok(Calendar::of(weekly.into_iter().map(|r| (r.owner, r.weekday, stretch(r.starts, r.ends))), entries))
}

fn stretch(from: jiff_sqlx::Time, until: jiff_sqlx::Time) -> Stretch {
    Stretch::new(from.to_jiff(), until.to_jiff())
}

/// The same for the days of some ranges of the book; nothing is asked where there is none.
pub async fn calendar_of(
    tx: &mut Tx,
    ranges: impl IntoIterator<Item = (Timestamp, Timestamp)>,
    zone: &TimeZone,
) -> ApiResult<Calendar> {
    let whole = ranges.into_iter().reduce(|whole, range| (whole.0.min(range.0), whole.1.max(range.1)));
    match whole {
        Some((from, until)) => {
            calendar(tx, zone.to_datetime(from).date(), zone.to_datetime(until).date()).await
        }
        None => Ok(Calendar::default()),
    }
}
