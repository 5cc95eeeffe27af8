//! Visits through HTTP: opened, written, signed; who may; what happens at once.

mod access;
mod lifecycle;
mod striking;
mod work;

use dentpro_core::permissions::BuiltInRole::Doctor;
use jiff::ToSpan;
use jiff_sqlx::ToSqlx;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::kernel::actor::token_hash;
use crate::testing::{Client, TestApp};

/// A clinic with a patient and his doctor signed in.
struct Day {
    app: TestApp,
    doctor: Client,
    patient: Uuid,
}

impl Day {
    async fn new() -> Self {
        let app = TestApp::new().await;
        let patient = app.patient(app.clinic.id).await;
        Self { doctor: app.login(Doctor).await, app, patient }
    }

    fn visit_body(&self) -> Value {
        json!({ "patient_id": self.patient, "doctor_id": self.app.clinic.doctor() })
    }

    /// A draft visit without appointment.
    async fn visit(&self) -> Value {
        self.doctor.post("/visits", self.visit_body()).await.expect(201)
    }

    async fn signed(&self) -> Value {
        let visit = self.visit().await;
        self.doctor.post(&format!("{}/sign", path(&visit)), json!({})).await.expect(200)
    }

    /// A client of the second doctor.
    async fn second_doctor(&self) -> Client {
        let clinic = &self.app.clinic;
        let mut owner = self.app.database.owner().await;
        let account: Uuid = sqlx::query_scalar("select account_id from staff where id = $1")
            .bind(clinic.second_doctor)
            .fetch_one(&mut owner)
            .await
            .unwrap();
        let token = Uuid::new_v4().to_string();
        sqlx::query(
            "insert into session (id, token_hash, account_id, clinic_id, staff_id, kind, created_at, last_seen_at, expires_at)
            values ($1, $2, $3, $4, $5, 'bearer', $6, $6, $7)",
        )
        .bind(Uuid::now_v7())
        .bind(token_hash(&token))
        .bind(account)
        .bind(clinic.id)
        .bind(clinic.second_doctor)
        .bind(self.app.clock.now().to_sqlx())
        .bind((self.app.clock.now() + 12.hours()).to_sqlx())
        .execute(&mut owner)
        .await
        .unwrap();
        self.app.client(Some(token))
    }

    /// An appointment of the patient now, with a doctor.
    async fn appointment(&self, doctor: Uuid, status: &str, chair: Option<Uuid>) -> Uuid {
        let id = Uuid::now_v7();
        let clinic = &self.app.clinic;
        let now = self.app.clock.now();
        let mut tx = self.app.state.db.begin_as_system(clinic.id.into(), id).await.unwrap();
        sqlx::query(
            "insert into appointment (clinic_id, id, patient_id, doctor_id, chair_id, branch_id, starts_at, ends_at,
                local_date, local_start, time_zone, status, created_at, created_by)
            values ($1, $2, $3, $4, $5, $6, $7, $8, '2026-11-23', '09:00', 'Africa/Cairo', $9, $7, $4)",
        )
        .bind(clinic.id)
        .bind(id)
        .bind(self.patient)
        .bind(doctor)
        .bind(chair)
        .bind(clinic.branch)
        .bind(now.to_sqlx())
        .bind((now + 30.minutes()).to_sqlx())
        .bind(status)
        .execute(&mut *tx)
        .await
        .unwrap();
        tx.commit().await.unwrap();
        id
    }

    async fn appointment_status(&self, id: Uuid) -> String {
        let mut owner = self.app.database.owner().await;
        sqlx::query_scalar("select status from appointment where id = $1")
            .bind(id)
            .fetch_one(&mut owner)
            .await
            .unwrap()
    }
}

fn path(visit: &Value) -> String {
    format!("/visits/{}", visit["id"].as_str().unwrap())
}
