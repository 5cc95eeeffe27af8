//! A patient answers the link of a message, without signing in: he comes, he does not, or he wants to be called.

use axum::http::StatusCode;
use dentpro_core::reminders::{LinkAnswer, short_name, still_wanted};
use dentpro_core::time::rfc3339_in;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::kernel::actor::{RequestId, token_hash};
use crate::kernel::client_address::ClientAddress;
use crate::kernel::db::Tx;
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::extract::{Body, Path};
use crate::kernel::reply::Reply;
use crate::kernel::state::AppState;
use crate::kernel::token::enter_by_link;
use crate::slices::notifications::{self, Facts, Link};
use crate::slices::scheduling;

/// Nobody was sent such a link, or its appointment is gone.
const UNKNOWN: &str = "notifications.link_unknown";

/// An appointment as whoever holds the link may see it: no full name, no file, no reason.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ConfirmationSeen {
    pub clinic_name_ar: String,
    pub clinic_name_en: String,
    /// First name and a letter.
    pub patient_ar: String,
    pub patient_en: String,
    pub starts_at: String,
    pub local_date: String,
    /// On the clinic's clock, `HH:MM`.
    pub local_time: String,
    pub doctor_name_ar: String,
    pub doctor_name_en: String,
    pub branch_name_ar: String,
    pub branch_name_en: String,
    pub phone: Option<String>,
    /// The language the patient is written to.
    pub language: String,
    /// What was answered already.
    pub answer: Option<LinkAnswer>,
}

/// What the patient answers.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmationAnswer {
    pub answer: LinkAnswer,
}

/// The operations of this flow.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(show_confirmation, answer_confirmation))
}

/// The link of a token, with its appointment.
async fn open(
    state: &AppState,
    address: std::net::IpAddr,
    token: &str,
    request: Uuid,
) -> ApiResult<(Tx, Link, Facts)> {
    let clinic_of = notifications::clinic_of_link;
    let (mut tx, hash) = enter_by_link(state, address, token, request, clinic_of, UNKNOWN).await?;
    let unknown = || ApiError::with_status(StatusCode::NOT_FOUND, UNKNOWN);
    let link = notifications::link(&mut tx, &hash).await?.ok_or_else(unknown)?;
    let facts = notifications::facts(&mut tx, link.appointment_id, None).await?.ok_or_else(unknown)?;
    Ok((tx, link, facts))
}

/// Why a link can no longer be answered.
fn still_good(link: &Link, facts: &Facts, now: Timestamp) -> ApiResult<()> {
    let occasion = dentpro_core::reminders::Occasion {
        starts_at: facts.starts_at,
        armed_at: facts.starts_at,
        status: facts.status,
        // Who declined over the phone may still change his mind over the link.
        confirmation: dentpro_core::scheduling::Confirmation::Unconfirmed,
    };
    if facts.moves != link.moves {
        return Err(ApiError::conflict("notifications.link_stale"));
    }
    if now >= link.expires_at {
        return Err(ApiError::conflict("notifications.link_expired"));
    }
    if !still_wanted(&occasion, now) {
        return Err(ApiError::conflict("notifications.appointment_ended"));
    }
    Ok(())
}

fn seen(facts: Facts, answer: Option<LinkAnswer>) -> ConfirmationSeen {
    let local = facts.zone.to_datetime(facts.starts_at);
    ConfirmationSeen {
        patient_ar: short_name(&facts.patient_ar),
        patient_en: short_name(&facts.patient_en),
        starts_at: rfc3339_in(facts.starts_at, &facts.zone),
        local_date: local.date().to_string(),
        local_time: local.strftime("%H:%M").to_string(),
        clinic_name_ar: facts.clinic_ar,
        clinic_name_en: facts.clinic_en,
        doctor_name_ar: facts.doctor_ar,
        doctor_name_en: facts.doctor_en,
        branch_name_ar: facts.branch_ar,
        branch_name_en: facts.branch_en,
        phone: Some(facts.phone).filter(|phone| !phone.is_empty()),
        language: facts.language.code().to_owned(),
        answer,
    }
}

/// The appointment behind the link of a message.
#[utoipa::path(get, path = "/confirmations/{token}", tag = "notifications", params(("token" = String, Path)),
    responses((status = 200, body = ConfirmationSeen)), extensions(("x-permission" = json!("public"))))]
pub async fn show_confirmation(
    state: AppState,
    ClientAddress(address): ClientAddress,
    RequestId(request): RequestId,
    Path(token): Path<String>,
) -> ApiResult<Reply<ConfirmationSeen>> {
    let (_tx, link, facts) = open(&state, address, &token, request).await?;
    still_good(&link, &facts, state.clock.now())?;
    Ok(Reply::ok(seen(facts, link.answer)))
}

/// Answer the link of a message, once.
#[utoipa::path(post, path = "/confirmations/{token}", tag = "notifications", params(("token" = String, Path)),
    request_body = ConfirmationAnswer, responses((status = 200, body = ConfirmationSeen)),
    extensions(("x-permission" = json!("public"))))]
pub async fn answer_confirmation(
    state: AppState,
    ClientAddress(address): ClientAddress,
    RequestId(request): RequestId,
    Path(token): Path<String>,
    Body { value: given, .. }: Body<ConfirmationAnswer>,
) -> ApiResult<Reply<ConfirmationSeen>> {
    let (mut tx, link, _) = open(&state, address, &token, request).await?;
    let now = state.clock.now();
    let unknown = || ApiError::with_status(StatusCode::NOT_FOUND, UNKNOWN);
    // Whoever answers twice at once waits here for himself.
    let appointment = scheduling::approach(&mut tx, link.appointment_id).await?.ok_or_else(unknown)?;
    let facts = notifications::facts(&mut tx, link.appointment_id, None).await?.ok_or_else(unknown)?;
    let link = notifications::link(&mut tx, &token_hash(&token)).await?.ok_or_else(unknown)?;
    still_good(&link, &facts, now)?;
    if let Some(answer) = link.answer {
        return Err(ApiError::conflict("notifications.link_used").with("answer", answer.as_str().into()));
    }
    if !notifications::answer_link(&mut tx, link.id, given.answer, now).await? {
        return Err(ApiError::conflict("notifications.link_used"));
    }
    appointment.answered(&mut tx, given.answer, &state.clock).await?;
    tx.commit().await?;
    Ok(Reply::ok(seen(facts, Some(given.answer))))
}
