//! The operations of the appointment book.

pub mod holds;
pub mod load;
pub mod openings;
pub mod overbooked;
pub mod read;
pub mod together;
pub mod write;
