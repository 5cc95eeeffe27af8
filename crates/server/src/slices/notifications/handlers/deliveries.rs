//! What was sent and what was not, and messages the staff send by hand.

use dentpro_core::ids::{AppointmentId, ReminderDeliveryId};
use dentpro_core::permissions::{Scope, need};
use dentpro_core::phone::Phone;
use dentpro_core::reminders::{Channel, Purpose};
use dentpro_core::time::rfc3339_in;
use jiff::Timestamp;
use uuid::Uuid;

use crate::kernel::actor::{Actor, Can};
use crate::kernel::db::Db;
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::extract::{Path, Query};
use crate::kernel::live::{Announcement, Change};
use crate::kernel::paging::{self, Page, Paging};
use crate::kernel::reply::Reply;
use crate::kernel::state::AppState;
use crate::slices::notifications::api::{
    AppointmentMessage, DeliveryPatient, MessageQuery, ReminderDelivery,
};
use crate::slices::notifications::store::deliveries::{self as store, DeliveryRow};
use crate::slices::notifications::store::{facts, links, settings};
use crate::slices::notifications::wording::{self, Language};

fn only_doctor(actor: &Actor, scope: Scope) -> Option<Uuid> {
    match scope {
        Scope::All => None,
        Scope::Own => Some(actor.staff.uuid()),
    }
}

fn shown(row: DeliveryRow, actor: &Actor) -> ApiResult<ReminderDelivery> {
    let wire = |at: jiff_sqlx::Timestamp| rfc3339_in(at.to_jiff(), &actor.facts.time_zone);
    let waits = row.state == "waiting";
    Ok(ReminderDelivery {
        id: row.id.into(),
        appointment_id: row.appointment_id.into(),
        patient: DeliveryPatient {
            id: row.patient_id.into(),
            name_ar: row.patient_ar,
            name_en: row.patient_en,
        },
        starts_at: wire(row.starts_at),
        purpose: row.purpose.parse().map_err(|e| ApiError::internal(Box::new(e)))?,
        lead_minutes: row.lead_minutes,
        state: row.state,
        channel: row.channel.and_then(|word| word.parse().ok()),
        language: row.language,
        recipient: row.recipient,
        attempts: row.attempts,
        reason: row.reason,
        last_error: row.last_error,
        next_attempt_at: waits.then(|| wire(row.next_attempt_at)),
        created_at: wire(row.created_at),
        sent_at: row.sent_at.map(wire),
    })
}

/// What did not arrive or may not have, the latest first.
#[utoipa::path(get, path = "/reminder-deliveries", tag = "notifications", params(Paging),
    responses((status = 200, body = Page<ReminderDelivery>)),
    extensions(("x-permission" = json!("scheduling.read"))))]
pub async fn list_reminder_deliveries(
    actor: Can<need::SchedulingRead>,
    db: Db,
    Query(page): Query<Paging>,
) -> ApiResult<Reply<Page<ReminderDelivery>>> {
    let limit = paging::limit(page.limit)?;
    let after: Option<(Timestamp, Uuid)> = paging::read_cursor(page.cursor.as_deref())?;
    let mut tx = db.begin(&actor).await?;
    let rows = store::failed(&mut tx, only_doctor(&actor, actor.scope), after, limit).await?;
    let page = Page::of(rows, limit, |row| (row.created_at.to_jiff(), row.id));
    let next_cursor = page.next_cursor;
    let items = page.items.into_iter().map(|row| shown(row, &actor)).collect::<ApiResult<_>>()?;
    Ok(Reply::ok(Page { items, next_cursor }))
}

/// The messages about an appointment, the latest first.
#[utoipa::path(get, path = "/appointments/{id}/reminders", tag = "notifications",
    params(("id" = AppointmentId, Path)), responses((status = 200, body = Page<ReminderDelivery>)),
    extensions(("x-permission" = json!("scheduling.read"))))]
pub async fn list_appointment_reminders(
    actor: Can<need::SchedulingRead>,
    db: Db,
    Path(id): Path<AppointmentId>,
) -> ApiResult<Reply<Page<ReminderDelivery>>> {
    let mut tx = db.begin(&actor).await?;
    let rows = store::of_appointment(&mut tx, id.uuid(), only_doctor(&actor, actor.scope))
        .await?
        .ok_or_else(ApiError::not_found)?;
    let items = rows.into_iter().map(|row| shown(row, &actor)).collect::<ApiResult<_>>()?;
    Ok(Reply::ok(Page::whole(items)))
}

/// Try a message again that did not arrive, at once.
#[utoipa::path(post, path = "/reminder-deliveries/{id}/retry", tag = "notifications",
    params(("id" = ReminderDeliveryId, Path)), responses((status = 204)),
    extensions(("x-permission" = json!("scheduling.write"))))]
pub async fn retry_reminder_delivery(
    actor: Can<need::SchedulingWrite>,
    state: AppState,
    Path(id): Path<ReminderDeliveryId>,
) -> ApiResult<axum::http::StatusCode> {
    let mut tx = state.db.begin(&actor).await?;
    let own = only_doctor(&actor, actor.scope);
    match store::retry(&mut tx, id.uuid(), own, state.clock.now()).await? {
        None => Err(ApiError::not_found()),
        Some(false) => Err(ApiError::conflict("notifications.not_failed")),
        Some(true) => {
            tx.audit("retry", "reminder_delivery", Some(id.uuid()), None, None, None).await?;
            tx.announce(Change::Appointment, Announcement::default()).await?;
            tx.commit().await?;
            Ok(axum::http::StatusCode::NO_CONTENT)
        }
    }
}

/// The text of a message about an appointment, and the address that opens WhatsApp with it.
#[utoipa::path(get, path = "/appointments/{id}/message", tag = "notifications",
    params(("id" = AppointmentId, Path), MessageQuery), responses((status = 200, body = AppointmentMessage)),
    extensions(("x-permission" = json!("scheduling.read"))))]
pub async fn write_appointment_message(
    actor: Can<need::SchedulingRead>,
    state: AppState,
    Path(id): Path<AppointmentId>,
    Query(query): Query<MessageQuery>,
) -> ApiResult<Reply<AppointmentMessage>> {
    let purpose = query.purpose.unwrap_or(Purpose::Reminder);
    let now = state.clock.now();
    let mut tx = state.db.begin(&actor).await?;
    let facts = facts::facts(&mut tx, id.uuid(), only_doctor(&actor, actor.scope))
        .await?
        .ok_or_else(ApiError::not_found)?;
    let language = match query.language.as_deref() {
        None => facts.language,
        Some("ar") => Language::Arabic,
        Some("en") => Language::English,
        Some(_) => return Err(ApiError::invalid("language", "notifications.language_unknown")),
    };
    let (words, _) = settings::template(&mut tx, purpose, Channel::Whatsapp).await?;
    let mut link = None;
    if wording::names_link(&words, language) && facts.starts_at > now {
        let token = links::mint(&mut tx, &facts, state.clock.new_id(), now).await?;
        link = Some(format!("{}/c/{token}", state.settings.public_url));
    }
    tx.commit().await?;
    let values = wording::values(&facts, language, link.as_deref());
    let (_, text) = wording::write(&words, language, &values).map_err(|e| ApiError::internal(Box::new(e)))?;
    let phone = facts.address(Channel::Whatsapp).or_else(|| facts.address(Channel::Sms)).map(str::to_owned);
    let whatsapp_url = phone.as_deref().and_then(|number| Phone::from_e164(number).ok()).map(|phone| {
        let text: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
        format!("https://wa.me/{}?text={}", phone.international_digits(), text.replace('+', "%20"))
    });
    Ok(Reply::ok(AppointmentMessage { text, language: language.code().to_owned(), phone, whatsapp_url }))
}
