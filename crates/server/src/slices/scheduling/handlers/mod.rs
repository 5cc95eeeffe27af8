//! The operations of the appointment book.

pub mod blocks;
pub mod follow_up;
pub mod holds;
pub mod load;
pub mod openings;
pub mod overbooked;
pub mod read;
pub mod reception;
pub mod together;
pub mod types;
pub mod write;
