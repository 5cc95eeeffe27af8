//! The appointment book through HTTP.

mod blocks;
mod booking;
mod changes;
mod holds;
mod hours;
mod lists;
mod load;
mod openings;
mod overbooked;
mod reception;
mod together;
mod types;

use jiff_sqlx::ToSqlx;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::testing::{Clinic, TestApp};

/// A patient of a clinic, written straight into the table: registering has tests of its own.
async fn patient(app: &TestApp, clinic: &Clinic, status: &str) -> Uuid {
    let id = Uuid::now_v7();
    let mut tx = app.state.db.begin_as_system(clinic.id.into(), id).await.unwrap();
    sqlx::query(
        "insert into patient (clinic_id, id, file_number, name_ar, name_en, phones, search, status, created_at)
        values ($1, $2, right($2::text, 12), 'منى علي', 'Mona Ali',
            '[{\"number\": \"+201001234567\", \"label\": \"mobile\", \"whatsapp\": true}]', 'mona', $3, $4)",
    )
    .bind(clinic.id)
    .bind(id)
    .bind(status)
    .bind(app.clock.now().to_sqlx())
    .execute(&mut *tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
    id
}

/// A statement of the clinic that the test is about, `$1` being its id.
async fn write(app: &TestApp, sql: &str) {
    let clinic = app.clinic.id;
    let mut tx = app.state.db.begin_as_system(clinic.into(), clinic).await.unwrap();
    sqlx::query(sqlx::AssertSqlSafe(sql.to_owned())).bind(clinic).execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
}

/// A type of appointments.
async fn appointment_type(app: &TestApp, minutes: i32, pattern: &str, feature: Option<&str>) -> Uuid {
    let id = Uuid::now_v7();
    let feature = feature.map_or("null".to_owned(), |feature| format!("'{feature}'"));
    write(
        app,
        &format!(
            "insert into appointment_type (clinic_id, id, name_ar, name_en, colour, minutes, pattern, chair_feature,
                created_at)
            values ($1, '{id}', 'كشف', 'Check-up', '#336699', {minutes}, '{pattern}', {feature}, now())"
        ),
    )
    .await;
    id
}

/// Time that is blocked on the Monday of the tests, for a chair, a doctor or, with neither, the branch.
async fn block(app: &TestApp, (from, to): (&str, &str), place: &str, kind: &str, for_type: Option<Uuid>) {
    let (branch, staff) = (app.clinic.branch, app.clinic.doctor());
    let for_type = for_type.map_or("null".to_owned(), |id| format!("'{id}'"));
    let (chair, doctor) = match place {
        "chair" => (format!("'{}'", app.clinic.chairs[0]), "null".to_owned()),
        "doctor" => ("null".to_owned(), format!("'{staff}'")),
        _ => ("null".to_owned(), "null".to_owned()),
    };
    write(
        app,
        &format!(
            "insert into time_block (clinic_id, id, branch_id, chair_id, doctor_id, kind, type_id, starts_at, ends_at,
                local_date, created_at, created_by)
            values ($1, '{}', '{branch}', {chair}, {doctor}, '{kind}', {for_type}, '2026-11-23T{from}:00+02',
                '2026-11-23T{to}:00+02', '2026-11-23', now(), '{staff}')",
            Uuid::now_v7()
        ),
    )
    .await;
}

async fn allergy(app: &TestApp, patient: Uuid) {
    let clinic = &app.clinic;
    let mut tx = app.state.db.begin_as_system(clinic.id.into(), patient).await.unwrap();
    sqlx::query(
        "insert into patient_allergy (clinic_id, id, patient_id, substance, severity, recorded_at, recorded_by)
        values ($1, $2, $3, 'Penicillin', 'severe', $4, $5)",
    )
    .bind(clinic.id)
    .bind(Uuid::now_v7())
    .bind(patient)
    .bind(app.clock.now().to_sqlx())
    .bind(clinic.doctor())
    .execute(&mut *tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

/// Hours of a branch on a weekday, 0 being Sunday.
async fn open_hours(app: &TestApp, weekday: i32, starts: &str, ends: &str) {
    let clinic = &app.clinic;
    let mut tx = app.state.db.begin_as_system(clinic.id.into(), clinic.id).await.unwrap();
    sqlx::query(
        "insert into working_hours (clinic_id, id, branch_id, weekday, starts, ends)
        values ($1, $2, $3, $4, $5::time, $6::time)",
    )
    .bind(clinic.id)
    .bind(Uuid::now_v7())
    .bind(clinic.branch)
    .bind(weekday)
    .bind(starts)
    .bind(ends)
    .execute(&mut *tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

/// A booking with the first doctor in the first chair, on the Monday of the tests by Cairo's clock.
fn booking(app: &TestApp, patient: Uuid, from: &str, to: &str) -> Value {
    json!({
        "patient_id": patient,
        "doctor_id": app.clinic.doctor(),
        "chair_id": app.clinic.chairs[0],
        "starts_at": format!("2026-11-23T{from}:00+02:00"),
        "ends_at": format!("2026-11-23T{to}:00+02:00"),
        "reason": "Check-up"
    })
}

/// The body with some members replaced.
fn but(mut body: Value, changes: Value) -> Value {
    for (key, value) in changes.as_object().unwrap() {
        body[key] = value.clone();
    }
    body
}

fn path(appointment: &Value, act: &str) -> String {
    format!("/appointments/{}{act}", appointment["id"].as_str().unwrap())
}
