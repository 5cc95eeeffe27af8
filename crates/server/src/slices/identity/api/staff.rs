//! Staff and invitations.

use dentpro_core::ids::{AccountId, InvitationId, RoleId, StaffId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::kernel::patch::Patch;

/// Which staff to list.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct StaffQuery {
    /// The code of a built-in role.
    pub role: Option<String>,
    /// A part of the name or the e-mail.
    pub q: Option<String>,
    /// Also those who left.
    #[serde(default)]
    pub include_inactive: bool,
    pub limit: Option<i64>,
    pub cursor: Option<String>,
}

/// A member of the staff.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Staff {
    pub id: StaffId,
    pub account_id: AccountId,
    pub name_ar: String,
    pub name_en: String,
    /// Codes of the built-in roles held.
    pub roles: Vec<String>,
    pub role_ids: Vec<RoleId>,
    /// The colour in the appointment book, `#rrggbb`.
    pub colour: String,
    pub photo_url: Option<String>,
    pub email: String,
    pub phone: Option<String>,
    pub specialty_ar: Option<String>,
    pub specialty_en: Option<String>,
    pub active: bool,
    /// Whether an invitation to come back waits for somebody who left. Whoever never worked here is not staff yet: his
    /// invitation is listed under `/invitations`.
    pub invited: bool,
    pub version: i32,
}

/// What changes at a member of the staff.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StaffPatch {
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub name_ar: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub name_en: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub colour: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub phone: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub specialty_ar: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub specialty_en: Patch<String>,
    /// The whole list of roles.
    #[serde(default)]
    #[schema(value_type = Option<Vec<RoleId>>)]
    pub role_ids: Patch<Vec<RoleId>>,
    /// Whoever is not active cannot sign in; what he wrote stays.
    #[serde(default)]
    #[schema(value_type = Option<bool>)]
    pub active: Patch<bool>,
}

/// Somebody to invite.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewInvitation {
    pub email: String,
    #[serde(default)]
    pub name_ar: String,
    #[serde(default)]
    pub name_en: String,
    pub role_ids: Vec<RoleId>,
    pub colour: Option<String>,
}

/// An invitation just made. The link is shown once.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct InvitationMade {
    pub id: InvitationId,
    pub url: String,
    pub expires_at: String,
    /// Whether it was sent by mail too.
    pub mailed: bool,
}

/// An invitation that waits for its answer.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Invitation {
    pub id: InvitationId,
    pub email: String,
    pub name_ar: String,
    pub name_en: String,
    pub role_ids: Vec<RoleId>,
    pub colour: String,
    pub created_at: String,
    pub expires_at: String,
    pub expired: bool,
}

/// An invitation as the invited person sees it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct InvitationSeen {
    pub clinic_name_ar: String,
    pub clinic_name_en: String,
    pub email: String,
    pub name_ar: String,
    pub name_en: String,
    /// Whether to ask for the password of the existing account instead of a new one.
    pub account_exists: bool,
}

/// The answer to an invitation.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptInvitation {
    /// The new password, or that of the existing account.
    pub password: String,
    /// The code of the authenticator app, where the existing account has one.
    pub totp: Option<String>,
    pub recovery_code: Option<String>,
}

impl std::fmt::Debug for AcceptInvitation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AcceptInvitation").finish_non_exhaustive()
    }
}
