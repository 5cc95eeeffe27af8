//! Work done in a visit, with its price and its place on the chart.

use dentpro_core::permissions::BuiltInRole::Admin;
use jiff_sqlx::ToSqlx;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Day, path};

async fn procedure(day: &Day, code: &str, scope: &str, chart: Option<(&str, &str)>, active: bool) -> Uuid {
    let id = Uuid::now_v7();
    let clinic = day.app.clinic.id;
    let mut tx = day.app.state.db.begin_as_system(clinic.into(), id).await.unwrap();
    sqlx::query(
        "insert into procedure_item (clinic_id, id, code, name_ar, name_en, category, scope, price, minutes, tax_code,
            chart_code, chart_material, active, created_at)
        values ($1, $2, $3, 'إجراء', 'Procedure', 'restorative', $4, 100000, 30, 'exempt', $5, $6, $7, $8)",
    )
    .bind(clinic)
    .bind(id)
    .bind(code)
    .bind(scope)
    .bind(chart.map(|c| c.0))
    .bind(chart.map(|c| c.1))
    .bind(active)
    .bind(day.app.clock.now().to_sqlx())
    .execute(&mut *tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
    id
}

async fn chart(day: &Day) -> Value {
    day.doctor.get(&format!("/patients/{}/chart", day.patient)).await.expect(200)
}

#[tokio::test]
async fn work_stands_in_the_visit_and_on_the_chart_and_goes_from_both() {
    let day = Day::new().await;
    let at = path(&day.visit().await);
    let body = json!({ "procedure_id": day.app.clinic.procedure, "tooth": "16", "surfaces": ["O", "M"], "note": "Rubber dam" });
    let work = day.doctor.post(&format!("{at}/procedures"), body).await.expect(201);
    assert_eq!((&work["surfaces"], &work["quantity"]), (&json!(["M", "O"]), &json!(1)));
    let shown = &chart(&day).await["teeth"]["16"]["states"][0];
    assert_eq!(shown["event_id"], work["chart_event_id"]);
    assert_eq!(
        (&shown["code"], &shown["material"], &shown["layer"]),
        (&json!("filling"), &json!("composite"), &json!("done"))
    );

    day.doctor.delete(&format!("{at}/procedures/{}", work["id"].as_str().unwrap())).await.expect(204);
    assert!(chart(&day).await["teeth"].get("16").is_none());
    let visit = day.doctor.get(&at).await.expect(200);
    assert_eq!((&visit["procedures"], &visit["version"]), (&json!([]), &json!(3)));
}

#[tokio::test]
async fn work_on_a_missing_tooth_is_refused_and_leaves_nothing() {
    let day = Day::new().await;
    let at = path(&day.visit().await);
    let missing = json!({ "layer": "finding", "code": "missing", "teeth": ["16"] });
    day.doctor.post(&format!("/patients/{}/chart/events", day.patient), missing).await.expect(201);
    let body = json!({ "procedure_id": day.app.clinic.procedure, "tooth": "16", "surfaces": ["O"] });
    day.doctor
        .post(&format!("{at}/procedures"), body)
        .await
        .expect_invalid("/tooth", "charting.tooth_missing");
    assert_eq!(day.doctor.get(&at).await.expect(200)["procedures"], json!([]));
}

#[tokio::test]
async fn the_catalogue_says_where_work_is_done() {
    let day = Day::new().await;
    let at = format!("{}/procedures", path(&day.visit().await));
    let filling = day.app.clinic.procedure;
    let crown = procedure(&day, "CRW-1", "tooth", Some(("crown", "zirconia")), true).await;
    let scaling = procedure(&day, "PER-1", "mouth", None, true).await;
    let old = procedure(&day, "OLD-1", "mouth", None, false).await;
    let eur = json!({ "amount": "1.00", "currency": "EUR" });
    for (body, pointer, code) in [
        (json!({ "procedure_id": filling }), "/tooth", "records.tooth_required"),
        (json!({ "procedure_id": filling, "tooth": "16" }), "/surfaces", "records.surfaces_required"),
        (
            json!({ "procedure_id": filling, "tooth": "61x", "surfaces": ["O"] }),
            "/tooth",
            "charting.unknown_tooth",
        ),
        (
            json!({ "procedure_id": filling, "tooth": "16", "surfaces": ["X"] }),
            "/surfaces/0",
            "charting.unknown_surface",
        ),
        (json!({ "procedure_id": crown }), "/tooth", "records.tooth_required"),
        (
            json!({ "procedure_id": crown, "tooth": "16", "surfaces": ["O"] }),
            "/surfaces",
            "charting.surface_not_allowed",
        ),
        (json!({ "procedure_id": old }), "/procedure_id", "records.procedure_inactive"),
        (json!({ "procedure_id": scaling, "quantity": 0 }), "/quantity", "request.out_of_range"),
        (json!({ "procedure_id": scaling, "quantity": 1000 }), "/quantity", "request.out_of_range"),
        (
            json!({ "procedure_id": scaling, "quantity": 4_000_000_000_u32 }),
            "/quantity",
            "request.wrong_type",
        ),
        (json!({ "procedure_id": scaling, "note": "a\u{202e}b" }), "/note", "request.text_not_allowed"),
        (
            json!({ "procedure_id": scaling, "unit_price": eur }),
            "/unit_price/currency",
            "records.currency_mismatch",
        ),
    ] {
        day.doctor.post(&at, body).await.expect_invalid(pointer, code);
    }
    let charted = day.doctor.post(&at, json!({ "procedure_id": crown, "tooth": "16" })).await.expect(201);
    assert!(charted["chart_event_id"].is_string());
    let uncharted = day
        .doctor
        .post(&at, json!({ "procedure_id": crown, "tooth": "17", "chart": false }))
        .await
        .expect(201);
    assert_eq!(uncharted["chart_event_id"], Value::Null);
    day.doctor.post(&at, json!({ "procedure_id": scaling })).await.expect(201);
}

#[tokio::test]
async fn a_bridge_is_charted_as_one_and_priced_by_its_units() {
    let day = Day::new().await;
    let at = format!("{}/procedures", path(&day.visit().await));
    let bridge = procedure(&day, "FX-1", "unit", Some(("bridge", "zirconia")), true).await;
    let unit = json!([
        { "tooth": "14", "part": "abutment" }, { "tooth": "15", "part": "pontic" }, { "tooth": "16", "part": "abutment" }
    ]);
    let work = day.doctor.post(&at, json!({ "procedure_id": bridge, "unit": unit })).await.expect(201);
    assert_eq!(work["quantity"], 3);
    assert_eq!(chart(&day).await["teeth"]["14"]["states"][0]["event_id"], work["chart_event_id"]);
    let plain = day.doctor.post(&at, json!({ "procedure_id": bridge, "quantity": 3 })).await.expect(201);
    assert_eq!(plain["chart_event_id"], Value::Null, "without its teeth there is nothing to draw");
}

#[tokio::test]
async fn another_price_needs_the_permission_to_discount() {
    let day = Day::new().await;
    let visit = day.visit().await;
    let at = format!("{}/procedures", path(&visit));
    let priced = |amount: &str| {
        json!({ "procedure_id": day.app.clinic.procedure, "tooth": "16", "surfaces": ["O"], "chart": false,
            "unit_price": { "amount": amount, "currency": "EGP" } })
    };
    day.doctor.post(&at, priced("800.00")).await.expect(201);
    day.doctor.post(&at, priced("700.00")).await.expect_problem(403, "identity.permission_missing");
    let admin = day.app.login(Admin).await;
    let cheaper = admin.post(&at, priced("700.00")).await.expect(201);
    assert_eq!(cheaper["unit_price"]["amount"], "700.00");
    admin.post(&at, priced("-1.00")).await.expect_invalid("/unit_price/amount", "request.out_of_range");
    admin
        .post(&at, priced("90000000000000.00"))
        .await
        .expect_invalid("/unit_price/amount", "request.out_of_range");
    admin.post(&at, priced("1.005")).await.expect(422);
}

#[tokio::test]
async fn the_same_key_records_work_once_and_work_at_once_is_all_kept() {
    let day = Day::new().await;
    let visit = day.visit().await;
    let at = format!("{}/procedures", path(&visit));
    let work = |tooth: u8| json!({ "procedure_id": day.app.clinic.procedure, "tooth": tooth.to_string(), "surfaces": ["O"] });
    let keyed = day.doctor.with("idempotency-key", "work-key-0001");
    let first = keyed.post(&at, work(16)).await.expect(201);
    assert_eq!(keyed.post(&at, work(16)).await.expect(201), first);
    let posts = (21..=28).map(|tooth| day.doctor.post(&at, work(tooth)));
    for answer in futures::future::join_all(posts).await {
        answer.expect(201);
    }
    let now = day.doctor.get(&path(&visit)).await.expect(200);
    assert_eq!(now["procedures"].as_array().unwrap().len(), 9);
    assert_eq!(now["version"], 10);
    assert_eq!(chart(&day).await["teeth"].as_object().unwrap().len(), 9);
}
