//! The link in a message: answered once, by whoever holds it, for as long as it means anything.

use super::*;

/// An appointment tomorrow at ten, and the token of a link to it.
async fn linked(app: &TestApp) -> (Value, String) {
    let mona = patient(app, "Mona Ahmed Ali", None).await;
    let booked = book(app, mona, "2026-11-24", 10).await;
    (booked.clone(), another(app, &booked).await)
}

async fn another(app: &TestApp, booked: &Value) -> String {
    let message = admin(app).await.get(&format!("/appointments/{}/message", id(booked))).await.expect(200);
    token(message["text"].as_str().unwrap())
}

fn answer(word: &str) -> Value {
    json!({ "answer": word })
}

#[tokio::test]
async fn a_patient_confirms_without_signing_in() {
    let app = TestApp::new().await;
    let (booked, token) = linked(&app).await;
    let nobody = app.anonymous();
    let path = format!("/confirmations/{token}");
    let seen = nobody.get(&path).await;
    assert!(!seen.text().contains("Ali") && !seen.text().contains("Check-up"), "{}", seen.text());
    let seen = seen.expect(200);
    assert_eq!((&seen["patient_en"], &seen["local_time"]), (&json!("Mona A."), &json!("10:00")));
    assert_eq!(nobody.post(&path, answer("confirmed")).await.expect(200)["answer"], "confirmed");
    let after = appointment(&app, &booked).await;
    assert_eq!((&after["status"], &after["confirmation"]), (&json!("confirmed"), &json!("confirmed")));
    let events = after["events"].as_array().unwrap();
    assert!(events.iter().any(|e| e["kind"] == "confirmation" && e["source"] == "link"), "{after}");
    assert_eq!(nobody.get(&path).await.expect(200)["answer"], "confirmed");
    nobody.post(&path, answer("declined")).await.expect_problem(409, "notifications.link_used");
    let second = format!("/confirmations/{}", another(&app, &booked).await);
    nobody.post(&second, answer("declined")).await.expect_problem(409, "notifications.link_used");
}

#[tokio::test]
async fn a_declined_appointment_stays_on_the_book_and_a_wish_for_a_call_is_seen() {
    let app = TestApp::new().await;
    let (booked, token) = linked(&app).await;
    let nobody = app.anonymous();
    nobody.post(&format!("/confirmations/{token}"), answer("declined")).await.expect(200);
    let after = appointment(&app, &booked).await;
    assert_eq!((&after["status"], &after["confirmation"]), (&json!("scheduled"), &json!("declined")));

    let mona = patient(&app, "Mona Ahmed", None).await;
    let booked = book(&app, mona, "2026-11-24", 12).await;
    let path = format!("/confirmations/{}", another(&app, &booked).await);
    nobody.post(&path, answer("call_me")).await.expect(200);
    let after = appointment(&app, &booked).await;
    assert!(after["call_requested_at"].is_string(), "{after}");
    let version = after["version"].as_i64().unwrap();
    let seen_to = json!({ "confirmation": "left_message" });
    let path = format!("/appointments/{}", id(&booked));
    let after = admin(&app).await.patch(&path, version, seen_to).await.expect(200);
    assert_eq!(after["call_requested_at"], Value::Null);
}

#[tokio::test]
async fn a_forged_moved_or_expired_link_is_refused_by_its_own_code() {
    let app = TestApp::new().await;
    let (booked, token) = linked(&app).await;
    let nobody = app.anonymous();
    let path = format!("/confirmations/{token}");
    for forged in [format!("/confirmations/{token}x"), "/confirmations/guess".to_owned()] {
        nobody.get(&forged).await.expect_problem(404, "notifications.link_unknown");
        nobody.post(&forged, answer("confirmed")).await.expect_problem(404, "notifications.link_unknown");
    }
    nobody.post(&path, answer("arrived")).await.expect_invalid("/answer", "request.wrong_type");
    let to = json!({ "starts_at": "2026-11-24T11:00:00+02:00", "ends_at": "2026-11-24T11:30:00+02:00" });
    let move_to = format!("/appointments/{}/reschedule", id(&booked));
    let version = format!("\"{}\"", booked["version"]);
    admin(&app).await.with("if-match", &version).post(&move_to, to).await.expect(200);
    nobody.get(&path).await.expect_problem(409, "notifications.link_stale");
    nobody.post(&path, answer("confirmed")).await.expect_problem(409, "notifications.link_stale");
    let fresh = format!("/confirmations/{}", another(&app, &booked).await);
    nobody.get(&fresh).await.expect(200);
    app.advance(26 * HOUR);
    nobody.post(&fresh, answer("confirmed")).await.expect_problem(409, "notifications.link_expired");
    assert_eq!(appointment(&app, &booked).await["confirmation"], "unconfirmed");

    let (booked, token) = {
        let mona = patient(&app, "Mona Ahmed", None).await;
        let booked = book(&app, mona, "2026-11-26", 10).await;
        (booked.clone(), another(&app, &booked).await)
    };
    let path = format!("/appointments/{}/status", id(&booked));
    admin(&app).await.post(&path, json!({ "status": "cancelled" })).await.expect(200);
    let refused = nobody.post(&format!("/confirmations/{token}"), answer("confirmed")).await;
    refused.expect_problem(409, "notifications.appointment_ended");
}

#[tokio::test]
async fn of_two_answers_at_once_one_counts() {
    let app = TestApp::new().await;
    let (booked, token) = linked(&app).await;
    let path = format!("/confirmations/{token}");
    let nobody = app.anonymous();
    let answers = ["confirmed", "declined", "confirmed", "declined"];
    let given = futures::future::join_all(answers.map(|word| nobody.post(&path, answer(word)))).await;
    let won: Vec<_> = given.iter().filter(|a| a.status == 200).map(|a| a.json()["answer"].clone()).collect();
    assert_eq!(won.len(), 1);
    assert_eq!(appointment(&app, &booked).await["confirmation"], won[0]);
}

#[tokio::test]
async fn whoever_guesses_links_is_slowed_down_and_nobody_else_is() {
    let app = TestApp::new().await;
    let (_, token) = linked(&app).await;
    let guesser = app.anonymous().at("203.0.113.9");
    let mut last = 0;
    for number in 0..30 {
        last = guesser.get(&format!("/confirmations/guess{number}")).await.status.as_u16();
    }
    assert_eq!(last, 429);
    let path = format!("/confirmations/{token}");
    guesser.get(&path).await.expect_problem(429, "request.throttled");
    app.anonymous().at("203.0.113.10").get(&path).await.expect(200);
    app.advance(HOUR / 6);
    guesser.get(&path).await.expect(200);
}

#[tokio::test]
async fn the_staff_send_by_hand_what_whatsapp_opens_with() {
    let app = TestApp::new().await;
    let (booked, _) = linked(&app).await;
    let path = format!("/appointments/{}/message", id(&booked));
    let message = app.login(BuiltInRole::Receptionist).await.get(&path).await.expect(200);
    let url = message["whatsapp_url"].as_str().unwrap();
    assert!(
        url.starts_with("https://wa.me/201001234567?text=Test%20clinic%3A%20your%20appointment"),
        "{url}"
    );
    assert!(url.contains("http%3A%2F%2Flocalhost%2Fc%2F"), "{url}");
    let arabic = admin(&app).await.get(&format!("{path}?language=ar&purpose=missed")).await.expect(200);
    assert!(
        arabic["text"].as_str().unwrap().contains("افتقدناك في موعدك الثلاثاء 24 نوفمبر 2026"),
        "{arabic}"
    );
    admin(&app)
        .await
        .get(&format!("{path}?language=fr"))
        .await
        .expect_invalid("language", "notifications.language_unknown");
    app.login_elsewhere(BuiltInRole::Admin).await.get(&path).await.expect_problem(404, "request.not_found");
}
