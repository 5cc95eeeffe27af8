//! The exam itself.

use std::collections::BTreeMap;

use dentpro_core::ids::{PatientId, PerioExamId};
use dentpro_core::periodontal::{Diagnosis, ExamKind, Mouth, summary};
use dentpro_core::time::rfc3339_in;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use super::super::api::{PerioExamItem, PerioRisk, PerioStaff};
use super::{small, word};
use crate::kernel::db::Tx;
use crate::kernel::error::{ApiError, ApiResult};

/// What an exam asks of a patient.
#[derive(Clone, Copy, Debug)]
pub struct ExaminedPatient {
    pub birth_date: Option<Date>,
}

/// The patient, if there is such a one in the clinic.
pub async fn patient(tx: &mut Tx, id: PatientId) -> sqlx::Result<Option<ExaminedPatient>> {
    let clinic = tx.clinic();
    let row =
        sqlx::query!("select birth_date from patient where clinic_id = $1 and id = $2", clinic, id.uuid())
            .fetch_optional(&mut **tx)
            .await?;
    Ok(row.map(|r| ExaminedPatient { birth_date: r.birth_date.map(|d| d.to_jiff()) }))
}

/// An exam to write.
#[derive(Clone, Copy, Debug)]
pub struct NewRow {
    pub id: PerioExamId,
    pub patient: PatientId,
    pub kind: ExamKind,
    pub on: Date,
    pub at: Timestamp,
}

/// Adds a draft; `perio_exam_one_draft` says no to a second one of the patient.
pub async fn insert(tx: &mut Tx, row: &NewRow) -> sqlx::Result<()> {
    let (clinic, staff) = (tx.clinic(), tx.staff());
    sqlx::query!(
        "insert into perio_exam (clinic_id, id, patient_id, kind, on_date, started_at, started_by)
        values ($1, $2, $3, $4, $5, $6, $7)",
        clinic,
        row.id.uuid(),
        row.patient.uuid(),
        row.kind.as_str(),
        row.on.to_sqlx() as _,
        row.at.to_sqlx() as _,
        staff
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The draft of a patient, if there is one.
pub async fn draft_of(tx: &mut Tx, patient: PatientId) -> sqlx::Result<Option<Uuid>> {
    let clinic = tx.clinic();
    sqlx::query_scalar!(
        "select id from perio_exam where clinic_id = $1 and patient_id = $2 and status = 'draft'",
        clinic,
        patient.uuid()
    )
    .fetch_optional(&mut **tx)
    .await
}

/// The place of an exam in the list: newest day first.
pub type Place = (Date, Uuid);

/// Which exams are wanted; what is `None` does not limit.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    pub exams: Option<Vec<Uuid>>,
    pub patient: Option<PatientId>,
    pub after: Option<Place>,
    pub limit: i64,
}

/// Exams without their readings, newest first.
pub async fn list(tx: &mut Tx, wanted: &Wanted, zone: &TimeZone) -> sqlx::Result<Vec<PerioExamItem>> {
    let clinic = tx.clinic();
    let (after_on, after_id) = wanted.after.unzip();
    let rows = sqlx::query!(
        r#"select
            e.id,
            e.patient_id,
            e.kind,
            e.status,
            e.on_date,
            e.note,
            e.bone_loss_percent,
            e.teeth_lost,
            e.smoking,
            e.diabetes,
            e.condition,
            e.stage,
            e.grade,
            e.extent,
            e.diagnosed_at,
            e.diagnosed_by,
            d.name_ar as "diagnosed_ar?",
            d.name_en as "diagnosed_en?",
            e.started_at,
            e.started_by,
            s.name_ar as started_ar,
            s.name_en as started_en,
            e.closed_at,
            e.closed_by,
            c.name_ar as "closed_ar?",
            c.name_en as "closed_en?",
            e.error_reason,
            e.version
        from perio_exam e
        join staff s on s.clinic_id = e.clinic_id and s.id = e.started_by
        left join staff c on c.clinic_id = e.clinic_id and c.id = e.closed_by
        left join staff d on d.clinic_id = e.clinic_id and d.id = e.diagnosed_by
        where e.clinic_id = $1
            and ($2::uuid[] is null or e.id = any($2))
            and ($3::uuid is null or e.patient_id = $3)
            and ($4::date is null or (e.on_date, e.id) < ($4, $5))
        order by e.on_date desc, e.id desc
        limit $6"#,
        clinic,
        wanted.exams.as_deref() as _,
        wanted.patient.map(|p| p.uuid()),
        after_on.map(|d| d.to_sqlx()) as _,
        after_id,
        wanted.limit
    )
    .fetch_all(&mut **tx)
    .await?;
    let shown = |at: jiff_sqlx::Timestamp| rfc3339_in(at.to_jiff(), zone);
    rows.into_iter()
        .map(|r| {
            let diagnosis = match word(r.condition)? {
                Some(condition) => Some(Diagnosis {
                    condition,
                    stage: word(r.stage)?,
                    grade: word(r.grade)?,
                    extent: word(r.extent)?,
                }),
                None => None,
            };
            Ok(PerioExamItem {
                id: r.id.into(),
                patient_id: r.patient_id.into(),
                kind: r.kind.parse().map_err(super::unreadable)?,
                status: r.status,
                on: r.on_date.to_jiff(),
                note: r.note,
                risk: PerioRisk {
                    bone_loss_percent: small(r.bone_loss_percent)?,
                    teeth_lost: small(r.teeth_lost)?,
                    smoking: word(r.smoking)?,
                    diabetes: word(r.diabetes)?,
                },
                diagnosis,
                diagnosed_at: r.diagnosed_at.map(shown),
                diagnosed_by: member(r.diagnosed_by, r.diagnosed_ar, r.diagnosed_en),
                started_at: shown(r.started_at),
                started_by: PerioStaff {
                    id: r.started_by.into(),
                    name_ar: r.started_ar,
                    name_en: r.started_en,
                },
                closed_at: r.closed_at.map(shown),
                closed_by: member(r.closed_by, r.closed_ar, r.closed_en),
                error_reason: r.error_reason,
                version: r.version,
                summary: summary(&Mouth::new()),
                sextants: BTreeMap::new(),
                advice: None,
            })
        })
        .collect()
}

fn member(id: Option<Uuid>, name_ar: Option<String>, name_en: Option<String>) -> Option<PerioStaff> {
    Some(PerioStaff {
        id: id?.into(),
        name_ar: name_ar.unwrap_or_default(),
        name_en: name_en.unwrap_or_default(),
    })
}

/// An exam as long as it is held.
#[derive(Clone, Debug)]
pub struct HeldExam {
    pub id: PerioExamId,
    pub patient: PatientId,
    pub kind: ExamKind,
    pub status: String,
    pub on: Date,
    pub version: i32,
}

impl HeldExam {
    /// Refuses unless the exam is open for readings.
    pub fn require_draft(&self) -> ApiResult<()> {
        match self.status.as_str() {
            "draft" => Ok(()),
            "closed" => Err(ApiError::conflict("periodontal.exam_closed")),
            _ => Err(ApiError::conflict("periodontal.exam_struck")),
        }
    }

    /// Refuses unless the exam takes codes by sextant.
    pub fn require_screening(&self) -> ApiResult<()> {
        match self.kind {
            ExamKind::Screening => Ok(()),
            ExamKind::Full => Err(ApiError::conflict("periodontal.not_a_screening")),
        }
    }
}

struct HeldRow {
    patient_id: Uuid,
    kind: String,
    status: String,
    on_date: jiff_sqlx::Date,
    version: i32,
}

impl HeldRow {
    fn exam(self, id: PerioExamId) -> sqlx::Result<HeldExam> {
        Ok(HeldExam {
            id,
            patient: self.patient_id.into(),
            kind: self.kind.parse().map_err(super::unreadable)?,
            status: self.status,
            on: self.on_date.to_jiff(),
            version: self.version,
        })
    }
}

/// The exam, kept a draft if it is one while others may write their readings too; 404 when there is none.
pub async fn share(tx: &mut Tx, id: PerioExamId) -> ApiResult<HeldExam> {
    let clinic = tx.clinic();
    let row = sqlx::query_as!(
        HeldRow,
        r#"select
            patient_id,
            kind,
            status,
            on_date as "on_date: _",
            version
        from perio_exam
        where clinic_id = $1 and id = $2
        for share"#,
        clinic,
        id.uuid()
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.ok_or_else(ApiError::not_found)?.exam(id)?)
}

/// The exam, held for a change of its own: waits for whoever writes a reading; 404 when there is none.
pub async fn lock(tx: &mut Tx, id: PerioExamId) -> ApiResult<HeldExam> {
    let clinic = tx.clinic();
    let row = sqlx::query_as!(
        HeldRow,
        r#"select
            patient_id,
            kind,
            status,
            on_date as "on_date: _",
            version
        from perio_exam
        where clinic_id = $1 and id = $2
        for update"#,
        clinic,
        id.uuid()
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.ok_or_else(ApiError::not_found)?.exam(id)?)
}

/// What stands about a draft besides its readings.
#[derive(Clone, Debug)]
pub struct Facts {
    pub on: Date,
    pub note: String,
    pub risk: PerioRisk,
}

/// Writes them.
pub async fn update_facts(tx: &mut Tx, id: PerioExamId, facts: &Facts) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    sqlx::query!(
        "update perio_exam
        set on_date = $3,
            note = $4,
            bone_loss_percent = $5,
            teeth_lost = $6,
            smoking = $7,
            diabetes = $8,
            version = version + 1
        where clinic_id = $1 and id = $2",
        clinic,
        id.uuid(),
        facts.on.to_sqlx() as _,
        facts.note,
        facts.risk.bone_loss_percent.map(i16::from),
        facts.risk.teeth_lost.map(i16::from),
        facts.risk.smoking.map(|s| s.as_str()),
        facts.risk.diabetes.map(|d| d.as_str())
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes what the actor confirms.
pub async fn diagnose(
    tx: &mut Tx,
    id: PerioExamId,
    diagnosis: &Diagnosis,
    at: Timestamp,
) -> sqlx::Result<()> {
    let (clinic, staff) = (tx.clinic(), tx.staff());
    sqlx::query!(
        "update perio_exam
        set condition = $3,
            stage = $4,
            grade = $5,
            extent = $6,
            diagnosed_at = $7,
            diagnosed_by = $8,
            version = version + 1
        where clinic_id = $1 and id = $2",
        clinic,
        id.uuid(),
        diagnosis.condition.as_str(),
        diagnosis.stage.map(|s| s.as_str()),
        diagnosis.grade.map(|g| g.as_str()),
        diagnosis.extent.map(|e| e.as_str()),
        at.to_sqlx() as _,
        staff
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// From here on the exam stays as it is.
pub async fn close(tx: &mut Tx, id: PerioExamId, at: Timestamp) -> sqlx::Result<()> {
    let (clinic, staff) = (tx.clinic(), tx.staff());
    sqlx::query!(
        "update perio_exam
        set status = 'closed', closed_at = $3, closed_by = $4, version = version + 1
        where clinic_id = $1 and id = $2",
        clinic,
        id.uuid(),
        at.to_sqlx() as _,
        staff
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Marks an exam as entered in error.
pub async fn strike(tx: &mut Tx, id: PerioExamId, reason: &str, at: Timestamp) -> sqlx::Result<()> {
    let (clinic, staff) = (tx.clinic(), tx.staff());
    sqlx::query!(
        "update perio_exam
        set status = 'entered_in_error',
            error_reason = $3,
            error_at = $4,
            error_by = $5,
            version = version + 1
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
