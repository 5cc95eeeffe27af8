//! Medications of the medical history.

use dentpro_core::ids::{MedicationId, PatientId};
use dentpro_core::permissions::need;

use super::super::api::{HistoryKind, Medication, MedicationPatch, NewMedication};
use super::super::reference;
use super::super::store::history::Recorded;
use super::super::store::medications::{self as store, NewMedicationRow, StoredMedication};
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

impl Entry for StoredMedication {
    type Id = MedicationId;
    type Shown = Medication;
    const KIND: HistoryKind = HistoryKind::Medications;

    async fn read(tx: &mut Tx, patient: PatientId, only: Option<MedicationId>) -> sqlx::Result<Vec<Self>> {
        store::medications(tx, patient, only).await
    }

    fn recorded(&self) -> &Recorded {
        &self.recorded
    }

    fn recorded_mut(&mut self) -> &mut Recorded {
        &mut self.recorded
    }

    fn shown(self, actor: &Actor) -> Medication {
        Medication {
            id: self.id,
            name: self.name,
            drug_id: self.drug_id,
            drug_class: self.drug_class,
            dose: self.dose,
            since: self.since,
            status: self.recorded.status,
            reason: self.recorded.reason,
            recorded_at: instant(actor, self.recorded.at),
            recorded_by: self.recorded.by,
            version: self.recorded.version,
        }
    }
}

/// The medications of a patient, also those that ended. Reading them is written into the log.
#[utoipa::path(get, path = "/patients/{id}/medications", tag = "patients", params(("id" = PatientId, Path)),
    responses((status = 200, body = Page<Medication>)), extensions(("x-permission" = json!("patients.read_history"))))]
pub async fn list_medications(
    actor: Can<need::PatientsReadHistory>,
    db: Db,
    Path(id): Path<PatientId>,
) -> ApiResult<Reply<Page<Medication>>> {
    entries::list::<StoredMedication>(&db, &actor, id).await
}

/// A drug of the clinic's list tells its name and class.
async fn row(tx: &mut Tx, clock: &Clock, new: NewMedication) -> ApiResult<NewMedicationRow> {
    let drug = match new.drug_id {
        None => None,
        Some(id) => {
            let unknown = || ApiError::invalid("/drug_id", "request.unknown_reference");
            Some(store::drug(tx, id).await?.ok_or_else(unknown)?)
        }
    };
    let typed = text::optional_line(new.name, "/name", 200)?;
    let (listed_name, listed_class) = drug.unzip();
    let name = typed.or(listed_name).ok_or_else(|| ApiError::invalid("/name", "request.required"))?;
    let class = text::optional_line(new.drug_class, "/drug_class", 60)?.or(listed_class);
    Ok(NewMedicationRow {
        id: new.id.unwrap_or_else(|| clock.new_id()),
        drug_id: new.drug_id,
        drug_class: reference::drug_class(class.as_deref(), &name),
        name,
        dose: text::optional_line(new.dose, "/dose", 500)?,
        since: text::optional_line(new.since, "/since", 40)?,
    })
}

/// Record a medication. It outweighs an earlier 'none known'.
#[utoipa::path(post, path = "/patients/{id}/medications", tag = "patients", request_body = NewMedication,
    params(("id" = PatientId, Path)), responses((status = 201, body = Medication)),
    extensions(("x-permission" = json!("patients.write_history"))))]
pub async fn create_medication(
    actor: Can<need::PatientsWriteHistory>,
    db: Db,
    clock: Clock,
    Path(patient): Path<PatientId>,
    once: Option<Once>,
    Body { value: new, hash }: Body<NewMedication>,
) -> ApiResult<Reply<Medication>> {
    Once::run(once.as_ref(), &db, &actor, &hash, async |tx| {
        locked(tx, patient).await?;
        let row = row(tx, &clock, new).await?;
        store::insert_medication(tx, patient, &row, clock.now()).await?;
        entries::finish_new::<StoredMedication>(tx, &actor, patient, row.id).await
    })
    .await
}

/// Change a medication, end it, or mark it as entered in error with a reason.
#[utoipa::path(patch, path = "/patients/{id}/medications/{medication_id}", tag = "patients", request_body = MedicationPatch,
    params(("id" = PatientId, Path), ("medication_id" = MedicationId, Path)), responses((status = 200, body = Medication)),
    extensions(("x-permission" = json!("patients.write_history"))))]
pub async fn update_medication(
    actor: Can<need::PatientsWriteHistory>,
    db: Db,
    Path((patient, id)): Path<(PatientId, MedicationId)>,
    IfMatch(version): IfMatch,
    Body { value: patch, .. }: Body<MedicationPatch>,
) -> ApiResult<Reply<Medication>> {
    let mut tx = db.begin(&actor).await?;
    let change = Change { id, version, status: patch.status, reason: patch.reason };
    let mut entry: StoredMedication = entries::open(&mut tx, patient, change).await?;
    entry.dose = text::optional_line(patch.dose.over(entry.dose), "/dose", 500)?;
    entry.since = text::optional_line(patch.since.over(entry.since), "/since", 40)?;
    store::update_medication(&mut tx, &entry).await?;
    entries::finish(tx, &actor, patient, entry).await
}
