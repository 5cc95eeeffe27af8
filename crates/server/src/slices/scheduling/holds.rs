//! A slot is kept for some minutes while the patient decides. It expires by itself: what has is nowhere in the way.

use dentpro_core::ids::{AppointmentTypeId, BranchId, ChairId, PatientId, SlotHoldId, StaffId};
use dentpro_core::scheduling::fit_pattern;
use dentpro_core::time::rfc3339_in;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::book::{
    Attempt, announce_hold, checked_pattern, range, require_branch, require_doctor, require_patient, taken,
};
use super::hours;
use super::moment::Span;
use super::store::{self, Grounds, HoldRow, NewHold, Slot};
use crate::kernel::actor::Actor;
use crate::kernel::clock::Clock;
use crate::kernel::db::Db;
use crate::kernel::error::{ApiError, ApiResult, OnConstraint};
use crate::kernel::reply::Reply;

/// How long a slot is kept.
const KEPT: SignedDuration = SignedDuration::from_mins(3);

/// A slot to keep.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SlotToHold {
    pub doctor_id: StaffId,
    pub chair_id: Option<ChairId>,
    #[schema(format = DateTime)]
    pub starts_at: String,
    #[schema(format = DateTime)]
    pub ends_at: String,
    pub patient_id: Option<PatientId>,
    /// What the appointment will be for: slots are kept free for some types.
    pub type_id: Option<AppointmentTypeId>,
    /// Whose time each 5 minutes will take; without it that of the type.
    pub pattern: Option<String>,
}

/// A slot that somebody keeps.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SlotHold {
    pub id: SlotHoldId,
    pub doctor_id: StaffId,
    pub chair_id: Option<ChairId>,
    pub branch_id: BranchId,
    pub patient_id: Option<PatientId>,
    pub starts_at: String,
    pub ends_at: String,
    /// The day on the clinic's calendar.
    #[schema(value_type = String, format = Date)]
    pub local_date: Date,
    pub expires_at: String,
    /// Seconds until then, for clocks that are wrong.
    pub seconds_left: i64,
    pub held_by: Holder,
    /// Whether the reader keeps it himself.
    pub own: bool,
}

/// Who keeps a slot.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Holder {
    pub id: StaffId,
    pub name_ar: String,
    pub name_en: String,
}

/// Which kept slots.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct HoldFilter {
    /// A day, or an instant with its offset.
    pub from: Option<String>,
    /// The last day, or the instant before which they start: at most 31 days; without it the day of `from`.
    pub to: Option<String>,
    pub limit: Option<i64>,
    pub cursor: Option<String>,
}

/// Keeps a slot in one transaction. Who keeps waits for the places; so of many one gets it, and nobody books it
/// meanwhile.
pub async fn keep(attempt: Attempt<'_>, new: &SlotToHold) -> ApiResult<Reply<SlotHold>> {
    let actor = attempt.actor;
    let (starts_at, ends_at) = range(&new.starts_at, &new.ends_at, &actor.facts.time_zone)?;
    let given = new.pattern.clone().map(|p| checked_pattern(p, (starts_at, ends_at))).transpose()?;
    attempt.require_own(new.doctor_id.uuid())?;
    let mut tx = match attempt.begin().await? {
        Ok(tx) => tx,
        Err(stored) => return Ok(stored),
    };
    let (doctor, chair) = (new.doctor_id.uuid(), new.chair_id.map(ChairId::uuid));
    let (patient, kind) = (new.patient_id.map(PatientId::uuid), new.type_id.map(AppointmentTypeId::uuid));
    store::hold_places(&mut tx, &[Some(doctor), chair].into_iter().flatten().collect::<Vec<_>>()).await?;
    let grounds =
        Grounds { patient: patient.unwrap_or(Uuid::nil()), doctor, chair, procedure: None, kind, wish: None };
    let known = store::circumstances(&mut tx, &grounds).await?;
    if patient.is_some() {
        require_patient(&known)?;
    }
    require_doctor(&known)?;
    if kind.is_some() && known.type_pattern.is_none() {
        return Err(ApiError::invalid("/type_id", "request.unknown_reference"));
    }
    let of_type = known.type_pattern.as_deref().unwrap_or_default();
    let pattern = given.unwrap_or_else(|| fit_pattern(of_type, starts_at.duration_until(ends_at)));
    let local_date = actor.facts.time_zone.to_datetime(starts_at).date();
    let branch_id = require_branch(&known, chair, local_date)?;
    hours::require_open(&mut tx, actor, doctor, branch_id, (starts_at, ends_at)).await?;
    let (id, now): (Uuid, _) = (attempt.clock.new_id(), attempt.clock.now());
    let slot = Slot {
        id,
        doctor_id: doctor,
        chair_id: chair,
        branch_id,
        starts_at,
        ends_at,
        pattern: &pattern,
        type_id: kind,
    };
    store::forget_expired(&mut tx, &slot, now).await?;
    let found = store::obstacle(&mut tx, &slot, now).await?;
    if found.held || found.taken() {
        return Err(taken(found));
    }
    let expires_at = now.checked_add(KEPT).unwrap_or(now);
    // One's own slots are in the way too: who keeps another at that time gives the first one up.
    store::insert_hold(&mut tx, &NewHold { slot, patient, local_date, expires_at, now })
        .await
        .on_constraint("slot_hold_chair_free", || ApiError::conflict("scheduling.slot_held"))
        .on_constraint("slot_hold_doctor_free", || ApiError::conflict("scheduling.slot_held"))?;
    announce_hold(&mut tx, id, doctor, local_date).await?;
    let always = Span::always(&actor.facts.time_zone);
    let row = store::holds(&mut tx, always, Some(id), None, (None, 1), now).await?.pop();
    let hold = row.map(|row| wire(row, actor, now)).ok_or_else(ApiError::not_found)?;
    attempt.commit(tx, Reply::created(hold, format!("/holds/{id}"))).await
}

/// Gives a slot of one's own up.
pub async fn release(db: &Db, clock: &Clock, actor: &Actor, id: SlotHoldId) -> ApiResult<()> {
    let mut tx = db.begin(actor).await?;
    let only_doctor = super::view::only_doctor(actor);
    match store::release_hold(&mut tx, id.uuid(), only_doctor, clock.now()).await? {
        None => Err(ApiError::not_found()),
        Some((false, ..)) => Err(ApiError::refused("scheduling.hold_not_yours")),
        Some((true, doctor, date)) => {
            announce_hold(&mut tx, id.uuid(), doctor, date).await?;
            tx.commit().await
        }
    }
}

/// Deletes what has expired, in every clinic.
pub async fn sweep(db: &Db, clock: &Clock) -> ApiResult<()> {
    for clinic in db.clinics().await? {
        let mut tx = db.begin_as_system(clinic.into(), clock.new_id()).await?;
        if store::sweep_holds(&mut tx, clock.now()).await? > 0 {
            tx.commit().await?;
        }
    }
    Ok(())
}

/// A kept slot on the clinic's clock.
pub fn wire(row: HoldRow, actor: &Actor, now: Timestamp) -> SlotHold {
    let zone: &TimeZone = &actor.facts.time_zone;
    let wire = |at: jiff_sqlx::Timestamp| rfc3339_in(at.to_jiff(), zone);
    SlotHold {
        id: row.id.into(),
        doctor_id: row.doctor_id.into(),
        chair_id: row.chair_id.map(Into::into),
        branch_id: row.branch_id.into(),
        patient_id: row.patient_id.map(Into::into),
        starts_at: wire(row.starts_at),
        ends_at: wire(row.ends_at),
        local_date: row.local_date.to_jiff(),
        expires_at: wire(row.expires_at),
        seconds_left: now.duration_until(row.expires_at.to_jiff()).as_secs().max(0),
        own: row.held_by == actor.staff.uuid(),
        held_by: Holder { id: row.held_by.into(), name_ar: row.name_ar, name_en: row.name_en },
    }
}
