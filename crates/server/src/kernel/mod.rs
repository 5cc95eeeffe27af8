//! Shared by every slice; knows none of them.

pub mod accept_loop;
pub mod actor;
pub mod api_docs;
pub mod audit_seal;
pub mod blob;
pub mod client_address;
pub mod clock;
pub mod config;
pub mod db;
pub mod embedded_postgres;
pub mod error;
pub mod extract;
pub mod health;
pub mod idempotency;
pub mod live;
pub mod mail;
pub mod migrate;
pub mod numbers;
pub mod outbox;
pub mod paging;
pub mod patch;
pub mod reply;
pub mod spa;
pub mod state;
pub mod telemetry;
pub mod text;
