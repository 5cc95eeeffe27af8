//! A visit is opened, from its appointment or without one; the patient of the appointment is in the chair then.

use dentpro_core::ids::BranchId;
use dentpro_core::permissions::need;
use dentpro_core::scheduling::{AppointmentStatus, holds_slot};

use crate::kernel::actor::Can;
use crate::kernel::clock::Clock;
use crate::kernel::db::{Db, Tx};
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::extract::Body;
use crate::kernel::idempotency::Once;
use crate::kernel::reply::Reply;
use crate::slices::records::{self, NewVisit, Visit};
use crate::slices::scheduling::{AppointmentOfVisit, hold_for_visit};

/// Open a visit. An appointment has one; the answer to a second names the first.
#[utoipa::path(post, path = "/visits", tag = "records", request_body = NewVisit,
    responses((status = 201, body = Visit)), extensions(("x-permission" = json!("records.write"))))]
pub async fn create_visit(
    actor: Can<need::RecordsWrite>,
    db: Db,
    clock: Clock,
    once: Option<Once>,
    Body { value: new, hash }: Body<NewVisit>,
) -> ApiResult<Reply<Visit>> {
    records::may_treat(&actor, actor.scope, new.doctor_id)?;
    Once::run(once.as_ref(), &db, &actor, &hash, async |tx| {
        let appointment = hold_appointment(tx, &new).await?;
        let branch: Option<BranchId> = appointment.as_ref().map(|a| a.branch_id);
        let id = records::open(tx, &actor, &clock, &new, branch).await?;
        if let Some(appointment) = appointment {
            appointment.advance(tx, AppointmentStatus::InChair, clock.new_id(), clock.now()).await?;
        }
        let visit = records::read(tx, &actor, id).await?;
        let version = visit.version;
        Ok(Reply::created(visit, format!("/visits/{id}")).version(version))
    })
    .await
}

async fn hold_appointment(tx: &mut Tx, new: &NewVisit) -> ApiResult<Option<AppointmentOfVisit>> {
    let Some(id) = new.appointment_id else { return Ok(None) };
    let unknown = || ApiError::invalid("/appointment_id", "request.unknown_reference");
    let appointment = hold_for_visit(tx, id).await?.ok_or_else(unknown)?;
    if appointment.patient_id != new.patient_id {
        return Err(ApiError::invalid("/appointment_id", "records.appointment_of_other_patient"));
    }
    if !holds_slot(appointment.status) {
        return Err(ApiError::conflict("records.appointment_ended"));
    }
    Ok(Some(appointment))
}
