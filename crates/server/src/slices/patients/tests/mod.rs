//! Patients through HTTP.

mod duplicates;
mod finding;
mod history;
mod overview;
mod registration;
mod timeline;

use serde_json::{Value, json};
use uuid::Uuid;

use crate::testing::{Client, TestApp};

/// A query parameter, percent-encoded.
fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// Registers a patient with a phone made of the number.
async fn register(client: &Client, name_ar: &str, name_en: &str, number: u32) -> Value {
    let phones = json!([{ "number": format!("0100{number:07}"), "whatsapp": true }]);
    client
        .post("/patients", json!({ "name_ar": name_ar, "name_en": name_en, "phones": phones }))
        .await
        .expect(201)
}

/// The path of a patient.
fn of(patient: &Value) -> String {
    format!("/patients/{}", patient["id"].as_str().unwrap())
}

/// The names that a search finds, in their order.
async fn found(client: &Client, query: &str) -> Vec<String> {
    let list = client.get(&format!("/patients?q={}", encoded(query))).await.expect(200);
    let name = |item: &Value| {
        let (ar, en) = (item["name_ar"].as_str().unwrap(), item["name_en"].as_str().unwrap());
        if ar.is_empty() { en.to_owned() } else { ar.to_owned() }
    };
    list["items"].as_array().unwrap().iter().map(name).collect()
}

/// An appointment of a patient with the first doctor, written as the book writes it.
async fn book(app: &TestApp, patient: &Value, days_ahead: i32, status: &str) -> Uuid {
    let id = Uuid::now_v7();
    sqlx_execute(
        app,
        "insert into appointment (clinic_id, id, patient_id, doctor_id, chair_id, branch_id, starts_at, ends_at,
            local_date, local_start, time_zone, status, created_at, created_by)
        select $1, $2, $3, $4, $5, $6, t.at, t.at + interval '30 minutes', t.at::date, '10:00', 'Africa/Cairo', $8, now(), $4
        from (select timestamptz '2026-11-23 08:00+00' + $7 * interval '1 day' as at) t",
        |query| {
            query
                .bind(app.clinic.id)
                .bind(id)
                .bind(patient["id"].as_str().unwrap().parse::<Uuid>().unwrap())
                .bind(app.clinic.doctor())
                .bind(app.clinic.chairs[0])
                .bind(app.clinic.branch)
                .bind(days_ahead)
                .bind(status.to_owned())
        },
    )
    .await;
    id
}

type PgQuery = sqlx::query::Query<'static, sqlx::Postgres, sqlx::postgres::PgArguments>;

/// Runs a statement in the clinic as the system, for what other slices write.
async fn sqlx_execute(app: &TestApp, sql: &'static str, bind: impl FnOnce(PgQuery) -> PgQuery) {
    let mut tx = app.state.db.begin_as_system(app.clinic.id.into(), Uuid::now_v7()).await.unwrap();
    bind(sqlx::query(sql)).execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
}
