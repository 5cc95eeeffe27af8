//! Time taken out of the book.

use dentpro_core::permissions::BuiltInRole::{Admin, Doctor, Receptionist};
use futures::future::join_all;
use serde_json::{Value, json};

use super::{booking, but, path, patient};
use crate::testing::{Client, TestApp};

/// A meeting of the first doctor on the Monday of the tests.
fn meeting(app: &TestApp, from: &str, to: &str) -> Value {
    json!({ "doctor_id": app.clinic.doctor(), "kind": "meeting", "title": "Staff meeting",
        "starts_at": format!("2026-11-23T{from}:00+02:00"), "ends_at": format!("2026-11-23T{to}:00+02:00") })
}

fn block_path(block: &Value) -> String {
    format!("/blocks/{}", block["id"].as_str().unwrap())
}

async fn blocks(client: &Client, query: &str) -> Vec<Value> {
    client.get(&format!("/blocks?{query}")).await.expect(200)["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_blocked_time_is_booked_only_over_it_with_a_reason() {
    let app = TestApp::new().await;
    let (reception, doctor) = (app.login(Receptionist).await, app.login(Doctor).await);
    let patient = patient(&app, &app.clinic, "active").await;
    let made = reception.post("/blocks", meeting(&app, "12:00", "13:00")).await.expect(201);
    let block = &made["items"][0];
    let body = booking(&app, patient, "12:30", "13:30");
    reception.post("/appointments", body.clone()).await.expect_problem(409, "scheduling.slot_blocked");
    let over = but(body, json!({ "overbook_reason": "severe pain" }));
    doctor.post("/appointments", over.clone()).await.expect_problem(403, "identity.permission_missing");
    let booked = reception.post("/appointments", over).await.expect(201);
    assert_eq!(booked["overbook_reason"], "severe pain");
    // A colleague's time in another chair is free, and so is the time beside the block.
    let colleague = json!({ "doctor_id": app.clinic.second_doctor, "chair_id": app.clinic.chairs[1] });
    let theirs = but(booking(&app, patient, "12:00", "12:30"), colleague);
    reception.post("/appointments", theirs).await.expect(201);
    let beside = reception.post("/appointments", booking(&app, patient, "11:30", "12:00")).await.expect(201);
    let into = json!({ "starts_at": "2026-11-23T12:00:00+02:00", "ends_at": "2026-11-23T12:30:00+02:00" });
    let moved = reception.with("if-match", "\"1\"").post(&path(&beside, "/reschedule"), into).await;
    moved.expect_problem(409, "scheduling.slot_blocked");
    // Given back, it is booked like any other.
    reception.post(&path(&booked, "/status"), json!({ "status": "cancelled" })).await.expect(200);
    reception.delete(&block_path(block)).await.expect(204);
    reception.post("/appointments", booking(&app, patient, "12:30", "13:00")).await.expect(201);
    reception.delete(&block_path(block)).await.expect_problem(404, "request.not_found");
}

#[tokio::test]
async fn a_block_over_appointments_is_refused_with_their_list_unless_it_is_meant() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let patient = patient(&app, &app.clinic, "active").await;
    let stands = reception.post("/appointments", booking(&app, patient, "12:00", "12:30")).await.expect(201);
    let gone = reception.post("/appointments", booking(&app, patient, "13:00", "13:30")).await.expect(201);
    reception.post(&path(&gone, "/status"), json!({ "status": "cancelled" })).await.expect(200);
    let chair = json!({ "doctor_id": null, "chair_id": app.clinic.chairs[0], "kind": "maintenance" });
    let branch = json!({ "doctor_id": null, "branch_id": app.clinic.branch });
    for change in [json!({}), chair, branch.clone()] {
        let refused = reception.post("/blocks", but(meeting(&app, "12:15", "13:30"), change)).await;
        refused.expect_problem(409, "scheduling.appointments_in_the_way");
        let list = refused.json()["appointments"].clone();
        assert_eq!(list.as_array().unwrap().len(), 1, "{list}");
        assert_eq!(list[0]["id"], stands["id"]);
    }
    let meant = but(meeting(&app, "12:15", "13:30"), but(branch, json!({ "despite_appointments": true })));
    reception.post("/blocks", meant).await.expect(201);
    let other_chair = json!({ "doctor_id": app.clinic.second_doctor, "chair_id": app.clinic.chairs[1] });
    let refused = but(booking(&app, patient, "13:00", "13:30"), other_chair);
    reception.post("/appointments", refused).await.expect_problem(409, "scheduling.slot_blocked");
    reception.get(&path(&stands, "")).await.expect(200);
}

#[tokio::test]
async fn an_emergency_slot_takes_its_type_only() {
    let app = TestApp::new().await;
    let (admin, reception) = (app.login(Admin).await, app.login(Receptionist).await);
    let patient = patient(&app, &app.clinic, "active").await;
    let mut types = Vec::new();
    for name in ["Pain", "Check-up"] {
        let new = json!({ "name_en": name, "colour": "#ce372c", "minutes": 30 });
        types.push(admin.post("/appointment-types", new).await.expect(201)["id"].clone());
    }
    let slot = but(meeting(&app, "12:00", "13:00"), json!({ "kind": "emergency" }));
    reception.post("/blocks", slot.clone()).await.expect_invalid("/type_id", "request.required");
    let slot = but(slot, json!({ "type_id": types[0] }));
    reception.post("/blocks", slot.clone()).await.expect(201);
    for other in [Value::Null, types[1].clone()] {
        let body = but(booking(&app, patient, "12:00", "12:30"), json!({ "type_id": other }));
        reception.post("/appointments", body).await.expect_problem(409, "scheduling.slot_blocked");
    }
    let pain = but(booking(&app, patient, "12:00", "12:30"), json!({ "type_id": types[0] }));
    assert!(reception.post("/appointments", pain).await.expect(201)["overbook_reason"].is_null());
    // An appointment that the slot is kept for is not in the way of one more such slot.
    reception.post("/blocks", slot).await.expect(201);
}

#[tokio::test]
async fn a_weekly_lunch_is_rows_of_which_one_is_changed_alone_and_the_rest_taken_away_from_a_day_on() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let lunch = but(
        meeting(&app, "13:00", "14:00"),
        json!({ "kind": "lunch", "repeat": { "until": "2026-12-21", "weekdays": [1, 3] } }),
    );
    let made = reception.post("/blocks", lunch).await.expect(201);
    let rows = made["items"].as_array().unwrap();
    let days: Vec<&str> = rows.iter().map(|b| b["local_date"].as_str().unwrap()).collect();
    assert_eq!(days[..3], ["2026-11-23", "2026-11-25", "2026-11-30"]);
    assert_eq!(days.len(), 9);
    assert!(rows.iter().all(|b| b["series_id"] == made["series_id"] && b["series_id"].is_string()));
    let all = "from=2026-11-23&to=2026-12-22";
    let later = json!({ "starts_at": "2026-11-25T14:00:00+02:00", "ends_at": "2026-11-25T15:00:00+02:00" });
    reception.patch(&block_path(&rows[1]), 1, later.clone()).await.expect(200);
    reception.patch(&block_path(&rows[1]), 1, later).await.expect_problem(412, "request.stale");
    let at = |block: &Value| block["starts_at"].as_str().unwrap()[11..16].to_owned();
    let seen = blocks(&reception, all).await;
    assert_eq!(seen.iter().map(at).filter(|time| time == "13:00").count(), 8);
    reception.delete(&block_path(&rows[2])).await.expect(204);
    assert_eq!(blocks(&reception, all).await.len(), 8);
    reception.delete(&format!("{}?following=true", block_path(&rows[5]))).await.expect(204);
    let left = blocks(&reception, all).await;
    let left: Vec<&str> = left.iter().map(|b| b["local_date"].as_str().unwrap()).collect();
    assert_eq!(left, ["2026-11-23", "2026-11-25", "2026-12-02", "2026-12-07"]);
}

#[tokio::test]
async fn a_series_without_end_and_a_block_of_nothing_or_of_two_are_refused() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let everyday = json!([0, 1, 2, 3, 4, 5, 6]);
    for (change, pointer, code) in [
        (
            json!({ "repeat": { "until": "2056-12-31", "weekdays": everyday } }),
            "/repeat/until",
            "scheduling.series_too_long",
        ),
        (json!({ "repeat": { "until": "2026-11-22" } }), "/repeat/until", "scheduling.end_before_start"),
        (
            json!({ "repeat": { "until": "2026-12-22", "weekdays": [9] } }),
            "/repeat/weekdays",
            "request.out_of_range",
        ),
        (json!({ "ends_at": "2026-11-23T11:00:00+02:00" }), "/ends_at", "scheduling.end_before_start"),
        (json!({ "ends_at": "2026-11-24T13:05:00+02:00" }), "/ends_at", "scheduling.block_too_long"),
        (json!({ "chair_id": app.clinic.chairs[0] }), "/doctor_id", "scheduling.block_of_one"),
        (json!({ "doctor_id": null }), "/branch_id", "request.required"),
        (json!({ "doctor_id": app.other_clinic.doctor() }), "/doctor_id", "request.unknown_reference"),
        (
            json!({ "doctor_id": null, "chair_id": app.other_clinic.chairs[0] }),
            "/chair_id",
            "request.unknown_reference",
        ),
    ] {
        let refused = reception.post("/blocks", but(meeting(&app, "12:00", "13:00"), change)).await;
        refused.expect_invalid(pointer, code);
    }
    let without_key = app.login(Receptionist).await;
    let once = without_key.with("idempotency-key", "the-same-block-twice");
    once.post("/blocks", meeting(&app, "12:00", "13:00")).await.expect(201);
    once.post("/blocks", meeting(&app, "12:00", "13:00")).await.expect(201);
    assert_eq!(blocks(&reception, "from=2026-11-23").await.len(), 1);
}

#[tokio::test]
async fn a_doctor_blocks_his_own_time_and_nobody_elses() {
    let app = TestApp::new().await;
    let doctor = app.login(Doctor).await;
    doctor.post("/blocks", meeting(&app, "12:00", "13:00")).await.expect(201);
    for other in [
        json!({ "doctor_id": app.clinic.second_doctor }),
        json!({ "doctor_id": null, "chair_id": app.clinic.chairs[0] }),
        json!({ "doctor_id": null, "branch_id": app.clinic.branch }),
    ] {
        let refused = doctor.post("/blocks", but(meeting(&app, "14:00", "15:00"), other)).await;
        refused.expect_problem(403, "scheduling.own_only");
    }
}

#[tokio::test]
async fn blocks_and_bookings_that_race_for_one_time_never_overlap_unnoticed() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let patient = patient(&app, &app.clinic, "active").await;
    for round in 0..4 {
        let (from, to) = (format!("{:02}:00", 9 + round), format!("{:02}:30", 9 + round));
        let places = [
            json!({}),
            json!({ "doctor_id": null, "chair_id": app.clinic.chairs[0] }),
            json!({ "doctor_id": null, "branch_id": app.clinic.branch }),
        ];
        let (app, reception) = (&app, &reception);
        let answers = join_all((0..16).map(|n| {
            let block = but(meeting(app, &from, &to), places[n % 3].clone());
            let appointment = booking(app, patient, &from, &to);
            async move {
                if n % 2 == 0 {
                    ("block", reception.post("/blocks", block).await)
                } else {
                    ("booking", reception.post("/appointments", appointment).await)
                }
            }
        }))
        .await;
        let made = |what: &str| answers.iter().filter(|(w, a)| *w == what && a.status == 201).count();
        assert!(made("booking") <= 1 && (made("booking") == 0) != (made("block") == 0), "round {round}");
        for (_, refused) in answers.iter().filter(|(_, a)| a.status != 201) {
            assert_eq!(refused.status, 409, "{}", refused.text());
        }
    }
}
