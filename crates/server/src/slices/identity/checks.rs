//! Checks of what people typed into the forms of identity.

use dentpro_core::ids::RoleId;
use dentpro_core::passwords::PasswordOwner;
use dentpro_core::permissions::{Permission, Scope};
use dentpro_core::phone::Phone;

use super::api::Granted;
use super::passwords;
use super::store::roles::RoleRow;
use crate::kernel::actor::Actor;
use crate::kernel::error::ApiError;
use crate::kernel::text;

/// An e-mail in lower case.
pub fn email(typed: &str, pointer: &str) -> Result<String, ApiError> {
    let email = text::required_line(typed, pointer, 254)?.to_lowercase();
    let well_formed = email.is_ascii()
        && !email.contains(|c: char| c.is_whitespace() || c.is_control() || "<>,;\"".contains(c))
        && email.split_once('@').is_some_and(|(local, domain)| {
            !local.is_empty() && !domain.contains('@') && domain.split('.').all(|part| !part.is_empty())
        });
    if well_formed { Ok(email) } else { Err(ApiError::invalid(pointer, "identity.email_invalid")) }
}

/// A new password in the form that is hashed.
pub fn new_password(password: &str, pointer: &str, owner: &PasswordOwner<'_>) -> Result<String, ApiError> {
    passwords::judge(password, owner).map_err(|e| ApiError::invalid(pointer, e.code()))
}

/// A colour of the appointment book.
pub fn colour(typed: &str) -> Result<String, ApiError> {
    let colour = typed.to_ascii_lowercase();
    let well_formed = colour.strip_prefix('#').is_some_and(|hex| {
        hex.len() == 6 && hex.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
    });
    if well_formed { Ok(colour) } else { Err(ApiError::invalid("/colour", "identity.colour_invalid")) }
}

/// A phone number in its international form.
pub fn phone(typed: Option<String>, country: &str) -> Result<Option<String>, ApiError> {
    let Some(typed) = text::optional_line(typed, "/phone", 40)? else { return Ok(None) };
    let phone =
        Phone::parse(&typed, country).map_err(|_| ApiError::invalid("/phone", "identity.phone_invalid"))?;
    Ok(Some(phone.as_e164().to_owned()))
}

/// The roles of a person: at least one, at most twenty, each named once.
pub fn role_ids(mut ids: Vec<RoleId>) -> Result<Vec<RoleId>, ApiError> {
    ids.sort();
    ids.dedup();
    match ids.len() {
        0 => Err(ApiError::invalid("/role_ids", "identity.role_required")),
        1..=20 => Ok(ids),
        _ => Err(ApiError::invalid("/role_ids", "request.out_of_range")),
    }
}

/// Permissions as they are stored, in the order of their codes.
pub fn permissions(granted: &[Granted]) -> Result<Vec<(Permission, Scope)>, ApiError> {
    let mut checked: Vec<(Permission, Scope)> = Vec::with_capacity(granted.len().min(64));
    for (i, one) in granted.iter().enumerate() {
        let Some(permission) = Permission::from_code(&one.code) else {
            return Err(ApiError::invalid(format!("/permissions/{i}/code"), "identity.permission_unknown"));
        };
        if one.scope == Scope::Own && !permission.can_be_own() {
            return Err(ApiError::invalid(format!("/permissions/{i}/scope"), "identity.scope_not_possible"));
        }
        if checked.iter().any(|(known, _)| *known == permission) {
            return Err(ApiError::invalid(format!("/permissions/{i}/code"), "identity.permission_repeated"));
        }
        checked.push((permission, one.scope));
    }
    checked.sort_by_key(|(permission, _)| permission.code());
    Ok(checked)
}

/// What a stored role allows.
pub fn permissions_of(role: &RoleRow) -> Vec<(Permission, Scope)> {
    let scopes = role.scopes.iter().map(|s| if s == "own" { Scope::Own } else { Scope::All });
    role.permissions
        .iter()
        .zip(scopes)
        .filter_map(|(code, scope)| Permission::from_code(code).map(|p| (p, scope)))
        .collect()
}

/// Nobody gives, or takes away, more than he holds himself: who may only invite cannot make himself an administrator.
pub fn within_own(actor: &Actor, permissions: &[(Permission, Scope)]) -> Result<(), ApiError> {
    let held =
        |(permission, scope): &(Permission, Scope)| actor.scope(*permission).is_some_and(|own| own >= *scope);
    if permissions.iter().all(held) {
        Ok(())
    } else {
        Err(ApiError::refused("identity.exceeds_own_permissions"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_could_smuggle_something_into_a_mail_are_refused() {
        for good in ["a@b.co", "Mona.Adel+clinic@Example.com", "root@localhost"] {
            assert!(email(good, "/email").is_ok(), "{good}");
        }
        for bad in [
            "",
            "a",
            "a@",
            "@b.co",
            "a@b@c.co",
            "a b@c.co",
            "a@b.co, c@d.co",
            "a@b..co",
            "\"a\"@b.co",
            "مُنى@b.co",
        ] {
            assert!(email(bad, "/email").is_err(), "{bad}");
        }
        assert!(colour("#0B6b74").is_ok());
        for bad in ["", "red", "#12345", "#12345g", "#1234567"] {
            assert!(colour(bad).is_err(), "{bad}");
        }
    }
}
