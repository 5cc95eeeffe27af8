-- Visits: notes, diagnoses, addenda. A draft can be edited; what is signed stays, for its owner too.

create table visit (
    clinic_id uuid not null,
    id uuid not null,
    patient_id uuid not null,
    appointment_id uuid,
    doctor_id uuid not null,
    branch_id uuid not null,
    status text not null default 'draft',
    opened_at timestamptz not null,
    opened_by uuid not null,
    local_date date not null,
    subjective text not null default '',
    objective text not null default '',
    assessment text not null default '',
    plan text not null default '',
    signed_at timestamptz,
    signed_by uuid,
    hash bytea,
    error_reason text,
    error_at timestamptz,
    error_by uuid,
    version int not null default 1,
    constraint visit_pkey primary key (clinic_id, id),
    constraint visit_of_patient unique (clinic_id, id, patient_id),
    constraint visit_patient_fkey foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    constraint visit_appointment_fkey foreign key (clinic_id, appointment_id) references appointment (clinic_id, id),
    constraint visit_doctor_fkey foreign key (clinic_id, doctor_id) references staff (clinic_id, id),
    constraint visit_branch_fkey foreign key (clinic_id, branch_id) references branch (clinic_id, id),
    constraint visit_signed_by_fkey foreign key (clinic_id, signed_by) references staff (clinic_id, id),
    constraint visit_status_known check (status in ('draft', 'signed', 'entered_in_error')),
    constraint visit_signed_whole check (status <> 'signed' or (signed_at is not null and signed_by is not null and hash is not null)),
    constraint visit_error_whole check (status <> 'entered_in_error' or (error_reason is not null and error_at is not null and error_by is not null))
);
create unique index visit_appointment_once on visit (clinic_id, appointment_id) where appointment_id is not null and status <> 'entered_in_error';
create index visit_patient on visit (clinic_id, patient_id, opened_at desc);
create index visit_doctor_status on visit (clinic_id, doctor_id, status, opened_at desc);
call protect_table('visit');
revoke delete on visit from dentpro_app;

create function visit_signed_stays() returns trigger
    language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        raise exception 'a visit is never deleted' using errcode = 'restrict_violation', constraint = 'visit_signed_stays';
    end if;
    if old.status = 'draft' then
        return new;
    end if;
    -- The one change a signed visit knows: marked as entered in error, with everything else as it was.
    if old.status = 'signed' and new.status = 'entered_in_error'
        and (to_jsonb(new) - '{status,error_reason,error_at,error_by,version}'::text[])
            = (to_jsonb(old) - '{status,error_reason,error_at,error_by,version}'::text[]) then
        return new;
    end if;
    raise exception 'a signed visit stays as it was signed' using errcode = 'restrict_violation', constraint = 'visit_signed_stays';
end $$;
create trigger visit_signed_stays before update or delete on visit for each row execute function visit_signed_stays();

create table visit_diagnosis (
    clinic_id uuid not null,
    id uuid not null,
    visit_id uuid not null,
    patient_id uuid not null,
    code text,
    text text not null,
    tooth text,
    surfaces text[] not null default '{}',
    recorded_at timestamptz not null,
    recorded_by uuid not null,
    constraint visit_diagnosis_pkey primary key (clinic_id, id),
    constraint visit_diagnosis_visit_fkey foreign key (clinic_id, visit_id, patient_id) references visit (clinic_id, id, patient_id),
    constraint visit_diagnosis_recorded_by_fkey foreign key (clinic_id, recorded_by) references staff (clinic_id, id)
);
create index visit_diagnosis_visit on visit_diagnosis (clinic_id, visit_id);
call protect_table('visit_diagnosis');

create table visit_addendum (
    clinic_id uuid not null,
    id uuid not null,
    visit_id uuid not null,
    patient_id uuid not null,
    text text not null,
    at timestamptz not null,
    by uuid not null,
    constraint visit_addendum_pkey primary key (clinic_id, id),
    constraint visit_addendum_visit_fkey foreign key (clinic_id, visit_id, patient_id) references visit (clinic_id, id, patient_id),
    constraint visit_addendum_by_fkey foreign key (clinic_id, by) references staff (clinic_id, id)
);
create index visit_addendum_visit on visit_addendum (clinic_id, visit_id);
call protect_table('visit_addendum');
call make_insert_only('visit_addendum');

-- What was done, with the price of the day. The invoice's line names it, once.
create table visit_procedure (
    clinic_id uuid not null,
    id uuid not null,
    visit_id uuid not null,
    patient_id uuid not null,
    procedure_id uuid not null,
    doctor_id uuid not null,
    tooth text,
    surfaces text[] not null default '{}',
    quantity int not null default 1,
    unit_price bigint not null,
    note text,
    chart_event_id uuid,
    recorded_at timestamptz not null,
    recorded_by uuid not null,
    constraint visit_procedure_pkey primary key (clinic_id, id),
    constraint visit_procedure_visit_fkey foreign key (clinic_id, visit_id, patient_id) references visit (clinic_id, id, patient_id),
    constraint visit_procedure_procedure_fkey foreign key (clinic_id, procedure_id) references procedure_item (clinic_id, id),
    constraint visit_procedure_doctor_fkey foreign key (clinic_id, doctor_id) references staff (clinic_id, id),
    constraint visit_procedure_recorded_by_fkey foreign key (clinic_id, recorded_by) references staff (clinic_id, id),
    constraint visit_procedure_quantity_range check (quantity between 1 and 999),
    constraint visit_procedure_price_range check (unit_price between 0 and 1000000000000)
);
create index visit_procedure_visit on visit_procedure (clinic_id, visit_id);
create index visit_procedure_patient on visit_procedure (clinic_id, patient_id);
call protect_table('visit_procedure');

-- What hangs on a visit moves only while the visit is a draft, and never to another visit. The lock makes a
-- signature and a late line wait for each other.
create function visit_part_needs_draft() returns trigger
    language plpgsql as $$
declare
    v_clinic uuid;
    v_visit uuid;
    v_status text;
begin
    if tg_op = 'INSERT' then
        v_clinic := new.clinic_id;
        v_visit := new.visit_id;
    else
        v_clinic := old.clinic_id;
        v_visit := old.visit_id;
    end if;
    if tg_op = 'UPDATE' and (new.clinic_id, new.visit_id) is distinct from (v_clinic, v_visit) then
        raise exception 'what hangs on a visit stays with it' using errcode = 'restrict_violation', constraint = 'visit_signed_stays';
    end if;
    select v.status into v_status from visit v where v.clinic_id = v_clinic and v.id = v_visit for share;
    if v_status is distinct from 'draft' then
        raise exception 'a signed visit stays as it was signed' using errcode = 'restrict_violation', constraint = 'visit_signed_stays';
    end if;
    if tg_op = 'DELETE' then
        return old;
    end if;
    return new;
end $$;
create trigger visit_diagnosis_needs_draft before insert or update or delete on visit_diagnosis
    for each row execute function visit_part_needs_draft();
create trigger visit_procedure_needs_draft before insert or update or delete on visit_procedure
    for each row execute function visit_part_needs_draft();

-- Emptying a table goes past the triggers of its rows.
create trigger visit_no_truncate before truncate on visit for each statement execute function refuse_change();
create trigger visit_diagnosis_no_truncate before truncate on visit_diagnosis for each statement execute function refuse_change();
create trigger visit_procedure_no_truncate before truncate on visit_procedure for each statement execute function refuse_change();
