//! Issuing: numbers without gaps, and what is issued stays.

use std::collections::BTreeSet;

use dentpro_core::billing::DocumentKind;
use dentpro_core::permissions::BuiltInRole::Receptionist;
use futures::future::join_all;
use serde_json::json;
use sqlx::Executor;

use super::{Desk, egp, expect_refused, issue, owner, text};
use crate::slices::billing::store;

#[tokio::test]
async fn issuing_gives_a_number_and_the_patient_owes_it() {
    let desk = Desk::new().await;
    let issued = desk.issued().await;
    assert_eq!((&issued["number"], &issued["status"]), (&json!("INV-2026-000001"), &json!("issued")));
    assert_eq!(issued["issued_on"], "2026-11-23");
    assert_eq!(desk.balance().await, ("800.00".into(), "0.00".into(), "800.00".into()));
}

#[tokio::test]
async fn the_year_of_a_number_is_the_clinics_own() {
    let desk = Desk::new().await;
    let draft = desk.draft().await;
    // 22:30 UTC on the last day of the year is the new year in Cairo.
    let eve = "2026-12-31T22:30:00Z".parse::<jiff::Timestamp>().unwrap();
    let ahead = eve.duration_since(desk.app.clock.now());
    desk.app.advance(ahead.try_into().unwrap());
    let reception = desk.app.login(Receptionist).await;
    let issued = issue(&reception, &draft).await.expect(200);
    assert_eq!((&issued["number"], &issued["issued_on"]), (&json!("INV-2027-000001"), &json!("2027-01-01")));
}

#[tokio::test]
async fn each_branch_counts_for_itself_under_its_prefix() {
    let desk = Desk::new().await;
    let branch = desk.admin.post("/branches", json!({ "name_en": "Maadi" })).await.expect(201);
    desk.issued().await;
    let mut body = desk.filling();
    body["branch_id"] = branch["id"].clone();
    let draft = desk.reception.post("/invoices", body).await.expect(201);
    let issued = issue(&desk.reception, &draft).await.expect(200);
    assert_eq!(issued["number"], "INV-B2-2026-000001");
    let paid = desk.pay("10.00", &[(&issued, "10.00")]).await.expect(201);
    assert_eq!(paid["number"], "RCT-B2-2026-000001", "a receipt counts where its invoice does");
}

#[tokio::test]
async fn sixteen_at_once_get_sixteen_numbers_without_a_gap() {
    let desk = Desk::new().await;
    let drafts = join_all((0..16).map(|_| desk.draft())).await;
    let issued = join_all(drafts.iter().map(|d| issue(&desk.reception, d))).await;
    let numbers: BTreeSet<String> = issued.iter().map(|i| text(&i.expect(200)["number"])).collect();
    let expected: BTreeSet<String> = (1..=16).map(|n| format!("INV-2026-{n:06}")).collect();
    assert_eq!(numbers, expected);
}

#[tokio::test]
async fn one_draft_issued_many_times_at_once_is_issued_once() {
    let desk = Desk::new().await;
    let draft = desk.draft().await;
    let answers = join_all((0..6).map(|_| issue(&desk.reception, &draft))).await;
    assert_eq!(answers.iter().filter(|a| a.status == 200).count(), 1);
    for refused in answers.iter().filter(|a| a.status != 200) {
        refused.expect_problem(409, "billing.invoice_issued");
    }
    assert_eq!(desk.issued().await["number"], "INV-2026-000002");
}

#[tokio::test]
async fn an_issue_that_is_rolled_back_leaves_no_gap() {
    let desk = Desk::new().await;
    let draft = desk.draft().await;
    let mut tx =
        desk.app.state.db.begin_as_system(desk.app.clinic.id.into(), uuid::Uuid::now_v7()).await.unwrap();
    let number =
        store::next_number(&mut tx, DocumentKind::Invoice, desk.app.clinic.branch, 2026).await.unwrap();
    assert_eq!(number, "INV-2026-000001");
    drop(tx);
    let mut stale = draft.clone();
    stale["version"] = json!(7);
    issue(&desk.reception, &stale).await.expect_problem(412, "request.stale");
    assert_eq!(issue(&desk.reception, &draft).await.expect(200)["number"], "INV-2026-000001");
}

#[tokio::test]
async fn the_same_key_issues_once_and_answers_the_same() {
    let desk = Desk::new().await;
    let draft = desk.draft().await;
    let client = desk.reception.with("idempotency-key", "issue-this-once");
    let first = issue(&client, &draft).await.expect(200);
    assert_eq!(issue(&client, &draft).await.expect(200), first);
}

#[tokio::test]
async fn an_invoice_of_nothing_is_paid_as_soon_as_it_is_issued() {
    let desk = Desk::new().await;
    let mut body = desk.filling();
    body["lines"][0]["discount"] = egp("800.00");
    let draft = desk.admin.post("/invoices", body).await.expect(201);
    assert_eq!(issue(&desk.admin, &draft).await.expect(200)["status"], "paid");
}

#[tokio::test]
async fn an_issued_invoice_can_be_neither_changed_nor_deleted() {
    let desk = Desk::new().await;
    let issued = desk.issued().await;
    let path = format!("/invoices/{}", text(&issued["id"]));
    desk.admin
        .patch(&path, 2, json!({ "notes": "Late" }))
        .await
        .expect_problem(409, "billing.invoice_issued");
    desk.admin.delete(&path).await.expect_problem(409, "billing.invoice_issued");

    let mut owner = owner(&desk.app).await;
    let draft = desk.draft().await;
    let draft = text(&draft["id"]);
    for sql in [
        "update invoice set total = 1, subtotal = 1 where number is not null",
        "update invoice set notes = 'x' where number is not null",
        "update invoice set number = 'INV-2026-000009' where number is not null",
        "update invoice set paid = total, status = 'paid' where number is not null",
        "update invoice set status = 'draft', number = null, issued_at = null where number is not null",
        "delete from invoice_line where invoice_id in (select id from invoice where number is not null)",
        "update invoice_line set unit_price = 1 where invoice_id in (select id from invoice where number is not null)",
        "update invoice_line set invoice_id = 'DRAFT', position = 9 where invoice_id in (select id from invoice where number is not null)",
        "truncate invoice_line",
        "truncate invoice cascade",
        "delete from ledger_entry",
    ] {
        let sql = sql.replace("DRAFT", &draft);
        let refused = owner.execute(sqlx::AssertSqlSafe(sql.clone())).await;
        expect_refused(refused, &sql);
    }
    // A draft cannot be issued as something else than its lines say.
    let wrong = format!(
        "update invoice set status = 'issued', number = 'X', issued_at = now(), issued_on = now(), total = 5, subtotal = 5
        where id = '{draft}'"
    );
    expect_refused(owner.execute(sqlx::AssertSqlSafe(wrong)).await, "other sums");
    assert_eq!(desk.invoice(&issued).await, issued);
}
