//! The live stream.

use std::time::Duration;

use axum::body::Body;
use axum::http::Method;
use dentpro_core::permissions::BuiltInRole::{Doctor, Receptionist};
use http_body_util::BodyExt;
use uuid::Uuid;

use super::sign_in;
use crate::kernel::live::{Announcement, Change, run_hub};
use crate::testing::{Client, TestApp};

/// Reads the events of a stream one by one.
struct Events {
    body: Body,
    text: String,
    /// Where the stream resumes when it breaks before anything has come.
    begins_at: String,
}

impl Events {
    async fn of(client: &Client) -> Self {
        let response = client.open(Method::GET, "/events", None).await;
        assert_eq!(response.status(), 200);
        let mut events = Self { body: response.into_body(), text: String::new(), begins_at: String::new() };
        let ready = events.next().await.unwrap();
        assert!(ready.contains("event: ready"), "{ready}");
        events.begins_at = ready.lines().find_map(|line| line.strip_prefix("id: ")).unwrap().to_owned();
        events
    }

    /// The next event, or `None` at the end of the stream.
    async fn next(&mut self) -> Option<String> {
        loop {
            if let Some((event, rest)) = self.text.split_once("\n\n") {
                let event = event.to_owned();
                self.text = rest.to_owned();
                if event.starts_with(':') {
                    continue;
                }
                return Some(event);
            }
            let frame = self.body.frame().await?.ok()?;
            self.text.push_str(&String::from_utf8_lossy(frame.data_ref()?));
        }
    }
}

async fn announce(app: &TestApp, clinic: Uuid, change: Change) {
    let entity = Some(Uuid::now_v7());
    let mut tx = app.state.db.begin_as_system(clinic.into(), Uuid::now_v7()).await.unwrap();
    tx.announce(change, Announcement { entity, ..Announcement::default() }).await.unwrap();
    tx.commit().await.unwrap();
}

/// Starts the hub, and announces until the first event arrives: what came before the hub looked is nobody's news.
async fn wake(app: &TestApp, events: &mut Events) {
    tokio::spawn(run_hub(app.state.db.clone(), app.state.live.clone()));
    for _ in 0..100 {
        announce(app, app.clinic.id, Change::Clinic).await;
        if tokio::time::timeout(Duration::from_millis(200), events.next()).await.is_ok() {
            return;
        }
    }
    panic!("the hub never woke");
}

async fn next_but_clinic(events: &mut Events) -> String {
    loop {
        let event = events.next().await.unwrap();
        if !event.contains("clinic.changed") {
            return event;
        }
    }
}

#[tokio::test]
async fn an_event_reaches_who_may_know_and_nobody_else() {
    let app = TestApp::new().await;
    let reception = sign_in(&app, Receptionist).await;
    let doctor = sign_in(&app, Doctor).await;
    let (mut at_desk, mut at_chair) = (Events::of(&reception).await, Events::of(&doctor).await);
    wake(&app, &mut at_desk).await;
    announce(&app, app.other_clinic.id, Change::Appointment).await;
    announce(&app, app.clinic.id, Change::Chart).await;
    announce(&app, app.clinic.id, Change::Payment).await;
    // The desk sees no charts, and nothing of the other clinic: the payment is the first it hears of.
    let heard = next_but_clinic(&mut at_desk).await;
    assert!(heard.contains("event: payment.changed") && heard.contains("entity_id"), "{heard}");
    assert!(!heard.contains("clinic_id"), "{heard}");
    assert!(next_but_clinic(&mut at_chair).await.contains("event: chart.changed"));
}

#[tokio::test]
async fn a_stream_that_broke_before_anything_came_resumes_with_what_it_missed() {
    let app = TestApp::new().await;
    let reception = sign_in(&app, Receptionist).await;
    let broken = Events::of(&reception).await;
    announce(&app, app.clinic.id, Change::Appointment).await;
    announce(&app, app.clinic.id, Change::Chart).await;
    let mut resumed = Events::of(&reception.with("last-event-id", &broken.begins_at)).await;
    // Breaking again before it has read on, it would miss nothing either.
    assert_eq!(resumed.begins_at, broken.begins_at);
    assert!(next_but_clinic(&mut resumed).await.contains("event: appointment.changed"));
}

#[tokio::test]
async fn the_stream_ends_with_the_session() {
    let app = TestApp::new().await;
    let reception = sign_in(&app, Receptionist).await;
    let mut events = Events::of(&reception).await;
    wake(&app, &mut events).await;
    assert_eq!(reception.delete("/session").await.status, 204);
    let ended = async { while events.next().await.is_some() {} };
    tokio::time::timeout(Duration::from_secs(20), ended).await.unwrap();
    let refused = reception.open(Method::GET, "/events", None).await;
    assert_eq!(refused.status(), 401);
}

#[tokio::test]
async fn an_open_page_alone_does_not_keep_a_session_alive() {
    let app = TestApp::new().await;
    let reception = sign_in(&app, Receptionist).await;
    app.advance(Duration::from_secs(20 * 60));
    let _events = Events::of(&reception).await;
    app.advance(Duration::from_secs(20 * 60));
    reception.get("/session").await.expect_problem(401, "identity.not_signed_in");
}
