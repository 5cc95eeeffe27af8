//! Calls and messages to the patients of the lists.

use dentpro_core::permissions::{Permission, need};
use dentpro_core::time::{rfc3339_in, sane_date};
use jiff::Timestamp;
use uuid::Uuid;

use super::{NOTE, word};
use crate::kernel::actor::{Actor, Can};
use crate::kernel::clock::Clock;
use crate::kernel::db::Db;
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::extract::{Body, Query};
use crate::kernel::live::{Announcement, Change};
use crate::kernel::paging::{self, Page};
use crate::kernel::reply::Reply;
use crate::kernel::text;
use crate::slices::worklists::api::{ContactAttempt, ContactFilter, NewContactAttempt};
use crate::slices::worklists::store::{self, ContactRow};

/// Note a call or a message and what came of it.
#[utoipa::path(post, path = "/worklists/contacts", tag = "worklists", request_body = NewContactAttempt,
    responses((status = 201, body = ContactAttempt)), extensions(("x-permission" = json!("scheduling.write"))))]
pub async fn create_contact_attempt(
    actor: Can<need::SchedulingWrite>,
    db: Db,
    clock: Clock,
    Body { value: new, .. }: Body<NewContactAttempt>,
) -> ApiResult<Reply<ContactAttempt>> {
    let note = text::paragraphs(&new.note, "/note", NOTE)?;
    if new.again_on.is_some_and(|day| sane_date(day).is_err() || day < clock.today(&actor.facts.time_zone)) {
        return Err(ApiError::invalid("/again_on", "request.date_out_of_range"));
    }
    let id: Uuid = clock.new_id();
    let mut tx = db.begin(&actor).await?;
    if !store::insert_contact(&mut tx, id, &new, &note, clock.now()).await? {
        return Err(ApiError::invalid("/patient_id", "request.unknown_reference"));
    }
    let patient = new.patient_id.uuid();
    let what = Announcement { patient: Some(patient), ..Announcement::default() };
    tx.announce(Change::Worklist, what).await?;
    let made = store::contacts(&mut tx, patient, None, 1).await?.into_iter().find(|row| row.id == id);
    tx.commit().await?;
    let made = contact(&actor, made.ok_or_else(ApiError::not_found)?)?;
    Ok(Reply::created(made, format!("/worklists/contacts?patient_id={patient}")))
}

/// The calls and messages to a patient, the newest first.
#[utoipa::path(get, path = "/worklists/contacts", tag = "worklists", params(ContactFilter),
    responses((status = 200, body = Page<ContactAttempt>)),
    extensions(("x-permission" = json!("scheduling.read"))))]
pub async fn list_contact_attempts(
    actor: Can<need::SchedulingRead>,
    db: Db,
    Query(filter): Query<ContactFilter>,
) -> ApiResult<Reply<Page<ContactAttempt>>> {
    actor.require(Permission::PatientsRead)?;
    let limit = paging::limit(filter.limit)?;
    let before = paging::read_cursor::<(Timestamp, Uuid)>(filter.cursor.as_deref())?;
    let mut tx = db.begin(&actor).await?;
    let rows = store::contacts(&mut tx, filter.patient_id.uuid(), before, limit).await?;
    let page = Page::of(rows, limit, |row| (row.at.to_jiff(), row.id));
    let items = page.items.into_iter().map(|row| contact(&actor, row)).collect::<ApiResult<_>>()?;
    Ok(Reply::ok(Page { items, next_cursor: page.next_cursor }))
}

fn contact(actor: &Actor, row: ContactRow) -> ApiResult<ContactAttempt> {
    Ok(ContactAttempt {
        id: row.id.into(),
        patient_id: row.patient_id.into(),
        list: word(&row.list)?,
        appointment_id: row.appointment_id.map(Into::into),
        channel: word(&row.channel)?,
        outcome: word(&row.outcome)?,
        note: row.note,
        again_on: row.again_on.map(|day| day.to_jiff()),
        at: rfc3339_in(row.at.to_jiff(), &actor.facts.time_zone),
        by_name_ar: row.by_name_ar,
        by_name_en: row.by_name_en,
    })
}
