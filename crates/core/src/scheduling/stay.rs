//! How long a patient waited and sat in the chair, out of the changes of status.

use jiff::Timestamp;

use super::AppointmentStatus;

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
                AppointmentStatus::CheckedOut => {}
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

#[cfg(test)]
mod tests {
    use super::AppointmentStatus::*;
    use super::*;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(1_795_000_020 + minute * 60).unwrap()
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
}
