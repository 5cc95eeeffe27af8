//! The clinical record: what is known of a patient's allergies, what the header warns of, what a drug meets in
//! the patient's allergies, and what a signature covers.

pub mod alerts;
pub mod allergies;
pub mod drug_names;
pub mod signing;

pub use alerts::{Alert, AlertKind, AlertSource, AlertTone, medication_source, order_alerts};
pub use allergies::{
    AllergyConflict, AllergySeverity, AllergyStatus, ConflictLevel, Drug, KnownAllergy, allergy_status,
    conflicts,
};
pub use signing::{SignedEntry, SignedVisit, signing_bytes};
