//! Giving money back.

use futures::future::join_all;
use serde_json::json;
use sqlx::Executor;

use super::{Desk, egp, expect_refused, owner, text};

#[tokio::test]
async fn a_refund_takes_the_credit_first_and_then_the_latest_invoice() {
    let desk = Desk::new().await;
    let (a, b) = (desk.issued().await, desk.issued().await);
    let payment = desk.pay("1700.00", &[(&a, "800.00"), (&b, "800.00")]).await.expect(201);
    let refund = desk.refund(&payment, "60.00").await.expect(201);
    assert_eq!((&refund["number"], &refund["reason"]), (&json!("RFD-2026-000001"), &json!("Paid twice")));
    assert_eq!(refund["payment"]["unallocated"], egp("40.00"));
    assert_eq!(desk.invoice(&b).await["status"], "paid", "the credit was enough");

    let refund = desk.refund(&payment, "340.00").await.expect(201);
    assert_eq!(
        (&refund["payment"]["unallocated"], &refund["payment"]["refunded"]),
        (&egp("0.00"), &egp("400.00"))
    );
    let paid: Vec<_> =
        [desk.invoice(&a).await, desk.invoice(&b).await].iter().map(|i| text(&i["paid"]["amount"])).collect();
    assert!(paid.contains(&"800.00".to_owned()) && paid.contains(&"500.00".to_owned()), "{paid:?}");
    assert_eq!(desk.balance().await, ("300.00".into(), "0.00".into(), "300.00".into()));

    desk.refund(&payment, "1300.01").await.expect_problem(409, "billing.refund_exceeds_payment");
    desk.refund(&payment, "1300.00").await.expect(201);
    assert_eq!(desk.invoice(&a).await["status"], "issued");
    let read = desk.reception.get(&format!("/payments/{}", text(&payment["id"]))).await.expect(200);
    assert_eq!(read["allocations"][0]["amount"], egp("0.00"), "it still says what it once paid");
    assert_eq!(read["refunds"].as_array().unwrap().len(), 3);
    assert_eq!(desk.balance().await, ("1600.00".into(), "0.00".into(), "1600.00".into()));
}

#[tokio::test]
async fn a_payment_that_was_refunded_whole_stays_on_the_invoices_list_with_its_refund() {
    let desk = Desk::new().await;
    let (invoice, other) = (desk.issued().await, desk.issued().await);
    let payment = desk.pay("800.00", &[(&invoice, "800.00")]).await.expect(201);
    desk.pay("100.00", &[(&other, "100.00")]).await.expect(201);
    desk.refund(&payment, "800.00").await.expect(201);
    let path = format!("/payments?invoice_id={}", text(&invoice["id"]));
    let list = desk.reception.get(&path).await.expect(200);
    let items = list["items"].as_array().unwrap();
    assert_eq!((items.len(), &items[0]["id"]), (1, &payment["id"]));
    assert_eq!(
        (&items[0]["allocations"][0]["amount"], &items[0]["refunds"][0]["amount"]),
        (&egp("0.00"), &egp("800.00"))
    );
    let elsewhere = desk.app.login_elsewhere(dentpro_core::permissions::BuiltInRole::Admin).await;
    assert_eq!(elsewhere.get(&path).await.expect(200)["items"], json!([]));
}

#[tokio::test]
async fn refunds_at_once_never_exceed_the_payment() {
    let desk = Desk::new().await;
    let invoice = desk.issued().await;
    // Another payment on the same invoice must not be drawn on.
    desk.pay("400.00", &[(&invoice, "400.00")]).await.expect(201);
    let allocated = desk.pay("400.00", &[(&invoice, "400.00")]).await.expect(201);
    let credit = desk.pay("400.00", &[]).await.expect(201);
    for payment in [allocated, credit] {
        let answers = join_all((0..8).map(|_| desk.refund(&payment, "150.00"))).await;
        assert_eq!(answers.iter().filter(|r| r.status == 201).count(), 2);
        for refused in answers.iter().filter(|r| r.status != 201) {
            refused.expect_problem(409, "billing.refund_exceeds_payment");
        }
    }
    assert_eq!(desk.invoice(&invoice).await["paid"], egp("500.00"));
    assert_eq!(desk.balance().await, ("300.00".into(), "100.00".into(), "200.00".into()));
}

#[tokio::test]
async fn the_same_key_refunds_once() {
    let desk = Desk::new().await;
    let payment = desk.pay("100.00", &[]).await.expect(201);
    let client = desk.admin.with("idempotency-key", "refund-this-once");
    let path = format!("/payments/{}/refunds", text(&payment["id"]));
    let body = json!({ "amount": egp("50.00"), "reason": "Left" });
    let answers = join_all((0..4).map(|_| client.post(&path, body.clone()))).await;
    for answer in &answers {
        assert_eq!(answer.expect(201)["id"], answers[0].json()["id"]);
    }
    assert_eq!(desk.balance().await.1, "50.00");
}

#[tokio::test]
async fn what_is_not_a_refund_is_refused() {
    let desk = Desk::new().await;
    let payment = desk.pay("100.00", &[]).await.expect(201);
    let path = format!("/payments/{}/refunds", text(&payment["id"]));
    for (body, pointer, code) in [
        (json!({ "amount": egp("0.00"), "reason": "x" }), "/amount", "billing.amount_not_positive"),
        (json!({ "amount": egp("-1.00"), "reason": "x" }), "/amount", "billing.amount_not_positive"),
        (
            json!({ "amount": { "amount": "1.00", "currency": "KWD" }, "reason": "x" }),
            "/amount",
            "billing.currency_mismatch",
        ),
        (json!({ "amount": egp("1.00"), "reason": "  " }), "/reason", "request.required"),
        (json!({ "amount": egp("1.00") }), "/reason", "request.required"),
        (json!({ "amount": egp("1.00"), "reason": "x".repeat(501) }), "/reason", "request.too_long"),
    ] {
        desk.admin.post(&path, body).await.expect_invalid(pointer, code);
    }
}

#[tokio::test]
async fn the_database_itself_refuses_a_refund_beyond_the_payment() {
    let desk = Desk::new().await;
    let invoice = desk.issued().await;
    desk.pay("400.00", &[(&invoice, "400.00")]).await.expect(201);
    let payment = desk.pay("400.00", &[(&invoice, "400.00")]).await.expect(201);
    let id = text(&payment["id"]);
    let mut owner = owner(&desk.app).await;
    // Taking more back from the invoice than this payment paid on it would make room for it.
    let back = format!(
        "insert into payment_allocation (clinic_id, id, payment_id, invoice_id, amount, at, by)
        select clinic_id, gen_random_uuid(), payment_id, invoice_id, -60000, at, by from payment_allocation
        where payment_id = '{id}'"
    );
    expect_refused(owner.execute(sqlx::AssertSqlSafe(back)).await, "taken back twice");
    let beyond = format!(
        "insert into refund (clinic_id, id, payment_id, patient_id, number, amount, reason, refunded_at, refunded_on, refunded_by)
        select clinic_id, gen_random_uuid(), id, patient_id, 'RFD-X', 40001, 'x', received_at, received_on, received_by
        from payment where id = '{id}'"
    );
    expect_refused(owner.execute(sqlx::AssertSqlSafe(beyond)).await, "more than was paid");
}
