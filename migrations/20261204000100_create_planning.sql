-- Treatment plans: what is proposed, at what price, what the patient was shown and what he signed. Every change of what
-- he would pay for counts the plan's revision up, so a presentation or a signature of an older one is known to be one.

create table treatment_plan (
    clinic_id uuid not null,
    id uuid not null,
    patient_id uuid not null,
    option_group uuid not null,
    name text not null,
    doctor_id uuid not null,
    note text,
    covered_percent smallint not null default 0,
    status text not null default 'draft',
    status_reason text,
    status_at timestamptz not null,
    status_by uuid,
    revision int not null default 1,
    created_at timestamptz not null,
    created_by uuid not null,
    version int not null default 1,
    constraint treatment_plan_pkey primary key (clinic_id, id),
    constraint treatment_plan_of_patient unique (clinic_id, id, patient_id),
    constraint treatment_plan_patient_fkey foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    constraint treatment_plan_doctor_fkey foreign key (clinic_id, doctor_id) references staff (clinic_id, id),
    constraint treatment_plan_created_by_fkey foreign key (clinic_id, created_by) references staff (clinic_id, id),
    constraint treatment_plan_status_by_fkey foreign key (clinic_id, status_by) references staff (clinic_id, id),
    constraint treatment_plan_status_known check (status in ('draft', 'presented', 'accepted', 'declined', 'withdrawn')),
    constraint treatment_plan_covered_range check (covered_percent between 0 and 100)
);
create unique index treatment_plan_one_accepted on treatment_plan (clinic_id, option_group) where status = 'accepted';
create index treatment_plan_patient on treatment_plan (clinic_id, patient_id, created_at);
create index treatment_plan_group on treatment_plan (clinic_id, option_group);
call protect_table('treatment_plan');
revoke delete on treatment_plan from dentpro_app;

-- The name of a phase; phases without a name are only numbered.
create table plan_phase (
    clinic_id uuid not null,
    plan_id uuid not null,
    patient_id uuid not null,
    number smallint not null,
    name text not null,
    constraint plan_phase_pkey primary key (clinic_id, plan_id, number),
    constraint plan_phase_plan_fkey foreign key (clinic_id, plan_id, patient_id) references treatment_plan (clinic_id, id, patient_id),
    constraint plan_phase_number_range check (number between 1 and 20)
);
call protect_table('plan_phase', 'plan_id');

create table plan_item (
    clinic_id uuid not null,
    id uuid not null,
    plan_id uuid not null,
    patient_id uuid not null,
    phase smallint not null default 1,
    position int not null,
    procedure_id uuid not null,
    tooth text,
    surfaces text[] not null default '{}',
    unit jsonb,
    doctor_id uuid,
    quantity int not null default 1,
    unit_price bigint not null,
    discount bigint not null default 0,
    covered_percent smallint not null default 0,
    sessions smallint not null default 1,
    minutes int not null,
    note text,
    finding_event_id uuid,
    chart_event_id uuid,
    status text not null default 'proposed',
    visit_procedure_id uuid,
    completed_at timestamptz,
    completed_by uuid,
    created_at timestamptz not null,
    created_by uuid not null,
    version int not null default 1,
    constraint plan_item_pkey primary key (clinic_id, id),
    constraint plan_item_of_patient unique (clinic_id, id, patient_id),
    constraint plan_item_plan_fkey foreign key (clinic_id, plan_id, patient_id) references treatment_plan (clinic_id, id, patient_id),
    constraint plan_item_procedure_fkey foreign key (clinic_id, procedure_id) references procedure_item (clinic_id, id),
    constraint plan_item_doctor_fkey foreign key (clinic_id, doctor_id) references staff (clinic_id, id),
    constraint plan_item_created_by_fkey foreign key (clinic_id, created_by) references staff (clinic_id, id),
    constraint plan_item_completed_by_fkey foreign key (clinic_id, completed_by) references staff (clinic_id, id),
    constraint plan_item_finding_fkey foreign key (clinic_id, finding_event_id, patient_id) references chart_event (clinic_id, id, patient_id),
    constraint plan_item_chart_event_fkey foreign key (clinic_id, chart_event_id, patient_id) references chart_event (clinic_id, id, patient_id),
    constraint plan_item_work_fkey foreign key (clinic_id, visit_procedure_id) references visit_procedure (clinic_id, id),
    constraint plan_item_work_once unique (clinic_id, visit_procedure_id),
    constraint plan_item_status_known check (status in ('proposed', 'accepted', 'declined', 'completed', 'withdrawn')),
    constraint plan_item_completed_whole check (
        (status = 'completed') = (visit_procedure_id is not null)
        and (status = 'completed') = (completed_at is not null)
        and (completed_at is null) = (completed_by is null)),
    constraint plan_item_tooth_fdi check (tooth ~ '^(([1-4][1-8])|([5-8][1-5]))$'),
    constraint plan_item_surfaces_known check (surfaces <@ '{M,D,O,B,L,R,V}'::text[]),
    constraint plan_item_phase_range check (phase between 1 and 20),
    constraint plan_item_quantity_range check (quantity between 1 and 999),
    constraint plan_item_price_range check (unit_price between 0 and 1000000000000),
    constraint plan_item_discount_range check (discount between 0 and unit_price * quantity),
    constraint plan_item_covered_range check (covered_percent between 0 and 100),
    constraint plan_item_sessions_range check (sessions between 1 and 50),
    constraint plan_item_minutes_range check (minutes between 5 and 6000)
);
create index plan_item_plan on plan_item (clinic_id, plan_id, phase, position);
create index plan_item_open on plan_item (clinic_id, patient_id) where status in ('proposed', 'accepted');
create index plan_item_chart_event on plan_item (clinic_id, chart_event_id) where chart_event_id is not null;
call protect_table('plan_item');
revoke delete on plan_item from dentpro_app;

-- A sitting of work that takes several; the work is charged once, when it is complete.
create table plan_session (
    clinic_id uuid not null,
    plan_item_id uuid not null,
    patient_id uuid not null,
    visit_id uuid not null,
    note text,
    recorded_at timestamptz not null,
    recorded_by uuid not null,
    constraint plan_session_pkey primary key (clinic_id, plan_item_id, visit_id),
    constraint plan_session_item_fkey foreign key (clinic_id, plan_item_id, patient_id) references plan_item (clinic_id, id, patient_id),
    constraint plan_session_visit_fkey foreign key (clinic_id, visit_id, patient_id) references visit (clinic_id, id, patient_id),
    constraint plan_session_recorded_by_fkey foreign key (clinic_id, recorded_by) references staff (clinic_id, id)
);
create index plan_session_visit on plan_session (clinic_id, visit_id);
call protect_table('plan_session', 'plan_item_id');

-- What the patient was shown: the exact text, and its hash.
create table plan_presentation (
    clinic_id uuid not null,
    id uuid not null,
    plan_id uuid not null,
    patient_id uuid not null,
    revision int not null,
    snapshot text not null,
    hash text not null,
    presented_on date not null,
    valid_until date not null,
    presented_at timestamptz not null,
    presented_by uuid not null,
    constraint plan_presentation_pkey primary key (clinic_id, id),
    constraint plan_presentation_of_plan unique (clinic_id, id, plan_id, patient_id),
    constraint plan_presentation_plan_fkey foreign key (clinic_id, plan_id, patient_id) references treatment_plan (clinic_id, id, patient_id),
    constraint plan_presentation_presented_by_fkey foreign key (clinic_id, presented_by) references staff (clinic_id, id),
    constraint plan_presentation_hash_of_snapshot check (hash = encode(sha256(convert_to(snapshot, 'UTF8')), 'hex')),
    constraint plan_presentation_valid_after check (valid_until >= presented_on)
);
create index plan_presentation_plan on plan_presentation (clinic_id, plan_id, presented_at desc);
call protect_table('plan_presentation');
call make_insert_only('plan_presentation');

-- What the patient answered, bound to what he was shown.
create table plan_signature (
    clinic_id uuid not null,
    id uuid not null,
    plan_id uuid not null,
    patient_id uuid not null,
    presentation_id uuid not null,
    hash text not null,
    decision text not null,
    accepted_items uuid[] not null default '{}',
    method text not null,
    signer_name text not null,
    relation text not null,
    strokes jsonb,
    reason text,
    signed_on date not null,
    signed_at timestamptz not null,
    taken_by uuid,
    constraint plan_signature_pkey primary key (clinic_id, id),
    constraint plan_signature_presentation_fkey foreign key (clinic_id, presentation_id, plan_id, patient_id)
        references plan_presentation (clinic_id, id, plan_id, patient_id),
    constraint plan_signature_taken_by_fkey foreign key (clinic_id, taken_by) references staff (clinic_id, id),
    constraint plan_signature_once unique (clinic_id, presentation_id),
    constraint plan_signature_decision_known check (decision in ('accepted', 'declined')),
    constraint plan_signature_method_known check (method in ('screen', 'link', 'word')),
    constraint plan_signature_relation_known check (relation in ('patient', 'guardian')),
    constraint plan_signature_pen_on_paper check ((method = 'word') = (strokes is null) or decision = 'declined'),
    constraint plan_signature_accepts_something check ((decision = 'accepted') = (cardinality(accepted_items) > 0))
);
create index plan_signature_plan on plan_signature (clinic_id, plan_id, signed_at desc);
call protect_table('plan_signature', 'id', '{strokes}');
call make_insert_only('plan_signature');

-- A secret address at which the patient reads a presentation and signs it, with his birth date as the second proof.
create table plan_link (
    clinic_id uuid not null,
    id uuid not null,
    token_hash bytea not null,
    presentation_id uuid not null,
    plan_id uuid not null,
    patient_id uuid not null,
    created_at timestamptz not null,
    created_by uuid not null,
    expires_at timestamptz not null,
    wrong_birth_dates smallint not null default 0,
    opened_at timestamptz,
    revoked_at timestamptz,
    constraint plan_link_pkey primary key (clinic_id, id),
    constraint plan_link_token_once unique (clinic_id, token_hash),
    constraint plan_link_presentation_fkey foreign key (clinic_id, presentation_id, plan_id, patient_id)
        references plan_presentation (clinic_id, id, plan_id, patient_id),
    constraint plan_link_created_by_fkey foreign key (clinic_id, created_by) references staff (clinic_id, id),
    constraint plan_link_few_guesses check (wrong_birth_dates between 0 and 5)
);
create index plan_link_token on plan_link (token_hash);
create index plan_link_plan on plan_link (clinic_id, plan_id);
call protect_table('plan_link', 'id', '{token_hash}');
revoke delete on plan_link from dentpro_app;

create function plan_link_clinic(p_token_hash bytea) returns uuid
    language sql stable security definer set search_path = public, pg_temp as $$
    select clinic_id from plan_link where token_hash = p_token_hash
$$;
revoke all on function plan_link_clinic from public;
grant execute on function plan_link_clinic to dentpro_app;

-- The plan's own terms count its revision up.
create function treatment_plan_counts_revisions() returns trigger
    language plpgsql as $$
begin
    if (new.clinic_id, new.id, new.patient_id, new.option_group, new.created_at, new.created_by)
        is distinct from (old.clinic_id, old.id, old.patient_id, old.option_group, old.created_at, old.created_by) then
        raise exception 'a plan stays with its patient' using errcode = 'restrict_violation', constraint = 'treatment_plan_stays';
    end if;
    if new.revision < old.revision then
        raise exception 'revisions are counted up' using errcode = 'restrict_violation', constraint = 'treatment_plan_stays';
    end if;
    if (new.name, coalesce(new.note, '')) is distinct from (old.name, coalesce(old.note, '')) and new.revision = old.revision then
        new.revision := old.revision + 1;
    end if;
    return new;
end $$;
create trigger treatment_plan_counts_revisions before update on treatment_plan
    for each row execute function treatment_plan_counts_revisions();

-- So do its items and phases, unless only the progress of an item changed.
create function plan_content_changes() returns trigger
    language plpgsql as $$
declare
    v_row jsonb := to_jsonb(coalesce(new, old));
    v_progress text[] := '{status,visit_procedure_id,completed_at,completed_by,chart_event_id,finding_event_id,doctor_id,position,minutes,version}';
begin
    if tg_op = 'UPDATE' then
        if (to_jsonb(new) -> 'plan_id', to_jsonb(new) -> 'patient_id') is distinct from (to_jsonb(old) -> 'plan_id', to_jsonb(old) -> 'patient_id') then
            raise exception 'an item stays in its plan' using errcode = 'restrict_violation', constraint = 'plan_item_stays';
        end if;
        if to_jsonb(new) - v_progress = to_jsonb(old) - v_progress
            and (to_jsonb(new) ->> 'status' = 'withdrawn') is not distinct from (to_jsonb(old) ->> 'status' = 'withdrawn') then
            return null;
        end if;
        if to_jsonb(old) ->> 'status' = 'completed' then
            raise exception 'what is done stays as it was planned' using errcode = 'restrict_violation', constraint = 'plan_item_completed_stays';
        end if;
    end if;
    update treatment_plan p set revision = p.revision + 1
        where p.clinic_id = (v_row ->> 'clinic_id')::uuid and p.id = (v_row ->> 'plan_id')::uuid;
    return null;
end $$;
create trigger plan_item_changes_plan after insert or update on plan_item for each row execute function plan_content_changes();
create trigger plan_phase_changes_plan after insert or update or delete on plan_phase for each row execute function plan_content_changes();
create trigger plan_item_no_truncate before truncate on plan_item for each statement execute function refuse_change();
create trigger treatment_plan_no_truncate before truncate on treatment_plan for each statement execute function refuse_change();

-- Nobody is shown, and nobody signs, what is no longer the plan. The lock makes a change and a signature wait for
-- each other.
create function plan_answer_is_current() returns trigger
    language plpgsql as $$
declare
    v_plan treatment_plan;
    v_shown plan_presentation;
begin
    select * into v_plan from treatment_plan p where p.clinic_id = new.clinic_id and p.id = new.plan_id for update;
    if tg_argv[0] = 'presentation' then
        if new.revision <> v_plan.revision then
            raise exception 'the plan was changed' using errcode = 'check_violation', constraint = 'plan_presentation_current';
        end if;
        return new;
    end if;
    select * into v_shown from plan_presentation s where s.clinic_id = new.clinic_id and s.id = new.presentation_id;
    if v_shown.revision <> v_plan.revision or v_shown.hash <> new.hash then
        raise exception 'the plan was changed' using errcode = 'check_violation', constraint = 'plan_signature_current';
    end if;
    if new.decision = 'accepted' and new.signed_on > v_shown.valid_until then
        raise exception 'the offer has expired' using errcode = 'check_violation', constraint = 'plan_signature_in_time';
    end if;
    return new;
end $$;
create trigger plan_presentation_current before insert on plan_presentation
    for each row execute function plan_answer_is_current('presentation');
create trigger plan_signature_current before insert on plan_signature
    for each row execute function plan_answer_is_current('signature');

-- Sittings of a visit move only while it is a draft, as everything that hangs on it.
create trigger plan_session_needs_draft before insert or update or delete on plan_session
    for each row execute function visit_part_needs_draft();

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
            ('admin', 'planning.read'), ('admin', 'planning.write'), ('admin', 'planning.present'),
            ('doctor', 'planning.read'), ('doctor', 'planning.write'), ('doctor', 'planning.present'),
            ('assistant', 'planning.read'),
            ('receptionist', 'planning.read'), ('receptionist', 'planning.present')
        ) p (code, permission) on p.code = r.code
        where r.clinic_id = c
        on conflict do nothing;
    end loop;
end $$;
