//! The operations of the clinic's set-up.

use dentpro_core::ids::{BranchId, ChairId};
use dentpro_core::permissions::need;
use dentpro_core::time::sane_date;

use super::super::api::places::{Branch, BranchPatch, Chair, ChairPatch, NewBranch, NewChair, OutOfService};
use super::super::store::places as store;
use crate::kernel::actor::Can;
use crate::kernel::clock::Clock;
use crate::kernel::db::Db;
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::extract::{Body, IfMatch, Path};
use crate::kernel::live::{Announcement, Change};
use crate::kernel::paging::Page;
use crate::kernel::reply::Reply;
use crate::kernel::text;

/// Letters a name has at most.
const NAME: usize = 120;
/// Letters an address has at most.
const ADDRESS: usize = 400;
/// Letters a reason has at most.
const REASON: usize = 200;
/// What a chair can be fit for.
const FEATURES: [&str; 3] = ["surgery", "xray", "child"];

/// Known features, each once, in one order.
fn features(given: &[String]) -> ApiResult<Vec<String>> {
    if given.iter().any(|feature| !FEATURES.contains(&feature.as_str())) {
        return Err(ApiError::invalid("/features", "clinic.feature_unknown"));
    }
    Ok(FEATURES.iter().filter(|known| given.iter().any(|g| g == *known)).map(|f| (*f).to_owned()).collect())
}

fn out_of_service(given: OutOfService) -> ApiResult<OutOfService> {
    for (date, pointer) in [(given.from, "/out_of_service/from"), (given.until, "/out_of_service/until")] {
        date.map_or(Ok(()), |d| sane_date(d).map(|_| ()))
            .map_err(|_| ApiError::invalid(pointer, "request.date_out_of_range"))?;
    }
    if given.from.zip(given.until).is_some_and(|(from, until)| until < from) {
        return Err(ApiError::invalid("/out_of_service/until", "clinic.closure_ends_before_start"));
    }
    Ok(OutOfService {
        reason: text::required_line(&given.reason, "/out_of_service/reason", REASON)?,
        ..given
    })
}

/// The branches of the clinic.
#[utoipa::path(get, path = "/branches", tag = "clinic", responses((status = 200, body = Page<Branch>)),
    extensions(("x-permission" = json!("clinic.read"))))]
pub async fn list_branches(actor: Can<need::ClinicRead>, db: Db) -> ApiResult<Reply<Page<Branch>>> {
    let mut tx = db.begin(&actor).await?;
    Ok(Reply::ok(Page::whole(store::branches(&mut tx).await?)))
}

/// Add a branch.
#[utoipa::path(post, path = "/branches", tag = "clinic", request_body = NewBranch,
    responses((status = 201, body = Branch)), extensions(("x-permission" = json!("clinic.write"))))]
pub async fn create_branch(
    actor: Can<need::ClinicWrite>,
    db: Db,
    clock: Clock,
    Body { value: new, .. }: Body<NewBranch>,
) -> ApiResult<Reply<Branch>> {
    let (name_ar, name_en) = text::names(&new.name_ar, &new.name_en, NAME)?;
    let branch = Branch {
        id: clock.new_id(),
        name_ar,
        name_en,
        phone: text::optional_line(new.phone, "/phone", 40)?,
        address_ar: text::optional_line(new.address_ar, "/address_ar", ADDRESS)?,
        address_en: text::optional_line(new.address_en, "/address_en", ADDRESS)?,
        number_prefix: String::new(),
        active: true,
        version: 1,
    };
    let mut tx = db.begin(&actor).await?;
    let branch = store::insert_branch(&mut tx, &branch, clock.now()).await?;
    tx.announce(Change::Clinic, Announcement::default()).await?;
    tx.commit().await?;
    let place = format!("/branches/{}", branch.id);
    Ok(Reply::created(branch, place).version(1))
}

/// Change a branch, or close it.
#[utoipa::path(patch, path = "/branches/{id}", tag = "clinic", request_body = BranchPatch,
    params(("id" = BranchId, Path)), responses((status = 200, body = Branch)),
    extensions(("x-permission" = json!("clinic.write"))))]
pub async fn update_branch(
    actor: Can<need::ClinicWrite>,
    db: Db,
    Path(id): Path<BranchId>,
    IfMatch(version): IfMatch,
    Body { value: patch, .. }: Body<BranchPatch>,
) -> ApiResult<Reply<Branch>> {
    let mut tx = db.begin(&actor).await?;
    let mut branch = store::branch_for_update(&mut tx, id).await?.ok_or_else(ApiError::not_found)?;
    if branch.version != version {
        return Err(ApiError::stale());
    }
    let name_ar = patch.name_ar.over_required(branch.name_ar, "/name_ar")?;
    let name_en = patch.name_en.over_required(branch.name_en, "/name_en")?;
    (branch.name_ar, branch.name_en) = text::names(&name_ar, &name_en, NAME)?;
    branch.phone = text::optional_line(patch.phone.over(branch.phone), "/phone", 40)?;
    branch.address_ar =
        text::optional_line(patch.address_ar.over(branch.address_ar), "/address_ar", ADDRESS)?;
    branch.address_en =
        text::optional_line(patch.address_en.over(branch.address_en), "/address_en", ADDRESS)?;
    branch.active = patch.active.over_required(branch.active, "/active")?;
    branch.version = store::update_branch(&mut tx, &branch).await?;
    tx.announce(Change::Clinic, Announcement::default()).await?;
    tx.commit().await?;
    let version = branch.version;
    Ok(Reply::ok(branch).version(version))
}

/// The chairs of every branch, in the order of the book.
#[utoipa::path(get, path = "/chairs", tag = "clinic", responses((status = 200, body = Page<Chair>)),
    extensions(("x-permission" = json!("clinic.read"))))]
pub async fn list_chairs(actor: Can<need::ClinicRead>, db: Db) -> ApiResult<Reply<Page<Chair>>> {
    let mut tx = db.begin(&actor).await?;
    Ok(Reply::ok(Page::whole(store::chairs(&mut tx).await?)))
}

/// Add a chair to a branch.
#[utoipa::path(post, path = "/chairs", tag = "clinic", request_body = NewChair,
    responses((status = 201, body = Chair)), extensions(("x-permission" = json!("clinic.write"))))]
pub async fn create_chair(
    actor: Can<need::ClinicWrite>,
    db: Db,
    clock: Clock,
    Body { value: new, .. }: Body<NewChair>,
) -> ApiResult<Reply<Chair>> {
    let (name_ar, name_en) = text::names(&new.name_ar, &new.name_en, NAME)?;
    let position = new.position.unwrap_or(1000);
    let chair = Chair {
        id: clock.new_id(),
        branch_id: new.branch_id,
        name_ar,
        name_en,
        position,
        active: true,
        features: features(&new.features)?,
        out_of_service: None,
        version: 1,
    };
    let mut tx = db.begin(&actor).await?;
    store::insert_chair(&mut tx, &chair, clock.now()).await?;
    tx.announce(Change::Clinic, Announcement::default()).await?;
    tx.commit().await?;
    let place = format!("/chairs/{}", chair.id);
    Ok(Reply::created(chair, place).version(1))
}

/// Change a chair, or take it out of service.
#[utoipa::path(patch, path = "/chairs/{id}", tag = "clinic", request_body = ChairPatch,
    params(("id" = ChairId, Path)), responses((status = 200, body = Chair)),
    extensions(("x-permission" = json!("clinic.write"))))]
pub async fn update_chair(
    actor: Can<need::ClinicWrite>,
    db: Db,
    Path(id): Path<ChairId>,
    IfMatch(version): IfMatch,
    Body { value: patch, .. }: Body<ChairPatch>,
) -> ApiResult<Reply<Chair>> {
    let mut tx = db.begin(&actor).await?;
    let mut chair = store::chair_for_update(&mut tx, id).await?.ok_or_else(ApiError::not_found)?;
    if chair.version != version {
        return Err(ApiError::stale());
    }
    let name_ar = patch.name_ar.over_required(chair.name_ar, "/name_ar")?;
    let name_en = patch.name_en.over_required(chair.name_en, "/name_en")?;
    (chair.name_ar, chair.name_en) = text::names(&name_ar, &name_en, NAME)?;
    chair.position = patch.position.over_required(chair.position, "/position")?;
    chair.active = patch.active.over_required(chair.active, "/active")?;
    chair.features = features(&patch.features.over_required(chair.features, "/features")?)?;
    chair.out_of_service = patch.out_of_service.try_map(out_of_service)?.over(chair.out_of_service);
    chair.version = store::update_chair(&mut tx, &chair).await?;
    tx.announce(Change::Clinic, Announcement::default()).await?;
    tx.commit().await?;
    let version = chair.version;
    Ok(Reply::ok(chair).version(version))
}
