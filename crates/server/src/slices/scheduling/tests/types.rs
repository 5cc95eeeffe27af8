//! What appointments are for, and whose time their patterns take.

use dentpro_core::permissions::BuiltInRole::{Admin, Receptionist};
use futures::future::join_all;
use jiff_sqlx::ToSqlx;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{booking, but, patient};
use crate::testing::TestApp;

#[tokio::test]
async fn types_are_added_changed_ordered_and_retired_by_who_sets_up() {
    let app = TestApp::new().await;
    let (admin, reception) = (app.login(Admin).await, app.login(Receptionist).await);
    let new = json!({ "name_ar": "حشوة", "name_en": "Filling", "colour": "#607915", "minutes": 30, "pattern": "ADDDDA",
        "chair_feature": "xray", "procedure_ids": [app.clinic.procedure] });
    reception
        .post("/appointment-types", new.clone())
        .await
        .expect_problem(403, "identity.permission_missing");
    let filling = admin.post("/appointment-types", new.clone()).await.expect(201);
    let other = json!({ "name_en": "Cleaning", "colour": "#178043", "minutes": 20 });
    let cleaning = admin.post("/appointment-types", other).await.expect(201);
    assert_eq!((&filling["position"], &cleaning["position"]), (&json!(0), &json!(1)));
    assert_eq!(filling["procedure_ids"], json!([app.clinic.procedure]));

    let path = format!("/appointment-types/{}", filling["id"].as_str().unwrap());
    let longer = admin.patch(&path, 1, json!({ "minutes": 40 })).await.expect(200);
    assert_eq!(longer["pattern"], "ADDDDAAA", "another length draws the pattern out");
    let ids = json!({ "ids": [cleaning["id"], filling["id"]] });
    admin.put("/appointment-types/order", ids).await.expect(200);
    let names = |list: Value| -> Vec<String> {
        let items = list["items"].as_array().unwrap();
        items.iter().map(|t| t["name_en"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names(reception.get("/appointment-types").await.expect(200)), ["Cleaning", "Filling"]);
    let version = admin.get("/appointment-types").await.expect(200)["items"][1]["version"].as_i64().unwrap();
    admin.patch(&path, version, json!({ "active": false })).await.expect(200);
    assert_eq!(names(reception.get("/appointment-types").await.expect(200)), ["Cleaning"]);
    let all = reception.get("/appointment-types?include_inactive=true").await.expect(200);
    assert_eq!(names(all), ["Cleaning", "Filling"]);
    let patient = patient(&app, &app.clinic, "active").await;
    let body = but(booking(&app, patient, "10:00", "10:30"), json!({ "type_id": filling["id"] }));
    reception.post("/appointments", body).await.expect_invalid("/type_id", "request.unknown_reference");

    for (change, pointer, code) in [
        (json!({ "minutes": 32 }), "/minutes", "scheduling.type_minutes"),
        (json!({ "minutes": 725 }), "/minutes", "scheduling.type_minutes"),
        (json!({ "pattern": "ADX" }), "/pattern", "scheduling.pattern_mismatch"),
        (json!({ "pattern": "AD" }), "/pattern", "scheduling.pattern_mismatch"),
        (json!({ "colour": "red" }), "/colour", "scheduling.colour_malformed"),
        (json!({ "chair_feature": "pool" }), "/chair_feature", "scheduling.feature_unknown"),
        (
            json!({ "procedure_ids": [app.other_clinic.procedure] }),
            "/procedure_ids",
            "request.unknown_reference",
        ),
        (json!({ "name_ar": "", "name_en": "" }), "/name_en", "request.required"),
    ] {
        admin.post("/appointment-types", but(new.clone(), change)).await.expect_invalid(pointer, code);
    }
}

/// A booking of the first doctor from 10:00 in the first chair or from a later minute in the second.
fn patterned(app: &TestApp, patient: Uuid, chair: usize, from: &str, to: &str, pattern: &str) -> Value {
    but(booking(app, patient, from, to), json!({ "chair_id": app.clinic.chairs[chair], "pattern": pattern }))
}

#[tokio::test]
async fn a_doctor_has_two_appointments_at_once_where_one_needs_only_the_assistant() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let patient = patient(&app, &app.clinic, "active").await;
    let post = async |body| reception.post("/appointments", body).await;
    // The doctor is needed from 10:10 to 10:30 of 10:00–10:40.
    post(patterned(&app, patient, 0, "10:00", "10:40", "AADDDDAA")).await.expect(201);
    post(patterned(&app, patient, 1, "10:25", "10:45", "DDDD"))
        .await
        .expect_problem(409, "scheduling.doctor_taken");
    post(patterned(&app, patient, 1, "10:20", "10:40", "ADDD"))
        .await
        .expect_problem(409, "scheduling.doctor_taken");
    // The chair is taken throughout.
    post(patterned(&app, patient, 0, "10:30", "10:50", "DDDD"))
        .await
        .expect_problem(409, "scheduling.chair_taken");
    let second = post(patterned(&app, patient, 1, "10:20", "10:50", "AADDDD")).await.expect(201);
    assert!(second["overbook_reason"].is_null());
    // His time in one that is given away comes back.
    let longer = json!({ "pattern": "DDDDDD" });
    let path = format!("/appointments/{}", second["id"].as_str().unwrap());
    reception.patch(&path, 1, longer).await.expect_problem(409, "scheduling.doctor_taken");
}

#[tokio::test]
async fn the_database_itself_refuses_two_appointments_that_both_need_the_doctor() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let patient = patient(&app, &app.clinic, "active").await;
    reception
        .post("/appointments", patterned(&app, patient, 0, "10:00", "10:40", "AADDDDAA"))
        .await
        .expect(201);
    let clinic = &app.clinic;
    let insert = async |pattern: &str| {
        let mut tx = app.state.db.begin_as_system(clinic.id.into(), clinic.id).await.unwrap();
        sqlx::query(
            "insert into appointment (clinic_id, id, patient_id, doctor_id, chair_id, branch_id, starts_at, ends_at,
                local_date, local_start, time_zone, created_at, created_by, pattern)
            values ($1, $2, $3, $4, $5, $6, '2026-11-23T10:20:00+02', '2026-11-23T10:50:00+02', '2026-11-23', '10:20',
                'Africa/Cairo', $7, $4, $8)",
        )
        .bind(clinic.id)
        .bind(Uuid::now_v7())
        .bind(patient)
        .bind(clinic.doctor())
        .bind(clinic.chairs[1])
        .bind(clinic.branch)
        .bind(app.clock.now().to_sqlx())
        .bind(pattern)
        .execute(&mut *tx)
        .await
        .map_err(|e| e.as_database_error().and_then(|d| d.constraint().map(str::to_owned)))
    };
    assert_eq!(insert("ADDDDD").await.unwrap_err().as_deref(), Some("appointment_doctor_free"));
    assert_eq!(insert("").await.unwrap_err().as_deref(), Some("appointment_doctor_free"));
    assert!(insert("AADDDD").await.is_ok());
}

#[tokio::test]
async fn of_16_who_race_for_the_doctors_minutes_one_gets_them_and_the_assistants_go_beside() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let patient = patient(&app, &app.clinic, "active").await;
    let no_chair = |from: &str, to: &str, pattern: &str| {
        but(booking(&app, patient, from, to), json!({ "chair_id": null, "pattern": pattern }))
    };
    // All need him at 10:20; without a chair only his minutes are fought for.
    let bodies = (0..16).map(|n| {
        let (from, to, pattern) =
            [("10:00", "10:40", "AADDDDAA"), ("10:10", "10:30", "AADD"), ("10:20", "10:40", "DDAA")][n % 3];
        no_chair(from, to, pattern)
    });
    let answers = join_all(bodies.map(|body| reception.post("/appointments", body))).await;
    assert_eq!(answers.iter().filter(|a| a.status == 201).count(), 1);
    for refused in answers.iter().filter(|a| a.status != 201) {
        refused.expect_problem(409, "scheduling.doctor_taken");
    }
    let beside =
        join_all((0..16).map(|_| reception.post("/appointments", no_chair("10:00", "10:40", "AAAAAAAA"))));
    for answer in beside.await {
        answer.expect(201);
    }
}
