//! Weeks, holidays, leave, and what results for each day.

use dentpro_core::permissions::BuiltInRole::{Admin, Receptionist};
use futures::future::join_all;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::testing::{Client, TestApp, TestResponse};

async fn put_week(client: &Client, path: &str, version: i64, days: Value) -> TestResponse {
    client.with("if-match", &format!("\"{version}\"")).put(path, json!({ "days": days })).await
}

/// Sets a week for the first time.
async fn set_week(client: &Client, owner: &str, id: Uuid, days: Value) {
    put_week(client, &format!("/working-hours/weekly/{owner}/{id}"), 1, days).await.expect(200);
}

/// One day of a branch or a doctor, as the API resolves it: `10:00–14:00`, and the reason.
async fn day(client: &Client, who: Uuid, date: &str) -> (Vec<String>, Value) {
    let hours = client.get(&format!("/working-hours?from={date}&to={date}")).await.expect(200);
    let mut all = hours["branches"].as_array().unwrap().clone();
    all.extend(hours["doctors"].as_array().unwrap().clone());
    let found =
        all.into_iter().find(|o| o["staff_id"] == json!(who) || o["branch_id"] == json!(who)).unwrap();
    let text = |i: &Value| format!("{}–{}", i["start"].as_str().unwrap(), i["end"].as_str().unwrap());
    let day = &found["days"][0];
    (day["intervals"].as_array().unwrap().iter().map(text).collect(), day["reason"]["name_en"].clone())
}

#[tokio::test]
async fn a_doctors_own_week_stands_before_the_branchs() {
    let app = TestApp::new().await;
    let admin = app.login(Admin).await;
    let both = json!([{ "weekday": 1, "start": "10:00", "end": "14:00" }, { "weekday": 1, "start": "16:00", "end": "22:00" }]);
    set_week(&admin, "branch", app.clinic.branch, both).await;
    let evening = json!([{ "weekday": 1, "start": "16:00", "end": "20:00" }]);
    set_week(&admin, "staff", app.clinic.doctor(), evening).await;
    let branch_hours = vec!["10:00–14:00".to_owned(), "16:00–22:00".to_owned()];
    assert_eq!(day(&admin, app.clinic.branch, "2026-11-23").await, (branch_hours.clone(), Value::Null));
    assert_eq!(day(&admin, app.clinic.branch, "2026-11-24").await.0, Vec::<String>::new());
    assert_eq!(day(&admin, app.clinic.doctor(), "2026-11-23").await.0, ["16:00–20:00"]);
    assert_eq!(day(&admin, app.clinic.second_doctor, "2026-11-23").await.0, branch_hours);
}

#[tokio::test]
async fn hours_run_past_midnight_and_may_not_run_into_the_next_mornings() {
    let app = TestApp::new().await;
    let admin = app.login(Admin).await;
    let path = format!("/working-hours/weekly/branch/{}", app.clinic.branch);
    let night = json!({ "weekday": 1, "start": "20:00", "end": "02:00" });
    let whole_day = json!({ "weekday": 3, "start": "00:00", "end": "00:00" });
    put_week(&admin, &path, 1, json!([night, whole_day])).await.expect(200);
    let hours = admin.get("/working-hours?from=2026-11-23&to=2026-11-25").await.expect(200);
    let days = &hours["branches"][0]["days"];
    assert_eq!(
        days[0]["intervals"][0],
        json!({ "start": "20:00", "end": "02:00", "starts_at": "2026-11-23T20:00:00+02:00",
            "ends_at": "2026-11-24T02:00:00+02:00" })
    );
    assert_eq!(days[2]["intervals"][0]["ends_at"], "2026-11-26T00:00:00+02:00");

    for (other, code) in [
        (json!({ "weekday": 2, "start": "01:30", "end": "09:00" }), "clinic.hours_overlap"),
        (json!({ "weekday": 1, "start": "19:00", "end": "20:30" }), "clinic.hours_overlap"),
    ] {
        put_week(&admin, &path, 2, json!([night, other])).await.expect_invalid("/days", code);
    }
    let no_time = json!([{ "weekday": 1, "start": "24:00", "end": "02:00" }]);
    put_week(&admin, &path, 2, no_time).await.expect_invalid("/days/0/start", "clinic.time_malformed");
    let eighth_day = json!([{ "weekday": 7, "start": "09:00", "end": "13:00" }]);
    put_week(&admin, &path, 2, eighth_day).await.expect_invalid("/days/0/weekday", "request.out_of_range");
    let kept = admin.get(&path).await.expect(200);
    assert_eq!(kept, json!({ "days": [night, whole_day], "version": 2 }));
    let foreign = format!("/working-hours/weekly/branch/{}", app.other_clinic.branch);
    put_week(&admin, &foreign, 1, json!([])).await.expect_problem(404, "request.not_found");
    admin.get(&foreign).await.expect_problem(404, "request.not_found");
}

#[tokio::test]
async fn a_holiday_closes_the_branch_and_its_doctors_but_not_who_has_hours_of_his_own_that_day() {
    let app = TestApp::new().await;
    let (admin, clinic) = (app.login(Admin).await, &app.clinic);
    let monday = json!([{ "weekday": 1, "start": "10:00", "end": "18:00" }]);
    set_week(&admin, "branch", clinic.branch, monday.clone()).await;
    set_week(&admin, "staff", clinic.doctor(), monday).await;
    let holiday = json!({ "branch_id": clinic.branch, "kind": "holiday", "name_ar": "عطلة", "name_en": "Holiday",
        "starts_on": "2026-11-22", "ends_on": "2026-11-24" });
    let made = admin.post("/closures", holiday.clone()).await.expect(201);
    for who in [clinic.branch, clinic.doctor(), clinic.second_doctor] {
        assert_eq!(day(&admin, who, "2026-11-23").await, (vec![], json!("Holiday")));
    }
    // Not meant for everybody: who has a week of his own works.
    let path = format!("/closures/{}", made["id"].as_str().unwrap());
    admin.patch(&path, 1, json!({ "everybody": false })).await.expect(200);
    admin.patch(&path, 1, json!({ "everybody": true })).await.expect_problem(412, "request.stale");
    assert_eq!(day(&admin, clinic.doctor(), "2026-11-23").await, (vec!["10:00–18:00".into()], Value::Null));
    assert_eq!(day(&admin, clinic.second_doctor, "2026-11-23").await, (vec![], json!("Holiday")));

    let on_duty = json!({ "staff_id": clinic.second_doctor, "kind": "hours", "name_en": "On duty",
        "starts_on": "2026-11-23", "ends_on": "2026-11-23",
        "hours": [{ "weekday": 1, "start": "20:00", "end": "01:00" }] });
    admin.post("/closures", on_duty).await.expect(201);
    assert_eq!(
        day(&admin, clinic.second_doctor, "2026-11-23").await,
        (vec!["20:00–01:00".into()], json!("On duty"))
    );
    admin.delete(&path).await.expect(204);
    assert_eq!(day(&admin, clinic.branch, "2026-11-23").await, (vec!["10:00–18:00".into()], Value::Null));
    admin.delete(&path).await.expect_problem(404, "request.not_found");
}

#[tokio::test]
async fn ramadan_changes_the_hours_by_weekday_until_its_last_day() {
    let app = TestApp::new().await;
    let (admin, branch) = (app.login(Admin).await, app.clinic.branch);
    let every_day: Vec<Value> =
        (0..7).map(|weekday| json!({ "weekday": weekday, "start": "10:00", "end": "22:00" })).collect();
    set_week(&admin, "branch", branch, json!(every_day)).await;
    let ramadan = json!({ "branch_id": branch, "kind": "hours", "name_ar": "رمضان", "name_en": "Ramadan",
        "starts_on": "2027-02-08", "ends_on": "2027-03-09", "hours": [
            { "weekday": 1, "start": "11:00", "end": "15:00" }, { "weekday": 1, "start": "20:30", "end": "01:00" },
            { "weekday": 2, "start": "20:30", "end": "01:00" }] });
    admin.post("/closures", ramadan).await.expect(201);
    let monday = vec!["11:00–15:00".to_owned(), "20:30–01:00".to_owned()];
    assert_eq!(day(&admin, branch, "2027-02-08").await, (monday, json!("Ramadan")));
    assert_eq!(day(&admin, branch, "2027-03-09").await.0, ["20:30–01:00"]);
    assert_eq!(day(&admin, branch, "2027-02-12").await, (vec![], json!("Ramadan")), "no Friday hours");
    assert_eq!(day(&admin, branch, "2027-03-10").await, (vec!["10:00–22:00".into()], Value::Null));
    // A holiday within it is shorter, so it counts.
    let eve = json!({ "branch_id": branch, "kind": "holiday", "name_en": "Eve", "starts_on": "2027-03-09",
        "ends_on": "2027-03-09" });
    admin.post("/closures", eve).await.expect(201);
    assert_eq!(day(&admin, branch, "2027-03-09").await, (vec![], json!("Eve")));
}

#[tokio::test]
async fn dated_hours_that_make_no_sense_are_refused_at_their_field_and_reception_only_reads_them() {
    let app = TestApp::new().await;
    let (admin, clinic) = (app.login(Admin).await, &app.clinic);
    let holiday = json!({ "branch_id": clinic.branch, "kind": "holiday", "name_en": "Feast",
        "starts_on": "2027-01-07", "ends_on": "2027-01-08" });
    let hours = json!([{ "weekday": 4, "start": "10:00", "end": "12:00" }]);
    let doctor = json!(clinic.doctor());
    for (change, pointer, code) in [
        (json!({ "ends_on": "2027-01-06" }), "/ends_on", "clinic.closure_ends_before_start"),
        (json!({ "ends_on": "2031-01-06" }), "/ends_on", "clinic.closure_too_long"),
        (json!({ "starts_on": "soon" }), "/starts_on", "request.wrong_type"),
        (json!({ "name_en": " " }), "/name_en", "request.required"),
        (json!({ "hours": hours }), "/hours", "clinic.closure_has_hours"),
        (json!({ "kind": "leave" }), "/kind", "clinic.closure_kind_of_owner"),
        (json!({ "branch_id": null }), "/branch_id", "clinic.one_owner"),
        (json!({ "staff_id": doctor }), "/branch_id", "clinic.one_owner"),
        (json!({ "branch_id": null, "staff_id": doctor }), "/kind", "clinic.closure_kind_of_owner"),
        (json!({ "branch_id": app.other_clinic.branch }), "/branch_id", "request.unknown_reference"),
    ] {
        let mut body = holiday.clone();
        for (key, value) in change.as_object().unwrap() {
            body[key] = value.clone();
        }
        admin.post("/closures", body).await.expect_invalid(pointer, code);
    }
    admin.post("/closures", holiday.clone()).await.expect(201);
    let reception = app.login(Receptionist).await;
    reception.post("/closures", holiday).await.expect_problem(403, "identity.permission_missing");
    let seen = |query: &str| {
        let (reception, path) = (reception.clone(), format!("/closures{query}"));
        async move { reception.get(&path).await.expect(200)["items"].as_array().unwrap().len() }
    };
    assert_eq!(seen("").await, 1);
    assert_eq!(seen("?from=2027-01-08&to=2027-01-31").await, 1);
    assert_eq!(seen("?from=2027-01-09").await, 0);
    assert_eq!(seen("?to=2027-01-06").await, 0);
    assert_eq!(seen(&format!("?staff_id={}", clinic.doctor())).await, 0);
}

#[tokio::test]
async fn the_list_of_dated_hours_goes_on_where_a_page_ended() {
    let app = TestApp::new().await;
    let admin = app.login(Admin).await;
    for name in ["One", "Two", "Three"] {
        let holiday = json!({ "branch_id": app.clinic.branch, "kind": "holiday", "name_en": name,
            "starts_on": "2027-01-07", "ends_on": "2027-01-07" });
        admin.post("/closures", holiday).await.expect(201);
    }
    let first = admin.get("/closures?limit=2").await.expect(200);
    let rest = format!("/closures?limit=2&cursor={}", first["next_cursor"].as_str().unwrap());
    let rest = admin.get(&rest).await.expect(200);
    let mut names: Vec<&str> = [&first, &rest]
        .iter()
        .flat_map(|page| page["items"].as_array().unwrap())
        .map(|item| item["name_en"].as_str().unwrap())
        .collect();
    names.sort_unstable();
    assert_eq!(names, ["One", "Three", "Two"]);
    assert!(rest["next_cursor"].is_null());
}

#[tokio::test]
async fn of_two_who_edit_one_week_the_second_hears_that_it_has_changed() {
    let app = TestApp::new().await;
    let admin = app.login(Admin).await;
    let path = format!("/working-hours/weekly/staff/{}", app.clinic.doctor());
    let day = |weekday: i32| json!([{ "weekday": weekday, "start": "09:00", "end": "17:00" }]);
    admin.put(&path, json!({ "days": [] })).await.expect_problem(428, "request.if_match_required");
    for version in [1, 2] {
        let answers = join_all((0..6).map(|n| put_week(&admin, &path, version, day(n)))).await;
        let (set, refused): (Vec<_>, Vec<_>) = answers.iter().partition(|a| a.status == 200);
        assert_eq!(set.len(), 1);
        refused.iter().for_each(|a| a.expect_problem(412, "request.stale"));
        assert_eq!(set[0].headers["etag"], format!("\"{}\"", version + 1));
        assert_eq!(admin.get(&path).await.expect(200), set[0].json());
    }
    let reception = app.login(Receptionist).await;
    let refused = put_week(&reception, &path, 3, day(1)).await;
    refused.expect_problem(403, "identity.permission_missing");
}

#[tokio::test]
async fn hours_are_asked_for_45_days_at_most() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let hours = reception.get("/working-hours?from=2026-12-01&to=2027-01-14").await.expect(200);
    assert_eq!(hours["branches"][0]["days"].as_array().unwrap().len(), 45);
    for to in ["2027-01-15", "2026-11-30"] {
        let refused = reception.get(&format!("/working-hours?from=2026-12-01&to={to}")).await;
        refused.expect_invalid("to", "clinic.too_many_days");
    }
    let refused = reception.get("/working-hours?from=2026-12-01&to=9999-12-31").await;
    refused.expect_invalid("to", "request.date_out_of_range");
}
