//! Billing through HTTP.

mod access;
mod documents;
mod drafts;
mod issuing;
mod payments;
mod refunds;

use axum::http::Method;
use dentpro_core::permissions::BuiltInRole::{Admin, Receptionist};
use jiff_sqlx::ToSqlx;
use serde_json::{Value, json};
use sqlx::{Connection, Executor, PgConnection};
use uuid::Uuid;

use crate::testing::{Client, Clinic, TestApp, TestResponse};

/// An amount in the clinic's currency.
pub fn egp(amount: &str) -> Value {
    json!({ "amount": amount, "currency": "EGP" })
}

/// A clinic with an administrator and a receptionist at their desks, and a patient.
pub struct Desk {
    pub app: TestApp,
    pub admin: Client,
    pub reception: Client,
    pub patient: Uuid,
}

impl Desk {
    pub async fn new() -> Self {
        Self::of(TestApp::new().await).await
    }

    /// A clinic with another currency.
    pub async fn with_currency(currency: &str, exponent: i32) -> Self {
        let app = TestApp::new().await;
        let sql = format!("update clinic set currency = '{currency}', currency_exponent = {exponent}");
        owner(&app).await.execute(sqlx::AssertSqlSafe(sql)).await.unwrap();
        Self::of(app).await
    }

    async fn of(app: TestApp) -> Self {
        let patient = register(&app, &app.clinic, "سارة محمود", "Sara Mahmoud").await;
        let (admin, reception) = (app.login(Admin).await, app.login(Receptionist).await);
        Self { app, admin, reception, patient }
    }

    /// What a draft with one filling of the catalogue (800.00) asks for.
    pub fn filling(&self) -> Value {
        json!({ "patient_id": self.patient, "lines": [{ "procedure_id": self.app.clinic.procedure, "tooth": "16", "surfaces": ["O"] }] })
    }

    pub async fn draft(&self) -> Value {
        self.reception.post("/invoices", self.filling()).await.expect(201)
    }

    /// An issued invoice over 800.00.
    pub async fn issued(&self) -> Value {
        let draft = self.draft().await;
        issue(&self.reception, &draft).await.expect(200)
    }

    /// A payment of the patient with parts of it on invoices.
    pub fn payment(&self, amount: &str, parts: &[(&Value, &str)]) -> Value {
        let allocations: Vec<_> =
            parts.iter().map(|(i, part)| json!({ "invoice_id": i["id"], "amount": egp(part) })).collect();
        json!({ "patient_id": self.patient, "method": "cash", "amount": egp(amount), "allocations": allocations })
    }

    pub async fn pay(&self, amount: &str, parts: &[(&Value, &str)]) -> TestResponse {
        self.reception.post("/payments", self.payment(amount, parts)).await
    }

    pub async fn invoice(&self, invoice: &Value) -> Value {
        self.reception.get(&format!("/invoices/{}", text(&invoice["id"]))).await.expect(200)
    }

    pub async fn refund(&self, payment: &Value, amount: &str) -> TestResponse {
        let path = format!("/payments/{}/refunds", text(&payment["id"]));
        self.admin.post(&path, json!({ "amount": egp(amount), "reason": "Paid twice" })).await
    }

    /// Due, credit and balance, after checking them against the ledger, invoices, payments and refunds.
    pub async fn balance(&self) -> (String, String, String) {
        let balance = self.reception.get(&format!("/patients/{}/balance", self.patient)).await.expect(200);
        let sums: (i64, i64) = sqlx::query_as(
            "select coalesce((select sum(amount)::bigint from ledger_entry where patient_id = $1), 0),
                (select coalesce(sum(total), 0) from invoice where patient_id = $1 and status <> 'draft')::bigint
                - (select coalesce(sum(amount), 0) from payment where patient_id = $1)::bigint
                + (select coalesce(sum(amount), 0) from refund where patient_id = $1)::bigint",
        )
        .bind(self.patient)
        .fetch_one(&mut owner(&self.app).await)
        .await
        .unwrap();
        assert_eq!(sums.0, sums.1, "the ledger is invoices − payments + refunds");
        let amount = |field: &str| text(&balance[field]["amount"]);
        (amount("due"), amount("credit"), amount("balance"))
    }

    /// A visit of the patient with this many fillings done at 800.00; its id and theirs.
    pub async fn visit(&self, fillings: usize) -> (Uuid, Vec<Uuid>) {
        let (app, clinic) = (&self.app, &self.app.clinic);
        let (visit, now) = (Uuid::now_v7(), app.clock.now().to_sqlx());
        let mut tx = app.state.db.begin_as_system(clinic.id.into(), Uuid::now_v7()).await.unwrap();
        sqlx::query(
            "insert into visit (clinic_id, id, patient_id, doctor_id, branch_id, opened_at, opened_by, local_date)
            values ($1, $2, $3, $4, $5, $6, $4, '2026-11-23')",
        )
        .bind(clinic.id)
        .bind(visit)
        .bind(self.patient)
        .bind(clinic.doctor())
        .bind(clinic.branch)
        .bind(now)
        .execute(&mut *tx)
        .await
        .unwrap();
        let done: Vec<Uuid> = (0..fillings).map(|_| Uuid::now_v7()).collect();
        for id in &done {
            sqlx::query(
                "insert into visit_procedure (clinic_id, id, visit_id, patient_id, procedure_id, doctor_id, tooth,
                    surfaces, unit_price, recorded_at, recorded_by)
                values ($1, $2, $3, $4, $5, $6, '36', '{M,O,D}', 80000, $7, $6)",
            )
            .bind(clinic.id)
            .bind(id)
            .bind(visit)
            .bind(self.patient)
            .bind(clinic.procedure)
            .bind(clinic.doctor())
            .bind(now)
            .execute(&mut *tx)
            .await
            .unwrap();
        }
        tx.commit().await.unwrap();
        (visit, done)
    }
}

/// Registers a patient straight in the table: registering has tests of its own.
pub async fn register(app: &TestApp, clinic: &Clinic, name_ar: &str, name_en: &str) -> Uuid {
    let id = Uuid::now_v7();
    let mut tx = app.state.db.begin_as_system(clinic.id.into(), Uuid::now_v7()).await.unwrap();
    sqlx::query(
        "insert into patient (clinic_id, id, file_number, name_ar, name_en, phones, search, created_at)
        values ($1, $2, $3, $4, $5, '[{\"number\": \"+201001234567\"}]', $6, $7)",
    )
    .bind(clinic.id)
    .bind(id)
    .bind(&id.simple().to_string()[20..])
    .bind(name_ar)
    .bind(name_en)
    .bind(dentpro_core::text::search_document(name_ar, name_en, &["+201001234567"], "", ""))
    .bind(app.clock.now().to_sqlx())
    .execute(&mut *tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
    id
}

/// The owner of the tables, past every policy, with an actor for the log.
pub async fn owner(app: &TestApp) -> PgConnection {
    let mut owner = app.database.owner().await;
    let set = format!("set dentpro.actor = '{}'; set dentpro.clinic = '{}'", Uuid::now_v7(), app.clinic.id);
    owner.execute(sqlx::AssertSqlSafe(set)).await.unwrap();
    owner.ping().await.unwrap();
    owner
}

/// Issues a draft.
pub async fn issue(client: &Client, draft: &Value) -> TestResponse {
    let version = format!("\"{}\"", draft["version"]);
    let path = format!("/invoices/{}/issue", text(&draft["id"]));
    client.with("if-match", &version).send(Method::POST, &path, None).await
}

/// A JSON string without its quotes.
pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

/// Checks that a constraint or a trigger refused a statement, and no mistake in it.
#[track_caller]
pub fn expect_refused<T>(result: sqlx::Result<T>, what: &str) {
    let error = result.err().unwrap_or_else(|| panic!("not refused: {what}"));
    let code = error.as_database_error().and_then(|e| e.code()).unwrap_or_default().into_owned();
    assert!(code.starts_with("23"), "{what}: {error}");
}
