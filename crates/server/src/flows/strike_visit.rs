//! A visit that never happened is entered in error, and what it put on the chart is taken back.

use dentpro_core::ids::VisitId;
use dentpro_core::permissions::need;

use super::record_procedure::take_back;
use crate::kernel::actor::Can;
use crate::kernel::clock::Clock;
use crate::kernel::db::Db;
use crate::kernel::error::ApiResult;
use crate::kernel::extract::{Body, Path};
use crate::kernel::reply::Reply;
use crate::kernel::text;
use crate::slices::charting;
use crate::slices::records::{self, StrikeVisit, Visit, lock_for_change};

/// Letters a reason has at most.
const REASON: usize = 500;

/// Mark a visit as entered in error, with a reason. It stays readable, struck through; its appointment may have
/// another visit.
#[utoipa::path(post, path = "/visits/{id}/entered-in-error", tag = "records", request_body = StrikeVisit,
    params(("id" = VisitId, Path)), responses((status = 200, body = Visit)),
    extensions(("x-permission" = json!("records.sign"))))]
pub async fn strike_visit(
    actor: Can<need::RecordsSign>,
    db: Db,
    clock: Clock,
    Path(id): Path<VisitId>,
    Body { value: strike, .. }: Body<StrikeVisit>,
) -> ApiResult<Reply<Visit>> {
    let reason = text::required_line(&strike.reason, "/reason", REASON)?;
    let mut tx = db.begin(&actor).await?;
    let locked = lock_for_change(&mut tx, &actor, actor.scope, id).await?;
    tx.because(&reason).await?;
    records::strike(&mut tx, &locked, &reason, clock.now()).await?;
    let events = charting::events_of_visit(&mut tx, id).await?;
    take_back(&mut tx, &actor, &clock, &locked, &events, &reason).await?;
    records::announce(&mut tx, &locked).await?;
    let visit = records::read(&mut tx, &actor, id).await?;
    tx.commit().await?;
    let version = visit.version;
    Ok(Reply::ok(visit).version(version))
}
