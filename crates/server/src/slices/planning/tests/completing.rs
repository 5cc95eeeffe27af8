use dentpro_core::permissions::BuiltInRole::Receptionist;
use serde_json::json;

use super::{Practice, amount, done_in, item_path, path};

#[tokio::test]
async fn completing_writes_work_chart_and_plan_at_once_and_bills_what_was_quoted() {
    let practice = Practice::new().await;
    let mut item = practice.filling("16", &["M", "O"]);
    item["discount"] = json!({ "amount": "50.00", "currency": "EGP" });
    let body = json!({ "name": "Plan", "doctor_id": practice.app.clinic.doctor(), "items": [item, practice.filling("17", &["O"])] });
    let plan = practice.admin.post(&practice.plans(), body).await.expect(201);
    let visit = practice.visit().await;
    let early =
        json!({ "patient_id": practice.patient, "lines": [{ "plan_item_id": plan["items"][0]["id"] }] });
    practice
        .admin
        .post("/invoices", early.clone())
        .await
        .expect_invalid("/lines/0/plan_item_id", "billing.plan_item_not_done");

    let complete = format!("{}/complete", item_path(&plan, 0));
    let done = practice.doctor.post(&complete, done_in(&visit)).await.expect(201);
    assert_eq!(
        (&done["plan"]["standing"], &done["plan"]["progress"]["items_done"]),
        (&json!("in_progress"), &json!(1))
    );
    assert_eq!(amount(&done["plan"]["progress"]["amount_done"]), "750.00");
    assert_eq!(done["plan"]["items"][0]["status"], "completed");
    assert_eq!((amount(&done["unit_price"]), &done["tooth"]), ("800.00", &json!("16")));
    assert_eq!(
        practice.on_chart("16").await,
        [("done".to_owned(), "filling".to_owned())],
        "from planned to done"
    );
    practice.doctor.post(&complete, done_in(&visit)).await.expect_problem(409, "planning.item_completed");

    let invoice = practice.admin.post("/invoices", early).await.expect(201);
    assert_eq!((amount(&invoice["discount"]), amount(&invoice["total"])), ("50.00", "750.00"));
    assert_eq!(invoice["lines"][0]["visit_procedure_id"], done["id"]);
}

#[tokio::test]
async fn of_many_who_complete_an_item_at_once_one_does() {
    let practice = Practice::new().await;
    let plan = practice.plan(&["16"]).await;
    let visit = practice.visit().await;
    let complete = format!("{}/complete", item_path(&plan, 0));
    let answers =
        futures::future::join_all((0..8).map(|_| practice.doctor.post(&complete, done_in(&visit)))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1);
    assert!(answers.iter().filter(|a| a.status != 201).all(|a| a.code() == "planning.item_completed"));
    let visit = practice.doctor.get(&format!("/visits/{}", visit["id"].as_str().unwrap())).await.expect(200);
    assert_eq!(visit["procedures"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_tooth_that_was_taken_out_meanwhile_is_not_treated_and_nothing_is_half_written() {
    let practice = Practice::new().await;
    let polish = practice.procedure(json!({ "code": "X-POLISH" })).await;
    let items = json!([practice.filling("16", &["O"]), { "procedure_id": polish, "tooth": "16" }]);
    let plan =
        practice.doctor.post(&practice.plans(), json!({ "name": "Plan", "items": items })).await.expect(201);
    let visit = practice.visit().await;
    practice.chart(json!({ "layer": "done", "code": "extracted", "teeth": ["16"] })).await;
    assert!(
        practice.read(&plan).await["items"].as_array().unwrap().iter().all(|i| i["tooth_missing"] == true)
    );
    for at in [0, 1] {
        let refused =
            practice.doctor.post(&format!("{}/complete", item_path(&plan, at)), done_in(&visit)).await;
        refused.expect_invalid("/tooth", "charting.tooth_missing");
    }
    let visit = practice.doctor.get(&format!("/visits/{}", visit["id"].as_str().unwrap())).await.expect(200);
    assert_eq!(visit["procedures"], json!([]));
    assert_eq!(practice.read(&plan).await["progress"]["items_done"], 0);
}

#[tokio::test]
async fn work_of_several_sittings_is_charged_once() {
    let practice = Practice::new().await;
    let mut item = practice.filling("16", &["O"]);
    item["sessions"] = json!(2);
    let plan =
        practice.doctor.post(&practice.plans(), json!({ "name": "Plan", "items": [item] })).await.expect(201);
    let first = practice.visit().await;
    let sessions = format!("{}/sessions", item_path(&plan, 0));
    let begun = practice.doctor.post(&sessions, done_in(&first)).await.expect(201);
    assert_eq!((&begun["standing"], &begun["items"][0]["sessions_done"]), (&json!("in_progress"), &json!(1)));
    practice.doctor.post(&sessions, done_in(&first)).await.expect_problem(409, "planning.session_recorded");
    let read = practice.doctor.get(&format!("/visits/{}", first["id"].as_str().unwrap())).await.expect(200);
    assert_eq!(read["procedures"], json!([]), "nothing is charged for a sitting");
    let second = practice.visit().await;
    let done = practice
        .doctor
        .post(&format!("{}/complete", item_path(&plan, 0)), done_in(&second))
        .await
        .expect(201);
    assert_eq!(done["plan"]["items"][0]["sessions_done"], 2);
    assert_eq!(done["plan"]["standing"], "completed");
}

#[tokio::test]
async fn work_that_is_taken_back_is_planned_again() {
    let practice = Practice::new().await;
    let plan = practice.plan(&["16", "17"]).await;
    practice.present(&plan).await;
    practice.accept(&plan, json!({})).await.expect(200);
    let visit = practice.visit().await;
    let visit_path = format!("/visits/{}", visit["id"].as_str().unwrap());
    let done =
        practice.doctor.post(&format!("{}/complete", item_path(&plan, 0)), done_in(&visit)).await.expect(201);
    let work = format!("{visit_path}/procedures/{}", done["id"].as_str().unwrap());
    assert_eq!(practice.doctor.delete(&work).await.status, 204);
    let read = practice.read(&plan).await;
    assert_eq!(read["items"][0]["status"], "accepted");
    assert_eq!(practice.on_chart("16").await, [("plan".to_owned(), "filling".to_owned())]);
    assert_eq!(read["validity"], "valid", "the signature still holds");

    practice.doctor.post(&format!("{}/complete", item_path(&plan, 1)), done_in(&visit)).await.expect(201);
    let strike = format!("{visit_path}/entered-in-error");
    practice.doctor.post(&strike, json!({ "reason": "Wrong patient" })).await.expect(200);
    let read = practice.read(&plan).await;
    assert_eq!(
        (&read["items"][1]["status"], &read["progress"]["items_done"]),
        (&json!("accepted"), &json!(0))
    );
}

#[tokio::test]
async fn an_item_is_done_in_an_open_visit_of_its_patient() {
    let practice = Practice::new().await;
    let plan = practice.plan(&["16"]).await;
    let complete = format!("{}/complete", item_path(&plan, 0));
    let other = practice.app.patient(practice.app.clinic.id).await;
    let body = json!({ "patient_id": other, "doctor_id": practice.app.clinic.doctor() });
    let strange = practice.doctor.post("/visits", body).await.expect(201);
    practice
        .doctor
        .post(&complete, done_in(&strange))
        .await
        .expect_invalid("/visit_id", "planning.visit_of_other_patient");
    let nowhere = json!({ "visit_id": uuid::Uuid::now_v7() });
    practice.doctor.post(&complete, nowhere).await.expect_invalid("/visit_id", "request.unknown_reference");
    let visit = practice.visit().await;
    practice
        .doctor
        .post(&format!("/visits/{}/sign", visit["id"].as_str().unwrap()), json!({}))
        .await
        .expect(200);
    practice.doctor.post(&complete, done_in(&visit)).await.expect_problem(409, "records.visit_signed");
}

#[tokio::test]
async fn planned_work_is_booked_and_the_plan_says_when() {
    let practice = Practice::new().await;
    let plan = practice.plan(&["16", "17"]).await;
    let reception = practice.app.login(Receptionist).await;
    let book = |items: serde_json::Value, hour: u8, key: &str| {
        let body = json!({ "patient_id": practice.patient, "doctor_id": practice.app.clinic.doctor(),
            "chair_id": practice.app.clinic.chairs[0], "starts_at": format!("2026-11-24T{hour}:00:00+02:00"),
            "ends_at": format!("2026-11-24T{hour}:45:00+02:00"), "plan_item_ids": items });
        (reception.with("idempotency-key", key), body)
    };
    let (client, body) = book(json!([plan["items"][0]["id"]]), 10, "book-plan-1");
    let booked = client.post("/appointments", body).await.expect(201);
    let read = practice.read(&plan).await;
    assert_eq!(read["items"][0]["appointment"]["id"], booked["id"]);
    assert_eq!(read["items"][1]["appointment"], json!(null));
    let (client, body) = book(json!([uuid::Uuid::now_v7()]), 12, "book-plan-2");
    client
        .post("/appointments", body)
        .await
        .expect_invalid("/plan_item_ids", "scheduling.plan_item_not_open");
    let status = format!("/appointments/{}/status", booked["id"].as_str().unwrap());
    reception.post(&status, json!({ "status": "cancelled", "reason": "Ill" })).await.expect(200);
    assert_eq!(practice.read(&plan).await["items"][0]["appointment"], json!(null));
    assert_eq!(practice.doctor.get(&path(&plan)).await.status, 200);
}

#[tokio::test]
async fn planned_work_waits_on_the_worklist_until_it_is_booked_or_done() {
    let practice = Practice::new().await;
    let scaling =
        practice.procedure(json!({ "code": "X-SCALE", "scope": "mouth", "name_en": "Scaling" })).await;
    let extraction = practice.procedure(json!({ "code": "X-OUT", "chart_code": "extracted" })).await;
    let items = json!([
        { "procedure_id": scaling },
        { "procedure_id": extraction, "tooth": "18", "phase": 2 },
    ]);
    let plan =
        practice.doctor.post(&practice.plans(), json!({ "name": "Plan", "items": items })).await.expect(201);
    let reception = practice.app.login(Receptionist).await;
    let list = || async { reception.get("/worklists/planned").await.expect(200)["items"].clone() };
    let row = list().await[0].clone();
    assert_eq!((&row["about_en"], &row["minutes"]), (&json!("To be extracted 18; Scaling"), &json!(60)));
    assert_eq!(row["plan_item_ids"], json!([plan["items"][0]["id"]]), "the first phase is booked first");
    let counts = reception.get("/worklists/counts").await.expect(200);
    assert_eq!(counts["planned"], 1);

    let visit = practice.visit().await;
    practice.doctor.post(&format!("{}/complete", item_path(&plan, 1)), done_in(&visit)).await.expect(201);
    assert_eq!(list().await[0]["about_en"], "Scaling", "an extraction ends what was to be extracted");
    practice.doctor.post(&format!("{}/complete", item_path(&plan, 0)), done_in(&visit)).await.expect(201);
    assert_eq!(list().await, json!([]));
}

#[tokio::test]
async fn an_alternative_waits_on_no_worklist_while_another_option_leads() {
    let practice = Practice::new().await;
    let scaling = practice.procedure(json!({ "code": "X-SCALE", "scope": "mouth" })).await;
    let first = practice.doctor.post(&practice.plans(), json!({ "name": "Empty" })).await.expect(201);
    practice.later();
    let body =
        json!({ "name": "Second", "alternative_to": first["id"], "items": [{ "procedure_id": scaling }] });
    practice.doctor.post(&practice.plans(), body).await.expect(201);
    let list = || async { practice.admin.get("/worklists/planned").await.expect(200)["items"].clone() };
    assert_eq!(list().await, json!([]));
    practice.doctor.post(&format!("{}/withdraw", path(&first)), json!({ "reason": "No" })).await.expect(200);
    assert_eq!(list().await.as_array().unwrap().len(), 1);
}
