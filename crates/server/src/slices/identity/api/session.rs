//! Sessions, the own account and the second factor.

use std::collections::BTreeMap;

use dentpro_core::ids::{AccountId, ClinicId, SessionId, StaffId};
use dentpro_core::permissions::Scope;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::kernel::patch::Patch;

/// What the sign-in page has to know before anybody is signed in.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SessionInfo {
    pub demo: bool,
    /// Only in the demo.
    pub demo_accounts: Vec<DemoAccount>,
    /// Whether the first clinic is still to be set up.
    pub setup_required: bool,
    /// Where there is one clinic only.
    pub clinic_name_ar: Option<String>,
    pub clinic_name_en: Option<String>,
    pub version: &'static str,
    /// The language to begin with; null follows the browser.
    pub default_locale: Option<String>,
}

/// An account of the demo, which everybody may know.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DemoAccount {
    pub email: String,
    pub role: &'static str,
    pub password: &'static str,
}

/// How somebody signs in.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    pub email: String,
    pub password: String,
    /// The code of the authenticator app, where the account has one.
    pub totp: Option<String>,
    /// A recovery code in place of it; each works once.
    pub recovery_code: Option<String>,
    /// The clinic to work in, for people of several clinics.
    pub clinic_id: Option<ClinicId>,
    /// Answer a bearer token instead of setting a cookie.
    #[serde(default)]
    pub token: bool,
}

// Written by hand, so that no log ever holds a password.
impl std::fmt::Debug for SignIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SignIn").finish_non_exhaustive()
    }
}

/// Who is signed in, where, and what he may do.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Session {
    /// The bearer token, shown once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    pub account: Account,
    pub clinic: SessionClinic,
    pub staff_id: StaffId,
    /// Codes of the built-in roles held.
    pub roles: Vec<String>,
    pub permissions: Vec<&'static str>,
    /// The permissions that reach only as far as one's own.
    pub scopes: BTreeMap<&'static str, Scope>,
    pub expires_at: String,
    pub demo: bool,
}

/// One's own account.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Account {
    pub id: AccountId,
    pub email: String,
    pub name_ar: String,
    pub name_en: String,
    pub locale: Option<String>,
    pub theme: String,
    pub totp_enabled: bool,
}

/// The clinic of a session.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SessionClinic {
    pub id: ClinicId,
    pub name_ar: String,
    pub name_en: String,
    pub currency: String,
    pub currency_exponent: u8,
    pub time_zone: String,
    pub country: String,
    pub digits: String,
    pub week_start: String,
    pub weekend: Vec<String>,
    pub languages: Vec<String>,
    /// The preset of the dental chart's colours.
    pub chart_colours: String,
    pub logo_url: Option<String>,
}

/// A session that is open.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OpenSession {
    pub id: SessionId,
    pub created_at: String,
    pub last_seen_at: String,
    pub user_agent: String,
    pub address: String,
    /// Whether it is the one that asks.
    pub current: bool,
}

/// What changes at one's own account.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AccountPatch {
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub name_ar: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub name_en: Patch<String>,
    /// `ar` or `en`; null follows the browser.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub locale: Patch<Locale>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub theme: Patch<Theme>,
}

/// A language of the product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    Ar,
    En,
}

impl Locale {
    /// The word stored in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ar => "ar",
            Self::En => "en",
        }
    }
}

/// Light or dark pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    Auto,
    Light,
    Dark,
}

impl Theme {
    /// The word stored in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// A change of the own password.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordChange {
    pub current: String,
    pub new: String,
}

impl std::fmt::Debug for PasswordChange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PasswordChange").finish_non_exhaustive()
    }
}

/// The own password once more, before something that weakens the account.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordAgain {
    pub password: String,
}

impl std::fmt::Debug for PasswordAgain {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PasswordAgain").finish_non_exhaustive()
    }
}

/// A second factor that waits for its first code.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TotpProposal {
    /// The secret in base 32, for typing it in.
    pub secret: String,
    pub otpauth_url: String,
    /// The link as a picture.
    pub qr_svg: String,
}

/// The first code of the authenticator app.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TotpCode {
    pub code: String,
}

/// Codes for the day the phone is lost, shown once.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RecoveryCodes {
    pub recovery_codes: Vec<String>,
}
