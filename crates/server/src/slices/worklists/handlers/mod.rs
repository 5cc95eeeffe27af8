//! The operations of the worklists.

pub mod contacts;
pub mod lists;
pub mod offers;
pub mod waitlist;

use dentpro_core::time::sane_date;
use jiff::Timestamp;

use crate::kernel::actor::Actor;
use crate::kernel::error::{ApiError, ApiResult};

/// Letters a note has at most.
const NOTE: usize = 500;

/// An instant of a body or a query.
fn instant(actor: &Actor, text: &str, pointer: &str) -> ApiResult<Timestamp> {
    // A plus sign that was not escaped in an address arrives as a blank.
    let at: Timestamp = text
        .replace(' ', "+")
        .parse()
        .map_err(|_| ApiError::invalid(pointer, "scheduling.not_an_instant"))?;
    sane_date(actor.facts.time_zone.to_datetime(at).date())
        .map_err(|_| ApiError::invalid(pointer, "request.date_out_of_range"))?;
    Ok(at)
}

/// A word of the database as what it stands for.
fn word<T: std::str::FromStr<Err = dentpro_core::wire_enum::UnknownWord>>(text: &str) -> ApiResult<T> {
    text.parse().map_err(|e| ApiError::internal(Box::new(e)))
}
