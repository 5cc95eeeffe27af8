//! Treatment plans through HTTP: drafted, presented, answered, done; who may; what happens at once.

mod access;
mod completing;
mod drafting;
mod links;
mod presenting;

use dentpro_core::permissions::BuiltInRole::{Admin, Doctor};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::testing::{Client, TestApp};

/// A clinic whose doctor plans for a patient.
struct Practice {
    app: TestApp,
    doctor: Client,
    admin: Client,
    patient: Uuid,
}

impl Practice {
    async fn new() -> Self {
        let app = TestApp::new().await;
        let patient = app.patient(app.clinic.id).await;
        Self { doctor: app.login(Doctor).await, admin: app.login(Admin).await, app, patient }
    }

    /// What is made from here on is younger than what there is.
    fn later(&self) {
        self.app.advance(std::time::Duration::from_secs(1));
    }

    fn plans(&self) -> String {
        format!("/patients/{}/plans", self.patient)
    }

    /// A composite filling at 800.00 on some surfaces of a tooth.
    fn filling(&self, tooth: &str, surfaces: &[&str]) -> Value {
        json!({ "procedure_id": self.app.clinic.procedure, "tooth": tooth, "surfaces": surfaces })
    }

    /// A plan with fillings on the occlusal surfaces of some teeth.
    async fn plan(&self, teeth: &[&str]) -> Value {
        let items: Vec<Value> = teeth.iter().map(|tooth| self.filling(tooth, &["O"])).collect();
        self.doctor.post(&self.plans(), json!({ "name": "Fillings", "items": items })).await.expect(201)
    }

    /// Another procedure of the catalogue.
    async fn procedure(&self, new: Value) -> String {
        let mut procedure = json!({ "name_ar": "إجراء", "name_en": "Procedure", "category": "restorative",
            "scope": "tooth", "price": { "amount": "1000.00", "currency": "EGP" }, "minutes": 60,
            "tax_code": "exempt" });
        procedure.as_object_mut().unwrap().extend(new.as_object().unwrap().clone());
        let made = self.admin.post("/procedures", procedure).await.expect(201);
        made["id"].as_str().unwrap().to_owned()
    }

    async fn read(&self, plan: &Value) -> Value {
        self.doctor.get(&path(plan)).await.expect(200)
    }

    async fn present(&self, plan: &Value) -> Value {
        self.doctor.post(&format!("{}/present", path(plan)), json!({})).await.expect(201)
    }

    async fn accept(&self, plan: &Value, body: Value) -> crate::testing::TestResponse {
        self.doctor.post(&format!("{}/accept", path(plan)), body).await
    }

    async fn visit(&self) -> Value {
        let body = json!({ "patient_id": self.patient, "doctor_id": self.app.clinic.doctor() });
        self.doctor.post("/visits", body).await.expect(201)
    }

    /// What the chart says of a tooth: layer and code of each state.
    async fn on_chart(&self, tooth: &str) -> Vec<(String, String)> {
        let chart = self.doctor.get(&format!("/patients/{}/chart", self.patient)).await.expect(200);
        let told = |value: &Value| value.as_str().unwrap().to_owned();
        let states = chart["teeth"][tooth]["states"].as_array().cloned().unwrap_or_default();
        states.iter().map(|state| (told(&state["layer"]), told(&state["code"]))).collect()
    }

    async fn chart(&self, event: Value) -> Value {
        self.doctor.post(&format!("/patients/{}/chart/events", self.patient), event).await.expect(201)
    }
}

fn path(plan: &Value) -> String {
    format!("/plans/{}", plan["id"].as_str().unwrap())
}

fn item_path(plan: &Value, at: usize) -> String {
    format!("/plan-items/{}", plan["items"][at]["id"].as_str().unwrap())
}

fn done_in(visit: &Value) -> Value {
    json!({ "visit_id": visit["id"] })
}

fn amount(value: &Value) -> &str {
    value["amount"].as_str().unwrap()
}

/// Something that was drawn with a pen.
fn pen() -> Value {
    json!([[[100, 100], [200, 150], [300, 120]]])
}
