use serde_json::json;
use uuid::Uuid;

use super::{Practice, amount, item_path, path, pen};

#[tokio::test]
async fn presenting_freezes_prices_and_words_and_a_later_change_ends_what_was_shown() {
    let practice = Practice::new().await;
    let plan = practice.plan(&["16", "17"]).await;
    practice.accept(&plan, json!({})).await.expect_problem(409, "planning.not_presented");
    let shown = practice.present(&plan).await;
    assert_eq!(shown["shown"]["items"][0]["place_en"], "upper right first molar (16 O)");
    assert!(shown["shown"]["items"][0]["plain_ar"].as_str().unwrap().contains("حشوة"));
    assert_eq!(amount(&shown["shown"]["totals"]["patient"]), "1600.00");
    assert_eq!(shown["shown"]["valid_until"], "2026-12-23");
    assert_eq!(shown["shown"]["mouth"]["teeth"]["16"]["states"][0]["layer"], "plan");
    let read = practice.read(&plan).await;
    assert_eq!(
        (&read["status"], &read["validity"], &read["hash"]),
        (&json!("presented"), &json!("valid"), &shown["hash"])
    );

    let more = practice
        .doctor
        .post(&format!("{}/items", path(&plan)), practice.filling("15", &["O"]))
        .await
        .expect(201);
    assert_eq!(more["validity"], "no_longer_valid");
    let listed = practice.doctor.get(&practice.plans()).await.expect(200);
    assert_eq!(listed["items"][0]["validity"], "no_longer_valid", "lists say it too");
    practice.accept(&plan, json!({})).await.expect_problem(409, "planning.plan_changed");
    let still = practice.doctor.get(&format!("{}/presentation", path(&plan))).await.expect(200);
    assert_eq!(still["shown"]["items"].as_array().unwrap().len(), 2, "what was shown stays as it was shown");

    practice.present(&plan).await;
    let accepted = practice.accept(&plan, json!({ "strokes": pen() })).await.expect(200);
    assert_eq!(
        (&accepted["standing"], &accepted["answer"]["method"]),
        (&json!("accepted"), &json!("screen"))
    );
    let changed = practice.doctor.delete(&item_path(&plan, 0)).await.expect(200);
    assert_eq!((&changed["validity"], &changed["status"]), (&json!("no_longer_valid"), &json!("accepted")));
}

#[tokio::test]
async fn moving_within_a_phase_or_another_doctor_changes_nothing_for_the_patient() {
    let practice = Practice::new().await;
    let plan = practice.plan(&["16", "17"]).await;
    practice.present(&plan).await;
    let patch = json!({ "position": 1, "doctor_id": practice.app.clinic.second_doctor, "minutes": 30 });
    let moved = practice.doctor.patch(&item_path(&plan, 0), 1, patch).await.expect(200);
    assert_eq!(moved["validity"], "valid");
    let noted = practice.doctor.patch(&item_path(&plan, 0), 2, json!({ "note": "White" })).await.expect(200);
    assert_eq!(noted["validity"], "no_longer_valid");
}

#[tokio::test]
async fn a_part_is_accepted_and_the_rest_leaves_the_chart() {
    let practice = Practice::new().await;
    let plan = practice.plan(&["16", "17"]).await;
    let shown = practice.present(&plan).await;
    let unknown = json!({ "accepted_items": [Uuid::now_v7()] });
    practice.accept(&plan, unknown).await.expect_problem(409, "planning.item_not_presented");
    practice
        .accept(&plan, json!({ "accepted_items": [] }))
        .await
        .expect_problem(409, "planning.nothing_accepted");
    let stale = json!({ "hash": "0".repeat(64) });
    practice.accept(&plan, stale).await.expect_problem(409, "planning.plan_changed");
    let outside = json!({ "strokes": [[[0, 0], [1001, 3]]] });
    practice.accept(&plan, outside).await.expect_invalid("/strokes", "planning.signature_unreadable");
    let body = json!({ "hash": shown["hash"], "accepted_items": [plan["items"][0]["id"]], "signer_name": "Umm Karim",
        "relation": "guardian", "strokes": pen() });
    let accepted = practice.accept(&plan, body.clone()).await.expect(200);
    assert_eq!(accepted["standing"], "partly_accepted");
    assert_eq!(
        (&accepted["items"][0]["status"], &accepted["items"][1]["status"]),
        (&json!("accepted"), &json!("declined"))
    );
    assert_eq!(
        (&accepted["answer"]["signer_name"], &accepted["answer"]["relation"]),
        (&json!("Umm Karim"), &json!("guardian"))
    );
    assert_eq!(accepted["answer"]["presented_items"], 2);
    assert_eq!(amount(&accepted["totals"]["patient"]), "800.00");
    assert_eq!(practice.on_chart("16").await.len(), 1);
    assert!(practice.on_chart("17").await.is_empty());
    practice.accept(&plan, body).await.expect_problem(409, "planning.already_answered");
}

#[tokio::test]
async fn accepting_one_option_declines_the_others_and_the_chart_follows() {
    let practice = Practice::new().await;
    let first = practice.plan(&["16"]).await;
    practice.later();
    let body = json!({ "name": "Extraction", "alternative_to": first["id"], "items": [practice.filling("17", &["O"])] });
    let second = practice.doctor.post(&practice.plans(), body).await.expect(201);
    assert_eq!(second["options"][0]["id"], first["id"]);
    assert!(practice.on_chart("17").await.is_empty(), "the chart shows the first option alone");
    practice.present(&second).await;
    practice.accept(&second, json!({})).await.expect(200);
    assert_eq!(practice.read(&first).await["standing"], "declined");
    assert!(practice.on_chart("16").await.is_empty());
    assert_eq!(practice.on_chart("17").await.len(), 1);
    let late = practice.doctor.post(&format!("{}/present", path(&first)), json!({})).await;
    late.expect_problem(409, "planning.plan_closed");
}

#[tokio::test]
async fn of_two_options_accepted_at_once_one_wins() {
    let practice = Practice::new().await;
    let first = practice.plan(&["16"]).await;
    practice.later();
    let copy = json!({ "name": "Option B", "alternative": true });
    let second = practice.doctor.post(&format!("{}/copy", path(&first)), copy).await.expect(201);
    practice.present(&first).await;
    practice.present(&second).await;
    let answers = futures::future::join_all(
        [&first, &second, &first, &second].map(|plan| practice.accept(plan, json!({}))),
    )
    .await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1);
    assert!(answers.iter().all(|answer| answer.status == 200 || answer.status == 409));
    let standing =
        [practice.read(&first).await["status"].clone(), practice.read(&second).await["status"].clone()];
    assert!(standing.contains(&json!("accepted")) && standing.contains(&json!("declined")));
}

#[tokio::test]
async fn a_signature_and_a_change_at_once_never_both_hold() {
    let practice = Practice::new().await;
    for round in 0..6 {
        let plan = practice.plan(&["16"]).await;
        practice.present(&plan).await;
        let item = practice.filling("17", &["O"]);
        let items = format!("{}/items", path(&plan));
        let (signed, added) = tokio::join!(
            practice.accept(&plan, json!({ "strokes": pen() })),
            practice.doctor.post(&items, item)
        );
        added.expect(201);
        let now = practice.read(&plan).await;
        match signed.status.as_u16() {
            200 => {
                assert_eq!(now["validity"], "no_longer_valid", "round {round}: signed first, changed after")
            }
            _ => {
                signed.expect_problem(409, "planning.plan_changed");
                assert_eq!(now["answer"], json!(null), "round {round}");
            }
        }
    }
}

#[tokio::test]
async fn an_offer_ends_with_its_day() {
    let practice = Practice::new().await;
    let plan = practice.plan(&["16"]).await;
    let present = format!("{}/present", path(&plan));
    let past = json!({ "valid_until": "2026-11-22" });
    practice.doctor.post(&present, past).await.expect_invalid("/valid_until", "request.date_out_of_range");
    practice.doctor.post(&present, json!({ "valid_until": "2026-11-23" })).await.expect(201);
    practice.app.advance(std::time::Duration::from_secs(24 * 3600));
    let doctor = practice.app.login(dentpro_core::permissions::BuiltInRole::Doctor).await;
    assert_eq!(doctor.get(&path(&plan)).await.expect(200)["validity"], "expired");
    let late = doctor.post(&format!("{}/accept", path(&plan)), json!({})).await;
    late.expect_problem(409, "planning.offer_expired");
}

#[tokio::test]
async fn a_declined_plan_is_closed_and_copied_to_go_on() {
    let practice = Practice::new().await;
    let plan = practice.plan(&["16"]).await;
    practice.present(&plan).await;
    let declined = practice
        .doctor
        .post(&format!("{}/decline", path(&plan)), json!({ "reason": "Too dear" }))
        .await
        .expect(200);
    assert_eq!(
        (&declined["standing"], &declined["answer"]["decision"]),
        (&json!("declined"), &json!("declined"))
    );
    assert!(practice.on_chart("16").await.is_empty());
    practice.accept(&plan, json!({})).await.expect_problem(409, "planning.plan_closed");
    let empty = practice.doctor.post(&practice.plans(), json!({ "name": "Empty" })).await.expect(201);
    let nothing = practice.doctor.post(&format!("{}/present", path(&empty)), json!({})).await;
    nothing.expect_problem(409, "planning.nothing_to_present");
}

#[tokio::test]
async fn what_was_shown_and_signed_stays_for_the_owner_of_the_database_too() {
    let practice = Practice::new().await;
    let plan = practice.plan(&["16"]).await;
    practice.present(&plan).await;
    practice.accept(&plan, json!({ "strokes": pen() })).await.expect(200);
    let mut owner = practice.app.database.owner().await;
    sqlx::query("set dentpro.actor = '00000000-0000-0000-0000-000000000001'")
        .execute(&mut owner)
        .await
        .unwrap();
    for (statement, constraint) in [
        ("update plan_signature set signer_name = 'Other'", "plan_signature_insert_only"),
        ("delete from plan_signature", "plan_signature_insert_only"),
        ("update plan_presentation set snapshot = '{}'", "plan_presentation_insert_only"),
        ("update treatment_plan set revision = 1", "treatment_plan_stays"),
        (
            "insert into plan_presentation select clinic_id, gen_random_uuid(), plan_id, patient_id, revision + 1, snapshot,
                hash, presented_on, valid_until, presented_at, presented_by from plan_presentation",
            "plan_presentation_current",
        ),
        (
            "insert into plan_presentation select clinic_id, gen_random_uuid(), plan_id, patient_id, revision, snapshot || ' ',
                hash, presented_on, valid_until, presented_at, presented_by from plan_presentation",
            "plan_presentation_hash_of_snapshot",
        ),
    ] {
        let refused = sqlx::query(statement).execute(&mut owner).await.unwrap_err();
        assert_eq!(refused.as_database_error().unwrap().constraint(), Some(constraint), "{statement}");
    }
    sqlx::query("update plan_item set unit_price = 1").execute(&mut owner).await.unwrap();
    sqlx::Connection::close(owner).await.unwrap();
    assert_eq!(practice.read(&plan).await["validity"], "no_longer_valid", "a change by SQL is a change");
}

#[tokio::test]
async fn a_plan_is_printed_in_both_languages_by_who_may_see_prices() {
    let practice = Practice::new().await;
    let plan = practice.plan(&["16"]).await;
    for lang in ["ar", "en", "both"] {
        let pdf = practice.doctor.get(&format!("{}/pdf?lang={lang}", path(&plan))).await;
        assert_eq!(pdf.status, 200);
        assert!(pdf.bytes.starts_with(b"%PDF"), "{lang}");
    }
    practice.present(&plan).await;
    practice.accept(&plan, json!({ "strokes": pen() })).await.expect(200);
    assert_eq!(practice.doctor.get(&format!("{}/pdf", path(&plan))).await.status, 200);
    let assistant = practice.app.login(dentpro_core::permissions::BuiltInRole::Assistant).await;
    let refused = assistant.get(&format!("{}/pdf", path(&plan))).await;
    refused.expect_problem(403, "identity.permission_missing");
}
