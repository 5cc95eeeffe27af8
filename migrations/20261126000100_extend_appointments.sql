-- What an appointment is for, whose time it takes, and what else holds a slot: the doctor is held only for the
-- minutes that need him, so two of his appointments may overlap where one needs the assistant alone.

create table appointment_type (
    clinic_id uuid not null,
    id uuid not null,
    name_ar text not null,
    name_en text not null,
    colour text not null,
    minutes int not null,
    pattern text not null default '',
    chair_feature text,
    position int not null default 0,
    active boolean not null default true,
    created_at timestamptz not null,
    version int not null default 1,
    constraint appointment_type_pkey primary key (clinic_id, id),
    constraint appointment_type_clinic_fkey foreign key (clinic_id) references clinic (clinic_id),
    constraint appointment_type_named check (name_ar <> '' or name_en <> ''),
    constraint appointment_type_colour_form check (colour ~ '^#[0-9a-f]{6}$'),
    constraint appointment_type_minutes_range check (minutes between 5 and 720 and minutes % 5 = 0),
    constraint appointment_type_pattern_form check (pattern ~ '^[DA]*$' and (pattern = '' or length(pattern) * 5 = minutes)),
    constraint appointment_type_feature_known check (chair_feature in ('surgery', 'xray', 'child'))
);
call protect_table('appointment_type');
revoke delete on appointment_type from dentpro_app;

-- The procedures that an appointment of a type is usually for.
create table appointment_type_procedure (
    clinic_id uuid not null,
    type_id uuid not null,
    procedure_id uuid not null,
    constraint appointment_type_procedure_pkey primary key (clinic_id, type_id, procedure_id),
    constraint appointment_type_procedure_type_fkey foreign key (clinic_id, type_id) references appointment_type (clinic_id, id),
    constraint appointment_type_procedure_procedure_fkey foreign key (clinic_id, procedure_id) references procedure_item (clinic_id, id)
);
call protect_table('appointment_type_procedure', 'type_id');

-- The doctor's own time in an appointment: D is the doctor, A the assistant, one letter for each 5 minutes; without
-- a pattern all of it. Who waits for a place of his own takes no time yet. Minutes do not depend on a time zone, so
-- the result never changes.
create function doctor_time(p_starts timestamptz, p_ends timestamptz, p_pattern text, p_waits boolean) returns tstzmultirange
    language sql immutable parallel safe as $$
    select case
        when p_waits then '{}'::tstzmultirange
        when p_pattern = '' then tstzmultirange(tstzrange(p_starts, p_ends))
        else coalesce((
            select range_agg(tstzrange(p_starts + (n - 1) * interval '5 minutes', p_starts + n * interval '5 minutes'))
            from generate_series(1, length(p_pattern)) n
            where substr(p_pattern, n, 1) = 'D'), '{}'::tstzmultirange)
    end
$$;

alter table appointment
    add column type_id uuid,
    add column pattern text not null default '',
    add column walk_in boolean not null default false,
    add column token int,
    add column asap boolean not null default false,
    add column late_cancelled boolean not null default false,
    add column follow_up text,
    add column series_id uuid,
    add column moves int not null default 0,
    add column cancelled_at timestamptz,
    add column checked_out_at timestamptz;
alter table appointment
    add column doctor_time tstzmultirange not null
        generated always as (doctor_time(starts_at, ends_at, pattern, walk_in and in_chair_at is null)) stored;
alter table appointment
    drop constraint appointment_status_known,
    drop constraint appointment_doctor_free;
alter table appointment
    add constraint appointment_type_fkey foreign key (clinic_id, type_id) references appointment_type (clinic_id, id),
    add constraint appointment_status_known check (status in (
        'scheduled', 'confirmed', 'arrived', 'in_chair', 'completed', 'checked_out', 'cancelled', 'no_show', 'rescheduled')),
    add constraint appointment_pattern_form check (
        pattern ~ '^[DA]*$' and (pattern = '' or length(pattern) * interval '5 minutes' = ends_at - starts_at)),
    add constraint appointment_follow_up_known check (follow_up in ('unscheduled', 'broken')),
    add constraint appointment_token_positive check (token > 0),
    add constraint appointment_token_once unique (clinic_id, branch_id, local_date, token),
    add constraint appointment_doctor_free exclude using gist (
        clinic_id with =, doctor_id with =, doctor_time with &&)
        where (overbook_reason is null and status not in ('cancelled', 'no_show', 'rescheduled'));
-- What waits to be put right: few rows, whatever the history.
create index appointment_follow_up on appointment (clinic_id, starts_at) where follow_up is not null;
create index appointment_asap on appointment (clinic_id, starts_at) where asap;
create index appointment_series on appointment (clinic_id, series_id, starts_at) where series_id is not null;
create index appointment_overbooked on appointment (clinic_id, starts_at) where overbook_reason is not null;

drop trigger appointment_audit on appointment;
create trigger appointment_audit after insert or update or delete on appointment
    for each row execute function audit_row('appointment', 'id', '{doctor_time}');

-- Who or what changed an appointment: a member of the staff, the patient by a link, or the system by itself.
alter table appointment_event
    alter column by drop not null,
    add column source text not null default 'staff',
    drop constraint appointment_event_kind_known;
alter table appointment_event
    add constraint appointment_event_kind_known check (kind in (
        'booked', 'status', 'confirmation', 'moved', 'called', 'reminder', 'offered', 'asap')),
    add constraint appointment_event_source_known check (source in ('staff', 'link', 'system')),
    add constraint appointment_event_by_somebody check ((source = 'staff') = (by is not null));

-- Time that is not for patients, or for some only: of a chair, of a doctor, or of a whole branch.
create table time_block (
    clinic_id uuid not null,
    id uuid not null,
    branch_id uuid not null,
    chair_id uuid,
    doctor_id uuid,
    kind text not null,
    type_id uuid,
    title text not null default '',
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    local_date date not null,
    series_id uuid,
    created_at timestamptz not null,
    created_by uuid not null,
    removed_at timestamptz,
    removed_by uuid,
    version int not null default 1,
    constraint time_block_pkey primary key (clinic_id, id),
    constraint time_block_branch_fkey foreign key (clinic_id, branch_id) references branch (clinic_id, id),
    constraint time_block_chair_fkey foreign key (clinic_id, chair_id, branch_id) references chair (clinic_id, id, branch_id),
    constraint time_block_doctor_fkey foreign key (clinic_id, doctor_id) references staff (clinic_id, id),
    constraint time_block_type_fkey foreign key (clinic_id, type_id) references appointment_type (clinic_id, id),
    constraint time_block_created_by_fkey foreign key (clinic_id, created_by) references staff (clinic_id, id),
    constraint time_block_removed_by_fkey foreign key (clinic_id, removed_by) references staff (clinic_id, id),
    constraint time_block_kind_known check (kind in ('meeting', 'lunch', 'maintenance', 'emergency', 'other')),
    constraint time_block_type_of_emergency check (type_id is null or kind = 'emergency'),
    constraint time_block_length check (ends_at - starts_at between interval '5 minutes' and interval '24 hours'),
    constraint time_block_removed_whole check ((removed_at is null) = (removed_by is null))
);
create index time_block_time on time_block (clinic_id, starts_at) where removed_at is null;
call protect_table('time_block');
revoke delete on time_block from dentpro_app;

-- A slot kept for some minutes while the patient decides; nobody else can book or keep it meanwhile.
create table slot_hold (
    clinic_id uuid not null,
    id uuid not null,
    branch_id uuid not null,
    chair_id uuid,
    doctor_id uuid not null,
    patient_id uuid,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    local_date date not null,
    expires_at timestamptz not null,
    held_by uuid not null,
    created_at timestamptz not null,
    constraint slot_hold_pkey primary key (clinic_id, id),
    constraint slot_hold_chair_fkey foreign key (clinic_id, chair_id, branch_id) references chair (clinic_id, id, branch_id),
    constraint slot_hold_doctor_fkey foreign key (clinic_id, doctor_id) references staff (clinic_id, id),
    constraint slot_hold_patient_fkey foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    constraint slot_hold_held_by_fkey foreign key (clinic_id, held_by) references staff (clinic_id, id),
    constraint slot_hold_length check (ends_at - starts_at between interval '5 minutes' and interval '12 hours'),
    constraint slot_hold_minutes check (expires_at - created_at <= interval '10 minutes'),
    constraint slot_hold_chair_free exclude using gist (
        clinic_id with =, chair_id with =, tstzrange(starts_at, ends_at) with &&) where (chair_id is not null),
    constraint slot_hold_doctor_free exclude using gist (
        clinic_id with =, doctor_id with =, tstzrange(starts_at, ends_at) with &&)
);
call protect_table('slot_hold');

-- Clinics that stand already get what the built-in roles hold from here on.
do $$
declare
    c uuid;
begin
    perform set_config('dentpro.actor', '00000000-0000-0000-0000-000000000001', true);
    for c in select clinic_id from clinic loop
        perform set_config('dentpro.clinic', c::text, true);
        insert into role_permission (clinic_id, role_id, permission, scope)
        select r.clinic_id, r.id, p.permission, 'all'
        from role r
        join (values
            ('admin', 'scheduling.book_outside_hours'), ('doctor', 'scheduling.book_outside_hours'),
            ('receptionist', 'scheduling.book_outside_hours'), ('admin', 'scheduling.set_up')
        ) p (code, permission) on p.code = r.code
        where r.clinic_id = c
        on conflict do nothing;
    end loop;
end $$;

alter table patient drop constraint patient_status_known;
alter table patient add constraint patient_status_known check (status in ('active', 'archived', 'deceased', 'merged'));
alter table clinic
    add column late_cancel_hours int not null default 24,
    add constraint clinic_late_cancel_range check (late_cancel_hours between 0 and 168);
