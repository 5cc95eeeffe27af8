//! The medical history: what every entry of its lists has, and the answers that are not lists.

use dentpro_core::ids::PatientId;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;

use super::super::api::{EntryStatus, HistoryKind, Pregnancy, Recorder, Sex, Smoking};
use crate::kernel::db::Tx;

/// What is stored with every entry of the history, whatever it is of.
#[derive(Debug)]
pub struct Recorded {
    pub status: EntryStatus,
    /// Why it was entered in error or resolved.
    pub reason: Option<String>,
    pub at: Timestamp,
    pub by: Recorder,
    pub version: i32,
}

/// The answers, and what was said to be none.
#[derive(Clone, Debug)]
pub struct Answers {
    pub sex: Sex,
    pub smoking: Smoking,
    pub pregnancy: Pregnancy,
    pub pregnancy_due: Option<Date>,
    pub surgery_notes: Option<String>,
    pub no_allergies: bool,
    pub no_conditions: bool,
    pub no_medications: bool,
    pub version: i32,
}

/// The answers of a patient.
pub async fn answers(tx: &mut Tx, id: PatientId) -> sqlx::Result<Option<Answers>> {
    let clinic = tx.clinic();
    let row = sqlx::query!(
        r#"select
            sex as "sex: Sex",
            smoking as "smoking: Smoking",
            pregnancy as "pregnancy: Pregnancy",
            pregnancy_due,
            surgery_notes,
            no_allergies,
            no_conditions,
            no_medications,
            version
        from patient
        where clinic_id = $1 and id = $2"#,
        clinic,
        id.uuid()
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|r| Answers {
        sex: r.sex,
        smoking: r.smoking,
        pregnancy: r.pregnancy,
        pregnancy_due: r.pregnancy_due.map(|d| d.to_jiff()),
        surgery_notes: r.surgery_notes,
        no_allergies: r.no_allergies,
        no_conditions: r.no_conditions,
        no_medications: r.no_medications,
        version: r.version,
    }))
}

/// Writes changed answers and counts the patient's version up.
pub async fn update_answers(tx: &mut Tx, id: PatientId, answers: &Answers) -> sqlx::Result<i32> {
    let clinic = tx.clinic();
    sqlx::query_scalar!(
        "update patient
        set smoking = $3, pregnancy = $4, pregnancy_due = $5, surgery_notes = $6, version = version + 1
        where clinic_id = $1 and id = $2
        returning version",
        clinic,
        id.uuid(),
        answers.smoking as Smoking,
        answers.pregnancy as Pregnancy,
        answers.pregnancy_due.map(|d| d.to_sqlx()) as _,
        answers.surgery_notes
    )
    .fetch_one(&mut **tx)
    .await
}

/// How many active entries a list has.
pub async fn active_entries(tx: &mut Tx, id: PatientId, kind: HistoryKind) -> sqlx::Result<i64> {
    let (clinic, id) = (tx.clinic(), id.uuid());
    match kind {
        HistoryKind::Allergies => {
            sqlx::query_scalar!(
                r#"select count(*) as "count!" from patient_allergy
                where clinic_id = $1 and patient_id = $2 and status = 'active'"#,
                clinic,
                id
            )
            .fetch_one(&mut **tx)
            .await
        }
        HistoryKind::Conditions => {
            sqlx::query_scalar!(
                r#"select count(*) as "count!" from patient_condition
                where clinic_id = $1 and patient_id = $2 and status = 'active'"#,
                clinic,
                id
            )
            .fetch_one(&mut **tx)
            .await
        }
        HistoryKind::Medications => {
            sqlx::query_scalar!(
                r#"select count(*) as "count!" from patient_medication
                where clinic_id = $1 and patient_id = $2 and status = 'active'"#,
                clinic,
                id
            )
            .fetch_one(&mut **tx)
            .await
        }
    }
}

/// Says 'none known' of a list, or takes it back. The patient's version stays: it is no field of a form.
pub async fn set_none_known(tx: &mut Tx, id: PatientId, kind: HistoryKind, none: bool) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    sqlx::query!(
        "update patient
        set no_allergies = case $3 when 'allergies' then $4 else no_allergies end,
            no_conditions = case $3 when 'conditions' then $4 else no_conditions end,
            no_medications = case $3 when 'medications' then $4 else no_medications end
        where clinic_id = $1 and id = $2
            and case $3 when 'allergies' then no_allergies when 'conditions' then no_conditions
                else no_medications end <> $4",
        clinic,
        id.uuid(),
        kind.as_str(),
        none
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
