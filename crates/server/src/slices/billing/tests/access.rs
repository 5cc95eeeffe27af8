//! Who may do what, and what another clinic sees.

use axum::http::Method;
use dentpro_core::permissions::BuiltInRole::{Admin, Assistant, Doctor};
use serde_json::json;

use super::{Desk, egp, issue, text};

#[tokio::test]
async fn a_receptionist_issues_and_takes_payments_but_refunds_nothing() {
    let desk = Desk::new().await;
    let invoice = desk.issued().await;
    let payment = desk.pay("800.00", &[(&invoice, "800.00")]).await.expect(201);
    let path = format!("/payments/{}/refunds", text(&payment["id"]));
    let body = json!({ "amount": egp("1.00"), "reason": "Change" });
    desk.reception.post(&path, body.clone()).await.expect_problem(403, "identity.permission_missing");
    desk.admin.post(&path, body).await.expect(201);
}

#[tokio::test]
async fn a_doctor_prepares_drafts_and_leaves_issuing_and_payments_to_the_desk() {
    let desk = Desk::new().await;
    let doctor = desk.app.login(Doctor).await;
    let draft = doctor.post("/invoices", desk.filling()).await.expect(201);
    issue(&doctor, &draft).await.expect_problem(403, "identity.permission_missing");
    doctor
        .post("/payments", desk.payment("1.00", &[]))
        .await
        .expect_problem(403, "identity.permission_missing");
}

#[tokio::test]
async fn an_assistant_sees_no_money_at_all() {
    let desk = Desk::new().await;
    let invoice = desk.issued().await;
    let payment = desk.pay("100.00", &[]).await.expect(201);
    let assistant = desk.app.login(Assistant).await;
    let (invoice, payment, patient) = (text(&invoice["id"]), text(&payment["id"]), desk.patient);
    for path in [
        "/invoices".to_owned(),
        format!("/invoices/{invoice}"),
        format!("/invoices/{invoice}/pdf"),
        "/payments".to_owned(),
        format!("/payments/{payment}"),
        format!("/payments/{payment}/pdf"),
        format!("/patients/{patient}/invoices"),
        format!("/patients/{patient}/payments"),
        format!("/patients/{patient}/balance"),
    ] {
        assistant.get(&path).await.expect_problem(403, "identity.permission_missing");
        desk.app.anonymous().get(&path).await.expect_problem(401, "identity.not_signed_in");
    }
    assistant.post("/invoices", desk.filling()).await.expect_problem(403, "identity.permission_missing");
}

#[tokio::test]
async fn another_clinic_finds_nothing() {
    let desk = Desk::new().await;
    let (invoice, draft) = (desk.issued().await, desk.draft().await);
    let payment = desk.pay("100.00", &[]).await.expect(201);
    let stranger = desk.app.login_elsewhere(Admin).await;
    let (id, paid, patient) = (text(&invoice["id"]), text(&payment["id"]), desk.patient);
    for path in [
        format!("/invoices/{id}"),
        format!("/invoices/{id}/pdf"),
        format!("/payments/{paid}"),
        format!("/payments/{paid}/pdf"),
        format!("/patients/{patient}/invoices"),
        format!("/patients/{patient}/payments"),
        format!("/patients/{patient}/balance"),
        "/invoices/not-an-id".to_owned(),
    ] {
        stranger.get(&path).await.expect_problem(404, "request.not_found");
    }
    issue(&stranger, &draft).await.expect_problem(404, "request.not_found");
    let draft = format!("/invoices/{}", text(&draft["id"]));
    stranger.patch(&draft, 1, json!({ "notes": "x" })).await.expect_problem(404, "request.not_found");
    stranger.delete(&draft).await.expect_problem(404, "request.not_found");
    let refund = json!({ "amount": egp("1.00"), "reason": "x" });
    stranger
        .post(&format!("/payments/{paid}/refunds"), refund)
        .await
        .expect_problem(404, "request.not_found");
    let mine = desk.payment("1.00", &[(&invoice, "1.00")]);
    let refused = stranger.post("/payments", mine).await;
    refused.expect_invalid("/allocations/0/invoice_id", "request.unknown_reference");
    stranger
        .post("/invoices", desk.filling())
        .await
        .expect_invalid("/patient_id", "request.unknown_reference");
    for list in ["/invoices", "/payments", "/invoices?q=sara"] {
        assert_eq!(stranger.get(list).await.expect(200)["items"], json!([]));
    }
}

#[tokio::test]
async fn what_moves_money_refuses_a_key_that_is_none() {
    let desk = Desk::new().await;
    let draft = desk.draft().await;
    let payment = desk.pay("100.00", &[]).await.expect(201);
    let issue = format!("/invoices/{}/issue", text(&draft["id"]));
    let refund = format!("/payments/{}/refunds", text(&payment["id"]));
    let refund_body = json!({ "amount": egp("1.00"), "reason": "x" });
    for (path, body) in [
        ("/invoices", Some(desk.filling())),
        (issue.as_str(), None),
        ("/payments", Some(desk.payment("1.00", &[]))),
        (refund.as_str(), Some(refund_body)),
    ] {
        let answer = desk.admin.with("idempotency-key", "short").send(Method::POST, path, body).await;
        answer.expect_problem(400, "request.idempotency_key_malformed");
    }
}
