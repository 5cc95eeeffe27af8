//! The report of what was booked over something else.

use std::collections::HashMap;

use dentpro_core::permissions::need;
use dentpro_core::time::rfc3339_in;
use uuid::Uuid;

use crate::kernel::actor::Can;
use crate::kernel::db::Db;
use crate::kernel::error::ApiResult;
use crate::kernel::extract::Query;
use crate::kernel::paging::{self, Page};
use crate::kernel::reply::Reply;
use crate::slices::scheduling::api::Appointment;
use crate::slices::scheduling::api::overbooked::{Decider, Overbooked, OverbookedFilter};
use crate::slices::scheduling::moment::Span;
use crate::slices::scheduling::{store, view};

/// What was booked over another appointment or a block: who decided it, when and why.
#[utoipa::path(get, path = "/reports/overbooked", tag = "scheduling", params(OverbookedFilter),
    responses((status = 200, body = Page<Overbooked>)), extensions(("x-permission" = json!("scheduling.read"))))]
pub async fn list_overbooked(
    actor: Can<need::SchedulingRead>,
    db: Db,
    Query(filter): Query<OverbookedFilter>,
) -> ApiResult<Reply<Page<Overbooked>>> {
    let zone = &actor.facts.time_zone;
    // Few rows, whatever the span: their index holds no others.
    let span = Span::asked(filter.from.as_deref(), filter.to.as_deref(), true, zone)?;
    let (after, limit) = (super::read::cursor(filter.cursor.as_deref())?, paging::limit(filter.limit)?);
    let mut tx = db.begin(&actor).await?;
    let rows = store::overbooked(&mut tx, span, view::only_doctor(&actor), after, limit).await?;
    let page = Page::of(rows, limit, |row| (row.starts_at.to_jiff(), row.id));
    let ids: Vec<Uuid> = page.items.iter().map(|row| row.id).collect();
    let mut appointments: HashMap<Uuid, Appointment> = view::read_all(&mut tx, &actor, &ids)
        .await?
        .into_iter()
        .map(|appointment| (appointment.id.uuid(), appointment))
        .collect();
    let items = page
        .items
        .into_iter()
        .filter_map(|row| {
            let appointment = appointments.remove(&row.id)?;
            Some(Overbooked {
                reason: appointment.overbook_reason.clone().unwrap_or_default(),
                appointment,
                decided_at: rfc3339_in(row.decided_at.to_jiff(), zone),
                decided_by: Decider { id: row.staff_id.into(), name_ar: row.name_ar, name_en: row.name_en },
            })
        })
        .collect();
    Ok(Reply::ok(Page { items, next_cursor: page.next_cursor }))
}
