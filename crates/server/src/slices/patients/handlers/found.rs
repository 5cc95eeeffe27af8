//! The list of patients, probable duplicates and the search over everything.

use axum::http::HeaderMap;
use dentpro_core::billing::file_number;
use dentpro_core::ids::PatientId;
use dentpro_core::national_id;
use dentpro_core::patients::{Person, WORTH_A_WARNING, likeness};
use dentpro_core::permissions::{Permission, need};
use dentpro_core::phone::Phone;
use dentpro_core::text::{SearchTerm, ascii_digits, fold, search_terms};
use jiff::Timestamp;
use uuid::Uuid;

use super::super::api::{
    Duplicate, DuplicateQuery, PatientItem, PatientQuery, PatientStatus, SearchHit, SearchHitKind,
    SearchQuery,
};
use super::super::checked::{NAME, read_date};
use super::super::store::found::{self as store, Candidate, Hit, Row, Traits};
use super::{age, instant, money};
use crate::kernel::actor::{Actor, Can, SignedIn};
use crate::kernel::clock::Clock;
use crate::kernel::db::{Db, Tx};
use crate::kernel::error::{ApiResult, Language};
use crate::kernel::extract::Query;
use crate::kernel::paging::{self, Page};
use crate::kernel::reply::Reply;
use crate::kernel::text;

/// Fewer hits than these are filled up with names that are spelled alike.
const TOO_FEW: usize = 3;
/// The rank of what is only spelled alike: after everything that matches.
const SIMILAR_RANK: i32 = 9;
/// Letters a search has at most.
const QUERY: usize = 200;
/// Duplicates shown at most.
const DUPLICATES: usize = 10;

/// Find patients, the best first; without a search the newest first.
#[utoipa::path(get, path = "/patients", tag = "patients", params(PatientQuery),
    responses((status = 200, body = Page<PatientItem>)), extensions(("x-permission" = json!("patients.read"))))]
pub async fn list_patients(
    actor: Can<need::PatientsRead>,
    db: Db,
    clock: Clock,
    Query(query): Query<PatientQuery>,
) -> ApiResult<Reply<Page<PatientItem>>> {
    let limit = paging::limit(query.limit)?;
    let cursor = query.cursor.as_deref();
    let asked = text::line(query.q.as_deref().unwrap_or_default(), "q", QUERY)?;
    let mut tx = db.begin(&actor).await?;
    let ids = if asked.is_empty() {
        let status = query.status.unwrap_or(PatientStatus::Active);
        let before = paging::read_cursor::<(Timestamp, Uuid)>(cursor)?;
        let found = store::newest(&mut tx, status, before, limit + 1).await?;
        Page::of(found, limit, |(id, at)| (*at, *id)).map(|(id, _)| id)
    } else {
        let found = search(&mut tx, &asked, paging::read_cursor(cursor)?, limit + 1).await?;
        Page::of(found, limit, |hit| (hit.rank, hit.id)).map(|hit| hit.id)
    };
    let rows = store::rows(&mut tx, &ids.items, actor.may(Permission::BillingRead), clock.now()).await?;
    let items = rows.into_iter().map(|row| item(&actor, &clock, row)).collect::<ApiResult<_>>()?;
    Ok(Reply::ok(Page { items, next_cursor: ids.next_cursor }))
}

/// What matches every term, filled up with what is spelled alike when that is little.
async fn search(tx: &mut Tx, asked: &str, after: Option<(i32, Uuid)>, limit: i64) -> ApiResult<Vec<Hit>> {
    let terms = search_terms(asked);
    if terms.is_empty() || after.is_some_and(|(rank, _)| rank >= SIMILAR_RANK) {
        return Ok(Vec::new());
    }
    let mut hits = store::search(tx, &terms, after, limit).await?;
    if hits.len() < TOO_FEW && after.is_none() {
        let name = misspellable(&terms);
        if name.chars().count() > 3 {
            let alike = store::similar(tx, &name, 8).await?;
            let known: Vec<Uuid> = hits.iter().map(|hit| hit.id).collect();
            let more =
                alike.into_iter().filter(|id| !known.contains(id)).map(|id| Hit { id, rank: SIMILAR_RANK });
            hits.extend(more.take(usize::try_from(limit).unwrap_or(0)));
        }
    }
    Ok(hits)
}

/// The terms that are words; a mistyped number looks like every other number.
fn misspellable(terms: &[SearchTerm]) -> String {
    let words = terms.iter().filter(|t| !t.folded.starts_with(|c: char| c.is_ascii_digit()));
    words.map(|t| t.folded.as_str()).collect::<Vec<_>>().join(" ")
}

fn item(actor: &Actor, clock: &Clock, row: Row) -> ApiResult<PatientItem> {
    Ok(PatientItem {
        id: row.id,
        file_number: row.file_number,
        name_ar: row.name_ar,
        name_en: row.name_en,
        birth_date: row.birth_date,
        age_years: age(row.birth_date, clock.today(&actor.facts.time_zone)),
        sex: row.sex,
        phone: row.phone,
        status: row.status,
        has_alerts: row.has_alerts,
        last_visit_on: row.last_visit_on,
        next_appointment_at: row.next_appointment_at.map(|at| instant(actor, at)),
        balance: row.balance.map(|minor| money(actor, minor)).transpose()?,
    })
}

/// Patients who are probably the one about to be registered, the likeliest first.
#[utoipa::path(get, path = "/patients/duplicates", tag = "patients", params(DuplicateQuery),
    responses((status = 200, body = Page<Duplicate>)), extensions(("x-permission" = json!("patients.read"))))]
pub async fn list_duplicates(
    actor: Can<need::PatientsRead>,
    db: Db,
    Query(query): Query<DuplicateQuery>,
) -> ApiResult<Reply<Page<Duplicate>>> {
    let name_ar = text::line(query.name_ar.as_deref().unwrap_or_default(), "name_ar", NAME)?;
    let name_en = text::line(query.name_en.as_deref().unwrap_or_default(), "name_en", NAME)?;
    let birth_date =
        query.birth_date.as_deref().filter(|d| !d.is_empty()).map(|d| read_date(d, "birth_date"));
    // Numbers are still being typed: what is not one yet is left out.
    let country = actor.facts.country.as_str();
    let national_id =
        query.national_id.and_then(|id| national_id::check(country, &id).ok()).map(|id| id.normalized);
    let phone = query.phone.and_then(|typed| Phone::parse(&typed, country).ok());
    let phones: Vec<String> = phone.iter().map(|p| p.as_e164().to_owned()).collect();
    let person = Person {
        name_ar: &name_ar,
        name_en: &name_en,
        birth_date: birth_date.transpose()?,
        phones: &phones,
        national_id: national_id.as_deref(),
    };
    let mut tx = db.begin(&actor).await?;
    let traits = Traits {
        national_id: national_id.clone(),
        phone_digits: phone.map(|p| p.international_digits().to_owned()),
        names: [search_terms(&name_ar), search_terms(&name_en)],
        folded: [fold(&name_ar), fold(&name_en)].into_iter().filter(|n| n.chars().count() > 3).collect(),
    };
    let candidates = store::candidates(&mut tx, &traits).await?;
    Ok(Reply::ok(Page::whole(likely(&person, candidates, query.exclude_id))))
}

fn likely(person: &Person<'_>, candidates: Vec<Candidate>, exclude: Option<PatientId>) -> Vec<Duplicate> {
    let mut found: Vec<Duplicate> = candidates
        .into_iter()
        .filter(|candidate| Some(candidate.id) != exclude)
        .filter_map(|candidate| {
            let phones: Vec<String> = candidate.phones.iter().map(|p| p.number.clone()).collect();
            let other = Person {
                name_ar: &candidate.name_ar,
                name_en: &candidate.name_en,
                birth_date: candidate.birth_date,
                phones: &phones,
                national_id: candidate.national_id.as_deref(),
            };
            let (score, reasons) = likeness(person, &other);
            (score >= WORTH_A_WARNING).then(|| Duplicate {
                id: candidate.id,
                file_number: candidate.file_number,
                name_ar: candidate.name_ar,
                name_en: candidate.name_en,
                birth_date: candidate.birth_date,
                phone: phones.first().cloned(),
                score,
                reasons,
            })
        })
        .collect();
    found.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.file_number.cmp(&b.file_number)));
    found.truncate(DUPLICATES);
    found
}

/// Search everything the reader may see: patients, and invoices by number.
#[utoipa::path(get, path = "/search", tag = "patients", params(SearchQuery),
    responses((status = 200, body = Page<SearchHit>)), extensions(("x-permission" = json!("signed_in"))))]
pub async fn search_everything(
    actor: SignedIn,
    db: Db,
    clock: Clock,
    headers: HeaderMap,
    Query(query): Query<SearchQuery>,
) -> ApiResult<Reply<Page<SearchHit>>> {
    let asked = text::line(query.q.as_deref().unwrap_or_default(), "q", QUERY)?;
    let language = Language::of(&headers);
    let mut items = Vec::new();
    if asked.is_empty() {
        return Ok(Reply::ok(Page::whole(items)));
    }
    let mut tx = db.begin(&actor).await?;
    if actor.may(Permission::PatientsRead) {
        let hits = search(&mut tx, &asked, None, 8).await?;
        let ids: Vec<Uuid> = hits.iter().map(|hit| hit.id).collect();
        let rows = store::rows(&mut tx, &ids, false, clock.now()).await?;
        items.extend(rows.into_iter().map(|row| patient_hit(&actor, language, row)));
    }
    if actor.may(Permission::BillingRead) {
        items.extend(invoice_hits(&mut tx, &actor, &clock, language, &asked).await?);
    }
    Ok(Reply::ok(Page::whole(items)))
}

fn in_language(language: Language, name_ar: String, name_en: String) -> String {
    let (first, second) = if language == Language::Arabic { (name_ar, name_en) } else { (name_en, name_ar) };
    if first.is_empty() { second } else { first }
}

fn patient_hit(actor: &Actor, language: Language, row: Row) -> SearchHit {
    let phone = row.phone.as_deref().and_then(|number| Phone::from_e164(number).ok());
    let phone = phone.map(|p| format!(" · {}", p.shown_in(&actor.facts.country))).unwrap_or_default();
    SearchHit {
        kind: SearchHitKind::Patient,
        id: row.id.uuid(),
        title: in_language(language, row.name_ar, row.name_en),
        subtitle: Some(format!("{}{phone}", row.file_number)),
        url: format!("/patients/{}", row.id),
    }
}

async fn invoice_hits(
    tx: &mut Tx,
    actor: &Actor,
    clock: &Clock,
    language: Language,
    asked: &str,
) -> ApiResult<Vec<SearchHit>> {
    let typed = ascii_digits(asked).to_ascii_uppercase();
    let beginning = typed.starts_with("INV").then_some(typed.as_str());
    let counted = typed.parse::<u64>().ok().filter(|_| typed.len() <= 9).map(file_number);
    if beginning.is_none() && counted.is_none() {
        return Ok(Vec::new());
    }
    let year = i32::from(clock.today(&actor.facts.time_zone).year());
    let found = store::invoices(tx, beginning, counted.as_deref(), &[year, year - 1, year - 2]).await?;
    Ok(found
        .into_iter()
        .map(|invoice| SearchHit {
            kind: SearchHitKind::Invoice,
            id: invoice.id.uuid(),
            title: invoice.number,
            subtitle: Some(in_language(language, invoice.name_ar, invoice.name_en)),
            url: format!("/invoices/{}", invoice.id),
        })
        .collect())
}
