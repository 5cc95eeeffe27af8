//! What the operations of identity take and answer.

mod access;
mod session;
mod staff;

pub use access::*;
pub use session::*;
pub use staff::*;
