//! Calendar feeds through HTTP.

use std::time::Duration;

use dentpro_core::permissions::BuiltInRole;
use jiff_sqlx::ToSqlx;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::testing::{Client, TestApp};

async fn booked(app: &TestApp, hour: u32) -> Value {
    let id = Uuid::now_v7();
    let mut tx = app.state.db.begin_as_system(app.clinic.id.into(), id).await.unwrap();
    sqlx::query(
        "insert into patient (clinic_id, id, file_number, name_ar, name_en, phones, search, created_at)
        values ($1, $2, right($2::text, 12), 'منى علي', 'Mona Ali',
            '[{\"number\": \"+201001234567\", \"label\": \"mobile\", \"whatsapp\": true}]', 'mona', $3)",
    )
    .bind(app.clinic.id)
    .bind(id)
    .bind(app.clock.now().to_sqlx())
    .execute(&mut *tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let body = json!({
        "patient_id": id, "doctor_id": app.clinic.doctor(), "chair_id": app.clinic.chairs[0],
        "starts_at": format!("2026-11-24T{hour:02}:00:00+02:00"), "ends_at": format!("2026-11-24T{hour:02}:30:00+02:00"),
        "reason": "Painful tooth"
    });
    app.login(BuiltInRole::Admin).await.post("/appointments", body).await.expect(201)
}

/// The doctor's new feed, as a path.
async fn feed(app: &TestApp) -> String {
    let made =
        app.login(BuiltInRole::Doctor).await.post("/account/calendar-feed", json!({})).await.expect(201);
    let url = made["url"].as_str().unwrap();
    url.strip_prefix("http://localhost").unwrap().to_owned()
}

async fn read(client: &Client, path: &str) -> String {
    let answer = client.get(path).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.headers["content-type"], "text/calendar; charset=utf-8");
    answer.text()
}

#[tokio::test]
async fn a_doctors_calendar_program_reads_his_appointments_without_names() {
    let app = TestApp::new().await;
    let first = booked(&app, 10).await;
    let path = feed(&app).await;
    let nobody = app.anonymous();
    let text = read(&nobody, &path).await;
    assert!(text.contains(&format!("UID:{}@dentpro", first["id"].as_str().unwrap())), "{text}");
    assert!(text.contains("DTSTART;TZID=Africa/Cairo:20261124T100000"), "{text}");
    assert!(text.contains("SEQUENCE:1\r\n") && text.contains("BEGIN:VTIMEZONE"), "{text}");
    assert!(!text.contains("Mona") && !text.contains("منى") && !text.contains("Painful"), "{text}");
    let admin = app.login(BuiltInRole::Admin).await;
    admin.patch("/reminder-settings", 1, json!({ "feed_names": true })).await.expect(200);
    let named = read(&nobody, &path).await;
    assert!(named.contains("منى علي") || named.contains("Mona Ali"), "{named}");
}

#[tokio::test]
async fn a_cancelled_appointment_is_said_to_be_cancelled_and_nothing_new_is_not_sent_again() {
    let app = TestApp::new().await;
    let first = booked(&app, 10).await;
    let path = feed(&app).await;
    let nobody = app.anonymous();
    let answer = nobody.get(&path).await;
    let tag = answer.headers["etag"].to_str().unwrap().to_owned();
    let again = nobody.with("if-none-match", &tag).get(&path).await;
    assert_eq!((again.status.as_u16(), again.bytes.len()), (304, 0));
    let step = format!("/appointments/{}/status", first["id"].as_str().unwrap());
    app.login(BuiltInRole::Admin).await.post(&step, json!({ "status": "cancelled" })).await.expect(200);
    let changed = nobody.with("if-none-match", &tag).get(&path).await;
    assert_eq!(changed.status, 200);
    assert!(
        changed.text().contains("STATUS:CANCELLED") && changed.text().contains("SEQUENCE:2"),
        "{}",
        changed.text()
    );
    app.advance(Duration::from_secs(40 * 24 * 3600));
    assert!(!read(&nobody, &path).await.contains("VEVENT"), "forty days later it is off");
}

#[tokio::test]
async fn a_feed_ends_when_it_is_stopped_made_anew_or_its_reader_leaves() {
    let app = TestApp::new().await;
    let nobody = app.anonymous();
    let old = feed(&app).await;
    let doctor = app.login(BuiltInRole::Doctor).await;
    assert_eq!(doctor.get("/account/calendar-feed").await.expect(200)["active"], true);
    let path = feed(&app).await;
    nobody.get(&old).await.expect_problem(404, "request.not_found");
    read(&nobody, &path).await;
    assert_eq!(doctor.delete("/account/calendar-feed").await.status, 204);
    nobody.get(&path).await.expect_problem(404, "request.not_found");
    assert_eq!(doctor.get("/account/calendar-feed").await.expect(200)["active"], false);

    let path = feed(&app).await;
    let mut tx = app.state.db.begin_as_system(app.clinic.id.into(), Uuid::now_v7()).await.unwrap();
    sqlx::query("update staff set active = false where clinic_id = $1 and id = $2")
        .bind(app.clinic.id)
        .bind(app.clinic.doctor())
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    nobody.get(&path).await.expect_problem(404, "request.not_found");
}

#[tokio::test]
async fn secrets_are_not_to_be_guessed() {
    let app = TestApp::new().await;
    let path = feed(&app).await;
    let guesser = app.anonymous().at("203.0.113.9");
    let mut last = 0;
    for number in 0..30 {
        last = guesser.get(&format!("/calendar/guess{number}.ics")).await.status.as_u16();
    }
    assert_eq!(last, 429);
    read(&app.anonymous().at("203.0.113.10"), &path).await;
}
