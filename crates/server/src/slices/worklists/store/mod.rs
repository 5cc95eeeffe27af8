//! All SQL of the worklists.

mod contacts;
mod counts;
mod lists;
mod offers;
mod waitlist;

pub use contacts::*;
pub use counts::counts;
pub use lists::*;
pub use offers::*;
pub use waitlist::*;
