//! Roles and permissions.

use dentpro_core::permissions::BuiltInRole::{Admin, Assistant, Doctor, Receptionist};
use serde_json::json;

use super::sign_in;
use crate::testing::TestApp;

#[tokio::test]
async fn an_admin_makes_a_role_gives_it_to_somebody_and_takes_it_away_again() {
    let app = TestApp::new().await;
    let admin = sign_in(&app, Admin).await;
    let new = json!({ "name_ar": "محاسب", "name_en": "Accountant", "permissions": [
        { "code": "billing.read", "scope": "all" }, { "code": "scheduling.read", "scope": "own" }] });
    let role = admin.post("/roles", new).await.expect(201);
    assert_eq!((role["built_in"].clone(), role["staff_count"].clone()), (json!(false), json!(0)));
    let (id, staff) = (role["id"].as_str().unwrap(), app.clinic.staff[&Receptionist]);
    let changed = admin.patch(&format!("/staff/{staff}"), 1, json!({ "role_ids": [id] })).await.expect(200);
    assert_eq!(changed["role_ids"], json!([id]));
    let accountant = sign_in(&app, Receptionist).await;
    let session = accountant.get("/session").await.expect(200);
    assert_eq!(session["permissions"], json!(["billing.read", "scheduling.read"]));
    assert_eq!(session["scopes"], json!({ "scheduling.read": "own" }));
    admin.delete(&format!("/roles/{id}")).await.expect_problem(409, "identity.role_in_use");
    let back = json!({ "role_ids": [app.clinic.roles[&Receptionist]] });
    admin.patch(&format!("/staff/{staff}"), 2, back).await.expect(200);
    assert_eq!(admin.delete(&format!("/roles/{id}")).await.status, 204);
    admin.delete(&format!("/roles/{id}")).await.expect_problem(404, "request.not_found");
}

#[tokio::test]
async fn the_admin_role_cannot_be_weakened_and_built_in_roles_stay() {
    let app = TestApp::new().await;
    let admin = sign_in(&app, Admin).await;
    let path = |role| format!("/roles/{}", app.clinic.roles[&role]);
    admin
        .patch(&path(Admin), 1, json!({ "permissions": [] }))
        .await
        .expect_problem(409, "identity.role_admin_fixed");
    admin.delete(&path(Assistant)).await.expect_problem(409, "identity.role_built_in");
    let renamed = admin.patch(&path(Assistant), 1, json!({ "name_en": "Chairside" })).await.expect(200);
    assert_eq!((renamed["name_en"].as_str(), renamed["version"].as_i64()), (Some("Chairside"), Some(2)));
    assert!(renamed["permissions"].as_array().unwrap().len() > 5, "names change without the permissions");
    admin.patch(&path(Assistant), 1, json!({ "name_en": "X" })).await.expect_problem(412, "request.stale");
}

#[tokio::test]
async fn only_permissions_that_exist_are_given_and_only_as_far_as_they_reach() {
    let app = TestApp::new().await;
    let admin = sign_in(&app, Admin).await;
    let role = |permissions| json!({ "name_en": "New", "permissions": permissions });
    let unknown = json!([{ "code": "everything.always", "scope": "all" }]);
    admin
        .post("/roles", role(unknown))
        .await
        .expect_invalid("/permissions/0/code", "identity.permission_unknown");
    let own = json!([{ "code": "clinic.read", "scope": "all" }, { "code": "billing.read", "scope": "own" }]);
    admin
        .post("/roles", role(own))
        .await
        .expect_invalid("/permissions/1/scope", "identity.scope_not_possible");
    let twice = json!([{ "code": "clinic.read", "scope": "all" }, { "code": "clinic.read", "scope": "all" }]);
    admin
        .post("/roles", role(twice))
        .await
        .expect_invalid("/permissions/1/code", "identity.permission_repeated");
    admin.post("/roles", json!({ "name_en": " " })).await.expect_invalid("/name_en", "request.required");
    let other = format!("/roles/{}", app.other_clinic.roles[&Doctor]);
    admin.patch(&other, 1, json!({ "name_en": "Mine" })).await.expect_problem(404, "request.not_found");
    let listed = admin.get("/permissions").await.expect(200);
    let read =
        listed["items"].as_array().unwrap().iter().find(|p| p["code"] == "records.read").unwrap().clone();
    assert_eq!(read["scopes"], json!(["own", "all"]));
}

#[tokio::test]
async fn who_may_only_manage_staff_cannot_make_anybody_more_than_himself() {
    let app = TestApp::new().await;
    let admin = sign_in(&app, Admin).await;
    let permissions = json!([{ "code": "identity.read_staff", "scope": "all" },
        { "code": "identity.manage_staff", "scope": "all" }, { "code": "identity.manage_roles", "scope": "all" }]);
    let hr = json!({ "name_en": "People office", "permissions": permissions });
    let hr = admin.post("/roles", hr).await.expect(201)["id"].clone();
    let staff = app.clinic.staff[&Receptionist];
    admin.patch(&format!("/staff/{staff}"), 1, json!({ "role_ids": [hr] })).await.expect(200);
    let office = sign_in(&app, Receptionist).await;
    let grab = json!({ "role_ids": [app.clinic.roles[&Admin]] });
    let refused = office.patch(&format!("/staff/{staff}"), 2, grab.clone()).await;
    refused.expect_problem(403, "identity.exceeds_own_permissions");
    let friend = json!({ "email": "friend@x.example", "name_en": "Friend", "role_ids": grab["role_ids"] });
    office.post("/invitations", friend).await.expect_problem(403, "identity.exceeds_own_permissions");
    let more = json!({ "permissions": [{ "code": "audit.read", "scope": "all" }] });
    let path = format!("/roles/{}", hr.as_str().unwrap());
    office.patch(&path, 1, more).await.expect_problem(403, "identity.exceeds_own_permissions");
    let boss = format!("/staff/{}", app.clinic.staff[&Admin]);
    office
        .patch(&boss, 1, json!({ "active": false }))
        .await
        .expect_problem(403, "identity.exceeds_own_permissions");
}
