//! The rules by which patients are reminded.

use axum::http::StatusCode;
use dentpro_core::ids::ReminderRuleId;
use dentpro_core::permissions::need;
use dentpro_core::reminders::Channel;

use super::finish;
use crate::kernel::actor::Can;
use crate::kernel::clock::Clock;
use crate::kernel::db::Db;
use crate::kernel::error::{ApiError, ApiResult, OnConstraint};
use crate::kernel::extract::{Body, IfMatch, Path};
use crate::kernel::paging::Page;
use crate::kernel::reply::Reply;
use crate::slices::notifications::api::{NewReminderRule, ReminderRule, ReminderRulePatch};
use crate::slices::notifications::store::rules::{self as store, RuleRow};

/// Rules a clinic has at most.
const MOST: usize = 20;

fn checked(rule: RuleRow) -> ApiResult<RuleRow> {
    if !(30..=43_200).contains(&rule.lead_minutes) {
        return Err(ApiError::invalid("/lead_minutes", "notifications.lead_out_of_range"));
    }
    let mut distinct = rule.channels.clone();
    distinct.sort();
    distinct.dedup();
    if distinct.is_empty() || distinct.len() != rule.channels.len() {
        return Err(ApiError::invalid("/channels", "notifications.channels_needed"));
    }
    Ok(rule)
}

fn words(channels: &[Channel]) -> Vec<String> {
    channels.iter().map(|c| c.as_str().to_owned()).collect()
}

fn shown(row: &RuleRow) -> ReminderRule {
    ReminderRule {
        id: row.id.into(),
        lead_minutes: row.lead_minutes,
        channels: row.channels(),
        active: row.active,
        version: row.version,
    }
}

fn twice() -> ApiError {
    ApiError::conflict("notifications.lead_taken")
}

/// The rules, the earliest message first.
#[utoipa::path(get, path = "/reminder-rules", tag = "notifications",
    responses((status = 200, body = Page<ReminderRule>)),
    extensions(("x-permission" = json!("scheduling.set_up"))))]
pub async fn list_reminder_rules(
    actor: Can<need::SchedulingSetUp>,
    db: Db,
) -> ApiResult<Reply<Page<ReminderRule>>> {
    let mut tx = db.begin(&actor).await?;
    let rows = store::list(&mut tx).await?;
    Ok(Reply::ok(Page::whole(rows.iter().map(shown).collect())))
}

/// Add a rule.
#[utoipa::path(post, path = "/reminder-rules", tag = "notifications", request_body = NewReminderRule,
    responses((status = 201, body = ReminderRule)), extensions(("x-permission" = json!("scheduling.set_up"))))]
pub async fn create_reminder_rule(
    actor: Can<need::SchedulingSetUp>,
    db: Db,
    clock: Clock,
    Body { value: new, .. }: Body<NewReminderRule>,
) -> ApiResult<Reply<ReminderRule>> {
    let row = checked(RuleRow {
        id: clock.new_id(),
        lead_minutes: new.lead_minutes,
        channels: words(&new.channels),
        active: new.active,
        version: 1,
    })?;
    let mut tx = db.begin(&actor).await?;
    if store::list(&mut tx).await?.len() >= MOST {
        return Err(ApiError::conflict("notifications.too_many_rules"));
    }
    store::insert(&mut tx, &row, clock.now()).await.on_constraint("reminder_rule_lead_once", twice)?;
    finish(tx).await?;
    Ok(Reply::created(shown(&row), format!("/reminder-rules/{}", row.id)).version(1))
}

/// Change a rule.
#[utoipa::path(patch, path = "/reminder-rules/{id}", tag = "notifications", request_body = ReminderRulePatch,
    params(("id" = ReminderRuleId, Path)), responses((status = 200, body = ReminderRule)),
    extensions(("x-permission" = json!("scheduling.set_up"))))]
pub async fn update_reminder_rule(
    actor: Can<need::SchedulingSetUp>,
    db: Db,
    Path(id): Path<ReminderRuleId>,
    IfMatch(version): IfMatch,
    Body { value: patch, .. }: Body<ReminderRulePatch>,
) -> ApiResult<Reply<ReminderRule>> {
    let mut tx = db.begin(&actor).await?;
    let mut row = store::hold(&mut tx, id.uuid()).await?.ok_or_else(ApiError::not_found)?;
    if row.version != version {
        return Err(ApiError::stale());
    }
    row.lead_minutes = patch.lead_minutes.over_required(row.lead_minutes, "/lead_minutes")?;
    row.channels = words(&patch.channels.over_required(row.channels(), "/channels")?);
    row.active = patch.active.over_required(row.active, "/active")?;
    let mut row = checked(row)?;
    row.version = store::update(&mut tx, &row, None).await.on_constraint("reminder_rule_lead_once", twice)?;
    finish(tx).await?;
    Ok(Reply::ok(shown(&row)).version(row.version))
}

/// Take a rule away. What it sent stays in the log.
#[utoipa::path(delete, path = "/reminder-rules/{id}", tag = "notifications", params(("id" = ReminderRuleId, Path)),
    responses((status = 204)), extensions(("x-permission" = json!("scheduling.set_up"))))]
pub async fn delete_reminder_rule(
    actor: Can<need::SchedulingSetUp>,
    db: Db,
    clock: Clock,
    Path(id): Path<ReminderRuleId>,
) -> ApiResult<StatusCode> {
    let mut tx = db.begin(&actor).await?;
    let row = store::hold(&mut tx, id.uuid()).await?.ok_or_else(ApiError::not_found)?;
    store::update(&mut tx, &row, Some(clock.now())).await?;
    finish(tx).await?;
    Ok(StatusCode::NO_CONTENT)
}
