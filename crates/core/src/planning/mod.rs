//! Treatment plans: what is proposed, what stands of it, what it costs whom, and how it is told to the patient.

mod estimate;
mod standing;
mod suggestions;
mod wording;

pub use estimate::{Estimate, EstimateInput, estimate, sum};
pub use standing::{
    Answer, AnswerMethod, ItemStanding, PlanStanding, Relation, Shown, Validity, decide, leads,
    may_be_answered, standing, validity,
};
pub use suggestions::{Fit, SuggestionRow, TeethFit, suggested};
pub use wording::{Place, place_words};

use crate::wire_enum::wire_enum;

wire_enum! {
    /// What was decided about a plan as a whole.
    pub enum PlanStatus {
        Draft = "draft",
        Presented = "presented",
        /// In whole or in part: its items say which.
        Accepted = "accepted",
        Declined = "declined",
        /// Given up by the clinic.
        Withdrawn = "withdrawn",
    }
}

wire_enum! {
    /// Where an item of a plan stands.
    pub enum PlanItemStatus {
        Proposed = "proposed",
        Accepted = "accepted",
        Declined = "declined",
        Completed = "completed",
        /// Taken out of the plan.
        Withdrawn = "withdrawn",
    }
}

impl PlanItemStatus {
    /// Still to be done, as far as anybody has said.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Proposed | Self::Accepted)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    #[error("the plan was never presented")]
    NotPresented,
    #[error("the plan was changed after it was presented")]
    Changed,
    #[error("the offer has expired")]
    Expired,
    #[error("the plan was answered already")]
    Answered,
    #[error("the plan is closed")]
    Closed,
    #[error("an accepted item is not among those that were presented")]
    UnknownItem,
    #[error("nothing is accepted")]
    NothingAccepted,
}

impl PlanError {
    pub fn code(self) -> &'static str {
        match self {
            Self::NotPresented => "planning.not_presented",
            Self::Changed => "planning.plan_changed",
            Self::Expired => "planning.offer_expired",
            Self::Answered => "planning.already_answered",
            Self::Closed => "planning.plan_closed",
            Self::UnknownItem => "planning.item_not_presented",
            Self::NothingAccepted => "planning.nothing_accepted",
        }
    }
}
