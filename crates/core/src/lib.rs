//! The rules of a dental clinic as pure functions over values: no I/O, no clock, no randomness.

pub mod billing;
pub mod charting;
pub mod ids;
pub mod money;
pub mod national_id;
pub mod passwords;
pub mod patients;
pub mod periodontal;
pub mod permissions;
pub mod phone;
pub mod planning;
pub mod recalls;
pub mod records;
pub mod reminders;
pub mod scheduling;
pub mod teeth;
pub mod text;
pub mod time;
pub mod wire_enum;
pub mod worklists;
