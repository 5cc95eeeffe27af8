//! Everything that happened to a patient, as far as the reader may know.

use dentpro_core::ids::PatientId;
use dentpro_core::permissions::{Permission, need};
use dentpro_core::text::Digits;
use jiff::Timestamp;

use super::super::api::TimelineEntry;
use super::super::store::registration;
use super::super::store::timeline::{self as store, Event, Seen};
use super::super::summary::{Told, sentence};
use super::{instant, money};
use crate::kernel::actor::{Actor, Can};
use crate::kernel::db::Db;
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::extract::{Path, Query};
use crate::kernel::paging::{self, Page, Paging};
use crate::kernel::reply::Reply;

/// What happened to a patient, the newest first.
#[utoipa::path(get, path = "/patients/{id}/timeline", tag = "patients", params(("id" = PatientId, Path), Paging),
    responses((status = 200, body = Page<TimelineEntry>)), extensions(("x-permission" = json!("patients.read"))))]
pub async fn list_timeline(
    actor: Can<need::PatientsRead>,
    db: Db,
    Path(id): Path<PatientId>,
    Query(query): Query<Paging>,
) -> ApiResult<Reply<Page<TimelineEntry>>> {
    let limit = paging::limit(query.limit)?;
    let before = paging::read_cursor::<(Timestamp, String)>(query.cursor.as_deref())?;
    let mut tx = db.begin(&actor).await?;
    registration::patient(&mut tx, id).await?.ok_or_else(ApiError::not_found)?;
    let seen = Seen {
        history: actor.may(Permission::PatientsReadHistory),
        scheduling: actor.scope(Permission::SchedulingRead),
        records: actor.scope(Permission::RecordsRead),
        charting: actor.may(Permission::ChartingRead),
        billing: actor.may(Permission::BillingRead),
    };
    let events = store::events(&mut tx, id, seen, before, limit + 1).await?;
    let page = Page::of(events, limit, |event| (event.at, event.key.clone()));
    let items = page.items.into_iter().map(|event| entry(&actor, event)).collect::<ApiResult<_>>()?;
    tx.audit("read", "patient_timeline", Some(id.uuid()), Some(id.uuid()), None, None).await?;
    tx.commit().await?;
    Ok(Reply::ok(Page { items, next_cursor: page.next_cursor }))
}

fn entry(actor: &Actor, event: Event) -> ApiResult<TimelineEntry> {
    let amount = match event.amount {
        Some(minor) => format!("{} {}", money(actor, minor)?.format(Digits::Latin), actor.facts.currency),
        None => String::new(),
    };
    let told = Told { subject: &event.subject, outcome: &event.outcome, amount: &amount };
    let summary = sentence(&event.kind, told);
    Ok(TimelineEntry {
        at: instant(actor, event.at),
        kind: event.kind,
        entity: event.entity,
        entity_id: event.entity_id,
        actor_name_ar: event.actor_name_ar,
        actor_name_en: event.actor_name_en,
        summary_ar: summary.ar,
        summary_en: summary.en,
    })
}
