//! All SQL of the messages to patients.

pub mod deliveries;
pub mod facts;
pub mod links;
pub mod providers;
pub mod rules;
pub mod seed;
pub mod settings;
