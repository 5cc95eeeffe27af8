//! What the operations of the activity log take and answer.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Which entries to list; the newest come first.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AuditQuery {
    /// What was changed or read: `patient`, `visit`, `invoice`, …
    pub entity: Option<String>,
    pub entity_id: Option<Uuid>,
    /// Everything that concerns a patient.
    pub patient_id: Option<Uuid>,
    /// Who did it: the id of a staff member or of his account.
    pub actor_id: Option<Uuid>,
    /// `insert`, `update`, `delete`, `read`, `sign_in`, `refused`, …
    pub action: Option<String>,
    /// From a date in the clinic's zone, or an instant.
    pub from: Option<String>,
    /// To a date (all of that day), or before an instant.
    pub to: Option<String>,
    pub limit: Option<i64>,
    pub cursor: Option<String>,
}

/// Who did something.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AuditActor {
    /// The account.
    pub id: Uuid,
    pub name_ar: String,
    pub name_en: String,
}

/// An entry of the log.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AuditEntry {
    pub id: String,
    /// Its place in the chain, once it is sealed.
    pub seq: Option<i64>,
    pub at: String,
    /// Null where the system itself acted.
    pub actor: Option<AuditActor>,
    pub action: String,
    pub entity: String,
    pub entity_id: Option<Uuid>,
    /// What the entity is called, in the reader's language.
    pub label: Option<String>,
    pub label_ar: Option<String>,
    pub label_en: Option<String>,
    /// The patient it concerns.
    pub patient_id: Option<Uuid>,
    /// Before: the columns that changed, or the whole row that was deleted.
    #[schema(value_type = Option<Object>)]
    pub before: Option<Value>,
    /// After: the columns that changed, the whole new row, or what else is worth knowing.
    #[schema(value_type = Option<Object>)]
    pub after: Option<Value>,
    pub reason: Option<String>,
    pub request_id: Option<Uuid>,
    /// The network address, where the entry knows it.
    pub address: Option<String>,
    pub sealed: bool,
}

/// The state of the clinic's chain.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AuditChain {
    /// All entries.
    pub length: i64,
    pub sealed: i64,
    /// Entries that wait for their seal, which takes seconds.
    pub unsealed: i64,
    /// SHA-256 of the last sealed entry, in hexadecimal.
    pub head: Option<String>,
    pub last_sealed_at: Option<String>,
    /// The last time somebody had the chain verified.
    pub verified: Option<Verified>,
}

/// The outcome of a verification.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Verified {
    pub at: String,
    pub ok: bool,
    /// The first place where the chain does not hold, where it has one.
    pub first_bad_seq: Option<i64>,
    /// The entry there.
    pub first_bad_entry: Option<String>,
    /// `changed`, `removed` or `inserted`; `cut` or `rewritten` where the heads kept outside the database know a longer
    /// or another chain.
    pub problem: Option<String>,
}
