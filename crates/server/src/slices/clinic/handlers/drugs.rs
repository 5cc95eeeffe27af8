//! The drug list.

use axum::response::Response;
use dentpro_core::ids::DrugId;
use dentpro_core::permissions::need;

use super::super::api::catalogue::{CatalogueQuery, Drug, DrugPatch, ImportReport, NewDrug};
use super::super::csv_file::{self, Line};
use super::super::store::drugs as store;
use super::super::store::procedures::Search;
use super::procedures::search;
use crate::kernel::actor::Can;
use crate::kernel::clock::Clock;
use crate::kernel::db::Db;
use crate::kernel::error::{ApiError, ApiResult, OnConstraint};
use crate::kernel::extract::{Body, IfMatch, Path, Query, Upload};
use crate::kernel::live::{Announcement, Change};
use crate::kernel::paging::{self, Page};
use crate::kernel::reply::Reply;
use crate::kernel::text;

const COLUMNS: [&str; 8] =
    ["code", "name_en", "name_ar", "drug_class", "forms", "strengths", "notes_en", "notes_ar"];
/// Lines an export has at most.
const EXPORT_LIMIT: i64 = 10_000;

/// Checks what a form or a file brings; the first wrong field with its code.
fn check(drug: &Drug) -> Result<(), (&'static str, &'static str)> {
    let slug = |w: &str| {
        w.len() <= 60
            && w.starts_with(|c: char| c.is_ascii_lowercase())
            && w.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    };
    if !slug(&drug.code) {
        return Err(("code", "clinic.code_malformed"));
    }
    if drug.name_ar.is_empty() && drug.name_en.is_empty() {
        return Err(("name_en", "request.required"));
    }
    if !slug(&drug.drug_class) || drug.drug_class.len() < 2 || drug.drug_class.len() > 40 {
        return Err(("drug_class", "clinic.drug_class_malformed"));
    }
    for (column, list) in [("forms", &drug.forms), ("strengths", &drug.strengths)] {
        if list.len() > 30 || list.iter().any(|i| text::required_line(i, column, 60).is_err()) {
            return Err((column, "request.value_not_allowed"));
        }
    }
    Ok(())
}

fn checked(drug: Drug) -> ApiResult<Drug> {
    check(&drug).map_err(|(field, code)| ApiError::invalid(format!("/{field}"), code))?;
    Ok(drug)
}

/// The drugs by code, searched by name in either language.
#[utoipa::path(get, path = "/drugs", tag = "clinic", params(CatalogueQuery),
    responses((status = 200, body = Page<Drug>)), extensions(("x-permission" = json!("clinic.read"))))]
pub async fn list_drugs(
    actor: Can<need::ClinicRead>,
    db: Db,
    Query(query): Query<CatalogueQuery>,
) -> ApiResult<Reply<Page<Drug>>> {
    let limit = paging::limit(query.limit)?;
    let mut tx = db.begin(&actor).await?;
    let rows = store::drugs(&mut tx, &search(&query)?, limit + 1).await?;
    Ok(Reply::ok(Page::of(rows, limit, |d| d.code.clone())))
}

/// Add a drug.
#[utoipa::path(post, path = "/drugs", tag = "clinic", request_body = NewDrug,
    responses((status = 201, body = Drug)), extensions(("x-permission" = json!("clinic.write"))))]
pub async fn create_drug(
    actor: Can<need::ClinicWrite>,
    db: Db,
    clock: Clock,
    Body { value: new, .. }: Body<NewDrug>,
) -> ApiResult<Reply<Drug>> {
    let (name_ar, name_en) = text::names(&new.name_ar, &new.name_en, 200)?;
    let drug = checked(Drug {
        id: clock.new_id(),
        code: new.code,
        name_ar,
        name_en,
        drug_class: new.drug_class,
        forms: new.forms,
        strengths: new.strengths,
        notes_ar: text::optional_paragraphs(new.notes_ar, "/notes_ar", 1000)?,
        notes_en: text::optional_paragraphs(new.notes_en, "/notes_en", 1000)?,
        active: true,
        version: 1,
    })?;
    let mut tx = db.begin(&actor).await?;
    store::insert_drug(&mut tx, &drug, clock.now())
        .await
        .on_constraint("drug_code_once", || ApiError::conflict("clinic.code_taken"))?;
    tx.announce(Change::Clinic, Announcement::default()).await?;
    tx.commit().await?;
    let place = format!("/drugs/{}", drug.id);
    Ok(Reply::created(drug, place).version(1))
}

/// Change a drug, or take it off the list.
#[utoipa::path(patch, path = "/drugs/{id}", tag = "clinic", request_body = DrugPatch,
    params(("id" = DrugId, Path)), responses((status = 200, body = Drug)),
    extensions(("x-permission" = json!("clinic.write"))))]
pub async fn update_drug(
    actor: Can<need::ClinicWrite>,
    db: Db,
    Path(id): Path<DrugId>,
    IfMatch(version): IfMatch,
    Body { value: patch, .. }: Body<DrugPatch>,
) -> ApiResult<Reply<Drug>> {
    let mut tx = db.begin(&actor).await?;
    let mut drug = store::drug_for_update(&mut tx, id).await?.ok_or_else(ApiError::not_found)?;
    if drug.version != version {
        return Err(ApiError::stale());
    }
    let name_ar = patch.name_ar.over_required(drug.name_ar, "/name_ar")?;
    let name_en = patch.name_en.over_required(drug.name_en, "/name_en")?;
    (drug.name_ar, drug.name_en) = text::names(&name_ar, &name_en, 200)?;
    drug.drug_class = patch.drug_class.over_required(drug.drug_class, "/drug_class")?;
    drug.forms = patch.forms.over_required(drug.forms, "/forms")?;
    drug.strengths = patch.strengths.over_required(drug.strengths, "/strengths")?;
    drug.notes_ar = text::optional_paragraphs(patch.notes_ar.over(drug.notes_ar), "/notes_ar", 1000)?;
    drug.notes_en = text::optional_paragraphs(patch.notes_en.over(drug.notes_en), "/notes_en", 1000)?;
    drug.active = patch.active.over_required(drug.active, "/active")?;
    let mut drug = checked(drug)?;
    drug.version = store::update_drug(&mut tx, &drug).await?;
    tx.announce(Change::Clinic, Announcement::default()).await?;
    tx.commit().await?;
    let version = drug.version;
    Ok(Reply::ok(drug).version(version))
}

fn from_line(line: &Line, clock: &Clock) -> Result<Drug, (&'static str, &'static str)> {
    let clean = |column: &'static str| {
        text::line(line.cell(column), column, 200).map_err(|_| (column, "request.text_not_allowed"))
    };
    let note = |column: &'static str| {
        text::optional_line(line.optional(column), column, 1000)
            .map_err(|_| (column, "request.text_not_allowed"))
    };
    let drug = Drug {
        id: clock.new_id(),
        code: line.cell("code").to_owned(),
        name_ar: clean("name_ar")?,
        name_en: clean("name_en")?,
        drug_class: line.cell("drug_class").to_owned(),
        forms: line.list("forms"),
        strengths: line.list("strengths"),
        notes_ar: note("notes_ar")?,
        notes_en: note("notes_en")?,
        active: true,
        version: 1,
    };
    check(&drug)?;
    Ok(drug)
}

/// Take a CSV file over: new codes are added, known ones changed. With one wrong line nothing is written.
#[utoipa::path(post, path = "/drugs/import", tag = "clinic",
    request_body(content = String, content_type = "text/csv"), responses((status = 200, body = ImportReport)),
    extensions(("x-permission" = json!("clinic.write"))))]
pub async fn import_drugs(
    actor: Can<need::ClinicWrite>,
    db: Db,
    clock: Clock,
    upload: Upload<{ csv_file::MAX_BYTES }>,
) -> ApiResult<Reply<ImportReport>> {
    let lines = csv_file::read(&upload.bytes, &COLUMNS[..6])?;
    let mut report = ImportReport::default();
    let mut drugs: Vec<Drug> = Vec::new();
    for line in &lines {
        match from_line(line, &clock) {
            Ok(drug) if drugs.iter().any(|d| d.code == drug.code) => {
                report.errors.push(line.error("code", "clinic.code_twice"))
            }
            Ok(drug) => drugs.push(drug),
            Err((column, code)) => report.errors.push(line.error(column, code)),
        }
    }
    if !report.errors.is_empty() {
        return Ok(Reply::ok(report));
    }
    let mut tx = db.begin(&actor).await?;
    let everything = Search { include_inactive: true, ..Search::default() };
    let known = store::drugs(&mut tx, &everything, EXPORT_LIMIT).await?;
    for mut drug in drugs {
        if let Some(old) = known.iter().find(|k| k.code == drug.code) {
            (drug.id, drug.active) = (old.id, old.active);
            store::update_drug(&mut tx, &drug).await?;
            report.updated += 1;
        } else {
            store::insert_drug(&mut tx, &drug, clock.now()).await?;
            report.created += 1;
        }
    }
    tx.announce(Change::Clinic, Announcement::default()).await?;
    tx.commit().await?;
    Ok(Reply::ok(report))
}

/// The drug list as a CSV file, in the form that the import reads.
#[utoipa::path(get, path = "/drugs.csv", tag = "clinic",
    responses((status = 200, body = String, content_type = "text/csv")),
    extensions(("x-permission" = json!("clinic.read"))))]
pub async fn export_drugs(actor: Can<need::ClinicRead>, db: Db) -> ApiResult<Response> {
    let mut tx = db.begin(&actor).await?;
    let drugs = store::drugs(&mut tx, &Search::default(), EXPORT_LIMIT).await?;
    tx.audit("export", "drug", None, None, None, None).await?;
    tx.commit().await?;
    let lines = drugs.into_iter().map(|d| {
        let (forms, strengths) = (d.forms.join(";"), d.strengths.join(";"));
        let (notes_en, notes_ar) = (d.notes_en.unwrap_or_default(), d.notes_ar.unwrap_or_default());
        vec![d.code, d.name_en, d.name_ar, d.drug_class, forms, strengths, notes_en, notes_ar]
    });
    csv_file::download("drugs.csv", &COLUMNS, lines)
}
