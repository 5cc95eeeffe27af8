//! Drafts, issuing, lists and documents of invoices.

use axum::body::Body as Bytes;
use axum::http::{Response, StatusCode};
use dentpro_core::billing::{DocumentKind, InvoiceStatus, status_after};
use dentpro_core::ids::{InvoiceId, PatientId};
use dentpro_core::permissions::need;
use dentpro_core::text::{ascii_digits, escape_like, search_terms};
use jiff::Timestamp;
use uuid::Uuid;

use crate::kernel::actor::{Actor, Can};
use crate::kernel::blob::BlobStore;
use crate::kernel::clock::Clock;
use crate::kernel::db::{Db, Tx};
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::extract::{Body, IfMatch, Path, Query};
use crate::kernel::idempotency::Once;
use crate::kernel::live::{Announcement, Change};
use crate::kernel::paging::{self, Page};
use crate::kernel::patch::Patch;
use crate::kernel::press::PrintQuery;
use crate::kernel::reply::Reply;
use crate::kernel::text;
use crate::slices::billing::api::{Invoice, InvoicePatch, InvoiceQuery, NewInvoice};
use crate::slices::billing::store::InvoiceFilter;
use crate::slices::billing::{drafting, printing, store};

/// What is hashed for an idempotency key where there is no body.
const NO_BODY: [u8; 32] = [0; 32];

pub(in crate::slices::billing) async fn announce(
    tx: &mut Tx,
    id: InvoiceId,
    patient: PatientId,
) -> ApiResult<()> {
    let what =
        Announcement { entity: Some(id.uuid()), patient: Some(patient.uuid()), ..Announcement::default() };
    Ok(tx.announce(Change::Invoice, what).await?)
}

async fn reload(tx: &mut Tx, actor: &Actor, id: InvoiceId) -> ApiResult<Invoice> {
    store::invoice(tx, &actor.facts, id).await?.ok_or_else(ApiError::not_found)
}

pub(super) async fn invoice_list(
    tx: &mut Tx,
    actor: &Actor,
    mut filter: InvoiceFilter,
    limit: Option<i64>,
    cursor: Option<&str>,
) -> ApiResult<Page<Invoice>> {
    let limit = paging::limit(limit)?;
    filter.after = paging::read_cursor::<(Timestamp, Uuid)>(cursor)?;
    let rows = store::invoice_page(tx, &actor.facts.time_zone, &filter, limit).await?;
    let page = Page::of(rows, limit, |row| *row);
    let ids: Vec<Uuid> = page.items.iter().map(|(_, id)| *id).collect();
    Ok(Page { items: store::invoices(tx, &actor.facts, &ids).await?, next_cursor: page.next_cursor })
}

/// The clinic's invoices, the newest first.
#[utoipa::path(get, path = "/invoices", tag = "billing", params(InvoiceQuery),
    responses((status = 200, body = Page<Invoice>)), extensions(("x-permission" = json!("billing.read"))))]
pub async fn list_invoices(
    actor: Can<need::BillingRead>,
    db: Db,
    Query(query): Query<InvoiceQuery>,
) -> ApiResult<Reply<Page<Invoice>>> {
    let typed = text::line(query.q.as_deref().unwrap_or_default(), "q", 100)?;
    let mut tx = db.begin(&actor).await?;
    let mut filter = InvoiceFilter {
        status: query.status,
        patient: query.patient_id,
        from: query.from,
        to: query.to,
        ..InvoiceFilter::default()
    };
    if !typed.is_empty() {
        filter.number_like = Some(format!("%{}%", escape_like(&ascii_digits(&typed).to_uppercase())));
        filter.patients = store::patients_matching(&mut tx, &search_terms(&typed)).await?;
    }
    Ok(Reply::ok(invoice_list(&mut tx, &actor, filter, query.limit, query.cursor.as_deref()).await?))
}

/// Make a draft from a visit's work or from the catalogue.
#[utoipa::path(post, path = "/invoices", tag = "billing", request_body = NewInvoice,
    params(("Idempotency-Key" = String, Header)), responses((status = 201, body = Invoice)),
    extensions(("x-permission" = json!("billing.write"))))]
pub async fn create_invoice(
    actor: Can<need::BillingWrite>,
    db: Db,
    clock: Clock,
    once: Once,
    Body { value: new, hash }: Body<NewInvoice>,
) -> ApiResult<Reply<Invoice>> {
    Once::run(Some(&once), &db, &actor, &hash, async |tx| {
        let draft = drafting::new_draft(tx, &actor, &clock, new).await?;
        store::insert_draft(tx, &draft, clock.now()).await?;
        let id = InvoiceId::from(draft.id);
        let reply = Reply::created(reload(tx, &actor, id).await?, format!("/invoices/{id}")).version(1);
        announce(tx, id, draft.patient.into()).await?;
        Ok(reply)
    })
    .await
}

/// One invoice with its lines.
#[utoipa::path(get, path = "/invoices/{id}", tag = "billing", params(("id" = InvoiceId, Path)),
    responses((status = 200, body = Invoice)), extensions(("x-permission" = json!("billing.read"))))]
pub async fn get_invoice(
    actor: Can<need::BillingRead>,
    db: Db,
    Path(id): Path<InvoiceId>,
) -> ApiResult<Reply<Invoice>> {
    let mut tx = db.begin(&actor).await?;
    let invoice = reload(&mut tx, &actor, id).await?;
    let version = invoice.version;
    Ok(Reply::ok(invoice).version(version))
}

/// The draft, locked: 404, 409 when it is issued, 412 when it is not of that version.
async fn lock_draft(tx: &mut Tx, id: InvoiceId, version: Option<IfMatch>) -> ApiResult<store::LockedInvoice> {
    let invoice = store::lock_invoice(tx, id).await?.ok_or_else(ApiError::not_found)?;
    if invoice.status != InvoiceStatus::Draft {
        return Err(ApiError::conflict("billing.invoice_issued"));
    }
    match version {
        Some(IfMatch(version)) if version != invoice.version => Err(ApiError::stale()),
        _ => Ok(invoice),
    }
}

/// Change a draft. The list of lines is given whole.
#[utoipa::path(patch, path = "/invoices/{id}", tag = "billing", request_body = InvoicePatch,
    params(("id" = InvoiceId, Path), ("If-Match" = String, Header)), responses((status = 200, body = Invoice)),
    extensions(("x-permission" = json!("billing.write"))))]
pub async fn update_invoice(
    actor: Can<need::BillingWrite>,
    db: Db,
    clock: Clock,
    Path(id): Path<InvoiceId>,
    version: IfMatch,
    Body { value: patch, .. }: Body<InvoicePatch>,
) -> ApiResult<Reply<Invoice>> {
    let mut tx = db.begin(&actor).await?;
    let draft = lock_draft(&mut tx, id, Some(version)).await?;
    let notes = drafting::notes(patch.notes.over(draft.notes))?;
    let lines = match patch.lines {
        Patch::Absent => None,
        Patch::Null => return Err(ApiError::invalid("/lines", "request.required")),
        Patch::Value(lines) => {
            Some(drafting::new_lines(&mut tx, &actor, &clock, id.uuid(), draft.patient.uuid(), &lines).await?)
        }
    };
    store::update_draft(&mut tx, id, notes.as_deref(), lines.as_ref()).await?;
    let invoice = reload(&mut tx, &actor, id).await?;
    announce(&mut tx, id, draft.patient).await?;
    tx.commit().await?;
    let version = invoice.version;
    Ok(Reply::ok(invoice).version(version))
}

/// Delete a draft; what it billed can be billed again. An issued invoice stays.
#[utoipa::path(delete, path = "/invoices/{id}", tag = "billing", params(("id" = InvoiceId, Path)),
    responses((status = 204)), extensions(("x-permission" = json!("billing.write"))))]
pub async fn delete_invoice(
    actor: Can<need::BillingWrite>,
    db: Db,
    Path(id): Path<InvoiceId>,
    version: Option<IfMatch>,
) -> ApiResult<StatusCode> {
    let mut tx = db.begin(&actor).await?;
    let draft = lock_draft(&mut tx, id, version).await?;
    store::delete_draft(&mut tx, id).await?;
    announce(&mut tx, id, draft.patient).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Issue a draft: it gets its number and stays as it is from then on.
#[utoipa::path(post, path = "/invoices/{id}/issue", tag = "billing",
    params(("id" = InvoiceId, Path), ("Idempotency-Key" = String, Header), ("If-Match" = Option<String>, Header)),
    responses((status = 200, body = Invoice)), extensions(("x-permission" = json!("billing.issue"))))]
pub async fn issue_invoice(
    actor: Can<need::BillingIssue>,
    db: Db,
    clock: Clock,
    once: Once,
    Path(id): Path<InvoiceId>,
    version: Option<IfMatch>,
) -> ApiResult<Reply<Invoice>> {
    Once::run(Some(&once), &db, &actor, &NO_BODY, async |tx| {
        let draft = lock_draft(tx, id, version).await?;
        let today = clock.today(&actor.facts.time_zone);
        announce(tx, id, draft.patient).await?;
        let number = store::next_number(tx, DocumentKind::Invoice, draft.branch, today.year()).await?;
        store::issue(tx, id, &number, status_after(draft.total, 0), today, clock.now()).await?;
        let invoice = reload(tx, &actor, id).await?;
        let version = invoice.version;
        Ok(Reply::ok(invoice).version(version))
    })
    .await
}

/// The invoice as PDF; a draft says that it is one.
#[utoipa::path(get, path = "/invoices/{id}/pdf", tag = "billing", params(("id" = InvoiceId, Path), PrintQuery),
    responses((status = 200, content_type = "application/pdf", body = Vec<u8>)),
    extensions(("x-permission" = json!("billing.read"))))]
pub async fn print_invoice(
    actor: Can<need::BillingRead>,
    db: Db,
    blobs: BlobStore,
    Path(id): Path<InvoiceId>,
    Query(query): Query<PrintQuery>,
) -> ApiResult<Response<Bytes>> {
    let mut tx = db.begin(&actor).await?;
    let (invoice, document) = printing::invoice_document(&mut tx, &actor, &blobs, id).await?;
    let how = serde_json::json!({ "lang": query.lang, "number": invoice.number });
    tx.audit("print", "invoice", Some(id.uuid()), Some(invoice.patient_id.uuid()), Some(how), None).await?;
    tx.commit().await?;
    printing::print_invoice(document, query.lang).await
}
