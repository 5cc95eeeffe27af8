-- The dental chart as events; the picture is their replay up to a date. A correction is an event of its own.

create table chart_event (
    clinic_id uuid not null,
    id uuid not null,
    patient_id uuid not null,
    visit_id uuid,
    on_date date not null,
    layer text not null,
    code text not null,
    teeth text[] not null default '{}',
    surfaces text[] not null default '{}',
    severity text,
    material text,
    unit jsonb,
    existing_elsewhere boolean not null default false,
    corrects uuid,
    reason text,
    recorded_at timestamptz not null,
    recorded_by uuid not null,
    seq bigint generated always as identity,
    constraint chart_event_pkey primary key (clinic_id, id),
    constraint chart_event_patient_fkey foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    constraint chart_event_visit_fkey foreign key (clinic_id, visit_id, patient_id) references visit (clinic_id, id, patient_id),
    constraint chart_event_recorded_by_fkey foreign key (clinic_id, recorded_by) references staff (clinic_id, id),
    constraint chart_event_of_patient unique (clinic_id, id, patient_id),
    constraint chart_event_corrects_fkey foreign key (clinic_id, corrects, patient_id) references chart_event (clinic_id, id, patient_id),
    constraint chart_event_corrected_once unique (clinic_id, corrects),
    constraint chart_event_layer_known check (layer in ('finding', 'plan', 'done', 'correction')),
    constraint chart_event_correction_whole check (
        (layer = 'correction') = (corrects is not null) and (layer <> 'correction' or reason is not null)),
    constraint chart_event_code_form check (code ~ '^[a-z][a-z_]{1,40}$'),
    constraint chart_event_surfaces_known check (surfaces <@ '{M,D,O,B,L,R,V}'::text[]),
    constraint chart_event_teeth_fdi check (array_to_string(teeth, ',') ~ '^((([1-4][1-8])|([5-8][1-5]))(,|$))*$')
);
create index chart_event_visit on chart_event (clinic_id, visit_id) where visit_id is not null;
create index chart_event_patient on chart_event (clinic_id, patient_id, on_date, seq);
call protect_table('chart_event');
call make_insert_only('chart_event');

alter table visit_procedure add constraint visit_procedure_chart_event_fkey
    foreign key (clinic_id, chart_event_id, patient_id) references chart_event (clinic_id, id, patient_id);
