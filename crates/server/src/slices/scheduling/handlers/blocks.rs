//! Blocks of the book.

use dentpro_core::ids::{BranchId, ChairId, StaffId, TimeBlockId};
use dentpro_core::permissions::need;
use jiff::Timestamp;
use uuid::Uuid;

use super::read::{cursor, day_limit};
use crate::kernel::actor::Can;
use crate::kernel::clock::Clock;
use crate::kernel::db::{Db, retried};
use crate::kernel::error::ApiResult;
use crate::kernel::extract::{Body, IfMatch, Path, Query};
use crate::kernel::idempotency::Once;
use crate::kernel::paging::Page;
use crate::kernel::reply::Reply;
use crate::slices::scheduling::api::blocks::{
    BlockFilter, BlockPatch, BlockRemoval, BlocksMade, NewBlock, TimeBlock,
};
use crate::slices::scheduling::blocks::{self, Hand};
use crate::slices::scheduling::moment::Span;
use crate::slices::scheduling::store::{self, BlockChoice, BlockRow};
use crate::slices::scheduling::view;

/// The blocks that reach into some days, in the order in which they start. Those of a chair or a doctor come with those
/// of the whole branch.
#[utoipa::path(get, path = "/blocks", tag = "scheduling", params(BlockFilter),
    responses((status = 200, body = Page<TimeBlock>)), extensions(("x-permission" = json!("scheduling.read"))))]
pub async fn list_blocks(
    actor: Can<need::SchedulingRead>,
    db: Db,
    Query(filter): Query<BlockFilter>,
) -> ApiResult<Reply<Page<TimeBlock>>> {
    let zone = &actor.facts.time_zone;
    let span = Span::asked(filter.from.as_deref(), filter.to.as_deref(), false, zone)?;
    let choice = BlockChoice {
        only_doctor: view::only_doctor(&actor),
        branch: filter.branch_id.map(BranchId::uuid),
        chair: filter.chair_id.map(ChairId::uuid),
        doctor: filter.doctor_id.map(StaffId::uuid),
        after: cursor(filter.cursor.as_deref())?,
        limit: day_limit(filter.limit)?,
    };
    let mut tx = db.begin(&actor).await?;
    let rows = store::list_blocks(&mut tx, span, &choice).await?;
    let key = |row: &BlockRow| -> (Timestamp, Uuid) { (row.starts_at.to_jiff(), row.id) };
    let page = Page::of(rows, choice.limit, key);
    let items = page.items.into_iter().map(|row| blocks::block(row, zone)).collect::<ApiResult<_>>()?;
    Ok(Reply::ok(Page { items, next_cursor: page.next_cursor }))
}

/// Take time of a chair, a doctor or a whole branch out of the book, once or each week. Where appointments stand it is
/// refused with the list of them, unless `despite_appointments` says that it is meant.
#[utoipa::path(post, path = "/blocks", tag = "scheduling", request_body = NewBlock,
    responses((status = 201, body = BlocksMade)), extensions(("x-permission" = json!("scheduling.write"))))]
pub async fn create_block(
    actor: Can<need::SchedulingWrite>,
    db: Db,
    clock: Clock,
    once: Once,
    Body { value: new, hash }: Body<NewBlock>,
) -> ApiResult<Reply<BlocksMade>> {
    let hand = Hand { db: &db, clock: &clock, actor: &actor, scope: actor.scope };
    retried(|| blocks::make(hand, &once, &hash, new.clone())).await
}

/// Change one block; its siblings in a series stay as they are.
#[utoipa::path(patch, path = "/blocks/{id}", tag = "scheduling", request_body = BlockPatch,
    params(("id" = TimeBlockId, Path)), responses((status = 200, body = TimeBlock)),
    extensions(("x-permission" = json!("scheduling.write"))))]
pub async fn update_block(
    actor: Can<need::SchedulingWrite>,
    db: Db,
    clock: Clock,
    Path(id): Path<TimeBlockId>,
    IfMatch(version): IfMatch,
    Body { value: patch, .. }: Body<BlockPatch>,
) -> ApiResult<Reply<TimeBlock>> {
    let hand = Hand { db: &db, clock: &clock, actor: &actor, scope: actor.scope };
    retried(|| blocks::change(hand, id, version, patch.clone())).await
}

/// Give the time of a block back to the book, with `following` that of all later ones of its series too.
#[utoipa::path(delete, path = "/blocks/{id}", tag = "scheduling", params(("id" = TimeBlockId, Path), BlockRemoval),
    responses((status = 204)), extensions(("x-permission" = json!("scheduling.write"))))]
pub async fn delete_block(
    actor: Can<need::SchedulingWrite>,
    db: Db,
    clock: Clock,
    Path(id): Path<TimeBlockId>,
    Query(removal): Query<BlockRemoval>,
) -> ApiResult<axum::http::StatusCode> {
    let hand = Hand { db: &db, clock: &clock, actor: &actor, scope: actor.scope };
    retried(|| blocks::remove(hand, id, removal.following)).await?;
    Ok(axum::http::StatusCode::NO_CONTENT)
}
