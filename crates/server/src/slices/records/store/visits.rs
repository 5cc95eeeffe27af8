//! The visit itself.

use dentpro_core::ids::{AppointmentId, BranchId, PatientId, StaffId, VisitId};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use super::super::api::{Notes, Visit, VisitPatient, VisitStaff};
use crate::kernel::db::Tx;
use crate::kernel::error::{ApiError, ApiResult};
use dentpro_core::time::rfc3339_in;

/// The place of a visit in a list, newest first: microseconds of its opening, then its id.
pub type Place = (i64, Uuid);

/// Which visits are wanted; what is `None` does not limit.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    pub visit: Option<VisitId>,
    pub patient: Option<PatientId>,
    pub status: Option<String>,
    pub doctor: Option<StaffId>,
    /// Only what this doctor may see as his own.
    pub reader: Option<StaffId>,
    pub after: Option<Place>,
    pub limit: i64,
}

/// Visits without what hangs on them, newest first, each with its place.
pub async fn list(tx: &mut Tx, wanted: &Wanted, zone: &TimeZone) -> sqlx::Result<Vec<(Visit, Place)>> {
    let clinic = tx.clinic();
    let (after_at, after_id) = wanted.after.unzip();
    let after_at = after_at.and_then(|micros| Timestamp::from_microsecond(micros).ok());
    let rows = sqlx::query!(
        r#"select
            v.id,
            v.patient_id,
            p.file_number,
            p.name_ar as patient_ar,
            p.name_en as patient_en,
            p.birth_date,
            v.appointment_id,
            v.branch_id,
            v.doctor_id,
            d.name_ar as doctor_ar,
            d.name_en as doctor_en,
            v.status,
            v.opened_at,
            v.local_date,
            v.subjective,
            v.objective,
            v.assessment,
            v.plan,
            v.signed_at,
            v.signed_by,
            s.name_ar as "signer_ar?",
            s.name_en as "signer_en?",
            v.hash,
            v.error_reason,
            v.error_at,
            v.version
        from visit v
        join patient p on p.clinic_id = v.clinic_id and p.id = v.patient_id
        join staff d on d.clinic_id = v.clinic_id and d.id = v.doctor_id
        left join staff s on s.clinic_id = v.clinic_id and s.id = v.signed_by
        where v.clinic_id = $1
            and ($2::uuid is null or v.id = $2)
            and ($3::uuid is null or v.patient_id = $3)
            and ($4::text is null or v.status = $4)
            and ($5::uuid is null or v.doctor_id = $5)
            and ($6::uuid is null
                or v.doctor_id = $6
                or exists (
                    select from visit o
                    where o.clinic_id = v.clinic_id
                        and o.patient_id = v.patient_id
                        and o.doctor_id = $6
                        and o.status <> 'entered_in_error')
                or exists (
                    select from appointment a
                    where a.clinic_id = v.clinic_id
                        and a.patient_id = v.patient_id
                        and a.doctor_id = $6
                        and a.status not in ('cancelled', 'rescheduled')))
            and ($7::timestamptz is null or (v.opened_at, v.id) < ($7, $8))
        order by v.opened_at desc, v.id desc
        limit $9"#,
        clinic,
        wanted.visit.map(|v| v.uuid()),
        wanted.patient.map(|p| p.uuid()),
        wanted.status,
        wanted.doctor.map(|d| d.uuid()),
        wanted.reader.map(|r| r.uuid()),
        after_at.map(|t| t.to_sqlx()) as _,
        after_id,
        wanted.limit
    )
    .fetch_all(&mut **tx)
    .await?;
    let shown = |at: jiff_sqlx::Timestamp| rfc3339_in(at.to_jiff(), zone);
    Ok(rows
        .into_iter()
        .map(|r| {
            let (patient_id, doctor_id): (PatientId, StaffId) = (r.patient_id.into(), r.doctor_id.into());
            let place = (r.opened_at.to_jiff().as_microsecond(), r.id);
            let visit = Visit {
                id: r.id.into(),
                patient_id,
                patient: VisitPatient {
                    id: patient_id,
                    file_number: r.file_number,
                    name_ar: r.patient_ar,
                    name_en: r.patient_en,
                    birth_date: r.birth_date.map(|d| d.to_jiff()),
                },
                appointment_id: r.appointment_id.map(Into::into),
                branch_id: r.branch_id.into(),
                doctor_id,
                doctor: VisitStaff { id: doctor_id, name_ar: r.doctor_ar, name_en: r.doctor_en },
                status: r.status,
                opened_at: shown(r.opened_at),
                local_date: r.local_date.to_jiff(),
                notes: Notes {
                    subjective: r.subjective,
                    objective: r.objective,
                    assessment: r.assessment,
                    plan: r.plan,
                },
                diagnoses: Vec::new(),
                procedures: Vec::new(),
                signed_at: r.signed_at.map(shown),
                signed_by: r.signed_by.map(|id| VisitStaff {
                    id: id.into(),
                    name_ar: r.signer_ar.unwrap_or_default(),
                    name_en: r.signer_en.unwrap_or_default(),
                }),
                hash: r.hash.map(hex::encode),
                addenda: Vec::new(),
                error_reason: r.error_reason,
                error_at: r.error_at.map(shown),
                version: r.version,
            };
            (visit, place)
        })
        .collect())
}

/// A visit that nobody else can change until the transaction ends.
#[derive(Clone, Debug)]
pub struct LockedVisit {
    pub id: VisitId,
    pub patient_id: PatientId,
    pub appointment_id: Option<AppointmentId>,
    pub doctor_id: StaffId,
    pub status: String,
    pub opened_at: Timestamp,
    pub local_date: Date,
    pub notes: Notes,
    pub version: i32,
}

impl LockedVisit {
    /// 409 unless it can still be edited.
    pub fn require_draft(&self) -> ApiResult<()> {
        match self.status.as_str() {
            "draft" => Ok(()),
            "signed" => Err(ApiError::conflict("records.visit_signed")),
            _ => Err(ApiError::conflict("records.visit_entered_in_error")),
        }
    }
}

/// One visit, locked; `reader` limits it to what a doctor may see as his own.
pub async fn lock(tx: &mut Tx, id: VisitId, reader: Option<StaffId>) -> sqlx::Result<Option<LockedVisit>> {
    let clinic = tx.clinic();
    let row = sqlx::query!(
        "select
            v.patient_id,
            v.appointment_id,
            v.doctor_id,
            v.status,
            v.opened_at,
            v.local_date,
            v.subjective,
            v.objective,
            v.assessment,
            v.plan,
            v.version
        from visit v
        where v.clinic_id = $1
            and v.id = $2
            and ($3::uuid is null
                or v.doctor_id = $3
                or exists (
                    select from visit o
                    where o.clinic_id = v.clinic_id
                        and o.patient_id = v.patient_id
                        and o.doctor_id = $3
                        and o.status <> 'entered_in_error')
                or exists (
                    select from appointment a
                    where a.clinic_id = v.clinic_id
                        and a.patient_id = v.patient_id
                        and a.doctor_id = $3
                        and a.status not in ('cancelled', 'rescheduled')))
        for update of v",
        clinic,
        id.uuid(),
        reader.map(|r| r.uuid())
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|r| LockedVisit {
        id,
        patient_id: r.patient_id.into(),
        appointment_id: r.appointment_id.map(Into::into),
        doctor_id: r.doctor_id.into(),
        status: r.status,
        opened_at: r.opened_at.to_jiff(),
        local_date: r.local_date.to_jiff(),
        notes: Notes {
            subjective: r.subjective,
            objective: r.objective,
            assessment: r.assessment,
            plan: r.plan,
        },
        version: r.version,
    }))
}

/// The visit that an appointment has, if any; one entered in error does not count.
pub async fn of_appointment(tx: &mut Tx, appointment: AppointmentId) -> sqlx::Result<Option<VisitId>> {
    let clinic = tx.clinic();
    let id = sqlx::query_scalar!(
        "select id from visit where clinic_id = $1 and appointment_id = $2 and status <> 'entered_in_error'",
        clinic,
        appointment.uuid()
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(id.map(Into::into))
}

/// Whether somebody works here and holds a role that signs visits.
pub async fn signs_visits(tx: &mut Tx, staff: StaffId) -> sqlx::Result<bool> {
    let clinic = tx.clinic();
    sqlx::query_scalar!(
        r#"select exists (
            select
            from staff s
            join staff_role r on r.clinic_id = s.clinic_id and r.staff_id = s.id
            join role_permission p on p.clinic_id = r.clinic_id and p.role_id = r.role_id
            where s.clinic_id = $1 and s.id = $2 and s.active and p.permission = 'records.sign'
        ) as "signs!""#,
        clinic,
        staff.uuid()
    )
    .fetch_one(&mut **tx)
    .await
}

/// Whether the patient is one of the clinic.
pub async fn patient_known(tx: &mut Tx, patient: PatientId) -> sqlx::Result<bool> {
    let clinic = tx.clinic();
    sqlx::query_scalar!(
        r#"select exists (select from patient where clinic_id = $1 and id = $2) as "known!""#,
        clinic,
        patient.uuid()
    )
    .fetch_one(&mut **tx)
    .await
}

/// The branch where a visit without appointment takes place, unless it is said.
pub async fn first_branch(tx: &mut Tx) -> sqlx::Result<Option<BranchId>> {
    let clinic = tx.clinic();
    let id = sqlx::query_scalar!(
        "select id from branch where clinic_id = $1 and active order by position, created_at, id limit 1",
        clinic
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(id.map(Into::into))
}

/// A visit to write.
#[derive(Debug)]
pub struct NewRow {
    pub id: VisitId,
    pub patient: PatientId,
    pub appointment: Option<AppointmentId>,
    pub doctor: StaffId,
    pub branch: BranchId,
    pub opened_at: Timestamp,
    pub local_date: Date,
}

/// Adds a draft.
pub async fn insert(tx: &mut Tx, row: &NewRow) -> sqlx::Result<()> {
    let (clinic, staff) = (tx.clinic(), tx.staff());
    sqlx::query!(
        "insert into visit (clinic_id, id, patient_id, appointment_id, doctor_id, branch_id, opened_at, opened_by,
            local_date)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        clinic,
        row.id.uuid(),
        row.patient.uuid(),
        row.appointment.map(|a| a.uuid()),
        row.doctor.uuid(),
        row.branch.uuid(),
        row.opened_at.to_sqlx() as _,
        staff,
        row.local_date.to_sqlx() as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes the notes of a draft and counts its version up.
pub async fn update_notes(tx: &mut Tx, id: VisitId, notes: &Notes) -> sqlx::Result<i32> {
    let clinic = tx.clinic();
    sqlx::query_scalar!(
        "update visit
        set subjective = $3, objective = $4, assessment = $5, plan = $6, version = version + 1
        where clinic_id = $1 and id = $2
        returning version",
        clinic,
        id.uuid(),
        notes.subjective,
        notes.objective,
        notes.assessment,
        notes.plan
    )
    .fetch_one(&mut **tx)
    .await
}

/// Counts the version up after something that hangs on the visit changed: a signature covers that too.
pub async fn count_up(tx: &mut Tx, id: VisitId) -> sqlx::Result<i32> {
    let clinic = tx.clinic();
    sqlx::query_scalar!(
        "update visit set version = version + 1 where clinic_id = $1 and id = $2 returning version",
        clinic,
        id.uuid()
    )
    .fetch_one(&mut **tx)
    .await
}

/// Puts the signature under a draft.
pub async fn sign(tx: &mut Tx, id: VisitId, at: Timestamp, hash: &[u8]) -> sqlx::Result<()> {
    let (clinic, staff) = (tx.clinic(), tx.staff());
    sqlx::query!(
        "update visit
        set status = 'signed', signed_at = $3, signed_by = $4, hash = $5, version = version + 1
        where clinic_id = $1 and id = $2",
        clinic,
        id.uuid(),
        at.to_sqlx() as _,
        staff,
        hash
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Marks a visit as entered in error.
pub async fn strike(tx: &mut Tx, id: VisitId, at: Timestamp, reason: &str) -> sqlx::Result<()> {
    let (clinic, staff) = (tx.clinic(), tx.staff());
    sqlx::query!(
        "update visit
        set status = 'entered_in_error', error_reason = $3, error_at = $4, error_by = $5, version = version + 1
        where clinic_id = $1 and id = $2",
        clinic,
        id.uuid(),
        reason,
        at.to_sqlx() as _,
        staff
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
