//! A database for each test, copied from a migrated template on the cluster of `cargo xtask postgres`.

use std::hash::{DefaultHasher, Hash, Hasher};

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor};
use tokio::sync::OnceCell;
use uuid::Uuid;

use crate::kernel::migrate;

static TEMPLATE: OnceCell<String> = OnceCell::const_new();

/// Dropped with the test.
#[derive(Debug)]
pub struct TestDatabase {
    name: String,
}

fn cluster() -> PgConnectOptions {
    let url = std::env::var("DENTPRO_TEST_DATABASE_URL")
        .expect("DENTPRO_TEST_DATABASE_URL names the test cluster: run the tests with `make test-rust`");
    url.parse().expect("DENTPRO_TEST_DATABASE_URL is a PostgreSQL URL")
}

async fn admin() -> PgConnection {
    cluster().connect().await.expect("the test cluster answers")
}

async fn template() -> String {
    let mut hasher = DefaultHasher::new();
    for migration in migrate::MIGRATOR.iter() {
        migration.checksum.hash(&mut hasher);
    }
    let name = format!("dentpro_template_{:x}", hasher.finish());
    let mut admin = admin().await;
    // Several test processes may start at once.
    admin.execute("select pg_advisory_lock(4711)").await.unwrap();
    let known: bool = sqlx::query_scalar("select exists (select from pg_database where datname = $1)")
        .bind(&name)
        .fetch_one(&mut admin)
        .await
        .unwrap();
    if !known {
        let draft = format!("{name}_draft");
        admin.execute(AssertSqlSafe(format!("drop database if exists {draft}"))).await.unwrap();
        admin.execute(AssertSqlSafe(format!("create database {draft}"))).await.unwrap();
        migrate::run(&cluster().database(&draft)).await.unwrap();
        admin.execute(AssertSqlSafe(format!("alter database {draft} rename to {name}"))).await.unwrap();
    }
    admin.close().await.unwrap();
    name
}

impl TestDatabase {
    pub async fn create() -> Self {
        let template = TEMPLATE.get_or_init(template).await;
        let name = format!("dentpro_test_{}", Uuid::new_v4().simple());
        let mut admin = admin().await;
        admin.execute(AssertSqlSafe(format!("create database {name} template {template}"))).await.unwrap();
        admin.close().await.unwrap();
        Self { name }
    }

    /// Connects as the owner.
    pub fn options(&self) -> PgConnectOptions {
        cluster().database(&self.name)
    }

    /// A connection as the owner, past every policy.
    pub async fn owner(&self) -> PgConnection {
        self.options().connect().await.unwrap()
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let name = self.name.clone();
        // A thread with a runtime of its own: the test's is on its way out.
        let _ = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let _ =
                    admin().await.execute(AssertSqlSafe(format!("drop database {name} with (force)"))).await;
            });
        })
        .join();
    }
}
