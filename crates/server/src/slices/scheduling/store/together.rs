//! Appointments of one series.

use uuid::Uuid;

use crate::kernel::db::Tx;

/// One of a series, and the places it has.
#[derive(Debug)]
pub struct Sibling {
    pub id: Uuid,
    pub doctor_id: Uuid,
    pub chair_id: Option<Uuid>,
}

/// An appointment and those of its series that start later, the first first; nothing is locked.
pub async fn later_siblings(tx: &mut Tx, id: Uuid) -> sqlx::Result<Vec<Sibling>> {
    let clinic = tx.clinic();
    sqlx::query_as!(
        Sibling,
        "select s.id, s.doctor_id, s.chair_id
        from appointment a
        join appointment s on s.clinic_id = a.clinic_id and s.series_id = a.series_id
            and (s.starts_at, s.id) >= (a.starts_at, a.id)
        where a.clinic_id = $1 and a.id = $2
        order by s.starts_at, s.id
        limit 1000",
        clinic,
        id
    )
    .fetch_all(&mut **tx)
    .await
}
