//! What the operations on patients take and answer.

mod found;
mod history;
mod overview;
mod patient;

pub use found::{
    Duplicate, DuplicateQuery, PatientItem, PatientQuery, SearchHit, SearchHitKind, SearchQuery,
};
pub use history::{
    Allergy, AllergyPatch, Condition, ConditionPatch, EntryStatus, History, HistoryKind, HistoryPatch,
    Medication, MedicationPatch, NewAllergy, NewCondition, NewMedication, NoneKnown, Recorder,
};
pub use overview::{AlertItem, Alerts, Contact, Header, NewContact, TimelineEntry};
pub use patient::{
    NewPatient, NewPhone, Patient, PatientName, PatientPatch, PatientStatus, PhoneEntry, PreferredLanguage,
    Pregnancy, ReminderChannel, Sex, Smoking,
};
