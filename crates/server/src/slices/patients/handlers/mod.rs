//! The operations on patients.

pub mod allergies;
pub mod conditions;
pub mod contacts;
mod entries;
pub mod found;
pub mod history;
pub mod medications;
pub mod overview;
pub mod registration;
pub mod timeline;

use dentpro_core::ids::PatientId;
use dentpro_core::money::Money;
use dentpro_core::permissions::Permission;
use dentpro_core::time::{age_on, rfc3339_in};
use jiff::Timestamp;
use jiff::civil::Date;

use super::api::Patient;
use super::checked::Surroundings;
use super::store;
use super::store::registration::StoredPatient;
use crate::kernel::actor::Actor;
use crate::kernel::clock::Clock;
use crate::kernel::db::Tx;
use crate::kernel::error::ApiError;
use crate::kernel::live::{Announcement, Change};

/// What the rules of registration look at.
fn around<'a>(actor: &'a Actor, clock: &Clock) -> Surroundings<'a> {
    Surroundings { country: &actor.facts.country, today: clock.today(&actor.facts.time_zone) }
}

/// An instant on the clinic's clock.
fn instant(actor: &Actor, at: Timestamp) -> String {
    rfc3339_in(at, &actor.facts.time_zone)
}

/// An amount in the clinic's currency.
fn money(actor: &Actor, minor: i64) -> Result<Money, ApiError> {
    Ok(Money::new(minor, actor.facts.currency()?))
}

fn age(born: Option<Date>, today: Date) -> Option<u16> {
    born.map(|date| age_on(date, today).years)
}

/// A patient as the actor may see it.
fn shown(actor: &Actor, clock: &Clock, stored: StoredPatient) -> Patient {
    let reads_history = actor.may(Permission::PatientsReadHistory);
    let data = stored.registration;
    Patient {
        id: stored.id,
        file_number: stored.file_number,
        name_ar: data.name_ar,
        name_en: data.name_en,
        birth_date: data.birth_date,
        age_years: age(data.birth_date, clock.today(&actor.facts.time_zone)),
        sex: data.sex,
        phones: data.phones,
        email: data.email,
        national_id: data.national_id,
        address: data.address,
        notes: data.notes,
        preferred_language: data.preferred_language,
        reminder_channel: data.reminder_channel,
        reminders_off: data.reminders_off,
        guardian_id: data.guardian_id,
        guardian: stored.guardian,
        guarantor_id: data.guarantor_id,
        guarantor: stored.guarantor,
        status: data.status,
        merged_into: None,
        smoking: reads_history.then_some(stored.smoking),
        pregnancy: reads_history.then_some(stored.pregnancy),
        pregnancy_due: stored.pregnancy_due.filter(|_| reads_history),
        created_at: instant(actor, stored.created_at),
        version: stored.version,
    }
}

/// Tells every browser that looks at the patient.
async fn announce(tx: &mut Tx, patient: PatientId) -> Result<(), ApiError> {
    let what = Announcement {
        entity: Some(patient.uuid()),
        patient: Some(patient.uuid()),
        ..Announcement::default()
    };
    Ok(tx.announce(Change::Patient, what).await?)
}

/// Locks the patient whose record grows; 404 when there is none such.
async fn locked(tx: &mut Tx, patient: PatientId) -> Result<i32, ApiError> {
    store::registration::lock(tx, patient).await?.ok_or_else(ApiError::not_found)
}
