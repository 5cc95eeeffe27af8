//! The procedure catalogue.

use dentpro_core::ids::ProcedureId;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;

use crate::kernel::db::Tx;

/// A row of the catalogue; the price in minor units.
#[derive(Clone, Debug)]
pub struct ProcedureRow {
    pub id: ProcedureId,
    pub code: String,
    pub name_ar: String,
    pub name_en: String,
    pub category: String,
    pub scope: String,
    pub price: i64,
    pub minutes: i32,
    pub tax_code: String,
    pub chart_code: Option<String>,
    pub chart_material: Option<String>,
    pub active: bool,
    pub version: i32,
}

/// What is asked of the catalogue; `like` is escaped.
#[derive(Clone, Debug, Default)]
pub struct Search {
    pub like: Option<String>,
    pub category: Option<String>,
    pub include_inactive: bool,
    pub after: Option<String>,
}

/// Procedures by code.
pub async fn procedures(tx: &mut Tx, search: &Search, limit: i64) -> sqlx::Result<Vec<ProcedureRow>> {
    let clinic = tx.clinic();
    sqlx::query_as!(
        ProcedureRow,
        r#"select
            id as "id: ProcedureId",
            code,
            name_ar,
            name_en,
            category,
            scope,
            price,
            minutes,
            tax_code,
            chart_code,
            chart_material,
            active,
            version
        from procedure_item
        where clinic_id = $1
            and (active or $2)
            and ($3::text is null or category = $3)
            and ($4::text is null or name_ar ilike '%' || $4 || '%' or name_en ilike '%' || $4 || '%' or code ilike $4 || '%')
            and ($5::text is null or code > $5)
        order by code
        limit $6"#,
        clinic,
        search.include_inactive,
        search.category,
        search.like,
        search.after,
        limit
    )
    .fetch_all(&mut **tx)
    .await
}

/// One procedure, locked for the change that follows.
pub async fn procedure_for_update(tx: &mut Tx, id: ProcedureId) -> sqlx::Result<Option<ProcedureRow>> {
    let clinic = tx.clinic();
    sqlx::query_as!(
        ProcedureRow,
        r#"select
            id as "id: ProcedureId",
            code,
            name_ar,
            name_en,
            category,
            scope,
            price,
            minutes,
            tax_code,
            chart_code,
            chart_material,
            active,
            version
        from procedure_item
        where clinic_id = $1 and id = $2
        for update"#,
        clinic,
        id.uuid()
    )
    .fetch_optional(&mut **tx)
    .await
}

/// Adds a procedure.
pub async fn insert_procedure(tx: &mut Tx, p: &ProcedureRow, now: Timestamp) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    sqlx::query!(
        "insert into procedure_item (clinic_id, id, code, name_ar, name_en, category, scope, price, minutes, tax_code,
            chart_code, chart_material, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        clinic,
        p.id.uuid(),
        p.code,
        p.name_ar,
        p.name_en,
        p.category,
        p.scope,
        p.price,
        p.minutes,
        p.tax_code,
        p.chart_code,
        p.chart_material,
        now.to_sqlx() as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes a changed procedure and counts its version up.
pub async fn update_procedure(tx: &mut Tx, p: &ProcedureRow) -> sqlx::Result<i32> {
    let clinic = tx.clinic();
    sqlx::query_scalar!(
        "update procedure_item
        set name_ar = $3, name_en = $4, category = $5, scope = $6, price = $7, minutes = $8, tax_code = $9,
            chart_code = $10, chart_material = $11, active = $12, version = version + 1
        where clinic_id = $1 and id = $2
        returning version",
        clinic,
        p.id.uuid(),
        p.name_ar,
        p.name_en,
        p.category,
        p.scope,
        p.price,
        p.minutes,
        p.tax_code,
        p.chart_code,
        p.chart_material,
        p.active
    )
    .fetch_one(&mut **tx)
    .await
}
