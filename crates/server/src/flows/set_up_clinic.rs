//! The first clinic of an installation: the clinic with its branch, chairs, hours, catalogues and appointment types, the
//! roles, and its administrator, who is signed in. The one-time code of the console is the only way in, and it works
//! once.

use axum::http::{HeaderMap, StatusCode};
use dentpro_core::ids::{AccountId, ClinicId};
use dentpro_core::money::Currency;
use dentpro_core::passwords::PasswordOwner;
use dentpro_core::permissions::BuiltInRole;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::kernel::actor::RequestId;
use crate::kernel::client_address::ClientAddress;
use crate::kernel::clock::Clock;
use crate::kernel::db::Tx;
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::extract::Body;
use crate::kernel::reply::Reply;
use crate::kernel::state::AppState;
use crate::kernel::text;
use crate::slices::clinic::{self, CountryWeek, FirstBranch, NewClinic};
use crate::slices::identity::{self, NewAccount, NewStaff, Origin, Session, WithCookie};
use crate::slices::notifications;
use crate::slices::scheduling;

/// Letters a name has at most.
const NAME: usize = 120;
/// Chairs a clinic begins with at most.
const MAX_CHAIRS: usize = 60;

/// Whether this installation has a clinic yet.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SetUpState {
    pub required: bool,
}

/// Names in two languages, of which one is enough.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetUpNames {
    #[serde(default)]
    pub name_ar: String,
    #[serde(default)]
    pub name_en: String,
}

/// The clinic to begin with.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetUpClinic {
    #[serde(default)]
    pub name_ar: String,
    #[serde(default)]
    pub name_en: String,
    /// ISO 3166 alpha-2.
    pub country: String,
    /// ISO 4217.
    pub currency: String,
    /// IANA name, such as `Africa/Cairo`.
    pub time_zone: String,
    /// `ar`, `en` or both, the first one first.
    pub languages: Vec<String>,
}

/// Its administrator.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetUpAdmin {
    #[serde(default)]
    pub name_ar: String,
    #[serde(default)]
    pub name_en: String,
    pub email: String,
    pub password: String,
}

/// Everything the first clinic needs.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetUp {
    /// The one-time code printed on the server's console.
    pub code: String,
    pub clinic: SetUpClinic,
    pub branch: SetUpNames,
    pub chairs: Vec<SetUpNames>,
    pub admin: SetUpAdmin,
}

/// The operations of this flow.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(show_setup, set_up_clinic))
}

/// Whether the first clinic is still to be set up.
#[utoipa::path(get, path = "/setup", tag = "identity", responses((status = 200, body = SetUpState)),
    extensions(("x-permission" = json!("public"))))]
pub async fn show_setup(state: AppState, RequestId(request): RequestId) -> ApiResult<Reply<SetUpState>> {
    let mut tx = state.db.begin_as_system(Uuid::nil().into(), request).await?;
    Ok(Reply::ok(SetUpState { required: identity::setup_required(&mut tx).await? }))
}

/// Set up the first clinic, with the one-time code of the console.
#[utoipa::path(post, path = "/setup", tag = "identity", request_body = SetUp,
    responses((status = 201, body = Session)), extensions(("x-permission" = json!("public"))))]
pub async fn set_up_clinic(
    state: AppState,
    ClientAddress(address): ClientAddress,
    RequestId(request): RequestId,
    headers: HeaderMap,
    Body { value: given, .. }: Body<SetUp>,
) -> ApiResult<(StatusCode, WithCookie<Reply<Session>>)> {
    refuse_strangers(&state, &given.code, request).await?;
    let checked = Checked::read(&given)?;
    let password_hash = identity::hash_password(&checked.password).await?;
    let (clinic, account): (ClinicId, AccountId) = (state.clock.new_id(), state.clock.new_id());
    let mut tx = state.db.begin_as_account(clinic, account, request).await?;
    identity::use_setup_code(&mut tx, &given.code).await?;
    write(&mut tx, &checked, account, password_hash, &state.clock).await?;
    let origin = Origin::new(address, &headers, request);
    let opened = identity::open_first_session(&mut tx, account, &origin, &state.clock).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, identity::first_session(&state, opened, request).await?))
}

/// Looks at the code before anything else, in a transaction that is dropped: without it nothing is checked or hashed.
async fn refuse_strangers(state: &AppState, code: &str, request: Uuid) -> ApiResult<()> {
    let mut tx = state.db.begin_as_system(Uuid::nil().into(), request).await?;
    identity::use_setup_code(&mut tx, code).await
}

/// What was typed, checked.
struct Checked {
    clinic: NewClinic,
    branch: FirstBranch,
    admin_names: (String, String),
    email: String,
    /// In the form that is hashed.
    password: String,
}

fn names(names: (&str, &str), place: &str) -> ApiResult<(String, String)> {
    let (at_ar, at_en) = (format!("{place}/name_ar"), format!("{place}/name_en"));
    let (ar, en) = (text::line(names.0, &at_ar, NAME)?, text::line(names.1, &at_en, NAME)?);
    if ar.is_empty() && en.is_empty() {
        return Err(ApiError::invalid(at_ar, "request.required").and_invalid(at_en, "request.required"));
    }
    Ok((ar, en))
}

fn read_clinic(given: &SetUpClinic) -> ApiResult<NewClinic> {
    let (name_ar, name_en) = names((&given.name_ar, &given.name_en), "/clinic")?;
    let country = given.country.clone();
    if country.len() != 2 || !country.bytes().all(|b| b.is_ascii_uppercase()) {
        return Err(ApiError::invalid("/clinic/country", "identity.country_unknown"));
    }
    let currency = given.currency.parse::<Currency>();
    let currency =
        currency.map_err(|_| ApiError::invalid("/clinic/currency", "identity.currency_unknown"))?;
    dentpro_core::time::zone(&given.time_zone)
        .map_err(|_| ApiError::invalid("/clinic/time_zone", "identity.time_zone_unknown"))?;
    let mut languages = given.languages.clone();
    languages.dedup();
    if languages.is_empty() || languages.len() > 2 || languages.iter().any(|l| l != "ar" && l != "en") {
        return Err(ApiError::invalid("/clinic/languages", "identity.languages_unknown"));
    }
    let (time_zone, week) = (given.time_zone.clone(), CountryWeek::of(&country));
    Ok(NewClinic { name_ar, name_en, country, currency, time_zone, languages, week, demo: false })
}

impl Checked {
    fn read(given: &SetUp) -> ApiResult<Self> {
        let clinic = read_clinic(&given.clinic)?;
        let (name_ar, name_en) = names((&given.branch.name_ar, &given.branch.name_en), "/branch")?;
        if given.chairs.is_empty() || given.chairs.len() > MAX_CHAIRS {
            return Err(ApiError::invalid("/chairs", "identity.chairs_out_of_range"));
        }
        let chairs = (given.chairs.iter().enumerate())
            .map(|(i, chair)| names((&chair.name_ar, &chair.name_en), &format!("/chairs/{i}")))
            .collect::<ApiResult<_>>()?;
        let admin = &given.admin;
        let email = identity::check_email(&admin.email, "/admin/email")?;
        let clinic_names = [clinic.name_ar.as_str(), clinic.name_en.as_str()];
        let owner = PasswordOwner { email: &email, clinic_names: &clinic_names, has_totp: false };
        let password = identity::check_new_password(&admin.password, "/admin/password", &owner)?;
        let admin_names = names((&admin.name_ar, &admin.name_en), "/admin")?;
        Ok(Self { branch: FirstBranch { name_ar, name_en, chairs }, clinic, admin_names, email, password })
    }
}

/// Writes it all.
async fn write(
    tx: &mut Tx,
    checked: &Checked,
    account: AccountId,
    password_hash: String,
    clock: &Clock,
) -> ApiResult<()> {
    clinic::begin_clinic(tx, &checked.clinic, &checked.branch, clock).await?;
    clinic::import_shipped(tx, clock).await?;
    scheduling::import_shipped_types(tx, clock).await?;
    notifications::seed_rules(tx, clock, clock.now()).await?;
    let roles = identity::provision_roles(tx, clock).await?;
    let (name_ar, name_en) = checked.admin_names.clone();
    let new = NewAccount {
        id: account,
        email: checked.email.clone(),
        name_ar: name_ar.clone(),
        name_en: name_en.clone(),
        password_hash,
        locale: None,
    };
    identity::create_account(tx, &new, clock).await?;
    let member = NewStaff {
        id: clock.new_id(),
        account: account.uuid(),
        name_ar,
        name_en,
        colour: "#0b6b74".to_owned(),
        phone: None,
        specialty_ar: None,
        specialty_en: None,
    };
    let admin: Vec<_> = roles.get(&BuiltInRole::Admin).copied().into_iter().collect();
    identity::add_staff(tx, &member, &admin, clock).await?;
    Ok(())
}
