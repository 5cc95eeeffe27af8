//! The money of one patient.

use dentpro_core::ids::PatientId;
use dentpro_core::permissions::need;

use super::invoices::invoice_list;
use super::payments::payment_list;
use crate::kernel::actor::Can;
use crate::kernel::db::{Db, Tx};
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::extract::{Path, Query};
use crate::kernel::paging::Page;
use crate::kernel::reply::Reply;
use crate::slices::billing::api::{Invoice, PatientBalance, PatientPaging, Payment};
use crate::slices::billing::store::{self, InvoiceFilter, PaymentFilter};

async fn known(tx: &mut Tx, patient: PatientId) -> ApiResult<()> {
    if store::patient_is_known(tx, patient).await? { Ok(()) } else { Err(ApiError::not_found()) }
}

/// A patient's invoices, the newest first.
#[utoipa::path(get, path = "/patients/{id}/invoices", tag = "billing", params(("id" = PatientId, Path), PatientPaging),
    responses((status = 200, body = Page<Invoice>)), extensions(("x-permission" = json!("billing.read"))))]
pub async fn list_patient_invoices(
    actor: Can<need::BillingRead>,
    db: Db,
    Path(id): Path<PatientId>,
    Query(query): Query<PatientPaging>,
) -> ApiResult<Reply<Page<Invoice>>> {
    let mut tx = db.begin(&actor).await?;
    known(&mut tx, id).await?;
    let filter = InvoiceFilter { patient: Some(id), ..InvoiceFilter::default() };
    Ok(Reply::ok(invoice_list(&mut tx, &actor, filter, query.limit, query.cursor.as_deref()).await?))
}

/// A patient's payments, the newest first.
#[utoipa::path(get, path = "/patients/{id}/payments", tag = "billing", params(("id" = PatientId, Path), PatientPaging),
    responses((status = 200, body = Page<Payment>)), extensions(("x-permission" = json!("billing.read"))))]
pub async fn list_patient_payments(
    actor: Can<need::BillingRead>,
    db: Db,
    Path(id): Path<PatientId>,
    Query(query): Query<PatientPaging>,
) -> ApiResult<Reply<Page<Payment>>> {
    let mut tx = db.begin(&actor).await?;
    known(&mut tx, id).await?;
    let filter = PaymentFilter { patient: Some(id), ..PaymentFilter::default() };
    Ok(Reply::ok(payment_list(&mut tx, &actor, filter, query.limit, query.cursor.as_deref()).await?))
}

/// What a patient owes and has paid ahead.
#[utoipa::path(get, path = "/patients/{id}/balance", tag = "billing", params(("id" = PatientId, Path)),
    responses((status = 200, body = PatientBalance)), extensions(("x-permission" = json!("billing.read"))))]
pub async fn get_patient_balance(
    actor: Can<need::BillingRead>,
    db: Db,
    Path(id): Path<PatientId>,
) -> ApiResult<Reply<PatientBalance>> {
    let mut tx = db.begin(&actor).await?;
    known(&mut tx, id).await?;
    let currency = actor.facts.currency()?;
    Ok(Reply::ok(store::patient_balance(&mut tx, currency, id).await?))
}
