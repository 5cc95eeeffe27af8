//! What a clinic does, a folder each.
pub mod audit;
pub mod billing;
pub mod charting;
pub mod clinic;
pub mod identity;
pub mod interop;
pub mod notifications;
pub mod patients;
pub mod periodontal;
pub mod planning;
pub mod recalls;
pub mod records;
pub mod scheduling;
pub mod worklists;
