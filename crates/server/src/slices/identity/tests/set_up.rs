//! The set-up of the first clinic.

use dentpro_core::permissions::BuiltInRole::Admin;
use serde_json::{Value, json};
use sqlx::Executor;

use super::super::ensure_setup_code;
use super::cookie;
use crate::testing::TestApp;

const PASSWORD: &str = "quiet rivers carry boats";

/// An installation before its first clinic, and its one-time code.
async fn fresh() -> (TestApp, String) {
    let app = TestApp::new().await;
    let mut owner = app.database.owner().await;
    owner.execute("set session_replication_role = replica; truncate clinic, account cascade").await.unwrap();
    let code = ensure_setup_code(&app.state.db, &app.clock).await.unwrap().unwrap();
    (app, code)
}

fn clinic(code: &str, currency: &str) -> Value {
    json!({
        "code": code,
        "clinic": { "name_ar": "عيادة النيل", "name_en": "Nile Dental", "country": "EG", "currency": currency,
            "time_zone": "Africa/Cairo", "languages": ["ar", "en"] },
        "branch": { "name_ar": "الدقي", "name_en": "Dokki" },
        "chairs": [{ "name_ar": "كرسي ١", "name_en": "Chair 1" }, { "name_en": "Chair 2" }],
        "admin": { "name_ar": "منى عادل", "name_en": "Mona Adel", "email": "Mona@nile.example", "password": PASSWORD }
    })
}

#[tokio::test]
async fn the_first_administrator_finds_a_clinic_that_is_ready_to_work() {
    let (app, code) = fresh().await;
    let nobody = app.anonymous();
    assert_eq!(nobody.get("/setup").await.expect(200)["required"], true);
    assert_eq!(nobody.get("/session/info").await.expect(200)["setup_required"], true);
    let answer = nobody.post("/setup", clinic(&code.to_uppercase(), "EGP")).await;
    let session = answer.expect(201);
    assert_eq!(
        (&session["roles"], &session["account"]["email"]),
        (&json!(["admin"]), &json!("mona@nile.example"))
    );
    assert_eq!(session["clinic"]["week_start"], "saturday");
    let mona = nobody.with("cookie", &cookie(&answer));
    assert_eq!(mona.get("/chairs").await.expect(200)["items"].as_array().unwrap().len(), 2);
    assert_eq!(mona.get("/roles").await.expect(200)["items"].as_array().unwrap().len(), 4);
    let types = mona.get("/appointment-types").await.expect(200)["items"].as_array().unwrap().clone();
    assert!(types.len() >= 12, "{types:?}");
    assert!(types.iter().all(|t| t["procedure_ids"].as_array().is_some_and(|p| !p.is_empty())), "{types:?}");
    let mut owner = app.database.owner().await;
    let counts: (i64, i64, i64, i64) = sqlx::query_as(
        "select (select count(*) from procedure_item where price > 0), (select count(*) from drug),
            (select count(*) from working_hours), (select max(price) from procedure_item where code = 'DX-001')",
    )
    .fetch_one(&mut owner)
    .await
    .unwrap();
    assert!(counts.0 >= 120 && counts.1 >= 80, "{counts:?}");
    assert_eq!((counts.2, counts.3), (6, 40_000));
    assert_eq!(
        mona.get("/audit?entity=clinic").await.expect(200)["items"][0]["actor"]["name_en"],
        "Mona Adel"
    );
    let info = nobody.get("/session/info").await.expect(200);
    assert_eq!((&info["setup_required"], &info["clinic_name_en"]), (&json!(false), &json!("Nile Dental")));
}

#[tokio::test]
async fn the_catalogue_of_a_clinic_with_another_currency_begins_without_prices() {
    let (app, code) = fresh().await;
    app.anonymous().post("/setup", clinic(&code, "KWD")).await.expect(201);
    let mut owner = app.database.owner().await;
    let priced: i64 = sqlx::query_scalar("select count(*) from procedure_item where price <> 0")
        .fetch_one(&mut owner)
        .await
        .unwrap();
    assert_eq!(priced, 0);
}

#[tokio::test]
async fn without_the_code_nothing_is_set_up_and_afterwards_never_again() {
    let (app, code) = fresh().await;
    let nobody = app.anonymous();
    nobody
        .post("/setup", clinic("aaaa-bbbb-cccc-dddd", "EGP"))
        .await
        .expect_problem(403, "identity.setup_code_wrong");
    nobody.post("/setup", clinic("", "EGP")).await.expect_problem(403, "identity.setup_code_wrong");
    let newer = ensure_setup_code(&app.state.db, &app.clock).await.unwrap().unwrap();
    nobody.post("/setup", clinic(&code, "EGP")).await.expect_problem(403, "identity.setup_code_wrong");
    nobody.post("/setup", clinic(&newer, "EGP")).await.expect(201);
    nobody.post("/setup", clinic(&newer, "EGP")).await.expect_problem(409, "identity.already_set_up");
    assert_eq!(ensure_setup_code(&app.state.db, &app.clock).await.unwrap(), None);
}

#[tokio::test]
async fn of_two_set_ups_at_once_one_wins() {
    let (app, code) = fresh().await;
    let nobody = app.anonymous();
    let answers =
        futures::future::join_all((0..4).map(|_| nobody.post("/setup", clinic(&code, "EGP")))).await;
    assert_eq!(answers.iter().filter(|a| a.status == 201).count(), 1);
    assert!(answers.iter().all(|a| a.status == 201 || a.code() == "identity.already_set_up"));
    let mut owner = app.database.owner().await;
    let clinics: i64 = sqlx::query_scalar("select count(*) from clinic").fetch_one(&mut owner).await.unwrap();
    assert_eq!(clinics, 1);
}

#[tokio::test]
async fn a_running_clinic_cannot_be_set_up_over() {
    let app = TestApp::new().await;
    app.anonymous()
        .post("/setup", clinic("aaaa", "EGP"))
        .await
        .expect_problem(409, "identity.already_set_up");
    app.login(Admin)
        .await
        .post("/setup", clinic("aaaa", "EGP"))
        .await
        .expect_problem(409, "identity.already_set_up");
}

#[tokio::test]
async fn what_was_typed_wrong_is_named_where_it_stands() {
    let (app, code) = fresh().await;
    let nobody = app.anonymous();
    for (pointer, value, code_of_error) in [
        ("/clinic/country", json!("Egypt"), "identity.country_unknown"),
        ("/clinic/currency", json!("XXZ"), "identity.currency_unknown"),
        ("/clinic/time_zone", json!("Africa/Atlantis"), "identity.time_zone_unknown"),
        ("/clinic/languages", json!(["fr"]), "identity.languages_unknown"),
        ("/chairs", json!([]), "identity.chairs_out_of_range"),
        ("/admin/email", json!("mona"), "identity.email_invalid"),
        ("/admin/password", json!("Nile Dental for ever"), "identity.password_contains_clinic_name"),
    ] {
        let mut body = clinic(&code, "EGP");
        *body.pointer_mut(pointer).unwrap() = value;
        nobody.post("/setup", body).await.expect_invalid(pointer, code_of_error);
    }
    let mut nameless = clinic(&code, "EGP");
    nameless["chairs"][1] = json!({});
    nobody.post("/setup", nameless).await.expect_invalid("/chairs/1/name_ar", "request.required");
}
