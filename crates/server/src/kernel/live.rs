//! Live events: what changed, as ids, to every browser that may know. Server-sent events, resumable.

use std::collections::{HashSet, VecDeque};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::response::sse::{Event, KeepAlive, Sse};
use dentpro_core::permissions::{Permission, Scope};
use futures::Stream;
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;
use serde::Serialize;
use tokio::sync::broadcast;
use tokio::time::Instant;
use uuid::Uuid;

use super::actor::Actor;
use super::db::{Db, Tx};

/// Rows looked at again below the newest one seen: a transaction may commit after one with a larger id.
const OVERLAP: i64 = 500;
/// Rows fetched at once.
const BATCH: i32 = 2000;
/// The pause between two looks, so that a burst of commits is one look.
const PAUSE: Duration = Duration::from_millis(25);
/// Events a slow browser may lag behind before it is told to reload.
const BACKLOG: usize = 1024;

/// What changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Change {
    Appointment,
    /// A slot that is kept for some minutes.
    Hold,
    /// Time taken out of the book or given back.
    Block,
    Patient,
    Visit,
    Chart,
    Perio,
    Plan,
    Invoice,
    Payment,
    Clinic,
    /// Who has to be contacted, and what came of it.
    Worklist,
    /// Staff, roles or sessions: every stream looks its permissions up again.
    Access,
}

impl Change {
    const ALL: [Self; 13] = [
        Self::Appointment,
        Self::Hold,
        Self::Block,
        Self::Patient,
        Self::Visit,
        Self::Chart,
        Self::Perio,
        Self::Plan,
        Self::Invoice,
        Self::Payment,
        Self::Clinic,
        Self::Worklist,
        Self::Access,
    ];

    /// The name on the wire.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Appointment => "appointment.changed",
            Self::Hold => "hold.changed",
            Self::Block => "block.changed",
            Self::Patient => "patient.changed",
            Self::Visit => "visit.changed",
            Self::Chart => "chart.changed",
            Self::Perio => "perio.changed",
            Self::Plan => "plan.changed",
            Self::Invoice => "invoice.changed",
            Self::Payment => "payment.changed",
            Self::Clinic => "clinic.changed",
            Self::Worklist => "worklist.changed",
            Self::Access => "access.changed",
        }
    }

    fn of_kind(kind: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.kind() == kind)
    }

    const fn needs(self) -> Option<Permission> {
        match self {
            Self::Appointment | Self::Hold | Self::Block | Self::Worklist => Some(Permission::SchedulingRead),
            Self::Patient => Some(Permission::PatientsRead),
            Self::Visit => Some(Permission::RecordsRead),
            Self::Chart => Some(Permission::ChartingRead),
            Self::Perio => Some(Permission::PeriodontalRead),
            Self::Plan => Some(Permission::PlanningRead),
            Self::Invoice | Self::Payment => Some(Permission::BillingRead),
            Self::Clinic | Self::Access => None,
        }
    }
}

/// A change to announce; every id is optional but the clinic, which is the transaction's.
#[derive(Clone, Debug, Default)]
pub struct Announcement {
    pub entity: Option<Uuid>,
    pub patient: Option<Uuid>,
    /// The staff member it belongs to, for readers who see only their own.
    pub staff: Option<Uuid>,
    /// The day of the book it is on.
    pub date: Option<Date>,
}

impl Tx {
    /// Announces a change with the commit of this transaction.
    pub async fn announce(&mut self, change: Change, what: Announcement) -> sqlx::Result<()> {
        let clinic = self.clinic();
        sqlx::query!(
            "insert into live_event (clinic_id, kind, entity_id, patient_id, staff_id, local_date)
            values ($1, $2, $3, $4, $5, $6)",
            clinic,
            change.kind(),
            what.entity,
            what.patient,
            what.staff,
            what.date.map(|d| d.to_sqlx()) as _
        )
        .execute(&mut **self)
        .await?;
        Ok(())
    }
}

/// An event as it is delivered.
#[derive(Clone, Debug, Serialize)]
pub struct Delivered {
    #[serde(skip)]
    id: i64,
    kind: String,
    #[serde(skip)]
    clinic_id: Uuid,
    entity_id: Option<Uuid>,
    patient_id: Option<Uuid>,
    #[serde(skip)]
    staff_id: Option<Uuid>,
    date: Option<Date>,
}

/// The hub that every stream of this process listens to.
#[derive(Clone, Debug)]
pub struct Live {
    sender: broadcast::Sender<Arc<Delivered>>,
    closing: tokio_util::sync::CancellationToken,
}

impl Live {
    /// A hub whose streams end when `closing` is cancelled.
    pub fn new(closing: tokio_util::sync::CancellationToken) -> Self {
        Self { sender: broadcast::channel(BACKLOG).0, closing }
    }

    /// Streams open now.
    pub fn streams(&self) -> usize {
        self.sender.receiver_count()
    }
}

async fn fetch(db: &Db, floor: i64) -> sqlx::Result<Vec<Delivered>> {
    let rows = sqlx::query!(
        r#"select
            id as "id!",
            clinic_id as "clinic_id!",
            kind as "kind!",
            entity_id,
            patient_id,
            staff_id,
            local_date
        from live_events_after($1, $2)"#,
        floor,
        BATCH
    )
    .fetch_all(&mut *db.connection().await?)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| Delivered {
            id: r.id,
            kind: r.kind,
            clinic_id: r.clinic_id,
            entity_id: r.entity_id,
            patient_id: r.patient_id,
            staff_id: r.staff_id,
            date: r.local_date.map(|d| d.to_jiff()),
        })
        .collect())
}

/// The id of the newest event.
async fn head(db: &Db) -> sqlx::Result<i64> {
    sqlx::query_scalar!(r#"select live_event_head() as "head!""#)
        .fetch_one(&mut *db.connection().await?)
        .await
}

/// Hands committed events to the streams, for as long as the process lives: woken by our own commits and by
/// other servers' notifications.
pub async fn run_hub(db: Db, live: Live) {
    let committed = db.committed();
    let (wake, mut woken) = tokio::sync::mpsc::channel::<()>(1);
    tokio::spawn(listen(db.clone(), wake, live.closing.clone()));
    let mut seen: HashSet<i64> = HashSet::new();
    let mut order: VecDeque<i64> = VecDeque::new();
    let mut newest: Option<i64> = None;
    let mut looked = Instant::now();
    loop {
        let ours = tokio::select! {
            () = live.closing.cancelled() => return,
            () = committed.notified() => true,
            _ = woken.recv() => false,
            () = tokio::time::sleep(Duration::from_secs(1)) => false,
        };
        tokio::time::sleep_until(looked + PAUSE).await;
        looked = Instant::now();
        let result = match newest {
            Some(id) => fetch(&db, id - OVERLAP).await,
            // The first look only finds where the log stands; what is older is nobody's news.
            None => match head(&db).await {
                Ok(head) => fetch(&db, head - OVERLAP).await.map(|old| {
                    newest = Some(head);
                    for event in old {
                        seen.insert(event.id);
                        order.push_back(event.id);
                    }
                    Vec::new()
                }),
                Err(e) => Err(e),
            },
        };
        let events = match result {
            Ok(events) => events,
            Err(e) => {
                tracing::debug!(error = %e, "live events cannot be read now");
                continue;
            }
        };
        let mut any = false;
        for event in events {
            if !seen.insert(event.id) {
                continue;
            }
            any = true;
            order.push_back(event.id);
            newest = Some(newest.map_or(event.id, |n| n.max(event.id)));
            // Nobody listening is no fault.
            let _ = live.sender.send(Arc::new(event));
        }
        while order.len() > 4 * OVERLAP as usize {
            if let Some(old) = order.pop_front() {
                seen.remove(&old);
            }
        }
        if ours && any {
            // After the commit and in autocommit: inside a writing transaction NOTIFY takes a global lock.
            if let Ok(mut connection) = db.connection().await {
                let _ =
                    sqlx::query!("select pg_notify('dentpro_live', '')").fetch_one(&mut *connection).await;
            }
        }
    }
}

async fn listen(db: Db, wake: tokio::sync::mpsc::Sender<()>, closing: tokio_util::sync::CancellationToken) {
    loop {
        if let Ok(mut listener) = db.listener().await
            && listener.listen("dentpro_live").await.is_ok()
        {
            loop {
                tokio::select! {
                    () = closing.cancelled() => return,
                    message = listener.recv() => {
                        if message.is_err() {
                            break;
                        }
                        let _ = wake.try_send(());
                    }
                }
            }
        }
        tokio::select! {
            () = closing.cancelled() => return,
            () = tokio::time::sleep(Duration::from_secs(2)) => {}
        }
    }
}

/// Looks the actor of a stream up again; `None` when the session has ended.
pub trait Recheck: Send + 'static {
    /// The actor as he stands now.
    fn recheck(&self) -> impl Future<Output = Option<Actor>> + Send;
}

fn may_see(actor: &Actor, event: &Delivered) -> bool {
    if event.clinic_id != actor.clinic.uuid() {
        return false;
    }
    match Change::of_kind(&event.kind).map(Change::needs) {
        None => false,
        Some(None) => true,
        Some(Some(permission)) => match actor.scope(permission) {
            None => false,
            Some(Scope::All) => true,
            Some(Scope::Own) => event.staff_id.is_none_or(|s| s == actor.staff.uuid()),
        },
    }
}

fn wire(event: &Delivered) -> Event {
    let data = serde_json::to_string(event).unwrap_or_default();
    Event::default().id(event.id.to_string()).event(event.kind.clone()).data(data)
}

fn resync() -> Event {
    Event::default().event("resync").data("{\"kind\":\"resync\"}")
}

/// The stream of one browser: what it missed since `last_seen`, then what comes.
pub async fn stream(
    live: Live,
    db: Db,
    actor: Actor,
    last_seen: Option<i64>,
    recheck: impl Recheck,
) -> sqlx::Result<Sse<impl Stream<Item = Result<Event, Infallible>>>> {
    let mut receiver = live.sender.subscribe();
    let mut backlog: VecDeque<Event> = VecDeque::new();
    // Tells the browser at once that the line stands, and from where it resumes if nothing comes before it breaks.
    let resumes_from = match last_seen {
        Some(last) => last,
        None => head(&db).await?,
    };
    let ready = Event::default().event("ready").id(resumes_from.to_string()).data("{}");
    backlog.push_back(ready.retry(Duration::from_secs(2)));
    if let Some(last) = last_seen {
        let missed = fetch(&db, last - 100).await?;
        if missed.len() >= usize::try_from(BATCH).unwrap_or(usize::MAX) || missed.is_empty() {
            backlog.push_back(resync());
        } else {
            backlog.extend(missed.iter().filter(|e| e.id > last - 100 && may_see(&actor, e)).map(wire));
        }
    }
    let closing = live.closing.clone();
    let stream = async_stream(move |yielder| async move {
        let mut actor = actor;
        let mut checked = Instant::now();
        for event in backlog {
            if yielder.send(event).await.is_err() {
                return;
            }
        }
        loop {
            let received = tokio::select! {
                () = closing.cancelled() => return,
                () = yielder.closed() => return,
                received = tokio::time::timeout(Duration::from_secs(30), receiver.recv()) => received,
            };
            let event = match received {
                Ok(Ok(event)) => Some(event),
                Ok(Err(broadcast::error::RecvError::Lagged(_))) => {
                    if yielder.send(resync()).await.is_err() {
                        return;
                    }
                    None
                }
                Ok(Err(broadcast::error::RecvError::Closed)) => return,
                Err(_) => None,
            };
            let access_changed = event
                .as_ref()
                .is_some_and(|e| e.clinic_id == actor.clinic.uuid() && e.kind == Change::Access.kind());
            if access_changed || event.is_none() || checked.elapsed() > Duration::from_secs(5) {
                match recheck.recheck().await {
                    Some(now) => actor = now,
                    None => return,
                }
                checked = Instant::now();
            }
            if let Some(event) = event
                && may_see(&actor, &event)
                && yielder.send(wire(&event)).await.is_err()
            {
                return;
            }
        }
    });
    Ok(Sse::new(stream).keep_alive(KeepAlive::new().interval(Duration::from_secs(15))))
}

/// A stream fed by a task of its own.
fn async_stream<F, Fut>(run: F) -> impl Stream<Item = Result<Event, Infallible>>
where
    F: FnOnce(tokio::sync::mpsc::Sender<Event>) -> Fut,
    Fut: Future<Output = ()> + Send + 'static,
{
    let (sender, receiver) = tokio::sync::mpsc::channel(64);
    tokio::spawn(run(sender));
    futures::StreamExt::map(tokio_stream::wrappers::ReceiverStream::new(receiver), Ok)
}
