//! The operations of the appointment book.

pub mod load;
pub mod read;
pub mod write;
