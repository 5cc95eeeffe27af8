//! The worklists through HTTP.

use dentpro_core::permissions::BuiltInRole::{Admin, Assistant, Doctor, Receptionist};
use serde_json::{Value, json};

use crate::testing::{Client, TestApp};

async fn patient(client: &Client, name: &str) -> String {
    let new = json!({ "name_en": name, "phones": [{ "number": "01001234567" }] });
    client.post("/patients", new).await.expect(201)["id"].as_str().unwrap().to_owned()
}

/// Booked with the first doctor in the first chair.
async fn booked(app: &TestApp, client: &Client, patient: &str, day: &str, hour: &str) -> Value {
    let new = json!({
        "patient_id": patient,
        "doctor_id": app.clinic.doctor(),
        "chair_id": app.clinic.chairs[0],
        "starts_at": format!("{day}T{hour}:00+02:00"),
        "ends_at": format!("{day}T{hour}:30+02:00").replace(":00:30", ":30:00"),
        "reason": "Check-up"
    });
    client.post("/appointments", new).await.expect(201)
}

fn path(appointment: &Value, act: &str) -> String {
    format!("/appointments/{}{act}", appointment["id"].as_str().unwrap())
}

async fn names(client: &Client, list: &str) -> Vec<String> {
    let rows = client.get(&format!("/worklists/{list}")).await.expect(200);
    let name = |row: &Value| row["patient"]["name_en"].as_str().unwrap().to_owned();
    rows["items"].as_array().unwrap().iter().map(name).collect()
}

#[tokio::test]
async fn who_cancels_or_misses_waits_on_a_list_until_booked_again() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let early = patient(&reception, "Early").await;
    let late = patient(&reception, "Late").await;
    let in_time = booked(&app, &reception, &early, "2026-11-26", "10:00").await;
    let too_late = booked(&app, &reception, &late, "2026-11-23", "12:00").await;
    let cancel = json!({ "status": "cancelled", "reason": "Travels" });
    reception.post(&path(&in_time, "/status"), cancel.clone()).await.expect(200);
    let gone = reception.post(&path(&too_late, "/status"), cancel).await.expect(200);
    assert_eq!((&gone["late_cancelled"], &gone["follow_up"]), (&json!(true), &json!("broken")));

    assert_eq!(names(&reception, "unscheduled").await, ["Early"]);
    assert_eq!(names(&reception, "broken").await, ["Late"]);
    let rows = reception.get("/worklists/unscheduled").await.expect(200);
    assert_eq!(rows["items"][0]["reason"], "Travels");
    assert_eq!(reception.get("/worklists/counts").await.expect(200)["broken"], 1);

    booked(&app, &reception, &early, "2026-11-30", "10:00").await;
    assert!(names(&reception, "unscheduled").await.is_empty(), "booked again");
    let off = reception.post(&path(&too_late, "/dismiss-follow-up"), json!({ "reason": "Moved away" })).await;
    off.expect(200);
    assert!(names(&reception, "broken").await.is_empty());
    let again =
        reception.post(&path(&too_late, "/dismiss-follow-up"), json!({ "reason": "Moved away" })).await;
    again.expect_problem(409, "scheduling.no_follow_up");
}

#[tokio::test]
async fn who_cancels_one_of_two_or_wants_no_other_is_on_no_list() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let mona = patient(&reception, "Mona").await;
    let first = booked(&app, &reception, &mona, "2026-11-26", "10:00").await;
    let second = booked(&app, &reception, &mona, "2026-11-30", "10:00").await;
    reception.post(&path(&first, "/status"), json!({ "status": "cancelled" })).await.expect(200);
    assert!(names(&reception, "unscheduled").await.is_empty());
    let for_good = json!({ "status": "cancelled", "follow_up": false });
    reception.post(&path(&second, "/status"), for_good).await.expect(200);
    assert!(names(&reception, "unscheduled").await.is_empty());
}

#[tokio::test]
async fn tomorrows_unconfirmed_are_called_and_each_call_is_remembered() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let mona = patient(&reception, "Mona").await;
    let tomorrow = booked(&app, &reception, &mona, "2026-11-24", "10:00").await;
    booked(&app, &reception, &mona, "2026-11-25", "10:00").await;
    assert_eq!(names(&reception, "unconfirmed").await, ["Mona"]);
    let call = json!({ "patient_id": mona, "list": "unconfirmed", "appointment_id": tomorrow["id"],
        "channel": "call", "outcome": "no_answer", "note": "Rings" });
    reception.post("/worklists/contacts", call.clone()).await.expect(201);
    let rows = reception.get("/worklists/unconfirmed").await.expect(200);
    assert_eq!(rows["items"][0]["last_contact"]["outcome"], "no_answer");
    assert_eq!(rows["items"][0]["attempts"], 1);

    let mut later = call.clone();
    later["again_on"] = json!("2026-11-24");
    app.advance(std::time::Duration::from_secs(60));
    reception.post("/worklists/contacts", later).await.expect(201);
    assert!(names(&reception, "unconfirmed").await.is_empty(), "not before that day");
    let all = reception.get("/worklists/unconfirmed?later=true").await.expect(200);
    assert_eq!(all["items"][0]["attempts"], 2);

    let stranger = patient(&app.login_elsewhere(Receptionist).await, "Hidden").await;
    let mut wrong = call.clone();
    wrong["patient_id"] = json!(stranger);
    reception
        .post("/worklists/contacts", wrong)
        .await
        .expect_invalid("/patient_id", "request.unknown_reference");
    let history = reception.get(&format!("/worklists/contacts?patient_id={mona}&limit=1")).await.expect(200);
    assert_eq!(history["items"].as_array().unwrap().len(), 1);
    assert!(history["next_cursor"].is_string());
}

#[tokio::test]
async fn a_freed_slot_is_offered_in_order_and_to_nobody_twice() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let waiting = patient(&reception, "Waits for a slot").await;
    let earlier = patient(&reception, "Would come earlier").await;
    let entry =
        json!({ "patient_id": waiting, "minutes": 30, "weekdays": [3], "after": "09:00", "before": "12:00" });
    let entry = reception.post("/waitlist", entry).await.expect(201);
    app.advance(std::time::Duration::from_secs(60));
    let asap = booked(&app, &reception, &earlier, "2026-12-02", "10:00").await;
    reception.patch(&path(&asap, ""), 1, json!({ "asap": true })).await.expect(200);
    assert_eq!(names(&reception, "asap").await, ["Waits for a slot", "Would come earlier"]);

    let slot = "doctor_id=DOCTOR&starts_at=2026-11-25T10:00:00%2B02:00&ends_at=2026-11-25T10:30:00%2B02:00";
    let slot = slot.replace("DOCTOR", &app.clinic.doctor().to_string());
    let fits = reception.get(&format!("/slot-offers/candidates?{slot}")).await.expect(200);
    let fits = fits["items"].as_array().unwrap();
    assert_eq!(fits.len(), 2);
    assert_eq!(fits[0]["patient"]["name_en"], "Waits for a slot");

    let offer = json!({ "doctor_id": app.clinic.doctor(), "chair_id": app.clinic.chairs[0],
        "starts_at": "2026-11-25T10:00:00+02:00", "ends_at": "2026-11-25T10:30:00+02:00",
        "waitlist_entry_id": entry["id"] });
    let made = reception.post("/slot-offers", offer.clone()).await.expect(201);
    reception.post("/slot-offers", offer).await.expect_problem(409, "scheduling.offered_already");
    let answer = format!("/slot-offers/{}/answer", made["id"].as_str().unwrap());
    reception.post(&answer, json!({ "answer": "declined" })).await.expect(200);
    reception
        .post(&answer, json!({ "answer": "accepted" }))
        .await
        .expect_problem(409, "scheduling.offer_answered");
    let again = reception.get(&format!("/slot-offers/candidates?{slot}")).await.expect(200);
    assert_eq!(again["items"][0]["offered"], "declined");

    let long = slot.replace("10:30", "10:15");
    assert!(
        reception.get(&format!("/slot-offers/candidates?{long}")).await.expect(200)["items"]
            .as_array()
            .unwrap()
            .is_empty()
    );
    let close = format!("/waitlist/{}/close", entry["id"].as_str().unwrap());
    reception.post(&close, json!({ "outcome": "withdrawn" })).await.expect(200);
    assert_eq!(reception.post(&close, json!({ "outcome": "withdrawn" })).await.status.as_u16(), 404);
    assert_eq!(names(&reception, "asap").await, ["Would come earlier"]);
}

#[tokio::test]
async fn what_is_planned_and_what_is_due_is_called_until_it_is_booked() {
    let app = TestApp::new().await;
    let (admin, doctor) = (app.login(Admin).await, app.login(Doctor).await);
    let mona = patient(&admin, "Mona").await;
    let plan = json!({ "layer": "plan", "code": "crown", "teeth": ["16"], "material": "zirconia", "on": "2026-11-23" });
    doctor.post(&format!("/patients/{mona}/chart/events"), plan).await.expect(201);
    assert_eq!(names(&admin, "planned").await, ["Mona"]);

    let kind = json!({ "name_en": "Check-up", "interval_months": 6, "minutes": 20 });
    let kind = admin.post("/recall-types", kind).await.expect(201);
    let recall = format!("/patients/{mona}/recalls/{}", kind["id"].as_str().unwrap());
    admin.put(&recall, json!({ "set_due_on": "2026-12-20" })).await.expect(200);
    assert!(names(&admin, "recall_due").await.is_empty(), "not within two weeks");
    admin.put(&recall, json!({ "set_due_on": "2026-12-01", "version": 1 })).await.expect(200);
    assert_eq!(names(&admin, "recall_due").await, ["Mona"]);
    let counts = admin.get("/worklists/counts").await.expect(200);
    assert_eq!((&counts["planned"], &counts["recall_due"]), (&json!(1), &json!(1)));

    booked(&app, &admin, &mona, "2026-11-30", "10:00").await;
    assert!(names(&admin, "planned").await.is_empty());
    assert!(names(&admin, "recall_due").await.is_empty());
}

#[tokio::test]
async fn a_list_goes_on_after_its_page_though_all_are_due_on_one_day() {
    let app = TestApp::new().await;
    let admin = app.login(Admin).await;
    let kind = json!({ "name_en": "Check-up", "interval_months": 6, "minutes": 20 });
    let kind = admin.post("/recall-types", kind).await.expect(201);
    let waiting = ["Hala", "Mona", "Nada", "Rana", "Sara"];
    for name in waiting {
        let recall =
            format!("/patients/{}/recalls/{}", patient(&admin, name).await, kind["id"].as_str().unwrap());
        admin.put(&recall, json!({ "set_due_on": "2026-11-20" })).await.expect(200);
    }
    let (mut seen, mut after) = (Vec::new(), String::new());
    for _ in 0..3 {
        let page = admin.get(&format!("/worklists/recall_due?limit=2{after}")).await.expect(200);
        let rows = page["items"].as_array().unwrap();
        seen.extend(rows.iter().map(|row| row["patient"]["name_en"].as_str().unwrap().to_owned()));
        after = format!("&cursor={}", page["next_cursor"].as_str().unwrap_or_default());
    }
    seen.sort();
    assert_eq!(seen, waiting);
}

#[tokio::test]
async fn a_doctors_list_knows_what_he_planned_whoever_planned_first() {
    let app = TestApp::new().await;
    let (admin, doctor) = (app.login(Admin).await, app.login(Doctor).await);
    let mona = patient(&admin, "Mona").await;
    let events = format!("/patients/{mona}/chart/events");
    for (who, code) in [(&admin, "crown"), (&doctor, "root_canal")] {
        let plan = json!({ "layer": "plan", "code": code, "teeth": ["16"], "on": "2026-11-20" });
        who.post(&events, plan).await.expect(201);
    }
    let about = async |path: String| {
        let rows = admin.get(&path).await.expect(200);
        rows["items"].as_array().unwrap().iter().map(|row| row["about_en"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(about("/worklists/planned".to_owned()).await, ["Crown 16; Root canal treatment 16"]);
    let his = about(format!("/worklists/planned?doctor_id={}", app.clinic.doctor())).await;
    assert_eq!(his, ["Root canal treatment 16"]);
}

#[tokio::test]
async fn planned_work_is_told_in_words_with_its_teeth_in_order_and_its_day() {
    let app = TestApp::new().await;
    let (admin, doctor) = (app.login(Admin).await, app.login(Doctor).await);
    let mona = patient(&admin, "Mona").await;
    let events = format!("/patients/{mona}/chart/events");
    for (code, teeth, on) in [
        ("crown", json!(["47"]), "2026-11-20"),
        ("root_canal", json!(["16"]), "2026-11-23"),
        ("crown", json!(["24"]), "2026-11-23"),
    ] {
        let plan = json!({ "layer": "plan", "code": code, "teeth": teeth, "on": on });
        doctor.post(&events, plan).await.expect(201);
    }
    let rows = admin.get("/worklists/planned").await.expect(200);
    let row = &rows["items"][0];
    assert_eq!(row["about_en"], "Crown 24, 47; Root canal treatment 16");
    assert_eq!(row["about_ar"], "تاج 24، 47؛ علاج عصب 16");
    assert_eq!(row["due_on"], "2026-11-20", "the day the first of it was planned");
}

#[tokio::test]
async fn an_appointment_on_a_list_is_about_its_type_and_keeps_the_typed_reason_apart() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let kind = json!({ "name_ar": "كشف", "name_en": "Check-up visit", "colour": "#336699", "minutes": 30 });
    let kind = app.login(Admin).await.post("/appointment-types", kind).await.expect(201);
    let mona = patient(&reception, "Mona").await;
    let tomorrow = booked(&app, &reception, &mona, "2026-11-24", "10:00").await;
    let untyped = reception.get("/worklists/unconfirmed").await.expect(200);
    let row = &untyped["items"][0];
    assert_eq!([&row["about_ar"], &row["about_en"], &row["reason"]], ["", "", "Check-up"]);

    let typed = json!({ "type_id": kind["id"], "asap": true });
    reception.patch(&path(&tomorrow, ""), 1, typed).await.expect(200);
    for list in ["unconfirmed", "asap"] {
        let rows = reception.get(&format!("/worklists/{list}")).await.expect(200);
        let row = &rows["items"][0];
        let told = [&row["about_ar"], &row["about_en"], &row["reason"]];
        assert_eq!(told, ["كشف", "Check-up visit", "Check-up"], "{list}");
    }
    let cancel = json!({ "status": "cancelled", "reason": "Travels" });
    reception.post(&path(&tomorrow, "/status"), cancel).await.expect(200);
    let rows = reception.get("/worklists/unscheduled").await.expect(200);
    let row = &rows["items"][0];
    let told = [&row["about_ar"], &row["about_en"], &row["reason"]];
    assert_eq!(told, ["كشف", "Check-up visit", "Travels"]);
}

#[tokio::test]
async fn the_lists_are_for_who_sees_the_book_and_are_worked_by_who_may_book() {
    let app = TestApp::new().await;
    let admin = app.login(Admin).await;
    admin.get("/worklists/nonsense").await.expect_problem(404, "request.not_found");
    app.anonymous().get("/worklists/broken").await.expect_problem(401, "identity.not_signed_in");
    app.login(Assistant).await.get("/worklists/broken").await.expect(200);
    let mona = patient(&admin, "Mona").await;
    let entry = json!({ "patient_id": mona, "minutes": 3 });
    admin.post("/waitlist", entry).await.expect_invalid("/minutes", "request.out_of_range");
    let entry = json!({ "patient_id": mona, "minutes": 30, "doctor_id": app.other_clinic.doctor() });
    admin.post("/waitlist", entry).await.expect_invalid("/doctor_id", "request.unknown_reference");
}
