//! Hashing passwords, and judging new ones.

use std::collections::HashSet;
use std::sync::LazyLock;
use std::time::Duration;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use dentpro_core::passwords::{self, PasswordError, PasswordOwner};
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::kernel::error::ApiError;

/// Hashings at once: each takes 19 MiB and a whole core.
static HASHING: Semaphore = Semaphore::const_new(2);
/// How long a sign-in waits for its turn before it is asked to come back.
const PATIENCE: Duration = Duration::from_secs(10);

static COMMON: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| include_str!("../../../data/common_passwords.txt").lines().collect());

/// What is verified where there is no account: the same work, so that nobody learns which e-mails are known.
static NOBODYS_HASH: LazyLock<String> =
    LazyLock::new(|| hash_now("a password that nobody has").expect("the parameters are valid"));

fn argon() -> Argon2<'static> {
    let params = Params::new(19_456, 2, 1, None).expect("the parameters are in range");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

fn hash_now(normalized: &str) -> Result<String, argon2::password_hash::Error> {
    Ok(argon().hash_password(normalized.as_bytes())?.to_string())
}

async fn turn() -> Result<SemaphorePermit<'static>, ApiError> {
    match tokio::time::timeout(PATIENCE, HASHING.acquire()).await {
        Ok(Ok(permit)) => Ok(permit),
        _ => Err(ApiError::unavailable("request.busy")),
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, ApiError> {
    tokio::task::spawn_blocking(work).await.map_err(|e| ApiError::internal(e.into()))
}

/// The Argon2id hash of a password in its normalised form.
pub async fn hash_password(normalized: &str) -> Result<String, ApiError> {
    let _turn = turn().await?;
    let normalized = normalized.to_owned();
    blocking(move || hash_now(&normalized)).await?.map_err(|e| ApiError::internal(e.to_string().into()))
}

/// Whether the password belongs to the hash. Without one it is refused after the same work.
pub async fn verify(hash: Option<String>, password: &str) -> Result<bool, ApiError> {
    let Some(normalized) = passwords::normalize(password) else { return Ok(false) };
    let _turn = turn().await?;
    blocking(move || {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODYS_HASH.clone());
        let matches = PasswordHash::new(&hash)
            .is_ok_and(|hash| Argon2::default().verify_password(normalized.as_bytes(), &hash).is_ok());
        known && matches
    })
    .await
}

/// The form of a new password that is hashed, or why it is not good enough.
pub fn judge(password: &str, owner: &PasswordOwner<'_>) -> Result<String, PasswordError> {
    passwords::check_new(password, owner, &|lower| COMMON.contains(lower))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_unknown_account_costs_the_same_work_as_a_known_one() {
        let known = hash_password("three small olives on a plate").await.unwrap();
        let (known, nobodys) =
            (PasswordHash::new(&known).unwrap(), PasswordHash::new(&NOBODYS_HASH).unwrap());
        assert_eq!(known.algorithm, nobodys.algorithm);
        assert_eq!(known.params.to_string(), nobodys.params.to_string());
        assert_eq!(known.params.to_string(), "m=19456,t=2,p=1");
        assert!(!verify(None, "a password that nobody has").await.unwrap());
    }

    #[tokio::test]
    async fn a_password_opens_only_its_own_hash() {
        let hash = hash_password("cafe\u{301} au lait, no sugar").await.unwrap();
        // `judge` hands on the normalised form; signing in normalises what the keyboard composed.
        assert!(!verify(Some(hash), "café au lait, no sugar!").await.unwrap());
        let hash = hash_password("café au lait, no sugar").await.unwrap();
        assert!(verify(Some(hash.clone()), "cafe\u{301} au lait, no sugar").await.unwrap());
        assert!(!verify(Some("no hash at all".to_owned()), "anything").await.unwrap());
        assert!(!verify(Some(hash), &"x".repeat(100_000)).await.unwrap());
    }
}
