//! Booking within the hours, outside them, on a leave, and on a chair that waits for repair.

use dentpro_core::permissions::BuiltInRole::{Admin, Assistant, Receptionist};
use serde_json::{Value, json};

use super::{booking, but, open_hours, path, patient};
use crate::testing::{Client, TestApp};

/// Moves to a range of the Monday of the tests, on top of the appointment's version.
async fn move_to(client: &Client, appointment: &Value, from: &str, to: &str) -> crate::testing::TestResponse {
    let version = appointment["version"].as_i64().unwrap();
    let place = json!({ "starts_at": format!("2026-11-23T{from}:00+02:00"),
        "ends_at": format!("2026-11-23T{to}:00+02:00") });
    client.with("if-match", &format!("\"{version}\"")).post(&path(appointment, "/reschedule"), place).await
}

#[tokio::test]
async fn outside_the_hours_books_who_may_and_the_book_flags_it() {
    let app = TestApp::new().await;
    let (reception, assistant) = (app.login(Receptionist).await, app.login(Assistant).await);
    let patient = patient(&app, &app.clinic, "active").await;
    // Without any hours set nothing is outside.
    let early = assistant.post("/appointments", booking(&app, patient, "07:00", "07:30")).await.expect(201);
    assert_eq!(early["outside_hours"], false);
    open_hours(&app, 1, "09:00", "17:00").await;
    let refused = assistant.post("/appointments", booking(&app, patient, "16:45", "17:15")).await;
    refused.expect_problem(409, "scheduling.outside_hours");
    let inside = assistant.post("/appointments", booking(&app, patient, "09:00", "09:30")).await.expect(201);
    assert_eq!(inside["outside_hours"], false);
    let late = reception.post("/appointments", booking(&app, patient, "17:30", "18:00")).await.expect(201);
    assert_eq!(late["outside_hours"], true);

    move_to(&assistant, &inside, "08:45", "09:15").await.expect_problem(409, "scheduling.outside_hours");
    // What stands outside already keeps its place, and may become shorter there.
    let note = assistant.patch(&path(&late, ""), 1, json!({ "note": "calls back" })).await.expect(200);
    let shorter = move_to(&assistant, &note, "17:40", "18:00").await.expect(200);
    move_to(&assistant, &shorter, "18:00", "18:20").await.expect_problem(409, "scheduling.outside_hours");
    move_to(&assistant, &shorter, "10:00", "10:20").await.expect(200);
}

#[tokio::test]
async fn hours_past_midnight_hold_on_the_next_day() {
    let app = TestApp::new().await;
    let assistant = app.login(Assistant).await;
    let patient = patient(&app, &app.clinic, "active").await;
    open_hours(&app, 1, "20:00", "02:00").await;
    let at = |from: &str, to: &str| {
        let times = json!({ "starts_at": from, "ends_at": to });
        but(booking(&app, patient, "10:00", "10:30"), times)
    };
    for (from, to) in [("2026-11-23T23:45", "2026-11-24T00:15"), ("2026-11-24T01:30", "2026-11-24T02:00")] {
        let made = assistant.post("/appointments", at(from, to)).await.expect(201);
        assert_eq!(made["outside_hours"], false, "{from}");
    }
    for (from, to) in [("2026-11-24T02:00", "2026-11-24T02:30"), ("2026-11-23T01:00", "2026-11-23T01:30")] {
        let refused = assistant.post("/appointments", at(from, to)).await;
        refused.expect_problem(409, "scheduling.outside_hours");
    }
}

#[tokio::test]
async fn a_doctor_on_leave_is_booked_by_nobody() {
    let app = TestApp::new().await;
    let (admin, reception) = (app.login(Admin).await, app.login(Receptionist).await);
    let patient = patient(&app, &app.clinic, "active").await;
    let standing =
        reception.post("/appointments", booking(&app, patient, "10:00", "10:30")).await.expect(201);
    let leave = json!({ "staff_id": app.clinic.doctor(), "kind": "leave", "name_en": "Annual leave",
        "starts_on": "2026-11-23", "ends_on": "2026-11-25" });
    admin.post("/closures", leave).await.expect(201);
    for client in [&admin, &reception] {
        let refused = client.post("/appointments", booking(&app, patient, "12:00", "12:30")).await;
        refused.expect_problem(409, "scheduling.doctor_on_leave");
        assert_eq!(refused.json()["until"], "2026-11-25");
    }
    let over = but(booking(&app, patient, "12:00", "12:30"), json!({ "overbook_reason": "pain" }));
    reception.post("/appointments", over).await.expect_problem(409, "scheduling.doctor_on_leave");
    let colleague = json!({ "doctor_id": app.clinic.second_doctor, "chair_id": app.clinic.chairs[1] });
    let theirs = reception
        .post("/appointments", but(booking(&app, patient, "12:00", "12:30"), colleague))
        .await
        .expect(201);
    // What stood there before the leave stays, flagged, and goes away from it but not within it.
    let seen = reception.get(&path(&standing, "")).await.expect(200);
    assert_eq!(seen["outside_hours"], true);
    move_to(&reception, &standing, "14:00", "14:30").await.expect_problem(409, "scheduling.doctor_on_leave");
    let to_him = json!({ "starts_at": "2026-11-24T12:00:00+02:00", "ends_at": "2026-11-24T12:30:00+02:00",
        "doctor_id": app.clinic.doctor() });
    let moved = reception.with("if-match", "\"1\"").post(&path(&theirs, "/reschedule"), to_him).await;
    moved.expect_problem(409, "scheduling.doctor_on_leave");
    let after = json!({ "starts_at": "2026-11-26T10:00:00+02:00", "ends_at": "2026-11-26T10:30:00+02:00" });
    reception.with("if-match", "\"1\"").post(&path(&standing, "/reschedule"), after).await.expect(200);

    // Cancelled meanwhile, it is not opened again on the leave.
    reception.post(&path(&theirs, "/status"), json!({ "status": "cancelled" })).await.expect(200);
}

#[tokio::test]
async fn a_cancelled_appointment_is_not_opened_again_on_a_leave() {
    let app = TestApp::new().await;
    let (admin, reception) = (app.login(Admin).await, app.login(Receptionist).await);
    let patient = patient(&app, &app.clinic, "active").await;
    let made = reception.post("/appointments", booking(&app, patient, "10:00", "10:30")).await.expect(201);
    reception.post(&path(&made, "/status"), json!({ "status": "cancelled" })).await.expect(200);
    let leave = json!({ "staff_id": app.clinic.doctor(), "kind": "leave", "name_en": "Sick",
        "starts_on": "2026-11-23", "ends_on": "2026-11-23" });
    let leave = admin.post("/closures", leave).await.expect(201);
    let reopen = json!({ "status": "scheduled", "reason": "called back" });
    let refused = reception.post(&path(&made, "/status"), reopen.clone()).await;
    refused.expect_problem(409, "scheduling.doctor_on_leave");
    admin.delete(&format!("/closures/{}", leave["id"].as_str().unwrap())).await.expect(204);
    reception.post(&path(&made, "/status"), reopen).await.expect(200);
}

#[tokio::test]
async fn a_chair_that_is_out_of_service_on_a_day_is_booked_on_other_days() {
    let app = TestApp::new().await;
    let (admin, reception) = (app.login(Admin).await, app.login(Receptionist).await);
    let patient = patient(&app, &app.clinic, "active").await;
    let out =
        json!({ "out_of_service": { "reason": "Compressor", "from": "2026-11-24", "until": "2026-11-25" } });
    admin.patch(&format!("/chairs/{}", app.clinic.chairs[0]), 1, out).await.expect(200);
    let on = |day: u32| {
        let times = json!({ "starts_at": format!("2026-11-{day}T10:00:00+02:00"),
            "ends_at": format!("2026-11-{day}T10:30:00+02:00") });
        but(booking(&app, patient, "10:00", "10:30"), times)
    };
    let before = reception.post("/appointments", on(23)).await.expect(201);
    for day in [24, 25] {
        let refused = reception.post("/appointments", on(day)).await;
        refused.expect_invalid("/chair_id", "scheduling.chair_out_of_service");
        assert_eq!(refused.json()["reason"], "Compressor");
    }
    reception.post("/appointments", on(26)).await.expect(201);
    let place = json!({ "starts_at": "2026-11-24T12:00:00+02:00", "ends_at": "2026-11-24T12:30:00+02:00" });
    let moved = reception.with("if-match", "\"1\"").post(&path(&before, "/reschedule"), place).await;
    moved.expect_invalid("/chair_id", "scheduling.chair_out_of_service");
}

#[tokio::test]
async fn openings_reach_past_midnight_and_keep_away_from_leave_and_from_chairs_that_do_not_serve() {
    let app = TestApp::new().await;
    let (admin, reception) = (app.login(Admin).await, app.login(Receptionist).await);
    open_hours(&app, 1, "22:00", "01:00").await;
    open_hours(&app, 2, "10:00", "11:00").await;
    let search = format!("/openings?minutes=60&from=2026-11-23&days=2&doctor_id={}", app.clinic.doctor());
    let found = async |rest: &str| -> Vec<(String, Value)> {
        let answer = reception.get(&format!("{search}{rest}")).await.expect(200);
        let items = answer["items"].as_array().unwrap();
        items
            .iter()
            .map(|slot| (slot["starts_at"].as_str().unwrap()[8..16].to_owned(), slot["chair_id"].clone()))
            .collect()
    };
    let starts = |slots: Vec<(String, Value)>| slots.into_iter().map(|(at, _)| at).collect::<Vec<_>>();
    assert_eq!(starts(found("").await), ["23T22:00", "23T23:00", "24T00:00", "24T10:00"]);
    let leave = json!({ "staff_id": app.clinic.doctor(), "kind": "leave", "name_en": "Exam",
        "starts_on": "2026-11-24", "ends_on": "2026-11-24" });
    admin.post("/closures", leave).await.expect(201);
    // The night before is worked to its end.
    assert_eq!(starts(found("").await), ["23T22:00", "23T23:00", "24T00:00"]);
    let slot = json!({ "doctor_id": app.clinic.doctor(), "chair_id": app.clinic.chairs[0],
        "starts_at": "2026-11-24T10:00:00+02:00", "ends_at": "2026-11-24T11:00:00+02:00" });
    reception.post("/holds", slot).await.expect_problem(409, "scheduling.doctor_on_leave");

    let out = json!({ "out_of_service": { "reason": "Compressor", "until": "2026-11-24" } });
    admin.patch(&format!("/chairs/{}", app.clinic.chairs[0]), 1, out).await.expect(200);
    assert!(found("").await.iter().all(|(_, chair)| *chair == json!(app.clinic.chairs[1])));
    assert!(found("&chair_feature=surgery").await.is_empty());
    let fit = json!({ "features": ["surgery"] });
    admin.patch(&format!("/chairs/{}", app.clinic.chairs[1]), 1, fit).await.expect(200);
    assert_eq!(found("&chair_feature=surgery").await.len(), 3);
}
