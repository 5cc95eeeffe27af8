//! Appointments as the book shows them: one statement, however many there are.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use crate::kernel::db::Tx;
use crate::slices::scheduling::moment::Span;

/// An appointment joined with what its card shows.
#[derive(Debug)]
pub struct AppointmentRow {
    pub id: Uuid,
    pub patient_id: Uuid,
    pub doctor_id: Uuid,
    pub chair_id: Option<Uuid>,
    pub branch_id: Uuid,
    pub starts_at: jiff_sqlx::Timestamp,
    pub ends_at: jiff_sqlx::Timestamp,
    pub local_date: jiff_sqlx::Date,
    pub local_start: jiff_sqlx::Time,
    pub status: String,
    pub confirmation: String,
    pub reason: String,
    pub note: Option<String>,
    pub procedure_id: Option<Uuid>,
    pub overbook_reason: Option<String>,
    pub arrived_at: Option<jiff_sqlx::Timestamp>,
    pub in_chair_at: Option<jiff_sqlx::Timestamp>,
    pub completed_at: Option<jiff_sqlx::Timestamp>,
    pub checked_out_at: Option<jiff_sqlx::Timestamp>,
    pub cancelled_at: Option<jiff_sqlx::Timestamp>,
    pub call_requested_at: Option<jiff_sqlx::Timestamp>,
    pub type_id: Option<Uuid>,
    pub type_name_ar: Option<String>,
    pub type_name_en: Option<String>,
    pub type_colour: Option<String>,
    pub pattern: String,
    pub walk_in: bool,
    pub token: Option<i32>,
    pub called_at: Option<jiff_sqlx::Timestamp>,
    pub called_to: Option<Uuid>,
    pub asap: bool,
    pub late_cancelled: bool,
    pub follow_up: Option<String>,
    pub series_id: Option<Uuid>,
    pub created_at: jiff_sqlx::Timestamp,
    pub version: i32,
    pub patient_name_ar: String,
    pub patient_name_en: String,
    pub file_number: String,
    pub phone: Option<String>,
    pub has_alerts: bool,
    pub doctor_name_ar: String,
    pub doctor_name_en: String,
    pub doctor_colour: String,
    pub chair_name_ar: Option<String>,
    pub chair_name_en: Option<String>,
    pub visit_id: Option<Uuid>,
}

macro_rules! appointments {
    ($tail:tt, $($argument:expr),+ $(,)?) => {
        sqlx::query_as!(
            AppointmentRow,
            r#"select
                a.id,
                a.patient_id,
                a.doctor_id,
                a.chair_id,
                a.branch_id,
                a.starts_at,
                a.ends_at,
                a.local_date,
                a.local_start,
                a.status,
                a.confirmation,
                a.reason,
                a.note,
                a.procedure_id,
                a.overbook_reason,
                a.arrived_at,
                a.in_chair_at,
                a.completed_at,
                a.checked_out_at,
                a.cancelled_at,
                a.call_requested_at,
                a.type_id,
                t.name_ar as "type_name_ar?",
                t.name_en as "type_name_en?",
                t.colour as "type_colour?",
                a.pattern,
                a.walk_in,
                a.token,
                a.called_at,
                a.called_to,
                a.asap,
                a.late_cancelled,
                a.follow_up,
                a.series_id,
                a.created_at,
                a.version,
                p.name_ar as patient_name_ar,
                p.name_en as patient_name_en,
                p.file_number,
                p.phones -> 0 ->> 'number' as phone,
                (p.pregnancy = 'yes'
                    or exists (select from patient_allergy g
                        where g.clinic_id = a.clinic_id and g.patient_id = a.patient_id and g.status = 'active')
                    or exists (select from patient_condition g
                        where g.clinic_id = a.clinic_id and g.patient_id = a.patient_id and g.status = 'active'
                            and g.alert <> 'none')
                    or exists (select from patient_medication g
                        where g.clinic_id = a.clinic_id and g.patient_id = a.patient_id and g.status = 'active')
                ) as "has_alerts!",
                d.name_ar as doctor_name_ar,
                d.name_en as doctor_name_en,
                d.colour as doctor_colour,
                c.name_ar as "chair_name_ar?",
                c.name_en as "chair_name_en?",
                (select v.id from visit v
                    where v.clinic_id = a.clinic_id and v.appointment_id = a.id and v.status <> 'entered_in_error'
                ) as visit_id
            from appointment a
            join patient p on p.clinic_id = a.clinic_id and p.id = a.patient_id
            join staff d on d.clinic_id = a.clinic_id and d.id = a.doctor_id
            left join chair c on c.clinic_id = a.clinic_id and c.id = a.chair_id
            left join appointment_type t on t.clinic_id = a.clinic_id and t.id = a.type_id
            "# + $tail,
            $($argument),+
        )
    };
}

/// What narrows a list.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// Only this doctor's: all a reader with the scope "own" sees.
    pub only_doctor: Option<Uuid>,
    pub doctor: Option<Uuid>,
    pub branch: Option<Uuid>,
    pub chair: Option<Uuid>,
    pub statuses: Option<Vec<String>>,
    /// The last row seen: start and id.
    pub after: Option<(Timestamp, Uuid)>,
    pub limit: i64,
}

/// The appointments that start in a span, in the order of the day; one row more than the limit.
pub async fn list(tx: &mut Tx, span: Span, choice: &Choice) -> sqlx::Result<Vec<AppointmentRow>> {
    let clinic = tx.clinic();
    let (after_start, after_id) = choice.after.unzip();
    appointments!(
        "where a.clinic_id = $1
            and a.starts_at >= $2
            and a.starts_at < $3
            and ($4::uuid is null or a.doctor_id = $4)
            and ($5::uuid is null or a.doctor_id = $5)
            and ($6::uuid is null or a.branch_id = $6)
            and ($7::uuid is null or a.chair_id = $7)
            and ($8::text[] is null or a.status = any($8))
            and ($9::timestamptz is null or (a.starts_at, a.id) > ($9, $10::uuid))
        order by a.starts_at, a.id
        limit $11",
        clinic,
        span.from.to_sqlx() as _,
        span.until.to_sqlx() as _,
        choice.only_doctor,
        choice.doctor,
        choice.branch,
        choice.chair,
        choice.statuses.as_deref(),
        after_start.map(|at| at.to_sqlx()) as _,
        after_id,
        choice.limit + 1,
    )
    .fetch_all(&mut **tx)
    .await
}

/// The same of one patient: by the patient's index, whatever the span.
pub async fn list_of_patient(
    tx: &mut Tx,
    patient: Uuid,
    span: Span,
    choice: &Choice,
) -> sqlx::Result<Vec<AppointmentRow>> {
    let clinic = tx.clinic();
    let (after_start, after_id) = choice.after.unzip();
    appointments!(
        "where a.clinic_id = $1
            and a.patient_id = $12
            and a.starts_at >= $2
            and a.starts_at < $3
            and ($4::uuid is null or a.doctor_id = $4)
            and ($5::uuid is null or a.doctor_id = $5)
            and ($6::uuid is null or a.branch_id = $6)
            and ($7::uuid is null or a.chair_id = $7)
            and ($8::text[] is null or a.status = any($8))
            and ($9::timestamptz is null or (a.starts_at, a.id) > ($9, $10::uuid))
        order by a.starts_at, a.id
        limit $11",
        clinic,
        span.from.to_sqlx() as _,
        span.until.to_sqlx() as _,
        choice.only_doctor,
        choice.doctor,
        choice.branch,
        choice.chair,
        choice.statuses.as_deref(),
        after_start.map(|at| at.to_sqlx()) as _,
        after_id,
        choice.limit + 1,
        patient,
    )
    .fetch_all(&mut **tx)
    .await
}

/// One appointment, unless it is another doctor's and the reader sees only his own.
pub async fn one(tx: &mut Tx, id: Uuid, only_doctor: Option<Uuid>) -> sqlx::Result<Option<AppointmentRow>> {
    let clinic = tx.clinic();
    appointments!(
        "where a.clinic_id = $1 and a.id = $2 and ($3::uuid is null or a.doctor_id = $3)",
        clinic,
        id,
        only_doctor,
    )
    .fetch_optional(&mut **tx)
    .await
}

/// These appointments, in the order in which they start.
pub async fn by_ids(tx: &mut Tx, ids: &[Uuid]) -> sqlx::Result<Vec<AppointmentRow>> {
    let clinic = tx.clinic();
    appointments!("where a.clinic_id = $1 and a.id = any($2) order by a.starts_at, a.id", clinic, ids)
        .fetch_all(&mut **tx)
        .await
}

/// How many appointments that start in a span have each status.
pub async fn count_by_status(
    tx: &mut Tx,
    span: Span,
    branch: Option<Uuid>,
    only_doctor: Option<Uuid>,
) -> sqlx::Result<Vec<(String, i64)>> {
    let clinic = tx.clinic();
    let rows = sqlx::query!(
        r#"select status, count(*) as "count!"
        from appointment
        where clinic_id = $1
            and starts_at >= $2
            and starts_at < $3
            and ($4::uuid is null or branch_id = $4)
            and ($5::uuid is null or doctor_id = $5)
        group by status"#,
        clinic,
        span.from.to_sqlx() as _,
        span.until.to_sqlx() as _,
        branch,
        only_doctor
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|r| (r.status, r.count)).collect())
}

/// Whether the clinic has this patient.
pub async fn patient_known(tx: &mut Tx, patient: Uuid) -> sqlx::Result<bool> {
    let clinic = tx.clinic();
    sqlx::query_scalar!(
        r#"select exists (select from patient where clinic_id = $1 and id = $2) as "known!""#,
        clinic,
        patient
    )
    .fetch_one(&mut **tx)
    .await
}
