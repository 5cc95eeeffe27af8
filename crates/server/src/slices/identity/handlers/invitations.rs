//! Inviting staff by a link that works once.

use axum::http::{HeaderMap, StatusCode};
use dentpro_core::ids::{ClinicId, InvitationId, RoleId};
use dentpro_core::passwords::PasswordOwner;
use dentpro_core::permissions::need;
use dentpro_core::time::rfc3339_in;
use jiff::SignedDuration;
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use super::super::api::{
    AcceptInvitation, Invitation, InvitationMade, InvitationSeen, NewInvitation, Session,
};
use super::super::sign_in::{self, Origin, Proven};
use super::super::store::accounts::{self, Entry, NewAccount};
use super::super::store::invitations::{self, InvitationRow};
use super::super::store::staff::{self, NewStaff};
use super::super::store::{roles, set_up};
use super::super::{checks, invitation_mail, passwords, secrets};
use super::NAME;
use super::sessions::{WithCookie, answer};
use super::staff::check_roles;
use crate::kernel::actor::{Can, RequestId, token_hash};
use crate::kernel::client_address::ClientAddress;
use crate::kernel::clock::Clock;
use crate::kernel::db::{Db, Tx};
use crate::kernel::error::{ApiError, ApiResult, OnConstraint};
use crate::kernel::extract::{Body, Path};
use crate::kernel::live::{Announcement, Change};
use crate::kernel::paging::Page;
use crate::kernel::reply::Reply;
use crate::kernel::state::AppState;
use crate::kernel::text;

/// Hours an invitation waits.
const WAITS_HOURS: i64 = 7 * 24;

/// Invite somebody to work here. The link is shown once, and mailed where mail is set up; an earlier link to the same
/// e-mail stops working.
#[utoipa::path(post, path = "/invitations", tag = "identity", request_body = NewInvitation,
    responses((status = 201, body = InvitationMade)), extensions(("x-permission" = json!("identity.manage_staff"))))]
pub async fn create_invitation(
    actor: Can<need::IdentityManageStaff>,
    state: AppState,
    Body { value: new, .. }: Body<NewInvitation>,
) -> ApiResult<Reply<InvitationMade>> {
    let now = state.clock.now();
    let row = read(new, state.clock.new_id(), now)?;
    let mut tx = state.db.begin(&actor).await?;
    let role_ids: Vec<RoleId> = row.role_ids.iter().copied().map(RoleId).collect();
    check_roles(&mut tx, &actor, &role_ids).await?;
    if staff::is_member(&mut tx, &row.email).await? {
        return Err(ApiError::conflict("identity.already_staff"));
    }
    let token = secrets::token();
    invitations::insert(&mut tx, &row, &token_hash(&token)).await?;
    let url = format!("{}/invite/{token}", state.settings.public_url);
    let mailed = state.mailer.is_set_up();
    if mailed {
        let names = set_up::clinic_names(&mut tx, actor.clinic.uuid()).await?.unwrap_or_default();
        let mail = invitation_mail::write(row.id, &row.email, &names, &url);
        tx.enqueue(row.id, &mail).await?;
    }
    tx.announce(Change::Clinic, Announcement::default()).await?;
    tx.commit().await?;
    let expires_at = rfc3339_in(row.expires_at.to_jiff(), &actor.facts.time_zone);
    let made = InvitationMade { id: row.id.into(), url, expires_at, mailed };
    Ok(Reply::created(made, format!("/invitations/{}", row.id)))
}

fn read(new: NewInvitation, id: Uuid, now: jiff::Timestamp) -> ApiResult<InvitationRow> {
    let (name_ar, name_en) = text::names(&new.name_ar, &new.name_en, NAME)?;
    Ok(InvitationRow {
        id,
        email: checks::email(&new.email, "/email")?,
        name_ar,
        name_en,
        colour: checks::colour(new.colour.as_deref().unwrap_or("#0b6b74"))?,
        role_ids: checks::role_ids(new.role_ids)?.into_iter().map(RoleId::uuid).collect(),
        created_at: now.to_sqlx(),
        expires_at: (now + SignedDuration::from_hours(WAITS_HOURS)).to_sqlx(),
    })
}

/// Invitations that wait for their answer.
#[utoipa::path(get, path = "/invitations", tag = "identity", responses((status = 200, body = Page<Invitation>)),
    extensions(("x-permission" = json!("identity.manage_staff"))))]
pub async fn list_invitations(
    actor: Can<need::IdentityManageStaff>,
    db: Db,
    clock: Clock,
) -> ApiResult<Reply<Page<Invitation>>> {
    let mut tx = db.begin(&actor).await?;
    let rows = invitations::pending(&mut tx).await?;
    let at = |t: jiff_sqlx::Timestamp| rfc3339_in(t.to_jiff(), &actor.facts.time_zone);
    let items = rows
        .into_iter()
        .map(|row| Invitation {
            id: row.id.into(),
            email: row.email,
            name_ar: row.name_ar,
            name_en: row.name_en,
            role_ids: row.role_ids.into_iter().map(RoleId).collect(),
            colour: row.colour,
            created_at: at(row.created_at),
            expires_at: at(row.expires_at),
            expired: row.expires_at.to_jiff() <= clock.now(),
        })
        .collect();
    Ok(Reply::ok(Page::whole(items)))
}

/// Take an invitation back.
#[utoipa::path(delete, path = "/invitations/{id}", tag = "identity", params(("id" = InvitationId, Path)),
    responses((status = 204)), extensions(("x-permission" = json!("identity.manage_staff"))))]
pub async fn delete_invitation(
    actor: Can<need::IdentityManageStaff>,
    db: Db,
    clock: Clock,
    Path(id): Path<InvitationId>,
) -> ApiResult<StatusCode> {
    let mut tx = db.begin(&actor).await?;
    if !invitations::revoke(&mut tx, id, clock.now()).await? {
        return Err(ApiError::not_found());
    }
    tx.announce(Change::Clinic, Announcement::default()).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

fn invalid() -> ApiError {
    ApiError::with_status(StatusCode::NOT_FOUND, "identity.invitation_invalid")
}

/// The clinic and the invitation of a token, as long as it may be accepted.
async fn waiting(state: &AppState, token: &str, request: Uuid) -> ApiResult<(ClinicId, InvitationRow, Tx)> {
    let hash = token_hash(token);
    let mut tx = state.db.begin_as_system(Uuid::nil().into(), request).await?;
    let clinic: ClinicId = invitations::clinic_of(&mut tx, &hash).await?.ok_or_else(invalid)?.into();
    drop(tx);
    let mut tx = state.db.begin_as_system(clinic, request).await?;
    let row = invitations::by_token(&mut tx, &hash, state.clock.now()).await?.ok_or_else(invalid)?;
    Ok((clinic, row, tx))
}

/// The invitation behind a link.
#[utoipa::path(get, path = "/invitations/by-token/{token}", tag = "identity", params(("token" = String, Path)),
    responses((status = 200, body = InvitationSeen)), extensions(("x-permission" = json!("public"))))]
pub async fn show_invitation(
    state: AppState,
    RequestId(request): RequestId,
    Path(token): Path<String>,
) -> ApiResult<Reply<InvitationSeen>> {
    let (clinic, row, mut tx) = waiting(&state, &token, request).await?;
    let (clinic_name_ar, clinic_name_en) =
        set_up::clinic_names(&mut tx, clinic.uuid()).await?.unwrap_or_default();
    let account_exists = accounts::exists(&mut tx, &row.email).await?;
    let InvitationRow { email, name_ar, name_en, .. } = row;
    Ok(Reply::ok(InvitationSeen { clinic_name_ar, clinic_name_en, email, name_ar, name_en, account_exists }))
}

/// Who accepts: the owner of an existing account, proven, or a new one.
enum Guest {
    Known(Box<Proven>),
    New(NewAccount),
}

impl Guest {
    fn account(&self) -> Uuid {
        match self {
            Self::Known(proven) => proven.login.id,
            Self::New(account) => account.id.uuid(),
        }
    }
}

async fn meet(
    state: &AppState,
    mut tx: Tx,
    clinic: ClinicId,
    row: &InvitationRow,
    given: &AcceptInvitation,
    origin: &Origin,
) -> ApiResult<Guest> {
    if accounts::exists(&mut tx, &row.email).await? {
        drop(tx);
        let (totp, recovery_code) = (given.totp.as_deref(), given.recovery_code.as_deref());
        let proven = sign_in::prove(state, &row.email, &given.password, totp, recovery_code, origin).await?;
        return Ok(Guest::Known(Box::new(proven)));
    }
    let (ar, en) = set_up::clinic_names(&mut tx, clinic.uuid()).await?.unwrap_or_default();
    drop(tx);
    let owner = PasswordOwner { email: &row.email, clinic_names: &[&ar, &en], has_totp: false };
    let normalized = checks::new_password(&given.password, "/password", &owner)?;
    Ok(Guest::New(NewAccount {
        id: state.clock.new_id(),
        email: row.email.clone(),
        name_ar: row.name_ar.clone(),
        name_en: row.name_en.clone(),
        password_hash: passwords::hash_password(&normalized).await?,
        locale: None,
    }))
}

/// Accept an invitation: with a new password, or with that of the account one has already.
#[utoipa::path(post, path = "/invitations/by-token/{token}/accept", tag = "identity",
    params(("token" = String, Path)), request_body = AcceptInvitation,
    responses((status = 201, body = Session)), extensions(("x-permission" = json!("public"))))]
pub async fn accept_invitation(
    state: AppState,
    ClientAddress(address): ClientAddress,
    RequestId(request): RequestId,
    headers: HeaderMap,
    Path(token): Path<String>,
    Body { value: given, .. }: Body<AcceptInvitation>,
) -> ApiResult<(StatusCode, WithCookie<Reply<Session>>)> {
    let origin = Origin::new(address, &headers, request);
    let (clinic, row, tx) = waiting(&state, &token, request).await?;
    let guest = meet(&state, tx, clinic, &row, &given, &origin).await?;
    let account = guest.account();
    let now = state.clock.now();
    let mut tx = state.db.begin_as_account(clinic, account.into(), request).await?;
    if !invitations::accept(&mut tx, row.id, now).await? {
        return Err(invalid());
    }
    match &guest {
        Guest::Known(proven) => sign_in::settle(&mut tx, proven, now).await?,
        Guest::New(new) => {
            let taken = || ApiError::conflict("identity.email_taken");
            accounts::insert(&mut tx, new, now).await.on_constraint("account_email_once", taken)?;
        }
    }
    let entry = join_clinic(&mut tx, &state, account, &row).await?;
    let id = state.clock.new_id();
    let opened = sign_in::open_session(&mut tx, account, &entry, false, &origin, now, id).await?;
    tx.announce(Change::Clinic, Announcement::default()).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, answer(&state, opened, false, request).await?))
}

/// Makes the account a member of the clinic, with the invitation's roles that are still there.
async fn join_clinic(tx: &mut Tx, state: &AppState, account: Uuid, row: &InvitationRow) -> ApiResult<Entry> {
    let roles: Vec<RoleId> =
        roles::list(tx, Some(&row.role_ids)).await?.into_iter().map(|r| r.id.into()).collect();
    if roles.is_empty() {
        return Err(invalid());
    }
    let new = NewStaff {
        id: state.clock.new_id(),
        account,
        name_ar: row.name_ar.clone(),
        name_en: row.name_en.clone(),
        colour: row.colour.clone(),
        phone: None,
        specialty_ar: None,
        specialty_en: None,
    };
    let staff = staff::insert(tx, &new, state.clock.now()).await?;
    staff::set_roles(tx, staff, &roles).await?;
    let clinic = tx.clinic();
    let entries = accounts::clinics(tx, account).await?;
    entries.into_iter().find(|e| e.clinic.uuid() == clinic).ok_or_else(invalid)
}
