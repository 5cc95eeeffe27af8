//! The waiting room: who came without an appointment, whose turn it is, and the screen.

use axum::http::StatusCode;
use dentpro_core::ids::{AppointmentId, BranchId};
use dentpro_core::permissions::need;
use dentpro_core::time::rfc3339_in;
use jiff::tz::TimeZone;
use uuid::Uuid;

use crate::kernel::actor::{Can, RequestId, token_hash};
use crate::kernel::client_address::ClientAddress;
use crate::kernel::clock::Clock;
use crate::kernel::db::{Db, retried};
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::extract::{Body, Path};
use crate::kernel::idempotency::Once;
use crate::kernel::reply::Reply;
use crate::kernel::state::AppState;
use crate::kernel::throttle::Door;
use crate::kernel::token::random_token;
use crate::slices::scheduling::api::Appointment;
use crate::slices::scheduling::api::reception::{
    Call, CalledNumber, NewWalkIn, NextCall, WaitingRoom, WaitingScreen, WaitingScreenMade,
};
use crate::slices::scheduling::book::Attempt;
use crate::slices::scheduling::{reception, store};

/// Receive a patient who came without an appointment: he gets the next number of the day.
#[utoipa::path(post, path = "/walk-ins", tag = "scheduling", request_body = NewWalkIn,
    responses((status = 201, body = Appointment)), extensions(("x-permission" = json!("scheduling.write"))))]
pub async fn create_walk_in(
    actor: Can<need::SchedulingWrite>,
    db: Db,
    clock: Clock,
    once: Once,
    Body { value: new, hash }: Body<NewWalkIn>,
) -> ApiResult<Reply<Appointment>> {
    let once = Some(&once);
    let attempt = Attempt { db: &db, clock: &clock, actor: &actor, scope: actor.scope, once, hash: &hash };
    retried(|| reception::receive(attempt, &new)).await
}

/// Call whoever has waited longest for his turn today and was not called yet.
#[utoipa::path(post, path = "/appointments/call-next", tag = "scheduling", request_body = NextCall,
    responses((status = 200, body = Appointment)), extensions(("x-permission" = json!("scheduling.write"))))]
pub async fn call_next_patient(
    actor: Can<need::SchedulingWrite>,
    db: Db,
    clock: Clock,
    once: Option<Once>,
    Body { value: next, hash }: Body<NextCall>,
) -> ApiResult<Reply<Appointment>> {
    let once = once.as_ref();
    let attempt = Attempt { db: &db, clock: &clock, actor: &actor, scope: actor.scope, once, hash: &hash };
    retried(|| reception::call_next(attempt, &next)).await
}

/// Call a patient who waits, or once more.
#[utoipa::path(post, path = "/appointments/{id}/call", tag = "scheduling", request_body = Call,
    params(("id" = AppointmentId, Path)), responses((status = 200, body = Appointment)),
    extensions(("x-permission" = json!("scheduling.write"))))]
pub async fn call_patient(
    actor: Can<need::SchedulingWrite>,
    db: Db,
    clock: Clock,
    Path(id): Path<AppointmentId>,
    once: Option<Once>,
    Body { value: call, hash }: Body<Call>,
) -> ApiResult<Reply<Appointment>> {
    let once = once.as_ref();
    let attempt = Attempt { db: &db, clock: &clock, actor: &actor, scope: actor.scope, once, hash: &hash };
    retried(|| reception::call(attempt, id, call.chair_id)).await
}

/// Whether the waiting room of a branch has a screen.
#[utoipa::path(get, path = "/branches/{id}/waiting-screen", tag = "scheduling", params(("id" = BranchId, Path)),
    responses((status = 200, body = WaitingScreen)), extensions(("x-permission" = json!("scheduling.set_up"))))]
pub async fn get_waiting_screen(
    actor: Can<need::SchedulingSetUp>,
    db: Db,
    Path(branch): Path<BranchId>,
) -> ApiResult<Reply<WaitingScreen>> {
    let mut tx = db.begin(&actor).await?;
    let made = store::screen_of(&mut tx, branch.uuid()).await?.ok_or_else(ApiError::not_found)?;
    let created_at = made.map(|at| rfc3339_in(at, &actor.facts.time_zone));
    Ok(Reply::ok(WaitingScreen { active: created_at.is_some(), created_at }))
}

/// Make a secret address for the screen of a waiting room, shown this once. The one before stops working.
#[utoipa::path(post, path = "/branches/{id}/waiting-screen", tag = "scheduling", params(("id" = BranchId, Path)),
    responses((status = 201, body = WaitingScreenMade)),
    extensions(("x-permission" = json!("scheduling.set_up"))))]
pub async fn create_waiting_screen(
    actor: Can<need::SchedulingSetUp>,
    state: AppState,
    Path(branch): Path<BranchId>,
) -> ApiResult<Reply<WaitingScreenMade>> {
    let (now, id) = (state.clock.now(), branch.uuid());
    let token = random_token::<24>();
    let mut tx = state.db.begin(&actor).await?;
    store::screen_of(&mut tx, id).await?.ok_or_else(ApiError::not_found)?;
    store::revoke_screen(&mut tx, id, now).await?;
    store::insert_screen(&mut tx, state.clock.new_id::<Uuid>(), id, &token_hash(&token), now).await?;
    tx.commit().await?;
    let url = format!("{}/screen/{token}", state.settings.public_url);
    let created_at = rfc3339_in(now, &actor.facts.time_zone);
    Ok(Reply::created(WaitingScreenMade { url, created_at }, format!("/branches/{branch}/waiting-screen")))
}

/// Stop the secret address of a screen.
#[utoipa::path(delete, path = "/branches/{id}/waiting-screen", tag = "scheduling", params(("id" = BranchId, Path)),
    responses((status = 204)), extensions(("x-permission" = json!("scheduling.set_up"))))]
pub async fn delete_waiting_screen(
    actor: Can<need::SchedulingSetUp>,
    db: Db,
    clock: Clock,
    Path(branch): Path<BranchId>,
) -> ApiResult<StatusCode> {
    let mut tx = db.begin(&actor).await?;
    store::screen_of(&mut tx, branch.uuid()).await?.ok_or_else(ApiError::not_found)?;
    store::revoke_screen(&mut tx, branch.uuid(), clock.now()).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What the screen of a waiting room shows: numbers and chairs, never names.
#[utoipa::path(get, path = "/waiting-room/{secret}", tag = "scheduling", params(("secret" = String, Path)),
    responses((status = 200, body = WaitingRoom)), extensions(("x-permission" = json!("public"))))]
pub async fn show_waiting_room(
    state: AppState,
    ClientAddress(address): ClientAddress,
    RequestId(request): RequestId,
    Path(secret): Path<String>,
) -> ApiResult<Reply<WaitingRoom>> {
    let now = state.clock.now();
    state.throttle.enter(Door::Screens, address, now)?;
    match look(&state, &secret, request).await {
        Err(e) if e.status() == StatusCode::NOT_FOUND => {
            state.throttle.guessed(Door::Screens, address, now)?;
            Err(e)
        }
        other => Ok(Reply::ok(other?)),
    }
}

async fn look(state: &AppState, secret: &str, request: Uuid) -> ApiResult<WaitingRoom> {
    let hash = token_hash(secret);
    let mut tx = state.db.begin_as_system(Uuid::nil().into(), request).await?;
    let clinic = store::clinic_of_screen(&mut tx, &hash).await?.ok_or_else(ApiError::not_found)?;
    drop(tx);
    let mut tx = state.db.begin_as_system(clinic, request).await?;
    let room = store::room(&mut tx, &hash).await?.ok_or_else(ApiError::not_found)?;
    let zone = TimeZone::get(&room.time_zone).map_err(|e| ApiError::internal(e.into()))?;
    let today = state.clock.today(&zone);
    let calls = store::last_calls(&mut tx, room.branch, today).await?;
    let waiting = store::count_waiting(&mut tx, room.branch, today).await?;
    Ok(WaitingRoom {
        clinic_name_ar: room.clinic_ar,
        clinic_name_en: room.clinic_en,
        branch_name_ar: room.branch_ar,
        branch_name_en: room.branch_en,
        time_zone: room.time_zone,
        calls: calls
            .into_iter()
            .map(|call| CalledNumber {
                token: call.token,
                chair_ar: call.chair_ar,
                chair_en: call.chair_en,
                called_at: rfc3339_in(call.called_at.to_jiff(), &zone),
            })
            .collect(),
        waiting,
    })
}
