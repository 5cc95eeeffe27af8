//! Giving money back.

use dentpro_core::billing::{BillingError, DocumentKind, allocate_payment, check_refund};
use dentpro_core::ids::{PaymentId, RefundId};
use dentpro_core::permissions::need;

use super::invoices::announce as announce_invoice;
use super::payments::{announce, reload};
use crate::kernel::actor::{Actor, Can};
use crate::kernel::clock::Clock;
use crate::kernel::db::{Db, Tx};
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::extract::{Body, Path};
use crate::kernel::idempotency::Once;
use crate::kernel::reply::Reply;
use crate::kernel::text;
use crate::slices::billing::amounts::positive_minor_in;
use crate::slices::billing::api::{NewRefund, Refund};
use crate::slices::billing::store::{self, NewAllocation, RefundRow};

/// Letters of a reason, as the database has it.
const REASON: usize = 500;

/// Give back money of a payment: its credit first, then what it paid, the latest invoice first.
#[utoipa::path(post, path = "/payments/{id}/refunds", tag = "billing", request_body = NewRefund,
    params(("id" = PaymentId, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Refund)), extensions(("x-permission" = json!("billing.refund"))))]
pub async fn create_refund(
    actor: Can<need::BillingRefund>,
    db: Db,
    clock: Clock,
    once: Once,
    Path(payment): Path<PaymentId>,
    Body { value: new, hash }: Body<NewRefund>,
) -> ApiResult<Reply<Refund>> {
    Once::run(Some(&once), &db, &actor, &hash, async |tx| {
        let id = refund(tx, &actor, &clock, payment, new).await?;
        let payment = reload(tx, &actor, payment).await?;
        let refund = payment.refunds.iter().find(|r| r.id == id).cloned().ok_or_else(ApiError::not_found)?;
        let place = format!("/payments/{}", payment.id);
        Ok(Reply::created(Refund { refund, payment }, place))
    })
    .await
}

async fn refund(
    tx: &mut Tx,
    actor: &Actor,
    clock: &Clock,
    payment: PaymentId,
    new: NewRefund,
) -> ApiResult<RefundId> {
    let amount = positive_minor_in(actor.facts.currency()?, new.amount, "/amount")?;
    let reason = text::required_line(&new.reason, "/reason", REASON)?;
    store::lock_invoices_of_payment(tx, payment).await?;
    let used = store::payment_use(tx, payment).await?.ok_or_else(ApiError::not_found)?;
    check_refund(used.amount, used.refunded, amount).map_err(refused)?;
    let allocated: i64 = used.allocated.iter().map(|i| i.balance).sum();
    let credit = used.amount - used.refunded - allocated;
    let (at, on) = (clock.now(), clock.today(&actor.facts.time_zone));
    if amount > credit {
        let back = allocate_payment(amount - credit, &used.allocated).map_err(refused)?;
        let parts: Vec<_> = back
            .parts
            .into_iter()
            .map(|(invoice, amount)| NewAllocation { id: clock.new_id(), invoice, amount: -amount })
            .collect();
        store::insert_allocations(tx, payment.uuid(), &parts, at).await?;
        for part in &parts {
            announce_invoice(tx, part.invoice.into(), used.patient).await?;
        }
    }
    announce(tx, payment, used.patient).await?;
    let id: RefundId = clock.new_id();
    let number = store::next_number(tx, DocumentKind::Refund, used.branch, on.year()).await?;
    let row = RefundRow {
        id: id.uuid(),
        payment: payment.uuid(),
        patient: used.patient.uuid(),
        number: &number,
        amount,
        reason: &reason,
        at,
        on,
    };
    store::insert_refund(tx, &row).await?;
    Ok(id)
}

fn refused(error: BillingError) -> ApiError {
    match error {
        BillingError::RefundExceedsPayment => ApiError::conflict(error.code()),
        _ => ApiError::invalid("/amount", error.code()),
    }
}
