//! All SQL of the activity log: it only reads.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde_json::Value;
use uuid::Uuid;

use crate::kernel::db::Tx;

/// Which entries.
#[derive(Debug, Default)]
pub struct Filter {
    pub entity: Option<String>,
    pub entity_id: Option<Uuid>,
    pub patient_id: Option<Uuid>,
    pub actor_id: Option<Uuid>,
    pub action: Option<String>,
    pub from: Option<Timestamp>,
    pub to: Option<Timestamp>,
    pub before_id: Option<i64>,
    pub limit: i64,
}

/// An entry with the names of who and what.
#[derive(Debug)]
pub struct EntryRow {
    pub id: i64,
    pub seq: Option<i64>,
    pub at: jiff_sqlx::Timestamp,
    pub actor_id: Uuid,
    pub actor_name_ar: Option<String>,
    pub actor_name_en: Option<String>,
    pub action: String,
    pub entity: String,
    pub entity_id: Option<Uuid>,
    pub patient_id: Option<Uuid>,
    pub label_ar: Option<String>,
    pub label_en: Option<String>,
    pub before: Option<Value>,
    pub after: Option<Value>,
    pub reason: Option<String>,
    pub request_id: Option<Uuid>,
}

/// How the chain stands.
#[derive(Debug)]
pub struct ChainRow {
    pub sealed: i64,
    pub unsealed: i64,
    pub head: Option<Vec<u8>>,
    pub last_sealed_at: Option<jiff_sqlx::Timestamp>,
    pub verified_at: Option<jiff_sqlx::Timestamp>,
    pub verified: Option<Value>,
}

/// A page of entries, the newest first. What an entry is about is named by the patient it concerns, else by its own
/// row; deleted rows keep their name in `before`.
pub async fn entries(tx: &mut Tx, filter: &Filter) -> sqlx::Result<Vec<EntryRow>> {
    let clinic = tx.clinic();
    sqlx::query_as!(
        EntryRow,
        r#"with page as (
            select e.*
            from audit_entry e
            where e.clinic_id = $1
                and ($2::text is null or e.entity = $2)
                and ($3::uuid is null or e.entity_id = $3)
                and ($4::uuid is null or e.patient_id = $4)
                and ($5::uuid is null or e.actor_id in (
                    select $5 union all select s.account_id from staff s where s.clinic_id = $1 and s.id = $5))
                and ($6::text is null or e.action = $6)
                and ($7::timestamptz is null or e.at >= $7)
                and ($8::timestamptz is null or e.at < $8)
                and ($9::bigint is null or e.id < $9)
            order by e.id desc
            limit $10
        )
        select
            e.id as "id!",
            seal.seq as "seq?",
            e.at as "at!",
            e.actor_id as "actor_id!",
            coalesce(actor.name_ar, account.name_ar) as actor_name_ar,
            coalesce(actor.name_en, account.name_en) as actor_name_en,
            e.action as "action!",
            e.entity as "entity!",
            e.entity_id,
            e.patient_id,
            coalesce(p.name_ar, staff.name_ar, staff_account.name_ar, role.name_ar, named.name_ar) as label_ar,
            coalesce(p.name_en, staff.name_en, staff_account.name_en, role.name_en, named.name_en) as label_en,
            e.before,
            e.after,
            e.reason,
            e.request_id
        from page e
        left join audit_seal seal on seal.clinic_id = $1 and seal.entry_id = e.id
        left join staff actor on actor.clinic_id = $1 and actor.account_id = e.actor_id
        left join account on account.id = e.actor_id
        left join patient p on p.clinic_id = $1 and p.id = e.patient_id
        left join staff on staff.clinic_id = $1 and staff.id = e.entity_id and e.entity in ('staff', 'staff_role')
        left join staff staff_account on staff_account.clinic_id = $1 and staff_account.account_id = e.entity_id
            and e.entity = 'account'
        left join role on role.clinic_id = $1 and role.id = e.entity_id and e.entity in ('role', 'role_permission')
        left join lateral (
            select coalesce(e.after ->> 'name_ar', e.before ->> 'name_ar', e.after ->> 'number', e.after ->> 'code')
                    as name_ar,
                coalesce(e.after ->> 'name_en', e.before ->> 'name_en', e.after ->> 'number', e.after ->> 'code')
                    as name_en
        ) named on true
        order by e.id desc"#,
        clinic,
        filter.entity,
        filter.entity_id,
        filter.patient_id,
        filter.actor_id,
        filter.action,
        filter.from.map(|t| t.to_sqlx()) as _,
        filter.to.map(|t| t.to_sqlx()) as _,
        filter.before_id,
        filter.limit + 1
    )
    .fetch_all(&mut **tx)
    .await
}

/// How the chain of the clinic stands, and what its last verification found.
pub async fn chain(tx: &mut Tx) -> sqlx::Result<ChainRow> {
    let clinic = tx.clinic();
    sqlx::query_as!(
        ChainRow,
        r#"select
            coalesce(head.seq, 0) as "sealed!",
            (select count(*) from audit_pending where clinic_id = $1) as "unsealed!",
            head.hash as "head?",
            head.sealed_at as "last_sealed_at?",
            verification.at as "verified_at?",
            verification.after as "verified?"
        from (select 1) as one
        left join lateral (
            select seq, hash, sealed_at from audit_seal where clinic_id = $1 order by seq desc limit 1
        ) head on true
        left join lateral (
            select at, after from audit_entry
            where clinic_id = $1 and entity = 'audit_chain' and entity_id is null and action = 'verify'
            order by id desc
            limit 1
        ) verification on true"#,
        clinic
    )
    .fetch_one(&mut **tx)
    .await
}
