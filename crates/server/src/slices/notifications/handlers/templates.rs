//! The words of the messages.

use axum::http::StatusCode;
use dentpro_core::permissions::need;
use dentpro_core::reminders::{Channel, Field, Purpose, Template, Values};

use super::finish;
use crate::kernel::actor::Can;
use crate::kernel::clock::Clock;
use crate::kernel::db::{Db, Tx};
use crate::kernel::error::{ApiError, ApiResult};
use crate::kernel::extract::{Body, IfMatch, Path};
use crate::kernel::paging::Page;
use crate::kernel::reply::Reply;
use crate::kernel::text;
use crate::slices::notifications::api::{MessagePreview, MessageTemplate, NewMessageTemplate};
use crate::slices::notifications::store::settings as store;
use crate::slices::notifications::wording::{self, Language, Words};

const SUBJECT: usize = 200;
const TEXT: usize = 4000;

/// Reads words, refusing what no patient could be sent.
fn read(new: &NewMessageTemplate, channel: Option<Channel>) -> ApiResult<Words> {
    let words = Words {
        subject_ar: text::line(&new.subject_ar, "/subject_ar", SUBJECT)?,
        subject_en: text::line(&new.subject_en, "/subject_en", SUBJECT)?,
        text_ar: text::paragraphs(&new.text_ar, "/text_ar", TEXT)?,
        text_en: text::paragraphs(&new.text_en, "/text_en", TEXT)?,
    };
    let parts = [
        ("/subject_ar", &words.subject_ar, channel == Some(Channel::Mail)),
        ("/subject_en", &words.subject_en, channel == Some(Channel::Mail)),
        ("/text_ar", &words.text_ar, true),
        ("/text_en", &words.text_en, true),
    ];
    for (pointer, part, needed) in parts {
        if needed && part.trim().is_empty() {
            return Err(ApiError::invalid(pointer, "request.required"));
        }
        Template::parse(part).map_err(|e| {
            let error = ApiError::invalid(pointer, e.code());
            match e {
                dentpro_core::reminders::TemplateError::UnknownField(name) => {
                    error.with("field", name.into())
                }
                dentpro_core::reminders::TemplateError::LoneBrace => error,
            }
        })?;
    }
    Ok(words)
}

fn known(purpose: &str, channel: &str) -> ApiResult<(Purpose, Channel)> {
    match (purpose.parse(), channel.parse()) {
        (Ok(purpose), Ok(channel)) => Ok((purpose, channel)),
        _ => Err(ApiError::not_found()),
    }
}

async fn shown(tx: &mut Tx, purpose: Purpose, channel: Channel) -> ApiResult<MessageTemplate> {
    let (words, version) = store::template(tx, purpose, channel).await?;
    Ok(MessageTemplate {
        purpose,
        channel,
        subject_ar: words.subject_ar,
        subject_en: words.subject_en,
        text_ar: words.text_ar,
        text_en: words.text_en,
        changed: version > 0,
        version,
    })
}

/// The words of every purpose over every channel.
#[utoipa::path(get, path = "/message-templates", tag = "notifications",
    responses((status = 200, body = Page<MessageTemplate>)),
    extensions(("x-permission" = json!("scheduling.set_up"))))]
pub async fn list_message_templates(
    actor: Can<need::SchedulingSetUp>,
    db: Db,
) -> ApiResult<Reply<Page<MessageTemplate>>> {
    let mut tx = db.begin(&actor).await?;
    let mut items = Vec::new();
    for purpose in Purpose::ALL {
        for channel in Channel::ALL {
            items.push(shown(&mut tx, *purpose, *channel).await?);
        }
    }
    Ok(Reply::ok(Page::whole(items)))
}

/// Keep the clinic's own words, on top of a version: 0 where it had none.
#[utoipa::path(put, path = "/message-templates/{purpose}/{channel}", tag = "notifications",
    request_body = NewMessageTemplate, params(("purpose" = String, Path), ("channel" = String, Path)),
    responses((status = 200, body = MessageTemplate)),
    extensions(("x-permission" = json!("scheduling.set_up"))))]
pub async fn put_message_template(
    actor: Can<need::SchedulingSetUp>,
    db: Db,
    clock: Clock,
    Path((purpose, channel)): Path<(String, String)>,
    IfMatch(version): IfMatch,
    Body { value: new, .. }: Body<NewMessageTemplate>,
) -> ApiResult<Reply<MessageTemplate>> {
    let (purpose, channel) = known(&purpose, &channel)?;
    let words = read(&new, Some(channel))?;
    let mut tx = db.begin(&actor).await?;
    store::put_template(&mut tx, clock.new_id(), purpose, channel, &words, version)
        .await?
        .ok_or_else(ApiError::stale)?;
    let kept = shown(&mut tx, purpose, channel).await?;
    finish(tx).await?;
    let version = kept.version;
    Ok(Reply::ok(kept).version(version))
}

/// Go back to the words that ship with the product.
#[utoipa::path(delete, path = "/message-templates/{purpose}/{channel}", tag = "notifications",
    params(("purpose" = String, Path), ("channel" = String, Path)), responses((status = 204)),
    extensions(("x-permission" = json!("scheduling.set_up"))))]
pub async fn reset_message_template(
    actor: Can<need::SchedulingSetUp>,
    db: Db,
    Path((purpose, channel)): Path<(String, String)>,
) -> ApiResult<StatusCode> {
    let (purpose, channel) = known(&purpose, &channel)?;
    let mut tx = db.begin(&actor).await?;
    if !store::delete_template(&mut tx, purpose, channel).await? {
        return Err(ApiError::not_found());
    }
    finish(tx).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Words as a made-up patient would read them, in both languages.
#[utoipa::path(post, path = "/message-templates/preview", tag = "notifications", request_body = NewMessageTemplate,
    responses((status = 200, body = MessagePreview)), extensions(("x-permission" = json!("scheduling.set_up"))))]
pub async fn preview_message_template(
    actor: Can<need::SchedulingSetUp>,
    db: Db,
    clock: Clock,
    Body { value: new, .. }: Body<NewMessageTemplate>,
) -> ApiResult<Reply<MessagePreview>> {
    let words = read(&new, None)?;
    let mut tx = db.begin(&actor).await?;
    let sample = crate::slices::notifications::store::facts::sample(&mut tx, clock.now()).await?;
    let write = |language| {
        let mut values: Values = wording::values(&sample, language, None);
        values.insert(Field::Link, "https://…/c/…".to_owned());
        wording::write(&words, language, &values).map_err(|e| ApiError::internal(Box::new(e)))
    };
    let ((subject_ar, text_ar), (subject_en, text_en)) =
        (write(Language::Arabic)?, write(Language::English)?);
    Ok(Reply::ok(MessagePreview { subject_ar, subject_en, text_ar, text_en }))
}
