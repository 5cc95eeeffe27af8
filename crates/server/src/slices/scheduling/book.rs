//! An appointment is booked: of many who ask for one slot, one gets it.

use axum::http::StatusCode;
use dentpro_core::ids::{AppointmentTypeId, ChairId, PatientId, ProcedureId, SlotHoldId, StaffId};
use dentpro_core::permissions::{Permission, Scope};
use dentpro_core::scheduling::{
    AppointmentStatus, Confirmation, SchedulingError, doctor_range, fit_pattern, validate_range,
};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::api::{Appointment, NewAppointment};
use super::store::{self, Circumstances, Event, Grounds, Held, Obstacle, Wish};
use super::{hours, moment, view};
use crate::kernel::actor::Actor;
use crate::kernel::clock::Clock;
use crate::kernel::db::{Db, Tx};
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::idempotency::Once;
use crate::kernel::live::{Announcement, Change};
use crate::kernel::reply::Reply;
use crate::kernel::text;

/// Letters a reason has at most.
pub const REASON: usize = 300;
/// Letters a note has at most.
pub const NOTE: usize = 2000;
/// How often a slot is asked for again whose holder left it in the same moment.
const TRIES: usize = 5;

/// What every attempt at a write needs, so that it can be begun again.
#[derive(Clone, Copy, Debug)]
pub struct Attempt<'a> {
    pub db: &'a Db,
    pub clock: &'a Clock,
    pub actor: &'a Actor,
    /// How far `scheduling.write` reaches.
    pub scope: Scope,
    pub once: Option<&'a Once>,
    pub hash: &'a [u8; 32],
}

impl Attempt<'_> {
    /// The transaction, or the stored answer to the same request.
    pub async fn begin<T>(&self) -> ApiResult<Result<Tx, Reply<T>>> {
        let tx = self.db.begin(self.actor).await?;
        self.claim(tx).await
    }

    /// The same in a transaction that has only read.
    pub async fn claim<T>(&self, mut tx: Tx) -> ApiResult<Result<Tx, Reply<T>>> {
        if let Some(once) = self.once
            && let Some(stored) = once.replay(&mut tx, self.actor, self.hash).await?
        {
            return Ok(Err(stored));
        }
        Ok(Ok(tx))
    }

    /// Refuses what another appointment plainly has, before anything is claimed, locked or written for it: of many who
    /// ask for one slot at once, most need to know no more. The same request again is not in its own way.
    pub async fn refuse_taken(&self, tx: &mut Tx, known: &Circumstances) -> ApiResult<()> {
        let Some(found) = known.in_the_way() else { return Ok(()) };
        match self.once {
            Some(once) if once.answered(tx, self.actor).await? => Ok(()),
            _ => Err(taken(found)),
        }
    }

    /// The answer, kept for a repetition, and the commit.
    pub async fn finish(
        &self,
        mut tx: Tx,
        id: Uuid,
        reply: impl FnOnce(Appointment) -> Reply<Appointment>,
    ) -> ApiResult<Reply<Appointment>> {
        let appointment = view::read(&mut tx, self.actor, id).await?;
        let version = appointment.version;
        self.commit(tx, reply(appointment).version(version)).await
    }

    /// Keeps an answer for a repetition, and commits.
    pub async fn commit<T: Serialize>(&self, mut tx: Tx, reply: Reply<T>) -> ApiResult<Reply<T>> {
        if let Some(once) = self.once {
            once.keep(&mut tx, self.actor, &reply).await?;
        }
        tx.commit().await?;
        Ok(reply)
    }

    /// The zone's name as it is stored with an appointment.
    pub fn zone_name(&self) -> &str {
        self.actor.facts.time_zone.iana_name().unwrap_or("UTC")
    }

    /// Who may only change his own appointments may not touch another doctor's.
    pub fn require_own(&self, doctor: Uuid) -> ApiResult<()> {
        match self.scope {
            Scope::All => Ok(()),
            Scope::Own if doctor == self.actor.staff.uuid() => Ok(()),
            Scope::Own => Err(ApiError::refused("scheduling.own_only")),
        }
    }
}

/// A booking whose every field was read.
#[derive(Clone, Debug)]
pub struct Booking {
    id: Uuid,
    patient: PatientId,
    doctor: StaffId,
    chair: Option<ChairId>,
    procedure: Option<ProcedureId>,
    kind: Option<AppointmentTypeId>,
    pattern: Option<String>,
    asap: bool,
    range: (Timestamp, Timestamp),
    reason: String,
    note: Option<String>,
    overbook_reason: Option<String>,
    /// The slot that was kept for it.
    hold: Option<SlotHoldId>,
    series: Option<Uuid>,
    plan_items: Vec<Uuid>,
}

impl Booking {
    /// Reads a body on the clinic's clock.
    pub fn read(actor: &Actor, clock: &Clock, new: NewAppointment) -> ApiResult<Self> {
        let range = range(&new.starts_at, &new.ends_at, &actor.facts.time_zone)?;
        Ok(Self {
            id: new.id.map_or_else(|| clock.new_id(), |id| id.uuid()),
            patient: new.patient_id,
            doctor: new.doctor_id,
            chair: new.chair_id,
            procedure: new.procedure_id,
            kind: new.type_id,
            pattern: new.pattern.map(|pattern| checked_pattern(pattern, range)).transpose()?,
            asap: new.asap,
            range,
            reason: text::line(new.reason.as_deref().unwrap_or_default(), "/reason", REASON)?,
            note: text::optional_paragraphs(new.note, "/note", NOTE)?,
            overbook_reason: overbook_reason(actor, new.overbook_reason)?,
            hold: new.hold_id,
            series: None,
            plan_items: new.plan_item_ids.iter().map(|item| item.uuid()).collect(),
        })
    }

    pub fn doctor(&self) -> Uuid {
        self.doctor.uuid()
    }

    /// The chair and the doctor it needs.
    pub fn places(&self) -> impl Iterator<Item = Uuid> {
        [Some(self.doctor.uuid()), self.chair.map(ChairId::uuid)].into_iter().flatten()
    }

    pub fn range(&self) -> (Timestamp, Timestamp) {
        self.range
    }

    fn grounds(&self) -> Grounds<'_> {
        Grounds {
            patient: self.patient.uuid(),
            doctor: self.doctor.uuid(),
            chair: self.chair.map(ChairId::uuid),
            procedure: self.procedure.map(ProcedureId::uuid),
            kind: self.kind.map(AppointmentTypeId::uuid),
            wish: Some(Wish {
                id: self.id,
                starts_at: self.range.0,
                ends_at: self.range.1,
                pattern: self.pattern.as_deref().or(self.kind.is_none().then_some("")),
            }),
        }
    }

    /// One of a series.
    #[must_use]
    pub fn in_series(self, series: Uuid) -> Self {
        Self { series: Some(series), ..self }
    }

    /// The same at another time.
    #[must_use]
    pub fn repeated(&self, id: Uuid, range: (Timestamp, Timestamp)) -> Self {
        Self { id, range, hold: None, plan_items: Vec::new(), ..self.clone() }
    }
}

/// Start and end of a body, checked.
pub fn range(starts_at: &str, ends_at: &str, zone: &TimeZone) -> ApiResult<(Timestamp, Timestamp)> {
    let starts_at = moment::instant(starts_at, zone, "/starts_at")?;
    let ends_at = moment::instant(ends_at, zone, "/ends_at")?;
    validate_range(starts_at, ends_at).map_err(|e| unprocessable("/ends_at", &e))?;
    Ok((starts_at, ends_at))
}

/// A pattern of a body, as long as its appointment.
pub fn checked_pattern(pattern: String, (starts_at, ends_at): (Timestamp, Timestamp)) -> ApiResult<String> {
    doctor_range(starts_at, ends_at, &pattern).map_err(|e| unprocessable("/pattern", &e))?;
    Ok(pattern)
}

/// 422 with the rule's code, at the field and for the whole.
pub fn unprocessable(pointer: &str, error: &SchedulingError) -> ApiError {
    let code = error.code();
    ApiError::with_status(StatusCode::UNPROCESSABLE_ENTITY, code).and_invalid(pointer, code)
}

/// The reason for booking over a taken slot, from somebody who may.
pub fn overbook_reason(actor: &Actor, reason: Option<String>) -> ApiResult<Option<String>> {
    let reason = text::optional_line(reason, "/overbook_reason", REASON)?;
    if reason.is_some() {
        actor.require(Permission::SchedulingOverbook)?;
    }
    Ok(reason)
}

/// Books in one transaction.
pub async fn book(attempt: Attempt<'_>, booking: &Booking) -> ApiResult<Reply<Appointment>> {
    attempt.require_own(booking.doctor.uuid())?;
    let mut tx = attempt.db.begin(attempt.actor).await?;
    let known = store::circumstances(&mut tx, &booking.grounds()).await?;
    if booking.overbook_reason.is_none() {
        attempt.refuse_taken(&mut tx, &known).await?;
    }
    let mut tx = match attempt.claim(tx).await? {
        Ok(tx) => tx,
        Err(stored) => return Ok(stored),
    };
    let id = take_place(&mut tx, &attempt, booking, &known).await?.map_err(taken)?;
    attempt.finish(tx, id, |made| Reply::created(made, format!("/appointments/{id}"))).await
}

/// Books in a transaction that goes on: the appointment, or what stands in its way.
pub async fn book_within(
    tx: &mut Tx,
    attempt: &Attempt<'_>,
    booking: &Booking,
) -> ApiResult<Result<Uuid, Obstacle>> {
    let known = store::circumstances(tx, &booking.grounds()).await?;
    take_place(tx, attempt, booking, &known).await
}

async fn take_place(
    tx: &mut Tx,
    attempt: &Attempt<'_>,
    booking: &Booking,
    known: &Circumstances,
) -> ApiResult<Result<Uuid, Obstacle>> {
    let mut new = place(tx, attempt, booking, known).await?;
    if let Some(hold) = booking.hold
        && !store::consume_hold(tx, hold.uuid(), attempt.clock.now()).await?
    {
        return Err(ApiError::conflict("scheduling.hold_expired"));
    }
    if let Err(obstacle) = take_slot(tx, attempt, &mut new, booking.overbook_reason.as_deref()).await? {
        return Ok(Err(obstacle));
    }
    if let Some(hold) = booking.hold {
        announce_hold(tx, hold.uuid(), new.doctor_id, new.local_date).await?;
    }
    let event = Event {
        id: attempt.clock.new_id(),
        appointment: new.id,
        patient: new.patient_id,
        kind: "booked",
        from: None,
        to: Some(new.status.as_str()),
        reason: new.overbook_reason.as_deref(),
        at: attempt.clock.now(),
    };
    store::insert_event(tx, &event).await?;
    if !store::insert_plan_items(tx, new.id, new.patient_id, &booking.plan_items).await? {
        return Err(ApiError::invalid("/plan_item_ids", "scheduling.plan_item_not_open"));
    }
    if new.starts_at > attempt.clock.now() {
        store::follow_ups_done(tx, new.patient_id).await?;
    }
    announce(tx, &new).await?;
    Ok(Ok(new.id))
}

/// Checks what the booking names, and says where and when it stands on the clinic's clock.
async fn place(
    tx: &mut Tx,
    attempt: &Attempt<'_>,
    booking: &Booking,
    known: &Circumstances,
) -> ApiResult<Held> {
    let Grounds { doctor, chair, procedure, kind, .. } = booking.grounds();
    require_patient(known)?;
    require_doctor(known)?;
    if procedure.is_some() && !known.procedure_known {
        return Err(ApiError::invalid("/procedure_id", "request.unknown_reference"));
    }
    if kind.is_some() && known.type_pattern.is_none() {
        return Err(ApiError::invalid("/type_id", "request.unknown_reference"));
    }
    let length = booking.range.0.duration_until(booking.range.1);
    let fitted = || fit_pattern(known.type_pattern.as_deref().unwrap_or_default(), length);
    let local = attempt.actor.facts.time_zone.to_datetime(booking.range.0);
    let branch = require_branch(known, chair, local.date())?;
    store::share_places(tx, &booking.places().collect::<Vec<_>>()).await?;
    hours::require_open(tx, attempt.actor, doctor, branch, booking.range).await?;
    Ok(Held {
        id: booking.id,
        patient_id: booking.patient.uuid(),
        doctor_id: doctor,
        chair_id: chair,
        branch_id: branch,
        starts_at: booking.range.0,
        ends_at: booking.range.1,
        local_date: local.date(),
        local_start: local.time(),
        status: AppointmentStatus::Scheduled,
        confirmation: Confirmation::Unconfirmed,
        reason: booking.reason.clone(),
        note: booking.note.clone(),
        procedure_id: procedure,
        overbook_reason: None,
        arrived_at: None,
        in_chair_at: None,
        completed_at: None,
        checked_out_at: None,
        cancelled_at: None,
        called_at: None,
        called_to: None,
        type_id: kind,
        pattern: booking.pattern.clone().unwrap_or_else(fitted),
        walk_in: false,
        token: None,
        asap: booking.asap,
        late_cancelled: false,
        follow_up: None,
        series_id: booking.series,
        moves: 0,
        version: 1,
    })
}

/// The patient's file can be booked for.
pub fn require_patient(known: &Circumstances) -> ApiResult<()> {
    match known.patient_status.as_deref() {
        None => Err(ApiError::invalid("/patient_id", "request.unknown_reference")),
        Some("active") => Ok(()),
        Some("deceased") => Err(refused_field("/patient_id", "scheduling.patient_deceased")),
        Some("merged") => Err(refused_field("/patient_id", "scheduling.patient_merged")),
        Some(_) => Err(refused_field("/patient_id", "scheduling.patient_archived")),
    }
}

/// The branch of the chair, which is in service on that day, or the first one.
pub fn require_branch(known: &Circumstances, chair: Option<Uuid>, day: Date) -> ApiResult<Uuid> {
    match chair {
        Some(_) => require_chair(known, day),
        None => known.first_branch.ok_or_else(|| refused_field("/chair_id", "scheduling.no_branch")),
    }
}

/// The doctor is there and treats patients.
pub fn require_doctor(known: &Circumstances) -> ApiResult<()> {
    match known.doctor_works {
        Some(true) => Ok(()),
        Some(false) => Err(refused_field("/doctor_id", "scheduling.not_a_doctor")),
        None => Err(ApiError::invalid("/doctor_id", "request.unknown_reference")),
    }
}

/// The chair is in service on that day; its branch.
pub fn require_chair(known: &Circumstances, day: Date) -> ApiResult<Uuid> {
    let (Some(active), Some(branch)) = (known.chair_active, known.chair_branch) else {
        return Err(ApiError::invalid("/chair_id", "request.unknown_reference"));
    };
    let begun = known.chair_out_from.is_none_or(|from| from.to_jiff() <= day);
    let over = known.chair_out_until.is_some_and(|until| until.to_jiff() < day);
    match &known.chair_out {
        Some(reason) if begun && !over => {
            Err(refused_field("/chair_id", "scheduling.chair_out_of_service").with("reason", json!(reason)))
        }
        _ if active => Ok(branch),
        _ => Err(refused_field("/chair_id", "scheduling.chair_out_of_service")),
    }
}

pub fn refused_field(pointer: &str, code: &'static str) -> ApiError {
    ApiError::with_status(StatusCode::UNPROCESSABLE_ENTITY, code).and_invalid(pointer, code)
}

/// Takes the slot, over another appointment only with a reason and only where one is in the way; or says what is.
async fn take_slot(
    tx: &mut Tx,
    attempt: &Attempt<'_>,
    new: &mut Held,
    overbook_reason: Option<&str>,
) -> ApiResult<Result<(), Obstacle>> {
    for _ in 0..TRIES {
        if store::insert(tx, new, attempt.zone_name(), attempt.clock.now()).await? {
            return Ok(Ok(()));
        }
        let found = store::obstacle(tx, &new.slot(), attempt.clock.now()).await?;
        if found.id_known {
            return Err(ApiError::conflict("request.id_exists"));
        }
        if found.held {
            return Ok(Err(found));
        }
        match overbook_reason {
            Some(reason) if found.taken() => new.overbook_reason = Some(reason.to_owned()),
            _ if found.taken() => return Ok(Err(found)),
            _ => {}
        }
    }
    Err(ApiError::unavailable("request.busy"))
}

/// 409 by what is taken.
pub fn taken(found: Obstacle) -> ApiError {
    ApiError::conflict(found.code())
}

/// Tells the books of its day that a slot is kept, or no longer.
pub async fn announce_hold(tx: &mut Tx, hold: Uuid, doctor: Uuid, date: Date) -> ApiResult<()> {
    let what = Announcement { entity: Some(hold), patient: None, staff: Some(doctor), date: Some(date) };
    Ok(tx.announce(Change::Hold, what).await?)
}

/// Tells the books of its day.
pub async fn announce(tx: &mut Tx, appointment: &Held) -> ApiResult<()> {
    let what = Announcement {
        entity: Some(appointment.id),
        patient: Some(appointment.patient_id),
        staff: Some(appointment.doctor_id),
        date: Some(appointment.local_date),
    };
    Ok(tx.announce(Change::Appointment, what).await?)
}
