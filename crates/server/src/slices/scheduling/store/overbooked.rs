//! What was booked over something else, by whom.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use crate::kernel::db::Tx;
use crate::slices::scheduling::moment::Span;

/// An overbooked appointment and who decided it.
#[derive(Debug)]
pub struct OverbookedRow {
    pub id: Uuid,
    pub starts_at: jiff_sqlx::Timestamp,
    pub decided_at: jiff_sqlx::Timestamp,
    pub staff_id: Uuid,
    pub name_ar: String,
    pub name_en: String,
}

/// The overbooked appointments that start in a span, one more than the limit.
pub async fn overbooked(
    tx: &mut Tx,
    span: Span,
    only_doctor: Option<Uuid>,
    after: Option<(Timestamp, Uuid)>,
    limit: i64,
) -> sqlx::Result<Vec<OverbookedRow>> {
    let clinic = tx.clinic();
    let (after_start, after_id) = after.unzip();
    sqlx::query_as!(
        OverbookedRow,
        r#"select
            a.id,
            a.starts_at,
            coalesce(e.at, a.created_at) as "decided_at!: jiff_sqlx::Timestamp",
            s.id as staff_id,
            s.name_ar,
            s.name_en
        from appointment a
        left join lateral (
            select e.at, e.by
            from appointment_event e
            where e.clinic_id = a.clinic_id
                and e.appointment_id = a.id
                and e.kind in ('booked', 'moved')
                and e.reason = a.overbook_reason
                and e.by is not null
            order by e.at desc, e.seq desc
            limit 1) e on true
        join staff s on s.clinic_id = a.clinic_id and s.id = coalesce(e.by, a.created_by)
        where a.clinic_id = $1
            and a.overbook_reason is not null
            and a.starts_at >= $2
            and a.starts_at < $3
            and ($4::uuid is null or a.doctor_id = $4)
            and ($5::timestamptz is null or (a.starts_at, a.id) > ($5, $6::uuid))
        order by a.starts_at, a.id
        limit $7"#,
        clinic,
        span.from.to_sqlx() as _,
        span.until.to_sqlx() as _,
        only_doctor,
        after_start.map(|at| at.to_sqlx()) as _,
        after_id,
        limit + 1
    )
    .fetch_all(&mut **tx)
    .await
}
