//! A visit that never happened is entered in error, and what it put on the chart and on drafts of invoices is taken
//! back.

use dentpro_core::ids::VisitId;
use dentpro_core::permissions::{Scope, need};

use super::record_procedure::take_back;
use super::treatment_plans::reopen;
use crate::kernel::actor::{Actor, Can};
use crate::kernel::clock::Clock;
use crate::kernel::db::{Db, retried};
use crate::kernel::error::ApiResult;
use crate::kernel::extract::{Body, Path};
use crate::kernel::reply::Reply;
use crate::kernel::text;
use crate::slices::records::{self, StrikeVisit, Visit, lock_for_change};
use crate::slices::{billing, charting};

/// Letters a reason has at most.
const REASON: usize = 500;

/// Mark a visit as entered in error, with a reason. It stays readable, struck through; its appointment may have
/// another visit. Its work leaves the chart and the drafts that bill it. An issued invoice stays as it was issued: the
/// work that stands on one still names it in the answer, and the invoice says that its visit was struck.
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
    // Whoever edits a draft meanwhile holds the invoice first and the visit second.
    retried(|| strike_once(&db, &actor, actor.scope, &clock, id, &reason)).await
}

async fn strike_once(
    db: &Db,
    actor: &Actor,
    scope: Scope,
    clock: &Clock,
    id: VisitId,
    reason: &str,
) -> ApiResult<Reply<Visit>> {
    let mut tx = db.begin(actor).await?;
    let locked = lock_for_change(&mut tx, actor, scope, id).await?;
    tx.because(reason).await?;
    reopen(&mut tx, id, None).await?;
    records::strike(&mut tx, &locked, reason, clock.now()).await?;
    let events = charting::events_of_visit(&mut tx, id).await?;
    take_back(&mut tx, actor, clock, &locked, &events, reason).await?;
    billing::withdraw_visit(&mut tx, id).await?;
    records::announce(&mut tx, &locked).await?;
    let visit = records::read(&mut tx, actor, id).await?;
    tx.commit().await?;
    let version = visit.version;
    Ok(Reply::ok(visit).version(version))
}
