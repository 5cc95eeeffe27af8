//! Rules, words and quiet hours.

use super::*;

#[tokio::test]
async fn words_with_a_field_that_does_not_exist_are_refused() {
    let app = TestApp::new().await;
    let client = admin(&app).await;
    let path = "/message-templates/reminder/sms";
    let words = |ar: &str, en: &str| json!({ "text_ar": ar, "text_en": en });
    let put = |version: &str, body| {
        let client = client.with("if-match", version);
        async move { client.put(path, body).await }
    };
    put("\"0\"", words("{patient}", "Dear {name}"))
        .await
        .expect_invalid("/text_en", "notifications.unknown_field");
    put("\"0\"", words("{patient", "Dear {patient}"))
        .await
        .expect_invalid("/text_ar", "notifications.lone_brace");
    put("\"0\"", words("", "Dear {patient}")).await.expect_invalid("/text_ar", "request.required");
    let kept = put("\"0\"", words("أهلاً {patient} {hijri}", "Hello {patient} {hijri}")).await.expect(200);
    assert_eq!((&kept["changed"], &kept["version"]), (&json!(true), &json!(1)));
    put("\"0\"", words("a", "b")).await.expect_problem(412, "request.stale");
    put("\"1\"", words("أهلاً {patient}", "Hi {patient}")).await.expect(200);
    assert_eq!(client.delete(path).await.status, 204);
    let all = client.get("/message-templates").await.expect(200);
    assert_eq!(all["items"].as_array().unwrap().len(), 9);
    assert!(all["items"].as_array().unwrap().iter().all(|t| t["changed"] == false));
    client
        .with("if-match", "\"0\"")
        .put("/message-templates/reminder/pigeon", words("a", "b"))
        .await
        .expect_problem(404, "request.not_found");
}

#[tokio::test]
async fn a_preview_shows_both_languages_and_both_calendars() {
    let app = TestApp::new().await;
    let body = json!({ "text_ar": "{date}، {hijri}، {time}", "text_en": "{date}, {hijri}, {time}, {link}" });
    let seen = admin(&app).await.post("/message-templates/preview", body).await.expect(200);
    assert_eq!(
        seen["text_en"],
        "Thursday 26 November 2026, 16 Jumada al-Akhirah 1448 AH, 10:30 AM, https://…/c/…"
    );
    assert_eq!(seen["text_ar"], "الخميس 26 نوفمبر 2026، 16 جمادى الآخرة 1448 هـ، 10:30 ص");
}

#[tokio::test]
async fn rules_are_set_up_by_who_may_and_each_lead_time_once() {
    let app = TestApp::new().await;
    let client = admin(&app).await;
    let made = rule(&app, 24, &["whatsapp", "mail"]).await;
    for (body, pointer, code) in [
        (
            json!({ "lead_minutes": 5, "channels": ["mail"] }),
            "/lead_minutes",
            "notifications.lead_out_of_range",
        ),
        (json!({ "lead_minutes": 60, "channels": [] }), "/channels", "notifications.channels_needed"),
        (
            json!({ "lead_minutes": 60, "channels": ["mail", "mail"] }),
            "/channels",
            "notifications.channels_needed",
        ),
    ] {
        client.post("/reminder-rules", body).await.expect_invalid(pointer, code);
    }
    let twice = client.post("/reminder-rules", json!({ "lead_minutes": 1440, "channels": ["sms"] })).await;
    twice.expect_problem(409, "notifications.lead_taken");
    let path = format!("/reminder-rules/{}", id(&made));
    client.patch(&path, 1, json!({ "active": false })).await.expect(200);
    client.patch(&path, 1, json!({ "active": true })).await.expect_problem(412, "request.stale");
    assert_eq!(client.delete(&path).await.status, 204);
    assert_eq!(client.get("/reminder-rules").await.expect(200)["items"], json!([]));
    rule(&app, 24, &["mail"]).await;
    for role in [BuiltInRole::Doctor, BuiltInRole::Receptionist, BuiltInRole::Assistant] {
        let other = app.login(role).await;
        other.get("/reminder-rules").await.expect_problem(403, "identity.permission_missing");
    }
}

#[tokio::test]
async fn quiet_hours_and_a_test_of_the_mail() {
    let app = TestApp::new().await;
    let client = admin(&app).await;
    let settings = client.get("/reminder-settings").await.expect(200);
    assert_eq!((&settings["quiet_from"], &settings["quiet_until"]), (&json!("21:00"), &json!("09:00")));
    let changed = client.patch("/reminder-settings", 1, json!({ "quiet_from": "22:30" })).await.expect(200);
    assert_eq!((&changed["quiet_from"], &changed["version"]), (&json!("22:30"), &json!(2)));
    client.patch("/reminder-settings", 1, json!({})).await.expect_problem(412, "request.stale");
    for wrong in ["25:00", "9:00", "2230", "", "٢٢:٣٠"] {
        let answer = client.patch("/reminder-settings", 2, json!({ "quiet_until": wrong })).await;
        answer.expect_invalid("/quiet_until", "notifications.time_malformed");
    }
    let sent = client.post("/reminder-settings/test-mail", json!({ "to": "admin@example.com" })).await;
    assert_eq!(sent.expect(200)["sent"], true);
    let refused = client.post("/reminder-settings/test-mail", json!({ "to": "nobody" })).await.expect(200);
    assert_eq!(refused["sent"], false);
    assert_eq!(app.state.mailer.sent().len(), 1);
}
