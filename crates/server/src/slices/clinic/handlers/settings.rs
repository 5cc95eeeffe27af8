//! The clinic's own facts and settings.

use axum::response::IntoResponse;
use dentpro_core::money::Currency;
use dentpro_core::permissions::need;
use dentpro_core::time;
use rust_decimal::Decimal;

use super::super::api::settings::{Clinic, ClinicPatch};
use super::super::store::settings as store;
use crate::kernel::actor::Can;
use crate::kernel::blob::BlobStore;
use crate::kernel::db::{Db, Tx};
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::extract::{Body, IfMatch, Upload};
use crate::kernel::live::{Announcement, Change};
use crate::kernel::picture;
use crate::kernel::reply::Reply;
use crate::kernel::text;

const DAYS: [&str; 7] = ["saturday", "sunday", "monday", "tuesday", "wednesday", "thursday", "friday"];
const CHART_COLOURS: [&str; 3] = ["existing_blue", "disease_red", "high_contrast"];

/// The clinic and its settings.
#[utoipa::path(get, path = "/clinic", tag = "clinic", responses((status = 200, body = Clinic)),
    extensions(("x-permission" = json!("clinic.read"))))]
pub async fn get_clinic(actor: Can<need::ClinicRead>, db: Db) -> ApiResult<Reply<Clinic>> {
    let mut tx = db.begin(&actor).await?;
    let clinic = store::clinic(&mut tx, false).await?;
    let version = clinic.version;
    Ok(Reply::ok(clinic).version(version))
}

/// Change the clinic. Its currency stays once money was written in it.
#[utoipa::path(patch, path = "/clinic", tag = "clinic", request_body = ClinicPatch,
    responses((status = 200, body = Clinic)), extensions(("x-permission" = json!("clinic.write"))))]
pub async fn update_clinic(
    actor: Can<need::ClinicWrite>,
    db: Db,
    IfMatch(version): IfMatch,
    Body { value: patch, .. }: Body<ClinicPatch>,
) -> ApiResult<Reply<Clinic>> {
    let mut tx = db.begin(&actor).await?;
    let clinic = store::clinic(&mut tx, true).await?;
    if clinic.version != version {
        return Err(ApiError::stale());
    }
    let currency = clinic.currency.clone();
    let (clinic, tax) = changed(clinic, patch)?;
    if clinic.currency != currency && store::currency_is_used(&mut tx).await? {
        return Err(ApiError::conflict("clinic.currency_in_use"));
    }
    store::update_clinic(&mut tx, &clinic, tax).await?;
    finish(tx).await
}

async fn finish(mut tx: Tx) -> ApiResult<Reply<Clinic>> {
    let clinic = store::clinic(&mut tx, false).await?;
    tx.announce(Change::Clinic, Announcement::default()).await?;
    tx.commit().await?;
    let version = clinic.version;
    Ok(Reply::ok(clinic).version(version))
}

fn one_of(value: String, pointer: &str, known: &[&str]) -> ApiResult<String> {
    if known.contains(&value.as_str()) {
        Ok(value)
    } else {
        Err(ApiError::invalid(pointer, "request.out_of_range"))
    }
}

fn within(value: i32, pointer: &str, range: std::ops::RangeInclusive<i32>) -> ApiResult<i32> {
    if range.contains(&value) { Ok(value) } else { Err(ApiError::invalid(pointer, "request.out_of_range")) }
}

fn some_of(values: Vec<String>, pointer: &str, known: &[&str]) -> ApiResult<Vec<String>> {
    let mut sorted = values.clone();
    sorted.sort();
    sorted.dedup();
    let fine = sorted.len() == values.len() && values.iter().all(|v| known.contains(&v.as_str()));
    if fine { Ok(values) } else { Err(ApiError::invalid(pointer, "request.out_of_range")) }
}

fn changed(mut c: Clinic, p: ClinicPatch) -> ApiResult<(Clinic, Decimal)> {
    let name_ar = p.name_ar.over_required(c.name_ar, "/name_ar")?;
    let name_en = p.name_en.over_required(c.name_en, "/name_en")?;
    (c.name_ar, c.name_en) = text::names(&name_ar, &name_en, 120)?;
    c.country = p.country.over_required(c.country, "/country")?;
    if c.country.len() != 2 || !c.country.bytes().all(|b| b.is_ascii_uppercase()) {
        return Err(ApiError::invalid("/country", "clinic.country_unknown"));
    }
    let currency: Currency = p
        .currency
        .over_required(c.currency, "/currency")?
        .parse()
        .map_err(|_| ApiError::invalid("/currency", "clinic.currency_unknown"))?;
    c.currency = currency.code().to_owned();
    c.currency_exponent = i32::try_from(currency.exponent()).unwrap_or(2);
    let zone = time::zone(&p.time_zone.over_required(c.time_zone, "/time_zone")?)
        .map_err(|_| ApiError::invalid("/time_zone", "clinic.time_zone_unknown"))?;
    c.time_zone = zone.iana_name().unwrap_or("UTC").to_owned();
    c.tax_number = text::optional_line(p.tax_number.over(c.tax_number), "/tax_number", 40)?;
    c.phone = text::optional_line(p.phone.over(c.phone), "/phone", 40)?;
    c.email = text::optional_line(p.email.over(c.email), "/email", 200)?;
    c.address_ar = text::optional_line(p.address_ar.over(c.address_ar), "/address_ar", 400)?;
    c.address_en = text::optional_line(p.address_en.over(c.address_en), "/address_en", 400)?;
    c.digits = one_of(p.digits.over_required(c.digits, "/digits")?, "/digits", &["latin", "arabic"])?;
    c.week_start =
        one_of(p.week_start.over_required(c.week_start, "/week_start")?, "/week_start", &DAYS[..3])?;
    c.weekend = some_of(p.weekend.over_required(c.weekend, "/weekend")?, "/weekend", &DAYS)?;
    c.languages =
        some_of(p.languages.over_required(c.languages, "/languages")?, "/languages", &["ar", "en"])?;
    if c.languages.is_empty() {
        return Err(ApiError::invalid("/languages", "request.required"));
    }
    let idle = p.session_idle_minutes.over_required(c.session_idle_minutes, "/session_idle_minutes")?;
    c.session_idle_minutes = within(idle, "/session_idle_minutes", 5..=720)?;
    let absolute =
        p.session_absolute_hours.over_required(c.session_absolute_hours, "/session_absolute_hours")?;
    c.session_absolute_hours = within(absolute, "/session_absolute_hours", 1..=168)?;
    let red = p.waiting_red_minutes.over_required(c.waiting_red_minutes, "/waiting_red_minutes")?;
    c.waiting_red_minutes = within(red, "/waiting_red_minutes", 1..=720)?;
    let amber = p.waiting_amber_minutes.over_required(c.waiting_amber_minutes, "/waiting_amber_minutes")?;
    c.waiting_amber_minutes = within(amber, "/waiting_amber_minutes", 1..=c.waiting_red_minutes)?;
    c.slot_minutes = p.slot_minutes.over_required(c.slot_minutes, "/slot_minutes")?;
    if ![5, 10, 15, 20, 30].contains(&c.slot_minutes) {
        return Err(ApiError::invalid("/slot_minutes", "request.out_of_range"));
    }
    let late = p.late_cancel_hours.over_required(c.late_cancel_hours, "/late_cancel_hours")?;
    c.late_cancel_hours = within(late, "/late_cancel_hours", 0..=168)?;
    let colours = p.chart_colours.over_required(c.chart_colours, "/chart_colours")?;
    c.chart_colours = one_of(colours, "/chart_colours", &CHART_COLOURS)?;
    let tax: Decimal = p
        .default_tax_percent
        .over_required(c.default_tax_percent.clone(), "/default_tax_percent")?
        .parse()
        .map_err(|_| ApiError::invalid("/default_tax_percent", "request.wrong_type"))?;
    if tax < Decimal::ZERO || tax > Decimal::ONE_HUNDRED || tax.scale() > 2 {
        return Err(ApiError::invalid("/default_tax_percent", "request.out_of_range"));
    }
    Ok((c, tax))
}

/// The clinic's logo.
#[utoipa::path(get, path = "/clinic/logo", tag = "clinic",
    responses((status = 200, body = Vec<u8>, content_type = "image/png")),
    extensions(("x-permission" = json!("clinic.read"))))]
pub async fn show_logo(
    actor: Can<need::ClinicRead>,
    db: Db,
    blobs: BlobStore,
) -> ApiResult<impl IntoResponse> {
    let mut tx = db.begin(&actor).await?;
    let (blob, kind) = store::logo(&mut tx).await?.ok_or_else(ApiError::not_found)?;
    let clinic = tx.clinic();
    drop(tx);
    picture::show(&blobs, clinic, &blob, kind).await
}

/// Set the logo: a PNG or JPEG picture of at most 2 MB.
#[utoipa::path(put, path = "/clinic/logo", tag = "clinic",
    request_body(content = Vec<u8>, content_type = "image/png"), responses((status = 200, body = Clinic)),
    extensions(("x-permission" = json!("clinic.write"))))]
pub async fn put_logo(
    actor: Can<need::ClinicWrite>,
    db: Db,
    blobs: BlobStore,
    upload: Upload<{ picture::MAX_BYTES }>,
) -> ApiResult<Reply<Clinic>> {
    let kind = picture::kind(&upload.bytes).ok_or_else(|| ApiError::invalid("", "clinic.not_a_picture"))?;
    let mut tx = db.begin(&actor).await?;
    let stored = blobs.put(tx.clinic(), &upload.bytes).await?;
    store::set_logo(&mut tx, Some((&stored.digest.to_string(), kind))).await?;
    finish(tx).await
}

/// Take the logo away.
#[utoipa::path(delete, path = "/clinic/logo", tag = "clinic", responses((status = 200, body = Clinic)),
    extensions(("x-permission" = json!("clinic.write"))))]
pub async fn delete_logo(actor: Can<need::ClinicWrite>, db: Db) -> ApiResult<Reply<Clinic>> {
    let mut tx = db.begin(&actor).await?;
    store::set_logo(&mut tx, None).await?;
    finish(tx).await
}
