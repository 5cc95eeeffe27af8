use dentpro_core::permissions::BuiltInRole::{Admin, Assistant, Receptionist};
use serde_json::json;

use super::{Practice, item_path, path, pen};

#[tokio::test]
async fn an_assistant_reads_plans_without_prices_and_changes_none() {
    let practice = Practice::new().await;
    let plan = practice.plan(&["16"]).await;
    let assistant = practice.app.login(Assistant).await;
    let read = assistant.get(&path(&plan)).await.expect(200);
    assert_eq!((&read["items"][0]["fee"], &read["totals"]), (&json!(null), &json!(null)));
    assert!(!read.to_string().contains("800.00"));
    for (at, body) in [
        (practice.plans(), json!({ "name": "Plan" })),
        (format!("{}/items", path(&plan)), practice.filling("17", &["O"])),
        (format!("{}/present", path(&plan)), json!({})),
        (format!("{}/accept", path(&plan)), json!({})),
        (format!("{}/links", path(&plan)), json!({})),
        (format!("{}/withdraw", path(&plan)), json!({ "reason": "No" })),
    ] {
        assistant.post(&at, body).await.expect_problem(403, "identity.permission_missing");
    }
    assistant.delete(&item_path(&plan, 0)).await.expect_problem(403, "identity.permission_missing");
}

#[tokio::test]
async fn a_receptionist_presents_and_takes_the_answer_but_plans_nothing() {
    let practice = Practice::new().await;
    let plan = practice.plan(&["16"]).await;
    let reception = practice.app.login(Receptionist).await;
    reception
        .post(&practice.plans(), json!({ "name": "Plan" }))
        .await
        .expect_problem(403, "identity.permission_missing");
    let complete = format!("{}/complete", item_path(&plan, 0));
    let visit = practice.visit().await;
    reception
        .post(&complete, json!({ "visit_id": visit["id"] }))
        .await
        .expect_problem(403, "identity.permission_missing");
    reception.post(&format!("{}/present", path(&plan)), json!({})).await.expect(201);
    let accepted =
        reception.post(&format!("{}/accept", path(&plan)), json!({ "strokes": pen() })).await.expect(200);
    assert_eq!(accepted["standing"], "accepted");
}

#[tokio::test]
async fn another_clinics_plans_are_not_there_and_nobody_gets_in_without_signing_in() {
    let practice = Practice::new().await;
    let plan = practice.plan(&["16"]).await;
    practice.present(&plan).await;
    let elsewhere = practice.app.login_elsewhere(Admin).await;
    for at in [
        practice.plans(),
        path(&plan),
        format!("{}/pdf", path(&plan)),
        format!("{}/presentation", path(&plan)),
        format!("/patients/{}/plan-suggestions", practice.patient),
    ] {
        elsewhere.get(&at).await.expect_problem(404, "request.not_found");
        practice.app.anonymous().get(&at).await.expect(401);
    }
    for verb in ["present", "accept", "decline", "links", "requote"] {
        elsewhere
            .post(&format!("{}/{verb}", path(&plan)), json!({}))
            .await
            .expect_problem(404, "request.not_found");
    }
    elsewhere
        .patch(&item_path(&plan, 0), 1, json!({ "phase": 2 }))
        .await
        .expect_problem(404, "request.not_found");
    let theirs = practice.app.patient(practice.app.other_clinic.id).await;
    let body = json!({ "name": "Plan", "alternative_to": plan["id"] });
    let refused = elsewhere.post(&format!("/patients/{theirs}/plans"), body).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
}

#[tokio::test]
async fn reading_presenting_and_signing_are_in_the_log() {
    let practice = Practice::new().await;
    let plan = practice.plan(&["16"]).await;
    practice.read(&plan).await;
    practice.present(&plan).await;
    practice.accept(&plan, json!({ "strokes": pen() })).await.expect(200);
    let mut owner = practice.app.database.owner().await;
    for (entity, action) in [
        ("treatment_plan", "read"),
        ("treatment_plan", "insert"),
        ("plan_presentation", "insert"),
        ("plan_signature", "insert"),
    ] {
        let entries: i64 =
            sqlx::query_scalar("select count(*) from audit_entry where entity = $1 and action = $2")
                .bind(entity)
                .bind(action)
                .fetch_one(&mut owner)
                .await
                .unwrap();
        assert!(entries > 0, "{entity} {action}");
    }
    let drawn: i64 = sqlx::query_scalar(
        "select count(*) from audit_entry where entity = 'plan_signature' and after ->> 'strokes' like '[%'",
    )
    .fetch_one(&mut owner)
    .await
    .unwrap();
    assert_eq!(drawn, 0, "the signature itself is not copied into the log");
}
