//! Tests of the whole application: what holds for every operation and every table.

mod cancelled_requests;
mod catalog;
mod hostile_input;
mod operations;
mod permissions;
