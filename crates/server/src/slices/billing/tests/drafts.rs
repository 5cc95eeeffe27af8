//! Making and editing drafts.

use axum::http::Method;
use dentpro_core::permissions::BuiltInRole::Admin;
use futures::future::join_all;
use serde_json::json;
use uuid::Uuid;

use super::{Desk, egp, issue, owner, register, text};

#[tokio::test]
async fn a_draft_from_the_catalogue_has_its_price_and_no_number() {
    let desk = Desk::new().await;
    let draft = desk.draft().await;
    assert_eq!((&draft["number"], &draft["status"]), (&json!(null), &json!("draft")));
    assert_eq!(draft["total"], egp("800.00"));
    assert_eq!(draft["balance"], egp("800.00"));
    assert_eq!(draft["lines"][0]["description_en"], "Composite filling");
    assert_eq!(draft["lines"][0]["surfaces"], json!(["O"]));
    assert_eq!(draft["patient"]["name_ar"], "سارة محمود");
    assert_eq!(
        desk.balance().await,
        ("0.00".into(), "0.00".into(), "0.00".into()),
        "a draft is owed by nobody"
    );
}

#[tokio::test]
async fn a_visit_alone_bills_all_its_work_that_is_on_no_invoice() {
    let desk = Desk::new().await;
    let (visit, done) = desk.visit(3).await;
    let first = json!({ "patient_id": desk.patient, "lines": [{ "visit_procedure_id": done[1] }] });
    let first = desk.reception.post("/invoices", first).await.expect(201);
    assert_eq!(first["visit_id"], json!(visit), "work of one visit is an invoice of that visit");
    assert_eq!(first["doctor_id"], json!(desk.app.clinic.doctor()));
    assert_eq!(first["lines"][0]["surfaces"], json!(["M", "O", "D"]));

    let rest = json!({ "patient_id": desk.patient, "visit_id": visit });
    let draft = desk.reception.post("/invoices", rest.clone()).await.expect(201);
    assert_eq!(draft["lines"].as_array().unwrap().len(), 2);
    assert_eq!(draft["total"], egp("1600.00"));
    desk.reception.post("/invoices", rest.clone()).await.expect_problem(409, "billing.nothing_to_invoice");

    // A deleted draft gives its work back.
    desk.reception.delete(&format!("/invoices/{}", text(&draft["id"]))).await.expect(204);
    desk.reception
        .get(&format!("/invoices/{}", text(&draft["id"])))
        .await
        .expect_problem(404, "request.not_found");
    desk.reception.post("/invoices", rest).await.expect(201);
}

#[tokio::test]
async fn work_is_billed_once_however_many_want_to() {
    let desk = Desk::new().await;
    let (_, done) = desk.visit(2).await;
    let answers = join_all((0..8).map(|n| {
        // Half of them name the work the other way round.
        let (a, b) = if n % 2 == 0 { (0, 1) } else { (1, 0) };
        let lines = json!([{ "visit_procedure_id": done[a] }, { "visit_procedure_id": done[b] }]);
        let (reception, patient) = (desk.reception.clone(), desk.patient);
        async move { reception.post("/invoices", json!({ "patient_id": patient, "lines": lines })).await }
    }))
    .await;
    let made = answers.iter().filter(|a| a.status == 201).count();
    assert_eq!(made, 1);
    for refused in answers.iter().filter(|a| a.status != 201) {
        refused.expect_problem(409, "billing.already_invoiced");
    }
}

#[tokio::test]
async fn work_cannot_be_billed_to_another_patient_nor_otherwise_than_done() {
    let desk = Desk::new().await;
    let (visit, done) = desk.visit(1).await;
    let stranger = register(&desk.app, &desk.app.clinic, "منى", "Mona").await;
    let for_stranger = json!({ "patient_id": stranger, "lines": [{ "visit_procedure_id": done[0] }] });
    let refused = desk.reception.post("/invoices", for_stranger).await;
    refused.expect_invalid("/lines/0/visit_procedure_id", "billing.visit_of_other_patient");
    let visit_of_other = json!({ "patient_id": stranger, "visit_id": visit });
    let refused = desk.reception.post("/invoices", visit_of_other).await;
    refused.expect_invalid("/visit_id", "billing.visit_of_other_patient");
    let other_tooth =
        json!({ "patient_id": desk.patient, "lines": [{ "visit_procedure_id": done[0], "tooth": "11" }] });
    desk.reception
        .post("/invoices", other_tooth)
        .await
        .expect_invalid("/lines/0/tooth", "billing.line_differs");
    let twice = json!({ "patient_id": desk.patient,
        "lines": [{ "visit_procedure_id": done[0] }, { "visit_procedure_id": done[0] }] });
    desk.reception.post("/invoices", twice).await.expect_invalid("/lines/1", "billing.line_repeated");
}

#[tokio::test]
async fn prices_and_discounts_are_only_for_who_may_give_them() {
    let desk = Desk::new().await;
    let with = |field: &str, amount: &str| {
        let mut body = desk.filling();
        body["lines"][0][field] = egp(amount);
        body
    };
    for (field, amount) in [("unit_price", "700.00"), ("discount", "1.00")] {
        let refused = desk.reception.post("/invoices", with(field, amount)).await;
        refused.expect_problem(403, "billing.discount_not_allowed");
        desk.admin.post("/invoices", with(field, amount)).await.expect(201);
    }
    // The price of the list is nobody's discount.
    desk.reception.post("/invoices", with("unit_price", "800.00")).await.expect(201);
}

#[tokio::test]
async fn a_receptionist_keeps_a_discount_that_was_given_but_cannot_raise_it() {
    let desk = Desk::new().await;
    let mut body = desk.filling();
    body["lines"][0]["discount"] = egp("100.00");
    let draft = desk.admin.post("/invoices", body).await.expect(201);
    let path = format!("/invoices/{}", text(&draft["id"]));
    let line = &draft["lines"][0]["id"];
    let second = json!({ "procedure_id": desk.app.clinic.procedure, "quantity": 2 });
    let kept = json!({ "lines": [{ "id": line }, second], "notes": "Pays on Thursday" });
    let changed = desk.reception.patch(&path, 1, kept).await.expect(200);
    assert_eq!((&changed["discount"], &changed["total"]), (&egp("100.00"), &egp("2300.00")));
    assert_eq!((&changed["version"], &changed["lines"][0]["id"]), (&json!(2), line));
    let raised = json!({ "lines": [{ "id": line, "discount": egp("200.00") }] });
    desk.reception.patch(&path, 2, raised).await.expect_problem(403, "billing.discount_not_allowed");
    desk.reception.patch(&path, 1, json!({ "notes": null })).await.expect_problem(412, "request.stale");
    let without = desk.reception.send(Method::PATCH, &path, Some(json!({ "notes": null }))).await;
    without.expect_problem(428, "request.if_match_required");
    let cleared = desk.reception.patch(&path, 2, json!({ "notes": null })).await.expect(200);
    assert_eq!((&cleared["notes"], &cleared["total"]), (&json!(null), &egp("2300.00")));
    let tooth = json!({ "lines": [{ "id": line, "tooth": null, "quantity": 3 }] });
    let moved = desk.reception.patch(&path, 3, tooth).await.expect(200);
    assert_eq!((&moved["lines"][0]["tooth"], &moved["total"]), (&json!(null), &egp("2300.00")));
    desk.reception
        .patch(&path, 4, json!({ "lines": null }))
        .await
        .expect_invalid("/lines", "request.required");
}

#[tokio::test]
async fn lines_sent_again_without_their_ids_keep_price_and_discount() {
    let desk = Desk::new().await;
    let procedure = desk.app.clinic.procedure;
    let line = |tooth: &str, price: &str| json!({ "procedure_id": procedure, "tooth": tooth, "unit_price": egp(price) });
    let body = json!({ "patient_id": desk.patient, "lines": [line("16", "700.00"), line("26", "500.00")] });
    let draft = desk.admin.post("/invoices", body).await.expect(201);
    let path = format!("/invoices/{}", text(&draft["id"]));
    let again = |tooth: &str| json!({ "procedure_id": procedure, "tooth": tooth, "discount": egp("0.00") });
    let other_order = json!({ "lines": [again("26"), again("17"), { "procedure_id": procedure }] });
    let changed = desk.reception.patch(&path, 1, other_order).await.expect(200);
    let prices: Vec<_> =
        changed["lines"].as_array().unwrap().iter().map(|l| text(&l["unit_price"]["amount"])).collect();
    assert_eq!(prices, ["500.00", "700.00", "800.00"], "by tooth, then in order, then from the catalogue");
}

#[tokio::test]
async fn a_draft_may_begin_empty_but_is_not_issued_so() {
    let desk = Desk::new().await;
    let draft = desk
        .reception
        .post("/invoices", json!({ "patient_id": desk.patient, "lines": [] }))
        .await
        .expect(201);
    issue(&desk.reception, &draft).await.expect_problem(409, "billing.no_lines");
    let path = format!("/invoices/{}", text(&draft["id"]));
    let lines = json!({ "lines": [{ "procedure_id": desk.app.clinic.procedure }] });
    let filled = desk.reception.patch(&path, 1, lines).await.expect(200);
    assert_eq!(issue(&desk.reception, &filled).await.expect(200)["number"], "INV-2026-000001");
}

#[tokio::test]
async fn standard_lines_have_the_clinics_tax_and_others_none() {
    let desk = Desk::new().await;
    let mut owner = owner(&desk.app).await;
    sqlx::query("update clinic set default_tax_percent = 14").execute(&mut owner).await.unwrap();
    let line = |code: &str| json!({ "procedure_id": desk.app.clinic.procedure, "tax_code": code });
    let body =
        json!({ "patient_id": desk.patient, "lines": [line("standard"), line("zero"), line("exempt")] });
    let draft = desk.reception.post("/invoices", body).await.expect(201);
    assert_eq!((&draft["tax"], &draft["total"]), (&egp("112.00"), &egp("2512.00")));
    assert_eq!(draft["lines"][0]["tax_percent"], "14");
    assert_eq!(draft["lines"][1]["tax_percent"], "0");
}

#[tokio::test]
async fn what_is_not_an_amount_or_a_line_is_refused_where_it_stands() {
    let desk = Desk::new().await;
    let procedure = desk.app.clinic.procedure;
    let invoice = |line: serde_json::Value| json!({ "patient_id": desk.patient, "lines": [line] });
    let money = |amount: &str, currency: &str| json!({ "amount": amount, "currency": currency });
    for (line, pointer, code) in [
        (
            json!({ "procedure_id": procedure, "unit_price": egp("-1.00") }),
            "/lines/0/unit_price",
            "billing.price_negative",
        ),
        (
            json!({ "procedure_id": procedure, "unit_price": egp("1.005") }),
            "/lines/0/unit_price",
            "request.wrong_type",
        ),
        (
            json!({ "procedure_id": procedure, "unit_price": egp("92233720368547758.07") }),
            "/lines/0/unit_price",
            "billing.overflow",
        ),
        (
            json!({ "procedure_id": procedure, "unit_price": egp("99999999999999999999") }),
            "/lines/0/unit_price",
            "request.wrong_type",
        ),
        (
            json!({ "procedure_id": procedure, "unit_price": money("1.00", "USD") }),
            "/lines/0/unit_price",
            "billing.currency_mismatch",
        ),
        (
            json!({ "procedure_id": procedure, "discount": egp("800.01") }),
            "/lines/0/discount",
            "billing.discount_exceeds_line",
        ),
        (
            json!({ "procedure_id": procedure, "discount": egp("-0.01") }),
            "/lines/0/discount",
            "billing.discount_negative",
        ),
        (
            json!({ "procedure_id": procedure, "quantity": 0 }),
            "/lines/0/quantity",
            "billing.quantity_out_of_range",
        ),
        (
            json!({ "procedure_id": procedure, "quantity": 1000 }),
            "/lines/0/quantity",
            "billing.quantity_out_of_range",
        ),
        (json!({ "procedure_id": procedure, "quantity": 1e300 }), "/lines/0/quantity", "request.wrong_type"),
        (json!({ "procedure_id": procedure, "tooth": "99" }), "/lines/0/tooth", "request.wrong_type"),
        (json!({ "procedure_id": procedure, "surfaces": ["O"] }), "/lines/0/tooth", "request.required"),
        (json!({ "procedure_id": Uuid::now_v7() }), "/lines/0/procedure_id", "request.unknown_reference"),
        (
            json!({ "procedure_id": desk.app.other_clinic.procedure }),
            "/lines/0/procedure_id",
            "request.unknown_reference",
        ),
        (json!({}), "/lines/0", "billing.line_source_missing"),
        (
            json!({ "procedure_id": procedure, "total": egp("1.00") }),
            "/lines/0/total",
            "request.unknown_field",
        ),
    ] {
        desk.admin.post("/invoices", invoice(line)).await.expect_invalid(pointer, code);
    }
    let with = |field: &str, value: serde_json::Value| {
        let mut body = desk.filling();
        body[field] = value;
        body
    };
    for (body, pointer, code) in [
        (with("notes", json!("a\u{0}b")), "/notes", "request.text_not_allowed"),
        (with("notes", json!("a\u{202e}b")), "/notes", "request.text_not_allowed"),
        (with("notes", json!("x".repeat(2001))), "/notes", "request.too_long"),
        (with("patient_id", json!(Uuid::now_v7())), "/patient_id", "request.unknown_reference"),
        (with("branch_id", json!(desk.app.other_clinic.branch)), "/branch_id", "request.unknown_reference"),
        (with("visit_id", json!(Uuid::now_v7())), "/visit_id", "request.unknown_reference"),
    ] {
        desk.admin.post("/invoices", body).await.expect_invalid(pointer, code);
    }
}

#[tokio::test]
async fn the_list_is_filtered_searched_and_paged() {
    let desk = Desk::new().await;
    let issued = desk.issued().await;
    let draft = desk.draft().await;
    let ids = |answer: serde_json::Value| -> Vec<String> {
        answer["items"].as_array().unwrap().iter().map(|i| text(&i["id"])).collect()
    };
    let list = async |query: &str| ids(desk.reception.get(&format!("/invoices?{query}")).await.expect(200));
    let (issued, draft) = (text(&issued["id"]), text(&draft["id"]));
    assert_eq!(list("").await.len(), 2);
    assert_eq!(list("status=draft").await, [draft.clone()]);
    assert_eq!(list("q=inv-2026-000001").await, [issued.clone()]);
    assert_eq!(list("q=%D9%A0%D9%A0%D9%A0%D9%A0%D9%A0%D9%A1").await, [issued.clone()], "٠٠٠٠٠١");
    assert_eq!(list("q=mahmud").await.len(), 2, "by the patient, in the other script");
    assert!(list("q=nobody").await.is_empty());
    assert!(list("q=%25").await.is_empty(), "a percent sign is no wildcard");
    assert_eq!(list("from=2026-11-23&to=2026-11-23").await.len(), 2);
    assert!(list("from=2026-11-24").await.is_empty());
    assert_eq!(list(&format!("patient_id={}", desk.patient)).await.len(), 2);

    let first = desk.reception.get("/invoices?limit=1").await.expect(200);
    let cursor = text(&first["next_cursor"]);
    let second = desk.reception.get(&format!("/invoices?limit=1&cursor={cursor}")).await.expect(200);
    assert_eq!(second["next_cursor"], json!(null));
    let mut all = ids(first);
    all.extend(ids(second));
    all.sort();
    let mut both = [issued, draft];
    both.sort();
    assert_eq!(all, both);

    for bad in ["limit=0", "limit=101", "cursor=x"] {
        assert_eq!(desk.reception.get(&format!("/invoices?{bad}")).await.status, 422, "{bad}");
    }
    for bad in ["status=lost", "from=10000-01-01", "sort=total", "patient_id=1"] {
        let refused = desk.reception.get(&format!("/invoices?{bad}")).await;
        refused.expect_problem(422, "request.query_invalid");
    }
}

#[tokio::test]
async fn the_same_key_makes_one_draft_and_another_body_under_it_is_refused() {
    let desk = Desk::new().await;
    let client = desk.reception.with("idempotency-key", "one-draft-please");
    let first = client.post("/invoices", desk.filling()).await.expect(201);
    let again = client.post("/invoices", desk.filling()).await;
    assert_eq!(again.headers["idempotent-replayed"], "true");
    assert_eq!(again.expect(201)["id"], first["id"]);
    let mut other = desk.filling();
    other["notes"] = json!("Another");
    client.post("/invoices", other).await.expect_problem(422, "request.idempotency_key_reused");
    let list = desk.reception.get("/invoices").await.expect(200);
    assert_eq!(list["items"].as_array().unwrap().len(), 1);

    let mut taken = desk.filling();
    taken["id"] = first["id"].clone();
    desk.reception.post("/invoices", taken).await.expect_problem(409, "request.id_exists");
}

#[tokio::test]
async fn a_clinic_with_three_decimals_counts_in_thousandths() {
    let desk = Desk::with_currency("KWD", 3).await;
    let kwd = |amount: &str| json!({ "amount": amount, "currency": "KWD" });
    let mut body = desk.filling();
    body["lines"][0]["unit_price"] = kwd("12.345");
    body["lines"][0]["quantity"] = json!(3);
    let draft = desk.admin.post("/invoices", body).await.expect(201);
    assert_eq!(draft["total"], kwd("37.035"));
    let issued = issue(&desk.app.login(Admin).await, &draft).await.expect(200);
    let payment = json!({ "patient_id": desk.patient, "method": "card", "amount": kwd("40.000"),
        "allocations": [{ "invoice_id": issued["id"], "amount": kwd("37.035") }] });
    let payment = desk.reception.post("/payments", payment).await.expect(201);
    assert_eq!(payment["unallocated"], kwd("2.965"));
    assert_eq!(desk.balance().await, ("0.000".into(), "2.965".into(), "-2.965".into()));
    let egyptian = desk.reception.post("/payments", desk.payment("1.00", &[])).await;
    egyptian.expect_invalid("/amount", "billing.currency_mismatch");
}
