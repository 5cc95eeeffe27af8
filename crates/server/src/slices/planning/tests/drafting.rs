use serde_json::json;
use uuid::Uuid;

use super::{Practice, amount, item_path, path};

#[tokio::test]
async fn a_plan_is_priced_by_phase_and_its_work_is_on_the_chart() {
    let practice = Practice::new().await;
    let crown = practice
        .procedure(json!({ "code": "X-CROWN", "chart_code": "crown", "chart_material": "zirconia", "tax_code": "standard" }))
        .await;
    let clinic = practice.admin.get("/clinic").await.expect(200);
    practice
        .admin
        .patch("/clinic", clinic["version"].as_i64().unwrap(), json!({ "default_tax_percent": "14" }))
        .await
        .expect(200);
    let body = json!({
        "name": "Upper right", "covered_percent": 50,
        "phases": [{ "number": 1, "name": "Urgent" }],
        "items": [
            { "procedure_id": practice.app.clinic.procedure, "tooth": "16", "surfaces": ["M", "O"], "phase": 1 },
            { "procedure_id": crown, "tooth": "16", "phase": 2, "sessions": 2, "covered_percent": 0, "note": "After the root canal" },
        ],
    });
    let plan = practice.doctor.post(&practice.plans(), body).await.expect(201);
    assert_eq!(
        (&plan["status"], &plan["standing"], &plan["validity"]),
        (&json!("draft"), &json!("draft"), &json!("not_presented"))
    );
    let items = plan["items"].as_array().unwrap();
    assert_eq!(items[0]["fee"], json!({ "amount": "800.00", "currency": "EGP" }));
    assert_eq!(
        (amount(&items[0]["totals"]["insurer"]), amount(&items[0]["totals"]["patient"])),
        ("400.00", "400.00")
    );
    assert_eq!(
        (amount(&items[1]["totals"]["tax"]), amount(&items[1]["totals"]["patient"])),
        ("140.00", "1140.00")
    );
    assert_eq!((&items[1]["minutes"], &items[1]["sessions"]), (&json!(120), &json!(2)));
    assert_eq!(
        (&plan["phases"][0]["name"], amount(&plan["phases"][0]["totals"]["total"])),
        (&json!("Urgent"), "800.00")
    );
    assert_eq!((&plan["phases"][1]["name"], &plan["phases"][1]["open_minutes"]), (&json!(null), &json!(120)));
    assert_eq!(amount(&plan["totals"]["total"]), "1940.00");
    assert_eq!((&plan["progress"]["items"], &plan["progress"]["items_done"]), (&json!(2), &json!(0)));
    assert_eq!(
        practice.on_chart("16").await,
        [("plan".to_owned(), "filling".to_owned()), ("plan".to_owned(), "crown".to_owned())]
    );
    let listed = practice.doctor.get(&practice.plans()).await.expect(200);
    assert_eq!(listed["items"][0]["id"], plan["id"]);
}

#[tokio::test]
async fn what_cannot_be_done_in_this_mouth_is_refused_and_nothing_is_written() {
    let practice = Practice::new().await;
    practice.chart(json!({ "layer": "finding", "code": "missing", "teeth": ["36"] })).await;
    let polish = practice.procedure(json!({ "code": "X-POLISH" })).await;
    let procedure = practice.app.clinic.procedure;
    for (item, pointer, code) in [
        (practice.filling("36", &["O"]), "/items/1/tooth", "charting.tooth_missing"),
        (json!({ "procedure_id": polish, "tooth": "36" }), "/items/1/tooth", "charting.tooth_missing"),
        (practice.filling("16", &[]), "/items/1/surfaces", "records.surfaces_required"),
        (practice.filling("16", &["X"]), "/items/1/surfaces/0", "charting.unknown_surface"),
        (practice.filling("99", &["O"]), "/items/1/tooth", "charting.unknown_tooth"),
        (json!({ "procedure_id": procedure, "surfaces": ["O"] }), "/items/1/tooth", "records.tooth_required"),
        (json!({ "procedure_id": Uuid::now_v7() }), "/items/1/procedure_id", "request.unknown_reference"),
        (
            json!({ "procedure_id": polish, "tooth": "16", "phase": 21 }),
            "/items/1/phase",
            "request.out_of_range",
        ),
        (
            json!({ "procedure_id": polish, "tooth": "16", "sessions": 0 }),
            "/items/1/sessions",
            "request.out_of_range",
        ),
        (
            json!({ "procedure_id": polish, "tooth": "16", "covered_percent": 101 }),
            "/items/1/covered_percent",
            "request.out_of_range",
        ),
        (
            json!({ "procedure_id": polish, "tooth": "16", "finding_event_id": Uuid::now_v7() }),
            "/items/1/finding_event_id",
            "request.unknown_reference",
        ),
    ] {
        let body = json!({ "name": "Plan", "items": [practice.filling("16", &["O"]), item] });
        practice.doctor.post(&practice.plans(), body).await.expect_invalid(pointer, code);
    }
    practice
        .doctor
        .post(&practice.plans(), json!({ "name": " " }))
        .await
        .expect_invalid("/name", "request.required");
    let listed = practice.doctor.get(&practice.plans()).await.expect(200);
    assert_eq!(listed["items"], json!([]));
    assert!(practice.on_chart("16").await.is_empty());
}

#[tokio::test]
async fn another_price_than_the_catalogues_needs_the_permission_for_discounts() {
    let practice = Practice::new().await;
    let mut item = practice.filling("16", &["O"]);
    item["discount"] = json!({ "amount": "100.00", "currency": "EGP" });
    let body = json!({ "name": "Plan", "doctor_id": practice.app.clinic.doctor(), "items": [item] });
    practice
        .doctor
        .post(&practice.plans(), body.clone())
        .await
        .expect_problem(403, "identity.permission_missing");
    let plan = practice.admin.post(&practice.plans(), body).await.expect(201);
    assert_eq!(amount(&plan["totals"]["patient"]), "700.00");
    let (item, version) = (item_path(&plan, 0), plan["items"][0]["version"].as_i64().unwrap());
    let too_much = json!({ "discount": { "amount": "800.01", "currency": "EGP" } });
    practice
        .admin
        .patch(&item, version, too_much)
        .await
        .expect_invalid("/discount/amount", "billing.discount_exceeds_line");
    let other = json!({ "fee": { "amount": "700.00", "currency": "USD" } });
    practice
        .admin
        .patch(&item, version, other)
        .await
        .expect_invalid("/fee/currency", "records.currency_mismatch");
}

#[tokio::test]
async fn a_price_stays_as_it_was_quoted_until_it_is_quoted_again_on_purpose() {
    let practice = Practice::new().await;
    let plan = practice.plan(&["16"]).await;
    let procedure = format!("/procedures/{}", practice.app.clinic.procedure);
    let found = practice.admin.get("/procedures").await.expect(200);
    let version = found["items"][0]["version"].as_i64().unwrap();
    let dearer = json!({ "price": { "amount": "900.00", "currency": "EGP" } });
    practice.admin.patch(&procedure, version, dearer).await.expect(200);
    assert_eq!(amount(&practice.read(&plan).await["totals"]["total"]), "800.00");
    let again = practice.doctor.post(&format!("{}/requote", path(&plan)), json!({})).await.expect(200);
    assert_eq!(amount(&again["totals"]["total"]), "900.00");
    assert!(again["revision"].as_i64() > plan["revision"].as_i64());
}

#[tokio::test]
async fn items_are_moved_between_phases_and_keep_their_order() {
    let practice = Practice::new().await;
    let plan = practice.plan(&["14", "15", "16"]).await;
    let teeth = |plan: &serde_json::Value| {
        let items = plan["items"].as_array().unwrap();
        items.iter().map(|i| format!("{}:{}", i["phase"], i["tooth"].as_str().unwrap())).collect::<Vec<_>>()
    };
    let moved = practice.doctor.patch(&item_path(&plan, 2), 1, json!({ "position": 0 })).await.expect(200);
    assert_eq!(teeth(&moved), ["1:16", "1:14", "1:15"]);
    let moved = practice.doctor.patch(&item_path(&plan, 0), 1, json!({ "phase": 2 })).await.expect(200);
    assert_eq!(teeth(&moved), ["1:16", "1:15", "2:14"]);
    practice
        .doctor
        .patch(&item_path(&plan, 0), 1, json!({ "phase": 3 }))
        .await
        .expect_problem(412, "request.stale");
}

#[tokio::test]
async fn what_is_taken_out_leaves_the_chart_and_a_plan_that_is_given_up_too() {
    let practice = Practice::new().await;
    let plan = practice.plan(&["16", "17"]).await;
    let left = practice.doctor.delete(&item_path(&plan, 0)).await.expect(200);
    assert_eq!(left["items"].as_array().unwrap().len(), 1);
    assert!(practice.on_chart("16").await.is_empty());
    practice.doctor.delete(&item_path(&plan, 0)).await.expect_problem(404, "request.not_found");
    let withdraw = format!("{}/withdraw", path(&plan));
    practice
        .doctor
        .post(&withdraw, json!({ "reason": " " }))
        .await
        .expect_invalid("/reason", "request.required");
    let gone = practice.doctor.post(&withdraw, json!({ "reason": "Moved away" })).await.expect(200);
    assert_eq!((&gone["standing"], &gone["status_reason"]), (&json!("withdrawn"), &json!("Moved away")));
    assert!(practice.on_chart("17").await.is_empty());
    let add = practice.doctor.post(&format!("{}/items", path(&plan)), practice.filling("16", &["O"])).await;
    add.expect_problem(409, "planning.plan_closed");
}

#[tokio::test]
async fn a_finding_suggests_procedures_until_something_is_planned_for_it() {
    let practice = Practice::new().await;
    let caries = practice
        .chart(json!({ "layer": "finding", "code": "caries", "teeth": ["16"], "surfaces": ["O"], "severity": 4 }))
        .await;
    let path = format!("/patients/{}/plan-suggestions", practice.patient);
    let found = practice.doctor.get(&path).await.expect(200);
    assert_eq!(found["items"][0]["finding_event_id"], caries["id"]);
    assert_eq!(found["items"][0]["procedures"][0]["code"], "RST-001");
    assert_eq!(found["items"][0]["procedures"][0]["fee"]["amount"], "800.00");
    let mut item = practice.filling("16", &["O"]);
    item["finding_event_id"] = caries["id"].clone();
    let body = json!({ "name": "Plan", "items": [item] });
    let plan = practice.doctor.post(&practice.plans(), body).await.expect(201);
    assert_eq!(practice.doctor.get(&path).await.expect(200)["items"], json!([]));
    practice.doctor.delete(&item_path(&plan, 0)).await.expect(200);
    assert_eq!(practice.doctor.get(&path).await.expect(200)["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_plan_is_changed_by_who_knows_its_version() {
    let practice = Practice::new().await;
    let plan = practice.plan(&["16"]).await;
    let version = plan["version"].as_i64().unwrap();
    let patch = json!({ "name": "Renamed", "phases": [{ "number": 1, "name": "Urgent" }] });
    let changed = practice.doctor.patch(&path(&plan), version, patch.clone()).await.expect(200);
    assert_eq!((&changed["name"], &changed["phases"][0]["name"]), (&json!("Renamed"), &json!("Urgent")));
    practice.doctor.patch(&path(&plan), version, patch).await.expect_problem(412, "request.stale");
    let again = json!({ "phases": [{ "number": 1, "name": "A" }, { "number": 1, "name": "B" }] });
    practice
        .doctor
        .patch(&path(&plan), changed["version"].as_i64().unwrap(), again)
        .await
        .expect_invalid("/phases/1/number", "planning.phase_repeated");
}

#[tokio::test]
async fn what_stands_for_an_item_is_taken_off_the_chart_with_the_item_alone() {
    let practice = Practice::new().await;
    let plan = practice.plan(&["16"]).await;
    let event = plan["items"][0]["chart_event_id"].as_str().unwrap();
    let events = format!("/patients/{}/chart/events/{event}", practice.patient);
    let correct = practice.doctor.post(&format!("{events}/correct"), json!({ "reason": "No" })).await;
    correct.expect_problem(409, "charting.in_plan");
    let undo = practice.doctor.post(&format!("{events}/undo"), json!({})).await;
    assert_eq!(undo.status, 409, "{}", undo.text());
    assert_eq!(practice.on_chart("16").await.len(), 1);
}
