//! The rules of a dental clinic as pure functions over values: no I/O, no clock, no randomness.

pub mod charting;
pub mod ids;
pub mod permissions;
pub mod teeth;
pub mod wire_enum;
