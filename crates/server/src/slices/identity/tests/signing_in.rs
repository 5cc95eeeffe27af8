//! Signing in and out, throttling, the end of a session.

use std::time::Duration;

use axum::http::header;
use dentpro_core::permissions::BuiltInRole::{Admin, Assistant, Doctor, Receptionist};
use serde_json::json;

use super::{cookie, logged, sign_in, try_password};
use crate::testing::{PASSWORD, TestApp};

const MINUTE: Duration = Duration::from_secs(60);

#[tokio::test]
async fn a_doctor_signs_in_by_cookie_and_the_token_stays_out_of_the_body() {
    let app = TestApp::new().await;
    let answer = try_password(&app.anonymous(), &app, Doctor, PASSWORD).await;
    let session = answer.expect(200);
    let set = answer.headers[header::SET_COOKIE].to_str().unwrap().to_owned();
    assert!(set.starts_with("dentpro=") && set.contains("HttpOnly") && set.contains("SameSite=Lax"), "{set}");
    assert!(session.get("token").is_none());
    assert_eq!(session["clinic"]["currency"], "EGP");
    assert_eq!(session["roles"], json!(["doctor"]));
    assert_eq!(session["scopes"]["records.read"], "own");
    assert!(session["permissions"].as_array().unwrap().contains(&json!("charting.read")));
    assert_eq!(session["expires_at"], "2026-11-23T21:00:00+02:00");

    let browser = app.anonymous().with("cookie", &cookie(&answer));
    assert_eq!(browser.get("/session").await.expect(200)["account"]["email"], "doctor@a.example");
    let out = browser.delete("/session").await;
    assert_eq!(out.status, 204);
    assert!(out.headers[header::SET_COOKIE].to_str().unwrap().contains("Max-Age=0"));
    browser.get("/session").await.expect_problem(401, "identity.not_signed_in");
    assert_eq!(logged(&app, "sign_in").await[0]["actor"]["name_en"], "Dr doctor");
    assert_eq!(logged(&app, "sign_out").await.len(), 1);
}

#[tokio::test]
async fn an_unknown_e_mail_and_a_wrong_password_get_the_same_answer() {
    let app = TestApp::new().await;
    let nobody = app.anonymous();
    let wrong = try_password(&nobody, &app, Doctor, "not the password").await;
    let unknown = json!({ "email": "nobody@a.example", "password": "not the password" });
    let unknown = nobody.post("/session", unknown).await;
    wrong.expect_problem(401, "identity.bad_credentials");
    assert_eq!(wrong.json()["detail"], unknown.json()["detail"]);
    assert_eq!(wrong.status, unknown.status);
    let refused = logged(&app, "refused").await;
    assert_eq!((refused.len(), &refused[0]["address"]), (1, &json!("127.0.0.1")));
    assert_eq!(refused[0]["label"], "Dr doctor");
}

#[tokio::test]
async fn hostile_credentials_are_refused_and_never_fail_the_server() {
    let app = TestApp::new().await;
    let nobody = app.anonymous();
    for email in ["a\u{0}b@c.de", "\u{202E}doctor@a.example", &"x".repeat(5000)] {
        let answer = nobody.post("/session", json!({ "email": email, "password": "x" })).await;
        assert_eq!(answer.status, 422, "{}", answer.text());
    }
    let long = json!({ "email": app.clinic.email(Doctor), "password": "x".repeat(200_000) });
    nobody.post("/session", long).await.expect_problem(401, "identity.bad_credentials");
    let nul = json!({ "email": app.clinic.email(Doctor), "password": "a\u{0}b" });
    nobody.post("/session", nul).await.expect_problem(401, "identity.bad_credentials");
    let extra = json!({ "email": "a@b.co", "password": "x", "role": "admin" });
    assert_eq!(nobody.post("/session", extra).await.status, 422);
    nobody
        .with("cookie", "dentpro=\"; drop table")
        .get("/session")
        .await
        .expect_problem(401, "identity.not_signed_in");
}

#[tokio::test]
async fn after_five_failures_even_the_right_password_waits_at_that_address() {
    let app = TestApp::new().await;
    let attacker = app.anonymous().at("198.51.100.7");
    for _ in 0..5 {
        try_password(&attacker, &app, Doctor, "a guess")
            .await
            .expect_problem(401, "identity.bad_credentials");
    }
    let refused = try_password(&attacker, &app, Doctor, PASSWORD).await;
    refused.expect_problem(429, "identity.throttled");
    assert_eq!(refused.headers[header::RETRY_AFTER], "900");
    let elsewhere = app.anonymous().at("203.0.113.5");
    assert_eq!(try_password(&elsewhere, &app, Doctor, PASSWORD).await.status, 200);
    app.advance(15 * MINUTE);
    assert_eq!(try_password(&attacker, &app, Doctor, PASSWORD).await.status, 200);
}

#[tokio::test]
async fn a_volley_of_guesses_at_once_is_counted_like_one_after_another() {
    let app = TestApp::new().await;
    let attacker = app.anonymous();
    let guesses = (0..12).map(|_| try_password(&attacker, &app, Doctor, "a guess"));
    let answers = futures::future::join_all(guesses).await;
    assert_eq!(answers.iter().filter(|a| a.status == 401).count(), 5);
    assert_eq!(answers.iter().filter(|a| a.status == 429).count(), 7);
}

#[tokio::test]
async fn a_forwarded_address_does_not_evade_the_limit() {
    let app = TestApp::new().await;
    let attacker = app.anonymous().at("198.51.100.7");
    for i in 0..5 {
        let disguised = attacker.with("x-forwarded-for", &format!("10.0.0.{i}"));
        try_password(&disguised, &app, Doctor, "a guess")
            .await
            .expect_problem(401, "identity.bad_credentials");
    }
    let disguised = attacker.with("x-forwarded-for", "10.0.0.99");
    try_password(&disguised, &app, Doctor, PASSWORD).await.expect_problem(429, "identity.throttled");
}

#[tokio::test]
async fn strangers_cannot_lock_the_owner_out_where_he_has_signed_in_before() {
    let app = TestApp::new().await;
    let office = app.anonymous().at("203.0.113.5");
    assert_eq!(try_password(&office, &app, Doctor, PASSWORD).await.status, 200);
    for i in 0..30 {
        let stranger = app.anonymous().at(&format!("198.51.100.{}", i / 5));
        try_password(&stranger, &app, Doctor, "a guess")
            .await
            .expect_problem(401, "identity.bad_credentials");
    }
    let stranger = app.anonymous().at("198.51.100.200");
    try_password(&stranger, &app, Doctor, "a guess").await.expect_problem(429, "identity.throttled");
    assert_eq!(try_password(&office, &app, Doctor, PASSWORD).await.status, 200);
    assert_eq!(try_password(&stranger, &app, Receptionist, PASSWORD).await.status, 200);
}

#[tokio::test]
async fn a_session_ends_after_half_an_hour_without_use() {
    let app = TestApp::new().await;
    let doctor = sign_in(&app, Doctor).await;
    app.advance(20 * MINUTE);
    doctor.get("/session").await.expect(200);
    app.advance(20 * MINUTE);
    doctor.get("/session").await.expect(200);
    app.advance(31 * MINUTE);
    doctor.get("/session").await.expect_problem(401, "identity.not_signed_in");
}

#[tokio::test]
async fn a_session_ends_after_twelve_hours_however_much_it_is_used() {
    let app = TestApp::new().await;
    let doctor = sign_in(&app, Doctor).await;
    for _ in 0..29 {
        app.advance(24 * MINUTE);
        doctor.get("/session").await.expect(200);
    }
    app.advance(24 * MINUTE);
    doctor.get("/session").await.expect_problem(401, "identity.not_signed_in");
}

#[tokio::test]
async fn signing_out_everywhere_ends_every_session_of_the_account_and_no_other() {
    let app = TestApp::new().await;
    let (here, there, admin) =
        (sign_in(&app, Doctor).await, sign_in(&app, Doctor).await, sign_in(&app, Admin).await);
    let open = here.get("/sessions").await.expect(200);
    let items = open["items"].as_array().unwrap();
    assert_eq!((items.len(), items.iter().filter(|s| s["current"] == true).count()), (2, 1));
    assert_eq!(here.delete("/sessions").await.status, 204);
    here.get("/session").await.expect_problem(401, "identity.not_signed_in");
    there.get("/session").await.expect_problem(401, "identity.not_signed_in");
    admin.get("/session").await.expect(200);
}

#[tokio::test]
async fn somebody_of_two_clinics_chooses_one_and_sees_nothing_of_the_other() {
    let app = TestApp::new().await;
    let mut owner = app.database.owner().await;
    sqlx::query(
        "with actor as (select set_config('dentpro.actor', $1::text, false) as a)
        insert into staff (clinic_id, id, account_id, name_ar, name_en, created_at)
        select $2, $3, $1, 'د. ضيف', 'Dr Guest', now() from actor where a is not null",
    )
    .bind(app.clinic.accounts[&Doctor])
    .bind(app.other_clinic.id)
    .bind(uuid::Uuid::now_v7())
    .execute(&mut owner)
    .await
    .unwrap();
    let asked = try_password(&app.anonymous(), &app, Doctor, PASSWORD).await;
    asked.expect_problem(409, "identity.choose_clinic");
    assert_eq!(asked.json()["clinics"].as_array().unwrap().len(), 2);
    let body = |clinic| json!({ "email": app.clinic.email(Doctor), "password": PASSWORD, "clinic_id": clinic, "token": true });
    let session = app.anonymous().post("/session", body(app.other_clinic.id)).await.expect(200);
    assert_eq!(session["clinic"]["id"], json!(app.other_clinic.id));
    // As a guest without roles he may do nothing there.
    let guest = app.client(Some(session["token"].as_str().unwrap().to_owned()));
    guest.get("/staff").await.expect_problem(403, "identity.permission_missing");
    let stranger = app.anonymous().post("/session", body(uuid::Uuid::now_v7())).await;
    stranger.expect_invalid("/clinic_id", "request.unknown_reference");
}

#[tokio::test]
async fn nobody_registers_himself() {
    let app = TestApp::new().await;
    let nobody = app.anonymous();
    for path in ["/account", "/staff", "/accounts", "/users", "/register"] {
        let answer = nobody
            .post(path, json!({ "email": "me@a.example", "password": PASSWORD, "role": "admin" }))
            .await;
        assert!([401, 404, 405].contains(&answer.status.as_u16()), "{path}: {}", answer.text());
    }
    nobody.post("/invitations", json!({})).await.expect_problem(401, "identity.not_signed_in");
}

#[tokio::test]
async fn the_sign_in_page_shows_demo_accounts_only_in_the_demo() {
    let app = TestApp::new().await;
    let info = app.anonymous().get("/session/info").await.expect(200);
    assert_eq!(info["demo"], false);
    assert_eq!(info["demo_accounts"], json!([]));
    assert_eq!(info["setup_required"], false);
    let mut state = app.state.clone();
    let mut settings = (*state.settings).clone();
    settings.demo = true;
    state.settings = settings.into();
    let request = axum::http::Request::get("/api/v1/session/info").body(axum::body::Body::empty()).unwrap();
    let answer = tower::ServiceExt::oneshot(crate::app::router(state), request).await.unwrap();
    let body = http_body_util::BodyExt::collect(answer.into_body()).await.unwrap().to_bytes();
    let info: serde_json::Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(info["demo_accounts"][3]["email"], "reception@dentpro.demo");
    assert_eq!(info["demo_accounts"].as_array().unwrap().len(), 4);
}

#[tokio::test]
async fn a_revoked_permission_counts_from_the_next_request_on() {
    let app = TestApp::new().await;
    let (admin, assistant) = (sign_in(&app, Admin).await, sign_in(&app, Assistant).await);
    assistant.get("/staff").await.expect(200);
    let role = app.clinic.roles[&Assistant];
    let without = json!({ "permissions": [{ "code": "clinic.read", "scope": "all" }] });
    admin.patch(&format!("/roles/{role}"), 1, without).await.expect(200);
    assistant.get("/staff").await.expect_problem(403, "identity.permission_missing");
    assert_eq!(logged(&app, "refused").await[0]["after"]["permission"], "identity.read_staff");
    assert_eq!(assistant.get("/session").await.expect(200)["permissions"], json!(["clinic.read"]));
}
