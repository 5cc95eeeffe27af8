//! Recorded medications.

use dentpro_core::ids::{DrugId, MedicationId, PatientId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;

use super::super::api::{EntryStatus, Recorder};
use super::history::Recorded;
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
    pub recorded: Recorded,
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

/// Writes a changed medication and counts its version up.
pub async fn update_medication(tx: &mut Tx, entry: &StoredMedication) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    sqlx::query!(
        "update patient_medication
        set dose = $3, since = $4, status = $5, status_reason = $6, version = version + 1
        where clinic_id = $1 and id = $2",
        clinic,
        entry.id.uuid(),
        entry.dose,
        entry.since,
        entry.recorded.status as EntryStatus,
        entry.recorded.reason
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
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
