//! What holds for every table of the schema.

use sqlx::Row;

use crate::testing::TestApp;

/// Tables without a clinic: log-ins, and what comes before a clinic exists.
const GLOBAL: &[&str] = &[
    "_sqlx_migrations",
    "account",
    "account_recovery_code",
    "account_totp",
    "chart_term",
    "session",
    "setup_code",
    "sign_in_failure",
];

/// Tables that the audit trigger leaves out: the log itself, and what other entries tell already.
const NOT_AUDITED: &[&str] = &[
    "appointment_event",
    "audit_entry",
    "audit_pending",
    "audit_seal",
    "idempotency_key",
    "ledger_entry",
    "live_event",
    "number_series",
    "outbox",
    "reminder_delivery",
];

async fn names(app: &TestApp, sql: &'static str) -> Vec<String> {
    let mut owner = app.database.owner().await;
    sqlx::query(sql).fetch_all(&mut owner).await.unwrap().iter().map(|r| r.get::<String, _>(0)).collect()
}

#[tokio::test]
async fn every_table_of_a_clinic_is_behind_forced_row_level_security_with_the_one_policy() {
    let app = TestApp::new().await;
    let open = names(
        &app,
        "select c.relname::text from pg_class c
        join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
        left join pg_policy p on p.polrelid = c.oid
        left join lateral (select pg_get_expr(p.polqual, c.oid) as q, pg_get_expr(p.polwithcheck, c.oid) as w) e on true
        where c.relkind in ('r', 'p')
        group by c.oid, c.relname, c.relrowsecurity, c.relforcerowsecurity
        having not (c.relrowsecurity and c.relforcerowsecurity and count(p.oid) = 1
            and bool_and(e.q = e.w and e.q like '(clinic_id = (NULLIF(current_setting(''dentpro.clinic''%'))
        order by 1",
    )
    .await;
    assert_eq!(open, GLOBAL);
}

#[tokio::test]
async fn without_a_clinic_set_every_table_of_a_clinic_shows_no_row() {
    let app = TestApp::new().await;
    let tables = names(
        &app,
        "select c.relname::text from pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
        where c.relkind = 'r' and c.relrowsecurity order by 1",
    )
    .await;
    assert!(tables.len() > 20);
    for table in tables {
        let sql = sqlx::AssertSqlSafe(format!("select count(*) from {table}"));
        let seen = sqlx::query_scalar::<_, i64>(sql)
            .fetch_one(&mut *app.state.db.connection().await.unwrap())
            .await
            .unwrap();
        assert_eq!(seen, 0, "{table} shows rows of no clinic");
    }
}

#[tokio::test]
async fn every_key_begins_with_the_clinic_and_every_constraint_has_a_name_of_its_own() {
    let app = TestApp::new().await;
    let loose = names(
        &app,
        "select con.conname::text from pg_constraint con
        join pg_class c on c.oid = con.conrelid and c.relrowsecurity
        where con.contype in ('p', 'u')
            and con.conname not in ('session_token_once', 'invitation_token_once')
            and (select a.attname from pg_attribute a where a.attrelid = c.oid and a.attnum = con.conkey[1]) <> 'clinic_id'
        union all
        select con.conname::text from pg_constraint con
        join pg_class c on c.oid = con.conrelid and c.relrowsecurity
        join pg_class f on f.oid = con.confrelid and f.relrowsecurity
        where con.contype = 'f'
            and not exists (select from unnest(con.conkey) k
                join pg_attribute a on a.attrelid = c.oid and a.attnum = k and a.attname = 'clinic_id')",
    )
    .await;
    assert_eq!(loose, Vec::<String>::new());
}

#[tokio::test]
async fn every_table_writes_its_changes_into_the_log() {
    let app = TestApp::new().await;
    let silent = names(
        &app,
        "select c.relname::text from pg_class c
        join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
        where c.relkind = 'r' and c.relrowsecurity
            and not exists (select from pg_trigger t join pg_proc p on p.oid = t.tgfoid
                where t.tgrelid = c.oid and p.proname = 'audit_row')
        order by 1",
    )
    .await;
    assert_eq!(silent, NOT_AUDITED);
}

#[tokio::test]
async fn the_role_that_serves_requests_owns_nothing_and_passes_no_policy() {
    let app = TestApp::new().await;
    let row = sqlx::query(
        "select current_user::text, r.rolsuper or r.rolbypassrls,
            exists (select from pg_class c where c.relowner = r.oid)
        from pg_roles r where r.rolname = current_user",
    )
    .fetch_one(&mut *app.state.db.connection().await.unwrap())
    .await
    .unwrap();
    assert_eq!(row.get::<String, _>(0), "dentpro_app");
    assert!(!row.get::<bool, _>(1) && !row.get::<bool, _>(2));
}

#[tokio::test]
async fn a_change_without_an_actor_is_refused_by_the_database() {
    let app = TestApp::new().await;
    let mut owner = app.database.owner().await;
    let refused = sqlx::query("update clinic set name_en = 'Taken'").execute(&mut owner).await.unwrap_err();
    assert_eq!(refused.as_database_error().unwrap().code().unwrap(), "42501");
}

#[tokio::test]
async fn what_is_insert_only_stays_for_its_owner_too() {
    let app = TestApp::new().await;
    let mut owner = app.database.owner().await;
    for table in [
        "audit_entry",
        "audit_seal",
        "ledger_entry",
        "payment",
        "payment_allocation",
        "refund",
        "chart_event",
    ] {
        let sql = sqlx::AssertSqlSafe(format!("truncate {table} cascade"));
        let refused = sqlx::query(sql).execute(&mut owner).await.unwrap_err();
        assert_eq!(refused.as_database_error().unwrap().code().unwrap(), "23001", "{table}");
    }
}
