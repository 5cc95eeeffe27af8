//! The DentPro server: REST API, web app and command line over PostgreSQL.
#![warn(missing_debug_implementations)]

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
