//! The waiting room through HTTP.

use std::collections::BTreeSet;
use std::time::Duration;

use dentpro_core::permissions::BuiltInRole::{Admin, Assistant, Doctor, Receptionist};
use futures::future::join_all;
use serde_json::{Value, json};
use sqlx::Executor;
use uuid::Uuid;

use super::{booking, but, path, patient};
use crate::testing::{Client, TestApp};

/// A patient who came without an appointment and waits for the first doctor.
async fn walk_in(app: &TestApp, desk: &Client) -> Value {
    let patient = patient(app, &app.clinic, "active").await;
    desk.post("/walk-ins", body(app, patient)).await.expect(201)
}

fn body(app: &TestApp, patient: Uuid) -> Value {
    json!({ "branch_id": app.clinic.branch, "patient_id": patient, "doctor_id": app.clinic.doctor(), "reason": "Pain" })
}

async fn next(desk: &Client, app: &TestApp) -> Value {
    desk.post("/appointments/call-next", json!({ "branch_id": app.clinic.branch })).await.expect(200)
}

#[tokio::test]
async fn whoever_comes_without_an_appointment_gets_the_next_number_and_of_many_at_once_each_another() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let first = walk_in(&app, &reception).await;
    assert_eq!(
        (&first["status"], &first["walk_in"], &first["token"]),
        (&json!("arrived"), &json!(true), &json!(1))
    );
    assert_eq!(first["chair_id"], Value::Null);
    let mut patients = Vec::new();
    for _ in 0..8 {
        patients.push(patient(&app, &app.clinic, "active").await);
    }
    let all = join_all(patients.iter().map(|id| reception.post("/walk-ins", body(&app, *id)))).await;
    let tokens: BTreeSet<i64> = all.iter().map(|a| a.expect(201)["token"].as_i64().unwrap()).collect();
    assert_eq!(tokens, (2..=9).collect());
}

#[tokio::test]
async fn a_walk_in_that_makes_no_sense_is_refused_at_its_field() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let dead = patient(&app, &app.clinic, "deceased").await;
    let somebody = patient(&app, &app.clinic, "active").await;
    for (change, pointer, code) in [
        (json!({ "patient_id": dead }), "/patient_id", "scheduling.patient_deceased"),
        (json!({ "doctor_id": app.clinic.staff[&Receptionist] }), "/doctor_id", "scheduling.not_a_doctor"),
        (json!({ "branch_id": app.other_clinic.branch }), "/branch_id", "request.unknown_reference"),
        (json!({ "type_id": Uuid::from_u128(7) }), "/type_id", "request.unknown_reference"),
        (json!({ "minutes": 0 }), "/minutes", "scheduling.end_before_start"),
    ] {
        let refused = reception.post("/walk-ins", but(body(&app, somebody), change)).await;
        assert_eq!(refused.status, 422, "{code}");
        let problem = refused.json();
        assert_eq!(problem["errors"][0]["pointer"], pointer, "{problem}");
        assert_eq!(problem["errors"][0]["code"], code, "{problem}");
    }
}

#[tokio::test]
async fn patients_are_called_by_their_time_and_two_desks_call_two() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let early = walk_in(&app, &reception).await;
    let booked = patient(&app, &app.clinic, "active").await;
    let now = app.clock.now().to_zoned(jiff::tz::TimeZone::get("Africa/Cairo").unwrap());
    let at = |minutes: i64| {
        (&now + jiff::SignedDuration::from_mins(minutes)).strftime("%Y-%m-%dT%H:%M:00%:z").to_string()
    };
    let times = json!({ "starts_at": at(30), "ends_at": at(60) });
    let booked = reception
        .post("/appointments", but(booking(&app, booked, "10:00", "10:30"), times))
        .await
        .expect(201);
    let arrived = reception.post(&path(&booked, "/status"), json!({ "status": "arrived" })).await.expect(200);
    assert_eq!(arrived["token"], 2);
    app.advance(Duration::from_secs(20 * 60));
    let late = walk_in(&app, &reception).await;
    assert_eq!(late["token"], 3);

    let other_desk = app.login(Assistant).await;
    let calls = join_all([next(&reception, &app), next(&other_desk, &app)]).await;
    let called: BTreeSet<i64> = calls.iter().map(|c| c["token"].as_i64().unwrap()).collect();
    assert_eq!(called, BTreeSet::from([1, 3]), "both were there before the booked one's time");
    assert_eq!(next(&reception, &app).await["token"], 2);
    let nobody = reception.post("/appointments/call-next", json!({ "branch_id": app.clinic.branch })).await;
    nobody.expect_problem(409, "scheduling.nobody_waits");

    let again = json!({ "chair_id": app.clinic.chairs[1] });
    let again = reception.post(&path(&early, "/call"), again).await.expect(200);
    assert_eq!(again["called_to"], json!(app.clinic.chairs[1]));
    let history = reception.get(&path(&early, "")).await.expect(200);
    let kinds: Vec<&str> =
        history["events"].as_array().unwrap().iter().map(|e| e["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["booked", "called", "called"]);
    reception
        .post(&path(&early, "/status"), json!({ "status": "cancelled", "follow_up": false }))
        .await
        .expect(200);
    reception.post(&path(&early, "/call"), json!({})).await.expect_problem(409, "scheduling.not_waiting");
}

#[tokio::test]
async fn who_arrived_before_there_were_numbers_gets_one_when_called() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let waiting = walk_in(&app, &reception).await;
    walk_in(&app, &reception).await;
    let sql = format!(
        "begin; set local dentpro.clinic = '{}'; set local dentpro.actor = '{}';
        update appointment set walk_in = false, token = null where id = '{}'; commit",
        app.clinic.id,
        app.clinic.accounts[&Admin],
        waiting["id"].as_str().unwrap()
    );
    app.database.owner().await.execute(sqlx::AssertSqlSafe(sql)).await.unwrap();
    let called = reception.post(&path(&waiting, "/call"), json!({})).await.expect(200);
    assert_eq!(called["token"], 3);
}

#[tokio::test]
async fn who_waits_without_an_appointment_takes_no_time_until_he_sits_down() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let waits = walk_in(&app, &reception).await;
    let span = json!({ "starts_at": waits["starts_at"], "ends_at": waits["ends_at"] });
    let other = patient(&app, &app.clinic, "active").await;
    let beside = reception.post("/appointments", but(booking(&app, other, "10:00", "10:30"), span)).await;
    beside.expect(201);
    app.advance(Duration::from_secs(5 * 60));
    let step = json!({ "status": "in_chair", "chair_id": app.clinic.chairs[1] });
    let taken = reception.post(&path(&waits, "/status"), step.clone()).await;
    taken.expect_problem(409, "scheduling.doctor_taken");
    let reason = json!({ "overbook_reason": "Pain cannot wait" });
    let refused = app.login(Assistant).await;
    refused
        .post(&path(&waits, "/status"), but(step.clone(), reason.clone()))
        .await
        .expect_problem(403, "identity.permission_missing");
    let admin = app.login(Admin).await;
    let seated = admin.post(&path(&waits, "/status"), but(step, reason)).await.expect(200);
    assert_eq!(seated["overbook_reason"], "Pain cannot wait");
    assert_eq!(seated["starts_at"], seated["in_chair_at"], "his time begins when he sits down");
}

#[tokio::test]
async fn a_doctor_calls_only_his_own_patients() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let theirs = patient(&app, &app.clinic, "active").await;
    let other = json!({ "doctor_id": app.clinic.second_doctor });
    let theirs = reception.post("/walk-ins", but(body(&app, theirs), other)).await.expect(201);
    let own = walk_in(&app, &reception).await;
    let doctor = app.login(Doctor).await;
    assert_eq!(next(&doctor, &app).await["id"], own["id"]);
    let nobody = doctor.post("/appointments/call-next", json!({ "branch_id": app.clinic.branch })).await;
    nobody.expect_problem(409, "scheduling.nobody_waits");
    let refused = doctor.post(&path(&theirs, "/call"), json!({})).await;
    assert!([403, 404].contains(&refused.status.as_u16()));
}

#[tokio::test]
async fn the_screen_shows_numbers_and_chairs_and_never_a_name_until_its_address_is_stopped() {
    let app = TestApp::new().await;
    let (admin, reception) = (app.login(Admin).await, app.login(Receptionist).await);
    let at = format!("/branches/{}/waiting-screen", app.clinic.branch);
    assert_eq!(admin.get(&at).await.expect(200)["active"], false);
    reception.post(&at, json!({})).await.expect_problem(403, "identity.permission_missing");
    let made = admin.post(&at, json!({})).await.expect(201);
    let secret = made["url"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
    let screen = format!("/waiting-room/{secret}");

    let called = walk_in(&app, &reception).await;
    walk_in(&app, &reception).await;
    let to = json!({ "chair_id": app.clinic.chairs[0] });
    reception.post(&path(&called, "/call"), to).await.expect(200);
    let public = app.anonymous();
    let shown = public.get(&screen).await;
    let room = shown.expect(200);
    assert_eq!((room["calls"].as_array().unwrap().len(), &room["waiting"]), (1, &json!(1)));
    assert_eq!(room["calls"][0]["token"], 1);
    let text = shown.text();
    assert!(
        !text.contains("Mona")
            && !text.contains("منى")
            && !text.contains(called["patient_id"].as_str().unwrap())
    );
    reception
        .post(&path(&called, "/status"), json!({ "status": "in_chair", "chair_id": app.clinic.chairs[0] }))
        .await
        .expect(200);
    app.advance(Duration::from_secs(24 * 60 * 60));
    let tomorrow = public.get(&screen).await.expect(200);
    assert_eq!((tomorrow["calls"].as_array().unwrap().len(), &tomorrow["waiting"]), (0, &json!(0)));

    let admin = app.login(Admin).await;
    admin.post(&at, json!({})).await.expect(201);
    public.get(&screen).await.expect_problem(404, "request.not_found");
    admin.delete(&at).await.expect(204);
    assert_eq!(admin.get(&at).await.expect(200)["active"], false);
    let mut last = 404;
    for _ in 0..30 {
        last = public.get("/waiting-room/forged").await.status.as_u16();
    }
    assert_eq!(last, 429, "secrets cannot be tried out");
}
