//! The operations of the appointment book.

pub mod load;
pub mod follow_up;
pub mod read;
pub mod write;
