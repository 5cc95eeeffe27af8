//! Diagnoses and addenda.

use std::collections::HashMap;

use dentpro_core::ids::{AddendumId, DiagnosisId, VisitId};
use dentpro_core::time::rfc3339_in;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use super::super::api::{Addendum, Diagnosis, VisitStaff};
use super::visits::LockedVisit;
use crate::kernel::db::Tx;

/// The diagnoses of visits, in the order in which they were made.
pub async fn diagnoses(tx: &mut Tx, visits: &[Uuid]) -> sqlx::Result<HashMap<Uuid, Vec<Diagnosis>>> {
    let clinic = tx.clinic();
    let rows = sqlx::query!(
        "select visit_id, id, code, text, tooth, surfaces
        from visit_diagnosis
        where clinic_id = $1 and visit_id = any($2)
        order by recorded_at, id",
        clinic,
        visits
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut all: HashMap<Uuid, Vec<Diagnosis>> = HashMap::new();
    for r in rows {
        let diagnosis =
            Diagnosis { id: r.id.into(), code: r.code, text: r.text, tooth: r.tooth, surfaces: r.surfaces };
        all.entry(r.visit_id).or_default().push(diagnosis);
    }
    Ok(all)
}

/// Adds a diagnosis to a draft.
pub async fn insert_diagnosis(
    tx: &mut Tx,
    visit: &LockedVisit,
    diagnosis: &Diagnosis,
    at: Timestamp,
) -> sqlx::Result<()> {
    let (clinic, staff) = (tx.clinic(), tx.staff());
    sqlx::query!(
        "insert into visit_diagnosis (clinic_id, id, visit_id, patient_id, code, text, tooth, surfaces, recorded_at,
            recorded_by)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        clinic,
        diagnosis.id.uuid(),
        visit.id.uuid(),
        visit.patient_id.uuid(),
        diagnosis.code,
        diagnosis.text,
        diagnosis.tooth,
        &diagnosis.surfaces,
        at.to_sqlx() as _,
        staff
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Takes a diagnosis off a draft; false when the visit has no such one.
pub async fn delete_diagnosis(tx: &mut Tx, visit: VisitId, id: DiagnosisId) -> sqlx::Result<bool> {
    let clinic = tx.clinic();
    let done = sqlx::query!(
        "delete from visit_diagnosis where clinic_id = $1 and visit_id = $2 and id = $3",
        clinic,
        visit.uuid(),
        id.uuid()
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The addenda of visits, in the order in which they were written.
pub async fn addenda(
    tx: &mut Tx,
    visits: &[Uuid],
    zone: &TimeZone,
) -> sqlx::Result<HashMap<Uuid, Vec<Addendum>>> {
    let clinic = tx.clinic();
    let rows = sqlx::query!(
        "select a.visit_id, a.id, a.text, a.at, a.by, s.name_ar, s.name_en
        from visit_addendum a
        join staff s on s.clinic_id = a.clinic_id and s.id = a.by
        where a.clinic_id = $1 and a.visit_id = any($2)
        order by a.at, a.id",
        clinic,
        visits
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut all: HashMap<Uuid, Vec<Addendum>> = HashMap::new();
    for r in rows {
        let addendum = Addendum {
            id: r.id.into(),
            text: r.text,
            at: rfc3339_in(r.at.to_jiff(), zone),
            by: VisitStaff { id: r.by.into(), name_ar: r.name_ar, name_en: r.name_en },
        };
        all.entry(r.visit_id).or_default().push(addendum);
    }
    Ok(all)
}

/// Adds to a signed visit.
pub async fn insert_addendum(
    tx: &mut Tx,
    visit: &LockedVisit,
    id: AddendumId,
    text: &str,
    at: Timestamp,
) -> sqlx::Result<()> {
    let (clinic, staff) = (tx.clinic(), tx.staff());
    sqlx::query!(
        "insert into visit_addendum (clinic_id, id, visit_id, patient_id, text, at, by)
        values ($1, $2, $3, $4, $5, $6, $7)",
        clinic,
        id.uuid(),
        visit.id.uuid(),
        visit.patient_id.uuid(),
        text,
        at.to_sqlx() as _,
        staff
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
