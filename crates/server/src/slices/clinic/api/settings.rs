//! The clinic's own facts and settings.

use dentpro_core::ids::ClinicId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::kernel::patch::Patch;

/// The clinic.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Clinic {
    pub id: ClinicId,
    pub name_ar: String,
    pub name_en: String,
    /// ISO 3166 alpha-2.
    pub country: String,
    /// ISO 4217.
    pub currency: String,
    pub currency_exponent: i32,
    /// IANA name.
    pub time_zone: String,
    pub tax_number: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub address_ar: Option<String>,
    pub address_en: Option<String>,
    /// `latin` or `arabic`.
    pub digits: String,
    /// `saturday`, `sunday` or `monday`.
    pub week_start: String,
    pub weekend: Vec<String>,
    pub languages: Vec<String>,
    pub session_idle_minutes: i32,
    pub session_absolute_hours: i32,
    /// Percent for lines taxed at the standard rate, such as `"14"`.
    pub default_tax_percent: String,
    pub waiting_amber_minutes: i32,
    pub waiting_red_minutes: i32,
    pub slot_minutes: i32,
    /// A cancellation later than this many hours before the start counts as late.
    pub late_cancel_hours: i32,
    /// What the colours of the dental chart mean: `existing_blue`, `disease_red` or `high_contrast`.
    pub chart_colours: String,
    pub logo_url: Option<String>,
    pub version: i32,
}

/// What changes at the clinic.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClinicPatch {
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub name_ar: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub name_en: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub country: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub currency: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub time_zone: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub tax_number: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub phone: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub email: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub address_ar: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub address_en: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub digits: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub week_start: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<Vec<String>>)]
    pub weekend: Patch<Vec<String>>,
    #[serde(default)]
    #[schema(value_type = Option<Vec<String>>)]
    pub languages: Patch<Vec<String>>,
    #[serde(default)]
    #[schema(value_type = Option<i32>)]
    pub session_idle_minutes: Patch<i32>,
    #[serde(default)]
    #[schema(value_type = Option<i32>)]
    pub session_absolute_hours: Patch<i32>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub default_tax_percent: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<i32>)]
    pub waiting_amber_minutes: Patch<i32>,
    #[serde(default)]
    #[schema(value_type = Option<i32>)]
    pub waiting_red_minutes: Patch<i32>,
    #[serde(default)]
    #[schema(value_type = Option<i32>)]
    pub slot_minutes: Patch<i32>,
    #[serde(default)]
    #[schema(value_type = Option<i32>)]
    pub late_cancel_hours: Patch<i32>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub chart_colours: Patch<String>,
}
