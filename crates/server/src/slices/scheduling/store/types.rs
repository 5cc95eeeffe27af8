//! What appointments are for.

use dentpro_core::ids::ProcedureId;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use crate::kernel::db::Tx;
use crate::slices::scheduling::api::types::AppointmentType;

/// A type as it is written; without a position it comes last.
#[derive(Clone, Debug)]
pub struct NewType {
    pub id: Uuid,
    pub name_ar: String,
    pub name_en: String,
    pub colour: String,
    pub minutes: i32,
    pub pattern: String,
    pub chair_feature: Option<String>,
    pub position: Option<i32>,
    pub active: bool,
}

#[derive(Debug)]
struct Row {
    id: Uuid,
    name_ar: String,
    name_en: String,
    colour: String,
    minutes: i32,
    pattern: String,
    chair_feature: Option<String>,
    procedures: Vec<Uuid>,
    position: i32,
    active: bool,
    version: i32,
}

impl From<Row> for AppointmentType {
    fn from(row: Row) -> Self {
        Self {
            id: row.id.into(),
            name_ar: row.name_ar,
            name_en: row.name_en,
            colour: row.colour,
            minutes: row.minutes,
            pattern: row.pattern,
            chair_feature: row.chair_feature,
            procedure_ids: row.procedures.into_iter().map(ProcedureId).collect(),
            position: row.position,
            active: row.active,
            version: row.version,
        }
    }
}

macro_rules! types {
    ($tail:tt, $($argument:expr),+ $(,)?) => {
        sqlx::query_as!(
            Row,
            r#"select
                t.id,
                t.name_ar,
                t.name_en,
                t.colour,
                t.minutes,
                t.pattern,
                t.chair_feature,
                array(select p.procedure_id from appointment_type_procedure p
                    where p.clinic_id = t.clinic_id and p.type_id = t.id order by p.procedure_id) as "procedures!",
                t.position,
                t.active,
                t.version
            from appointment_type t
            "# + $tail,
            $($argument),+
        )
    };
}

/// The types in the order in which they are offered; those not offered any more only when they are wanted.
pub async fn list_types(tx: &mut Tx, include_inactive: bool) -> sqlx::Result<Vec<AppointmentType>> {
    let clinic = tx.clinic();
    let rows = types!(
        "where t.clinic_id = $1 and (t.active or $2)
        order by t.active desc, t.position, t.created_at, t.id
        limit 200",
        clinic,
        include_inactive
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(AppointmentType::from).collect())
}

/// One type, locked for the change that follows.
pub async fn hold_type(tx: &mut Tx, id: Uuid) -> sqlx::Result<Option<AppointmentType>> {
    let clinic = tx.clinic();
    let row = types!(
        "where t.clinic_id = $1 and t.id = $2
        for update",
        clinic,
        id
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(AppointmentType::from))
}

/// Adds a type.
pub async fn insert_type(tx: &mut Tx, new: &NewType, now: Timestamp) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    sqlx::query!(
        "insert into appointment_type (clinic_id, id, name_ar, name_en, colour, minutes, pattern, chair_feature,
            position, created_at)
        select $1, $2, $3, $4, $5, $6, $7, $8,
            coalesce($9::int, (select max(position) + 1 from appointment_type where clinic_id = $1), 0), $10",
        clinic,
        new.id,
        new.name_ar,
        new.name_en,
        new.colour,
        new.minutes,
        new.pattern,
        new.chair_feature,
        new.position,
        now.to_sqlx() as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes a changed type; its place in the order stays.
pub async fn update_type(tx: &mut Tx, changed: &NewType) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    sqlx::query!(
        "update appointment_type
        set name_ar = $3, name_en = $4, colour = $5, minutes = $6, pattern = $7, chair_feature = $8, active = $9,
            version = version + 1
        where clinic_id = $1 and id = $2",
        clinic,
        changed.id,
        changed.name_ar,
        changed.name_en,
        changed.colour,
        changed.minutes,
        changed.pattern,
        changed.chair_feature,
        changed.active
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Replaces the procedures of a type.
pub async fn set_procedures(tx: &mut Tx, id: Uuid, procedures: &[Uuid]) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    sqlx::query!(
        "delete from appointment_type_procedure
        where clinic_id = $1 and type_id = $2 and not procedure_id = any($3)",
        clinic,
        id,
        procedures
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!(
        "insert into appointment_type_procedure (clinic_id, type_id, procedure_id)
        select $1, $2, p.id from unnest($3::uuid[]) as p (id)
        on conflict do nothing",
        clinic,
        id,
        procedures
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Gives a type the procedures of these codes that the catalogue has.
pub async fn set_procedures_by_code(tx: &mut Tx, id: Uuid, codes: &[String]) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    sqlx::query!(
        "insert into appointment_type_procedure (clinic_id, type_id, procedure_id)
        select $1, $2, p.id from procedure_item p where p.clinic_id = $1 and p.code = any($3)",
        clinic,
        id,
        codes
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Puts these types first, in this order.
pub async fn order_types(tx: &mut Tx, ids: &[Uuid]) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    sqlx::query!(
        "update appointment_type t
        set position = o.position, version = version + 1
        from (
            select id, row_number() over (order by array_position($2::uuid[], id), position, created_at, id)::int
                as position
            from appointment_type
            where clinic_id = $1
        ) o
        where t.clinic_id = $1 and t.id = o.id and t.position <> o.position",
        clinic,
        ids
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
