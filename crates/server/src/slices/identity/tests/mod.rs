//! Identity through HTTP.

mod account;
mod invitations;
mod live;
mod roles;
mod set_up;
mod signing_in;
mod staff;
mod sweeping;

use axum::http::header;
use dentpro_core::permissions::BuiltInRole;
use serde_json::{Value, json};

use crate::testing::{Client, PASSWORD, TestApp, TestResponse};

/// Tries to sign in with a role's e-mail.
async fn try_password(client: &Client, app: &TestApp, role: BuiltInRole, password: &str) -> TestResponse {
    client.post("/session", json!({ "email": app.clinic.email(role), "password": password })).await
}

/// Signs in with a bearer token, as scripts do.
async fn sign_in(app: &TestApp, role: BuiltInRole) -> Client {
    let body = json!({ "email": app.clinic.email(role), "password": PASSWORD, "token": true });
    let session = app.anonymous().post("/session", body).await.expect(200);
    app.client(Some(session["token"].as_str().unwrap().to_owned()))
}

/// The cookie that an answer sets.
fn cookie(answer: &TestResponse) -> String {
    let value = answer.headers[header::SET_COOKIE].to_str().unwrap();
    value.split(';').next().unwrap().to_owned()
}

/// What the log of the clinic says of an action, the newest first.
async fn logged(app: &TestApp, action: &str) -> Vec<Value> {
    let admin = app.login(BuiltInRole::Admin).await;
    let page = admin.get(&format!("/audit?action={action}")).await.expect(200);
    page["items"].as_array().unwrap().clone()
}
