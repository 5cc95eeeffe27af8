//! A visit is signed, its appointment ends with it, and its work starts the recalls that count it anew.

use dentpro_core::ids::VisitId;
use dentpro_core::permissions::need;
use dentpro_core::scheduling::AppointmentStatus;
use jiff::Timestamp;

use crate::kernel::actor::Can;
use crate::kernel::clock::Clock;
use crate::kernel::db::Db;
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::extract::{Body, IfMatch, Path};
use crate::kernel::reply::Reply;
use crate::slices::recalls;
use crate::slices::records::{self, SignVisit, Visit, lock_for_change};
use crate::slices::scheduling::hold_for_visit;

/// Sign a visit. Notes, diagnoses and work done stay as they are from then on; what is to be added is an addendum.
#[utoipa::path(post, path = "/visits/{id}/sign", tag = "records", request_body = Option<SignVisit>,
    params(("id" = VisitId, Path)), responses((status = 200, body = Visit)),
    extensions(("x-permission" = json!("records.sign"))))]
pub async fn sign_visit(
    actor: Can<need::RecordsSign>,
    db: Db,
    clock: Clock,
    Path(id): Path<VisitId>,
    if_match: Option<IfMatch>,
    body: Option<Body<SignVisit>>,
) -> ApiResult<Reply<Visit>> {
    // To the microsecond, which is what the database keeps and the signature covers.
    let now = Timestamp::from_microsecond(clock.now().as_microsecond())
        .map_err(|e| ApiError::internal(e.into()))?;
    let mut tx = db.begin(&actor).await?;
    let locked = lock_for_change(&mut tx, &actor, actor.scope, id).await?;
    if locked.status == "draft" && if_match.is_some_and(|IfMatch(version)| version != locked.version) {
        return Err(ApiError::stale());
    }
    records::sign(&mut tx, &locked, now).await?;
    recalls::visit_was_signed(&mut tx, locked.id, locked.patient_id, locked.local_date, now).await?;
    let complete = body.and_then(|b| b.value.complete_appointment).unwrap_or(true);
    if let Some(appointment) = locked.appointment_id.filter(|_| complete)
        && let Some(appointment) = hold_for_visit(&mut tx, appointment).await?
    {
        appointment.advance(&mut tx, AppointmentStatus::Completed, clock.new_id(), now).await?;
    }
    records::announce(&mut tx, &locked).await?;
    let visit = records::read(&mut tx, &actor, id).await?;
    tx.commit().await?;
    let version = visit.version;
    Ok(Reply::ok(visit).version(version))
}
