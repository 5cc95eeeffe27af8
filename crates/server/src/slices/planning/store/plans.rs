//! The plan itself and the names of its phases.

use std::collections::HashMap;

use dentpro_core::ids::{PatientId, PlanId, StaffId};
use dentpro_core::planning::PlanStatus;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use dentpro_core::time::rfc3339_in;

use super::super::api::PlanStaff;
use super::unreadable;
use crate::kernel::db::Tx;

/// The place of a plan in the list: newest first.
pub type Place = (i64, Uuid);

/// Which plans are wanted; what is `None` does not limit.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    pub plan: Option<PlanId>,
    pub patient: Option<PatientId>,
    pub after: Option<Place>,
    pub limit: i64,
}

/// A plan as its row has it.
#[derive(Clone, Debug)]
pub struct PlanRow {
    pub id: Uuid,
    pub patient: PatientId,
    pub option_group: Uuid,
    pub name: String,
    pub note: Option<String>,
    pub doctor: PlanStaff,
    pub covered_percent: i16,
    pub status: PlanStatus,
    pub status_reason: Option<String>,
    pub created_at: String,
    pub revision: i32,
    pub version: i32,
    pub place: Place,
}

/// Plans, newest first.
pub async fn list(tx: &mut Tx, wanted: &Wanted, zone: &TimeZone) -> sqlx::Result<Vec<PlanRow>> {
    let clinic = tx.clinic();
    let (after_at, after_id) = wanted.after.unzip();
    let after_at = after_at.and_then(|micros| Timestamp::from_microsecond(micros).ok());
    let rows = sqlx::query!(
        r#"select
            t.id,
            t.patient_id,
            t.option_group,
            t.name,
            t.note,
            t.doctor_id,
            d.name_ar as doctor_ar,
            d.name_en as doctor_en,
            t.covered_percent,
            t.status,
            t.status_reason,
            t.created_at,
            t.revision,
            t.version
        from treatment_plan t
        join staff d on d.clinic_id = t.clinic_id and d.id = t.doctor_id
        where t.clinic_id = $1
            and ($2::uuid is null or t.id = $2)
            and ($3::uuid is null or t.patient_id = $3)
            and ($4::timestamptz is null or (t.created_at, t.id) < ($4, $5::uuid))
        order by t.created_at desc, t.id desc
        limit $6"#,
        clinic,
        wanted.plan.map(|p| p.uuid()),
        wanted.patient.map(|p| p.uuid()),
        after_at.map(|at| at.to_sqlx()) as _,
        after_id,
        wanted.limit
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter()
        .map(|r| {
            let created_at = r.created_at.to_jiff();
            Ok(PlanRow {
                id: r.id,
                patient: r.patient_id.into(),
                option_group: r.option_group,
                name: r.name,
                note: r.note,
                doctor: PlanStaff { id: r.doctor_id.into(), name_ar: r.doctor_ar, name_en: r.doctor_en },
                covered_percent: r.covered_percent,
                status: r.status.parse().map_err(unreadable)?,
                status_reason: r.status_reason,
                created_at: rfc3339_in(created_at, zone),
                revision: r.revision,
                version: r.version,
                place: (created_at.as_microsecond(), r.id),
            })
        })
        .collect()
}

/// A plan as long as it is held.
#[derive(Clone, Debug)]
pub struct HeldPlan {
    pub id: PlanId,
    pub patient: PatientId,
    pub option_group: Uuid,
    pub name: String,
    pub note: Option<String>,
    pub doctor: StaffId,
    pub covered_percent: i16,
    pub status: PlanStatus,
    pub revision: i32,
    pub version: i32,
}

/// The plan, held until the transaction ends.
pub async fn lock(tx: &mut Tx, id: PlanId) -> sqlx::Result<Option<HeldPlan>> {
    let clinic = tx.clinic();
    let row = sqlx::query!(
        "select patient_id, option_group, name, note, doctor_id, covered_percent, status, revision, version
        from treatment_plan
        where clinic_id = $1 and id = $2
        for update",
        clinic,
        id.uuid()
    )
    .fetch_optional(&mut **tx)
    .await?;
    row.map(|r| {
        Ok(HeldPlan {
            id,
            patient: r.patient_id.into(),
            option_group: r.option_group,
            name: r.name,
            note: r.note,
            doctor: r.doctor_id.into(),
            covered_percent: r.covered_percent,
            status: r.status.parse().map_err(unreadable)?,
            revision: r.revision,
            version: r.version,
        })
    })
    .transpose()
}

/// Whose plan it is.
pub async fn patient_of(tx: &mut Tx, id: PlanId) -> sqlx::Result<Option<PatientId>> {
    let clinic = tx.clinic();
    let found = sqlx::query_scalar!(
        "select patient_id from treatment_plan where clinic_id = $1 and id = $2",
        clinic,
        id.uuid()
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(found.map(Into::into))
}

/// Whether there is such a patient.
pub async fn patient_exists(tx: &mut Tx, id: PatientId) -> sqlx::Result<bool> {
    let clinic = tx.clinic();
    sqlx::query_scalar!(
        r#"select exists (select from patient where clinic_id = $1 and id = $2) as "exists!""#,
        clinic,
        id.uuid()
    )
    .fetch_one(&mut **tx)
    .await
}

/// Whether somebody of the staff is a doctor who works here.
pub async fn is_doctor(tx: &mut Tx, id: StaffId) -> sqlx::Result<bool> {
    let clinic = tx.clinic();
    sqlx::query_scalar!(
        r#"select exists (
            select from staff s
            join staff_role sr on sr.clinic_id = s.clinic_id and sr.staff_id = s.id
            join role r on r.clinic_id = sr.clinic_id and r.id = sr.role_id
            where s.clinic_id = $1 and s.id = $2 and s.active and r.code = 'doctor'
        ) as "doctor!""#,
        clinic,
        id.uuid()
    )
    .fetch_one(&mut **tx)
    .await
}

/// Adds a plan.
pub async fn insert(tx: &mut Tx, plan: &HeldPlan, at: Timestamp) -> sqlx::Result<()> {
    let (clinic, staff) = (tx.clinic(), tx.staff());
    sqlx::query!(
        "insert into treatment_plan (clinic_id, id, patient_id, option_group, name, doctor_id, note, covered_percent,
            status, status_at, status_by, created_at, created_by)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $10, $11)",
        clinic,
        plan.id.uuid(),
        plan.patient.uuid(),
        plan.option_group,
        plan.name,
        plan.doctor.uuid(),
        plan.note,
        plan.covered_percent,
        plan.status.as_str(),
        at.to_sqlx() as _,
        staff
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes the terms of a plan that is held.
pub async fn update(tx: &mut Tx, plan: &HeldPlan) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    sqlx::query!(
        "update treatment_plan
        set name = $3, note = $4, doctor_id = $5, covered_percent = $6
        where clinic_id = $1 and id = $2",
        clinic,
        plan.id.uuid(),
        plan.name,
        plan.note,
        plan.doctor.uuid(),
        plan.covered_percent
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Decides about a plan; `by` is nobody where the patient decided over a link.
pub async fn set_status(
    tx: &mut Tx,
    id: PlanId,
    status: PlanStatus,
    reason: Option<&str>,
    at: Timestamp,
    by: Option<Uuid>,
) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    sqlx::query!(
        "update treatment_plan
        set status = $3, status_reason = $4, status_at = $5, status_by = $6
        where clinic_id = $1 and id = $2",
        clinic,
        id.uuid(),
        status.as_str(),
        reason,
        at.to_sqlx() as _,
        by
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Counts the version of a plan up after a change of it or of what belongs to it.
pub async fn count_up(tx: &mut Tx, id: PlanId) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    sqlx::query!(
        "update treatment_plan set version = version + 1 where clinic_id = $1 and id = $2",
        clinic,
        id.uuid()
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The plans of an option group, held, in the order in which they were made.
pub async fn lock_group(tx: &mut Tx, group: Uuid) -> sqlx::Result<Vec<(Uuid, PlanStatus)>> {
    let clinic = tx.clinic();
    let rows = sqlx::query!(
        "select id, status
        from treatment_plan
        where clinic_id = $1 and option_group = $2
        order by created_at, id
        for update",
        clinic,
        group
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter().map(|r| Ok((r.id, r.status.parse().map_err(unreadable)?))).collect()
}

/// A plan of an option group.
#[derive(Clone, Debug)]
pub struct OptionRow {
    pub id: Uuid,
    pub group: Uuid,
    pub name: String,
    pub status: PlanStatus,
}

/// The plans of option groups, in the order in which they were made.
pub async fn options(tx: &mut Tx, groups: &[Uuid]) -> sqlx::Result<Vec<OptionRow>> {
    let clinic = tx.clinic();
    let rows = sqlx::query!(
        "select id, option_group, name, status
        from treatment_plan
        where clinic_id = $1 and option_group = any($2)
        order by created_at, id
        limit 1000",
        clinic,
        groups
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter()
        .map(|r| {
            let status = r.status.parse().map_err(unreadable)?;
            Ok(OptionRow { id: r.id, group: r.option_group, name: r.name, status })
        })
        .collect()
}

/// The named phases of plans.
pub async fn phases(tx: &mut Tx, plans: &[Uuid]) -> sqlx::Result<HashMap<Uuid, Vec<(i16, String)>>> {
    let clinic = tx.clinic();
    let rows = sqlx::query!(
        "select plan_id, number, name from plan_phase where clinic_id = $1 and plan_id = any($2) order by number",
        clinic,
        plans
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut all: HashMap<Uuid, Vec<(i16, String)>> = HashMap::new();
    for r in rows {
        all.entry(r.plan_id).or_default().push((r.number, r.name));
    }
    Ok(all)
}

/// Names the phases of a plan; what is not named any more has no name. Nothing is written for what stays.
pub async fn set_phases(
    tx: &mut Tx,
    plan: PlanId,
    patient: PatientId,
    phases: &[(i16, String)],
) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    let (numbers, names): (Vec<i16>, Vec<String>) = phases.iter().cloned().unzip();
    sqlx::query!(
        "delete from plan_phase where clinic_id = $1 and plan_id = $2 and number <> all($3)",
        clinic,
        plan.uuid(),
        &numbers
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!(
        "insert into plan_phase (clinic_id, plan_id, patient_id, number, name)
        select $1, $2, $3, n.number, n.name
        from unnest($4::smallint[], $5::text[]) n (number, name)
        on conflict (clinic_id, plan_id, number) do update set name = excluded.name
            where plan_phase.name <> excluded.name",
        clinic,
        plan.uuid(),
        patient.uuid(),
        &numbers,
        &names
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
