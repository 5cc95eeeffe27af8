//! Who works here and who may do what: accounts, sessions, staff, invitations, roles and permissions.
//!
//! Owns: account, account_totp, account_recovery_code, session, sign_in_failure, staff, staff_role, role,
//! role_permission, invitation, setup_code

mod api;
mod checks;
mod cookie;
mod handlers;
mod invitation_mail;
mod passwords;
mod provisioning;
mod second_factor;
mod secrets;
mod sign_in;
mod store;
mod sweeping;
#[cfg(test)]
mod tests;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub use api::Session;
pub use checks::{email as check_email, new_password as check_new_password};
pub use handlers::sessions::WithCookie;
pub use passwords::hash_password;
pub use provisioning::{
    add_staff, built_in_role, create_account, ensure_setup_code, first_session, open_first_session,
    provision_roles, reset_password, setup_required, use_setup_code,
};
pub use sign_in::Origin;
pub use store::accounts::NewAccount;
pub use store::staff::NewStaff;
pub use sweeping::sweep;

use crate::kernel::state::AppState;

/// The operations of this slice.
pub fn routes() -> OpenApiRouter<AppState> {
    use handlers::{account, events, invitations, roles, sessions, staff, staff_photo, totp};
    OpenApiRouter::new()
        .routes(routes!(sessions::show_session_info))
        .routes(routes!(sessions::create_session, sessions::show_session, sessions::delete_session))
        .routes(routes!(sessions::list_sessions, sessions::delete_sessions))
        .routes(routes!(account::update_account))
        .routes(routes!(account::change_password))
        .routes(routes!(totp::propose_totp, totp::delete_totp))
        .routes(routes!(totp::confirm_totp))
        .routes(routes!(staff::list_staff))
        .routes(routes!(staff::show_staff, staff::update_staff))
        .routes(routes!(
            staff_photo::show_staff_photo,
            staff_photo::put_staff_photo,
            staff_photo::delete_staff_photo
        ))
        .routes(routes!(invitations::create_invitation, invitations::list_invitations))
        .routes(routes!(invitations::delete_invitation))
        .routes(routes!(invitations::show_invitation))
        .routes(routes!(invitations::accept_invitation))
        .routes(routes!(roles::list_roles, roles::create_role))
        .routes(routes!(roles::update_role, roles::delete_role))
        .routes(routes!(roles::list_permissions))
        .routes(routes!(events::stream_events))
}
