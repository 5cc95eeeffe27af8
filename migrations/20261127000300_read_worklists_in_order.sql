-- The worklists are read in the order in which they are shown, and reading stops with the page.

-- Two recalls may be due on one day: a row needs a name of its own to go on after it.
alter table patient_recall add column id uuid not null
    generated always as (md5(patient_id::text || recall_type_id::text)::uuid) stored;
drop index patient_recall_due;
create unique index patient_recall_due on patient_recall (clinic_id, (due_on::timestamp at time zone 'UTC'), id)
    where stopped_reason is null;

drop index chart_event_planned;
create index chart_event_planned on chart_event (clinic_id, recorded_at, patient_id) where layer = 'plan';
create index chart_event_done on chart_event (clinic_id, patient_id, code) include (on_date, seq, teeth, id)
    where layer = 'done';

-- Work that was planned and is neither taken back nor done since.
create view open_plan with (security_invoker = true) as
select e.clinic_id, e.id, e.patient_id, e.on_date, e.code, e.teeth, e.recorded_at, e.recorded_by, e.seq
from chart_event e
where e.layer = 'plan'
    and not exists (select from chart_event c where c.clinic_id = e.clinic_id and c.corrects = e.id)
    and not exists (
        select from chart_event o
        where o.clinic_id = e.clinic_id and o.patient_id = e.patient_id and o.layer = 'done' and o.code = e.code
            and o.on_date >= e.on_date and o.seq > e.seq and o.teeth && e.teeth
            and not exists (select from chart_event c where c.clinic_id = o.clinic_id and c.corrects = o.id));
grant select on open_plan to dentpro_app;
