//! Everything that happened to a patient, from the tables of every slice.

use dentpro_core::ids::PatientId;
use dentpro_core::permissions::Scope;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use crate::kernel::db::Tx;

/// Which kinds of events the reader may see; `None` is none of them.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    pub history: bool,
    pub scheduling: Option<Scope>,
    pub records: Option<Scope>,
    pub charting: bool,
    pub billing: bool,
}

/// One event.
#[derive(Debug)]
pub struct Event {
    pub at: Timestamp,
    /// Tells events of one instant apart.
    pub key: String,
    pub kind: String,
    pub entity: String,
    pub entity_id: Uuid,
    pub subject: String,
    pub outcome: String,
    pub amount: Option<i64>,
    pub actor_name_ar: Option<String>,
    pub actor_name_en: Option<String>,
}

fn word(scope: Option<Scope>) -> &'static str {
    scope.map_or("none", Scope::as_str)
}

/// Events before a place, the newest first. Own appointments are those the reader is the doctor of; with own records
/// he sees the visits of patients who have, or had, an appointment or a visit with him.
pub async fn events(
    tx: &mut Tx,
    patient: PatientId,
    seen: Seen,
    before: Option<(Timestamp, String)>,
    limit: i64,
) -> sqlx::Result<Vec<Event>> {
    let (clinic, staff) = (tx.clinic(), tx.staff());
    let (before_at, before_key) = before.unzip();
    let rows = sqlx::query!(
        r#"select
            t.at as "at!",
            t.key as "key!",
            t.kind as "kind!",
            t.entity as "entity!",
            t.entity_id as "entity_id!",
            t.subject as "subject!",
            t.outcome as "outcome!",
            t.amount,
            s.name_ar as "name_ar?",
            s.name_en as "name_en?"
        from (
            select p.created_at as at, 'p' || p.id as key, 'patient.registered' as kind, 'patient' as entity,
                p.id as entity_id, p.file_number as subject, '' as outcome, null::bigint as amount,
                (
                    select f.id from audit_entry e
                    join staff f on f.clinic_id = e.clinic_id and f.account_id = e.actor_id
                    where e.clinic_id = $1 and e.entity = 'patient' and e.entity_id = p.id and e.action = 'insert'
                    limit 1
                ) as staff_id
            from patient p
            where p.clinic_id = $1 and p.id = $2
            union all
            select e.at, 'e' || lpad(e.id::text, 20, '0'), 'patient.changed', 'patient', e.entity_id, k.fields, '', null, f.id
            from audit_entry e
            cross join lateral (
                select string_agg(key, ',' order by key) as fields
                from jsonb_object_keys(e.after) as key
                where key in ('name_ar', 'name_en', 'birth_date', 'sex', 'phones', 'email', 'national_id', 'address',
                    'notes', 'preferred_language', 'reminder_channel', 'reminders_off', 'guardian_id', 'guarantor_id', 'status')
            ) k
            left join staff f on f.clinic_id = e.clinic_id and f.account_id = e.actor_id
            where e.clinic_id = $1 and e.patient_id = $2 and e.entity = 'patient' and e.action = 'update'
                and k.fields is not null
            union all
            select e.at, 'h' || lpad(e.id::text, 20, '0'), 'history.changed', 'patient', e.entity_id, k.fields, '', null, f.id
            from audit_entry e
            cross join lateral (
                select string_agg(key, ',' order by key) as fields
                from jsonb_object_keys(e.after) as key
                where key in ('smoking', 'pregnancy', 'pregnancy_due', 'surgery_notes', 'no_allergies',
                    'no_conditions', 'no_medications')
            ) k
            left join staff f on f.clinic_id = e.clinic_id and f.account_id = e.actor_id
            where $6 and e.clinic_id = $1 and e.patient_id = $2 and e.entity = 'patient' and e.action = 'update'
                and k.fields is not null
            union all
            select e.at, 'i' || lpad(e.id::text, 20, '0'), replace(e.entity, 'patient_', '') || '.changed',
                replace(e.entity, 'patient_', ''), e.entity_id, coalesce(a.substance, c.name, m.name, ''),
                coalesce(e.after ->> 'status', 'changed'), null, f.id
            from audit_entry e
            left join patient_allergy a on a.clinic_id = $1 and a.id = e.entity_id
            left join patient_condition c on c.clinic_id = $1 and c.id = e.entity_id
            left join patient_medication m on m.clinic_id = $1 and m.id = e.entity_id
            left join staff f on f.clinic_id = e.clinic_id and f.account_id = e.actor_id
            where $6 and e.clinic_id = $1 and e.patient_id = $2 and e.action = 'update'
                and e.entity in ('patient_allergy', 'patient_condition', 'patient_medication')
            union all
            select a.recorded_at, 'a' || a.id, 'allergy.recorded', 'allergy', a.id, a.substance, '', null, a.recorded_by
            from patient_allergy a
            where $6 and a.clinic_id = $1 and a.patient_id = $2
            union all
            select c.recorded_at, 'c' || c.id, 'condition.recorded', 'condition', c.id, c.name, '', null, c.recorded_by
            from patient_condition c
            where $6 and c.clinic_id = $1 and c.patient_id = $2
            union all
            select m.recorded_at, 'm' || m.id, 'medication.recorded', 'medication', m.id, m.name, '', null, m.recorded_by
            from patient_medication m
            where $6 and m.clinic_id = $1 and m.patient_id = $2
            union all
            select n.recorded_at, 'n' || n.id, 'contact.added', 'contact', n.id, n.name, '', null, n.recorded_by
            from patient_contact n
            where n.clinic_id = $1 and n.patient_id = $2
            union all
            select n.ended_at, 'o' || n.id, 'contact.ended', 'contact', n.id, n.name, '', null, n.ended_by
            from patient_contact n
            where n.clinic_id = $1 and n.patient_id = $2 and n.ended_at is not null
            union all
            select ev.at, 'q' || ev.id, 'appointment.' || ev.kind, 'appointment', ev.appointment_id,
                ap.local_date || ' ' || to_char(ap.local_start, 'HH24:MI'), coalesce(ev.to_value, ''), null, ev.by
            from appointment_event ev
            join appointment ap on ap.clinic_id = ev.clinic_id and ap.id = ev.appointment_id
            where $7 <> 'none' and ev.clinic_id = $1 and ev.patient_id = $2 and ($7 = 'all' or ap.doctor_id = $11)
            union all
            select v.at, v.key, v.kind, 'visit', v.id, v.local_date::text, '', null, v.by
            from (
                select opened_at as at, 'u' || id as key, 'visit.opened' as kind, id, local_date, opened_by as by
                from visit
                where clinic_id = $1 and patient_id = $2
                union all
                select signed_at, 'v' || id, 'visit.signed', id, local_date, signed_by
                from visit
                where clinic_id = $1 and patient_id = $2 and signed_at is not null
                union all
                select error_at, 'w' || id, 'visit.entered_in_error', id, local_date, error_by
                from visit
                where clinic_id = $1 and patient_id = $2 and error_at is not null
            ) v
            where $8 = 'all' or $8 = 'own' and (
                exists (select from visit o where o.clinic_id = $1 and o.patient_id = $2 and o.doctor_id = $11)
                or exists (select from appointment o where o.clinic_id = $1 and o.patient_id = $2 and o.doctor_id = $11)
            )
            union all
            select ce.recorded_at, 'x' || ce.id, 'chart.event', 'chart_event', ce.id, ce.code || ' ' || ce.layer,
                array_to_string(ce.teeth, ', '), null, ce.recorded_by
            from chart_event ce
            where $9 and ce.clinic_id = $1 and ce.patient_id = $2
            union all
            select i.issued_at, 'y' || i.id, 'invoice.issued', 'invoice', i.id, i.number, '', i.total, i.issued_by
            from invoice i
            where $10 and i.clinic_id = $1 and i.patient_id = $2 and i.status <> 'draft'
            union all
            select y.received_at, 'z' || y.id, 'payment.taken', 'payment', y.id, y.number, y.method, y.amount, y.received_by
            from payment y
            where $10 and y.clinic_id = $1 and y.patient_id = $2
            union all
            select r.refunded_at, 'zr' || r.id, 'payment.refunded', 'payment', r.payment_id, r.number, '', r.amount, r.refunded_by
            from payment y
            join refund r on r.clinic_id = y.clinic_id and r.payment_id = y.id
            where $10 and y.clinic_id = $1 and y.patient_id = $2
        ) t
        left join staff s on s.clinic_id = $1 and s.id = t.staff_id
        where $3::timestamptz is null or (t.at, t.key) < ($3, $4)
        order by t.at desc, t.key desc
        limit $5"#,
        clinic,
        patient.uuid(),
        before_at.map(|t| t.to_sqlx()) as _,
        before_key,
        limit,
        seen.history,
        word(seen.scheduling),
        word(seen.records),
        seen.charting,
        seen.billing,
        staff
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| Event {
            at: r.at.to_jiff(),
            key: r.key,
            kind: r.kind,
            entity: r.entity,
            entity_id: r.entity_id,
            subject: r.subject,
            outcome: r.outcome,
            amount: r.amount,
            actor_name_ar: r.name_ar,
            actor_name_en: r.name_en,
        })
        .collect())
}
