//! All SQL of the patients.

pub mod allergies;
pub mod conditions;
pub mod contacts;
pub mod found;
pub mod history;
pub mod medications;
pub mod overview;
pub mod registration;
pub mod timeline;
