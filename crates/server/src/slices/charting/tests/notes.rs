//! Notes beside entries and on teeth, and teeth too many.

use serde_json::{Value, json};
use sqlx::Connection;

use super::{Mouth, codes, finding};

fn note(tooth: &str, text: &str) -> Value {
    json!({ "layer": "finding", "code": "note", "teeth": [tooth], "note": text })
}

#[tokio::test]
async fn a_note_stands_beside_an_entry_and_by_itself_until_it_is_taken_back() {
    let mouth = Mouth::new().await;
    let mut caries = finding("caries", "16", &["O"]);
    caries["note"] = json!("  Sensitive to cold  ");
    let recorded = mouth.record(caries).await;
    assert_eq!(recorded["note"], "Sensitive to cold");
    let alone = mouth.record(note("16", "يخاف من الإبرة")).await;
    mouth.record(note("16", "Asks for a white filling")).await;
    mouth.record(json!({ "layer": "done", "code": "extracted", "teeth": ["16"] })).await;

    let chart = mouth.chart("").await;
    assert_eq!(codes(&chart, "16"), ["note", "note", "extracted"], "the tooth goes, its notes stay");
    assert_eq!(chart["teeth"]["16"]["states"][0]["note"], "يخاف من الإبرة");
    let listed = mouth.list().await;
    assert_eq!(listed.iter().filter(|e| e["note"].is_string()).count(), 3);

    let path = format!("{}/{}/correct", mouth.events(), alone["id"].as_str().unwrap());
    mouth.doctor.post(&path, json!({ "reason": "Wrong patient" })).await.expect(201);
    assert_eq!(codes(&mouth.chart("").await, "16"), ["note", "extracted"]);
}

#[tokio::test]
async fn a_note_says_something_and_not_too_much() {
    let mouth = Mouth::new().await;
    let path = mouth.events();
    let long = |letters: usize| note("16", &"ن".repeat(letters));
    mouth.record(long(500)).await;
    for (event, code) in [
        (long(501), "request.too_long"),
        (note("16", "   "), "charting.note_required"),
        (json!({ "layer": "finding", "code": "note", "teeth": ["16"] }), "charting.note_required"),
        (note("16", "a\u{202e}b"), "request.text_not_allowed"),
    ] {
        mouth.doctor.post(&path, event).await.expect_invalid("/note", code);
    }

    let mut owner = mouth.app.database.owner().await;
    sqlx::query("set dentpro.actor = '00000000-0000-0000-0000-000000000001'")
        .execute(&mut owner)
        .await
        .unwrap();
    for (code, text, constraint) in [
        ("note", None, "chart_event_note_said"),
        ("note", Some(String::new()), "chart_event_note_length"),
        ("sound", Some("a".repeat(501)), "chart_event_note_length"),
    ] {
        let refused = sqlx::query(
            "insert into chart_event (clinic_id, id, patient_id, on_date, layer, code, teeth, note, recorded_at, recorded_by)
            select clinic_id, gen_random_uuid(), $1, '2026-11-01', 'finding', $2, '{16}', $3, now(), id
            from staff where clinic_id = $4 limit 1",
        )
        .bind(mouth.patient)
        .bind(code)
        .bind(text)
        .bind(mouth.app.clinic.id)
        .execute(&mut owner)
        .await
        .unwrap_err();
        assert_eq!(refused.as_database_error().unwrap().constraint(), Some(constraint));
    }
    owner.close().await.unwrap();
}

#[tokio::test]
async fn a_tooth_too_many_is_named_by_its_neighbour_and_leaves_by_itself() {
    let mouth = Mouth::new().await;
    let path = mouth.events();
    let taken = |layer: &str| json!({ "layer": layer, "code": "supernumerary_extracted", "teeth": ["11"], "surfaces": ["M"] });
    mouth
        .doctor
        .post(&path, taken("plan"))
        .await
        .expect_invalid("/surfaces", "charting.supernumerary_missing");
    mouth
        .doctor
        .post(&path, finding("supernumerary", "11", &[]))
        .await
        .expect_invalid("/surfaces", "charting.surface_required");
    mouth
        .doctor
        .post(&path, finding("supernumerary", "11", &["O"]))
        .await
        .expect_invalid("/surfaces", "charting.surface_not_on_tooth");
    mouth.record(finding("sound", "11", &[])).await;
    mouth.record(finding("supernumerary", "11", &["M"])).await;
    assert_eq!(codes(&mouth.chart("").await, "11"), ["sound", "supernumerary"], "its neighbour stays sound");
    mouth.record(taken("plan")).await;
    mouth.record(taken("done")).await;
    let chart = mouth.chart("").await;
    assert_eq!(codes(&chart, "11"), ["sound", "supernumerary_extracted"]);
    assert_eq!(chart["teeth"]["11"]["present"], true);
    mouth
        .doctor
        .post(&path, taken("done"))
        .await
        .expect_invalid("/surfaces", "charting.supernumerary_missing");
}
