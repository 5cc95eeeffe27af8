//! The operations of the recalls.

use dentpro_core::ids::{AppointmentTypeId, PatientId, RecallTypeId};
use dentpro_core::permissions::{Permission, need};
use dentpro_core::recalls::{LONGEST_INTERVAL, due};
use dentpro_core::time::sane_date;
use uuid::Uuid;

use super::api::{NewPatientRecall, NewRecallType, PatientRecall, RecallType, RecallTypePatch};
use super::store;
use crate::kernel::actor::Can;
use crate::kernel::clock::Clock;
use crate::kernel::db::{Db, Tx};
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::extract::{Body, IfMatch, Path};
use crate::kernel::live::{Announcement, Change};
use crate::kernel::paging::Page;
use crate::kernel::reply::Reply;
use crate::kernel::text;

/// Letters a name, a reason or a note has at most.
const NAME: usize = 120;
const NOTE: usize = 500;
/// Kinds of work that one recall counts at most.
const MAX_PROCEDURES: usize = 200;

/// The kinds of recall the clinic has.
#[utoipa::path(get, path = "/recall-types", tag = "recalls", responses((status = 200, body = Page<RecallType>)),
    extensions(("x-permission" = json!("scheduling.read"))))]
pub async fn list_recall_types(
    actor: Can<need::SchedulingRead>,
    db: Db,
) -> ApiResult<Reply<Page<RecallType>>> {
    let mut tx = db.begin(&actor).await?;
    Ok(Reply::ok(Page::whole(store::types(&mut tx, None).await?)))
}

/// Add a kind of recall.
#[utoipa::path(post, path = "/recall-types", tag = "recalls", request_body = NewRecallType,
    responses((status = 201, body = RecallType)), extensions(("x-permission" = json!("scheduling.set_up"))))]
pub async fn create_recall_type(
    actor: Can<need::SchedulingSetUp>,
    db: Db,
    clock: Clock,
    Body { value: new, .. }: Body<NewRecallType>,
) -> ApiResult<Reply<RecallType>> {
    let (name_ar, name_en) = text::names(&new.name_ar, &new.name_en, NAME)?;
    let kind = RecallType {
        id: clock.new_id(),
        name_ar,
        name_en,
        interval_months: new.interval_months,
        minutes: new.minutes,
        appointment_type_id: new.appointment_type_id,
        procedure_ids: new.procedure_ids,
        active: true,
        version: 1,
    };
    let mut tx = db.begin(&actor).await?;
    let written = write(&mut tx, &kind, &clock).await?;
    tx.commit().await?;
    let place = format!("/recall-types/{}", written.id);
    Ok(Reply::created(written, place).version(1))
}

/// Change a kind of recall, or retire it.
#[utoipa::path(patch, path = "/recall-types/{id}", tag = "recalls", request_body = RecallTypePatch,
    params(("id" = RecallTypeId, Path)), responses((status = 200, body = RecallType)),
    extensions(("x-permission" = json!("scheduling.set_up"))))]
pub async fn update_recall_type(
    actor: Can<need::SchedulingSetUp>,
    db: Db,
    clock: Clock,
    Path(id): Path<RecallTypeId>,
    IfMatch(version): IfMatch,
    Body { value: patch, .. }: Body<RecallTypePatch>,
) -> ApiResult<Reply<RecallType>> {
    let mut tx = db.begin(&actor).await?;
    if !store::lock_type(&mut tx, id).await? {
        return Err(ApiError::not_found());
    }
    let Some(before) = store::types(&mut tx, Some(id.uuid())).await?.pop() else {
        return Err(ApiError::not_found());
    };
    if before.version != version {
        return Err(ApiError::stale());
    }
    let names = (
        patch.name_ar.over(Some(before.name_ar)).unwrap_or_default(),
        patch.name_en.over(Some(before.name_en)).unwrap_or_default(),
    );
    let (name_ar, name_en) = text::names(&names.0, &names.1, NAME)?;
    let kind = RecallType {
        id,
        name_ar,
        name_en,
        interval_months: patch.interval_months.over_required(before.interval_months, "/interval_months")?,
        minutes: patch.minutes.over_required(before.minutes, "/minutes")?,
        appointment_type_id: patch.appointment_type_id.over(before.appointment_type_id),
        procedure_ids: patch.procedure_ids.over_required(before.procedure_ids, "/procedure_ids")?,
        active: patch.active.over_required(before.active, "/active")?,
        version,
    };
    let written = write(&mut tx, &kind, &clock).await?;
    tx.commit().await?;
    let version = written.version;
    Ok(Reply::ok(written).version(version))
}

async fn write(tx: &mut Tx, kind: &RecallType, clock: &Clock) -> ApiResult<RecallType> {
    check_interval(kind.interval_months, "/interval_months")?;
    if !(5..=720).contains(&kind.minutes) {
        return Err(ApiError::invalid("/minutes", "request.out_of_range"));
    }
    if kind.procedure_ids.len() > MAX_PROCEDURES {
        return Err(ApiError::invalid("/procedure_ids", "request.too_long"));
    }
    let procedures: Vec<Uuid> = kind.procedure_ids.iter().map(|id| id.uuid()).collect();
    let appointment_type = kind.appointment_type_id.map(AppointmentTypeId::uuid);
    let (procedures_known, type_known) = store::known(tx, &procedures, appointment_type).await?;
    if !procedures_known {
        return Err(ApiError::invalid("/procedure_ids", "request.unknown_reference"));
    }
    if !type_known {
        return Err(ApiError::invalid("/appointment_type_id", "request.unknown_reference"));
    }
    store::write_type(tx, kind, clock.now()).await?;
    tx.announce(Change::Clinic, Announcement::default()).await?;
    store::types(tx, Some(kind.id.uuid())).await?.pop().ok_or_else(ApiError::not_found)
}

fn check_interval(months: i32, pointer: &str) -> ApiResult<()> {
    if (1..=LONGEST_INTERVAL).contains(&months) {
        return Ok(());
    }
    Err(ApiError::invalid(pointer, "request.out_of_range"))
}

/// When a patient is due again, by kind of recall.
#[utoipa::path(get, path = "/patients/{id}/recalls", tag = "recalls", params(("id" = PatientId, Path)),
    responses((status = 200, body = Page<PatientRecall>)), extensions(("x-permission" = json!("scheduling.read"))))]
pub async fn list_patient_recalls(
    actor: Can<need::SchedulingRead>,
    db: Db,
    Path(patient): Path<PatientId>,
) -> ApiResult<Reply<Page<PatientRecall>>> {
    actor.require(Permission::PatientsRead)?;
    let mut tx = db.begin(&actor).await?;
    if !store::patient_known(&mut tx, patient).await? {
        return Err(ApiError::not_found());
    }
    Ok(Reply::ok(Page::whole(store::of_patient(&mut tx, patient).await?)))
}

/// Set a patient's own interval or date, or stop a recall with a reason.
#[utoipa::path(put, path = "/patients/{id}/recalls/{recall_type_id}", tag = "recalls",
    request_body = NewPatientRecall, params(("id" = PatientId, Path), ("recall_type_id" = RecallTypeId, Path)),
    responses((status = 200, body = PatientRecall)), extensions(("x-permission" = json!("scheduling.write"))))]
pub async fn put_patient_recall(
    actor: Can<need::SchedulingWrite>,
    db: Db,
    clock: Clock,
    Path((patient, kind)): Path<(PatientId, RecallTypeId)>,
    Body { value: new, .. }: Body<NewPatientRecall>,
) -> ApiResult<Reply<PatientRecall>> {
    if let Some(months) = new.interval_months {
        check_interval(months, "/interval_months")?;
    }
    if new.set_due_on.is_some_and(|day| sane_date(day).is_err()) {
        return Err(ApiError::invalid("/set_due_on", "request.date_out_of_range"));
    }
    let stopped_reason = text::optional_line(new.stopped_reason, "/stopped_reason", NOTE)?;
    let note = text::line(&new.note, "/note", NOTE)?;
    let mut tx = db.begin(&actor).await?;
    if !store::lock_patient(&mut tx, patient).await? {
        return Err(ApiError::not_found());
    }
    let of_kind = |recall: &PatientRecall| recall.recall_type_id == kind;
    let mut recalls = store::of_patient(&mut tx, patient).await?;
    let mut recall = match recalls.iter().position(of_kind) {
        Some(at) => recalls.swap_remove(at),
        None => return Err(ApiError::not_found()),
    };
    if recall.version != new.version.unwrap_or(0) {
        return Err(ApiError::stale());
    }
    let Some(of_type) = store::types(&mut tx, Some(kind.uuid())).await?.pop() else {
        return Err(ApiError::not_found());
    };
    recall.own_interval = new.interval_months.is_some();
    recall.interval_months = new.interval_months.unwrap_or(of_type.interval_months);
    recall.calculated_due_on =
        recall.last_trigger_on.map(|last| due(last, recall.interval_months).unwrap_or(last));
    (recall.set_due_on, recall.stopped_reason, recall.note) = (new.set_due_on, stopped_reason, note);
    store::write_of_patient(&mut tx, patient, &recall, clock.now()).await?;
    let what = Announcement { patient: Some(patient.uuid()), ..Announcement::default() };
    tx.announce(Change::Patient, what).await?;
    let written = store::of_patient(&mut tx, patient).await?.into_iter().find(of_kind);
    tx.commit().await?;
    let written = written.ok_or_else(ApiError::not_found)?;
    let version = written.version;
    Ok(Reply::ok(written).version(version))
}
