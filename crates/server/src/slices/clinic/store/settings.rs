//! The clinic's row.

use dentpro_core::ids::ClinicId;
use rust_decimal::Decimal;

use super::super::api::settings::Clinic;
use crate::kernel::db::Tx;

/// The clinic, locked when a change follows.
pub async fn clinic(tx: &mut Tx, lock: bool) -> sqlx::Result<Clinic> {
    if lock {
        let clinic = tx.clinic();
        sqlx::query!("select version from clinic where clinic_id = $1 for update", clinic)
            .fetch_one(&mut **tx)
            .await?;
    }
    let clinic = tx.clinic();
    sqlx::query_as!(
        Clinic,
        r#"select
            clinic_id as "id: ClinicId",
            name_ar,
            name_en,
            country,
            currency,
            currency_exponent,
            time_zone,
            tax_number,
            phone,
            email,
            address_ar,
            address_en,
            digits,
            week_start,
            weekend,
            languages,
            session_idle_minutes,
            session_absolute_hours,
            trim_scale(default_tax_percent)::text as "default_tax_percent!",
            waiting_amber_minutes,
            waiting_red_minutes,
            slot_minutes,
            late_cancel_hours,
            chart_colours,
            case when logo_blob is not null then '/api/v1/clinic/logo?v=' || left(logo_blob, 12) end as logo_url,
            version
        from clinic
        where clinic_id = $1"#,
        clinic
    )
    .fetch_one(&mut **tx)
    .await
}

/// Writes the changed clinic and counts its version up.
pub async fn update_clinic(tx: &mut Tx, c: &Clinic, tax: Decimal) -> sqlx::Result<i32> {
    let clinic = tx.clinic();
    sqlx::query_scalar!(
        "update clinic
        set name_ar = $2, name_en = $3, country = $4, currency = $5, currency_exponent = $6, time_zone = $7,
            tax_number = $8, phone = $9, email = $10, address_ar = $11, address_en = $12, digits = $13, week_start = $14,
            weekend = $15, languages = $16, session_idle_minutes = $17, session_absolute_hours = $18,
            default_tax_percent = $19::text::numeric, waiting_amber_minutes = $20, waiting_red_minutes = $21,
            slot_minutes = $22, late_cancel_hours = $23, chart_colours = $24, version = version + 1
        where clinic_id = $1
        returning version",
        clinic,
        c.name_ar,
        c.name_en,
        c.country,
        c.currency,
        c.currency_exponent,
        c.time_zone,
        c.tax_number,
        c.phone,
        c.email,
        c.address_ar,
        c.address_en,
        c.digits,
        c.week_start,
        &c.weekend,
        &c.languages,
        c.session_idle_minutes,
        c.session_absolute_hours,
        tax.to_string(),
        c.waiting_amber_minutes,
        c.waiting_red_minutes,
        c.slot_minutes,
        c.late_cancel_hours,
        c.chart_colours
    )
    .fetch_one(&mut **tx)
    .await
}

/// Whether money was ever written in the clinic's currency.
pub async fn currency_is_used(tx: &mut Tx) -> sqlx::Result<bool> {
    let clinic = tx.clinic();
    sqlx::query_scalar!(
        r#"select exists (select from invoice where clinic_id = $1)
            or exists (select from payment where clinic_id = $1) as "used!""#,
        clinic
    )
    .fetch_one(&mut **tx)
    .await
}

/// File and type of the logo.
pub async fn logo(tx: &mut Tx) -> sqlx::Result<Option<(String, String)>> {
    let clinic = tx.clinic();
    let row = sqlx::query!("select logo_blob, logo_type from clinic where clinic_id = $1", clinic)
        .fetch_one(&mut **tx)
        .await?;
    Ok(row.logo_blob.zip(row.logo_type))
}

/// Sets or clears the logo.
pub async fn set_logo(tx: &mut Tx, logo: Option<(&str, &str)>) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    sqlx::query!(
        "update clinic set logo_blob = $2, logo_type = $3, version = version + 1 where clinic_id = $1",
        clinic,
        logo.map(|(blob, _)| blob),
        logo.map(|(_, kind)| kind)
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
