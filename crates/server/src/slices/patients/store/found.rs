//! Finding patients: the list, the search and what looks like a duplicate.

use dentpro_core::ids::{InvoiceId, PatientId};
use dentpro_core::text::SearchTerm;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;
use sqlx::types::Json;
use uuid::Uuid;

use super::super::api::{PatientStatus, PhoneEntry, Sex};
use crate::kernel::db::Tx;

/// A hit and how good it is; lower is better.
#[derive(Clone, Copy, Debug)]
pub struct Hit {
    pub id: Uuid,
    pub rank: i32,
}

/// Patients by the age of their registration, the newest first.
pub async fn newest(
    tx: &mut Tx,
    status: PatientStatus,
    before: Option<(Timestamp, Uuid)>,
    limit: i64,
) -> sqlx::Result<Vec<(Uuid, Timestamp)>> {
    let clinic = tx.clinic();
    let (before_at, before_id) = before.unzip();
    let rows = sqlx::query!(
        "select id, created_at
        from patient
        where clinic_id = $1 and status = $2 and ($3::timestamptz is null or (created_at, id) < ($3, $4))
        order by created_at desc, id desc
        limit $5",
        clinic,
        status as PatientStatus,
        before_at.map(|t| t.to_sqlx()) as _,
        before_id,
        limit
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|r| (r.id, r.created_at.to_jiff())).collect())
}

/// Patients that match every term, the best first.
pub async fn search(
    tx: &mut Tx,
    terms: &[SearchTerm],
    after: Option<(i32, Uuid)>,
    limit: i64,
) -> sqlx::Result<Vec<Hit>> {
    let clinic = tx.clinic();
    let folded: Vec<String> = terms.iter().map(|t| t.folded.clone()).collect();
    let keys: Vec<String> = terms.iter().map(|t| t.key.clone().unwrap_or_default()).collect();
    let (after_rank, after_id) = after.unzip();
    sqlx::query_as!(
        Hit,
        r#"select id as "id!", rank as "rank!" from patient_search($1, $2, $3, $4, $5, $6)"#,
        clinic,
        &folded,
        &keys,
        i32::try_from(limit).unwrap_or(i32::MAX),
        after_rank,
        after_id
    )
    .fetch_all(&mut **tx)
    .await
}

/// Patients whose stored text resembles what was typed.
pub async fn similar(tx: &mut Tx, folded: &str, limit: i64) -> sqlx::Result<Vec<Uuid>> {
    let clinic = tx.clinic();
    sqlx::query_scalar!(
        r#"select id as "id!" from patient_search_similar($1, $2, $3)"#,
        clinic,
        folded,
        i32::try_from(limit).unwrap_or(i32::MAX)
    )
    .fetch_all(&mut **tx)
    .await
}

/// A patient as a list shows it.
#[derive(Debug)]
pub struct Row {
    pub id: PatientId,
    pub file_number: String,
    pub name_ar: String,
    pub name_en: String,
    pub birth_date: Option<Date>,
    pub sex: Sex,
    pub phone: Option<String>,
    pub status: PatientStatus,
    pub has_alerts: bool,
    pub last_visit_on: Option<Date>,
    pub next_appointment_at: Option<Timestamp>,
    pub balance: Option<i64>,
}

/// The rows of a list, in the order of the ids.
pub async fn rows(tx: &mut Tx, ids: &[Uuid], with_balance: bool, now: Timestamp) -> sqlx::Result<Vec<Row>> {
    let clinic = tx.clinic();
    let rows = sqlx::query!(
        r#"select
            p.id as "id: PatientId",
            p.file_number,
            p.name_ar,
            p.name_en,
            p.birth_date,
            p.sex as "sex: Sex",
            p.phones -> 0 ->> 'number' as phone,
            p.status as "status: PatientStatus",
            (
                p.pregnancy = 'yes'
                or exists (select from patient_allergy a
                    where a.clinic_id = $1 and a.patient_id = p.id and a.status = 'active')
                or exists (select from patient_condition c
                    where c.clinic_id = $1 and c.patient_id = p.id and c.status = 'active' and c.alert <> 'none')
                or exists (select from patient_medication m
                    where m.clinic_id = $1 and m.patient_id = p.id and m.status = 'active')
            ) as "has_alerts!",
            (
                select max(v.local_date) from visit v
                where v.clinic_id = $1 and v.patient_id = p.id and v.status <> 'entered_in_error'
            ) as last_visit_on,
            (
                select a.starts_at from appointment a
                where a.clinic_id = $1 and a.patient_id = p.id and a.starts_at > $4
                    and a.status in ('scheduled', 'confirmed')
                order by a.starts_at
                limit 1
            ) as next_appointment_at,
            case when $3 then (
                select coalesce(sum(l.amount), 0)::bigint from ledger_entry l
                where l.clinic_id = $1 and l.patient_id = p.id
            ) end as balance
        from unnest($2::uuid[]) with ordinality as wanted (id, place)
        join patient p on p.clinic_id = $1 and p.id = wanted.id
        order by wanted.place"#,
        clinic,
        ids,
        with_balance,
        now.to_sqlx() as _
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| Row {
            id: r.id,
            file_number: r.file_number,
            name_ar: r.name_ar,
            name_en: r.name_en,
            birth_date: r.birth_date.map(|d| d.to_jiff()),
            sex: r.sex,
            phone: r.phone,
            status: r.status,
            has_alerts: r.has_alerts,
            last_visit_on: r.last_visit_on.map(|d| d.to_jiff()),
            next_appointment_at: r.next_appointment_at.map(|t| t.to_jiff()),
            balance: r.balance,
        })
        .collect())
}

/// What a probable duplicate is judged by.
#[derive(Debug)]
pub struct Candidate {
    pub id: PatientId,
    pub file_number: String,
    pub name_ar: String,
    pub name_en: String,
    pub birth_date: Option<Date>,
    pub phones: Vec<PhoneEntry>,
    pub national_id: Option<String>,
}

/// What duplicates are looked for by; what there is not is empty.
#[derive(Clone, Debug, Default)]
pub struct Traits {
    pub national_id: Option<String>,
    /// E.164 without the plus.
    pub phone_digits: Option<String>,
    /// A name a script.
    pub names: [Vec<SearchTerm>; 2],
    /// The whole name folded, for names spelled a little differently.
    pub folded: Vec<String>,
}

/// Patients who share a number or most of a name, as candidates for the rule.
pub async fn candidates(tx: &mut Tx, traits: &Traits) -> sqlx::Result<Vec<Candidate>> {
    let clinic = tx.clinic();
    let words = |terms: &[SearchTerm]| terms.iter().map(|t| t.folded.clone()).collect::<Vec<_>>();
    let keys =
        |terms: &[SearchTerm]| terms.iter().map(|t| t.key.clone().unwrap_or_default()).collect::<Vec<_>>();
    let rows = sqlx::query!(
        r#"with found as (
            select p.id from patient p where p.clinic_id = $1 and p.national_id = $2
            union
            select id from patient_search($1, array_remove(array[$3::text], null), '{}'::text[], 20)
            union
            select id from patient_search($1, $4, $5, 20)
            union
            select id from patient_search($1, $6, $7, 20)
            union
            select s.id from unnest($8::text[]) as name
            cross join lateral patient_search_similar($1, name, 20) as s
        )
        select
            p.id as "id: PatientId",
            p.file_number,
            p.name_ar,
            p.name_en,
            p.birth_date,
            p.phones as "phones: Json<Vec<PhoneEntry>>",
            p.national_id
        from found f
        join patient p on p.clinic_id = $1 and p.id = f.id
        limit 100"#,
        clinic,
        traits.national_id,
        traits.phone_digits,
        &words(&traits.names[0]),
        &keys(&traits.names[0]),
        &words(&traits.names[1]),
        &keys(&traits.names[1]),
        &traits.folded
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| Candidate {
            id: r.id,
            file_number: r.file_number,
            name_ar: r.name_ar,
            name_en: r.name_en,
            birth_date: r.birth_date.map(|d| d.to_jiff()),
            phones: r.phones.0,
            national_id: r.national_id,
        })
        .collect())
}

/// An invoice found by its number.
#[derive(Debug)]
pub struct InvoiceHit {
    pub id: InvoiceId,
    pub number: String,
    pub name_ar: String,
    pub name_en: String,
}

/// Invoices whose number begins as typed, or is the given one of a year in any branch.
pub async fn invoices(
    tx: &mut Tx,
    beginning: Option<&str>,
    counted: Option<&str>,
    years: &[i32],
) -> sqlx::Result<Vec<InvoiceHit>> {
    let clinic = tx.clinic();
    // A range and not LIKE: behind the policy only leakproof operators reach the index. '~' sorts after every
    // character of a number.
    sqlx::query_as!(
        InvoiceHit,
        r#"select
            i.id as "id!: InvoiceId",
            i.number as "number!",
            p.name_ar as "name_ar!",
            p.name_en as "name_en!"
        from (
            (
                select id, number, patient_id from invoice
                where clinic_id = $1 and number >= $2 and number < $2 || '~'
                order by number desc
                limit 5
            )
            union
            (
                select id, number, patient_id from invoice
                where clinic_id = $1 and number = any(array(
                    select 'INV-' || case when b.number_prefix = '' then '' else b.number_prefix || '-' end || y || '-' || $3
                    from branch b, unnest($4::int[]) as y
                    where b.clinic_id = $1
                ))
                limit 5
            )
        ) i
        join patient p on p.clinic_id = $1 and p.id = i.patient_id
        order by i.number desc
        limit 5"#,
        clinic,
        beginning,
        counted,
        years
    )
    .fetch_all(&mut **tx)
    .await
}
