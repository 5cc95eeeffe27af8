-- What POST /appointments sends, for a slot of its own each time: :first, :clients and :n make the slots.
\set n :n + 1
\set starts :first + (:n * :clients + :client_id) * 300
\set ends :starts + 300
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
insert into idempotency_key (clinic_id, account_id, key, method, path, body_hash)
values (:clinic, :account, 'peer-' || :starts, 'POST', '/api/v1/appointments', :body)
on conflict do nothing;
select
    (select status from patient where clinic_id = :clinic and id = :patient) as patient_status,
    (select s.active and exists (
            select from staff_role sr
            join role r on r.clinic_id = sr.clinic_id and r.id = sr.role_id
            where sr.clinic_id = s.clinic_id and sr.staff_id = s.id and r.code = 'doctor')
        from staff s where s.clinic_id = :clinic and s.id = :doctor) as doctor_works,
    (select active from chair where clinic_id = :clinic and id = :chair) as chair_active,
    (select branch_id from chair where clinic_id = :clinic and id = :chair) as chair_branch,
    exists (select from procedure_item where clinic_id = :clinic and id = null::uuid) as procedure_known,
    (select id from branch where clinic_id = :clinic and active
        order by position, created_at, id limit 1) as first_branch;
insert into appointment (clinic_id, id, patient_id, doctor_id, chair_id, branch_id, starts_at, ends_at,
    local_date, local_start, time_zone, reason, note, procedure_id, overbook_reason, created_at, created_by)
select :clinic::uuid, ('01990000-0000-7000-8000-' || lpad(:starts, 12, '0'))::uuid, :patient::uuid, :doctor::uuid,
    :chair::uuid, :branch::uuid, to_timestamp(:starts), to_timestamp(:ends),
    to_timestamp(:starts)::date, to_timestamp(:starts)::time, 'Africa/Cairo', 'bench', null, null, null, now(),
    :staff::uuid
where null::text is not null or not exists (
    select from appointment o
    where o.clinic_id = :clinic
        and o.starts_at > to_timestamp(:starts) - interval '12 hours'
        and o.starts_at < to_timestamp(:ends)
        and o.ends_at > to_timestamp(:starts)
        and o.overbook_reason is not null
        and o.status not in ('cancelled', 'no_show', 'rescheduled')
        and (o.doctor_id = :doctor or o.chair_id = :chair))
on conflict do nothing
returning id;
insert into appointment_event
    (clinic_id, id, appointment_id, patient_id, kind, from_value, to_value, reason, at, by)
values (:clinic, ('01990001-0000-7000-8000-' || lpad(:starts, 12, '0'))::uuid,
    ('01990000-0000-7000-8000-' || lpad(:starts, 12, '0'))::uuid, :patient, 'booked', null, 'scheduled', null, now(),
    :staff);
insert into live_event (clinic_id, kind, entity_id, patient_id, staff_id, local_date)
values (:clinic, 'appointment.changed', ('01990000-0000-7000-8000-' || lpad(:starts, 12, '0'))::uuid, :patient,
    :doctor, to_timestamp(:starts)::date);
select
    a.id, a.patient_id, a.doctor_id, a.chair_id, a.branch_id, a.starts_at, a.ends_at, a.local_date, a.local_start,
    a.status, a.confirmation, a.reason, a.note, a.procedure_id, a.overbook_reason, a.arrived_at, a.in_chair_at,
    a.completed_at, a.created_at, a.version,
    p.name_ar as patient_name_ar, p.name_en as patient_name_en, p.file_number, p.phones -> 0 ->> 'number' as phone,
    (p.pregnancy = 'yes'
        or exists (select from patient_allergy g
            where g.clinic_id = a.clinic_id and g.patient_id = a.patient_id and g.status = 'active')
        or exists (select from patient_condition g
            where g.clinic_id = a.clinic_id and g.patient_id = a.patient_id and g.status = 'active'
                and g.alert <> 'none')
        or exists (select from patient_medication g
            where g.clinic_id = a.clinic_id and g.patient_id = a.patient_id and g.status = 'active')
    ) as has_alerts,
    d.name_ar as doctor_name_ar, d.name_en as doctor_name_en, d.colour as doctor_colour,
    c.name_ar as chair_name_ar, c.name_en as chair_name_en,
    (select v.id from visit v
        where v.clinic_id = a.clinic_id and v.appointment_id = a.id and v.status <> 'entered_in_error'
    ) as visit_id
from appointment a
join patient p on p.clinic_id = a.clinic_id and p.id = a.patient_id
join staff d on d.clinic_id = a.clinic_id and d.id = a.doctor_id
left join chair c on c.clinic_id = a.clinic_id and c.id = a.chair_id
where a.clinic_id = :clinic and a.id = ('01990000-0000-7000-8000-' || lpad(:starts, 12, '0'))::uuid
    and (null::uuid is null or a.doctor_id = null::uuid);
select coalesce(branch_id, staff_id) as owner, weekday, starts, ends
from working_hours
where clinic_id = :clinic
limit 10000;
update idempotency_key set status = 201, response = :response
where clinic_id = :clinic and account_id = :account and key = 'peer-' || :starts;
commit;
