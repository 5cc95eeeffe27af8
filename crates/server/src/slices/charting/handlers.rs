//! The operations of the dental chart.

use dentpro_core::charting::{Layer, VOCABULARY, replay};
use dentpro_core::ids::{ChartEventId, PatientId, VisitId};
use dentpro_core::permissions::{Permission, need};
use dentpro_core::time::local_day_bounds;

use super::api::{ChartDay, ChartEvent, ChartTerm, Correction, NewChartEvent, NewCorrection, PatientChart};
use super::recording::{OpenChart, Reference, announce};
use super::store::{self, Place, Wanted};
use crate::kernel::actor::{Actor, Can};
use crate::kernel::clock::Clock;
use crate::kernel::db::{Db, Tx};
use crate::kernel::dental;
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::extract::{Body, Path, Query};
use crate::kernel::idempotency::Once;
use crate::kernel::paging::{self, Page, Paging};
use crate::kernel::reply::Reply;
use crate::kernel::text;

/// Letters a reason has at most.
const REASON: usize = 500;

/// The dental chart of a patient, today or on any day.
#[utoipa::path(get, path = "/patients/{id}/chart", tag = "charting", params(("id" = PatientId, Path), ChartDay),
    responses((status = 200, body = PatientChart)), extensions(("x-permission" = json!("charting.read"))))]
pub async fn read_patient_chart(
    actor: Can<need::ChartingRead>,
    db: Db,
    clock: Clock,
    Path(id): Path<PatientId>,
    Query(day): Query<ChartDay>,
) -> ApiResult<Reply<PatientChart>> {
    let as_of = day.as_of.as_deref().map(|text| dental::day(text, "as_of")).transpose()?;
    let mut tx = db.begin(&actor).await?;
    let patient = store::patient(&mut tx, id).await?.ok_or_else(ApiError::not_found)?;
    let events = store::events_for_replay(&mut tx, id).await?;
    tx.audit("read", "chart", Some(id.uuid()), Some(id.uuid()), None, None).await?;
    tx.commit().await?;
    let chart = replay(&events, as_of, patient.birth_date, clock.today(&actor.facts.time_zone));
    Ok(Reply::ok(PatientChart { patient_id: id, as_of: day.as_of, chart }))
}

/// Everything recorded in a patient's chart, newest first, with what was taken back and why.
#[utoipa::path(get, path = "/patients/{id}/chart/events", tag = "charting",
    params(("id" = PatientId, Path), Paging), responses((status = 200, body = Page<ChartEvent>)),
    extensions(("x-permission" = json!("charting.read"))))]
pub async fn list_chart_events(
    actor: Can<need::ChartingRead>,
    db: Db,
    clock: Clock,
    Path(id): Path<PatientId>,
    Query(paging): Query<Paging>,
) -> ApiResult<Reply<Page<ChartEvent>>> {
    let limit = paging::limit(paging.limit)?;
    let after: Option<Place> = paging::read_cursor(paging.cursor.as_deref())?;
    let mut tx = db.begin(&actor).await?;
    store::patient(&mut tx, id).await?.ok_or_else(ApiError::not_found)?;
    let wanted = Wanted { after, limit: limit + 1, ..entries_of(&actor, &clock, id) };
    let events = store::events(&mut tx, wanted, &actor.facts.time_zone).await?;
    tx.audit("read", "chart", Some(id.uuid()), Some(id.uuid()), None, None).await?;
    tx.commit().await?;
    Ok(Reply::ok(Page::of(events, limit, |(_, place)| *place).map(|(event, _)| event)))
}

/// Record a finding, a plan or work done. Needs the permission of the layer.
#[utoipa::path(post, path = "/patients/{id}/chart/events", tag = "charting", request_body = NewChartEvent,
    params(("id" = PatientId, Path)), responses((status = 201, body = ChartEvent)),
    extensions(("x-permission" = json!("charting.read"))))]
pub async fn create_chart_event(
    actor: Can<need::ChartingRead>,
    db: Db,
    clock: Clock,
    Path(patient): Path<PatientId>,
    once: Option<Once>,
    Body { value: new, hash }: Body<NewChartEvent>,
) -> ApiResult<Reply<ChartEvent>> {
    require_layer(&db, &actor, new.layer).await?;
    Once::run(once.as_ref(), &db, &actor, &hash, async |tx| {
        let recorded = record(tx, &actor, &clock, patient, &new).await?;
        announce(tx, patient, recorded.id).await?;
        Ok(Reply::created(recorded, format!("/patients/{patient}/chart/events")))
    })
    .await
}

/// Take an entry back, with a reason, and say what stands instead. The entry stays in the history.
#[utoipa::path(post, path = "/patients/{id}/chart/events/{event_id}/correct", tag = "charting",
    request_body = NewCorrection, params(("id" = PatientId, Path), ("event_id" = ChartEventId, Path)),
    responses((status = 201, body = Correction)), extensions(("x-permission" = json!("charting.read"))))]
pub async fn correct_chart_event(
    actor: Can<need::ChartingRead>,
    db: Db,
    clock: Clock,
    Path((patient, event)): Path<(PatientId, ChartEventId)>,
    once: Option<Once>,
    Body { value: new, hash }: Body<NewCorrection>,
) -> ApiResult<Reply<Correction>> {
    let reason = text::required_line(&new.reason, "/reason", REASON)?;
    require_layer_of(&db, &actor, &clock, patient, event).await?;
    if let Some(replacement) = &new.replacement {
        require_layer(&db, &actor, replacement.layer).await?;
    }
    Once::run(once.as_ref(), &db, &actor, &hash, async |tx| {
        if store::stands_for_plan(tx, event).await? {
            return Err(ApiError::conflict("charting.in_plan"));
        }
        let corrected =
            correct(tx, &actor, &clock, patient, event, &reason, new.replacement.as_ref()).await?;
        announce(tx, patient, corrected.correction.id).await?;
        Ok(Reply::created(corrected, format!("/patients/{patient}/chart/events")))
    })
    .await
}

/// What may be written in a chart, with its names in both languages.
#[utoipa::path(get, path = "/chart/vocabulary", tag = "charting", responses((status = 200, body = Page<ChartTerm>)),
    extensions(("x-permission" = json!("charting.read"))))]
pub async fn list_chart_vocabulary(_actor: Can<need::ChartingRead>) -> ApiResult<Reply<Page<ChartTerm>>> {
    Ok(Reply::ok(Page::whole(VOCABULARY.iter().map(ChartTerm::from).collect())))
}

fn permission_for(layer: Layer) -> Permission {
    match layer {
        Layer::Finding => Permission::ChartingWriteFindings,
        Layer::Plan => Permission::ChartingWritePlan,
        Layer::Done => Permission::ChartingWriteDone,
    }
}

/// Which layers one may write depends on the body, so the refusal is logged here.
pub async fn require_layer(db: &Db, actor: &Actor, layer: Layer) -> ApiResult<()> {
    let permission = permission_for(layer);
    if !actor.may(permission) {
        db.record_refusal(actor, permission, "POST").await?;
        return Err(ApiError::forbidden(permission));
    }
    Ok(())
}

pub async fn require_layer_of(
    db: &Db,
    actor: &Actor,
    clock: &Clock,
    patient: PatientId,
    event: ChartEventId,
) -> ApiResult<()> {
    let mut tx = db.begin(actor).await?;
    let found = read(&mut tx, actor, clock, patient, event).await?;
    drop(tx);
    match found.layer.parse() {
        Ok(layer) => require_layer(db, actor, layer).await,
        Err(_) => Err(ApiError::conflict("charting.is_correction")),
    }
}

/// A patient's entries as this reader has them.
pub fn entries_of(actor: &Actor, clock: &Clock, patient: PatientId) -> Wanted {
    let zone = &actor.facts.time_zone;
    let (day_began, _) = local_day_bounds(clock.today(zone), zone);
    Wanted { patient, event: None, act: None, day_began, after: None, limit: 1 }
}

async fn read(
    tx: &mut Tx,
    actor: &Actor,
    clock: &Clock,
    patient: PatientId,
    event: ChartEventId,
) -> ApiResult<ChartEvent> {
    let wanted = Wanted { event: Some(event), ..entries_of(actor, clock, patient) };
    let found = store::events(tx, wanted, &actor.facts.time_zone).await?.pop();
    Ok(found.ok_or_else(ApiError::not_found)?.0)
}

/// A visit's chart is open as long as the visit is a draft.
pub async fn require_draft(tx: &mut Tx, visit: VisitId, patient: PatientId, below: &str) -> ApiResult<()> {
    match store::visit_status(tx, visit, patient).await?.as_deref() {
        Some("draft") => Ok(()),
        Some(_) => Err(ApiError::conflict("records.visit_signed")),
        None => Err(ApiError::invalid(format!("{below}/visit_id"), "request.unknown_reference")),
    }
}

async fn record(
    tx: &mut Tx,
    actor: &Actor,
    clock: &Clock,
    patient: PatientId,
    new: &NewChartEvent,
) -> ApiResult<ChartEvent> {
    let today = clock.today(&actor.facts.time_zone);
    let event = new.event(new.id.unwrap_or_else(|| clock.new_id()).uuid(), today, "")?;
    store::patient(tx, patient).await?.ok_or_else(ApiError::not_found)?;
    if let Some(visit) = new.visit_id {
        require_draft(tx, visit, patient, "").await?;
    }
    let mut chart = OpenChart::open(tx, patient, today, clock.now()).await?;
    let id = chart.record(tx, event, Reference { visit: new.visit_id, ..Reference::default() }).await?;
    read(tx, actor, clock, patient, id).await
}

async fn correct(
    tx: &mut Tx,
    actor: &Actor,
    clock: &Clock,
    patient: PatientId,
    event: ChartEventId,
    reason: &str,
    replacement: Option<&NewChartEvent>,
) -> ApiResult<Correction> {
    let today = clock.today(&actor.facts.time_zone);
    if let Some(visit) = replacement.and_then(|new| new.visit_id) {
        require_draft(tx, visit, patient, "/replacement").await?;
    }
    let mut chart = OpenChart::open(tx, patient, today, clock.now()).await?;
    let correction: ChartEventId = clock.new_id();
    chart.correct(tx, correction.uuid(), event, reason).await?;
    let replacement = match replacement {
        Some(new) => {
            let event = new.event(new.id.unwrap_or_else(|| clock.new_id()).uuid(), today, "/replacement")?;
            let from = Reference { visit: new.visit_id, act: None, below: "/replacement" };
            let id = chart.record(tx, event, from).await?;
            Some(read(tx, actor, clock, patient, id).await?)
        }
        None => None,
    };
    Ok(Correction { correction: read(tx, actor, clock, patient, correction).await?, replacement })
}
