//! The operations of visits: the visit itself, and what hangs on it.

pub mod parts;
pub mod visits;
