//! Who has to be booked again, and who need not be any more.

use dentpro_core::ids::AppointmentId;
use dentpro_core::permissions::need;

use crate::kernel::actor::Can;
use crate::kernel::clock::Clock;
use crate::kernel::db::Db;
use crate::kernel::error::ApiResult;
use crate::kernel::extract::{Body, Path};
use crate::kernel::reply::Reply;
use crate::slices::scheduling::api::{Appointment, Dismissal};
use crate::slices::scheduling::book::Attempt;
use crate::slices::scheduling::change;

/// Take a patient off the list of those who have to be booked again, with the reason.
#[utoipa::path(post, path = "/appointments/{id}/dismiss-follow-up", tag = "scheduling", request_body = Dismissal,
    params(("id" = AppointmentId, Path)), responses((status = 200, body = Appointment)),
    extensions(("x-permission" = json!("scheduling.write"))))]
pub async fn dismiss_follow_up(
    actor: Can<need::SchedulingWrite>,
    db: Db,
    clock: Clock,
    Path(id): Path<AppointmentId>,
    Body { value: why, hash }: Body<Dismissal>,
) -> ApiResult<Reply<Appointment>> {
    let attempt =
        Attempt { db: &db, clock: &clock, actor: &actor, scope: actor.scope, once: None, hash: &hash };
    change::dismiss_follow_up(attempt, id, &why.reason).await
}
