//! What a patient owes, from the ledger.

use dentpro_core::ids::PatientId;
use dentpro_core::money::{Currency, Money};

use crate::kernel::db::Tx;
use crate::slices::billing::api::PatientBalance;

/// The balance of a patient: the ledger's sum, told apart into what invoices still want and what is credit.
pub async fn patient_balance(
    tx: &mut Tx,
    currency: Currency,
    patient: PatientId,
) -> sqlx::Result<PatientBalance> {
    let clinic = tx.clinic();
    let row = sqlx::query!(
        r#"select
            coalesce((select sum(l.amount) from ledger_entry l
                where l.clinic_id = $1 and l.patient_id = $2), 0)::bigint as "balance!",
            coalesce((select sum(i.total - i.paid) from invoice i
                where i.clinic_id = $1 and i.patient_id = $2 and i.status <> 'draft'), 0)::bigint as "due!""#,
        clinic,
        patient.uuid()
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(PatientBalance {
        due: Money::new(row.due, currency),
        credit: Money::new(row.due - row.balance, currency),
        balance: Money::new(row.balance, currency),
    })
}
