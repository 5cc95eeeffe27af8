//! The operations of the activity log.

use axum::http::HeaderMap;
use dentpro_core::permissions::need;
use dentpro_core::time::{local_day_bounds, parse_date, rfc3339_in};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::api::{AuditActor, AuditChain, AuditEntry, AuditQuery, Verified};
use super::store::{self, ChainRow, EntryRow, Filter};
use crate::kernel::actor::{Can, SYSTEM_ACCOUNT};
use crate::kernel::audit_heads::HeadsFile;
use crate::kernel::audit_seal;
use crate::kernel::db::Db;
use crate::kernel::error::{ApiError, ApiResult, Language};
use crate::kernel::extract::Query;
use crate::kernel::paging::{self, Page};
use crate::kernel::reply::Reply;
use crate::kernel::text;

/// Who did what and when, the newest first.
#[utoipa::path(get, path = "/audit", tag = "audit", params(AuditQuery),
    responses((status = 200, body = Page<AuditEntry>)), extensions(("x-permission" = json!("audit.read"))))]
pub async fn list_audit_entries(
    actor: Can<need::AuditRead>,
    db: Db,
    headers: HeaderMap,
    Query(query): Query<AuditQuery>,
) -> ApiResult<Reply<Page<AuditEntry>>> {
    let zone = &actor.facts.time_zone;
    let limit = paging::limit(query.limit)?;
    let filter = read_filter(query, limit, zone)?;
    let mut tx = db.begin(&actor).await?;
    let rows = store::entries(&mut tx, &filter).await?;
    let language = Language::of(&headers);
    Ok(Reply::ok(Page::of(rows, limit, |row| row.id).map(|row| entry(row, zone, language))))
}

fn read_filter(query: AuditQuery, limit: i64, zone: &TimeZone) -> ApiResult<Filter> {
    let word = |typed: Option<String>, pointer: &str| typed.map(|t| text::line(&t, pointer, 60)).transpose();
    Ok(Filter {
        entity: word(query.entity, "entity")?.filter(|e| !e.is_empty()),
        entity_id: query.entity_id,
        patient_id: query.patient_id,
        actor_id: query.actor_id,
        action: word(query.action, "action")?.filter(|a| !a.is_empty()),
        from: query.from.map(|t| moment(&t, "from", zone).map(|(start, _)| start)).transpose()?,
        to: query.to.map(|t| moment(&t, "to", zone).map(|(_, end)| end)).transpose()?,
        before_id: paging::read_cursor(query.cursor.as_deref())?,
        limit,
    })
}

/// A date of the clinic's zone as its first instant and that of the next day, or an instant as itself.
fn moment(typed: &str, pointer: &str, zone: &TimeZone) -> ApiResult<(Timestamp, Timestamp)> {
    if let Ok(date) = parse_date(typed) {
        return Ok(local_day_bounds(date, zone));
    }
    let instant: Timestamp = typed.parse().map_err(|_| ApiError::invalid(pointer, "audit.time_invalid"))?;
    dentpro_core::time::sane_date(instant.to_zoned(zone.clone()).date())
        .map_err(|_| ApiError::invalid(pointer, "audit.time_invalid"))?;
    Ok((instant, instant))
}

fn entry(row: EntryRow, zone: &TimeZone, language: Language) -> AuditEntry {
    let address = row.after.as_ref().and_then(|a| a.get("address")).and_then(Value::as_str);
    // Patients and branches have addresses of another kind.
    let is_network = matches!(row.entity.as_str(), "account" | "session");
    let name = |ar: &Option<String>, en: &Option<String>| {
        let filled = |s: &Option<String>| s.clone().filter(|s| !s.is_empty());
        match language {
            Language::Arabic => filled(ar).or_else(|| filled(en)),
            Language::English => filled(en).or_else(|| filled(ar)),
        }
    };
    AuditEntry {
        id: row.id.to_string(),
        seq: row.seq,
        at: rfc3339_in(row.at.to_jiff(), zone),
        actor: (row.actor_id != SYSTEM_ACCOUNT.uuid()).then(|| AuditActor {
            id: row.actor_id,
            name_ar: row.actor_name_ar.unwrap_or_default(),
            name_en: row.actor_name_en.unwrap_or_default(),
        }),
        label: name(&row.label_ar, &row.label_en),
        label_ar: row.label_ar,
        label_en: row.label_en,
        address: address.filter(|_| is_network).map(str::to_owned),
        action: row.action,
        entity: row.entity,
        entity_id: row.entity_id,
        patient_id: row.patient_id,
        before: row.before,
        after: row.after,
        reason: row.reason,
        request_id: row.request_id,
        sealed: row.seq.is_some(),
    }
}

fn chain(row: ChainRow, zone: &TimeZone) -> AuditChain {
    let at = |t: jiff_sqlx::Timestamp| rfc3339_in(t.to_jiff(), zone);
    let verified = row.verified_at.zip(row.verified).map(|(when, found)| Verified {
        at: at(when),
        ok: found["ok"].as_bool().unwrap_or(false),
        first_bad_seq: found["first_bad_seq"].as_i64(),
        first_bad_entry: found["first_bad_entry"].as_i64().map(|id| id.to_string()),
        problem: found["problem"].as_str().map(str::to_owned),
    });
    AuditChain {
        length: row.sealed + row.unsealed,
        sealed: row.sealed,
        unsealed: row.unsealed,
        head: row.head.map(hex::encode),
        last_sealed_at: row.last_sealed_at.map(at),
        verified,
    }
}

/// How the chain of the log stands, and what its last verification found.
#[utoipa::path(get, path = "/audit/chain", tag = "audit", responses((status = 200, body = AuditChain)),
    extensions(("x-permission" = json!("audit.read"))))]
pub async fn show_audit_chain(actor: Can<need::AuditRead>, db: Db) -> ApiResult<Reply<AuditChain>> {
    let mut tx = db.begin(&actor).await?;
    Ok(Reply::ok(chain(store::chain(&mut tx).await?, &actor.facts.time_zone)))
}

/// Verify the chain now, in itself and against its heads that are kept outside the database: the first entry that
/// was changed, removed, inserted or moved is named. The verification is itself an entry.
#[utoipa::path(post, path = "/audit/verify", tag = "audit", responses((status = 200, body = AuditChain)),
    extensions(("x-permission" = json!("audit.read"))))]
pub async fn verify_audit_chain(
    actor: Can<need::AuditRead>,
    db: Db,
    heads: HeadsFile,
) -> ApiResult<Reply<AuditChain>> {
    audit_seal::seal_all(&db).await?;
    let found = audit_seal::verify(&db, &heads, actor.clinic.uuid()).await;
    let found = found.map_err(|e| ApiError::internal(e.into()))?;
    let outcome = match found {
        None => json!({ "ok": true }),
        Some(bad) => {
            json!({ "ok": false, "first_bad_seq": bad.seq, "first_bad_entry": bad.entry, "problem": bad.problem })
        }
    };
    let mut tx = db.begin(&actor).await?;
    tx.audit("verify", "audit_chain", None, None, Some(outcome), None).await?;
    let row = store::chain(&mut tx).await?;
    tx.commit().await?;
    Ok(Reply::ok(chain(row, &actor.facts.time_zone)))
}
