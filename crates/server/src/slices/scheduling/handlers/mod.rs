//! The operations of the appointment book.

pub mod read;
pub mod write;
