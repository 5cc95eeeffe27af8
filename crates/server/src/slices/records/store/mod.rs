//! All SQL of visits, a file for each table or two.

pub mod parts;
pub mod procedures;
pub mod visits;
