//! Staff: an account in a clinic.

use dentpro_core::ids::{RoleId, StaffId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use crate::kernel::db::Tx;

/// A staff member as he is stored, with his roles.
#[derive(Clone, Debug)]
pub struct StaffRow {
    pub id: Uuid,
    pub account_id: Uuid,
    pub name_ar: String,
    pub name_en: String,
    pub colour: String,
    pub phone: Option<String>,
    pub specialty_ar: Option<String>,
    pub specialty_en: Option<String>,
    pub photo_blob: Option<String>,
    pub photo_type: Option<String>,
    pub active: bool,
    pub version: i32,
    pub email: String,
    pub roles: Vec<String>,
    pub role_ids: Vec<Uuid>,
    pub invited: bool,
    pub sort_key: String,
}

/// What a list of staff asks for.
#[derive(Debug, Default)]
pub struct Filter {
    /// Only this one.
    pub id: Option<StaffId>,
    pub role: Option<String>,
    /// A LIKE pattern over names and e-mail.
    pub pattern: Option<String>,
    pub include_inactive: bool,
    pub after: Option<(String, Uuid)>,
    pub limit: i64,
}

/// A staff member to add.
#[derive(Clone, Debug)]
pub struct NewStaff {
    pub id: StaffId,
    pub account: Uuid,
    pub name_ar: String,
    pub name_en: String,
    pub colour: String,
    pub phone: Option<String>,
    pub specialty_ar: Option<String>,
    pub specialty_en: Option<String>,
}

/// A page of the staff, by name; one more than the limit.
pub async fn list(tx: &mut Tx, filter: &Filter, now: Timestamp) -> sqlx::Result<Vec<StaffRow>> {
    let clinic = tx.clinic();
    let (after_name, after_id) = filter.after.clone().unzip();
    sqlx::query_as!(
        StaffRow,
        r#"select
            s.id,
            s.account_id,
            s.name_ar,
            s.name_en,
            s.colour,
            s.phone,
            s.specialty_ar,
            s.specialty_en,
            s.photo_blob,
            s.photo_type,
            s.active,
            s.version,
            a.email,
            array(select r.code from staff_role sr
                join role r on r.clinic_id = sr.clinic_id and r.id = sr.role_id
                where sr.clinic_id = $1 and sr.staff_id = s.id and r.code is not null
                order by r.code) as "roles!: Vec<String>",
            array(select sr.role_id from staff_role sr
                where sr.clinic_id = $1 and sr.staff_id = s.id
                order by sr.role_id) as "role_ids!: Vec<Uuid>",
            exists (
                select from invitation i
                where i.clinic_id = $1 and i.email = a.email and i.accepted_at is null and i.revoked_at is null
                    and i.expires_at > $8
            ) as "invited!",
            lower(coalesce(nullif(s.name_en, ''), s.name_ar)) as "sort_key!"
        from staff s
        join account a on a.id = s.account_id
        where s.clinic_id = $1
            and (s.active or $2)
            and ($3::text is null or exists (
                select from staff_role sr
                join role r on r.clinic_id = sr.clinic_id and r.id = sr.role_id
                where sr.clinic_id = $1 and sr.staff_id = s.id and r.code = $3))
            and ($4::text is null or s.name_ar ilike $4 or s.name_en ilike $4 or a.email ilike $4)
            and ($5::text is null
                or (lower(coalesce(nullif(s.name_en, ''), s.name_ar)), s.id) > ($5::text, $6::uuid))
            and ($9::uuid is null or s.id = $9)
        order by lower(coalesce(nullif(s.name_en, ''), s.name_ar)), s.id
        limit $7"#,
        clinic,
        filter.include_inactive,
        filter.role,
        filter.pattern,
        after_name,
        after_id,
        filter.limit + 1,
        now.to_sqlx() as _,
        filter.id.map(|id| id.uuid())
    )
    .fetch_all(&mut **tx)
    .await
}

/// One staff member.
pub async fn find(tx: &mut Tx, id: StaffId, now: Timestamp) -> sqlx::Result<Option<StaffRow>> {
    let filter = Filter { id: Some(id), include_inactive: true, ..Filter::default() };
    Ok(list(tx, &filter, now).await?.pop())
}

/// Locks a staff member for the change that follows.
pub async fn lock(tx: &mut Tx, id: StaffId) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    sqlx::query!("select from staff where clinic_id = $1 and id = $2 for no key update", clinic, id.uuid())
        .fetch_optional(&mut **tx)
        .await?;
    Ok(())
}

/// Whether an e-mail belongs to an active member of this clinic.
pub async fn is_member(tx: &mut Tx, email: &str) -> sqlx::Result<bool> {
    let clinic = tx.clinic();
    sqlx::query_scalar!(
        r#"select exists (
            select from staff s
            join account a on a.id = s.account_id
            where s.clinic_id = $1 and a.email = $2 and s.active
        ) as "exists!""#,
        clinic,
        email
    )
    .fetch_one(&mut **tx)
    .await
}

/// Adds a staff member; one who left comes back under his former id, which is returned.
pub async fn insert(tx: &mut Tx, new: &NewStaff, now: Timestamp) -> sqlx::Result<StaffId> {
    let clinic = tx.clinic();
    sqlx::query_scalar!(
        r#"insert into staff as s (clinic_id, id, account_id, name_ar, name_en, colour, phone, specialty_ar,
            specialty_en, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        on conflict (clinic_id, account_id) do update
        set active = true, name_ar = excluded.name_ar, name_en = excluded.name_en, version = s.version + 1
        returning id as "id: StaffId""#,
        clinic,
        new.id.uuid(),
        new.account,
        new.name_ar,
        new.name_en,
        new.colour,
        new.phone,
        new.specialty_ar,
        new.specialty_en,
        now.to_sqlx() as _
    )
    .fetch_one(&mut **tx)
    .await
}

/// Writes a changed staff member and counts the version up.
pub async fn update(tx: &mut Tx, staff: &StaffRow) -> sqlx::Result<i32> {
    let clinic = tx.clinic();
    sqlx::query_scalar!(
        "update staff
        set name_ar = $3, name_en = $4, colour = $5, phone = $6, specialty_ar = $7, specialty_en = $8, active = $9,
            photo_blob = $10, photo_type = $11, version = version + 1
        where clinic_id = $1 and id = $2
        returning version",
        clinic,
        staff.id,
        staff.name_ar,
        staff.name_en,
        staff.colour,
        staff.phone,
        staff.specialty_ar,
        staff.specialty_en,
        staff.active,
        staff.photo_blob,
        staff.photo_type
    )
    .fetch_one(&mut **tx)
    .await
}

/// Gives a staff member exactly these roles.
pub async fn set_roles(tx: &mut Tx, staff: StaffId, roles: &[RoleId]) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    let roles: Vec<Uuid> = roles.iter().map(|r| r.uuid()).collect();
    sqlx::query!(
        "delete from staff_role where clinic_id = $1 and staff_id = $2 and role_id <> all ($3)",
        clinic,
        staff.uuid(),
        &roles
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!(
        "insert into staff_role (clinic_id, staff_id, role_id)
        select $1, $2, unnest($3::uuid[])
        on conflict do nothing",
        clinic,
        staff.uuid(),
        &roles
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Asks the rules that are otherwise asked at the commit: an administrator remains.
pub async fn check_rules(tx: &mut Tx) -> sqlx::Result<()> {
    sqlx::query!("set constraints all immediate").execute(&mut **tx).await?;
    Ok(())
}
