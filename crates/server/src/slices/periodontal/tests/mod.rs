//! Periodontal exams through HTTP.

mod access;
mod closing;
mod entry;

use dentpro_core::permissions::BuiltInRole::Doctor;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::testing::{Client, TestApp};

struct Mouth {
    app: TestApp,
    doctor: Client,
    patient: Uuid,
}

impl Mouth {
    async fn new() -> Self {
        let app = TestApp::new().await;
        let patient = app.patient(app.clinic.id).await;
        Self { doctor: app.login(Doctor).await, app, patient }
    }

    fn exams(&self) -> String {
        format!("/patients/{}/perio-exams", self.patient)
    }

    /// Starts an exam and tells where it lies.
    async fn start(&self, new: Value) -> String {
        let exam = self.doctor.post(&self.exams(), new).await.expect(201);
        format!("/perio-exams/{}", exam["id"].as_str().unwrap())
    }

    async fn read(&self, exam: &str) -> Value {
        self.doctor.get(exam).await.expect(200)
    }

    async fn put(&self, exam: &str, tooth: &str, change: Value) -> Value {
        self.doctor.put(&format!("{exam}/teeth/{tooth}"), change).await.expect(200)
    }

    async fn close(&self, exam: &str) -> Value {
        self.doctor.post(&format!("{exam}/close"), json!({})).await.expect(200)
    }
}

/// The same depth and margin at all six sites.
fn around(depth: i32, margin: i32) -> Value {
    let site = json!({ "depth": depth, "margin": margin });
    json!({ "sites": { "DB": site, "B": site, "MB": site, "DL": site, "L": site, "ML": site } })
}
