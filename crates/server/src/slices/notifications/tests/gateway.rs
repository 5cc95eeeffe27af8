//! Gateways for SMS and WhatsApp.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::*;

type Heard = Arc<Mutex<Vec<String>>>;

/// A gateway that answers each request in turn, the last answer for all that follow.
async fn stub(answers: &'static [&'static str]) -> (String, Heard) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/v1/messages", listener.local_addr().unwrap());
    let heard = Heard::default();
    let kept = heard.clone();
    tokio::spawn(async move {
        for number in 0.. {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = vec![0; 8000];
            let n = stream.read(&mut request).await.unwrap();
            kept.lock().unwrap().push(String::from_utf8_lossy(&request[..n]).into_owned());
            stream.write_all(answers[number.min(answers.len() - 1)].as_bytes()).await.unwrap();
        }
    });
    (url, heard)
}

fn provider(url: &str) -> Value {
    json!({ "channel": "sms", "name": "Gateway", "url": url, "method": "POST",
        "headers": [{ "name": "Authorization", "value": "Bearer top-secret" },
            { "name": "Content-Type", "value": "application/json" }],
        "body": "{\"to\": \"{digits}\", \"text\": \"{text}\", \"ref\": \"{id}\"}",
        "success_pointer": "/status", "success_value": "queued" })
}

const QUEUED: &str = "HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n{\"status\": \"queued\"}";
const BUSY: &str = "HTTP/1.1 503 Busy\r\ncontent-length: 0\r\n\r\n";
const NO_CREDIT: &str = "HTTP/1.1 402 Pay\r\ncontent-length: 9\r\n\r\nno credit";

async fn due(answers: &'static [&'static str]) -> (TestApp, Heard, Value) {
    let app = TestApp::new().await;
    let (url, heard) = stub(answers).await;
    admin(&app).await.post("/message-providers", provider(&url)).await.expect(201);
    rule(&app, 3, &["sms"]).await;
    let mona = patient(&app, "Mona Ahmed", Some("mona@example.com")).await;
    let booked = book(&app, mona, "2026-11-23", 16).await;
    app.advance(4 * HOUR);
    look(&app).await;
    (app, heard, booked)
}

#[tokio::test]
async fn a_message_goes_through_the_clinics_own_gateway() {
    let (app, heard, booked) = due(&[BUSY, QUEUED]).await;
    assert_eq!(log(&app, &booked).await[0]["state"], "waiting");
    app.advance(HOUR / 6);
    look(&app).await;
    look(&app).await;
    let heard = heard.lock().unwrap().clone();
    assert_eq!(heard.len(), 2);
    assert!(heard[1].contains("authorization: Bearer top-secret"), "{}", heard[1]);
    let body: Value = serde_json::from_str(heard[1].split("\r\n\r\n").nth(1).unwrap()).unwrap();
    assert_eq!(body["to"], "201001234567");
    assert!(body["text"].as_str().unwrap().contains("http://localhost/c/"), "{body}");
    let row = &log(&app, &booked).await[0];
    assert_eq!((&row["state"], &row["channel"], &row["ref"]), (&json!("sent"), &json!("sms"), &Value::Null));
    assert_eq!(body["ref"], row["id"]);
}

#[tokio::test]
async fn a_gateway_that_refuses_or_falls_silent_is_not_asked_again() {
    for (answers, state) in [(&[NO_CREDIT] as &[&str], "failed"), (&[""], "unknown")] {
        let (app, heard, booked) = due(answers).await;
        app.advance(HOUR);
        look(&app).await;
        assert_eq!(heard.lock().unwrap().len(), 1, "{state}");
        assert_eq!(log(&app, &booked).await[0]["state"], state);
        let failed = admin(&app).await.get("/reminder-deliveries").await.expect(200);
        assert_eq!(failed["items"].as_array().unwrap().len(), 1);
    }
}

#[tokio::test]
async fn a_gateways_secret_is_never_answered_and_never_logged() {
    let app = TestApp::new().await;
    let client = admin(&app).await;
    let (url, heard) = stub(&[QUEUED]).await;
    let made = client.post("/message-providers", provider(&url)).await;
    let path = format!("/message-providers/{}", id(&made.expect(201)));
    let listed = client.get("/message-providers").await;
    for answer in [&made, &listed] {
        assert!(answer.text().contains("authorization") && !answer.text().contains("top-secret"));
    }
    let mut owner = app.database.owner().await;
    let logged: i64 = sqlx::query_scalar(
        "select count(*) from audit_entry where coalesce(before::text, '') || coalesce(after::text, '') like '%top-secret%'",
    )
    .fetch_one(&mut owner)
    .await
    .unwrap();
    assert_eq!(logged, 0);
    // Kept where its value is not given, unless the address leads to somebody else.
    let headers = json!([{ "name": "authorization" }]);
    client.patch(&path, 1, json!({ "headers": headers })).await.expect(200);
    let sent = client.post(&format!("{path}/test"), json!({ "to": "01001234567" })).await.expect(200);
    assert_eq!(sent["sent"], true, "{sent}");
    assert!(heard.lock().unwrap()[0].contains("Bearer top-secret"));
    let elsewhere = json!({ "url": "https://thief.example/" });
    client
        .patch(&path, 2, elsewhere)
        .await
        .expect_invalid("/headers", "notifications.secrets_of_another_host");
    let both = json!({ "url": "https://thief.example/", "headers": headers });
    client.patch(&path, 2, both).await.expect_invalid("/headers/0/value", "request.required");
}

#[tokio::test]
async fn a_gateway_that_could_not_work_is_refused() {
    let app = TestApp::new().await;
    let client = admin(&app).await;
    for (change, pointer, code) in [
        (json!({ "url": "ftp://a.example" }), "/url", "notifications.url_malformed"),
        (json!({ "method": "DELETE" }), "/method", "notifications.method_unknown"),
        (json!({ "body": "{text}" }), "/body", "notifications.recipient_missing"),
        (json!({ "body": "{to}" }), "/body", "notifications.text_missing"),
        (json!({ "channel": "mail" }), "/channel", "notifications.channel_unknown"),
        (json!({ "success_pointer": "status" }), "/success_pointer", "notifications.pointer_malformed"),
        (
            json!({ "headers": [{ "name": "Host", "value": "x" }] }),
            "/headers/0/name",
            "notifications.header_malformed",
        ),
        (
            json!({ "headers": [{ "name": "x", "value": "ar موعد\u{7f}" }] }),
            "/headers/0/value",
            "request.text_not_allowed",
        ),
    ] {
        let mut body = provider("https://gateway.example/");
        for (key, value) in change.as_object().unwrap() {
            body[key] = value.clone();
        }
        client.post("/message-providers", body).await.expect_invalid(pointer, code);
    }
    client.post("/message-providers", provider("https://gateway.example/")).await.expect(201);
    let second = client.post("/message-providers", provider("https://other.example/")).await;
    second.expect_problem(409, "notifications.provider_active");
}
