//! Several appointments in one act.

use dentpro_core::ids::AppointmentId;
use dentpro_core::permissions::need;

use crate::kernel::actor::Can;
use crate::kernel::clock::Clock;
use crate::kernel::db::{Db, retried};
use crate::kernel::error::ApiResult;
use crate::kernel::extract::{Body, IfMatch, Path};
use crate::kernel::idempotency::Once;
use crate::kernel::reply::Reply;
use crate::slices::scheduling::book::Attempt;
use crate::slices::scheduling::together::{
    BookedTogether, NewGroup, NewSeries, Plan, SeriesCancellation, book_together, cancel_series,
};

/// Book an appointment that repeats, or several sittings of one treatment: all of them or none, unless the dates that
/// clash are to be skipped. A refusal (409) names them as `clashes`.
#[utoipa::path(post, path = "/appointments/series", tag = "scheduling", request_body = NewSeries,
    responses((status = 201, body = BookedTogether)), extensions(("x-permission" = json!("scheduling.write"))))]
pub async fn create_appointment_series(
    actor: Can<need::SchedulingWrite>,
    db: Db,
    clock: Clock,
    once: Once,
    Body { value: new, hash }: Body<NewSeries>,
) -> ApiResult<Reply<BookedTogether>> {
    let plan = Plan::series(&actor, &clock, new)?;
    let attempt =
        Attempt { db: &db, clock: &clock, actor: &actor, scope: actor.scope, once: Some(&once), hash: &hash };
    retried(|| book_together(attempt, &plan)).await
}

/// Book several patients at once, a family side by side or one after the other: all of them or none.
#[utoipa::path(post, path = "/appointments/group", tag = "scheduling", request_body = NewGroup,
    responses((status = 201, body = BookedTogether)), extensions(("x-permission" = json!("scheduling.write"))))]
pub async fn create_appointment_group(
    actor: Can<need::SchedulingWrite>,
    db: Db,
    clock: Clock,
    once: Once,
    Body { value: new, hash }: Body<NewGroup>,
) -> ApiResult<Reply<BookedTogether>> {
    let plan = Plan::group(&actor, &clock, new)?;
    let attempt =
        Attempt { db: &db, clock: &clock, actor: &actor, scope: actor.scope, once: Some(&once), hash: &hash };
    retried(|| book_together(attempt, &plan)).await
}

/// Cancel an appointment and the later ones of its series, with a reason. Those under way or over stay.
#[utoipa::path(post, path = "/appointments/{id}/series/cancel", tag = "scheduling",
    request_body = SeriesCancellation, params(("id" = AppointmentId, Path)),
    responses((status = 200, body = BookedTogether)), extensions(("x-permission" = json!("scheduling.write"))))]
pub async fn cancel_appointment_series(
    actor: Can<need::SchedulingWrite>,
    db: Db,
    clock: Clock,
    Path(id): Path<AppointmentId>,
    version: Option<IfMatch>,
    once: Option<Once>,
    Body { value: cancellation, hash }: Body<SeriesCancellation>,
) -> ApiResult<Reply<BookedTogether>> {
    let version = version.map(|IfMatch(version)| version);
    let once = once.as_ref();
    let attempt = Attempt { db: &db, clock: &clock, actor: &actor, scope: actor.scope, once, hash: &hash };
    retried(|| cancel_series(attempt, id, version, &cancellation)).await
}
