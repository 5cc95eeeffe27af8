//! Patients themselves.

use dentpro_core::ids::PatientId;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;
use sqlx::types::Json;

use super::super::api::{
    PatientName, PatientStatus, PhoneEntry, PreferredLanguage, Pregnancy, ReminderChannel, Sex, Smoking,
};
use super::super::checked::Registration;
use crate::kernel::db::Tx;

/// A patient as read, with guardian and guarantor by name.
#[derive(Clone, Debug)]
pub struct StoredPatient {
    pub id: PatientId,
    pub file_number: String,
    pub registration: Registration,
    pub guardian: Option<PatientName>,
    pub guarantor: Option<PatientName>,
    pub smoking: Smoking,
    pub pregnancy: Pregnancy,
    pub pregnancy_due: Option<Date>,
    pub created_at: Timestamp,
    pub version: i32,
}

/// One patient.
pub async fn patient(tx: &mut Tx, id: PatientId) -> sqlx::Result<Option<StoredPatient>> {
    let clinic = tx.clinic();
    let row = sqlx::query!(
        r#"select
            p.file_number,
            p.name_ar,
            p.name_en,
            p.birth_date,
            p.sex as "sex: Sex",
            p.phones as "phones: Json<Vec<PhoneEntry>>",
            p.email,
            p.national_id,
            p.address,
            p.notes,
            p.preferred_language as "preferred_language: PreferredLanguage",
            p.reminder_channel as "reminder_channel: ReminderChannel",
            p.reminders_off,
            p.guardian_id as "guardian_id: PatientId",
            p.guarantor_id as "guarantor_id: PatientId",
            p.status as "status: PatientStatus",
            p.smoking as "smoking: Smoking",
            p.pregnancy as "pregnancy: Pregnancy",
            p.pregnancy_due,
            p.created_at,
            p.version,
            g.name_ar as "guardian_name_ar?",
            g.name_en as "guardian_name_en?",
            w.name_ar as "guarantor_name_ar?",
            w.name_en as "guarantor_name_en?"
        from patient p
        left join patient g on g.clinic_id = p.clinic_id and g.id = p.guardian_id
        left join patient w on w.clinic_id = p.clinic_id and w.id = p.guarantor_id
        where p.clinic_id = $1 and p.id = $2"#,
        clinic,
        id.uuid()
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|r| StoredPatient {
        id,
        file_number: r.file_number,
        guardian: name(r.guardian_id, r.guardian_name_ar, r.guardian_name_en),
        guarantor: name(r.guarantor_id, r.guarantor_name_ar, r.guarantor_name_en),
        registration: Registration {
            name_ar: r.name_ar,
            name_en: r.name_en,
            birth_date: r.birth_date.map(|d| d.to_jiff()),
            sex: r.sex,
            phones: r.phones.0,
            email: r.email,
            national_id: r.national_id,
            address: r.address,
            notes: r.notes,
            preferred_language: r.preferred_language,
            reminder_channel: r.reminder_channel,
            reminders_off: r.reminders_off,
            guardian_id: r.guardian_id,
            guarantor_id: r.guarantor_id,
            status: r.status,
        },
        smoking: r.smoking,
        pregnancy: r.pregnancy,
        pregnancy_due: r.pregnancy_due.map(|d| d.to_jiff()),
        created_at: r.created_at.to_jiff(),
        version: r.version,
    }))
}

fn name(id: Option<PatientId>, name_ar: Option<String>, name_en: Option<String>) -> Option<PatientName> {
    id.map(|id| PatientName {
        id,
        name_ar: name_ar.unwrap_or_default(),
        name_en: name_en.unwrap_or_default(),
    })
}

/// Locks a patient for the change that follows; answers the version, or `None` when there is no such patient.
pub async fn lock(tx: &mut Tx, id: PatientId) -> sqlx::Result<Option<i32>> {
    let clinic = tx.clinic();
    sqlx::query_scalar!(
        "select version from patient where clinic_id = $1 and id = $2 for no key update",
        clinic,
        id.uuid()
    )
    .fetch_optional(&mut **tx)
    .await
}

/// Adds a patient.
pub async fn insert_patient(
    tx: &mut Tx,
    id: PatientId,
    file_number: &str,
    patient: &Registration,
    now: Timestamp,
) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    let pregnancy = if patient.sex == Sex::Male { Pregnancy::NotApplicable } else { Pregnancy::Unknown };
    sqlx::query!(
        "insert into patient (
            clinic_id, id, file_number, name_ar, name_en, birth_date, sex, phones, email, national_id, address, notes,
            preferred_language, guardian_id, guarantor_id, status, pregnancy, search, created_at, reminder_channel,
            reminders_off
        )
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)",
        clinic,
        id.uuid(),
        file_number,
        patient.name_ar,
        patient.name_en,
        patient.birth_date.map(|d| d.to_sqlx()) as _,
        patient.sex as Sex,
        Json(&patient.phones) as _,
        patient.email,
        patient.national_id,
        patient.address,
        patient.notes,
        patient.preferred_language as _,
        patient.guardian_id.map(PatientId::uuid),
        patient.guarantor_id.map(PatientId::uuid),
        patient.status as PatientStatus,
        pregnancy as Pregnancy,
        patient.search_document(file_number),
        now.to_sqlx() as _,
        patient.reminder_channel as _,
        patient.reminders_off
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes a changed patient and counts the version up.
pub async fn update_patient(
    tx: &mut Tx,
    id: PatientId,
    file_number: &str,
    patient: &Registration,
) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    sqlx::query!(
        "update patient
        set name_ar = $3, name_en = $4, birth_date = $5, sex = $6, phones = $7, email = $8, national_id = $9,
            address = $10, notes = $11, preferred_language = $12, guardian_id = $13, guarantor_id = $14, status = $15,
            search = $16, reminder_channel = $17, reminders_off = $18, version = version + 1
        where clinic_id = $1 and id = $2",
        clinic,
        id.uuid(),
        patient.name_ar,
        patient.name_en,
        patient.birth_date.map(|d| d.to_sqlx()) as _,
        patient.sex as Sex,
        Json(&patient.phones) as _,
        patient.email,
        patient.national_id,
        patient.address,
        patient.notes,
        patient.preferred_language as _,
        patient.guardian_id.map(PatientId::uuid),
        patient.guarantor_id.map(PatientId::uuid),
        patient.status as PatientStatus,
        patient.search_document(file_number),
        patient.reminder_channel as _,
        patient.reminders_off
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
