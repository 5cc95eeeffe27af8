//! All SQL of the recalls.

use dentpro_core::ids::{AppointmentTypeId, PatientId, ProcedureId, RecallTypeId, VisitId};
use dentpro_core::recalls::due;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use super::api::{PatientRecall, RecallType};
use crate::kernel::db::Tx;

/// The kinds of recall, those in use first.
pub async fn types(tx: &mut Tx, only: Option<Uuid>) -> sqlx::Result<Vec<RecallType>> {
    let clinic = tx.clinic();
    let rows = sqlx::query!(
        r#"select
            t.id,
            t.name_ar,
            t.name_en,
            t.interval_months,
            t.minutes,
            t.appointment_type_id,
            t.active,
            t.version,
            array(select g.procedure_id from recall_trigger g
                where g.clinic_id = t.clinic_id and g.recall_type_id = t.id order by g.procedure_id) as "procedures!"
        from recall_type t
        where t.clinic_id = $1 and ($2::uuid is null or t.id = $2)
        order by t.active desc, t.interval_months, t.id
        limit 200"#,
        clinic,
        only
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| RecallType {
            id: r.id.into(),
            name_ar: r.name_ar,
            name_en: r.name_en,
            interval_months: r.interval_months,
            minutes: r.minutes,
            appointment_type_id: r.appointment_type_id.map(Into::into),
            procedure_ids: r.procedures.into_iter().map(ProcedureId).collect(),
            active: r.active,
            version: r.version,
        })
        .collect())
}

/// Locks a kind of recall for the change that follows: whether it is there.
pub async fn lock_type(tx: &mut Tx, id: RecallTypeId) -> sqlx::Result<bool> {
    let clinic = tx.clinic();
    let row = sqlx::query!(
        "select id from recall_type where clinic_id = $1 and id = $2 for update",
        clinic,
        id.uuid()
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.is_some())
}

/// Whether all of these procedures, and this appointment type, are the clinic's.
pub async fn known(tx: &mut Tx, procedures: &[Uuid], kind: Option<Uuid>) -> sqlx::Result<(bool, bool)> {
    let clinic = tx.clinic();
    let row = sqlx::query!(
        r#"select
            not exists (select from unnest($2::uuid[]) p (id) where not exists (
                select from procedure_item i where i.clinic_id = $1 and i.id = p.id)) as "procedures!",
            $3::uuid is null or exists (
                select from appointment_type where clinic_id = $1 and id = $3) as "kind!""#,
        clinic,
        procedures,
        kind
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok((row.procedures, row.kind))
}

/// Adds a kind of recall, or writes a changed one, with its triggers.
pub async fn write_type(tx: &mut Tx, of: &RecallType, now: Timestamp) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    sqlx::query!(
        "insert into recall_type (clinic_id, id, name_ar, name_en, interval_months, minutes, appointment_type_id,
            active, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        on conflict (clinic_id, id) do update
        set name_ar = excluded.name_ar,
            name_en = excluded.name_en,
            interval_months = excluded.interval_months,
            minutes = excluded.minutes,
            appointment_type_id = excluded.appointment_type_id,
            active = excluded.active,
            version = recall_type.version + 1",
        clinic,
        of.id.uuid(),
        of.name_ar,
        of.name_en,
        of.interval_months,
        of.minutes,
        of.appointment_type_id.map(AppointmentTypeId::uuid),
        of.active,
        now.to_sqlx() as _
    )
    .execute(&mut **tx)
    .await?;
    let procedures: Vec<Uuid> = of.procedure_ids.iter().map(|id| id.uuid()).collect();
    sqlx::query!(
        "delete from recall_trigger
        where clinic_id = $1 and recall_type_id = $2 and procedure_id <> all($3)",
        clinic,
        of.id.uuid(),
        &procedures
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!(
        "insert into recall_trigger (clinic_id, recall_type_id, procedure_id)
        select $1, $2, p from unnest($3::uuid[]) p
        on conflict do nothing",
        clinic,
        of.id.uuid(),
        &procedures
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The recalls of a patient: those begun, and every kind in use.
pub async fn of_patient(tx: &mut Tx, patient: PatientId) -> sqlx::Result<Vec<PatientRecall>> {
    let clinic = tx.clinic();
    let rows = sqlx::query!(
        r#"select
            t.id,
            t.name_ar,
            t.name_en,
            t.interval_months as type_interval,
            r.interval_months as "own_interval?",
            r.last_trigger_on as "last_trigger_on?: jiff_sqlx::Date",
            r.calculated_due_on as "calculated_due_on?: jiff_sqlx::Date",
            r.set_due_on as "set_due_on?: jiff_sqlx::Date",
            r.due_on as "due_on?: jiff_sqlx::Date",
            r.stopped_reason as "stopped_reason?",
            r.note as "note?",
            r.version as "version?"
        from recall_type t
        left join patient_recall r on r.clinic_id = t.clinic_id and r.recall_type_id = t.id and r.patient_id = $2
        where t.clinic_id = $1 and (t.active or r.patient_id is not null)
        order by r.due_on nulls last, t.interval_months, t.id
        limit 200"#,
        clinic,
        patient.uuid()
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| PatientRecall {
            recall_type_id: r.id.into(),
            name_ar: r.name_ar,
            name_en: r.name_en,
            interval_months: r.own_interval.unwrap_or(r.type_interval),
            own_interval: r.own_interval.is_some(),
            last_trigger_on: r.last_trigger_on.map(|d| d.to_jiff()),
            calculated_due_on: r.calculated_due_on.map(|d| d.to_jiff()),
            set_due_on: r.set_due_on.map(|d| d.to_jiff()),
            due_on: r.due_on.map(|d| d.to_jiff()),
            stopped_reason: r.stopped_reason,
            note: r.note.unwrap_or_default(),
            version: r.version.unwrap_or(0),
        })
        .collect())
}

/// Locks the patient against changes of his recalls at once: whether he is there.
pub async fn lock_patient(tx: &mut Tx, patient: PatientId) -> sqlx::Result<bool> {
    let clinic = tx.clinic();
    let row = sqlx::query!(
        "select id from patient where clinic_id = $1 and id = $2 for no key update",
        clinic,
        patient.uuid()
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.is_some())
}

/// Whether the clinic has this patient.
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

/// Writes a recall of a patient.
pub async fn write_of_patient(
    tx: &mut Tx,
    patient: PatientId,
    recall: &PatientRecall,
    now: Timestamp,
) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    sqlx::query!(
        "insert into patient_recall (clinic_id, patient_id, recall_type_id, last_trigger_on, calculated_due_on,
            interval_months, set_due_on, stopped_reason, note, updated_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        on conflict (clinic_id, patient_id, recall_type_id) do update
        set last_trigger_on = excluded.last_trigger_on,
            calculated_due_on = excluded.calculated_due_on,
            interval_months = excluded.interval_months,
            set_due_on = excluded.set_due_on,
            stopped_reason = excluded.stopped_reason,
            note = excluded.note,
            updated_at = excluded.updated_at,
            version = patient_recall.version + 1",
        clinic,
        patient.uuid(),
        recall.recall_type_id.uuid(),
        recall.last_trigger_on.map(|d| d.to_sqlx()) as _,
        recall.calculated_due_on.map(|d| d.to_sqlx()) as _,
        recall.own_interval.then_some(recall.interval_months),
        recall.set_due_on.map(|d| d.to_sqlx()) as _,
        recall.stopped_reason,
        recall.note,
        now.to_sqlx() as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Starts the intervals anew that the work of a signed visit counts for: a date that a person had set has served
/// its time then.
pub async fn visit_was_signed(
    tx: &mut Tx,
    visit: VisitId,
    patient: PatientId,
    on: Date,
    now: Timestamp,
) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    let touched = sqlx::query!(
        r#"select
            t.id,
            coalesce(r.interval_months, t.interval_months) as "months!",
            r.last_trigger_on as "last?: jiff_sqlx::Date"
        from recall_type t
        left join patient_recall r on r.clinic_id = t.clinic_id and r.recall_type_id = t.id and r.patient_id = $2
        where t.clinic_id = $1 and t.active
            and exists (
                select from visit_procedure w
                join recall_trigger g on g.clinic_id = w.clinic_id and g.procedure_id = w.procedure_id
                where w.clinic_id = $1 and w.visit_id = $3 and g.recall_type_id = t.id)
        limit 200"#,
        clinic,
        patient.uuid(),
        visit.uuid()
    )
    .fetch_all(&mut **tx)
    .await?;
    for recall in touched {
        // Work entered late for an earlier day does not turn the clock back.
        if recall.last.is_some_and(|last| last.to_jiff() >= on) {
            continue;
        }
        sqlx::query!(
            "insert into patient_recall (clinic_id, patient_id, recall_type_id, last_trigger_on, calculated_due_on, updated_at)
            values ($1, $2, $3, $4, $5, $6)
            on conflict (clinic_id, patient_id, recall_type_id) do update
            set last_trigger_on = excluded.last_trigger_on,
                calculated_due_on = excluded.calculated_due_on,
                set_due_on = null,
                updated_at = excluded.updated_at,
                version = patient_recall.version + 1",
            clinic,
            patient.uuid(),
            recall.id,
            on.to_sqlx() as _,
            due(on, recall.months).unwrap_or(on).to_sqlx() as _,
            now.to_sqlx() as _
        )
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}
