//! A plan's way: read, made, changed.

use std::collections::HashMap;

use dentpro_core::charting::Chart;
use dentpro_core::ids::{PatientId, PlanId, PlanItemId, StaffId};
use dentpro_core::money::Money;
use dentpro_core::permissions::Permission;
use dentpro_core::planning::{PlanItemStatus, PlanStatus};
use jiff::civil::Date;
use uuid::Uuid;

use super::api::{NewPlan, NewPlanPhase, PlanPatch, TreatmentPlan};
use super::store::items::{self, ItemRow};
use super::store::plans::{self, HeldPlan, Place, Wanted};
use super::store::{answers, catalogue};
use super::view::{self, Frame, Parts};
use crate::kernel::actor::Actor;
use crate::kernel::clock::Clock;
use crate::kernel::db::Tx;
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::live::{Announcement, Change};
use crate::kernel::patch::Patch;
use crate::kernel::text;

/// Letters a name has at most.
const NAME: usize = 120;
/// Letters a note has at most.
const NOTE: usize = 2_000;
/// The phases a plan has at most.
const PHASES: i16 = 20;

/// The minor units of an amount in the clinic's currency; giving another one than was quoted is a discount.
pub fn amount(actor: &Actor, asked: Option<Money>, quoted: i64, pointer: &str) -> ApiResult<i64> {
    let Some(asked) = asked else { return Ok(quoted) };
    if asked.currency != actor.facts.currency()? {
        return Err(ApiError::invalid(format!("{pointer}/currency"), "records.currency_mismatch"));
    }
    if asked.minor != quoted {
        actor.require(Permission::BillingDiscount)?;
    }
    Ok(asked.minor)
}

/// Plans with everything that belongs to them, newest first.
pub async fn list(
    tx: &mut Tx,
    actor: &Actor,
    wanted: &Wanted,
    chart: &Chart,
    today: Date,
) -> ApiResult<Vec<(TreatmentPlan, Place)>> {
    let rows = plans::list(tx, wanted, &actor.facts.time_zone).await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let groups: Vec<Uuid> = rows.iter().map(|row| row.option_group).collect();
    let mut items: HashMap<Uuid, Vec<ItemRow>> = HashMap::new();
    for item in items::of_plans(tx, &ids).await? {
        if item.status != PlanItemStatus::Withdrawn {
            items.entry(item.plan.uuid()).or_default().push(item);
        }
    }
    let mut phases = plans::phases(tx, &ids).await?;
    let mut shown = answers::last_shown(tx, &ids).await?;
    let mut answered = answers::last_answers(tx, &ids).await?;
    let options = plans::options(tx, &groups).await?;
    let mut appointments = items::appointments(tx, &ids, &actor.facts.time_zone).await?;
    let prices = actor.prices()?;
    let tax_percent = catalogue::tax_percent(tx).await?;
    let frame = Frame { prices, tax_percent, zone: &actor.facts.time_zone, today, chart };
    rows.into_iter()
        .map(|plan| {
            let place = plan.place;
            let id = plan.id;
            let parts = Parts {
                items: items.remove(&id).unwrap_or_default(),
                phases: phases.remove(&id).unwrap_or_default(),
                shown: shown.remove(&id),
                answer: answered.remove(&id),
                options: options.iter().filter(|o| o.group == plan.option_group).cloned().collect(),
                plan,
            };
            Ok((view::plan(parts, &mut appointments, &frame)?, place))
        })
        .collect()
}

/// Whose plan it is; 404 when there is none.
pub async fn patient_of(tx: &mut Tx, id: PlanId) -> ApiResult<PatientId> {
    plans::patient_of(tx, id).await?.ok_or_else(ApiError::not_found)
}

/// One plan; 404 when there is none.
pub async fn read(
    tx: &mut Tx,
    actor: &Actor,
    id: PlanId,
    chart: &Chart,
    today: Date,
) -> ApiResult<TreatmentPlan> {
    let wanted = Wanted { plan: Some(id), patient: None, after: None, limit: 1 };
    let found = list(tx, actor, &wanted, chart, today).await?.pop();
    Ok(found.ok_or_else(ApiError::not_found)?.0)
}

/// The plan, held; 404 when there is none.
pub async fn lock(tx: &mut Tx, id: PlanId) -> ApiResult<HeldPlan> {
    plans::lock(tx, id).await?.ok_or_else(ApiError::not_found)
}

/// The plan of an item, held, with the item as it stands; 404 when there is none.
pub async fn lock_item(tx: &mut Tx, id: PlanItemId) -> ApiResult<(HeldPlan, ItemRow)> {
    let plan = items::plan_of(tx, id).await?.ok_or_else(ApiError::not_found)?;
    let held = lock(tx, plan).await?;
    let found = items::of_plans(tx, &[plan.uuid()]).await?.into_iter().find(|item| item.id == id);
    let item = found.filter(|item| item.status != PlanItemStatus::Withdrawn);
    Ok((held, item.ok_or_else(ApiError::not_found)?))
}

impl HeldPlan {
    /// Refuses what changes a plan that was declined or given up.
    pub fn require_alive(&self) -> ApiResult<()> {
        match self.status {
            PlanStatus::Declined | PlanStatus::Withdrawn => Err(ApiError::conflict("planning.plan_closed")),
            _ => Ok(()),
        }
    }
}

/// Makes an empty plan.
pub async fn open(
    tx: &mut Tx,
    actor: &Actor,
    clock: &Clock,
    patient: PatientId,
    new: &NewPlan,
) -> ApiResult<HeldPlan> {
    if !plans::patient_exists(tx, patient).await? {
        return Err(ApiError::not_found());
    }
    let id: PlanId = new.id.unwrap_or_else(|| clock.new_id());
    let option_group = match new.alternative_to {
        None => id.uuid(),
        Some(other) => {
            let other = plans::lock(tx, other).await?.filter(|other| other.patient == patient);
            let unknown = || ApiError::invalid("/alternative_to", "request.unknown_reference");
            other.ok_or_else(unknown)?.option_group
        }
    };
    let held = HeldPlan {
        id,
        patient,
        option_group,
        name: text::required_line(&new.name, "/name", NAME)?,
        note: text::optional_paragraphs(new.note.clone(), "/note", NOTE)?,
        doctor: doctor(tx, new.doctor_id.unwrap_or(actor.staff), "/doctor_id").await?,
        covered_percent: percent(new.covered_percent.unwrap_or_default(), "/covered_percent")?,
        status: PlanStatus::Draft,
        revision: 1,
        version: 1,
    };
    plans::insert(tx, &held, clock.now()).await?;
    plans::set_phases(tx, id, patient, &phases(&new.phases)?).await?;
    Ok(held)
}

/// Writes what changes at a plan that is held.
pub async fn change(tx: &mut Tx, held: &HeldPlan, patch: PlanPatch) -> ApiResult<()> {
    held.require_alive()?;
    let name = patch.name.over_required(held.name.clone(), "/name")?;
    let doctor_id = patch.doctor_id.over_required(held.doctor, "/doctor_id")?;
    let covered = patch.covered_percent.over_required(held.covered_percent, "/covered_percent")?;
    let changed = HeldPlan {
        name: text::required_line(&name, "/name", NAME)?,
        note: text::optional_paragraphs(patch.note.over(held.note.clone()), "/note", NOTE)?,
        doctor: if doctor_id == held.doctor {
            doctor_id
        } else {
            doctor(tx, doctor_id, "/doctor_id").await?
        },
        covered_percent: percent(covered, "/covered_percent")?,
        ..held.clone()
    };
    plans::update(tx, &changed).await?;
    match patch.phases {
        Patch::Absent => {}
        Patch::Null => plans::set_phases(tx, held.id, held.patient, &[]).await?,
        Patch::Value(list) => plans::set_phases(tx, held.id, held.patient, &phases(&list)?).await?,
    }
    Ok(())
}

/// A share in percent.
pub fn percent(value: i16, pointer: &str) -> ApiResult<i16> {
    if (0..=100).contains(&value) {
        Ok(value)
    } else {
        Err(ApiError::invalid(pointer, "request.out_of_range"))
    }
}

/// The number of a phase.
pub fn phase(number: i16, pointer: &str) -> ApiResult<i16> {
    if (1..=PHASES).contains(&number) {
        Ok(number)
    } else {
        Err(ApiError::invalid(pointer, "request.out_of_range"))
    }
}

/// A doctor who works here.
pub async fn doctor(tx: &mut Tx, id: StaffId, pointer: &str) -> ApiResult<StaffId> {
    if plans::is_doctor(tx, id).await? {
        Ok(id)
    } else {
        Err(ApiError::invalid(pointer, "planning.not_a_doctor"))
    }
}

fn phases(named: &[NewPlanPhase]) -> ApiResult<Vec<(i16, String)>> {
    let mut phases: Vec<(i16, String)> = Vec::new();
    for (at, one) in named.iter().enumerate() {
        let number = phase(one.number, &format!("/phases/{at}/number"))?;
        if phases.iter().any(|(known, _)| *known == number) {
            return Err(ApiError::invalid(format!("/phases/{at}/number"), "planning.phase_repeated"));
        }
        phases.push((number, text::required_line(&one.name, &format!("/phases/{at}/name"), NAME)?));
    }
    Ok(phases)
}

/// Counts the plan's version up and tells who looks at it.
pub async fn announce(tx: &mut Tx, plan: PlanId, patient: PatientId) -> ApiResult<()> {
    plans::count_up(tx, plan).await?;
    let what =
        Announcement { entity: Some(plan.uuid()), patient: Some(patient.uuid()), ..Announcement::default() };
    Ok(tx.announce(Change::Plan, what).await?)
}
