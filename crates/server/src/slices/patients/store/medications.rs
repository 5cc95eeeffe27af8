//! Recorded medications.

use dentpro_core::ids::{DrugId, MedicationId, PatientId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;

use super::super::api::{EntryStatus, Recorder};
use crate::kernel::db::Tx;

/// A medication as stored.
#[derive(Debug)]
pub struct StoredMedication {
    pub id: MedicationId,
    pub name: String,
    pub drug_id: Option<DrugId>,
    pub drug_class: Option<String>,
    pub dose: Option<String>,
    pub since: Option<String>,
    pub status: EntryStatus,
    pub status_reason: Option<String>,
    pub recorded_at: Timestamp,
    pub recorded_by: Recorder,
    pub version: i32,
}

/// One of a patient's medications, or all of them: the active ones first, the latest of each first.
pub async fn medications(
    tx: &mut Tx,
    patient: PatientId,
    only: Option<MedicationId>,
) -> sqlx::Result<Vec<StoredMedication>> {
    let clinic = tx.clinic();
    let rows = sqlx::query!(
        r#"select
            e.id as "id: MedicationId",
            e.name,
            e.drug_id as "drug_id: DrugId",
            e.drug_class,
            e.dose,
            e.since,
            e.status as "status: EntryStatus",
            e.status_reason,
            e.recorded_at,
            e.version,
            s.name_ar,
            s.name_en
        from patient_medication e
        join staff s on s.clinic_id = e.clinic_id and s.id = e.recorded_by
        where e.clinic_id = $1 and e.patient_id = $2 and ($3::uuid is null or e.id = $3)
        order by e.status <> 'active', e.recorded_at desc, e.id desc
        limit 200"#,
        clinic,
        patient.uuid(),
        only.map(MedicationId::uuid)
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| StoredMedication {
            id: r.id,
            name: r.name,
            drug_id: r.drug_id,
            drug_class: r.drug_class,
            dose: r.dose,
            since: r.since,
            status: r.status,
            status_reason: r.status_reason,
            recorded_at: r.recorded_at.to_jiff(),
            recorded_by: Recorder { name_ar: r.name_ar, name_en: r.name_en },
            version: r.version,
        })
        .collect())
}

/// What is recorded of a medication.
#[derive(Debug)]
pub struct NewMedicationRow {
    pub id: MedicationId,
    pub name: String,
    pub drug_id: Option<DrugId>,
    pub drug_class: Option<String>,
    pub dose: Option<String>,
    pub since: Option<String>,
}

/// Adds a medication.
pub async fn insert_medication(
    tx: &mut Tx,
    patient: PatientId,
    new: &NewMedicationRow,
    now: Timestamp,
) -> sqlx::Result<()> {
    let (clinic, staff) = (tx.clinic(), tx.staff());
    sqlx::query!(
        "insert into patient_medication (clinic_id, id, patient_id, name, drug_id, drug_class, dose, since, recorded_at, recorded_by)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        clinic,
        new.id.uuid(),
        patient.uuid(),
        new.name,
        new.drug_id.map(DrugId::uuid),
        new.drug_class,
        new.dose,
        new.since,
        now.to_sqlx() as _,
        staff
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes a changed medication, if it is still the version it was changed on.
pub async fn update_medication(tx: &mut Tx, entry: &StoredMedication) -> sqlx::Result<bool> {
    let clinic = tx.clinic();
    let updated = sqlx::query!(
        "update patient_medication
        set dose = $4, since = $5, status = $6, status_reason = $7, version = version + 1
        where clinic_id = $1 and id = $2 and version = $3",
        clinic,
        entry.id.uuid(),
        entry.version,
        entry.dose,
        entry.since,
        entry.status as EntryStatus,
        entry.status_reason
    )
    .execute(&mut **tx)
    .await?;
    Ok(updated.rows_affected() == 1)
}

/// A drug of the clinic's list: its name and class.
pub async fn drug(tx: &mut Tx, id: DrugId) -> sqlx::Result<Option<(String, String)>> {
    let clinic = tx.clinic();
    let row = sqlx::query!(
        "select name_en, drug_class from drug where clinic_id = $1 and id = $2",
        clinic,
        id.uuid()
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|r| (r.name_en, r.drug_class)))
}
