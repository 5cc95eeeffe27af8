//! Messages to patients go out: claimed by one of however many servers there are, looked at again right before they
//! are sent, tried again with growing pauses, and given up where it is seen.

use std::time::Duration;

use dentpro_core::reminders::{Channel, Purpose, back_off, still_wanted};
use dentpro_core::scheduling::Confirmation;
use futures::future::join_all;
use jiff::{SignedDuration, Timestamp};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::kernel::db::Tx;
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::mail::{Mail, MailError};
use crate::kernel::state::AppState;
use crate::slices::interop::{CalendarEntry, write_calendar};
use crate::slices::notifications::{
    self, Delivery, Facts, Language, Message, Outcome, Plan, Provider, Recorded,
};
use crate::slices::scheduling;

/// How often it is looked what is due.
const EVERY: Duration = Duration::from_secs(10);
/// Longer than any attempt may take, so that what a worker has taken stays with it.
const LEASE: SignedDuration = SignedDuration::from_mins(5);
/// Messages sent side by side.
const SIDE_BY_SIDE: i32 = 5;
/// The pause after a mail whose outcome is unknown: time for the first copy to arrive, and its number to be known.
const AFTER_UNKNOWN: SignedDuration = SignedDuration::from_mins(15);

/// What one look did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub claimed: u64,
    pub tried: usize,
}

/// Sends what is due until told to stop.
pub async fn run(state: AppState, stop: CancellationToken) {
    loop {
        if let Err(e) = tick(&state, state.clock.now()).await {
            tracing::debug!(error = %e, "reminders cannot be sent now");
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}

/// Claims what is due by now, and tries whatever waits for its attempt.
pub async fn tick(state: &AppState, now: Timestamp) -> ApiResult<Tally> {
    let mut tally = Tally::default();
    for clinic in state.db.clinics().await? {
        let mut tx = state.db.begin_as_system(clinic.into(), state.clock.new_id()).await?;
        let mut plan = notifications::plan(&mut tx).await?;
        let providers = notifications::providers(&mut tx).await?;
        // A rule none of whose ways is set up yet is as good as none: nothing of it has failed.
        plan.rules.retain(|rule| {
            let ways = plan.channels.iter().find(|(id, _)| *id == rule.id).map(|(_, ways)| ways.as_slice());
            ways.unwrap_or_default().iter().any(|way| match way {
                Channel::Mail => state.mailer.is_set_up(),
                other => providers.iter().any(|p| p.channel == other.as_str()),
            })
        });
        let mut claimed = notifications::claim(&mut tx, &plan, &state.clock, now).await?;
        if let Some(since) = plan.booking_mail_since.filter(|_| state.mailer.is_set_up()) {
            claimed += notifications::book_mails(&mut tx, since, &state.clock, now).await?;
        }
        if claimed > 0 {
            tx.commit().await?;
        }
        tally.claimed += claimed;
    }
    loop {
        let mut tx = state.db.begin_as_system(Uuid::nil().into(), state.clock.new_id()).await?;
        let taken = notifications::take(&mut tx, now, SIDE_BY_SIDE, LEASE).await?;
        tx.commit().await?;
        if taken.is_empty() {
            return Ok(tally);
        }
        tally.tried += taken.len();
        for outcome in join_all(taken.iter().map(|delivery| attempt(state, delivery, now))).await {
            // What failed here keeps its lease, and is taken again when that ends.
            if let Err(e) = outcome {
                tracing::error!(error = %e, "a message could not be worked on");
            }
        }
    }
}

/// One way to a patient, ready to be gone.
struct Letter {
    channel: Channel,
    recipient: String,
    language: Language,
    subject: String,
    text: String,
    calendar: Option<String>,
    provider: Option<Provider>,
}

async fn attempt(state: &AppState, delivery: &Delivery, now: Timestamp) -> ApiResult<()> {
    let mut tx = state.db.begin_as_system(delivery.clinic, delivery.id).await?;
    let plan = notifications::plan(&mut tx).await?;
    let Some(facts) = notifications::facts(&mut tx, delivery.appointment, None).await? else {
        return Ok(());
    };
    if let Some(reason) = not_wanted(delivery, &facts, now) {
        notifications::skip(&mut tx, delivery, reason).await?;
        return tx.commit().await;
    }
    let quiet_until = plan.quiet.after(now, &plan.zone);
    if delivery.purpose == Purpose::Reminder && quiet_until > now {
        notifications::postpone(&mut tx, delivery, quiet_until).await?;
        return tx.commit().await;
    }
    let Some(letter) = write(&mut tx, state, delivery, &plan, &facts, now).await? else {
        let outcome = Recorded { reason: Some("no_channel"), ..recorded("failed", now, None) };
        notifications::record(&mut tx, delivery, &outcome, now).await?;
        return tx.commit().await;
    };
    // The link has to work by the time the message is read.
    tx.commit().await?;
    let outcome = send(state, delivery, &letter).await;
    conclude(state, delivery, &facts, &letter, &outcome, now).await
}

/// Why a message that was claimed is not to be sent after all.
fn not_wanted(delivery: &Delivery, facts: &Facts, now: Timestamp) -> Option<&'static str> {
    let occasion = dentpro_core::reminders::Occasion {
        starts_at: facts.starts_at,
        armed_at: facts.starts_at,
        status: facts.status,
        confirmation: facts.confirmation,
    };
    match () {
        () if facts.moves != delivery.moves => Some("moved"),
        () if !facts.patient_reachable => Some("opted_out"),
        () if now >= facts.starts_at => Some("past"),
        () if facts.confirmation == Confirmation::Declined => Some("declined"),
        () if !still_wanted(&occasion, now) => Some("cancelled"),
        () => None,
    }
}

/// The message over the first way that reaches the patient: his own choice, then the rule's in their order.
async fn write(
    tx: &mut Tx,
    state: &AppState,
    delivery: &Delivery,
    plan: &Plan,
    facts: &Facts,
    now: Timestamp,
) -> ApiResult<Option<Letter>> {
    let of_rule = plan.channels.iter().find(|(id, _)| Some(*id) == delivery.rule).map(|(_, c)| c.clone());
    let ways = match delivery.purpose {
        // The mail at booking carries a calendar file: there is no other way for it.
        Purpose::Booking => vec![Channel::Mail],
        _ => facts.preferred_channel.into_iter().chain(of_rule.unwrap_or_default()).collect(),
    };
    let providers = notifications::providers(tx).await?;
    let gateway = |channel: Channel| providers.iter().find(|p| p.channel == channel.as_str());
    let usable = |channel: Channel| match channel {
        Channel::Mail => state.mailer.is_set_up(),
        Channel::Sms | Channel::Whatsapp => gateway(channel).is_some(),
    };
    let way =
        ways.into_iter().find_map(|c| facts.address(c).filter(|_| usable(c)).map(|to| (c, to.to_owned())));
    let Some((channel, recipient)) = way else { return Ok(None) };
    let (words, _) = notifications::template(tx, delivery.purpose, channel).await?;
    let language = facts.language;
    let mut link = None;
    if notifications::names_link(&words, language) {
        let token = notifications::mint(tx, facts, state.clock.new_id(), now).await?;
        link = Some(format!("{}/c/{token}", state.settings.public_url));
    }
    let values = notifications::values(facts, language, link.as_deref());
    let (subject, text) =
        notifications::write(&words, language, &values).map_err(|e| ApiError::internal(Box::new(e)))?;
    let calendar = (delivery.purpose == Purpose::Booking).then(|| calendar(facts, &text, now));
    let provider = gateway(channel).cloned();
    Ok(Some(Letter { channel, recipient, language, subject, text, calendar, provider }))
}

fn calendar(facts: &Facts, text: &str, now: Timestamp) -> String {
    let pick = |ar: &str, en: &str| facts.language.pick(ar, en).to_owned();
    let entry = CalendarEntry {
        id: facts.appointment,
        starts_at: facts.starts_at,
        ends_at: facts.ends_at,
        sequence: facts.version,
        changed_at: facts.changed_at,
        cancelled: false,
        confirmed: true,
        summary: format!(
            "{} · {}",
            pick(&facts.clinic_ar, &facts.clinic_en),
            pick(&facts.doctor_ar, &facts.doctor_en)
        ),
        description: text.to_owned(),
        location: pick(&facts.branch_ar, &facts.branch_en),
    };
    write_calendar(&pick(&facts.clinic_ar, &facts.clinic_en), &facts.zone, &[entry], now)
}

async fn send(state: &AppState, delivery: &Delivery, letter: &Letter) -> Outcome {
    if let Some(provider) = &letter.provider {
        let message = Message { id: delivery.id, to: &letter.recipient, text: &letter.text };
        return provider.send(message).await;
    }
    // Every attempt has the same Message-ID: the reader's server drops a second copy.
    let mut mail = Mail::new(delivery.id, &letter.recipient, &letter.subject).text(&letter.text);
    mail.calendar.clone_from(&letter.calendar);
    match state.mailer.send(&mail).await {
        Ok(()) => Outcome::Sent,
        Err(e @ MailError::OutcomeUnknown) => Outcome::Unknown(e.to_string()),
        Err(e) if e.is_temporary() => Outcome::Later(e.to_string()),
        Err(e) => Outcome::Refused(e.to_string()),
    }
}

fn recorded<'a>(state: &'a str, next: Timestamp, letter: Option<&'a Letter>) -> Recorded<'a> {
    let route = letter.map(|l| (l.channel, l.recipient.as_str(), l.language.code()));
    Recorded { state, reason: None, error: None, next, route }
}

/// Writes down what became of an attempt, and tells the book of a reminder that went out.
async fn conclude(
    state: &AppState,
    delivery: &Delivery,
    facts: &Facts,
    letter: &Letter,
    outcome: &Outcome,
    now: Timestamp,
) -> ApiResult<()> {
    let mut tx = state.db.begin_as_system(delivery.clinic, delivery.id).await?;
    let pause = back_off(delivery.attempts);
    let next = match (outcome, letter.channel, pause) {
        (Outcome::Later(_), _, Some(pause)) => Some(now + pause),
        // A second mail of one number is dropped on arrival; a second SMS is not.
        (Outcome::Unknown(_), Channel::Mail, Some(pause)) => Some(now + pause.max(AFTER_UNKNOWN)),
        _ => None,
    };
    let next = next.filter(|at| *at < facts.starts_at);
    let told = match outcome {
        Outcome::Sent => None,
        Outcome::Later(told) | Outcome::Refused(told) | Outcome::Unknown(told) => Some(told.as_str()),
    };
    let (word, reason) = match (outcome, next) {
        (Outcome::Sent, _) => ("sent", None),
        (_, Some(_)) => ("waiting", None),
        (Outcome::Refused(_), None) => ("failed", Some("refused")),
        (Outcome::Later(_), None) => ("failed", Some("gave_up")),
        (Outcome::Unknown(_), None) => ("unknown", Some("no_answer")),
    };
    let row = Recorded { reason, error: told, ..recorded(word, next.unwrap_or(now), Some(letter)) };
    let written = notifications::record(&mut tx, delivery, &row, now).await?;
    if written
        && word != "waiting"
        && let Some(appointment) = scheduling::approach(&mut tx, delivery.appointment).await?
    {
        if *outcome == Outcome::Sent && delivery.purpose == Purpose::Reminder {
            appointment.reminded(&mut tx, letter.channel, &state.clock).await?;
        } else {
            appointment.announce(&mut tx).await?;
        }
    }
    tx.commit().await
}
