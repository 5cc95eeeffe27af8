//! The course that allergies, conditions and medications share: how an entry of the history is listed, recorded and
//! changed.

use dentpro_core::ids::PatientId;
use serde::Serialize;

use super::super::api::{EntryStatus, HistoryKind};
use super::super::store::history::{Recorded, set_none_known};
use super::super::store::registration;
use super::history::audit_read;
use super::{announce, locked};
use crate::kernel::actor::Actor;
use crate::kernel::db::{Db, Tx};
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::paging::Page;
use crate::kernel::patch::Patch;
use crate::kernel::reply::Reply;
use crate::kernel::text;

/// An entry of one of the lists, as it is stored.
pub(super) trait Entry: Sized + Send + Sync {
    type Id: Copy + std::fmt::Display + Send;
    type Shown: Serialize + Send;
    /// Its list.
    const KIND: HistoryKind;

    /// One of a patient's entries, or all of them.
    fn read(
        tx: &mut Tx,
        patient: PatientId,
        only: Option<Self::Id>,
    ) -> impl Future<Output = sqlx::Result<Vec<Self>>> + Send;

    fn recorded(&self) -> &Recorded;

    fn recorded_mut(&mut self) -> &mut Recorded;

    /// As it is answered.
    fn shown(self, actor: &Actor) -> Self::Shown;
}

/// What changes at any entry.
pub(super) struct Change<Id> {
    pub id: Id,
    /// The version it is made on.
    pub version: i32,
    pub status: Patch<EntryStatus>,
    pub reason: Option<String>,
}

/// All entries, also those that ended. Reading them is written into the log.
pub(super) async fn list<E: Entry>(
    db: &Db,
    actor: &Actor,
    patient: PatientId,
) -> ApiResult<Reply<Page<E::Shown>>> {
    let mut tx = db.begin(actor).await?;
    registration::patient(&mut tx, patient).await?.ok_or_else(ApiError::not_found)?;
    let entries = E::read(&mut tx, patient, None).await?;
    audit_read(&mut tx, patient).await?;
    tx.commit().await?;
    Ok(Reply::ok(Page::whole(entries.into_iter().map(|entry| entry.shown(actor)).collect())))
}

async fn one<E: Entry>(tx: &mut Tx, patient: PatientId, id: E::Id) -> ApiResult<E> {
    E::read(tx, patient, Some(id)).await?.pop().ok_or_else(ApiError::not_found)
}

/// The answer to an entry that was just written. It outweighs an earlier 'none known'.
pub(super) async fn finish_new<E: Entry>(
    tx: &mut Tx,
    actor: &Actor,
    patient: PatientId,
    id: E::Id,
) -> ApiResult<Reply<E::Shown>> {
    let entry: E = one(tx, patient, id).await?;
    outweigh(tx, patient, &entry).await?;
    announce(tx, patient).await?;
    let place = format!("/patients/{patient}/{}/{id}", E::KIND.as_str());
    Ok(Reply::created(entry.shown(actor), place).version(1))
}

/// An entry held for its change, its status changed already. What is entered in error stays so and takes a reason,
/// which also goes into the log.
pub(super) async fn open<E: Entry>(tx: &mut Tx, patient: PatientId, change: Change<E::Id>) -> ApiResult<E> {
    locked(tx, patient).await?;
    let mut entry: E = one(tx, patient, change.id).await?;
    let recorded = entry.recorded_mut();
    if recorded.version != change.version {
        return Err(ApiError::stale());
    }
    if recorded.status == EntryStatus::EnteredInError {
        return Err(ApiError::conflict("patients.entered_in_error"));
    }
    let status = change.status.over_required(recorded.status, "/status")?;
    let reason = text::optional_line(change.reason, "/reason", 500)?;
    if status == EntryStatus::EnteredInError && reason.is_none() {
        return Err(ApiError::invalid("/reason", "patients.reason_needed"));
    }
    if let Some(reason) = &reason {
        tx.because(reason).await?;
    }
    if status != recorded.status || reason.is_some() {
        (recorded.status, recorded.reason) = (status, reason);
    }
    Ok(entry)
}

/// Commits an entry that was changed and written, and answers it.
pub(super) async fn finish<E: Entry>(
    mut tx: Tx,
    actor: &Actor,
    patient: PatientId,
    mut entry: E,
) -> ApiResult<Reply<E::Shown>> {
    outweigh(&mut tx, patient, &entry).await?;
    announce(&mut tx, patient).await?;
    tx.commit().await?;
    let recorded = entry.recorded_mut();
    recorded.version += 1;
    let version = recorded.version;
    Ok(Reply::ok(entry.shown(actor)).version(version))
}

/// An entry that stands says more than 'none known'.
async fn outweigh<E: Entry>(tx: &mut Tx, patient: PatientId, entry: &E) -> ApiResult<()> {
    if entry.recorded().status == EntryStatus::Active {
        set_none_known(tx, patient, E::KIND, false).await?;
    }
    Ok(())
}
