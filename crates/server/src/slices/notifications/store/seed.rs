//! The rules a clinic begins with.

use jiff::Timestamp;
use uuid::Uuid;

use super::rules::{self, RuleRow};
use crate::kernel::clock::Clock;
use crate::kernel::db::Tx;

/// A day before, and three hours before.
const LEADS: [i32; 2] = [24 * 60, 3 * 60];

/// Two rules, whichever way reaches the patient first.
pub async fn seed_rules(tx: &mut Tx, clock: &Clock, now: Timestamp) -> sqlx::Result<()> {
    for lead_minutes in LEADS {
        let channels = ["whatsapp", "sms", "mail"].map(str::to_owned).to_vec();
        let rule = RuleRow { id: clock.new_id::<Uuid>(), lead_minutes, channels, active: true, version: 1 };
        rules::insert(tx, &rule, now).await?;
    }
    Ok(())
}
