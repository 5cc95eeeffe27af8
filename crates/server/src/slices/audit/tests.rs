//! The activity log through HTTP, and what happens when somebody tampers with it.

use dentpro_core::permissions::BuiltInRole::{Admin, Doctor, Receptionist};
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};

use crate::kernel::audit_seal;
use crate::testing::{Client, TestApp};

/// Three branches added and all sealed.
async fn with_history() -> (TestApp, Client) {
    let app = TestApp::new().await;
    let admin = app.login(Admin).await;
    for name in ["One", "Two", "Three"] {
        admin.post("/branches", json!({ "name_ar": "فرع", "name_en": name })).await.expect(201);
    }
    audit_seal::seal_all(&app.state.db).await.unwrap();
    (app, admin)
}

/// Somebody with the owner's rights, who also switches the guards off.
async fn intruder(app: &TestApp) -> PgConnection {
    let mut owner = app.database.owner().await;
    owner.execute("set session_replication_role = replica").await.unwrap();
    owner
}

async fn run(app: &TestApp, sql: String) {
    let mut intruder = intruder(app).await;
    let done = intruder.execute(AssertSqlSafe(sql)).await.unwrap();
    assert!(done.rows_affected() > 0);
    intruder.close().await.unwrap();
}

async fn seq_of(app: &TestApp, name: &str) -> (i64, i64) {
    let mut owner = app.database.owner().await;
    sqlx::query_as(
        "select s.seq, e.id from audit_entry e join audit_seal s on s.clinic_id = e.clinic_id and s.entry_id = e.id
        where e.clinic_id = $1 and e.entity = 'branch' and e.after ->> 'name_en' = $2",
    )
    .bind(app.clinic.id)
    .bind(name)
    .fetch_one(&mut owner)
    .await
    .unwrap()
}

async fn verify(admin: &Client) -> Value {
    admin.send(axum::http::Method::POST, "/audit/verify", None).await.expect(200)["verified"].clone()
}

#[tokio::test]
async fn an_untouched_chain_verifies_and_the_page_remembers_it() {
    let (_app, admin) = with_history().await;
    let before = admin.get("/audit/chain").await.expect(200);
    assert_eq!(before["verified"], Value::Null);
    assert!(before["sealed"].as_i64().unwrap() > 20);
    assert_eq!(before["head"].as_str().unwrap().len(), 64);
    assert_eq!(verify(&admin).await["ok"], true);
    assert_eq!(admin.get("/audit/chain").await.expect(200)["verified"]["ok"], true);
}

#[tokio::test]
async fn a_changed_entry_is_named() {
    let (app, admin) = with_history().await;
    let (seq, id) = seq_of(&app, "Two").await;
    run(
        &app,
        format!(
            "update audit_entry set after = jsonb_set(after, '{{name_en}}', '\"Changed\"') where id = {id}"
        ),
    )
    .await;
    let found = verify(&admin).await;
    assert_eq!(
        (&found["ok"], &found["first_bad_seq"], &found["problem"]),
        (&json!(false), &json!(seq), &json!("changed"))
    );
}

#[tokio::test]
async fn a_removed_entry_is_named_with_or_without_its_seal() {
    let (app, admin) = with_history().await;
    let (seq, id) = seq_of(&app, "Two").await;
    run(&app, format!("delete from audit_entry where id = {id}")).await;
    let found = verify(&admin).await;
    assert_eq!((&found["first_bad_seq"], &found["problem"]), (&json!(seq), &json!("removed")));
    run(&app, format!("delete from audit_seal where clinic_id = '{}' and seq = {seq}", app.clinic.id)).await;
    let found = verify(&admin).await;
    assert_eq!((&found["first_bad_seq"], &found["problem"]), (&json!(seq), &json!("removed")));
}

#[tokio::test]
async fn an_inserted_entry_is_named() {
    let (app, admin) = with_history().await;
    let sql = format!(
        "insert into audit_entry (clinic_id, actor_id, action, entity) values ('{}', gen_random_uuid(), 'read', 'patient')",
        app.clinic.id
    );
    run(&app, sql).await;
    let found = verify(&admin).await;
    assert_eq!((&found["ok"], &found["problem"]), (&json!(false), &json!("inserted")));
    let entry = admin.get("/audit?entity=patient&action=read").await.expect(200);
    assert_eq!(found["first_bad_entry"], entry["items"][0]["id"]);
}

#[tokio::test]
async fn entries_in_another_order_are_named() {
    let (app, admin) = with_history().await;
    let ((seq, one), (_, three)) = (seq_of(&app, "One").await, seq_of(&app, "Three").await);
    let sql = format!(
        "update audit_seal set entry_id = -entry_id where entry_id in ({one}, {three});
        update audit_seal set entry_id = case when entry_id = -{one} then {three} else {one} end where entry_id < 0"
    );
    run(&app, sql).await;
    let found = verify(&admin).await;
    assert_eq!((&found["ok"], &found["first_bad_seq"]), (&json!(false), &json!(seq)));
}

/// Seals the chain again from a place on, as somebody does who may write the table and knows how it is hashed.
async fn seal_again(app: &TestApp, seq: i64) {
    let clinic = app.clinic.id;
    let mut intruder = intruder(app).await;
    intruder
        .execute(AssertSqlSafe(format!(
            "do $$ declare r record; v_hash bytea; begin
            select hash into v_hash from audit_seal where clinic_id = '{clinic}' and seq = {seq} - 1;
            for r in select s.seq, audit_canonical(e) as bytes from audit_seal s
                join audit_entry e on e.clinic_id = s.clinic_id and e.id = s.entry_id
                where s.clinic_id = '{clinic}' and s.seq >= {seq} order by s.seq loop
                v_hash := sha256(v_hash || r.bytes);
                update audit_seal set hash = v_hash where clinic_id = '{clinic}' and seq = r.seq;
            end loop; end $$"
        )))
        .await
        .unwrap();
}

#[tokio::test]
async fn a_chain_that_was_rewritten_whole_is_found_by_the_heads_outside_the_database() {
    let (app, admin) = with_history().await;
    app.state.heads.keep(&app.state.db).await.unwrap();
    let kept = admin.get("/audit/chain").await.expect(200)["sealed"].clone();
    assert_eq!(verify(&admin).await["ok"], true);
    let (seq, id) = seq_of(&app, "Two").await;
    run(&app, format!("update audit_entry set after = after || '{{\"name_en\": \"2\"}}' where id = {id}"))
        .await;
    assert_eq!(verify(&admin).await["problem"], "changed");
    seal_again(&app, seq).await;
    let found = verify(&admin).await;
    assert_eq!(
        (&found["ok"], &found["first_bad_seq"], &found["problem"]),
        (&json!(false), &kept, &json!("rewritten"))
    );
    // Heads that are kept later agree with the chain as it is then: they do not cover it up.
    app.state.heads.keep(&app.state.db).await.unwrap();
    assert_eq!(verify(&admin).await["problem"], "rewritten");
    assert_eq!(verify(&app.login_elsewhere(Admin).await).await["ok"], true);
}

#[tokio::test]
async fn a_chain_whose_end_was_cut_off_is_found_by_the_heads_outside_the_database() {
    let (app, admin) = with_history().await;
    app.state.heads.keep(&app.state.db).await.unwrap();
    let (seq, id) = seq_of(&app, "Three").await;
    let clinic = app.clinic.id;
    run(&app, format!("delete from audit_seal where clinic_id = '{clinic}' and seq >= {seq}")).await;
    run(&app, format!("delete from audit_entry where clinic_id = '{clinic}' and id >= {id}")).await;
    let found = verify(&admin).await;
    assert_eq!((&found["ok"], &found["problem"]), (&json!(false), &json!("cut")));
    assert!(found["first_bad_seq"].as_i64() >= Some(seq));
}

#[tokio::test]
async fn entries_tell_who_did_what_with_before_and_after() {
    let (app, admin) = with_history().await;
    let path = format!("/staff/{}", app.clinic.doctor());
    admin.patch(&path, 1, json!({ "colour": "#112233" })).await.expect(200);
    let query = format!("/audit?entity=staff&entity_id={}&action=update", app.clinic.doctor());
    let entry = admin.get(&query).await.expect(200)["items"][0].clone();
    assert_eq!(
        (&entry["before"]["colour"], &entry["after"]["colour"]),
        (&json!("#0b6b74"), &json!("#112233"))
    );
    assert!(entry["before"].get("name_en").is_none(), "only what changed");
    assert_eq!((&entry["actor"]["name_en"], &entry["label"]), (&json!("Dr admin"), &json!("Dr doctor")));
    assert_eq!((&entry["sealed"], &entry["seq"]), (&json!(false), &Value::Null));
    audit_seal::seal_all(&app.state.db).await.unwrap();
    let arabic = admin.with("accept-language", "ar").get(&query).await.expect(200)["items"][0].clone();
    assert_eq!((&arabic["sealed"], &arabic["label"]), (&json!(true), &json!("د. doctor")));
    assert!(arabic["seq"].is_i64());
}

#[tokio::test]
async fn filters_and_pages_give_every_entry_once() {
    let (app, admin) = with_history().await;
    let (mut ids, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = admin.get(&format!("/audit?entity=branch&limit=2{cursor}")).await.expect(200);
        ids.extend(
            page["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|e| e["id"].as_str().unwrap().parse::<i64>().unwrap()),
        );
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(ids.len(), 4);
    assert!(ids.is_sorted_by(|a, b| a > b));
    let count = |query: String| {
        let admin = admin.clone();
        async move { admin.get(&query).await.expect(200)["items"].as_array().unwrap().len() }
    };
    let by = |id: uuid::Uuid| format!("/audit?entity=branch&actor_id={id}");
    assert_eq!(count(by(app.clinic.accounts[&Admin])).await, 3);
    assert_eq!(count(by(app.clinic.staff[&Admin])).await, 3);
    assert_eq!(count(by(app.clinic.staff[&Doctor])).await, 0);
    assert_eq!(count("/audit?entity=branch&to=2020-01-01".to_owned()).await, 0);
    assert_eq!(count("/audit?entity=branch&from=2020-01-01&to=2199-12-31".to_owned()).await, 4);
    assert_eq!(count("/audit?from=2020-01-01T00:00:00%2B02:00&entity=branch".to_owned()).await, 4);
    for bad in ["10000-01-01", "yesterday", "%00", "9999-01-01T00:00:00Z"] {
        admin.get(&format!("/audit?from={bad}")).await.expect_invalid("from", "audit.time_invalid");
    }
    assert_eq!(admin.get("/audit?entity=%00").await.status, 422);
    assert_eq!(admin.get("/audit?nonsense=1").await.status, 422);
}

#[tokio::test]
async fn the_log_is_for_who_may_read_it_and_of_the_own_clinic_only() {
    let (app, _) = with_history().await;
    app.login(Receptionist).await.get("/audit").await.expect_problem(403, "identity.permission_missing");
    app.anonymous().get("/audit").await.expect_problem(401, "identity.not_signed_in");
    let elsewhere = app.login_elsewhere(Admin).await;
    let page = elsewhere.get("/audit?entity=branch").await.expect(200);
    assert_eq!(page["items"].as_array().unwrap().len(), 1);
    assert_eq!(verify(&elsewhere).await["ok"], true);
}
