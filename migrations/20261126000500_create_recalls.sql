-- Recalls: what brings a patient back after some months. The calculated date and the one a person set stand apart.

create table recall_type (
    clinic_id uuid not null,
    id uuid not null,
    name_ar text not null,
    name_en text not null,
    interval_months int not null,
    minutes int not null,
    appointment_type_id uuid,
    active boolean not null default true,
    created_at timestamptz not null,
    version int not null default 1,
    constraint recall_type_pkey primary key (clinic_id, id),
    constraint recall_type_clinic_fkey foreign key (clinic_id) references clinic (clinic_id),
    constraint recall_type_appointment_type_fkey foreign key (clinic_id, appointment_type_id) references appointment_type (clinic_id, id),
    constraint recall_type_named check (name_ar <> '' or name_en <> ''),
    constraint recall_type_interval_range check (interval_months between 1 and 60),
    constraint recall_type_minutes_range check (minutes between 5 and 720)
);
call protect_table('recall_type');
revoke delete on recall_type from dentpro_app;

-- Work that starts the interval anew.
create table recall_trigger (
    clinic_id uuid not null,
    recall_type_id uuid not null,
    procedure_id uuid not null,
    constraint recall_trigger_pkey primary key (clinic_id, recall_type_id, procedure_id),
    constraint recall_trigger_type_fkey foreign key (clinic_id, recall_type_id) references recall_type (clinic_id, id),
    constraint recall_trigger_procedure_fkey foreign key (clinic_id, procedure_id) references procedure_item (clinic_id, id)
);
create index recall_trigger_procedure on recall_trigger (clinic_id, procedure_id);
call protect_table('recall_trigger', 'recall_type_id');

create table patient_recall (
    clinic_id uuid not null,
    patient_id uuid not null,
    recall_type_id uuid not null,
    last_trigger_on date,
    calculated_due_on date,
    interval_months int,
    set_due_on date,
    stopped_reason text,
    note text not null default '',
    updated_at timestamptz not null,
    version int not null default 1,
    due_on date generated always as (coalesce(set_due_on, calculated_due_on)) stored,
    constraint patient_recall_pkey primary key (clinic_id, patient_id, recall_type_id),
    constraint patient_recall_patient_fkey foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    constraint patient_recall_type_fkey foreign key (clinic_id, recall_type_id) references recall_type (clinic_id, id),
    constraint patient_recall_interval_range check (interval_months between 1 and 60),
    constraint patient_recall_calculated_whole check ((last_trigger_on is null) = (calculated_due_on is null))
);
create index patient_recall_due on patient_recall (clinic_id, due_on) where stopped_reason is null;
call protect_table('patient_recall', 'recall_type_id');
revoke delete on patient_recall from dentpro_app;
