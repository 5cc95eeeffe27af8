//! What becomes of the money of a visit that was entered in error.

use dentpro_core::ids::VisitId;

use super::handlers::announce_invoice;
use super::store;
use crate::kernel::db::Tx;
use crate::kernel::error::ApiResult;

/// Takes a visit's work off the drafts that bill it; a draft that is empty then is deleted. Issued invoices stay as
/// they were issued, and say from now on that they bill work which was struck.
pub async fn withdraw_visit(tx: &mut Tx, visit: VisitId) -> ApiResult<()> {
    for invoice in store::lock_invoices_of_visit(tx, visit).await? {
        if invoice.is_draft {
            store::withdraw_lines(tx, invoice.id, visit).await?;
        }
        announce_invoice(tx, invoice.id, invoice.patient).await?;
    }
    Ok(())
}
