//! The patient reads a plan and answers it over a link, with his birth date as the second proof.

use axum::http::StatusCode;
use dentpro_core::ids::PlanId;
use dentpro_core::permissions::need;
use dentpro_core::planning::{Answer, validity};
use dentpro_core::time::{rfc3339_in, zone};
use jiff::tz::TimeZone;
use uuid::Uuid;

use super::chart::show_on_chart;
use super::require_prices;
use crate::kernel::actor::{Can, RequestId};
use crate::kernel::client_address::ClientAddress;
use crate::kernel::clock::Clock;
use crate::kernel::db::{Db, Tx};
use crate::kernel::dental;
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::extract::{Body, Path};
use crate::kernel::reply::Reply;
use crate::kernel::state::AppState;
use crate::kernel::token::enter_by_link;
use crate::slices::charting::OpenChart;
use crate::slices::planning::{
    self, AnswerPlanLink, Given, HeldPlan, LinkRow, OpenPlanLink, PlanLink, PlanLinkSeen, PlanShown,
};

/// Nobody was sent such a link.
const UNKNOWN: &str = "planning.link_unknown";
/// Wrong birth dates after which a link is worth nothing.
const GUESSES: i16 = 5;

/// Make a link over which the patient reads what was presented, and answers it. It is told once; an earlier link of the
/// plan ends with it.
#[utoipa::path(post, path = "/plans/{id}/links", tag = "planning", params(("id" = PlanId, Path)),
    responses((status = 201, body = PlanLink)), extensions(("x-permission" = json!("planning.present"))))]
pub async fn create_plan_link(
    actor: Can<need::PlanningPresent>,
    db: Db,
    clock: Clock,
    Path(id): Path<PlanId>,
) -> ApiResult<Reply<PlanLink>> {
    require_prices(&actor)?;
    let zone = &actor.facts.time_zone;
    let mut tx = db.begin(&actor).await?;
    let held = planning::lock(&mut tx, id).await?;
    let (token, expires_at) = planning::link(&mut tx, &clock, &held, zone).await?;
    tx.commit().await?;
    let made = PlanLink { path: format!("/p/{token}"), expires_at: rfc3339_in(expires_at, zone) };
    Ok(Reply::created(made, format!("/plans/{id}/presentation")))
}

/// Whose link it is, before the birth date is given.
#[utoipa::path(get, path = "/plan-links/{token}", tag = "planning", params(("token" = String, Path)),
    responses((status = 200, body = PlanLinkSeen)), extensions(("x-permission" = json!("public"))))]
pub async fn show_plan_link(
    state: AppState,
    ClientAddress(address): ClientAddress,
    RequestId(request): RequestId,
    Path(token): Path<String>,
) -> ApiResult<Reply<PlanLinkSeen>> {
    let (_tx, link) = enter(&state, address, &token, request).await?;
    let zone = zone_of(&link)?;
    Ok(Reply::ok(PlanLinkSeen {
        expires_at: rfc3339_in(link.expires_at, &zone),
        language: link.preferred_language,
        clinic_name_ar: link.clinic_ar,
        clinic_name_en: link.clinic_en,
        phone: link.clinic_phone,
    }))
}

/// What was presented, for who knows the patient's birth date.
#[utoipa::path(post, path = "/plan-links/{token}/open", tag = "planning", request_body = OpenPlanLink,
    params(("token" = String, Path)), responses((status = 200, body = PlanShown)),
    extensions(("x-permission" = json!("public"))))]
pub async fn open_plan_link(
    state: AppState,
    ClientAddress(address): ClientAddress,
    RequestId(request): RequestId,
    Path(token): Path<String>,
    Body { value: proof, .. }: Body<OpenPlanLink>,
) -> ApiResult<Reply<PlanShown>> {
    let (tx, link) = enter(&state, address, &token, request).await?;
    let (mut tx, held) = prove(tx, &state, &link, &proof.birth_date).await?;
    let patient = Some(link.patient.uuid());
    tx.audit("read", "treatment_plan", Some(link.plan.uuid()), patient, None, None).await?;
    let shown = shown(&mut tx, &state.clock, &link, &held).await?;
    tx.commit().await?;
    Ok(Reply::ok(shown))
}

/// Answer what was presented, once: sign it in whole or in part, or turn it down.
#[utoipa::path(post, path = "/plan-links/{token}/answer", tag = "planning", request_body = AnswerPlanLink,
    params(("token" = String, Path)), responses((status = 200, body = PlanShown)),
    extensions(("x-permission" = json!("public"))))]
pub async fn answer_plan_link(
    state: AppState,
    ClientAddress(address): ClientAddress,
    RequestId(request): RequestId,
    Path(token): Path<String>,
    Body { value: asked, .. }: Body<AnswerPlanLink>,
) -> ApiResult<Reply<PlanShown>> {
    let (tx, link) = enter(&state, address, &token, request).await?;
    let (mut tx, held) = prove(tx, &state, &link, &asked.birth_date).await?;
    let clock = &state.clock;
    let today = clock.today(&zone_of(&link)?);
    // What follows on the chart is answered for by the doctor whose plan it is.
    tx.on_behalf_of(held.doctor);
    let given = Given {
        decision: asked.decision,
        hash: Some(asked.hash),
        accepted_items: asked.accepted_items,
        signer_name: Some(asked.signer_name),
        relation: asked.relation,
        strokes: asked.strokes,
        reason: asked.reason,
        by_link: true,
    };
    planning::answer(&mut tx, clock, &held, given, today, None).await?;
    let mut chart = OpenChart::open(&mut tx, held.patient, today, clock.now()).await?;
    show_on_chart(&mut tx, clock, &mut chart, &held, today).await?;
    let shown = shown(&mut tx, clock, &link, &held).await?;
    tx.commit().await?;
    Ok(Reply::ok(shown))
}

fn zone_of(link: &LinkRow) -> ApiResult<TimeZone> {
    zone(&link.time_zone).map_err(|e| ApiError::internal(e.into()))
}

/// The link of a token while it works.
async fn enter(
    state: &AppState,
    address: std::net::IpAddr,
    token: &str,
    request: Uuid,
) -> ApiResult<(Tx, LinkRow)> {
    let clinic_of = planning::clinic_of_link;
    let (mut tx, hash) = enter_by_link(state, address, token, request, clinic_of, UNKNOWN).await?;
    let unknown = || ApiError::with_status(StatusCode::NOT_FOUND, UNKNOWN);
    let link = planning::find_link(&mut tx, &hash).await?.ok_or_else(unknown)?;
    if link.revoked {
        return Err(ApiError::conflict("planning.link_revoked"));
    }
    if state.clock.now() >= link.expires_at {
        return Err(ApiError::conflict("planning.link_expired"));
    }
    if link.wrong_birth_dates >= GUESSES {
        return Err(ApiError::conflict("planning.link_locked"));
    }
    Ok((tx, link))
}

/// Compares the birth date. A guess counts before it is looked at, whatever becomes of the request. The plan is held from
/// here on.
async fn prove(mut tx: Tx, state: &AppState, link: &LinkRow, birth_date: &str) -> ApiResult<(Tx, HeldPlan)> {
    let given = dental::day(birth_date, "/birth_date")?;
    let held = planning::lock(&mut tx, link.plan).await?;
    let locked = || ApiError::conflict("planning.link_locked");
    let guesses = planning::count_guess(&mut tx, link.id).await?.ok_or_else(locked)?;
    if link.birth_date == Some(given) {
        planning::link_opened(&mut tx, link.id, state.clock.now()).await?;
        return Ok((tx, held));
    }
    tx.commit().await?;
    if guesses >= GUESSES {
        Err(locked())
    } else {
        Err(ApiError::invalid("/birth_date", "planning.birth_date_differs"))
    }
}

async fn shown(tx: &mut Tx, clock: &Clock, link: &LinkRow, held: &HeldPlan) -> ApiResult<PlanShown> {
    let (last, _) = planning::last_shown(tx, link.plan).await?;
    let answered = planning::last_answers(tx, &[link.plan.uuid()]).await?.remove(&link.plan.uuid());
    let answered = answered.filter(|answer| answer.presentation == link.presentation);
    let (shown, hash) = planning::kept(tx, link.presentation).await?;
    let today = clock.today(&zone_of(link)?);
    Ok(PlanShown {
        clinic_name_ar: link.clinic_ar.clone(),
        clinic_name_en: link.clinic_en.clone(),
        phone: link.clinic_phone.clone(),
        hash,
        validity: validity(held.revision, Some(last.as_shown()), today),
        shown,
        decision: answered.as_ref().map(|answer| answer.decision),
        accepted_items: match answered {
            Some(answer) if answer.decision == Answer::Accepted => answer.accepted_items,
            _ => Vec::new(),
        },
    })
}
