//! The people who work in the clinic.

use dentpro_core::ids::{RoleId, StaffId};
use dentpro_core::permissions::need;
use dentpro_core::text::escape_like;
use uuid::Uuid;

use super::super::api::{Staff, StaffPatch, StaffQuery};
use super::super::checks;
use super::super::sign_in::picture_url;
use super::super::store::staff::{self, Filter, StaffRow};
use super::super::store::{roles, sessions};
use super::NAME;
use crate::kernel::actor::{Actor, Can};
use crate::kernel::clock::Clock;
use crate::kernel::db::{Db, Tx};
use crate::kernel::error::{ApiError, ApiResult, OnConstraint};
use crate::kernel::extract::{Body, IfMatch, Path, Query};
use crate::kernel::live::{Announcement, Change};
use crate::kernel::paging::{self, Page};
use crate::kernel::patch::Patch;
use crate::kernel::reply::Reply;
use crate::kernel::text;

impl From<StaffRow> for Staff {
    fn from(row: StaffRow) -> Self {
        let photo = |blob: String| picture_url(&format!("/staff/{}/photo", row.id), &blob);
        Self {
            id: row.id.into(),
            account_id: row.account_id.into(),
            name_ar: row.name_ar,
            name_en: row.name_en,
            roles: row.roles,
            role_ids: row.role_ids.into_iter().map(RoleId).collect(),
            colour: row.colour,
            photo_url: row.photo_blob.map(photo),
            email: row.email,
            phone: row.phone,
            specialty_ar: row.specialty_ar,
            specialty_en: row.specialty_en,
            active: row.active,
            invited: row.invited,
            version: row.version,
        }
    }
}

/// Who works here.
#[utoipa::path(get, path = "/staff", tag = "identity", params(StaffQuery),
    responses((status = 200, body = Page<Staff>)), extensions(("x-permission" = json!("identity.read_staff"))))]
pub async fn list_staff(
    actor: Can<need::IdentityReadStaff>,
    db: Db,
    clock: Clock,
    Query(query): Query<StaffQuery>,
) -> ApiResult<Reply<Page<Staff>>> {
    let limit = paging::limit(query.limit)?;
    let role = query.role.map(|r| text::line(&r, "role", 40)).transpose()?;
    let part = query.q.map(|q| text::line(&q, "q", NAME)).transpose()?.filter(|q| !q.is_empty());
    let filter = Filter {
        id: None,
        role,
        pattern: part.map(|q| format!("%{}%", escape_like(&q))),
        include_inactive: query.include_inactive,
        after: paging::read_cursor::<(String, Uuid)>(query.cursor.as_deref())?,
        limit,
    };
    let mut tx = db.begin(&actor).await?;
    let rows = staff::list(&mut tx, &filter, clock.now()).await?;
    Ok(Reply::ok(Page::of(rows, limit, |row| (row.sort_key.clone(), row.id)).map(Staff::from)))
}

/// One member of the staff.
#[utoipa::path(get, path = "/staff/{id}", tag = "identity", params(("id" = StaffId, Path)),
    responses((status = 200, body = Staff)), extensions(("x-permission" = json!("identity.read_staff"))))]
pub async fn show_staff(
    actor: Can<need::IdentityReadStaff>,
    db: Db,
    clock: Clock,
    Path(id): Path<StaffId>,
) -> ApiResult<Reply<Staff>> {
    let mut tx = db.begin(&actor).await?;
    let row = staff::find(&mut tx, id, clock.now()).await?.ok_or_else(ApiError::not_found)?;
    let version = row.version;
    Ok(Reply::ok(Staff::from(row)).version(version))
}

/// Refuses roles that are not there, and those that allow more than the actor may do himself.
pub async fn check_roles(tx: &mut Tx, actor: &Actor, ids: &[RoleId]) -> ApiResult<()> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
    let known = roles::list(tx, Some(&ids)).await?;
    if known.len() != ids.len() {
        return Err(ApiError::invalid("/role_ids", "request.unknown_reference"));
    }
    known.iter().try_for_each(|role| checks::within_own(actor, &checks::permissions_of(role)))
}

/// The roles that a change gives or takes: all of them where somebody is let go or comes back.
fn roles_touched(old: &StaffRow, new: &[RoleId], active: bool) -> Vec<RoleId> {
    let was: Vec<RoleId> = old.role_ids.iter().copied().map(RoleId).collect();
    let mut all: Vec<RoleId> = was.iter().chain(new).copied().collect();
    all.sort();
    all.dedup();
    if old.active == active {
        all.retain(|id| was.contains(id) != new.contains(id));
    }
    all
}

/// Writes the plain fields of a patch into the row.
fn apply(row: &mut StaffRow, patch: StaffPatch, country: &str) -> ApiResult<()> {
    let name_ar = patch.name_ar.over_required(row.name_ar.clone(), "/name_ar")?;
    let name_en = patch.name_en.over_required(row.name_en.clone(), "/name_en")?;
    (row.name_ar, row.name_en) = text::names(&name_ar, &name_en, NAME)?;
    row.colour = checks::colour(&patch.colour.over_required(row.colour.clone(), "/colour")?)?;
    row.phone = checks::phone(patch.phone.over(row.phone.take()), country)?;
    row.specialty_ar =
        text::optional_line(patch.specialty_ar.over(row.specialty_ar.take()), "/specialty_ar", NAME)?;
    row.specialty_en =
        text::optional_line(patch.specialty_en.over(row.specialty_en.take()), "/specialty_en", NAME)?;
    row.active = patch.active.over_required(row.active, "/active")?;
    Ok(())
}

/// Change a member of the staff: names, colour, roles, or let him go.
#[utoipa::path(patch, path = "/staff/{id}", tag = "identity", request_body = StaffPatch,
    params(("id" = StaffId, Path)), responses((status = 200, body = Staff)),
    extensions(("x-permission" = json!("identity.manage_staff"))))]
pub async fn update_staff(
    actor: Can<need::IdentityManageStaff>,
    db: Db,
    clock: Clock,
    Path(id): Path<StaffId>,
    IfMatch(version): IfMatch,
    Body { value: mut patch, .. }: Body<StaffPatch>,
) -> ApiResult<Reply<Staff>> {
    let mut tx = db.begin(&actor).await?;
    staff::lock(&mut tx, id).await?;
    let old = staff::find(&mut tx, id, clock.now()).await?.ok_or_else(ApiError::not_found)?;
    if old.version != version {
        return Err(ApiError::stale());
    }
    let had = old.role_ids.iter().copied().map(RoleId).collect();
    let role_ids = std::mem::replace(&mut patch.role_ids, Patch::Absent).over_required(had, "/role_ids")?;
    let role_ids = checks::role_ids(role_ids)?;
    let mut row = old.clone();
    apply(&mut row, patch, &actor.facts.country)?;
    check_roles(&mut tx, &actor, &roles_touched(&old, &role_ids, row.active)).await?;
    staff::update(&mut tx, &row).await?;
    staff::set_roles(&mut tx, id, &role_ids).await?;
    if !row.active {
        sessions::end_of_staff(&mut tx, id, clock.now()).await?;
    }
    let last_admin = || ApiError::conflict("identity.last_admin");
    staff::check_rules(&mut tx).await.on_constraint("staff_admin_remains", last_admin)?;
    finish(tx, id, &clock).await
}

/// Commits a change of a staff member and answers how he stands now.
pub async fn finish(mut tx: Tx, id: StaffId, clock: &Clock) -> ApiResult<Reply<Staff>> {
    let row = staff::find(&mut tx, id, clock.now()).await?.ok_or_else(ApiError::not_found)?;
    tx.announce(Change::Access, Announcement::default()).await?;
    tx.announce(Change::Clinic, Announcement { entity: Some(id.uuid()), ..Announcement::default() }).await?;
    tx.commit().await?;
    let version = row.version;
    Ok(Reply::ok(Staff::from(row)).version(version))
}
