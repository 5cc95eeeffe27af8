//! Where a plan stands, whether what the patient was shown or signed still holds, and what an answer of his decides.

use std::collections::BTreeSet;

use jiff::civil::Date;
use uuid::Uuid;

use super::{PlanError, PlanItemStatus, PlanStatus};
use crate::wire_enum::wire_enum;

wire_enum! {
    /// What a list says of a plan.
    pub enum PlanStanding {
        Draft = "draft",
        Presented = "presented",
        Accepted = "accepted",
        PartlyAccepted = "partly_accepted",
        InProgress = "in_progress",
        Completed = "completed",
        Declined = "declined",
        Withdrawn = "withdrawn",
    }
}

wire_enum! {
    /// Whether what the patient was last shown still is the plan.
    pub enum Validity {
        NotPresented = "not_presented",
        Valid = "valid",
        /// Nobody answered in time.
        Expired = "expired",
        /// The plan was changed since.
        NoLongerValid = "no_longer_valid",
    }
}

wire_enum! {
    /// The patient's answer to a plan.
    pub enum Answer {
        Accepted = "accepted",
        Declined = "declined",
    }
}

wire_enum! {
    /// How an answer was given.
    pub enum AnswerMethod {
        /// Signed on the clinic's screen.
        Screen = "screen",
        /// Signed over a link.
        Link = "link",
        /// Said, and written down by the staff.
        Word = "word",
    }
}

wire_enum! {
    /// Who answers.
    pub enum Relation {
        Patient = "patient",
        /// A parent, or who has the care of the patient.
        Guardian = "guardian",
    }
}

/// An item as far as its plan's standing goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ItemStanding {
    pub id: Uuid,
    pub status: PlanItemStatus,
    pub sessions_done: u32,
}

/// What was last shown to the patient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    /// The plan's revision that was shown.
    pub revision: i32,
    pub valid_until: Date,
    /// Whether it was answered.
    pub answered: bool,
}

/// Where a plan stands, from what was decided and what is done of it.
pub fn standing(status: PlanStatus, items: &[ItemStanding]) -> PlanStanding {
    let kept = || items.iter().filter(|item| item.status != PlanItemStatus::Withdrawn);
    let any = |status: PlanItemStatus| kept().any(|item| item.status == status);
    let begun = any(PlanItemStatus::Completed) || kept().any(|item| item.sessions_done > 0);
    let open = kept().any(|item| item.status.is_open());
    match status {
        PlanStatus::Withdrawn => PlanStanding::Withdrawn,
        PlanStatus::Declined => PlanStanding::Declined,
        _ if begun && !open => PlanStanding::Completed,
        _ if begun => PlanStanding::InProgress,
        PlanStatus::Draft => PlanStanding::Draft,
        PlanStatus::Presented => PlanStanding::Presented,
        PlanStatus::Accepted if any(PlanItemStatus::Declined) || any(PlanItemStatus::Proposed) => {
            PlanStanding::PartlyAccepted
        }
        PlanStatus::Accepted => PlanStanding::Accepted,
    }
}

/// Whether what was shown still is the plan of this revision, on this day.
pub fn validity(revision: i32, shown: Option<Shown>, today: Date) -> Validity {
    match shown {
        None => Validity::NotPresented,
        Some(shown) if shown.revision != revision => Validity::NoLongerValid,
        Some(shown) if !shown.answered && today > shown.valid_until => Validity::Expired,
        Some(_) => Validity::Valid,
    }
}

/// Whether the patient may answer what he was shown.
pub fn may_be_answered(
    status: PlanStatus,
    revision: i32,
    shown: Option<Shown>,
    today: Date,
) -> Result<(), PlanError> {
    if matches!(status, PlanStatus::Declined | PlanStatus::Withdrawn) {
        return Err(PlanError::Closed);
    }
    match validity(revision, shown, today) {
        Validity::NotPresented => Err(PlanError::NotPresented),
        Validity::NoLongerValid => Err(PlanError::Changed),
        Validity::Valid if shown.is_some_and(|shown| shown.answered) => Err(PlanError::Answered),
        Validity::Expired => Err(PlanError::Expired),
        Validity::Valid => Ok(()),
    }
}

/// What an answer makes of the open items that were presented: with `Accepted` and no list all of them are accepted,
/// with a list those in it, and the others are declined. What is completed stays completed.
pub fn decide(
    answer: Answer,
    accepted: Option<&BTreeSet<Uuid>>,
    items: &[ItemStanding],
) -> Result<Vec<(Uuid, PlanItemStatus)>, PlanError> {
    let open: Vec<&ItemStanding> = items.iter().filter(|item| item.status.is_open()).collect();
    if answer == Answer::Declined {
        return Ok(open.iter().map(|item| (item.id, PlanItemStatus::Declined)).collect());
    }
    if let Some(accepted) = accepted
        && accepted.iter().any(|id| !open.iter().any(|item| item.id == *id))
    {
        return Err(PlanError::UnknownItem);
    }
    let decided: Vec<_> = open
        .iter()
        .map(|item| {
            let taken = accepted.is_none_or(|accepted| accepted.contains(&item.id));
            (item.id, if taken { PlanItemStatus::Accepted } else { PlanItemStatus::Declined })
        })
        .collect();
    if decided.iter().any(|(_, status)| *status == PlanItemStatus::Accepted) {
        Ok(decided)
    } else {
        Err(PlanError::NothingAccepted)
    }
}

/// Of the plans of one option group, in the order in which they were made, the one whose work the chart shows: the
/// accepted one, or else the first that nobody has turned down.
pub fn leads(group: &[(Uuid, PlanStatus)]) -> Option<Uuid> {
    let first =
        |wanted: &dyn Fn(PlanStatus) -> bool| group.iter().find(|(_, s)| wanted(*s)).map(|(id, _)| *id);
    first(&|status| status == PlanStatus::Accepted)
        .or_else(|| first(&|status| matches!(status, PlanStatus::Draft | PlanStatus::Presented)))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use PlanItemStatus as I;
    use PlanStatus as P;

    fn items(statuses: &[I]) -> Vec<ItemStanding> {
        let item = |(at, status): (usize, &I)| ItemStanding {
            id: Uuid::from_u128(at as u128 + 1),
            status: *status,
            sessions_done: 0,
        };
        statuses.iter().enumerate().map(item).collect()
    }

    fn shown(revision: i32, answered: bool) -> Shown {
        Shown { revision, valid_until: date(2026, 12, 1), answered }
    }

    #[test]
    fn a_plan_stands_where_its_items_stand() {
        for (status, of, expected) in [
            (P::Draft, &[I::Proposed][..], PlanStanding::Draft),
            (P::Presented, &[I::Proposed], PlanStanding::Presented),
            (P::Accepted, &[I::Accepted, I::Withdrawn], PlanStanding::Accepted),
            (P::Accepted, &[I::Accepted, I::Declined], PlanStanding::PartlyAccepted),
            (P::Accepted, &[I::Accepted, I::Proposed], PlanStanding::PartlyAccepted),
            (P::Accepted, &[I::Accepted, I::Completed], PlanStanding::InProgress),
            (P::Accepted, &[I::Declined, I::Completed], PlanStanding::Completed),
            (P::Draft, &[I::Completed], PlanStanding::Completed),
            (P::Declined, &[I::Declined], PlanStanding::Declined),
            (P::Withdrawn, &[I::Completed], PlanStanding::Withdrawn),
            (P::Draft, &[], PlanStanding::Draft),
        ] {
            assert_eq!(standing(status, &items(of)), expected, "{status} {of:?}");
        }
        let mut begun = items(&[I::Accepted]);
        begun[0].sessions_done = 1;
        assert_eq!(standing(P::Accepted, &begun), PlanStanding::InProgress);
    }

    #[test]
    fn a_change_ends_what_was_shown_and_a_signature_outlives_its_date() {
        let (before, after) = (date(2026, 12, 1), date(2026, 12, 2));
        assert_eq!(validity(3, None, before), Validity::NotPresented);
        assert_eq!(validity(3, Some(shown(3, false)), before), Validity::Valid);
        assert_eq!(validity(3, Some(shown(3, false)), after), Validity::Expired);
        assert_eq!(validity(3, Some(shown(3, true)), after), Validity::Valid);
        assert_eq!(validity(4, Some(shown(3, true)), before), Validity::NoLongerValid);
    }

    #[test]
    fn only_what_is_shown_current_and_open_is_answered() {
        let today = date(2026, 12, 1);
        let may = |status, revision, shown, day| {
            may_be_answered(status, revision, shown, day).map_err(|e| e.code())
        };
        assert_eq!(may(P::Presented, 1, Some(shown(1, false)), today), Ok(()));
        assert_eq!(may(P::Draft, 1, None, today), Err("planning.not_presented"));
        assert_eq!(may(P::Presented, 2, Some(shown(1, false)), today), Err("planning.plan_changed"));
        assert_eq!(
            may(P::Presented, 1, Some(shown(1, false)), date(2026, 12, 2)),
            Err("planning.offer_expired")
        );
        assert_eq!(may(P::Accepted, 1, Some(shown(1, true)), today), Err("planning.already_answered"));
        assert_eq!(may(P::Accepted, 2, Some(shown(2, false)), today), Ok(()));
        assert_eq!(may(P::Withdrawn, 1, Some(shown(1, false)), today), Err("planning.plan_closed"));
    }

    #[test]
    fn a_part_may_be_accepted_and_what_was_not_shown_may_not() {
        let of = items(&[I::Proposed, I::Proposed, I::Completed, I::Withdrawn]);
        let id = |n: u128| Uuid::from_u128(n);
        let accept = |ids: &[u128]| {
            decide(Answer::Accepted, Some(&ids.iter().map(|n| id(*n)).collect()), &of).map_err(|e| e.code())
        };
        assert_eq!(accept(&[1]), Ok(vec![(id(1), I::Accepted), (id(2), I::Declined)]));
        assert_eq!(accept(&[4]), Err("planning.item_not_presented"));
        assert_eq!(accept(&[]), Err("planning.nothing_accepted"));
        assert_eq!(decide(Answer::Accepted, None, &of).unwrap().len(), 2);
        let declined = decide(Answer::Declined, None, &of).unwrap();
        assert!(declined.iter().all(|(_, status)| *status == I::Declined) && declined.len() == 2);
    }

    #[test]
    fn the_accepted_option_leads_and_before_that_the_first_one_still_standing() {
        let (a, b, c) = (Uuid::from_u128(1), Uuid::from_u128(2), Uuid::from_u128(3));
        assert_eq!(leads(&[(a, P::Draft), (b, P::Presented)]), Some(a));
        assert_eq!(leads(&[(a, P::Presented), (b, P::Accepted)]), Some(b));
        assert_eq!(leads(&[(a, P::Declined), (b, P::Withdrawn), (c, P::Draft)]), Some(c));
        assert_eq!(leads(&[(a, P::Declined)]), None);
    }

    proptest! {
        #[test]
        fn an_answer_leaves_nothing_open_and_undoes_nothing(
            statuses in proptest::collection::vec(0usize..5, 0..12), taken in proptest::collection::btree_set(1u128..12, 0..12),
        ) {
            let of = items(&statuses.iter().map(|at| I::ALL[*at]).collect::<Vec<_>>());
            let taken: BTreeSet<Uuid> = taken.into_iter().map(Uuid::from_u128).collect();
            if let Ok(decided) = decide(Answer::Accepted, Some(&taken), &of) {
                let open: Vec<Uuid> = of.iter().filter(|i| i.status.is_open()).map(|i| i.id).collect();
                prop_assert_eq!(decided.iter().map(|(id, _)| *id).collect::<Vec<_>>(), open);
                for (id, status) in decided {
                    prop_assert_eq!(status == I::Accepted, taken.contains(&id));
                }
            }
        }
    }
}
