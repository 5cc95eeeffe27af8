//! Roles and the permissions they hold.

use axum::http::StatusCode;
use dentpro_core::ids::RoleId;
use dentpro_core::permissions::{Permission, Scope, need};

use super::super::api::{Granted, NewRole, PermissionInfo, Role, RolePatch};
use super::super::checks;
use super::super::store::roles::{self, RoleRow};
use super::super::store::staff;
use super::NAME;
use crate::kernel::actor::{Actor, Can, SignedIn};
use crate::kernel::clock::Clock;
use crate::kernel::db::{Db, Tx};
use crate::kernel::error::{ApiError, ApiResult, OnConstraint};
use crate::kernel::extract::{Body, IfMatch, Path};
use crate::kernel::live::{Announcement, Change};
use crate::kernel::paging::Page;
use crate::kernel::patch::Patch;
use crate::kernel::reply::Reply;
use crate::kernel::text;

impl From<RoleRow> for Role {
    fn from(row: RoleRow) -> Self {
        let permissions = checks::permissions_of(&row)
            .into_iter()
            .map(|(permission, scope)| Granted { code: permission.code().to_owned(), scope })
            .collect();
        Self {
            id: row.id.into(),
            built_in: row.code.is_some(),
            code: row.code,
            name_ar: row.name_ar,
            name_en: row.name_en,
            permissions,
            staff_count: row.staff_count,
            version: row.version,
        }
    }
}

/// The roles of the clinic with what each may do.
#[utoipa::path(get, path = "/roles", tag = "identity", responses((status = 200, body = Page<Role>)),
    extensions(("x-permission" = json!("identity.read_staff"))))]
pub async fn list_roles(actor: Can<need::IdentityReadStaff>, db: Db) -> ApiResult<Reply<Page<Role>>> {
    let mut tx = db.begin(&actor).await?;
    let rows = roles::list(&mut tx, None).await?;
    Ok(Reply::ok(Page::whole(rows.into_iter().map(Role::from).collect())))
}

/// Every permission there is.
#[utoipa::path(get, path = "/permissions", tag = "identity", responses((status = 200, body = Page<PermissionInfo>)),
    extensions(("x-permission" = json!("signed_in"))))]
pub async fn list_permissions(_: SignedIn) -> ApiResult<Reply<Page<PermissionInfo>>> {
    let describe = |p: &Permission| PermissionInfo {
        code: p.code(),
        capability: p.capability(),
        name_ar: p.name_ar(),
        name_en: p.name_en(),
        scopes: if p.can_be_own() { vec![Scope::Own, Scope::All] } else { vec![Scope::All] },
    };
    Ok(Reply::ok(Page::whole(Permission::ALL.iter().map(describe).collect())))
}

async fn find(tx: &mut Tx, id: RoleId) -> ApiResult<RoleRow> {
    roles::list(tx, Some(&[id.uuid()])).await?.pop().ok_or_else(ApiError::not_found)
}

/// Writes the permissions of a role; what is added or taken away must be held by the actor himself.
async fn grant(tx: &mut Tx, actor: &Actor, role: &RoleRow, granted: &[Granted]) -> ApiResult<()> {
    let (old, new) = (checks::permissions_of(role), checks::permissions(granted)?);
    let differs = |one: &[(Permission, Scope)], other: &[(Permission, Scope)]| {
        one.iter().filter(|p| !other.contains(p)).copied().collect::<Vec<_>>()
    };
    checks::within_own(actor, &differs(&new, &old))?;
    checks::within_own(actor, &differs(&old, &new))?;
    let codes: Vec<String> = new.iter().map(|(p, _)| p.code().to_owned()).collect();
    let scopes: Vec<String> = new.iter().map(|(_, s)| s.as_str().to_owned()).collect();
    Ok(roles::set_permissions(tx, role.id.into(), &codes, &scopes).await?)
}

/// Add a role.
#[utoipa::path(post, path = "/roles", tag = "identity", request_body = NewRole,
    responses((status = 201, body = Role)), extensions(("x-permission" = json!("identity.manage_roles"))))]
pub async fn create_role(
    actor: Can<need::IdentityManageRoles>,
    db: Db,
    clock: Clock,
    Body { value: new, .. }: Body<NewRole>,
) -> ApiResult<Reply<Role>> {
    let (name_ar, name_en) = text::names(&new.name_ar, &new.name_en, NAME)?;
    let id: RoleId = clock.new_id();
    let mut tx = db.begin(&actor).await?;
    roles::insert(&mut tx, id, None, &name_ar, &name_en, clock.now()).await?;
    let role = find(&mut tx, id).await?;
    grant(&mut tx, &actor, &role, &new.permissions).await?;
    let role = find(&mut tx, id).await?;
    tx.announce(Change::Access, Announcement::default()).await?;
    tx.commit().await?;
    Ok(Reply::created(Role::from(role), format!("/roles/{id}")).version(1))
}

/// Change a role. A permission that is taken away counts from the next request on.
#[utoipa::path(patch, path = "/roles/{id}", tag = "identity", request_body = RolePatch,
    params(("id" = RoleId, Path)), responses((status = 200, body = Role)),
    extensions(("x-permission" = json!("identity.manage_roles"))))]
pub async fn update_role(
    actor: Can<need::IdentityManageRoles>,
    db: Db,
    Path(id): Path<RoleId>,
    IfMatch(version): IfMatch,
    Body { value: patch, .. }: Body<RolePatch>,
) -> ApiResult<Reply<Role>> {
    let mut tx = db.begin(&actor).await?;
    roles::lock(&mut tx, id).await?;
    let old = find(&mut tx, id).await?;
    if old.version != version {
        return Err(ApiError::stale());
    }
    match patch.permissions {
        Patch::Absent => {}
        Patch::Null => return Err(ApiError::invalid("/permissions", "request.required")),
        Patch::Value(_) if old.code.as_deref() == Some("admin") => {
            return Err(ApiError::conflict("identity.role_admin_fixed"));
        }
        Patch::Value(granted) => grant(&mut tx, &actor, &old, &granted).await?,
    }
    let name_ar = patch.name_ar.over_required(old.name_ar, "/name_ar")?;
    let name_en = patch.name_en.over_required(old.name_en, "/name_en")?;
    let (name_ar, name_en) = text::names(&name_ar, &name_en, NAME)?;
    roles::update(&mut tx, id, &name_ar, &name_en).await?;
    let role = find(&mut tx, id).await?;
    tx.announce(Change::Access, Announcement::default()).await?;
    tx.commit().await?;
    let version = role.version;
    Ok(Reply::ok(Role::from(role)).version(version))
}

/// Delete a role that nobody has.
#[utoipa::path(delete, path = "/roles/{id}", tag = "identity", params(("id" = RoleId, Path)),
    responses((status = 204)), extensions(("x-permission" = json!("identity.manage_roles"))))]
pub async fn delete_role(
    actor: Can<need::IdentityManageRoles>,
    db: Db,
    Path(id): Path<RoleId>,
) -> ApiResult<StatusCode> {
    let mut tx = db.begin(&actor).await?;
    roles::lock(&mut tx, id).await?;
    let role = find(&mut tx, id).await?;
    if role.code.is_some() {
        return Err(ApiError::conflict("identity.role_built_in"));
    }
    let in_use = || ApiError::conflict("identity.role_in_use");
    roles::delete(&mut tx, id).await.on_constraint("staff_role_role_fkey", in_use)?;
    staff::check_rules(&mut tx).await?;
    tx.announce(Change::Access, Announcement::default()).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
