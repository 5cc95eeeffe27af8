//! The operations of the messages to patients.

pub mod deliveries;
pub mod providers;
pub mod rules;
pub mod settings;
pub mod templates;

use crate::kernel::db::Tx;
use crate::kernel::error::ApiResult;
use crate::kernel::live::{Announcement, Change};

/// Tells every browser that the set-up changed, and commits.
async fn finish(mut tx: Tx) -> ApiResult<()> {
    tx.announce(Change::Clinic, Announcement::default()).await?;
    tx.commit().await
}
