//! Shared by every slice; knows none of them.
pub mod embedded_postgres;
