//! What a message about an appointment says and depends on, read at once.

use dentpro_core::reminders::Channel;
use dentpro_core::scheduling::{AppointmentStatus, Confirmation};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Deserialize;
use sqlx::types::Json;
use uuid::Uuid;

use crate::kernel::db::Tx;
use crate::slices::notifications::wording::Language;

/// A telephone of a patient, as the patients' records keep it.
#[derive(Clone, Debug, Deserialize)]
pub struct PatientPhone {
    pub number: String,
    #[serde(default)]
    pub whatsapp: bool,
}

/// An appointment with everything around it.
#[derive(Clone, Debug)]
pub struct Facts {
    pub appointment: Uuid,
    pub patient: Uuid,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    pub zone: TimeZone,
    pub status: AppointmentStatus,
    pub confirmation: Confirmation,
    pub moves: i32,
    pub version: i32,
    pub patient_ar: String,
    pub patient_en: String,
    /// Active, and not opted out.
    pub patient_reachable: bool,
    /// The patient's own or, where he has none, his guardian's.
    pub email: Option<String>,
    pub phones: Vec<PatientPhone>,
    pub preferred_channel: Option<Channel>,
    pub language: Language,
    pub clinic_ar: String,
    pub clinic_en: String,
    pub doctor_ar: String,
    pub doctor_en: String,
    pub branch_ar: String,
    pub branch_en: String,
    /// The branch's, or the clinic's.
    pub phone: String,
    pub arabic_digits: bool,
    /// When it last changed.
    pub changed_at: Timestamp,
}

impl Facts {
    /// Where a channel reaches the patient.
    pub fn address(&self, channel: Channel) -> Option<&str> {
        match channel {
            Channel::Mail => self.email.as_deref(),
            Channel::Sms => self.phones.first().map(|p| p.number.as_str()),
            Channel::Whatsapp => self.phones.iter().find(|p| p.whatsapp).map(|p| p.number.as_str()),
        }
    }
}

/// The facts of an appointment, unless it is another doctor's and the reader sees only his own.
pub async fn facts(tx: &mut Tx, appointment: Uuid, only_doctor: Option<Uuid>) -> sqlx::Result<Option<Facts>> {
    let clinic = tx.clinic();
    let row = sqlx::query!(
        r#"select
            a.patient_id,
            a.starts_at,
            a.ends_at,
            c.time_zone,
            a.status,
            a.confirmation,
            a.moves,
            a.version,
            p.name_ar as patient_ar,
            p.name_en as patient_en,
            p.status = 'active' and not p.reminders_off as "reachable!",
            coalesce(p.email, g.email) as email,
            case when p.phones = '[]' then coalesce(g.phones, p.phones) else p.phones end
                as "phones!: Json<Vec<PatientPhone>>",
            p.reminder_channel,
            coalesce(p.preferred_language, g.preferred_language, c.languages[1], 'en') as "language!",
            c.name_ar as clinic_ar,
            c.name_en as clinic_en,
            c.digits,
            d.name_ar as doctor_ar,
            d.name_en as doctor_en,
            b.name_ar as branch_ar,
            b.name_en as branch_en,
            coalesce(b.phone, c.phone, '') as "phone!",
            coalesce((
                select max(e.at) from appointment_event e
                where e.clinic_id = a.clinic_id and e.appointment_id = a.id), a.created_at) as "changed_at!"
        from appointment a
        join clinic c on c.clinic_id = a.clinic_id
        join patient p on p.clinic_id = a.clinic_id and p.id = a.patient_id
        left join patient g on g.clinic_id = p.clinic_id and g.id = p.guardian_id
        join staff d on d.clinic_id = a.clinic_id and d.id = a.doctor_id
        join branch b on b.clinic_id = a.clinic_id and b.id = a.branch_id
        where a.clinic_id = $1 and a.id = $2 and ($3::uuid is null or a.doctor_id = $3)"#,
        clinic,
        appointment,
        only_doctor
    )
    .fetch_optional(&mut **tx)
    .await?;
    let unknown = |e: dentpro_core::wire_enum::UnknownWord| sqlx::Error::Decode(Box::new(e));
    row.map(|r| {
        Ok(Facts {
            appointment,
            patient: r.patient_id,
            starts_at: r.starts_at.to_jiff(),
            ends_at: r.ends_at.to_jiff(),
            zone: dentpro_core::time::zone(&r.time_zone).unwrap_or(TimeZone::UTC),
            status: r.status.parse().map_err(unknown)?,
            confirmation: r.confirmation.parse().map_err(unknown)?,
            moves: r.moves,
            version: r.version,
            patient_ar: r.patient_ar,
            patient_en: r.patient_en,
            patient_reachable: r.reachable,
            email: r.email,
            phones: r.phones.0,
            preferred_channel: r.reminder_channel.and_then(|word| word.parse().ok()),
            language: Language::of(&r.language),
            clinic_ar: r.clinic_ar,
            clinic_en: r.clinic_en,
            doctor_ar: r.doctor_ar,
            doctor_en: r.doctor_en,
            branch_ar: r.branch_ar,
            branch_en: r.branch_en,
            phone: r.phone,
            arabic_digits: r.digits == "arabic",
            changed_at: r.changed_at.to_jiff(),
        })
    })
    .transpose()
}

/// A made-up appointment at the transaction's clinic, three days from now at half past ten.
pub async fn sample(tx: &mut Tx, now: Timestamp) -> sqlx::Result<Facts> {
    let clinic = tx.clinic();
    let row = sqlx::query!(
        r#"select
            c.name_ar,
            c.name_en,
            c.time_zone,
            c.digits,
            b.name_ar as "branch_ar?",
            b.name_en as "branch_en?",
            coalesce(b.phone, c.phone, '') as "phone!"
        from clinic c
        left join lateral (
            select name_ar, name_en, phone from branch
            where branch.clinic_id = c.clinic_id and branch.active
            order by position, created_at, id limit 1) b on true
        where c.clinic_id = $1"#,
        clinic
    )
    .fetch_one(&mut **tx)
    .await?;
    let zone = dentpro_core::time::zone(&row.time_zone).unwrap_or(TimeZone::UTC);
    let day = zone.to_datetime(now).date().saturating_add(jiff::Span::new().days(3));
    let starts_at = zone.to_ambiguous_timestamp(day.at(10, 30, 0, 0)).compatible().unwrap_or(now);
    Ok(Facts {
        appointment: Uuid::nil(),
        patient: Uuid::nil(),
        starts_at,
        ends_at: starts_at,
        zone,
        status: AppointmentStatus::Scheduled,
        confirmation: Confirmation::Unconfirmed,
        moves: 0,
        version: 1,
        patient_ar: "منى أحمد".to_owned(),
        patient_en: "Mona Ahmed".to_owned(),
        patient_reachable: true,
        email: None,
        phones: Vec::new(),
        preferred_channel: None,
        language: Language::Arabic,
        clinic_ar: row.name_ar,
        clinic_en: row.name_en,
        doctor_ar: "د. هدى سالم".to_owned(),
        doctor_en: "Dr Hoda Salem".to_owned(),
        branch_ar: row.branch_ar.unwrap_or_default(),
        branch_en: row.branch_en.unwrap_or_default(),
        phone: row.phone,
        arabic_digits: row.digits == "arabic",
        changed_at: now,
    })
}
