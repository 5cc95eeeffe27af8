//! Invoices and receipts as PDF.

use serde_json::json;

use super::{Desk, issue, owner, text};
use crate::testing::TestResponse;

#[track_caller]
fn expect_pdf(answer: &TestResponse, name: &str) {
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.headers["content-type"], "application/pdf");
    assert_eq!(answer.headers["content-disposition"], format!("inline; filename=\"{name}.pdf\""));
    assert!(answer.bytes.starts_with(b"%PDF"), "{}", answer.text());
}

#[tokio::test]
async fn invoice_and_receipt_print_in_each_language_and_each_print_is_logged() {
    let desk = Desk::new().await;
    let invoice = desk.issued().await;
    let payment = desk.pay("900.00", &[(&invoice, "800.00")]).await.expect(201);
    for lang in ["?lang=ar", "?lang=en", "?lang=both", ""] {
        let printed = desk.reception.get(&format!("/invoices/{}/pdf{lang}", text(&invoice["id"]))).await;
        expect_pdf(&printed, "INV-2026-000001");
        let printed = desk.reception.get(&format!("/payments/{}/pdf{lang}", text(&payment["id"]))).await;
        expect_pdf(&printed, "RCT-2026-000001");
    }
    let prints: Vec<(String, i64)> = sqlx::query_as(
        "select entity, count(*) from audit_entry where action = 'print' and patient_id = $1 group by entity order by 1",
    )
    .bind(desk.patient)
    .fetch_all(&mut owner(&desk.app).await)
    .await
    .unwrap();
    assert_eq!(prints, [("invoice".to_owned(), 4), ("payment".to_owned(), 4)]);
    let unknown = desk.reception.get(&format!("/invoices/{}/pdf?lang=fr", text(&invoice["id"]))).await;
    unknown.expect_problem(422, "request.query_invalid");
}

#[tokio::test]
async fn a_draft_prints_and_what_was_typed_is_never_run() {
    let desk = Desk::new().await;
    let mut body = desk.filling();
    body["notes"] = json!("#panic(\"x\") $ ] [ ` \\ // /* #import \"x\": * \n= heading <label> @ref");
    let draft = desk.reception.post("/invoices", body).await.expect(201);
    assert!(text(&draft["notes"]).starts_with("#panic(\"x\")"));
    for lang in ["ar", "en", "both"] {
        let printed = desk.reception.get(&format!("/invoices/{}/pdf?lang={lang}", text(&draft["id"]))).await;
        expect_pdf(&printed, "draft");
    }
    issue(&desk.reception, &draft).await.expect(200);
    let mut payment = desk.payment("1.00", &[]);
    payment["reference"] = json!("#eval(\"1\")");
    let payment = desk.reception.post("/payments", payment).await.expect(201);
    let printed = desk.reception.get(&format!("/payments/{}/pdf", text(&payment["id"]))).await;
    expect_pdf(&printed, "RCT-2026-000001");
}

#[tokio::test]
async fn a_logo_that_is_lost_or_damaged_stops_no_receipt() {
    let desk = Desk::new().await;
    let payment = desk.pay("1.00", &[]).await.expect(201);
    let path = format!("/payments/{}/pdf?lang=both", text(&payment["id"]));
    let damaged =
        desk.app.state.blobs.put(desk.app.clinic.id, b"no picture").await.unwrap().digest.to_string();
    for digest in [damaged, "ab".repeat(32)] {
        sqlx::query("update clinic set logo_blob = $1, logo_type = 'image/png'")
            .bind(digest)
            .execute(&mut owner(&desk.app).await)
            .await
            .unwrap();
        expect_pdf(&desk.reception.get(&path).await, "RCT-2026-000001");
    }
}

#[tokio::test]
async fn documents_of_a_clinic_with_three_decimals_and_zero_rated_work_print() {
    let desk = Desk::with_currency("KWD", 3).await;
    let mut body = desk.filling();
    body["lines"][0]["tax_code"] = json!("zero");
    let draft = desk.reception.post("/invoices", body).await.expect(201);
    expect_pdf(&desk.reception.get(&format!("/invoices/{}/pdf", text(&draft["id"]))).await, "draft");
}
