//! Lists that ship with the product.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// What a list is searched for.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ReferenceQuery {
    /// Part of a name in either language, or the beginning of a code.
    pub q: Option<String>,
}

/// An entry.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReferenceEntry {
    /// ICD-10 code; absent for allergens.
    pub code: Option<String>,
    pub name_ar: String,
    pub name_en: String,
    /// `red`, `amber` or `none`, for conditions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alert: Option<String>,
    /// The drug class, for allergens that have one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drug_class: Option<String>,
}
