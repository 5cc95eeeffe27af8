//! Messages to patients through HTTP, a mail server, a gateway and a clock.

mod gateway;
mod links;
mod mail;
mod sending;
mod set_up;

use std::time::Duration;

use dentpro_core::permissions::BuiltInRole;
use jiff_sqlx::ToSqlx;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::flows::send_reminders::tick;
use crate::kernel::state::AppState;
use crate::testing::{Client, TestApp};

const HOUR: Duration = Duration::from_secs(3600);

/// A patient of the test's clinic, written straight into the table: registering has tests of its own.
async fn patient(app: &TestApp, name_en: &str, email: Option<&str>) -> Uuid {
    let id = Uuid::now_v7();
    let mut tx = app.state.db.begin_as_system(app.clinic.id.into(), id).await.unwrap();
    sqlx::query(
        "insert into patient (clinic_id, id, file_number, name_ar, name_en, phones, search, email, preferred_language,
            created_at)
        values ($1, $2, right($2::text, 12), 'منى أحمد علي', $3,
            '[{\"number\": \"+201001234567\", \"label\": \"mobile\", \"whatsapp\": true}]', 'mona', $4, 'en', $5)",
    )
    .bind(app.clinic.id)
    .bind(id)
    .bind(name_en)
    .bind(email)
    .bind(app.clock.now().to_sqlx())
    .execute(&mut *tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
    id
}

async fn admin(app: &TestApp) -> Client {
    app.login(BuiltInRole::Admin).await
}

/// Books on a day at an hour of Cairo's clock, with the first doctor.
async fn book(app: &TestApp, patient: Uuid, day: &str, hour: u32) -> Value {
    let body = json!({
        "patient_id": patient, "doctor_id": app.clinic.doctor(), "chair_id": app.clinic.chairs[0],
        "starts_at": format!("{day}T{hour:02}:00:00+02:00"), "ends_at": format!("{day}T{hour:02}:30:00+02:00"),
        "reason": "Check-up"
    });
    admin(app).await.post("/appointments", body).await.expect(201)
}

async fn rule(app: &TestApp, hours: i32, channels: &[&str]) -> Value {
    let body = json!({ "lead_minutes": hours * 60, "channels": channels });
    admin(app).await.post("/reminder-rules", body).await.expect(201)
}

async fn appointment(app: &TestApp, of: &Value) -> Value {
    admin(app).await.get(&format!("/appointments/{}", id(of))).await.expect(200)
}

async fn log(app: &TestApp, of: &Value) -> Vec<Value> {
    let path = format!("/appointments/{}/reminders", id(of));
    admin(app).await.get(&path).await.expect(200)["items"].as_array().unwrap().clone()
}

fn id(of: &Value) -> &str {
    of["id"].as_str().unwrap()
}

/// One look of the worker at the test's own time.
async fn look(app: &TestApp) {
    look_with(&app.state).await;
}

async fn look_with(state: &AppState) {
    tick(state, state.clock.now()).await.unwrap();
}

/// The token of the link in a text.
fn token(text: &str) -> String {
    let rest = text.split("/c/").nth(1).expect("the text has a link");
    rest.split_whitespace().next().unwrap().to_owned()
}
