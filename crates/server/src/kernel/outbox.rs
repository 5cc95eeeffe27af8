//! What has to happen after commit, at least once: rows of the outbox, taken by workers with a lease.

use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::db::{Db, Tx};
use super::error::ApiError;
use super::mail::{Mail, Mailer};

/// How often a task is tried before it is given up, with doubling pauses from 30 s.
const MAX_ATTEMPTS: i32 = 8;

/// A kind of work for after the commit.
pub trait Task: Serialize + DeserializeOwned {
    /// The name in the `kind` column.
    const KIND: &'static str;
}

impl Task for Mail {
    const KIND: &'static str = "mail";
}

impl Tx {
    /// Adds a task to be done once this transaction is committed.
    pub async fn enqueue<T: Task>(&mut self, id: Uuid, task: &T) -> Result<(), ApiError> {
        let clinic = self.clinic();
        let payload = serde_json::to_value(task).map_err(|e| ApiError::internal(e.into()))?;
        sqlx::query!(
            "insert into outbox (clinic_id, id, kind, payload) values ($1, $2, $3, $4)",
            clinic,
            id,
            T::KIND,
            payload
        )
        .execute(&mut **self)
        .await?;
        Ok(())
    }
}

struct Taken {
    clinic_id: Uuid,
    id: Uuid,
    kind: String,
    payload: Value,
    attempts: i32,
}

/// Works the outbox off until told to stop.
pub async fn run_worker(db: Db, mailer: Mailer, stop: CancellationToken) {
    loop {
        match work_once(&db, &mailer).await {
            Ok(0) => {}
            Ok(_) => continue,
            Err(e) => tracing::debug!(error = %e, "the outbox cannot be read now"),
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(Duration::from_secs(2)) => {}
        }
    }
}

/// Takes what is due and does it; how many were taken.
pub async fn work_once(db: &Db, mailer: &Mailer) -> sqlx::Result<usize> {
    let taken = sqlx::query_as!(
        Taken,
        r#"select
            clinic_id as "clinic_id!",
            id as "id!",
            kind as "kind!",
            payload as "payload!",
            attempts as "attempts!"
        from outbox_take(10, interval '2 minutes')"#
    )
    .fetch_all(&mut *db.connection().await?)
    .await?;
    for task in &taken {
        let outcome = perform(task, mailer).await;
        let mut tx = db.begin_as_system(task.clinic_id.into(), task.id).await?;
        match outcome {
            Ok(()) => {
                sqlx::query!(
                    "update outbox set done_at = clock_timestamp(), last_error = null where clinic_id = $1 and id = $2",
                    task.clinic_id,
                    task.id
                )
                .execute(&mut *tx)
                .await?;
            }
            Err(problem) => {
                let pause = 30.0 * f64::from(1 << task.attempts.clamp(1, 12));
                sqlx::query!(
                    "update outbox
                    set last_error = $3,
                        run_at = clock_timestamp() + make_interval(secs => $4),
                        given_up_at = case when attempts >= $5 then clock_timestamp() end
                    where clinic_id = $1 and id = $2",
                    task.clinic_id,
                    task.id,
                    problem,
                    pause,
                    MAX_ATTEMPTS
                )
                .execute(&mut *tx)
                .await?;
            }
        }
        if let Err(e) = tx.commit().await {
            tracing::debug!(code = e.code(), "an outbox task could not be marked; its lease will end");
        }
    }
    Ok(taken.len())
}

async fn perform(task: &Taken, mailer: &Mailer) -> Result<(), String> {
    match task.kind.as_str() {
        Mail::KIND => {
            let mail: Mail = serde_json::from_value(task.payload.clone()).map_err(|e| e.to_string())?;
            mailer.send(&mail).await.map_err(|e| e.to_string())
        }
        other => Err(format!("no worker knows the task {other}")),
    }
}
