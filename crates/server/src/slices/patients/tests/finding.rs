//! The list and the search.

use dentpro_core::permissions::BuiltInRole::{Admin, Assistant, Doctor, Receptionist};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{book, encoded, found, of, register, sqlx_execute};
use crate::testing::{TestApp, counting_statements};

#[tokio::test]
async fn a_name_is_found_however_it_is_spelled() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    for (number, (name_ar, name_en)) in [
        ("أحمد عبد الله", ""),
        ("فاطمة الزهراء", ""),
        ("يحيى مصطفى", ""),
        ("محمد سمير", ""),
        ("", "Mohamed Reda"),
    ]
    .into_iter()
    .enumerate()
    {
        register(&reception, name_ar, name_en, u32::try_from(number).unwrap()).await;
    }
    for (query, expected) in [
        ("احمد", vec!["أحمد عبد الله"]),
        ("عبدالله", vec!["أحمد عبد الله"]),
        ("عبد الله", vec!["أحمد عبد الله"]),
        ("فاطمه", vec!["فاطمة الزهراء"]),
        ("Fatma", vec!["فاطمة الزهراء"]),
        ("يحيي", vec!["يحيى مصطفى"]),
        ("Yehia Mostafa", vec!["يحيى مصطفى"]),
        ("Mohamed", vec!["Mohamed Reda", "محمد سمير"]),
        ("Muhammad", vec!["محمد سمير", "Mohamed Reda"]),
        ("محمد", vec!["محمد سمير", "Mohamed Reda"]),
        ("سمير محمد", vec!["محمد سمير"]),
        ("مصطفي", vec!["يحيى مصطفى"]),
        ("لزهراء", vec!["فاطمة الزهراء"]),
        ("يح", vec!["يحيى مصطفى"]),
        ("سم", vec!["محمد سمير"]),
        ("ف", vec!["فاطمة الزهراء"]),
    ] {
        let mut names = found(&reception, query).await;
        let mut expected = expected;
        // Both have the name by its key alone: neither is the better hit.
        if query == "Muhammad" {
            names.sort();
            expected.sort();
        }
        assert_eq!(names, expected, "{query}");
    }
}

#[tokio::test]
async fn a_misspelled_name_is_found_when_nothing_else_is() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    register(&reception, "إبراهيم حسان", "", 1).await;
    register(&reception, "سعاد كامل", "", 2).await;
    assert_eq!(found(&reception, "ابراهيييم").await, ["إبراهيم حسان"]);
    assert!(found(&reception, "زكريا").await.is_empty());
}

#[tokio::test]
async fn a_phone_is_found_by_its_beginning_its_end_and_in_any_digits() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let phones = json!([{ "number": "01001234567" }, { "number": "+966501234599" }]);
    reception.post("/patients", json!({ "name_ar": "منى", "phones": phones })).await.expect(201);
    register(&reception, "هدى", "", 9_876_543).await;
    for query in
        ["010012", "٠١٠٠١٢", "010 0123 4567", "234567", "+20 100 123", "0020100123", "0501234599", "4599"]
    {
        assert_eq!(found(&reception, query).await, ["منى"], "{query}");
    }
    assert_eq!(found(&reception, "٠١٠").await.len(), 2);
}

#[tokio::test]
async fn a_file_number_is_the_best_hit_with_and_without_zeros() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    sqlx_execute(
        &app,
        "insert into number_series (clinic_id, branch_id, series, year, last_value) values ($1, $1, 'patient', 0, 122)",
        |query| query.bind(app.clinic.id),
    )
    .await;
    register(&reception, "صاحب الملف", "", 1).await;
    register(&reception, "صاحب الهاتف", "", 1_230_000).await;
    for query in ["123", "000123", "٠٠٠١٢٣"] {
        assert_eq!(found(&reception, query).await.first().map(String::as_str), Some("صاحب الملف"), "{query}");
    }
    assert_eq!(found(&reception, "000123").await, ["صاحب الملف"]);
}

#[tokio::test]
async fn a_national_id_finds_its_patient() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let phones = json!([{ "number": "01001234567" }]);
    let body = json!({ "name_ar": "أحمد", "national_id": "29104020123456", "phones": phones });
    reception.post("/patients", body).await.expect(201);
    assert_eq!(found(&reception, "29104020123456").await, ["أحمد"]);
}

#[tokio::test]
async fn the_other_clinics_patients_are_never_found() {
    let app = TestApp::new().await;
    register(&app.login_elsewhere(Admin).await, "محمد أحمد", "Mohamed Ahmed", 1).await;
    let admin = app.login(Admin).await;
    for query in ["محمد", "Mohamed", "Mohamad Ahmad", "0100", "1", "000001", "م", "مح"] {
        assert!(found(&admin, query).await.is_empty(), "{query}");
        let hits = admin.get(&format!("/search?q={}", encoded(query))).await.expect(200);
        assert!(hits["items"].as_array().unwrap().is_empty(), "{query}");
    }
    assert!(admin.get("/patients").await.expect(200)["items"].as_array().unwrap().is_empty());
    let same = format!("/patients/duplicates?name_ar={}&phone=01000000001", encoded("محمد أحمد"));
    assert!(admin.get(&same).await.expect(200)["items"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn what_looks_like_an_injection_is_only_text() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    register(&reception, "محمد", "Robert'); drop table patient;--", 1).await;
    for query in [r"%_\'", "%", "_", "'", r"\", "~", "' or 1=1 --", "%' or true --", "{}"] {
        assert!(found(&reception, query).await.is_empty(), "{query}");
    }
    assert_eq!(found(&reception, "Robert'); drop table").await, ["محمد"]);
    for (query, code) in [("a\u{0}b", "request.text_not_allowed"), ("a\u{202E}b", "request.text_not_allowed")]
    {
        let refused = reception.get(&format!("/patients?q={}", encoded(query))).await;
        refused.expect_invalid("q", code);
    }
    let endless = encoded(&"كلمة ".repeat(60));
    reception.get(&format!("/patients?q={endless}")).await.expect_invalid("q", "request.too_long");
    reception.get("/patients?nonsense=1").await.expect_problem(422, "request.query_invalid");
    reception.get("/patients?cursor=abc").await.expect_invalid("cursor", "request.cursor_invalid");
    reception.get("/patients?limit=0").await.expect_invalid("limit", "request.limit_out_of_range");
    reception.get("/patients?limit=101").await.expect_invalid("limit", "request.limit_out_of_range");
}

/// The names of all pages, and how many there were.
async fn pages(client: &crate::testing::Client, path: &str) -> (Vec<String>, usize) {
    let (mut names, mut count, mut cursor) = (Vec::new(), 0, String::new());
    loop {
        let page = client.get(&format!("{path}&limit=3{cursor}")).await.expect(200);
        let items = page["items"].as_array().unwrap();
        names.extend(items.iter().map(|i| i["file_number"].as_str().unwrap().to_owned()));
        count += 1;
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return (names, count),
        }
    }
}

#[tokio::test]
async fn pages_follow_each_other_without_gap_or_repeat() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    for (n, name) in ["سمير علي", "علي سمير", "علي حسن", "علي كريم", "معالي", "Ali Hasan", "Aly Samir"]
        .into_iter()
        .enumerate()
    {
        let (ar, en) = if name.is_ascii() { ("", name) } else { (name, "") };
        register(&reception, ar, en, u32::try_from(n).unwrap()).await;
        app.advance(std::time::Duration::from_secs(60));
    }
    let (all, count) = pages(&reception, "/patients?status=active").await;
    assert_eq!(all, (1..=7).rev().map(|n| format!("{n:06}")).collect::<Vec<_>>());
    assert_eq!(count, 3);
    for query in ["علي", "Ali", "010"] {
        let whole = reception.get(&format!("/patients?q={}", encoded(query))).await.expect(200);
        let whole: Vec<_> =
            whole["items"].as_array().unwrap().iter().map(|i| i["file_number"].clone()).collect();
        let (paged, _) = pages(&reception, &format!("/patients?q={}", encoded(query))).await;
        assert!(paged.len() >= 6, "{query}");
        assert_eq!(paged, whole, "{query}");
    }
}

#[tokio::test]
async fn a_row_tells_alerts_visits_and_what_is_owed_only_to_who_may_know() {
    let app = TestApp::new().await;
    let admin = app.login(Admin).await;
    let patient = register(&admin, "محمد", "", 1).await;
    let path = of(&patient);
    let row = |list: Value| list["items"][0].clone();
    let before = row(admin.get("/patients").await.expect(200));
    assert_eq!(before["has_alerts"], false);
    assert_eq!(before["balance"], json!({ "amount": "0.00", "currency": "EGP" }));
    assert_eq!(before["next_appointment_at"], Value::Null);
    admin
        .post(&format!("{path}/allergies"), json!({ "substance": "Latex", "severity": "mild" }))
        .await
        .expect(201);
    book(&app, &patient, 2, "scheduled").await;
    book(&app, &patient, 1, "cancelled").await;
    let after = row(app.login(Assistant).await.get("/patients").await.expect(200));
    assert_eq!(after["has_alerts"], true);
    assert_eq!(after["phone"], "+201000000001");
    assert_eq!(after["next_appointment_at"], "2026-11-25T10:00:00+02:00");
    assert_eq!(after["balance"], Value::Null, "an assistant sees no money");
}

#[tokio::test]
async fn a_list_costs_the_same_few_statements_however_long_it_is() {
    let app = TestApp::new().await;
    let admin = app.login(Admin).await;
    for n in 0..30 {
        let patient = register(&admin, "محمد أحمد", "Mohamed", n).await;
        if n % 10 == 0 {
            let allergy = json!({ "substance": "Latex", "severity": "mild" });
            admin.post(&format!("{}/allergies", of(&patient)), allergy).await.expect(201);
            book(&app, &patient, 1 + i32::try_from(n).unwrap(), "scheduled").await;
        }
    }
    for (path, rows) in [
        ("/patients?limit=1".to_owned(), 1),
        ("/patients?limit=30".to_owned(), 30),
        (format!("/patients?limit=30&q={}", encoded("محمد")), 30),
        (format!("/patients?q={}", encoded("Mohammmed")), 25),
        (format!("/search?q={}", encoded("محمد")), 8),
        ("/search?q=000001".to_owned(), 8),
    ] {
        let (answer, cost) = counting_statements(admin.get(&path)).await;
        let list = answer.expect(200);
        assert!(list["items"].as_array().unwrap().len() <= rows, "{path}");
        assert!(!list["items"].as_array().unwrap().is_empty(), "{path}");
        assert!((2..=6).contains(&cost), "{path} cost {cost} statements");
    }
}

#[tokio::test]
async fn the_search_offers_patients_and_invoices_to_who_may_open_them() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let patient = register(&reception, "محمد", "Mohamed", 1).await;
    let invoice = Uuid::now_v7();
    let id: Uuid = patient["id"].as_str().unwrap().parse().unwrap();
    sqlx_execute(
        &app,
        "insert into invoice (clinic_id, id, patient_id, branch_id, status, number, issued_at, issued_on, issued_by,
            currency, created_at, created_by)
        values ($1, $2, $3, $4, 'issued', 'INV-2026-000017', now(), '2026-11-23', $5, 'EGP', now(), $5)",
        |query| query.bind(app.clinic.id).bind(invoice).bind(id).bind(app.clinic.branch).bind(app.clinic.doctor()),
    )
    .await;
    let hits = reception.with("accept-language", "ar").get("/search?q=Mohamed").await.expect(200);
    assert_eq!(
        hits["items"],
        json!([{ "kind": "patient", "id": id, "title": "محمد", "subtitle": "000001 · 010 00000001",
            "url": format!("/patients/{id}") }])
    );
    for query in ["inv-2026-0000", "INV-2026-000017", "17", "٠٠٠٠١٧"] {
        let hits = reception.get(&format!("/search?q={}", encoded(query))).await.expect(200);
        let hit = hits["items"].as_array().unwrap().iter().find(|h| h["kind"] == "invoice").cloned();
        let hit = hit.unwrap_or_else(|| panic!("{query}: {hits}"));
        assert_eq!(hit["title"], "INV-2026-000017");
        assert_eq!(hit["url"], format!("/invoices/{invoice}"));
        assert_eq!(hit["subtitle"], "Mohamed");
    }
    let assistant = app.login(Assistant).await;
    assert!(assistant.get("/search?q=INV-2026").await.expect(200)["items"].as_array().unwrap().is_empty());
    assert!(
        !app.login(Doctor).await.get("/search?q=INV-2026").await.expect(200)["items"]
            .as_array()
            .unwrap()
            .is_empty()
    );
    assert!(reception.get("/search?q=").await.expect(200)["items"].as_array().unwrap().is_empty());
    app.anonymous().get("/search?q=Mohamed").await.expect_problem(401, "identity.not_signed_in");
}
