//! The dental chart through HTTP.

use dentpro_core::permissions::BuiltInRole::{Admin, Assistant, Doctor, Receptionist};
use serde_json::{Value, json};
use sqlx::Connection;
use uuid::Uuid;

use crate::testing::{Client, TestApp};

mod acts;
mod legality;
mod notes;
mod printing;

struct Mouth {
    app: TestApp,
    doctor: Client,
    patient: Uuid,
}

impl Mouth {
    async fn new() -> Self {
        let app = TestApp::new().await;
        let patient = app.patient(app.clinic.id).await;
        Self { doctor: app.login(Doctor).await, app, patient }
    }

    fn events(&self) -> String {
        format!("/patients/{}/chart/events", self.patient)
    }

    async fn record(&self, event: Value) -> Value {
        self.doctor.post(&self.events(), event).await.expect(201)
    }

    async fn chart(&self, as_of: &str) -> Value {
        let query = if as_of.is_empty() { String::new() } else { format!("?as_of={as_of}") };
        self.doctor.get(&format!("/patients/{}/chart{query}", self.patient)).await.expect(200)
    }

    async fn list(&self) -> Vec<Value> {
        let all = self.doctor.get(&format!("{}?limit=100", self.events())).await.expect(200);
        all["items"].as_array().unwrap().clone()
    }
}

fn finding(code: &str, tooth: &str, surfaces: &[&str]) -> Value {
    json!({ "layer": "finding", "code": code, "teeth": [tooth], "surfaces": surfaces })
}

fn codes(chart: &Value, tooth: &str) -> Vec<String> {
    let states = chart["teeth"][tooth]["states"].as_array().cloned().unwrap_or_default();
    states.iter().map(|s| s["code"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn the_chart_of_a_day_is_the_replay_of_the_events_up_to_it() {
    let mouth = Mouth::new().await;
    let on = |mut event: Value, day: &str| {
        event["on"] = day.into();
        event
    };
    mouth.record(on(finding("caries", "16", &["M", "O"]), "2026-11-01")).await;
    let filling = json!({ "layer": "done", "code": "filling", "teeth": ["16"], "surfaces": ["M", "O"], "material": "composite" });
    mouth.record(on(filling, "2026-11-10")).await;
    mouth.record(on(json!({ "layer": "done", "code": "extracted", "teeth": ["48"] }), "2026-11-20")).await;

    assert_eq!(codes(&mouth.chart("2026-10-31").await, "16"), Vec::<String>::new());
    assert_eq!(codes(&mouth.chart("2026-11-01").await, "16"), ["caries"]);
    assert_eq!(codes(&mouth.chart("2026-11-10").await, "16"), ["filling"]);
    assert!(mouth.chart("2026-11-19").await["teeth"].get("48").is_none());
    let today = mouth.chart("").await;
    assert_eq!(today["teeth"]["48"]["present"], false);
    assert_eq!(today["dentition"], "permanent");
    let mut same = mouth.chart("2026-11-23").await;
    same["as_of"] = Value::Null;
    assert_eq!(same, today);
    mouth.doctor.get(&format!("/patients/{}/chart?as_of=10000-01-01", mouth.patient)).await.expect(422);
    mouth.doctor.get(&format!("/patients/{}/chart?as_of=9999-12-31", mouth.patient)).await.expect(422);
}

#[tokio::test]
async fn what_cannot_be_is_refused_with_the_place_that_is_wrong() {
    let mouth = Mouth::new().await;
    mouth.record(json!({ "layer": "finding", "code": "missing", "teeth": ["36"], "on": "2026-11-10" })).await;
    let filling = |tooth: &str, surfaces: &[&str]| json!({ "layer": "done", "code": "filling", "teeth": [tooth], "surfaces": surfaces });
    let cases = [
        (filling("36", &["O"]), "/teeth", "charting.tooth_missing"),
        (filling("19", &["O"]), "/teeth/0", "charting.unknown_tooth"),
        (filling("16", &["I"]), "/surfaces/0", "charting.unknown_surface"),
        (filling("16", &["MO"]), "/surfaces/0", "charting.unknown_surface"),
        (filling("16", &["M", "M"]), "/surfaces/1", "charting.surface_repeated"),
        (filling("16", &[]), "/surfaces", "charting.surface_required"),
        (finding("missing", "16", &["O"]), "/surfaces", "charting.surface_not_allowed"),
        (finding("caries\u{0}", "16", &["O"]), "/code", "charting.unknown_code"),
        (
            json!({ "layer": "done", "code": "caries", "teeth": ["16"], "surfaces": ["O"] }),
            "/layer",
            "charting.layer_not_allowed",
        ),
        (
            json!({ "layer": "finding", "code": "caries", "teeth": ["16"], "surfaces": ["O"], "severity": 7 }),
            "/severity",
            "charting.severity_not_allowed",
        ),
        (
            json!({ "layer": "finding", "code": "caries", "teeth": ["16"], "surfaces": ["O"], "on": "2026-11-24" }),
            "/on",
            "charting.on_in_future",
        ),
        (
            json!({ "layer": "finding", "code": "caries", "teeth": ["16"], "surfaces": ["O"], "on": "1991-04-01" }),
            "/on",
            "charting.before_birth",
        ),
        (
            json!({ "layer": "finding", "code": "caries", "teeth": ["16"], "surfaces": ["O"], "on": "9999-12-31" }),
            "/on",
            "request.date_out_of_range",
        ),
        (
            json!({ "layer": "finding", "code": "caries", "teeth": ["16"], "surfaces": ["O"], "on": "10000-01-01" }),
            "/on",
            "request.wrong_type",
        ),
        (
            json!({ "layer": "done", "code": "crown", "teeth": ["16"], "material": "amalgam" }),
            "/material",
            "charting.material_not_allowed",
        ),
        (
            json!({ "layer": "finding", "code": "caries", "teeth": ["16"], "surfaces": ["O"], "severity": -1 }),
            "/severity",
            "request.wrong_type",
        ),
        (
            json!({ "layer": "finding", "code": "caries", "colour": "red" }),
            "/colour",
            "request.unknown_field",
        ),
        (
            json!({ "layer": "finding", "code": "caries", "teeth": ["16"], "surfaces": ["O"], "visit_id": Uuid::now_v7() }),
            "/visit_id",
            "request.unknown_reference",
        ),
    ];
    for (event, pointer, code) in cases {
        let answer = mouth.doctor.post(&mouth.events(), event.clone()).await;
        assert_eq!(answer.status.as_u16(), 422, "{event}: {}", answer.text());
        answer.expect_invalid(pointer, code);
    }
    // The day before it was found missing, the tooth could still be filled.
    let mut earlier = filling("36", &["O"]);
    earlier["on"] = "2026-11-09".into();
    mouth.record(earlier).await;
}

#[tokio::test]
async fn a_bridge_is_one_event_and_its_unit_is_checked() {
    let mouth = Mouth::new().await;
    mouth.record(json!({ "layer": "finding", "code": "missing", "teeth": ["15"] })).await;
    let unit = |parts: &[(&str, &str)]| {
        parts.iter().map(|(tooth, part)| json!({ "tooth": tooth, "part": part })).collect::<Vec<_>>()
    };
    let bridge =
        |unit: Vec<Value>| json!({ "layer": "done", "code": "bridge", "unit": unit, "material": "zirconia" });
    let recorded =
        mouth.record(bridge(unit(&[("14", "abutment"), ("15", "pontic"), ("16", "abutment")]))).await;
    assert_eq!(recorded["unit"].as_array().unwrap().len(), 3);
    assert_eq!(recorded["teeth"], json!(["14", "15", "16"]));
    let chart = mouth.chart("").await;
    for (tooth, part) in [("14", "abutment"), ("15", "pontic"), ("16", "abutment")] {
        let states = chart["teeth"][tooth]["states"].as_array().unwrap();
        assert!(states.iter().any(|s| s["event_id"] == recorded["id"] && s["part"] == part), "{tooth}");
    }
    let gap = bridge(unit(&[("24", "abutment"), ("26", "pontic"), ("27", "abutment")]));
    mouth.doctor.post(&mouth.events(), gap).await.expect_invalid("/unit", "charting.unit_not_contiguous");
    let unknown = bridge(unit(&[("14", "abutment"), ("19", "pontic")]));
    mouth
        .doctor
        .post(&mouth.events(), unknown)
        .await
        .expect_invalid("/unit/1/tooth", "charting.unknown_tooth");

    // Taken back it goes as a whole.
    let path = format!("{}/{}/correct", mouth.events(), recorded["id"].as_str().unwrap());
    mouth.doctor.post(&path, json!({ "reason": "Wrong side" })).await.expect(201);
    let chart = mouth.chart("").await;
    assert!(chart["teeth"].get("14").is_none() && chart["teeth"].get("16").is_none());
}

#[tokio::test]
async fn an_entry_is_taken_back_once_and_stays_in_the_history() {
    let mouth = Mouth::new().await;
    let wrong = mouth.record(finding("caries", "16", &["O"])).await;
    let path = format!("{}/{}/correct", mouth.events(), wrong["id"].as_str().unwrap());
    mouth.doctor.post(&path, json!({ "reason": "  " })).await.expect_invalid("/reason", "request.required");
    mouth
        .doctor
        .post(&path, json!({ "reason": "a\u{202e}b" }))
        .await
        .expect_invalid("/reason", "request.text_not_allowed");
    let bad = json!({ "reason": "Wrong tooth", "replacement": finding("caries", "99", &["O"]) });
    mouth.doctor.post(&path, bad).await.expect_invalid("/replacement/teeth/0", "charting.unknown_tooth");
    assert_eq!(codes(&mouth.chart("").await, "16"), ["caries"], "a refused replacement takes nothing back");

    let body = json!({ "reason": "Wrong tooth", "replacement": finding("caries", "17", &["O"]) });
    let corrected = mouth.doctor.post(&path, body.clone()).await.expect(201);
    assert_eq!(corrected["corrects"], wrong["id"]);
    assert_eq!(corrected["replacement"]["teeth"], json!(["17"]));
    mouth.doctor.post(&path, body).await.expect_problem(409, "charting.already_corrected");
    let again = format!("{}/{}/correct", mouth.events(), corrected["id"].as_str().unwrap());
    mouth.doctor.post(&again, json!({ "reason": "No" })).await.expect_problem(409, "charting.is_correction");

    let chart = mouth.chart("").await;
    assert!(chart["teeth"].get("16").is_none());
    assert_eq!(codes(&chart, "17"), ["caries"]);
    let list = mouth.list().await;
    let struck = list.iter().find(|e| e["id"] == wrong["id"]).unwrap();
    assert_eq!(struck["corrected_by"], corrected["id"]);
    let correction = list.iter().find(|e| e["id"] == corrected["id"]).unwrap();
    assert_eq!((&correction["layer"], &correction["reason"]), (&json!("correction"), &json!("Wrong tooth")));

    let unknown = format!("{}/{}/correct", mouth.events(), Uuid::now_v7());
    mouth.doctor.post(&unknown, json!({ "reason": "No" })).await.expect_problem(404, "request.not_found");
}

#[tokio::test]
async fn of_many_corrections_at_once_one_wins() {
    let mouth = Mouth::new().await;
    let wrong = mouth.record(finding("caries", "16", &["O"])).await;
    let path = format!("{}/{}/correct", mouth.events(), wrong["id"].as_str().unwrap());
    let body = json!({ "reason": "Wrong", "replacement": finding("caries", "17", &["O"]) });
    let answers = futures::future::join_all((0..8).map(|_| mouth.doctor.post(&path, body.clone()))).await;
    assert_eq!(answers.iter().filter(|a| a.status == 201).count(), 1);
    assert!(answers.iter().filter(|a| a.status != 201).all(|a| a.code() == "charting.already_corrected"));
    assert_eq!(mouth.list().await.len(), 3);
}

#[tokio::test]
async fn thirty_two_entries_at_once_lose_nothing() {
    let mouth = Mouth::new().await;
    let path = mouth.events();
    let teeth: Vec<String> = (1..=4).flat_map(|q| (1..=8).map(move |p| format!("{q}{p}"))).collect();
    let posts = teeth.iter().map(|tooth| mouth.doctor.post(&path, finding("caries", tooth, &["O"])));
    for answer in futures::future::join_all(posts).await {
        answer.expect(201);
    }
    let chart = mouth.chart("").await;
    assert!(teeth.iter().all(|tooth| codes(&chart, tooth) == ["caries"]));
    let mut seen = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = mouth.doctor.get(&format!("{path}?limit=10{cursor}")).await.expect(200);
        seen.extend(page["items"].as_array().unwrap().iter().map(|e| e["id"].as_str().unwrap().to_owned()));
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 32);
}

#[tokio::test]
async fn a_tooth_is_extracted_once_however_many_say_so_at_once() {
    let mouth = Mouth::new().await;
    let path = mouth.events();
    let extracted = json!({ "layer": "done", "code": "extracted", "teeth": ["16"] });
    let answers =
        futures::future::join_all((0..8).map(|_| mouth.doctor.post(&path, extracted.clone()))).await;
    assert_eq!(answers.iter().filter(|a| a.status == 201).count(), 1);
    assert!(answers.iter().filter(|a| a.status != 201).all(|a| a.status == 422));
}

#[tokio::test]
async fn a_clients_id_and_a_key_make_one_event() {
    let mouth = Mouth::new().await;
    let id = Uuid::now_v7();
    let mut event = finding("caries", "16", &["O"]);
    event["id"] = json!(id);
    let keyed = mouth.doctor.with("idempotency-key", "chart-key-0001");
    let first = keyed.post(&mouth.events(), event.clone()).await.expect(201);
    assert_eq!(first["id"], json!(id));
    assert_eq!(keyed.post(&mouth.events(), event.clone()).await.expect(201), first);
    mouth.doctor.post(&mouth.events(), event).await.expect_problem(409, "request.id_exists");
    let other = finding("caries", "17", &["O"]);
    keyed.post(&mouth.events(), other).await.expect_problem(422, "request.idempotency_key_reused");
    assert_eq!(mouth.list().await.len(), 1);
}

#[tokio::test]
async fn an_assistant_charts_findings_but_neither_plans_nor_work() {
    let mouth = Mouth::new().await;
    let assistant = mouth.app.login(Assistant).await;
    let path = mouth.events();
    assistant.post(&path, finding("caries", "16", &["O"])).await.expect(201);
    let done = json!({ "layer": "done", "code": "extracted", "teeth": ["18"] });
    assistant.post(&path, done.clone()).await.expect_problem(403, "identity.permission_missing");
    let plan = json!({ "layer": "plan", "code": "to_extract", "teeth": ["18"] });
    assistant.post(&path, plan).await.expect_problem(403, "identity.permission_missing");
    let work = mouth.record(done).await;
    let correct = format!("{path}/{}/correct", work["id"].as_str().unwrap());
    assistant
        .post(&correct, json!({ "reason": "No" }))
        .await
        .expect_problem(403, "identity.permission_missing");
    let mut owner = mouth.app.database.owner().await;
    let refused: i64 = sqlx::query_scalar("select count(*) from audit_entry where action = 'refused'")
        .fetch_one(&mut owner)
        .await
        .unwrap();
    assert_eq!(refused, 3, "refusals are in the log");
    owner.close().await.unwrap();
}

#[tokio::test]
async fn a_receptionist_sees_no_chart_and_other_clinics_charts_are_not_there() {
    let mouth = Mouth::new().await;
    let reception = mouth.app.login(Receptionist).await;
    let elsewhere = mouth.app.login_elsewhere(Admin).await;
    let event = mouth.record(finding("caries", "16", &["O"])).await;
    let chart = format!("/patients/{}/chart", mouth.patient);
    let correct = format!("{}/{}/correct", mouth.events(), event["id"].as_str().unwrap());
    for path in [&chart, &mouth.events(), &"/chart/vocabulary".to_owned()] {
        reception.get(path).await.expect_problem(403, "identity.permission_missing");
        mouth.app.anonymous().get(path).await.expect(401);
    }
    elsewhere.get(&chart).await.expect_problem(404, "request.not_found");
    elsewhere.get(&mouth.events()).await.expect_problem(404, "request.not_found");
    elsewhere
        .post(&mouth.events(), finding("caries", "16", &["O"]))
        .await
        .expect_problem(404, "request.not_found");
    elsewhere.post(&correct, json!({ "reason": "No" })).await.expect_problem(404, "request.not_found");
}

#[tokio::test]
async fn looking_at_a_chart_is_in_the_log_and_an_event_stays_for_its_owner_too() {
    let mouth = Mouth::new().await;
    let event = mouth.record(finding("caries", "16", &["O"])).await;
    mouth.chart("").await;
    let mut owner = mouth.app.database.owner().await;
    let reads: i64 =
        sqlx::query_scalar("select count(*) from audit_entry where action = 'read' and patient_id = $1")
            .bind(mouth.patient)
            .fetch_one(&mut owner)
            .await
            .unwrap();
    assert_eq!(reads, 1);
    sqlx::query("set dentpro.actor = '00000000-0000-0000-0000-000000000001'")
        .execute(&mut owner)
        .await
        .unwrap();
    let id: Uuid = event["id"].as_str().unwrap().parse().unwrap();
    for statement in
        ["update chart_event set code = 'sound' where id = $1", "delete from chart_event where id = $1"]
    {
        let refused = sqlx::query(statement).bind(id).execute(&mut owner).await.unwrap_err();
        assert_eq!(refused.as_database_error().unwrap().constraint(), Some("chart_event_insert_only"));
    }
    owner.close().await.unwrap();
}

#[tokio::test]
async fn the_vocabulary_is_told_in_both_languages() {
    let mouth = Mouth::new().await;
    let all = mouth.doctor.get("/chart/vocabulary").await.expect(200);
    let terms = all["items"].as_array().unwrap();
    let caries = terms.iter().find(|t| t["code"] == "caries").unwrap();
    assert_eq!((&caries["scope"], &caries["name_ar"]), (&json!("surface"), &json!("تسوس")));
    assert_eq!(caries["severities"], json!([0, 1, 2, 3, 4, 5, 6]));
    let filling = terms.iter().find(|t| t["code"] == "filling").unwrap();
    assert_eq!(filling["layers"], json!(["finding", "plan", "done"]));
}
