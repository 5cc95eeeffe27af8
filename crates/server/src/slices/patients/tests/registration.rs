//! Registering and changing patients.

use dentpro_core::permissions::BuiltInRole::{Admin, Assistant, Doctor, Receptionist};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{of, register};
use crate::testing::TestApp;

fn with_phone(mut fields: Value) -> Value {
    fields["phones"] = json!([{ "number": "01001234567" }]);
    fields
}

#[tokio::test]
async fn a_name_and_a_phone_are_enough_and_file_numbers_count_up_in_each_clinic() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let first = reception.post("/patients", with_phone(json!({ "name_ar": "محمد أحمد" }))).await;
    assert_eq!(first.headers["etag"], "\"1\"");
    let first = first.expect(201);
    assert_eq!(first["file_number"], "000001");
    assert_eq!(first["phones"], json!([{ "number": "+201001234567", "label": "mobile", "whatsapp": false }]));
    assert_eq!(first["created_at"], "2026-11-23T09:00:00+02:00");
    assert_eq!(register(&reception, "سارة", "", 1).await["file_number"], "000002");
    let elsewhere = app.login_elsewhere(Receptionist).await;
    assert_eq!(register(&elsewhere, "منى", "", 1).await["file_number"], "000001");
    let read = reception.get(&of(&first)).await.expect(200);
    assert_eq!(read, first);
}

#[tokio::test]
async fn an_assistant_may_not_register_and_nobody_may_who_is_not_signed_in() {
    let app = TestApp::new().await;
    let body = with_phone(json!({ "name_en": "Mona" }));
    let refused = app.login(Assistant).await.post("/patients", body.clone()).await;
    refused.expect_problem(403, "identity.permission_missing");
    app.anonymous().post("/patients", body.clone()).await.expect_problem(401, "identity.not_signed_in");
    app.login(Doctor).await.post("/patients", body).await.expect(201);
}

#[tokio::test]
async fn a_patient_without_a_phone_needs_a_guardian() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let child = json!({ "name_ar": "ياسين", "birth_date": "2020-05-01" });
    reception
        .post("/patients", child.clone())
        .await
        .expect_invalid("/phones", "patients.phone_or_guardian_needed");
    let father = register(&reception, "كريم", "Karim", 7).await;
    let mut child = child;
    child["guardian_id"] = father["id"].clone();
    let child = reception.post("/patients", child).await.expect(201);
    assert_eq!(child["guardian"]["name_en"], "Karim");
    assert_eq!(child["age_years"], 6);
    let alone = reception.patch(&of(&child), 1, json!({ "guardian_id": null })).await;
    alone.expect_invalid("/phones", "patients.phone_or_guardian_needed");
    let own = reception.patch(&of(&child), 1, json!({ "guardian_id": child["id"] })).await;
    own.expect_invalid("/guardian_id", "patients.own_guardian");
}

#[tokio::test]
async fn a_guardian_of_another_clinic_is_not_known() {
    let app = TestApp::new().await;
    let stranger = register(&app.login_elsewhere(Receptionist).await, "غريب", "", 1).await;
    let body = with_phone(json!({ "name_ar": "ليلى", "guardian_id": stranger["id"] }));
    let refused = app.login(Receptionist).await.post("/patients", body).await;
    refused.expect_problem(422, "request.unknown_reference");
}

#[tokio::test]
async fn the_national_id_tells_birth_date_and_sex_and_belongs_to_one_patient() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let body = with_phone(json!({ "name_ar": "أحمد", "national_id": "٢٩١٠٤٠٢ ٠١٢٣٤٥" }));
    let refused = reception.post("/patients", body).await;
    refused.expect_invalid("/national_id", "national_id.wrong_length");
    let body = with_phone(json!({ "name_ar": "أحمد", "national_id": "٢٩١٠٤٠٢٠١٢٣٤٥٦" }));
    let patient = reception.post("/patients", body.clone()).await.expect(201);
    assert_eq!(patient["national_id"], "29104020123456");
    assert_eq!(patient["birth_date"], "1991-04-02");
    assert_eq!(patient["age_years"], 35);
    assert_eq!(patient["sex"], "male");
    reception.post("/patients", body).await.expect_problem(409, "patients.national_id_exists");
}

#[tokio::test]
async fn what_cannot_be_is_refused_at_its_field() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let long = "ا".repeat(201);
    for (fields, pointer, code) in [
        (json!({ "name_ar": "" }), "/name_ar", "request.required"),
        (json!({ "name_ar": null, "name_en": " " }), "/name_en", "request.required"),
        (json!({ "name_ar": "أ\u{0}ب" }), "/name_ar", "request.text_not_allowed"),
        (json!({ "name_en": "evil\u{202E}eman" }), "/name_en", "request.text_not_allowed"),
        (json!({ "name_ar": long }), "/name_ar", "request.too_long"),
        (
            json!({ "name_ar": "أ", "birth_date": "2026-11-24" }),
            "/birth_date",
            "patients.birth_date_in_future",
        ),
        (json!({ "name_ar": "أ", "birth_date": "10000-01-01" }), "/birth_date", "request.wrong_type"),
        (json!({ "name_ar": "أ", "birth_date": "0001-01-01" }), "/birth_date", "request.date_out_of_range"),
        (json!({ "name_ar": "أ", "birth_date": "2020-02-30" }), "/birth_date", "request.wrong_type"),
        (json!({ "name_ar": "أ", "email": "nobody" }), "/email", "patients.email_malformed"),
        (json!({ "name_ar": "أ", "sex": "robot" }), "/sex", "request.wrong_type"),
        (json!({ "name_ar": "أ", "version": 7 }), "/version", "request.unknown_field"),
        (json!({ "name_ar": "أ", "file_number": "000009" }), "/file_number", "request.unknown_field"),
    ] {
        reception.post("/patients", with_phone(fields)).await.expect_invalid(pointer, code);
    }
    for (number, code) in
        [("12", "phone.too_short"), ("abc", "phone.malformed"), ("01901234567", "phone.invalid")]
    {
        let body = json!({ "name_ar": "أ", "phones": [{ "number": "01001234567" }, { "number": number }] });
        reception.post("/patients", body).await.expect_invalid("/phones/1/number", code);
    }
    let many: Vec<_> = (0..11).map(|n| json!({ "number": format!("0100123456{n}") })).collect();
    let refused = reception.post("/patients", json!({ "name_ar": "أ", "phones": many })).await;
    refused.expect_invalid("/phones", "patients.too_many_phones");
    assert!(reception.get("/patients").await.expect(200)["items"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn an_offered_id_is_taken_once_and_never_overwrites() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let id = Uuid::now_v7();
    let body = with_phone(json!({ "id": id, "name_ar": "هدى" }));
    assert_eq!(reception.post("/patients", body).await.expect(201)["id"], id.to_string());
    let again = reception.post("/patients", with_phone(json!({ "id": id, "name_ar": "أخرى" }))).await;
    again.expect_problem(409, "request.id_exists");
    assert_eq!(reception.get(&format!("/patients/{id}")).await.expect(200)["name_ar"], "هدى");
    assert_eq!(register(&reception, "منى", "", 5).await["file_number"], "000002", "a refusal leaves no gap");
}

#[tokio::test]
async fn the_same_key_twice_registers_one_patient() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await.with("idempotency-key", "registration-1");
    let body = with_phone(json!({ "name_ar": "هدى" }));
    let (one, two) =
        tokio::join!(reception.post("/patients", body.clone()), reception.post("/patients", body));
    assert_eq!(one.expect(201)["id"], two.expect(201)["id"]);
    let other = reception.post("/patients", with_phone(json!({ "name_ar": "منى" }))).await;
    other.expect_problem(422, "request.idempotency_key_reused");
    assert_eq!(reception.get("/patients").await.expect(200)["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn many_at_once_get_a_file_number_each_without_gaps() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let all = futures::future::join_all((0..12).map(|n| register(&reception, "مريض", "", n))).await;
    let mut numbers: Vec<_> = all.iter().map(|p| p["file_number"].as_str().unwrap().to_owned()).collect();
    numbers.sort();
    assert_eq!(numbers, (1..=12).map(|n| format!("{n:06}")).collect::<Vec<_>>());
}

#[tokio::test]
async fn of_two_receptionists_editing_at_once_the_second_is_told() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let patient = register(&reception, "محمد", "Mohamed", 1).await;
    let path = of(&patient);
    let (one, two) = tokio::join!(
        reception.patch(&path, 1, json!({ "address": "Maadi" })),
        reception.patch(&path, 1, json!({ "address": "Zamalek" })),
    );
    let mut statuses = [one.status.as_u16(), two.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 412]);
    let now = reception.get(&path).await.expect(200);
    assert_eq!(now["version"], 2);
    let without = reception.send(axum::http::Method::PATCH, &path, Some(json!({ "notes": "x" }))).await;
    without.expect_problem(428, "request.if_match_required");
}

#[tokio::test]
async fn a_patch_changes_what_it_names_and_clears_what_is_null() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let patient = register(&reception, "محمد", "Mohamed", 1).await;
    let path = of(&patient);
    let body =
        json!({ "name_en": null, "notes": "Prefers evenings\nCalls first", "preferred_language": "ar" });
    let changed = reception.patch(&path, 1, body).await.expect(200);
    assert_eq!(changed["name_ar"], "محمد");
    assert_eq!(changed["name_en"], "");
    assert_eq!(changed["notes"], "Prefers evenings\nCalls first");
    assert_eq!(changed["phones"], patient["phones"]);
    let nameless = reception.patch(&path, 2, json!({ "name_ar": null })).await;
    nameless.expect_invalid("/name_ar", "request.required");
    let archived = reception.patch(&path, 2, json!({ "status": "archived" })).await.expect(200);
    assert_eq!(archived["status"], "archived");
    assert!(reception.get("/patients").await.expect(200)["items"].as_array().unwrap().is_empty());
    assert_eq!(super::found(&reception, "محمد").await, ["محمد"], "an archived file is found, not doubled");
}

#[tokio::test]
async fn another_clinics_patient_is_not_there_whatever_is_asked() {
    let app = TestApp::new().await;
    let patient = register(&app.login_elsewhere(Admin).await, "سرية", "Secret", 1).await;
    let path = of(&patient);
    let admin = app.login(Admin).await;
    for part in [
        "",
        "/header",
        "/alerts",
        "/timeline",
        "/contacts",
        "/history",
        "/allergies",
        "/conditions",
        "/medications",
    ] {
        admin.get(&format!("{path}{part}")).await.expect_problem(404, "request.not_found");
    }
    admin.patch(&path, 1, json!({ "notes": "x" })).await.expect_problem(404, "request.not_found");
    admin.patch(&format!("{path}/history"), 1, json!({})).await.expect_problem(404, "request.not_found");
    for (part, body) in [
        ("contacts", json!({ "name": "x", "phone": "01001234567" })),
        ("allergies", json!({ "substance": "Latex", "severity": "mild" })),
        ("conditions", json!({ "name": "Asthma" })),
        ("medications", json!({ "name": "Aspirin" })),
    ] {
        admin.post(&format!("{path}/{part}"), body).await.expect_problem(404, "request.not_found");
    }
    let said = json!({ "kind": "allergies", "none_known": true });
    admin.put(&format!("{path}/history/none-known"), said).await.expect_problem(404, "request.not_found");
    admin.get("/patients/not-a-uuid").await.expect_problem(404, "request.not_found");
}

#[tokio::test]
async fn every_change_is_in_the_log_with_who_made_it() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let patient = register(&reception, "محمد", "", 1).await;
    reception.patch(&of(&patient), 1, json!({ "address": "Maadi" })).await.expect(200);
    let mut owner = app.database.owner().await;
    let rows: Vec<(String, Uuid, Option<Value>)> = sqlx::query_as(
        "select action, actor_id, after - 'clinic_id' from audit_entry where entity = 'patient' and clinic_id = $1 order by id",
    )
    .bind(app.clinic.id)
    .fetch_all(&mut owner)
    .await
    .unwrap();
    assert_eq!(rows.iter().map(|r| r.0.as_str()).collect::<Vec<_>>(), ["insert", "update"]);
    assert!(rows.iter().all(|r| r.1 == app.clinic.accounts[&Receptionist]));
    assert_eq!(rows[1].2, Some(json!({ "address": "Maadi", "version": 2 })));
    let announced: i64 = sqlx::query_scalar(
        "select count(*) from live_event where kind = 'patient.changed' and clinic_id = $1",
    )
    .bind(app.clinic.id)
    .fetch_one(&mut owner)
    .await
    .unwrap();
    assert_eq!(announced, 2);
}
