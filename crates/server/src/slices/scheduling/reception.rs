//! The waiting room: who came without an appointment, and whose turn it is.

use axum::http::StatusCode;
use dentpro_core::ids::{AppointmentId, AppointmentTypeId, ChairId, StaffId};
use dentpro_core::permissions::Scope;
use dentpro_core::scheduling::{AppointmentStatus, Confirmation, fit_pattern, validate_range};
use dentpro_core::time::whole_minute;
use jiff::SignedDuration;
use uuid::Uuid;

use super::api::Appointment;
use super::api::reception::{NewWalkIn, NextCall};
use super::book::{
    Attempt, NOTE, REASON, announce, require_chair, require_doctor, require_patient, unprocessable,
};
use super::change::{event, may_change, write};
use super::store::{self, Event, Grounds, Held};
use crate::kernel::db::Tx;
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::reply::Reply;
use crate::kernel::text;

/// Minutes of a patient without an appointment, when neither he nor his type say more.
const MINUTES: i32 = 30;

/// Gives a patient who came without an appointment a number and a place in the waiting room.
pub async fn receive(attempt: Attempt<'_>, new: &NewWalkIn) -> ApiResult<Reply<Appointment>> {
    attempt.require_own(new.doctor_id.uuid())?;
    let mut tx = match attempt.begin().await? {
        Ok(tx) => tx,
        Err(stored) => return Ok(stored),
    };
    let (patient, doctor) = (new.patient_id.uuid(), new.doctor_id.uuid());
    let kind = new.type_id.map(AppointmentTypeId::uuid);
    let grounds = Grounds { patient, doctor, chair: None, procedure: None, kind, wish: None };
    let known = store::circumstances(&mut tx, &grounds).await?;
    require_patient(&known)?;
    require_doctor(&known)?;
    if kind.is_some() && known.type_pattern.is_none() {
        return Err(ApiError::invalid("/type_id", "request.unknown_reference"));
    }
    let now = attempt.clock.now();
    let minutes = new.minutes.or(known.type_minutes).unwrap_or(MINUTES);
    let length = SignedDuration::from_mins(i64::from(minutes));
    let starts_at = whole_minute(now);
    validate_range(starts_at, starts_at + length).map_err(|e| unprocessable("/minutes", &e))?;
    let local = attempt.actor.facts.time_zone.to_datetime(starts_at);
    let branch = new.branch_id.uuid();
    let token = store::next_token(&mut tx, branch, local.date())
        .await?
        .ok_or_else(|| ApiError::invalid("/branch_id", "request.unknown_reference"))?;
    let held = Held {
        id: attempt.clock.new_id(),
        patient_id: patient,
        doctor_id: doctor,
        chair_id: None,
        branch_id: branch,
        starts_at,
        ends_at: starts_at + length,
        local_date: local.date(),
        local_start: local.time(),
        status: AppointmentStatus::Arrived,
        confirmation: Confirmation::Unconfirmed,
        reason: text::line(new.reason.as_deref().unwrap_or_default(), "/reason", REASON)?,
        note: text::optional_paragraphs(new.note.clone(), "/note", NOTE)?,
        procedure_id: None,
        overbook_reason: None,
        arrived_at: Some(now),
        in_chair_at: None,
        completed_at: None,
        checked_out_at: None,
        cancelled_at: None,
        called_at: None,
        called_to: None,
        type_id: kind,
        pattern: fit_pattern(known.type_pattern.as_deref().unwrap_or_default(), length),
        walk_in: true,
        token: Some(token),
        asap: false,
        late_cancelled: false,
        follow_up: None,
        series_id: None,
        moves: 0,
        version: 1,
    };
    store::insert_walk_in(&mut tx, &held, attempt.zone_name(), now).await?;
    let booked = Event { to: Some(held.status.as_str()), ..event(&attempt, &held, "booked") };
    store::insert_event(&mut tx, &booked).await?;
    announce(&mut tx, &held).await?;
    let id = held.id;
    attempt.finish(tx, id, |made| Reply::created(made, format!("/appointments/{id}"))).await
}

/// Calls whoever's turn it is.
pub async fn call_next(attempt: Attempt<'_>, next: &NextCall) -> ApiResult<Reply<Appointment>> {
    let doctor = match attempt.scope {
        Scope::All => next.doctor_id.map(StaffId::uuid),
        Scope::Own => Some(attempt.actor.staff.uuid()),
    };
    let mut tx = match attempt.begin().await? {
        Ok(tx) => tx,
        Err(stored) => return Ok(stored),
    };
    let today = attempt.clock.today(&attempt.actor.facts.time_zone);
    let id = store::take_next(&mut tx, next.branch_id.uuid(), doctor, today)
        .await?
        .ok_or_else(|| ApiError::conflict("scheduling.nobody_waits"))?;
    call_within(&mut tx, &attempt, id, next.chair_id).await?;
    attempt.finish(tx, id, Reply::ok).await
}

/// Calls a patient, or once more.
pub async fn call(
    attempt: Attempt<'_>,
    id: AppointmentId,
    chair: Option<ChairId>,
) -> ApiResult<Reply<Appointment>> {
    let mut tx = match attempt.begin().await? {
        Ok(tx) => tx,
        Err(stored) => return Ok(stored),
    };
    call_within(&mut tx, &attempt, id.uuid(), chair).await?;
    attempt.finish(tx, id.uuid(), Reply::ok).await
}

async fn call_within(tx: &mut Tx, attempt: &Attempt<'_>, id: Uuid, chair: Option<ChairId>) -> ApiResult<()> {
    let mut held = store::hold(tx, id).await?.ok_or_else(ApiError::not_found)?;
    may_change(attempt, &held, None)?;
    if held.status != AppointmentStatus::Arrived {
        return Err(ApiError::conflict("scheduling.not_waiting"));
    }
    let chair = chair.map(ChairId::uuid);
    if chair.is_some() {
        let (patient, doctor) = (held.patient_id, held.doctor_id);
        let grounds = Grounds { patient, doctor, chair, procedure: None, kind: None, wish: None };
        let known = store::circumstances(tx, &grounds).await?;
        if require_chair(&known, held.local_date)? != held.branch_id {
            let code = "scheduling.chair_of_another_branch";
            return Err(
                ApiError::with_status(StatusCode::UNPROCESSABLE_ENTITY, code).and_invalid("/chair_id", code)
            );
        }
    }
    // The screen shows numbers alone, and who came before there were any has none.
    if held.token.is_none() {
        held.token = store::next_token(tx, held.branch_id, held.local_date).await?;
    }
    held.called_at = Some(attempt.clock.now());
    held.called_to = chair.or(held.chair_id);
    write(tx, attempt, &held).await?;
    let place = held.called_to.map(|chair| chair.to_string());
    store::insert_event(tx, &Event { to: place.as_deref(), ..event(attempt, &held, "called") }).await?;
    announce(tx, &held).await
}

/// Brings the time of a patient without an appointment to where he sits down.
pub fn seat(held: &mut Held, attempt: &Attempt<'_>) {
    let length = held.starts_at.duration_until(held.ends_at);
    held.starts_at = whole_minute(attempt.clock.now());
    held.ends_at = held.starts_at + length;
    let local = attempt.actor.facts.time_zone.to_datetime(held.starts_at);
    (held.local_date, held.local_start) = (local.date(), local.time());
}
