//! A clinic as tests find it: one branch, two chairs, a staff member for each role and a second doctor.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use argon2::{Argon2, Params, PasswordHasher};
use dentpro_core::permissions::BuiltInRole;
use jiff_sqlx::ToSqlx;
use sqlx::Executor;
use uuid::Uuid;

use crate::kernel::actor::token_hash;
use crate::kernel::state::AppState;

/// The password of every account in tests.
pub const PASSWORD: &str = "test correct horse battery";

/// Hashed once, with the smallest parameters: verifying reads them from the hash.
static PASSWORD_HASH: LazyLock<String> = LazyLock::new(|| {
    let params = Params::new(8, 1, 1, None).unwrap();
    let argon = Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params);
    argon.hash_password(PASSWORD.as_bytes()).unwrap().to_string()
});

/// Ids of what is in the clinic.
#[derive(Clone, Debug)]
pub struct Clinic {
    pub id: Uuid,
    pub branch: Uuid,
    pub chairs: [Uuid; 2],
    /// Staff by role.
    pub staff: BTreeMap<BuiltInRole, Uuid>,
    pub accounts: BTreeMap<BuiltInRole, Uuid>,
    /// Built-in roles.
    pub roles: BTreeMap<BuiltInRole, Uuid>,
    pub second_doctor: Uuid,
    /// A procedure of the catalogue: a composite filling at 800.00, scope surface.
    pub procedure: Uuid,
    letter: &'static str,
}

impl Clinic {
    /// Writes a clinic; the letter keeps the e-mails of two clinics apart.
    pub async fn create(state: &AppState, letter: &'static str) -> Self {
        let new = || Uuid::now_v7();
        let (id, branch, chairs, procedure) = (new(), new(), [new(), new()], new());
        let now = state.clock.now().to_sqlx();
        let mut tx = state.db.begin_as_system(id.into(), new()).await.unwrap();
        sqlx::query(
            "insert into clinic (clinic_id, name_ar, name_en, country, currency, currency_exponent, time_zone, created_at)
            values ($1, 'عيادة الاختبار', 'Test clinic', 'EG', 'EGP', 2, 'Africa/Cairo', $2)",
        )
        .bind(id)
        .bind(now)
        .execute(&mut *tx)
        .await
        .unwrap();
        sqlx::query(
            "insert into branch (clinic_id, id, name_ar, name_en, created_at)
            values ($1, $2, 'الفرع الرئيسي', 'Main branch', $3)",
        )
        .bind(id)
        .bind(branch)
        .bind(now)
        .execute(&mut *tx)
        .await
        .unwrap();
        for (position, chair) in chairs.iter().enumerate() {
            sqlx::query(
                "insert into chair (clinic_id, id, branch_id, name_ar, name_en, position, created_at)
                values ($1, $2, $3, 'كرسي ' || $4 + 1, 'Chair ' || $4 + 1, $4, $5)",
            )
            .bind(id)
            .bind(chair)
            .bind(branch)
            .bind(i32::try_from(position).unwrap())
            .bind(now)
            .execute(&mut *tx)
            .await
            .unwrap();
        }
        sqlx::query(
            "insert into procedure_item (clinic_id, id, code, name_ar, name_en, category, scope, price, minutes,
                tax_code, chart_code, chart_material, created_at)
            values ($1, $2, 'RST-001', 'حشو كومبوزيت', 'Composite filling', 'restorative', 'surface', 80000, 45,
                'exempt', 'filling', 'composite', $3)",
        )
        .bind(id)
        .bind(procedure)
        .bind(now)
        .execute(&mut *tx)
        .await
        .unwrap();
        let mut clinic = Self {
            id,
            branch,
            chairs,
            staff: BTreeMap::new(),
            accounts: BTreeMap::new(),
            roles: BTreeMap::new(),
            second_doctor: new(),
            procedure,
            letter,
        };
        for role in BuiltInRole::ALL {
            let role_id = new();
            sqlx::query("insert into role (clinic_id, id, code, name_ar, name_en, created_at) values ($1, $2, $3, $4, $5, $6)")
                .bind(id)
                .bind(role_id)
                .bind(role.code())
                .bind(role.name_ar())
                .bind(role.name_en())
                .bind(now)
                .execute(&mut *tx)
                .await
                .unwrap();
            for (permission, scope) in role.permissions() {
                sqlx::query("insert into role_permission (clinic_id, role_id, permission, scope) values ($1, $2, $3, $4)")
                    .bind(id)
                    .bind(role_id)
                    .bind(permission.code())
                    .bind(scope.as_str())
                    .execute(&mut *tx)
                    .await
                    .unwrap();
            }
            clinic.roles.insert(role, role_id);
            let (account, staff) = (new(), new());
            clinic.add_staff(&mut tx, account, staff, role, role.code(), now).await;
            clinic.accounts.insert(role, account);
            clinic.staff.insert(role, staff);
        }
        let second = clinic.second_doctor;
        clinic.add_staff(&mut tx, new(), second, BuiltInRole::Doctor, "doctor2", now).await;
        tx.execute("set constraints all immediate").await.unwrap();
        tx.commit().await.unwrap();
        clinic
    }

    async fn add_staff(
        &self,
        tx: &mut crate::kernel::db::Tx,
        account: Uuid,
        staff: Uuid,
        role: BuiltInRole,
        name: &str,
        now: jiff_sqlx::Timestamp,
    ) {
        sqlx::query(
            "insert into account (id, email, name_en, password_hash, password_changed_at, created_at)
            values ($1, $2, $3, $4, $5, $5)",
        )
        .bind(account)
        .bind(format!("{name}@{}.example", self.letter))
        .bind(name)
        .bind(PASSWORD_HASH.as_str())
        .bind(now)
        .execute(&mut **tx)
        .await
        .unwrap();
        sqlx::query(
            "insert into staff (clinic_id, id, account_id, name_ar, name_en, created_at) values ($1, $2, $3, $4, $5, $6)",
        )
        .bind(self.id)
        .bind(staff)
        .bind(account)
        .bind(format!("د. {name}"))
        .bind(format!("Dr {name}"))
        .bind(now)
        .execute(&mut **tx)
        .await
        .unwrap();
        sqlx::query("insert into staff_role (clinic_id, staff_id, role_id) values ($1, $2, $3)")
            .bind(self.id)
            .bind(staff)
            .bind(self.roles[&role])
            .execute(&mut **tx)
            .await
            .unwrap();
    }

    /// The log-in of a role.
    pub fn email(&self, role: BuiltInRole) -> String {
        format!("{}@{}.example", role.code(), self.letter)
    }

    /// A doctor's staff id.
    pub fn doctor(&self) -> Uuid {
        self.staff[&BuiltInRole::Doctor]
    }

    /// A session of a role, written straight into the table: signing in has tests of its own.
    pub async fn session(&self, state: &AppState, role: BuiltInRole) -> String {
        let token = Uuid::new_v4().to_string();
        let now = state.clock.now();
        sqlx::query(
            "insert into session (id, token_hash, account_id, clinic_id, staff_id, kind, created_at, last_seen_at, expires_at)
            values ($1, $2, $3, $4, $5, 'bearer', $6, $6, $7)",
        )
        .bind(Uuid::now_v7())
        .bind(token_hash(&token))
        .bind(self.accounts[&role])
        .bind(self.id)
        .bind(self.staff[&role])
        .bind(now.to_sqlx())
        .bind((now + jiff::SignedDuration::from_hours(12)).to_sqlx())
        .execute(&mut *state.db.connection().await.unwrap())
        .await
        .unwrap();
        token
    }
}
