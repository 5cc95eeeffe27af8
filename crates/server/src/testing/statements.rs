//! Counts the SQL statements of a request, by the events that sqlx writes for each of them.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::{Interest, set_default};
use tracing::{Event, Metadata, Subscriber};

#[derive(Clone, Debug, Default)]
struct Counter(Arc<AtomicUsize>);

impl Subscriber for Counter {
    fn register_callsite(&self, _: &'static Metadata<'static>) -> Interest {
        Interest::sometimes()
    }

    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "sqlx::query"
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut reader = RollbackReader(false);
        event.record(&mut reader);
        if !reader.0 {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// A connection is rolled back behind the request's back when it returns to the pool: nobody waits for that.
struct RollbackReader(bool);

impl Visit for RollbackReader {
    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0 |= field.name() == "summary" && value.trim().eq_ignore_ascii_case("rollback");
    }
}

/// The outcome of a read and how many statements it took, the session's look-up included. Writes run in a task of
/// their own and are not counted.
pub async fn counting_statements<T>(read: impl Future<Output = T>) -> (T, usize) {
    let counter = Counter::default();
    let guard = set_default(counter.clone());
    let outcome = read.await;
    drop(guard);
    (outcome, counter.0.load(Ordering::SeqCst))
}
