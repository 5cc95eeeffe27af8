//! Roles and permissions.

use dentpro_core::ids::RoleId;
use dentpro_core::permissions::Scope;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::kernel::patch::Patch;

/// A permission and how far it reaches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Granted {
    /// `capability.action`.
    pub code: String,
    #[schema(value_type = String)]
    pub scope: Scope,
}

/// A role: a set of permissions.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Role {
    pub id: RoleId,
    /// The code of a built-in role.
    pub code: Option<String>,
    pub name_ar: String,
    pub name_en: String,
    pub built_in: bool,
    pub permissions: Vec<Granted>,
    /// Active staff who have it.
    pub staff_count: i64,
    pub version: i32,
}

/// A role to add. One of the two names is enough.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRole {
    #[serde(default)]
    pub name_ar: String,
    #[serde(default)]
    pub name_en: String,
    #[serde(default)]
    pub permissions: Vec<Granted>,
}

/// What changes at a role.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RolePatch {
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub name_ar: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub name_en: Patch<String>,
    /// The whole set.
    #[serde(default)]
    #[schema(value_type = Option<Vec<Granted>>)]
    pub permissions: Patch<Vec<Granted>>,
}

/// A permission that a role may hold.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PermissionInfo {
    pub code: &'static str,
    pub capability: &'static str,
    pub name_ar: &'static str,
    pub name_en: &'static str,
    /// How far it may be given.
    #[schema(value_type = Vec<String>)]
    pub scopes: Vec<Scope>,
}
