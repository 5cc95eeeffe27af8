//! Appointments: their life from booking to leaving, how long they may be, whose time they take, and when a
//! doctor works.

mod hours;
mod length;
mod lifecycle;
mod openings;
mod repeat;
mod series;
mod stay;

pub use hours::*;
pub use length::*;
pub use lifecycle::*;
pub use openings::*;
pub use repeat::*;
pub use series::*;
pub use stay::*;

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
    #[error("one act books at most 60 appointments")]
    TooManyAtOnce,
    #[error("several appointments are at least 2")]
    TooFewAtOnce,
    #[error("a series repeats every 1 to 366 days, weeks or months")]
    IntervalOutOfRange,
    #[error("a block takes at most 24 hours")]
    BlockTooLong,
    #[error("a series has at most 200 occurrences")]
    SeriesTooLong,
    #[error("the clocks skip this time on one of the days")]
    TimeSkipped,
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
            Self::TooManyAtOnce => "scheduling.too_many_at_once",
            Self::TooFewAtOnce => "scheduling.too_few_at_once",
            Self::IntervalOutOfRange => "scheduling.interval_out_of_range",
            Self::BlockTooLong => "scheduling.block_too_long",
            Self::SeriesTooLong => "scheduling.series_too_long",
            Self::TimeSkipped => "scheduling.time_skipped",
        }
    }
}
