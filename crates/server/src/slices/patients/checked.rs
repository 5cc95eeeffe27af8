//! What was typed about a patient, checked: the rules of registration and of a change alike.

use dentpro_core::ids::PatientId;
use dentpro_core::national_id::{self, RegisteredSex};
use dentpro_core::phone::Phone;
use dentpro_core::text::search_document;
use dentpro_core::time::{LocalTimeError, parse_date};
use jiff::civil::Date;

use super::api::{
    NewPatient, NewPhone, PatientPatch, PatientStatus, PhoneEntry, PreferredLanguage, ReminderChannel, Sex,
};
use crate::kernel::error::ApiError;
use crate::kernel::patch::Patch;
use crate::kernel::text;

/// Letters a name has at most.
pub const NAME: usize = 200;
const LONG: usize = 2000;
const MAX_PHONES: usize = 10;

/// What else the rules look at.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'a> {
    /// The clinic's, ISO 3166.
    pub country: &'a str,
    pub today: Date,
}

/// A patient's own data as it is stored.
#[derive(Clone, Debug)]
pub struct Registration {
    pub name_ar: String,
    pub name_en: String,
    pub birth_date: Option<Date>,
    pub sex: Sex,
    pub phones: Vec<PhoneEntry>,
    pub email: Option<String>,
    pub national_id: Option<String>,
    pub address: Option<String>,
    pub notes: Option<String>,
    pub preferred_language: Option<PreferredLanguage>,
    pub reminder_channel: Option<ReminderChannel>,
    pub reminders_off: bool,
    pub guardian_id: Option<PatientId>,
    pub guarantor_id: Option<PatientId>,
    pub status: PatientStatus,
}

impl Registration {
    /// A new patient.
    pub fn of(new: NewPatient, around: Surroundings<'_>) -> Result<Self, ApiError> {
        let mut patient = Self {
            name_ar: new.name_ar.unwrap_or_default(),
            name_en: new.name_en.unwrap_or_default(),
            birth_date: birth_date(new.birth_date, around)?,
            sex: new.sex.unwrap_or(Sex::Unknown),
            phones: phones(new.phones, around)?,
            email: email(new.email)?,
            national_id: None,
            address: text::optional_paragraphs(new.address, "/address", LONG)?,
            notes: text::optional_paragraphs(new.notes, "/notes", LONG)?,
            preferred_language: new.preferred_language,
            reminder_channel: new.reminder_channel,
            reminders_off: new.reminders_off,
            guardian_id: new.guardian_id,
            guarantor_id: new.guarantor_id,
            status: PatientStatus::Active,
        };
        patient.identify(new.national_id, around)?;
        patient.whole()
    }

    /// The patient after a change.
    pub fn patched(mut self, patch: PatientPatch, around: Surroundings<'_>) -> Result<Self, ApiError> {
        self.name_ar = patch.name_ar.over(Some(self.name_ar)).unwrap_or_default();
        self.name_en = patch.name_en.over(Some(self.name_en)).unwrap_or_default();
        self.birth_date =
            patch.birth_date.try_map(|date| read_birth_date(&date, around))?.over(self.birth_date);
        self.sex = patch.sex.over_required(self.sex, "/sex")?;
        self.phones =
            patch.phones.try_map(|list| phones(list, around))?.over(Some(self.phones)).unwrap_or_default();
        self.email = email(patch.email.over(self.email))?;
        self.address = text::optional_paragraphs(patch.address.over(self.address), "/address", LONG)?;
        self.notes = text::optional_paragraphs(patch.notes.over(self.notes), "/notes", LONG)?;
        self.preferred_language = patch.preferred_language.over(self.preferred_language);
        self.reminder_channel = patch.reminder_channel.over(self.reminder_channel);
        self.reminders_off = patch.reminders_off.over_required(self.reminders_off, "/reminders_off")?;
        self.guardian_id = patch.guardian_id.over(self.guardian_id);
        self.guarantor_id = patch.guarantor_id.over(self.guarantor_id);
        self.status = patch.status.over_required(self.status, "/status")?;
        match patch.national_id {
            Patch::Absent => {}
            Patch::Null => self.national_id = None,
            Patch::Value(typed) => self.identify(Some(typed), around)?,
        }
        self.whole()
    }

    /// Reads the national id; it knows birth date and sex where nobody said them.
    fn identify(&mut self, typed: Option<String>, around: Surroundings<'_>) -> Result<(), ApiError> {
        let Some(typed) = text::optional_line(typed, "/national_id", 60)? else {
            self.national_id = None;
            return Ok(());
        };
        let id = national_id::check(around.country, &typed)
            .map_err(|e| ApiError::invalid("/national_id", e.code()))?;
        if id.birth_date.is_some_and(|born| born > around.today) {
            return Err(ApiError::invalid("/national_id", "national_id.bad_birth_date"));
        }
        self.birth_date = self.birth_date.or(id.birth_date);
        if self.sex == Sex::Unknown {
            self.sex = match id.sex {
                Some(RegisteredSex::Male) => Sex::Male,
                Some(RegisteredSex::Female) => Sex::Female,
                None => Sex::Unknown,
            };
        }
        self.national_id = Some(id.normalized);
        Ok(())
    }

    /// What has to hold of the parts together.
    fn whole(mut self) -> Result<Self, ApiError> {
        (self.name_ar, self.name_en) = text::names(&self.name_ar, &self.name_en, NAME)?;
        if self.phones.is_empty() && self.guardian_id.is_none() {
            return Err(ApiError::invalid("/phones", "patients.phone_or_guardian_needed"));
        }
        Ok(self)
    }

    /// What the patient is found by.
    pub fn search_document(&self, file_number: &str) -> String {
        let phones: Vec<&str> = self.phones.iter().map(|phone| phone.number.as_str()).collect();
        let national_id = self.national_id.as_deref().unwrap_or_default();
        search_document(&self.name_ar, &self.name_en, &phones, file_number, national_id)
    }
}

/// A date of the body within the years that people are born and due in.
pub fn read_date(typed: &str, pointer: &str) -> Result<Date, ApiError> {
    parse_date(typed).map_err(|e| {
        let code =
            if e == LocalTimeError::OutOfRange { "request.date_out_of_range" } else { "request.wrong_type" };
        ApiError::invalid(pointer, code)
    })
}

fn birth_date(typed: Option<String>, around: Surroundings<'_>) -> Result<Option<Date>, ApiError> {
    typed.map(|date| read_birth_date(&date, around)).transpose()
}

fn read_birth_date(typed: &str, around: Surroundings<'_>) -> Result<Date, ApiError> {
    let date = read_date(typed, "/birth_date")?;
    if date > around.today {
        return Err(ApiError::invalid("/birth_date", "patients.birth_date_in_future"));
    }
    Ok(date)
}

/// A telephone of a body in E.164.
pub fn read_phone(typed: &str, pointer: &str, country: &str) -> Result<String, ApiError> {
    let typed = text::required_line(typed, pointer, 60)?;
    let phone = Phone::parse(&typed, country).map_err(|e| ApiError::invalid(pointer, e.code()))?;
    Ok(phone.as_e164().to_owned())
}

/// The same number twice is one.
fn phones(typed: Vec<NewPhone>, around: Surroundings<'_>) -> Result<Vec<PhoneEntry>, ApiError> {
    if typed.len() > MAX_PHONES {
        return Err(ApiError::invalid("/phones", "patients.too_many_phones"));
    }
    let mut phones: Vec<PhoneEntry> = Vec::with_capacity(typed.len());
    for (index, phone) in typed.into_iter().enumerate() {
        let number = read_phone(&phone.number, &format!("/phones/{index}/number"), around.country)?;
        let label = text::optional_line(phone.label, &format!("/phones/{index}/label"), 40)?;
        if phones.iter().all(|known| known.number != number) {
            let label = label.unwrap_or_else(|| "mobile".to_owned());
            phones.push(PhoneEntry { number, label, whatsapp: phone.whatsapp });
        }
    }
    Ok(phones)
}

fn email(typed: Option<String>) -> Result<Option<String>, ApiError> {
    let Some(email) = text::optional_line(typed, "/email", 254)? else { return Ok(None) };
    let well_formed = email.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty()
            && host.contains('.')
            && !host.contains('@')
            && !host.starts_with('.')
            && !host.ends_with('.')
    });
    if !well_formed || email.chars().any(char::is_whitespace) {
        return Err(ApiError::invalid("/email", "patients.email_malformed"));
    }
    Ok(Some(email))
}
