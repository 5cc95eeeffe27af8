//! What identity forgets with time.

use dentpro_core::ids::ClinicId;
use jiff::SignedDuration;
use uuid::Uuid;

use super::store::{attempts, invitations, sessions};
use crate::kernel::clock::Clock;
use crate::kernel::db::Db;
use crate::kernel::error::ApiResult;

/// An attempt to sign in counts for a quarter of an hour; for a day it can still be looked at.
const ATTEMPTS: SignedDuration = SignedDuration::from_hours(24);
/// An invitation that came to nothing stays in sight of who invited.
const INVITATIONS: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Deletes sessions that are over and no longer tell from where somebody signs in, attempts to sign in, and
/// invitations that came to nothing.
pub async fn sweep(db: &Db, clock: &Clock) -> ApiResult<()> {
    let now = clock.now();
    let mut tx = db.begin_as_system(ClinicId(Uuid::nil()), clock.new_id()).await?;
    sessions::sweep(&mut tx, now - attempts::KNOWN_FOR - ATTEMPTS, now).await?;
    attempts::sweep(&mut tx, now - ATTEMPTS).await?;
    invitations::sweep(&mut tx, now - INVITATIONS).await?;
    tx.commit().await
}
