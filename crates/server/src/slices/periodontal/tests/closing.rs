//! Closing, striking, diagnosing, comparing, printing.

use serde_json::{Value, json};
use sqlx::Connection;
use uuid::Uuid;

use super::{Mouth, around};

fn id(exam: &str) -> Uuid {
    exam.rsplit('/').next().unwrap().parse().unwrap()
}

#[tokio::test]
async fn a_closed_exam_stays_as_it_was_closed_in_the_api_and_in_sql() {
    let mouth = Mouth::new().await;
    let exam = mouth.start(json!({})).await;
    mouth.put(&exam, "16", around(4, -1)).await;
    let closed = mouth.close(&exam).await;
    assert_eq!(closed["status"], "closed");
    assert!(closed["closed_by"]["name_en"].is_string());

    let late = mouth.doctor.put(&format!("{exam}/teeth/16"), around(2, 0)).await;
    late.expect_problem(409, "periodontal.exam_closed");
    let version = closed["version"].as_i64().unwrap();
    let patched = mouth.doctor.patch(&exam, version, json!({ "note": "late" })).await;
    patched.expect_problem(409, "periodontal.exam_closed");
    let again = mouth.doctor.post(&format!("{exam}/close"), json!({})).await;
    again.expect_problem(409, "periodontal.exam_closed");
    let diagnosis = json!({ "condition": "health" });
    let diagnosed = mouth.doctor.put(&format!("{exam}/diagnosis"), diagnosis).await;
    diagnosed.expect_problem(409, "periodontal.exam_closed");
    assert_eq!(mouth.read(&exam).await["teeth"], closed["teeth"]);

    let mut owner = mouth.app.database.owner().await;
    for change in [
        "update perio_exam set note = 'late'",
        "update perio_exam set status = 'draft'",
        "update perio_exam set on_date = on_date - 1, status = 'entered_in_error', error_reason = 'x', error_at = now(), error_by = started_by",
        "delete from perio_exam",
        "update perio_site set depth = 9",
        "delete from perio_site",
        "update perio_tooth set mobility = 1",
        "insert into perio_site (clinic_id, exam_id, patient_id, tooth, site, depth)
            select clinic_id, exam_id, patient_id, '11', 'B', 3 from perio_tooth where tooth = '11'",
        "truncate perio_sextant",
    ] {
        let mut tx = owner.begin().await.unwrap();
        for setting in [("dentpro.clinic", mouth.app.clinic.id), ("dentpro.actor", Uuid::from_u128(1))] {
            sqlx::query("select set_config($1, $2, true)")
                .bind(setting.0)
                .bind(setting.1.to_string())
                .execute(&mut *tx)
                .await
                .unwrap();
        }
        let refused = sqlx::query(sqlx::AssertSqlSafe(change)).execute(&mut *tx).await.unwrap_err();
        let code = refused.as_database_error().and_then(|e| e.code()).unwrap_or_default().into_owned();
        assert_eq!(code, "23001", "{change}: {refused}");
        tx.rollback().await.unwrap();
    }
}

#[tokio::test]
async fn an_exam_entered_in_error_is_struck_through_and_stays_readable() {
    let mouth = Mouth::new().await;
    let exam = mouth.start(json!({})).await;
    mouth.put(&exam, "16", around(4, -1)).await;
    mouth.close(&exam).await;
    let path = format!("{exam}/entered-in-error");
    let strike = async |reason: &str| mouth.doctor.post(&path, json!({ "reason": reason })).await;
    strike(" ").await.expect_invalid("/reason", "request.required");
    let struck = strike("Another patient").await.expect(200);
    assert_eq!(
        (&struck["status"], &struck["error_reason"]),
        (&json!("entered_in_error"), &json!("Another patient"))
    );
    assert_eq!(struck["teeth"]["16"]["sites"]["B"]["depth"], 4);
    strike("Again").await.expect_problem(409, "periodontal.exam_struck");
    let late = mouth.doctor.put(&format!("{exam}/teeth/16"), around(2, 0)).await;
    late.expect_problem(409, "periodontal.exam_struck");
}

#[tokio::test]
async fn a_doctor_confirms_what_may_differ_from_the_suggestion() {
    let mouth = Mouth::new().await;
    let exam = mouth.start(json!({})).await;
    assert_eq!(mouth.read(&exam).await["suggestion"], Value::Null);
    for tooth in ["16", "26", "36", "46"] {
        mouth.put(&exam, tooth, around(6, -1)).await;
    }
    let found = mouth.read(&exam).await;
    let suggestion = &found["suggestion"];
    assert_eq!((&suggestion["condition"], &suggestion["stage"]), (&json!("periodontitis"), &json!("III")));
    assert_eq!(suggestion["grade"], "B");
    assert_eq!(suggestion["extent"], "localized");
    let reasons: Vec<&str> =
        suggestion["reasons"].as_array().unwrap().iter().map(|r| r["code"].as_str().unwrap()).collect();
    assert!(reasons.contains(&"interdental_loss") && reasons.contains(&"grade_assumed"), "{reasons:?}");

    let risk =
        json!({ "bone_loss_percent": 40, "smoking": "ten_or_more", "teeth_lost": 1, "note": "Bitewings" });
    let stale = mouth.doctor.patch(&exam, 9, risk.clone()).await;
    stale.expect_problem(412, "request.stale");
    let changed = mouth.doctor.patch(&exam, 1, risk).await.expect(200);
    assert_eq!(changed["suggestion"]["grade"], "C");
    assert_eq!((&changed["version"], &changed["note"]), (&json!(2), &json!("Bitewings")));
    let wrong = mouth.doctor.patch(&exam, 2, json!({ "bone_loss_percent": 101 })).await;
    wrong.expect_invalid("/bone_loss_percent", "periodontal.number_out_of_range");

    let path = format!("{exam}/diagnosis");
    let put = async |diagnosis: Value| mouth.doctor.put(&path, diagnosis).await;
    put(json!({ "condition": "periodontitis", "stage": "II" }))
        .await
        .expect_invalid("", "periodontal.diagnosis_incomplete");
    let own = json!({ "condition": "periodontitis", "stage": "II", "grade": "B", "extent": "generalized" });
    let told = put(own.clone()).await.expect(200);
    assert_eq!(told["diagnosis"], own);
    assert!(told["diagnosed_by"]["name_en"].is_string());
    assert_eq!(told["suggestion"]["stage"], "III", "the suggestion stays what it is");

    let other = json!({ "condition": "gingivitis", "stage": null, "grade": null, "extent": "localized" });
    let closed = mouth.doctor.post(&format!("{exam}/close"), json!({ "diagnosis": other })).await.expect(200);
    assert_eq!((&closed["diagnosis"], &closed["status"]), (&other, &json!("closed")));
}

#[tokio::test]
async fn exams_are_compared_oldest_first_with_what_changed() {
    let mouth = Mouth::new().await;
    let mut exams = Vec::new();
    for (on, depth) in [("2026-01-10", 6), ("2026-05-10", 4), ("2026-11-10", 5)] {
        let exam = mouth.start(json!({ "on": on })).await;
        mouth.put(&exam, "16", around(depth, -1)).await;
        mouth.close(&exam).await;
        exams.push(id(&exam));
    }
    let compare = async |ids: &[Uuid]| {
        let list = ids.iter().map(Uuid::to_string).collect::<Vec<_>>().join(",");
        mouth.doctor.get(&format!("{}/comparison?exams={list}", mouth.exams())).await
    };
    let told = compare(&[exams[2], exams[0], exams[1]]).await.expect(200);
    let days: Vec<&Value> = told["exams"].as_array().unwrap().iter().map(|exam| &exam["on"]).collect();
    assert_eq!(days, [&json!("2026-01-10"), &json!("2026-05-10"), &json!("2026-11-10")]);
    let site = told["teeth"]["16"]["DB"].as_array().unwrap();
    let changes: Vec<&Value> = site.iter().map(|at| &at["depth_change"]).collect();
    assert_eq!(changes, [&Value::Null, &json!(-2), &json!(1)]);
    assert_eq!(told["changes"][0]["shallower_sites"], 6);
    assert_eq!(told["changes"][0]["sites_compared"], 6);
    assert_eq!(told["changes"][1]["mean_depth_change"], 1.0);

    compare(&exams[..1]).await.expect_invalid("exams", "periodontal.compare_two_to_six");
    compare(&[exams[0], exams[0]]).await.expect_invalid("exams", "periodontal.compare_two_to_six");
    let seven: Vec<Uuid> = (0..7).map(|_| Uuid::now_v7()).collect();
    compare(&seven).await.expect_invalid("exams", "periodontal.compare_two_to_six");
    compare(&[exams[0], Uuid::now_v7()]).await.expect(404);
    mouth
        .doctor
        .get(&format!("{}/comparison?exams=a,b", mouth.exams()))
        .await
        .expect_invalid("exams", "request.wrong_type");
    let listed = mouth.doctor.get(&format!("{}?limit=2", mouth.exams())).await.expect(200);
    assert_eq!(listed["items"][0]["on"], "2026-11-10");
    let cursor = listed["next_cursor"].as_str().unwrap();
    let rest = mouth.doctor.get(&format!("{}?limit=2&cursor={cursor}", mouth.exams())).await.expect(200);
    assert_eq!(rest["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_tooth_missing_in_the_last_exam_is_missing_in_the_next() {
    let mouth = Mouth::new().await;
    let first = mouth.start(json!({ "on": "2026-11-01" })).await;
    mouth.put(&first, "28", json!({ "presence": "missing" })).await;
    mouth.close(&first).await;
    let next = mouth.start(json!({})).await;
    let found = mouth.read(&next).await;
    assert_eq!(found["teeth"]["28"]["presence"], "missing");
    assert_eq!(found["summary"]["sites_expected"], 186);
}

#[tokio::test]
async fn an_exam_is_printed_in_both_languages() {
    let mouth = Mouth::new().await;
    let exam = mouth.start(json!({})).await;
    mouth.put(&exam, "16", around(6, -1)).await;
    mouth.put(&exam, "26", json!({ "furcation": { "M": 2 }, "mobility": 1, "sites": { "B": { "depth": 5, "bleeding": true } } })).await;
    for lang in ["ar", "en", "both"] {
        let pdf = mouth.doctor.get(&format!("{exam}/pdf?lang={lang}")).await;
        assert_eq!(pdf.status.as_u16(), 200, "{lang}");
        assert!(pdf.bytes.starts_with(b"%PDF-"), "{lang}");
    }
    mouth.doctor.get(&format!("{exam}/pdf?lang=fr")).await.expect(422);
    mouth.close(&exam).await;
    let screening = mouth.start(json!({ "kind": "screening" })).await;
    mouth.doctor.put(&format!("{screening}/sextants/upper_right"), json!({ "code": "4*" })).await.expect(200);
    assert!(mouth.doctor.get(&format!("{screening}/pdf?lang=ar")).await.bytes.starts_with(b"%PDF-"));
}
