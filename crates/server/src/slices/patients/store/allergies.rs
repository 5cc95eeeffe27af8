//! Recorded allergies.

use dentpro_core::ids::{AllergyId, PatientId};
use dentpro_core::records::AllergySeverity;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;

use super::super::api::{EntryStatus, Recorder};
use super::history::Recorded;
use crate::kernel::db::Tx;

/// An allergy as stored.
#[derive(Debug)]
pub struct StoredAllergy {
    pub id: AllergyId,
    pub substance: String,
    pub drug_class: Option<String>,
    pub severity: AllergySeverity,
    pub reaction: Option<String>,
    pub recorded: Recorded,
}

/// One of a patient's allergies, or all of them: the active ones first, the latest of each first.
pub async fn allergies(
    tx: &mut Tx,
    patient: PatientId,
    only: Option<AllergyId>,
) -> sqlx::Result<Vec<StoredAllergy>> {
    let clinic = tx.clinic();
    let rows = sqlx::query!(
        r#"select
            e.id as "id: AllergyId",
            e.substance,
            e.drug_class,
            e.severity,
            e.reaction,
            e.status as "status: EntryStatus",
            e.status_reason,
            e.recorded_at,
            e.version,
            s.name_ar,
            s.name_en
        from patient_allergy e
        join staff s on s.clinic_id = e.clinic_id and s.id = e.recorded_by
        where e.clinic_id = $1 and e.patient_id = $2 and ($3::uuid is null or e.id = $3)
        order by e.status <> 'active', e.recorded_at desc, e.id desc
        limit 200"#,
        clinic,
        patient.uuid(),
        only.map(AllergyId::uuid)
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| StoredAllergy {
            id: r.id,
            substance: r.substance,
            drug_class: r.drug_class,
            severity: r.severity.parse().unwrap_or(AllergySeverity::Severe),
            reaction: r.reaction,
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

/// What is recorded of an allergy.
#[derive(Debug)]
pub struct NewAllergyRow {
    pub id: AllergyId,
    pub substance: String,
    pub drug_class: Option<String>,
    pub severity: AllergySeverity,
    pub reaction: Option<String>,
}

/// Adds an allergy.
pub async fn insert_allergy(
    tx: &mut Tx,
    patient: PatientId,
    new: &NewAllergyRow,
    now: Timestamp,
) -> sqlx::Result<()> {
    let (clinic, staff) = (tx.clinic(), tx.staff());
    sqlx::query!(
        "insert into patient_allergy (clinic_id, id, patient_id, substance, drug_class, severity, reaction, recorded_at, recorded_by)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        clinic,
        new.id.uuid(),
        patient.uuid(),
        new.substance,
        new.drug_class,
        new.severity.as_str(),
        new.reaction,
        now.to_sqlx() as _,
        staff
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes a changed allergy and counts its version up.
pub async fn update_allergy(tx: &mut Tx, entry: &StoredAllergy) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    sqlx::query!(
        "update patient_allergy
        set severity = $3, reaction = $4, status = $5, status_reason = $6, version = version + 1
        where clinic_id = $1 and id = $2",
        clinic,
        entry.id.uuid(),
        entry.severity.as_str(),
        entry.reaction,
        entry.recorded.status as EntryStatus,
        entry.recorded.reason
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
