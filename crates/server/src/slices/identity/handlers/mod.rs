//! The operations of identity.

pub mod account;
pub mod events;
pub mod invitations;
pub mod roles;
pub mod sessions;
pub mod staff;
pub mod staff_photo;
pub mod totp;

/// Letters a name has at most.
const NAME: usize = 120;
