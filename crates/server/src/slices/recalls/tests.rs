//! Recalls through HTTP.

use dentpro_core::permissions::BuiltInRole::{Admin, Assistant, Doctor, Receptionist};
use serde_json::{Value, json};

use crate::testing::{Client, TestApp};

async fn patient(client: &Client) -> String {
    let new = json!({ "name_en": "Mona Ali", "phones": [{ "number": "01001234567" }] });
    client.post("/patients", new).await.expect(201)["id"].as_str().unwrap().to_owned()
}

async fn filling_recall(app: &TestApp, admin: &Client) -> Value {
    let new = json!({ "name_ar": "متابعة الحشوات", "name_en": "Filling review", "interval_months": 6, "minutes": 20,
        "procedure_ids": [app.clinic.procedure] });
    admin.post("/recall-types", new).await.expect(201)
}

/// A signed visit of today in which a tooth was filled.
async fn filled(app: &TestApp, patient: &str) {
    let doctor = app.login(Doctor).await;
    let new = json!({ "patient_id": patient, "doctor_id": app.clinic.doctor() });
    let visit = doctor.post("/visits", new).await.expect(201);
    let path = format!("/visits/{}", visit["id"].as_str().unwrap());
    let work = json!({ "procedure_id": app.clinic.procedure, "tooth": "16", "surfaces": ["O"] });
    doctor.post(&format!("{path}/procedures"), work).await.expect(201);
    doctor.post(&format!("{path}/sign"), json!({ "complete_appointment": true })).await.expect(200);
}

#[tokio::test]
async fn signed_work_makes_the_patient_due_and_a_person_may_set_another_date() {
    let app = TestApp::new().await;
    let (admin, reception) = (app.login(Admin).await, app.login(Receptionist).await);
    let kind = filling_recall(&app, &admin).await;
    let patient = patient(&reception).await;
    let path = format!("/patients/{patient}/recalls");
    let none = reception.get(&path).await.expect(200);
    assert_eq!(none["items"][0]["due_on"], Value::Null);

    filled(&app, &patient).await;
    let due = reception.get(&path).await.expect(200)["items"][0].clone();
    assert_eq!((&due["last_trigger_on"], &due["due_on"]), (&json!("2026-11-23"), &json!("2027-05-23")));

    let one = format!("{path}/{}", kind["id"].as_str().unwrap());
    let set = json!({ "set_due_on": "2027-02-01", "interval_months": 3, "version": due["version"] });
    let mine = reception.put(&one, set.clone()).await.expect(200);
    assert_eq!(mine["calculated_due_on"], "2027-02-23", "kept apart from the date that was set");
    assert_eq!((&mine["due_on"], &mine["own_interval"]), (&json!("2027-02-01"), &json!(true)));
    reception.put(&one, set).await.expect_problem(412, "request.stale");

    filled(&app, &patient).await;
    let same = reception.get(&path).await.expect(200)["items"][0].clone();
    assert_eq!(same["due_on"], "2027-02-01", "work of the same day starts nothing anew");
}

#[tokio::test]
async fn recalls_are_set_up_by_who_may_and_hold_only_what_can_be() {
    let app = TestApp::new().await;
    let admin = app.login(Admin).await;
    let kind = filling_recall(&app, &admin).await;
    let path = format!("/recall-types/{}", kind["id"].as_str().unwrap());
    let changed =
        admin.patch(&path, 1, json!({ "interval_months": 12, "procedure_ids": [] })).await.expect(200);
    assert_eq!((&changed["interval_months"], &changed["procedure_ids"]), (&json!(12), &json!([])));
    admin.patch(&path, 1, json!({ "minutes": 30 })).await.expect_problem(412, "request.stale");
    for (field, value, code) in [
        ("interval_months", json!(0), "request.out_of_range"),
        ("interval_months", json!(61), "request.out_of_range"),
        ("minutes", json!(4), "request.out_of_range"),
        ("procedure_ids", json!([app.other_clinic.procedure]), "request.unknown_reference"),
    ] {
        admin.patch(&path, 2, json!({ field: value })).await.expect_invalid(&format!("/{field}"), code);
    }
    for role in [Receptionist, Assistant, Doctor] {
        let answer = app.login(role).await.patch(&path, 2, json!({ "active": false })).await;
        assert_eq!(answer.status.as_u16(), 403, "{role:?}");
    }
    let elsewhere = app.login_elsewhere(Admin).await;
    assert_eq!(elsewhere.patch(&path, 2, json!({ "active": false })).await.status.as_u16(), 404);
}
