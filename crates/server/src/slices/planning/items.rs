//! An item's way: planned, changed, done.

use dentpro_core::charting::{PlacedWork, UnitTooth};
use dentpro_core::ids::{ProcedureId, VisitId, VisitProcedureId};
use dentpro_core::planning::PlanItemStatus;
use dentpro_core::teeth::{Surface, Tooth};
use uuid::Uuid;

use super::api::{NewPlanItem, PlanItemPatch, PlanStaff};
use super::plans::{amount, doctor, percent, phase};
use super::store::catalogue;
use super::store::items::{self, ItemRow, NewRow};
use super::store::plans::HeldPlan;
use crate::kernel::actor::Actor;
use crate::kernel::clock::Clock;
use crate::kernel::db::Tx;
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::patch::Patch;
use crate::kernel::text;

/// Letters a note has at most.
const NOTE: usize = 500;
/// Sittings an item has at most.
const SESSIONS: i16 = 50;
/// Chair minutes an item has at least and at most.
const MINUTES: std::ops::RangeInclusive<i32> = 5..=6000;
/// Items a plan has at most.
pub const ITEMS: usize = 200;
/// Times a procedure is done at most.
const QUANTITY: std::ops::RangeInclusive<i32> = 1..=999;
/// What one piece costs at most, in minor units, as the database has it.
const HIGHEST_PRICE: i64 = 1_000_000_000_000;

/// Where and how often work is done, checked against the catalogue.
#[derive(Clone, Debug)]
pub struct PlannedPlace {
    pub procedure: ProcedureId,
    pub tooth: Option<Tooth>,
    pub surfaces: Vec<Surface>,
    pub unit: Vec<UnitTooth>,
    pub quantity: i32,
}

/// Adds an item to a plan that is held, after the items that its phase has.
pub async fn insert(
    tx: &mut Tx,
    actor: &Actor,
    clock: &Clock,
    held: &HeldPlan,
    new: &NewPlanItem,
    place: PlannedPlace,
) -> ApiResult<()> {
    let unknown = || ApiError::invalid("/procedure_id", "request.unknown_reference");
    let (price, minutes) = catalogue::quote(tx, place.procedure).await?.ok_or_else(unknown)?;
    if usize::try_from(items::count(tx, held.id).await?).is_ok_and(|there| there >= ITEMS) {
        return Err(ApiError::invalid("", "planning.too_many_items"));
    }
    let phase = phase(new.phase.unwrap_or(1), "/phase")?;
    let sessions = new.sessions.unwrap_or(1);
    let row = NewRow {
        id: new.id.unwrap_or_else(|| clock.new_id()),
        phase,
        position: items::last_position(tx, held.id, phase).await? + 1,
        procedure: place.procedure,
        tooth: place.tooth,
        surfaces: place.surfaces,
        unit: place.unit,
        doctor: match new.doctor_id {
            Some(id) => Some(doctor(tx, id, "/doctor_id").await?),
            None => None,
        },
        quantity: place.quantity,
        unit_price: amount(actor, new.fee, price, "/fee")?,
        discount: amount(actor, new.discount, 0, "/discount")?,
        covered_percent: percent(new.covered_percent.unwrap_or(held.covered_percent), "/covered_percent")?,
        sessions,
        minutes: new
            .minutes
            .unwrap_or_else(|| minutes.saturating_mul(i32::from(sessions)).min(*MINUTES.end())),
        note: text::optional_line(new.note.clone(), "/note", NOTE)?,
        finding: new.finding_event_id,
    };
    check_terms(row.unit_price, row.quantity, row.discount, row.sessions, row.minutes)?;
    Ok(items::insert(tx, held.id, held.patient, &row, clock.now()).await?)
}

fn check_terms(unit_price: i64, quantity: i32, discount: i64, sessions: i16, minutes: i32) -> ApiResult<()> {
    let range = |pointer| ApiError::invalid(pointer, "request.out_of_range");
    if !QUANTITY.contains(&quantity) {
        return Err(range("/quantity"));
    }
    if !(0..=HIGHEST_PRICE).contains(&unit_price) {
        return Err(range("/fee/amount"));
    }
    if discount < 0 || discount > unit_price.saturating_mul(i64::from(quantity)) {
        return Err(ApiError::invalid("/discount/amount", "billing.discount_exceeds_line"));
    }
    if !(1..=SESSIONS).contains(&sessions) {
        return Err(range("/sessions"));
    }
    if MINUTES.contains(&minutes) { Ok(()) } else { Err(range("/minutes")) }
}

/// Writes what changes at an item, and puts it in its place among the others of its phase.
pub async fn change(
    tx: &mut Tx,
    actor: &Actor,
    held: &HeldPlan,
    old: &ItemRow,
    patch: PlanItemPatch,
) -> ApiResult<()> {
    held.require_alive()?;
    require_open(old)?;
    let doctor = match patch.doctor_id {
        Patch::Absent => old.doctor.clone(),
        Patch::Null => None,
        Patch::Value(id) => {
            let id = doctor(tx, id, "/doctor_id").await?;
            Some(PlanStaff { id, name_ar: String::new(), name_en: String::new() })
        }
    };
    let price = |asked: Patch<_>, quoted: i64, pointer: &str| match asked {
        Patch::Absent => Ok(quoted),
        Patch::Null => Err(ApiError::invalid(pointer, "request.required")),
        Patch::Value(asked) => amount(actor, Some(asked), quoted, pointer),
    };
    let moved = !matches!(patch.phase, Patch::Absent) || !matches!(patch.position, Patch::Absent);
    let position = patch.position.over(None);
    let item = ItemRow {
        phase: phase(patch.phase.over_required(old.phase, "/phase")?, "/phase")?,
        doctor,
        quantity: patch.quantity.over_required(old.quantity, "/quantity")?,
        unit_price: price(patch.fee, old.unit_price, "/fee")?,
        discount: price(patch.discount, old.discount, "/discount")?,
        covered_percent: percent(
            patch.covered_percent.over_required(old.covered_percent, "/covered_percent")?,
            "/covered_percent",
        )?,
        sessions: patch.sessions.over_required(old.sessions, "/sessions")?,
        minutes: patch.minutes.over_required(old.minutes, "/minutes")?,
        note: text::optional_line(patch.note.over(old.note.clone()), "/note", NOTE)?,
        ..old.clone()
    };
    if !item.unit.is_empty() && item.quantity != old.quantity {
        return Err(ApiError::invalid("/quantity", "planning.quantity_of_unit"));
    }
    check_terms(item.unit_price, item.quantity, item.discount, item.sessions, item.minutes)?;
    items::update(tx, &item).await?;
    if moved {
        put(tx, held, &item, position).await?;
    }
    Ok(())
}

/// Puts an item at a place of its phase, from 0; at the end without one.
async fn put(tx: &mut Tx, held: &HeldPlan, item: &ItemRow, position: Option<i32>) -> ApiResult<()> {
    let mut order: Vec<Uuid> = items::of_plans(tx, &[held.id.uuid()])
        .await?
        .iter()
        .filter(|other| {
            other.phase == item.phase && other.id != item.id && other.status != PlanItemStatus::Withdrawn
        })
        .map(|other| other.id.uuid())
        .collect();
    let at = position.map_or(order.len(), |at| usize::try_from(at).unwrap_or_default().min(order.len()));
    order.insert(at, item.id.uuid());
    Ok(items::set_order(tx, &order).await?)
}

/// Refuses what is done, declined or taken out already.
pub fn require_open(item: &ItemRow) -> ApiResult<()> {
    match item.status {
        PlanItemStatus::Completed => Err(ApiError::conflict("planning.item_completed")),
        PlanItemStatus::Declined | PlanItemStatus::Withdrawn => {
            Err(ApiError::conflict("planning.item_declined"))
        }
        PlanItemStatus::Proposed | PlanItemStatus::Accepted => Ok(()),
    }
}

/// Plans again in another plan what is not declined of one, at the quoted prices.
pub async fn copy_items(tx: &mut Tx, clock: &Clock, from: &HeldPlan, to: &HeldPlan) -> ApiResult<()> {
    let rows = items::of_plans(tx, &[from.id.uuid()]).await?;
    for item in rows.into_iter().filter(|item| item.counts() && item.status != PlanItemStatus::Completed) {
        let row = NewRow {
            id: clock.new_id(),
            phase: item.phase,
            position: item.position,
            procedure: item.procedure,
            tooth: item.tooth,
            surfaces: item.surfaces,
            unit: item.unit,
            doctor: item.doctor.map(|doctor| doctor.id),
            quantity: item.quantity,
            unit_price: item.unit_price,
            discount: item.discount,
            covered_percent: item.covered_percent,
            sessions: item.sessions,
            minutes: item.minutes,
            note: item.note,
            finding: item.finding,
        };
        items::insert(tx, to.id, to.patient, &row, clock.now()).await?;
    }
    Ok(())
}

/// Quotes the open items of a plan again at the catalogue's prices of today; how many changed.
pub async fn requote(tx: &mut Tx, held: &HeldPlan) -> ApiResult<usize> {
    held.require_alive()?;
    let mut changed = 0;
    for item in items::of_plans(tx, &[held.id.uuid()]).await?.into_iter().filter(|item| item.status.is_open())
    {
        let Some((price, _)) = catalogue::quote(tx, item.procedure).await? else { continue };
        if price != item.unit_price {
            let discount = item.discount.min(price.saturating_mul(i64::from(item.quantity)));
            items::update(tx, &ItemRow { unit_price: price, discount, ..item }).await?;
            changed += 1;
        }
    }
    Ok(changed)
}

/// An item is done with work that stands in a visit, which counts as its last sitting.
pub async fn complete(
    tx: &mut Tx,
    clock: &Clock,
    held: &HeldPlan,
    item: &ItemRow,
    visit: VisitId,
    work: VisitProcedureId,
) -> ApiResult<()> {
    items::insert_session(tx, item.id, held.patient, visit, None, clock.now()).await?;
    Ok(items::complete(tx, item.id, work, clock.now()).await?)
}

/// A sitting of an item that takes several.
pub async fn add_session(
    tx: &mut Tx,
    clock: &Clock,
    held: &HeldPlan,
    item: &ItemRow,
    visit: VisitId,
    note: Option<String>,
) -> ApiResult<()> {
    let note = text::optional_line(note, "/note", NOTE)?;
    if items::insert_session(tx, item.id, held.patient, visit, note.as_deref(), clock.now()).await? {
        Ok(())
    } else {
        Err(ApiError::conflict("planning.session_recorded"))
    }
}

impl ItemRow {
    /// The work at its place.
    pub fn placed(&self) -> PlacedWork<'_> {
        PlacedWork {
            code: self.chart_code.as_deref(),
            material: self.chart_material.as_deref(),
            tooth: self.tooth,
            surfaces: &self.surfaces,
            unit: &self.unit,
        }
    }
}
