//! Mail servers as they are: slow to trust, rude, and gone in the wrong moment.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;

use super::*;
use crate::kernel::config::{SmtpConfig, SmtpTls};
use crate::kernel::mail::Mailer;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mood {
    Accepts,
    Greylists,
    Refuses,
    /// Takes the whole message and goes away without a word.
    GoneAfterDot,
    /// Goes away before the message.
    GoneAfterData,
}

type Accepted = Arc<Mutex<Vec<String>>>;

/// A mail server with a mood for each conversation, the last one for all that follow; and what it accepted.
async fn mail_server(moods: &[Mood]) -> (Mailer, Accepted) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let accepted = Accepted::default();
    let (moods, kept) = (moods.to_vec(), accepted.clone());
    tokio::spawn(async move {
        for number in 0.. {
            let (stream, _) = listener.accept().await.unwrap();
            let mood = moods[number.min(moods.len() - 1)];
            let _ = converse(BufReader::new(stream), mood, &kept).await;
        }
    });
    let (host, from) = ("127.0.0.1".to_owned(), "clinic@dentpro.example".to_owned());
    let config = SmtpConfig { host, port, user: None, password: None, from, tls: SmtpTls::None };
    (Mailer::from_config(Some(&config)).unwrap(), accepted)
}

async fn converse(
    mut stream: BufReader<tokio::net::TcpStream>,
    mood: Mood,
    accepted: &Accepted,
) -> std::io::Result<()> {
    stream.write_all(b"220 mail ready\r\n").await?;
    let (mut line, mut message, mut in_data) = (String::new(), String::new(), false);
    while stream.read_line(&mut line).await? > 0 {
        let word = line.split_whitespace().next().unwrap_or_default();
        let answer = match word {
            "." if in_data => {
                accepted.lock().unwrap().push(std::mem::take(&mut message));
                if mood == Mood::GoneAfterDot {
                    return Ok(());
                }
                in_data = false;
                "250 queued\r\n"
            }
            _ if in_data => {
                message.push_str(&line);
                ""
            }
            "DATA" if mood == Mood::GoneAfterData => return Ok(()),
            "DATA" => {
                in_data = true;
                "354 go on\r\n"
            }
            "RCPT" if mood == Mood::Greylists => "451 4.7.1 greylisted, come back later\r\n",
            "RCPT" if mood == Mood::Refuses => "550 no such user\r\n",
            "QUIT" => "221 bye\r\n",
            _ => "250 ok\r\n",
        };
        stream.write_all(answer.as_bytes()).await?;
        line.clear();
    }
    Ok(())
}

/// An appointment whose reminder is due now, and a server with these moods.
async fn due(moods: &[Mood]) -> (TestApp, AppState, Accepted, Value) {
    let app = TestApp::new().await;
    rule(&app, 3, &["mail"]).await;
    let mona = patient(&app, "Mona Ahmed", Some("mona@example.com")).await;
    let booked = book(&app, mona, "2026-11-23", 16).await;
    app.advance(4 * HOUR);
    let (mailer, accepted) = mail_server(moods).await;
    let state = AppState { mailer, ..app.state.clone() };
    look_with(&state).await;
    (app, state, accepted, booked)
}

fn message_id(message: &str) -> &str {
    message.lines().find(|line| line.starts_with("Message-ID:")).unwrap()
}

#[tokio::test]
async fn a_server_that_greylists_is_asked_again_with_growing_pauses() {
    let (app, state, accepted, booked) =
        due(&[Mood::Greylists, Mood::GoneAfterData, Mood::Greylists, Mood::Accepts]).await;
    let row = &log(&app, &booked).await[0];
    assert_eq!((&row["state"], &row["attempts"]), (&json!("waiting"), &json!(1)));
    assert!(row["last_error"].as_str().unwrap().contains("greylisted"), "{row}");
    assert_eq!(appointment(&app, &booked).await["confirmation"], "unconfirmed");
    look_with(&state).await;
    assert_eq!(log(&app, &booked).await[0]["attempts"], 1, "its pause is not over");
    for attempts in 2..=4 {
        app.advance(HOUR / 6);
        look_with(&state).await;
        assert_eq!(log(&app, &booked).await[0]["attempts"], attempts);
    }
    let row = &log(&app, &booked).await[0];
    assert_eq!((&row["state"], &row["last_error"]), (&json!("sent"), &Value::Null));
    app.advance(HOUR / 6);
    look_with(&state).await;
    assert_eq!(accepted.lock().unwrap().len(), 1);
    assert_eq!(appointment(&app, &booked).await["confirmation"], "reminder_sent");
}

#[tokio::test]
async fn a_mail_of_unknown_outcome_comes_again_under_the_same_number() {
    let (app, state, accepted, booked) = due(&[Mood::GoneAfterDot, Mood::Accepts]).await;
    assert_eq!(log(&app, &booked).await[0]["state"], "waiting");
    app.advance(HOUR / 6);
    look_with(&state).await;
    assert_eq!(accepted.lock().unwrap().len(), 1, "the first copy gets a quarter of an hour");
    app.advance(HOUR / 6);
    look_with(&state).await;
    let accepted = accepted.lock().unwrap().clone();
    assert_eq!(accepted.len(), 2);
    assert_eq!(message_id(&accepted[0]), message_id(&accepted[1]));
    assert_eq!(log(&app, &booked).await[0]["state"], "sent");
}

#[tokio::test]
async fn what_is_refused_or_given_up_is_shown_and_can_be_tried_again() {
    let (app, state, accepted, booked) = due(&[Mood::Refuses, Mood::Accepts]).await;
    let failed = admin(&app).await.get("/reminder-deliveries").await.expect(200);
    let row = &failed["items"][0];
    assert_eq!((&row["state"], &row["reason"]), (&json!("failed"), &json!("refused")));
    assert!(row["last_error"].as_str().unwrap().contains("no such user"), "{row}");
    let retry = format!("/reminder-deliveries/{}/retry", id(row));
    assert_eq!(admin(&app).await.post(&retry, json!({})).await.status, 204);
    look_with(&state).await;
    assert_eq!(accepted.lock().unwrap().len(), 1);
    assert_eq!(log(&app, &booked).await[0]["state"], "sent");

    let (app, state, _, booked) = due(&[Mood::Greylists]).await;
    for _ in 0..40 {
        app.advance(HOUR / 12);
        look_with(&state).await;
    }
    let row = &log(&app, &booked).await[0];
    assert_eq!((&row["state"], &row["reason"]), (&json!("failed"), &json!("gave_up")), "{row}");
}

#[tokio::test]
async fn an_appointment_is_looked_at_again_right_before_its_message_is_sent() {
    let (app, state, accepted, booked) = due(&[Mood::Greylists, Mood::Accepts]).await;
    let path = format!("/appointments/{}/status", id(&booked));
    admin(&app).await.post(&path, json!({ "status": "cancelled" })).await.expect(200);
    app.advance(HOUR / 6);
    look_with(&state).await;
    assert_eq!(accepted.lock().unwrap().len(), 0);
    let row = &log(&app, &booked).await[0];
    assert_eq!((&row["state"], &row["reason"]), (&json!("skipped"), &json!("cancelled")));
}
