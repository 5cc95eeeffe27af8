//! Several appointments in one act: a series, a treatment in several sittings, a family. All of them or none.

use dentpro_core::ids::{AppointmentId, AppointmentTypeId, ChairId, ProcedureId, StaffId};
use dentpro_core::scheduling::{
    AppointmentStatus, Interval, MOST_AT_ONCE, RepeatUnit, SchedulingError, expand,
};
use dentpro_core::time::{LocalTimeError, local_to_instant, rfc3339_in};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::api::{Appointment, NewAppointment, StatusStep};
use super::book::{Attempt, Booking, REASON, book_within, unprocessable};
use super::change::{may_change, take_step};
use super::{store, view};
use crate::kernel::actor::Actor;
use crate::kernel::clock::Clock;
use crate::kernel::db::Tx;
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::reply::Reply;
use crate::kernel::text;

/// Refusals that hold for one day, and need not for another one of the series.
const OF_ITS_DAY: [&str; 3] =
    ["scheduling.outside_hours", "scheduling.doctor_on_leave", "scheduling.chair_out_of_service"];

/// Appointments to book in one act: one that repeats, or several sittings of one treatment.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSeries {
    /// The first one; what the others do not say they take from it.
    pub appointment: NewAppointment,
    /// How it repeats. Either this or `sittings`.
    pub repeat: Option<Repeat>,
    /// The sittings after the first. Either this or `repeat`.
    pub sittings: Option<Vec<Sitting>>,
    /// What happens when a date cannot be booked; without it nothing is booked and the answer names the dates.
    #[serde(default)]
    pub on_conflict: OnConflict,
}

/// What happens to a series of which a date cannot be booked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OnConflict {
    /// Nothing is booked; the answer names the dates.
    #[default]
    Refuse,
    /// The others are booked.
    Skip,
}

/// Every so many days, weeks or months at the same time of day.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Repeat {
    pub every: i64,
    pub unit: RepeatUnit,
    /// How many there are with the first: 2 to 60.
    pub count: i64,
}

/// One more sitting.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Sitting {
    #[schema(format = DateTime)]
    pub starts_at: String,
    #[schema(format = DateTime)]
    pub ends_at: String,
    pub doctor_id: Option<StaffId>,
    pub chair_id: Option<ChairId>,
    pub reason: Option<String>,
    pub procedure_id: Option<ProcedureId>,
    pub type_id: Option<AppointmentTypeId>,
    pub pattern: Option<String>,
}

/// Appointments of several patients to book in one act, side by side or one after the other.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewGroup {
    /// 2 to 60.
    pub appointments: Vec<NewAppointment>,
}

/// What was booked in one act.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BookedTogether {
    /// What the appointments of a series have in common; null for a group.
    pub series_id: Option<Uuid>,
    pub items: Vec<Appointment>,
    /// The dates of a series that could not be booked.
    pub skipped: Vec<Clash>,
}

/// A date that cannot be booked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Clash {
    /// Which one, from 0.
    pub index: usize,
    pub starts_at: String,
    pub ends_at: String,
    /// Why, as the code of the refusal of a single booking.
    pub code: String,
}

/// Why later appointments of a series are cancelled.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SeriesCancellation {
    pub reason: String,
    /// Whether the patient has to be booked again; he has, unless this says no.
    pub follow_up: Option<bool>,
}

/// One of the appointments of an act, read.
#[derive(Debug)]
enum Planned {
    /// With the place of its fields in the body.
    Booking(Box<Booking>, String),
    Impossible(Clash),
}

/// Appointments to book in one act, read.
#[derive(Debug)]
pub struct Plan {
    planned: Vec<Planned>,
    series: Option<Uuid>,
    on_conflict: OnConflict,
    /// The code of a refusal.
    refusal: &'static str,
    location: &'static str,
}

impl Plan {
    /// Reads a series on the clinic's clock.
    pub fn series(actor: &Actor, clock: &Clock, new: NewSeries) -> ApiResult<Self> {
        let series: Uuid = clock.new_id();
        let template = new.appointment.clone();
        let first = Booking::read(actor, clock, new.appointment)
            .map_err(|e| e.moved("", "/appointment"))?
            .in_series(series);
        let mut planned = vec![Planned::Booking(Box::new(first.clone()), "/appointment".to_owned())];
        match (new.repeat, new.sittings) {
            (Some(repeat), None) => {
                planned.extend(repeated(actor, clock, &first, repeat)?);
            }
            (None, Some(sittings)) => {
                if sittings.len() >= MOST_AT_ONCE {
                    return Err(unprocessable("/sittings", &SchedulingError::TooManyAtOnce));
                }
                if sittings.is_empty() {
                    return Err(unprocessable("/sittings", &SchedulingError::TooFewAtOnce));
                }
                for (n, sitting) in sittings.into_iter().enumerate() {
                    let pointer = format!("/sittings/{n}");
                    let booking = Booking::read(actor, clock, sitting.over(&template))
                        .map_err(|e| e.moved("", &pointer))?;
                    planned.push(Planned::Booking(Box::new(booking.in_series(series)), pointer));
                }
            }
            _ => return Err(ApiError::invalid("/repeat", "scheduling.repeat_or_sittings")),
        }
        Ok(Self {
            planned,
            series: Some(series),
            on_conflict: new.on_conflict,
            refusal: "scheduling.series_clashes",
            location: "/appointments",
        })
    }

    /// Reads a group on the clinic's clock.
    pub fn group(actor: &Actor, clock: &Clock, new: NewGroup) -> ApiResult<Self> {
        if new.appointments.len() > MOST_AT_ONCE {
            return Err(unprocessable("/appointments", &SchedulingError::TooManyAtOnce));
        }
        if new.appointments.len() < 2 {
            return Err(unprocessable("/appointments", &SchedulingError::TooFewAtOnce));
        }
        let read = |(n, new): (usize, NewAppointment)| {
            let pointer = format!("/appointments/{n}");
            let booking = Booking::read(actor, clock, new).map_err(|e| e.moved("", &pointer))?;
            Ok(Planned::Booking(Box::new(booking), pointer))
        };
        Ok(Self {
            planned: new.appointments.into_iter().enumerate().map(read).collect::<ApiResult<_>>()?,
            series: None,
            on_conflict: OnConflict::Refuse,
            refusal: "scheduling.group_clashes",
            location: "/appointments",
        })
    }

    fn bookings(&self) -> impl Iterator<Item = &Booking> {
        self.planned.iter().filter_map(|planned| match planned {
            Planned::Booking(booking, _) => Some(&**booking),
            Planned::Impossible(_) => None,
        })
    }
}

impl Sitting {
    fn over(self, first: &NewAppointment) -> NewAppointment {
        NewAppointment {
            id: None,
            patient_id: first.patient_id,
            doctor_id: self.doctor_id.unwrap_or(first.doctor_id),
            chair_id: self.chair_id.or(first.chair_id),
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            reason: self.reason.or_else(|| first.reason.clone()),
            procedure_id: self.procedure_id.or(first.procedure_id),
            type_id: self.type_id.or(first.type_id),
            pattern: self.pattern,
            asap: first.asap,
            note: first.note.clone(),
            overbook_reason: first.overbook_reason.clone(),
            hold_id: None,
            plan_item_ids: Vec::new(),
        }
    }
}

/// The appointments of a series after the first.
fn repeated(actor: &Actor, clock: &Clock, first: &Booking, repeat: Repeat) -> ApiResult<Vec<Planned>> {
    let zone = &actor.facts.time_zone;
    let (starts_at, ends_at) = first.range();
    let length = starts_at.duration_until(ends_at);
    let interval = Interval { every: repeat.every, unit: repeat.unit };
    let days = expand(zone.to_datetime(starts_at), interval, repeat.count).map_err(|e| {
        let pointer =
            if e == SchedulingError::IntervalOutOfRange { "/repeat/every" } else { "/repeat/count" };
        unprocessable(pointer, &e)
    })?;
    let out_of_range = || ApiError::invalid("/repeat/every", "request.date_out_of_range");
    let mut planned = Vec::with_capacity(days.len());
    for (index, local) in days.into_iter().enumerate().skip(1) {
        planned.push(match local_to_instant(local.date(), local.time(), zone) {
            Ok(start) => {
                let end = start.checked_add(length).map_err(|_| out_of_range())?;
                let booking = first.repeated(clock.new_id(), (start, end));
                Planned::Booking(Box::new(booking), "/appointment".to_owned())
            }
            Err(LocalTimeError::NonExistent) => {
                let at = format!("{}:00", local.strftime("%Y-%m-%dT%H:%M"));
                let code = "scheduling.time_skipped".to_owned();
                Planned::Impossible(Clash { index, starts_at: at.clone(), ends_at: at, code })
            }
            Err(_) => return Err(out_of_range()),
        });
    }
    Ok(planned)
}

/// Books all of a plan in one transaction, or refuses and names every date that is in the way.
pub async fn book_together(attempt: Attempt<'_>, plan: &Plan) -> ApiResult<Reply<BookedTogether>> {
    for booking in plan.bookings() {
        attempt.require_own(booking.doctor())?;
    }
    let mut tx = match attempt.begin().await? {
        Ok(tx) => tx,
        Err(stored) => return Ok(stored),
    };
    // Two acts that take each other's dates in another order would be a deadlock.
    let places: Vec<Uuid> = plan.bookings().flat_map(Booking::places).collect();
    store::hold_places(&mut tx, &places).await?;
    let (mut made, mut clashes) = (Vec::new(), Vec::new());
    for (index, planned) in plan.planned.iter().enumerate() {
        match planned {
            Planned::Impossible(clash) => clashes.push(clash.clone()),
            Planned::Booking(booking, pointer) => {
                match book_one(&mut tx, &attempt, booking).await.map_err(|e| e.moved("", pointer))? {
                    Ok(id) => made.push(id),
                    Err(code) => {
                        clashes.push(clash(index, booking.range(), code, &attempt.actor.facts.time_zone));
                    }
                }
            }
        }
    }
    if !clashes.is_empty() && (plan.on_conflict == OnConflict::Refuse || made.is_empty()) {
        return Err(ApiError::conflict(plan.refusal).with("clashes", json!(clashes)));
    }
    let items = view::read_all(&mut tx, attempt.actor, &made).await?;
    let booked = BookedTogether { series_id: plan.series, items, skipped: clashes };
    attempt.commit(tx, Reply::created(booked, plan.location)).await
}

/// The appointment, or the code of what is in its way on that date.
async fn book_one(
    tx: &mut Tx,
    attempt: &Attempt<'_>,
    booking: &Booking,
) -> ApiResult<Result<Uuid, &'static str>> {
    match book_within(tx, attempt, booking).await {
        Ok(outcome) => Ok(outcome.map_err(|obstacle| obstacle.code())),
        Err(e) if OF_ITS_DAY.contains(&e.code()) => Ok(Err(e.code())),
        Err(e) => Err(e),
    }
}

fn clash(index: usize, range: (Timestamp, Timestamp), code: &str, zone: &TimeZone) -> Clash {
    Clash {
        index,
        starts_at: rfc3339_in(range.0, zone),
        ends_at: rfc3339_in(range.1, zone),
        code: code.to_owned(),
    }
}

/// Cancels an appointment and those of its series that come later and are not yet under way.
pub async fn cancel_series(
    attempt: Attempt<'_>,
    id: AppointmentId,
    version: Option<i32>,
    cancellation: &SeriesCancellation,
) -> ApiResult<Reply<BookedTogether>> {
    let reason = text::line(&cancellation.reason, "/reason", REASON)?;
    if reason.is_empty() {
        return Err(unprocessable("/reason", &SchedulingError::ReasonRequired));
    }
    let mut tx = match attempt.begin().await? {
        Ok(tx) => tx,
        Err(stored) => return Ok(stored),
    };
    let siblings = store::later_siblings(&mut tx, id.uuid()).await?;
    let places: Vec<Uuid> = siblings.iter().flat_map(|s| [Some(s.doctor_id), s.chair_id]).flatten().collect();
    store::hold_places(&mut tx, &places).await?;
    let first = store::hold(&mut tx, id.uuid()).await?.ok_or_else(ApiError::not_found)?;
    may_change(&attempt, &first, version)?;
    if first.series_id.is_none() {
        return Err(ApiError::conflict("scheduling.not_in_series"));
    }
    let step = StatusStep {
        status: AppointmentStatus::Cancelled,
        reason: Some(reason.clone()),
        chair_id: None,
        follow_up: cancellation.follow_up,
        overbook_reason: None,
    };
    let mut cancelled = Vec::new();
    for sibling in siblings {
        let Some(held) = store::hold(&mut tx, sibling.id).await? else { continue };
        use AppointmentStatus::{Arrived, Confirmed, Scheduled};
        if !matches!(held.status, Scheduled | Confirmed | Arrived) {
            continue;
        }
        may_change(&attempt, &held, None)?;
        take_step(&mut tx, &attempt, held, &step, Some(&reason)).await?;
        cancelled.push(sibling.id);
    }
    let items = view::read_all(&mut tx, attempt.actor, &cancelled).await?;
    let answer = BookedTogether { series_id: first.series_id, items, skipped: Vec::new() };
    attempt.commit(tx, Reply::ok(answer)).await
}
