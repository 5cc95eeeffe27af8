//! Several entries recorded as one act, and the way back: who charts undoes their own latest act while the session
//! goes on.

use std::collections::BTreeSet;

use dentpro_core::ids::{ChartEventId, PatientId, VisitId};
use dentpro_core::permissions::need;
use uuid::Uuid;

use super::api::{ChartEvent, NewChartAct, UndoChartAct};
use super::handlers::{entries_of, require_draft, require_layer, require_layer_of};
use super::recording::{OpenChart, Reference, announce};
use super::store::{self, Wanted};
use crate::kernel::actor::{Actor, Can};
use crate::kernel::clock::Clock;
use crate::kernel::db::{Db, Tx};
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::extract::{Body, Path};
use crate::kernel::idempotency::Once;
use crate::kernel::paging::Page;
use crate::kernel::reply::Reply;

/// Entries that one act has at most: every tooth of a mixed dentition, and some.
const MOST: usize = 64;

/// Why an entry no longer counts that its author undid; it is read in both languages.
const UNDONE: &str = "Undone while charting · تراجع أثناء التسجيل";

/// Record several entries as one act: all of them, or none. Needs the permission of every layer among them.
#[utoipa::path(post, path = "/patients/{id}/chart/events/batch", tag = "charting", request_body = NewChartAct,
    params(("id" = PatientId, Path)), responses((status = 201, body = Page<ChartEvent>)),
    extensions(("x-permission" = json!("charting.read"))))]
pub async fn create_chart_act(
    actor: Can<need::ChartingRead>,
    db: Db,
    clock: Clock,
    Path(patient): Path<PatientId>,
    once: Option<Once>,
    Body { value: new, hash }: Body<NewChartAct>,
) -> ApiResult<Reply<Page<ChartEvent>>> {
    if new.events.is_empty() || new.events.len() > MOST {
        return Err(ApiError::invalid("/events", "charting.act_size"));
    }
    for layer in new.events.iter().map(|event| event.layer).collect::<BTreeSet<_>>() {
        require_layer(&db, &actor, layer).await?;
    }
    Once::run(once.as_ref(), &db, &actor, &hash, async |tx| {
        let recorded = record_all(tx, &actor, &clock, patient, &new).await?;
        Ok(Reply::created(Page::whole(recorded), format!("/patients/{patient}/chart/events")))
    })
    .await
}

/// Take back one's own latest entry of a session, with what was recorded in the same act. A session is a draft visit,
/// or the day for what belongs to none. The answer is what was undone.
#[utoipa::path(post, path = "/patients/{id}/chart/events/{event_id}/undo", tag = "charting",
    request_body = UndoChartAct, params(("id" = PatientId, Path), ("event_id" = ChartEventId, Path)),
    responses((status = 201, body = Page<ChartEvent>)), extensions(("x-permission" = json!("charting.read"))))]
pub async fn undo_chart_act(
    actor: Can<need::ChartingRead>,
    db: Db,
    clock: Clock,
    Path((patient, event)): Path<(PatientId, ChartEventId)>,
    once: Option<Once>,
    Body { value: undo, hash }: Body<UndoChartAct>,
) -> ApiResult<Reply<Page<ChartEvent>>> {
    require_layer_of(&db, &actor, &clock, patient, event).await?;
    Once::run(once.as_ref(), &db, &actor, &hash, async |tx| {
        let undone = undo_act(tx, &actor, &clock, patient, event, undo.visit_id).await?;
        Ok(Reply::created(Page::whole(undone), format!("/patients/{patient}/chart/events")))
    })
    .await
}

async fn record_all(
    tx: &mut Tx,
    actor: &Actor,
    clock: &Clock,
    patient: PatientId,
    new: &NewChartAct,
) -> ApiResult<Vec<ChartEvent>> {
    let today = clock.today(&actor.facts.time_zone);
    let act = clock.new_id::<ChartEventId>().uuid();
    let mut checked = None;
    let mut chart = OpenChart::open(tx, patient, today, clock.now()).await?;
    for (index, one) in new.events.iter().enumerate() {
        let below = format!("/events/{index}");
        if let Some(visit) = one.visit_id.filter(|visit| checked != Some(*visit)) {
            require_draft(tx, visit, patient, &below).await?;
            checked = Some(visit);
        }
        let event = one.event(one.id.unwrap_or_else(|| clock.new_id()).uuid(), today, &below)?;
        let from = Reference { visit: one.visit_id, act: Some(act), below: &below };
        chart.record(tx, event, from).await?;
    }
    entries(tx, actor, clock, patient, act).await
}

async fn undo_act(
    tx: &mut Tx,
    actor: &Actor,
    clock: &Clock,
    patient: PatientId,
    event: ChartEventId,
    open_visit: Option<VisitId>,
) -> ApiResult<Vec<ChartEvent>> {
    let today = clock.today(&actor.facts.time_zone);
    let mut chart = OpenChart::open(tx, patient, today, clock.now()).await?;
    let day_began = entries_of(actor, clock, patient).day_began;
    let found = store::undoing(tx, patient, event, day_began).await?.ok_or_else(ApiError::not_found)?;
    if !found.own {
        return Err(ApiError::conflict("charting.entry_of_another"));
    }
    if open_visit.is_some() && found.visit != open_visit {
        return Err(ApiError::conflict("charting.entry_of_another_visit"));
    }
    match found.visit {
        Some(visit) => require_draft(tx, visit, patient, "").await?,
        None if !found.of_today => return Err(ApiError::conflict("charting.undo_too_late")),
        None => (),
    }
    if found.of_work {
        return Err(ApiError::conflict("charting.entry_of_work"));
    }
    if chart.is_corrected(event) {
        return Err(ApiError::conflict("charting.already_corrected"));
    }
    if found.is_followed {
        return Err(ApiError::conflict("charting.not_latest_entry"));
    }
    let events = match found.act {
        Some(act) => store::events_of_act(tx, act).await?,
        None => vec![event],
    };
    let mut undone = Vec::new();
    for event in events {
        let correction: ChartEventId = clock.new_id();
        chart.correct(tx, correction.uuid(), event, UNDONE).await?;
        let wanted = Wanted { event: Some(event), ..entries_of(actor, clock, patient) };
        undone.extend(store::events(tx, wanted, &actor.facts.time_zone).await?.into_iter().map(|(e, _)| e));
    }
    if let Some(first) = undone.first() {
        announce(tx, patient, first.id).await?;
    }
    Ok(undone)
}

/// The entries of an act as they were recorded, announced to whoever has the chart open.
async fn entries(
    tx: &mut Tx,
    actor: &Actor,
    clock: &Clock,
    patient: PatientId,
    act: Uuid,
) -> ApiResult<Vec<ChartEvent>> {
    let most = i64::try_from(MOST).unwrap_or(i64::MAX);
    let wanted = Wanted { act: Some(act), limit: most, ..entries_of(actor, clock, patient) };
    let mut recorded: Vec<ChartEvent> = store::events(tx, wanted, &actor.facts.time_zone)
        .await?
        .into_iter()
        .map(|(event, _)| event)
        .collect();
    recorded.reverse();
    if let Some(first) = recorded.first() {
        announce(tx, patient, first.id).await?;
    }
    Ok(recorded)
}
