//! The same key twice is one effect: the answer is stored in the transaction that makes it true.

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::StatusCode;
use axum::http::request::Parts;
use serde::Serialize;

use super::actor::Actor;
use super::db::{Db, Tx};
use super::error::ApiError;
use super::reply::Reply;

/// The `Idempotency-Key` of a POST that books or moves money; 400 without it.
#[derive(Clone, Debug)]
pub struct Once {
    key: String,
    method: String,
    path: String,
}

fn read(parts: &Parts) -> Result<Option<Once>, ApiError> {
    let Some(value) = parts.headers.get("idempotency-key") else { return Ok(None) };
    let key = value.to_str().unwrap_or_default();
    let well_formed = (8..=200).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_graphic());
    if !well_formed {
        return Err(ApiError::malformed("request.idempotency_key_malformed"));
    }
    Ok(Some(Once {
        key: key.to_owned(),
        method: parts.method.to_string(),
        path: parts.uri.path().to_owned(),
    }))
}

impl<S: Send + Sync> FromRequestParts<S> for Once {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        read(parts)?.ok_or_else(|| ApiError::malformed("request.idempotency_key_required"))
    }
}

impl<S: Send + Sync> OptionalFromRequestParts<S> for Once {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Self>, ApiError> {
        read(parts)
    }
}

impl Once {
    /// Does an act in one transaction, or gives the stored answer of the request that did it before under the same key.
    /// Without a key it is simply done.
    ///
    /// # Errors
    /// What the act answers, and 422 `request.idempotency_key_reused` when the key came with another request.
    pub async fn run<T: Serialize>(
        once: Option<&Self>,
        db: &Db,
        actor: &Actor,
        hash: &[u8; 32],
        act: impl AsyncFnOnce(&mut Tx) -> Result<Reply<T>, ApiError>,
    ) -> Result<Reply<T>, ApiError> {
        let mut tx = db.begin(actor).await?;
        if let Some(once) = once
            && let Some(stored) = once.replay(&mut tx, actor, hash).await?
        {
            return Ok(stored);
        }
        let reply = act(&mut tx).await?;
        if let Some(once) = once {
            once.keep(&mut tx, actor, &reply).await?;
        }
        tx.commit().await?;
        Ok(reply)
    }

    /// Whether an answer is stored under the key; nothing is claimed.
    pub async fn answered(&self, tx: &mut Tx, actor: &Actor) -> sqlx::Result<bool> {
        sqlx::query_scalar!(
            r#"select exists (
                select from idempotency_key where clinic_id = $1 and account_id = $2 and key = $3
            ) as "answered!""#,
            tx.clinic(),
            actor.account.uuid(),
            self.key
        )
        .fetch_one(&mut **tx)
        .await
    }

    /// Claims the key in this transaction. `Some` is the stored answer of an earlier request; a duplicate that
    /// is still under way is waited for.
    ///
    /// # Errors
    /// 422 `request.idempotency_key_reused` when the key came with another request.
    pub async fn replay<T>(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        hash: &[u8; 32],
    ) -> Result<Option<Reply<T>>, ApiError> {
        let clinic = tx.clinic();
        let claimed = sqlx::query!(
            "insert into idempotency_key (clinic_id, account_id, key, method, path, body_hash)
            values ($1, $2, $3, $4, $5, $6)
            on conflict do nothing",
            clinic,
            actor.account.uuid(),
            self.key,
            self.method,
            self.path,
            hash.as_slice()
        )
        .execute(&mut **tx)
        .await?
        .rows_affected();
        if claimed == 1 {
            return Ok(None);
        }
        let stored = sqlx::query!(
            "select method, path, body_hash, status, response
            from idempotency_key
            where clinic_id = $1 and account_id = $2 and key = $3",
            clinic,
            actor.account.uuid(),
            self.key
        )
        .fetch_one(&mut **tx)
        .await?;
        if stored.method != self.method || stored.path != self.path || stored.body_hash != hash.as_slice() {
            return Err(ApiError::with_status(
                StatusCode::UNPROCESSABLE_ENTITY,
                "request.idempotency_key_reused",
            ));
        }
        let status =
            stored.status.and_then(|s| u16::try_from(s).ok()).and_then(|s| StatusCode::from_u16(s).ok());
        match (status, stored.response) {
            (Some(status), Some(body)) => Ok(Some(Reply::replayed(status, body))),
            _ => Err(ApiError::unavailable("request.busy")),
        }
    }

    /// Stores the answer, in the transaction of the effect.
    pub async fn keep<T: Serialize>(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        reply: &Reply<T>,
    ) -> Result<(), ApiError> {
        let body = serde_json::to_value(reply.fresh()).map_err(|e| ApiError::internal(e.into()))?;
        sqlx::query!(
            "update idempotency_key set status = $4, response = $5
            where clinic_id = $1 and account_id = $2 and key = $3",
            tx.clinic(),
            actor.account.uuid(),
            self.key,
            i32::from(reply.status().as_u16()),
            body
        )
        .execute(&mut **tx)
        .await?;
        Ok(())
    }
}
