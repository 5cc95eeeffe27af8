//! Taking payments.

use futures::future::join_all;
use serde_json::json;
use sqlx::Executor;
use uuid::Uuid;

use super::{Desk, egp, owner, register, text};

#[tokio::test]
async fn a_payment_pays_its_invoice_and_the_rest_is_credit() {
    let desk = Desk::new().await;
    let invoice = desk.issued().await;
    let first = desk.pay("300.00", &[(&invoice, "300.00")]).await.expect(201);
    assert_eq!(first["number"], "RCT-2026-000001");
    assert_eq!(
        first["allocations"],
        json!([{ "invoice_id": invoice["id"], "invoice_number": "INV-2026-000001", "amount": egp("300.00") }])
    );
    let part = desk.invoice(&invoice).await;
    assert_eq!(
        (&part["status"], &part["paid"], &part["balance"]),
        (&json!("part_paid"), &egp("300.00"), &egp("500.00"))
    );

    let second = desk.pay("600.00", &[(&invoice, "500.00")]).await.expect(201);
    assert_eq!((&second["number"], &second["unallocated"]), (&json!("RCT-2026-000002"), &egp("100.00")));
    assert_eq!(desk.invoice(&invoice).await["status"], "paid");
    assert_eq!(desk.balance().await, ("0.00".into(), "100.00".into(), "-100.00".into()));

    let read = desk.reception.get(&format!("/payments/{}", text(&second["id"]))).await.expect(200);
    assert_eq!(read, second);
    let list = desk.reception.get(&format!("/patients/{}/payments", desk.patient)).await.expect(200);
    assert_eq!(list["items"].as_array().unwrap().len(), 2);
    let invoices = desk.reception.get(&format!("/patients/{}/invoices", desk.patient)).await.expect(200);
    assert_eq!(invoices["items"][0]["status"], "paid");
    let of_day = desk.reception.get("/payments?from=2026-11-23&to=2026-11-23&limit=1").await.expect(200);
    assert!(of_day["next_cursor"].is_string());
}

#[tokio::test]
async fn one_payment_pays_several_invoices() {
    let desk = Desk::new().await;
    let (a, b) = (desk.issued().await, desk.issued().await);
    desk.pay("1600.00", &[(&b, "800.00"), (&a, "800.00")]).await.expect(201);
    assert_eq!(
        (&desk.invoice(&a).await["status"], &desk.invoice(&b).await["status"]),
        (&json!("paid"), &json!("paid"))
    );
}

#[tokio::test]
async fn payments_at_once_never_overpay_an_invoice() {
    let desk = Desk::new().await;
    let (a, b) = (desk.issued().await, desk.issued().await);
    let answers = join_all((0..8).map(|n| {
        let parts =
            if n % 2 == 0 { [(&a, "300.00"), (&b, "300.00")] } else { [(&b, "300.00"), (&a, "300.00")] };
        let body = desk.payment("600.00", &parts);
        let reception = desk.reception.clone();
        async move { reception.post("/payments", body).await }
    }))
    .await;
    assert_eq!(answers.iter().filter(|p| p.status == 201).count(), 2);
    for refused in answers.iter().filter(|p| p.status != 201) {
        refused.expect_problem(409, "billing.allocation_exceeds_balance");
    }
    assert_eq!(desk.invoice(&a).await["paid"], egp("600.00"));
    assert_eq!(desk.balance().await.2, "400.00");
    // The refused ones took no receipt number with them.
    assert_eq!(desk.pay("1.00", &[]).await.expect(201)["number"], "RCT-2026-000003");
}

#[tokio::test]
async fn the_same_key_many_times_at_once_is_one_payment() {
    let desk = Desk::new().await;
    let invoice = desk.issued().await;
    let body = desk.payment("800.00", &[(&invoice, "800.00")]);
    let client = desk.reception.with("idempotency-key", "the-same-payment");
    let answers = join_all((0..6).map(|_| client.post("/payments", body.clone()))).await;
    let ids: std::collections::BTreeSet<_> = answers.iter().map(|a| text(&a.expect(201)["id"])).collect();
    assert_eq!(ids.len(), 1);
    let list = desk.reception.get("/payments").await.expect(200);
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn what_is_not_a_payment_is_refused() {
    let desk = Desk::new().await;
    let invoice = desk.issued().await;
    let draft = desk.draft().await;
    let with = |field: &str, value: serde_json::Value| {
        let mut body = desk.payment("10.00", &[]);
        body[field] = value;
        body
    };
    let part = |invoice: &serde_json::Value, amount: &str| json!([{ "invoice_id": invoice["id"], "amount": egp(amount) }]);
    for (body, pointer, code) in [
        (with("amount", egp("0.00")), "/amount", "billing.amount_not_positive"),
        (with("amount", egp("-5.00")), "/amount", "billing.amount_not_positive"),
        (with("amount", egp("1.005")), "/amount", "request.wrong_type"),
        (with("amount", egp("10000000000000.01")), "/amount", "billing.overflow"),
        (
            with("amount", json!({ "amount": "1.00", "currency": "USD" })),
            "/amount",
            "billing.currency_mismatch",
        ),
        (with("amount", json!({ "amount": 1.5, "currency": "EGP" })), "/amount/amount", "request.wrong_type"),
        (with("method", json!("promise")), "/method", "request.wrong_type"),
        (with("reference", json!("a\u{0}")), "/reference", "request.text_not_allowed"),
        (with("patient_id", json!(Uuid::now_v7())), "/patient_id", "request.unknown_reference"),
        (with("allocations", part(&invoice, "0.00")), "/allocations/0/amount", "billing.amount_not_positive"),
        (
            with("allocations", part(&invoice, "-1.00")),
            "/allocations/0/amount",
            "billing.amount_not_positive",
        ),
        (with("allocations", part(&invoice, "11.00")), "/allocations", "billing.allocation_exceeds_payment"),
        (
            with("allocations", part(&json!({ "id": Uuid::now_v7() }), "1.00")),
            "/allocations/0/invoice_id",
            "request.unknown_reference",
        ),
        (with("tip", json!(1)), "/tip", "request.unknown_field"),
    ] {
        desk.reception.post("/payments", body).await.expect_invalid(pointer, code);
    }
    let twice = desk.pay("10.00", &[(&invoice, "1.00"), (&invoice, "2.00")]).await;
    twice.expect_invalid("/allocations", "billing.invoice_repeated");
    desk.pay("10.00", &[(&draft, "1.00")]).await.expect_problem(409, "billing.invoice_not_issued");
    desk.pay("900.00", &[(&invoice, "900.00")])
        .await
        .expect_problem(409, "billing.allocation_exceeds_balance");
    let stranger = register(&desk.app, &desk.app.clinic, "منى", "Mona").await;
    let mut body = desk.payment("10.00", &[(&invoice, "10.00")]);
    body["patient_id"] = json!(stranger);
    let refused = desk.reception.post("/payments", body).await;
    refused.expect_invalid("/allocations/0/invoice_id", "billing.invoice_of_other_patient");
    let list = desk.reception.get("/payments").await.expect(200);
    assert_eq!(list["items"], json!([]), "nothing of it was written");
}

#[tokio::test]
async fn a_payment_with_an_id_that_is_taken_is_refused() {
    let desk = Desk::new().await;
    let mut body = desk.payment("10.00", &[]);
    body["id"] = json!(Uuid::now_v7());
    desk.reception.post("/payments", body.clone()).await.expect(201);
    desk.reception.post("/payments", body).await.expect_problem(409, "request.id_exists");
}

#[tokio::test]
async fn payments_stay_as_they_were_written_for_the_owner_too() {
    let desk = Desk::new().await;
    let invoice = desk.issued().await;
    desk.pay("800.00", &[(&invoice, "800.00")]).await.expect(201);
    let mut owner = owner(&desk.app).await;
    for sql in [
        "update payment set amount = 1",
        "delete from payment",
        "update payment_allocation set amount = 1",
        "delete from payment_allocation",
        "truncate payment_allocation",
    ] {
        super::expect_refused(owner.execute(sql).await, sql);
    }
    let more = "insert into payment_allocation (clinic_id, id, payment_id, invoice_id, amount, at, by)
        select clinic_id, gen_random_uuid(), payment_id, invoice_id, 1, at, by from payment_allocation";
    super::expect_refused(owner.execute(more).await, "an invoice is never overpaid");
}
