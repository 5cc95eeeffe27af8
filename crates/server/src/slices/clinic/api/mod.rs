//! What the operations of the clinic take and answer.

pub mod catalogue;
pub mod hours;
pub mod places;
pub mod reference;
pub mod settings;
