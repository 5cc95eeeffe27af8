//! The own account: profile, password, second factor.

use std::time::Duration;

use axum::http::Method;
use dentpro_core::permissions::BuiltInRole::{Admin, Doctor};
use serde_json::{Value, json};

use super::super::second_factor;
use super::{logged, sign_in, try_password};
use crate::testing::{Client, PASSWORD, TestApp, TestResponse};

const NEW: &str = "quiet rivers carry boats";

async fn change(client: &Client, current: &str, new: &str) -> TestResponse {
    client.post("/account/password", json!({ "current": current, "new": new })).await
}

#[tokio::test]
async fn a_person_changes_his_language_and_theme_without_a_version() {
    let app = TestApp::new().await;
    let doctor = sign_in(&app, Doctor).await;
    let patch = |body: Value| {
        let doctor = doctor.clone();
        async move { doctor.send(Method::PATCH, "/account", Some(body)).await }
    };
    let changed = patch(json!({ "locale": "ar", "theme": "dark" })).await.expect(200);
    assert_eq!((&changed["locale"], &changed["theme"]), (&json!("ar"), &json!("dark")));
    assert_eq!(patch(json!({ "locale": null })).await.expect(200)["locale"], Value::Null);
    patch(json!([])).await.expect_invalid("", "request.wrong_type");
    patch(json!({ "theme": "pink" })).await.expect_invalid("/theme", "request.wrong_type");
    patch(json!({ "email": "x@y.z" })).await.expect_invalid("/email", "request.unknown_field");
    patch(json!({ "name_en": "a\u{202E}b" })).await.expect_invalid("/name_en", "request.text_not_allowed");
}

#[tokio::test]
async fn a_new_password_ends_the_other_sessions_and_is_logged_without_its_words() {
    let app = TestApp::new().await;
    let (here, there) = (sign_in(&app, Doctor).await, sign_in(&app, Doctor).await);
    change(&here, "wrong", NEW).await.expect_invalid("/current", "identity.password_wrong");
    assert_eq!(change(&here, PASSWORD, NEW).await.status, 204);
    here.get("/session").await.expect(200);
    there.get("/session").await.expect_problem(401, "identity.not_signed_in");
    try_password(&app.anonymous(), &app, Doctor, PASSWORD)
        .await
        .expect_problem(401, "identity.bad_credentials");
    assert_eq!(try_password(&app.anonymous(), &app, Doctor, NEW).await.status, 200);
    let entry = &logged(&app, "password_change").await[0];
    assert_eq!(entry["actor"]["name_en"], "Dr doctor");
    let mut owner = app.database.owner().await;
    let leaks: i64 = sqlx::query_scalar("select count(*) from audit_entry e where e::text like '%argon2%'")
        .fetch_one(&mut owner)
        .await
        .unwrap();
    assert_eq!(leaks, 0);
}

#[tokio::test]
async fn an_easy_password_is_refused_with_its_reason() {
    let app = TestApp::new().await;
    let doctor = sign_in(&app, Doctor).await;
    for (password, code) in [
        ("short one", "identity.password_too_short"),
        ("000000000000000", "identity.password_common"),
        ("my test clinic pass", "identity.password_contains_clinic_name"),
        ("ponmlkjihgfedcba", "identity.password_sequence"),
    ] {
        change(&doctor, PASSWORD, password).await.expect_invalid("/new", code);
    }
}

/// Turns the second factor on; the secret and the recovery codes.
async fn turn_on(app: &TestApp, client: &Client) -> (Vec<u8>, Vec<String>) {
    let begun = client.send(Method::POST, "/account/totp", None).await.expect(200);
    assert!(begun["qr_svg"].as_str().unwrap().starts_with("<svg"));
    assert!(begun["otpauth_url"].as_str().unwrap().contains(begun["secret"].as_str().unwrap()));
    let mut owner = app.database.owner().await;
    let secret: Vec<u8> =
        sqlx::query_scalar("select secret from account_totp").fetch_one(&mut owner).await.unwrap();
    let wrong = client.post("/account/totp/confirm", json!({ "code": "000000" })).await;
    wrong.expect_invalid("/code", "identity.totp_wrong");
    let code = second_factor::code_at(&secret, app.clock.now());
    let done = client.post("/account/totp/confirm", json!({ "code": code })).await.expect(200);
    let codes = done["recovery_codes"].as_array().unwrap();
    (secret, codes.iter().map(|c| c.as_str().unwrap().to_owned()).collect())
}

#[tokio::test]
async fn a_code_of_the_app_lets_in_once_and_never_again() {
    let app = TestApp::new().await;
    let doctor = sign_in(&app, Doctor).await;
    let (secret, _) = turn_on(&app, &doctor).await;
    let nobody = app.anonymous();
    let with = |extra: Value| {
        let mut body = json!({ "email": app.clinic.email(Doctor), "password": PASSWORD, "token": true });
        body.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        let nobody = nobody.clone();
        async move { nobody.post("/session", body).await }
    };
    with(json!({})).await.expect_problem(401, "identity.totp_required");
    // The code that confirmed the app is used up.
    let code = second_factor::code_at(&secret, app.clock.now());
    with(json!({ "totp": code })).await.expect_problem(401, "identity.totp_wrong");
    app.advance(Duration::from_secs(30));
    let code = second_factor::code_at(&secret, app.clock.now());
    let session = with(json!({ "totp": code })).await.expect(200);
    assert_eq!(session["account"]["totp_enabled"], true);
    with(json!({ "totp": code })).await.expect_problem(401, "identity.totp_wrong");
    app.advance(Duration::from_secs(30));
    let code = second_factor::code_at(&secret, app.clock.now());
    let at_once = futures::future::join_all((0..4).map(|_| with(json!({ "totp": code })))).await;
    assert_eq!(at_once.iter().filter(|a| a.status == 200).count(), 1);
}

#[tokio::test]
async fn a_recovery_code_works_once_and_wrong_codes_are_throttled() {
    let app = TestApp::new().await;
    let doctor = sign_in(&app, Doctor).await;
    let (_, codes) = turn_on(&app, &doctor).await;
    assert_eq!(codes.len(), 10);
    let attempt = |code: String| {
        let nobody = app.anonymous();
        let body = json!({ "email": app.clinic.email(Doctor), "password": PASSWORD, "recovery_code": code });
        async move { nobody.post("/session", body).await }
    };
    attempt(codes[0].to_uppercase().replace('-', " ")).await.expect(200);
    attempt(codes[0].clone()).await.expect_problem(401, "identity.totp_wrong");
    for _ in 0..4 {
        attempt("aaaa-bbbb-cccc-dddd".to_owned()).await.expect_problem(401, "identity.totp_wrong");
    }
    attempt(codes[1].clone()).await.expect_problem(429, "identity.throttled");
}

#[tokio::test]
async fn the_second_factor_goes_only_with_the_password_and_the_secret_stays_secret() {
    let app = TestApp::new().await;
    let doctor = sign_in(&app, Doctor).await;
    let (secret, _) = turn_on(&app, &doctor).await;
    doctor.send(Method::POST, "/account/totp", None).await.expect_problem(409, "identity.totp_already_on");
    let off = |password: &str| {
        let (doctor, body) = (doctor.clone(), json!({ "password": password }));
        async move { doctor.send(Method::DELETE, "/account/totp", Some(body)).await }
    };
    off("wrong").await.expect_invalid("/password", "identity.password_wrong");
    // With the factor eight characters are enough; without it they would not be.
    assert_eq!(change(&doctor, PASSWORD, "kettle9!").await.status, 204);
    off("kettle9!").await.expect_problem(409, "identity.password_too_short_alone");
    assert_eq!(change(&doctor, "kettle9!", NEW).await.status, 204);
    assert_eq!(off(NEW).await.status, 204);
    assert_eq!(try_password(&app.anonymous(), &app, Doctor, NEW).await.status, 200);
    let mut owner = app.database.owner().await;
    let leaks: i64 =
        sqlx::query_scalar("select count(*) from audit_entry e where e::text like '%' || $1 || '%'")
            .bind(hex::encode(&secret))
            .fetch_one(&mut owner)
            .await
            .unwrap();
    assert_eq!(leaks, 0);
    assert_eq!(logged(&app, "totp_on").await.len(), 1);
    assert_eq!(logged(&app, "totp_off").await.len(), 1);
}

#[tokio::test]
async fn the_command_line_gives_a_new_password_and_ends_the_sessions() {
    let app = TestApp::new().await;
    let admin = sign_in(&app, Admin).await;
    let reset = |email: String, password: &'static str| {
        let (db, clock) = (app.state.db.clone(), app.clock.clone());
        async move { super::super::reset_password(&db, &clock, &email, password).await }
    };
    assert!(reset("nobody@a.example".to_owned(), NEW).await.is_err());
    assert!(reset(app.clinic.email(Admin), "short").await.is_err());
    reset(app.clinic.email(Admin).to_uppercase(), NEW).await.unwrap();
    admin.get("/session").await.expect_problem(401, "identity.not_signed_in");
    assert_eq!(try_password(&app.anonymous(), &app, Admin, NEW).await.status, 200);
}
