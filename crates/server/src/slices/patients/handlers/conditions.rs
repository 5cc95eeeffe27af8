//! Conditions of the medical history.

use dentpro_core::ids::{ConditionId, PatientId};
use dentpro_core::permissions::need;
use dentpro_core::records::AlertTone;

use super::super::api::{Condition, ConditionPatch, EntryStatus, HistoryKind, NewCondition};
use super::super::reference;
use super::super::store::conditions::{self as store, NewConditionRow, StoredCondition};
use super::super::store::history::Recorded;
use super::entries::{self, Change, Entry};
use super::{instant, locked};
use crate::kernel::actor::{Actor, Can};
use crate::kernel::clock::Clock;
use crate::kernel::db::{Db, Tx};
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::extract::{Body, IfMatch, Path};
use crate::kernel::idempotency::Once;
use crate::kernel::paging::Page;
use crate::kernel::reply::Reply;
use crate::kernel::text;

impl Entry for StoredCondition {
    type Id = ConditionId;
    type Shown = Condition;
    const KIND: HistoryKind = HistoryKind::Conditions;

    async fn read(tx: &mut Tx, patient: PatientId, only: Option<ConditionId>) -> sqlx::Result<Vec<Self>> {
        store::conditions(tx, patient, only).await
    }

    fn recorded(&self) -> &Recorded {
        &self.recorded
    }

    fn recorded_mut(&mut self) -> &mut Recorded {
        &mut self.recorded
    }

    fn shown(self, actor: &Actor) -> Condition {
        Condition {
            id: self.id,
            code: self.code,
            name: self.name,
            since: self.since,
            status: self.recorded.status,
            reason: self.recorded.reason,
            recorded_at: instant(actor, self.recorded.at),
            recorded_by: self.recorded.by,
            version: self.recorded.version,
        }
    }
}

/// The conditions of a patient, also those that ended. Reading them is written into the log.
#[utoipa::path(get, path = "/patients/{id}/conditions", tag = "patients", params(("id" = PatientId, Path)),
    responses((status = 200, body = Page<Condition>)), extensions(("x-permission" = json!("patients.read_history"))))]
pub async fn list_conditions(
    actor: Can<need::PatientsReadHistory>,
    db: Db,
    Path(id): Path<PatientId>,
) -> ApiResult<Reply<Page<Condition>>> {
    entries::list::<StoredCondition>(&db, &actor, id).await
}

/// The list tells the name of a code, and how loud the condition warns; one that it does not know is amber.
fn row(clock: &Clock, new: NewCondition) -> ApiResult<NewConditionRow> {
    let code = text::optional_line(new.code, "/code", 20)?;
    let listed = code.as_deref().and_then(reference::condition);
    let name = text::optional_line(new.name, "/name", 200)?.or_else(|| listed.map(|l| l.names.en.clone()));
    let status = new.status.unwrap_or(EntryStatus::Active);
    if status == EntryStatus::EnteredInError {
        return Err(ApiError::invalid("/status", "request.out_of_range"));
    }
    Ok(NewConditionRow {
        id: new.id.unwrap_or_else(|| clock.new_id()),
        code,
        name: name.ok_or_else(|| ApiError::invalid("/name", "request.required"))?,
        since: text::optional_line(new.since, "/since", 40)?,
        alert: listed.map_or(Some(AlertTone::Amber), |l| l.alert),
        status,
    })
}

/// Record a condition. It outweighs an earlier 'none known'.
#[utoipa::path(post, path = "/patients/{id}/conditions", tag = "patients", request_body = NewCondition,
    params(("id" = PatientId, Path)), responses((status = 201, body = Condition)),
    extensions(("x-permission" = json!("patients.write_history"))))]
pub async fn create_condition(
    actor: Can<need::PatientsWriteHistory>,
    db: Db,
    clock: Clock,
    Path(patient): Path<PatientId>,
    once: Option<Once>,
    Body { value: new, hash }: Body<NewCondition>,
) -> ApiResult<Reply<Condition>> {
    Once::run(once.as_ref(), &db, &actor, &hash, async |tx| {
        locked(tx, patient).await?;
        let row = row(&clock, new)?;
        store::insert_condition(tx, patient, &row, clock.now()).await?;
        entries::finish_new::<StoredCondition>(tx, &actor, patient, row.id).await
    })
    .await
}

/// Change a condition, end it, or mark it as entered in error with a reason.
#[utoipa::path(patch, path = "/patients/{id}/conditions/{condition_id}", tag = "patients", request_body = ConditionPatch,
    params(("id" = PatientId, Path), ("condition_id" = ConditionId, Path)), responses((status = 200, body = Condition)),
    extensions(("x-permission" = json!("patients.write_history"))))]
pub async fn update_condition(
    actor: Can<need::PatientsWriteHistory>,
    db: Db,
    Path((patient, id)): Path<(PatientId, ConditionId)>,
    IfMatch(version): IfMatch,
    Body { value: patch, .. }: Body<ConditionPatch>,
) -> ApiResult<Reply<Condition>> {
    let mut tx = db.begin(&actor).await?;
    let change = Change { id, version, status: patch.status, reason: patch.reason };
    let mut entry: StoredCondition = entries::open(&mut tx, patient, change).await?;
    entry.since = text::optional_line(patch.since.over(entry.since), "/since", 40)?;
    store::update_condition(&mut tx, &entry).await?;
    entries::finish(tx, &actor, patient, entry).await
}
