//! Several entries as one act, and undoing one's own.

use dentpro_core::permissions::BuiltInRole::{Admin, Assistant, Doctor, Receptionist};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Mouth, codes, finding};
use crate::testing::{Client, TestResponse};

fn third_molars() -> Value {
    let missing = |tooth| json!({ "layer": "finding", "code": "missing", "teeth": [tooth] });
    json!({ "events": (["18", "28", "38", "48"].map(missing)) })
}

impl Mouth {
    fn batch(&self) -> String {
        format!("{}/batch", self.events())
    }

    async fn undo(&self, who: &Client, event: &Value, visit: Option<Uuid>) -> TestResponse {
        let path = format!("{}/{}/undo", self.events(), event["id"].as_str().unwrap());
        who.post(&path, json!({ "visit_id": visit })).await
    }

    async fn record_in(&self, visit: Uuid, code: &str, tooth: &str) -> Value {
        self.record(json!({ "layer": "finding", "code": code, "teeth": [tooth], "visit_id": visit })).await
    }
}

#[tokio::test]
async fn an_act_is_recorded_as_a_whole_or_not_at_all() {
    let mouth = Mouth::new().await;
    let keyed = mouth.doctor.with("idempotency-key", "chart-act-0001");
    let first = keyed.post(&mouth.batch(), third_molars()).await.expect(201);
    assert_eq!(keyed.post(&mouth.batch(), third_molars()).await.expect(201), first);
    let items = first["items"].as_array().unwrap();
    assert_eq!(
        items.iter().map(|e| e["teeth"][0].as_str().unwrap()).collect::<Vec<_>>(),
        ["18", "28", "38", "48"]
    );
    assert!(items.iter().all(|e| e["act_id"].is_string() && e["act_id"] == items[0]["act_id"]));
    assert_eq!(mouth.list().await.len(), 4);

    // The second filling stands on a tooth that the first entry of the same act says is gone.
    let filling = json!({ "layer": "done", "code": "filling", "teeth": ["17"], "surfaces": ["O"] });
    let bad = json!({ "events": [{ "layer": "done", "code": "extracted", "teeth": ["17"] }, filling] });
    mouth.doctor.post(&mouth.batch(), bad).await.expect_invalid("/events/1/teeth", "charting.tooth_missing");
    let bad = json!({ "events": [finding("sound", "16", &[]), finding("caries", "99", &["O"])] });
    mouth
        .doctor
        .post(&mouth.batch(), bad)
        .await
        .expect_invalid("/events/1/teeth/0", "charting.unknown_tooth");
    assert_eq!(mouth.list().await.len(), 4, "nothing of a refused act stays");

    let many = |n: usize| json!({ "events": (vec![finding("note", "16", &[]); n]) });
    for n in [0, 65] {
        mouth.doctor.post(&mouth.batch(), many(n)).await.expect_invalid("/events", "charting.act_size");
    }
    let notes: Vec<Value> = (0..64)
        .map(|n| json!({ "layer": "finding", "code": "note", "teeth": ["16"], "note": format!("{n}") }))
        .collect();
    mouth.doctor.post(&mouth.batch(), json!({ "events": notes })).await.expect(201);
}

#[tokio::test]
async fn an_act_needs_the_permission_of_every_layer_in_it() {
    let mouth = Mouth::new().await;
    let assistant = mouth.app.login(Assistant).await;
    let mixed = json!({ "events": [finding("sound", "16", &[]), { "layer": "done", "code": "extracted", "teeth": ["18"] }] });
    assistant.post(&mouth.batch(), mixed).await.expect_problem(403, "identity.permission_missing");
    assert!(mouth.list().await.is_empty());
    assistant.post(&mouth.batch(), third_molars()).await.expect(201);
    let reception = mouth.app.login(Receptionist).await;
    reception.post(&mouth.batch(), third_molars()).await.expect_problem(403, "identity.permission_missing");
    let elsewhere = mouth.app.login_elsewhere(Admin).await;
    elsewhere.post(&mouth.batch(), third_molars()).await.expect_problem(404, "request.not_found");
}

#[tokio::test]
async fn who_charts_undoes_their_own_acts_from_the_last_one_back() {
    let mouth = Mouth::new().await;
    let first = mouth.record(finding("caries", "16", &["O"])).await;
    let act = mouth.doctor.post(&mouth.batch(), third_molars()).await.expect(201);
    mouth.undo(&mouth.doctor, &first, None).await.expect_problem(409, "charting.not_latest_entry");
    assert!(mouth.list().await.iter().all(|e| e["undoable"] == true));

    let undone = mouth.undo(&mouth.doctor, &act["items"][2], None).await.expect(201);
    let teeth: Vec<_> = undone["items"].as_array().unwrap().iter().map(|e| e["teeth"][0].clone()).collect();
    assert_eq!(teeth, ["18", "28", "38", "48"], "an act is undone as it was recorded");
    mouth.undo(&mouth.doctor, &act["items"][0], None).await.expect_problem(409, "charting.already_corrected");
    assert_eq!(codes(&mouth.chart("").await, "16"), ["caries"]);
    mouth.undo(&mouth.doctor, &first, None).await.expect(201);
    assert!(mouth.chart("").await["teeth"].as_object().unwrap().is_empty());

    let list = mouth.list().await;
    let correction = list.iter().find(|e| e["corrects"] == first["id"]).unwrap();
    assert_eq!(correction["reason"], "Undone while charting · تراجع أثناء التسجيل");
    assert!(list.iter().all(|e| e["undoable"] == false));
}

#[tokio::test]
async fn others_entries_and_those_of_yesterday_are_not_undone() {
    let mouth = Mouth::new().await;
    let assistant = mouth.app.login(Assistant).await;
    let theirs = assistant.post(&mouth.events(), finding("caries", "16", &["O"])).await.expect(201);
    mouth.undo(&mouth.doctor, &theirs, None).await.expect_problem(409, "charting.entry_of_another");
    assert_eq!(mouth.list().await[0]["undoable"], false);
    let mine = mouth.record(finding("caries", "17", &["O"])).await;
    mouth.undo(&assistant, &mine, None).await.expect_problem(409, "charting.entry_of_another");
    // What somebody else recorded meanwhile does not stand in the way.
    mouth.undo(&assistant, &theirs, None).await.expect(201);

    mouth.app.advance(std::time::Duration::from_secs(24 * 3600));
    let doctor = mouth.app.login(Doctor).await;
    let list = doctor.get(&mouth.events()).await.expect(200);
    assert!(list["items"].as_array().unwrap().iter().all(|e| e["undoable"] == false));
    mouth.undo(&doctor, &mine, None).await.expect_problem(409, "charting.undo_too_late");
    let elsewhere = mouth.app.login_elsewhere(Admin).await;
    mouth.undo(&elsewhere, &mine, None).await.expect_problem(404, "request.not_found");
}

#[tokio::test]
async fn a_visit_is_a_session_of_its_own_until_it_is_signed() {
    let mouth = Mouth::new().await;
    let body = json!({ "patient_id": mouth.patient, "doctor_id": mouth.app.clinic.doctor() });
    let opened = mouth.doctor.post("/visits", body).await.expect(201);
    let visit: Uuid = opened["id"].as_str().unwrap().parse().unwrap();
    let in_visit = mouth.record_in(visit, "impacted", "48").await;
    let outside = mouth.record(finding("caries", "16", &["O"])).await;
    mouth
        .undo(&mouth.doctor, &outside, Some(visit))
        .await
        .expect_problem(409, "charting.entry_of_another_visit");
    mouth.undo(&mouth.doctor, &in_visit, Some(visit)).await.expect(201);

    let body = json!({ "procedure_id": mouth.app.clinic.procedure, "tooth": "16", "surfaces": ["O"] });
    let work = mouth.doctor.post(&format!("/visits/{visit}/procedures"), body).await.expect(201);
    let work = json!({ "id": work["chart_event_id"] });
    mouth.undo(&mouth.doctor, &work, Some(visit)).await.expect_problem(409, "charting.entry_of_work");

    let kept = mouth.record_in(visit, "impacted", "38").await;
    mouth.app.advance(std::time::Duration::from_secs(24 * 3600));
    let doctor = mouth.app.login(Doctor).await;
    let list = doctor.get(&mouth.events()).await.expect(200);
    let find = |list: &Value, id: &Value| {
        list["items"].as_array().unwrap().iter().find(|e| e["id"] == *id).unwrap().clone()
    };
    assert_eq!(find(&list, &kept["id"])["undoable"], true, "a draft goes on over midnight");
    doctor.post(&format!("/visits/{visit}/sign"), json!({})).await.expect(200);
    mouth.undo(&doctor, &kept, Some(visit)).await.expect_problem(409, "records.visit_signed");
    let list = doctor.get(&mouth.events()).await.expect(200);
    assert_eq!(find(&list, &kept["id"])["undoable"], false);
}
