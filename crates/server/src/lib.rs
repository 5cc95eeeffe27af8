//! The DentPro server: REST API, web app and command line over PostgreSQL.
#![warn(missing_debug_implementations)]
#![cfg_attr(
    test,
    allow(
        clippy::disallowed_methods,
        reason = "tests make up ids, and look into the tables past the stores"
    )
)]

pub mod app;
pub mod cli;
pub mod demo;
pub mod flows;
pub mod kernel;
pub mod server;
pub mod slices;
#[cfg(test)]
mod suite;
#[cfg(test)]
mod testing;
