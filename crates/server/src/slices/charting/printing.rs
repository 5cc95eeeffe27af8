//! The chart as PDF.

use axum::body::Body;
use axum::http::Response;
use dentpro_core::charting::replay;
use dentpro_core::ids::PatientId;
use dentpro_core::permissions::need;
use dentpro_print::{ChartDocument, render_chart};
use serde_json::json;

use super::api::ChartSheet;
use super::store;
use crate::kernel::actor::Can;
use crate::kernel::blob::BlobStore;
use crate::kernel::clock::Clock;
use crate::kernel::db::Db;
use crate::kernel::dental;
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::extract::{Path, Query};
use crate::kernel::press::{self, head};

/// The dental chart of a day as PDF, in Arabic, English or both.
#[utoipa::path(get, path = "/patients/{id}/chart/pdf", tag = "charting",
    params(("id" = PatientId, Path), ChartSheet),
    responses((status = 200, content_type = "application/pdf", body = Vec<u8>)),
    extensions(("x-permission" = json!("charting.read"))))]
pub async fn print_patient_chart(
    actor: Can<need::ChartingRead>,
    db: Db,
    clock: Clock,
    blobs: BlobStore,
    Path(id): Path<PatientId>,
    Query(query): Query<ChartSheet>,
) -> ApiResult<Response<Body>> {
    let today = clock.today(&actor.facts.time_zone);
    let on = query.as_of.as_deref().map_or(Ok(today), |text| dental::day(text, "as_of"))?;
    let mut tx = db.begin(&actor).await?;
    let birth_date = store::patient(&mut tx, id).await?.ok_or_else(ApiError::not_found)?.birth_date;
    let events = store::events_for_replay(&mut tx, id).await?;
    let patient = press::patient(&mut tx, id).await?;
    let head = head(&mut tx, &blobs, None).await?;
    let how = json!({ "lang": query.lang, "as_of": query.as_of });
    tx.audit("print", "chart", Some(id.uuid()), Some(id.uuid()), Some(how), None).await?;
    tx.commit().await?;
    let document = ChartDocument {
        clinic: head.clinic,
        branch: head.branch,
        digits: head.digits,
        patient,
        on,
        chart: replay(&events, Some(on), birth_date, today),
    };
    let name = format!("chart-{}-{on}", document.patient.file_number);
    press::print(name, document, |d| &mut d.clinic, move |d| render_chart(d, query.lang.into())).await
}
