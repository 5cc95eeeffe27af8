//! Gateways for SMS and WhatsApp.

use axum::http::{HeaderName, HeaderValue, StatusCode};
use dentpro_core::ids::MessageProviderId;
use dentpro_core::permissions::need;
use dentpro_core::phone::Phone;
use dentpro_core::reminders::Channel;
use uuid::Uuid;

use super::finish;
use crate::kernel::actor::Can;
use crate::kernel::clock::Clock;
use crate::kernel::db::Db;
use crate::kernel::error::{ApiError, ApiResult, OnConstraint};
use crate::kernel::extract::{Body, IfMatch, Path};
use crate::kernel::http_client;
use crate::kernel::paging::Page;
use crate::kernel::reply::Reply;
use crate::kernel::text;
use crate::slices::notifications::api::{
    MessageProvider, MessageProviderPatch, NewMessageProvider, NewProviderHeader, ProviderHeader,
    TestMessage, TestOutcome,
};
use crate::slices::notifications::gateway::{Header, Message, Outcome, Provider};
use crate::slices::notifications::store::providers as store;

const NAME: usize = 100;
const URL: usize = 2000;
const BODY: usize = 8000;
const SECRET: usize = 4000;
const HEADERS: usize = 20;

/// Headers that the connection itself writes.
const OURS: [&str; 5] = ["host", "content-length", "transfer-encoding", "connection", "upgrade"];

fn checked(mut p: Provider) -> ApiResult<Provider> {
    p.name = text::required_line(&p.name, "/name", NAME)?;
    p.url = text::required_line(&p.url, "/url", URL)?;
    http_client::check_url(&p.url).map_err(|_| ApiError::invalid("/url", "notifications.url_malformed"))?;
    if !["GET", "POST", "PUT"].contains(&p.method.as_str()) {
        return Err(ApiError::invalid("/method", "notifications.method_unknown"));
    }
    p.body = text::paragraphs(&p.body, "/body", BODY)?;
    p.success_pointer = text::optional_line(p.success_pointer, "/success_pointer", 200)?;
    p.success_value = text::optional_line(p.success_value, "/success_value", 200)?;
    if p.success_pointer.as_ref().is_some_and(|pointer| !pointer.starts_with('/'))
        || (p.success_value.is_some() && p.success_pointer.is_none())
    {
        return Err(ApiError::invalid("/success_pointer", "notifications.pointer_malformed"));
    }
    if !p.url.contains("{to}")
        && !p.url.contains("{digits}")
        && !p.body.contains("{to}")
        && !p.body.contains("{digits}")
    {
        return Err(ApiError::invalid("/body", "notifications.recipient_missing"));
    }
    if !p.url.contains("{text}") && !p.body.contains("{text}") {
        return Err(ApiError::invalid("/body", "notifications.text_missing"));
    }
    Ok(p)
}

/// The headers of a body; a value that is not given is the one that is kept.
fn headers(new: Vec<NewProviderHeader>, kept: &[Header]) -> ApiResult<Vec<Header>> {
    if new.len() > HEADERS {
        return Err(ApiError::invalid("/headers", "notifications.too_many_headers"));
    }
    let read = |(index, header): (usize, NewProviderHeader)| {
        let at = |part: &str| format!("/headers/{index}/{part}");
        let name = text::required_line(&header.name, &at("name"), 100)?.to_ascii_lowercase();
        if HeaderName::from_bytes(name.as_bytes()).is_err() || OURS.contains(&name.as_str()) {
            return Err(ApiError::invalid(at("name"), "notifications.header_malformed"));
        }
        let old = || kept.iter().find(|k| k.name == name).map(|k| k.value.clone());
        let value = match header.value.filter(|value| !value.is_empty()) {
            Some(value) => text::line(&value, &at("value"), SECRET)?,
            None => old().ok_or_else(|| ApiError::invalid(at("value"), "request.required"))?,
        };
        if HeaderValue::from_str(&value).is_err() {
            return Err(ApiError::invalid(at("value"), "notifications.header_malformed"));
        }
        Ok(Header { name, value })
    };
    new.into_iter().enumerate().map(read).collect()
}

fn shown(p: Provider) -> ApiResult<MessageProvider> {
    Ok(MessageProvider {
        id: p.id.into(),
        channel: p.channel.parse().map_err(|e| ApiError::internal(Box::new(e)))?,
        name: p.name,
        url: p.url,
        method: p.method,
        headers: p.headers.into_iter().map(|h| ProviderHeader { name: h.name }).collect(),
        body: p.body,
        success_pointer: p.success_pointer,
        success_value: p.success_value,
        active: p.active,
        version: p.version,
    })
}

fn second() -> ApiError {
    ApiError::conflict("notifications.provider_active")
}

/// The gateways, without their secrets.
#[utoipa::path(get, path = "/message-providers", tag = "notifications",
    responses((status = 200, body = Page<MessageProvider>)),
    extensions(("x-permission" = json!("scheduling.set_up"))))]
pub async fn list_message_providers(
    actor: Can<need::SchedulingSetUp>,
    db: Db,
) -> ApiResult<Reply<Page<MessageProvider>>> {
    let mut tx = db.begin(&actor).await?;
    let items = store::list(&mut tx).await?.into_iter().map(shown).collect::<ApiResult<_>>()?;
    Ok(Reply::ok(Page::whole(items)))
}

/// Add a gateway. Its headers are kept and never answered.
#[utoipa::path(post, path = "/message-providers", tag = "notifications", request_body = NewMessageProvider,
    responses((status = 201, body = MessageProvider)),
    extensions(("x-permission" = json!("scheduling.set_up"))))]
pub async fn create_message_provider(
    actor: Can<need::SchedulingSetUp>,
    db: Db,
    clock: Clock,
    Body { value: new, .. }: Body<NewMessageProvider>,
) -> ApiResult<Reply<MessageProvider>> {
    if new.channel == Channel::Mail {
        return Err(ApiError::invalid("/channel", "notifications.channel_unknown"));
    }
    let provider = checked(Provider {
        id: clock.new_id(),
        channel: new.channel.as_str().to_owned(),
        name: new.name,
        url: new.url,
        method: new.method,
        headers: headers(new.headers, &[])?,
        body: new.body,
        success_pointer: new.success_pointer,
        success_value: new.success_value,
        active: new.active,
        version: 1,
    })?;
    let mut tx = db.begin(&actor).await?;
    if i64::try_from(store::list(&mut tx).await?.len()).unwrap_or(i64::MAX) >= store::MOST {
        return Err(ApiError::conflict("notifications.too_many_providers"));
    }
    store::insert(&mut tx, &provider, clock.now())
        .await
        .on_constraint("message_provider_one_active", second)?;
    finish(tx).await?;
    let place = format!("/message-providers/{}", provider.id);
    Ok(Reply::created(shown(provider)?, place).version(1))
}

/// Change a gateway.
#[utoipa::path(patch, path = "/message-providers/{id}", tag = "notifications", request_body = MessageProviderPatch,
    params(("id" = MessageProviderId, Path)), responses((status = 200, body = MessageProvider)),
    extensions(("x-permission" = json!("scheduling.set_up"))))]
pub async fn update_message_provider(
    actor: Can<need::SchedulingSetUp>,
    db: Db,
    Path(id): Path<MessageProviderId>,
    IfMatch(version): IfMatch,
    Body { value: patch, .. }: Body<MessageProviderPatch>,
) -> ApiResult<Reply<MessageProvider>> {
    let mut tx = db.begin(&actor).await?;
    let mut p = store::hold(&mut tx, id.uuid()).await?.ok_or_else(ApiError::not_found)?;
    if p.version != version {
        return Err(ApiError::stale());
    }
    let moved = patch.url.clone().over_required(p.url.clone(), "/url")?;
    // A secret goes to the host it was given for, and to no other.
    let same_host = host(&moved) == host(&p.url);
    let kept = if same_host { p.headers.clone() } else { Vec::new() };
    if let Some(new) = patch.headers.over(None) {
        p.headers = headers(new, &kept)?;
    } else if !same_host && !p.headers.is_empty() {
        return Err(ApiError::invalid("/headers", "notifications.secrets_of_another_host"));
    }
    p.url = moved;
    p.name = patch.name.over_required(p.name, "/name")?;
    p.method = patch.method.over_required(p.method, "/method")?;
    p.body = patch.body.over(Some(p.body)).unwrap_or_default();
    p.success_pointer = patch.success_pointer.over(p.success_pointer);
    p.success_value = patch.success_value.over(p.success_value);
    p.active = patch.active.over_required(p.active, "/active")?;
    let mut p = checked(p)?;
    p.version = store::update(&mut tx, &p).await.on_constraint("message_provider_one_active", second)?;
    finish(tx).await?;
    let version = p.version;
    Ok(Reply::ok(shown(p)?).version(version))
}

fn host(url: &str) -> Option<url::Origin> {
    http_client::check_url(url).ok().map(|url| url.origin())
}

/// Take a gateway away, with its secrets.
#[utoipa::path(delete, path = "/message-providers/{id}", tag = "notifications",
    params(("id" = MessageProviderId, Path)), responses((status = 204)),
    extensions(("x-permission" = json!("scheduling.set_up"))))]
pub async fn delete_message_provider(
    actor: Can<need::SchedulingSetUp>,
    db: Db,
    Path(id): Path<MessageProviderId>,
) -> ApiResult<StatusCode> {
    let mut tx = db.begin(&actor).await?;
    if !store::delete(&mut tx, id.uuid()).await? {
        return Err(ApiError::not_found());
    }
    finish(tx).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Send a message through a gateway to see whether it works.
#[utoipa::path(post, path = "/message-providers/{id}/test", tag = "notifications", request_body = TestMessage,
    params(("id" = MessageProviderId, Path)), responses((status = 200, body = TestOutcome)),
    extensions(("x-permission" = json!("scheduling.set_up"))))]
pub async fn send_test_message(
    actor: Can<need::SchedulingSetUp>,
    db: Db,
    clock: Clock,
    Path(id): Path<MessageProviderId>,
    Body { value: test, .. }: Body<TestMessage>,
) -> ApiResult<Reply<TestOutcome>> {
    let to = text::required_line(&test.to, "/to", 60)?;
    let to = Phone::parse(&to, &actor.facts.country).map_err(|e| ApiError::invalid("/to", e.code()))?;
    let mut tx = db.begin(&actor).await?;
    let provider = store::hold(&mut tx, id.uuid()).await?.ok_or_else(ApiError::not_found)?;
    let what = serde_json::json!({ "to": to.as_e164() });
    tx.audit("test", "message_provider", Some(id.uuid()), None, Some(what), None).await?;
    tx.commit().await?;
    let words = "DentPro: رسالة تجربة · a test";
    let message = Message { id: clock.new_id::<Uuid>(), to: to.as_e164(), text: words };
    Ok(Reply::ok(match provider.send(message).await {
        Outcome::Sent => TestOutcome { sent: true, error: None },
        Outcome::Later(told) | Outcome::Refused(told) | Outcome::Unknown(told) => {
            TestOutcome { sent: false, error: Some(told) }
        }
    }))
}
