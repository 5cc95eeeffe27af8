//! The rows of each list: one statement a page, whatever the history.

use dentpro_core::charting::PlannedWork;
use dentpro_core::worklists::Worklist;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;
use sqlx::types::Json;
use uuid::Uuid;

use crate::kernel::db::Tx;

/// A row of a list, with the patient and the last contact.
#[derive(Debug)]
pub struct ItemRow {
    pub sort_at: jiff_sqlx::Timestamp,
    pub id: Uuid,
    pub patient_id: Uuid,
    pub appointment_id: Option<Uuid>,
    pub waitlist_entry_id: Option<Uuid>,
    pub starts_at: Option<jiff_sqlx::Timestamp>,
    pub minutes: Option<i32>,
    pub type_id: Option<Uuid>,
    pub due_on: Option<jiff_sqlx::Date>,
    pub about_ar: String,
    pub about_en: String,
    /// What is planned on the chart, in the order it was.
    pub planned: Option<Json<Vec<PlannedWork>>>,
    /// Items of the first phase of treatment plans that wait for an appointment.
    pub plan_items: Vec<Uuid>,
    pub reason: Option<String>,
    pub note: Option<String>,
    pub name_ar: String,
    pub name_en: String,
    pub file_number: String,
    pub phone: Option<String>,
    pub preferred_language: Option<String>,
    pub doctor_id: Option<Uuid>,
    pub doctor_name_ar: Option<String>,
    pub doctor_name_en: Option<String>,
    pub attempts: i64,
    pub contact_at: Option<jiff_sqlx::Timestamp>,
    pub contact_channel: Option<String>,
    pub contact_outcome: Option<String>,
    pub contact_note: Option<String>,
    pub contact_again_on: Option<jiff_sqlx::Date>,
}

/// What narrows a list.
#[derive(Clone, Debug)]
pub struct Choice {
    /// All a reader with the scope "own" sees.
    pub only_doctor: Option<Uuid>,
    pub doctor: Option<Uuid>,
    pub branch: Option<Uuid>,
    pub now: Timestamp,
    pub today: Date,
    /// The bounds of tomorrow.
    pub tomorrow: (Timestamp, Timestamp),
    /// Also who is to be called again later.
    pub later: bool,
    pub after: Option<(Timestamp, Uuid)>,
    pub limit: i64,
}

/// Every list is an item query between the same head and tail. Parameters: 1 clinic, 2 only doctor, 3 doctor, 4 branch,
/// 5 now, 6 today, 7 later too, 8 and 9 the last row seen, 10 the limit; a list may add more.
macro_rules! items {
    ($item:tt, $tx:expr, $choice:expr $(, $more:expr)*) => {{
        let (after_at, after_id) = $choice.after.unzip();
        sqlx::query_as!(
            ItemRow,
            r#"with item as ("# + $item + r#")
            select
                i.sort_at as "sort_at!",
                i.id as "id!",
                i.patient_id as "patient_id!",
                i.appointment_id as "appointment_id?",
                i.waitlist_entry_id as "waitlist_entry_id?",
                i.starts_at as "starts_at?",
                i.minutes as "minutes?",
                i.type_id as "type_id?",
                i.due_on as "due_on?: jiff_sqlx::Date",
                i.about_ar as "about_ar!",
                i.about_en as "about_en!",
                i.planned as "planned?: Json<Vec<PlannedWork>>",
                case when i.list = 'planned' then array(
                    select n.id from plan_item n
                    join treatment_plan t on t.clinic_id = n.clinic_id and t.id = n.plan_id
                        and t.status in ('draft', 'presented', 'accepted')
                    where n.clinic_id = $1 and n.patient_id = i.patient_id and n.status in ('proposed', 'accepted')
                        and n.phase = i.phase
                    order by n.position
                    limit 50) else '{}' end as "plan_items!",
                i.reason as "reason?",
                i.note as "note?",
                p.name_ar,
                p.name_en,
                p.file_number,
                coalesce(p.phones -> 0 ->> 'number', g.phones -> 0 ->> 'number') as phone,
                p.preferred_language,
                i.doctor_id as "doctor_id?",
                d.name_ar as "doctor_name_ar?",
                d.name_en as "doctor_name_en?",
                (select count(*) from contact_attempt n
                    where n.clinic_id = $1 and n.patient_id = i.patient_id and n.list = i.list) as "attempts!",
                c.at as "contact_at?",
                c.channel as "contact_channel?",
                c.outcome as "contact_outcome?",
                c.note as "contact_note?",
                c.again_on as "contact_again_on?: jiff_sqlx::Date"
            from item i
            join patient p on p.clinic_id = $1 and p.id = i.patient_id and p.status = 'active'
            left join patient g on g.clinic_id = $1 and g.id = p.guardian_id
            left join staff d on d.clinic_id = $1 and d.id = i.doctor_id
            left join lateral (
                select n.at, n.channel, n.outcome, n.note, n.again_on
                from contact_attempt n
                where n.clinic_id = $1 and n.patient_id = i.patient_id and n.list = i.list
                order by n.at desc
                limit 1
            ) c on true
            where ($2::uuid is null or i.doctor_id = $2)
                and ($3::uuid is null or i.doctor_id = $3)
                and ($4::uuid is null or i.branch_id = $4 or i.branch_id is null)
                and i.sort_at < $5::timestamptz + interval '20 years'
                and ($7 or c.again_on is null or c.again_on <= $6::date)
                and ($8::timestamptz is null or (i.sort_at, i.id) > ($8, $9::uuid))
            order by i.sort_at, i.id
            limit $10"#,
            $tx.clinic(),
            $choice.only_doctor,
            $choice.doctor,
            $choice.branch,
            $choice.now.to_sqlx() as _,
            $choice.today.to_sqlx() as _,
            $choice.later,
            after_at.map(|at| at.to_sqlx()) as _,
            after_id,
            $choice.limit + 1
            $(, $more)*
        )
        .fetch_all(&mut **$tx)
        .await
    }};
}

/// A page of a list; one row more than the limit.
pub async fn items(tx: &mut Tx, list: Worklist, choice: &Choice) -> sqlx::Result<Vec<ItemRow>> {
    match list {
        Worklist::Unscheduled | Worklist::Broken => follow_ups(tx, list, choice).await,
        Worklist::Asap => asap(tx, choice).await,
        Worklist::Planned => planned(tx, choice).await,
        Worklist::RecallDue => recalls(tx, choice).await,
        Worklist::Unconfirmed => unconfirmed(tx, choice).await,
    }
}

async fn follow_ups(tx: &mut Tx, list: Worklist, choice: &Choice) -> sqlx::Result<Vec<ItemRow>> {
    items!(
        r#"select a.starts_at as sort_at, a.id, a.patient_id, a.id as appointment_id, null::uuid as waitlist_entry_id,
                a.starts_at, (extract(epoch from a.ends_at - a.starts_at) / 60)::int as minutes, a.type_id,
                a.doctor_id, a.branch_id, null::date as due_on, coalesce(t.name_ar, a.reason) as about_ar,
                coalesce(t.name_en, a.reason) as about_en, null::jsonb as planned, null::smallint as phase,
                (select e.reason from appointment_event e
                    where e.clinic_id = $1 and e.appointment_id = a.id and e.kind = 'status'
                    order by e.at desc, e.seq desc limit 1) as reason,
                a.note, a.follow_up as list
            from appointment a
            left join appointment_type t on t.clinic_id = $1 and t.id = a.type_id
            where a.clinic_id = $1 and a.follow_up is not null and a.follow_up = $11"#,
        tx,
        choice,
        list.as_str()
    )
}

async fn asap(tx: &mut Tx, choice: &Choice) -> sqlx::Result<Vec<ItemRow>> {
    items!(
        r#"select a.created_at as sort_at, a.id, a.patient_id, a.id as appointment_id, null::uuid as waitlist_entry_id,
                a.starts_at, (extract(epoch from a.ends_at - a.starts_at) / 60)::int as minutes, a.type_id,
                a.doctor_id, a.branch_id, null::date as due_on, coalesce(t.name_ar, '') as about_ar,
                coalesce(t.name_en, '') as about_en, null::jsonb as planned, null::smallint as phase, a.reason, a.note, 'asap' as list
            from appointment a
            left join appointment_type t on t.clinic_id = $1 and t.id = a.type_id
            where a.clinic_id = $1 and a.asap and a.starts_at > $5 and a.status in ('scheduled', 'confirmed')
            union all
            select w.created_at, w.id, w.patient_id, null, w.id, null, w.minutes, w.type_id, w.doctor_id, null, null,
                coalesce(t.name_ar, ''), coalesce(t.name_en, ''), null, null, null, w.note, 'asap'
            from waitlist_entry w
            left join appointment_type t on t.clinic_id = w.clinic_id and t.id = w.type_id
            where w.clinic_id = $1 and w.closed_at is null"#,
        tx,
        choice
    )
}

async fn unconfirmed(tx: &mut Tx, choice: &Choice) -> sqlx::Result<Vec<ItemRow>> {
    items!(
        r#"select a.starts_at as sort_at, a.id, a.patient_id, a.id as appointment_id, null::uuid as waitlist_entry_id,
                a.starts_at, (extract(epoch from a.ends_at - a.starts_at) / 60)::int as minutes, a.type_id,
                a.doctor_id, a.branch_id, null::date as due_on, coalesce(t.name_ar, '') as about_ar,
                coalesce(t.name_en, '') as about_en, null::jsonb as planned, null::smallint as phase, a.reason, a.note, 'unconfirmed' as list
            from appointment a
            left join appointment_type t on t.clinic_id = $1 and t.id = a.type_id
            where a.clinic_id = $1 and a.starts_at >= $11 and a.starts_at < $12
                and a.status = 'scheduled' and a.confirmation <> 'confirmed'"#,
        tx,
        choice,
        choice.tomorrow.0.to_sqlx() as _,
        choice.tomorrow.1.to_sqlx() as _
    )
}

/// Due within two weeks; who is booked is not asked again.
async fn recalls(tx: &mut Tx, choice: &Choice) -> sqlx::Result<Vec<ItemRow>> {
    items!(
        r#"select r.due_on::timestamp at time zone 'UTC' as sort_at, r.id, r.patient_id,
                null::uuid as appointment_id, null::uuid as waitlist_entry_id, null::timestamptz as starts_at,
                t.minutes, t.appointment_type_id as type_id, null::uuid as doctor_id, null::uuid as branch_id,
                r.due_on, t.name_ar as about_ar, t.name_en as about_en, null::jsonb as planned, null::smallint as phase,
                null::text as reason, r.note, 'recall_due' as list
            from patient_recall r
            join recall_type t on t.clinic_id = r.clinic_id and t.id = r.recall_type_id and t.active
            where r.clinic_id = $1 and r.stopped_reason is null and r.due_on <= $6::date + 14
                and not exists (
                    select from appointment b
                    where b.clinic_id = $1 and b.patient_id = r.patient_id and b.starts_at > $5
                        and b.status not in ('cancelled', 'no_show', 'rescheduled'))"#,
        tx,
        choice
    )
}

/// Planned within a year, on the chart or in a treatment plan, neither done nor taken back since: a patient once, where
/// his oldest such work stands. A doctor's list knows his own plans alone. Who is booked is not asked again.
async fn planned(tx: &mut Tx, choice: &Choice) -> sqlx::Result<Vec<ItemRow>> {
    items!(
        r#"select o.sort_at, o.patient_id as id, o.patient_id, null::uuid as appointment_id,
                null::uuid as waitlist_entry_id, null::timestamptz as starts_at, w.minutes,
                null::uuid as type_id, o.doctor_id, null::uuid as branch_id, w.due_on,
                coalesce(w.about_ar, '') as about_ar, coalesce(w.about_en, '') as about_en, w.planned, f.phase,
                null::text as reason, null::text as note, 'planned' as list
            from (
                select e.recorded_at as sort_at, e.patient_id, e.recorded_by as doctor_id
                from open_plan e
                where e.clinic_id = $1 and e.on_date > $6::date - 365 and e.recorded_at > ($6::date - 366)::timestamptz
                    and ($2::uuid is null or e.recorded_by = $2) and ($3::uuid is null or e.recorded_by = $3)
                    and not exists (
                        select from open_plan o
                        where o.clinic_id = $1 and o.patient_id = e.patient_id and o.on_date > $6::date - 365
                            and (o.recorded_at, o.seq) < (e.recorded_at, e.seq)
                            and ($2::uuid is null or o.recorded_by = $2) and ($3::uuid is null or o.recorded_by = $3))
                union all
                select u.created_at, u.patient_id, u.doctor_id
                from open_unseen_item u
                where u.clinic_id = $1 and u.created_at > ($6::date - 366)::timestamptz
                    and ($2::uuid is null or u.doctor_id = $2) and ($3::uuid is null or u.doctor_id = $3)
                    and not exists (
                        select from open_unseen_item o
                        where o.clinic_id = $1 and o.patient_id = u.patient_id
                            and (o.created_at, o.id) < (u.created_at, u.id)
                            and ($2::uuid is null or o.doctor_id = $2) and ($3::uuid is null or o.doctor_id = $3))
                    and not exists (
                        select from open_plan o
                        where o.clinic_id = $1 and o.patient_id = u.patient_id and o.on_date > $6::date - 365
                            and ($2::uuid is null or o.recorded_by = $2) and ($3::uuid is null or o.recorded_by = $3))
            ) o
            cross join lateral (
                select min(n.phase) as phase from plan_item n
                where n.clinic_id = $1 and n.patient_id = o.patient_id and n.status in ('proposed', 'accepted')) f
            cross join lateral (
                select
                    (select min(p.on_date) from open_plan p
                        where p.clinic_id = $1 and p.patient_id = o.patient_id and p.on_date > $6::date - 365
                            and ($2::uuid is null or p.recorded_by = $2) and ($3::uuid is null or p.recorded_by = $3)
                    ) as due_on,
                    (select jsonb_agg(jsonb_build_object('code', p.code, 'teeth', p.teeth) order by p.seq)
                        from open_plan p
                        where p.clinic_id = $1 and p.patient_id = o.patient_id and p.on_date > $6::date - 365
                            and ($2::uuid is null or p.recorded_by = $2) and ($3::uuid is null or p.recorded_by = $3)
                    ) as planned,
                    (select sum(n.minutes / n.sessions)::int from plan_item n
                        where n.clinic_id = $1 and n.patient_id = o.patient_id and n.status in ('proposed', 'accepted')
                            and n.phase = f.phase) as minutes,
                    (select string_agg(distinct coalesce(nullif(c.name_ar, ''), c.name_en), '؛ ')
                        from open_unseen_item u
                        join procedure_item c on c.clinic_id = $1 and c.id = u.procedure_id
                        where u.clinic_id = $1 and u.patient_id = o.patient_id) as about_ar,
                    (select string_agg(distinct coalesce(nullif(c.name_en, ''), c.name_ar), '; ')
                        from open_unseen_item u
                        join procedure_item c on c.clinic_id = $1 and c.id = u.procedure_id
                        where u.clinic_id = $1 and u.patient_id = o.patient_id) as about_en) w
            where not exists (
                select from appointment b
                where b.clinic_id = $1 and b.patient_id = o.patient_id and b.starts_at > $5
                    and b.status not in ('cancelled', 'no_show', 'rescheduled'))"#,
        tx,
        choice
    )
}
