//! Appointments: their life from booking to leaving, how long they may be, whose time they take, and when a
//! doctor works.

use jiff::civil::{Date, DateTime, Time};
use jiff::{SignedDuration, Timestamp};

use crate::wire_enum::wire_enum;

const MINUTE: SignedDuration = SignedDuration::from_mins(1);
/// One step of a time pattern.
pub const PATTERN_STEP: SignedDuration = SignedDuration::from_mins(5);
pub const SHORTEST: SignedDuration = SignedDuration::from_mins(5);
pub const LONGEST: SignedDuration = SignedDuration::from_hours(12);

wire_enum! {
    pub enum AppointmentStatus {
        Scheduled = "scheduled",
        Confirmed = "confirmed",
        Arrived = "arrived",
        InChair = "in_chair",
        Completed = "completed",
        Cancelled = "cancelled",
        NoShow = "no_show",
        Rescheduled = "rescheduled",
    }
}

wire_enum! {
    /// What the patient answered, apart from where the appointment stands.
    pub enum Confirmation {
        Unconfirmed = "unconfirmed",
        ReminderSent = "reminder_sent",
        LeftMessage = "left_message",
        Confirmed = "confirmed",
        Declined = "declined",
    }
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SchedulingError {
    #[error("the appointment is {0} already")]
    NoChange(AppointmentStatus),
    #[error("an appointment does not go from {from} to {to}")]
    TransitionNotAllowed { from: AppointmentStatus, to: AppointmentStatus },
    #[error("a reason is needed")]
    ReasonRequired,
    #[error("a chair is needed first")]
    ChairRequired,
    #[error("the end is not after the start")]
    EndBeforeStart,
    #[error("an appointment takes at least 5 minutes")]
    TooShort,
    #[error("an appointment takes at most 12 hours")]
    TooLong,
    #[error("appointments start and end on whole minutes")]
    NotWholeMinutes,
    #[error("a time pattern consists of D and A, one for each 5 minutes of the appointment")]
    PatternMismatch,
}

impl SchedulingError {
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoChange(_) => "scheduling.no_change",
            Self::TransitionNotAllowed { .. } => "scheduling.transition_not_allowed",
            Self::ReasonRequired => "scheduling.reason_required",
            Self::ChairRequired => "scheduling.chair_required",
            Self::EndBeforeStart => "scheduling.end_before_start",
            Self::TooShort => "scheduling.too_short",
            Self::TooLong => "scheduling.too_long",
            Self::NotWholeMinutes => "scheduling.not_whole_minutes",
            Self::PatternMismatch => "scheduling.pattern_mismatch",
        }
    }
}

wire_enum! {
    pub enum TransitionKind {
        /// Nearer to completed.
        Forward = "forward",
        /// An earlier step was taken by mistake.
        Back = "back",
        /// Cancelled, missed or moved: the slot is free.
        Ended = "ended",
        /// Ended by mistake: the slot is taken again, if it still can be.
        Reopened = "reopened",
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transition {
    pub from: AppointmentStatus,
    pub to: AppointmentStatus,
    pub kind: TransitionKind,
}

impl Transition {
    pub fn releases_slot(self) -> bool {
        holds_slot(self.from) && !holds_slot(self.to)
    }

    pub fn takes_slot(self) -> bool {
        !holds_slot(self.from) && holds_slot(self.to)
    }
}

/// Whether an appointment in this status keeps others out of its chair and its doctor's time.
pub fn holds_slot(status: AppointmentStatus) -> bool {
    progress(status).is_some()
}

/// How far along its way the appointment is; none when it has left it.
fn progress(status: AppointmentStatus) -> Option<u8> {
    match status {
        AppointmentStatus::Scheduled => Some(0),
        AppointmentStatus::Confirmed => Some(1),
        AppointmentStatus::Arrived => Some(2),
        AppointmentStatus::InChair => Some(3),
        AppointmentStatus::Completed => Some(4),
        AppointmentStatus::Cancelled | AppointmentStatus::NoShow | AppointmentStatus::Rescheduled => None,
    }
}

/// Whether an appointment may go from one status to another.
///
/// Steps may be skipped on the way to the chair, but only who sat in the chair is completed. Steps back and
/// reopening need a reason. A missed appointment whose patient comes late may go straight to arrived.
pub fn transition(
    from: AppointmentStatus,
    to: AppointmentStatus,
    has_chair: bool,
    reason: Option<&str>,
) -> Result<Transition, SchedulingError> {
    use AppointmentStatus::{
        Arrived, Cancelled, Completed, Confirmed, InChair, NoShow, Rescheduled, Scheduled,
    };
    if from == to {
        return Err(SchedulingError::NoChange(from));
    }
    let kind = match (from, to) {
        (Scheduled | Confirmed | Arrived, Cancelled) | (Scheduled | Confirmed, NoShow) => {
            TransitionKind::Ended
        }
        (Scheduled | Confirmed | Cancelled | NoShow, Rescheduled) => TransitionKind::Ended,
        (Cancelled | NoShow, Scheduled) | (NoShow, Arrived) => TransitionKind::Reopened,
        (Scheduled | Confirmed | Arrived, Completed) => {
            return Err(SchedulingError::TransitionNotAllowed { from, to });
        }
        _ => match (progress(from), progress(to)) {
            (Some(before), Some(after)) if after > before => TransitionKind::Forward,
            (Some(_), Some(_)) => TransitionKind::Back,
            _ => return Err(SchedulingError::TransitionNotAllowed { from, to }),
        },
    };
    if matches!(kind, TransitionKind::Back | TransitionKind::Reopened)
        && reason.is_none_or(|reason| reason.trim().is_empty())
    {
        return Err(SchedulingError::ReasonRequired);
    }
    if to == InChair && !has_chair {
        return Err(SchedulingError::ChairRequired);
    }
    Ok(Transition { from, to, kind })
}

/// Whether an appointment may take this range: 5 minutes to 12 hours, on whole minutes.
pub fn validate_range(starts_at: Timestamp, ends_at: Timestamp) -> Result<(), SchedulingError> {
    let length = starts_at.duration_until(ends_at);
    if length <= SignedDuration::ZERO {
        return Err(SchedulingError::EndBeforeStart);
    }
    let whole = |at: Timestamp| at.subsec_nanosecond() == 0 && at.as_second() % MINUTE.as_secs() == 0;
    if !whole(starts_at) || !whole(ends_at) {
        return Err(SchedulingError::NotWholeMinutes);
    }
    if length < SHORTEST {
        return Err(SchedulingError::TooShort);
    }
    if length > LONGEST {
        return Err(SchedulingError::TooLong);
    }
    Ok(())
}

/// The parts of an appointment that take the doctor's own time, from a pattern such as `ADDDA`: one letter for
/// each 5 minutes, `D` the doctor, `A` the assistant. Without a pattern the doctor is there throughout.
pub fn doctor_range(
    starts_at: Timestamp,
    ends_at: Timestamp,
    pattern: &str,
) -> Result<Vec<(Timestamp, Timestamp)>, SchedulingError> {
    validate_range(starts_at, ends_at)?;
    if pattern.is_empty() {
        return Ok(vec![(starts_at, ends_at)]);
    }
    let steps = i32::try_from(pattern.len()).map_err(|_| SchedulingError::PatternMismatch)?;
    let covered = PATTERN_STEP.checked_mul(steps).ok_or(SchedulingError::PatternMismatch)?;
    if covered != starts_at.duration_until(ends_at) {
        return Err(SchedulingError::PatternMismatch);
    }
    let mut ranges: Vec<(Timestamp, Timestamp)> = Vec::new();
    let mut at = starts_at;
    for step in pattern.bytes() {
        let next = at.checked_add(PATTERN_STEP).map_err(|_| SchedulingError::PatternMismatch)?;
        match (step, ranges.last_mut()) {
            (b'D', Some((_, end))) if *end == at => *end = next,
            (b'D', _) => ranges.push((at, next)),
            (b'A', _) => {}
            _ => return Err(SchedulingError::PatternMismatch),
        }
        at = next;
    }
    Ok(ranges)
}

/// A change of status, as it was recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatusChange {
    pub to: AppointmentStatus,
    pub at: Timestamp,
}

/// Minutes between arriving and sitting in the chair, up to `now` while the patient still waits. None when the
/// patient has not arrived, or was never seen waiting.
pub fn minutes_waited(changes: &[StatusChange], now: Timestamp) -> Option<i64> {
    let stay = Stay::of(changes);
    minutes(stay.arrived?, stay.seated.unwrap_or(now))
}

/// Minutes in the chair, up to `now` while the patient still sits there.
pub fn minutes_in_chair(changes: &[StatusChange], now: Timestamp) -> Option<i64> {
    let stay = Stay::of(changes);
    minutes(stay.seated?, stay.left.unwrap_or(now))
}

fn minutes(from: Timestamp, until: Timestamp) -> Option<i64> {
    Some(from.duration_until(until).as_mins().max(0))
}

/// When the patient came, sat down and left, as the changes tell after steps back were taken into account.
#[derive(Debug, Default)]
struct Stay {
    arrived: Option<Timestamp>,
    seated: Option<Timestamp>,
    left: Option<Timestamp>,
}

impl Stay {
    fn of(changes: &[StatusChange]) -> Self {
        let mut ordered = changes.to_vec();
        ordered.sort_by_key(|change| change.at);
        let mut stay = Self::default();
        for StatusChange { to, at } in ordered {
            match to {
                AppointmentStatus::Arrived => {
                    stay.arrived.get_or_insert(at);
                    (stay.seated, stay.left) = (None, None);
                }
                AppointmentStatus::InChair => {
                    stay.seated.get_or_insert(at);
                    stay.left = None;
                }
                AppointmentStatus::Completed => stay.left = Some(at),
                AppointmentStatus::Scheduled
                | AppointmentStatus::Confirmed
                | AppointmentStatus::Cancelled
                | AppointmentStatus::NoShow
                | AppointmentStatus::Rescheduled => stay = Self::default(),
            }
        }
        stay
    }
}

/// From, until: local wall time of one day.
pub type Hours = (Time, Time);

/// The hours of each weekday, Sunday first; a day without hours is a day off.
pub type Week = [Vec<Hours>; 7];

/// A dated closure of a branch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Closure {
    AllDay,
    Between(Vec<Hours>),
}

/// The hours of a doctor on a day. The first of these that speaks decides: the doctor's hours for that very
/// date, the doctor's week, the branch's closure of that date, the branch's week.
///
/// So a doctor with a week of his own works on when the branch closes; a closure that is meant for everybody
/// is a dated override for those doctors too.
pub fn hours_for(
    date: Date,
    doctor_override: Option<&[Hours]>,
    doctor_weekly: Option<&Week>,
    branch_closure: Option<&Closure>,
    branch_weekly: &Week,
) -> Vec<Hours> {
    if let Some(hours) = doctor_override {
        return merged(hours);
    }
    if let Some(week) = doctor_weekly {
        return merged(on_weekday(week, date));
    }
    let open = merged(on_weekday(branch_weekly, date));
    match branch_closure {
        None => open,
        Some(Closure::AllDay) => Vec::new(),
        Some(Closure::Between(closed)) => without(&open, &merged(closed)),
    }
}

fn on_weekday(week: &Week, date: Date) -> &[Hours] {
    let [sunday, monday, tuesday, wednesday, thursday, friday, saturday] = week;
    match date.weekday() {
        jiff::civil::Weekday::Sunday => sunday,
        jiff::civil::Weekday::Monday => monday,
        jiff::civil::Weekday::Tuesday => tuesday,
        jiff::civil::Weekday::Wednesday => wednesday,
        jiff::civil::Weekday::Thursday => thursday,
        jiff::civil::Weekday::Friday => friday,
        jiff::civil::Weekday::Saturday => saturday,
    }
}

/// Sorted, without empty ranges, and with touching ranges made one.
fn merged(hours: &[Hours]) -> Vec<Hours> {
    let mut sorted: Vec<Hours> = hours.iter().copied().filter(|(from, until)| from < until).collect();
    sorted.sort_unstable();
    let mut merged: Vec<Hours> = Vec::with_capacity(sorted.len());
    for (from, until) in sorted {
        match merged.last_mut() {
            Some((_, end)) if from <= *end => *end = (*end).max(until),
            _ => merged.push((from, until)),
        }
    }
    merged
}

/// `open` less `closed`; both merged.
fn without(open: &[Hours], closed: &[Hours]) -> Vec<Hours> {
    let mut left = Vec::new();
    for (start, end) in open.iter().copied() {
        let mut from = start;
        for (shut, again) in closed.iter().copied().filter(|(shut, again)| *shut < end && *again > start) {
            if from < shut {
                left.push((from, shut));
            }
            from = from.max(again);
        }
        if from < end {
            left.push((from, end));
        }
    }
    left
}

/// Whether a range of local time lies within the hours.
pub fn within_hours(hours: &[Hours], range: Hours) -> bool {
    merged(hours).iter().any(|(from, until)| *from <= range.0 && range.1 <= *until)
}

/// A week out of its rows: weekday (0 is Sunday), from, until. There is no eighth day: such a row is left out.
pub fn week_of(rows: impl IntoIterator<Item = (i32, Time, Time)>) -> Week {
    let mut week = Week::default();
    for (weekday, from, until) in rows {
        if let Some(day) = usize::try_from(weekday).ok().and_then(|index| week.get_mut(index)) {
            day.push((from, until));
        }
    }
    week
}

/// Whether an appointment on the clinic's wall clock leaves the hours of the day it starts on. One that ends at
/// midnight ends with its day.
pub fn outside_hours(hours: &[Hours], starts: DateTime, ends: DateTime) -> bool {
    let end = if ends.date() == starts.date() {
        ends.time()
    } else if starts.date().tomorrow().ok() == Some(ends.date()) && ends.time() == Time::midnight() {
        LAST_MINUTE
    } else {
        return true;
    };
    !within_hours(hours, (starts.time(), end))
}

/// A clinic that is open until midnight writes it as this.
const LAST_MINUTE: Time = Time::constant(23, 59, 0, 0);

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};
    use proptest::prelude::*;

    use super::AppointmentStatus::*;
    use super::*;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(1_795_000_020 + minute * 60).unwrap()
    }

    fn clock(hour: i8, minute: i8) -> Time {
        time(hour, minute, 0, 0)
    }

    #[test]
    fn an_appointment_outside_the_hours_of_its_day() {
        let hours = [(clock(9, 0), clock(13, 0)), (clock(17, 0), clock(23, 59))];
        let on = |day: i8, hour: i8, minute: i8| date(2026, 11, day).at(hour, minute, 0, 0);
        for (starts, ends, outside) in [
            (on(23, 9, 0), on(23, 9, 30), false),
            (on(23, 12, 30), on(23, 13, 0), false),
            (on(23, 12, 45), on(23, 13, 15), true),
            (on(23, 8, 45), on(23, 9, 15), true),
            (on(23, 23, 0), on(24, 0, 0), false),
            (on(23, 23, 30), on(24, 0, 30), true),
            (on(23, 23, 0), on(25, 0, 0), true),
        ] {
            assert_eq!(outside_hours(&hours, starts, ends), outside, "{starts} – {ends}");
        }
        assert!(outside_hours(&[], on(23, 9, 0), on(23, 9, 30)));
    }

    #[test]
    fn a_week_is_made_of_rows_by_weekday() {
        let week = week_of([
            (1, clock(9, 0), clock(13, 0)),
            (1, clock(17, 0), clock(21, 0)),
            (6, clock(10, 0), clock(14, 0)),
            (7, clock(1, 0), clock(2, 0)),
            (-1, clock(1, 0), clock(2, 0)),
        ]);
        let monday = hours_for(date(2026, 11, 23), None, None, None, &week);
        assert_eq!(monday, [(clock(9, 0), clock(13, 0)), (clock(17, 0), clock(21, 0))]);
        assert_eq!(hours_for(date(2026, 11, 22), None, None, None, &week), []);
        assert_eq!(week.iter().flatten().count(), 3);
    }

    #[test]
    fn the_way_of_an_appointment() {
        use TransitionKind::*;
        for (from, to, kind) in [
            (Scheduled, Confirmed, Forward),
            (Scheduled, Arrived, Forward),
            (Scheduled, InChair, Forward),
            (Confirmed, Arrived, Forward),
            (Confirmed, InChair, Forward),
            (Arrived, InChair, Forward),
            (InChair, Completed, Forward),
            (Arrived, Confirmed, Back),
            (Confirmed, Scheduled, Back),
            (InChair, Arrived, Back),
            (Completed, InChair, Back),
            (Scheduled, Cancelled, Ended),
            (Confirmed, Cancelled, Ended),
            (Arrived, Cancelled, Ended),
            (Scheduled, NoShow, Ended),
            (Confirmed, NoShow, Ended),
            (Scheduled, Rescheduled, Ended),
            (NoShow, Rescheduled, Ended),
            (Cancelled, Scheduled, Reopened),
            (NoShow, Scheduled, Reopened),
            (NoShow, Arrived, Reopened),
        ] {
            let made = transition(from, to, true, Some("by mistake")).unwrap();
            assert_eq!(made.kind, kind, "{from} → {to}");
            assert_eq!(made.releases_slot(), kind == Ended && holds_slot(from), "{from} → {to}");
            assert_eq!(made.takes_slot(), kind == Reopened, "{from} → {to}");
            let needs_reason = matches!(kind, Back | Reopened);
            for reason in [None, Some(""), Some("  ")] {
                let outcome = transition(from, to, true, reason);
                assert_eq!(outcome == Err(SchedulingError::ReasonRequired), needs_reason, "{from} → {to}");
            }
        }
    }

    #[test]
    fn what_an_appointment_does_not_do() {
        for (from, to) in [
            (Arrived, NoShow),
            (InChair, Cancelled),
            (InChair, NoShow),
            (Completed, Cancelled),
            (Completed, NoShow),
            (Completed, Rescheduled),
            (Scheduled, Completed),
            (Confirmed, Completed),
            (Arrived, Completed),
            (Cancelled, Arrived),
            (Cancelled, NoShow),
            (NoShow, Cancelled),
            (NoShow, InChair),
            (Rescheduled, Scheduled),
        ] {
            let error = transition(from, to, true, Some("by mistake")).unwrap_err();
            assert_eq!(error.code(), "scheduling.transition_not_allowed", "{from} → {to}");
        }
        for status in AppointmentStatus::ALL {
            let error = transition(*status, *status, true, Some("again")).unwrap_err();
            assert_eq!(error.code(), "scheduling.no_change");
        }
    }

    #[test]
    fn nobody_sits_in_a_chair_that_is_not_there() {
        for from in [Scheduled, Confirmed, Arrived, Completed] {
            let error = transition(from, InChair, false, Some("by mistake")).unwrap_err();
            assert_eq!(error.code(), "scheduling.chair_required");
        }
        assert!(transition(Scheduled, Arrived, false, None).is_ok());
    }

    #[test]
    fn only_what_is_cancelled_missed_or_moved_frees_the_slot() {
        let free: Vec<_> =
            AppointmentStatus::ALL.iter().copied().filter(|status| !holds_slot(*status)).collect();
        assert_eq!(free, [Cancelled, NoShow, Rescheduled]);
    }

    #[test]
    fn words_on_the_wire() {
        assert_eq!(serde_json::to_string(&InChair).unwrap(), r#""in_chair""#);
        assert_eq!("no_show".parse(), Ok(NoShow));
        assert_eq!("left_message".parse(), Ok(Confirmation::LeftMessage));
        assert!("checked_out".parse::<AppointmentStatus>().is_err());
    }

    #[test]
    fn an_appointment_takes_5_minutes_to_12_hours() {
        for (start, end, code) in [
            (0, 5, None),
            (0, 720, None),
            (0, 0, Some("scheduling.end_before_start")),
            (10, 0, Some("scheduling.end_before_start")),
            (0, 4, Some("scheduling.too_short")),
            (0, 721, Some("scheduling.too_long")),
        ] {
            assert_eq!(validate_range(at(start), at(end)).err().map(|e| e.code()), code, "{start}–{end}");
        }
        let second = SignedDuration::from_secs(1);
        let nano = SignedDuration::from_nanos(1);
        for (start, end) in [(at(0) + second, at(30)), (at(0), at(30) + second), (at(0) + nano, at(30))] {
            assert_eq!(validate_range(start, end).unwrap_err().code(), "scheduling.not_whole_minutes");
        }
        assert_eq!(
            validate_range(Timestamp::MIN, Timestamp::MAX).unwrap_err().code(),
            "scheduling.not_whole_minutes"
        );
    }

    #[test]
    fn the_pattern_says_when_the_doctor_is_needed() {
        for (pattern, expected) in [
            ("", vec![(0, 25)]),
            ("DDDDD", vec![(0, 25)]),
            ("ADDDA", vec![(5, 20)]),
            ("DDADD", vec![(0, 10), (15, 25)]),
            ("AAAAA", vec![]),
        ] {
            let expected: Vec<_> = expected.into_iter().map(|(from, until)| (at(from), at(until))).collect();
            assert_eq!(doctor_range(at(0), at(25), pattern).unwrap(), expected, "{pattern}");
        }
        for pattern in ["D", "DDDDDD", "DDXDD", "ddddd", "DDDDد"] {
            let error = doctor_range(at(0), at(25), pattern).unwrap_err();
            assert_eq!(error.code(), "scheduling.pattern_mismatch", "{pattern}");
        }
        assert_eq!(doctor_range(at(0), at(23), "DDDD").unwrap_err().code(), "scheduling.pattern_mismatch");
    }

    #[test]
    fn waiting_counts_from_arriving_to_the_chair() {
        let changes = |steps: &[(AppointmentStatus, i64)]| -> Vec<StatusChange> {
            steps.iter().map(|(to, minute)| StatusChange { to: *to, at: at(*minute) }).collect()
        };
        for (steps, waited, seated) in [
            (&[][..], None, None),
            (&[(Confirmed, 0)], None, None),
            (&[(Arrived, 10)], Some(90), None),
            (&[(Arrived, 10), (InChair, 25)], Some(15), Some(75)),
            (&[(Arrived, 10), (InChair, 25), (Completed, 60)], Some(15), Some(35)),
            (&[(InChair, 25), (Arrived, 10), (Completed, 60)], Some(15), Some(35)),
            (&[(InChair, 25), (Completed, 60)], None, Some(35)),
            // Called in too early, sent back to the waiting room.
            (&[(Arrived, 10), (InChair, 25), (Arrived, 27), (InChair, 40)], Some(30), Some(60)),
            // Marked as arrived by mistake.
            (&[(Arrived, 10), (Confirmed, 12)], None, None),
            (&[(Arrived, 10), (Confirmed, 12), (Arrived, 50), (InChair, 55)], Some(5), Some(45)),
            // Completed too early.
            (
                &[(Arrived, 10), (InChair, 20), (Completed, 30), (InChair, 31), (Completed, 50)],
                Some(10),
                Some(30),
            ),
            (&[(Arrived, 10), (Cancelled, 40)], None, None),
        ] {
            assert_eq!(minutes_waited(&changes(steps), at(100)), waited, "{steps:?}");
            assert_eq!(minutes_in_chair(&changes(steps), at(100)), seated, "{steps:?}");
        }
    }

    #[test]
    fn whose_hours_count() {
        let friday = date(2026, 11, 20);
        let sunday = date(2026, 11, 22);
        let mut branch: Week = Default::default();
        branch[0] = vec![(clock(9, 0), clock(21, 0))];
        let mut doctor: Week = Default::default();
        doctor[0] = vec![(clock(17, 0), clock(22, 0)), (clock(10, 0), clock(14, 0))];
        let ramadan = [(clock(20, 30), clock(23, 59))];
        let lunch = Closure::Between(vec![(clock(13, 0), clock(14, 0)), (clock(20, 0), clock(23, 0))]);

        assert_eq!(hours_for(sunday, None, None, None, &branch), [(clock(9, 0), clock(21, 0))]);
        assert_eq!(hours_for(friday, None, None, None, &branch), []);
        assert_eq!(hours_for(sunday, None, None, Some(&Closure::AllDay), &branch), []);
        assert_eq!(
            hours_for(sunday, None, None, Some(&lunch), &branch),
            [(clock(9, 0), clock(13, 0)), (clock(14, 0), clock(20, 0))]
        );
        let own = [(clock(10, 0), clock(14, 0)), (clock(17, 0), clock(22, 0))];
        assert_eq!(hours_for(sunday, None, Some(&doctor), None, &branch), own);
        assert_eq!(hours_for(sunday, None, Some(&doctor), Some(&Closure::AllDay), &branch), own);
        assert_eq!(hours_for(friday, None, Some(&doctor), None, &branch), []);
        assert_eq!(
            hours_for(friday, Some(&ramadan), Some(&doctor), Some(&Closure::AllDay), &branch),
            ramadan
        );
        assert_eq!(hours_for(sunday, Some(&[]), Some(&doctor), None, &branch), [], "a day off");

        assert!(within_hours(&own, (clock(10, 0), clock(10, 30))));
        assert!(!within_hours(&own, (clock(13, 45), clock(14, 15))));
        assert!(within_hours(
            &[(clock(9, 0), clock(12, 0)), (clock(12, 0), clock(15, 0))],
            (clock(11, 30), clock(12, 30))
        ));
    }

    fn any_status() -> impl Strategy<Value = AppointmentStatus> {
        proptest::sample::select(AppointmentStatus::ALL)
    }

    fn any_hours() -> impl Strategy<Value = Vec<Hours>> {
        proptest::collection::vec(((0i8..24, 0i8..60), (0i8..24, 0i8..60)), 0..6)
            .prop_map(|ranges| ranges.into_iter().map(|(a, b)| (clock(a.0, a.1), clock(b.0, b.1))).collect())
    }

    fn holds(hours: &[Hours], moment: Time) -> bool {
        hours.iter().any(|(from, until)| *from <= moment && moment < *until)
    }

    proptest! {
        #[test]
        fn no_walk_reaches_the_chair_without_one_or_completion_without_the_chair(
            walk in proptest::collection::vec((any_status(), any::<bool>()), 0..30)
        ) {
            let mut status = Scheduled;
            for (to, has_chair) in walk {
                if let Ok(made) = transition(status, to, has_chair, Some("because")) {
                    prop_assert!(made.to != InChair || has_chair);
                    prop_assert!(made.to != Completed || status == InChair);
                    status = made.to;
                }
            }
        }

        #[test]
        fn doctor_time_is_the_number_of_ds(pattern in "[AD]{1,144}") {
            let minutes = i64::try_from(pattern.len()).unwrap() * 5;
            let ranges = doctor_range(at(0), at(minutes), &pattern).unwrap();
            let total: i64 = ranges.iter().map(|(from, until)| from.duration_until(*until).as_mins()).sum();
            prop_assert_eq!(total, i64::try_from(pattern.matches('D').count()).unwrap() * 5);
            prop_assert!(ranges.windows(2).all(|pair| pair[0].1 < pair[1].0));
        }

        #[test]
        fn any_range_is_judged_without_panic(a in any::<i64>(), b in any::<i64>(), pattern in ".{0,20}") {
            if let (Ok(a), Ok(b)) = (Timestamp::from_microsecond(a), Timestamp::from_microsecond(b)) {
                prop_assert!(validate_range(a, b).is_err() || a < b);
                let _ = doctor_range(a, b, &pattern);
            }
        }

        #[test]
        fn hours_are_in_order_and_lose_what_is_closed(
            open in any_hours(), closed in any_hours(), hour in 0i8..24, minute in 0i8..60
        ) {
            let day = date(2026, 11, 22);
            let week: Week = std::array::from_fn(|_| open.clone());
            let hours = hours_for(day, None, None, Some(&Closure::Between(closed.clone())), &week);
            prop_assert!(hours.iter().all(|(from, until)| from < until));
            prop_assert!(hours.windows(2).all(|pair| pair[0].1 < pair[1].0));
            let moment = clock(hour, minute);
            prop_assert_eq!(holds(&hours, moment), holds(&open, moment) && !holds(&closed, moment));
        }
    }
}
