//! Allergies of the medical history.

use dentpro_core::ids::{AllergyId, PatientId};
use dentpro_core::permissions::need;

use super::super::api::{Allergy, AllergyPatch, HistoryKind, NewAllergy};
use super::super::reference;
use super::super::store::allergies::{self as store, NewAllergyRow, StoredAllergy};
use super::super::store::history::Recorded;
use super::entries::{self, Change, Entry};
use super::{instant, locked};
use crate::kernel::actor::{Actor, Can};
use crate::kernel::clock::Clock;
use crate::kernel::db::{Db, Tx};
use crate::kernel::error::ApiResult;
use crate::kernel::extract::{Body, IfMatch, Path};
use crate::kernel::idempotency::Once;
use crate::kernel::paging::Page;
use crate::kernel::reply::Reply;
use crate::kernel::text;

impl Entry for StoredAllergy {
    type Id = AllergyId;
    type Shown = Allergy;
    const KIND: HistoryKind = HistoryKind::Allergies;

    async fn read(tx: &mut Tx, patient: PatientId, only: Option<AllergyId>) -> sqlx::Result<Vec<Self>> {
        store::allergies(tx, patient, only).await
    }

    fn recorded(&self) -> &Recorded {
        &self.recorded
    }

    fn recorded_mut(&mut self) -> &mut Recorded {
        &mut self.recorded
    }

    fn shown(self, actor: &Actor) -> Allergy {
        Allergy {
            id: self.id,
            substance: self.substance,
            drug_class: self.drug_class,
            severity: self.severity,
            reaction: self.reaction,
            status: self.recorded.status,
            reason: self.recorded.reason,
            recorded_at: instant(actor, self.recorded.at),
            recorded_by: self.recorded.by,
            version: self.recorded.version,
        }
    }
}

/// The allergies of a patient, also those that ended. Reading them is written into the log.
#[utoipa::path(get, path = "/patients/{id}/allergies", tag = "patients", params(("id" = PatientId, Path)),
    responses((status = 200, body = Page<Allergy>)), extensions(("x-permission" = json!("patients.read_history"))))]
pub async fn list_allergies(
    actor: Can<need::PatientsReadHistory>,
    db: Db,
    Path(id): Path<PatientId>,
) -> ApiResult<Reply<Page<Allergy>>> {
    entries::list::<StoredAllergy>(&db, &actor, id).await
}

fn row(clock: &Clock, new: NewAllergy) -> ApiResult<NewAllergyRow> {
    let substance = text::required_line(&new.substance, "/substance", 200)?;
    let class = text::optional_line(new.drug_class, "/drug_class", 60)?;
    Ok(NewAllergyRow {
        id: new.id.unwrap_or_else(|| clock.new_id()),
        drug_class: reference::drug_class(class.as_deref(), &substance),
        substance,
        severity: new.severity,
        reaction: text::optional_line(new.reaction, "/reaction", 500)?,
    })
}

/// Record an allergy. It outweighs an earlier 'none known'.
#[utoipa::path(post, path = "/patients/{id}/allergies", tag = "patients", request_body = NewAllergy,
    params(("id" = PatientId, Path)), responses((status = 201, body = Allergy)),
    extensions(("x-permission" = json!("patients.write_history"))))]
pub async fn create_allergy(
    actor: Can<need::PatientsWriteHistory>,
    db: Db,
    clock: Clock,
    Path(patient): Path<PatientId>,
    once: Option<Once>,
    Body { value: new, hash }: Body<NewAllergy>,
) -> ApiResult<Reply<Allergy>> {
    Once::run(once.as_ref(), &db, &actor, &hash, async |tx| {
        locked(tx, patient).await?;
        let row = row(&clock, new)?;
        store::insert_allergy(tx, patient, &row, clock.now()).await?;
        entries::finish_new::<StoredAllergy>(tx, &actor, patient, row.id).await
    })
    .await
}

/// Change an allergy, end it, or mark it as entered in error with a reason.
#[utoipa::path(patch, path = "/patients/{id}/allergies/{allergy_id}", tag = "patients", request_body = AllergyPatch,
    params(("id" = PatientId, Path), ("allergy_id" = AllergyId, Path)), responses((status = 200, body = Allergy)),
    extensions(("x-permission" = json!("patients.write_history"))))]
pub async fn update_allergy(
    actor: Can<need::PatientsWriteHistory>,
    db: Db,
    Path((patient, id)): Path<(PatientId, AllergyId)>,
    IfMatch(version): IfMatch,
    Body { value: patch, .. }: Body<AllergyPatch>,
) -> ApiResult<Reply<Allergy>> {
    let mut tx = db.begin(&actor).await?;
    let change = Change { id, version, status: patch.status, reason: patch.reason };
    let mut entry: StoredAllergy = entries::open(&mut tx, patient, change).await?;
    entry.severity = patch.severity.over_required(entry.severity, "/severity")?;
    entry.reaction = text::optional_line(patch.reaction.over(entry.reaction), "/reaction", 500)?;
    store::update_allergy(&mut tx, &entry).await?;
    entries::finish(tx, &actor, patient, entry).await
}
