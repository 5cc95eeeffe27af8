//! What the operations of treatment plans take and answer.

mod answers;
mod plans;

pub use answers::*;
pub use plans::*;
