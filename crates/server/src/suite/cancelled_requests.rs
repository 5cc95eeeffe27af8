//! A client that hangs up at any moment never loses or doubles an acknowledged write, its own or another's.

use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use dentpro_core::permissions::BuiltInRole::Admin;
use futures::{StreamExt, stream};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use serde_json::json;
use tokio::task::coop;

use crate::testing::TestApp;

/// Requests sent; most of them are dropped on the way.
const REQUESTS: usize = 3000;
/// Reads dropped step by step.
const ROUNDS: usize = 60;
/// How often a read waits for the database at most, and how often it reads or writes.
const WAITS: usize = 4;
const STEPS: usize = 15;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn dropped_requests_lose_no_acknowledged_write() {
    let app = TestApp::new().await;
    let admin = app.login(Admin).await;
    let mut dice = StdRng::seed_from_u64(7);
    // How long a request takes here and now decides how long a client waits before it hangs up.
    let began = std::time::Instant::now();
    stream::iter(0..24)
        .map(|n| admin.post("/branches", json!({ "name_en": format!("First {n}") })).into_future())
        .buffer_unordered(24)
        .collect::<Vec<_>>()
        .await;
    let longest = u64::try_from(began.elapsed().as_micros()).unwrap() * 2;
    let requests: Vec<_> =
        (0..REQUESTS).map(|n| (n, Duration::from_micros(dice.random_range(0..longest)))).collect();
    let acknowledged: Vec<String> = stream::iter(requests)
        .map(|(n, patience)| {
            let client = admin.clone();
            async move {
                if n % 3 == 0 {
                    let _ = tokio::time::timeout(patience, client.get("/chairs")).await;
                    return None;
                }
                let body = json!({ "name_en": format!("Branch {n}") });
                let answer = tokio::time::timeout(patience, client.post("/branches", body)).await.ok()?;
                (answer.status.as_u16() == 201).then(|| answer.json()["id"].as_str().unwrap().to_owned())
            }
        })
        // As many at once as a busy clinic has.
        .buffer_unordered(24)
        .filter_map(|id| async move { id })
        .collect()
        .await;
    let mut owner = app.database.owner().await;
    let kept: Vec<String> = sqlx::query_scalar("select id::text from branch where clinic_id = $1")
        .bind(app.clinic.id)
        .fetch_all(&mut owner)
        .await
        .unwrap();
    let lost: Vec<_> = acknowledged.iter().filter(|id| !kept.contains(id)).collect();
    assert!(acknowledged.len() > 20, "too few requests came through to say anything: {}", acknowledged.len());
    assert!(lost.is_empty(), "{} of {} acknowledged writes are lost", lost.len(), acknowledged.len());
}

/// Drops a future when it has waited this many times, or wants to read or write once more in one go than it may;
/// `None` when it was dropped. What PostgreSQL answers at once is never waited for.
async fn hang_up_after<T>(waits: usize, steps: usize, request: impl Future<Output = T>) -> Option<T> {
    let mut request = pin!(request);
    let mut waited = 0;
    std::future::poll_fn(|context| {
        // What tokio lets a task do before others have their turn; after it, whatever is asked of it waits.
        for _ in steps..128 {
            let _ = pin!(coop::consume_budget()).poll(context);
        }
        match request.as_mut().poll(context) {
            Poll::Ready(answer) => Poll::Ready(Some(answer)),
            Poll::Pending if waited == waits || !coop::has_budget_remaining() => Poll::Ready(None),
            Poll::Pending => {
                waited += 1;
                Poll::Pending
            }
        }
    })
    .await
}

/// A transaction that a dropped `begin` left open would swallow what the next request writes outside of one: the use
/// of its session, the seal of the log.
#[tokio::test]
async fn a_read_that_is_dropped_at_any_step_leaves_nothing_behind_for_the_next() {
    let app = TestApp::new().await;
    let mut owner = app.database.owner().await;
    let mut dropped = 0;
    for round in 0..ROUNDS {
        let (waits, steps) = (round % WAITS, round % STEPS);
        let (hasty, patient) = (app.login(Admin).await, app.login(Admin).await);
        dropped += usize::from(hang_up_after(waits, steps, hasty.get("/branches")).await.is_none());
        // The half hour of a session begins anew with each use.
        for _ in 0..2 {
            app.advance(Duration::from_secs(20 * 60));
            patient.get("/branches").await.expect(200);
        }
        // Connections are given back behind a request's back.
        while !matches!(app.state.db.connection_count(), (open, idle) if open == idle) {
            tokio::task::yield_now().await;
        }
        let open: i64 = sqlx::query_scalar(
            "select count(*) from pg_stat_activity
            where datname = current_database() and application_name = 'dentpro' and state like 'idle in transaction%'",
        )
        .fetch_one(&mut owner)
        .await
        .unwrap();
        assert_eq!(
            open, 0,
            "open transactions after a request that was dropped after {waits} waits or {steps} steps"
        );
    }
    assert!(dropped > ROUNDS / 4, "too few requests were dropped to say anything: {dropped}");
}
