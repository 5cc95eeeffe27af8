//! A slot is kept while the patient decides.

use std::time::Duration;

use dentpro_core::permissions::BuiltInRole::{Admin, Assistant, Doctor, Receptionist};
use futures::future::join_all;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{block, booking, but, patient};
use crate::testing::TestApp;

fn slot(app: &TestApp, from: &str, to: &str) -> Value {
    json!({
        "doctor_id": app.clinic.doctor(),
        "chair_id": app.clinic.chairs[0],
        "starts_at": format!("2026-11-23T{from}:00+02:00"),
        "ends_at": format!("2026-11-23T{to}:00+02:00")
    })
}

fn path(hold: &Value) -> String {
    format!("/holds/{}", hold["id"].as_str().unwrap())
}

#[tokio::test]
async fn a_kept_slot_is_seen_by_others_and_booked_by_its_holder_alone() {
    let app = TestApp::new().await;
    let (reception, colleague) = (app.login(Receptionist).await, app.login(Admin).await);
    let patient = patient(&app, &app.clinic, "active").await;
    let kept =
        reception.post("/holds", but(slot(&app, "10:00", "10:30"), json!({ "patient_id": patient }))).await;
    assert_eq!(kept.headers["location"], format!("/api/v1{}", path(&kept.json())).as_str());
    let kept = kept.expect(201);
    assert_eq!((&kept["own"], &kept["seconds_left"]), (&json!(true), &json!(180)));
    assert_eq!(kept["expires_at"], "2026-11-23T09:03:00+02:00");

    let seen = colleague.get("/holds?from=2026-11-23").await.expect(200);
    assert_eq!((&seen["items"][0]["id"], &seen["items"][0]["own"]), (&kept["id"], &json!(false)));
    assert_eq!(seen["items"][0]["held_by"]["name_en"], "Dr receptionist");
    let tomorrow = colleague.get("/holds?from=2026-11-24").await.expect(200);
    assert_eq!(tomorrow["items"], json!([]));

    let body = booking(&app, patient, "10:15", "10:45");
    colleague.post("/appointments", body.clone()).await.expect_problem(409, "scheduling.slot_held");
    colleague.post("/holds", slot(&app, "10:15", "10:45")).await.expect_problem(409, "scheduling.slot_held");
    let over = but(body.clone(), json!({ "overbook_reason": "severe pain" }));
    colleague.post("/appointments", over).await.expect_problem(409, "scheduling.slot_held");
    colleague.post("/holds", slot(&app, "10:30", "11:00")).await.expect(201);

    let mine = but(booking(&app, patient, "10:00", "10:30"), json!({ "hold_id": kept["id"] }));
    reception.post("/appointments", mine.clone()).await.expect(201);
    assert_eq!(
        reception.get("/holds?from=2026-11-23").await.expect(200)["items"].as_array().unwrap().len(),
        1
    );
    let again = but(
        mine,
        json!({ "starts_at": "2026-11-23T12:00:00+02:00", "ends_at": "2026-11-23T12:30:00+02:00" }),
    );
    reception.post("/appointments", again).await.expect_problem(409, "scheduling.hold_expired");
}

#[tokio::test]
async fn after_three_minutes_a_slot_is_free_again_and_the_holder_is_told() {
    let app = TestApp::new().await;
    let (reception, colleague) = (app.login(Receptionist).await, app.login(Admin).await);
    let patient = patient(&app, &app.clinic, "active").await;
    let kept = reception.post("/holds", slot(&app, "10:00", "10:30")).await.expect(201);
    app.advance(Duration::from_secs(179));
    colleague.post("/holds", slot(&app, "10:00", "10:30")).await.expect_problem(409, "scheduling.slot_held");
    app.advance(Duration::from_secs(1));
    assert_eq!(reception.get("/holds?from=2026-11-23").await.expect(200)["items"], json!([]));
    let late = but(booking(&app, patient, "10:00", "10:30"), json!({ "hold_id": kept["id"] }));
    reception.post("/appointments", late).await.expect_problem(409, "scheduling.hold_expired");
    assert_eq!(reception.delete(&path(&kept)).await.status, 404);
    let next = colleague.post("/holds", slot(&app, "10:15", "10:45")).await.expect(201);
    colleague.delete(&path(&next)).await.expect(204);
    let second = reception.post("/holds", slot(&app, "11:00", "11:30")).await.expect(201);
    app.advance(Duration::from_secs(200));
    crate::slices::scheduling::sweep_holds(&app.state.db, &app.clock).await.unwrap();
    let mut owner = app.database.owner().await;
    let left: i64 = sqlx::query_scalar("select count(*) from slot_hold").fetch_one(&mut owner).await.unwrap();
    assert_eq!(left, 0, "{second}");
    colleague.post("/appointments", booking(&app, patient, "11:00", "11:30")).await.expect(201);
}

#[tokio::test]
async fn a_slot_is_given_up_by_its_holder_alone() {
    let app = TestApp::new().await;
    let (reception, colleague) = (app.login(Receptionist).await, app.login(Admin).await);
    let kept = reception.post("/holds", slot(&app, "10:00", "10:30")).await.expect(201);
    colleague.delete(&path(&kept)).await.expect_problem(403, "scheduling.hold_not_yours");
    let elsewhere = app.login_elsewhere(Receptionist).await;
    assert_eq!(elsewhere.delete(&path(&kept)).await.status, 404);
    assert_eq!(elsewhere.get("/holds?from=2026-11-23").await.expect(200)["items"], json!([]));
    reception.delete(&path(&kept)).await.expect(204);
    colleague.post("/holds", slot(&app, "10:00", "10:30")).await.expect(201);
}

#[tokio::test]
async fn what_is_taken_or_not_ours_is_not_kept() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let patient = patient(&app, &app.clinic, "active").await;
    reception.post("/appointments", booking(&app, patient, "10:00", "10:30")).await.expect(201);
    block(&app, ("13:00", "14:00"), "doctor", "lunch", None).await;
    reception
        .post("/holds", slot(&app, "10:15", "10:45"))
        .await
        .expect_problem(409, "scheduling.chair_taken");
    reception
        .post("/holds", slot(&app, "13:30", "14:30"))
        .await
        .expect_problem(409, "scheduling.slot_blocked");
    for (change, pointer, code) in [
        (json!({ "doctor_id": app.other_clinic.doctor() }), "/doctor_id", "request.unknown_reference"),
        (json!({ "chair_id": app.other_clinic.chairs[0] }), "/chair_id", "request.unknown_reference"),
        (json!({ "patient_id": Uuid::now_v7() }), "/patient_id", "request.unknown_reference"),
        (json!({ "doctor_id": app.clinic.staff[&Assistant] }), "/doctor_id", "scheduling.not_a_doctor"),
        (json!({ "ends_at": "2026-11-23T15:00:00+02:00" }), "/ends_at", "scheduling.end_before_start"),
    ] {
        let body = but(slot(&app, "15:30", "16:00"), change);
        reception.post("/holds", body).await.expect_invalid(pointer, code);
    }
    let doctor = app.login(Doctor).await;
    let colleague = json!({ "doctor_id": app.clinic.second_doctor, "chair_id": app.clinic.chairs[1] });
    let theirs = doctor.post("/holds", but(slot(&app, "15:30", "16:00"), colleague)).await;
    theirs.expect_problem(403, "scheduling.own_only");
    doctor.post("/holds", slot(&app, "15:30", "16:00")).await.expect(201);
}

#[tokio::test]
async fn of_sixteen_who_keep_one_slot_one_gets_it() {
    let app = TestApp::new().await;
    let (reception, colleague) = (app.login(Receptionist).await, app.login(Admin).await);
    let answers = join_all((0..16).map(|n| {
        let (from, to) = [("10:00", "10:30"), ("10:15", "10:45")][n % 2];
        let client = if n % 3 == 0 { &colleague } else { &reception };
        client.post("/holds", slot(&app, from, to))
    }))
    .await;
    assert_eq!(answers.iter().filter(|a| a.status == 201).count(), 1);
    for refused in answers.iter().filter(|a| a.status != 201) {
        refused.expect_problem(409, "scheduling.slot_held");
    }
}

#[tokio::test]
async fn of_a_holder_and_a_booker_one_gets_the_slot() {
    let app = TestApp::new().await;
    let (reception, colleague) = (app.login(Receptionist).await, app.login(Admin).await);
    let patient = patient(&app, &app.clinic, "active").await;
    for hour in 9..17 {
        let (from, to) = (format!("{hour:02}:00"), format!("{hour:02}:30"));
        let (kept, booked) = tokio::join!(
            reception.post("/holds", slot(&app, &from, &to)),
            colleague.post("/appointments", booking(&app, patient, &from, &to))
        );
        match (kept.status.as_u16(), booked.status.as_u16()) {
            (201, 409) => booked.expect_problem(409, "scheduling.slot_held"),
            (409, 201) => kept.expect_problem(409, "scheduling.chair_taken"),
            other => panic!("{other:?}: {} {}", kept.text(), booked.text()),
        }
    }
}
