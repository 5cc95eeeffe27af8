//! An appointment moves, takes the next step, or is described anew.

use dentpro_core::ids::{AppointmentId, ChairId, StaffId};
use dentpro_core::permissions::Permission;
use dentpro_core::scheduling::{
    AppointmentStatus, Confirmation, SchedulingError, cancelled_late, fit_pattern, holds_slot, transition,
};
use dentpro_core::time::rfc3339_in;
use jiff::Timestamp;
use uuid::Uuid;

use super::api::{Appointment, AppointmentPatch, NewPlace, StatusStep};
use super::book::{
    Attempt, NOTE, REASON, announce, checked_pattern, overbook_reason, range, require_chair, require_doctor,
    taken, unprocessable,
};
use super::store::{self, Event, Grounds, Held, Wish};
use super::{hours, reception, view};
use crate::kernel::actor::Actor;
use crate::kernel::db::Tx;
use crate::kernel::error::{ApiError, ApiResult, OnConstraint};
use crate::kernel::reply::Reply;
use crate::kernel::text;

/// Where an appointment is asked to go, read.
#[derive(Debug)]
pub struct Move {
    range: (Timestamp, Timestamp),
    chair: Option<ChairId>,
    doctor: Option<StaffId>,
    overbook_reason: Option<String>,
}

impl Move {
    /// Reads a body on the clinic's clock.
    pub fn read(actor: &Actor, place: NewPlace) -> ApiResult<Self> {
        Ok(Self {
            range: range(&place.starts_at, &place.ends_at, &actor.facts.time_zone)?,
            chair: place.chair_id,
            doctor: place.doctor_id,
            overbook_reason: overbook_reason(actor, place.overbook_reason)?,
        })
    }
}

/// Moves in one transaction.
pub async fn reschedule(
    attempt: Attempt<'_>,
    id: AppointmentId,
    version: i32,
    to: &Move,
) -> ApiResult<Reply<Appointment>> {
    let mut tx = attempt.db.begin(attempt.actor).await?;
    if to.overbook_reason.is_none() {
        refuse_taken(&mut tx, &attempt, id, version, to).await?;
    }
    let mut tx = match attempt.claim(tx).await? {
        Ok(tx) => tx,
        Err(stored) => return Ok(stored),
    };
    let wanted = to.chair.map(ChairId::uuid).into_iter().chain(to.doctor.map(StaffId::uuid)).collect();
    let before = hold(&mut tx, &attempt, id, Some(version), wanted).await?;
    if matches!(before.status, AppointmentStatus::Completed | AppointmentStatus::CheckedOut)
        || !holds_slot(before.status)
    {
        return Err(ApiError::conflict("scheduling.not_movable"));
    }
    let mut after = before.clone();
    after.doctor_id = to.doctor.map_or(before.doctor_id, StaffId::uuid);
    attempt.require_own(after.doctor_id)?;
    let local = attempt.actor.facts.time_zone.to_datetime(to.range.0);
    (after.starts_at, after.ends_at) = to.range;
    (after.local_date, after.local_start) = (local.date(), local.time());
    after.pattern = fit_pattern(&before.pattern, to.range.0.duration_until(to.range.1));
    if before.starts_at != after.starts_at {
        after.moves += 1;
    }
    if let Some(chair) = to.chair {
        after.chair_id = Some(chair.uuid());
    }
    check_new_places(&mut tx, &before, &mut after).await?;
    number(&mut tx, &before, &mut after).await?;
    // What stands outside the hours already may keep its place there, or take less of it.
    let kept = (before.doctor_id, before.branch_id) == (after.doctor_id, after.branch_id)
        && before.starts_at <= after.starts_at
        && after.ends_at <= before.ends_at;
    if !kept {
        hours::require_open(&mut tx, attempt.actor, after.doctor_id, after.branch_id, to.range).await?;
    }
    overbook(&mut tx, &attempt, &mut after, to.overbook_reason.clone()).await?;
    write(&mut tx, &attempt, &after).await?;
    let zone = &attempt.actor.facts.time_zone;
    let (from, to) = (rfc3339_in(before.starts_at, zone), rfc3339_in(after.starts_at, zone));
    let event = Event {
        from: Some(&from),
        to: Some(&to),
        reason: after.overbook_reason.as_deref(),
        ..event(&attempt, &after, "moved")
    };
    store::insert_event(&mut tx, &event).await?;
    if before.local_date != after.local_date || before.doctor_id != after.doctor_id {
        announce(&mut tx, &before).await?;
    }
    announce(&mut tx, &after).await?;
    attempt.finish(tx, id.uuid(), Reply::ok).await
}

/// Says without waiting for others that the place is taken, to who would see it, may move there and knows the latest
/// version; all others are told what is in their way later.
async fn refuse_taken(
    tx: &mut Tx,
    attempt: &Attempt<'_>,
    id: AppointmentId,
    version: i32,
    to: &Move,
) -> ApiResult<()> {
    let Some(now) = store::peek(tx, id.uuid()).await? else { return Ok(()) };
    let doctor_id = to.doctor.map_or(now.doctor_id, StaffId::uuid);
    let sees = view::only_doctor(attempt.actor).is_none_or(|own| own == now.doctor_id);
    let may_move = [now.doctor_id, doctor_id].into_iter().all(|doctor| attempt.require_own(doctor).is_ok());
    let keeps_its_reason = now.overbooked && attempt.actor.may(Permission::SchedulingOverbook);
    if !sees || !may_move || keeps_its_reason || now.version != version {
        return Ok(());
    }
    let pattern = fit_pattern(&now.pattern, to.range.0.duration_until(to.range.1));
    let grounds = Grounds {
        patient: now.patient_id,
        doctor: doctor_id,
        chair: to.chair.map(ChairId::uuid).or(now.chair_id),
        procedure: None,
        kind: None,
        wish: Some(Wish {
            id: id.uuid(),
            starts_at: to.range.0,
            ends_at: to.range.1,
            pattern: Some(&pattern),
        }),
    };
    let known = store::circumstances(tx, &grounds).await?;
    attempt.refuse_taken(tx, &known).await
}

/// Takes a step on the way in one transaction.
pub async fn change_status(
    attempt: Attempt<'_>,
    id: AppointmentId,
    version: Option<i32>,
    step: &StatusStep,
) -> ApiResult<Reply<Appointment>> {
    let reason = text::optional_line(step.reason.clone(), "/reason", REASON)?;
    let mut tx = match attempt.begin().await? {
        Ok(tx) => tx,
        Err(stored) => return Ok(stored),
    };
    let wanted = step.chair_id.map(ChairId::uuid).into_iter().collect();
    let before = hold(&mut tx, &attempt, id, version, wanted).await?;
    take_step(&mut tx, &attempt, before, step, reason.as_deref()).await?;
    attempt.finish(tx, id.uuid(), Reply::ok).await
}

/// Takes a locked appointment a step on its way.
pub async fn take_step(
    tx: &mut Tx,
    attempt: &Attempt<'_>,
    before: Held,
    step: &StatusStep,
    reason: Option<&str>,
) -> ApiResult<()> {
    let mut after = before.clone();
    after.chair_id = step.chair_id.map(ChairId::uuid).or(before.chair_id);
    let made = transition(before.status, step.status, after.chair_id.is_some(), reason).map_err(refusal)?;
    let sits_down =
        before.walk_in && before.in_chair_at.is_none() && step.status == AppointmentStatus::InChair;
    if sits_down {
        reception::seat(&mut after, attempt);
    }
    check_new_places(tx, &before, &mut after).await?;
    stand(&mut after, step.status, attempt.clock.now());
    number(tx, &before, &mut after).await?;
    miss(tx, attempt, &mut after, step.follow_up.unwrap_or(true)).await?;
    if let Some(reason) = reason {
        tx.because(reason).await?;
    }
    if made.takes_slot() {
        let range = (after.starts_at, after.ends_at);
        hours::require_open(tx, attempt.actor, after.doctor_id, after.branch_id, range).await?;
    }
    if made.takes_slot() || sits_down || after.chair_id != before.chair_id {
        overbook(tx, attempt, &mut after, overbook_reason(attempt.actor, step.overbook_reason.clone())?)
            .await?;
    }
    write(tx, attempt, &after).await?;
    let (from, to) = (before.status.as_str(), after.status.as_str());
    let event = Event { from: Some(from), to: Some(to), reason, ..event(attempt, &after, "status") };
    store::insert_event(tx, &event).await?;
    announce(tx, &after).await
}

/// Describes an appointment anew in one transaction.
pub async fn describe(
    attempt: Attempt<'_>,
    id: AppointmentId,
    version: i32,
    patch: AppointmentPatch,
) -> ApiResult<Reply<Appointment>> {
    let mut tx = attempt.db.begin(attempt.actor).await?;
    let before = store::hold(&mut tx, id.uuid()).await?.ok_or_else(ApiError::not_found)?;
    may_change(&attempt, &before, Some(version))?;
    let mut after = before.clone();
    after.reason =
        text::line(&patch.reason.over(Some(before.reason)).unwrap_or_default(), "/reason", REASON)?;
    after.note = text::optional_paragraphs(patch.note.over(before.note), "/note", NOTE)?;
    after.procedure_id =
        patch.procedure_id.try_map(|id| Ok::<_, ApiError>(id.uuid()))?.over(before.procedure_id);
    after.confirmation = patch.confirmation.over_required(before.confirmation, "/confirmation")?;
    after.type_id = patch.type_id.try_map(|id| Ok::<_, ApiError>(id.uuid()))?.over(before.type_id);
    after.asap = patch.asap.over_required(before.asap, "/asap")?;
    let pattern = patch.pattern.over(Some(before.pattern)).unwrap_or_default();
    after.pattern = checked_pattern(pattern, (after.starts_at, after.ends_at))?;
    let new_procedure = after.procedure_id.filter(|id| before.procedure_id != Some(*id)).is_some();
    let new_type = after.type_id.filter(|id| before.type_id != Some(*id)).is_some();
    if new_procedure || new_type {
        let known = circumstances(&mut tx, &after).await?;
        if new_procedure && !known.procedure_known {
            return Err(ApiError::invalid("/procedure_id", "request.unknown_reference"));
        }
        if new_type && known.type_pattern.is_none() {
            return Err(ApiError::invalid("/type_id", "request.unknown_reference"));
        }
    }
    write(&mut tx, &attempt, &after).await?;
    if after.confirmation != before.confirmation {
        let (from, to) = (before.confirmation.as_str(), after.confirmation.as_str());
        let event = Event { from: Some(from), to: Some(to), ..event(&attempt, &after, "confirmation") };
        store::insert_event(&mut tx, &event).await?;
    }
    announce(&mut tx, &after).await?;
    attempt.finish(tx, id.uuid(), Reply::ok).await
}

/// Takes the patient off the list of those who have to be booked again; the reason is in the log.
pub async fn dismiss_follow_up(
    attempt: Attempt<'_>,
    id: AppointmentId,
    reason: &str,
) -> ApiResult<Reply<Appointment>> {
    let reason = text::required_line(reason, "/reason", REASON)?;
    let mut tx = attempt.db.begin(attempt.actor).await?;
    let mut held = store::hold(&mut tx, id.uuid()).await?.ok_or_else(ApiError::not_found)?;
    may_change(&attempt, &held, None)?;
    if held.follow_up.take().is_none() {
        return Err(ApiError::conflict("scheduling.no_follow_up"));
    }
    tx.because(&reason).await?;
    write(&mut tx, &attempt, &held).await?;
    announce(&mut tx, &held).await?;
    attempt.finish(tx, id.uuid(), Reply::ok).await
}

/// The appointment, locked after its places: moves that cross each other wait in one order.
async fn hold(
    tx: &mut Tx,
    attempt: &Attempt<'_>,
    id: AppointmentId,
    version: Option<i32>,
    wanted: Vec<Uuid>,
) -> ApiResult<Held> {
    let id = id.uuid();
    let now = store::peek(tx, id).await?.ok_or_else(ApiError::not_found)?;
    let mut places = wanted;
    places.push(now.doctor_id);
    places.extend(now.chair_id);
    store::hold_places(tx, &places).await?;
    let held = store::hold(tx, id).await?.ok_or_else(ApiError::not_found)?;
    may_change(attempt, &held, version)?;
    if (held.doctor_id, held.chair_id) != (now.doctor_id, now.chair_id) {
        // Moved away between the two looks; now that its row is locked it stays.
        places.push(held.doctor_id);
        places.extend(held.chair_id);
        store::hold_places(tx, &places).await?;
    }
    Ok(held)
}

/// 404 for what the actor does not see, 403 for what is not his to change, 412 for what changed meanwhile.
pub fn may_change(attempt: &Attempt<'_>, held: &Held, version: Option<i32>) -> ApiResult<()> {
    if view::only_doctor(attempt.actor).is_some_and(|own| own != held.doctor_id) {
        return Err(ApiError::not_found());
    }
    attempt.require_own(held.doctor_id)?;
    match version {
        Some(version) if version != held.version => Err(ApiError::stale()),
        _ => Ok(()),
    }
}

/// A chair or a doctor that was not there before must be in service, and on another day the chair again; the branch is
/// the chair's.
async fn check_new_places(tx: &mut Tx, before: &Held, after: &mut Held) -> ApiResult<()> {
    let new_doctor = after.doctor_id != before.doctor_id;
    let new_chair = after.chair_id.is_some()
        && (after.chair_id, after.local_date) != (before.chair_id, before.local_date);
    if !new_doctor && !new_chair {
        return Ok(());
    }
    let known = circumstances(tx, after).await?;
    if new_doctor {
        require_doctor(&known)?;
    }
    if new_chair {
        after.branch_id = require_chair(&known, after.local_date)?;
    }
    Ok(())
}

async fn circumstances(tx: &mut Tx, of: &Held) -> sqlx::Result<store::Circumstances> {
    let grounds = Grounds {
        patient: of.patient_id,
        doctor: of.doctor_id,
        chair: of.chair_id,
        procedure: of.procedure_id,
        kind: of.type_id,
        wish: None,
    };
    store::circumstances(tx, &grounds).await
}

/// Keeps or gives a reason to stand over another appointment where there is one; clears it where there is none.
async fn overbook(
    tx: &mut Tx,
    attempt: &Attempt<'_>,
    after: &mut Held,
    given: Option<String>,
) -> ApiResult<()> {
    let found = store::obstacle(tx, &after.slot(), attempt.clock.now()).await?;
    if found.held {
        return Err(taken(found));
    }
    let may = attempt.actor.may(Permission::SchedulingOverbook);
    let reason = given.or_else(|| after.overbook_reason.take().filter(|_| may));
    after.overbook_reason = if found.taken() { reason } else { None };
    if found.taken() && after.overbook_reason.is_none() {
        return Err(taken(found));
    }
    Ok(())
}

/// The times that belong to a status: a step back takes away what did not happen.
fn stand(appointment: &mut Held, status: AppointmentStatus, now: Timestamp) {
    use AppointmentStatus::{
        Arrived, Cancelled, CheckedOut, Completed, Confirmed, InChair, NoShow, Rescheduled, Scheduled,
    };
    appointment.status = status;
    appointment.checked_out_at = None;
    appointment.cancelled_at = None;
    match status {
        Arrived => {
            appointment.arrived_at.get_or_insert(now);
            (appointment.in_chair_at, appointment.completed_at) = (None, None);
            (appointment.called_at, appointment.called_to) = (None, None);
        }
        InChair => {
            appointment.in_chair_at.get_or_insert(now);
            appointment.completed_at = None;
        }
        Completed => {
            appointment.completed_at.get_or_insert(now);
        }
        CheckedOut => appointment.checked_out_at = Some(now),
        Scheduled | Confirmed => {
            (appointment.arrived_at, appointment.in_chair_at, appointment.completed_at) = (None, None, None);
            (appointment.called_at, appointment.called_to) = (None, None);
        }
        Cancelled => appointment.cancelled_at = Some(now),
        NoShow | Rescheduled => {}
    }
    if status == Confirmed {
        appointment.confirmation = Confirmation::Confirmed;
    }
}

/// Whoever arrives gets a number, which counts in one waiting room on one day.
async fn number(tx: &mut Tx, before: &Held, after: &mut Held) -> ApiResult<()> {
    if (before.local_date, before.branch_id) != (after.local_date, after.branch_id) {
        (after.token, after.called_at, after.called_to) = (None, None, None);
    }
    if after.token.is_none() && (after.walk_in || after.status == AppointmentStatus::Arrived) {
        after.token = store::next_token(tx, after.branch_id, after.local_date).await?;
    }
    Ok(())
}

/// What a cancelled or missed appointment leaves behind: whether it came late, and that the patient has to be booked
/// again unless he is or does not want to be.
async fn miss(tx: &mut Tx, attempt: &Attempt<'_>, after: &mut Held, wanted: bool) -> ApiResult<()> {
    let now = attempt.clock.now();
    let missed = after.status == AppointmentStatus::NoShow;
    if after.status != AppointmentStatus::Cancelled && !missed {
        (after.late_cancelled, after.follow_up) = (false, None);
        return Ok(());
    }
    let hours = circumstances(tx, after).await?.late_cancel_hours;
    after.late_cancelled = !missed && cancelled_late(after.starts_at, now, hours);
    let list = if missed || after.late_cancelled { "broken" } else { "unscheduled" };
    let open = wanted && !store::booked_again(tx, after, now).await?;
    after.follow_up = open.then(|| list.to_owned());
    Ok(())
}

/// Writes the change; what another booking took in the same moment is named.
pub async fn write(tx: &mut Tx, attempt: &Attempt<'_>, after: &Held) -> ApiResult<()> {
    store::update(tx, after, attempt.zone_name())
        .await
        .on_constraint("appointment_chair_free", || ApiError::conflict("scheduling.chair_taken"))
        .on_constraint("appointment_doctor_free", || ApiError::conflict("scheduling.doctor_taken"))?;
    Ok(())
}

/// 422 for what is missing in the body, 409 for a step that does not exist.
fn refusal(error: SchedulingError) -> ApiError {
    match error {
        SchedulingError::ReasonRequired => unprocessable("/reason", &error),
        SchedulingError::ChairRequired => unprocessable("/chair_id", &error),
        _ => ApiError::conflict(error.code()),
    }
}

pub fn event<'a>(attempt: &Attempt<'_>, of: &Held, kind: &'a str) -> Event<'a> {
    Event {
        id: attempt.clock.new_id(),
        appointment: of.id,
        patient: of.patient_id,
        kind,
        from: None,
        to: None,
        reason: None,
        at: attempt.clock.now(),
    }
}
