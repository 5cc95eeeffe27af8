//! The procedure catalogue.

use axum::response::Response;
use dentpro_core::charting::vocabulary;
use dentpro_core::ids::ProcedureId;
use dentpro_core::money::{Currency, Money};
use dentpro_core::permissions::{Permission, need};
use dentpro_core::text::escape_like;

use super::super::api::catalogue::{CatalogueQuery, ImportReport, NewProcedure, Procedure, ProcedurePatch};
use super::super::csv_file::{self, Line};
use super::super::store::procedures::{self as store, ProcedureRow, Search};
use crate::kernel::actor::{Actor, Can};
use crate::kernel::clock::Clock;
use crate::kernel::db::Db;
use crate::kernel::error::{ApiError, ApiResult, OnConstraint};
use crate::kernel::extract::{Body, IfMatch, Path, Query, Upload};
use crate::kernel::live::{Announcement, Change};
use crate::kernel::paging::{self, Page};
use crate::kernel::reply::Reply;
use crate::kernel::text;

const SCOPES: [&str; 6] = ["mouth", "arch", "quadrant", "tooth", "surface", "unit"];
const TAX_CODES: [&str; 3] = ["exempt", "zero", "standard"];
const COLUMNS: [&str; 10] = [
    "code",
    "name_ar",
    "name_en",
    "category",
    "scope",
    "minutes",
    "price",
    "tax",
    "chart_code",
    "chart_material",
];
/// Lines an export has at most.
const EXPORT_LIMIT: i64 = 10_000;

pub(super) fn search(query: &CatalogueQuery) -> ApiResult<Search> {
    let q = query.q.as_deref().map(|q| text::line(q, "q", 100)).transpose()?;
    Ok(Search {
        like: q.filter(|q| !q.is_empty()).map(|q| escape_like(&q)),
        category: query.category.as_deref().map(|c| text::line(c, "category", 60)).transpose()?,
        include_inactive: query.include_inactive,
        after: paging::read_cursor(query.cursor.as_deref())?,
    })
}

fn wire(row: ProcedureRow, actor: &Actor) -> ApiResult<Procedure> {
    let currency: Currency =
        actor.facts.currency.parse().map_err(|_| ApiError::conflict("clinic.currency_unknown"))?;
    let price = actor.may(Permission::BillingRead).then(|| Money::new(row.price, currency));
    Ok(Procedure {
        id: row.id,
        code: row.code,
        name_ar: row.name_ar,
        name_en: row.name_en,
        category: row.category,
        scope: row.scope,
        price,
        minutes: row.minutes,
        tax_code: row.tax_code,
        chart_code: row.chart_code,
        chart_material: row.chart_material,
        active: row.active,
        version: row.version,
    })
}

/// Checks what a form or a file brings; the pointer of the first wrong field with its code.
fn check(row: &ProcedureRow) -> Result<(), (&'static str, &'static str)> {
    let code_fits = (2..=20).contains(&row.code.len())
        && row.code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-');
    let word =
        |w: &str| !w.is_empty() && w.len() <= 40 && w.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    if !code_fits {
        return Err(("code", "clinic.code_malformed"));
    }
    if row.name_ar.is_empty() && row.name_en.is_empty() {
        return Err(("name_ar", "request.required"));
    }
    if !word(&row.category) {
        return Err(("category", "clinic.category_malformed"));
    }
    if !SCOPES.contains(&row.scope.as_str()) {
        return Err(("scope", "clinic.scope_unknown"));
    }
    if !TAX_CODES.contains(&row.tax_code.as_str()) {
        return Err(("tax", "clinic.tax_code_unknown"));
    }
    if !(5..=720).contains(&row.minutes) {
        return Err(("minutes", "request.out_of_range"));
    }
    if !(0..=1_000_000_000_000).contains(&row.price) {
        return Err(("price", "request.out_of_range"));
    }
    match &row.chart_code {
        Some(code) if vocabulary::term(code).is_none() => Err(("chart_code", "clinic.chart_code_unknown")),
        _ => Ok(()),
    }
}

fn checked(row: ProcedureRow) -> ApiResult<ProcedureRow> {
    check(&row).map_err(|(field, code)| ApiError::invalid(format!("/{field}"), code))?;
    Ok(row)
}

fn minor(price: Money, actor: &Actor) -> ApiResult<i64> {
    if price.currency.code() == actor.facts.currency {
        Ok(price.minor)
    } else {
        Err(ApiError::invalid("/price", "clinic.price_in_another_currency"))
    }
}

/// The catalogue by code, searched by name in either language.
#[utoipa::path(get, path = "/procedures", tag = "clinic", params(CatalogueQuery),
    responses((status = 200, body = Page<Procedure>)), extensions(("x-permission" = json!("clinic.read"))))]
pub async fn list_procedures(
    actor: Can<need::ClinicRead>,
    db: Db,
    Query(query): Query<CatalogueQuery>,
) -> ApiResult<Reply<Page<Procedure>>> {
    let limit = paging::limit(query.limit)?;
    let mut tx = db.begin(&actor).await?;
    let rows = store::procedures(&mut tx, &search(&query)?, limit + 1).await?;
    let page = Page::of(rows, limit, |row| row.code.clone());
    let items = page.items.into_iter().map(|row| wire(row, &actor)).collect::<ApiResult<_>>()?;
    Ok(Reply::ok(Page { items, next_cursor: page.next_cursor }))
}

/// Add a procedure.
#[utoipa::path(post, path = "/procedures", tag = "clinic", request_body = NewProcedure,
    responses((status = 201, body = Procedure)), extensions(("x-permission" = json!("clinic.write"))))]
pub async fn create_procedure(
    actor: Can<need::ClinicWrite>,
    db: Db,
    clock: Clock,
    Body { value: new, .. }: Body<NewProcedure>,
) -> ApiResult<Reply<Procedure>> {
    let (name_ar, name_en) = text::names(&new.name_ar, &new.name_en, 200)?;
    let row = checked(ProcedureRow {
        id: clock.new_id(),
        code: new.code,
        name_ar,
        name_en,
        category: new.category,
        scope: new.scope,
        price: minor(new.price, &actor)?,
        minutes: new.minutes,
        tax_code: new.tax_code,
        chart_code: new.chart_code,
        chart_material: text::optional_line(new.chart_material, "/chart_material", 40)?,
        active: true,
        version: 1,
    })?;
    let mut tx = db.begin(&actor).await?;
    store::insert_procedure(&mut tx, &row, clock.now())
        .await
        .on_constraint("procedure_item_code_once", || ApiError::conflict("clinic.code_taken"))?;
    tx.announce(Change::Clinic, Announcement::default()).await?;
    tx.commit().await?;
    let place = format!("/procedures/{}", row.id);
    Ok(Reply::created(wire(row, &actor)?, place).version(1))
}

/// Change a procedure, or stop offering it. Prices of what was planned or done stay as they were.
#[utoipa::path(patch, path = "/procedures/{id}", tag = "clinic", request_body = ProcedurePatch,
    params(("id" = ProcedureId, Path)), responses((status = 200, body = Procedure)),
    extensions(("x-permission" = json!("clinic.write"))))]
pub async fn update_procedure(
    actor: Can<need::ClinicWrite>,
    db: Db,
    Path(id): Path<ProcedureId>,
    IfMatch(version): IfMatch,
    Body { value: patch, .. }: Body<ProcedurePatch>,
) -> ApiResult<Reply<Procedure>> {
    let mut tx = db.begin(&actor).await?;
    let row = store::procedure_for_update(&mut tx, id).await?.ok_or_else(ApiError::not_found)?;
    if row.version != version {
        return Err(ApiError::stale());
    }
    let mut row = patched(row, patch, &actor)?;
    row.version = store::update_procedure(&mut tx, &row).await?;
    tx.announce(Change::Clinic, Announcement::default()).await?;
    tx.commit().await?;
    let version = row.version;
    Ok(Reply::ok(wire(row, &actor)?).version(version))
}

fn patched(mut row: ProcedureRow, patch: ProcedurePatch, actor: &Actor) -> ApiResult<ProcedureRow> {
    let name_ar = patch.name_ar.over_required(row.name_ar, "/name_ar")?;
    let name_en = patch.name_en.over_required(row.name_en, "/name_en")?;
    (row.name_ar, row.name_en) = text::names(&name_ar, &name_en, 200)?;
    row.category = patch.category.over_required(row.category, "/category")?;
    row.scope = patch.scope.over_required(row.scope, "/scope")?;
    row.price = patch.price.try_map(|p| minor(p, actor))?.over_required(row.price, "/price")?;
    row.minutes = patch.minutes.over_required(row.minutes, "/minutes")?;
    row.tax_code = patch.tax_code.over_required(row.tax_code, "/tax_code")?;
    row.chart_code = patch.chart_code.over(row.chart_code);
    row.chart_material =
        text::optional_line(patch.chart_material.over(row.chart_material), "/chart_material", 40)?;
    row.active = patch.active.over_required(row.active, "/active")?;
    checked(row)
}

fn from_line(
    line: &Line,
    clock: &Clock,
    currency: Currency,
) -> Result<ProcedureRow, (&'static str, &'static str)> {
    let clean = |column: &'static str| {
        text::line(line.cell(column), column, 200).map_err(|_| (column, "request.text_not_allowed"))
    };
    let row = ProcedureRow {
        id: clock.new_id(),
        code: line.cell("code").to_owned(),
        name_ar: clean("name_ar")?,
        name_en: clean("name_en")?,
        category: line.cell("category").to_owned(),
        scope: line.cell("scope").to_owned(),
        price: Money::parse(line.cell("price"), currency)
            .map_err(|_| ("price", "clinic.price_malformed"))?
            .minor,
        minutes: line.cell("minutes").parse().map_err(|_| ("minutes", "request.wrong_type"))?,
        tax_code: line.cell("tax").to_owned(),
        chart_code: line.optional("chart_code"),
        chart_material: line.optional("chart_material"),
        active: true,
        version: 1,
    };
    check(&row)?;
    Ok(row)
}

/// Take a CSV file over: new codes are added, known ones changed. With one wrong line nothing is written.
#[utoipa::path(post, path = "/procedures/import", tag = "clinic",
    request_body(content = String, content_type = "text/csv"), responses((status = 200, body = ImportReport)),
    extensions(("x-permission" = json!("clinic.write"))))]
pub async fn import_procedures(
    actor: Can<need::ClinicWrite>,
    db: Db,
    clock: Clock,
    upload: Upload<{ csv_file::MAX_BYTES }>,
) -> ApiResult<Reply<ImportReport>> {
    let currency: Currency =
        actor.facts.currency.parse().map_err(|_| ApiError::conflict("clinic.currency_unknown"))?;
    let lines = csv_file::read(&upload.bytes, &COLUMNS[..8])?;
    let mut report = ImportReport::default();
    let mut rows: Vec<ProcedureRow> = Vec::new();
    for line in &lines {
        match from_line(line, &clock, currency) {
            Ok(row) if rows.iter().any(|r| r.code == row.code) => {
                report.errors.push(line.error("code", "clinic.code_twice"))
            }
            Ok(row) => rows.push(row),
            Err((column, code)) => report.errors.push(line.error(column, code)),
        }
    }
    if !report.errors.is_empty() {
        return Ok(Reply::ok(report));
    }
    let mut tx = db.begin(&actor).await?;
    let everything = Search { include_inactive: true, ..Search::default() };
    let known = store::procedures(&mut tx, &everything, EXPORT_LIMIT).await?;
    for mut row in rows {
        if let Some(old) = known.iter().find(|k| k.code == row.code) {
            (row.id, row.active) = (old.id, old.active);
            store::update_procedure(&mut tx, &row).await?;
            report.updated += 1;
        } else {
            store::insert_procedure(&mut tx, &row, clock.now()).await?;
            report.created += 1;
        }
    }
    tx.announce(Change::Clinic, Announcement::default()).await?;
    tx.commit().await?;
    Ok(Reply::ok(report))
}

/// The catalogue as a CSV file, in the form that the import reads.
#[utoipa::path(get, path = "/procedures.csv", tag = "clinic",
    responses((status = 200, body = String, content_type = "text/csv")),
    extensions(("x-permission" = json!("billing.read"))))]
pub async fn export_procedures(actor: Can<need::BillingRead>, db: Db) -> ApiResult<Response> {
    let currency: Currency =
        actor.facts.currency.parse().map_err(|_| ApiError::conflict("clinic.currency_unknown"))?;
    let mut tx = db.begin(&actor).await?;
    let rows = store::procedures(&mut tx, &Search::default(), EXPORT_LIMIT).await?;
    tx.audit("export", "procedure_item", None, None, None, None).await?;
    tx.commit().await?;
    let lines = rows.into_iter().map(|r| {
        vec![
            r.code,
            r.name_ar,
            r.name_en,
            r.category,
            r.scope,
            r.minutes.to_string(),
            Money::new(r.price, currency).to_decimal_string(),
            r.tax_code,
            r.chart_code.unwrap_or_default(),
            r.chart_material.unwrap_or_default(),
        ]
    });
    csv_file::download("procedures.csv", &COLUMNS, lines)
}
