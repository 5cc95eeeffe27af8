//! All SQL of periodontal exams.

pub mod exams;
pub mod readings;

/// What is stored cannot be read: a fault of ours, since constraints keep it readable.
fn unreadable(what: impl std::error::Error + Send + Sync + 'static) -> sqlx::Error {
    sqlx::Error::Decode(Box::new(what))
}

fn word<T: std::str::FromStr>(text: Option<String>) -> sqlx::Result<Option<T>>
where
    T::Err: std::error::Error + Send + Sync + 'static,
{
    text.map(|text| text.parse().map_err(unreadable)).transpose()
}

fn small<T: TryFrom<i16>>(value: Option<i16>) -> sqlx::Result<Option<T>>
where
    T::Error: std::error::Error + Send + Sync + 'static,
{
    value.map(|value| T::try_from(value).map_err(unreadable)).transpose()
}
