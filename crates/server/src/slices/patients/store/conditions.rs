//! Recorded conditions.

use dentpro_core::ids::{ConditionId, PatientId};
use dentpro_core::records::AlertTone;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;

use super::super::api::{EntryStatus, Recorder};
use super::history::Recorded;
use crate::kernel::db::Tx;

/// A condition as stored.
#[derive(Debug)]
pub struct StoredCondition {
    pub id: ConditionId,
    pub code: Option<String>,
    pub name: String,
    pub since: Option<String>,
    pub recorded: Recorded,
}

/// One of a patient's conditions, or all of them: the active ones first, the latest of each first.
pub async fn conditions(
    tx: &mut Tx,
    patient: PatientId,
    only: Option<ConditionId>,
) -> sqlx::Result<Vec<StoredCondition>> {
    let clinic = tx.clinic();
    let rows = sqlx::query!(
        r#"select
            e.id as "id: ConditionId",
            e.code,
            e.name,
            e.since,
            e.status as "status: EntryStatus",
            e.status_reason,
            e.recorded_at,
            e.version,
            s.name_ar,
            s.name_en
        from patient_condition e
        join staff s on s.clinic_id = e.clinic_id and s.id = e.recorded_by
        where e.clinic_id = $1 and e.patient_id = $2 and ($3::uuid is null or e.id = $3)
        order by e.status <> 'active', e.recorded_at desc, e.id desc
        limit 200"#,
        clinic,
        patient.uuid(),
        only.map(ConditionId::uuid)
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| StoredCondition {
            id: r.id,
            code: r.code,
            name: r.name,
            since: r.since,
            recorded: Recorded {
                status: r.status,
                reason: r.status_reason,
                at: r.recorded_at.to_jiff(),
                by: Recorder { name_ar: r.name_ar, name_en: r.name_en },
                version: r.version,
            },
        })
        .collect())
}

/// What is recorded of a condition.
#[derive(Debug)]
pub struct NewConditionRow {
    pub id: ConditionId,
    pub code: Option<String>,
    pub name: String,
    pub since: Option<String>,
    pub alert: Option<AlertTone>,
    pub status: EntryStatus,
}

/// Adds a condition.
pub async fn insert_condition(
    tx: &mut Tx,
    patient: PatientId,
    new: &NewConditionRow,
    now: Timestamp,
) -> sqlx::Result<()> {
    let (clinic, staff) = (tx.clinic(), tx.staff());
    sqlx::query!(
        "insert into patient_condition (clinic_id, id, patient_id, code, name, since, alert, status, recorded_at, recorded_by)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        clinic,
        new.id.uuid(),
        patient.uuid(),
        new.code,
        new.name,
        new.since,
        new.alert.map_or("none", AlertTone::as_str),
        new.status as EntryStatus,
        now.to_sqlx() as _,
        staff
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes a changed condition and counts its version up.
pub async fn update_condition(tx: &mut Tx, entry: &StoredCondition) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    sqlx::query!(
        "update patient_condition
        set since = $3, status = $4, status_reason = $5, version = version + 1
        where clinic_id = $1 and id = $2",
        clinic,
        entry.id.uuid(),
        entry.since,
        entry.recorded.status as EntryStatus,
        entry.recorded.reason
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
