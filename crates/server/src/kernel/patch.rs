//! A field of a PATCH has three states: absent, null, value.

use serde::{Deserialize, Deserializer};

use super::error::ApiError;

/// A field of a JSON merge patch. Give it `#[serde(default)]` in the body's type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Patch<T> {
    /// Not named: stays as it is.
    #[default]
    Absent,
    /// `null`: is cleared.
    Null,
    /// Is set.
    Value(T),
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Option::<T>::deserialize(deserializer)? {
            Some(value) => Self::Value(value),
            None => Self::Null,
        })
    }
}

impl<T> Patch<T> {
    /// The new value of an optional field.
    pub fn over(self, old: Option<T>) -> Option<T> {
        match self {
            Self::Absent => old,
            Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }

    /// The new value of a field that cannot be empty; 422 at `pointer` for null.
    pub fn over_required(self, old: T, pointer: &str) -> Result<T, ApiError> {
        match self {
            Self::Absent => Ok(old),
            Self::Null => Err(ApiError::invalid(pointer, "request.required")),
            Self::Value(value) => Ok(value),
        }
    }

    /// The same patch with its value checked or converted.
    pub fn try_map<U, E>(self, f: impl FnOnce(T) -> Result<U, E>) -> Result<Patch<U>, E> {
        Ok(match self {
            Self::Absent => Patch::Absent,
            Self::Null => Patch::Null,
            Self::Value(value) => Patch::Value(f(value)?),
        })
    }
}
