//! Instants and days as clients write them, read on the clinic's clock.

use dentpro_core::time::{LocalTimeError, local_day_bounds, local_to_instant, parse_date, sane_date};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use crate::kernel::error::{ApiError, ApiResult};

/// An instant of a body: RFC 3339, or without an offset the time on the clinic's wall clock.
pub fn instant(text: &str, zone: &TimeZone, pointer: &str) -> ApiResult<Timestamp> {
    let refused = |e: LocalTimeError| ApiError::invalid(pointer, code(e));
    if let Ok(instant) = text.parse::<Timestamp>() {
        sane_date(zone.to_datetime(instant).date()).map_err(refused)?;
        return Ok(instant);
    }
    match text.parse::<DateTime>() {
        Ok(local) if text.contains(['T', 't', ' ']) => {
            local_to_instant(local.date(), local.time(), zone).map_err(refused)
        }
        _ => Err(ApiError::invalid(pointer, "scheduling.not_an_instant")),
    }
}

/// A day of a query.
pub fn day(text: &str, pointer: &str) -> ApiResult<Date> {
    parse_date(text).map_err(|e| ApiError::invalid(pointer, code(e)))
}

fn code(error: LocalTimeError) -> &'static str {
    match error {
        LocalTimeError::NonExistent => "scheduling.time_skipped",
        LocalTimeError::OutOfRange => "request.date_out_of_range",
        LocalTimeError::MalformedDate | LocalTimeError::UnknownZone => "scheduling.not_an_instant",
    }
}

/// From when until when appointments are looked for: they start in `from <= instant < until`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub from: Timestamp,
    pub until: Timestamp,
}

/// Days of the book that one answer holds at most. An hour more, for the night that has one.
const LONGEST_SPAN_HOURS: i64 = 31 * 24 + 1;

impl Span {
    /// Everything that can be booked.
    pub fn always(zone: &TimeZone) -> Self {
        let (from, _) = local_day_bounds(jiff::civil::date(1900, 1, 1), zone);
        let (_, until) = local_day_bounds(jiff::civil::date(2200, 12, 31), zone);
        Self { from, until }
    }

    /// The span that a list asks for. A day given as the end belongs to it.
    pub fn asked(from: Option<&str>, to: Option<&str>, of_patient: bool, zone: &TimeZone) -> ApiResult<Self> {
        let always = Self::always(zone);
        let start = from.map(|text| edge(text, zone, "from")).transpose()?;
        let end = to.map(|text| edge(text, zone, "to")).transpose()?;
        let span = Self {
            from: match start {
                Some((first, _)) => first,
                None if of_patient => always.from,
                None => return Err(ApiError::invalid("from", "request.required")),
            },
            until: match (end, start) {
                (Some((_, last)), _) => last,
                (None, _) if of_patient => always.until,
                (None, Some((_, last_of_start))) => last_of_start,
                (None, None) => always.until,
            },
        };
        if span.until < span.from {
            return Err(ApiError::invalid("to", "scheduling.end_before_start"));
        }
        if !of_patient && span.from.duration_until(span.until).as_hours() > LONGEST_SPAN_HOURS {
            return Err(ApiError::invalid("to", "scheduling.range_too_long"));
        }
        Ok(span)
    }
}

/// As a beginning and as an end: a day's first instant and the first of the next, an instant itself.
fn edge(text: &str, zone: &TimeZone, pointer: &str) -> ApiResult<(Timestamp, Timestamp)> {
    if text.len() == 10 {
        return Ok(local_day_bounds(day(text, pointer)?, zone));
    }
    // A plus sign that was not escaped in the address arrives as a blank.
    let at = instant(&text.replace(' ', "+"), zone, pointer)?;
    Ok((at, at))
}
