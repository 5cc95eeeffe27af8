//! From the open draft to the signature and after it.

use std::collections::BTreeMap;

use dentpro_core::records::signing::{SignedEntry, SignedVisit, signing_bytes};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sqlx::Connection;
use uuid::Uuid;

use super::{Day, path};

#[tokio::test]
async fn a_visit_is_opened_written_and_signed_and_its_appointment_goes_with_it() {
    let day = Day::new().await;
    let chair = day.app.clinic.chairs[0];
    let appointment = day.appointment(day.app.clinic.doctor(), "arrived", Some(chair)).await;
    let mut body = day.visit_body();
    body["appointment_id"] = json!(appointment);
    let visit = day.doctor.post("/visits", body.clone()).await.expect(201);
    assert_eq!((&visit["status"], &visit["version"]), (&json!("draft"), &json!(1)));
    assert_eq!(day.appointment_status(appointment).await, "in_chair");
    let second = day.doctor.post("/visits", body).await;
    second.expect_problem(409, "records.visit_exists");
    assert_eq!(second.json()["visit_id"], visit["id"]);

    let notes = json!({ "notes": { "subjective": "ألم في الضرس\nمنذ يومين", "plan": "Filling" } });
    let written = day.doctor.patch(&path(&visit), 1, notes).await.expect(200);
    assert_eq!(written["notes"]["subjective"], "ألم في الضرس\nمنذ يومين");
    let diagnosis = json!({ "code": "K02.1", "text": "Caries of dentine", "tooth": "16", "surfaces": ["O"] });
    let diagnosis = day.doctor.post(&format!("{}/diagnoses", path(&visit)), diagnosis).await.expect(201);
    assert_eq!(diagnosis["visit_version"], 3);

    let sign = format!("{}/sign", path(&visit));
    let stale = day.doctor.with("if-match", "\"2\"").post(&sign, json!({})).await;
    stale.expect_problem(412, "request.stale");
    let signed = day.doctor.with("if-match", "\"3\"").post(&sign, json!({})).await.expect(200);
    assert_eq!(signed["status"], "signed");
    assert_eq!(signed["hash"].as_str().unwrap().len(), 64);
    assert_eq!(signed["signed_by"]["id"], json!(day.app.clinic.doctor()));
    assert_eq!(signed["diagnoses"][0]["id"], diagnosis["id"]);
    assert_eq!(day.appointment_status(appointment).await, "completed");
    day.doctor.post(&sign, json!({})).await.expect_problem(409, "records.already_signed");
}

#[tokio::test]
async fn a_signed_visit_is_immutable_through_the_api_and_grows_by_addenda() {
    let day = Day::new().await;
    let visit = day.visit().await;
    let at = path(&visit);
    let diagnosis =
        day.doctor.post(&format!("{at}/diagnoses"), json!({ "text": "Caries" })).await.expect(201);
    let work = json!({ "procedure_id": day.app.clinic.procedure, "tooth": "16", "surfaces": ["O"] });
    let work = day.doctor.post(&format!("{at}/procedures"), work).await.expect(201);
    day.doctor
        .post(&format!("{at}/addenda"), json!({ "text": "Early" }))
        .await
        .expect_problem(409, "records.not_signed_yet");
    let signed = day.doctor.post(&format!("{at}/sign"), json!({})).await.expect(200);

    let version = signed["version"].as_i64().unwrap();
    let notes = json!({ "notes": { "plan": "Another" } });
    day.doctor.patch(&at, version, notes).await.expect_problem(409, "records.visit_signed");
    let more = json!({ "text": "More" });
    day.doctor.post(&format!("{at}/diagnoses"), more).await.expect_problem(409, "records.visit_signed");
    let gone = format!("{at}/diagnoses/{}", diagnosis["id"].as_str().unwrap());
    day.doctor.delete(&gone).await.expect_problem(409, "records.visit_signed");
    let gone = format!("{at}/procedures/{}", work["id"].as_str().unwrap());
    day.doctor.delete(&gone).await.expect_problem(409, "records.visit_signed");
    let finding = json!({ "layer": "finding", "code": "caries", "teeth": ["17"], "surfaces": ["O"], "visit_id": visit["id"] });
    let chart = format!("/patients/{}/chart/events", day.patient);
    day.doctor.post(&chart, finding).await.expect_problem(409, "records.visit_signed");

    day.doctor
        .post(&format!("{at}/addenda"), json!({ "text": " \u{0}" }))
        .await
        .expect_invalid("/text", "request.text_not_allowed");
    let added =
        day.doctor.post(&format!("{at}/addenda"), json!({ "text": "The patient called." })).await.expect(201);
    assert_eq!(added["addenda"][0]["text"], "The patient called.");
    assert_eq!(added["hash"], signed["hash"]);
}

#[tokio::test]
async fn a_signed_visit_is_immutable_in_sql_for_its_owner_too() {
    let day = Day::new().await;
    let visit = day.visit().await;
    let at = path(&visit);
    day.doctor.post(&format!("{at}/diagnoses"), json!({ "text": "Caries" })).await.expect(201);
    let work = json!({ "procedure_id": day.app.clinic.procedure, "tooth": "16", "surfaces": ["O"] });
    day.doctor.post(&format!("{at}/procedures"), work).await.expect(201);
    day.doctor.post(&format!("{at}/sign"), json!({})).await.expect(200);
    day.doctor.post(&format!("{at}/addenda"), json!({ "text": "Later" })).await.expect(201);
    let draft = day.visit().await;

    let mut owner = day.app.database.owner().await;
    sqlx::query("set dentpro.actor = '00000000-0000-0000-0000-000000000001'")
        .execute(&mut owner)
        .await
        .unwrap();
    let signed: Uuid = visit["id"].as_str().unwrap().parse().unwrap();
    let other: Uuid = draft["id"].as_str().unwrap().parse().unwrap();
    for (statement, constraint) in [
        ("update visit set plan = 'x' where id = $1", "visit_signed_stays"),
        ("update visit set status = 'draft' where id = $1", "visit_signed_stays"),
        (
            "update visit set status = 'entered_in_error', error_reason = 'x', error_at = now(), error_by = doctor_id, plan = 'x' where id = $1",
            "visit_signed_stays",
        ),
        ("delete from visit where id = $1", "visit_signed_stays"),
        ("update visit_diagnosis set text = 'x' where visit_id = $1", "visit_signed_stays"),
        ("delete from visit_diagnosis where visit_id = $1", "visit_signed_stays"),
        ("delete from visit_procedure where visit_id = $1", "visit_signed_stays"),
        ("update visit_procedure set quantity = 9 where visit_id = $1", "visit_signed_stays"),
        ("update visit_addendum set text = 'x' where visit_id = $1", "visit_addendum_insert_only"),
        ("delete from visit_addendum where visit_id = $1", "visit_addendum_insert_only"),
        (
            "truncate visit, visit_diagnosis, visit_procedure, visit_addendum, chart_event, invoice, invoice_line cascade",
            "",
        ),
    ] {
        let refused = if statement.contains("$1") {
            sqlx::query(statement).bind(signed).execute(&mut owner).await
        } else {
            sqlx::query(statement).execute(&mut owner).await
        };
        let refused = refused.expect_err(statement);
        let refused = refused.as_database_error().unwrap();
        assert_eq!(refused.code().as_deref(), Some("23001"), "{statement}: {refused}");
        if !constraint.is_empty() {
            assert_eq!(refused.constraint(), Some(constraint), "{statement}");
        }
    }
    // Nor can a line be carried off to a draft.
    let moved = sqlx::query("update visit_diagnosis set visit_id = $2 where visit_id = $1")
        .bind(signed)
        .bind(other)
        .execute(&mut owner)
        .await;
    assert!(moved.is_err());
    owner.close().await.unwrap();
}

#[tokio::test]
async fn a_diagnosis_that_comes_with_the_signature_is_under_it_or_refused() {
    let day = Day::new().await;
    let visit = day.visit().await;
    let at = path(&visit);
    let diagnoses = format!("{at}/diagnoses");
    let adds = (0..12).map(|n| day.doctor.post(&diagnoses, json!({ "text": format!("Finding {n}") })));
    let sign = format!("{at}/sign");
    let (answers, signed) = tokio::join!(futures::future::join_all(adds), day.doctor.post(&sign, json!({})));
    let signed = signed.expect(200);
    let added = answers.iter().filter(|a| a.status == 201).count();
    assert!(answers.iter().filter(|a| a.status != 201).all(|a| a.code() == "records.visit_signed"));
    let now = day.doctor.get(&at).await.expect(200);
    assert_eq!(now["diagnoses"].as_array().unwrap().len(), added);
    assert_eq!(signed["diagnoses"], now["diagnoses"], "what was signed is what is there");
}

#[tokio::test]
async fn of_many_signatures_at_once_one_counts() {
    let day = Day::new().await;
    let sign = format!("{}/sign", path(&day.visit().await));
    let answers = futures::future::join_all((0..8).map(|_| day.doctor.post(&sign, json!({})))).await;
    assert_eq!(answers.iter().filter(|a| a.status == 200).count(), 1);
    assert!(answers.iter().filter(|a| a.status != 200).all(|a| a.code() == "records.already_signed"));
}

#[tokio::test]
async fn an_appointment_has_one_visit_however_many_ask_at_once() {
    let day = Day::new().await;
    let appointment = day.appointment(day.app.clinic.doctor(), "scheduled", None).await;
    let mut body = day.visit_body();
    body["appointment_id"] = json!(appointment);
    let answers = futures::future::join_all((0..16).map(|_| day.doctor.post("/visits", body.clone()))).await;
    let opened: Vec<_> = answers.iter().filter(|a| a.status == 201).collect();
    assert_eq!(opened.len(), 1);
    let id = &opened[0].json()["id"];
    assert!(answers.iter().filter(|a| a.status != 201).all(|a| &a.json()["visit_id"] == id));
    assert_eq!(day.appointment_status(appointment).await, "scheduled", "there is no chair to sit in");
}

#[tokio::test]
async fn a_visit_entered_in_error_takes_its_chart_back_and_frees_the_appointment() {
    let day = Day::new().await;
    let appointment =
        day.appointment(day.app.clinic.doctor(), "arrived", Some(day.app.clinic.chairs[0])).await;
    let mut body = day.visit_body();
    body["appointment_id"] = json!(appointment);
    let visit = day.doctor.post("/visits", body.clone()).await.expect(201);
    let at = path(&visit);
    let work = json!({ "procedure_id": day.app.clinic.procedure, "tooth": "16", "surfaces": ["O"] });
    day.doctor.post(&format!("{at}/procedures"), work).await.expect(201);
    day.doctor.post(&format!("{at}/sign"), json!({ "complete_appointment": false })).await.expect(200);
    assert_eq!(day.appointment_status(appointment).await, "in_chair");
    let strike = format!("{at}/entered-in-error");
    day.doctor.post(&strike, json!({ "reason": "" })).await.expect_invalid("/reason", "request.required");
    let struck = day.doctor.post(&strike, json!({ "reason": "Wrong patient" })).await.expect(200);
    assert_eq!(
        (&struck["status"], &struck["error_reason"]),
        (&json!("entered_in_error"), &json!("Wrong patient"))
    );
    assert!(struck["hash"].is_string(), "the signature stays");
    let chart = day.doctor.get(&format!("/patients/{}/chart", day.patient)).await.expect(200);
    assert!(chart["teeth"].get("16").is_none());
    day.doctor
        .post(&strike, json!({ "reason": "Again" }))
        .await
        .expect_problem(409, "records.visit_entered_in_error");
    day.doctor
        .post(&format!("{at}/addenda"), json!({ "text": "x" }))
        .await
        .expect_problem(409, "records.visit_entered_in_error");
    day.doctor.post("/visits", body).await.expect(201);
}

#[tokio::test]
async fn bad_input_to_a_visit_is_refused_clearly() {
    let day = Day::new().await;
    let visit = day.visit().await;
    let at = path(&visit);
    for text in ["a\u{0}b", "a\u{202e}b"] {
        let notes = json!({ "notes": { "objective": text } });
        day.doctor.patch(&at, 1, notes).await.expect_invalid("/notes/objective", "request.text_not_allowed");
        let diagnosis = json!({ "text": text });
        day.doctor
            .post(&format!("{at}/diagnoses"), diagnosis)
            .await
            .expect_invalid("/text", "request.text_not_allowed");
    }
    let long = json!({ "notes": { "objective": "a".repeat(20_001) } });
    day.doctor.patch(&at, 1, long).await.expect_invalid("/notes/objective", "request.too_long");
    let unknown = json!({ "notes": { "objectiv": "x" } });
    day.doctor.patch(&at, 1, unknown).await.expect_invalid("/notes/objectiv", "request.unknown_field");
    day.doctor.patch(&at, 7, json!({ "notes": {} })).await.expect_problem(412, "request.stale");
    let missing = day.doctor.send(axum::http::Method::PATCH, &at, Some(json!({ "notes": {} }))).await;
    missing.expect_problem(428, "request.if_match_required");
    let diagnoses = format!("{at}/diagnoses");
    for (body, pointer, code) in [
        (json!({}), "/text", "request.required"),
        (json!({ "code": "caries" }), "/code", "records.diagnosis_code_malformed"),
        (json!({ "text": "x", "tooth": "99" }), "/tooth", "charting.unknown_tooth"),
        (json!({ "text": "x", "surfaces": ["O"] }), "/tooth", "records.tooth_required"),
        (json!({ "text": "x", "tooth": "16", "surfaces": ["Z"] }), "/surfaces/0", "charting.unknown_surface"),
    ] {
        day.doctor.post(&diagnoses, body).await.expect_invalid(pointer, code);
    }
    let mut body = day.visit_body();
    body["patient_id"] = json!(day.app.patient(day.app.other_clinic.id).await);
    day.doctor.post("/visits", body).await.expect_invalid("/patient_id", "request.unknown_reference");
    let mut body = day.visit_body();
    body["appointment_id"] = json!(Uuid::now_v7());
    day.doctor.post("/visits", body).await.expect_invalid("/appointment_id", "request.unknown_reference");
    let cancelled = day.appointment(day.app.clinic.doctor(), "cancelled", None).await;
    let mut body = day.visit_body();
    body["appointment_id"] = json!(cancelled);
    day.doctor.post("/visits", body.clone()).await.expect_problem(409, "records.appointment_ended");
    body["patient_id"] = json!(day.app.patient(day.app.clinic.id).await);
    day.doctor
        .post("/visits", body)
        .await
        .expect_invalid("/appointment_id", "records.appointment_of_other_patient");
    day.doctor.get("/visits?status=open").await.expect_invalid("status", "records.status_unknown");
    day.doctor.get("/visits?limit=101").await.expect(422);
}

#[tokio::test]
async fn the_same_key_opens_one_visit_and_a_clients_id_counts_once() {
    let day = Day::new().await;
    let id = Uuid::now_v7();
    let mut body = day.visit_body();
    body["id"] = json!(id);
    let keyed = day.doctor.with("idempotency-key", "visit-key-0001");
    let first = keyed.post("/visits", body.clone()).await.expect(201);
    assert_eq!(first["id"], json!(id));
    assert_eq!(keyed.post("/visits", body.clone()).await.expect(201), first);
    day.doctor.post("/visits", body).await.expect_problem(409, "request.id_exists");
}

#[tokio::test]
async fn the_hash_can_be_checked_from_what_the_visit_says() {
    let day = Day::new().await;
    let at = path(&day.visit().await);
    let notes =
        json!({ "notes": { "subjective": "ألم", "objective": "16", "assessment": "", "plan": "Filling" } });
    day.doctor.patch(&at, 1, notes).await.expect(200);
    let diagnosis =
        json!({ "code": "K02.1", "text": "Caries of dentine", "tooth": "16", "surfaces": ["O", "M"] });
    day.doctor.post(&format!("{at}/diagnoses"), diagnosis).await.expect(201);
    let work = json!({ "procedure_id": day.app.clinic.procedure, "tooth": "16", "surfaces": ["O"] });
    day.doctor.post(&format!("{at}/procedures"), work).await.expect(201);
    // Without a body and without a version: the signature is asked for as it stands.
    let signed = day.doctor.send(axum::http::Method::POST, &format!("{at}/sign"), None).await.expect(200);

    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let id = |value: &Value| -> Uuid { text(value).parse().unwrap() };
    let entry = |kind: &str, of: &Value, fields: &[(&str, String)]| SignedEntry {
        kind: kind.to_owned(),
        id: id(&of["id"]),
        fields: fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone()))
            .collect::<BTreeMap<_, _>>(),
    };
    let (diagnosis, work) = (&signed["diagnoses"][0], &signed["procedures"][0]);
    let bytes = signing_bytes(&SignedVisit {
        clinic_id: day.app.clinic.id,
        visit_id: id(&signed["id"]),
        patient_id: day.patient,
        doctor_id: day.app.clinic.doctor(),
        signed_by: day.app.clinic.doctor(),
        opened_at: text(&signed["opened_at"]).parse().unwrap(),
        signed_at: text(&signed["signed_at"]).parse().unwrap(),
        subjective: "ألم".to_owned(),
        objective: "16".to_owned(),
        assessment: String::new(),
        plan: "Filling".to_owned(),
        entries: vec![
            entry(
                "diagnosis",
                diagnosis,
                &[
                    ("code", "K02.1".to_owned()),
                    ("text", "Caries of dentine".to_owned()),
                    ("tooth", "16".to_owned()),
                    ("surfaces", "MO".to_owned()),
                ],
            ),
            entry(
                "procedure",
                work,
                &[
                    ("procedure", text(&work["procedure_id"])),
                    ("doctor", text(&work["doctor_id"])),
                    ("tooth", "16".to_owned()),
                    ("surfaces", "O".to_owned()),
                    ("quantity", "1".to_owned()),
                    ("chart_event", text(&work["chart_event_id"])),
                ],
            ),
        ],
    });
    assert_eq!(text(&signed["hash"]), hex::encode(Sha256::digest(bytes)));
}
