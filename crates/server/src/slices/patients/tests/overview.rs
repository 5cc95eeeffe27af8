//! Header, alerts and contacts.

use dentpro_core::permissions::BuiltInRole::{Assistant, Doctor, Receptionist};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{book, of, register, sqlx_execute};
use crate::testing::TestApp;

#[tokio::test]
async fn the_alert_row_shows_what_can_kill_first_in_both_languages() {
    let app = TestApp::new().await;
    let doctor = app.login(Doctor).await;
    let path = of(&register(&doctor, "منى", "", 1).await);
    let drug = Uuid::now_v7();
    sqlx_execute(
        &app,
        "insert into drug (clinic_id, id, code, name_ar, name_en, drug_class, created_at)
        values ($1, $2, 'marevan', 'ماريفان', 'Marevan', 'anticoagulant', now())",
        |query| query.bind(app.clinic.id).bind(drug),
    )
    .await;
    for (list, body) in [
        ("medications", json!({ "name": "Metformin" })),
        ("medications", json!({ "drug_id": drug })),
        ("conditions", json!({ "code": "C14" })),
        ("conditions", json!({ "name": "Migraine" })),
        ("allergies", json!({ "substance": "Dust", "severity": "mild" })),
        ("allergies", json!({ "substance": "penicillin", "severity": "severe" })),
    ] {
        doctor.post(&format!("{path}/{list}"), body).await.expect(201);
    }
    let due = json!({ "pregnancy": "yes", "pregnancy_due": "2027-03-01" });
    doctor.patch(&format!("{path}/history"), 1, due).await.expect(200);
    let reception = app.login(Receptionist).await;
    let alerts = reception.get(&format!("{path}/alerts")).await.expect(200);
    let seen: Vec<[&str; 4]> = alerts["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|a| ["kind", "severity", "text_en", "text_ar"].map(|field| a[field].as_str().unwrap()))
        .collect();
    assert_eq!(
        seen,
        [
            ["allergy", "red", "Severe allergy: Penicillin", "حساسية شديدة: البنسلين"],
            ["allergy", "red", "Allergy: Dust", "حساسية: Dust"],
            ["medication", "red", "Anticoagulant: Marevan", "مضاد للتجلط: ماريفان"],
            ["condition", "red", "Cancer of the head or neck", "ورم خبيث في الرأس أو الرقبة"],
            ["condition", "amber", "Migraine", "Migraine"],
            ["condition", "amber", "Pregnant, due 2027-03-01", "حامل، الولادة المتوقعة 2027-03-01"],
            ["medication", "amber", "Metformin", "Metformin"],
        ]
    );
    assert_eq!(alerts["items"][5]["source"], "pregnancy");
    assert_eq!(alerts["allergy_status"], "recorded");
    let header = reception.get(&format!("{path}/header")).await.expect(200);
    assert_eq!(header["alerts"], alerts["items"]);
}

#[tokio::test]
async fn the_header_tells_visits_and_balance_to_who_may_know() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let patient = register(&reception, "محمد", "", 1).await;
    let path = format!("{}/header", of(&patient));
    let header = reception.get(&path).await.expect(200);
    assert_eq!(header["patient"]["file_number"], "000001");
    assert_eq!((&header["last_visit_at"], &header["next_appointment_at"]), (&Value::Null, &Value::Null));
    assert_eq!(header["allergy_status"], "not_asked");
    let past = book(&app, &patient, -10, "completed").await;
    book(&app, &patient, 3, "confirmed").await;
    let id: Uuid = patient["id"].as_str().unwrap().parse().unwrap();
    sqlx_execute(
        &app,
        "insert into visit (clinic_id, id, patient_id, appointment_id, doctor_id, branch_id, opened_at, opened_by, local_date)
        values ($1, $2, $3, $4, $5, $6, '2026-11-13 08:00+00', $5, '2026-11-13')",
        |query| query.bind(app.clinic.id).bind(Uuid::now_v7()).bind(id).bind(past).bind(app.clinic.doctor()).bind(app.clinic.branch),
    )
    .await;
    sqlx_execute(
        &app,
        "insert into payment (clinic_id, id, patient_id, branch_id, number, method, amount, currency, received_at, received_on, received_by)
        values ($1, $2, $3, $4, 'RCT-2026-000001', 'cash', 12550, 'EGP', now(), '2026-11-23', $5)",
        |query| query.bind(app.clinic.id).bind(Uuid::now_v7()).bind(id).bind(app.clinic.branch).bind(app.clinic.doctor()),
    )
    .await;
    let header = reception.get(&path).await.expect(200);
    assert_eq!(header["last_visit_at"], "2026-11-13T10:00:00+02:00");
    assert_eq!(header["next_appointment_at"], "2026-11-26T10:00:00+02:00");
    assert_eq!(header["balance"], json!({ "amount": "-125.50", "currency": "EGP" }));
    assert_eq!(app.login(Assistant).await.get(&path).await.expect(200)["balance"], Value::Null);
    let row = reception.get("/patients").await.expect(200);
    assert_eq!(row["items"][0]["last_visit_on"], "2026-11-13");
    assert_eq!(row["items"][0]["balance"]["amount"], "-125.50");
}

#[tokio::test]
async fn a_contact_ends_and_is_kept_in_the_timeline() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let path = of(&register(&reception, "محمد", "", 1).await);
    let contacts = format!("{path}/contacts");
    let body = json!({ "name": "ليلى", "relationship": "زوجة", "phone": "٠١٠٠١٢٣٤٥٦٧" });
    let contact = reception.post(&contacts, body).await.expect(201);
    assert_eq!(contact["phone"], "+201001234567");
    for (body, pointer, code) in [
        (json!({ "name": "", "phone": "01001234567" }), "/name", "request.required"),
        (json!({ "name": "x", "phone": "12" }), "/phone", "phone.too_short"),
        (json!({ "name": "x" }), "/phone", "request.required"),
    ] {
        reception.post(&contacts, body).await.expect_invalid(pointer, code);
    }
    let one = format!("{contacts}/{}", contact["id"].as_str().unwrap());
    app.login(Assistant).await.delete(&one).await.expect_problem(403, "identity.permission_missing");
    app.login_elsewhere(Receptionist).await.delete(&one).await.expect_problem(404, "request.not_found");
    reception.delete(&one).await.expect(204);
    reception.delete(&one).await.expect_problem(404, "request.not_found");
    assert_eq!(reception.get(&contacts).await.expect(200)["items"], json!([]));
    let timeline = reception.get(&format!("{path}/timeline")).await.expect(200);
    let kinds: Vec<_> =
        timeline["items"].as_array().unwrap().iter().map(|e| e["kind"].as_str().unwrap()).collect();
    assert!(kinds.contains(&"contact.added") && kinds.contains(&"contact.ended"), "{kinds:?}");
}
