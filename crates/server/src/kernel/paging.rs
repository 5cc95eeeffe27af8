//! Keyset lists: `?limit=` and an opaque `?cursor=` that names the last row seen.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::error::ApiError;

/// Rows a page has when nothing is asked.
pub const DEFAULT_LIMIT: i64 = 25;
/// Rows a page has at most.
pub const MAX_LIMIT: i64 = 100;

/// `limit` and `cursor`, to be flattened into no other struct: name both fields in the query type instead.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Paging {
    /// Rows wanted: 25 by default, 100 at most.
    pub limit: Option<i64>,
    /// Where the last page ended.
    pub cursor: Option<String>,
}

/// A page of a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// Ask with it for the next page; absent (null) on the last.
    pub next_cursor: Option<String>,
}

/// The checked limit, 422 outside 1–100.
pub fn limit(asked: Option<i64>) -> Result<i64, ApiError> {
    match asked {
        None => Ok(DEFAULT_LIMIT),
        Some(n @ 1..=MAX_LIMIT) => Ok(n),
        Some(_) => Err(ApiError::invalid("limit", "request.limit_out_of_range")),
    }
}

/// Reads a cursor, 422 when it is not one of ours.
pub fn read_cursor<K: DeserializeOwned>(cursor: Option<&str>) -> Result<Option<K>, ApiError> {
    let Some(text) = cursor else { return Ok(None) };
    let bytes =
        URL_SAFE_NO_PAD.decode(text).map_err(|_| ApiError::invalid("cursor", "request.cursor_invalid"))?;
    serde_json::from_slice(&bytes)
        .map(Some)
        .map_err(|_| ApiError::invalid("cursor", "request.cursor_invalid"))
}

impl<T> Page<T> {
    /// Everything there is, in one page.
    pub fn whole(items: Vec<T>) -> Self {
        Self { items, next_cursor: None }
    }

    /// A page of at most `limit` out of rows fetched with `limit + 1`; `key` names a row for the cursor.
    pub fn of<K: Serialize>(mut items: Vec<T>, limit: i64, key: impl FnOnce(&T) -> K) -> Self {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        if items.len() <= limit {
            return Self::whole(items);
        }
        items.truncate(limit);
        let next_cursor = items
            .last()
            .map(key)
            .and_then(|k| serde_json::to_vec(&k).ok())
            .map(|bytes| URL_SAFE_NO_PAD.encode(bytes));
        Self { items, next_cursor }
    }

    /// A page that another one follows, from the key on.
    pub fn ending<K: Serialize>(items: Vec<T>, key: &K) -> Self {
        let next_cursor = serde_json::to_vec(key).ok().map(|bytes| URL_SAFE_NO_PAD.encode(bytes));
        Self { items, next_cursor }
    }

    /// The same page with its items turned into something else.
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(f).collect(), next_cursor: self.next_cursor }
    }
}
