//! The report of what was booked over something else.

use dentpro_core::permissions::BuiltInRole::{Admin, Receptionist};
use serde_json::json;

use super::{booking, but, path, patient};
use crate::testing::TestApp;

#[tokio::test]
async fn it_says_who_booked_over_what_and_why() {
    let app = TestApp::new().await;
    let (reception, admin) = (app.login(Receptionist).await, app.login(Admin).await);
    let patient = patient(&app, &app.clinic, "active").await;
    reception.post("/appointments", booking(&app, patient, "10:00", "10:30")).await.expect(201);
    let over = but(booking(&app, patient, "10:00", "10:30"), json!({ "overbook_reason": "severe pain" }));
    let first = admin.post("/appointments", over).await.expect(201);
    let moved = reception.post("/appointments", booking(&app, patient, "12:00", "12:30")).await.expect(201);
    let place = json!({ "starts_at": "2026-11-23T10:15:00+02:00", "ends_at": "2026-11-23T10:45:00+02:00",
        "overbook_reason": "flies tomorrow" });
    reception.with("if-match", "\"1\"").post(&path(&moved, "/reschedule"), place).await.expect(200);

    let report = reception.get("/reports/overbooked?from=2026-11-23&to=2026-11-30").await.expect(200);
    let rows: Vec<_> = report["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (&row["appointment"]["id"], row["reason"].as_str(), row["decided_by"]["name_en"].as_str()))
        .collect();
    assert_eq!(
        rows,
        [
            (&first["id"], Some("severe pain"), Some("Dr admin")),
            (&moved["id"], Some("flies tomorrow"), Some("Dr receptionist"))
        ]
    );
    let page = reception.get("/reports/overbooked?limit=1").await.expect(200);
    let cursor = page["next_cursor"].as_str().unwrap();
    let rest = reception.get(&format!("/reports/overbooked?limit=1&cursor={cursor}")).await.expect(200);
    assert_eq!(rest["items"][0]["appointment"]["id"], moved["id"]);
    let before = reception.get("/reports/overbooked?to=2026-11-22").await.expect(200);
    assert_eq!(before["items"], json!([]));
    let elsewhere = app.login_elsewhere(Admin).await;
    assert_eq!(elsewhere.get("/reports/overbooked").await.expect(200)["items"], json!([]));
}
