//! How a clinic writes to its patients: quiet hours, what goes out by itself, and its own words.

use dentpro_core::reminders::{Channel, Purpose, QuietHours, Rule};
use jiff::civil::time;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use super::providers;
use crate::kernel::db::Tx;
use crate::slices::notifications::api::ReminderSettings;
use crate::slices::notifications::gateway::Provider;
use crate::slices::notifications::wording::{Words, shipped};

/// The settings; a clinic that never changed them has these.
pub async fn settings(tx: &mut Tx) -> sqlx::Result<ReminderSettings> {
    let clinic = tx.clinic();
    let row = sqlx::query!(
        "select quiet_from, quiet_until, booking_mail, booking_mail_since, feed_names, version
        from reminder_settings
        where clinic_id = $1",
        clinic
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(match row {
        Some(r) => ReminderSettings {
            quiet_from: r.quiet_from.to_jiff(),
            quiet_until: r.quiet_until.to_jiff(),
            booking_mail: r.booking_mail,
            booking_mail_since: r.booking_mail_since.map(|at| at.to_jiff()),
            feed_names: r.feed_names,
            mail_is_set_up: false,
            version: r.version,
        },
        None => ReminderSettings {
            quiet_from: time(21, 0, 0, 0),
            quiet_until: time(9, 0, 0, 0),
            booking_mail: false,
            booking_mail_since: None,
            feed_names: false,
            mail_is_set_up: false,
            version: 1,
        },
    })
}

/// Keeps the clinic's settings as they are until the transaction ends.
pub async fn lock(tx: &mut Tx) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    sqlx::query!("insert into reminder_settings (clinic_id) values ($1) on conflict do nothing", clinic)
        .execute(&mut **tx)
        .await?;
    sqlx::query!("select version from reminder_settings where clinic_id = $1 for update", clinic)
        .fetch_one(&mut **tx)
        .await?;
    Ok(())
}

/// Writes changed settings and counts their version up.
pub async fn update(tx: &mut Tx, s: &ReminderSettings) -> sqlx::Result<i32> {
    let clinic = tx.clinic();
    sqlx::query_scalar!(
        "update reminder_settings
        set quiet_from = $2, quiet_until = $3, booking_mail = $4, booking_mail_since = $5, feed_names = $6,
            version = version + 1
        where clinic_id = $1
        returning version",
        clinic,
        s.quiet_from.to_sqlx() as _,
        s.quiet_until.to_sqlx() as _,
        s.booking_mail,
        s.booking_mail_since.map(|at| at.to_sqlx()) as _,
        s.feed_names
    )
    .fetch_one(&mut **tx)
    .await
}

/// By what a clinic's messages go out.
#[derive(Clone, Debug)]
pub struct Plan {
    pub zone: TimeZone,
    pub quiet: QuietHours,
    /// The rules in use, with the channels of each in their order.
    pub rules: Vec<Rule<Uuid>>,
    pub channels: Vec<(Uuid, Vec<Channel>)>,
    /// Mail at booking, since when.
    pub booking_mail_since: Option<Timestamp>,
}

/// The plan of the transaction's clinic.
pub async fn plan(tx: &mut Tx) -> sqlx::Result<Plan> {
    let clinic = tx.clinic();
    let settings = settings(tx).await?;
    let zone = sqlx::query_scalar!("select time_zone from clinic where clinic_id = $1", clinic)
        .fetch_optional(&mut **tx)
        .await?
        .unwrap_or_default();
    let rules = super::rules::in_use(tx).await?;
    let rule = |r: &super::rules::RuleRow| Rule {
        id: r.id,
        lead: SignedDuration::from_mins(i64::from(r.lead_minutes)),
    };
    Ok(Plan {
        zone: dentpro_core::time::zone(&zone).unwrap_or(TimeZone::UTC),
        quiet: QuietHours { from: settings.quiet_from, until: settings.quiet_until },
        rules: rules.iter().map(rule).collect(),
        channels: rules.iter().map(|r| (r.id, r.channels())).collect(),
        booking_mail_since: settings.booking_mail_since.filter(|_| settings.booking_mail),
    })
}

/// The clinic's gateways in use.
pub async fn providers(tx: &mut Tx) -> sqlx::Result<Vec<Provider>> {
    Ok(providers::list(tx).await?.into_iter().filter(|p| p.active).collect())
}

/// Words of a purpose and a channel, and their version: 0 for those that ship with the product.
pub async fn template(tx: &mut Tx, purpose: Purpose, channel: Channel) -> sqlx::Result<(Words, i32)> {
    let clinic = tx.clinic();
    let row = sqlx::query!(
        "select subject_ar, subject_en, text_ar, text_en, version
        from message_template
        where clinic_id = $1 and purpose = $2 and channel = $3",
        clinic,
        purpose.as_str(),
        channel.as_str()
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(match row {
        Some(r) => (
            Words {
                subject_ar: r.subject_ar,
                subject_en: r.subject_en,
                text_ar: r.text_ar,
                text_en: r.text_en,
            },
            r.version,
        ),
        None => (shipped(purpose, channel), 0),
    })
}

/// Keeps a clinic's own words, on top of a version; none when that is no longer the newest.
pub async fn put_template(
    tx: &mut Tx,
    id: Uuid,
    purpose: Purpose,
    channel: Channel,
    words: &Words,
    version: i32,
) -> sqlx::Result<Option<i32>> {
    let clinic = tx.clinic();
    sqlx::query_scalar!(
        "insert into message_template as t
            (clinic_id, id, purpose, channel, subject_ar, subject_en, text_ar, text_en)
        select $1, $2, $3, $4, $5, $6, $7, $8
        where $9 = 0 or exists (
            select from message_template where clinic_id = $1 and purpose = $3 and channel = $4 and version = $9)
        on conflict (clinic_id, purpose, channel) do update
        set subject_ar = excluded.subject_ar, subject_en = excluded.subject_en, text_ar = excluded.text_ar,
            text_en = excluded.text_en, version = t.version + 1
        where t.version = $9
        returning version",
        clinic,
        id,
        purpose.as_str(),
        channel.as_str(),
        words.subject_ar,
        words.subject_en,
        words.text_ar,
        words.text_en,
        version
    )
    .fetch_optional(&mut **tx)
    .await
}

/// Goes back to the words that ship with the product.
pub async fn delete_template(tx: &mut Tx, purpose: Purpose, channel: Channel) -> sqlx::Result<bool> {
    let clinic = tx.clinic();
    let deleted = sqlx::query!(
        "delete from message_template where clinic_id = $1 and purpose = $2 and channel = $3",
        clinic,
        purpose.as_str(),
        channel.as_str()
    )
    .execute(&mut **tx)
    .await?;
    Ok(deleted.rows_affected() > 0)
}
