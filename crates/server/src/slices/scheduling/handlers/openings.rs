//! A search for an opening.

use dentpro_core::permissions::need;

use crate::kernel::actor::Can;
use crate::kernel::clock::Clock;
use crate::kernel::db::Db;
use crate::kernel::error::ApiResult;
use crate::kernel::extract::Query;
use crate::kernel::paging::Page;
use crate::kernel::reply::Reply;
use crate::slices::scheduling::openings::{self, FreeSlot, OpeningFilter, Search};

/// Find an opening: the first slots of each of the next 10 days that have any, in order of time. Of each doctor and
/// day the first one, and then those next to other appointments before others.
#[utoipa::path(get, path = "/openings", tag = "scheduling", params(OpeningFilter),
    responses((status = 200, body = Page<FreeSlot>)), extensions(("x-permission" = json!("scheduling.read"))))]
pub async fn list_openings(
    actor: Can<need::SchedulingRead>,
    db: Db,
    clock: Clock,
    Query(filter): Query<OpeningFilter>,
) -> ApiResult<Reply<Page<FreeSlot>>> {
    let search = Search::read(filter, &actor.facts.time_zone, clock.now())?;
    Ok(Reply::ok(openings::find(&db, &clock, &actor, &search).await?))
}
