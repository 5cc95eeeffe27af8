//! All SQL of accounts, sessions, staff and roles.

pub mod accounts;
pub mod attempts;
pub mod invitations;
pub mod roles;
pub mod second_factors;
pub mod sessions;
pub mod set_up;
pub mod staff;
