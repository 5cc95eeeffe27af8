//! The load of days, and a patient's attendance.

use dentpro_core::permissions::BuiltInRole::{Admin, Assistant, Receptionist};
use serde_json::{Value, json};

use super::{booking, but, open_hours, path, patient};
use crate::testing::{TestApp, counting_statements};

fn on(page: &Value, date: &str) -> Value {
    page["items"].as_array().unwrap().iter().find(|day| day["date"] == date).unwrap().clone()
}

#[tokio::test]
async fn the_load_of_a_day_is_what_stands_against_what_the_doctors_work() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let patient = patient(&app, &app.clinic, "active").await;
    open_hours(&app, 1, "09:00", "13:00").await;
    let colleague = json!({ "doctor_id": app.clinic.second_doctor, "chair_id": app.clinic.chairs[1] });
    for (from, to, changes) in [
        ("09:00", "10:00", json!({ "pattern": "DDAAAAAAAADD" })),
        ("10:00", "10:30", json!({})),
        ("09:00", "09:30", colleague.clone()),
    ] {
        reception.post("/appointments", but(booking(&app, patient, from, to), changes)).await.expect(201);
    }
    for (from, status) in [("11:00", "cancelled"), ("12:00", "no_show")] {
        let body = booking(&app, patient, from, &from.replace(":00", ":30"));
        let made = reception.post("/appointments", body).await.expect(201);
        reception.post(&path(&made, "/status"), json!({ "status": status })).await.expect(200);
    }

    let over = json!({ "overbook_reason": "Pain" });
    let admin = app.login(Admin).await;
    admin.post("/appointments", but(booking(&app, patient, "10:00", "10:30"), over)).await.expect(201);

    let page = reception.get("/appointments/loads?from=2026-11-22&to=2026-11-24").await.expect(200);
    assert_eq!(page["items"].as_array().unwrap().len(), 3);
    let doctors = 2;
    let monday = json!({
        "date": "2026-11-23", "count": 4, "booked_minutes": 20 + 30 + 30 + 30, "open_minutes": doctors * 240,
        "cancelled": 1, "no_shows": 1, "overbooked": 1
    });
    assert_eq!(on(&page, "2026-11-23"), monday);
    let closed = json!({
        "date": "2026-11-24", "count": 0, "booked_minutes": 0, "open_minutes": 0, "cancelled": 0, "no_shows": 0,
        "overbooked": 0
    });
    assert_eq!(on(&page, "2026-11-24"), closed);

    let day = |query: String| {
        let reception = &reception;
        async move {
            let address = format!("/appointments/loads?from=2026-11-23&to=2026-11-23&{query}");
            reception.get(&address).await.expect(200)["items"][0].clone()
        }
    };
    let one = day(format!("doctor_id={}", app.clinic.second_doctor)).await;
    assert_eq!((&one["count"], &one["open_minutes"]), (&json!(1), &json!(240)));
    let here = day(format!("branch_id={}", app.clinic.branch)).await;
    assert_eq!(here["count"], 4);
    let elsewhere = day(format!("branch_id={}", app.other_clinic.branch)).await;
    assert_eq!((&elsewhere["count"], &elsewhere["open_minutes"]), (&json!(0), &json!(0)));
}

#[tokio::test]
async fn a_month_costs_four_statements_however_full_it_is() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let patient = patient(&app, &app.clinic, "active").await;
    let month = "/appointments/loads?from=2026-11-01&to=2026-12-12";
    let (empty, few) = counting_statements(reception.get(month)).await;
    assert_eq!(empty.expect(200)["items"].as_array().unwrap().len(), 42);
    reception.post("/appointments", booking(&app, patient, "09:00", "09:30")).await.expect(201);
    let (busy, many) = counting_statements(reception.get(month)).await;
    assert_eq!(on(&busy.expect(200), "2026-11-23")["count"], 1);
    assert_eq!(few, many);
    assert!(many <= 6, "{many} statements: the session, the transaction and four more");
}

#[tokio::test]
async fn loads_of_a_year_or_of_nonsense_are_refused() {
    let app = TestApp::new().await;
    let assistant = app.login(Assistant).await;
    for (query, pointer, code) in [
        ("from=2026-11-01&to=2027-11-01", "to", "scheduling.range_too_long"),
        ("from=2026-11-24&to=2026-11-22", "to", "scheduling.end_before_start"),
        ("from=soon&to=2026-11-22", "from", "scheduling.not_an_instant"),
    ] {
        assistant.get(&format!("/appointments/loads?{query}")).await.expect_invalid(pointer, code);
    }
    assistant.get("/appointments/loads?from=2026-11-01").await.expect_problem(422, "request.query_invalid");
    assistant.get("/appointments/loads?from=2026-11-01&to=2027-01-01").await.expect(200);
}

#[tokio::test]
async fn the_attendance_of_a_patient_counts_what_he_missed_and_what_is_ahead() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let (mona, other) =
        (patient(&app, &app.clinic, "active").await, patient(&app, &app.clinic, "active").await);
    let next_week =
        json!({ "starts_at": "2026-11-30T10:00:00+02:00", "ends_at": "2026-11-30T10:30:00+02:00" });
    for (from, to, changes, status) in [
        ("10:00", "10:30", json!({}), "arrived"),
        ("11:00", "11:30", json!({}), "no_show"),
        ("12:00", "12:30", json!({}), "cancelled"),
        ("10:00", "10:30", next_week, "confirmed"),
    ] {
        let made =
            reception.post("/appointments", but(booking(&app, mona, from, to), changes)).await.expect(201);
        reception.post(&path(&made, "/status"), json!({ "status": status })).await.expect(200);
    }
    let of = |id| format!("/patients/{id}/attendance");
    assert_eq!(
        reception.get(&of(mona)).await.expect(200),
        json!({
            "kept": 1, "no_shows": 1, "late_cancelled": 1, "last_no_show_on": "2026-11-23", "upcoming": 1
        })
    );
    assert_eq!(
        reception.get(&of(other)).await.expect(200),
        json!({ "kept": 0, "no_shows": 0, "late_cancelled": 0, "last_no_show_on": null, "upcoming": 0 })
    );
    let stranger = patient(&app, &app.other_clinic, "active").await;
    reception.get(&of(stranger)).await.expect_problem(404, "request.not_found");
}
