//! Messages to patients: what went out by the rules of the clinic, and what did not arrive. All of it is over by now;
//! the gateways of the demo are switched off, so nothing leaves it.

use dentpro_core::reminders::{QuietHours, moment_of};
use jiff::civil::time;
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::copy::{Json, Rows, Table};
use super::desk::Desk;
use super::entry::{Entry, Event};
use super::seed::Chance;

/// As a new clinic has them.
const QUIET: QuietHours = QuietHours { from: time(21, 0, 0, 0), until: time(9, 0, 0, 0) };
/// The pauses of ten attempts, until a message is given up.
const GIVEN_UP_AFTER: i64 = 243;

/// What a gateway or a mail server answers when it will not: what is kept as state and reason, and its words.
type Refusal = (&'static str, &'static str, &'static str);
const BY_MAIL: [Refusal; 3] = [
    ("failed", "refused", "the mail server refused it for good: permanent error (552): 5.2.2 Mailbox full"),
    (
        "failed",
        "refused",
        "the mail server refused it for good: permanent error (550): 5.1.1 No such user here",
    ),
    ("unknown", "no_answer", "the mail server went silent after it had the whole message"),
];
const BY_SMS: [Refusal; 3] = [
    ("failed", "refused", r#"400 {"status":"rejected","reason":"invalid mobile number"}"#),
    ("failed", "gave_up", r#"503 {"status":"error","reason":"operator not available"}"#),
    ("unknown", "no_answer", "no answer: deadline has elapsed"),
];
const BY_WHATSAPP: [Refusal; 2] = [
    ("failed", "refused", r#"400 {"error":{"code":131026,"message":"Message undeliverable"}}"#),
    (
        "failed",
        "refused",
        r#"400 {"error":{"code":131030,"message":"Recipient phone number is not on WhatsApp"}}"#,
    ),
];

/// Writes the log of deliveries, and what the appointments keep of it.
pub fn write(desk: &Desk, entries: &mut [Entry], rows: &mut Rows) {
    gateways(desk, rows);
    let mut chance = Chance::of(16);
    for entry in entries {
        reminders(desk, entry, &mut chance, rows);
    }
}

/// How the clinic was told to reach its gateways; off, for who looks at the demo.
fn gateways(desk: &Desk, rows: &mut Rows) {
    let mut chance = Chance::of(17);
    for (channel, name, url) in [
        ("sms", "بوابة الرسائل القصيرة", "https://sms.example.com/v1/messages"),
        ("whatsapp", "واتساب للأعمال", "https://whatsapp.example.com/v1/messages"),
    ] {
        let id = chance.id(desk.plan.founded);
        rows.push(
            Table::Provider,
            &[
                &desk.clinic.id,
                &id,
                &channel,
                &name,
                &url,
                &"POST",
                &Json(serde_json::json!([{ "name": "Content-Type", "value": "application/json" }])),
                &r#"{"to":"{digits}","text":"{text}","reference":"{id}"}"#,
                &false,
                &desk.plan.founded,
            ],
        );
    }
}

/// The reminders of one appointment: each at its moment, unless it was booked later or cancelled before.
fn reminders(desk: &Desk, entry: &mut Entry, chance: &mut Chance, rows: &mut Rows) {
    let mut reminded = false;
    let over = entry.became("cancelled").unwrap_or(Timestamp::MAX);
    for (rule, lead) in &desk.clinic.reminders {
        let (roll, reason, second) = (chance.roll(), chance.index(6), chance.between(2, 9));
        let moment = moment_of(SignedDuration::from_mins(*lead), entry.starts, QUIET, &desk.plan.zone);
        let due = entry.created <= moment && moment + second.seconds() <= desk.plan.now && moment < over;
        if !due || entry.walk_in || desk.reach[entry.person].off {
            continue;
        }
        let Some((channel, recipient)) = way(desk, entry.person) else { continue };
        let (often, refusals): (f64, &[Refusal]) = match channel {
            "mail" => (0.12, &BY_MAIL),
            "sms" => (0.04, &BY_SMS),
            _ => (0.012, &BY_WHATSAPP),
        };
        let refused = (roll < often).then(|| refusals[reason % refusals.len()]);
        // What was not given up yet would be tried again: none of that is left.
        let refused = refused.filter(|(_, why, _)| {
            *why != "gave_up" || moment + GIVEN_UP_AFTER.minutes() <= desk.plan.now.min(entry.starts)
        });
        let attempts = if refused.is_some_and(|(_, why, _)| why == "gave_up") { 10 } else { 1 };
        let sent = refused.is_none().then(|| moment + second.seconds());
        let id = chance.id(moment);
        rows.push(
            Table::Delivery,
            &[
                &desk.clinic.id,
                &id,
                &entry.id,
                &desk.people[entry.person].id,
                &"reminder",
                rule,
                &0,
                &refused.map_or("sent", |(state, ..)| state),
                &channel,
                &desk.reach[entry.person].language,
                &recipient,
                &attempts,
                &refused.map(|(_, why, _)| why),
                &refused.map(|(.., told)| told),
                &moment,
                &moment,
                &sent,
            ],
        );
        if let Some(at) = sent {
            remember(entry, channel, at, &mut reminded);
        }
    }
    if entry.confirmation == "reminder_sent" && !reminded {
        entry.confirmation = "unconfirmed";
    } else if entry.confirmation == "unconfirmed" && reminded {
        entry.confirmation = "reminder_sent";
    }
}

/// The first way that reaches a patient, or the parent of a child who has no phone.
fn way<'a>(desk: &'a Desk, person: usize) -> Option<(&'static str, &'a str)> {
    let known = &desk.people[person];
    let parent = known.guardian.map(|parent| &desk.people[parent]);
    let (phone, whatsapp) = match &known.phone {
        Some(phone) => (Some(phone), desk.reach[person].whatsapp),
        None => (
            parent.and_then(|parent| parent.phone.as_ref()),
            known.guardian.is_some_and(|parent| desk.reach[parent].whatsapp),
        ),
    };
    let mail = known.email.as_ref().or_else(|| parent.and_then(|parent| parent.email.as_ref()));
    let ways = [("whatsapp", phone.filter(|_| whatsapp)), ("sms", phone), ("mail", mail)];
    let wished = ways.iter().filter(|(channel, _)| desk.reach[person].channel == Some(*channel));
    wished.chain(&ways).find_map(|(channel, address)| address.map(|to| (*channel, to.as_str())))
}

/// The reminder among the events, and what it changed when nobody had answered yet.
fn remember(entry: &mut Entry, channel: &'static str, at: Timestamp, reminded: &mut bool) {
    let event = |kind, from, to: &str| Event { kind, from, to: to.to_owned(), reason: None, at, by: None };
    entry.events.push(event("reminder", None, channel));
    let answered = entry.events.iter().any(|e| e.kind == "confirmation" && e.to == "confirmed" && e.at <= at);
    if answered || *reminded {
        return;
    }
    *reminded = true;
    entry.events.push(event("confirmation", Some("unconfirmed"), "reminder_sent"));
    let later = entry.events.iter_mut().find(|e| e.kind == "confirmation" && e.to == "confirmed");
    if let Some(later) = later {
        later.from = Some("reminder_sent");
    }
}
