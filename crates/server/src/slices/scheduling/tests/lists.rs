//! The day, the counts, and what they cost.

use dentpro_core::permissions::BuiltInRole::{Assistant, Doctor, Receptionist};
use serde_json::{Value, json};

use super::{allergy, booking, but, path, patient};
use crate::testing::{TestApp, counting_statements};

fn ids(page: &Value) -> Vec<String> {
    page["items"].as_array().unwrap().iter().map(|a| a["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_day_of_the_book_costs_as_many_statements_with_twenty_appointments_as_with_one() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let patient = patient(&app, &app.clinic, "active").await;
    reception.post("/appointments", booking(&app, patient, "00:00", "00:05")).await.expect(201);
    let day = "/appointments?from=2026-11-23T00:00:00%2B02:00&to=2026-11-24T00:00:00%2B02:00&limit=1000";
    let (one, few) = counting_statements(reception.get(day)).await;
    assert_eq!(ids(&one.expect(200)).len(), 1);
    for n in 1..20 {
        let (from, to) = (format!("{n:02}:00"), format!("{n:02}:30"));
        reception.post("/appointments", booking(&app, patient, &from, &to)).await.expect(201);
    }
    let (twenty, many) = counting_statements(reception.get(day)).await;
    assert_eq!(ids(&twenty.expect(200)).len(), 20);
    assert_eq!(few, many);
    assert!((2..=6).contains(&many), "{many} statements");
}

#[tokio::test]
async fn the_card_carries_what_the_book_shows() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let patient = patient(&app, &app.clinic, "active").await;
    let made = reception.post("/appointments", booking(&app, patient, "10:00", "10:30")).await.expect(201);
    assert_eq!(made["patient"]["has_alerts"], false);
    allergy(&app, patient).await;
    let day = reception.get("/appointments?from=2026-11-23").await.expect(200);
    let card = &day["items"][0];
    assert_eq!(card["patient"]["has_alerts"], true);
    assert_eq!(card["patient"]["name_ar"], "منى علي");
    assert_eq!(card["doctor"]["name_en"], "Dr doctor");
    assert_eq!(card["chair"]["name_en"], "Chair 1");
    assert_eq!(card["visit_id"], Value::Null);
}

#[tokio::test]
async fn lists_are_narrowed_by_day_doctor_chair_patient_and_status_and_come_in_pages() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let (mona, other) =
        (patient(&app, &app.clinic, "active").await, patient(&app, &app.clinic, "active").await);
    let first = reception.post("/appointments", booking(&app, mona, "10:00", "10:30")).await.expect(201);
    let colleague = json!({ "doctor_id": app.clinic.second_doctor, "chair_id": app.clinic.chairs[1] });
    let second = reception
        .post("/appointments", but(booking(&app, other, "10:00", "10:30"), colleague))
        .await
        .expect(201);
    let later = json!({ "starts_at": "2026-11-25T10:00:00+02:00", "ends_at": "2026-11-25T10:30:00+02:00" });
    let third =
        reception.post("/appointments", but(booking(&app, mona, "10:00", "10:30"), later)).await.expect(201);
    reception.post(&path(&second, "/status"), json!({ "status": "arrived" })).await.expect(200);
    let id = |a: &Value| a["id"].as_str().unwrap().to_owned();

    let doctor = app.clinic.second_doctor;
    for (query, expected) in [
        ("from=2026-11-25".to_owned(), vec![id(&third)]),
        ("from=2026-11-24&to=2026-11-25".to_owned(), vec![id(&third)]),
        (format!("from=2026-11-23&doctor_id={doctor}"), vec![id(&second)]),
        (format!("from=2026-11-23&chair_id={}", app.clinic.chairs[0]), vec![id(&first)]),
        (format!("patient_id={mona}"), vec![id(&first), id(&third)]),
        (format!("patient_id={mona}&from=2026-11-24"), vec![id(&third)]),
        ("from=2026-11-23&to=2026-11-23&status=arrived".to_owned(), vec![id(&second)]),
        (
            format!("from=2026-11-23&branch_id={}&status=scheduled,confirmed", app.clinic.branch),
            vec![id(&first)],
        ),
        (format!("from=2026-11-23&branch_id={}", app.other_clinic.branch), vec![]),
    ] {
        let page = reception.get(&format!("/appointments?{query}")).await.expect(200);
        assert_eq!(ids(&page), expected, "{query}");
    }
    let page = reception.get(&format!("/appointments?patient_id={mona}&limit=1")).await.expect(200);
    assert_eq!(ids(&page), [id(&first)]);
    let cursor = page["next_cursor"].as_str().unwrap();
    let rest =
        reception.get(&format!("/appointments?patient_id={mona}&limit=1&cursor={cursor}")).await.expect(200);
    assert_eq!((ids(&rest), &rest["next_cursor"]), (vec![id(&third)], &Value::Null));
    let of_patient = reception.get(&format!("/patients/{mona}/appointments")).await.expect(200);
    assert_eq!(ids(&of_patient), [id(&first), id(&third)]);
}

#[tokio::test]
async fn a_list_without_bounds_or_with_nonsense_is_refused() {
    let app = TestApp::new().await;
    let assistant = app.login(Assistant).await;
    for (query, pointer, code) in [
        ("", "from", "request.required"),
        ("from=2026-11-01&to=2027-11-01", "to", "scheduling.range_too_long"),
        ("from=2026-11-24&to=2026-11-22", "to", "scheduling.end_before_start"),
        ("from=10000-01-01", "from", "scheduling.not_an_instant"),
        ("from=2026-02-30", "from", "scheduling.not_an_instant"),
        ("from=2026-11-23&limit=1001", "limit", "scheduling.limit_out_of_range"),
        ("from=2026-11-23&limit=-1", "limit", "scheduling.limit_out_of_range"),
        ("from=2026-11-23&status=asleep", "status", "scheduling.unknown_status"),
        ("from=2026-11-23&cursor=xx", "cursor", "request.cursor_invalid"),
    ] {
        assistant.get(&format!("/appointments?{query}")).await.expect_invalid(pointer, code);
    }
    assistant.get("/appointments?from=2026-11-23&sort=x").await.expect_problem(422, "request.query_invalid");
    assistant.get("/appointments?from=2026-11-01&to=2026-12-01").await.expect(200);
    assistant.get("/appointments/not-an-id").await.expect_problem(404, "request.not_found");
}

#[tokio::test]
async fn the_counts_of_a_day_say_who_waits() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let patient = patient(&app, &app.clinic, "active").await;
    for (from, to, status) in
        [("10:00", "10:30", "arrived"), ("10:30", "11:00", "cancelled"), ("11:00", "11:30", "confirmed")]
    {
        let made = reception.post("/appointments", booking(&app, patient, from, to)).await.expect(201);
        reception.post(&path(&made, "/status"), json!({ "status": status })).await.expect(200);
    }
    let counts = reception.get("/appointments/counts?date=2026-11-23").await.expect(200);
    assert_eq!((&counts["waiting"], &counts["arrived"]), (&json!(1), &json!(1)));
    assert_eq!(
        (&counts["cancelled"], &counts["confirmed"], &counts["scheduled"]),
        (&json!(1), &json!(1), &json!(0))
    );
    assert_eq!(reception.get("/appointments/counts").await.expect(200), counts);
    let tomorrow = reception.get("/appointments/counts?date=2026-11-24").await.expect(200);
    assert_eq!(tomorrow["arrived"], 0);
    reception.get("/appointments/counts?date=soon").await.expect_invalid("date", "scheduling.not_an_instant");
}

#[tokio::test]
async fn who_reads_only_his_own_book_sees_nobody_elses() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let patient = patient(&app, &app.clinic, "active").await;
    let own = reception.post("/appointments", booking(&app, patient, "10:00", "10:30")).await.expect(201);
    let colleague = json!({ "doctor_id": app.clinic.second_doctor, "chair_id": app.clinic.chairs[1] });
    let theirs = reception
        .post("/appointments", but(booking(&app, patient, "10:00", "10:30"), colleague))
        .await
        .expect(201);
    let mut tx = app.state.db.begin_as_system(app.clinic.id.into(), app.clinic.id).await.unwrap();
    sqlx::query(
        "update role_permission set scope = 'own'
        where clinic_id = $1 and role_id = $2 and permission = 'scheduling.read'",
    )
    .bind(app.clinic.id)
    .bind(app.clinic.roles[&Doctor])
    .execute(&mut *tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();

    let doctor = app.login(Doctor).await;
    assert_eq!(
        ids(&doctor.get("/appointments?from=2026-11-23").await.expect(200)),
        [own["id"].as_str().unwrap()]
    );
    doctor.get(&path(&own, "")).await.expect(200);
    doctor.get(&path(&theirs, "")).await.expect_problem(404, "request.not_found");
    let step = doctor.post(&path(&theirs, "/status"), json!({ "status": "arrived" })).await;
    step.expect_problem(404, "request.not_found");
    let counts = doctor.get("/appointments/counts").await.expect(200);
    assert_eq!(counts["scheduled"], 1);
}
