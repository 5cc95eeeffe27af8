//! Staff and their photos.

use axum::http::Method;
use dentpro_core::permissions::BuiltInRole::{Admin, Doctor, Receptionist};
use serde_json::{Value, json};

use super::{logged, sign_in};
use crate::testing::{Client, TestApp, TestResponse};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n and some pixels";

#[tokio::test]
async fn everyone_sees_who_works_here_and_only_of_his_own_clinic() {
    let app = TestApp::new().await;
    let reception = sign_in(&app, Receptionist).await;
    let staff = reception.get("/staff").await.expect(200);
    let items = staff["items"].as_array().unwrap();
    assert_eq!(items.len(), 5);
    assert!(items.iter().all(|s| s["email"].as_str().unwrap().ends_with("@a.example")));
    let doctors = reception.get("/staff?role=doctor").await.expect(200);
    assert_eq!(doctors["items"].as_array().unwrap().len(), 2);
    let found = reception.get("/staff?q=DOCTOR2").await.expect(200);
    assert_eq!(found["items"][0]["id"], json!(app.clinic.second_doctor));
    assert_eq!(reception.get("/staff?q=%25").await.expect(200)["items"], json!([]));
    let other = format!("/staff/{}", app.other_clinic.doctor());
    reception.get(&other).await.expect_problem(404, "request.not_found");
}

#[tokio::test]
async fn a_long_list_comes_in_pages_without_gap_or_repetition() {
    let app = TestApp::new().await;
    let reception = sign_in(&app, Receptionist).await;
    let (mut names, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = reception.get(&format!("/staff?limit=2{cursor}")).await.expect(200);
        names.extend(
            page["items"].as_array().unwrap().iter().map(|s| s["name_en"].as_str().unwrap().to_owned()),
        );
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(names, ["Dr admin", "Dr assistant", "Dr doctor", "Dr doctor2", "Dr receptionist"]);
    reception.get("/staff?cursor=nonsense").await.expect_invalid("cursor", "request.cursor_invalid");
    reception.get("/staff?limit=101").await.expect_invalid("limit", "request.limit_out_of_range");
}

#[tokio::test]
async fn an_admin_changes_a_doctor_and_a_doctor_changes_nobody() {
    let app = TestApp::new().await;
    let (admin, doctor) = (sign_in(&app, Admin).await, sign_in(&app, Doctor).await);
    let path = format!("/staff/{}", app.clinic.doctor());
    let change = json!({ "colour": "#C2410C", "phone": "010 0123 4567", "specialty_ar": "تقويم" });
    let changed = admin.patch(&path, 1, change).await.expect(200);
    assert_eq!(
        (changed["colour"].as_str(), changed["phone"].as_str()),
        (Some("#c2410c"), Some("+201001234567"))
    );
    assert_eq!(changed["roles"], json!(["doctor"]));
    doctor
        .patch(&path, 2, json!({ "colour": "#000000" }))
        .await
        .expect_problem(403, "identity.permission_missing");
    admin.patch(&path, 1, json!({})).await.expect_problem(412, "request.stale");
    admin
        .patch(&path, 2, json!({ "colour": "red" }))
        .await
        .expect_invalid("/colour", "identity.colour_invalid");
    admin.patch(&path, 2, json!({ "phone": "12" })).await.expect_invalid("/phone", "identity.phone_invalid");
    admin
        .patch(&path, 2, json!({ "role_ids": [] }))
        .await
        .expect_invalid("/role_ids", "identity.role_required");
    let strange = json!({ "role_ids": [app.other_clinic.roles[&Admin]] });
    admin.patch(&path, 2, strange).await.expect_invalid("/role_ids", "request.unknown_reference");
    assert_eq!(logged(&app, "update").await[0]["after"]["specialty_ar"], "تقويم");
}

#[tokio::test]
async fn whoever_is_let_go_is_out_at_once_and_stays_in_the_records() {
    let app = TestApp::new().await;
    let (admin, doctor) = (sign_in(&app, Admin).await, sign_in(&app, Doctor).await);
    let path = format!("/staff/{}", app.clinic.doctor());
    admin.patch(&path, 1, json!({ "active": false })).await.expect(200);
    doctor.get("/session").await.expect_problem(401, "identity.not_signed_in");
    super::try_password(&app.anonymous(), &app, Doctor, crate::testing::PASSWORD)
        .await
        .expect_problem(401, "identity.no_clinic");
    let listed = |query: &'static str| {
        let admin = admin.clone();
        async move { admin.get(query).await.expect(200)["items"].as_array().unwrap().len() }
    };
    assert_eq!((listed("/staff").await, listed("/staff?include_inactive=true").await), (4, 5));
    admin.patch(&path, 2, json!({ "active": true })).await.expect(200);
    sign_in(&app, Doctor).await;
}

#[tokio::test]
async fn who_left_is_shown_as_invited_while_a_link_waits_for_him() {
    let app = TestApp::new().await;
    let admin = app.login(Admin).await;
    let path = format!("/staff/{}", app.clinic.doctor());
    let invited = || async {
        let listed = app.login(Receptionist).await.get("/staff?include_inactive=true").await.expect(200);
        let invited: Vec<Value> = listed["items"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|s| s["invited"] == true)
            .map(|s| s["id"].clone())
            .collect();
        let shown = app.login(Receptionist).await.get(&path).await.expect(200)["invited"].clone();
        assert_eq!(shown, json!(!invited.is_empty()));
        invited
    };
    admin.patch(&path, 1, json!({ "active": false })).await.expect(200);
    let body = |clinic: &crate::testing::Clinic| json!({ "email": app.clinic.email(Doctor), "name_en": "Back again", "role_ids": [clinic.roles[&Doctor]] });
    // What another clinic offers him is no business of this one.
    app.login_elsewhere(Admin).await.post("/invitations", body(&app.other_clinic)).await.expect(201);
    assert_eq!(invited().await, Vec::<Value>::new());
    let first = admin.post("/invitations", body(&app.clinic)).await.expect(201);
    assert_eq!(invited().await, [json!(app.clinic.doctor())]);
    admin.delete(&format!("/invitations/{}", first["id"].as_str().unwrap())).await.expect(204);
    assert_eq!(invited().await, Vec::<Value>::new());
    admin.post("/invitations", body(&app.clinic)).await.expect(201);
    app.advance(std::time::Duration::from_secs(7 * 24 * 3600));
    assert_eq!(invited().await, Vec::<Value>::new(), "the link has expired");
    let last = app.login(Admin).await.post("/invitations", body(&app.clinic)).await.expect(201);
    let token = last["url"].as_str().unwrap().rsplit('/').next().unwrap();
    let password = json!({ "password": crate::testing::PASSWORD });
    app.anonymous().post(&format!("/invitations/by-token/{token}/accept"), password).await.expect(201);
    assert_eq!(invited().await, Vec::<Value>::new());
    assert_eq!(app.login(Admin).await.get(&path).await.expect(200)["active"], true);
}

#[tokio::test]
async fn the_last_administrator_cannot_remove_himself() {
    let app = TestApp::new().await;
    let admin = sign_in(&app, Admin).await;
    let path = format!("/staff/{}", app.clinic.staff[&Admin]);
    admin.patch(&path, 1, json!({ "active": false })).await.expect_problem(409, "identity.last_admin");
    let demoted = json!({ "role_ids": [app.clinic.roles[&Doctor]] });
    admin.patch(&path, 1, demoted).await.expect_problem(409, "identity.last_admin");
    admin.get("/session").await.expect(200);
}

#[tokio::test]
async fn of_two_administrators_who_remove_each_other_at_once_one_remains() {
    let app = TestApp::new().await;
    let first = sign_in(&app, Admin).await;
    let second_path = format!("/staff/{}", app.clinic.doctor());
    let promoted = json!({ "role_ids": [app.clinic.roles[&Admin]] });
    first.patch(&second_path, 1, promoted).await.expect(200);
    let second = sign_in(&app, Doctor).await;
    let first_path = format!("/staff/{}", app.clinic.staff[&Admin]);
    let demoted = json!({ "role_ids": [app.clinic.roles[&Doctor]] });
    let (one, other) = tokio::join!(
        first.patch(&second_path, 2, demoted.clone()),
        second.patch(&first_path, 1, demoted.clone())
    );
    let statuses = [one.status.as_u16(), other.status.as_u16()];
    assert_eq!(
        statuses.iter().filter(|s| **s == 200).count(),
        1,
        "{statuses:?} {} {}",
        one.text(),
        other.text()
    );
    let mut owner = app.database.owner().await;
    let admins: i64 = sqlx::query_scalar(
        "select count(*) from staff_role sr join role r on r.clinic_id = sr.clinic_id and r.id = sr.role_id
        where sr.clinic_id = $1 and r.code = 'admin'",
    )
    .bind(app.clinic.id)
    .fetch_one(&mut owner)
    .await
    .unwrap();
    assert_eq!(admins, 1);
}

async fn put_photo(client: &Client, path: &str, kind: &str, bytes: &[u8]) -> TestResponse {
    client.send_bytes(Method::PUT, path, Some((kind, bytes.to_vec()))).await
}

#[tokio::test]
async fn a_photo_is_served_as_what_it_is_and_nothing_in_it_is_run() {
    let app = TestApp::new().await;
    let (admin, reception) = (sign_in(&app, Admin).await, sign_in(&app, Receptionist).await);
    let path = format!("/staff/{}/photo", app.clinic.doctor());
    admin.get(&path).await.expect_problem(404, "request.not_found");
    let staff = put_photo(&admin, &path, "image/png", PNG).await.expect(200);
    let url = staff["photo_url"].as_str().unwrap();
    let photo = reception.get(url).await;
    assert_eq!((photo.status.as_u16(), photo.bytes.as_slice()), (200, PNG));
    assert_eq!(photo.headers["content-type"], "image/png");
    assert_eq!(photo.headers["x-content-type-options"], "nosniff");
    app.login_elsewhere(Admin).await.get(url).await.expect_problem(404, "request.not_found");
    put_photo(&reception, &path, "image/png", PNG).await.expect_problem(403, "identity.permission_missing");
    assert_eq!(admin.delete(&path).await.expect(200)["photo_url"], Value::Null);
}

#[tokio::test]
async fn pictures_that_can_carry_a_script_are_refused() {
    let app = TestApp::new().await;
    let admin = sign_in(&app, Admin).await;
    let path = format!("/staff/{}/photo", app.clinic.doctor());
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
    for (kind, bytes) in [
        ("image/svg+xml", svg.as_slice()),
        ("image/png", svg.as_slice()),
        ("text/html", b"<html>".as_slice()),
        ("image/jpeg", PNG),
        ("image/png", b"".as_slice()),
    ] {
        put_photo(&admin, &path, kind, bytes).await.expect_problem(415, "identity.photo_kind");
    }
    let huge = [PNG, &vec![0; 2 * 1024 * 1024]].concat();
    put_photo(&admin, &path, "image/png", &huge).await.expect_problem(413, "request.too_large");
}
