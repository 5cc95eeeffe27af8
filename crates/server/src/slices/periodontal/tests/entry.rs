//! What may be written into a draft, and what is refused.

use serde_json::{Value, json};
use uuid::Uuid;

use super::{Mouth, around};

#[tokio::test]
async fn an_exam_begins_with_the_teeth_of_the_chart_and_derives_recession_and_attachment() {
    let mouth = Mouth::new().await;
    let chart = format!("/patients/{}/chart/events", mouth.patient);
    let gone = json!({ "layer": "finding", "code": "missing", "teeth": ["36"], "on": "2026-11-20" });
    mouth.doctor.post(&chart, gone).await.expect(201);
    let implant = json!({ "layer": "done", "code": "implant", "teeth": ["36"], "on": "2026-11-21" });
    mouth.doctor.post(&chart, implant).await.expect(201);
    let lost = json!({ "layer": "done", "code": "extracted", "teeth": ["48"], "on": "2026-11-21" });
    mouth.doctor.post(&chart, lost).await.expect(201);
    let hidden = json!({ "layer": "finding", "code": "unerupted", "teeth": ["38"], "on": "2026-11-21" });
    mouth.doctor.post(&chart, hidden).await.expect(201);

    let exam = mouth.start(json!({})).await;
    let found = mouth.read(&exam).await;
    assert_eq!(found["teeth"].as_object().unwrap().len(), 32);
    assert_eq!((&found["status"], &found["kind"]), (&json!("draft"), &json!("full")));
    for (tooth, presence) in [("36", "implant"), ("48", "missing"), ("38", "missing"), ("16", "tooth")] {
        assert_eq!(found["teeth"][tooth]["presence"], presence, "{tooth}");
    }
    assert_eq!(found["teeth"]["16"]["furcation"], json!({ "B": null, "M": null, "D": null }));
    assert_eq!(found["teeth"]["36"]["furcation"], json!({}), "an implant has no furcation");
    assert_eq!(found["summary"]["sites_expected"], 180);

    let change = json!({ "mobility": 1, "furcation": { "B": 2 },
        "sites": { "DB": { "depth": 3, "margin": -1, "bleeding": true }, "B": { "depth": 2 } } });
    let written = mouth.put(&exam, "16", change).await;
    assert_eq!(written["tooth"], "16");
    let site = &written["sites"]["DB"];
    assert_eq!((&site["recession"], &site["cal"], &site["bleeding"]), (&json!(1), &json!(4), &json!(true)));
    assert_eq!(written["sites"]["B"]["cal"], Value::Null, "without a margin there is no attachment level");
    assert_eq!(written["summary"]["sites_measured"], 2);
    assert_eq!(written["summary"]["bleeding_percent"], 50.0);
    let found = mouth.read(&exam).await;
    assert_eq!(found["teeth"]["16"]["sites"], written["sites"]);
    assert_eq!(found["teeth"]["16"]["furcation"]["B"], 2);
    assert_eq!(found["summary"], written["summary"]);
    assert_eq!(found["summary"]["max_depth"], 3);
}

#[tokio::test]
async fn a_write_touches_only_what_it_names() {
    let mouth = Mouth::new().await;
    let exam = mouth.start(json!({})).await;
    let first = json!({ "mobility": 2, "sites": { "DB": { "depth": 5, "margin": -2, "bleeding": true, "plaque": true } } });
    mouth.put(&exam, "26", first).await;
    mouth.put(&exam, "26", json!({ "sites": { "DB": { "suppuration": true }, "L": { "depth": 4 } } })).await;
    mouth.put(&exam, "26", json!({ "furcation": { "M": 1 } })).await;
    let tooth = mouth.put(&exam, "26", json!({ "sites": { "DB": { "depth": 6, "plaque": false } } })).await;
    let site = &tooth["sites"]["DB"];
    assert_eq!((&site["depth"], &site["margin"]), (&json!(6), &json!(-2)));
    assert_eq!(
        (&site["bleeding"], &site["suppuration"], &site["plaque"]),
        (&json!(true), &json!(true), &json!(false))
    );
    assert_eq!((&tooth["mobility"], &tooth["furcation"]["M"]), (&json!(2), &json!(1)));
    assert_eq!(tooth["sites"]["L"]["depth"], 4);
    let cleared =
        json!({ "mobility": null, "furcation": { "M": null }, "sites": { "DB": { "depth": null } } });
    let tooth = mouth.put(&exam, "26", cleared).await;
    assert_eq!(tooth["sites"]["DB"]["depth"], Value::Null);
    assert_eq!(tooth["sites"]["DB"]["margin"], -2);
    assert_eq!((&tooth["mobility"], &tooth["furcation"]["M"]), (&Value::Null, &Value::Null));
}

#[tokio::test]
async fn what_cannot_be_is_refused_with_its_place_and_nothing_is_half_written() {
    let mouth = Mouth::new().await;
    let exam = mouth.start(json!({})).await;
    mouth.put(&exam, "18", json!({ "presence": "missing" })).await;
    mouth.put(&exam, "36", json!({ "presence": "implant" })).await;
    let site = |name: &str, value: Value| json!({ "sites": { "B": { "depth": 3 }, name: value } });
    let cases = [
        ("16", site("DB", json!({ "depth": 16 })), "/sites/DB/depth", "periodontal.depth_out_of_range"),
        ("16", site("DB", json!({ "depth": -1 })), "/sites/DB/depth", "periodontal.depth_out_of_range"),
        ("16", site("DB", json!({ "depth": 3.5 })), "/sites/DB/depth", "request.wrong_type"),
        ("16", site("DB", json!({ "margin": -16 })), "/sites/DB/margin", "periodontal.margin_out_of_range"),
        ("16", site("DB", json!({ "margin": 16 })), "/sites/DB/margin", "periodontal.margin_out_of_range"),
        ("16", site("DB", json!({ "cal": 4 })), "/sites/DB/cal", "request.unknown_field"),
        ("16", site("XX", json!({ "depth": 3 })), "/sites/XX", "periodontal.unknown_site"),
        (
            "16",
            json!({ "sites": { "B": { "depth": 3 } }, "mobility": 4 }),
            "/mobility",
            "periodontal.mobility_out_of_range",
        ),
        ("11", json!({ "furcation": { "B": 1 } }), "/furcation/B", "periodontal.no_furcation_here"),
        ("46", json!({ "furcation": { "M": 1 } }), "/furcation/M", "periodontal.no_furcation_here"),
        ("16", json!({ "furcation": { "B": 4 } }), "/furcation/B", "periodontal.furcation_out_of_range"),
        ("16", json!({ "furcation": { "X": 1 } }), "/furcation/X", "periodontal.no_furcation_here"),
        ("36", json!({ "furcation": { "B": 1 } }), "/furcation/B", "periodontal.no_furcation_here"),
        ("18", json!({ "sites": { "B": { "depth": 3 } } }), "tooth", "periodontal.tooth_missing"),
        ("18", json!({ "mobility": 1 }), "tooth", "periodontal.tooth_missing"),
        ("19", json!({ "mobility": 1 }), "tooth", "charting.unknown_tooth"),
        ("55", json!({ "mobility": 1 }), "tooth", "periodontal.not_permanent"),
    ];
    for (tooth, change, pointer, code) in cases {
        let answer = mouth.doctor.put(&format!("{exam}/teeth/{tooth}"), change.clone()).await;
        assert_eq!(answer.status.as_u16(), 422, "{tooth} {change}: {}", answer.text());
        answer.expect_invalid(pointer, code);
    }
    let found = mouth.read(&exam).await;
    assert_eq!(found["summary"]["sites_measured"], 0, "nothing of a refused write stays");
    assert_eq!(found["teeth"]["16"]["mobility"], Value::Null);

    mouth.put(&exam, "21", json!({ "sites": { "B": { "bleeding": true } } })).await;
    let gone = mouth.doctor.put(&format!("{exam}/teeth/21"), json!({ "presence": "missing" })).await;
    gone.expect_invalid("/presence", "periodontal.tooth_has_readings");
    mouth.put(&exam, "18", json!({ "presence": "tooth", "sites": { "B": { "depth": 3 } } })).await;
    mouth.put(&exam, "18", json!({ "presence": "missing", "sites": { "B": { "depth": null } } })).await;
}

#[tokio::test]
async fn a_patient_has_one_draft_and_its_day_makes_sense() {
    let mouth = Mouth::new().await;
    for (on, code) in [
        ("2026-11-24", "periodontal.on_in_future"),
        ("1991-04-01", "periodontal.before_birth"),
        ("yesterday", "request.wrong_type"),
    ] {
        mouth.doctor.post(&mouth.exams(), json!({ "on": on })).await.expect_invalid("/on", code);
    }
    let exam = mouth.start(json!({ "on": "2026-11-22" })).await;
    for kind in ["full", "screening"] {
        let second = mouth.doctor.post(&mouth.exams(), json!({ "kind": kind })).await;
        second.expect_problem(409, "periodontal.draft_exists");
        assert!(exam.ends_with(second.json()["exam_id"].as_str().unwrap()));
    }
    mouth.close(&exam).await;
    let next = mouth.start(json!({})).await;
    mouth
        .doctor
        .post(&format!("{next}/entered-in-error"), json!({ "reason": "Wrong patient" }))
        .await
        .expect(200);
    mouth.start(json!({ "kind": "screening" })).await;
    mouth
        .doctor
        .post("/patients/00000000-0000-7000-8000-000000000000/perio-exams", json!({}))
        .await
        .expect(404);
}

#[tokio::test]
async fn of_many_who_start_an_exam_at_once_one_does() {
    let mouth = Mouth::new().await;
    let starts = (0..12).map(|_| {
        let (doctor, path) = (mouth.doctor.clone(), mouth.exams());
        tokio::spawn(async move { doctor.post(&path, json!({})).await.status.as_u16() })
    });
    let mut answers = Vec::new();
    for start in starts.collect::<Vec<_>>() {
        answers.push(start.await.unwrap());
    }
    assert_eq!(answers.iter().filter(|status| **status == 201).count(), 1, "{answers:?}");
    assert_eq!(answers.iter().filter(|status| **status == 409).count(), 11, "{answers:?}");
    let listed = mouth.doctor.get(&mouth.exams()).await.expect(200);
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn many_hands_in_one_draft_lose_nothing_to_each_other() {
    let mouth = Mouth::new().await;
    let exam = mouth.start(json!({})).await;
    let assistant = mouth.app.login(dentpro_core::permissions::BuiltInRole::Assistant).await;
    // Each hand writes one field of one site of a tooth, all of the same few teeth.
    let mut hands = Vec::new();
    for tooth in ["16", "11", "31", "46"] {
        for (index, site) in ["DB", "B", "MB", "DL", "L", "ML"].into_iter().enumerate() {
            for (field, value) in [
                ("depth", json!(index + 1)),
                ("margin", json!(-1)),
                ("bleeding", json!(true)),
                ("plaque", json!(index % 2 == 0)),
            ] {
                let client = if hands.len() % 2 == 0 { mouth.doctor.clone() } else { assistant.clone() };
                let path = format!("{exam}/teeth/{tooth}");
                hands.push(tokio::spawn(async move {
                    client.put(&path, json!({ "sites": { site: { field: value } } })).await.status.as_u16()
                }));
            }
        }
    }
    for hand in hands {
        assert_eq!(hand.await.unwrap(), 200);
    }
    let found = mouth.read(&exam).await;
    for tooth in ["16", "11", "31", "46"] {
        for (index, site) in ["DB", "B", "MB", "DL", "L", "ML"].into_iter().enumerate() {
            let read = &found["teeth"][tooth]["sites"][site];
            let expected = json!([index + 1, -1, index + 2, true, index % 2 == 0]);
            let told = json!([read["depth"], read["margin"], read["cal"], read["bleeding"], read["plaque"]]);
            assert_eq!(told, expected, "{tooth} {site}");
        }
    }
    assert_eq!(found["summary"]["sites_measured"], 24);
}

#[tokio::test]
async fn a_screening_takes_codes_by_sextant() {
    let mouth = Mouth::new().await;
    let exam = mouth.start(json!({ "kind": "screening" })).await;
    assert_eq!(mouth.read(&exam).await["advice"], Value::Null);
    let put = async |sextant: &str, code: Value| {
        mouth.doctor.put(&format!("{exam}/sextants/{sextant}"), json!({ "code": code })).await
    };
    assert_eq!(put("upper_right", json!("2")).await.expect(200)["advice"], "remove_retention");
    assert_eq!(put("lower_left", json!("3*")).await.expect(200)["advice"], "chart_mouth");
    assert_eq!(put("lower_left", json!("3")).await.expect(200)["advice"], "chart_sextants");
    let told = put("lower_front", json!("X")).await.expect(200);
    assert_eq!(told["sextants"], json!({ "upper_right": "2", "lower_left": "3", "lower_front": "X" }));
    assert_eq!(put("lower_front", Value::Null).await.expect(200)["sextants"].as_object().unwrap().len(), 2);
    for bad in ["5", "X*", "", "3**"] {
        put("upper_left", json!(bad)).await.expect_invalid("/code", "periodontal.unknown_screening_code");
    }
    put("upper_middle", json!("1")).await.expect(404);
    let tooth = mouth.doctor.put(&format!("{exam}/teeth/16"), around(3, 0)).await;
    tooth.expect_problem(409, "periodontal.not_a_full_exam");
    mouth.close(&exam).await;
    put("upper_right", json!("0")).await.expect_problem(409, "periodontal.exam_closed");
    let full = mouth.start(json!({})).await;
    let code = mouth.doctor.put(&format!("{full}/sextants/upper_right"), json!({ "code": "1" })).await;
    code.expect_problem(409, "periodontal.not_a_screening");
    let id: Uuid = exam.rsplit('/').next().unwrap().parse().unwrap();
    let other: Uuid = full.rsplit('/').next().unwrap().parse().unwrap();
    let compared = mouth.doctor.get(&format!("{}/comparison?exams={id},{other}", mouth.exams())).await;
    compared.expect_invalid("exams", "periodontal.not_a_full_exam");
}
