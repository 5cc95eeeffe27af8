//! Rows of the book as the API answers them, on the clinic's clock.

use dentpro_core::permissions::{Permission, Scope};
use dentpro_core::scheduling::Calendar;
use dentpro_core::time::rfc3339_in;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use uuid::Uuid;

use super::api::{
    Appointment, AppointmentChair, AppointmentDoctor, AppointmentEvent, AppointmentPatient, TypeOfAppointment,
};
use super::hours;
use super::store::{self, AppointmentRow};
use crate::kernel::actor::Actor;
use crate::kernel::db::Tx;
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::working_hours::calendar_of;

/// The only doctor whose appointments the actor sees, or `None` for all; without the permission to read, his own.
pub fn only_doctor(actor: &Actor) -> Option<Uuid> {
    match actor.scope(Permission::SchedulingRead) {
        Some(Scope::All) => None,
        Some(Scope::Own) | None => Some(actor.staff.uuid()),
    }
}

/// Every row as an appointment, with its flag for the hours: two statements more, however many rows there are.
pub async fn appointments(
    tx: &mut Tx,
    actor: &Actor,
    rows: Vec<AppointmentRow>,
) -> ApiResult<Vec<Appointment>> {
    let zone = &actor.facts.time_zone;
    let calendar = calendar_of(tx, rows.iter().map(range), zone).await?;
    rows.into_iter().map(|row| appointment(row, &calendar, zone)).collect()
}

/// One appointment that the actor may see.
pub async fn read(tx: &mut Tx, actor: &Actor, id: Uuid) -> ApiResult<Appointment> {
    let row = store::one(tx, id, only_doctor(actor)).await?.ok_or_else(ApiError::not_found)?;
    let zone = &actor.facts.time_zone;
    let calendar = calendar_of(tx, [range(&row)], zone).await?;
    appointment(row, &calendar, zone)
}

/// These appointments, in the order in which they start.
pub async fn read_all(tx: &mut Tx, actor: &Actor, ids: &[Uuid]) -> ApiResult<Vec<Appointment>> {
    let rows = store::by_ids(tx, ids).await?;
    appointments(tx, actor, rows).await
}

/// What happened to an appointment, the first first.
pub async fn events(tx: &mut Tx, zone: &TimeZone, id: Uuid) -> ApiResult<Vec<AppointmentEvent>> {
    let rows = store::events(tx, id).await?;
    Ok(rows
        .into_iter()
        .map(|e| AppointmentEvent {
            at: rfc3339_in(e.at.to_jiff(), zone),
            kind: e.kind,
            from: e.from_value,
            to: e.to_value,
            reason: e.reason,
            source: e.source,
            actor_name_ar: e.actor_name_ar,
            actor_name_en: e.actor_name_en,
        })
        .collect())
}

fn range(row: &AppointmentRow) -> (Timestamp, Timestamp) {
    (row.starts_at.to_jiff(), row.ends_at.to_jiff())
}

fn appointment(row: AppointmentRow, calendar: &Calendar, zone: &TimeZone) -> ApiResult<Appointment> {
    let wire = |at: jiff_sqlx::Timestamp| rfc3339_in(at.to_jiff(), zone);
    let unknown = |e: dentpro_core::wire_enum::UnknownWord| ApiError::internal(Box::new(e));
    let outside_hours = hours::leaves(calendar, row.doctor_id, row.branch_id, range(&row), zone);
    Ok(Appointment {
        id: row.id.into(),
        patient_id: row.patient_id.into(),
        doctor_id: row.doctor_id.into(),
        chair_id: row.chair_id.map(Into::into),
        branch_id: row.branch_id.into(),
        starts_at: wire(row.starts_at),
        ends_at: wire(row.ends_at),
        local_date: row.local_date.to_jiff(),
        local_start: row.local_start.to_jiff().strftime("%H:%M").to_string(),
        status: row.status.parse().map_err(unknown)?,
        confirmation: row.confirmation.parse().map_err(unknown)?,
        reason: Some(row.reason).filter(|text| !text.is_empty()),
        note: row.note,
        procedure_id: row.procedure_id.map(Into::into),
        overbook_reason: row.overbook_reason,
        outside_hours,
        patient: AppointmentPatient {
            id: row.patient_id.into(),
            name_ar: row.patient_name_ar,
            name_en: row.patient_name_en,
            file_number: row.file_number,
            phone: row.phone,
            has_alerts: row.has_alerts,
        },
        doctor: AppointmentDoctor {
            id: row.doctor_id.into(),
            name_ar: row.doctor_name_ar,
            name_en: row.doctor_name_en,
            colour: row.doctor_colour,
        },
        chair: row.chair_id.zip(row.chair_name_ar.zip(row.chair_name_en)).map(|(id, (name_ar, name_en))| {
            AppointmentChair { id: id.into(), name_ar, name_en, branch_id: row.branch_id.into() }
        }),
        arrived_at: row.arrived_at.map(wire),
        in_chair_at: row.in_chair_at.map(wire),
        completed_at: row.completed_at.map(wire),
        checked_out_at: row.checked_out_at.map(wire),
        cancelled_at: row.cancelled_at.map(wire),
        call_requested_at: row.call_requested_at.map(wire),
        appointment_type: row.type_id.map(|id| TypeOfAppointment {
            id: id.into(),
            name_ar: row.type_name_ar.unwrap_or_default(),
            name_en: row.type_name_en.unwrap_or_default(),
            colour: row.type_colour.unwrap_or_default(),
        }),
        pattern: row.pattern,
        walk_in: row.walk_in,
        token: row.token,
        called_at: row.called_at.map(wire),
        called_to: row.called_to.map(Into::into),
        asap: row.asap,
        late_cancelled: row.late_cancelled,
        follow_up: row.follow_up,
        series_id: row.series_id,
        visit_id: row.visit_id.map(Into::into),
        created_at: wire(row.created_at),
        version: row.version,
    })
}
