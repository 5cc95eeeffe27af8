//! Sums over appointments: the load of days, and a patient's attendance.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use crate::kernel::db::Tx;
use crate::slices::scheduling::api::load::Attendance;
use crate::slices::scheduling::moment::Span;

/// What is booked on a day.
#[derive(Debug)]
pub struct LoadRow {
    pub local_date: jiff_sqlx::Date,
    pub count: i64,
    pub booked_minutes: i64,
    pub cancelled: i64,
    pub no_shows: i64,
    pub overbooked: i64,
}

/// The load of every day of a span that has appointments. A pattern counts the doctor's minutes alone.
pub async fn loads(
    tx: &mut Tx,
    span: Span,
    branch: Option<Uuid>,
    doctor: Option<Uuid>,
    only_doctor: Option<Uuid>,
) -> sqlx::Result<Vec<LoadRow>> {
    let clinic = tx.clinic();
    sqlx::query_as!(
        LoadRow,
        r#"select
            local_date,
            count(*) filter (where status not in ('cancelled', 'no_show', 'rescheduled')) as "count!",
            coalesce(sum(case pattern
                    when '' then extract(epoch from ends_at - starts_at)::bigint / 60
                    else length(replace(pattern, 'A', '')) * 5
                end) filter (where status not in ('cancelled', 'no_show', 'rescheduled')), 0)::bigint
                as "booked_minutes!",
            count(*) filter (where status = 'cancelled') as "cancelled!",
            count(*) filter (where status = 'no_show') as "no_shows!",
            count(*) filter (
                where overbook_reason is not null and status not in ('cancelled', 'no_show', 'rescheduled')
            ) as "overbooked!"
        from appointment
        where clinic_id = $1
            and starts_at >= $2
            and starts_at < $3
            and ($4::uuid is null or branch_id = $4)
            and ($5::uuid is null or doctor_id = $5)
            and ($6::uuid is null or doctor_id = $6)
        group by local_date
        limit 100"#,
        clinic,
        span.from.to_sqlx() as _,
        span.until.to_sqlx() as _,
        branch,
        doctor,
        only_doctor
    )
    .fetch_all(&mut **tx)
    .await
}

/// The doctors who work here, with the branch whose hours they keep where they have none of their own: the one that is
/// named, else the first.
pub async fn doctors_at(
    tx: &mut Tx,
    branch: Option<Uuid>,
    doctor: Option<Uuid>,
    only_doctor: Option<Uuid>,
) -> sqlx::Result<Vec<(Uuid, Uuid)>> {
    let clinic = tx.clinic();
    let rows = sqlx::query!(
        r#"select
            s.id,
            coalesce($2, (
                select b.id from branch b where b.clinic_id = $1 and b.active
                order by b.position, b.created_at, b.id limit 1)) as "branch: Uuid"
        from staff s
        where s.clinic_id = $1
            and s.active
            and ($3::uuid is null or s.id = $3)
            and ($4::uuid is null or s.id = $4)
            and exists (
                select from staff_role sr
                join role r on r.clinic_id = sr.clinic_id and r.id = sr.role_id
                where sr.clinic_id = s.clinic_id and sr.staff_id = s.id and r.code = 'doctor')
        limit 500"#,
        clinic,
        branch,
        doctor,
        only_doctor
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|r| (r.id, r.branch.unwrap_or_default())).collect())
}

/// How reliably a patient comes; none when the clinic has no such patient.
pub async fn attendance(
    tx: &mut Tx,
    patient: Uuid,
    only_doctor: Option<Uuid>,
    now: Timestamp,
) -> sqlx::Result<Option<Attendance>> {
    let clinic = tx.clinic();
    let row = sqlx::query!(
        r#"select
            count(a.id) filter (where a.status in ('arrived', 'in_chair', 'completed', 'checked_out')) as "kept!",
            count(a.id) filter (where a.status = 'no_show') as "no_shows!",
            count(a.id) filter (where a.late_cancelled) as "late_cancelled!",
            max(a.local_date) filter (where a.status = 'no_show') as "last_no_show_on: jiff_sqlx::Date",
            count(a.id) filter (where a.status in ('scheduled', 'confirmed') and a.starts_at > $4) as "upcoming!"
        from patient p
        left join appointment a on a.clinic_id = p.clinic_id and a.patient_id = p.id
            and ($3::uuid is null or a.doctor_id = $3)
        where p.clinic_id = $1 and p.id = $2
        group by p.id"#,
        clinic,
        patient,
        only_doctor,
        now.to_sqlx() as _
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|r| Attendance {
        kept: r.kept,
        no_shows: r.no_shows,
        late_cancelled: r.late_cancelled,
        last_no_show_on: r.last_no_show_on.map(jiff_sqlx::Date::to_jiff),
        upcoming: r.upcoming,
    }))
}
