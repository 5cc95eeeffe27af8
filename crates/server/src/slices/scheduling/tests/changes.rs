//! Moving, the way of an appointment, and what two people at once come to.

use dentpro_core::permissions::BuiltInRole::{Admin, Doctor, Receptionist};
use futures::future::{join, join_all};
use serde_json::{Value, json};

use super::{booking, but, path, patient};
use crate::testing::{Client, TestApp, TestResponse};

fn place(from: &str, to: &str) -> Value {
    json!({ "starts_at": format!("2026-11-23T{from}:00+02:00"), "ends_at": format!("2026-11-23T{to}:00+02:00") })
}

async fn reschedule(client: &Client, appointment: &Value, version: i64, to: Value) -> TestResponse {
    client.with("if-match", &format!("\"{version}\"")).post(&path(appointment, "/reschedule"), to).await
}

#[tokio::test]
async fn of_two_who_move_into_one_slot_one_moves_and_the_other_hears_that_it_is_taken() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let patient = patient(&app, &app.clinic, "active").await;
    let mut made = Vec::new();
    for (from, to) in [("09:00", "09:30"), ("10:00", "10:30"), ("11:00", "11:30"), ("12:00", "12:30")] {
        made.push(reception.post("/appointments", booking(&app, patient, from, to)).await.expect(201));
    }
    let answers = join_all(made.iter().map(|a| reschedule(&reception, a, 1, place("15:00", "15:30")))).await;
    assert_eq!(answers.iter().filter(|a| a.status == 200).count(), 1);
    for refused in answers.iter().filter(|a| a.status != 200) {
        refused.expect_problem(409, "scheduling.chair_taken");
    }
}

#[tokio::test]
async fn appointments_that_change_places_with_each_other_at_once_never_end_in_a_fault() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let patient = patient(&app, &app.clinic, "active").await;
    let [first, second] = app.clinic.chairs;
    let one = reception.post("/appointments", booking(&app, patient, "10:00", "10:30")).await.expect(201);
    let colleague = json!({ "doctor_id": app.clinic.second_doctor, "chair_id": second });
    let other = reception
        .post("/appointments", but(booking(&app, patient, "10:00", "10:30"), colleague))
        .await
        .expect(201);
    let to_second = but(place("10:00", "10:30"), json!({ "chair_id": second }));
    let to_first = but(place("10:00", "10:30"), json!({ "chair_id": first }));
    let both =
        join(reschedule(&reception, &one, 1, to_second), reschedule(&reception, &other, 1, to_first)).await;
    both.0.expect_problem(409, "scheduling.chair_taken");
    both.1.expect_problem(409, "scheduling.chair_taken");
}

#[tokio::test]
async fn moving_keeps_the_appointment_and_tells_its_history() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let patient = patient(&app, &app.clinic, "active").await;
    let made = reception.post("/appointments", booking(&app, patient, "10:00", "10:30")).await.expect(201);
    let to = but(place("10:15", "11:00"), json!({ "chair_id": app.clinic.chairs[1] }));
    let moved = reschedule(&reception, &made, 1, to.clone()).await.expect(200);
    assert_eq!((&moved["version"], &moved["local_start"]), (&json!(2), &json!("10:15")));
    assert_eq!(moved["chair"]["id"], json!(app.clinic.chairs[1]));
    assert_eq!(moved["doctor_id"], made["doctor_id"]);

    reschedule(&reception, &made, 1, to.clone()).await.expect_problem(412, "request.stale");
    let without = reception.post(&path(&made, "/reschedule"), to).await;
    without.expect_problem(428, "request.if_match_required");
    let shown = reception.get(&path(&made, "")).await.expect(200);
    let last = shown["events"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(last["kind"], "moved");
    assert_eq!(last["from"], "2026-11-23T10:00:00+02:00");
    assert_eq!(last["to"], "2026-11-23T10:15:00+02:00");
    assert_eq!(last["actor_name_en"], "Dr receptionist");
}

#[tokio::test]
async fn an_appointment_that_was_completed_or_cancelled_does_not_move() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let patient = patient(&app, &app.clinic, "active").await;
    let made = reception.post("/appointments", booking(&app, patient, "10:00", "10:30")).await.expect(201);
    reception.post(&path(&made, "/status"), json!({ "status": "cancelled" })).await.expect(200);
    let refused = reschedule(&reception, &made, 2, place("12:00", "12:30")).await;
    refused.expect_problem(409, "scheduling.not_movable");
}

#[tokio::test]
async fn the_way_to_the_chair_is_timed_and_a_step_back_takes_a_reason() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let patient = patient(&app, &app.clinic, "active").await;
    let body = but(booking(&app, patient, "10:00", "10:30"), json!({ "chair_id": null }));
    let made = reception.post("/appointments", body).await.expect(201);
    let status = path(&made, "/status");
    reception.post(&status, json!({ "status": "arrived" })).await.expect(200);
    app.advance(std::time::Duration::from_secs(12 * 60));
    let no_chair = reception.post(&status, json!({ "status": "in_chair" })).await;
    no_chair.expect_invalid("/chair_id", "scheduling.chair_required");
    let seated = json!({ "status": "in_chair", "chair_id": app.clinic.chairs[1] });
    let seated = reception.post(&status, seated).await.expect(200);
    assert_eq!(seated["arrived_at"], "2026-11-23T09:00:00+02:00");
    assert_eq!(seated["in_chair_at"], "2026-11-23T09:12:00+02:00");
    assert_eq!(seated["chair"]["name_en"], "Chair 2");

    let back = reception.post(&status, json!({ "status": "arrived" })).await;
    back.expect_invalid("/reason", "scheduling.reason_required");
    let back = json!({ "status": "arrived", "reason": "the wrong patient" });
    let back = reception.post(&status, back).await.expect(200);
    assert_eq!((&back["in_chair_at"], &back["arrived_at"]), (&Value::Null, &seated["arrived_at"]));
    let leap = reception.post(&status, json!({ "status": "completed" })).await;
    leap.expect_problem(409, "scheduling.transition_not_allowed");
    let same = reception.post(&status, json!({ "status": "arrived" })).await;
    same.expect_problem(409, "scheduling.no_change");
    let stale = reception.with("if-match", "\"1\"").post(&status, json!({ "status": "in_chair" })).await;
    stale.expect_problem(412, "request.stale");

    let shown = reception.get(&path(&made, "")).await.expect(200);
    let events = shown["events"].as_array().unwrap();
    assert_eq!(events.len(), 4);
    assert!(events.iter().any(|e| e["kind"] == "booked"));
    assert!(events.iter().any(|e| e["from"] == "in_chair" && e["reason"] == "the wrong patient"));
}

#[tokio::test]
async fn the_patients_chair_is_refused_when_somebody_sits_in_it() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let patient = patient(&app, &app.clinic, "active").await;
    reception.post("/appointments", booking(&app, patient, "10:00", "10:30")).await.expect(201);
    let colleague = json!({ "doctor_id": app.clinic.second_doctor, "chair_id": null });
    let other = reception
        .post("/appointments", but(booking(&app, patient, "10:00", "10:30"), colleague))
        .await
        .expect(201);
    let seat = json!({ "status": "in_chair", "chair_id": app.clinic.chairs[0] });
    reception.post(&path(&other, "/status"), seat).await.expect_problem(409, "scheduling.chair_taken");
    let elsewhere = json!({ "status": "in_chair", "chair_id": app.other_clinic.chairs[0] });
    let refused = reception.post(&path(&other, "/status"), elsewhere).await;
    refused.expect_invalid("/chair_id", "request.unknown_reference");
}

#[tokio::test]
async fn an_overbooked_appointment_loses_its_mark_when_it_moves_to_a_free_slot() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let patient = patient(&app, &app.clinic, "active").await;
    reception.post("/appointments", booking(&app, patient, "10:00", "10:30")).await.expect(201);
    let over = but(booking(&app, patient, "10:00", "10:30"), json!({ "overbook_reason": "severe pain" }));
    let over = reception.post("/appointments", over).await.expect(201);
    let longer = reschedule(&reception, &over, 1, place("10:00", "10:45")).await.expect(200);
    assert_eq!(longer["overbook_reason"], "severe pain");
    let free = reschedule(&reception, &over, 2, place("14:00", "14:30")).await.expect(200);
    assert_eq!(free["overbook_reason"], Value::Null);
    reschedule(&reception, &over, 3, place("10:00", "10:30"))
        .await
        .expect_problem(409, "scheduling.chair_taken");
}

#[tokio::test]
async fn the_description_changes_on_top_of_the_version_that_was_seen() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let patient = patient(&app, &app.clinic, "active").await;
    let made = reception.post("/appointments", booking(&app, patient, "10:00", "10:30")).await.expect(201);
    let change = json!({ "note": "brings x-rays", "reason": null, "confirmation": "left_message",
        "procedure_id": app.clinic.procedure });
    let changed = reception.patch(&path(&made, ""), 1, change).await.expect(200);
    assert_eq!((&changed["note"], &changed["reason"]), (&json!("brings x-rays"), &Value::Null));
    assert_eq!(changed["confirmation"], "left_message");
    assert_eq!(changed["procedure_id"], json!(app.clinic.procedure));
    reception
        .patch(&path(&made, ""), 1, json!({ "note": "late" }))
        .await
        .expect_problem(412, "request.stale");
    let theirs = json!({ "procedure_id": app.other_clinic.procedure });
    let refused = reception.patch(&path(&made, ""), 2, theirs).await;
    refused.expect_invalid("/procedure_id", "request.unknown_reference");
    let unknown = reception.patch(&path(&made, ""), 2, json!({ "confirmation": "maybe" })).await;
    unknown.expect_invalid("/confirmation", "request.wrong_type");
    let moved =
        reception.patch(&path(&made, ""), 2, json!({ "starts_at": "2026-11-23T12:00:00+02:00" })).await;
    assert_eq!(moved.status, 422);
}

#[tokio::test]
async fn another_clinics_appointment_is_not_there() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let patient = patient(&app, &app.clinic, "active").await;
    let made = reception.post("/appointments", booking(&app, patient, "10:00", "10:30")).await.expect(201);
    for role in [Admin, Doctor] {
        let stranger = app.login_elsewhere(role).await;
        stranger.get(&path(&made, "")).await.expect_problem(404, "request.not_found");
        stranger
            .patch(&path(&made, ""), 1, json!({ "note": "x" }))
            .await
            .expect_problem(404, "request.not_found");
        let step = stranger.post(&path(&made, "/status"), json!({ "status": "arrived" })).await;
        step.expect_problem(404, "request.not_found");
        let moved = reschedule(&stranger, &made, 1, place("12:00", "12:30")).await;
        moved.expect_problem(404, "request.not_found");
        stranger
            .get(&format!("/patients/{patient}/appointments"))
            .await
            .expect_problem(404, "request.not_found");
        let day = stranger.get("/appointments?from=2026-11-23").await.expect(200);
        assert_eq!(day["items"], json!([]));
    }
}

#[tokio::test]
async fn each_change_is_in_the_log_with_its_reason() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let patient = patient(&app, &app.clinic, "active").await;
    let made = reception.post("/appointments", booking(&app, patient, "10:00", "10:30")).await.expect(201);
    let step = json!({ "status": "cancelled", "reason": "travelling" });
    reception.post(&path(&made, "/status"), step).await.expect(200);
    let logged: Vec<(String, Option<String>)> =
        sqlx::query_as("select action, reason from audit_entry where entity = 'appointment' order by id")
            .fetch_all(&mut app.database.owner().await)
            .await
            .unwrap();
    assert_eq!(logged, [("insert".to_owned(), None), ("update".to_owned(), Some("travelling".to_owned()))]);
}
