//! The drug list.

use dentpro_core::ids::DrugId;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;

use super::super::api::catalogue::Drug;
use super::procedures::Search;
use crate::kernel::db::Tx;

/// Drugs by code.
pub async fn drugs(tx: &mut Tx, search: &Search, limit: i64) -> sqlx::Result<Vec<Drug>> {
    let clinic = tx.clinic();
    sqlx::query_as!(
        Drug,
        r#"select
            id as "id: DrugId",
            code,
            name_ar,
            name_en,
            drug_class,
            forms,
            strengths,
            notes_ar,
            notes_en,
            active,
            version
        from drug
        where clinic_id = $1
            and (active or $2)
            and ($3::text is null or drug_class = $3)
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

/// One drug, locked for the change that follows.
pub async fn drug_for_update(tx: &mut Tx, id: DrugId) -> sqlx::Result<Option<Drug>> {
    let clinic = tx.clinic();
    sqlx::query_as!(
        Drug,
        r#"select
            id as "id: DrugId",
            code,
            name_ar,
            name_en,
            drug_class,
            forms,
            strengths,
            notes_ar,
            notes_en,
            active,
            version
        from drug
        where clinic_id = $1 and id = $2
        for update"#,
        clinic,
        id.uuid()
    )
    .fetch_optional(&mut **tx)
    .await
}

/// Adds a drug.
pub async fn insert_drug(tx: &mut Tx, d: &Drug, now: Timestamp) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    sqlx::query!(
        "insert into drug (clinic_id, id, code, name_ar, name_en, drug_class, forms, strengths, notes_ar, notes_en, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        clinic,
        d.id.uuid(),
        d.code,
        d.name_ar,
        d.name_en,
        d.drug_class,
        &d.forms,
        &d.strengths,
        d.notes_ar,
        d.notes_en,
        now.to_sqlx() as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes a changed drug and counts its version up.
pub async fn update_drug(tx: &mut Tx, d: &Drug) -> sqlx::Result<i32> {
    let clinic = tx.clinic();
    sqlx::query_scalar!(
        "update drug
        set name_ar = $3, name_en = $4, drug_class = $5, forms = $6, strengths = $7, notes_ar = $8, notes_en = $9,
            active = $10, version = version + 1
        where clinic_id = $1 and id = $2
        returning version",
        clinic,
        d.id.uuid(),
        d.name_ar,
        d.name_en,
        d.drug_class,
        &d.forms,
        &d.strengths,
        d.notes_ar,
        d.notes_en,
        d.active
    )
    .fetch_one(&mut **tx)
    .await
}
