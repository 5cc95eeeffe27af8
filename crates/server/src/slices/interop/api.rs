//! Calendar feeds on the wire.

use serde::Serialize;
use utoipa::ToSchema;

/// Whether one's appointments can be read by a calendar program.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CalendarFeed {
    pub active: bool,
    pub created_at: Option<String>,
    /// Whether the clinic lets feeds name the patients.
    pub names: bool,
}

/// A feed just made.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CalendarFeedMade {
    /// Shown this once: whoever has it reads the appointments.
    pub url: String,
    pub created_at: String,
    pub names: bool,
}
