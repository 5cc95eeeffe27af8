//! A plan is shown to the patient, who answers.

use std::collections::BTreeSet;

use dentpro_core::charting::Chart;
use dentpro_core::ids::{PlanId, PlanItemId, PresentationId};
use dentpro_core::planning::{
    Answer, AnswerMethod, ItemStanding, PlanError, PlanItemStatus, PlanStatus, Relation, decide,
    may_be_answered, validity,
};
use dentpro_core::time::rfc3339_in;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use uuid::Uuid;

use super::api::{NewPresentation, PlanStaff, Presentation, Snapshot, Strokes};
use super::plans;
use super::snapshot::{Shot, opened, sealed, snapshot};
use super::store::answers::{self, NewAnswer, NewShown, ShownRow};
use super::store::items::{self, ItemRow};
use super::store::plans::{self as plan_store, HeldPlan};
use super::store::{catalogue, links};
use super::view;
use crate::kernel::actor::{Actor, token_hash};
use crate::kernel::clock::Clock;
use crate::kernel::db::Tx;
use crate::kernel::dental;
use crate::kernel::error::{ApiError, ApiResult, OnConstraint};
use crate::kernel::text;
use crate::kernel::token::random_token;

/// Days an offer stands when nobody says otherwise.
const STANDS: i64 = 30;
/// Days a link works at most.
const LINK_WORKS: i64 = 14;
/// Letters of a name and of a reason.
const NAME: usize = 120;
const REASON: usize = 500;
/// Strokes and points of a signature at most.
const STROKES: usize = 200;
const POINTS: usize = 5_000;

fn refused(e: PlanError) -> ApiError {
    ApiError::conflict(e.code())
}

/// What a plan would show today: its open items at the prices that were quoted.
pub async fn shot(
    tx: &mut Tx,
    actor: &Actor,
    held: &HeldPlan,
    chart: &Chart,
    on: Date,
    valid_until: Date,
) -> ApiResult<Snapshot> {
    let rows = items::of_plans(tx, &[held.id.uuid()]).await?;
    let open: Vec<ItemRow> = rows.into_iter().filter(|item| item.status.is_open()).collect();
    let phases = plan_store::phases(tx, &[held.id.uuid()]).await?.remove(&held.id.uuid()).unwrap_or_default();
    let wanted = plan_store::Wanted { plan: Some(held.id), patient: None, after: None, limit: 1 };
    let row =
        plan_store::list(tx, &wanted, &actor.facts.time_zone).await?.pop().ok_or_else(ApiError::not_found)?;
    snapshot(&Shot {
        plan: held,
        doctor: PlanStaff { ..row.doctor },
        patient: &answers::patient(tx, held.patient).await?,
        items: &open,
        phases: &phases,
        chart,
        currency: actor.facts.currency()?,
        tax_percent: catalogue::tax_percent(tx).await?,
        on,
        valid_until,
    })
}

/// Shows a plan that is held as it is now, and keeps what was shown.
pub async fn present(
    tx: &mut Tx,
    actor: &Actor,
    clock: &Clock,
    held: &HeldPlan,
    chart: &Chart,
    asked: &NewPresentation,
) -> ApiResult<()> {
    held.require_alive()?;
    let today = clock.today(&actor.facts.time_zone);
    let valid_until = valid_until(asked, today)?;
    let shown = shot(tx, actor, held, chart, today, valid_until).await?;
    if shown.items.is_empty() {
        return Err(ApiError::conflict("planning.nothing_to_present"));
    }
    let (snapshot, hash) = sealed(&shown)?;
    let row = NewShown {
        id: clock.new_id(),
        plan: held.id,
        patient: held.patient,
        revision: held.revision,
        snapshot,
        hash,
        on: today,
        valid_until,
        at: clock.now(),
    };
    links::revoke(tx, held.id, clock.now()).await?;
    answers::insert_shown(tx, &row).await?;
    if held.status == PlanStatus::Draft {
        let by = Some(tx.staff());
        plan_store::set_status(tx, held.id, PlanStatus::Presented, None, clock.now(), by).await?;
    }
    plans::announce(tx, held.id, held.patient).await
}

fn valid_until(asked: &NewPresentation, today: Date) -> ApiResult<Date> {
    let day = match &asked.valid_until {
        None => today.saturating_add(STANDS.days()),
        Some(text) => dental::day(text, "/valid_until")?,
    };
    if (today..=today.saturating_add(1.year())).contains(&day) {
        Ok(day)
    } else {
        Err(ApiError::invalid("/valid_until", "request.date_out_of_range"))
    }
}

/// What was last shown of a plan, with what it says; 404 when nothing was.
pub async fn last_shown(tx: &mut Tx, plan: PlanId) -> ApiResult<(ShownRow, Snapshot)> {
    let shown = answers::last_shown(tx, &[plan.uuid()]).await?.remove(&plan.uuid());
    let shown = shown.ok_or_else(|| ApiError::conflict("planning.not_presented"))?;
    let (said, _) = kept(tx, shown.id).await?;
    Ok((shown, said))
}

/// What a presentation says, and its hash.
pub async fn kept(tx: &mut Tx, id: PresentationId) -> ApiResult<(Snapshot, String)> {
    let (text, hash) = answers::snapshot(tx, id).await?.ok_or_else(ApiError::not_found)?;
    Ok((opened(&text)?, hash))
}

/// What was last shown of a plan, for who looks at it with the patient.
pub async fn presentation(
    tx: &mut Tx,
    held: &HeldPlan,
    zone: &TimeZone,
    today: Date,
) -> ApiResult<Presentation> {
    let (shown, said) = last_shown(tx, held.id).await?;
    let answered = answers::last_answers(tx, &[held.id.uuid()]).await?.remove(&held.id.uuid());
    let patient = answers::patient(tx, held.patient).await?;
    Ok(Presentation {
        id: shown.id,
        plan_id: held.id,
        validity: validity(held.revision, Some(shown.as_shown()), today),
        presented_at: rfc3339_in(shown.presented_at, zone),
        answer: answered.filter(|a| a.presentation == shown.id).map(|a| view::answer(&a, zone)),
        hash: shown.hash,
        shown: said,
        birth_date_known: patient.birth_date.is_some(),
        phone: patient.phone,
    })
}

/// An answer as it was given.
#[derive(Clone, Debug)]
pub struct Given {
    pub decision: Answer,
    /// What the patient has before his eyes.
    pub hash: Option<String>,
    pub accepted_items: Option<Vec<PlanItemId>>,
    pub signer_name: Option<String>,
    pub relation: Relation,
    pub strokes: Option<Strokes>,
    pub reason: Option<String>,
    /// Over a link; otherwise on the clinic's screen, or by word.
    pub by_link: bool,
}

/// Writes the patient's answer to what he was shown. With an acceptance the other options of the plan are declined.
pub async fn answer(
    tx: &mut Tx,
    clock: &Clock,
    held: &HeldPlan,
    given: Given,
    today: Date,
    taken_by: Option<Uuid>,
) -> ApiResult<()> {
    let (shown, said) = match last_shown(tx, held.id).await {
        Ok(found) => found,
        Err(_) if held.status == PlanStatus::Withdrawn => return Err(refused(PlanError::Closed)),
        Err(error) => return Err(error),
    };
    may_be_answered(held.status, held.revision, Some(shown.as_shown()), today).map_err(refused)?;
    if given.hash.as_ref().is_some_and(|hash| *hash != shown.hash) {
        return Err(refused(PlanError::Changed));
    }
    let rows = items::of_plans(tx, &[held.id.uuid()]).await?;
    let standings: Vec<ItemStanding> = rows.iter().map(ItemRow::as_standing).collect();
    let chosen: Option<BTreeSet<Uuid>> =
        given.accepted_items.as_ref().map(|ids| ids.iter().map(|id| id.uuid()).collect());
    let decided = decide(given.decision, chosen.as_ref(), &standings).map_err(refused)?;
    let accepted: Vec<Uuid> =
        decided.iter().filter(|(_, s)| *s == PlanItemStatus::Accepted).map(|(id, _)| *id).collect();
    let strokes = checked(given.strokes)?;
    let signer = text::optional_line(given.signer_name, "/signer_name", NAME)?;
    let patients_name = if said.patient_ar.is_empty() { said.patient_en } else { said.patient_ar };
    let method = match (given.by_link, &strokes) {
        (true, _) => AnswerMethod::Link,
        (false, Some(_)) => AnswerMethod::Screen,
        (false, None) => AnswerMethod::Word,
    };
    if method == AnswerMethod::Link && given.decision == Answer::Accepted && strokes.is_none() {
        return Err(ApiError::invalid("/strokes", "planning.signature_missing"));
    }
    let reason = text::optional_line(given.reason, "/reason", REASON)?;
    let row = NewAnswer {
        id: clock.new_id(),
        plan: held.id,
        patient: held.patient,
        presentation: shown.id,
        hash: shown.hash,
        decision: given.decision,
        accepted_items: accepted,
        method,
        signer_name: signer.unwrap_or(patients_name),
        relation: given.relation,
        strokes,
        reason: reason.clone(),
        on: today,
        at: clock.now(),
        taken_by,
    };
    answers::insert_answer(tx, &row)
        .await
        .on_constraint("plan_signature_once", || refused(PlanError::Answered))?;
    items::set_status(tx, &decided).await?;
    let status = match given.decision {
        Answer::Accepted => PlanStatus::Accepted,
        // What was accepted before and is done or under way stays accepted.
        Answer::Declined if held.status == PlanStatus::Accepted => PlanStatus::Accepted,
        Answer::Declined => PlanStatus::Declined,
    };
    if status == PlanStatus::Accepted {
        decline_others(tx, clock, held, taken_by).await?;
    }
    plan_store::set_status(tx, held.id, status, reason.as_deref(), clock.now(), taken_by)
        .await
        .on_constraint("treatment_plan_one_accepted", || ApiError::conflict("planning.option_accepted"))?;
    plans::announce(tx, held.id, held.patient).await
}

/// The other options of a plan that is accepted.
async fn decline_others(tx: &mut Tx, clock: &Clock, held: &HeldPlan, by: Option<Uuid>) -> ApiResult<()> {
    for (id, status) in plan_store::lock_group(tx, held.option_group).await? {
        if id == held.id.uuid() {
            continue;
        }
        match status {
            PlanStatus::Accepted => return Err(ApiError::conflict("planning.option_accepted")),
            PlanStatus::Draft | PlanStatus::Presented => {
                close(tx, clock, id.into(), held, PlanStatus::Declined, None, by).await?;
            }
            PlanStatus::Declined | PlanStatus::Withdrawn => {}
        }
    }
    Ok(())
}

/// Closes a plan with what is open of it.
async fn close(
    tx: &mut Tx,
    clock: &Clock,
    id: PlanId,
    of: &HeldPlan,
    status: PlanStatus,
    reason: Option<&str>,
    by: Option<Uuid>,
) -> ApiResult<()> {
    let open: Vec<(Uuid, PlanItemStatus)> = items::of_plans(tx, &[id.uuid()])
        .await?
        .iter()
        .filter(|item| item.status.is_open())
        .map(|item| (item.id.uuid(), PlanItemStatus::Declined))
        .collect();
    items::set_status(tx, &open).await?;
    plan_store::set_status(tx, id, status, reason, clock.now(), by).await?;
    links::revoke(tx, id, clock.now()).await?;
    plans::announce(tx, id, of.patient).await
}

/// Gives a plan up, with a reason.
pub async fn withdraw(tx: &mut Tx, clock: &Clock, held: &HeldPlan, reason: &str) -> ApiResult<()> {
    if held.status == PlanStatus::Withdrawn {
        return Err(refused(PlanError::Closed));
    }
    let reason = text::required_line(reason, "/reason", REASON)?;
    let by = Some(tx.staff());
    close(tx, clock, held.id, held, PlanStatus::Withdrawn, Some(&reason), by).await
}

/// A signature that can be drawn: not empty, within its box, not endless.
fn checked(strokes: Option<Strokes>) -> ApiResult<Option<Strokes>> {
    let Some(strokes) = strokes.filter(|strokes| !strokes.is_empty()) else { return Ok(None) };
    let points: usize = strokes.iter().map(Vec::len).sum();
    let inside = strokes.iter().flatten().all(|[x, y]| *x <= 1000 && *y <= 300);
    let drawn = points >= 2 && strokes.iter().all(|stroke| !stroke.is_empty());
    if drawn && inside && strokes.len() <= STROKES && points <= POINTS {
        Ok(Some(strokes))
    } else {
        Err(ApiError::invalid("/strokes", "planning.signature_unreadable"))
    }
}

/// A link to what was shown: the token, and until when it works.
pub async fn link(
    tx: &mut Tx,
    clock: &Clock,
    held: &HeldPlan,
    zone: &TimeZone,
) -> ApiResult<(String, Timestamp)> {
    let today = clock.today(zone);
    let (shown, _) = last_shown(tx, held.id).await?;
    may_be_answered(held.status, held.revision, Some(shown.as_shown()), today).map_err(refused)?;
    if answers::patient(tx, held.patient).await?.birth_date.is_none() {
        return Err(ApiError::conflict("planning.birth_date_missing"));
    }
    let offer_ends = dentpro_core::time::local_day_bounds(shown.valid_until, zone).1;
    let expires_at = offer_ends.min(clock.now() + jiff::SignedDuration::from_hours(24 * LINK_WORKS));
    let token = random_token::<32>();
    let of = (held.id, held.patient);
    links::mint(tx, clock.new_id(), &token_hash(&token), shown.id, of, clock.now(), expires_at).await?;
    Ok((token, expires_at))
}
