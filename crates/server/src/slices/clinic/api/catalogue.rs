//! The procedure catalogue and the drug list.

use dentpro_core::ids::{DrugId, ProcedureId};
use dentpro_core::money::Money;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::kernel::patch::Patch;

/// What a list of the catalogue is asked for.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CatalogueQuery {
    /// Part of a name in either language, or the beginning of a code.
    pub q: Option<String>,
    /// Only this category (procedures) or class (drugs).
    pub category: Option<String>,
    /// Also what is no longer offered.
    #[serde(default)]
    pub include_inactive: bool,
    /// Rows wanted: 25 by default, 100 at most.
    pub limit: Option<i64>,
    /// Where the last page ended.
    pub cursor: Option<String>,
}

/// An entry of the procedure catalogue.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Procedure {
    pub id: ProcedureId,
    pub code: String,
    pub name_ar: String,
    pub name_en: String,
    pub category: String,
    /// `mouth`, `arch`, `quadrant`, `tooth`, `surface` or `unit`.
    pub scope: String,
    /// Null for who may not see prices.
    pub price: Option<Money>,
    pub minutes: i32,
    /// `exempt`, `zero` or `standard`.
    pub tax_code: String,
    /// What the work writes on the dental chart.
    pub chart_code: Option<String>,
    pub chart_material: Option<String>,
    pub active: bool,
    pub version: i32,
}

/// A procedure to add.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewProcedure {
    pub code: String,
    #[serde(default)]
    pub name_ar: String,
    #[serde(default)]
    pub name_en: String,
    pub category: String,
    pub scope: String,
    pub price: Money,
    pub minutes: i32,
    pub tax_code: String,
    pub chart_code: Option<String>,
    pub chart_material: Option<String>,
}

/// What changes at a procedure.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProcedurePatch {
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub name_ar: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub name_en: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub category: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub scope: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<Money>)]
    pub price: Patch<Money>,
    #[serde(default)]
    #[schema(value_type = Option<i32>)]
    pub minutes: Patch<i32>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub tax_code: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub chart_code: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub chart_material: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<bool>)]
    pub active: Patch<bool>,
}

/// An entry of the drug list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Drug {
    pub id: DrugId,
    pub code: String,
    pub name_ar: String,
    pub name_en: String,
    pub drug_class: String,
    pub forms: Vec<String>,
    pub strengths: Vec<String>,
    pub notes_ar: Option<String>,
    pub notes_en: Option<String>,
    pub active: bool,
    pub version: i32,
}

/// A drug to add.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDrug {
    pub code: String,
    #[serde(default)]
    pub name_ar: String,
    #[serde(default)]
    pub name_en: String,
    pub drug_class: String,
    #[serde(default)]
    pub forms: Vec<String>,
    #[serde(default)]
    pub strengths: Vec<String>,
    pub notes_ar: Option<String>,
    pub notes_en: Option<String>,
}

/// What changes at a drug.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DrugPatch {
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub name_ar: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub name_en: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub drug_class: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<Vec<String>>)]
    pub forms: Patch<Vec<String>>,
    #[serde(default)]
    #[schema(value_type = Option<Vec<String>>)]
    pub strengths: Patch<Vec<String>>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub notes_ar: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub notes_en: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<bool>)]
    pub active: Patch<bool>,
}

/// What an import did. With errors nothing was written.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct ImportReport {
    pub created: usize,
    pub updated: usize,
    pub errors: Vec<ImportError>,
}

/// A line that cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ImportError {
    /// The line of the file; the header is line 1.
    pub line: u64,
    /// The column, where one is to blame.
    pub column: Option<String>,
    pub code: String,
}
