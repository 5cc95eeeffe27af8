//! Counts the SQL statements of a request, by the events that sqlx writes for each of them.

use std::cell::Cell;
use std::sync::Once;

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::{Interest, set_global_default};
use tracing::{Event, Metadata, Subscriber};

thread_local! {
    /// How many statements this thread's test has sent since it began to count.
    static COUNTED: Cell<usize> = const { Cell::new(0) };
}

/// One for the process: tracing remembers what the subscriber of whichever thread first passed a place said of it,
/// so that one of a single thread could be left out for good.
#[derive(Debug)]
struct Counter;

impl Subscriber for Counter {
    fn register_callsite(&self, metadata: &'static Metadata<'static>) -> Interest {
        if self.enabled(metadata) { Interest::always() } else { Interest::never() }
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
        let mut asks = Asks(true);
        event.record(&mut asks);
        if asks.0 {
            COUNTED.set(COUNTED.get() + 1);
        }
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// Whether a statement asks for something, and does not only begin or end the transaction.
struct Asks(bool);

impl Visit for Asks {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "summary" {
            self.0 &= !["begin", "commit", "rollback"].iter().any(|control| value.starts_with(control));
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}

/// The outcome of a read and how many statements it took, the session's look-up included. Whatever else runs on the
/// test's own thread meanwhile is counted too.
pub async fn counting_statements<T>(read: impl Future<Output = T>) -> (T, usize) {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| set_global_default(Counter).expect("no test installs a subscriber of its own"));
    COUNTED.set(0);
    let outcome = read.await;
    (outcome, COUNTED.get())
}
