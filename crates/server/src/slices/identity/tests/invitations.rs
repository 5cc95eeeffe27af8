//! Invitations.

use std::time::Duration;

use dentpro_core::permissions::BuiltInRole::{Admin, Assistant, Doctor};
use serde_json::{Value, json};

use super::{cookie, sign_in};
use crate::kernel::outbox;
use crate::testing::{Client, PASSWORD, TestApp};

const NEW: &str = "quiet rivers carry boats";

async fn invite(app: &TestApp, admin: &Client, email: &str) -> (Value, String) {
    let body = json!({ "email": email, "name_ar": "هبة", "name_en": "Heba",
        "role_ids": [app.clinic.roles[&Assistant]] });
    let made = admin.post("/invitations", body).await.expect(201);
    let token = made["url"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
    (made["id"].clone(), token)
}

fn accept(token: &str) -> String {
    format!("/invitations/by-token/{token}/accept")
}

#[tokio::test]
async fn an_invited_assistant_chooses_a_password_and_works_and_the_link_is_spent() {
    let app = TestApp::new().await;
    let admin = sign_in(&app, Admin).await;
    let (_, token) = invite(&app, &admin, "Heba@x.example").await;
    let nobody = app.anonymous();
    let seen = nobody.get(&format!("/invitations/by-token/{token}")).await.expect(200);
    assert_eq!(
        (seen["email"].as_str(), seen["account_exists"].as_bool()),
        (Some("heba@x.example"), Some(false))
    );
    assert_eq!(seen["clinic_name_en"], "Test clinic");
    let easy = nobody.post(&accept(&token), json!({ "password": "short" })).await;
    easy.expect_invalid("/password", "identity.password_too_short");
    let answer = nobody.post(&accept(&token), json!({ "password": NEW })).await;
    assert_eq!(answer.expect(201)["roles"], json!(["assistant"]));
    let heba = nobody.with("cookie", &cookie(&answer));
    heba.get("/staff").await.expect(200);
    heba.post("/roles", json!({ "name_en": "x" })).await.expect_problem(403, "identity.permission_missing");
    nobody
        .post(&accept(&token), json!({ "password": NEW }))
        .await
        .expect_problem(404, "identity.invitation_invalid");
    assert_eq!(admin.get("/invitations").await.expect(200)["items"], json!([]));
    let again =
        json!({ "email": "heba@x.example", "name_en": "Heba", "role_ids": [app.clinic.roles[&Assistant]] });
    admin.post("/invitations", again).await.expect_problem(409, "identity.already_staff");
}

#[tokio::test]
async fn the_invited_cannot_choose_a_role() {
    let app = TestApp::new().await;
    let admin = sign_in(&app, Admin).await;
    let (_, token) = invite(&app, &admin, "heba@x.example").await;
    let body = json!({ "password": NEW, "role_ids": [app.clinic.roles[&Admin]] });
    app.anonymous().post(&accept(&token), body).await.expect_invalid("/role_ids", "request.unknown_field");
}

#[tokio::test]
async fn a_link_that_is_old_withdrawn_replaced_or_guessed_opens_nothing() {
    let app = TestApp::new().await;
    let admin = app.login(Admin).await;
    let nobody = app.anonymous();
    let refused = |token: String| {
        let nobody = nobody.clone();
        async move {
            let path = format!("/invitations/by-token/{token}");
            nobody.get(&path).await.expect_problem(404, "identity.invitation_invalid");
            nobody
                .post(&accept(&token), json!({ "password": NEW }))
                .await
                .expect_problem(404, "identity.invitation_invalid");
        }
    };
    let (id, withdrawn) = invite(&app, &admin, "one@x.example").await;
    assert_eq!(admin.delete(&format!("/invitations/{}", id.as_str().unwrap())).await.status, 204);
    let (_, replaced) = invite(&app, &admin, "two@x.example").await;
    let (_, old) = invite(&app, &admin, "two@x.example").await;
    refused(withdrawn).await;
    refused(replaced).await;
    refused("guess".to_owned()).await;
    app.anonymous().get(&format!("/invitations/by-token/{old}")).await.expect(200);
    app.advance(Duration::from_secs(7 * 24 * 3600));
    refused(old).await;
}

#[tokio::test]
async fn a_link_used_by_two_at_once_makes_one_member() {
    let app = TestApp::new().await;
    let admin = sign_in(&app, Admin).await;
    let (_, token) = invite(&app, &admin, "heba@x.example").await;
    let (nobody, path) = (app.anonymous(), accept(&token));
    let answers =
        futures::future::join_all((0..4).map(|_| nobody.post(&path, json!({ "password": NEW })))).await;
    assert_eq!(answers.iter().filter(|a| a.status == 201).count(), 1);
    assert!(answers.iter().all(|a| [201, 401, 404, 409].contains(&a.status.as_u16())));
}

#[tokio::test]
async fn somebody_with_an_account_joins_a_second_clinic_with_his_own_password() {
    let app = TestApp::new().await;
    let admin = sign_in(&app, Admin).await;
    let colleague = app.other_clinic.email(Doctor);
    let (_, token) = invite(&app, &admin, &colleague).await;
    let nobody = app.anonymous();
    let seen = nobody.get(&format!("/invitations/by-token/{token}")).await.expect(200);
    assert_eq!(seen["account_exists"], true);
    let wrong = nobody.post(&accept(&token), json!({ "password": NEW })).await;
    wrong.expect_problem(401, "identity.bad_credentials");
    let session = nobody.post(&accept(&token), json!({ "password": PASSWORD })).await.expect(201);
    assert_eq!(session["clinic"]["id"], json!(app.clinic.id));
    assert_eq!(session["roles"], json!(["assistant"]));
}

#[tokio::test]
async fn the_mail_speaks_both_languages_and_carries_the_link() {
    let app = TestApp::new().await;
    let admin = sign_in(&app, Admin).await;
    let (_, token) = invite(&app, &admin, "heba@x.example").await;
    outbox::work_once(&app.state.db, &app.state.mailer).await.unwrap();
    let sent = app.state.mailer.sent();
    let text = sent[0].text.as_deref().unwrap();
    assert_eq!(sent[0].to, "heba@x.example");
    assert!(text.contains("عيادة الاختبار") && text.contains("Test clinic"));
    assert_eq!(text.matches(&format!("http://localhost/invite/{token}")).count(), 2);
}
