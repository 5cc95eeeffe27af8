-- What GET /patients sends: the session, the transaction's opening, the ids of the newest, their rows, the rollback.
select
    session_id, account_id, clinic_id, staff_id, locale, time_zone, country, currency, currency_exponent,
    last_seen_at, expires_at, roles, permissions, own_permissions
from session_actor(:hash, now());
\startpipeline
begin;
set local dentpro.clinic = '{clinic}';
set local dentpro.actor = '{account}';
set local dentpro.request = '{request}';
\endpipeline
select id, created_at
from patient
where clinic_id = :clinic and status = :status
    and (null::timestamptz is null or (created_at, id) < (null::timestamptz, null::uuid))
order by created_at desc, id desc
limit :page;
select
    p.id, p.file_number, p.name_ar, p.name_en, p.birth_date, p.sex, p.phones -> 0 ->> 'number' as phone, p.status,
    (
        p.pregnancy = 'yes'
        or exists (select from patient_allergy a
            where a.clinic_id = :clinic and a.patient_id = p.id and a.status = 'active')
        or exists (select from patient_condition c
            where c.clinic_id = :clinic and c.patient_id = p.id and c.status = 'active' and c.alert <> 'none')
        or exists (select from patient_medication m
            where m.clinic_id = :clinic and m.patient_id = p.id and m.status = 'active')
    ) as has_alerts,
    (
        select max(v.local_date) from visit v
        where v.clinic_id = :clinic and v.patient_id = p.id and v.status <> 'entered_in_error'
    ) as last_visit_on,
    (
        select a.starts_at from appointment a
        where a.clinic_id = :clinic and a.patient_id = p.id and a.starts_at > now()
            and a.status in ('scheduled', 'confirmed')
        order by a.starts_at
        limit 1
    ) as next_appointment_at,
    case when :with_balance::boolean then (
        select coalesce(sum(l.amount), 0)::bigint from ledger_entry l
        where l.clinic_id = :clinic and l.patient_id = p.id
    ) end as balance
from unnest(:ids::uuid[]) with ordinality as wanted (id, place)
join patient p on p.clinic_id = :clinic and p.id = wanted.id
order by wanted.place;
rollback;
