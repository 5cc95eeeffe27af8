//! Finding an opening.

use std::time::Duration;

use dentpro_core::permissions::BuiltInRole::{Admin, Assistant, Receptionist};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{appointment_type, block, booking, open_hours, patient, write};
use crate::testing::{Client, TestApp, counting_statements};

/// What a search finds: start by the clinic's clock, with the day where it is not the Monday of the tests.
async fn found(client: &Client, query: &str) -> Vec<String> {
    let answer = client.get(&format!("/openings?{query}")).await.expect(200);
    answer["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|slot| slot["starts_at"].as_str().unwrap()[..16].trim_start_matches("2026-11-23T").to_owned())
        .collect()
}

/// Only the first doctor and chair, on one day.
fn one(app: &TestApp, rest: &str) -> String {
    format!("from=2026-11-23&days=1&doctor_id={}&{rest}", app.clinic.doctor())
}

#[tokio::test]
async fn the_first_slots_of_the_next_ten_days_that_have_any() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    for weekday in [1, 3] {
        open_hours(&app, weekday, "10:00", "12:00").await;
    }
    let answer = reception.get("/openings?minutes=60&from=2026-11-01").await.expect(200);
    let items = answer["items"].as_array().unwrap();
    let mut days: Vec<&str> = items.iter().map(|slot| slot["local_date"].as_str().unwrap()).collect();
    days.dedup();
    assert_eq!(days[..3], ["2026-11-23", "2026-11-25", "2026-11-30"]);
    assert_eq!(days.len(), 10);
    assert_eq!(items[0]["starts_at"], "2026-11-23T10:00:00+02:00");
    assert_eq!(items[0]["ends_at"], "2026-11-23T11:00:00+02:00");
    assert_eq!(items[0]["branch_id"], json!(app.clinic.branch));
    // It goes on where it ended, to the end of the 60 days.
    let next = answer["next_cursor"].as_str().unwrap();
    let rest = reception.get(&format!("/openings?minutes=60&days=28&cursor={next}")).await.expect(200);
    assert_eq!(rest["items"][0]["local_date"], "2026-12-28");
    assert_eq!(rest["next_cursor"], Value::Null);

    assert_eq!(found(&reception, &one(&app, "minutes=120")).await, ["10:00"]);
    assert!(found(&reception, &one(&app, "minutes=125")).await.is_empty());
    assert_eq!(found(&reception, &one(&app, "minutes=60")).await, ["10:00", "11:00"]);
    assert_eq!(
        found(&reception, &one(&app, "minutes=30&after=10:30&before=11:45")).await,
        ["10:30", "11:00"]
    );
    assert!(found(&reception, &one(&app, "minutes=30&weekdays=0,3")).await.is_empty());
    assert_eq!(found(&reception, &one(&app, "minutes=120&weekdays=1")).await, ["10:00"]);
    // Nothing in the past.
    app.advance(Duration::from_secs(4800));
    let reception = app.login(Receptionist).await;
    assert_eq!(found(&reception, &one(&app, "minutes=30")).await, ["10:30", "11:00", "11:30"]);
}

#[tokio::test]
async fn appointments_blocks_and_slots_of_others_are_in_the_way() {
    let app = TestApp::new().await;
    let (reception, admin) = (app.login(Receptionist).await, app.login(Admin).await);
    let patient = patient(&app, &app.clinic, "active").await;
    open_hours(&app, 1, "09:00", "12:00").await;
    write(
        &app,
        &format!("update chair set active = false where clinic_id = $1 and id = '{}'", app.clinic.chairs[1]),
    )
    .await;
    let search = one(&app, "minutes=30");
    assert_eq!(found(&reception, &search).await.len(), 6);
    reception.post("/appointments", booking(&app, patient, "09:30", "10:00")).await.expect(201);
    let answer = reception.get(&format!("/openings?{search}")).await.expect(200);
    assert_eq!(answer["items"][0]["next_to_another"], true);
    assert_eq!(answer["items"][2]["next_to_another"], false);
    assert_eq!(found(&reception, &search).await, ["09:00", "10:00", "10:30", "11:00", "11:30"]);
    block(&app, ("10:00", "10:20"), "chair", "maintenance", None).await;
    assert_eq!(found(&reception, &search).await, ["09:00", "10:30", "11:00", "11:30"]);
    block(&app, ("11:30", "12:00"), "branch", "meeting", None).await;
    assert_eq!(found(&reception, &search).await, ["09:00", "10:30", "11:00"]);
    let slot = json!({ "doctor_id": app.clinic.doctor(), "chair_id": app.clinic.chairs[0],
        "starts_at": "2026-11-23T11:00:00+02:00", "ends_at": "2026-11-23T11:30:00+02:00" });
    reception.post("/holds", slot).await.expect(201);
    assert_eq!(found(&admin, &search).await, ["09:00", "10:30"]);
    assert_eq!(found(&reception, &search).await, ["09:00", "10:30", "11:00"]);
    app.advance(Duration::from_secs(180));
    assert_eq!(found(&admin, &search).await, ["10:30", "11:00"]);
}

#[tokio::test]
async fn the_chair_fits_the_type_and_its_time_is_free_for_it() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    open_hours(&app, 1, "09:00", "10:00").await;
    let emergency = appointment_type(&app, 20, "", None).await;
    let surgery = appointment_type(&app, 30, "", Some("surgery")).await;
    block(&app, ("09:00", "10:00"), "doctor", "emergency", Some(emergency)).await;
    assert!(found(&reception, &one(&app, "minutes=30")).await.is_empty());
    assert!(found(&reception, &one(&app, &format!("type_id={surgery}"))).await.is_empty());
    let kept =
        reception.get(&format!("/openings?{}", one(&app, &format!("type_id={emergency}")))).await.expect(200);
    assert_eq!(kept["items"][0]["ends_at"], "2026-11-23T09:20:00+02:00");

    open_hours(&app, 2, "09:00", "10:00").await;
    let tuesday = |rest: &str| format!("from=2026-11-24&days=1&doctor_id={}&{rest}", app.clinic.doctor());
    assert!(found(&reception, &tuesday(&format!("type_id={surgery}"))).await.is_empty());
}

#[tokio::test]
async fn the_assistants_minutes_do_not_wait_for_the_doctor() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let patient = patient(&app, &app.clinic, "active").await;
    open_hours(&app, 1, "09:00", "10:00").await;
    let kind = appointment_type(&app, 30, "AADDAA", None).await;
    for (from, to) in [("09:00", "09:15"), ("09:35", "10:00")] {
        reception.post("/appointments", booking(&app, patient, from, to)).await.expect(201);
    }
    assert!(found(&reception, &one(&app, "minutes=30")).await.is_empty());
    let query = one(&app, &format!("type_id={kind}"));
    let answer = reception.get(&format!("/openings?{query}")).await.expect(200);
    let slot = &answer["items"][0];
    assert_eq!(
        (&slot["starts_at"], &slot["chair_id"]),
        (&json!("2026-11-23T09:15:00+02:00"), &json!(app.clinic.chairs[1]))
    );
    let body = json!({ "patient_id": patient, "doctor_id": slot["doctor_id"], "chair_id": slot["chair_id"],
        "starts_at": slot["starts_at"], "ends_at": slot["ends_at"], "type_id": kind });
    reception.post("/appointments", body).await.expect(201);
}

#[tokio::test]
async fn what_cannot_be_looked_for_is_refused_at_its_parameter() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let theirs = Uuid::now_v7();
    for (query, pointer, code) in [
        ("".to_owned(), "minutes", "request.required"),
        ("minutes=4".to_owned(), "minutes", "scheduling.minutes_out_of_range"),
        ("minutes=721".to_owned(), "minutes", "scheduling.minutes_out_of_range"),
        ("minutes=30&days=0".to_owned(), "days", "scheduling.days_out_of_range"),
        ("minutes=30&days=121".to_owned(), "days", "scheduling.days_out_of_range"),
        ("minutes=30&limit=11".to_owned(), "limit", "scheduling.limit_of_days"),
        ("minutes=30&weekdays=7".to_owned(), "weekdays", "scheduling.unknown_weekday"),
        ("minutes=30&weekdays=monday".to_owned(), "weekdays", "scheduling.unknown_weekday"),
        ("minutes=30&after=9".to_owned(), "after", "scheduling.not_a_time"),
        ("minutes=30&after=12:00&before=11:00".to_owned(), "before", "scheduling.end_before_start"),
        ("minutes=30&chair_feature=gold".to_owned(), "chair_feature", "scheduling.unknown_chair_feature"),
        ("minutes=30&pattern=ADX".to_owned(), "pattern", "scheduling.pattern_mismatch"),
        ("minutes=30&from=soon".to_owned(), "from", "scheduling.not_an_instant"),
        ("minutes=30&doctor_id=me".to_owned(), "doctor_id", "request.unknown_reference"),
        (format!("type_id={theirs}"), "type_id", "request.unknown_reference"),
        ("minutes=30&cursor=x".to_owned(), "cursor", "request.cursor_invalid"),
    ] {
        reception.get(&format!("/openings?{query}")).await.expect_invalid(pointer, code);
    }
    // Doctors, chairs and branches of others are as if they were not.
    for query in [
        format!("doctor_id={}", app.other_clinic.doctor()),
        format!("doctor_id={}", app.clinic.staff[&Assistant]),
        format!("branch_id={}", app.other_clinic.branch),
    ] {
        let answer = reception.get(&format!("/openings?minutes=30&{query}")).await.expect(200);
        assert_eq!(answer["items"], json!([]));
    }
    let slots = found(&reception, &one(&app, "minutes=30")).await;
    assert_eq!(slots.first().map(String::as_str), Some("09:00"), "without hours from 9 to 5");
}

#[tokio::test]
async fn a_search_costs_the_same_few_statements_whatever_is_booked() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let patient = patient(&app, &app.clinic, "active").await;
    let (empty, few) = counting_statements(reception.get("/openings?minutes=30")).await;
    assert_eq!(empty.expect(200)["items"].as_array().unwrap().len(), 120);
    let week = json!({ "appointment": booking(&app, patient, "09:00", "17:00"),
        "repeat": { "every": 1, "unit": "days", "count": 60 } });
    reception.post("/appointments/series", week).await.expect(201);
    let (full, many) = counting_statements(reception.get("/openings?minutes=30")).await;
    assert!(
        full.expect(200)["items"]
            .as_array()
            .unwrap()
            .iter()
            .all(|slot| slot["doctor_id"] == json!(app.clinic.second_doctor))
    );
    assert_eq!(few, many);
    assert!(many <= 6, "{many} statements");
}
