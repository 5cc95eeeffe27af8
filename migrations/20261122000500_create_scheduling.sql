-- The appointment book. The chair and the doctor are each held by an exclusion constraint: two people
-- cannot have one slot, whoever asks and however many ask at once.

create table appointment (
    clinic_id uuid not null,
    id uuid not null,
    patient_id uuid not null,
    doctor_id uuid not null,
    chair_id uuid,
    branch_id uuid not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    local_date date not null,
    local_start time not null,
    time_zone text not null,
    status text not null default 'scheduled',
    confirmation text not null default 'unconfirmed',
    reason text not null default '',
    note text,
    procedure_id uuid,
    overbook_reason text,
    arrived_at timestamptz,
    in_chair_at timestamptz,
    completed_at timestamptz,
    created_at timestamptz not null,
    created_by uuid not null,
    version int not null default 1,
    constraint appointment_pkey primary key (clinic_id, id),
    constraint appointment_patient_fkey foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    constraint appointment_doctor_fkey foreign key (clinic_id, doctor_id) references staff (clinic_id, id),
    constraint appointment_branch_fkey foreign key (clinic_id, branch_id) references branch (clinic_id, id),
    constraint appointment_chair_of_branch_fkey foreign key (clinic_id, chair_id, branch_id) references chair (clinic_id, id, branch_id),
    constraint appointment_procedure_fkey foreign key (clinic_id, procedure_id) references procedure_item (clinic_id, id),
    constraint appointment_created_by_fkey foreign key (clinic_id, created_by) references staff (clinic_id, id),
    constraint appointment_status_known check (status in (
        'scheduled', 'confirmed', 'arrived', 'in_chair', 'completed', 'cancelled', 'no_show', 'rescheduled')),
    constraint appointment_confirmation_known check (confirmation in (
        'unconfirmed', 'reminder_sent', 'left_message', 'confirmed', 'declined')),
    constraint appointment_order check (starts_at < ends_at),
    constraint appointment_length check (ends_at - starts_at between interval '5 minutes' and interval '12 hours'),
    constraint appointment_in_chair_has_chair check (status <> 'in_chair' or chair_id is not null),
    constraint appointment_chair_free exclude using gist (
        clinic_id with =, chair_id with =, tstzrange(starts_at, ends_at) with &&)
        where (chair_id is not null and overbook_reason is null and status not in ('cancelled', 'no_show', 'rescheduled')),
    constraint appointment_doctor_free exclude using gist (
        clinic_id with =, doctor_id with =, tstzrange(starts_at, ends_at) with &&)
        where (overbook_reason is null and status not in ('cancelled', 'no_show', 'rescheduled'))
);
create index appointment_time on appointment (clinic_id, starts_at);
create index appointment_doctor_time on appointment (clinic_id, doctor_id, starts_at);
create index appointment_patient_time on appointment (clinic_id, patient_id, starts_at desc);
call protect_table('appointment');
revoke delete on appointment from dentpro_app;

-- Everything that happened to an appointment: made, moved, each change of status and confirmation.
create table appointment_event (
    clinic_id uuid not null,
    id uuid not null,
    appointment_id uuid not null,
    patient_id uuid not null,
    kind text not null,
    from_value text,
    to_value text,
    reason text,
    at timestamptz not null,
    by uuid not null,
    seq bigint generated always as identity,
    constraint appointment_event_pkey primary key (clinic_id, id),
    constraint appointment_event_appointment_fkey foreign key (clinic_id, appointment_id) references appointment (clinic_id, id),
    constraint appointment_event_by_fkey foreign key (clinic_id, by) references staff (clinic_id, id),
    constraint appointment_event_kind_known check (kind in ('booked', 'status', 'confirmation', 'moved'))
);
create index appointment_event_appointment on appointment_event (clinic_id, appointment_id, at);
create index appointment_event_patient on appointment_event (clinic_id, patient_id, at desc);
call protect_table('appointment_event', p_audit => false);
call make_insert_only('appointment_event');
