//! What the clinic and its catalogue say of planned work.

use dentpro_core::ids::ProcedureId;
use rust_decimal::Decimal;
use uuid::Uuid;

use super::unreadable;
use crate::kernel::db::Tx;

/// The tax of the clinic, in percent.
pub async fn tax_percent(tx: &mut Tx) -> sqlx::Result<Decimal> {
    let clinic = tx.clinic();
    let text = sqlx::query_scalar!(
        r#"select trim_scale(default_tax_percent)::text as "percent!" from clinic where clinic_id = $1"#,
        clinic
    )
    .fetch_one(&mut **tx)
    .await?;
    text.parse().map_err(unreadable)
}

/// A procedure of the catalogue.
#[derive(Clone, Debug)]
pub struct ProcedureRow {
    pub id: Uuid,
    pub code: String,
    pub name_ar: String,
    pub name_en: String,
    pub price: i64,
    pub minutes: i32,
}

/// All procedures that are offered.
pub async fn procedures(tx: &mut Tx) -> sqlx::Result<Vec<ProcedureRow>> {
    let clinic = tx.clinic();
    sqlx::query_as!(
        ProcedureRow,
        "select id, code, name_ar, name_en, price, minutes
        from procedure_item
        where clinic_id = $1 and active
        order by category, code
        limit 5000",
        clinic
    )
    .fetch_all(&mut **tx)
    .await
}

/// Price and minutes of a procedure today.
pub async fn quote(tx: &mut Tx, id: ProcedureId) -> sqlx::Result<Option<(i64, i32)>> {
    let clinic = tx.clinic();
    let row = sqlx::query!(
        "select price, minutes from procedure_item where clinic_id = $1 and id = $2",
        clinic,
        id.uuid()
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|r| (r.price, r.minutes)))
}
