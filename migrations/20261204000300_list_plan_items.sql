-- Planned work is done by the term of the work done: a tooth to extract by its extraction.
create or replace view open_plan with (security_invoker = true) as
select e.clinic_id, e.id, e.patient_id, e.on_date, e.code, e.teeth, e.recorded_at, e.recorded_by, e.seq
from chart_event e
where e.layer = 'plan'
    and not exists (select from chart_event c where c.clinic_id = e.clinic_id and c.corrects = e.id)
    and not exists (
        select from chart_event o
        where o.clinic_id = e.clinic_id and o.patient_id = e.patient_id and o.layer = 'done'
            and o.code = case e.code when 'to_extract' then 'extracted' else e.code end
            and o.on_date >= e.on_date and o.seq > e.seq and o.teeth && e.teeth
            and not exists (select from chart_event c where c.clinic_id = o.clinic_id and c.corrects = o.id));

-- Open items that the chart has no picture for, of the plan that leads its options.
create view open_unseen_item with (security_invoker = true) as
select i.clinic_id, i.id, i.patient_id, i.created_at, i.procedure_id, coalesce(i.doctor_id, t.doctor_id) as doctor_id
from plan_item i
join treatment_plan t on t.clinic_id = i.clinic_id and t.id = i.plan_id and t.status in ('draft', 'presented', 'accepted')
where i.status in ('proposed', 'accepted') and i.chart_event_id is null
    and (t.status = 'accepted' or not exists (
        select from treatment_plan o
        where o.clinic_id = t.clinic_id and o.option_group = t.option_group and o.id <> t.id
            and (o.status = 'accepted' or o.status in ('draft', 'presented') and (o.created_at, o.id) < (t.created_at, t.id))));
grant select on open_unseen_item to dentpro_app;
create index plan_item_unseen on plan_item (clinic_id, created_at, patient_id)
    where status in ('proposed', 'accepted') and chart_event_id is null;
