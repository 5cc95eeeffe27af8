//! Quiet hours, what goes out by itself, and a test of the mail.

use dentpro_core::permissions::need;
use jiff::civil::Time;
use uuid::Uuid;

use super::finish;
use crate::kernel::actor::Can;
use crate::kernel::clock::Clock;
use crate::kernel::db::Db;
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::extract::{Body, IfMatch};
use crate::kernel::mail::{Mail, Mailer};
use crate::kernel::reply::Reply;
use crate::kernel::text;
use crate::slices::notifications::api::{ReminderSettings, ReminderSettingsPatch, TestMessage, TestOutcome};
use crate::slices::notifications::store::settings as store;

fn time(typed: &str, pointer: &str) -> ApiResult<Time> {
    let well_formed = typed.len() == 5 && typed.is_ascii() && typed.as_bytes()[2] == b':';
    let read = if well_formed { Time::strptime("%H:%M", typed).ok() } else { None };
    read.ok_or_else(|| ApiError::invalid(pointer, "notifications.time_malformed"))
}

/// How the clinic writes to its patients.
#[utoipa::path(get, path = "/reminder-settings", tag = "notifications",
    responses((status = 200, body = ReminderSettings)),
    extensions(("x-permission" = json!("scheduling.set_up"))))]
pub async fn get_reminder_settings(
    actor: Can<need::SchedulingSetUp>,
    db: Db,
    mailer: Mailer,
) -> ApiResult<Reply<ReminderSettings>> {
    let mut tx = db.begin(&actor).await?;
    let settings = ReminderSettings { mail_is_set_up: mailer.is_set_up(), ..store::settings(&mut tx).await? };
    let version = settings.version;
    Ok(Reply::ok(settings).version(version))
}

/// Change quiet hours and what goes out by itself.
#[utoipa::path(patch, path = "/reminder-settings", tag = "notifications", request_body = ReminderSettingsPatch,
    responses((status = 200, body = ReminderSettings)),
    extensions(("x-permission" = json!("scheduling.set_up"))))]
pub async fn update_reminder_settings(
    actor: Can<need::SchedulingSetUp>,
    db: Db,
    clock: Clock,
    mailer: Mailer,
    IfMatch(version): IfMatch,
    Body { value: patch, .. }: Body<ReminderSettingsPatch>,
) -> ApiResult<Reply<ReminderSettings>> {
    let from = patch.quiet_from.try_map(|typed| time(&typed, "/quiet_from"))?;
    let until = patch.quiet_until.try_map(|typed| time(&typed, "/quiet_until"))?;
    let mut tx = db.begin(&actor).await?;
    store::lock(&mut tx).await?;
    let mut settings = store::settings(&mut tx).await?;
    if settings.version != version {
        return Err(ApiError::stale());
    }
    settings.quiet_from = from.over_required(settings.quiet_from, "/quiet_from")?;
    settings.quiet_until = until.over_required(settings.quiet_until, "/quiet_until")?;
    settings.feed_names = patch.feed_names.over_required(settings.feed_names, "/feed_names")?;
    let mailed = patch.booking_mail.over_required(settings.booking_mail, "/booking_mail")?;
    if mailed && !settings.booking_mail {
        // What was booked before is not mailed after the fact.
        settings.booking_mail_since = Some(clock.now());
    }
    settings.booking_mail = mailed;
    settings.version = store::update(&mut tx, &settings).await?;
    settings.mail_is_set_up = mailer.is_set_up();
    finish(tx).await?;
    let version = settings.version;
    Ok(Reply::ok(settings).version(version))
}

/// Send a mail to see whether mail works.
#[utoipa::path(post, path = "/reminder-settings/test-mail", tag = "notifications", request_body = TestMessage,
    responses((status = 200, body = TestOutcome)), extensions(("x-permission" = json!("scheduling.set_up"))))]
pub async fn send_test_mail(
    actor: Can<need::SchedulingSetUp>,
    db: Db,
    clock: Clock,
    mailer: Mailer,
    Body { value: test, .. }: Body<TestMessage>,
) -> ApiResult<Reply<TestOutcome>> {
    let to = text::required_line(&test.to, "/to", 254)?;
    let id: Uuid = clock.new_id();
    let mut tx = db.begin(&actor).await?;
    tx.audit("test", "mail", None, None, Some(serde_json::json!({ "to": to })), None).await?;
    tx.commit().await?;
    let mail = Mail::new(id, to, "DentPro: رسالة تجربة · a test").text(
        "هذه رسالة تجربة من DentPro: البريد يعمل.\n\nThis is a test message from DentPro: mail works.\n",
    );
    let outcome = mailer.send(&mail).await;
    let error = outcome.as_ref().err().map(ToString::to_string);
    Ok(Reply::ok(TestOutcome { sent: outcome.is_ok(), error }))
}
