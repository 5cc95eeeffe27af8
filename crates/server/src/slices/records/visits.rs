//! A visit's way: opened, read, signed, or struck out.

use dentpro_core::ids::{BranchId, VisitId};
use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;

use super::access::reader;
use super::api::{NewVisit, Visit};
use super::signature;
use super::store::visits::{LockedVisit, NewRow, Place, Wanted};
use super::store::{parts, procedures, visits};
use crate::kernel::actor::Actor;
use crate::kernel::clock::Clock;
use crate::kernel::db::Tx;
use crate::kernel::error::{ApiError, ApiResult, OnConstraint};
use crate::kernel::live::{Announcement, Change};

/// Visits with everything that hangs on them, in four statements however many there are.
pub async fn list(tx: &mut Tx, actor: &Actor, wanted: &Wanted) -> ApiResult<Vec<(Visit, Place)>> {
    let zone = &actor.facts.time_zone;
    let mut found = visits::list(tx, wanted, zone).await?;
    if found.is_empty() {
        return Ok(found);
    }
    let ids: Vec<Uuid> = found.iter().map(|(visit, _)| visit.id.uuid()).collect();
    let mut diagnoses = parts::diagnoses(tx, &ids).await?;
    let mut done = procedures::of_visits(tx, &ids, actor.prices()?).await?;
    let mut addenda = parts::addenda(tx, &ids, zone).await?;
    for (visit, _) in &mut found {
        let id = visit.id.uuid();
        visit.diagnoses = diagnoses.remove(&id).unwrap_or_default();
        visit.procedures = done.remove(&id).unwrap_or_default();
        visit.addenda = addenda.remove(&id).unwrap_or_default();
    }
    Ok(found)
}

/// One visit; 404 when the actor may not see it.
pub async fn read(tx: &mut Tx, actor: &Actor, id: VisitId) -> ApiResult<Visit> {
    let wanted = Wanted { visit: Some(id), reader: reader(actor)?, limit: 1, ..Wanted::default() };
    let found = list(tx, actor, &wanted).await?.pop();
    Ok(found.ok_or_else(ApiError::not_found)?.0)
}

/// Opens a draft; an appointment has one visit. The caller holds the appointment, if there is one.
pub async fn open(
    tx: &mut Tx,
    actor: &Actor,
    clock: &Clock,
    new: &NewVisit,
    branch: Option<BranchId>,
) -> ApiResult<VisitId> {
    if !visits::patient_known(tx, new.patient_id).await? {
        return Err(ApiError::invalid("/patient_id", "request.unknown_reference"));
    }
    if !visits::signs_visits(tx, new.doctor_id).await? {
        return Err(ApiError::invalid("/doctor_id", "records.not_a_doctor"));
    }
    if let Some(appointment) = new.appointment_id
        && let Some(visit) = visits::of_appointment(tx, appointment).await?
    {
        return Err(ApiError::conflict("records.visit_exists").with("visit_id", json!(visit)));
    }
    let branch = match branch.or(new.branch_id) {
        Some(branch) => branch,
        None => visits::first_branch(tx).await?.ok_or_else(|| ApiError::conflict("records.no_branch"))?,
    };
    let row = NewRow {
        id: new.id.unwrap_or_else(|| clock.new_id()),
        patient: new.patient_id,
        appointment: new.appointment_id,
        doctor: new.doctor_id,
        branch,
        opened_at: clock.now(),
        local_date: clock.today(&actor.facts.time_zone),
    };
    let written = visits::insert(tx, &row).await;
    written.on_constraint("visit_appointment_once", || ApiError::conflict("records.visit_exists"))?;
    let what = Announcement {
        entity: Some(row.id.uuid()),
        patient: Some(row.patient.uuid()),
        staff: Some(row.doctor.uuid()),
        date: Some(row.local_date),
    };
    tx.announce(Change::Visit, what).await?;
    Ok(row.id)
}

/// Signs a draft: from here on it stays as it is.
pub async fn sign(tx: &mut Tx, visit: &LockedVisit, now: Timestamp) -> ApiResult<()> {
    match visit.status.as_str() {
        "draft" => {}
        "signed" => return Err(ApiError::conflict("records.already_signed")),
        _ => return Err(ApiError::conflict("records.visit_entered_in_error")),
    }
    let ids = [visit.id.uuid()];
    let diagnoses = parts::diagnoses(tx, &ids).await?.remove(&ids[0]).unwrap_or_default();
    let done = procedures::of_visits(tx, &ids, None).await?.remove(&ids[0]).unwrap_or_default();
    let hash = signature::hash(tx.clinic(), tx.staff(), now, visit, &diagnoses, &done);
    Ok(visits::sign(tx, visit.id, now, &hash).await?)
}

/// Marks a visit as entered in error, draft or signed.
pub async fn strike(tx: &mut Tx, visit: &LockedVisit, reason: &str, now: Timestamp) -> ApiResult<()> {
    if visit.status == "entered_in_error" {
        return Err(ApiError::conflict("records.visit_entered_in_error"));
    }
    Ok(visits::strike(tx, visit.id, now, reason).await?)
}

/// Tells who looks at the visit that it changed.
pub async fn announce(tx: &mut Tx, visit: &LockedVisit) -> ApiResult<()> {
    let what = Announcement {
        entity: Some(visit.id.uuid()),
        patient: Some(visit.patient_id.uuid()),
        staff: Some(visit.doctor_id.uuid()),
        date: Some(visit.local_date),
    };
    Ok(tx.announce(Change::Visit, what).await?)
}
