//! A freed slot is offered to those who would come earlier, in order, and who was offered is remembered.

use dentpro_core::ids::{AppointmentId, ChairId, SlotOfferId, WaitlistEntryId};
use dentpro_core::permissions::{Permission, need};
use dentpro_core::scheduling::validate_range;
use dentpro_core::time::rfc3339_in;
use dentpro_core::worklists::OfferAnswer;
use uuid::Uuid;

use super::{instant, word};
use crate::kernel::actor::{Actor, Can};
use crate::kernel::clock::Clock;
use crate::kernel::db::{Db, Tx};
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::extract::{Body, Path, Query};
use crate::kernel::live::{Announcement, Change};
use crate::kernel::paging::Page;
use crate::kernel::reply::Reply;
use crate::slices::worklists::api::{
    FreedSlot, NewOfferAnswer, NewSlotOffer, OfferCandidate, SlotOffer, WorklistPatient,
};
use crate::slices::worklists::store::{self, CandidateRow, NewOffer, OfferRow, Slot};

fn slot(actor: &Actor, doctor: Uuid, starts_at: &str, ends_at: &str, at: [&str; 2]) -> ApiResult<Slot> {
    let starts_at = instant(actor, starts_at, at[0])?;
    let ends_at = instant(actor, ends_at, at[1])?;
    validate_range(starts_at, ends_at).map_err(|e| ApiError::invalid(at[1], e.code()))?;
    Ok(Slot { doctor, starts_at, ends_at, local: actor.facts.time_zone.to_datetime(starts_at) })
}

/// Who would take a freed slot, those first who have waited longest.
#[utoipa::path(get, path = "/slot-offers/candidates", tag = "worklists", params(FreedSlot),
    responses((status = 200, body = Page<OfferCandidate>)),
    extensions(("x-permission" = json!("scheduling.read"))))]
pub async fn list_offer_candidates(
    actor: Can<need::SchedulingRead>,
    db: Db,
    Query(freed): Query<FreedSlot>,
) -> ApiResult<Reply<Page<OfferCandidate>>> {
    actor.require(Permission::PatientsRead)?;
    let at = ["starts_at", "ends_at"];
    let slot = slot(&actor, freed.doctor_id.uuid(), &freed.starts_at, &freed.ends_at, at)?;
    let mut tx = db.begin(&actor).await?;
    let rows = store::candidates(&mut tx, slot).await?;
    let items = rows.into_iter().map(|row| candidate(&actor, row)).collect::<ApiResult<_>>()?;
    Ok(Reply::ok(Page::whole(items)))
}

fn candidate(actor: &Actor, row: CandidateRow) -> ApiResult<OfferCandidate> {
    let wire = |at: jiff_sqlx::Timestamp| rfc3339_in(at.to_jiff(), &actor.facts.time_zone);
    Ok(OfferCandidate {
        patient: WorklistPatient {
            id: row.patient_id.into(),
            name_ar: row.name_ar,
            name_en: row.name_en,
            file_number: row.file_number,
            phone: row.phone,
            preferred_language: row.preferred_language,
        },
        appointment_id: row.appointment_id.map(Into::into),
        waitlist_entry_id: row.waitlist_entry_id.map(Into::into),
        appointment_version: row.appointment_version,
        starts_at: row.starts_at.map(wire),
        minutes: row.minutes,
        since: wire(row.since),
        note: row.note.filter(|text| !text.is_empty()),
        offered: row.offered.map(|answer| word(&answer)).transpose()?,
    })
}

/// Offer a freed slot to somebody who fits into it. Nobody is offered the same slot twice.
#[utoipa::path(post, path = "/slot-offers", tag = "worklists", request_body = NewSlotOffer,
    responses((status = 201, body = SlotOffer)), extensions(("x-permission" = json!("scheduling.write"))))]
pub async fn create_slot_offer(
    actor: Can<need::SchedulingWrite>,
    db: Db,
    clock: Clock,
    Body { value: new, .. }: Body<NewSlotOffer>,
) -> ApiResult<Reply<SlotOffer>> {
    let at = ["/starts_at", "/ends_at"];
    let slot = slot(&actor, new.doctor_id.uuid(), &new.starts_at, &new.ends_at, at)?;
    let mut tx = db.begin(&actor).await?;
    let wanted =
        (new.appointment_id.map(AppointmentId::uuid), new.waitlist_entry_id.map(WaitlistEntryId::uuid));
    let candidates = store::candidates(&mut tx, slot).await?;
    let fits = |row: &&CandidateRow| (row.appointment_id, row.waitlist_entry_id) == wanted;
    let Some(candidate) = candidates.iter().find(fits) else {
        return Err(ApiError::conflict("scheduling.offer_does_not_fit"));
    };
    let offer = NewOffer {
        id: clock.new_id(),
        slot,
        chair: new.chair_id.map(ChairId::uuid),
        patient: candidate.patient_id,
        appointment: wanted.0,
        waitlist_entry: wanted.1,
    };
    if !store::insert_offer(&mut tx, &offer, clock.now()).await? {
        return Err(ApiError::conflict("scheduling.offered_already"));
    }
    let made = announced(&mut tx, &actor, offer.id).await?;
    tx.commit().await?;
    let place = format!("/slot-offers/{}", made.id);
    Ok(Reply::created(made, place).version(1))
}

/// To whom a freed slot was offered, and what they said.
#[utoipa::path(get, path = "/slot-offers", tag = "worklists", params(FreedSlot),
    responses((status = 200, body = Page<SlotOffer>)), extensions(("x-permission" = json!("scheduling.read"))))]
pub async fn list_slot_offers(
    actor: Can<need::SchedulingRead>,
    db: Db,
    Query(freed): Query<FreedSlot>,
) -> ApiResult<Reply<Page<SlotOffer>>> {
    actor.require(Permission::PatientsRead)?;
    let at = ["starts_at", "ends_at"];
    let slot = slot(&actor, freed.doctor_id.uuid(), &freed.starts_at, &freed.ends_at, at)?;
    let mut tx = db.begin(&actor).await?;
    let rows = store::offers(&mut tx, None, Some((slot.doctor, slot.starts_at))).await?;
    let items = rows.into_iter().map(|row| offered(&actor, row)).collect::<ApiResult<_>>()?;
    Ok(Reply::ok(Page::whole(items)))
}

/// Note what the patient said to an offer; once.
#[utoipa::path(post, path = "/slot-offers/{id}/answer", tag = "worklists", request_body = NewOfferAnswer,
    params(("id" = SlotOfferId, Path)), responses((status = 200, body = SlotOffer)),
    extensions(("x-permission" = json!("scheduling.write"))))]
pub async fn answer_slot_offer(
    actor: Can<need::SchedulingWrite>,
    db: Db,
    clock: Clock,
    Path(id): Path<SlotOfferId>,
    Body { value: said, .. }: Body<NewOfferAnswer>,
) -> ApiResult<Reply<SlotOffer>> {
    if said.answer == OfferAnswer::Pending {
        return Err(ApiError::invalid("/answer", "request.out_of_range"));
    }
    let mut tx = db.begin(&actor).await?;
    if store::offers(&mut tx, Some(id.uuid()), None).await?.is_empty() {
        return Err(ApiError::not_found());
    }
    if !store::answer_offer(&mut tx, id.uuid(), said.answer.as_str(), clock.now()).await? {
        return Err(ApiError::conflict("scheduling.offer_answered"));
    }
    let answered = announced(&mut tx, &actor, id.uuid()).await?;
    tx.commit().await?;
    let version = answered.version;
    Ok(Reply::ok(answered).version(version))
}

async fn announced(tx: &mut Tx, actor: &Actor, id: Uuid) -> ApiResult<SlotOffer> {
    let row = store::offers(tx, Some(id), None).await?.pop().ok_or_else(ApiError::not_found)?;
    let what = Announcement { patient: Some(row.patient_id), ..Announcement::default() };
    tx.announce(Change::Worklist, what).await?;
    offered(actor, row)
}

fn offered(actor: &Actor, row: OfferRow) -> ApiResult<SlotOffer> {
    let wire = |at: jiff_sqlx::Timestamp| rfc3339_in(at.to_jiff(), &actor.facts.time_zone);
    Ok(SlotOffer {
        id: row.id.into(),
        patient_id: row.patient_id.into(),
        patient_name_ar: row.patient_name_ar,
        patient_name_en: row.patient_name_en,
        doctor_id: row.doctor_id.into(),
        starts_at: wire(row.starts_at),
        ends_at: wire(row.ends_at),
        answer: word(&row.answer)?,
        offered_at: wire(row.offered_at),
        offered_by_name_ar: row.offered_by_name_ar,
        offered_by_name_en: row.offered_by_name_en,
        version: row.version,
    })
}
