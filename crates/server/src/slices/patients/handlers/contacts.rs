//! Emergency contacts.

use dentpro_core::ids::{ContactId, PatientId};
use dentpro_core::permissions::need;

use super::super::api::{Contact, NewContact};
use super::super::checked::read_phone;
use super::super::store::contacts as store;
use super::super::store::registration;
use super::{announce, instant, locked};
use crate::kernel::actor::Can;
use crate::kernel::clock::Clock;
use crate::kernel::db::Db;
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::extract::{Body, Path};
use crate::kernel::idempotency::Once;
use crate::kernel::paging::Page;
use crate::kernel::reply::Reply;
use crate::kernel::text;
use axum::http::StatusCode;

/// Whom to call in an emergency.
#[utoipa::path(get, path = "/patients/{id}/contacts", tag = "patients", params(("id" = PatientId, Path)),
    responses((status = 200, body = Page<Contact>)), extensions(("x-permission" = json!("patients.read"))))]
pub async fn list_contacts(
    actor: Can<need::PatientsRead>,
    db: Db,
    Path(id): Path<PatientId>,
) -> ApiResult<Reply<Page<Contact>>> {
    let mut tx = db.begin(&actor).await?;
    registration::patient(&mut tx, id).await?.ok_or_else(ApiError::not_found)?;
    let contacts = store::contacts(&mut tx, id).await?;
    let shown = contacts.into_iter().map(|contact| Contact {
        id: contact.id,
        patient_id: id,
        name: contact.name,
        relationship: contact.relationship,
        phone: contact.phone,
        recorded_at: instant(&actor, contact.recorded_at.to_jiff()),
    });
    Ok(Reply::ok(Page::whole(shown.collect())))
}

/// Add somebody to call.
#[utoipa::path(post, path = "/patients/{id}/contacts", tag = "patients", request_body = NewContact,
    params(("id" = PatientId, Path)), responses((status = 201, body = Contact)),
    extensions(("x-permission" = json!("patients.write"))))]
pub async fn create_contact(
    actor: Can<need::PatientsWrite>,
    db: Db,
    clock: Clock,
    Path(id): Path<PatientId>,
    once: Option<Once>,
    Body { value: new, hash }: Body<NewContact>,
) -> ApiResult<Reply<Contact>> {
    Once::run(once.as_ref(), &db, &actor, &hash, async |tx| {
        locked(tx, id).await?;
        let contact = Contact {
            id: new.id.unwrap_or_else(|| clock.new_id()),
            patient_id: id,
            name: text::required_line(&new.name, "/name", 200)?,
            relationship: text::line(&new.relationship, "/relationship", 80)?,
            phone: read_phone(&new.phone, "/phone", &actor.facts.country)?,
            recorded_at: instant(&actor, clock.now()),
        };
        let row = (contact.name.as_str(), contact.relationship.as_str(), contact.phone.as_str());
        store::insert_contact(tx, id, contact.id, row, clock.now()).await?;
        let place = format!("/patients/{id}/contacts/{}", contact.id);
        let reply = Reply::created(contact, place);
        announce(tx, id).await?;
        Ok(reply)
    })
    .await
}

/// End a contact. It leaves the list and stays in the timeline.
#[utoipa::path(delete, path = "/patients/{id}/contacts/{contact_id}", tag = "patients",
    params(("id" = PatientId, Path), ("contact_id" = ContactId, Path)), responses((status = 204)),
    extensions(("x-permission" = json!("patients.write"))))]
pub async fn end_contact(
    actor: Can<need::PatientsWrite>,
    db: Db,
    clock: Clock,
    Path((id, contact)): Path<(PatientId, ContactId)>,
) -> ApiResult<StatusCode> {
    let mut tx = db.begin(&actor).await?;
    if !store::end_contact(&mut tx, id, contact, clock.now()).await? {
        return Err(ApiError::not_found());
    }
    announce(&mut tx, id).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
