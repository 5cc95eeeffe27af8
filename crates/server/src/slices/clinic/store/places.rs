//! All SQL of the clinic's set-up.

use dentpro_core::ids::{BranchId, ChairId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use super::super::api::places::{Branch, Chair, OutOfService};
use crate::kernel::db::Tx;

/// All branches, active ones first.
pub async fn branches(tx: &mut Tx) -> sqlx::Result<Vec<Branch>> {
    let clinic = tx.clinic();
    sqlx::query_as!(
        Branch,
        r#"select
            id as "id: BranchId",
            name_ar,
            name_en,
            phone,
            address_ar,
            address_en,
            number_prefix,
            active,
            version
        from branch
        where clinic_id = $1
        order by active desc, position, created_at, id
        limit 200"#,
        clinic
    )
    .fetch_all(&mut **tx)
    .await
}

/// One branch, locked for the change that follows.
pub async fn branch_for_update(tx: &mut Tx, id: BranchId) -> sqlx::Result<Option<Branch>> {
    let clinic = tx.clinic();
    sqlx::query_as!(
        Branch,
        r#"select
            id as "id: BranchId",
            name_ar,
            name_en,
            phone,
            address_ar,
            address_en,
            number_prefix,
            active,
            version
        from branch
        where clinic_id = $1 and id = $2
        for update"#,
        clinic,
        id.uuid()
    )
    .fetch_optional(&mut **tx)
    .await
}

/// Adds a branch at the end; every one but the first gets a prefix for its numbers (`B2`, `B3`, …).
pub async fn insert_branch(tx: &mut Tx, branch: &Branch, now: Timestamp) -> sqlx::Result<Branch> {
    let clinic = tx.clinic();
    sqlx::query_as!(
        Branch,
        r#"insert into branch (clinic_id, id, name_ar, name_en, phone, address_ar, address_en, created_at, position, number_prefix)
        select $1, $2, $3, $4, $5, $6, $7, $8, count(*), case when count(*) = 0 then '' else 'B' || count(*) + 1 end
        from branch
        where clinic_id = $1
        returning
            id as "id: BranchId",
            name_ar,
            name_en,
            phone,
            address_ar,
            address_en,
            number_prefix,
            active,
            version"#,
        clinic,
        branch.id.uuid(),
        branch.name_ar,
        branch.name_en,
        branch.phone,
        branch.address_ar,
        branch.address_en,
        now.to_sqlx() as _
    )
    .fetch_one(&mut **tx)
    .await
}

/// Writes a changed branch and counts its version up.
pub async fn update_branch(tx: &mut Tx, branch: &Branch) -> sqlx::Result<i32> {
    let clinic = tx.clinic();
    sqlx::query_scalar!(
        "update branch
        set name_ar = $3, name_en = $4, phone = $5, address_ar = $6, address_en = $7, active = $8, version = version + 1
        where clinic_id = $1 and id = $2
        returning version",
        clinic,
        branch.id.uuid(),
        branch.name_ar,
        branch.name_en,
        branch.phone,
        branch.address_ar,
        branch.address_en,
        branch.active
    )
    .fetch_one(&mut **tx)
    .await
}

#[derive(Debug)]
struct ChairRow {
    id: Uuid,
    branch_id: Uuid,
    name_ar: String,
    name_en: String,
    position: i32,
    active: bool,
    features: Vec<String>,
    out_reason: Option<String>,
    out_from: Option<jiff_sqlx::Date>,
    out_until: Option<jiff_sqlx::Date>,
    version: i32,
}

impl From<ChairRow> for Chair {
    fn from(row: ChairRow) -> Self {
        let (from, until) = (row.out_from.map(|d| d.to_jiff()), row.out_until.map(|d| d.to_jiff()));
        Self {
            id: row.id.into(),
            branch_id: row.branch_id.into(),
            name_ar: row.name_ar,
            name_en: row.name_en,
            position: row.position,
            active: row.active,
            features: row.features,
            out_of_service: row.out_reason.map(|reason| OutOfService { reason, from, until }),
            version: row.version,
        }
    }
}

/// All chairs in the order of the book.
pub async fn chairs(tx: &mut Tx) -> sqlx::Result<Vec<Chair>> {
    let clinic = tx.clinic();
    let rows = sqlx::query_as!(
        ChairRow,
        r#"select
            c.id,
            c.branch_id,
            c.name_ar,
            c.name_en,
            c.position,
            c.active,
            c.features,
            c.out_reason,
            c.out_from,
            c.out_until,
            c.version
        from chair c
        join branch b on b.clinic_id = c.clinic_id and b.id = c.branch_id
        where c.clinic_id = $1
        order by b.position, c.position, c.created_at, c.id
        limit 500"#,
        clinic
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(Chair::from).collect())
}

/// One chair, locked for the change that follows.
pub async fn chair_for_update(tx: &mut Tx, id: ChairId) -> sqlx::Result<Option<Chair>> {
    let clinic = tx.clinic();
    let row = sqlx::query_as!(
        ChairRow,
        r#"select
            id,
            branch_id,
            name_ar,
            name_en,
            position,
            active,
            features,
            out_reason,
            out_from,
            out_until,
            version
        from chair
        where clinic_id = $1 and id = $2
        for update"#,
        clinic,
        id.uuid()
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(Chair::from))
}

/// Adds a chair.
pub async fn insert_chair(tx: &mut Tx, chair: &Chair, now: Timestamp) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    sqlx::query!(
        "insert into chair (clinic_id, id, branch_id, name_ar, name_en, position, created_at, features)
        values ($1, $2, $3, $4, $5, $6, $7, $8)",
        clinic,
        chair.id.uuid(),
        chair.branch_id.uuid(),
        chair.name_ar,
        chair.name_en,
        chair.position,
        now.to_sqlx() as _,
        &chair.features
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes a changed chair and counts its version up.
pub async fn update_chair(tx: &mut Tx, chair: &Chair) -> sqlx::Result<i32> {
    let out = chair.out_of_service.as_ref();
    let clinic = tx.clinic();
    sqlx::query_scalar!(
        "update chair
        set name_ar = $3, name_en = $4, position = $5, active = $6, features = $7, out_reason = $8, out_from = $9,
            out_until = $10, version = version + 1
        where clinic_id = $1 and id = $2
        returning version",
        clinic,
        chair.id.uuid(),
        chair.name_ar,
        chair.name_en,
        chair.position,
        chair.active,
        &chair.features,
        out.map(|o| o.reason.as_str()),
        out.and_then(|o| o.from).map(|d| d.to_sqlx()) as _,
        out.and_then(|o| o.until).map(|d| d.to_sqlx()) as _
    )
    .fetch_one(&mut **tx)
    .await
}
