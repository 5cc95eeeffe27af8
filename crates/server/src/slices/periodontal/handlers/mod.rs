//! The operations of periodontal exams.

pub mod entry;
pub mod exams;
pub mod reading;
