//! Every operation × every role × another clinic's ids, with no operation left out.

use std::collections::BTreeMap;
use std::fmt::Write;

use axum::http::Method;
use dentpro_core::permissions::{BuiltInRole, Permission};
use serde_json::{Value, json};
use uuid::Uuid;

use super::operations::{self, Operation};
use crate::testing::{Client, Clinic, TestApp};

/// The few operations that work without being signed in.
const PUBLIC: &[(&str, &str)] = &[
    ("POST", "/session"),
    ("GET", "/session/info"),
    ("GET", "/setup"),
    ("POST", "/setup"),
    ("GET", "/invitations/by-token/{token}"),
    ("POST", "/invitations/by-token/{token}/accept"),
    ("GET", "/confirmations/{token}"),
    ("POST", "/confirmations/{token}"),
    ("GET", "/plan-links/{token}"),
    ("POST", "/plan-links/{token}/open"),
    ("POST", "/plan-links/{token}/answer"),
    ("GET", "/calendar/{file}"),
    ("GET", "/waiting-room/{secret}"),
];

fn holds(role: BuiltInRole, code: &str) -> bool {
    role.permissions().iter().any(|(p, _)| p.code() == code)
}

async fn call(client: &Client, operation: &Operation, path: &str) -> crate::testing::TestResponse {
    let body = (operation.method != Method::GET && operation.method != Method::DELETE).then(|| json!({}));
    client.with("if-match", "\"1\"").send(operation.method.clone(), path, body).await
}

#[test]
fn every_operation_declares_a_permission_that_exists() {
    for operation in operations::all() {
        let known = Permission::from_code(&operation.permission).is_some()
            || operation.permission == "signed_in"
            || PUBLIC.contains(&(operation.method.as_str(), operation.path.as_str()))
                && operation.permission == "public";
        assert!(known, "{} {} asks for {:?}", operation.method, operation.path, operation.permission);
    }
}

#[test]
fn the_permission_matrix_is_the_reviewed_one() {
    let mut matrix = String::new();
    let mut rows: Vec<String> = operations::all()
        .iter()
        .map(|o| {
            let roles: String = BuiltInRole::ALL
                .iter()
                .map(|role| {
                    let open = o.permission == "public" || o.permission == "signed_in";
                    if open || holds(*role, &o.permission) {
                        role.code().chars().next().unwrap()
                    } else {
                        '-'
                    }
                })
                .collect();
            format!("{roles} {:<26} {:<6} {}", o.permission, o.method.as_str(), o.path)
        })
        .collect();
    rows.sort();
    for row in rows {
        writeln!(matrix, "{row}").unwrap();
    }
    insta::assert_snapshot!("permission_matrix", matrix);
}

#[tokio::test]
async fn anonymous_gets_401_everywhere_but_at_the_public_doors() {
    let app = TestApp::new().await;
    let nobody = app.anonymous();
    for operation in operations::all().iter().filter(|o| o.permission != "public") {
        let answer = call(&nobody, operation, &operation.path_with(&BTreeMap::new())).await;
        assert_eq!(answer.status.as_u16(), 401, "{} {}: {}", operation.method, operation.path, answer.text());
    }
}

#[tokio::test]
async fn each_role_is_refused_exactly_where_it_lacks_the_permission() {
    let app = TestApp::new().await;
    for role in BuiltInRole::ALL {
        let client = app.login(role).await;
        for operation in operations::all().iter().filter(|o| !o.is_stream() && !ends_the_session(o)) {
            if Permission::from_code(&operation.permission).is_none() {
                continue;
            }
            let answer = call(&client, operation, &operation.path_with(&BTreeMap::new())).await;
            let status = answer.status.as_u16();
            let place =
                format!("{role:?} {} {}: {status} {}", operation.method, operation.path, answer.text());
            assert!(status < 500, "{place}");
            if holds(role, &operation.permission) {
                assert!(status != 401, "{place}");
                // A further permission may be asked for, but never the declared one.
                if status == 403 {
                    assert_ne!(
                        answer.json()["permission"],
                        Value::from(operation.permission.as_str()),
                        "{place}"
                    );
                }
            } else {
                assert_eq!(status, 403, "{place}");
            }
        }
    }
}

#[tokio::test]
async fn another_clinics_ids_open_nothing_and_change_nothing() {
    let app = TestApp::new().await;
    let ids = records_of(&app, &app.other_clinic).await;
    let before = entries(&app, &app.other_clinic).await;
    let admin = app.login(BuiltInRole::Admin).await;
    for operation in operations::all().iter().filter(|o| o.path.contains("{") && o.permission != "public") {
        let path = operation.path_with(&ids);
        let answer = call(&admin, operation, &path).await;
        let status = answer.status.as_u16();
        let place = format!("{} {path}: {status} {}", operation.method, answer.text());
        assert!((400..500).contains(&status), "{place}");
        if operation.method == Method::GET {
            assert_eq!(status, 404, "{place}");
        }
        let id = ids.values().find(|id| path.contains(&id.to_string()));
        assert!(id.is_none_or(|_| !answer.text().contains("Hidden")), "{place}");
    }
    assert_eq!(entries(&app, &app.other_clinic).await, before, "something in the other clinic changed");
}

fn ends_the_session(operation: &Operation) -> bool {
    operation.path.starts_with("/session")
}

async fn entries(app: &TestApp, clinic: &Clinic) -> i64 {
    let mut owner = app.database.owner().await;
    sqlx::query_scalar("select count(*) from audit_entry where clinic_id = $1")
        .bind(clinic.id)
        .fetch_one(&mut owner)
        .await
        .unwrap()
}

/// A record of each kind in a clinic, made through its own API, by the word its path begins with.
async fn records_of(app: &TestApp, clinic: &Clinic) -> BTreeMap<&'static str, Uuid> {
    let admin = app.client(Some(clinic.session(&app.state, BuiltInRole::Admin).await));
    let id = |body: &Value| body["id"].as_str().unwrap().parse::<Uuid>().unwrap();
    let new_patient = json!({ "name_en": "Hidden Person", "phones": [{ "number": "01001234567" }] });
    let patient = id(&admin.post("/patients", new_patient).await.expect(201));
    let allergy = json!({ "substance": "Hidden", "severity": "mild" });
    let allergy = id(&admin.post(&format!("/patients/{patient}/allergies"), allergy).await.expect(201));
    let appointment = json!({ "patient_id": patient, "doctor_id": clinic.doctor(), "chair_id": clinic.chairs[0],
        "starts_at": "2026-11-24T10:00:00+02:00", "ends_at": "2026-11-24T10:30:00+02:00", "reason": "Hidden" });
    let appointment = id(&admin.post("/appointments", appointment).await.expect(201));
    let visit = json!({ "patient_id": patient, "doctor_id": clinic.doctor() });
    let visit = id(&admin.post("/visits", visit).await.expect(201));
    let line = json!({ "procedure_id": clinic.procedure, "tooth": "16", "surfaces": ["O"] });
    let invoice =
        id(&admin.post("/invoices", json!({ "patient_id": patient, "lines": [line] })).await.expect(201));
    let payment = json!({ "patient_id": patient, "method": "cash",
        "amount": { "amount": "10.00", "currency": "EGP" }, "allocations": [] });
    let payment = id(&admin.post("/payments", payment).await.expect(201));
    let finding = json!({ "layer": "finding", "code": "caries", "teeth": ["16"], "surfaces": ["O"], "on": "2026-11-23" });
    let event = id(&admin.post(&format!("/patients/{patient}/chart/events"), finding).await.expect(201));
    let holiday = json!({ "branch_id": clinic.branch, "kind": "holiday", "name_en": "Hidden",
        "starts_on": "2027-01-07", "ends_on": "2027-01-07" });
    let closure = id(&admin.post("/closures", holiday).await.expect(201));
    let kind = json!({ "name_en": "Hidden", "colour": "#0f73bb", "minutes": 30 });
    let kind = id(&admin.post("/appointment-types", kind).await.expect(201));
    let block = json!({ "chair_id": clinic.chairs[0], "kind": "meeting", "title": "Hidden",
        "starts_at": "2027-01-08T10:00:00+02:00", "ends_at": "2027-01-08T10:30:00+02:00" });
    let block = id(&admin.post("/blocks", block).await.expect(201)["items"][0]);
    let exam = id(&admin.post(&format!("/patients/{patient}/perio-exams"), json!({})).await.expect(201));
    BTreeMap::from([
        ("perio-exams", exam),
        ("closures", closure),
        ("appointment-types", kind),
        ("blocks", block),
        ("patients", patient),
        ("allergies", allergy),
        ("appointments", appointment),
        ("visits", visit),
        ("invoices", invoice),
        ("payments", payment),
        ("events", event),
        ("branches", clinic.branch),
        ("chairs", clinic.chairs[0]),
        ("procedures", clinic.procedure),
        ("staff", clinic.doctor()),
        ("roles", clinic.roles[&BuiltInRole::Doctor]),
        ("branch", clinic.branch),
    ])
}
