//! iCalendar files (RFC 5545). The events are written by a library; the zone's rules are written here, as every change
//! of its clocks within the calendar's reach.

use std::fmt::Write as _;

use icalendar::{Calendar, Component, Event, Property};
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp, ToSpan};
use uuid::Uuid;

/// An appointment as a calendar shows it.
#[derive(Clone, Debug)]
pub struct CalendarEntry {
    pub id: Uuid,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    /// Counts up with every change.
    pub sequence: i32,
    pub changed_at: Timestamp,
    pub cancelled: bool,
    pub confirmed: bool,
    pub summary: String,
    pub description: String,
    pub location: String,
}

/// Writes a calendar. The same entries give the same bytes.
pub fn write_calendar(name: &str, zone: &TimeZone, entries: &[CalendarEntry], now: Timestamp) -> String {
    let tzid = zone.iana_name().unwrap_or("UTC");
    let mut calendar = Calendar::empty();
    calendar
        .append_property(Property::new("VERSION", "2.0"))
        .append_property(Property::new("PRODID", "-//DentPro//Appointments//EN"))
        .append_property(Property::new("CALSCALE", "GREGORIAN"))
        .append_property(Property::new("METHOD", "PUBLISH"))
        .append_property(Property::new("X-WR-CALNAME", name))
        .append_property(Property::new("X-WR-TIMEZONE", tzid));
    for entry in entries {
        calendar.push(event(entry, zone, tzid));
    }
    let first = entries.iter().map(|e| e.starts_at).min().unwrap_or(now);
    let last = entries.iter().map(|e| e.ends_at).max().unwrap_or(now);
    let written = calendar.to_string();
    let at = written.find("BEGIN:VEVENT").or_else(|| written.find("END:VCALENDAR")).unwrap_or(written.len());
    let (head, events) = written.split_at(at);
    format!("{head}{}{events}", time_zone(zone, tzid, first, last))
}

fn event(entry: &CalendarEntry, zone: &TimeZone, tzid: &str) -> Event {
    let local = |key: &str, at: Timestamp| {
        let at = zone.to_datetime(at).strftime("%Y%m%dT%H%M%S").to_string();
        Property::new(key, at).add_parameter("TZID", tzid).done()
    };
    let utc = |at: Timestamp| at.strftime("%Y%m%dT%H%M%SZ").to_string();
    let status = match (entry.cancelled, entry.confirmed) {
        (true, _) => "CANCELLED",
        (false, true) => "CONFIRMED",
        (false, false) => "TENTATIVE",
    };
    let mut event = Event::new();
    event
        .uid(&format!("{}@dentpro", entry.id))
        .summary(&entry.summary)
        .append_property(local("DTSTART", entry.starts_at))
        .append_property(local("DTEND", entry.ends_at))
        .add_property("DTSTAMP", utc(entry.changed_at))
        .add_property("LAST-MODIFIED", utc(entry.changed_at))
        .add_property("SEQUENCE", entry.sequence.to_string())
        .add_property("STATUS", status)
        .add_property("TRANSP", if entry.cancelled { "TRANSPARENT" } else { "OPAQUE" });
    if !entry.location.is_empty() {
        event.add_property("LOCATION", &entry.location);
    }
    if !entry.description.is_empty() {
        event.description(&entry.description);
    }
    event.done()
}

/// The zone as a component: what holds at the first entry, and every change until after the last one.
fn time_zone(zone: &TimeZone, tzid: &str, first: Timestamp, last: Timestamp) -> String {
    let mut text = format!("BEGIN:VTIMEZONE\r\nTZID:{tzid}\r\n");
    let start = first - SignedDuration::from_hours(24);
    let held = zone.to_offset_info(start);
    let since = zone.preceding(start).next();
    let onset = since.as_ref().map_or_else(
        || DateTime::constant(1970, 1, 1, 0, 0, 0, 0),
        |change| before(zone, change.timestamp()).to_datetime(change.timestamp()),
    );
    let from = since.as_ref().map_or(held.offset(), |change| before(zone, change.timestamp()));
    period(&mut text, held.dst().is_dst(), onset, from, held.offset(), held.abbreviation());
    for change in zone.following(start).take_while(|change| change.timestamp() <= last + 24.hours()) {
        let from = before(zone, change.timestamp());
        let onset = from.to_datetime(change.timestamp());
        period(&mut text, change.dst().is_dst(), onset, from, change.offset(), change.abbreviation());
    }
    text.push_str("END:VTIMEZONE\r\n");
    text
}

/// The offset that held until an instant.
fn before(zone: &TimeZone, at: Timestamp) -> Offset {
    zone.to_offset(at - SignedDuration::from_secs(1))
}

fn period(text: &mut String, summer: bool, onset: DateTime, from: Offset, to: Offset, name: &str) {
    let kind = if summer { "DAYLIGHT" } else { "STANDARD" };
    let onset = onset.strftime("%Y%m%dT%H%M%S");
    let (from, to) = (written_offset(from), written_offset(to));
    // Writing to a string never fails.
    let _ = write!(
        text,
        "BEGIN:{kind}\r\nDTSTART:{onset}\r\nTZOFFSETFROM:{from}\r\nTZOFFSETTO:{to}\r\nTZNAME:{name}\r\nEND:{kind}\r\n"
    );
}

/// `+0200`, with seconds only where the offset has some.
fn written_offset(offset: Offset) -> String {
    let seconds = offset.seconds();
    let sign = if seconds < 0 { '-' } else { '+' };
    let (hours, rest) = (seconds.abs() / 3600, seconds.abs() % 3600);
    match rest % 60 {
        0 => format!("{sign}{hours:02}{:02}", rest / 60),
        odd => format!("{sign}{hours:02}{:02}{odd:02}", rest / 60),
    }
}

#[cfg(test)]
mod tests {
    use dentpro_core::time::zone;

    use super::*;

    fn entry(id: u128, starts: &str, minutes: i64) -> CalendarEntry {
        let starts_at: Timestamp = starts.parse().unwrap();
        CalendarEntry {
            id: Uuid::from_u128(id),
            starts_at,
            ends_at: starts_at + SignedDuration::from_mins(minutes),
            sequence: 3,
            changed_at: "2026-04-01T08:00:00Z".parse().unwrap(),
            cancelled: false,
            confirmed: true,
            summary: "كشف; check-up, first".to_owned(),
            description: "One line\nand another".to_owned(),
            location: "الفرع الرئيسي · كرسي 1".to_owned(),
        }
    }

    /// Both sides of a change of the clocks, a cancelled one and a long line in Arabic.
    pub fn sample() -> String {
        let long = "متابعة حشو العصب والتاج مع مراجعة الأشعة قبل التركيب النهائي للحالة".to_owned();
        let entries = [
            entry(1, "2026-04-23T08:00:00Z", 30),
            CalendarEntry { summary: long, confirmed: false, ..entry(2, "2026-04-26T08:00:00Z", 45) },
            CalendarEntry { cancelled: true, sequence: 4, ..entry(3, "2026-10-30T09:00:00Z", 60) },
        ];
        let now = "2026-04-20T00:00:00Z".parse().unwrap();
        write_calendar("د. هدى سالم", &zone("Africa/Cairo").unwrap(), &entries, now)
    }

    /// The web app's tests read this file with two foreign parsers.
    #[test]
    fn the_sample_that_foreign_parsers_read_is_what_is_written() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../web/src/features/interop/sample.ics");
        let kept = std::fs::read_to_string(path).unwrap_or_default();
        if kept != sample() {
            if std::env::var_os("INSTA_UPDATE").is_some_and(|v| v == "always") {
                std::fs::write(path, sample()).unwrap();
            } else {
                panic!("write it anew with INSTA_UPDATE=always:\n{}", sample());
            }
        }
    }

    #[test]
    fn every_line_ends_well_and_none_is_too_long() {
        let text = sample();
        assert!(text.ends_with("END:VCALENDAR\r\n"));
        for line in text.split_terminator("\r\n") {
            assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line}");
        }
        assert_eq!(text.matches("BEGIN:VTIMEZONE").count(), 1);
        assert_eq!(text.matches("BEGIN:DAYLIGHT").count(), 1);
        assert_eq!(text.matches("BEGIN:STANDARD").count(), 2);
        assert_eq!(text.matches("UID:").count(), 3);
        assert_eq!(text.matches("DTSTAMP:").count(), 3);
    }

    #[test]
    fn what_is_typed_cannot_add_a_line() {
        let sly = CalendarEntry {
            summary: "Mona\r\nEND:VEVENT\r\nBEGIN:VEVENT".to_owned(),
            ..entry(1, "2026-04-23T08:00:00Z", 30)
        };
        let text = write_calendar("x\r\nSUMMARY:y", &TimeZone::UTC, &[sly], Timestamp::UNIX_EPOCH);
        assert_eq!(text.lines().filter(|line| *line == "BEGIN:VEVENT").count(), 1, "{text}");
        assert_eq!(text.lines().filter(|line| line.starts_with("SUMMARY")).count(), 1, "{text}");
    }

    #[test]
    fn an_empty_calendar_and_a_zone_without_changes_are_well_formed() {
        let now: Timestamp = "2026-11-23T07:00:00Z".parse().unwrap();
        for name in ["Asia/Riyadh", "UTC", "Africa/Cairo"] {
            let text = write_calendar("x", &zone(name).unwrap(), &[], now);
            assert!(text.contains(&format!("TZID:{name}\r\n")), "{text}");
            assert_eq!(text.matches("BEGIN:STANDARD").count(), 1, "{text}");
            assert!(text.ends_with("END:VTIMEZONE\r\nEND:VCALENDAR\r\n"), "{text}");
        }
    }
}
