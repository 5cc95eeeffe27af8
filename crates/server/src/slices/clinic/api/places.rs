//! What the operations of the clinic take and answer.

use dentpro_core::ids::{BranchId, ChairId};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::kernel::patch::Patch;

/// A branch of the clinic.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Branch {
    pub id: BranchId,
    pub name_ar: String,
    pub name_en: String,
    pub phone: Option<String>,
    pub address_ar: Option<String>,
    pub address_en: Option<String>,
    /// Stands between series and year in the numbers of this branch; empty for the first one.
    pub number_prefix: String,
    pub active: bool,
    pub version: i32,
}

/// A branch to add. One of the two names is enough.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewBranch {
    #[serde(default)]
    pub name_ar: String,
    #[serde(default)]
    pub name_en: String,
    pub phone: Option<String>,
    pub address_ar: Option<String>,
    pub address_en: Option<String>,
}

/// What changes at a branch.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BranchPatch {
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub name_ar: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub name_en: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub phone: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub address_ar: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub address_en: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<bool>)]
    pub active: Patch<bool>,
}

/// A chair (operatory) of a branch.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Chair {
    pub id: ChairId,
    pub branch_id: BranchId,
    pub name_ar: String,
    pub name_en: String,
    /// Its place in the book, from the start.
    pub position: i32,
    pub active: bool,
    /// What it is fit for: `surgery`, `xray`, `child`.
    pub features: Vec<String>,
    /// Why and when nobody can be treated on it.
    pub out_of_service: Option<OutOfService>,
    pub version: i32,
}

/// A chair that waits for repair: from the first day to the last; without them from now on, until further notice.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OutOfService {
    pub reason: String,
    #[schema(value_type = Option<String>, format = Date)]
    pub from: Option<Date>,
    #[schema(value_type = Option<String>, format = Date)]
    pub until: Option<Date>,
}

/// A chair to add.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewChair {
    pub branch_id: BranchId,
    #[serde(default)]
    pub name_ar: String,
    #[serde(default)]
    pub name_en: String,
    pub position: Option<i32>,
    #[serde(default)]
    pub features: Vec<String>,
}

/// What changes at a chair.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChairPatch {
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub name_ar: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub name_en: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<i32>)]
    pub position: Patch<i32>,
    #[serde(default)]
    #[schema(value_type = Option<bool>)]
    pub active: Patch<bool>,
    #[serde(default)]
    #[schema(value_type = Option<Vec<String>>)]
    pub features: Patch<Vec<String>>,
    #[serde(default)]
    #[schema(value_type = Option<OutOfService>)]
    pub out_of_service: Patch<OutOfService>,
}
