//! A visit entered in error, and the money it was billed with.

use dentpro_core::permissions::BuiltInRole::Receptionist;
use futures::future::join_all;
use serde_json::{Value, json};

use super::{Day, path};
use crate::testing::Client;

fn egp(amount: &str) -> Value {
    json!({ "amount": amount, "currency": "EGP" })
}

/// A visit with this many fillings done at 800.00 each; itself and their ids.
async fn worked(day: &Day, fillings: usize) -> (Value, Vec<Value>) {
    let visit = day.visit().await;
    let mut done = Vec::new();
    for tooth in ["16", "26", "36", "46"].iter().take(fillings) {
        let work = json!({ "procedure_id": day.app.clinic.procedure, "tooth": tooth, "surfaces": ["O"] });
        let added = day.doctor.post(&format!("{}/procedures", path(&visit)), work).await.expect(201);
        done.push(added["id"].clone());
    }
    (visit, done)
}

async fn draft(day: &Day, desk: &Client, lines: Vec<Value>) -> Value {
    desk.post("/invoices", json!({ "patient_id": day.patient, "lines": lines })).await.expect(201)
}

fn at(invoice: &Value) -> String {
    format!("/invoices/{}", invoice["id"].as_str().unwrap())
}

async fn strike(day: &Day, visit: &Value) -> Value {
    let reason = json!({ "reason": "Wrong patient" });
    day.doctor.post(&format!("{}/entered-in-error", path(visit)), reason).await.expect(200)
}

#[tokio::test]
async fn striking_a_visit_takes_its_work_off_drafts_and_leaves_the_rest_of_them() {
    let day = Day::new().await;
    let desk = day.app.login(Receptionist).await;
    let (visit, done) = worked(&day, 2).await;
    let own = json!({ "procedure_id": day.app.clinic.procedure, "tooth": "11", "surfaces": ["M"] });
    let mixed = draft(&day, &desk, vec![json!({ "visit_procedure_id": done[0] }), own]).await;
    let only = draft(&day, &desk, vec![json!({ "visit_procedure_id": done[1] })]).await;
    assert_eq!(mixed["total"], egp("1600.00"));
    strike(&day, &visit).await;
    let left = desk.get(&at(&mixed)).await.expect(200);
    assert_eq!((&left["total"], &left["visit_id"]), (&egp("800.00"), &Value::Null));
    let lines = left["lines"].as_array().unwrap();
    assert_eq!((lines.len(), &lines[0]["position"], &lines[0]["tooth"]), (1, &json!(1), &json!("11")));
    assert!(left["version"].as_i64() > mixed["version"].as_i64(), "whoever has the old one open hears of it");
    desk.get(&at(&only)).await.expect_problem(404, "request.not_found");
    desk.send(axum::http::Method::POST, &format!("{}/issue", at(&left)), None).await.expect(200);
    let again = json!({ "patient_id": day.patient, "visit_id": visit["id"] });
    desk.post("/invoices", again).await.expect_problem(409, "billing.visit_in_error");
}

#[tokio::test]
async fn an_issued_invoice_stays_when_its_visit_is_struck_and_both_say_so() {
    let day = Day::new().await;
    let desk = day.app.login(Receptionist).await;
    let (visit, done) = worked(&day, 2).await;
    day.doctor.post(&format!("{}/sign", path(&visit)), json!({})).await.expect(200);
    let billed = draft(&day, &desk, vec![json!({ "visit_procedure_id": done[0] })]).await;
    let issued =
        desk.send(axum::http::Method::POST, &format!("{}/issue", at(&billed)), None).await.expect(200);
    assert_eq!(issued["visit_in_error"], false);
    let waiting = draft(&day, &desk, vec![json!({ "visit_procedure_id": done[1] })]).await;
    let struck = strike(&day, &visit).await;
    let stands_on = |id: &Value| {
        let done = struck["procedures"].as_array().unwrap().iter();
        done.filter(|p| p["id"] == *id).map(|p| p["invoice_id"].clone()).collect::<Vec<_>>()
    };
    assert_eq!((stands_on(&done[0]), stands_on(&done[1])), (vec![issued["id"].clone()], vec![Value::Null]));
    let after = desk.get(&at(&billed)).await.expect(200);
    assert_eq!(after["visit_in_error"], true);
    for field in ["number", "lines", "total", "balance", "status"] {
        assert_eq!(after[field], issued[field], "{field}");
    }
    desk.get(&at(&waiting)).await.expect_problem(404, "request.not_found");
    let balance = desk.get(&format!("/patients/{}/balance", day.patient)).await.expect(200);
    assert_eq!(balance["due"], egp("800.00"));
}

#[tokio::test]
async fn no_draft_that_is_made_while_a_visit_is_struck_bills_it() {
    let day = Day::new().await;
    let desk = day.app.login(Receptionist).await;
    for _ in 0..5 {
        let (visit, done) = worked(&day, 4).await;
        let drafting = join_all(done.iter().map(|id| {
            let body = json!({ "patient_id": day.patient, "lines": [{ "visit_procedure_id": id }] });
            let desk = desk.clone();
            async move { desk.post("/invoices", body).await }
        }));
        let (answers, struck) = tokio::join!(drafting, strike(&day, &visit));
        assert_eq!(struck["status"], "entered_in_error");
        for answer in answers {
            match answer.status.as_u16() {
                201 => desk.get(&at(&answer.json())).await.expect_problem(404, "request.not_found"),
                _ => answer.expect_problem(409, "billing.visit_in_error"),
            }
        }
        let read = day.doctor.get(&path(&visit)).await.expect(200);
        assert!(read["procedures"].as_array().unwrap().iter().all(|p| p["invoice_id"].is_null()));
    }
}
