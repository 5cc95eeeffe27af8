//! The procedure catalogue and the drug list that every clinic begins with.

use dentpro_core::ids::{DrugId, ProcedureId};
use dentpro_core::money::{Currency, Money};
use serde::Deserialize;

use super::store::set_up as store;
use crate::kernel::clock::Clock;
use crate::kernel::db::Tx;
use crate::kernel::error::{ApiError, ApiResult};

const PROCEDURES: &str = include_str!("../../../data/procedures.csv");
const DRUGS: &str = include_str!("../../../data/drugs.csv");
/// The currency of the shipped prices. In another one the catalogue begins without prices.
const PRICED_IN: &str = "EGP";

#[derive(Debug, Deserialize)]
struct ProcedureLine {
    code: String,
    name_ar: String,
    name_en: String,
    category: String,
    scope: String,
    minutes: i32,
    price_egp: String,
    tax: String,
    chart_code: String,
    chart_material: String,
}

#[derive(Debug, Deserialize)]
struct DrugLine {
    code: String,
    name_en: String,
    name_ar: String,
    drug_class: String,
    forms: String,
    strengths: String,
    notes_en: String,
    notes_ar: String,
}

/// A procedure as it is written.
#[derive(Debug)]
pub struct ShippedProcedure {
    pub id: ProcedureId,
    pub code: String,
    pub name_ar: String,
    pub name_en: String,
    pub category: String,
    pub scope: String,
    pub tax_code: String,
    pub chart_code: String,
    pub chart_material: String,
    /// Minor units.
    pub price: i64,
    pub minutes: i32,
}

/// A drug as it is written; forms and strengths are separated by `;`.
#[derive(Debug)]
pub struct ShippedDrug {
    pub id: DrugId,
    pub code: String,
    pub name_ar: String,
    pub name_en: String,
    pub drug_class: String,
    pub forms: String,
    pub strengths: String,
    pub notes_ar: String,
    pub notes_en: String,
}

fn lines<T: for<'de> Deserialize<'de>>(text: &str) -> ApiResult<Vec<T>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().collect::<Result<_, _>>().map_err(|e| ApiError::internal(e.into()))
}

fn procedure(line: ProcedureLine, currency: Currency, clock: &Clock) -> ApiResult<ShippedProcedure> {
    let price = if currency.code() == PRICED_IN {
        Money::parse(&line.price_egp, currency).map_err(|e| ApiError::internal(e.into()))?.minor
    } else {
        0
    };
    Ok(ShippedProcedure {
        id: clock.new_id(),
        code: line.code,
        name_ar: line.name_ar,
        name_en: line.name_en,
        category: line.category,
        scope: line.scope,
        tax_code: line.tax,
        chart_code: line.chart_code,
        chart_material: line.chart_material,
        price,
        minutes: line.minutes,
    })
}

fn drug(line: DrugLine, clock: &Clock) -> ShippedDrug {
    ShippedDrug {
        id: clock.new_id(),
        code: line.code,
        name_ar: line.name_ar,
        name_en: line.name_en,
        drug_class: line.drug_class,
        forms: line.forms,
        strengths: line.strengths,
        notes_ar: line.notes_ar,
        notes_en: line.notes_en,
    }
}

/// Writes the shipped catalogue and drug list into the clinic of the transaction. What is there already stays.
pub async fn import_shipped(tx: &mut Tx, clock: &Clock) -> ApiResult<()> {
    let currency: Currency = store::currency(tx)
        .await?
        .parse()
        .map_err(|e: dentpro_core::money::MoneyError| ApiError::internal(e.into()))?;
    let procedures: Vec<ShippedProcedure> = lines::<ProcedureLine>(PROCEDURES)?
        .into_iter()
        .map(|line| procedure(line, currency, clock))
        .collect::<ApiResult<_>>()?;
    let drugs: Vec<ShippedDrug> =
        lines::<DrugLine>(DRUGS)?.into_iter().map(|line| drug(line, clock)).collect();
    store::insert_procedures(tx, &procedures, clock.now()).await?;
    store::insert_drugs(tx, &drugs, clock.now()).await?;
    Ok(())
}
