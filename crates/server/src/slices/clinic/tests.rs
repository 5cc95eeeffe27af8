//! The clinic's set-up through HTTP.

mod hours;

use dentpro_core::permissions::BuiltInRole::{Admin, Doctor, Receptionist};
use serde_json::json;

use crate::testing::TestApp;

#[tokio::test]
async fn an_admin_adds_a_branch_with_a_chair_and_everyone_sees_both() {
    let app = TestApp::new().await;
    let admin = app.login(Admin).await;
    let branch =
        admin.post("/branches", json!({ "name_ar": "فرع المعادي", "name_en": "Maadi" })).await.expect(201);
    assert_eq!(branch["number_prefix"], "B2");
    let chair = json!({ "branch_id": branch["id"], "name_ar": "كرسي ١", "name_en": "Chair 1" });
    admin.post("/chairs", chair).await.expect(201);

    let reception = app.login(Receptionist).await;
    let branches = reception.get("/branches").await.expect(200);
    assert_eq!(branches["items"].as_array().unwrap().len(), 2);
    let chairs = reception.get("/chairs").await.expect(200);
    assert!(chairs["items"].as_array().unwrap().iter().any(|c| c["branch_id"] == branch["id"]));
}

#[tokio::test]
async fn a_receptionist_cannot_add_a_branch() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let refused = reception.post("/branches", json!({ "name_en": "Mine" })).await;
    refused.expect_problem(403, "identity.permission_missing");
}

#[tokio::test]
async fn a_chair_cannot_be_put_into_another_clinics_branch() {
    let app = TestApp::new().await;
    let admin = app.login(Admin).await;
    let chair = json!({ "branch_id": app.other_clinic.branch, "name_en": "Chair" });
    admin.post("/chairs", chair).await.expect_problem(422, "request.unknown_reference");
}

#[tokio::test]
async fn a_stale_change_of_a_chair_is_refused_and_one_without_version_too() {
    let app = TestApp::new().await;
    let admin = app.login(Admin).await;
    let path = format!("/chairs/{}", app.clinic.chairs[0]);
    let changed = admin.patch(&path, 1, json!({ "name_en": "Window chair" })).await.expect(200);
    assert_eq!(changed["version"], 2);
    admin.patch(&path, 1, json!({ "name_en": "Door chair" })).await.expect_problem(412, "request.stale");
    let without = admin.send(axum::http::Method::PATCH, &path, Some(json!({ "active": false }))).await;
    without.expect_problem(428, "request.if_match_required");
}

#[tokio::test]
async fn a_chair_says_what_it_is_fit_for_and_when_it_is_out_of_service() {
    let app = TestApp::new().await;
    let admin = app.login(Admin).await;
    let path = format!("/chairs/{}", app.clinic.chairs[0]);
    let out = json!({ "reason": "Compressor", "from": "2026-11-23", "until": "2026-11-24" });
    let change = json!({ "features": ["xray", "surgery", "xray"], "out_of_service": out });
    let chair = admin.patch(&path, 1, change).await.expect(200);
    assert_eq!((&chair["features"], &chair["out_of_service"]), (&json!(["surgery", "xray"]), &out));
    for (change, pointer, code) in [
        (json!({ "features": ["massage"] }), "/features", "clinic.feature_unknown"),
        (json!({ "out_of_service": { "reason": " " } }), "/out_of_service/reason", "request.required"),
        (
            json!({ "out_of_service": { "reason": "x", "from": "2026-11-24", "until": "2026-11-23" } }),
            "/out_of_service/until",
            "clinic.closure_ends_before_start",
        ),
    ] {
        admin.patch(&path, 2, change).await.expect_invalid(pointer, code);
    }
    let back = admin.patch(&path, 2, json!({ "out_of_service": null })).await.expect(200);
    assert_eq!((back["out_of_service"].is_null(), back["features"].as_array().unwrap().len()), (true, 2));
}

#[tokio::test]
async fn a_branch_needs_a_name_in_one_language() {
    let app = TestApp::new().await;
    let admin = app.login(Admin).await;
    let refused = admin.post("/branches", json!({ "name_en": "  " })).await;
    refused.expect_invalid("/name_en", "request.required");
}

#[tokio::test]
async fn the_clinics_settings_change_and_a_stale_change_is_refused() {
    let app = TestApp::new().await;
    let admin = app.login(Admin).await;
    let changed = json!({ "digits": "arabic", "week_start": "sunday", "weekend": ["friday", "saturday"], "tax_number": "123-456",
        "default_tax_percent": "14", "slot_minutes": 20, "late_cancel_hours": 48 });
    let clinic = admin.patch("/clinic", 1, changed).await.expect(200);
    assert_eq!(
        (clinic["digits"].as_str(), clinic["default_tax_percent"].as_str()),
        (Some("arabic"), Some("14"))
    );
    assert_eq!((clinic["slot_minutes"].as_i64(), clinic["late_cancel_hours"].as_i64()), (Some(20), Some(48)));
    admin.patch("/clinic", 1, json!({ "phone": "1" })).await.expect_problem(412, "request.stale");
    let reception = app.login(Receptionist).await;
    reception
        .patch("/clinic", 2, json!({ "phone": "1" }))
        .await
        .expect_problem(403, "identity.permission_missing");
}

#[tokio::test]
async fn impossible_settings_are_refused_with_the_field() {
    let app = TestApp::new().await;
    let admin = app.login(Admin).await;
    for (field, value, code) in [
        ("time_zone", json!("Mars/Olympus"), "clinic.time_zone_unknown"),
        ("currency", json!("XXX"), "clinic.currency_unknown"),
        ("slot_minutes", json!(7), "request.out_of_range"),
        ("late_cancel_hours", json!(169), "request.out_of_range"),
        ("chart_colours", json!("rainbow"), "request.out_of_range"),
        ("session_idle_minutes", json!(100_000), "request.out_of_range"),
        ("default_tax_percent", json!("101"), "request.out_of_range"),
        ("weekend", json!(["friday", "friday"]), "request.out_of_range"),
        ("name_ar", json!("ا\u{202E}ب"), "request.text_not_allowed"),
    ] {
        admin.patch("/clinic", 1, json!({ field: value })).await.expect_invalid(&format!("/{field}"), code);
    }
}

#[tokio::test]
async fn the_charts_colours_are_the_clinics_and_every_session_knows_them() {
    let app = TestApp::new().await;
    let admin = app.login(Admin).await;
    assert_eq!(admin.get("/clinic").await.expect(200)["chart_colours"], "existing_blue");
    let chosen = json!({ "chart_colours": "high_contrast" });
    assert_eq!(admin.patch("/clinic", 1, chosen.clone()).await.expect(200)["chart_colours"], "high_contrast");
    let doctor = app.login(Doctor).await;
    assert_eq!(doctor.get("/session").await.expect(200)["clinic"]["chart_colours"], "high_contrast");
    doctor.patch("/clinic", 2, chosen).await.expect_problem(403, "identity.permission_missing");
    let elsewhere = app.login_elsewhere(Admin).await;
    assert_eq!(elsewhere.get("/clinic").await.expect(200)["chart_colours"], "existing_blue");
}

#[tokio::test]
async fn only_a_real_picture_becomes_the_logo() {
    let app = TestApp::new().await;
    let admin = app.login(Admin).await;
    let put = axum::http::Method::PUT;
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec();
    let refused = admin.send_bytes(put.clone(), "/clinic/logo", Some(("image/png", svg))).await;
    refused.expect_invalid("", "clinic.not_a_picture");
    let png = b"\x89PNG\r\n\x1a\n picture".to_vec();
    let clinic = admin.send_bytes(put, "/clinic/logo", Some(("image/png", png.clone()))).await.expect(200);
    let shown = admin.get(clinic["logo_url"].as_str().unwrap()).await;
    assert_eq!((shown.headers["content-type"].to_str().unwrap(), &shown.bytes), ("image/png", &png));
    assert_eq!(shown.headers["x-content-type-options"], "nosniff");
    app.login_elsewhere(Admin).await.get("/clinic/logo").await.expect_problem(404, "request.not_found");
}

#[tokio::test]
async fn a_catalogue_goes_out_as_csv_and_comes_back_and_no_cell_is_a_formula() {
    let app = TestApp::new().await;
    let admin = app.login(Admin).await;
    let new = json!({ "code": "TST-001", "name_en": "=HYPERLINK(\"x\")", "category": "diagnostic", "scope": "mouth",
        "price": { "amount": "150.00", "currency": "EGP" }, "minutes": 15, "tax_code": "exempt" });
    admin.post("/procedures", new).await.expect(201);
    let file = admin.get("/procedures.csv").await;
    assert!(file.text().contains("'=HYPERLINK"), "{}", file.text());
    let post = axum::http::Method::POST;
    let report =
        admin.send_bytes(post, "/procedures/import", Some(("text/csv", file.bytes))).await.expect(200);
    assert_eq!((report["created"].as_i64(), report["updated"].as_i64()), (Some(0), Some(2)));
    let found = admin.get("/procedures?q=hyperlink").await.expect(200);
    assert_eq!(found["items"][0]["name_en"], "=HYPERLINK(\"x\")");
}

#[tokio::test]
async fn a_file_with_one_wrong_line_changes_nothing_and_names_the_line() {
    let app = TestApp::new().await;
    let admin = app.login(Admin).await;
    let file = "code,name_ar,name_en,category,scope,minutes,price,tax\n\
        NEW-001,كشف,Check-up,diagnostic,mouth,15,100.00,exempt\n\
        NEW-002,كشف,Check-up,diagnostic,nowhere,15,100.00,exempt\n\
        NEW-003,كشف,Check-up,diagnostic,mouth,15,-1,exempt\n";
    let post = axum::http::Method::POST;
    let report = admin
        .send_bytes(post, "/procedures/import", Some(("text/csv", file.as_bytes().to_vec())))
        .await
        .expect(200);
    assert_eq!(report["errors"][0], json!({ "line": 3, "column": "scope", "code": "clinic.scope_unknown" }));
    assert_eq!(report["errors"][1]["line"], 4);
    assert_eq!(admin.get("/procedures?q=NEW").await.expect(200)["items"], json!([]));
}

#[tokio::test]
async fn who_sees_no_prices_gets_the_catalogue_without_them() {
    let app = TestApp::new().await;
    let assistant = app.login(dentpro_core::permissions::BuiltInRole::Assistant).await;
    assert!(assistant.get("/procedures").await.expect(200)["items"][0]["price"].is_null());
    assistant.get("/procedures.csv").await.expect_problem(403, "identity.permission_missing");
    let reception = app.login(Receptionist).await;
    assert_eq!(reception.get("/procedures").await.expect(200)["items"][0]["price"]["amount"], "800.00");
}

#[tokio::test]
async fn shipped_lists_are_found_in_both_languages_and_by_code() {
    let app = TestApp::new().await;
    let doctor = app.login(Doctor).await;
    for (list, q) in [
        ("conditions", "I10"),
        ("conditions", "ضغط"),
        ("allergens", "penicillin"),
        ("diagnoses", "K02"),
        ("diagnoses", "تسوس"),
    ] {
        let found = doctor
            .get(&format!(
                "/reference/{list}?q={}",
                url::form_urlencoded::byte_serialize(q.as_bytes()).collect::<String>()
            ))
            .await;
        assert!(!found.expect(200)["items"].as_array().unwrap().is_empty(), "{list} {q}");
    }
}
