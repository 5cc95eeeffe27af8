//! From the command line: an account with a password, as a member of a clinic.

use dentpro_core::ids::ClinicId;
use dentpro_core::passwords::PasswordOwner;
use dentpro_core::permissions::BuiltInRole;
use uuid::Uuid;

use crate::kernel::clock::Clock;
use crate::kernel::db::Db;
use crate::kernel::error::{ApiError, ApiResult};
use crate::slices::identity::{self, NewAccount, NewStaff};

/// Who is to be made.
#[derive(Debug)]
pub struct NewUser<'a> {
    pub email: &'a str,
    pub name: &'a str,
    /// Code of a built-in role.
    pub role: &'a str,
    /// The clinic; needed when there are several.
    pub clinic: Option<Uuid>,
    pub password: &'a str,
}

/// Makes the account and the staff member in one transaction.
///
/// # Errors
/// 404 without a clinic (or an unclear one) and for an unknown role; 409 when the e-mail is taken; 422 for a password that
/// is not good enough.
pub async fn create_user(db: &Db, clock: &Clock, new: &NewUser<'_>) -> ApiResult<()> {
    let clinics = db.clinics().await?;
    let clinic = match (new.clinic, clinics.as_slice()) {
        (Some(id), all) if all.contains(&id) => id,
        (None, [only]) => *only,
        _ => return Err(ApiError::conflict("identity.which_clinic")),
    };
    let role = BuiltInRole::ALL.into_iter().find(|r| r.code() == new.role);
    let role = role.ok_or_else(|| ApiError::invalid("/role", "identity.role_unknown"))?;
    let email = identity::check_email(new.email, "/email")?;
    let owner = PasswordOwner { email: &email, clinic_names: &[], has_totp: false };
    let password = identity::check_new_password(new.password, "/password", &owner)?;
    let password_hash = identity::hash_password(&password).await?;
    let mut tx = db.begin_as_system(ClinicId(clinic), clock.new_id()).await?;
    let role = identity::built_in_role(&mut tx, role).await?.ok_or_else(ApiError::not_found)?;
    let account = NewAccount {
        id: clock.new_id(),
        email,
        name_ar: String::new(),
        name_en: new.name.to_owned(),
        password_hash,
        locale: None,
    };
    identity::create_account(&mut tx, &account, clock).await?;
    let staff = NewStaff {
        id: clock.new_id(),
        account: account.id.uuid(),
        name_ar: String::new(),
        name_en: new.name.to_owned(),
        colour: "#0b6b74".to_owned(),
        phone: None,
        specialty_ar: None,
        specialty_en: None,
    };
    identity::add_staff(&mut tx, &staff, &[role], clock).await?;
    tx.commit().await
}
