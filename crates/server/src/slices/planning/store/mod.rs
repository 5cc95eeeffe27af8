//! All SQL of treatment plans.

pub mod answers;
pub mod catalogue;
pub mod items;
pub mod links;
pub mod plans;

fn unreadable(what: impl std::error::Error + Send + Sync + 'static) -> sqlx::Error {
    sqlx::Error::Decode(Box::new(what))
}
