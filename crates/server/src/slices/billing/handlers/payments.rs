//! Taking payments, their lists and receipts.

use axum::body::Body as Bytes;
use axum::http::Response;
use dentpro_core::billing::{BillingError, DocumentKind, OpenInvoice, RequestedPart, check_allocations};
use dentpro_core::ids::{PatientId, PaymentId};
use dentpro_core::money::Currency;
use dentpro_core::permissions::need;
use jiff::Timestamp;
use uuid::Uuid;

use super::invoices::announce as announce_invoice;
use crate::kernel::actor::{Actor, Can};
use crate::kernel::blob::BlobStore;
use crate::kernel::clock::Clock;
use crate::kernel::db::{Db, Tx};
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::extract::{Body, Path, Query};
use crate::kernel::idempotency::Once;
use crate::kernel::live::{Announcement, Change};
use crate::kernel::paging::{self, Page};
use crate::kernel::press::PrintQuery;
use crate::kernel::reply::Reply;
use crate::kernel::text;
use crate::slices::billing::amounts::{minor_in, positive_minor_in};
use crate::slices::billing::api::{AllocationInput, NewPayment, Payment, PaymentQuery};
use crate::slices::billing::store::{NewAllocation, PaymentFilter, PaymentRow};
use crate::slices::billing::{printing, store};

/// Letters of a card slip's or transfer's number.
const REFERENCE: usize = 100;
/// Invoices one payment pays at most.
const MAX_ALLOCATIONS: usize = 100;

pub(super) async fn announce(tx: &mut Tx, id: PaymentId, patient: PatientId) -> ApiResult<()> {
    let what =
        Announcement { entity: Some(id.uuid()), patient: Some(patient.uuid()), ..Announcement::default() };
    Ok(tx.announce(Change::Payment, what).await?)
}

pub(super) async fn reload(tx: &mut Tx, actor: &Actor, id: PaymentId) -> ApiResult<Payment> {
    store::payment(tx, &actor.facts, id).await?.ok_or_else(ApiError::not_found)
}

pub(super) async fn payment_list(
    tx: &mut Tx,
    actor: &Actor,
    mut filter: PaymentFilter,
    limit: Option<i64>,
    cursor: Option<&str>,
) -> ApiResult<Page<Payment>> {
    let limit = paging::limit(limit)?;
    filter.after = paging::read_cursor::<(Timestamp, Uuid)>(cursor)?;
    let rows = store::payment_page(tx, &filter, limit).await?;
    let page = Page::of(rows, limit, |row| *row);
    let ids: Vec<Uuid> = page.items.iter().map(|(_, id)| *id).collect();
    Ok(Page { items: store::payments(tx, &actor.facts, &ids).await?, next_cursor: page.next_cursor })
}

/// The clinic's payments, the newest first.
#[utoipa::path(get, path = "/payments", tag = "billing", params(PaymentQuery),
    responses((status = 200, body = Page<Payment>)), extensions(("x-permission" = json!("billing.read"))))]
pub async fn list_payments(
    actor: Can<need::BillingRead>,
    db: Db,
    Query(query): Query<PaymentQuery>,
) -> ApiResult<Reply<Page<Payment>>> {
    let mut tx = db.begin(&actor).await?;
    let filter = PaymentFilter {
        patient: query.patient_id,
        invoice: query.invoice_id,
        from: query.from,
        to: query.to,
        after: None,
    };
    Ok(Reply::ok(payment_list(&mut tx, &actor, filter, query.limit, query.cursor.as_deref()).await?))
}

/// One payment with what it pays.
#[utoipa::path(get, path = "/payments/{id}", tag = "billing", params(("id" = PaymentId, Path)),
    responses((status = 200, body = Payment)), extensions(("x-permission" = json!("billing.read"))))]
pub async fn get_payment(
    actor: Can<need::BillingRead>,
    db: Db,
    Path(id): Path<PaymentId>,
) -> ApiResult<Reply<Payment>> {
    let mut tx = db.begin(&actor).await?;
    Ok(Reply::ok(reload(&mut tx, &actor, id).await?))
}

/// Take a payment and say which invoices it pays; the rest is the patient's credit.
#[utoipa::path(post, path = "/payments", tag = "billing", request_body = NewPayment,
    params(("Idempotency-Key" = String, Header)), responses((status = 201, body = Payment)),
    extensions(("x-permission" = json!("billing.take_payment"))))]
pub async fn create_payment(
    actor: Can<need::BillingTakePayment>,
    db: Db,
    clock: Clock,
    once: Once,
    Body { value: new, hash }: Body<NewPayment>,
) -> ApiResult<Reply<Payment>> {
    Once::run(Some(&once), &db, &actor, &hash, async |tx| {
        let (id, patient) = (new.id.unwrap_or_else(|| clock.new_id()), new.patient_id);
        let parts = take(tx, &actor, &clock, id, new).await?;
        for part in &parts {
            announce_invoice(tx, part.invoice.into(), patient).await?;
        }
        announce(tx, id, patient).await?;
        Ok(Reply::created(reload(tx, &actor, id).await?, format!("/payments/{id}")))
    })
    .await
}

/// Checks and writes a payment with its allocations: the invoices are locked first, in the order of their ids.
async fn take(
    tx: &mut Tx,
    actor: &Actor,
    clock: &Clock,
    id: PaymentId,
    new: NewPayment,
) -> ApiResult<Vec<NewAllocation>> {
    let currency = actor.facts.currency()?;
    let amount = positive_minor_in(currency, new.amount, "/amount")?;
    let reference = text::optional_line(new.reference, "/reference", REFERENCE)?;
    let (parts, invoice_branch) = parts(tx, currency, amount, new.patient_id, &new.allocations).await?;
    let (patient, named) = (new.patient_id.uuid(), new.branch_id.map(|b| b.uuid()));
    let place = store::place(tx, patient, named, None).await?;
    if !place.patient_known {
        return Err(ApiError::invalid("/patient_id", "request.unknown_reference"));
    }
    if named.is_some() && place.named_branch.is_none() {
        return Err(ApiError::invalid("/branch_id", "request.unknown_reference"));
    }
    let branch = place.named_branch.or(invoice_branch).or(place.first_branch);
    let branch = branch.ok_or_else(|| ApiError::invalid("/branch_id", "request.required"))?;
    let (at, on) = (clock.now(), clock.today(&actor.facts.time_zone));
    let number = store::next_number(tx, DocumentKind::Receipt, branch, on.year()).await?;
    let payment = PaymentRow {
        id: id.uuid(),
        patient,
        branch,
        number: &number,
        method: new.method,
        amount,
        currency,
        reference: reference.as_deref(),
        at,
        on,
    };
    store::insert_payment(tx, &payment).await?;
    let parts: Vec<_> = parts
        .into_iter()
        .map(|(invoice, amount)| NewAllocation { id: clock.new_id(), invoice, amount })
        .collect();
    store::insert_allocations(tx, id.uuid(), &parts, at).await?;
    Ok(parts)
}

/// What of the amount goes to which invoice, and the branch of the first.
async fn parts(
    tx: &mut Tx,
    currency: Currency,
    amount: i64,
    patient: PatientId,
    asked: &[AllocationInput],
) -> ApiResult<(Vec<(Uuid, i64)>, Option<Uuid>)> {
    if asked.len() > MAX_ALLOCATIONS {
        return Err(ApiError::invalid("/allocations", "billing.too_many_allocations"));
    }
    let ids: Vec<Uuid> = asked.iter().map(|a| a.invoice_id.uuid()).collect();
    let locked = store::lock_invoices(tx, &ids).await?;
    let mut requested = Vec::with_capacity(asked.len());
    for (at, part) in asked.iter().enumerate() {
        let minor = minor_in(currency, part.amount, &format!("/allocations/{at}/amount"))?;
        if minor <= 0 {
            let code = BillingError::AmountNotPositive.code();
            return Err(ApiError::invalid(format!("/allocations/{at}/amount"), code));
        }
        let pointer = || format!("/allocations/{at}/invoice_id");
        let found = locked.iter().find(|i| i.open.id == part.invoice_id.uuid());
        let found = found.ok_or_else(|| ApiError::invalid(pointer(), "request.unknown_reference"))?;
        if found.patient != patient.uuid() {
            return Err(ApiError::invalid(pointer(), "billing.invoice_of_other_patient"));
        }
        if found.is_draft {
            return Err(ApiError::conflict("billing.invoice_not_issued"));
        }
        let invoice = OpenInvoice { ..found.open };
        requested.push(RequestedPart { invoice, amount: minor });
    }
    let branch = ids.first().and_then(|id| locked.iter().find(|i| i.open.id == *id)).map(|i| i.branch);
    let checked = check_allocations(amount, &requested).map_err(|e| match e {
        BillingError::AllocationExceedsBalance => ApiError::conflict(e.code()),
        _ => ApiError::invalid("/allocations", e.code()),
    })?;
    Ok((checked.parts, branch))
}

/// The receipt of a payment as PDF.
#[utoipa::path(get, path = "/payments/{id}/pdf", tag = "billing", params(("id" = PaymentId, Path), PrintQuery),
    responses((status = 200, content_type = "application/pdf", body = Vec<u8>)),
    extensions(("x-permission" = json!("billing.read"))))]
pub async fn print_payment(
    actor: Can<need::BillingRead>,
    db: Db,
    blobs: BlobStore,
    Path(id): Path<PaymentId>,
    Query(query): Query<PrintQuery>,
) -> ApiResult<Response<Bytes>> {
    let mut tx = db.begin(&actor).await?;
    let (patient, document) = printing::receipt_document(&mut tx, &actor, &blobs, id).await?;
    let how = serde_json::json!({ "lang": query.lang, "number": document.number });
    tx.audit("print", "payment", Some(id.uuid()), Some(patient), Some(how), None).await?;
    tx.commit().await?;
    printing::print_receipt(document, query.lang).await
}
