//! Photos of the staff.

use axum::http::StatusCode;
use axum::response::IntoResponse;
use dentpro_core::ids::StaffId;
use dentpro_core::permissions::need;

use super::super::api::Staff;
use super::super::store::staff;
use super::staff::finish;
use crate::kernel::actor::Can;
use crate::kernel::blob::BlobStore;
use crate::kernel::clock::Clock;
use crate::kernel::db::Db;
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::extract::{Path, Upload};
use crate::kernel::picture;
use crate::kernel::reply::Reply;

/// Give a member of the staff a photo (PNG or JPEG).
#[utoipa::path(put, path = "/staff/{id}/photo", tag = "identity", params(("id" = StaffId, Path)),
    request_body(content = Vec<u8>, content_type = "image/png"), responses((status = 200, body = Staff)),
    extensions(("x-permission" = json!("identity.manage_staff"))))]
pub async fn put_staff_photo(
    actor: Can<need::IdentityManageStaff>,
    db: Db,
    clock: Clock,
    blobs: BlobStore,
    Path(id): Path<StaffId>,
    upload: Upload<{ picture::MAX_BYTES }>,
) -> ApiResult<Reply<Staff>> {
    let refused = || ApiError::with_status(StatusCode::UNSUPPORTED_MEDIA_TYPE, "identity.photo_kind");
    let kind =
        picture::kind(&upload.bytes).filter(|kind| *kind == upload.content_type).ok_or_else(refused)?;
    let mut tx = db.begin(&actor).await?;
    staff::lock(&mut tx, id).await?;
    let mut row = staff::find(&mut tx, id, clock.now()).await?.ok_or_else(ApiError::not_found)?;
    // The bytes first, then the row: a row without its file cannot be.
    let stored = blobs.put(tx.clinic(), &upload.bytes).await?;
    row.photo_blob = Some(stored.digest.to_string());
    row.photo_type = Some(kind.to_owned());
    staff::update(&mut tx, &row).await?;
    finish(tx, id, &clock).await
}

/// Take the photo away.
#[utoipa::path(delete, path = "/staff/{id}/photo", tag = "identity", params(("id" = StaffId, Path)),
    responses((status = 200, body = Staff)), extensions(("x-permission" = json!("identity.manage_staff"))))]
pub async fn delete_staff_photo(
    actor: Can<need::IdentityManageStaff>,
    db: Db,
    clock: Clock,
    Path(id): Path<StaffId>,
) -> ApiResult<Reply<Staff>> {
    let mut tx = db.begin(&actor).await?;
    staff::lock(&mut tx, id).await?;
    let mut row = staff::find(&mut tx, id, clock.now()).await?.ok_or_else(ApiError::not_found)?;
    (row.photo_blob, row.photo_type) = (None, None);
    staff::update(&mut tx, &row).await?;
    finish(tx, id, &clock).await
}

/// The photo of a member of the staff.
#[utoipa::path(get, path = "/staff/{id}/photo", tag = "identity", params(("id" = StaffId, Path)),
    responses((status = 200, body = Vec<u8>, content_type = "image/png")),
    extensions(("x-permission" = json!("identity.read_staff"))))]
pub async fn show_staff_photo(
    actor: Can<need::IdentityReadStaff>,
    db: Db,
    clock: Clock,
    blobs: BlobStore,
    Path(id): Path<StaffId>,
) -> ApiResult<impl IntoResponse> {
    let mut tx = db.begin(&actor).await?;
    let row = staff::find(&mut tx, id, clock.now()).await?.ok_or_else(ApiError::not_found)?;
    let clinic = tx.clinic();
    drop(tx);
    let (Some(blob), Some(kind)) = (row.photo_blob, row.photo_type) else {
        return Err(ApiError::not_found());
    };
    picture::show(&blobs, clinic, &blob, kind).await
}
