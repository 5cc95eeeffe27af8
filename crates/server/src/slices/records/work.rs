//! Work done, checked against the catalogue: where it is done, how often, at what price, what the chart shows.

use dentpro_core::charting::{ChartEvent, PlacedWork, UnitTooth};
use dentpro_core::ids::{ChartEventId, VisitProcedureId};
use dentpro_core::permissions::Permission;
use dentpro_core::teeth::{Surface, Tooth};
use jiff::civil::Date;

use super::api::{AddedProcedure, NewVisitProcedure};
use super::store::procedures::{self, CatalogueItem};
use super::store::visits::{self, LockedVisit};
use crate::kernel::actor::Actor;
use crate::kernel::clock::Clock;
use crate::kernel::db::Tx;
use crate::kernel::dental;
use crate::kernel::error::{ApiError, ApiResult, OnConstraint};
use crate::kernel::text;

/// Times a procedure is done at most.
const MOST: i32 = 999;
/// The highest price, in minor units, as the database has it.
const HIGHEST_PRICE: i64 = 1_000_000_000_000;
/// Letters a note has at most.
const NOTE: usize = 2000;

/// Work that fits its procedure.
#[derive(Clone, Debug)]
pub struct Work {
    pub item: CatalogueItem,
    pub tooth: Option<Tooth>,
    pub surfaces: Vec<Surface>,
    pub unit: Vec<UnitTooth>,
    pub quantity: i32,
    pub unit_price: i64,
    pub note: Option<String>,
    charted: bool,
}

impl Work {
    /// Looks the procedure up and checks what is recorded of it.
    pub async fn check(tx: &mut Tx, actor: &Actor, new: &NewVisitProcedure) -> ApiResult<Self> {
        let unknown = || ApiError::invalid("/procedure_id", "request.unknown_reference");
        let item = procedures::catalogue_item(tx, new.procedure_id).await?.ok_or_else(unknown)?;
        if !item.active {
            return Err(ApiError::invalid("/procedure_id", "records.procedure_inactive"));
        }
        let tooth = new.tooth.as_deref().map(|t| dental::tooth(t, "/tooth")).transpose()?;
        let surfaces = dental::surfaces(new.surfaces.as_deref().unwrap_or_default(), "/surfaces")?;
        check_place(&item.scope, tooth, &surfaces)?;
        let unit = new.unit.clone().unwrap_or_default();
        let quantity = new.quantity.unwrap_or_else(|| i32::try_from(unit.len().max(1)).unwrap_or(i32::MAX));
        if !(1..=MOST).contains(&quantity) {
            return Err(ApiError::invalid("/quantity", "request.out_of_range"));
        }
        Ok(Self {
            unit_price: price(actor, &item, new)?,
            note: text::optional_paragraphs(new.note.clone(), "/note", NOTE)?,
            charted: new.chart.unwrap_or(true),
            item,
            tooth,
            surfaces,
            unit,
            quantity,
        })
    }

    /// The work at its place.
    pub fn placed(&self) -> PlacedWork<'_> {
        PlacedWork {
            code: self.item.chart_code.as_deref(),
            material: self.item.chart_material.as_deref(),
            tooth: self.tooth,
            surfaces: &self.surfaces,
            unit: &self.unit,
        }
    }

    /// The event that shows the work on the chart; `None` where the catalogue has no picture for it, where the teeth of
    /// a bridge or denture were not named, or where it is not to be shown.
    pub fn chart_event(&self, id: ChartEventId, on: Date) -> Option<ChartEvent> {
        self.placed().done(id.uuid(), on).filter(|_| self.charted)
    }
}

fn check_place(scope: &str, tooth: Option<Tooth>, surfaces: &[Surface]) -> ApiResult<()> {
    let needs_tooth = matches!(scope, "tooth" | "surface") || !surfaces.is_empty();
    if needs_tooth && tooth.is_none() {
        return Err(ApiError::invalid("/tooth", "records.tooth_required"));
    }
    if scope == "surface" && surfaces.is_empty() {
        return Err(ApiError::invalid("/surfaces", "records.surfaces_required"));
    }
    Ok(())
}

/// The catalogue's price, or another one for who may give discounts.
fn price(actor: &Actor, item: &CatalogueItem, new: &NewVisitProcedure) -> ApiResult<i64> {
    let Some(asked) = new.unit_price else { return Ok(item.price) };
    if asked.currency.code() != actor.facts.currency {
        return Err(ApiError::invalid("/unit_price/currency", "records.currency_mismatch"));
    }
    if !(0..=HIGHEST_PRICE).contains(&asked.minor) {
        return Err(ApiError::invalid("/unit_price/amount", "request.out_of_range"));
    }
    if asked.minor != item.price {
        actor.require(Permission::BillingDiscount)?;
    }
    Ok(asked.minor)
}

/// Adds checked work to a draft: the work as it stands, with the version its visit has now.
pub async fn insert_procedure(
    tx: &mut Tx,
    actor: &Actor,
    visit: &LockedVisit,
    work: &Work,
    chart_event: Option<ChartEventId>,
    clock: &Clock,
) -> ApiResult<AddedProcedure> {
    let id: VisitProcedureId = clock.new_id();
    procedures::insert(tx, visit, id, work, chart_event, clock.now()).await?;
    let visit_version = visits::count_up(tx, visit.id).await?;
    let all = procedures::of_visits(tx, &[visit.id.uuid()], actor.prices()?).await?;
    let procedure = all.into_values().flatten().find(|p| p.id == id).ok_or_else(ApiError::not_found)?;
    Ok(AddedProcedure { procedure, visit_version })
}

/// Takes work off a draft, unless it stands on an invoice; the event that showed it on the chart.
pub async fn delete_procedure(
    tx: &mut Tx,
    visit: &LockedVisit,
    id: VisitProcedureId,
) -> ApiResult<Option<ChartEventId>> {
    let invoiced = || ApiError::conflict("records.procedure_invoiced");
    if procedures::is_invoiced(tx, id).await? {
        return Err(invoiced());
    }
    let removed = procedures::delete(tx, visit.id, id).await;
    let removed = removed.on_constraint("invoice_line_visit_procedure_fkey", invoiced)?;
    let chart_event = removed.ok_or_else(ApiError::not_found)?;
    visits::count_up(tx, visit.id).await?;
    Ok(chart_event)
}
