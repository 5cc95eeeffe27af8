//! What is forgotten with time, and what is not.

use std::time::Duration;

use dentpro_core::permissions::BuiltInRole::{Admin, Assistant, Doctor, Receptionist};
use serde_json::json;

use super::{sign_in, try_password};
use crate::server::sweep_once;
use crate::testing::{PASSWORD, TestApp};

const DAY: u64 = 24 * 3600;

async fn sweep_after(app: &TestApp, days: u64) {
    app.advance(Duration::from_secs(days * DAY));
    sweep_once(&app.state.db, &app.clock).await.unwrap();
}

async fn count(app: &TestApp, sql: &'static str) -> i64 {
    let mut owner = app.database.owner().await;
    sqlx::query_scalar(sql).fetch_one(&mut owner).await.unwrap()
}

#[tokio::test]
async fn sessions_that_are_over_are_forgotten_and_open_ones_go_on() {
    let app = TestApp::new().await;
    let (ended, expired) = (sign_in(&app, Doctor).await, sign_in(&app, Receptionist).await);
    ended.delete("/session").await.expect(204);
    sweep_after(&app, 92).await;
    assert_eq!(count(&app, "select count(*) from session").await, 0);
    expired.get("/session").await.expect_problem(401, "identity.not_signed_in");
    let open = sign_in(&app, Doctor).await;
    sweep_once(&app.state.db, &app.clock).await.unwrap();
    open.get("/session").await.expect(200);
}

#[tokio::test]
async fn where_somebody_signed_in_last_month_he_is_still_not_locked_out_by_strangers() {
    let app = TestApp::new().await;
    let office = app.anonymous().at("203.0.113.5");
    try_password(&office, &app, Doctor, PASSWORD).await.expect(200);
    sweep_after(&app, 30).await;
    for i in 0..31 {
        let stranger = app.anonymous().at(&format!("198.51.100.{}", i / 5));
        try_password(&stranger, &app, Doctor, "a guess").await;
    }
    try_password(&office, &app, Doctor, PASSWORD).await.expect(200);
}

#[tokio::test]
async fn attempts_to_sign_in_are_forgotten_after_a_day_and_not_before_they_counted() {
    let app = TestApp::new().await;
    for _ in 0..5 {
        try_password(&app.anonymous(), &app, Doctor, "a guess").await;
    }
    sweep_once(&app.state.db, &app.clock).await.unwrap();
    try_password(&app.anonymous(), &app, Doctor, PASSWORD).await.expect_problem(429, "identity.throttled");
    sweep_after(&app, 2).await;
    assert_eq!(count(&app, "select count(*) from sign_in_failure").await, 0);
}

#[tokio::test]
async fn invitations_that_came_to_nothing_are_forgotten_with_an_entry_in_the_log() {
    let app = TestApp::new().await;
    let admin = app.login(Admin).await;
    let invite = |email: &'static str| {
        let body = json!({ "email": email, "name_en": "Heba", "role_ids": [app.clinic.roles[&Assistant]] });
        let admin = admin.clone();
        async move { admin.post("/invitations", body).await.expect(201) }
    };
    let accepted = invite("accepted@x.example").await;
    let token = accepted["url"].as_str().unwrap().rsplit('/').next().unwrap();
    let path = format!("/invitations/by-token/{token}/accept");
    app.anonymous().post(&path, json!({ "password": "quiet rivers carry boats" })).await.expect(201);
    let withdrawn = invite("withdrawn@x.example").await;
    admin.delete(&format!("/invitations/{}", withdrawn["id"].as_str().unwrap())).await.expect(204);
    let expired = invite("expired@x.example").await;
    let left = "select count(*) from invitation";
    sweep_after(&app, 29).await;
    assert_eq!(count(&app, left).await, 3, "not yet");
    sweep_after(&app, 2).await;
    assert_eq!(count(&app, left).await, 2, "the withdrawn one is gone, the expired one ended a week later");
    sweep_after(&app, 7).await;
    assert_eq!(count(&app, "select count(*) from invitation where accepted_at is not null").await, 1);
    assert_eq!(count(&app, left).await, 1);
    let admin = app.login(Admin).await;
    assert_eq!(admin.get("/invitations").await.expect(200)["items"], json!([]));
    let log = admin.get("/audit?entity=invitation&action=delete").await.expect(200);
    assert_eq!(log["items"][0]["entity_id"], expired["id"]);
    assert_eq!((&log["items"][0]["actor"], log["items"].as_array().unwrap().len()), (&json!(null), 2));
}
