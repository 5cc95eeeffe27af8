//! The pages of the front desk over the loaded demo.

use serde_json::{Value, json};
use sqlx::AssertSqlSafe;

use super::*;
use crate::testing::{Client, client_over};

const TODAY: &str = "2026-11-23";

/// Signed in with one of the log-ins of the demo.
async fn signed_in(database: &TestDatabase, role: &str) -> (Client, tempfile::TempDir) {
    let (mut client, files) = client_over(database, &clock(NOW)).await;
    let account = ACCOUNTS.iter().find(|account| account.role == role).unwrap();
    let who = json!({ "email": account.email, "password": PASSWORD, "token": true });
    let session = client.post("/session", who).await.expect(200);
    client.token = session["token"].as_str().map(str::to_owned);
    (client, files)
}

fn items(list: &Value) -> &[Value] {
    list["items"].as_array().map(Vec::as_slice).unwrap_or_default()
}

#[tokio::test]
async fn each_worklist_has_people_on_it_and_says_what_about() {
    let (database, _) = loaded(NOW).await;
    let (reception, _files) = signed_in(&database, "receptionist").await;
    for (list, least, most) in [
        ("unscheduled", 3, 25),
        ("broken", 5, 40),
        ("asap", 8, 40),
        ("planned", 10, 100),
        ("recall_due", 20, 200),
        ("unconfirmed", 3, 30),
    ] {
        let page = reception.get(&format!("/worklists/{list}?later=true&limit=100")).await.expect(200);
        let rows = items(&page);
        assert!((least..=most).contains(&rows.len()), "{list}: {}", rows.len());
        for row in rows {
            assert!(row["about_ar"] != "" && row["about_en"] != "", "{list}: {row}");
            assert!(
                !row["starts_at"].is_null() || !row["due_on"].is_null() || list == "asap",
                "{list}: {row}"
            );
        }
        let contacted = rows.iter().filter(|row| !row["last_contact"].is_null()).count();
        assert!(contacted > 0 && contacted < rows.len() || list == "asap", "{list}: {contacted} contacted");
        if matches!(list, "unscheduled" | "broken") {
            assert!(rows.iter().all(|row| !row["reason"].is_null()), "{list}");
        }
    }
    let overdue = reception.get("/worklists/recall_due?later=true&limit=100").await.expect(200);
    let overdue = items(&overdue).iter().filter(|row| row["due_on"].as_str() < Some(TODAY)).count();
    assert!(overdue > 5, "{overdue} overdue");
    let counts = reception.get("/worklists/counts").await.expect(200);
    assert!(counts.as_object().unwrap().values().all(|count| count.as_i64() > Some(0)), "{counts}");
}

#[tokio::test]
async fn the_pages_of_the_front_desk_are_not_empty() {
    let (database, _) = loaded(NOW).await;
    let (admin, _files) = signed_in(&database, "admin").await;
    for (path, least) in [
        ("/closures?limit=100", 9),
        (&*format!("/closures?limit=100&from={TODAY}"), 7),
        (&*format!("/blocks?from={TODAY}"), 1),
        ("/blocks?from=2026-11-24&to=2026-12-06", 20),
        ("/recall-types", 5),
        ("/reminder-rules", 2),
        ("/message-providers", 2),
        ("/reminder-deliveries", 3),
    ] {
        let page = admin.get(path).await.expect(200);
        assert!(items(&page).len() >= least, "{path}: {page}");
    }
    let failed = admin.get("/reminder-deliveries?limit=100").await.expect(200);
    let told: Vec<&str> = items(&failed).iter().filter_map(|row| row["last_error"].as_str()).collect();
    assert!(told.iter().any(|told| told.contains("Mailbox full")), "{told:?}");
    assert!(told.iter().any(|told| told.starts_with("400")), "{told:?}");
}

#[tokio::test]
async fn the_day_is_in_full_swing_and_the_numbers_follow_the_order_of_coming() {
    let (database, _) = loaded(NOW).await;
    let mut owner = database.owner().await;
    for (what, least, sql) in [
        ("done", 3, "local_date = '2026-11-23' and status = 'completed'"),
        ("in the chair", 2, "local_date = '2026-11-23' and status = 'in_chair' and called_to is not null"),
        ("waiting", 3, "local_date = '2026-11-23' and status = 'arrived' and token is not null"),
        ("walked in", 2, "local_date = '2026-11-23' and walk_in and status = 'arrived'"),
        (
            "late",
            1,
            "local_date = '2026-11-23' and status in ('scheduled', 'confirmed') and starts_at < '2026-11-23T12:30Z'",
        ),
        ("confirmed for tomorrow", 3, "local_date = '2026-11-24' and status = 'confirmed'"),
        ("unconfirmed for tomorrow", 3, "local_date = '2026-11-24' and status = 'scheduled'"),
        ("a message was left", 1, "local_date = '2026-11-24' and confirmation = 'left_message'"),
    ] {
        let found: i64 =
            sqlx::query_scalar(AssertSqlSafe(format!("select count(*) from appointment where {sql}")))
                .fetch_one(&mut owner)
                .await
                .unwrap();
        assert!(found >= least, "{what}: {found}");
    }
    for sql in [
        // Numbers without gaps, in the order of coming.
        "select count(*) from (
            select token, row_number() over (partition by branch_id, local_date order by arrived_at, token) as nth
            from appointment where token is not null) t where token <> nth",
        "select count(*) from appointment where local_date = '2026-11-23' and (token is null) <> (arrived_at is null)",
        "select count(*) from appointment where called_at < arrived_at or called_at > in_chair_at",
        "select count(*) from appointment where follow_up is not null
            and (status not in ('cancelled', 'no_show') or (follow_up = 'broken') <> (status = 'no_show' or late_cancelled))",
        "select count(*) from appointment where (status = 'cancelled') <> (cancelled_at is not null)",
    ] {
        assert_eq!(count(&mut owner, sql).await, 0, "{sql}");
    }
}

#[tokio::test]
async fn the_events_of_an_appointment_agree_with_what_it_became() {
    let (database, _) = loaded(NOW).await;
    let mut owner = database.owner().await;
    for sql in [
        "select count(*) from appointment a
            join lateral (
                select to_value from appointment_event e
                where e.appointment_id = a.id and e.kind in ('booked', 'status') order by e.at desc, e.seq desc limit 1
            ) e on true
            where e.to_value <> a.status",
        "select count(*) from appointment a
            join lateral (
                select to_value from appointment_event e
                where e.appointment_id = a.id and e.kind = 'confirmation' order by e.at desc, e.seq desc limit 1
            ) e on true
            where e.to_value <> a.confirmation",
        "select count(*) from (
            select from_value, lag(to_value) over (partition by appointment_id order by at, seq) as before
            from appointment_event where kind = 'confirmation') e
            where from_value <> coalesce(before, 'unconfirmed')",
        "select count(*) from appointment a where not exists (
            select from appointment_event e where e.appointment_id = a.id and e.kind = 'booked' and e.at = a.created_at)",
        "select count(*) from appointment_event e join appointment_event b
            on b.appointment_id = e.appointment_id and b.kind = 'booked' where e.at < b.at",
        "select count(*) from contact_attempt where at > '2026-11-23T12:30Z'",
        "select count(*) from contact_attempt c join appointment a on a.id = c.appointment_id
            where c.at < a.created_at or c.patient_id <> a.patient_id",
    ] {
        assert_eq!(count(&mut owner, sql).await, 0, "{sql}");
    }
}

#[tokio::test]
async fn messages_went_out_by_the_rules_and_none_is_left_to_be_sent() {
    let (database, _) = loaded(NOW).await;
    let mut owner = database.owner().await;
    let sent = count(&mut owner, "select count(*) from reminder_delivery where state = 'sent'").await;
    let failed = count(&mut owner, "select count(*) from reminder_delivery where state <> 'sent'").await;
    assert!(sent > 300 && (3..60).contains(&failed), "{sent} sent, {failed} not");
    assert!(count(&mut owner, "select count(*) from patient where reminders_off").await > 0);
    for sql in [
        "select count(*) from reminder_delivery where state = 'waiting' or sent_at > '2026-11-23T12:30Z'",
        "select count(*) from message_provider where active",
        "select count(*) from reminder_delivery d join patient p on p.id = d.patient_id where p.reminders_off",
        "select count(*) from reminder_delivery d join appointment a on a.id = d.appointment_id
            where d.created_at < a.created_at or d.sent_at > a.starts_at or d.patient_id <> a.patient_id",
        "select count(*) from reminder_delivery where extract(hour from created_at at time zone 'Africa/Cairo') not between 9 and 20",
        // Who was reminded and has not answered is known as reminded.
        "select count(*) from appointment a where confirmation = 'unconfirmed' and exists (
            select from reminder_delivery d where d.appointment_id = a.id and d.state = 'sent')",
    ] {
        assert_eq!(count(&mut owner, sql).await, 0, "{sql}");
    }
}

#[tokio::test]
async fn nobody_is_booked_where_the_clinic_is_closed_or_the_time_is_taken() {
    for at in [NOW, "2026-11-22T23:10:00Z", "2027-02-01T09:00:00Z", "2026-09-25T12:00:00Z"] {
        let (database, _) = loaded(at).await;
        let mut owner = database.owner().await;
        for sql in [
            "select count(*) from appointment a join dated_hours d
                on a.local_date between d.starts_on and d.ends_on
                and (d.branch_id = a.branch_id or d.staff_id = a.doctor_id)",
            "select count(*) from appointment a join time_block b
                on tstzrange(a.starts_at, a.ends_at) && tstzrange(b.starts_at, b.ends_at)
                and a.status not in ('cancelled', 'no_show') and not a.walk_in
                and case when b.chair_id is not null then a.chair_id = b.chair_id
                    when b.doctor_id is not null then a.doctor_id = b.doctor_id
                    else a.branch_id = b.branch_id end",
        ] {
            assert_eq!(count(&mut owner, sql).await, 0, "{at}: {sql}");
        }
        for kind in ["lunch", "meeting", "emergency", "maintenance"] {
            let found: i64 = sqlx::query_scalar("select count(*) from time_block where kind = $1")
                .bind(kind)
                .fetch_one(&mut owner)
                .await
                .unwrap();
            assert!(found > 0, "{at}: no {kind}");
        }
    }
}

/// All that is loaded, table by table; the password is salted anew each time.
async fn digest(database: &TestDatabase) -> Vec<(&'static str, String)> {
    let mut owner = database.owner().await;
    let mut all = Vec::new();
    for table in Table::ALL.iter().filter(|table| **table != Table::Account) {
        let name = table.name();
        let sql =
            format!("select coalesce(md5(string_agg(t::text, '|' order by t::text)), '') from {name} t");
        all.push((name, sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&mut owner).await.unwrap()));
    }
    all
}

#[tokio::test]
async fn two_demos_of_one_moment_are_equal() {
    let (one, _) = loaded(NOW).await;
    let (other, _) = loaded(NOW).await;
    assert_eq!(digest(&one).await, digest(&other).await);
}
