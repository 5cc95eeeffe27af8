//! A client that hangs up at a random moment never loses or doubles an acknowledged write.

use std::time::Duration;

use dentpro_core::permissions::BuiltInRole::Admin;
use futures::{StreamExt, stream};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use serde_json::json;

use crate::testing::TestApp;

/// Requests sent; most of them are dropped on the way.
const REQUESTS: usize = 3000;

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
