//! What happened to a patient.

use std::collections::BTreeSet;

use dentpro_core::permissions::BuiltInRole::{Admin, Assistant, Doctor, Receptionist};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{book, of, register, sqlx_execute};
use crate::testing::{Client, TestApp};

async fn kinds(client: &Client, path: &str) -> BTreeSet<String> {
    let list = client.get(&format!("{path}/timeline?limit=100")).await.expect(200);
    list["items"].as_array().unwrap().iter().map(|e| e["kind"].as_str().unwrap().to_owned()).collect()
}

/// A patient to whom a bit of everything happened.
async fn busy(app: &TestApp) -> Value {
    let admin = app.login(Admin).await;
    let patient = register(&admin, "محمد", "", 1).await;
    let path = of(&patient);
    let id: Uuid = patient["id"].as_str().unwrap().parse().unwrap();
    admin.patch(&path, 1, json!({ "address": "Maadi" })).await.expect(200);
    admin.patch(&format!("{path}/history"), 2, json!({ "smoking": "never" })).await.expect(200);
    let allergy = json!({ "substance": "Latex", "severity": "mild" });
    let allergy = admin.post(&format!("{path}/allergies"), allergy).await.expect(201);
    let entry = format!("{path}/allergies/{}", allergy["id"].as_str().unwrap());
    admin.patch(&entry, 1, json!({ "status": "resolved" })).await.expect(200);
    let appointment = book(app, &patient, 0, "arrived").await;
    let (clinic, doctor, branch) = (app.clinic.id, app.clinic.doctor(), app.clinic.branch);
    sqlx_execute(
        app,
        "insert into appointment_event (clinic_id, id, appointment_id, patient_id, kind, from_value, to_value, at, by)
        values ($1, $2, $3, $4, 'status', 'scheduled', 'arrived', now(), $5)",
        |query| query.bind(clinic).bind(Uuid::now_v7()).bind(appointment).bind(id).bind(doctor),
    )
    .await;
    sqlx_execute(
        app,
        "insert into visit (clinic_id, id, patient_id, doctor_id, branch_id, opened_at, opened_by, local_date, status,
            signed_at, signed_by, hash)
        values ($1, $2, $3, $4, $5, now(), $4, '2026-11-23', 'signed', now(), $4, 'x')",
        |query| query.bind(clinic).bind(Uuid::now_v7()).bind(id).bind(doctor).bind(branch),
    )
    .await;
    sqlx_execute(
        app,
        "insert into chart_event (clinic_id, id, patient_id, on_date, layer, code, teeth, surfaces, recorded_at, recorded_by)
        values ($1, $2, $3, '2026-11-23', 'finding', 'caries', '{16}', '{O}', now(), $4)",
        |query| query.bind(clinic).bind(Uuid::now_v7()).bind(id).bind(doctor),
    )
    .await;
    sqlx_execute(
        app,
        "insert into payment (clinic_id, id, patient_id, branch_id, number, method, amount, currency, received_at, received_on, received_by)
        values ($1, $2, $3, $4, 'RCT-2026-000001', 'cash', 12550, 'EGP', now(), '2026-11-23', $5)",
        |query| query.bind(clinic).bind(Uuid::now_v7()).bind(id).bind(branch).bind(doctor),
    )
    .await;
    patient
}

#[tokio::test]
async fn each_reader_sees_the_kinds_that_his_permissions_allow() {
    let app = TestApp::new().await;
    let path = of(&busy(&app).await);
    let everybody = ["patient.registered", "patient.changed", "appointment.status"];
    let history = ["history.changed", "allergy.recorded", "allergy.changed"];
    let clinical = ["visit.opened", "visit.signed", "chart.event"];
    let money = ["payment.taken"];
    let of_kinds = |lists: &[&[&str]]| {
        lists.iter().flat_map(|l| l.iter().map(|k| (*k).to_owned())).collect::<BTreeSet<_>>()
    };
    let all = of_kinds(&[&everybody, &history, &clinical, &money]);
    assert_eq!(kinds(&app.login(Admin).await, &path).await, all);
    assert_eq!(kinds(&app.login(Doctor).await, &path).await, all, "it is his own patient");
    assert_eq!(kinds(&app.login(Assistant).await, &path).await, of_kinds(&[&everybody, &history, &clinical]));
    assert_eq!(kinds(&app.login(Receptionist).await, &path).await, of_kinds(&[&everybody, &money]));
}

#[tokio::test]
async fn a_doctor_with_own_records_sees_no_visits_of_a_patient_he_never_had() {
    let app = TestApp::new().await;
    let admin = app.login(Admin).await;
    let path = of(&register(&admin, "غريب", "", 1).await);
    let id: Uuid = path.rsplit('/').next().unwrap().parse().unwrap();
    sqlx_execute(
        &app,
        "insert into visit (clinic_id, id, patient_id, doctor_id, branch_id, opened_at, opened_by, local_date)
        values ($1, $2, $3, $4, $5, now(), $4, '2026-11-23')",
        |query| query.bind(app.clinic.id).bind(Uuid::now_v7()).bind(id).bind(app.clinic.second_doctor).bind(app.clinic.branch),
    )
    .await;
    assert!(kinds(&admin, &path).await.contains("visit.opened"));
    assert!(!kinds(&app.login(Doctor).await, &path).await.contains("visit.opened"));
}

#[tokio::test]
async fn the_timeline_tells_who_did_what_in_both_languages_page_by_page() {
    let app = TestApp::new().await;
    let path = of(&busy(&app).await);
    let admin = app.login(Admin).await;
    let whole = admin.get(&format!("{path}/timeline?limit=100")).await.expect(200);
    let whole = whole["items"].as_array().unwrap().clone();
    let told = |kind: &str| whole.iter().find(|e| e["kind"] == kind).cloned().unwrap();
    assert_eq!(told("patient.changed")["summary_en"], "Changed: address");
    assert_eq!(told("patient.changed")["actor_name_en"], "Dr admin");
    assert_eq!(told("patient.registered")["summary_ar"], "تسجيل المريض برقم ملف 000001");
    assert_eq!(told("appointment.status")["summary_en"], "Appointment on 23 Nov 2026, 10:00: arrived");
    assert_eq!(told("payment.taken")["summary_en"], "Payment RCT-2026-000001 of 125.50 EGP taken (cash)");
    assert_eq!(told("allergy.changed")["summary_en"], "Latex: resolved");
    assert_eq!(told("chart.event")["entity"], "chart_event");
    let (mut paged, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = admin.get(&format!("{path}/timeline?limit=4{cursor}")).await.expect(200);
        paged.extend(page["items"].as_array().unwrap().iter().cloned());
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(paged, whole);
    admin.get(&format!("{path}/timeline?cursor=x")).await.expect_invalid("cursor", "request.cursor_invalid");
}
