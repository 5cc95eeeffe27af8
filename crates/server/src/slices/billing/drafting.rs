//! From what was asked to the priced lines of a draft.

use dentpro_core::billing::{
    BillingError, LineInput as Arithmetic, TaxKind, Totals, invoice_totals, line_totals,
};
use dentpro_core::money::Currency;
use dentpro_core::permissions::Permission;
use rust_decimal::Decimal;
use serde::Serialize;
use uuid::Uuid;

use super::amounts::{MAX_AMOUNT, MAX_PRICE, minor_in};
use super::api::{LineInput, NewInvoice};
use super::store;
use crate::kernel::actor::Actor;
use crate::kernel::clock::Clock;
use crate::kernel::db::Tx;
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::patch::Patch;
use crate::kernel::text;

/// Lines an invoice has at most.
const MAX_LINES: usize = 200;
/// Letters of an invoice's notes.
const NOTES: usize = 2000;

/// Where a draft is made and for whom, as the database knows it.
#[derive(Clone, Debug)]
pub struct Place {
    pub tax_percent: String,
    pub patient_known: bool,
    pub visit: Option<PlaceVisit>,
    pub named_branch: Option<Uuid>,
    pub first_branch: Option<Uuid>,
}

/// The visit a draft bills.
#[derive(Clone, Debug)]
pub struct PlaceVisit {
    pub patient: Uuid,
    pub branch: Uuid,
    pub doctor: Uuid,
    pub in_error: bool,
}

/// What a line is before anything of it was asked to be otherwise: work done, a catalogue entry, or a line that
/// the draft has already.
#[derive(Clone, Debug)]
pub struct Basis {
    pub line_id: Option<Uuid>,
    pub procedure_id: Option<Uuid>,
    pub description_ar: String,
    pub description_en: String,
    pub tooth: Option<String>,
    pub surfaces: Vec<String>,
    pub quantity: i32,
    pub unit_price: i64,
    pub discount: i64,
    pub tax_code: TaxKind,
    pub active: bool,
    pub visit_procedure_id: Option<Uuid>,
    pub work: Option<Work>,
}

/// Facts of work done in a visit.
#[derive(Clone, Copy, Debug)]
pub struct Work {
    pub patient: Uuid,
    pub visit: Uuid,
    pub doctor: Uuid,
    pub in_error: bool,
    pub billed_on: Option<Uuid>,
}

/// A line as it is stored.
#[derive(Clone, Debug, Serialize)]
pub struct PricedLine {
    pub id: Uuid,
    pub position: i32,
    pub procedure_id: Option<Uuid>,
    pub visit_procedure_id: Option<Uuid>,
    pub description_ar: String,
    pub description_en: String,
    pub tooth: Option<String>,
    pub surfaces: Vec<String>,
    pub quantity: i32,
    pub unit_price: i64,
    pub discount: i64,
    pub tax_code: TaxKind,
    pub tax_percent: String,
    pub subtotal: i64,
    pub tax: i64,
    pub total: i64,
}

/// A draft as it is stored.
#[derive(Clone, Debug)]
pub struct Draft {
    pub id: Uuid,
    pub patient: Uuid,
    pub branch: Uuid,
    pub doctor: Option<Uuid>,
    pub visit: Option<Uuid>,
    pub currency: Currency,
    pub lines: Vec<PricedLine>,
    pub totals: Totals,
    pub notes: Option<String>,
}

/// What decides about prices.
struct Rules {
    currency: Currency,
    tax_percent: Decimal,
    may_discount: bool,
    patient: Uuid,
}

impl Rules {
    fn of(actor: &Actor, tax_percent: &str, patient: Uuid) -> ApiResult<Self> {
        Ok(Self {
            currency: actor.facts.currency()?,
            tax_percent: tax_percent
                .parse()
                .map_err(|e: rust_decimal::Error| ApiError::internal(e.into()))?,
            may_discount: actor.may(Permission::BillingDiscount),
            patient,
        })
    }
}

/// Checks and prices a draft that somebody wants to make.
pub async fn new_draft(tx: &mut Tx, actor: &Actor, clock: &Clock, new: NewInvoice) -> ApiResult<Draft> {
    let notes = notes(new.notes)?;
    let asked_lines = done_items(tx, new.lines).await?;
    let patient = new.patient_id.uuid();
    let (visit, branch) = (new.visit_id.map(|v| v.uuid()), new.branch_id.map(|b| b.uuid()));
    let place = store::place(tx, patient, branch, visit).await?;
    if !place.patient_known {
        return Err(ApiError::invalid("/patient_id", "request.unknown_reference"));
    }
    if branch.is_some() && place.named_branch.is_none() {
        return Err(ApiError::invalid("/branch_id", "request.unknown_reference"));
    }
    if visit.is_some() {
        check_visit(place.visit.as_ref(), patient)?;
    }
    let bases = match visit {
        Some(visit) if asked_lines.is_empty() => uninvoiced(store::work_of_visit(tx, visit).await?)?,
        _ => asked(tx, &asked_lines, Vec::new()).await?,
    };
    let asked_of: Vec<LineInput> =
        if asked_lines.is_empty() { vec![LineInput::default(); bases.len()] } else { asked_lines };
    let rules = Rules::of(actor, &place.tax_percent, patient)?;
    let (lines, totals) = price_all(&asked_of, &bases, &rules, clock)?;
    let work: Vec<Work> = bases.iter().filter_map(|b| b.work).collect();
    let only_visit = work.first().map(|w| w.visit).filter(|v| work.iter().all(|w| w.visit == *v));
    let place_branch = place.named_branch.or(place.visit.as_ref().map(|v| v.branch)).or(place.first_branch);
    Ok(Draft {
        id: new.id.map_or_else(|| clock.new_id(), |id| id.uuid()),
        patient,
        branch: place_branch.ok_or_else(|| ApiError::invalid("/branch_id", "request.required"))?,
        doctor: place.visit.map(|v| v.doctor).or(work.first().map(|w| w.doctor)),
        visit: visit.or(only_visit),
        currency: rules.currency,
        lines,
        totals,
        notes,
    })
}

/// Prices the whole new list of a draft's lines.
pub async fn new_lines(
    tx: &mut Tx,
    actor: &Actor,
    clock: &Clock,
    invoice: Uuid,
    patient: Uuid,
    lines: &[LineInput],
) -> ApiResult<(Vec<PricedLine>, Totals)> {
    let place = store::place(tx, patient, None, None).await?;
    let existing = store::invoice_lines_as_basis(tx, invoice).await?;
    let lines = done_items(tx, lines.to_vec()).await?;
    let bases = asked(tx, &lines, existing).await?;
    price_all(&lines, &bases, &Rules::of(actor, &place.tax_percent, patient)?, clock)
}

/// The notes of an invoice, checked.
pub fn notes(notes: Option<String>) -> ApiResult<Option<String>> {
    text::optional_paragraphs(notes, "/notes", NOTES)
}

fn check_visit(visit: Option<&PlaceVisit>, patient: Uuid) -> ApiResult<()> {
    let visit = visit.ok_or_else(|| ApiError::invalid("/visit_id", "request.unknown_reference"))?;
    if visit.patient != patient {
        return Err(ApiError::invalid("/visit_id", "billing.visit_of_other_patient"));
    }
    if visit.in_error {
        return Err(visit_in_error());
    }
    Ok(())
}

fn uninvoiced(work: Vec<Basis>) -> ApiResult<Vec<Basis>> {
    let open: Vec<_> = work.into_iter().filter(|b| b.work.is_none_or(|w| w.billed_on.is_none())).collect();
    if open.is_empty() { Err(ApiError::conflict("billing.nothing_to_invoice")) } else { Ok(open) }
}

/// Lines that name an item of a treatment plan name the work by which it was done.
async fn done_items(tx: &mut Tx, lines: Vec<LineInput>) -> ApiResult<Vec<LineInput>> {
    let items: Vec<Uuid> = lines.iter().filter_map(|line| line.plan_item_id).map(|id| id.uuid()).collect();
    let work = store::work_of_plan_items(tx, &items).await?;
    let named = |(at, line): (usize, LineInput)| {
        let Some(item) = line.plan_item_id else { return Ok(line) };
        let pointer = format!("/lines/{at}/plan_item_id");
        match work.get(&item.uuid()) {
            None => Err(ApiError::invalid(pointer, "request.unknown_reference")),
            Some(None) => Err(ApiError::invalid(pointer, "billing.plan_item_not_done")),
            Some(Some(work)) if line.visit_procedure_id.is_some_and(|asked| asked.uuid() != *work) => {
                Err(ApiError::invalid(pointer, "billing.line_differs"))
            }
            Some(Some(work)) => Ok(LineInput { visit_procedure_id: Some((*work).into()), ..line }),
        }
    };
    lines.into_iter().enumerate().map(named).collect()
}

/// The basis of each line that was asked for, in its order.
async fn asked(tx: &mut Tx, lines: &[LineInput], existing: Vec<Basis>) -> ApiResult<Vec<Basis>> {
    if lines.len() > MAX_LINES {
        return Err(ApiError::invalid("/lines", "billing.too_many_lines"));
    }
    let work: Vec<Uuid> = lines.iter().filter_map(|l| l.visit_procedure_id).map(|id| id.uuid()).collect();
    let items: Vec<Uuid> = lines.iter().filter_map(|l| l.procedure_id).map(|id| id.uuid()).collect();
    let work = store::work(tx, &work).await?;
    let items = store::catalogue(tx, &items).await?;
    let named = |b: &Basis| lines.iter().any(|l| l.id.is_some_and(|id| b.line_id == Some(id.uuid())));
    let mut unnamed: Vec<Basis> =
        existing.iter().filter(|b| b.visit_procedure_id.is_none() && !named(b)).cloned().collect();
    lines
        .iter()
        .enumerate()
        .map(|(at, line)| match known_by_procedure(line, &mut unnamed) {
            Some(basis) => Ok(basis),
            None => basis_of(line, at, &existing, &work, &items),
        })
        .collect()
}

/// A line sent again without its id keeps the price and discount that somebody gave it: it is known by its
/// procedure, and among several of one procedure by its tooth.
fn known_by_procedure(line: &LineInput, unnamed: &mut Vec<Basis>) -> Option<Basis> {
    if line.id.is_some() || line.visit_procedure_id.is_some() {
        return None;
    }
    let procedure = line.procedure_id?.uuid();
    let tooth = line.tooth.clone().over(None).map(|t| t.to_string());
    let same = |b: &Basis| b.procedure_id == Some(procedure);
    let at =
        unnamed.iter().position(|b| same(b) && b.tooth == tooth).or_else(|| unnamed.iter().position(same))?;
    let known = unnamed.remove(at);
    Some(Basis { tooth: None, surfaces: Vec::new(), quantity: 1, ..known })
}

fn basis_of(
    line: &LineInput,
    at: usize,
    existing: &[Basis],
    work: &[Basis],
    items: &[Basis],
) -> ApiResult<Basis> {
    let unknown =
        |field: &str| ApiError::invalid(format!("/lines/{at}/{field}"), "request.unknown_reference");
    if let Some(id) = line.id {
        let found = existing.iter().find(|b| b.line_id == Some(id.uuid()));
        return found.cloned().ok_or_else(|| unknown("id"));
    }
    if let Some(id) = line.visit_procedure_id {
        let found = existing.iter().chain(work).find(|b| b.visit_procedure_id == Some(id.uuid()));
        return found.cloned().ok_or_else(|| unknown("visit_procedure_id"));
    }
    let Some(id) = line.procedure_id else {
        return Err(ApiError::invalid(format!("/lines/{at}"), "billing.line_source_missing"));
    };
    let found =
        items.iter().find(|b| b.procedure_id == Some(id.uuid())).ok_or_else(|| unknown("procedure_id"))?;
    if !found.active {
        return Err(ApiError::invalid(format!("/lines/{at}/procedure_id"), "billing.procedure_inactive"));
    }
    Ok(found.clone())
}

fn price_all(
    asked: &[LineInput],
    bases: &[Basis],
    rules: &Rules,
    clock: &Clock,
) -> ApiResult<(Vec<PricedLine>, Totals)> {
    let mut lines: Vec<PricedLine> = Vec::with_capacity(bases.len());
    let mut sums = Vec::with_capacity(bases.len());
    for (at, (asked, basis)) in asked.iter().zip(bases).enumerate() {
        let id = basis.line_id.unwrap_or_else(|| clock.new_id());
        let repeated = |known: &PricedLine| {
            known.id == id
                || basis.visit_procedure_id.is_some() && known.visit_procedure_id == basis.visit_procedure_id
        };
        if lines.iter().any(repeated) {
            return Err(ApiError::invalid(format!("/lines/{at}"), "billing.line_repeated"));
        }
        let (line, totals) = price(asked, basis, at, id, rules)?;
        lines.push(line);
        sums.push(totals);
    }
    let totals = invoice_totals(&sums).map_err(|e| ApiError::invalid("/lines", e.code()))?;
    if totals.subtotal > MAX_AMOUNT || totals.total > MAX_AMOUNT {
        return Err(ApiError::invalid("/lines", BillingError::Overflow.code()));
    }
    Ok((lines, totals))
}

fn price(
    asked: &LineInput,
    basis: &Basis,
    at: usize,
    id: Uuid,
    rules: &Rules,
) -> ApiResult<(PricedLine, Totals)> {
    let pointer = |field: &str| format!("/lines/{at}/{field}");
    check_work(basis, at, rules.patient)?;
    let (tooth, surfaces) = place_in_mouth(asked, basis, at)?;
    let quantity = asked.quantity.unwrap_or(i64::from(basis.quantity));
    check_as_done(asked, basis, at, quantity)?;
    let minor = |money: Option<_>, else_: i64, field: &str| {
        money.map_or(Ok(else_), |m| minor_in(rules.currency, m, &pointer(field)))
    };
    let unit_price = minor(asked.unit_price, basis.unit_price, "unit_price")?;
    let discount = minor(asked.discount, basis.discount, "discount")?;
    let tax_code = asked.tax_code.unwrap_or(basis.tax_code);
    let tax_rate = if tax_code == TaxKind::Standard { rules.tax_percent } else { Decimal::ZERO };
    let totals = line_totals(&Arithmetic { unit_price, quantity, discount, tax_rate, tax_kind: tax_code })
        .map_err(|e| ApiError::invalid(pointer(field_of(&e)), e.code()))?;
    if unit_price > MAX_PRICE {
        return Err(ApiError::invalid(pointer("unit_price"), BillingError::Overflow.code()));
    }
    if (unit_price, discount) != (basis.unit_price, basis.discount) && !rules.may_discount {
        return Err(ApiError::refused("billing.discount_not_allowed"));
    }
    let line = PricedLine {
        id,
        position: i32::try_from(at + 1).unwrap_or(i32::MAX),
        procedure_id: basis.procedure_id,
        visit_procedure_id: basis.visit_procedure_id,
        description_ar: basis.description_ar.clone(),
        description_en: basis.description_en.clone(),
        tooth,
        surfaces,
        quantity: i32::try_from(quantity).unwrap_or(i32::MAX),
        unit_price,
        discount,
        tax_code,
        tax_percent: tax_rate.normalize().to_string(),
        subtotal: totals.subtotal,
        tax: totals.tax,
        total: totals.total,
    };
    Ok((line, totals))
}

fn field_of(error: &BillingError) -> &'static str {
    match error {
        BillingError::QuantityOutOfRange => "quantity",
        BillingError::DiscountNegative | BillingError::DiscountExceedsLine => "discount",
        BillingError::TaxRateOutOfRange | BillingError::TaxRateNotZero => "tax_code",
        _ => "unit_price",
    }
}

fn check_work(basis: &Basis, at: usize, patient: Uuid) -> ApiResult<()> {
    let Some(work) = basis.work else { return Ok(()) };
    if work.patient != patient {
        let pointer = format!("/lines/{at}/visit_procedure_id");
        return Err(ApiError::invalid(pointer, "billing.visit_of_other_patient"));
    }
    if work.in_error {
        return Err(visit_in_error());
    }
    match work.billed_on {
        Some(invoice) => Err(already_invoiced().with("invoice_id", invoice.to_string().into())),
        None => Ok(()),
    }
}

/// The refusal of work of a visit that was entered in error.
pub fn visit_in_error() -> ApiError {
    ApiError::conflict("billing.visit_in_error")
}

/// The refusal of work that another invoice bills.
pub fn already_invoiced() -> ApiError {
    ApiError::conflict("billing.already_invoiced")
}

fn place_in_mouth(asked: &LineInput, basis: &Basis, at: usize) -> ApiResult<(Option<String>, Vec<String>)> {
    let tooth = match &asked.tooth {
        Patch::Absent => basis.tooth.clone(),
        Patch::Null => None,
        Patch::Value(tooth) => Some(tooth.to_string()),
    };
    let Some(asked) = &asked.surfaces else {
        let surfaces = if tooth.is_some() { basis.surfaces.clone() } else { Vec::new() };
        return Ok((tooth, surfaces));
    };
    let mut surfaces = asked.clone();
    surfaces.sort_unstable();
    surfaces.dedup();
    if surfaces.len() != asked.len() {
        return Err(ApiError::invalid(format!("/lines/{at}/surfaces"), "charting.surface_repeated"));
    }
    if !surfaces.is_empty() && tooth.is_none() {
        return Err(ApiError::invalid(format!("/lines/{at}/tooth"), "request.required"));
    }
    Ok((tooth, surfaces.iter().map(ToString::to_string).collect()))
}

/// What was done is billed as it was done; only price, discount and tax may differ.
fn check_as_done(asked: &LineInput, basis: &Basis, at: usize, quantity: i64) -> ApiResult<()> {
    let differs =
        |field: &str| Err(ApiError::invalid(format!("/lines/{at}/{field}"), "billing.line_differs"));
    if asked.procedure_id.is_some_and(|p| basis.procedure_id != Some(p.uuid())) {
        return differs("procedure_id");
    }
    if asked.visit_procedure_id.is_some_and(|v| basis.visit_procedure_id != Some(v.uuid())) {
        return differs("visit_procedure_id");
    }
    if basis.visit_procedure_id.is_none() {
        return Ok(());
    }
    let tooth_differs = match &asked.tooth {
        Patch::Absent => false,
        Patch::Null => basis.tooth.is_some(),
        Patch::Value(tooth) => basis.tooth.as_deref() != Some(tooth.to_string().as_str()),
    };
    if tooth_differs {
        return differs("tooth");
    }
    if let Some(surfaces) = &asked.surfaces
        && (surfaces.len() != basis.surfaces.len()
            || !surfaces.iter().all(|s| basis.surfaces.contains(&s.to_string())))
    {
        return differs("surfaces");
    }
    if quantity == i64::from(basis.quantity) { Ok(()) } else { differs("quantity") }
}
