//! Who may do what, and what another clinic sees: nothing.

use dentpro_core::permissions::BuiltInRole::{Admin, Assistant, Doctor, Receptionist};
use serde_json::json;

use super::{Mouth, around};

#[tokio::test]
async fn an_assistant_writes_and_a_doctor_confirms_and_closes() {
    let mouth = Mouth::new().await;
    let assistant = mouth.app.login(Assistant).await;
    let exam = assistant.post(&mouth.exams(), json!({})).await.expect(201);
    let exam = format!("/perio-exams/{}", exam["id"].as_str().unwrap());
    assistant.put(&format!("{exam}/teeth/16"), around(3, 0)).await.expect(200);
    assistant.get(&exam).await.expect(200);
    let health = json!({ "condition": "health" });
    for refused in [
        assistant.put(&format!("{exam}/diagnosis"), health.clone()).await,
        assistant.post(&format!("{exam}/close"), json!({})).await,
    ] {
        refused.expect_problem(403, "identity.permission_missing");
        assert_eq!(refused.json()["permission"], "periodontal.diagnose");
    }
    mouth.doctor.put(&format!("{exam}/diagnosis"), health).await.expect(200);
    mouth.close(&exam).await;
    let strike = json!({ "reason": "Wrong patient" });
    let refused = assistant.post(&format!("{exam}/entered-in-error"), strike.clone()).await;
    refused.expect_problem(403, "identity.permission_missing");
    mouth.doctor.post(&format!("{exam}/entered-in-error"), strike.clone()).await.expect(200);
    // A draft of one's own making may be taken back by whoever writes.
    let draft = assistant.post(&mouth.exams(), json!({})).await.expect(201);
    let draft = format!("/perio-exams/{}", draft["id"].as_str().unwrap());
    assistant.post(&format!("{draft}/entered-in-error"), strike).await.expect(200);
}

#[tokio::test]
async fn a_receptionist_sees_and_writes_nothing() {
    let mouth = Mouth::new().await;
    let exam = mouth.start(json!({})).await;
    let receptionist = mouth.app.login(Receptionist).await;
    for refused in [
        receptionist.get(&exam).await,
        receptionist.get(&mouth.exams()).await,
        receptionist.get(&format!("{exam}/pdf?lang=ar")).await,
        receptionist.post(&mouth.exams(), json!({})).await,
        receptionist.put(&format!("{exam}/teeth/16"), around(3, 0)).await,
    ] {
        refused.expect_problem(403, "identity.permission_missing");
    }
}

#[tokio::test]
async fn another_clinics_exam_is_not_there() {
    let mouth = Mouth::new().await;
    let exam = mouth.start(json!({})).await;
    for role in [Admin, Doctor] {
        let stranger = mouth.app.login_elsewhere(role).await;
        stranger.get(&exam).await.expect(404);
        stranger.get(&mouth.exams()).await.expect(404);
        stranger.get(&format!("{exam}/pdf?lang=en")).await.expect(404);
        stranger.put(&format!("{exam}/teeth/16"), around(3, 0)).await.expect(404);
        stranger.post(&format!("{exam}/close"), json!({})).await.expect(404);
        stranger.post(&mouth.exams(), json!({})).await.expect(404);
    }
    assert_eq!(mouth.read(&exam).await["summary"]["sites_measured"], 0);
}

#[tokio::test]
async fn what_is_written_and_read_is_in_the_log() {
    let mouth = Mouth::new().await;
    let exam = mouth.start(json!({})).await;
    mouth.put(&exam, "16", around(3, 0)).await;
    mouth.close(&exam).await;
    mouth.read(&exam).await;
    let mut owner = mouth.app.database.owner().await;
    for (entity, action, least) in [
        ("perio_exam", "insert", 1),
        ("perio_exam", "update", 1),
        ("perio_site", "insert", 6),
        ("perio_exam", "read", 1),
    ] {
        let found: i64 = sqlx::query_scalar(
            "select count(*) from audit_entry where entity = $1 and action = $2 and patient_id = $3",
        )
        .bind(entity)
        .bind(action)
        .bind(mouth.patient)
        .fetch_one(&mut owner)
        .await
        .unwrap();
        assert!(found >= least, "{entity} {action}: {found}");
    }
}
