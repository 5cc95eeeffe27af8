//! Hours of certain dates: holidays and closures of a branch, leave of a doctor, Ramadan.

use dentpro_core::ids::{BranchId, ClosureId, StaffId};
use dentpro_core::permissions::need;
use dentpro_core::scheduling::DatedKind;
use jiff::civil::Date;
use uuid::Uuid;

use super::super::api::hours::{Closure, ClosureFilter, ClosurePatch, NewClosure};
use super::super::store::closures::{self as store, Choice};
use super::super::store::hours::{self as hours_store, Owner};
use super::super::typed_hours::{read_stretches, written};
use crate::kernel::actor::Can;
use crate::kernel::clock::Clock;
use crate::kernel::db::{Db, Tx};
use crate::kernel::dental;
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::extract::{Body, IfMatch, Path, Query};
use crate::kernel::live::{Announcement, Change};
use crate::kernel::paging::{self, Page};
use crate::kernel::reply::Reply;
use crate::kernel::text;

/// Letters a name has at most.
const NAME: usize = 120;
/// Days an entry spans at most: three years.
const MAX_DAYS: i32 = 1100;

/// The dated hours of branches and doctors, in the order in which they begin.
#[utoipa::path(get, path = "/closures", tag = "clinic", params(ClosureFilter),
    responses((status = 200, body = Page<Closure>)), extensions(("x-permission" = json!("clinic.read"))))]
pub async fn list_closures(
    actor: Can<need::ClinicRead>,
    db: Db,
    Query(filter): Query<ClosureFilter>,
) -> ApiResult<Reply<Page<Closure>>> {
    let day = |text: Option<&str>, name: &str| text.map(|t| dental::day(t, name)).transpose();
    let after: Option<(Date, Uuid)> = paging::read_cursor(filter.cursor.as_deref())?;
    let choice = Choice {
        from: day(filter.from.as_deref(), "from")?,
        to: day(filter.to.as_deref(), "to")?,
        branch: filter.branch_id.map(BranchId::uuid),
        staff: filter.staff_id.map(StaffId::uuid),
        after,
        limit: paging::limit(filter.limit)?,
    };
    let mut tx = db.begin(&actor).await?;
    let found = store::list(&mut tx, &choice).await?;
    let page = Page::of(found, choice.limit, |closure| (closure.starts_on, closure.id.uuid()));
    Ok(Reply::ok(page))
}

/// Add a holiday, a closure, a leave or other hours of certain dates.
#[utoipa::path(post, path = "/closures", tag = "clinic", request_body = NewClosure,
    responses((status = 201, body = Closure)), extensions(("x-permission" = json!("clinic.write"))))]
pub async fn create_closure(
    actor: Can<need::ClinicWrite>,
    db: Db,
    clock: Clock,
    Body { value: new, .. }: Body<NewClosure>,
) -> ApiResult<Reply<Closure>> {
    let owner = match (new.branch_id, new.staff_id) {
        (Some(branch), None) => Owner::Branch(branch.uuid()),
        (None, Some(staff)) => Owner::Staff(staff.uuid()),
        _ => return Err(ApiError::invalid("/branch_id", "clinic.one_owner")),
    };
    let (name_ar, name_en) = text::names(&new.name_ar, &new.name_en, NAME)?;
    let closure = Closure {
        id: clock.new_id(),
        branch_id: new.branch_id,
        staff_id: new.staff_id,
        kind: new.kind,
        name_ar,
        name_en,
        starts_on: dental::day(&new.starts_on, "/starts_on")?,
        ends_on: dental::day(&new.ends_on, "/ends_on")?,
        everybody: new.everybody.unwrap_or(true),
        hours: new.hours,
        version: 1,
    };
    let closure = checked(closure)?;
    let mut tx = db.begin(&actor).await?;
    if hours_store::version(&mut tx, owner).await?.is_none() {
        let pointer = if new.branch_id.is_some() { "/branch_id" } else { "/staff_id" };
        return Err(ApiError::invalid(pointer, "request.unknown_reference"));
    }
    store::insert(&mut tx, &closure, clock.now()).await?;
    write_stretches(&mut tx, &closure, &clock).await?;
    tx.announce(Change::Clinic, Announcement::default()).await?;
    tx.commit().await?;
    let place = format!("/closures/{}", closure.id);
    Ok(Reply::created(closure, place).version(1))
}

/// Change dated hours; whose they are stays.
#[utoipa::path(patch, path = "/closures/{id}", tag = "clinic", request_body = ClosurePatch,
    params(("id" = ClosureId, Path)), responses((status = 200, body = Closure)),
    extensions(("x-permission" = json!("clinic.write"))))]
pub async fn update_closure(
    actor: Can<need::ClinicWrite>,
    db: Db,
    clock: Clock,
    Path(id): Path<ClosureId>,
    IfMatch(version): IfMatch,
    Body { value: patch, .. }: Body<ClosurePatch>,
) -> ApiResult<Reply<Closure>> {
    let mut tx = db.begin(&actor).await?;
    let mut closure = store::hold(&mut tx, id).await?.ok_or_else(ApiError::not_found)?;
    if closure.version != version {
        return Err(ApiError::stale());
    }
    let name_ar = patch.name_ar.over_required(closure.name_ar, "/name_ar")?;
    let name_en = patch.name_en.over_required(closure.name_en, "/name_en")?;
    (closure.name_ar, closure.name_en) = text::names(&name_ar, &name_en, NAME)?;
    closure.kind = patch.kind.over_required(closure.kind, "/kind")?;
    let starts_on = patch.starts_on.try_map(|text| dental::day(&text, "/starts_on"))?;
    closure.starts_on = starts_on.over_required(closure.starts_on, "/starts_on")?;
    let ends_on = patch.ends_on.try_map(|text| dental::day(&text, "/ends_on"))?;
    closure.ends_on = ends_on.over_required(closure.ends_on, "/ends_on")?;
    closure.everybody = patch.everybody.over_required(closure.everybody, "/everybody")?;
    closure.hours = patch.hours.over_required(closure.hours, "/hours")?;
    let mut closure = checked(closure)?;
    closure.version = store::update(&mut tx, &closure).await?;
    write_stretches(&mut tx, &closure, &clock).await?;
    tx.announce(Change::Clinic, Announcement::default()).await?;
    tx.commit().await?;
    let version = closure.version;
    Ok(Reply::ok(closure).version(version))
}

/// Take dated hours away: the week counts again.
#[utoipa::path(delete, path = "/closures/{id}", tag = "clinic", params(("id" = ClosureId, Path)),
    responses((status = 204)), extensions(("x-permission" = json!("clinic.write"))))]
pub async fn delete_closure(
    actor: Can<need::ClinicWrite>,
    db: Db,
    Path(id): Path<ClosureId>,
) -> ApiResult<axum::http::StatusCode> {
    let mut tx = db.begin(&actor).await?;
    store::hold(&mut tx, id).await?.ok_or_else(ApiError::not_found)?;
    store::delete(&mut tx, id).await?;
    tx.announce(Change::Clinic, Announcement::default()).await?;
    tx.commit().await?;
    Ok(axum::http::StatusCode::NO_CONTENT)
}

/// What must hold whoever wrote it: kind and owner fit, the span is one, and only other hours have stretches.
fn checked(mut closure: Closure) -> ApiResult<Closure> {
    let of_staff = closure.staff_id.is_some();
    let fits = match closure.kind {
        DatedKind::Holiday | DatedKind::Closure => !of_staff,
        DatedKind::Leave => of_staff,
        DatedKind::Hours => true,
    };
    if !fits {
        return Err(ApiError::invalid("/kind", "clinic.closure_kind_of_owner"));
    }
    if closure.ends_on < closure.starts_on {
        return Err(ApiError::invalid("/ends_on", "clinic.closure_ends_before_start"));
    }
    if (closure.ends_on - closure.starts_on).get_days() > MAX_DAYS {
        return Err(ApiError::invalid("/ends_on", "clinic.closure_too_long"));
    }
    if closure.kind.closes() && !closure.hours.is_empty() {
        return Err(ApiError::invalid("/hours", "clinic.closure_has_hours"));
    }
    let stretches = read_stretches(&closure.hours, "/hours")?;
    closure.hours = stretches.into_iter().map(written).collect();
    Ok(closure)
}

async fn write_stretches(tx: &mut Tx, closure: &Closure, clock: &Clock) -> ApiResult<()> {
    let stretches: Vec<_> = read_stretches(&closure.hours, "/hours")?
        .into_iter()
        .map(|(weekday, stretch)| (clock.new_id::<Uuid>(), weekday, stretch))
        .collect();
    Ok(store::replace_stretches(tx, closure.id, &stretches).await?)
}
