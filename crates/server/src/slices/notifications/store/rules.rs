//! The rules by which patients are reminded.

use dentpro_core::reminders::Channel;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use crate::kernel::db::Tx;

/// A rule as it is stored.
#[derive(Clone, Debug)]
pub struct RuleRow {
    pub id: Uuid,
    pub lead_minutes: i32,
    pub channels: Vec<String>,
    pub active: bool,
    pub version: i32,
}

impl RuleRow {
    /// The channels in their order.
    pub fn channels(&self) -> Vec<Channel> {
        self.channels.iter().filter_map(|word| word.parse().ok()).collect()
    }
}

/// All rules, the earliest message first.
pub async fn list(tx: &mut Tx) -> sqlx::Result<Vec<RuleRow>> {
    let clinic = tx.clinic();
    sqlx::query_as!(
        RuleRow,
        "select id, lead_minutes, channels, active, version
        from reminder_rule
        where clinic_id = $1 and removed_at is null
        order by lead_minutes desc
        limit 50",
        clinic
    )
    .fetch_all(&mut **tx)
    .await
}

/// Those in use.
pub async fn in_use(tx: &mut Tx) -> sqlx::Result<Vec<RuleRow>> {
    Ok(list(tx).await?.into_iter().filter(|rule| rule.active).collect())
}

/// One rule, locked for the change that follows.
pub async fn hold(tx: &mut Tx, id: Uuid) -> sqlx::Result<Option<RuleRow>> {
    let clinic = tx.clinic();
    sqlx::query_as!(
        RuleRow,
        "select id, lead_minutes, channels, active, version
        from reminder_rule
        where clinic_id = $1 and id = $2 and removed_at is null
        for update",
        clinic,
        id
    )
    .fetch_optional(&mut **tx)
    .await
}

/// Adds a rule.
pub async fn insert(tx: &mut Tx, rule: &RuleRow, now: Timestamp) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    sqlx::query!(
        "insert into reminder_rule (clinic_id, id, lead_minutes, channels, active, created_at)
        values ($1, $2, $3, $4, $5, $6)",
        clinic,
        rule.id,
        rule.lead_minutes,
        &rule.channels,
        rule.active,
        now.to_sqlx() as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes a changed rule and counts its version up; `removed` takes it off the list.
pub async fn update(tx: &mut Tx, rule: &RuleRow, removed: Option<Timestamp>) -> sqlx::Result<i32> {
    let clinic = tx.clinic();
    sqlx::query_scalar!(
        "update reminder_rule
        set lead_minutes = $3, channels = $4, active = $5, removed_at = $6, version = version + 1
        where clinic_id = $1 and id = $2
        returning version",
        clinic,
        rule.id,
        rule.lead_minutes,
        &rule.channels,
        rule.active,
        removed.map(|at| at.to_sqlx()) as _
    )
    .fetch_one(&mut **tx)
    .await
}
