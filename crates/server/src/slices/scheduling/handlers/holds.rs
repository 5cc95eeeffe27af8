//! Slots that are kept while a patient decides.

use axum::http::StatusCode;
use dentpro_core::ids::SlotHoldId;
use dentpro_core::permissions::need;

use crate::kernel::actor::Can;
use crate::kernel::clock::Clock;
use crate::kernel::db::{Db, retried};
use crate::kernel::error::ApiResult;
use crate::kernel::extract::{Body, Path, Query};
use crate::kernel::idempotency::Once;
use crate::kernel::paging::{self, Page};
use crate::kernel::reply::Reply;
use crate::slices::scheduling::book::Attempt;
use crate::slices::scheduling::holds::{self, HoldFilter, SlotHold, SlotToHold};
use crate::slices::scheduling::moment::Span;
use crate::slices::scheduling::{store, view};

/// Keep a slot for 3 minutes: nobody else can book or keep it meanwhile. Book with its id as `hold_id`.
#[utoipa::path(post, path = "/holds", tag = "scheduling", request_body = SlotToHold,
    responses((status = 201, body = SlotHold)), extensions(("x-permission" = json!("scheduling.write"))))]
pub async fn create_hold(
    actor: Can<need::SchedulingWrite>,
    db: Db,
    clock: Clock,
    once: Option<Once>,
    Body { value: new, hash }: Body<SlotToHold>,
) -> ApiResult<Reply<SlotHold>> {
    let once = once.as_ref();
    let attempt = Attempt { db: &db, clock: &clock, actor: &actor, scope: actor.scope, once, hash: &hash };
    retried(|| holds::keep(attempt, &new)).await
}

/// The slots that somebody keeps now, in the order in which they start.
#[utoipa::path(get, path = "/holds", tag = "scheduling", params(HoldFilter),
    responses((status = 200, body = Page<SlotHold>)), extensions(("x-permission" = json!("scheduling.read"))))]
pub async fn list_holds(
    actor: Can<need::SchedulingRead>,
    db: Db,
    clock: Clock,
    Query(filter): Query<HoldFilter>,
) -> ApiResult<Reply<Page<SlotHold>>> {
    let zone = &actor.facts.time_zone;
    let span = Span::asked(filter.from.as_deref(), filter.to.as_deref(), false, zone)?;
    let (after, limit) = (super::read::cursor(filter.cursor.as_deref())?, paging::limit(filter.limit)?);
    let now = clock.now();
    let mut tx = db.begin(&actor).await?;
    let rows = store::holds(&mut tx, span, None, view::only_doctor(&actor), (after, limit), now).await?;
    let page = Page::of(rows, limit, |row| (row.starts_at.to_jiff(), row.id));
    Ok(Reply::ok(page.map(|row| holds::wire(row, &actor, now))))
}

/// Give a slot up that one keeps.
#[utoipa::path(delete, path = "/holds/{id}", tag = "scheduling", params(("id" = SlotHoldId, Path)),
    responses((status = 204)), extensions(("x-permission" = json!("scheduling.write"))))]
pub async fn release_hold(
    actor: Can<need::SchedulingWrite>,
    db: Db,
    clock: Clock,
    Path(id): Path<SlotHoldId>,
) -> ApiResult<StatusCode> {
    holds::release(&db, &clock, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
