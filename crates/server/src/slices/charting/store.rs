//! All SQL of the dental chart.

use dentpro_core::charting::{ChartEvent as Event, Layer, UnitTooth};
use dentpro_core::ids::{ChartEventId, PatientId, VisitId};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff_sqlx::ToSqlx;
use sqlx::types::Json;
use uuid::Uuid;

use super::api::{ChartEvent, Recorder, codes};
use crate::kernel::db::Tx;

/// What the chart asks of a patient.
#[derive(Clone, Copy, Debug)]
pub struct ChartedPatient {
    pub birth_date: Option<Date>,
}

/// The patient, if there is such a one in the clinic.
pub async fn patient(tx: &mut Tx, id: PatientId) -> sqlx::Result<Option<ChartedPatient>> {
    let clinic = tx.clinic();
    let row =
        sqlx::query!("select birth_date from patient where clinic_id = $1 and id = $2", clinic, id.uuid())
            .fetch_optional(&mut **tx)
            .await?;
    Ok(row.map(|r| ChartedPatient { birth_date: r.birth_date.map(|d| d.to_jiff()) }))
}

/// Waits for whoever writes into this patient's chart, then keeps others out until the transaction ends.
pub async fn hold_chart(tx: &mut Tx, patient: PatientId) -> sqlx::Result<()> {
    let key = format!("chart:{}:{patient}", tx.clinic());
    sqlx::query!("select pg_advisory_xact_lock(hashtextextended($1, 0))", key).fetch_one(&mut **tx).await?;
    Ok(())
}

/// The status of a patient's visit, kept as it is until the transaction ends.
pub async fn visit_status(tx: &mut Tx, visit: VisitId, patient: PatientId) -> sqlx::Result<Option<String>> {
    let clinic = tx.clinic();
    sqlx::query_scalar!(
        "select status from visit where clinic_id = $1 and id = $2 and patient_id = $3 for share",
        clinic,
        visit.uuid(),
        patient.uuid()
    )
    .fetch_optional(&mut **tx)
    .await
}

fn unreadable(what: impl std::error::Error + Send + Sync + 'static) -> sqlx::Error {
    sqlx::Error::Decode(Box::new(what))
}

fn read_all<T: std::str::FromStr>(words: &[String]) -> sqlx::Result<Vec<T>>
where
    T::Err: std::error::Error + Send + Sync + 'static,
{
    words.iter().map(|word| word.parse().map_err(unreadable)).collect()
}

/// Everything recorded of a patient, in the words of the rules.
pub async fn events_for_replay(tx: &mut Tx, patient: PatientId) -> sqlx::Result<Vec<Event>> {
    let clinic = tx.clinic();
    let rows = sqlx::query!(
        r#"select
            id,
            seq,
            on_date,
            layer,
            code,
            teeth,
            surfaces,
            severity,
            material,
            unit as "unit: Json<Vec<UnitTooth>>",
            existing_elsewhere,
            note,
            corrects
        from chart_event
        where clinic_id = $1 and patient_id = $2
        order by on_date, seq
        limit 20000"#,
        clinic,
        patient.uuid()
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter()
        .map(|r| {
            let on = r.on_date.to_jiff();
            if let Some(corrects) = r.corrects {
                return Ok(Event::correction(r.id, r.seq, on, corrects));
            }
            let letters = r.surfaces.iter().flat_map(|s| s.chars());
            Ok(Event {
                id: r.id,
                seq: r.seq,
                on,
                layer: r.layer.parse::<Layer>().map_err(unreadable)?,
                code: r.code,
                teeth: read_all(&r.teeth)?,
                surfaces: letters.map(|c| c.try_into().map_err(unreadable)).collect::<sqlx::Result<_>>()?,
                severity: r.severity.map(|s| s.parse().map_err(unreadable)).transpose()?,
                material: r.material.map(|m| m.parse().map_err(unreadable)).transpose()?,
                unit: r.unit.map(|u| u.0).unwrap_or_default(),
                existing_elsewhere: r.existing_elsewhere,
                note: r.note,
                corrects: None,
            })
        })
        .collect()
}

/// An event to write.
#[derive(Debug)]
pub struct NewRow<'a> {
    pub patient: PatientId,
    pub visit: Option<VisitId>,
    pub act: Option<Uuid>,
    pub event: &'a Event,
    pub at: Timestamp,
}

/// Adds an event; its place in the order of recording.
pub async fn insert_event(tx: &mut Tx, row: &NewRow<'_>) -> sqlx::Result<i64> {
    let (clinic, staff) = (tx.clinic(), tx.staff());
    let event = row.event;
    let unit = (!event.unit.is_empty()).then(|| Json(event.unit.clone()));
    let surfaces: Vec<String> = event.surfaces.iter().map(ToString::to_string).collect();
    sqlx::query_scalar!(
        "insert into chart_event (clinic_id, id, patient_id, visit_id, on_date, layer, code, teeth, surfaces, severity,
            material, unit, existing_elsewhere, note, act_id, recorded_at, recorded_by)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
        returning seq",
        clinic,
        event.id,
        row.patient.uuid(),
        row.visit.map(|v| v.uuid()),
        event.on.to_sqlx() as _,
        event.layer.as_str(),
        event.code,
        &codes(event.all_teeth()),
        &surfaces,
        event.severity.map(|s| s.to_string()),
        event.material.map(|m| m.as_str()),
        unit as _,
        event.existing_elsewhere,
        event.note,
        row.act,
        row.at.to_sqlx() as _,
        staff
    )
    .fetch_one(&mut **tx)
    .await
}

/// Adds the event that takes another back; it keeps the code of what it takes back, for the list.
pub async fn insert_correction(
    tx: &mut Tx,
    patient: PatientId,
    correction: &Event,
    code: &str,
    reason: &str,
    at: Timestamp,
) -> sqlx::Result<i64> {
    let (clinic, staff) = (tx.clinic(), tx.staff());
    sqlx::query_scalar!(
        "insert into chart_event (clinic_id, id, patient_id, on_date, layer, code, corrects, reason, recorded_at,
            recorded_by)
        values ($1, $2, $3, $4, 'correction', $5, $6, $7, $8, $9)
        returning seq",
        clinic,
        correction.id,
        patient.uuid(),
        correction.on.to_sqlx() as _,
        code,
        correction.corrects,
        reason,
        at.to_sqlx() as _,
        staff
    )
    .fetch_one(&mut **tx)
    .await
}

/// The place of an event in the list: newest day first, then newest recorded.
pub type Place = (Date, i64);

/// A patient's events from a place on, or one of them, or those of one act.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    pub patient: PatientId,
    pub event: Option<ChartEventId>,
    pub act: Option<Uuid>,
    /// When the day began; what was recorded before it in no visit is not undone any more.
    pub day_began: Timestamp,
    pub after: Option<Place>,
    pub limit: i64,
}

/// Events with who recorded them and what takes them back, newest first, each with its place.
pub async fn events(tx: &mut Tx, wanted: Wanted, zone: &TimeZone) -> sqlx::Result<Vec<(ChartEvent, Place)>> {
    let (clinic, staff) = (tx.clinic(), tx.staff());
    let (after_on, after_seq) = wanted.after.unzip();
    let rows = sqlx::query!(
        r#"select
            e.id,
            e.seq,
            e.on_date,
            e.layer,
            e.code,
            e.teeth,
            e.surfaces,
            e.severity,
            e.material,
            e.unit as "unit: Json<Vec<UnitTooth>>",
            e.existing_elsewhere,
            e.note,
            e.visit_id,
            e.act_id,
            e.recorded_by = $7
                and e.corrects is null
                and c.id is null
                and case when e.visit_id is null then e.recorded_at >= $8 else v.status = 'draft' end
                and not exists (
                    select from visit_procedure p where p.clinic_id = e.clinic_id and p.chart_event_id = e.id)
                and not exists (
                    select from plan_item i where i.clinic_id = e.clinic_id and i.chart_event_id = e.id
                ) as "undoable!",
            e.recorded_at,
            s.name_ar,
            s.name_en,
            e.corrects,
            c.id as "corrected_by?",
            e.reason
        from chart_event e
        join staff s on s.clinic_id = e.clinic_id and s.id = e.recorded_by
        left join chart_event c on c.clinic_id = e.clinic_id and c.corrects = e.id
        left join visit v on v.clinic_id = e.clinic_id and v.id = e.visit_id
        where e.clinic_id = $1
            and e.patient_id = $2
            and ($3::uuid is null or e.id = $3)
            and ($9::uuid is null or e.act_id = $9)
            and ($4::date is null or (e.on_date, e.seq) < ($4, $5))
        order by e.on_date desc, e.seq desc
        limit $6"#,
        clinic,
        wanted.patient.uuid(),
        wanted.event.map(|e| e.uuid()),
        after_on.map(|d| d.to_sqlx()) as _,
        after_seq,
        wanted.limit,
        staff,
        wanted.day_began.to_sqlx() as _,
        wanted.act
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| {
            let on = r.on_date.to_jiff();
            let event = ChartEvent {
                id: r.id.into(),
                on,
                layer: r.layer,
                code: r.code,
                teeth: r.teeth,
                surfaces: r.surfaces,
                severity: r.severity.and_then(|s| s.parse().ok()),
                material: r.material,
                unit: r.unit.map(|u| u.0),
                existing_elsewhere: r.existing_elsewhere,
                note: r.note,
                visit_id: r.visit_id.map(Into::into),
                act_id: r.act_id,
                undoable: r.undoable,
                recorded_at: dentpro_core::time::rfc3339_in(r.recorded_at.to_jiff(), zone),
                recorded_by: Recorder { name_ar: r.name_ar, name_en: r.name_en },
                corrects: r.corrects.map(Into::into),
                corrected_by: r.corrected_by.map(Into::into),
                reason: r.reason,
            };
            (event, (on, r.seq))
        })
        .collect())
}

/// What decides whether an entry is undone by who recorded it.
#[derive(Clone, Copy, Debug)]
pub struct Undoing {
    pub own: bool,
    pub visit: Option<VisitId>,
    pub act: Option<Uuid>,
    pub of_today: bool,
    /// It stands for work that a visit lists.
    pub of_work: bool,
    /// The same person recorded something after it in the same session that still stands.
    pub is_followed: bool,
}

/// How an entry stands to undoing it.
pub async fn undoing(
    tx: &mut Tx,
    patient: PatientId,
    event: ChartEventId,
    day_began: Timestamp,
) -> sqlx::Result<Option<Undoing>> {
    let (clinic, staff) = (tx.clinic(), tx.staff());
    let row = sqlx::query!(
        r#"select
            e.recorded_by = $4 as "own!",
            e.visit_id,
            e.act_id,
            e.recorded_at >= $5 as "of_today!",
            exists (
                select from visit_procedure p where p.clinic_id = e.clinic_id and p.chart_event_id = e.id
            ) or exists (
                select from plan_item i where i.clinic_id = e.clinic_id and i.chart_event_id = e.id
            ) as "of_work!",
            exists (
                select
                from chart_event n
                where n.clinic_id = e.clinic_id
                    and n.patient_id = e.patient_id
                    and n.recorded_by = $4
                    and n.corrects is null
                    and n.seq > e.seq
                    and n.visit_id is not distinct from e.visit_id
                    and (n.act_id is null or n.act_id is distinct from e.act_id)
                    and not exists (
                        select from chart_event c where c.clinic_id = n.clinic_id and c.corrects = n.id)
                    and not exists (
                        select from visit_procedure p where p.clinic_id = n.clinic_id and p.chart_event_id = n.id)
                    and not exists (
                        select from plan_item i where i.clinic_id = n.clinic_id and i.chart_event_id = n.id)
            ) as "is_followed!"
        from chart_event e
        where e.clinic_id = $1 and e.patient_id = $2 and e.id = $3"#,
        clinic,
        patient.uuid(),
        event.uuid(),
        staff,
        day_began.to_sqlx() as _
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|r| Undoing {
        own: r.own,
        visit: r.visit_id.map(Into::into),
        act: r.act_id,
        of_today: r.of_today,
        of_work: r.of_work,
        is_followed: r.is_followed,
    }))
}

/// The entries of an act that were not taken back.
pub async fn events_of_act(tx: &mut Tx, act: Uuid) -> sqlx::Result<Vec<ChartEventId>> {
    let clinic = tx.clinic();
    let ids: Vec<Uuid> = sqlx::query_scalar!(
        "select e.id
        from chart_event e
        where e.clinic_id = $1
            and e.act_id = $2
            and not exists (select from chart_event c where c.clinic_id = e.clinic_id and c.corrects = e.id)
        order by e.seq
        limit 64",
        clinic,
        act
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(ids.into_iter().map(Into::into).collect())
}

/// What was recorded in a visit and was not taken back.
pub async fn events_of_visit(tx: &mut Tx, visit: VisitId) -> sqlx::Result<Vec<ChartEventId>> {
    let clinic = tx.clinic();
    let ids: Vec<Uuid> = sqlx::query_scalar!(
        "select e.id
        from chart_event e
        where e.clinic_id = $1
            and e.visit_id = $2
            and not exists (select from chart_event c where c.clinic_id = e.clinic_id and c.corrects = e.id)
        order by e.seq
        limit 1000",
        clinic,
        visit.uuid()
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(ids.into_iter().map(Into::into).collect())
}

/// Whether the chart shows an open item of a treatment plan by this event.
pub async fn stands_for_plan(tx: &mut Tx, event: ChartEventId) -> sqlx::Result<bool> {
    let clinic = tx.clinic();
    sqlx::query_scalar!(
        r#"select exists (
            select from plan_item
            where clinic_id = $1 and chart_event_id = $2 and status in ('proposed', 'accepted')
        ) as "planned!""#,
        clinic,
        event.uuid()
    )
    .fetch_one(&mut **tx)
    .await
}
