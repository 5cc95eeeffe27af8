//! All SQL of the calendar feeds.

use dentpro_core::ids::ClinicId;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use super::icalendar_file::CalendarEntry;
use crate::kernel::db::Tx;

/// Appointments a feed has at most.
const MOST: i64 = 5000;

/// The staff member's feed that works, and whether the clinic lets feeds name patients.
pub async fn feed_of(tx: &mut Tx, staff: Uuid) -> sqlx::Result<(Option<Timestamp>, bool)> {
    let clinic = tx.clinic();
    let row = sqlx::query!(
        r#"select
            (select created_at from calendar_feed
                where clinic_id = $1 and staff_id = $2 and revoked_at is null) as created_at,
            coalesce((select feed_names from reminder_settings where clinic_id = $1), false) as "names!""#,
        clinic,
        staff
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok((row.created_at.map(|at| at.to_jiff()), row.names))
}

/// Ends the staff member's feed; whether there was one.
pub async fn revoke(tx: &mut Tx, staff: Uuid, now: Timestamp) -> sqlx::Result<bool> {
    let clinic = tx.clinic();
    let revoked = sqlx::query!(
        "update calendar_feed set revoked_at = $3 where clinic_id = $1 and staff_id = $2 and revoked_at is null",
        clinic,
        staff,
        now.to_sqlx() as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(revoked.rows_affected() > 0)
}

/// Adds a feed.
pub async fn insert(tx: &mut Tx, id: Uuid, staff: Uuid, hash: &[u8], now: Timestamp) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    sqlx::query!(
        "insert into calendar_feed (clinic_id, id, staff_id, token_hash, created_at) values ($1, $2, $3, $4, $5)",
        clinic,
        id,
        staff,
        hash,
        now.to_sqlx() as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Whose clinic a secret belongs to.
pub async fn clinic_of(tx: &mut Tx, hash: &[u8]) -> sqlx::Result<Option<ClinicId>> {
    let found = sqlx::query_scalar!("select calendar_feed_clinic($1)", hash).fetch_one(&mut **tx).await?;
    Ok(found.map(Into::into))
}

/// Whom a feed belongs to, and how it is written.
#[derive(Debug)]
pub struct Reader {
    pub staff: Uuid,
    pub name_ar: String,
    pub name_en: String,
    pub arabic: bool,
    pub zone: TimeZone,
    pub names: bool,
}

/// The reader of a secret, as long as he works here and may see the book.
pub async fn reader(tx: &mut Tx, hash: &[u8]) -> sqlx::Result<Option<Reader>> {
    let clinic = tx.clinic();
    let row = sqlx::query!(
        r#"select
            s.id,
            s.name_ar,
            s.name_en,
            coalesce(a.locale, c.languages[1], 'en') = 'ar' as "arabic!",
            c.time_zone,
            coalesce(rs.feed_names, false) as "names!"
        from calendar_feed f
        join staff s on s.clinic_id = f.clinic_id and s.id = f.staff_id and s.active
        join account a on a.id = s.account_id and a.active
        join clinic c on c.clinic_id = f.clinic_id
        left join reminder_settings rs on rs.clinic_id = f.clinic_id
        where f.clinic_id = $1
            and f.token_hash = $2
            and f.revoked_at is null
            and exists (
                select from staff_role sr
                join role_permission p on p.clinic_id = sr.clinic_id and p.role_id = sr.role_id
                where sr.clinic_id = s.clinic_id and sr.staff_id = s.id and p.permission = 'scheduling.read')"#,
        clinic,
        hash
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|r| Reader {
        staff: r.id,
        name_ar: r.name_ar,
        name_en: r.name_en,
        arabic: r.arabic,
        zone: dentpro_core::time::zone(&r.time_zone).unwrap_or(TimeZone::UTC),
        names: r.names,
    }))
}

/// The reader's appointments of a span, cancelled and missed ones too, so that calendars take them off.
pub async fn entries(
    tx: &mut Tx,
    reader: &Reader,
    from: Timestamp,
    until: Timestamp,
) -> sqlx::Result<Vec<CalendarEntry>> {
    let clinic = tx.clinic();
    let rows = sqlx::query!(
        r#"select
            a.id,
            a.starts_at,
            a.ends_at,
            a.version,
            a.status,
            a.reason,
            coalesce((
                select max(e.at) from appointment_event e
                where e.clinic_id = a.clinic_id and e.appointment_id = a.id), a.created_at) as "changed_at!",
            p.name_ar as patient_ar,
            p.name_en as patient_en,
            coalesce(t.name_ar, '') as "type_ar!",
            coalesce(t.name_en, '') as "type_en!",
            b.name_ar as branch_ar,
            b.name_en as branch_en,
            coalesce(c.name_ar, '') as "chair_ar!",
            coalesce(c.name_en, '') as "chair_en!"
        from appointment a
        join patient p on p.clinic_id = a.clinic_id and p.id = a.patient_id
        join branch b on b.clinic_id = a.clinic_id and b.id = a.branch_id
        left join chair c on c.clinic_id = a.clinic_id and c.id = a.chair_id
        left join appointment_type t on t.clinic_id = a.clinic_id and t.id = a.type_id
        where a.clinic_id = $1 and a.doctor_id = $2 and a.starts_at >= $3 and a.starts_at < $4
        order by a.starts_at, a.id
        limit $5"#,
        clinic,
        reader.staff,
        from.to_sqlx() as _,
        until.to_sqlx() as _,
        MOST
    )
    .fetch_all(&mut **tx)
    .await?;
    let pick = |ar: &str, en: &str| {
        let first = if reader.arabic { ar } else { en };
        let other = if reader.arabic { en } else { ar };
        if first.is_empty() { other.to_owned() } else { first.to_owned() }
    };
    let joined = |parts: [String; 2]| {
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    };
    Ok(rows
        .into_iter()
        .map(|r| {
            let kind = match pick(&r.type_ar, &r.type_en) {
                kind if kind.is_empty() => pick("موعد", "Appointment"),
                kind => kind,
            };
            // Why somebody comes is as private as who it is.
            let (summary, description) = if reader.names {
                (joined([pick(&r.patient_ar, &r.patient_en), kind]), r.reason)
            } else {
                (kind, String::new())
            };
            CalendarEntry {
                id: r.id,
                starts_at: r.starts_at.to_jiff(),
                ends_at: r.ends_at.to_jiff(),
                sequence: r.version,
                changed_at: r.changed_at.to_jiff(),
                cancelled: matches!(r.status.as_str(), "cancelled" | "no_show" | "rescheduled"),
                confirmed: r.status != "scheduled",
                summary,
                description,
                location: joined([pick(&r.branch_ar, &r.branch_en), pick(&r.chair_ar, &r.chair_en)]),
            }
        })
        .collect())
}
