//! How long an appointment may be, and which of its minutes take the doctor.

use jiff::{SignedDuration, Timestamp};

use super::SchedulingError;

const MINUTE: SignedDuration = SignedDuration::from_mins(1);
/// One step of a time pattern.
pub const PATTERN_STEP: SignedDuration = SignedDuration::from_mins(5);
pub const SHORTEST: SignedDuration = SignedDuration::from_mins(5);
pub const LONGEST: SignedDuration = SignedDuration::from_hours(12);

/// Whether an appointment may take this range: 5 minutes to 12 hours, on whole minutes.
pub fn validate_range(starts_at: Timestamp, ends_at: Timestamp) -> Result<(), SchedulingError> {
    validate_within(starts_at, ends_at, LONGEST, SchedulingError::TooLong)
}

/// The same up to another length, and what to say of a longer one.
pub(super) fn validate_within(
    starts_at: Timestamp,
    ends_at: Timestamp,
    longest: SignedDuration,
    too_long: SchedulingError,
) -> Result<(), SchedulingError> {
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
    if length > longest {
        return Err(too_long);
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

/// Whether a pattern belongs to an appointment of so many minutes: none, or a letter for each 5 of them.
pub fn validate_pattern(pattern: &str, minutes: i64) -> Result<(), SchedulingError> {
    let letters = pattern.bytes().all(|letter| matches!(letter, b'D' | b'A'));
    let steps = i64::try_from(pattern.len()).unwrap_or(i64::MAX);
    match pattern.is_empty() || letters && steps.checked_mul(5) == Some(minutes) {
        true => Ok(()),
        false => Err(SchedulingError::PatternMismatch),
    }
}

/// The pattern of an appointment that gets another length: cut at its end, or drawn out by its last letter. A length
/// that is no multiple of 5 minutes has no pattern: the doctor is there throughout.
pub fn fit_pattern(pattern: &str, length: SignedDuration) -> String {
    let Some(last) = pattern.chars().last() else { return String::new() };
    if length.as_secs() % PATTERN_STEP.as_secs() != 0 {
        return String::new();
    }
    let steps = usize::try_from(length.as_secs() / PATTERN_STEP.as_secs()).unwrap_or_default();
    pattern.chars().chain(std::iter::repeat(last)).take(steps).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(1_795_000_020 + minute * 60).unwrap()
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
    fn a_pattern_follows_the_length() {
        let minutes = SignedDuration::from_mins;
        for (pattern, length, fitted) in [
            ("", 30, ""),
            ("ADDA", 20, "ADDA"),
            ("ADDA", 10, "AD"),
            ("ADDA", 30, "ADDAAA"),
            ("AADD", 30, "AADDDD"),
            ("ADDA", 17, ""),
        ] {
            assert_eq!(fit_pattern(pattern, minutes(length)), fitted, "{pattern} {length}");
        }
    }

    proptest! {
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
    }
}
