//! Branches and chairs through HTTP.

use dentpro_core::permissions::BuiltInRole::{Admin, Receptionist};
use serde_json::json;

use crate::testing::TestApp;

#[tokio::test]
async fn an_admin_adds_a_branch_with_a_chair_and_everyone_sees_both() {
    let app = TestApp::new().await;
    let admin = app.login(Admin).await;
    let branch = admin.post("/branches", json!({ "name_ar": "فرع المعادي", "name_en": "Maadi" })).await.expect(201);
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
async fn a_branch_needs_a_name_in_one_language() {
    let app = TestApp::new().await;
    let admin = app.login(Admin).await;
    let refused = admin.post("/branches", json!({ "name_en": "  " })).await;
    refused.expect_invalid("/name_en", "request.required");
}
