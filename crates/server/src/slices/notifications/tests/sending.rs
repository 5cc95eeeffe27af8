//! When which message goes out, and that it goes out once.

use super::*;
use crate::kernel::db::Db;

#[tokio::test]
async fn the_closest_rule_goes_out_once_and_moving_arms_it_again() {
    let app = TestApp::new().await;
    rule(&app, 24, &["mail"]).await;
    rule(&app, 3, &["mail"]).await;
    let mona = patient(&app, "Mona Ahmed Ali", Some("mona@example.com")).await;
    let booked = book(&app, mona, "2026-11-24", 15).await;
    look(&app).await;
    assert_eq!(app.state.mailer.sent(), [], "nothing is due at nine");
    app.advance(6 * HOUR);
    look(&app).await;
    look(&app).await;
    let sent = app.state.mailer.sent();
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0].to, "mona@example.com");
    assert_eq!(sent[0].subject, "Your appointment at Test clinic: Tuesday 24 November 2026");
    let text = sent[0].text.as_deref().unwrap();
    assert!(text.contains("Dear Mona Ahmed Ali") && text.contains("at 3:00 PM with Dr doctor"), "{text}");
    let seen = appointment(&app, &booked).await;
    assert_eq!(seen["confirmation"], "reminder_sent");
    let events = seen["events"].as_array().unwrap();
    let reminder = events.iter().find(|e| e["kind"] == "reminder").unwrap();
    assert_eq!((&reminder["to"], &reminder["source"]), (&json!("mail"), &json!("system")));
    let rows = log(&app, &booked).await;
    assert_eq!((rows.len(), &rows[0]["state"], &rows[0]["lead_minutes"]), (1, &json!("sent"), &json!(1440)));

    let to = json!({ "starts_at": "2026-11-25T15:00:00+02:00", "ends_at": "2026-11-25T15:30:00+02:00" });
    let version = format!("\"{}\"", seen["version"]);
    let path = format!("/appointments/{}/reschedule", id(&booked));
    admin(&app).await.with("if-match", &version).post(&path, to).await.expect(200);
    look(&app).await;
    assert_eq!(app.state.mailer.sent().len(), 1, "the day before the new day has not come");
    app.advance(24 * HOUR);
    look(&app).await;
    assert_eq!(app.state.mailer.sent().len(), 2);
    app.advance(21 * HOUR);
    look(&app).await;
    assert_eq!(app.state.mailer.sent().len(), 3, "three hours before");
}

#[tokio::test]
async fn two_servers_on_one_database_send_each_message_once() {
    let app = TestApp::new().await;
    rule(&app, 24, &["mail"]).await;
    for hour in 8..=17 {
        let name = format!("Patient {hour}");
        let of = patient(&app, &name, Some(&format!("p{hour}@example.com"))).await;
        book(&app, of, "2026-11-24", hour).await;
    }
    app.advance(8 * HOUR);
    let mut other = app.state.clone();
    other.db = Db::connect(app.database.options()).await.unwrap();
    let looks = [&app.state, &other, &app.state, &other].map(|state| tick(state, state.clock.now()));
    futures::future::try_join_all(looks).await.unwrap();
    let mut readers: Vec<String> = app.state.mailer.sent().into_iter().map(|mail| mail.to).collect();
    readers.sort();
    let (sent, mut distinct) = (readers.len(), readers);
    distinct.dedup();
    assert_eq!((sent, distinct.len()), (10, 10));
}

#[tokio::test]
async fn who_ended_declined_or_opted_out_is_not_written_to() {
    let app = TestApp::new().await;
    rule(&app, 3, &["mail"]).await;
    let mut booked = Vec::new();
    for hour in [13, 14, 15] {
        let of = patient(&app, "Mona Ahmed", Some(&format!("at{hour}@example.com"))).await;
        booked.push((of, book(&app, of, "2026-11-23", hour).await));
    }
    let client = admin(&app).await;
    let path = format!("/appointments/{}/status", id(&booked[0].1));
    client.post(&path, json!({ "status": "cancelled" })).await.expect(200);
    client
        .patch(&format!("/patients/{}", booked[1].0), 1, json!({ "reminders_off": true }))
        .await
        .expect(200);
    app.advance(4 * HOUR);
    look(&app).await;
    let sent = app.state.mailer.sent();
    assert_eq!(sent.iter().map(|m| m.to.as_str()).collect::<Vec<_>>(), ["at15@example.com"]);
}

#[tokio::test]
async fn nobody_is_woken_at_night() {
    let app = TestApp::new().await;
    rule(&app, 2, &["mail"]).await;
    let mona = patient(&app, "Mona Ahmed", Some("mona@example.com")).await;
    book(&app, mona, "2026-11-24", 9).await;
    // Two hours before nine is seven, in the quiet hours: it goes out the evening before.
    for _ in 0..11 {
        app.advance(HOUR);
        look(&app).await;
    }
    assert_eq!(app.state.mailer.sent(), [], "20:00");
    app.advance(59 * HOUR / 60);
    look(&app).await;
    assert_eq!(app.state.mailer.sent().len(), 1, "20:59");
}

#[tokio::test]
async fn who_cannot_be_reached_is_on_the_list_of_what_failed() {
    let app = TestApp::new().await;
    rule(&app, 3, &["mail", "sms"]).await;
    let mona = patient(&app, "Mona Ahmed", None).await;
    let booked = book(&app, mona, "2026-11-23", 13).await;
    app.advance(HOUR);
    look(&app).await;
    let failed = admin(&app).await.get("/reminder-deliveries").await.expect(200);
    let row = &failed["items"][0];
    assert_eq!((&row["state"], &row["reason"]), (&json!("failed"), &json!("no_channel")), "{failed}");
    assert_eq!(row["appointment_id"], booked["id"]);
    let retry = format!("/reminder-deliveries/{}/retry", id(row));
    admin(&app)
        .await
        .patch(&format!("/patients/{mona}"), 1, json!({ "email": "mona@example.com" }))
        .await
        .expect(200);
    let reception = app.login(BuiltInRole::Receptionist).await;
    assert_eq!(reception.post(&retry, json!({})).await.status, 204);
    reception.post(&retry, json!({})).await.expect_problem(409, "notifications.not_failed");
    look(&app).await;
    assert_eq!(app.state.mailer.sent().len(), 1);
    let elsewhere = app.login_elsewhere(BuiltInRole::Admin).await;
    elsewhere.post(&retry, json!({})).await.expect_problem(404, "request.not_found");
}

#[tokio::test]
async fn a_booking_is_mailed_with_its_calendar_file_when_the_clinic_says_so() {
    let app = TestApp::new().await;
    let mona = patient(&app, "Mona Ahmed", Some("mona@example.com")).await;
    book(&app, mona, "2026-11-24", 10).await;
    look(&app).await;
    assert_eq!(app.state.mailer.sent(), [], "it is off unless switched on");
    app.advance(HOUR / 60);
    admin(&app).await.patch("/reminder-settings", 1, json!({ "booking_mail": true })).await.expect(200);
    look(&app).await;
    assert_eq!(app.state.mailer.sent(), [], "what was booked before is not mailed after the fact");
    app.advance(HOUR / 60);
    let booked = book(&app, mona, "2026-11-24", 12).await;
    look(&app).await;
    look(&app).await;
    let sent = app.state.mailer.sent();
    assert_eq!(sent.len(), 1);
    let file = sent[0].calendar.as_deref().unwrap();
    assert!(file.contains(&format!("UID:{}@dentpro", id(&booked))), "{file}");
    assert!(file.contains("DTSTART;TZID=Africa/Cairo:20261124T120000"), "{file}");
    assert_eq!(appointment(&app, &booked).await["confirmation"], "unconfirmed");
}
