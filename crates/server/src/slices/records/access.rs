//! Who sees and who changes a visit. Whose permission reaches only his own sees his visits and those of the
//! patients he treats, and changes his visits alone.

use dentpro_core::ids::{StaffId, VisitId};
use dentpro_core::permissions::{Permission, Scope};

use super::store::visits::{self, LockedVisit};
use crate::kernel::actor::Actor;
use crate::kernel::db::Tx;
use crate::kernel::error::{ApiError, ApiResult};

/// The doctor whose own patients limit what the actor sees; `None` when he sees every visit.
pub fn reader(actor: &Actor) -> ApiResult<Option<StaffId>> {
    Ok(match actor.require(Permission::RecordsRead)? {
        Scope::All => None,
        Scope::Own => Some(actor.staff),
    })
}

/// Whether the actor's permission to write or sign reaches the visits of this doctor.
pub fn may_treat(actor: &Actor, scope: Scope, doctor: StaffId) -> ApiResult<()> {
    if scope == Scope::Own && doctor != actor.staff {
        return Err(ApiError::refused("records.not_your_visit"));
    }
    Ok(())
}

/// The visit, held for the change that follows; 404 when the actor may not see it.
pub async fn lock_for_change(
    tx: &mut Tx,
    actor: &Actor,
    scope: Scope,
    id: VisitId,
) -> ApiResult<LockedVisit> {
    let visit = visits::lock(tx, id, reader(actor)?).await?.ok_or_else(ApiError::not_found)?;
    may_treat(actor, scope, visit.doctor_id)?;
    Ok(visit)
}
