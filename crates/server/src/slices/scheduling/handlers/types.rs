//! What appointments are for.

use dentpro_core::ids::{AppointmentTypeId, ProcedureId};
use dentpro_core::permissions::need;
use dentpro_core::scheduling::{fit_pattern, validate_pattern};
use jiff::SignedDuration;
use uuid::Uuid;

use crate::kernel::actor::Can;
use crate::kernel::clock::Clock;
use crate::kernel::db::{Db, Tx};
use crate::kernel::error::{ApiError, ApiResult, OnConstraint};
use crate::kernel::extract::{Body, IfMatch, Path, Query};
use crate::kernel::live::{Announcement, Change};
use crate::kernel::paging::Page;
use crate::kernel::patch::Patch;
use crate::kernel::reply::Reply;
use crate::kernel::text;
use crate::slices::scheduling::api::types::{
    AppointmentType, AppointmentTypePatch, NewAppointmentType, TypeFilter, TypeOrder,
};
use crate::slices::scheduling::book::unprocessable;
use crate::slices::scheduling::store::{self, NewType};

/// Letters a name has at most.
const NAME: usize = 80;
/// Procedures a type has at most.
const PROCEDURES: usize = 30;
/// What a type may ask of its chair.
const FEATURES: [&str; 3] = ["surgery", "xray", "child"];

/// What appointments can be for, in the order in which it is offered.
#[utoipa::path(get, path = "/appointment-types", tag = "scheduling", params(TypeFilter),
    responses((status = 200, body = Page<AppointmentType>)), extensions(("x-permission" = json!("scheduling.read"))))]
pub async fn list_appointment_types(
    actor: Can<need::SchedulingRead>,
    db: Db,
    Query(filter): Query<TypeFilter>,
) -> ApiResult<Reply<Page<AppointmentType>>> {
    let mut tx = db.begin(&actor).await?;
    Ok(Reply::ok(Page::whole(store::list_types(&mut tx, filter.include_inactive).await?)))
}

/// Add a type, after the others.
#[utoipa::path(post, path = "/appointment-types", tag = "scheduling", request_body = NewAppointmentType,
    responses((status = 201, body = AppointmentType)), extensions(("x-permission" = json!("scheduling.set_up"))))]
pub async fn create_appointment_type(
    actor: Can<need::SchedulingSetUp>,
    db: Db,
    clock: Clock,
    Body { value: new, .. }: Body<NewAppointmentType>,
) -> ApiResult<Reply<AppointmentType>> {
    let (name_ar, name_en) = text::names(&new.name_ar, &new.name_en, NAME)?;
    let written = checked(NewType {
        id: clock.new_id(),
        name_ar,
        name_en,
        colour: new.colour,
        minutes: new.minutes,
        pattern: new.pattern,
        chair_feature: new.chair_feature,
        position: None,
        active: true,
    })?;
    let mut tx = db.begin(&actor).await?;
    store::insert_type(&mut tx, &written, clock.now()).await?;
    write_procedures(&mut tx, written.id, &new.procedure_ids).await?;
    let made = finish(tx, written.id).await?;
    Ok(Reply::created(made, format!("/appointment-types/{}", written.id)).version(1))
}

/// Change a type, or offer it no longer. Appointments that were booked keep their length and pattern.
#[utoipa::path(patch, path = "/appointment-types/{id}", tag = "scheduling", request_body = AppointmentTypePatch,
    params(("id" = AppointmentTypeId, Path)), responses((status = 200, body = AppointmentType)),
    extensions(("x-permission" = json!("scheduling.set_up"))))]
pub async fn update_appointment_type(
    actor: Can<need::SchedulingSetUp>,
    db: Db,
    Path(id): Path<AppointmentTypeId>,
    IfMatch(version): IfMatch,
    Body { value: patch, .. }: Body<AppointmentTypePatch>,
) -> ApiResult<Reply<AppointmentType>> {
    let mut tx = db.begin(&actor).await?;
    let before = store::hold_type(&mut tx, id.uuid()).await?.ok_or_else(ApiError::not_found)?;
    if before.version != version {
        return Err(ApiError::stale());
    }
    let name_ar = patch.name_ar.over_required(before.name_ar, "/name_ar")?;
    let name_en = patch.name_en.over_required(before.name_en, "/name_en")?;
    let (name_ar, name_en) = text::names(&name_ar, &name_en, NAME)?;
    let minutes = patch.minutes.over_required(before.minutes, "/minutes")?;
    let fitted = || fit_pattern(&before.pattern, SignedDuration::from_mins(minutes.clamp(0, 720).into()));
    let written = checked(NewType {
        id: id.uuid(),
        name_ar,
        name_en,
        colour: patch.colour.over_required(before.colour, "/colour")?,
        minutes,
        pattern: match patch.pattern {
            Patch::Absent => fitted(),
            Patch::Null => String::new(),
            Patch::Value(pattern) => pattern,
        },
        chair_feature: patch.chair_feature.over(before.chair_feature),
        position: None,
        active: patch.active.over_required(before.active, "/active")?,
    })?;
    store::update_type(&mut tx, &written).await?;
    if let Patch::Value(procedures) = patch.procedure_ids {
        write_procedures(&mut tx, written.id, &procedures).await?;
    }
    let changed = finish(tx, written.id).await?;
    let version = changed.version;
    Ok(Reply::ok(changed).version(version))
}

/// Put the types into another order.
#[utoipa::path(put, path = "/appointment-types/order", tag = "scheduling", request_body = TypeOrder,
    responses((status = 200, body = Page<AppointmentType>)), extensions(("x-permission" = json!("scheduling.set_up"))))]
pub async fn order_appointment_types(
    actor: Can<need::SchedulingSetUp>,
    db: Db,
    Body { value: order, .. }: Body<TypeOrder>,
) -> ApiResult<Reply<Page<AppointmentType>>> {
    if order.ids.len() > 200 {
        return Err(ApiError::invalid("/ids", "request.too_long"));
    }
    let ids: Vec<Uuid> = order.ids.into_iter().map(AppointmentTypeId::uuid).collect();
    let mut tx = db.begin(&actor).await?;
    store::order_types(&mut tx, &ids).await?;
    let types = store::list_types(&mut tx, true).await?;
    tx.announce(Change::Clinic, Announcement::default()).await?;
    tx.commit().await?;
    Ok(Reply::ok(Page::whole(types)))
}

fn checked(new: NewType) -> ApiResult<NewType> {
    let hex = new.colour.strip_prefix('#').unwrap_or_default();
    if hex.len() != 6 || !hex.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
        return Err(ApiError::invalid("/colour", "scheduling.colour_malformed"));
    }
    if !(5..=720).contains(&new.minutes) || new.minutes % 5 != 0 {
        return Err(ApiError::invalid("/minutes", "scheduling.type_minutes"));
    }
    validate_pattern(&new.pattern, new.minutes.into()).map_err(|e| unprocessable("/pattern", &e))?;
    if new.chair_feature.as_deref().is_some_and(|feature| !FEATURES.contains(&feature)) {
        return Err(ApiError::invalid("/chair_feature", "scheduling.feature_unknown"));
    }
    Ok(new)
}

async fn write_procedures(tx: &mut Tx, id: Uuid, procedures: &[ProcedureId]) -> ApiResult<()> {
    if procedures.len() > PROCEDURES {
        return Err(ApiError::invalid("/procedure_ids", "request.too_long"));
    }
    let procedures: Vec<Uuid> = procedures.iter().map(|p| p.uuid()).collect();
    store::set_procedures(tx, id, &procedures)
        .await
        .on_constraint("appointment_type_procedure_procedure_fkey", || {
            ApiError::invalid("/procedure_ids", "request.unknown_reference")
        })?;
    Ok(())
}

/// Reads what was written, tells the open pages, and commits.
async fn finish(mut tx: Tx, id: Uuid) -> ApiResult<AppointmentType> {
    let written = store::hold_type(&mut tx, id).await?.ok_or_else(ApiError::not_found)?;
    tx.announce(Change::Clinic, Announcement::default()).await?;
    tx.commit().await?;
    Ok(written)
}
