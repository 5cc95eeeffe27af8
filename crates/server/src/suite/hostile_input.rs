//! Whatever is sent, the answer is a clear 4xx: never a 500, and nothing hangs.

use std::collections::BTreeMap;

use axum::http::Method;
use dentpro_core::permissions::BuiltInRole::Admin;
use serde_json::{Map, Value, json};

use super::operations::{self, Operation};
use crate::testing::{Client, TestApp};

/// Values that have broken systems before.
fn hostile_values() -> Vec<Value> {
    vec![
        Value::Null,
        json!(true),
        json!(-1),
        json!(i64::MAX),
        json!(1e300),
        json!(""),
        json!("a\u{0}b"),
        json!("\u{202E}txt.exe"),
        json!("10000-01-01"),
        json!("+99999-12-31T23:59:59Z"),
        json!("'; drop table patient; --"),
        json!("%_\\"),
        json!("{{7*7}}"),
        json!("x".repeat(20_000)),
        json!([]),
        json!({}),
        json!([[[[[[]]]]]]),
        json!({ "amount": "-5.00", "currency": "EGP" }),
        json!({ "amount": "999999999999999999999999.99", "currency": "EGP" }),
    ]
}

async fn send(client: &Client, operation: &Operation, body: Option<Value>) -> u16 {
    let path = operation.path_with(&BTreeMap::new());
    client.with("if-match", "\"1\"").send(operation.method.clone(), &path, body).await.status.as_u16()
}

fn signed_in_operations() -> Vec<Operation> {
    operations::all()
        .into_iter()
        .filter(|o| o.permission != "public" && !o.is_stream() && !o.path.starts_with("/session"))
        // These end the session that the test works with.
        .filter(|o| !o.path.starts_with("/account"))
        .collect()
}

#[tokio::test]
async fn no_field_of_any_body_can_be_made_to_fail_the_server() {
    let app = TestApp::new().await;
    let admin = app.login(Admin).await;
    for operation in signed_in_operations() {
        let Some(schema) = &operation.body else { continue };
        let fields: Vec<String> =
            schema["properties"].as_object().map(|p| p.keys().cloned().collect()).unwrap_or_default();
        for body in [json!(null), json!([]), json!("text"), json!({ "no_such_field": 1 })] {
            let status = send(&admin, &operation, Some(body.clone())).await;
            assert!((400..500).contains(&status), "{} {} {body}: {status}", operation.method, operation.path);
        }
        for field in &fields {
            for value in hostile_values() {
                let mut body = Map::new();
                body.insert(field.clone(), value.clone());
                let status = send(&admin, &operation, Some(Value::Object(body))).await;
                assert!(status < 500, "{} {} {field}={value}: {status}", operation.method, operation.path);
            }
        }
    }
}

#[tokio::test]
async fn no_query_can_be_made_to_fail_the_server() {
    let app = TestApp::new().await;
    let admin = app.login(Admin).await;
    let values = [
        "%00",
        "%E2%80%AE",
        "-1",
        "99999999999999999999",
        "10000-01-01",
        "'",
        "%25_%5C",
        "%FF",
        "a%20or%201=1",
    ];
    let names = [
        "limit",
        "cursor",
        "q",
        "from",
        "to",
        "date",
        "status",
        "patient_id",
        "doctor_id",
        "entity",
        "lang",
        "as_of",
        "role",
        "no_such_parameter",
    ];
    for operation in signed_in_operations().iter().filter(|o| o.method == Method::GET) {
        let path = operation.path_with(&BTreeMap::new());
        for name in names {
            for value in values {
                let answer = admin.get(&format!("{path}?{name}={value}")).await;
                let status = answer.status.as_u16();
                assert!(status < 500, "{path}?{name}={value}: {status} {}", answer.text());
            }
        }
    }
}

#[tokio::test]
async fn bodies_that_are_too_large_or_of_another_kind_are_refused() {
    let app = TestApp::new().await;
    let admin = app.login(Admin).await;
    let large = format!("{{\"name_en\":\"{}\"}}", "x".repeat(10 * 1024 * 1024)).into_bytes();
    let refused = admin.send_bytes(Method::POST, "/branches", Some(("application/json", large))).await;
    refused.expect_problem(413, "request.too_large");
    let refused = admin.send_bytes(Method::POST, "/branches", Some(("text/plain", b"{}".to_vec()))).await;
    refused.expect_problem(415, "request.media_type");
    let refused = admin
        .send_bytes(Method::POST, "/branches", Some(("application/json", b"{\"name_en\":".to_vec())))
        .await;
    refused.expect_problem(400, "request.malformed_json");
}

#[tokio::test]
async fn a_write_from_another_site_is_refused() {
    let app = TestApp::new().await;
    let admin = app.login(Admin).await;
    let foreign = admin.with("sec-fetch-site", "cross-site").with("origin", "https://elsewhere.example");
    foreign
        .post("/branches", json!({ "name_en": "Taken" }))
        .await
        .expect_problem(403, "request.cross_origin");
}

#[tokio::test]
async fn problems_speak_the_readers_language() {
    let app = TestApp::new().await;
    let nobody = app.anonymous();
    let arabic = nobody.with("accept-language", "ar-EG,ar;q=0.9").get("/branches").await.expect(401);
    let english = nobody.with("accept-language", "en").get("/branches").await.expect(401);
    assert_eq!(arabic["code"], english["code"]);
    assert!(arabic["title"].as_str().unwrap().contains("سجّل"));
    assert!(english["title"].as_str().unwrap().contains("Sign in"));
}
