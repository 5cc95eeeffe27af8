//! Numbers without gaps.

use dentpro_core::billing::{DocumentKind, document_number};
use uuid::Uuid;

use crate::kernel::db::Tx;
use crate::kernel::error::{ApiError, ApiResult};

/// The next number of a branch. Its counter stays locked until the transaction ends: take it last.
pub async fn next_number(tx: &mut Tx, kind: DocumentKind, branch: Uuid, year: i16) -> ApiResult<String> {
    let clinic = tx.clinic();
    let row = sqlx::query!(
        r#"insert into number_series (clinic_id, branch_id, series, year, last_value)
        values ($1, $2, $3, $4, 1)
        on conflict (clinic_id, branch_id, series, year) do update set last_value = number_series.last_value + 1
        returning
            last_value,
            (select b.number_prefix from branch b where b.clinic_id = $1 and b.id = $2) as "prefix!""#,
        clinic,
        branch,
        kind.series(),
        i32::from(year)
    )
    .fetch_one(&mut **tx)
    .await?;
    let number = u64::try_from(row.last_value).map_err(|e| ApiError::internal(Box::new(e)))?;
    Ok(document_number(kind, &row.prefix, year, number))
}
