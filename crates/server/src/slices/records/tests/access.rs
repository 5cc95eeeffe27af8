//! Who reads, writes and signs visits.

use dentpro_core::permissions::BuiltInRole::{Admin, Assistant, Receptionist};
use serde_json::{Value, json};
use sqlx::Connection;
use uuid::Uuid;

use super::{Day, path};

#[tokio::test]
async fn another_doctors_visit_is_not_there_until_the_patient_is_shared() {
    let day = Day::new().await;
    let visit = day.visit().await;
    let at = path(&visit);
    let second = day.second_doctor().await;
    second.get(&at).await.expect_problem(404, "request.not_found");
    second.patch(&at, 1, json!({ "notes": {} })).await.expect_problem(404, "request.not_found");
    second.post(&format!("{at}/sign"), json!({})).await.expect_problem(404, "request.not_found");
    let theirs = format!("/patients/{}/visits", day.patient);
    assert_eq!(second.get(&theirs).await.expect(200)["items"], json!([]));
    assert_eq!(second.get("/visits").await.expect(200)["items"], json!([]));

    day.appointment(day.app.clinic.second_doctor, "scheduled", None).await;
    second.get(&at).await.expect(200);
    assert_eq!(second.get(&theirs).await.expect(200)["items"][0]["id"], visit["id"]);
    for (act, body) in [
        ("sign", json!({})),
        ("diagnoses", json!({ "text": "Mine" })),
        ("procedures", json!({ "procedure_id": day.app.clinic.procedure, "tooth": "16", "surfaces": ["O"] })),
        ("entered-in-error", json!({ "reason": "x" })),
    ] {
        second.post(&format!("{at}/{act}"), body).await.expect_problem(403, "records.not_your_visit");
    }
    second.patch(&at, 1, json!({ "notes": {} })).await.expect_problem(403, "records.not_your_visit");
}

#[tokio::test]
async fn a_doctor_opens_visits_of_his_own_and_an_admin_anyones() {
    let day = Day::new().await;
    let mut body = day.visit_body();
    body["doctor_id"] = json!(day.app.clinic.second_doctor);
    day.doctor.post("/visits", body.clone()).await.expect_problem(403, "records.not_your_visit");
    let admin = day.app.login(Admin).await;
    let visit = admin.post("/visits", body.clone()).await.expect(201);
    admin.post(&format!("{}/sign", path(&visit)), json!({})).await.expect(200);
    body["doctor_id"] = json!(day.app.clinic.staff[&Receptionist]);
    admin.post("/visits", body).await.expect_invalid("/doctor_id", "records.not_a_doctor");
}

#[tokio::test]
async fn an_assistant_reads_without_prices_and_neither_writes_nor_signs() {
    let day = Day::new().await;
    let visit = day.visit().await;
    let at = path(&visit);
    let work = json!({ "procedure_id": day.app.clinic.procedure, "tooth": "16", "surfaces": ["O"] });
    let work = day.doctor.post(&format!("{at}/procedures"), work).await.expect(201);
    assert_eq!(work["unit_price"], json!({ "amount": "800.00", "currency": "EGP" }));
    let assistant = day.app.login(Assistant).await;
    let read = assistant.get(&at).await.expect(200);
    assert_eq!(read["procedures"][0]["unit_price"], Value::Null);
    assert_eq!(read["procedures"][0]["code"], "RST-001");
    for (act, body) in
        [("sign", json!({})), ("diagnoses", json!({ "text": "x" })), ("addenda", json!({ "text": "x" }))]
    {
        let refused = assistant.post(&format!("{at}/{act}"), body).await;
        refused.expect_problem(403, "identity.permission_missing");
    }
    assistant.patch(&at, 1, json!({ "notes": {} })).await.expect_problem(403, "identity.permission_missing");
}

#[tokio::test]
async fn a_receptionist_reads_no_notes_and_other_clinics_visits_are_not_there() {
    let day = Day::new().await;
    let visit = day.visit().await;
    let at = path(&visit);
    let reception = day.app.login(Receptionist).await;
    let elsewhere = day.app.login_elsewhere(Admin).await;
    for path in [&at, &"/visits".to_owned(), &format!("/patients/{}/visits", day.patient)] {
        reception.get(path).await.expect_problem(403, "identity.permission_missing");
        day.app.anonymous().get(path).await.expect(401);
    }
    reception.post("/visits", day.visit_body()).await.expect_problem(403, "identity.permission_missing");
    elsewhere.get(&at).await.expect_problem(404, "request.not_found");
    elsewhere
        .get(&format!("/patients/{}/visits", day.patient))
        .await
        .expect_problem(404, "request.not_found");
    elsewhere.patch(&at, 1, json!({ "notes": {} })).await.expect_problem(404, "request.not_found");
    let work = json!({ "procedure_id": elsewhere_procedure(&day), "tooth": "16", "surfaces": ["O"] });
    for (act, body) in [
        ("sign", json!({})),
        ("diagnoses", json!({ "text": "x" })),
        ("addenda", json!({ "text": "x" })),
        ("procedures", work.clone()),
        ("entered-in-error", json!({ "reason": "x" })),
    ] {
        elsewhere.post(&format!("{at}/{act}"), body).await.expect_problem(404, "request.not_found");
    }
    for part in ["diagnoses", "procedures"] {
        let gone = format!("{at}/{part}/{}", Uuid::now_v7());
        elsewhere.delete(&gone).await.expect_problem(404, "request.not_found");
        day.doctor.delete(&gone).await.expect_problem(404, "request.not_found");
    }
    let borrowed = day.doctor.post(&format!("{at}/procedures"), work).await;
    borrowed.expect_invalid("/procedure_id", "request.unknown_reference");
    assert_eq!(elsewhere.get("/visits").await.expect(200)["items"], json!([]));
}

fn elsewhere_procedure(day: &Day) -> Uuid {
    day.app.other_clinic.procedure
}

#[tokio::test]
async fn every_look_at_a_visit_is_in_the_log() {
    let day = Day::new().await;
    let visit = day.visit().await;
    day.doctor.get(&path(&visit)).await.expect(200);
    day.doctor.get(&format!("/patients/{}/visits", day.patient)).await.expect(200);
    day.doctor.get("/visits?status=draft").await.expect(200);
    let mut owner = day.app.database.owner().await;
    let reads: i64 =
        sqlx::query_scalar("select count(*) from audit_entry where action = 'read' and entity = 'visit'")
            .fetch_one(&mut owner)
            .await
            .unwrap();
    assert_eq!(reads, 3);
    owner.close().await.unwrap();
}

#[tokio::test]
async fn the_worklist_shows_what_still_has_to_be_signed_page_by_page() {
    let day = Day::new().await;
    let mut drafts = Vec::new();
    for _ in 0..5 {
        drafts.insert(0, day.visit().await["id"].clone());
        day.app.advance(std::time::Duration::from_secs(60));
    }
    day.signed().await;
    let doctor = day.app.clinic.doctor();
    let mut seen = Vec::new();
    let mut cursor = String::new();
    loop {
        let list = format!("/visits?status=draft&doctor_id={doctor}&limit=2{cursor}");
        let page = day.doctor.get(&list).await.expect(200);
        seen.extend(page["items"].as_array().unwrap().iter().map(|v| v["id"].clone()));
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(seen, drafts);
    day.doctor.get("/visits?cursor=nonsense").await.expect_invalid("cursor", "request.cursor_invalid");
}
