-- Entries that were recorded as one act: they are taken back together.

alter table chart_event add column act_id uuid;
create index chart_event_act on chart_event (clinic_id, act_id) where act_id is not null;
