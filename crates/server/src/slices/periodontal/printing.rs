//! An exam as PDF.

use axum::body::Body;
use axum::http::Response;
use dentpro_core::periodontal::Mouth;
use dentpro_print::{Bilingual, PerioDocument, render_periodontal};

use super::api::{PerioExam, PerioStaff};
use crate::kernel::blob::BlobStore;
use crate::kernel::db::Tx;
use crate::kernel::error::ApiResult;
use crate::kernel::press::{self, PrintLanguage, head};

fn name(staff: &PerioStaff) -> Bilingual {
    Bilingual::new(&staff.name_ar, &staff.name_en)
}

/// An exam as its document says it.
pub async fn document(
    tx: &mut Tx,
    blobs: &BlobStore,
    found: &PerioExam,
    mouth: &Mouth,
) -> ApiResult<PerioDocument> {
    let head = head(tx, blobs, None).await?;
    let exam = &found.exam;
    Ok(PerioDocument {
        clinic: head.clinic,
        branch: head.branch,
        digits: head.digits,
        patient: press::patient(tx, exam.patient_id).await?,
        on: exam.on,
        draft: exam.status == "draft",
        struck: exam.status == "entered_in_error",
        examiner: name(&exam.started_by),
        confirmed_by: exam.diagnosed_by.as_ref().map(name),
        diagnosis: exam.diagnosis,
        mouth: mouth.clone(),
        summary: exam.summary,
        sextants: exam.sextants.clone(),
        note: Some(exam.note.clone()).filter(|note| !note.is_empty()),
    })
}

/// Typesets it.
pub async fn print(document: PerioDocument, language: PrintLanguage) -> ApiResult<Response<Body>> {
    let name = format!("perio-{}-{}", document.patient.file_number, document.on);
    press::print(name, document, |d| &mut d.clinic, move |d| render_periodontal(d, language.into())).await
}
