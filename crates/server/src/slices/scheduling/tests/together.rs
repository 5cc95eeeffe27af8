//! Series, sittings and families, each in one act.

use dentpro_core::permissions::BuiltInRole::{Doctor, Receptionist};
use serde_json::{Value, json};

use super::{booking, but, path, patient};
use crate::testing::TestApp;

fn starts(answer: &Value) -> Vec<&str> {
    answer["items"].as_array().unwrap().iter().map(|a| a["starts_at"].as_str().unwrap()).collect()
}

fn repeat(every: i64, unit: &str, count: i64) -> Value {
    json!({ "every": every, "unit": unit, "count": count })
}

#[tokio::test]
async fn a_series_keeps_its_time_of_day_across_the_change_of_the_clocks() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let patient = patient(&app, &app.clinic, "active").await;
    // Summer time ends in Cairo in the night before 2027-10-29.
    let first = but(
        booking(&app, patient, "10:00", "10:30"),
        json!({ "starts_at": "2027-10-21T10:00:00", "ends_at": "2027-10-21T10:30:00" }),
    );
    let made = reception
        .post("/appointments/series", json!({ "appointment": first, "repeat": repeat(1, "weeks", 3) }))
        .await
        .expect(201);
    assert_eq!(
        starts(&made),
        ["2027-10-21T10:00:00+03:00", "2027-10-28T10:00:00+03:00", "2027-11-04T10:00:00+02:00"]
    );
    for item in made["items"].as_array().unwrap() {
        assert_eq!((&item["series_id"], &item["local_start"]), (&made["series_id"], &json!("10:00")));
    }
    // An hour that the clocks skip (2027-04-30 begins at 01:00) is a date that clashes.
    let night = but(
        booking(&app, patient, "10:00", "10:30"),
        json!({ "starts_at": "2027-04-29T00:15:00", "ends_at": "2027-04-29T00:45:00" }),
    );
    let body = json!({ "appointment": night, "repeat": repeat(1, "days", 3) });
    let refused = reception.post("/appointments/series", body.clone()).await;
    refused.expect_problem(409, "scheduling.series_clashes");
    assert_eq!(refused.json()["clashes"][0]["code"], "scheduling.time_skipped");
    let skipped =
        reception.post("/appointments/series", but(body, json!({ "on_conflict": "skip" }))).await.expect(201);
    assert_eq!(starts(&skipped), ["2027-04-29T00:15:00+02:00", "2027-05-01T00:15:00+03:00"]);
}

#[tokio::test]
async fn dates_that_clash_refuse_the_series_by_name_or_are_left_out() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let patient = patient(&app, &app.clinic, "active").await;
    let taken = json!({ "starts_at": "2026-11-30T10:15:00+02:00", "ends_at": "2026-11-30T10:45:00+02:00" });
    reception.post("/appointments", but(booking(&app, patient, "10:00", "10:30"), taken)).await.expect(201);
    let body = json!({
        "appointment": booking(&app, patient, "10:00", "10:30"),
        "repeat": repeat(1, "weeks", 4)
    });
    let refused = reception.post("/appointments/series", body.clone()).await;
    refused.expect_problem(409, "scheduling.series_clashes");
    assert_eq!(
        refused.json()["clashes"],
        json!([{ "index": 1, "starts_at": "2026-11-30T10:00:00+02:00", "ends_at": "2026-11-30T10:30:00+02:00",
            "code": "scheduling.chair_taken" }])
    );
    let day = reception.get("/appointments?from=2026-11-23").await.expect(200);
    assert_eq!(day["items"], json!([]), "nothing of a refused series stays");

    let keyed = reception.with("idempotency-key", "series-0001");
    let skip = but(body, json!({ "on_conflict": "skip" }));
    let made = keyed.post("/appointments/series", skip.clone()).await.expect(201);
    assert_eq!(made["items"].as_array().unwrap().len(), 3);
    assert_eq!(made["skipped"][0]["index"], 1);
    let again = keyed.post("/appointments/series", skip).await;
    assert_eq!(again.headers["idempotent-replayed"], "true");
    assert_eq!(again.expect(201), made);
}

#[tokio::test]
async fn what_is_no_series_is_refused_at_its_field() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let patient = patient(&app, &app.clinic, "active").await;
    let sitting = json!({ "starts_at": "2026-11-30T10:00:00+02:00", "ends_at": "2026-11-30T10:30:00+02:00" });
    for (changes, pointer, code) in [
        (json!({ "repeat": repeat(1, "weeks", 10_000) }), "/repeat/count", "scheduling.too_many_at_once"),
        (json!({ "repeat": repeat(1, "weeks", 61) }), "/repeat/count", "scheduling.too_many_at_once"),
        (json!({ "repeat": repeat(1, "weeks", 1) }), "/repeat/count", "scheduling.too_few_at_once"),
        (json!({ "repeat": repeat(0, "days", 2) }), "/repeat/every", "scheduling.interval_out_of_range"),
        (json!({}), "/repeat", "scheduling.repeat_or_sittings"),
        (
            json!({ "repeat": repeat(1, "days", 2), "sittings": [sitting] }),
            "/repeat",
            "scheduling.repeat_or_sittings",
        ),
        (json!({ "sittings": [] }), "/sittings", "scheduling.too_few_at_once"),
        (json!({ "sittings": vec![sitting.clone(); 60] }), "/sittings", "scheduling.too_many_at_once"),
        (
            json!({ "sittings": [but(sitting.clone(), json!({ "chair_id": app.other_clinic.chairs[0] }))] }),
            "/sittings/0/chair_id",
            "request.unknown_reference",
        ),
        (
            json!({ "sittings": [but(sitting.clone(), json!({ "ends_at": "2026-11-30T09:00:00+02:00" }))] }),
            "/sittings/0/ends_at",
            "scheduling.end_before_start",
        ),
    ] {
        let body = but(json!({ "appointment": booking(&app, patient, "10:00", "10:30") }), changes);
        reception.post("/appointments/series", body).await.expect_invalid(pointer, code);
    }
    let day = reception.get("/appointments?from=2026-11-23").await.expect(200);
    assert_eq!(day["items"], json!([]));
}

#[tokio::test]
async fn three_sittings_a_week_apart_are_booked_in_one_act() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let patient = patient(&app, &app.clinic, "active").await;
    let body = json!({
        "appointment": booking(&app, patient, "10:00", "10:30"),
        "sittings": [
            { "starts_at": "2026-11-30T10:00:00+02:00", "ends_at": "2026-11-30T11:30:00+02:00", "reason": "Root canal" },
            { "starts_at": "2026-12-07T09:00:00+02:00", "ends_at": "2026-12-07T10:00:00+02:00",
                "doctor_id": app.clinic.second_doctor, "chair_id": app.clinic.chairs[1] }
        ]
    });
    let made = reception.post("/appointments/series", body).await.expect(201);
    let items = made["items"].as_array().unwrap();
    assert_eq!(
        items.iter().map(|a| a["reason"].as_str().unwrap()).collect::<Vec<_>>(),
        ["Check-up", "Root canal", "Check-up"]
    );
    assert_eq!(items[2]["doctor_id"], json!(app.clinic.second_doctor));
    // A sitting that runs into another one of the same act is named.
    let body = json!({
        "appointment": booking(&app, patient, "14:00", "15:00"),
        "sittings": [{ "starts_at": "2026-11-23T14:30:00+02:00", "ends_at": "2026-11-23T15:30:00+02:00" }]
    });
    let refused = reception.post("/appointments/series", body).await;
    refused.expect_problem(409, "scheduling.series_clashes");
    assert_eq!(refused.json()["clashes"][0]["index"], 1);
}

#[tokio::test]
async fn one_of_a_series_changes_alone_and_the_later_ones_are_cancelled_together() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let patient = patient(&app, &app.clinic, "active").await;
    let body =
        json!({ "appointment": booking(&app, patient, "10:00", "10:30"), "repeat": repeat(1, "weeks", 4) });
    let made = reception.post("/appointments/series", body).await.expect(201);
    let items = made["items"].as_array().unwrap().clone();
    let moved = json!({ "starts_at": "2026-11-30T12:00:00+02:00", "ends_at": "2026-11-30T12:30:00+02:00" });
    reception.with("if-match", "\"1\"").post(&path(&items[1], "/reschedule"), moved).await.expect(200);
    for (sibling, start) in [(0, "2026-11-23T10:00:00+02:00"), (2, "2026-12-07T10:00:00+02:00")] {
        let now = reception.get(&path(&items[sibling], "")).await.expect(200);
        assert_eq!((&now["starts_at"], &now["version"]), (&json!(start), &json!(1)));
    }

    let cancel = path(&items[1], "/series/cancel");
    let silent = reception.post(&cancel, json!({ "reason": " " })).await;
    silent.expect_invalid("/reason", "scheduling.reason_required");
    let stale = reception.with("if-match", "\"1\"").post(&cancel, json!({ "reason": "moved away" })).await;
    stale.expect_problem(412, "request.stale");
    let elsewhere = app.login_elsewhere(Receptionist).await;
    assert_eq!(elsewhere.post(&cancel, json!({ "reason": "moved away" })).await.status, 404);
    let cancelled = reception.post(&cancel, json!({ "reason": "moved away" })).await.expect(200);
    assert_eq!(
        starts(&cancelled),
        ["2026-11-30T12:00:00+02:00", "2026-12-07T10:00:00+02:00", "2026-12-14T10:00:00+02:00"]
    );
    for (n, item) in items.iter().enumerate() {
        let now = reception.get(&path(item, "")).await.expect(200);
        let events = now["events"].as_array().unwrap();
        if n == 0 {
            assert_eq!(now["status"], "scheduled");
        } else {
            assert_eq!(now["status"], "cancelled");
            assert_eq!(events.last().unwrap()["reason"], "moved away");
        }
    }
    let theirs = but(
        booking(&app, patient, "13:00", "13:30"),
        json!({ "doctor_id": app.clinic.second_doctor, "chair_id": app.clinic.chairs[1] }),
    );
    let body = json!({ "appointment": theirs, "repeat": repeat(1, "weeks", 2) });
    let doctor = app.login(Doctor).await;
    doctor.post("/appointments/series", body.clone()).await.expect_problem(403, "scheduling.own_only");
    let theirs = reception.post("/appointments/series", body).await.expect(201);
    let refused =
        doctor.post(&path(&theirs["items"][0], "/series/cancel"), json!({ "reason": "moved away" })).await;
    refused.expect_problem(403, "scheduling.own_only");
    let single = booking(&app, patient, "15:00", "15:30");
    let single = reception.post("/appointments", single).await.expect(201);
    let alone = reception.post(&path(&single, "/series/cancel"), json!({ "reason": "moved away" })).await;
    alone.expect_problem(409, "scheduling.not_in_series");
}

#[tokio::test]
async fn a_family_is_booked_side_by_side_or_not_at_all() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let (mother, son) =
        (patient(&app, &app.clinic, "active").await, patient(&app, &app.clinic, "active").await);
    let beside = json!({ "doctor_id": app.clinic.second_doctor, "chair_id": app.clinic.chairs[1] });
    let group = |from, to| {
        json!({ "appointments": [
            booking(&app, mother, from, to),
            but(booking(&app, son, from, to), beside.clone()),
        ] })
    };
    let made = reception.post("/appointments/group", group("10:00", "10:30")).await.expect(201);
    assert_eq!(made["items"].as_array().unwrap().len(), 2);
    assert_eq!(made["series_id"], Value::Null);
    let refused = reception.post("/appointments/group", group("10:15", "10:45")).await;
    refused.expect_problem(409, "scheduling.group_clashes");
    assert_eq!(refused.json()["clashes"].as_array().unwrap().len(), 2);
    // The second stands in the way of the third: nothing is booked.
    let one = json!({ "appointments": [
        booking(&app, mother, "11:00", "11:30"),
        booking(&app, son, "11:30", "12:00"),
        but(booking(&app, son, "11:45", "12:15"), json!({ "chair_id": app.clinic.chairs[1] })),
    ] });
    let refused = reception.post("/appointments/group", one).await;
    assert_eq!(
        refused.json()["clashes"],
        json!([{ "index": 2, "starts_at": "2026-11-23T11:45:00+02:00",
        "ends_at": "2026-11-23T12:15:00+02:00", "code": "scheduling.doctor_taken" }])
    );
    let day = reception.get("/appointments?from=2026-11-23").await.expect(200);
    assert_eq!(day["items"].as_array().unwrap().len(), 2);

    let theirs = patient(&app, &app.other_clinic, "active").await;
    let stranger = json!({ "appointments": [booking(&app, mother, "13:00", "13:30"), booking(&app, theirs, "13:30", "14:00")] });
    let refused = reception.post("/appointments/group", stranger).await;
    refused.expect_invalid("/appointments/1/patient_id", "request.unknown_reference");
    let alone = reception
        .post("/appointments/group", json!({ "appointments": [booking(&app, mother, "13:00", "13:30")] }))
        .await;
    alone.expect_invalid("/appointments", "scheduling.too_few_at_once");
    let doctor = app.login(Doctor).await;
    doctor
        .post("/appointments/group", group("15:00", "15:30"))
        .await
        .expect_problem(403, "scheduling.own_only");
}
