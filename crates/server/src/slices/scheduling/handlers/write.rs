//! What changes the book.

use dentpro_core::ids::AppointmentId;
use dentpro_core::permissions::need;

use crate::kernel::actor::Can;
use crate::kernel::clock::Clock;
use crate::kernel::db::{Db, retried};
use crate::kernel::error::ApiResult;
use crate::kernel::extract::{Body, IfMatch, Path};
use crate::kernel::idempotency::Once;
use crate::kernel::reply::Reply;
use crate::slices::scheduling::api::{Appointment, AppointmentPatch, NewAppointment, NewPlace, StatusStep};
use crate::slices::scheduling::book::{Attempt, Booking, book};
use crate::slices::scheduling::change::{self, Move};

/// Book an appointment. Of many who ask for one slot, one gets it.
#[utoipa::path(post, path = "/appointments", tag = "scheduling", request_body = NewAppointment,
    responses((status = 201, body = Appointment)), extensions(("x-permission" = json!("scheduling.write"))))]
pub async fn create_appointment(
    actor: Can<need::SchedulingWrite>,
    db: Db,
    clock: Clock,
    once: Once,
    Body { value: new, hash }: Body<NewAppointment>,
) -> ApiResult<Reply<Appointment>> {
    let booking = Booking::read(&actor, &clock, new)?;
    let attempt =
        Attempt { db: &db, clock: &clock, actor: &actor, scope: actor.scope, once: Some(&once), hash: &hash };
    retried(|| book(attempt, &booking)).await
}

/// Describe an appointment anew: why the patient comes, a note, the procedure, what he answered.
#[utoipa::path(patch, path = "/appointments/{id}", tag = "scheduling", request_body = AppointmentPatch,
    params(("id" = AppointmentId, Path)), responses((status = 200, body = Appointment)),
    extensions(("x-permission" = json!("scheduling.write"))))]
pub async fn update_appointment(
    actor: Can<need::SchedulingWrite>,
    db: Db,
    clock: Clock,
    Path(id): Path<AppointmentId>,
    IfMatch(version): IfMatch,
    Body { value: patch, hash }: Body<AppointmentPatch>,
) -> ApiResult<Reply<Appointment>> {
    let attempt =
        Attempt { db: &db, clock: &clock, actor: &actor, scope: actor.scope, once: None, hash: &hash };
    retried(|| change::describe(attempt, id, version, patch.clone())).await
}

/// Move an appointment to another time, chair or doctor, or make it longer or shorter.
#[utoipa::path(post, path = "/appointments/{id}/reschedule", tag = "scheduling", request_body = NewPlace,
    params(("id" = AppointmentId, Path)), responses((status = 200, body = Appointment)),
    extensions(("x-permission" = json!("scheduling.write"))))]
pub async fn reschedule_appointment(
    actor: Can<need::SchedulingWrite>,
    db: Db,
    clock: Clock,
    Path(id): Path<AppointmentId>,
    IfMatch(version): IfMatch,
    once: Option<Once>,
    Body { value: place, hash }: Body<NewPlace>,
) -> ApiResult<Reply<Appointment>> {
    let to = Move::read(&actor, place)?;
    let once = once.as_ref();
    let attempt = Attempt { db: &db, clock: &clock, actor: &actor, scope: actor.scope, once, hash: &hash };
    retried(|| change::reschedule(attempt, id, version, &to)).await
}

/// Take an appointment a step on its way, or back with a reason; or end it.
#[utoipa::path(post, path = "/appointments/{id}/status", tag = "scheduling", request_body = StatusStep,
    params(("id" = AppointmentId, Path)), responses((status = 200, body = Appointment)),
    extensions(("x-permission" = json!("scheduling.write"))))]
pub async fn change_appointment_status(
    actor: Can<need::SchedulingWrite>,
    db: Db,
    clock: Clock,
    Path(id): Path<AppointmentId>,
    version: Option<IfMatch>,
    once: Option<Once>,
    Body { value: step, hash }: Body<StatusStep>,
) -> ApiResult<Reply<Appointment>> {
    let version = version.map(|IfMatch(version)| version);
    let once = once.as_ref();
    let attempt = Attempt { db: &db, clock: &clock, actor: &actor, scope: actor.scope, once, hash: &hash };
    retried(|| change::change_status(attempt, id, version, &step)).await
}
