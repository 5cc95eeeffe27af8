//! Time is taken out of the book, and given back.

use dentpro_core::ids::{AppointmentTypeId, BranchId, ChairId, StaffId, TimeBlockId};
use dentpro_core::permissions::Scope;
use dentpro_core::scheduling::{BlockKind, Occurrence, SchedulingError, repeat_weekly, validate_block};
use dentpro_core::time::rfc3339_in;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::json;
use uuid::Uuid;

use super::api::blocks::{BlockPatch, BlocksMade, InTheWay, NewBlock, TimeBlock, WeeklyRepeat};
use super::book::unprocessable;
use super::moment;
use super::store::{self, BlockFacts, BlockRow, HeldBlock};
use crate::kernel::actor::Actor;
use crate::kernel::clock::Clock;
use crate::kernel::db::{Db, Tx};
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::idempotency::Once;
use crate::kernel::live::{Announcement, Change};
use crate::kernel::reply::Reply;
use crate::kernel::text;

/// Letters a title has at most.
const TITLE: usize = 120;
/// Appointments in the way that a refusal names.
const NAMED: i64 = 20;

/// Who makes or changes a block, and how far he may.
#[derive(Clone, Copy, Debug)]
pub struct Hand<'a> {
    pub db: &'a Db,
    pub clock: &'a Clock,
    pub actor: &'a Actor,
    /// How far `scheduling.write` reaches.
    pub scope: Scope,
}

impl Hand<'_> {
    fn zone(&self) -> &TimeZone {
        &self.actor.facts.time_zone
    }

    /// Who may only change his own appointments takes only his own time.
    fn require_own(&self, facts: &BlockFacts) -> ApiResult<()> {
        match self.scope {
            Scope::All => Ok(()),
            Scope::Own if facts.doctor_id == Some(self.actor.staff.uuid()) => Ok(()),
            Scope::Own => Err(ApiError::refused("scheduling.own_only")),
        }
    }
}

fn range(starts_at: &str, ends_at: &str, zone: &TimeZone) -> ApiResult<(Timestamp, Timestamp)> {
    let starts_at = moment::instant(starts_at, zone, "/starts_at")?;
    Ok((starts_at, moment::instant(ends_at, zone, "/ends_at")?))
}

fn series(
    range: (Timestamp, Timestamp),
    repeat: Option<&WeeklyRepeat>,
    zone: &TimeZone,
) -> ApiResult<Vec<Occurrence>> {
    validate_block(range.0, range.1).map_err(|e| unprocessable("/ends_at", &e))?;
    let first = zone.to_datetime(range.0).date();
    let Some(repeat) = repeat else { return Ok(vec![(first, range.0, range.1)]) };
    let last = moment::day(&repeat.until, "/repeat/until")?;
    let weekdays = repeat.weekdays.clone().unwrap_or_else(|| vec![first.weekday().to_sunday_zero_offset()]);
    if weekdays.is_empty() || weekdays.len() > 7 || weekdays.iter().any(|day| !(0..=6).contains(day)) {
        return Err(ApiError::invalid("/repeat/weekdays", "request.out_of_range"));
    }
    repeat_weekly(range, &weekdays, last, zone).map_err(|e| match e {
        SchedulingError::EndBeforeStart => ApiError::invalid("/repeat/until", e.code()),
        _ => unprocessable("/repeat/until", &e),
    })
}

/// Makes a block or a series of them in one transaction.
pub async fn make(
    hand: Hand<'_>,
    once: &Once,
    hash: &[u8; 32],
    new: NewBlock,
) -> ApiResult<Reply<BlocksMade>> {
    let occurrences =
        series(range(&new.starts_at, &new.ends_at, hand.zone())?, new.repeat.as_ref(), hand.zone())?;
    let title = text::line(&new.title, "/title", TITLE)?;
    let mut tx = hand.db.begin(hand.actor).await?;
    if let Some(stored) = once.replay(&mut tx, hand.actor, hash).await? {
        return Ok(stored);
    }
    let facts = place(&mut tx, &new, title).await?;
    hand.require_own(&facts)?;
    take(&mut tx, &hand, &facts, &occurrences, new.despite_appointments).await?;
    let ids: Vec<Uuid> = occurrences.iter().map(|_| hand.clock.new_id()).collect();
    let series_id = new.repeat.is_some().then(|| hand.clock.new_id());
    store::insert_blocks(&mut tx, &ids, &facts, &occurrences, series_id, hand.clock.now()).await?;
    announce(&mut tx, &facts, ids.first().copied(), occurrences.as_slice()).await?;
    let rows = store::blocks_of(&mut tx, &ids).await?;
    let items = rows.into_iter().map(|row| block(row, hand.zone())).collect::<ApiResult<Vec<_>>>()?;
    let reply = Reply::created(BlocksMade { items, series_id }, "/blocks");
    once.keep(&mut tx, hand.actor, &reply).await?;
    tx.commit().await?;
    Ok(reply)
}

/// Checks what a block names: a chair, a doctor, or with neither a branch.
async fn place(tx: &mut Tx, new: &NewBlock, title: String) -> ApiResult<BlockFacts> {
    let (branch, chair) = (new.branch_id.map(BranchId::uuid), new.chair_id.map(ChairId::uuid));
    let doctor = new.doctor_id.map(StaffId::uuid);
    let type_id = new.type_id.map(AppointmentTypeId::uuid);
    let unknown = |pointer: &str| ApiError::invalid(pointer, "request.unknown_reference");
    let known = store::block_circumstances(tx, branch, chair, doctor, type_id).await?;
    if branch.is_some() && !known.branch_known {
        return Err(unknown("/branch_id"));
    }
    let branch_id = match (chair, doctor) {
        (Some(_), Some(_)) => return Err(ApiError::invalid("/doctor_id", "scheduling.block_of_one")),
        (Some(_), None) => match (known.chair_branch, branch) {
            (None, _) => return Err(unknown("/chair_id")),
            (Some(of_chair), Some(named)) if of_chair != named => return Err(unknown("/branch_id")),
            (Some(of_chair), _) => of_chair,
        },
        (None, Some(_)) if !known.doctor_works => return Err(unknown("/doctor_id")),
        (None, Some(_)) => branch
            .or(known.first_branch)
            .ok_or_else(|| ApiError::invalid("/branch_id", "scheduling.no_branch"))?,
        (None, None) => branch.ok_or_else(|| ApiError::invalid("/branch_id", "request.required"))?,
    };
    check_kind(new.kind, type_id, type_id.is_some() && !known.type_known)?;
    Ok(BlockFacts { branch_id, chair_id: chair, doctor_id: doctor, kind: new.kind, type_id, title })
}

/// An emergency slot, and nothing else, is kept for a type.
fn check_kind(kind: BlockKind, type_id: Option<Uuid>, type_unknown: bool) -> ApiResult<()> {
    match (kind, type_id) {
        (BlockKind::Emergency, None) => Err(ApiError::invalid("/type_id", "request.required")),
        (BlockKind::Emergency, Some(_)) if type_unknown => {
            Err(ApiError::invalid("/type_id", "request.unknown_reference"))
        }
        (BlockKind::Emergency, Some(_)) | (_, None) => Ok(()),
        (_, Some(_)) => Err(ApiError::invalid("/type_id", "scheduling.type_of_emergency")),
    }
}

/// Keeps bookings out until the block is there, and refuses it over appointments unless that is meant.
async fn take(
    tx: &mut Tx,
    hand: &Hand<'_>,
    facts: &BlockFacts,
    occurrences: &[Occurrence],
    despite_appointments: bool,
) -> ApiResult<()> {
    let places = match facts.chair_id.or(facts.doctor_id) {
        Some(one) => vec![one],
        None => store::places_of_branch(tx, facts.branch_id).await?,
    };
    store::hold_places(tx, &places).await?;
    if despite_appointments {
        return Ok(());
    }
    let standing = store::in_the_way(tx, facts, occurrences, NAMED).await?;
    if standing.is_empty() {
        return Ok(());
    }
    let zone = hand.zone();
    let list: Vec<InTheWay> = standing
        .into_iter()
        .map(|row| InTheWay {
            id: row.id.into(),
            patient_id: row.patient_id.into(),
            doctor_id: row.doctor_id.into(),
            chair_id: row.chair_id.map(Into::into),
            starts_at: rfc3339_in(row.starts_at.to_jiff(), zone),
            ends_at: rfc3339_in(row.ends_at.to_jiff(), zone),
        })
        .collect();
    Err(ApiError::conflict("scheduling.appointments_in_the_way").with("appointments", json!(list)))
}

/// Changes one block in one transaction; its siblings stay.
pub async fn change(
    hand: Hand<'_>,
    id: TimeBlockId,
    version: i32,
    patch: BlockPatch,
) -> ApiResult<Reply<TimeBlock>> {
    let mut tx = hand.db.begin(hand.actor).await?;
    let before = held(&mut tx, &hand, id).await?;
    if before.version != version {
        return Err(ApiError::stale());
    }
    let zone = hand.zone();
    let starts_at = patch.starts_at.try_map(|text| moment::instant(&text, zone, "/starts_at"))?;
    let ends_at = patch.ends_at.try_map(|text| moment::instant(&text, zone, "/ends_at"))?;
    let starts_at = starts_at.over_required(before.starts_at, "/starts_at")?;
    let ends_at = ends_at.over_required(before.ends_at, "/ends_at")?;
    let occurrence = series((starts_at, ends_at), None, zone)?;
    let kind = patch.kind.over_required(before.facts.kind, "/kind")?;
    let kept_for = before.facts.type_id.filter(|_| kind == BlockKind::Emergency);
    let type_id = patch.type_id.try_map(|id| Ok::<_, ApiError>(id.uuid()))?.over(kept_for);
    let known = store::block_circumstances(&mut tx, None, None, None, type_id).await?;
    check_kind(kind, type_id, type_id.is_some() && !known.type_known && type_id != before.facts.type_id)?;
    let title = text::line(&patch.title.over(Some(before.facts.title)).unwrap_or_default(), "/title", TITLE)?;
    let facts = BlockFacts { kind, type_id, title, ..before.facts };
    let local_date = zone.to_datetime(starts_at).date();
    take(&mut tx, &hand, &facts, &occurrence, patch.despite_appointments).await?;
    let days = [(before.local_date, before.starts_at, before.ends_at), (local_date, starts_at, ends_at)];
    let after = HeldBlock { facts, starts_at, ends_at, local_date, ..before };
    store::update_block(&mut tx, id.uuid(), &after).await?;
    announce(&mut tx, &after.facts, Some(id.uuid()), &days).await?;
    let row = store::blocks_of(&mut tx, &[id.uuid()]).await?.pop().ok_or_else(ApiError::not_found)?;
    tx.commit().await?;
    let changed = block(row, zone)?;
    let version = changed.version;
    Ok(Reply::ok(changed).version(version))
}

/// Takes a block out of the book, or with it all that follow in its series.
pub async fn remove(hand: Hand<'_>, id: TimeBlockId, following: bool) -> ApiResult<()> {
    let mut tx = hand.db.begin(hand.actor).await?;
    let block = held(&mut tx, &hand, id).await?;
    let series = block.series.filter(|_| following).map(|series| (series, block.starts_at));
    store::remove_blocks(&mut tx, id.uuid(), series, hand.clock.now()).await?;
    let days = [(block.local_date, block.starts_at, block.ends_at)];
    announce(&mut tx, &block.facts, Some(id.uuid()), if series.is_some() { &[] } else { &days }).await?;
    tx.commit().await
}

async fn held(tx: &mut Tx, hand: &Hand<'_>, id: TimeBlockId) -> ApiResult<HeldBlock> {
    let block = store::hold_block(tx, id.uuid()).await?.ok_or_else(ApiError::not_found)?;
    hand.require_own(&block.facts)?;
    Ok(block)
}

/// Tells the books: of one day when it is one, of all when it is more.
async fn announce(tx: &mut Tx, facts: &BlockFacts, id: Option<Uuid>, days: &[Occurrence]) -> ApiResult<()> {
    let date = days.first().map(|(day, ..)| *day).filter(|day| days.iter().all(|(other, ..)| other == day));
    let what = Announcement { entity: id, patient: None, staff: facts.doctor_id, date };
    Ok(tx.announce(Change::Block, what).await?)
}

/// A row as the API answers it.
pub fn block(row: BlockRow, zone: &TimeZone) -> ApiResult<TimeBlock> {
    Ok(TimeBlock {
        id: row.id.into(),
        branch_id: row.branch_id.into(),
        chair_id: row.chair_id.map(Into::into),
        doctor_id: row.doctor_id.map(Into::into),
        kind: row.kind.parse().map_err(|e| ApiError::internal(Box::new(e) as _))?,
        type_id: row.type_id.map(Into::into),
        title: row.title,
        starts_at: rfc3339_in(row.starts_at.to_jiff(), zone),
        ends_at: rfc3339_in(row.ends_at.to_jiff(), zone),
        local_date: row.local_date.to_jiff(),
        series_id: row.series_id,
        created_by_name_ar: row.created_by_name_ar,
        created_by_name_en: row.created_by_name_en,
        version: row.version,
    })
}
