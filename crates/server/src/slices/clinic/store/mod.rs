//! All SQL of the clinic's set-up.

pub mod closures;
pub mod drugs;
pub mod hours;
pub mod places;
pub mod procedures;
pub mod set_up;
pub mod settings;
