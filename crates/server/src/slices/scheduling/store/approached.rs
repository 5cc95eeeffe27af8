//! What the system and the patient himself do to an appointment, outside of the book: reminders and their answers.

use dentpro_core::reminders::{Channel, LinkAnswer};
use dentpro_core::scheduling::{AppointmentStatus, Confirmation, transition};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use crate::kernel::clock::Clock;
use crate::kernel::db::Tx;
use crate::kernel::error::ApiResult;
use crate::kernel::live::{Announcement, Change};

/// An appointment whose patient is written to or answers, locked until the transaction ends.
#[derive(Clone, Debug)]
pub struct Approached {
    pub id: Uuid,
    pub patient_id: Uuid,
    pub doctor_id: Uuid,
    pub has_chair: bool,
    pub starts_at: Timestamp,
    pub local_date: Date,
    pub status: AppointmentStatus,
    pub confirmation: Confirmation,
    pub moves: i32,
}

/// The appointment, held for a reminder or an answer.
pub async fn approach(tx: &mut Tx, id: Uuid) -> sqlx::Result<Option<Approached>> {
    let clinic = tx.clinic();
    let row = sqlx::query!(
        "select patient_id, doctor_id, chair_id, starts_at, local_date, status, confirmation, moves
        from appointment
        where clinic_id = $1 and id = $2
        for update",
        clinic,
        id
    )
    .fetch_optional(&mut **tx)
    .await?;
    let decode = |e: dentpro_core::wire_enum::UnknownWord| sqlx::Error::Decode(Box::new(e));
    row.map(|r| {
        Ok(Approached {
            id,
            patient_id: r.patient_id,
            doctor_id: r.doctor_id,
            has_chair: r.chair_id.is_some(),
            starts_at: r.starts_at.to_jiff(),
            local_date: r.local_date.to_jiff(),
            status: r.status.parse().map_err(decode)?,
            confirmation: r.confirmation.parse().map_err(decode)?,
            moves: r.moves,
        })
    })
    .transpose()
}

/// A change that nobody of the staff made.
struct Outside<'a> {
    kind: &'a str,
    from: Option<&'a str>,
    to: &'a str,
    source: &'a str,
}

impl Approached {
    /// A reminder went out; an appointment nobody has answered for yet says so.
    pub async fn reminded(&self, tx: &mut Tx, channel: Channel, clock: &Clock) -> ApiResult<()> {
        let sent = Confirmation::ReminderSent;
        let source = "system";
        self.note(tx, &Outside { kind: "reminder", from: None, to: channel.as_str(), source }, clock).await?;
        if self.confirmation == Confirmation::Unconfirmed {
            self.write(tx, self.status, sent, None).await?;
            let (from, to) = (Some(self.confirmation.as_str()), sent.as_str());
            self.note(tx, &Outside { kind: "confirmation", from, to, source }, clock).await?;
        }
        self.announce(tx).await
    }

    /// The patient answered over a link: a confirmed appointment takes its step, a declined one stays on the book for
    /// the staff, and who wants to be called is marked.
    pub async fn answered(&self, tx: &mut Tx, answer: LinkAnswer, clock: &Clock) -> ApiResult<()> {
        let source = "link";
        let confirmation = match answer {
            LinkAnswer::Confirmed => Confirmation::Confirmed,
            LinkAnswer::Declined => Confirmation::Declined,
            LinkAnswer::CallMe => self.confirmation,
        };
        let step = AppointmentStatus::Confirmed;
        let takes_step =
            answer == LinkAnswer::Confirmed && transition(self.status, step, self.has_chair, None).is_ok();
        let status = if takes_step { step } else { self.status };
        let call = (answer == LinkAnswer::CallMe).then(|| clock.now());
        self.write(tx, status, confirmation, call).await?;
        let (from, to) = (Some(self.confirmation.as_str()), answer.as_str());
        self.note(tx, &Outside { kind: "confirmation", from, to, source }, clock).await?;
        if takes_step {
            let (from, to) = (Some(self.status.as_str()), step.as_str());
            self.note(tx, &Outside { kind: "status", from, to, source }, clock).await?;
        }
        self.announce(tx).await
    }

    async fn write(
        &self,
        tx: &mut Tx,
        status: AppointmentStatus,
        confirmation: Confirmation,
        call: Option<Timestamp>,
    ) -> sqlx::Result<()> {
        let clinic = tx.clinic();
        sqlx::query!(
            "update appointment
            set status = $3, confirmation = $4, call_requested_at = coalesce($5, call_requested_at),
                version = version + 1
            where clinic_id = $1 and id = $2",
            clinic,
            self.id,
            status.as_str(),
            confirmation.as_str(),
            call.map(|at| at.to_sqlx()) as _
        )
        .execute(&mut **tx)
        .await?;
        Ok(())
    }

    async fn note(&self, tx: &mut Tx, what: &Outside<'_>, clock: &Clock) -> sqlx::Result<()> {
        let clinic = tx.clinic();
        sqlx::query!(
            "insert into appointment_event
                (clinic_id, id, appointment_id, patient_id, kind, from_value, to_value, at, source)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            clinic,
            clock.new_id::<Uuid>(),
            self.id,
            self.patient_id,
            what.kind,
            what.from,
            what.to,
            clock.now().to_sqlx() as _,
            what.source
        )
        .execute(&mut **tx)
        .await?;
        Ok(())
    }

    /// Tells the books of its day.
    pub async fn announce(&self, tx: &mut Tx) -> ApiResult<()> {
        let what = Announcement {
            entity: Some(self.id),
            patient: Some(self.patient_id),
            staff: Some(self.doctor_id),
            date: Some(self.local_date),
        };
        Ok(tx.announce(Change::Appointment, what).await?)
    }
}
