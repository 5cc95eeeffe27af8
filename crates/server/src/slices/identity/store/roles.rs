//! Roles and what they allow.

use dentpro_core::ids::RoleId;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use crate::kernel::db::Tx;

/// A role as it is stored, with its permissions side by side with their scopes.
#[derive(Clone, Debug)]
pub struct RoleRow {
    pub id: Uuid,
    pub code: Option<String>,
    pub name_ar: String,
    pub name_en: String,
    pub version: i32,
    pub permissions: Vec<String>,
    pub scopes: Vec<String>,
    pub staff_count: i64,
}

/// All roles, or those with the given ids: the built-in ones first, then by age.
pub async fn list(tx: &mut Tx, only: Option<&[Uuid]>) -> sqlx::Result<Vec<RoleRow>> {
    let clinic = tx.clinic();
    sqlx::query_as!(
        RoleRow,
        r#"select
            r.id,
            r.code,
            r.name_ar,
            r.name_en,
            r.version,
            array(select rp.permission from role_permission rp
                where rp.clinic_id = $1 and rp.role_id = r.id
                order by rp.permission) as "permissions!: Vec<String>",
            array(select rp.scope from role_permission rp
                where rp.clinic_id = $1 and rp.role_id = r.id
                order by rp.permission) as "scopes!: Vec<String>",
            (select count(*) from staff_role sr
                join staff s on s.clinic_id = sr.clinic_id and s.id = sr.staff_id
                where sr.clinic_id = $1 and sr.role_id = r.id and s.active) as "staff_count!"
        from role r
        where r.clinic_id = $1 and ($2::uuid[] is null or r.id = any ($2))
        order by
            array_position(array['admin', 'doctor', 'assistant', 'receptionist'], r.code) nulls last,
            r.created_at,
            r.id
        limit 200"#,
        clinic,
        only
    )
    .fetch_all(&mut **tx)
    .await
}

/// Locks a role for the change that follows; `false` when it is not there.
pub async fn lock(tx: &mut Tx, id: RoleId) -> sqlx::Result<bool> {
    let clinic = tx.clinic();
    let found =
        sqlx::query!("select from role where clinic_id = $1 and id = $2 for update", clinic, id.uuid())
            .fetch_optional(&mut **tx)
            .await?;
    Ok(found.is_some())
}

/// Adds a role without permissions.
pub async fn insert(
    tx: &mut Tx,
    id: RoleId,
    code: Option<&str>,
    name_ar: &str,
    name_en: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    sqlx::query!(
        "insert into role (clinic_id, id, code, name_ar, name_en, created_at) values ($1, $2, $3, $4, $5, $6)",
        clinic,
        id.uuid(),
        code,
        name_ar,
        name_en,
        now.to_sqlx() as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes the names and counts the version up.
pub async fn update(tx: &mut Tx, id: RoleId, name_ar: &str, name_en: &str) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    sqlx::query!(
        "update role set name_ar = $3, name_en = $4, version = version + 1 where clinic_id = $1 and id = $2",
        clinic,
        id.uuid(),
        name_ar,
        name_en
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Gives a role exactly these permissions; what stays as it was is not touched.
pub async fn set_permissions(
    tx: &mut Tx,
    id: RoleId,
    codes: &[String],
    scopes: &[String],
) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    sqlx::query!(
        "delete from role_permission where clinic_id = $1 and role_id = $2 and permission <> all ($3)",
        clinic,
        id.uuid(),
        codes
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!(
        "insert into role_permission as rp (clinic_id, role_id, permission, scope)
        select $1, $2, t.code, t.scope from unnest($3::text[], $4::text[]) as t (code, scope)
        on conflict (clinic_id, role_id, permission) do update
        set scope = excluded.scope
        where rp.scope <> excluded.scope",
        clinic,
        id.uuid(),
        codes,
        scopes
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Removes a role that nobody has.
pub async fn delete(tx: &mut Tx, id: RoleId) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    sqlx::query!("delete from role_permission where clinic_id = $1 and role_id = $2", clinic, id.uuid())
        .execute(&mut **tx)
        .await?;
    sqlx::query!("delete from role where clinic_id = $1 and id = $2", clinic, id.uuid())
        .execute(&mut **tx)
        .await?;
    Ok(())
}
