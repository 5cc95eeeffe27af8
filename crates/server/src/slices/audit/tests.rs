//! The activity log through HTTP.
