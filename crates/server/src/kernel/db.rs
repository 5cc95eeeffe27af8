//! The only door to the database: every transaction opens with its clinic and actor set in it.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use dentpro_core::ids::{AccountId, ClinicId, StaffId};
use dentpro_core::permissions::Permission;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::postgres::{PgConnectOptions, PgListener, PgPoolOptions};
use sqlx::{AssertSqlSafe, Executor, PgConnection};
use tokio::sync::Notify;
use uuid::Uuid;

use super::actor::{Actor, SYSTEM_ACCOUNT};
use super::connections::{Connections, Ending, Lease};
use super::error::ApiError;

/// The connections behind the door.
#[derive(Clone, Debug)]
pub struct Db {
    connections: Connections,
    options: Arc<PgConnectOptions>,
    committed: Arc<Notify>,
}

/// A transaction with its clinic and actor set. Dropped without commit it is rolled back.
#[derive(Debug)]
pub struct Tx {
    lease: Lease,
    clinic: ClinicId,
    staff: Option<StaffId>,
    committed: Arc<Notify>,
}

/// The row of `session_actor`.
#[derive(Debug)]
pub struct SessionRow {
    pub session_id: Uuid,
    pub account_id: Uuid,
    pub clinic_id: Uuid,
    pub staff_id: Uuid,
    pub locale: Option<String>,
    pub time_zone: String,
    pub country: String,
    pub currency: String,
    pub currency_exponent: i32,
    pub last_seen_at: jiff_sqlx::Timestamp,
    pub expires_at: jiff_sqlx::Timestamp,
    pub roles: Vec<String>,
    pub permissions: Vec<String>,
    pub own_permissions: Vec<String>,
}

impl Db {
    /// Opens a connection as the role that serves requests: it owns nothing and no policy lets it through.
    pub async fn connect(options: PgConnectOptions) -> sqlx::Result<Self> {
        let db = Self::connect_lazily(options);
        db.connections.lease(Ending::Ping).await?.done();
        Ok(db)
    }

    /// The same, opened only when it is first used: for a server that starts before its database.
    pub fn connect_lazily(options: PgConnectOptions) -> Self {
        let options = Self::as_app_role(options);
        Self {
            connections: Connections::new(options.clone()),
            options: Arc::new(options),
            committed: Arc::new(Notify::new()),
        }
    }

    fn as_app_role(options: PgConnectOptions) -> PgConnectOptions {
        options.application_name("dentpro").options([
            ("role", "dentpro_app"),
            ("statement_timeout", "15s"),
            ("lock_timeout", "3s"),
            ("idle_in_transaction_session_timeout", "10s"),
            ("client_min_messages", "error"),
            ("timezone", "UTC"),
            // Planning anew for each value takes longer than most statements, and picks worse plans here.
            ("plan_cache_mode", "force_generic_plan"),
        ])
    }

    /// A transaction for reading or writing on behalf of an actor.
    pub async fn begin(&self, actor: &Actor) -> sqlx::Result<Tx> {
        self.open(actor.clinic, actor.account, Some(actor.staff), actor.request).await
    }

    /// A transaction of the system itself in a clinic: jobs, public links, the command line.
    pub async fn begin_as_system(&self, clinic: ClinicId, request: Uuid) -> sqlx::Result<Tx> {
        self.open(clinic, SYSTEM_ACCOUNT, None, request).await
    }

    /// A transaction of an account that is not (yet) in a session of the clinic: sign-in, invitations.
    pub async fn begin_as_account(
        &self,
        clinic: ClinicId,
        account: AccountId,
        request: Uuid,
    ) -> sqlx::Result<Tx> {
        self.open(clinic, account, None, request).await
    }

    #[allow(clippy::disallowed_methods, reason = "the one door to the database")]
    async fn open(
        &self,
        clinic: ClinicId,
        account: AccountId,
        staff: Option<StaffId>,
        request: Uuid,
    ) -> sqlx::Result<Tx> {
        // Typed UUIDs only, in one message: one round trip, and the form a distributed PostgreSQL hands on.
        let begin = format!(
            "begin; set local dentpro.clinic = '{clinic}'; set local dentpro.actor = '{account}'; \
             set local dentpro.request = '{request}'"
        );
        let mut lease = self.connections.lease(Ending::Rollback).await?;
        lease.execute(AssertSqlSafe(begin)).await?;
        Ok(Tx { lease, clinic, staff, committed: self.committed.clone() })
    }

    /// Who presents a token, in one statement.
    pub async fn session_actor(&self, hash: &[u8], now: Timestamp) -> sqlx::Result<Option<SessionRow>> {
        let mut lease = self.connection().await?;
        let row = sqlx::query_as!(
            SessionRow,
            r#"select
                session_id as "session_id!",
                account_id as "account_id!",
                clinic_id as "clinic_id!",
                staff_id as "staff_id!",
                locale,
                time_zone as "time_zone!",
                country as "country!",
                currency as "currency!",
                currency_exponent as "currency_exponent!",
                last_seen_at as "last_seen_at!",
                expires_at as "expires_at!",
                roles as "roles!",
                permissions as "permissions!",
                own_permissions as "own_permissions!"
            from session_actor($1, $2)"#,
            hash,
            now.to_sqlx()
        )
        .fetch_optional(&mut *lease)
        .await?;
        lease.done();
        Ok(row)
    }

    /// Notes that a session is in use, for its idle limit; asked at most once a minute.
    pub async fn touch_session(&self, session: Uuid, now: jiff_sqlx::Timestamp) -> sqlx::Result<()> {
        sqlx::query!("update session set last_seen_at = $2 where id = $1", session, now)
            .execute(&mut *self.connection().await?)
            .await?;
        Ok(())
    }

    /// Writes into the log that somebody was refused.
    pub async fn record_refusal(
        &self,
        actor: &Actor,
        permission: Permission,
        method: &str,
    ) -> Result<(), ApiError> {
        let mut tx = self.begin(actor).await?;
        let what = serde_json::json!({ "permission": permission.code(), "method": method });
        tx.audit("refused", "permission", None, None, Some(what), None).await?;
        tx.commit().await
    }

    /// Deletes idempotency keys and live events that are older than the two instants.
    pub async fn sweep(&self, keys: jiff_sqlx::Timestamp, events: jiff_sqlx::Timestamp) -> sqlx::Result<()> {
        sqlx::query!("select idempotency_sweep($1), live_events_sweep($2)", keys, events)
            .fetch_one(&mut *self.connection().await?)
            .await?;
        Ok(())
    }

    /// Every clinic of this installation, the first one first.
    pub async fn clinics(&self) -> sqlx::Result<Vec<Uuid>> {
        sqlx::query_scalar!(r#"select clinics_all as "id!" from clinics_all()"#)
            .fetch_all(&mut *self.connection().await?)
            .await
    }

    /// How many migrations the database has.
    pub async fn migrations_applied(&self) -> sqlx::Result<i64> {
        sqlx::query_scalar!(r#"select migrations_applied() as "n!""#)
            .fetch_one(&mut *self.connection().await?)
            .await
    }

    /// A connection outside of any clinic: for health checks, the system's own functions and tables that belong to no
    /// clinic.
    pub async fn connection(&self) -> sqlx::Result<Lease> {
        self.connections.lease(Ending::Ping).await
    }

    /// A connection of its own that hears notifications.
    pub async fn listener(&self) -> sqlx::Result<PgListener> {
        PgListener::connect_with(
            &PgPoolOptions::new().max_connections(1).connect_lazy_with((*self.options).clone()),
        )
        .await
    }

    /// How many connections are open, and how many of them nobody uses.
    pub fn connection_count(&self) -> (usize, usize) {
        self.connections.count()
    }

    /// Serves no request from now on.
    pub fn close(&self) {
        self.connections.close();
    }

    /// Woken after each commit, for the live events.
    pub fn committed(&self) -> Arc<Notify> {
        self.committed.clone()
    }
}

/// Attempts at one write; what PostgreSQL ends as a deadlock or for its order is begun again.
const ATTEMPTS: usize = 6;

/// Does a write, again from its `begin` while PostgreSQL ends it for the sake of another transaction.
pub async fn retried<T, F>(mut attempt: impl FnMut() -> F) -> Result<T, ApiError>
where
    F: Future<Output = Result<T, ApiError>>,
{
    for _ in 1..ATTEMPTS {
        match attempt().await {
            Err(e) if e.lost_a_race() => tokio::task::yield_now().await,
            outcome => return outcome,
        }
    }
    attempt().await
}

impl Tx {
    /// The clinic of the transaction; every query names it too.
    pub fn clinic(&self) -> Uuid {
        self.clinic.uuid()
    }

    /// The staff member who acts.
    ///
    /// # Panics
    /// In a transaction of the system, which writes no row that names a staff member.
    pub fn staff(&self) -> Uuid {
        self.staff.expect("a transaction that names staff is opened for an actor").uuid()
    }

    /// Names the staff member who answers for what a patient's own act writes over a link.
    pub fn on_behalf_of(&mut self, staff: StaffId) {
        self.staff = Some(staff);
    }

    /// Adds what no changed row tells: a read of a record, a sign-in, an export, a print.
    pub async fn audit(
        &mut self,
        action: &str,
        entity: &str,
        entity_id: Option<Uuid>,
        patient_id: Option<Uuid>,
        after: Option<serde_json::Value>,
        reason: Option<&str>,
    ) -> sqlx::Result<()> {
        sqlx::query!(
            "select audit_write($1, $2, $3, $4, $5, $6)",
            action,
            entity,
            entity_id,
            patient_id,
            after,
            reason
        )
        .fetch_one(&mut *self.lease)
        .await?;
        Ok(())
    }

    /// The reason that goes with every entry of this transaction.
    pub async fn because(&mut self, reason: &str) -> sqlx::Result<()> {
        sqlx::query!("select set_config('dentpro.reason', $1, true)", reason)
            .fetch_one(&mut *self.lease)
            .await?;
        Ok(())
    }

    /// Commits, and wakes whoever waits for what was written.
    ///
    /// # Errors
    /// A connection lost while committing is told apart (`request.outcome_unknown`): the write may have happened.
    pub async fn commit(mut self) -> Result<(), ApiError> {
        self.lease.execute("commit").await.map_err(ApiError::at_commit)?;
        self.lease.done();
        self.committed.notify_one();
        Ok(())
    }
}

impl Deref for Tx {
    type Target = PgConnection;
    fn deref(&self) -> &PgConnection {
        &self.lease
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut PgConnection {
        &mut self.lease
    }
}
