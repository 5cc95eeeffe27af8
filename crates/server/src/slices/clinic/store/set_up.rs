//! The first rows of a clinic.

use dentpro_core::ids::{BranchId, ChairId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use super::super::catalogue_shipped::{ShippedDrug, ShippedProcedure};
use super::super::set_up::{FirstBranch, NewClinic};
use crate::kernel::db::Tx;

/// The clinic of this transaction.
pub async fn insert_clinic(tx: &mut Tx, new: &NewClinic, now: Timestamp) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    sqlx::query!(
        "insert into clinic (clinic_id, name_ar, name_en, country, currency, currency_exponent, time_zone, week_start,
            weekend, languages, demo, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        clinic,
        new.name_ar,
        new.name_en,
        new.country,
        new.currency.code(),
        i32::try_from(new.currency.exponent()).unwrap_or(2),
        new.time_zone,
        new.week.start,
        &new.week.weekend_words(),
        &new.languages,
        new.demo,
        now.to_sqlx() as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Its first branch, which has no prefix in its numbers.
pub async fn insert_first_branch(
    tx: &mut Tx,
    id: BranchId,
    new: &FirstBranch,
    now: Timestamp,
) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    sqlx::query!(
        "insert into branch (clinic_id, id, name_ar, name_en, created_at) values ($1, $2, $3, $4, $5)",
        clinic,
        id.uuid(),
        new.name_ar,
        new.name_en,
        now.to_sqlx() as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The chairs of the first branch, in the order given.
pub async fn insert_chairs(
    tx: &mut Tx,
    branch: BranchId,
    chairs: &[(ChairId, String, String)],
    now: Timestamp,
) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    let ids: Vec<Uuid> = chairs.iter().map(|(id, _, _)| id.uuid()).collect();
    let ar: Vec<String> = chairs.iter().map(|(_, ar, _)| ar.clone()).collect();
    let en: Vec<String> = chairs.iter().map(|(_, _, en)| en.clone()).collect();
    sqlx::query!(
        "insert into chair (clinic_id, id, branch_id, name_ar, name_en, position, created_at)
        select $1, t.id, $2, t.ar, t.en, t.place, $6
        from unnest($3::uuid[], $4::text[], $5::text[]) with ordinality as t (id, ar, en, place)",
        clinic,
        branch.uuid(),
        &ids,
        &ar,
        &en,
        now.to_sqlx() as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The same opening hours on each of these weekdays (0 is Sunday).
pub async fn insert_branch_hours(
    tx: &mut Tx,
    branch: BranchId,
    days: &[(Uuid, i32)],
    hours: (jiff::civil::Time, jiff::civil::Time),
) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    let ids: Vec<Uuid> = days.iter().map(|(id, _)| *id).collect();
    let weekdays: Vec<i32> = days.iter().map(|(_, day)| *day).collect();
    sqlx::query!(
        "insert into working_hours (clinic_id, id, branch_id, weekday, starts, ends)
        select $1, t.id, $2, t.weekday, $5, $6
        from unnest($3::uuid[], $4::int[]) as t (id, weekday)",
        clinic,
        branch.uuid(),
        &ids,
        &weekdays,
        hours.0.to_sqlx() as _,
        hours.1.to_sqlx() as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The currency of the clinic of this transaction.
pub async fn currency(tx: &mut Tx) -> sqlx::Result<String> {
    let clinic = tx.clinic();
    sqlx::query_scalar!("select currency from clinic where clinic_id = $1", clinic).fetch_one(&mut **tx).await
}

/// Adds the shipped procedures that the clinic does not have yet.
pub async fn insert_procedures(tx: &mut Tx, rows: &[ShippedProcedure], now: Timestamp) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    let text =
        |f: fn(&ShippedProcedure) -> &String| rows.iter().map(|r| f(r).clone()).collect::<Vec<String>>();
    let ids: Vec<Uuid> = rows.iter().map(|r| r.id.uuid()).collect();
    let prices: Vec<i64> = rows.iter().map(|r| r.price).collect();
    let minutes: Vec<i32> = rows.iter().map(|r| r.minutes).collect();
    sqlx::query!(
        "insert into procedure_item (clinic_id, id, code, name_ar, name_en, category, scope, tax_code, chart_code,
            chart_material, price, minutes, created_at)
        select $1, t.id, t.code, t.name_ar, t.name_en, t.category, t.scope, t.tax_code, nullif(t.chart_code, ''),
            nullif(t.chart_material, ''), t.price, t.minutes, $13
        from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
                $10::text[], $11::bigint[], $12::int[])
            as t (id, code, name_ar, name_en, category, scope, tax_code, chart_code, chart_material, price, minutes)
        on conflict (clinic_id, code) do nothing",
        clinic,
        &ids,
        &text(|r| &r.code),
        &text(|r| &r.name_ar),
        &text(|r| &r.name_en),
        &text(|r| &r.category),
        &text(|r| &r.scope),
        &text(|r| &r.tax_code),
        &text(|r| &r.chart_code),
        &text(|r| &r.chart_material),
        &prices,
        &minutes,
        now.to_sqlx() as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Adds the shipped drugs that the clinic does not have yet.
pub async fn insert_drugs(tx: &mut Tx, rows: &[ShippedDrug], now: Timestamp) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    let text = |f: fn(&ShippedDrug) -> &String| rows.iter().map(|r| f(r).clone()).collect::<Vec<String>>();
    let ids: Vec<Uuid> = rows.iter().map(|r| r.id.uuid()).collect();
    sqlx::query!(
        "insert into drug (clinic_id, id, code, name_ar, name_en, drug_class, forms, strengths, notes_ar, notes_en,
            created_at)
        select $1, t.id, t.code, t.name_ar, t.name_en, t.drug_class, string_to_array(t.forms, ';'),
            string_to_array(t.strengths, ';'), nullif(t.notes_ar, ''), nullif(t.notes_en, ''), $11
        from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
                $10::text[])
            as t (id, code, name_ar, name_en, drug_class, forms, strengths, notes_ar, notes_en)
        on conflict (clinic_id, code) do nothing",
        clinic,
        &ids,
        &text(|r| &r.code),
        &text(|r| &r.name_ar),
        &text(|r| &r.name_en),
        &text(|r| &r.drug_class),
        &text(|r| &r.forms),
        &text(|r| &r.strengths),
        &text(|r| &r.notes_ar),
        &text(|r| &r.notes_en),
        now.to_sqlx() as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
