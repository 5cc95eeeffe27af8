//! Where an appointment fits: the first free slots of each of the next days that have any.

use std::collections::HashMap;

use dentpro_core::ids::{AppointmentTypeId, BranchId, ChairId, StaffId};
use dentpro_core::scheduling::{
    Calendar, DoctorTime, LONGEST, Minutes, Opening, Ranges, SHORTEST, SearchDay, Wanted, days_reaching,
    doctor_minutes, fit_pattern, instant_of, instants, minute_of, openings,
};
use dentpro_core::time::{local_day_bounds, rfc3339_in};
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::book::unprocessable;
use super::moment::{self, Span};
use super::store::{self, Asked, Candidates, Taken};
use crate::kernel::actor::Actor;
use crate::kernel::clock::Clock;
use crate::kernel::db::Db;
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::paging::{Page, read_cursor};
use crate::kernel::working_hours;

/// Days that one search looks at.
const DAYS: i64 = 60;
const MOST_DAYS: i64 = 120;
/// Days with any slots that one answer has.
const DAYS_ANSWERED: usize = 10;
/// Slots of a day, of all its doctors together, and of each of them at least.
const OF_DAY: usize = 12;
const OF_DOCTOR: usize = 3;
/// When a clinic that has entered no hours is taken to be open, where the search names no time.
const UNSAID: (Time, Time) = (Time::constant(9, 0, 0, 0), Time::constant(17, 0, 0, 0));

/// What is looked for.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OpeningFilter {
    /// How long; without it as long as the type.
    pub minutes: Option<i64>,
    /// What for: its pattern, its chair, and the time that is kept free for it.
    pub type_id: Option<AppointmentTypeId>,
    /// Whose time each 5 minutes take (`D` or `A`); without it that of the type, fitted to the length.
    pub pattern: Option<String>,
    /// The first day, or the earliest instant; today without it. Nothing in the past is found.
    pub from: Option<String>,
    /// Days that are looked at: 60 without it, 120 at most.
    pub days: Option<i64>,
    /// One doctor, or several with commas between; without it all.
    pub doctor_id: Option<String>,
    /// What the chair must be fit for: `surgery`, `xray` or `child`.
    pub chair_feature: Option<String>,
    pub branch_id: Option<BranchId>,
    /// Days of the week with commas between, 0 is Sunday.
    pub weekdays: Option<String>,
    /// No slot starts before this time of day, `09:00`.
    pub after: Option<String>,
    /// Every slot ends by this time of day.
    pub before: Option<String>,
    /// Days with any slots that the answer has: 10 without it and at most.
    pub limit: Option<i64>,
    /// Where the last answer ended.
    pub cursor: Option<String>,
}

/// A slot that is free.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FreeSlot {
    pub starts_at: String,
    pub ends_at: String,
    pub doctor_id: StaffId,
    pub chair_id: ChairId,
    pub branch_id: BranchId,
    /// The day on the clinic's calendar.
    #[schema(value_type = String, format = Date)]
    pub local_date: Date,
    /// Whether it leaves no hole beside what the doctor or the chair has already.
    pub next_to_another: bool,
    /// Whose time each 5 minutes take.
    pub pattern: String,
}

/// What is looked for, read.
#[derive(Debug)]
pub struct Search {
    minutes: Option<i64>,
    kind: Option<Uuid>,
    pattern: Option<String>,
    first: Date,
    earliest: Timestamp,
    days: i64,
    doctors: Option<Vec<Uuid>>,
    chair_feature: Option<String>,
    branch: Option<Uuid>,
    weekdays: Option<Vec<i8>>,
    after: Option<Time>,
    before: Option<Time>,
    limit: usize,
}

impl Search {
    /// Reads a query on the clinic's clock.
    pub fn read(filter: OpeningFilter, zone: &TimeZone, now: Timestamp) -> ApiResult<Self> {
        let (mut first, mut earliest) = from(filter.from.as_deref(), zone, now)?;
        if let Some(on) = read_cursor::<Date>(filter.cursor.as_deref())? {
            let on = moment::day(&on.to_string(), "cursor")?;
            (first, earliest) = (on, earliest.max(local_day_bounds(on, zone).0));
        }
        let (after, before) =
            (time(filter.after.as_deref(), "after")?, time(filter.before.as_deref(), "before")?);
        if after.zip(before).is_some_and(|(after, before)| before <= after) {
            return Err(ApiError::invalid("before", "scheduling.end_before_start"));
        }
        let within = |value: Option<i64>, range: std::ops::RangeInclusive<i64>, name, code| match value {
            Some(n) if !range.contains(&n) => Err(ApiError::invalid(name, code)),
            given => Ok(given),
        };
        let minutes = SHORTEST.as_mins()..=LONGEST.as_mins();
        let limit = i64::try_from(DAYS_ANSWERED).unwrap_or(i64::MAX);
        let limit = within(filter.limit, 1..=limit, "limit", "scheduling.limit_of_days")?.unwrap_or(limit);
        Ok(Self {
            minutes: within(filter.minutes, minutes, "minutes", "scheduling.minutes_out_of_range")?,
            kind: filter.type_id.map(AppointmentTypeId::uuid),
            pattern: filter.pattern.filter(|pattern| !pattern.is_empty()),
            first,
            earliest,
            days: within(filter.days, 1..=MOST_DAYS, "days", "scheduling.days_out_of_range")?.unwrap_or(DAYS),
            doctors: several(filter.doctor_id.as_deref(), "doctor_id", "request.unknown_reference")?,
            chair_feature: chair_feature(filter.chair_feature)?,
            branch: filter.branch_id.map(BranchId::uuid),
            weekdays: several::<i8>(filter.weekdays.as_deref(), "weekdays", "scheduling.unknown_weekday")?
                .map(|days| match days.iter().all(|day| (0..7).contains(day)) {
                    true => Ok(days),
                    false => Err(ApiError::invalid("weekdays", "scheduling.unknown_weekday")),
                })
                .transpose()?,
            after,
            before,
            limit: usize::try_from(limit).unwrap_or(DAYS_ANSWERED),
        })
    }

    /// The days that are looked at, and the first one after them.
    fn days(&self, zone: &TimeZone) -> (Vec<SearchDay>, Date) {
        let end = self.first.saturating_add(self.days.days());
        let days = self
            .first
            .series(1.day())
            .take_while(|day| *day < end)
            .filter(|day| {
                let weekday = day.weekday().to_sunday_zero_offset();
                self.weekdays.as_ref().is_none_or(|days| days.contains(&weekday))
            })
            .map(|day| SearchDay::of(day, self.after, self.before, zone))
            .collect();
        (days, end)
    }

    /// The length, and whose time each 5 minutes of it take.
    fn length(&self, candidates: &Candidates) -> ApiResult<(i64, String)> {
        if self.kind.is_some() && candidates.kind.is_none() {
            return Err(ApiError::invalid("type_id", "request.unknown_reference"));
        }
        let (of_type, pattern) = candidates.kind.clone().unzip();
        let minutes = self
            .minutes
            .or(of_type.map(i64::from))
            .ok_or_else(|| ApiError::invalid("minutes", "request.required"))?;
        let fitted =
            || fit_pattern(pattern.as_deref().unwrap_or_default(), SignedDuration::from_mins(minutes));
        Ok((minutes, self.pattern.clone().unwrap_or_else(fitted)))
    }
}

/// The first day and the earliest instant.
fn from(text: Option<&str>, zone: &TimeZone, now: Timestamp) -> ApiResult<(Date, Timestamp)> {
    let asked = match text {
        None => now,
        Some(text) if text.len() == 10 => local_day_bounds(moment::day(text, "from")?, zone).0,
        // A plus sign that was not escaped in the address arrives as a blank.
        Some(text) => moment::instant(&text.replace(' ', "+"), zone, "from")?,
    };
    let earliest = asked.max(now);
    Ok((zone.to_datetime(earliest).date(), earliest))
}

fn time(text: Option<&str>, name: &str) -> ApiResult<Option<Time>> {
    let Some(text) = text.filter(|text| !text.is_empty()) else { return Ok(None) };
    let time = Time::strptime("%H:%M", text);
    time.map(Some).map_err(|_| ApiError::invalid(name, "scheduling.not_a_time"))
}

fn several<T: std::str::FromStr>(
    text: Option<&str>,
    name: &str,
    code: &'static str,
) -> ApiResult<Option<Vec<T>>> {
    let Some(text) = text.filter(|text| !text.is_empty()) else { return Ok(None) };
    let read: Result<Vec<T>, _> = text.split(',').map(str::parse).collect();
    match read {
        Ok(list) if list.len() <= 100 => Ok(Some(list)),
        _ => Err(ApiError::invalid(name, code)),
    }
}

fn chair_feature(feature: Option<String>) -> ApiResult<Option<String>> {
    match feature.filter(|feature| !feature.is_empty()) {
        Some(feature) if !["surgery", "xray", "child"].contains(&feature.as_str()) => {
            Err(ApiError::invalid("chair_feature", "scheduling.unknown_chair_feature"))
        }
        feature => Ok(feature),
    }
}

/// Searches: five statements, whatever is found.
pub async fn find(db: &Db, clock: &Clock, actor: &Actor, search: &Search) -> ApiResult<Page<FreeSlot>> {
    let zone = &actor.facts.time_zone;
    let now = clock.now();
    let asked = Asked {
        kind: search.kind,
        doctors: search.doctors.as_deref(),
        only_doctor: super::view::only_doctor(actor),
        branch: search.branch,
        chair_feature: search.chair_feature.as_deref(),
    };
    let mut tx = db.begin(actor).await?;
    let candidates = store::candidates(&mut tx, &asked).await?;
    let (minutes, pattern) = search.length(&candidates)?;
    let (days, end) = search.days(zone);
    // Hours of a night reach into the next day.
    let span = Span { from: local_day_bounds(search.first, zone).0, until: local_day_bounds(end, zone).1 };
    let calendar = working_hours::calendar(&mut tx, search.first, end).await?;
    let places: Vec<Uuid> = candidates
        .doctors
        .iter()
        .copied()
        .chain(candidates.chairs.iter().flat_map(|c| [c.id, c.branch]))
        .collect();
    let taken = store::taken(&mut tx, &places, span, search.kind, now).await?;
    drop(tx);

    let book = Book::of(taken);
    let open = |doctor, branch| open_hours(&calendar, doctor, branch, search, end, zone);
    let doctors = book.doctors(&candidates, open);
    let chairs = book.chairs(&candidates, zone);
    let wanted = Wanted {
        minutes,
        pattern: &pattern,
        earliest: minute_of(
            search.earliest.saturating_add(SignedDuration::from_secs(59)).unwrap_or(search.earliest),
        ),
        grid: candidates.grid.map_or(SHORTEST.as_mins(), i64::from),
        of_doctor: OF_DOCTOR.max(OF_DAY / candidates.doctors.len().max(1)),
        days: search.limit,
    };
    let found = openings(&wanted, &days, &doctors, &chairs).map_err(|e| unprocessable("pattern", &e))?;
    Ok(page(found, &candidates, &days, &wanted, end, zone))
}

/// When a doctor works at a branch.
fn open_hours(
    calendar: &Calendar,
    doctor: Uuid,
    branch: Uuid,
    search: &Search,
    end: Date,
    zone: &TimeZone,
) -> Vec<Minutes> {
    let unsaid = (search.after.unwrap_or(UNSAID.0), search.before.unwrap_or(UNSAID.1));
    let mut open = Vec::new();
    for day in days_reaching(search.first, end).take_while(|day| *day < end) {
        let said = calendar.doctor_day(doctor, branch, day);
        let hours = if said.known {
            said.hours
        } else {
            vec![(day.to_datetime(unsaid.0), day.to_datetime(unsaid.1))]
        };
        open.extend(
            hours
                .into_iter()
                .map(|h| instants(h, zone))
                .map(|(from, until)| (minute_of(from), minute_of(until))),
        );
    }
    open
}

/// What is taken, by place.
#[derive(Default)]
struct Book {
    /// When doctors' own hands are needed.
    busy: HashMap<Uuid, Vec<Minutes>>,
    /// When nothing of a doctor's can be booked.
    away: HashMap<Uuid, Vec<Minutes>>,
    /// When nobody can be put on a chair, or on any chair of a branch.
    full: HashMap<Uuid, Vec<Minutes>>,
}

impl Book {
    fn of(taken: Vec<Taken>) -> Self {
        let mut book = Self::default();
        for row in taken {
            let ranges = row.starts.iter().zip(&row.ends).map(|(s, e)| (i64::from(*s), i64::from(*e)));
            for place in [row.chair, row.branch].into_iter().flatten() {
                book.full.entry(place).or_default().extend(ranges.clone());
            }
            match (row.doctor, &row.patterns) {
                (Some(doctor), Some(patterns)) => {
                    let busy = book.busy.entry(doctor).or_default();
                    for ((start, end), pattern) in ranges.zip(patterns) {
                        // Nothing of a walk-in is the doctor's before he sits in the chair.
                        let parts = doctor_minutes(end - start, pattern).unwrap_or_default();
                        busy.extend(parts.into_iter().map(|(from, until)| (start + from, start + until)));
                    }
                }
                (Some(doctor), None) => book.away.entry(doctor).or_default().extend(ranges),
                (None, _) => {}
            }
        }
        book
    }

    /// Every doctor at every branch that has a chair for it.
    fn doctors(&self, of: &Candidates, open: impl Fn(Uuid, Uuid) -> Vec<Minutes>) -> Vec<DoctorTime> {
        let mut branches: Vec<Uuid> = of.chairs.iter().map(|chair| chair.branch).collect();
        branches.dedup();
        let mut doctors = Vec::new();
        for (key, doctor) in of.doctors.iter().enumerate() {
            let ranges =
                |of: &HashMap<Uuid, Vec<Minutes>>| Ranges::of(of.get(doctor).cloned().unwrap_or_default());
            let (busy, away) = (ranges(&self.busy), ranges(&self.away));
            for branch in &branches {
                let chairs = (0..).zip(&of.chairs).filter(|(_, chair)| chair.branch == *branch);
                doctors.push(DoctorTime {
                    key,
                    open: Ranges::of(open(*doctor, *branch)),
                    busy: busy.clone(),
                    away: away.clone(),
                    chairs: chairs.map(|(index, _)| index).collect(),
                });
            }
        }
        doctors
    }

    /// When each chair is taken, with what its branch keeps free and the days on which it is out of service.
    fn chairs(&self, of: &Candidates, zone: &TimeZone) -> Vec<Ranges> {
        of.chairs
            .iter()
            .map(|chair| {
                let out = chair.out.map(|(from, until)| {
                    (
                        from.map_or(i64::MIN, |day| minute_of(local_day_bounds(day, zone).0)),
                        until.map_or(i64::MAX, |day| minute_of(local_day_bounds(day, zone).1)),
                    )
                });
                let taken = [chair.id, chair.branch].map(|place| self.full.get(&place));
                Ranges::of(taken.into_iter().flatten().flatten().copied().chain(out).collect())
            })
            .collect()
    }
}

fn page(
    found: Vec<Opening>,
    candidates: &Candidates,
    days: &[SearchDay],
    wanted: &Wanted<'_>,
    end: Date,
    zone: &TimeZone,
) -> Page<FreeSlot> {
    let items: Vec<FreeSlot> = found
        .iter()
        .filter_map(|slot| {
            let (doctor, chair) = (candidates.doctors.get(slot.doctor)?, candidates.chairs.get(slot.chair)?);
            Some(FreeSlot {
                starts_at: rfc3339_in(instant_of(slot.start), zone),
                ends_at: rfc3339_in(instant_of(slot.start + wanted.minutes), zone),
                doctor_id: (*doctor).into(),
                chair_id: chair.id.into(),
                branch_id: chair.branch.into(),
                local_date: days.get(slot.day)?.date,
                next_to_another: slot.next_to_another,
                pattern: wanted.pattern.to_owned(),
            })
        })
        .collect();
    let mut answered: Vec<Date> = items.iter().map(|slot| slot.local_date).collect();
    answered.dedup();
    let next = answered.last().and_then(|day| day.tomorrow().ok());
    match next.filter(|next| answered.len() == wanted.days && *next < end) {
        Some(next) => Page::ending(items, &next),
        None => Page::whole(items),
    }
}
