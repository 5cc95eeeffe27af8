-- Periodontal exams. Readings are rows of their own, by tooth and by site, so that two people who write into the same
-- draft touch only what each of them typed. A closed exam stays as it was closed, for its owner too.

create table perio_exam (
    clinic_id uuid not null,
    id uuid not null,
    patient_id uuid not null,
    kind text not null default 'full',
    status text not null default 'draft',
    on_date date not null,
    note text not null default '',
    bone_loss_percent smallint,
    teeth_lost smallint,
    smoking text,
    diabetes text,
    condition text,
    stage text,
    grade text,
    extent text,
    diagnosed_at timestamptz,
    diagnosed_by uuid,
    started_at timestamptz not null,
    started_by uuid not null,
    closed_at timestamptz,
    closed_by uuid,
    error_reason text,
    error_at timestamptz,
    error_by uuid,
    version int not null default 1,
    constraint perio_exam_pkey primary key (clinic_id, id),
    constraint perio_exam_of_patient unique (clinic_id, id, patient_id),
    constraint perio_exam_patient_fkey foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    constraint perio_exam_started_by_fkey foreign key (clinic_id, started_by) references staff (clinic_id, id),
    constraint perio_exam_closed_by_fkey foreign key (clinic_id, closed_by) references staff (clinic_id, id),
    constraint perio_exam_diagnosed_by_fkey foreign key (clinic_id, diagnosed_by) references staff (clinic_id, id),
    constraint perio_exam_error_by_fkey foreign key (clinic_id, error_by) references staff (clinic_id, id),
    constraint perio_exam_kind_known check (kind in ('full', 'screening')),
    constraint perio_exam_status_known check (status in ('draft', 'closed', 'entered_in_error')),
    constraint perio_exam_closed_whole check (
        status <> 'closed' or (closed_at is not null and closed_by is not null)),
    constraint perio_exam_error_whole check (
        status <> 'entered_in_error' or (error_reason is not null and error_at is not null and error_by is not null)),
    constraint perio_exam_diagnosis_whole check (
        (condition is null) = (diagnosed_at is null) and (condition is null) = (diagnosed_by is null)),
    constraint perio_exam_diagnosis_graded check (
        case condition
            when 'periodontitis' then stage is not null and grade is not null and extent is not null
            else stage is null and grade is null
        end),
    constraint perio_exam_condition_known check (condition in ('health', 'gingivitis', 'periodontitis')),
    constraint perio_exam_stage_known check (stage in ('I', 'II', 'III', 'IV')),
    constraint perio_exam_grade_known check (grade in ('A', 'B', 'C')),
    constraint perio_exam_extent_known check (extent in ('localized', 'generalized', 'molar_incisor')),
    constraint perio_exam_bone_loss_range check (bone_loss_percent between 0 and 100),
    constraint perio_exam_teeth_lost_range check (teeth_lost between 0 and 32),
    constraint perio_exam_smoking_known check (smoking in ('none', 'under_ten', 'ten_or_more')),
    constraint perio_exam_diabetes_known check (diabetes in ('none', 'controlled', 'uncontrolled'))
);
create unique index perio_exam_one_draft on perio_exam (clinic_id, patient_id) where status = 'draft';
create index perio_exam_patient on perio_exam (clinic_id, patient_id, on_date desc, id desc);
call protect_table('perio_exam');
revoke delete on perio_exam from dentpro_app;

-- One row for each permanent tooth of a full exam, made with the exam.
create table perio_tooth (
    clinic_id uuid not null,
    exam_id uuid not null,
    patient_id uuid not null,
    tooth text not null,
    presence text not null default 'tooth',
    mobility smallint,
    furcation_b smallint,
    furcation_l smallint,
    furcation_m smallint,
    furcation_d smallint,
    constraint perio_tooth_pkey primary key (clinic_id, exam_id, tooth),
    constraint perio_tooth_exam_fkey foreign key (clinic_id, exam_id, patient_id) references perio_exam (clinic_id, id, patient_id),
    constraint perio_tooth_fdi check (tooth ~ '^[1-4][1-8]$'),
    constraint perio_tooth_presence_known check (presence in ('tooth', 'implant', 'missing')),
    constraint perio_tooth_mobility_range check (mobility between 0 and 3),
    constraint perio_tooth_furcation_range check (
        furcation_b between 0 and 3 and furcation_l between 0 and 3
        and furcation_m between 0 and 3 and furcation_d between 0 and 3),
    constraint perio_tooth_furcation_here check (
        (furcation_b is null or tooth ~ '^[1-4][678]$')
        and (furcation_l is null or tooth ~ '^[34][678]$')
        and (coalesce(furcation_m, furcation_d) is null or tooth ~ '^[12][4678]$')),
    constraint perio_tooth_missing_empty check (
        presence <> 'missing'
        or coalesce(mobility, furcation_b, furcation_l, furcation_m, furcation_d) is null)
);
call protect_table('perio_tooth', 'exam_id');
revoke delete on perio_tooth from dentpro_app;

-- What was read at a site. The attachment level is depth − margin and is nowhere stored.
create table perio_site (
    clinic_id uuid not null,
    exam_id uuid not null,
    patient_id uuid not null,
    tooth text not null,
    site text not null,
    depth smallint,
    margin smallint,
    bleeding boolean not null default false,
    suppuration boolean not null default false,
    plaque boolean not null default false,
    calculus boolean not null default false,
    constraint perio_site_pkey primary key (clinic_id, exam_id, tooth, site),
    constraint perio_site_exam_fkey foreign key (clinic_id, exam_id, patient_id) references perio_exam (clinic_id, id, patient_id),
    constraint perio_site_tooth_fkey foreign key (clinic_id, exam_id, tooth) references perio_tooth (clinic_id, exam_id, tooth),
    constraint perio_site_known check (site in ('DB', 'B', 'MB', 'DL', 'L', 'ML')),
    constraint perio_site_depth_range check (depth between 0 and 15),
    constraint perio_site_margin_range check (margin between -15 and 15)
);
call protect_table('perio_site', 'exam_id');
revoke delete on perio_site from dentpro_app;

-- The code of a sextant in a screening.
create table perio_sextant (
    clinic_id uuid not null,
    exam_id uuid not null,
    patient_id uuid not null,
    sextant text not null,
    code text,
    constraint perio_sextant_pkey primary key (clinic_id, exam_id, sextant),
    constraint perio_sextant_exam_fkey foreign key (clinic_id, exam_id, patient_id) references perio_exam (clinic_id, id, patient_id),
    constraint perio_sextant_known check (sextant in (
        'upper_right', 'upper_front', 'upper_left', 'lower_left', 'lower_front', 'lower_right')),
    constraint perio_sextant_code_known check (code ~ '^([0-4]\*?|X)$')
);
call protect_table('perio_sextant', 'exam_id');
revoke delete on perio_sextant from dentpro_app;

create function perio_exam_closed_stays() returns trigger
    language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        raise exception 'a periodontal exam is never deleted'
            using errcode = 'restrict_violation', constraint = 'perio_exam_closed_stays';
    end if;
    if (new.clinic_id, new.id, new.patient_id, new.kind, new.started_at, new.started_by)
        is distinct from (old.clinic_id, old.id, old.patient_id, old.kind, old.started_at, old.started_by) then
        raise exception 'an exam stays with its patient'
            using errcode = 'restrict_violation', constraint = 'perio_exam_closed_stays';
    end if;
    if old.status = 'draft' then
        return new;
    end if;
    -- The one change a closed exam knows: marked as entered in error, with everything else as it was.
    if old.status = 'closed' and new.status = 'entered_in_error'
        and (to_jsonb(new) - '{status,error_reason,error_at,error_by,version}'::text[])
            = (to_jsonb(old) - '{status,error_reason,error_at,error_by,version}'::text[]) then
        return new;
    end if;
    raise exception 'a closed exam stays as it was closed'
        using errcode = 'restrict_violation', constraint = 'perio_exam_closed_stays';
end $$;
create trigger perio_exam_closed_stays before update or delete on perio_exam
    for each row execute function perio_exam_closed_stays();

-- Readings move only while their exam is a draft. The lock makes closing and a late reading wait for each other.
create function perio_reading_needs_draft() returns trigger
    language plpgsql as $$
declare
    v_status text;
    v_presence text;
begin
    if tg_op = 'DELETE' then
        raise exception 'a reading is cleared, never deleted'
            using errcode = 'restrict_violation', constraint = 'perio_exam_closed_stays';
    end if;
    if tg_op = 'UPDATE'
        and (new.clinic_id, new.exam_id, new.patient_id) is distinct from (old.clinic_id, old.exam_id, old.patient_id) then
        raise exception 'a reading stays with its exam'
            using errcode = 'restrict_violation', constraint = 'perio_exam_closed_stays';
    end if;
    select e.status into v_status
        from perio_exam e where e.clinic_id = new.clinic_id and e.id = new.exam_id for share;
    if v_status is distinct from 'draft' then
        raise exception 'a closed exam stays as it was closed'
            using errcode = 'restrict_violation', constraint = 'perio_exam_closed_stays';
    end if;
    if tg_argv[0] = 'tooth' and to_jsonb(new) ->> 'presence' = 'missing' then
        if exists (
            select from perio_site s
            where s.clinic_id = new.clinic_id and s.exam_id = new.exam_id and s.tooth = to_jsonb(new) ->> 'tooth'
                and (s.depth is not null or s.margin is not null
                    or s.bleeding or s.suppuration or s.plaque or s.calculus)) then
            raise exception 'a tooth that was read is not missing'
                using errcode = 'restrict_violation', constraint = 'perio_site_tooth_present';
        end if;
    end if;
    if tg_argv[0] = 'site' then
        select t.presence into v_presence
            from perio_tooth t
            where t.clinic_id = new.clinic_id and t.exam_id = new.exam_id and t.tooth = to_jsonb(new) ->> 'tooth'
            for share;
        if v_presence = 'missing' then
            raise exception 'a missing tooth has no readings'
                using errcode = 'restrict_violation', constraint = 'perio_site_tooth_present';
        end if;
    end if;
    return new;
end $$;
create trigger perio_tooth_needs_draft before insert or update or delete on perio_tooth
    for each row execute function perio_reading_needs_draft('tooth');
create trigger perio_site_needs_draft before insert or update or delete on perio_site
    for each row execute function perio_reading_needs_draft('site');
create trigger perio_sextant_needs_draft before insert or update or delete on perio_sextant
    for each row execute function perio_reading_needs_draft('sextant');

-- Emptying a table goes past the triggers of its rows.
create trigger perio_exam_no_truncate before truncate on perio_exam for each statement execute function refuse_change();
create trigger perio_tooth_no_truncate before truncate on perio_tooth for each statement execute function refuse_change();
create trigger perio_site_no_truncate before truncate on perio_site for each statement execute function refuse_change();
create trigger perio_sextant_no_truncate before truncate on perio_sextant for each statement execute function refuse_change();

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
            ('admin', 'periodontal.read'), ('admin', 'periodontal.write'), ('admin', 'periodontal.diagnose'),
            ('doctor', 'periodontal.read'), ('doctor', 'periodontal.write'), ('doctor', 'periodontal.diagnose'),
            ('assistant', 'periodontal.read'), ('assistant', 'periodontal.write')
        ) p (code, permission) on p.code = r.code
        where r.clinic_id = c
        on conflict do nothing;
    end loop;
end $$;
