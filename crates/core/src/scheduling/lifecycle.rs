//! The way of an appointment from booking to leaving, and whose slot it holds meanwhile.

use jiff::{SignedDuration, Timestamp};

use super::SchedulingError;
use crate::wire_enum::wire_enum;

wire_enum! {
    pub enum AppointmentStatus {
        Scheduled = "scheduled",
        Confirmed = "confirmed",
        Arrived = "arrived",
        InChair = "in_chair",
        Completed = "completed",
        /// Done at the desk too: paid, booked again, gone.
        CheckedOut = "checked_out",
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
        AppointmentStatus::CheckedOut => Some(5),
        AppointmentStatus::Cancelled | AppointmentStatus::NoShow | AppointmentStatus::Rescheduled => None,
    }
}

/// Whether an appointment may go from one status to another.
///
/// Steps may be skipped on the way to the chair, but only who sat in the chair is completed, and only who is
/// completed is checked out. Steps back and
/// reopening need a reason. A missed appointment whose patient comes late may go straight to arrived.
pub fn transition(
    from: AppointmentStatus,
    to: AppointmentStatus,
    has_chair: bool,
    reason: Option<&str>,
) -> Result<Transition, SchedulingError> {
    use AppointmentStatus::{
        Arrived, Cancelled, CheckedOut, Completed, Confirmed, InChair, NoShow, Rescheduled, Scheduled,
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
        (Scheduled | Confirmed | Arrived, Completed | CheckedOut) | (InChair, CheckedOut) => {
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

/// Whether a cancellation comes so late that the slot will hardly be filled again: less than the clinic's hours
/// before the start.
pub fn cancelled_late(starts_at: Timestamp, now: Timestamp, late_cancel_hours: i32) -> bool {
    now.duration_until(starts_at) < SignedDuration::from_hours(i64::from(late_cancel_hours))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::AppointmentStatus::*;
    use super::*;

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
            (Completed, CheckedOut, Forward),
            (CheckedOut, Completed, Back),
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
            (InChair, CheckedOut),
            (CheckedOut, Cancelled),
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
        assert!("gone".parse::<AppointmentStatus>().is_err());
    }

    #[test]
    fn a_cancellation_is_late_within_the_clinics_hours() {
        let starts: Timestamp = "2026-11-24T08:00:00Z".parse().unwrap();
        for (now, hours, late) in [
            ("2026-11-23T08:00:00Z", 24, false),
            ("2026-11-23T08:00:01Z", 24, true),
            ("2026-11-24T09:00:00Z", 24, true),
            ("2026-11-24T07:59:00Z", 0, false),
            ("2026-11-24T08:01:00Z", 0, true),
        ] {
            assert_eq!(cancelled_late(starts, now.parse().unwrap(), hours), late, "{now}");
        }
    }

    fn any_status() -> impl Strategy<Value = AppointmentStatus> {
        proptest::sample::select(AppointmentStatus::ALL)
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
                    prop_assert!(made.to != Completed || matches!(status, InChair | CheckedOut));
                    prop_assert!(made.to != CheckedOut || status == Completed);
                    status = made.to;
                }
            }
        }
    }
}
