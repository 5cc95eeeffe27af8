//! The medical history.

use dentpro_core::permissions::BuiltInRole::{Admin, Assistant, Doctor, Receptionist};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{of, register};
use crate::testing::TestApp;

#[tokio::test]
async fn none_known_is_an_answer_apart_from_not_asked_and_an_entry_takes_it_back() {
    let app = TestApp::new().await;
    let doctor = app.login(Doctor).await;
    let path = of(&register(&doctor, "محمد", "", 1).await);
    let status = |history: &Value| {
        [&history["allergy_status"], &history["condition_status"], &history["medication_status"]]
            .map(|s| s.as_str().unwrap().to_owned())
    };
    let history = doctor.get(&format!("{path}/history")).await.expect(200);
    assert_eq!(status(&history), ["not_asked", "not_asked", "not_asked"]);
    let none = |kind: &str| json!({ "kind": kind, "none_known": true });
    for kind in ["allergies", "conditions", "medications"] {
        doctor.put(&format!("{path}/history/none-known"), none(kind)).await.expect(204);
    }
    let history = doctor.get(&format!("{path}/history")).await.expect(200);
    assert_eq!(status(&history), ["none_known", "none_known", "none_known"]);

    let body = json!({ "substance": "البنسلين", "severity": "severe", "reaction": "طفح" });
    let allergy = doctor.post(&format!("{path}/allergies"), body).await.expect(201);
    assert_eq!(allergy["drug_class"], "penicillin", "the name tells the class");
    assert_eq!(allergy["recorded_by"]["name_en"], "Dr doctor");
    doctor.post(&format!("{path}/conditions"), json!({ "code": "I10", "since": "2019" })).await.expect(201);
    doctor.post(&format!("{path}/medications"), json!({ "name": "Warfarin 5 mg" })).await.expect(201);
    let history = doctor.get(&format!("{path}/history")).await.expect(200);
    assert_eq!(status(&history), ["recorded", "recorded", "recorded"]);
    let refused = doctor.put(&format!("{path}/history/none-known"), none("allergies")).await;
    refused.expect_problem(409, "patients.history_recorded");

    let entry = format!("{path}/allergies/{}", allergy["id"].as_str().unwrap());
    doctor.patch(&entry, 1, json!({ "status": "resolved" })).await.expect(200);
    let history = doctor.get(&format!("{path}/history")).await.expect(200);
    assert_eq!(history["allergy_status"], "not_asked", "an ended allergy does not say that there are none");
    doctor.put(&format!("{path}/history/none-known"), none("allergies")).await.expect(204);
    doctor.patch(&entry, 2, json!({ "status": "active" })).await.expect(200);
    doctor.patch(&entry, 3, json!({ "status": "resolved" })).await.expect(200);
    let history = doctor.get(&format!("{path}/history")).await.expect(200);
    assert_eq!(history["allergy_status"], "not_asked", "an allergy that came back took 'none known' back");
}

#[tokio::test]
async fn an_allergy_and_none_known_at_the_same_moment_never_both_stand() {
    let app = TestApp::new().await;
    let doctor = app.login(Doctor).await;
    for n in 0..5 {
        let path = of(&register(&doctor, "محمد", "", n).await);
        let (allergies, none_known) = (format!("{path}/allergies"), format!("{path}/history/none-known"));
        let (recorded, said) = tokio::join!(
            doctor.post(&allergies, json!({ "substance": "Latex", "severity": "mild" })),
            doctor.put(&none_known, json!({ "kind": "allergies", "none_known": true })),
        );
        recorded.expect(201);
        assert!(matches!(said.status.as_u16(), 204 | 409));
        let mut owner = app.database.owner().await;
        let flags: i64 = sqlx::query_scalar("select count(*) from patient where no_allergies")
            .fetch_one(&mut owner)
            .await
            .unwrap();
        assert_eq!(flags, 0);
    }
}

#[tokio::test]
async fn what_was_wrong_is_entered_in_error_with_a_reason_and_stays_to_be_seen() {
    let app = TestApp::new().await;
    let doctor = app.login(Doctor).await;
    let path = of(&register(&doctor, "محمد", "", 1).await);
    let cases = [
        ("allergies", json!({ "substance": "Aspirin", "severity": "moderate" })),
        ("conditions", json!({ "name": "Asthma", "code": "J45" })),
        ("medications", json!({ "name": "Metformin", "dose": "500 mg" })),
    ];
    for (list, body) in cases {
        let entry = doctor.post(&format!("{path}/{list}"), body).await.expect(201);
        let entry = format!("{path}/{list}/{}", entry["id"].as_str().unwrap());
        let wrong = json!({ "status": "entered_in_error" });
        doctor.patch(&entry, 1, wrong.clone()).await.expect_invalid("/reason", "patients.reason_needed");
        let mut reasoned = wrong;
        reasoned["reason"] = json!("Another patient's file");
        doctor.patch(&entry, 9, reasoned.clone()).await.expect_problem(412, "request.stale");
        let changed = doctor.patch(&entry, 1, reasoned).await.expect(200);
        assert_eq!((&changed["status"], &changed["version"]), (&json!("entered_in_error"), &json!(2)));
        assert_eq!(changed["reason"], "Another patient's file");
        doctor
            .patch(&entry, 2, json!({ "status": "active" }))
            .await
            .expect_problem(409, "patients.entered_in_error");
        let seen = doctor.get(&format!("{path}/{list}")).await.expect(200);
        assert_eq!(seen["items"][0]["status"], "entered_in_error");
    }
    assert_eq!(doctor.get(&format!("{path}/alerts")).await.expect(200)["items"], json!([]));
    let mut owner = app.database.owner().await;
    let reasons: Vec<String> = sqlx::query_scalar(
        "select reason from audit_entry where entity like 'patient\\_%' and action = 'update'",
    )
    .fetch_all(&mut owner)
    .await
    .unwrap();
    assert_eq!(reasons, ["Another patient's file"; 3]);
}

#[tokio::test]
async fn nothing_of_a_patient_can_be_deleted_in_sql_either() {
    let app = TestApp::new().await;
    let admin = app.login(Admin).await;
    let path = of(&register(&admin, "محمد", "", 1).await);
    admin
        .post(&format!("{path}/allergies"), json!({ "substance": "Latex", "severity": "mild" }))
        .await
        .expect(201);
    admin.post(&format!("{path}/conditions"), json!({ "name": "Asthma" })).await.expect(201);
    admin.post(&format!("{path}/medications"), json!({ "name": "Aspirin" })).await.expect(201);
    admin
        .post(&format!("{path}/contacts"), json!({ "name": "Ali", "phone": "01001234567" }))
        .await
        .expect(201);
    let mut owner = app.database.owner().await;
    sqlx::query("select set_config('dentpro.actor', $1, false)")
        .bind(Uuid::now_v7().to_string())
        .execute(&mut owner)
        .await
        .unwrap();
    for (delete, truncate) in [
        ("delete from patient_allergy", "truncate patient_allergy"),
        ("delete from patient_condition", "truncate patient_condition"),
        ("delete from patient_medication", "truncate patient_medication"),
        ("delete from patient_contact", "truncate patient_contact"),
        ("delete from patient", "truncate patient cascade"),
    ] {
        for statement in [delete, truncate] {
            let refused = sqlx::query(statement).execute(&mut owner).await.unwrap_err();
            let code = refused.as_database_error().and_then(|e| e.code()).map(|c| c.into_owned());
            assert_eq!(code.as_deref(), Some("23001"), "{statement}: {refused}");
        }
    }
}

#[tokio::test]
async fn a_receptionist_sees_the_alerts_and_none_of_the_history() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let path = of(&register(&reception, "محمد", "", 1).await);
    for part in ["history", "allergies", "conditions", "medications"] {
        reception.get(&format!("{path}/{part}")).await.expect_problem(403, "identity.permission_missing");
    }
    let allergy = json!({ "substance": "Latex", "severity": "mild", "reaction": "Itching all over" });
    let refused = reception.post(&format!("{path}/allergies"), allergy.clone()).await;
    refused.expect_problem(403, "identity.permission_missing");
    let said = json!({ "kind": "allergies", "none_known": true });
    let refused = reception.put(&format!("{path}/history/none-known"), said).await;
    refused.expect_problem(403, "identity.permission_missing");
    let refused = reception.patch(&format!("{path}/history"), 1, json!({ "smoking": "current" })).await;
    refused.expect_problem(403, "identity.permission_missing");
    app.login(Assistant).await.post(&format!("{path}/allergies"), allergy).await.expect(201);
    let alerts = reception.get(&format!("{path}/alerts")).await;
    assert!(!alerts.text().contains("Itching"), "the reaction is history");
    assert_eq!(alerts.expect(200)["items"][0]["text"], "Latex");
    let patient = reception.get(&path).await.expect(200);
    assert_eq!((&patient["smoking"], &patient["pregnancy"]), (&Value::Null, &Value::Null));
    let patient = app.login(Doctor).await.get(&path).await.expect(200);
    assert_eq!(patient["smoking"], "unknown");
}

#[tokio::test]
async fn reading_the_history_is_written_into_the_log() {
    let app = TestApp::new().await;
    let doctor = app.login(Doctor).await;
    let patient = register(&doctor, "محمد", "", 1).await;
    let path = of(&patient);
    for part in ["history", "allergies", "conditions", "medications"] {
        doctor.get(&format!("{path}/{part}")).await.expect(200);
    }
    let mut owner = app.database.owner().await;
    let read: Vec<(Uuid, String)> =
        sqlx::query_as("select actor_id, patient_id::text from audit_entry where action = 'read' and entity = 'patient_history'")
            .fetch_all(&mut owner)
            .await
            .unwrap();
    assert_eq!(read.len(), 4);
    assert!(read.iter().all(|(actor, of)| *actor == app.clinic.accounts[&Doctor] && *of == patient["id"]));
}

#[tokio::test]
async fn smoking_pregnancy_and_surgery_are_answers_of_the_patient() {
    let app = TestApp::new().await;
    let doctor = app.login(Doctor).await;
    let mona = of(&register(&doctor, "منى", "", 1).await);
    let history = format!("{mona}/history");
    let body = json!({ "smoking": "former", "pregnancy": "yes", "pregnancy_due": "2027-03-01", "surgery_notes": "Heart valve 2020" });
    let answered = doctor.patch(&history, 1, body).await.expect(200);
    assert_eq!(
        (&answered["smoking"], &answered["pregnancy_due"], &answered["version"]),
        (&json!("former"), &json!("2027-03-01"), &json!(2))
    );
    for (body, pointer, code) in [
        (
            json!({ "pregnancy": "no", "pregnancy_due": "2027-03-01" }),
            "/pregnancy_due",
            "patients.due_date_without_pregnancy",
        ),
        (json!({ "pregnancy_due": "2030-03-01" }), "/pregnancy_due", "patients.due_date_unlikely"),
        (json!({ "pregnancy_due": "10000-03-01" }), "/pregnancy_due", "request.wrong_type"),
        (json!({ "smoking": null }), "/smoking", "request.required"),
        (json!({ "smoking": "often" }), "/smoking", "request.wrong_type"),
        (json!({ "surgery_notes": "a\u{0}" }), "/surgery_notes", "request.text_not_allowed"),
        (json!({ "allergies": [] }), "/allergies", "request.unknown_field"),
    ] {
        doctor.patch(&history, 2, body).await.expect_invalid(pointer, code);
    }
    doctor.patch(&history, 1, json!({ "smoking": "never" })).await.expect_problem(412, "request.stale");
    let over = doctor.patch(&history, 2, json!({ "pregnancy": "no" })).await.expect(200);
    assert_eq!(over["pregnancy_due"], Value::Null);

    let phones = json!([{ "number": "01001234567" }]);
    let adam = doctor
        .post("/patients", json!({ "name_en": "Adam", "sex": "male", "phones": phones }))
        .await
        .expect(201);
    assert_eq!(adam["pregnancy"], "not_applicable");
    let refused = doctor.patch(&format!("{}/history", of(&adam)), 1, json!({ "pregnancy": "yes" })).await;
    refused.expect_invalid("/pregnancy", "patients.pregnancy_not_applicable");
}

#[tokio::test]
async fn entries_are_checked_belong_to_their_patient_and_are_recorded_once() {
    let app = TestApp::new().await;
    let doctor = app.login(Doctor).await;
    let path = of(&register(&doctor, "محمد", "", 1).await);
    let other = of(&register(&doctor, "علي", "", 2).await);
    for (list, body, pointer, code) in [
        ("allergies", json!({ "substance": " ", "severity": "mild" }), "/substance", "request.required"),
        ("allergies", json!({ "substance": "Latex" }), "/severity", "request.required"),
        (
            "allergies",
            json!({ "substance": "Latex", "severity": "deadly" }),
            "/severity",
            "request.wrong_type",
        ),
        (
            "allergies",
            json!({ "substance": "a\u{202E}b", "severity": "mild" }),
            "/substance",
            "request.text_not_allowed",
        ),
        ("conditions", json!({ "code": "X99" }), "/name", "request.required"),
        (
            "conditions",
            json!({ "name": "Asthma", "status": "entered_in_error" }),
            "/status",
            "request.out_of_range",
        ),
        ("medications", json!({}), "/name", "request.required"),
        ("medications", json!({ "drug_id": Uuid::now_v7() }), "/drug_id", "request.unknown_reference"),
        ("medications", json!({ "name": "x".repeat(300) }), "/name", "request.too_long"),
    ] {
        doctor.post(&format!("{path}/{list}"), body).await.expect_invalid(pointer, code);
    }
    let id = Uuid::now_v7();
    let body = json!({ "id": id, "substance": "Latex", "severity": "mild" });
    let once = doctor.with("idempotency-key", "allergy-once-1");
    let list = format!("{path}/allergies");
    let (one, two) = tokio::join!(once.post(&list, body.clone()), once.post(&list, body.clone()));
    assert_eq!(one.expect(201)["id"], two.expect(201)["id"]);
    doctor.post(&format!("{other}/allergies"), body).await.expect_problem(409, "request.id_exists");
    let of_another =
        doctor.patch(&format!("{other}/allergies/{id}"), 1, json!({ "severity": "severe" })).await;
    of_another.expect_problem(404, "request.not_found");
    let changed = doctor
        .patch(&format!("{path}/allergies/{id}"), 1, json!({ "severity": "severe", "reaction": "Swelling" }))
        .await
        .expect(200);
    assert_eq!(
        (&changed["severity"], &changed["reaction"], &changed["version"]),
        (&json!("severe"), &json!("Swelling"), &json!(2))
    );
}
