//! A patient's own data.

use dentpro_core::ids::PatientId;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::kernel::patch::Patch;

/// Words of the database and the wire alike.
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($variant:ident),+ })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, ToSchema)]
        #[serde(rename_all = "snake_case")]
        #[sqlx(type_name = "text", rename_all = "snake_case")]
        pub enum $name { $($variant),+ }
    )*};
}
pub(super) use words;

words! {
    /// As registered.
    Sex { Male, Female, Unknown }
    /// An archived patient is found, but not offered in lists.
    PatientStatus { Active, Archived }
    /// The language the patient is written to.
    PreferredLanguage { Ar, En }
    /// The way the patient wants to be written to.
    ReminderChannel { Mail, Sms, Whatsapp }
    /// Whether the patient smokes.
    Smoking { Unknown, Never, Former, Current }
    /// Whether the patient is pregnant.
    Pregnancy { NotApplicable, Unknown, No, Yes }
}

/// A telephone of a patient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PhoneEntry {
    /// E.164: `+201001234567`.
    pub number: String,
    /// Whose or which it is: `mobile`, `home`, `father`.
    pub label: String,
    /// Whether it is on WhatsApp.
    pub whatsapp: bool,
}

/// A telephone as it was typed.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPhone {
    /// As the country dials it, in any digits, or with the country's code.
    pub number: String,
    pub label: Option<String>,
    #[serde(default)]
    pub whatsapp: bool,
}

/// Another patient, by name.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PatientName {
    pub id: PatientId,
    pub name_ar: String,
    pub name_en: String,
}

/// A patient of the clinic.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Patient {
    pub id: PatientId,
    pub file_number: String,
    pub name_ar: String,
    pub name_en: String,
    #[schema(value_type = Option<String>, format = Date)]
    pub birth_date: Option<Date>,
    pub age_years: Option<u16>,
    pub sex: Sex,
    pub phones: Vec<PhoneEntry>,
    pub email: Option<String>,
    pub national_id: Option<String>,
    pub address: Option<String>,
    pub notes: Option<String>,
    pub preferred_language: Option<PreferredLanguage>,
    pub reminder_channel: Option<ReminderChannel>,
    /// The patient wants no reminders.
    pub reminders_off: bool,
    pub guardian_id: Option<PatientId>,
    pub guardian: Option<PatientName>,
    /// Who pays.
    pub guarantor_id: Option<PatientId>,
    pub guarantor: Option<PatientName>,
    pub status: PatientStatus,
    pub merged_into: Option<PatientId>,
    /// Null for who may not read the medical history.
    pub smoking: Option<Smoking>,
    /// Null for who may not read the medical history.
    pub pregnancy: Option<Pregnancy>,
    #[schema(value_type = Option<String>, format = Date)]
    pub pregnancy_due: Option<Date>,
    pub created_at: String,
    pub version: i32,
}

/// A patient to register. A name in one script and a phone are enough; a child without a phone has a guardian.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPatient {
    /// A UUID version 7 made by the client, so that a repeated request is noticed.
    pub id: Option<PatientId>,
    pub name_ar: Option<String>,
    pub name_en: Option<String>,
    #[schema(format = Date)]
    pub birth_date: Option<String>,
    pub sex: Option<Sex>,
    #[serde(default)]
    pub phones: Vec<NewPhone>,
    pub email: Option<String>,
    pub national_id: Option<String>,
    pub address: Option<String>,
    pub notes: Option<String>,
    pub preferred_language: Option<PreferredLanguage>,
    pub reminder_channel: Option<ReminderChannel>,
    #[serde(default)]
    pub reminders_off: bool,
    pub guardian_id: Option<PatientId>,
    pub guarantor_id: Option<PatientId>,
}

/// What changes at a patient. `phones` replaces the whole list.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PatientPatch {
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub name_ar: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub name_en: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub birth_date: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<Sex>)]
    pub sex: Patch<Sex>,
    #[serde(default)]
    #[schema(value_type = Option<Vec<NewPhone>>)]
    pub phones: Patch<Vec<NewPhone>>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub email: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub national_id: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub address: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub notes: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<PreferredLanguage>)]
    pub preferred_language: Patch<PreferredLanguage>,
    #[serde(default)]
    #[schema(value_type = Option<ReminderChannel>)]
    pub reminder_channel: Patch<ReminderChannel>,
    #[serde(default)]
    #[schema(value_type = Option<bool>)]
    pub reminders_off: Patch<bool>,
    #[serde(default)]
    #[schema(value_type = Option<PatientId>)]
    pub guardian_id: Patch<PatientId>,
    #[serde(default)]
    #[schema(value_type = Option<PatientId>)]
    pub guarantor_id: Patch<PatientId>,
    #[serde(default)]
    #[schema(value_type = Option<PatientStatus>)]
    pub status: Patch<PatientStatus>,
}
