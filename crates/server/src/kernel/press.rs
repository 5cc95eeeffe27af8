//! Printed documents: whose letterhead they carry, and one of them in the press at a time.

use axum::body::Body;
use axum::http::{HeaderValue, Response, header};
use dentpro_core::ids::PatientId;
use dentpro_print::{Bilingual, Clinic, Digits, DocumentLanguage, Patient, PrintError};
use serde::{Deserialize, Serialize};
use tokio::sync::Semaphore;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::blob::BlobStore;
use super::db::Tx;
use super::error::{ApiError, ApiResult};

/// One document is typeset at a time: it takes a core and tens of megabytes.
static PRESS: Semaphore = Semaphore::const_new(1);

/// The language of a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PrintLanguage {
    Ar,
    En,
    #[default]
    Both,
}

impl From<PrintLanguage> for DocumentLanguage {
    fn from(language: PrintLanguage) -> Self {
        match language {
            PrintLanguage::Ar => Self::Arabic,
            PrintLanguage::En => Self::English,
            PrintLanguage::Both => Self::Both,
        }
    }
}

/// How a document is printed.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PrintQuery {
    /// Both languages when it is not given.
    #[serde(default)]
    #[param(inline)]
    pub lang: PrintLanguage,
}

/// Whose letterhead, and where its logo lies.
#[derive(Clone, Debug)]
pub struct Head {
    pub clinic: Clinic,
    pub branch: Option<Bilingual>,
    pub digits: Digits,
}

/// The letterhead of a branch; that of the clinic where a document belongs to none.
pub async fn head(tx: &mut Tx, blobs: &BlobStore, branch: Option<Uuid>) -> ApiResult<Head> {
    let clinic = tx.clinic();
    let row = sqlx::query!(
        r#"select
            c.name_ar,
            c.name_en,
            coalesce(nullif(b.address_ar, ''), c.address_ar, '') as "address_ar!",
            coalesce(nullif(b.address_en, ''), c.address_en, '') as "address_en!",
            coalesce(nullif(b.phone, ''), c.phone) as phone,
            c.email,
            c.tax_number,
            c.logo_blob,
            c.digits,
            b.name_ar as "branch_ar?",
            b.name_en as "branch_en?",
            (select count(*) > 1 from branch o where o.clinic_id = $1) as "has_branches!"
        from clinic c
        left join branch b on b.clinic_id = c.clinic_id and b.id = $2
        where c.clinic_id = $1"#,
        clinic,
        branch
    )
    .fetch_one(&mut **tx)
    .await?;
    let logo = match row.logo_blob.as_deref().and_then(|digest| digest.parse().ok()) {
        // A logo that cannot be read is no reason to refuse the patient his document.
        Some(digest) => blobs.read(clinic, digest).await.ok(),
        None => None,
    };
    Ok(Head {
        // With one branch its name says nothing.
        branch: row
            .branch_ar
            .zip(row.branch_en)
            .filter(|_| row.has_branches)
            .map(|(ar, en)| Bilingual::new(ar, en)),
        digits: if row.digits == "arabic" { Digits::ArabicIndic } else { Digits::Latin },
        clinic: Clinic {
            name: Bilingual::new(row.name_ar, row.name_en),
            address: Bilingual::new(row.address_ar, row.address_en),
            phone: row.phone,
            email: row.email,
            tax_number: row.tax_number,
            logo,
        },
    })
}

/// Whose document it is, where it names nothing but the file.
pub async fn patient(tx: &mut Tx, id: PatientId) -> sqlx::Result<Patient> {
    let clinic = tx.clinic();
    let row = sqlx::query!(
        "select file_number, name_ar, name_en from patient where clinic_id = $1 and id = $2",
        clinic,
        id.uuid()
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(Patient {
        name: Bilingual::new(row.name_ar, row.name_en),
        file_number: row.file_number,
        phone: None,
        national_id: None,
    })
}

/// Typesets a document; without its logo when that cannot be printed.
pub async fn print<D: Send + 'static>(
    name: String,
    mut document: D,
    clinic: fn(&mut D) -> &mut Clinic,
    render: impl Fn(&D) -> Result<Vec<u8>, PrintError> + Send + 'static,
) -> ApiResult<Response<Body>> {
    let permit = PRESS.acquire().await.map_err(|e| ApiError::internal(Box::new(e)))?;
    let rendered = tokio::task::spawn_blocking(move || {
        // Held by the work itself: a reader who hangs up does not let the next one in beside it.
        let _permit = permit;
        let pdf = render(&document);
        if !matches!(pdf, Err(PrintError::Logo(_))) {
            return pdf;
        }
        clinic(&mut document).logo = None;
        render(&document)
    })
    .await;
    let bytes = rendered
        .map_err(|e| ApiError::internal(Box::new(e)))?
        .map_err(|e| ApiError::internal(Box::new(e)))?;
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/pdf"));
    let disposition = HeaderValue::from_str(&format!("inline; filename=\"{name}.pdf\""));
    headers.insert(header::CONTENT_DISPOSITION, disposition.unwrap_or(HeaderValue::from_static("inline")));
    Ok(response)
}
