//! The connections that requests share. The pool of sqlx asks PostgreSQL at each return whether the connection still
//! lives, which is a round trip more for each of a request's uses; here the answer that ends a use says so already.

use std::ops::{Deref, DerefMut};
use std::time::Duration;

use deadpool::Runtime;
use deadpool::managed::{Manager, Metrics, Object, Pool, PoolError, QueueMode, RecycleError, RecycleResult};
use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, Executor, PgConnection};
use tokio::runtime::Handle;

/// Kept at most: 4 for each of two cores; more only queue inside PostgreSQL.
const MAX_CONNECTIONS: usize = 8;
/// How long a request waits for a connection, and how long a connection may take to end its use.
const PATIENCE: Duration = Duration::from_secs(5);
const MAX_AGE: Duration = Duration::from_secs(30 * 60);
const MAX_IDLE: Duration = Duration::from_secs(10 * 60);

/// At most [`MAX_CONNECTIONS`], opened when they are needed.
#[derive(Clone, Debug)]
pub struct Connections(Pool<Opener>);

#[derive(Debug)]
struct Opener(PgConnectOptions);

impl Manager for Opener {
    type Type = PgConnection;
    type Error = sqlx::Error;

    async fn create(&self) -> sqlx::Result<PgConnection> {
        PgConnection::connect_with(&self.0).await
    }

    async fn recycle(&self, _: &mut PgConnection, metrics: &Metrics) -> RecycleResult<sqlx::Error> {
        if metrics.age() > MAX_AGE || metrics.last_used() > MAX_IDLE {
            return Err(RecycleError::message("the connection is old"));
        }
        Ok(())
    }
}

/// What a connection is asked when its use was not seen to end.
#[derive(Clone, Copy, Debug)]
pub enum Ending {
    /// To roll its transaction back.
    Rollback,
    /// To answer at all.
    Ping,
}

/// One use of a connection. Dropped without [`Lease::done`], also in the middle of an answer, it is brought to its end
/// behind the scenes before the next request can have the connection.
#[derive(Debug)]
pub struct Lease {
    /// Gone only after `done`.
    connection: Option<Object<Opener>>,
    ending: Ending,
}

impl Connections {
    /// Opens nothing yet.
    ///
    /// # Panics
    /// Never: a pool with timeouts and a runtime for them can be built.
    pub fn new(options: PgConnectOptions) -> Self {
        let pool = Pool::builder(Opener(options))
            .max_size(MAX_CONNECTIONS)
            .queue_mode(QueueMode::Lifo)
            .runtime(Runtime::Tokio1)
            .wait_timeout(Some(PATIENCE))
            .create_timeout(Some(PATIENCE))
            .build();
        Self(pool.expect("the timeouts have a runtime"))
    }

    /// A connection for one use.
    ///
    /// # Errors
    /// `PoolTimedOut` after 5 s without one, `PoolClosed` while the server stops, or what opening one ended with.
    pub async fn lease(&self, ending: Ending) -> sqlx::Result<Lease> {
        match self.0.get().await {
            Ok(connection) => Ok(Lease { connection: Some(connection), ending }),
            Err(PoolError::Backend(error)) => Err(error),
            Err(PoolError::Closed) => Err(sqlx::Error::PoolClosed),
            Err(_) => Err(sqlx::Error::PoolTimedOut),
        }
    }

    /// How many are open, and how many of them nobody uses.
    pub fn count(&self) -> (usize, usize) {
        let status = self.0.status();
        (status.size, status.available)
    }

    /// Gives out no more of them.
    pub fn close(&self) {
        self.0.close();
    }
}

impl Lease {
    /// Gives the connection back; its last answer was complete and left no transaction open.
    pub fn done(mut self) {
        self.connection = None;
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        let Some(connection) = self.connection.take() else { return };
        match Handle::try_current() {
            Ok(runtime) => {
                runtime.spawn(end(connection, self.ending));
            }
            Err(_) => drop(Object::take(connection)),
        }
    }
}

/// Brings a use to its end. A connection that cannot answer is closed, and those that lie idle with it: when
/// PostgreSQL went away it took all of them.
async fn end(mut connection: Object<Opener>, ending: Ending) {
    let answer = tokio::time::timeout(PATIENCE, async {
        match ending {
            Ending::Rollback => connection.execute("rollback").await.map(drop),
            Ending::Ping => connection.ping().await,
        }
    })
    .await;
    if !matches!(answer, Ok(Ok(()))) {
        if let Some(pool) = Object::pool(&connection) {
            pool.retain(|_, _| false);
        }
        drop(Object::take(connection));
    }
}

impl Deref for Lease {
    type Target = PgConnection;
    fn deref(&self) -> &PgConnection {
        self.connection.as_ref().expect("a lease has its connection until it is done")
    }
}

impl DerefMut for Lease {
    fn deref_mut(&mut self) -> &mut PgConnection {
        self.connection.as_mut().expect("a lease has its connection until it is done")
    }
}
