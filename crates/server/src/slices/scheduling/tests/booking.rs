//! Who gets a slot, and what is refused.

use dentpro_core::permissions::BuiltInRole::{Admin, Assistant, Doctor, Receptionist};
use futures::future::join_all;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{booking, but, path, patient};
use crate::testing::TestApp;

#[tokio::test]
async fn of_32_who_book_one_slot_at_once_one_gets_it_and_31_hear_that_it_is_taken() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let patient = patient(&app, &app.clinic, "active").await;
    let body = booking(&app, patient, "10:00", "10:30");
    let answers = join_all((0..32).map(|_| reception.post("/appointments", body.clone()))).await;
    let booked = answers.iter().filter(|a| a.status == 201).count();
    assert_eq!(booked, 1);
    for refused in answers.iter().filter(|a| a.status != 201) {
        refused.expect_problem(409, "scheduling.chair_taken");
    }
    let day = reception.get("/appointments?from=2026-11-23").await.expect(200);
    assert_eq!(day["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn bookings_that_overlap_each_other_in_chairs_and_doctors_never_end_in_a_fault() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let patient = patient(&app, &app.clinic, "active").await;
    let doctors = [app.clinic.doctor(), app.clinic.second_doctor];
    let requests = (0..24_usize).map(|n| {
        let (from, to) = [("10:00", "10:30"), ("10:15", "10:45"), ("10:05", "10:20")][n % 3];
        let places = json!({ "doctor_id": doctors[n % 2], "chair_id": app.clinic.chairs[(n / 2) % 2] });
        reception.post("/appointments", but(booking(&app, patient, from, to), places))
    });
    let requests: Vec<_> = requests.collect();
    let answers = join_all(requests).await;
    let booked = answers.iter().filter(|a| a.status == 201).count();
    assert!((1..=2).contains(&booked), "{booked} booked");
    assert!(answers.iter().all(|a| a.status == 201 || a.status == 409));
}

#[tokio::test]
async fn a_booking_into_a_taken_half_hour_is_refused_and_the_next_half_hour_is_free() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let patient = patient(&app, &app.clinic, "active").await;
    let made = reception.post("/appointments", booking(&app, patient, "10:00", "10:30")).await;
    assert_eq!(made.headers["location"], format!("/api/v1{}", path(&made.json(), "")).as_str());
    assert_eq!(made.headers["etag"], "\"1\"");
    let made = made.expect(201);
    assert_eq!(made["starts_at"], "2026-11-23T10:00:00+02:00");
    assert_eq!((&made["local_date"], &made["local_start"]), (&json!("2026-11-23"), &json!("10:00")));
    assert_eq!((&made["status"], &made["confirmation"]), (&json!("scheduled"), &json!("unconfirmed")));
    assert_eq!(made["patient"]["phone"], "+201001234567");

    let late = reception.post("/appointments", booking(&app, patient, "10:05", "10:35")).await;
    late.expect_problem(409, "scheduling.chair_taken");
    let other_chair = json!({ "chair_id": app.clinic.chairs[1] });
    let busy =
        reception.post("/appointments", but(booking(&app, patient, "10:05", "10:35"), other_chair)).await;
    busy.expect_problem(409, "scheduling.doctor_taken");
    let no_chair = json!({ "chair_id": null });
    let busy = reception.post("/appointments", but(booking(&app, patient, "10:05", "10:35"), no_chair)).await;
    busy.expect_problem(409, "scheduling.doctor_taken");
    let next = reception.post("/appointments", booking(&app, patient, "10:30", "11:00")).await;
    next.expect(201);
}

#[tokio::test]
async fn a_cancelled_appointment_frees_its_slot() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let patient = patient(&app, &app.clinic, "active").await;
    let body = booking(&app, patient, "10:00", "10:30");
    let first = reception.post("/appointments", body.clone()).await.expect(201);
    reception.post(&path(&first, "/status"), json!({ "status": "cancelled" })).await.expect(200);
    reception.post("/appointments", body).await.expect(201);
    let again = json!({ "status": "scheduled", "reason": "cancelled the wrong one" });
    let reopened = reception.post(&path(&first, "/status"), again).await;
    reopened.expect_problem(409, "scheduling.chair_taken");
}

#[tokio::test]
async fn the_same_key_twice_is_one_booking_and_with_another_body_it_is_refused() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await.with("idempotency-key", "booking-0001");
    let patient = patient(&app, &app.clinic, "active").await;
    let body = booking(&app, patient, "10:00", "10:30");
    let both = join_all((0..2).map(|_| reception.post("/appointments", body.clone()))).await;
    assert_eq!(both[0].expect(201), both[1].expect(201));
    let other = reception.post("/appointments", booking(&app, patient, "11:00", "11:30")).await;
    other.expect_problem(422, "request.idempotency_key_reused");
    let without = app.login(Receptionist).await.with("idempotency-key", "short");
    let refused = without.post("/appointments", body).await;
    refused.expect_problem(400, "request.idempotency_key_malformed");
}

#[tokio::test]
async fn an_id_that_the_client_chose_is_used_once() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let patient = patient(&app, &app.clinic, "active").await;
    let id = json!({ "id": Uuid::now_v7() });
    let made =
        reception.post("/appointments", but(booking(&app, patient, "10:00", "10:30"), id.clone())).await;
    assert_eq!(made.expect(201)["id"], id["id"]);
    let again = reception.post("/appointments", but(booking(&app, patient, "12:00", "12:30"), id)).await;
    again.expect_problem(409, "request.id_exists");
}

#[tokio::test]
async fn times_that_cannot_be_are_refused_at_their_field() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let patient = patient(&app, &app.clinic, "active").await;
    let day = "2026-11-23T";
    for (from, to, pointer, code) in [
        (
            format!("{day}10:00:00+02:00"),
            format!("{day}09:30:00+02:00"),
            "/ends_at",
            "scheduling.end_before_start",
        ),
        (
            format!("{day}10:00:00+02:00"),
            format!("{day}10:00:00+02:00"),
            "/ends_at",
            "scheduling.end_before_start",
        ),
        (format!("{day}10:00:00+02:00"), format!("{day}10:04:00+02:00"), "/ends_at", "scheduling.too_short"),
        (
            format!("{day}10:00:00+02:00"),
            "2026-11-24T11:00:00+02:00".into(),
            "/ends_at",
            "scheduling.too_long",
        ),
        (
            format!("{day}10:00:30+02:00"),
            format!("{day}10:30:00+02:00"),
            "/ends_at",
            "scheduling.not_whole_minutes",
        ),
        (
            "10000-01-01T10:00:00Z".into(),
            "10000-01-01T10:30:00Z".into(),
            "/starts_at",
            "scheduling.not_an_instant",
        ),
        (
            "9999-01-01T10:00:00Z".into(),
            "9999-01-01T10:30:00Z".into(),
            "/starts_at",
            "request.date_out_of_range",
        ),
        (
            "0001-01-01T10:00:00Z".into(),
            "0001-01-01T10:30:00Z".into(),
            "/starts_at",
            "request.date_out_of_range",
        ),
        ("2026-11-23".into(), "2026-11-24".into(), "/starts_at", "scheduling.not_an_instant"),
        ("tomorrow at ten".into(), "at eleven".into(), "/starts_at", "scheduling.not_an_instant"),
        ("2026-04-24T00:30:00".into(), "2026-04-24T01:30:00".into(), "/starts_at", "scheduling.time_skipped"),
    ] {
        let body = but(booking(&app, patient, "10:00", "10:30"), json!({ "starts_at": from, "ends_at": to }));
        reception.post("/appointments", body).await.expect_invalid(pointer, code);
    }
}

#[tokio::test]
async fn the_nights_when_the_clocks_change_in_cairo_keep_their_local_times() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let patient = patient(&app, &app.clinic, "active").await;
    for (from, to, starts_at, local_date, local_start) in [
        // Summer time begins: after 23:59 comes 01:00.
        ("2026-04-23T23:30", "2026-04-24T01:30", "2026-04-23T23:30:00+02:00", "2026-04-23", "23:30"),
        ("2026-04-24T02:00", "2026-04-24T03:00", "2026-04-24T02:00:00+03:00", "2026-04-24", "02:00"),
        // It ends: the hour before midnight comes twice, and the first is meant.
        ("2026-10-29T23:30", "2026-10-29T23:45", "2026-10-29T23:30:00+03:00", "2026-10-29", "23:30"),
        (
            "2026-10-29T23:30:00+02:00",
            "2026-10-29T23:45:00+02:00",
            "2026-10-29T23:30:00+02:00",
            "2026-10-29",
            "23:30",
        ),
    ] {
        let body = but(booking(&app, patient, "10:00", "10:30"), json!({ "starts_at": from, "ends_at": to }));
        let made = reception.post("/appointments", body).await.expect(201);
        assert_eq!(made["starts_at"], starts_at);
        assert_eq!(
            (made["local_date"].as_str(), made["local_start"].as_str()),
            (Some(local_date), Some(local_start))
        );
    }
    let day = reception.get("/appointments?from=2026-10-29&to=2026-10-29").await.expect(200);
    assert_eq!(day["items"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn ids_of_another_clinic_and_people_who_cannot_be_booked_are_refused_at_their_field() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let ours = patient(&app, &app.clinic, "active").await;
    let archived = patient(&app, &app.clinic, "archived").await;
    let theirs = patient(&app, &app.other_clinic, "active").await;
    let (clinic, other) = (&app.clinic, &app.other_clinic);
    for (change, pointer, code) in [
        (json!({ "patient_id": theirs }), "/patient_id", "request.unknown_reference"),
        (json!({ "doctor_id": other.doctor() }), "/doctor_id", "request.unknown_reference"),
        (json!({ "chair_id": other.chairs[0] }), "/chair_id", "request.unknown_reference"),
        (json!({ "procedure_id": other.procedure }), "/procedure_id", "request.unknown_reference"),
        (json!({ "patient_id": archived }), "/patient_id", "scheduling.patient_archived"),
        (json!({ "doctor_id": clinic.staff[&Assistant] }), "/doctor_id", "scheduling.not_a_doctor"),
        (json!({ "reason": "a\u{0}b" }), "/reason", "request.text_not_allowed"),
        (json!({ "note": "\u{202E}gpj.exe" }), "/note", "request.text_not_allowed"),
        (json!({ "reason": "x".repeat(301) }), "/reason", "request.too_long"),
    ] {
        let body = but(booking(&app, ours, "10:00", "10:30"), change);
        reception.post("/appointments", body).await.expect_invalid(pointer, code);
    }
    let unknown = but(booking(&app, ours, "10:00", "10:30"), json!({ "status": "completed" }));
    assert_eq!(reception.post("/appointments", unknown).await.status, 422);
    app.login(Admin)
        .await
        .patch(&format!("/chairs/{}", clinic.chairs[0]), 1, json!({ "active": false }))
        .await
        .expect(200);
    let closed = reception.post("/appointments", booking(&app, ours, "10:00", "10:30")).await;
    closed.expect_invalid("/chair_id", "scheduling.chair_out_of_service");
}

#[tokio::test]
async fn a_taken_slot_is_overbooked_with_permission_and_reason_only_and_then_keeps_others_out() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let patient = patient(&app, &app.clinic, "active").await;
    let first = reception.post("/appointments", booking(&app, patient, "10:00", "10:30")).await.expect(201);
    let over = but(booking(&app, patient, "10:00", "10:30"), json!({ "overbook_reason": "severe pain" }));

    let doctor = app.login(Doctor).await;
    doctor.post("/appointments", over.clone()).await.expect_problem(403, "identity.permission_missing");
    let blank = but(over.clone(), json!({ "overbook_reason": "  " }));
    reception.post("/appointments", blank).await.expect_problem(409, "scheduling.chair_taken");
    let second = reception.post("/appointments", over).await.expect(201);
    assert_eq!(second["overbook_reason"], "severe pain");

    // When the first is gone, the second still has the slot.
    reception.post(&path(&first, "/status"), json!({ "status": "cancelled" })).await.expect(200);
    let third = reception.post("/appointments", booking(&app, patient, "10:15", "10:45")).await;
    third.expect_problem(409, "scheduling.chair_taken");
    // A free slot needs no reason, so none is kept.
    let free = but(booking(&app, patient, "12:00", "12:30"), json!({ "overbook_reason": "just in case" }));
    assert_eq!(reception.post("/appointments", free).await.expect(201)["overbook_reason"], Value::Null);
}

#[tokio::test]
async fn a_doctor_books_and_changes_his_own_appointments_and_a_receptionist_everybodys() {
    let app = TestApp::new().await;
    let (doctor, reception) = (app.login(Doctor).await, app.login(Receptionist).await);
    let patient = patient(&app, &app.clinic, "active").await;
    let own = doctor.post("/appointments", booking(&app, patient, "10:00", "10:30")).await.expect(201);
    let colleague = json!({ "doctor_id": app.clinic.second_doctor, "chair_id": app.clinic.chairs[1] });
    let body = but(booking(&app, patient, "10:00", "10:30"), colleague);
    doctor.post("/appointments", body.clone()).await.expect_problem(403, "scheduling.own_only");
    let theirs = reception.post("/appointments", body).await.expect(201);

    doctor.get(&path(&theirs, "")).await.expect(200);
    let arrived = json!({ "status": "arrived" });
    doctor.post(&path(&theirs, "/status"), arrived.clone()).await.expect_problem(403, "scheduling.own_only");
    doctor
        .patch(&path(&theirs, ""), 1, json!({ "note": "mine" }))
        .await
        .expect_problem(403, "scheduling.own_only");
    let hand_over = json!({ "starts_at": "2026-11-23T12:00:00+02:00", "ends_at": "2026-11-23T12:30:00+02:00",
        "doctor_id": app.clinic.second_doctor });
    let away = doctor.with("if-match", "\"1\"").post(&path(&own, "/reschedule"), hand_over).await;
    away.expect_problem(403, "scheduling.own_only");
    doctor.post(&path(&own, "/status"), arrived.clone()).await.expect(200);
    reception.post(&path(&theirs, "/status"), arrived).await.expect(200);
    app.anonymous().get("/appointments?from=2026-11-23").await.expect_problem(401, "identity.not_signed_in");
}
