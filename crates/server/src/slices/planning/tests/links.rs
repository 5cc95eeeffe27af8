use serde_json::{Value, json};

use super::{Practice, path, pen};
use crate::testing::Client;

async fn link(practice: &Practice, plan: &Value) -> String {
    let made = practice.doctor.post(&format!("{}/links", path(plan)), json!({})).await.expect(201);
    format!("/plan-links/{}", made["path"].as_str().unwrap().strip_prefix("/p/").unwrap())
}

async fn open(nobody: &Client, link: &str, birth_date: &str) -> crate::testing::TestResponse {
    nobody.post(&format!("{link}/open"), json!({ "birth_date": birth_date })).await
}

#[tokio::test]
async fn a_patient_signs_over_a_link_with_his_birth_date() {
    let practice = Practice::new().await;
    let plan = practice.plan(&["16", "17"]).await;
    let early = practice.doctor.post(&format!("{}/links", path(&plan)), json!({})).await;
    early.expect_problem(409, "planning.not_presented");
    practice.present(&plan).await;
    let link = link(&practice, &plan).await;
    let nobody = practice.app.anonymous();
    let seen = nobody.get(&link).await.expect(200);
    assert_eq!(seen["clinic_name_en"], "Test clinic");
    assert!(!seen.to_string().contains("Patient"), "nothing of the patient before the second proof");
    open(&nobody, &link, "1991-04-03").await.expect_invalid("/birth_date", "planning.birth_date_differs");
    let shown = open(&nobody, &link, "1991-04-02").await.expect(200);
    assert_eq!(shown["shown"]["items"].as_array().unwrap().len(), 2);

    let answer = |changes: Value| {
        let mut body = json!({ "birth_date": "1991-04-02", "hash": shown["hash"], "decision": "accepted",
            "accepted_items": [plan["items"][0]["id"]], "signer_name": "Mona", "relation": "patient", "strokes": pen() });
        body.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        body
    };
    let at = format!("{link}/answer");
    nobody
        .post(&at, answer(json!({ "strokes": null })))
        .await
        .expect_invalid("/strokes", "planning.signature_missing");
    nobody
        .post(&at, answer(json!({ "hash": "f".repeat(64) })))
        .await
        .expect_problem(409, "planning.plan_changed");
    nobody
        .post(&at, answer(json!({ "birth_date": "1990-01-01" })))
        .await
        .expect_invalid("/birth_date", "planning.birth_date_differs");
    let signed = nobody.post(&at, answer(json!({}))).await.expect(200);
    assert_eq!(
        (&signed["decision"], &signed["accepted_items"]),
        (&json!("accepted"), &json!([plan["items"][0]["id"]]))
    );
    let read = practice.read(&plan).await;
    assert_eq!((&read["standing"], &read["answer"]["method"]), (&json!("partly_accepted"), &json!("link")));
    assert!(practice.on_chart("17").await.is_empty(), "the chart follows");
    nobody.post(&at, answer(json!({}))).await.expect_problem(409, "planning.already_answered");
}

#[tokio::test]
async fn a_plan_that_changes_while_the_patient_signs_is_not_signed() {
    let practice = Practice::new().await;
    let plan = practice.plan(&["16"]).await;
    practice.present(&plan).await;
    let link = link(&practice, &plan).await;
    let nobody = practice.app.anonymous();
    let shown = open(&nobody, &link, "1991-04-02").await.expect(200);
    practice.doctor.post(&format!("{}/items", path(&plan)), practice.filling("17", &["O"])).await.expect(201);
    let body = json!({ "birth_date": "1991-04-02", "hash": shown["hash"], "decision": "accepted", "signer_name": "Mona",
        "relation": "patient", "strokes": pen() });
    let refused = nobody.post(&format!("{link}/answer"), body).await;
    refused.expect_problem(409, "planning.plan_changed");
    let still = open(&nobody, &link, "1991-04-02").await.expect(200);
    assert_eq!((&still["validity"], &still["decision"]), (&json!("no_longer_valid"), &json!(null)));
    let read = practice.read(&plan).await;
    assert_eq!((&read["answer"], &read["status"]), (&json!(null), &json!("presented")));
}

#[tokio::test]
async fn a_link_ends_with_its_time_with_a_newer_one_and_with_too_many_guesses() {
    let practice = Practice::new().await;
    let plan = practice.plan(&["16"]).await;
    practice.present(&plan).await;
    let first = link(&practice, &plan).await;
    let nobody = practice.app.anonymous();
    let mut altered = first.clone();
    altered.pop();
    altered.push('!');
    nobody.get(&altered).await.expect_problem(404, "planning.link_unknown");
    let second = link(&practice, &plan).await;
    nobody.get(&first).await.expect_problem(409, "planning.link_revoked");

    let guesses = futures::future::join_all((1..=12).map(|day| {
        let birth_date = format!("1980-01-{day:02}");
        let (nobody, second) = (&nobody, &second);
        async move { open(nobody, second, &birth_date).await }
    }))
    .await;
    let told = guesses.iter().filter(|answer| answer.status == 422).count();
    assert!(told <= 4, "at most five guesses are looked at: {told}");
    open(&nobody, &second, "1991-04-02").await.expect_problem(409, "planning.link_locked");

    let third = link(&practice, &plan).await;
    practice.app.advance(std::time::Duration::from_secs(15 * 24 * 3600));
    nobody.get(&third).await.expect_problem(409, "planning.link_expired");
}

#[tokio::test]
async fn without_a_birth_date_there_is_no_link() {
    let practice = Practice::new().await;
    let body = json!({ "name_ar": "مريض جديد", "name_en": "New patient", "phones": [{ "number": "01001234567", "label": "mobile" }] });
    let patient = practice.doctor.post("/patients", body).await.expect(201);
    let plans = format!("/patients/{}/plans", patient["id"].as_str().unwrap());
    let body = json!({ "name": "Plan", "items": [practice.filling("16", &["O"])] });
    let plan = practice.doctor.post(&plans, body).await.expect(201);
    practice.present(&plan).await;
    let refused = practice.doctor.post(&format!("{}/links", path(&plan)), json!({})).await;
    refused.expect_problem(409, "planning.birth_date_missing");
}
