-- Patients, their contacts and medical history. Nothing here is deleted: what was wrong is entered in error.

create table patient (
    clinic_id uuid not null,
    id uuid not null,
    file_number text not null,
    name_ar text not null,
    name_en text not null,
    birth_date date,
    sex text not null default 'unknown',
    phones jsonb not null default '[]',
    email text,
    national_id text,
    address text,
    notes text,
    preferred_language text,
    guardian_id uuid,
    guarantor_id uuid,
    status text not null default 'active',
    smoking text not null default 'unknown',
    pregnancy text not null default 'unknown',
    pregnancy_due date,
    surgery_notes text,
    no_allergies boolean not null default false,
    no_conditions boolean not null default false,
    no_medications boolean not null default false,
    search text not null,
    created_at timestamptz not null,
    version int not null default 1,
    constraint patient_pkey primary key (clinic_id, id),
    constraint patient_clinic_fkey foreign key (clinic_id) references clinic (clinic_id),
    constraint patient_guardian_fkey foreign key (clinic_id, guardian_id) references patient (clinic_id, id),
    constraint patient_guarantor_fkey foreign key (clinic_id, guarantor_id) references patient (clinic_id, id),
    constraint patient_file_number_once unique (clinic_id, file_number),
    constraint patient_national_id_once unique (clinic_id, national_id),
    constraint patient_named check (name_ar <> '' or name_en <> ''),
    constraint patient_name_length check (length(name_ar) <= 200 and length(name_en) <= 200),
    constraint patient_birth_date_range check (birth_date between '1900-01-01' and '2200-12-31'),
    constraint patient_sex_known check (sex in ('male', 'female', 'unknown')),
    constraint patient_status_known check (status in ('active', 'archived')),
    constraint patient_language_known check (preferred_language in ('ar', 'en')),
    constraint patient_smoking_known check (smoking in ('unknown', 'never', 'former', 'current')),
    constraint patient_pregnancy_known check (pregnancy in ('not_applicable', 'unknown', 'no', 'yes')),
    constraint patient_phones_list check (jsonb_typeof(phones) = 'array' and jsonb_array_length(phones) <= 10),
    constraint patient_not_own_guardian check (guardian_id <> id),
    constraint patient_not_own_guarantor check (guarantor_id <> id)
);
-- Behind a policy only leakproof operators are index conditions: prefixes go by this btree …
create index patient_search_prefix on patient (clinic_id, search text_pattern_ops);
-- … substrings and typos by this one, inside the security definer function below.
create index patient_search_trigram on patient using gin (clinic_id, search gin_trgm_ops);
create index patient_by_age on patient (clinic_id, created_at desc, id desc);
create index patient_guardian on patient (clinic_id, guardian_id) where guardian_id is not null;
create index patient_guarantor on patient (clinic_id, guarantor_id) where guarantor_id is not null;
call protect_table('patient', p_hidden => '{search}');
revoke delete on patient from dentpro_app;

-- Every term has to match: as typed (folded) or, where it has one, by its key across the two scripts.
-- Both arrays have one entry a term and are LIKE-escaped already. Answers at most p_limit ids, best first:
-- rank 0 begins with the first term, 1 has a word that begins with it, 2 has it anywhere, 3 by key.
create function patient_search(p_clinic uuid, p_terms text[], p_keys text[], p_limit int)
    returns table (id uuid, rank int)
    language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    v_where text := '';
    i int;
begin
    if p_clinic is distinct from current_clinic() then
        raise exception 'the clinic is that of the transaction' using errcode = 'insufficient_privilege';
    end if;
    for i in 1 .. cardinality(p_terms) loop
        if coalesce(p_keys[i], '') = '' then
            v_where := v_where || format(' and p.search like %L', '%' || p_terms[i] || '%');
        else
            v_where := v_where || format(' and (p.search like %L or p.search like %L)',
                '%' || p_terms[i] || '%', '%' || p_keys[i] || '%');
        end if;
    end loop;
    return query execute format(
        'select p.id,
            case when p.search like %L then 0 when p.search like %L then 1 when p.search like %L then 2 else 3 end as rank
        from patient p
        where p.clinic_id = %L %s
        order by 2, p.search
        limit %s',
        p_terms[1] || '%', '% ' || p_terms[1] || '%', '%' || p_terms[1] || '%', p_clinic, v_where, p_limit);
end $$;

-- Typos: word similarity of the folded names, only asked when the search above finds too few.
create function patient_search_similar(p_clinic uuid, p_text text, p_limit int)
    returns table (id uuid, similarity real)
    language plpgsql stable security definer set search_path = public, pg_temp
    set pg_trgm.word_similarity_threshold = 0.5 as $$
begin
    if p_clinic is distinct from current_clinic() then
        raise exception 'the clinic is that of the transaction' using errcode = 'insufficient_privilege';
    end if;
    return query execute
        'select p.id, word_similarity($2, p.search)
        from patient p
        where p.clinic_id = $1 and $2 <% p.search
        order by 2 desc, p.search
        limit $3'
        using p_clinic, p_text, p_limit;
end $$;
revoke all on function patient_search, patient_search_similar from public;
grant execute on function patient_search, patient_search_similar to dentpro_app;

create table patient_contact (
    clinic_id uuid not null,
    id uuid not null,
    patient_id uuid not null,
    name text not null,
    relationship text not null,
    phone text not null,
    recorded_at timestamptz not null,
    recorded_by uuid not null,
    ended_at timestamptz,
    ended_by uuid,
    constraint patient_contact_pkey primary key (clinic_id, id),
    constraint patient_contact_patient_fkey foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    constraint patient_contact_recorded_by_fkey foreign key (clinic_id, recorded_by) references staff (clinic_id, id),
    constraint patient_contact_ended_by_fkey foreign key (clinic_id, ended_by) references staff (clinic_id, id)
);
create index patient_contact_patient on patient_contact (clinic_id, patient_id);
call protect_table('patient_contact');
revoke delete on patient_contact from dentpro_app;

create table patient_allergy (
    clinic_id uuid not null,
    id uuid not null,
    patient_id uuid not null,
    substance text not null,
    drug_class text,
    severity text not null,
    reaction text,
    status text not null default 'active',
    status_reason text,
    recorded_at timestamptz not null,
    recorded_by uuid not null,
    version int not null default 1,
    constraint patient_allergy_pkey primary key (clinic_id, id),
    constraint patient_allergy_patient_fkey foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    constraint patient_allergy_recorded_by_fkey foreign key (clinic_id, recorded_by) references staff (clinic_id, id),
    constraint patient_allergy_severity_known check (severity in ('mild', 'moderate', 'severe')),
    constraint patient_allergy_status_known check (status in ('active', 'resolved', 'entered_in_error')),
    constraint patient_allergy_error_has_reason check (status <> 'entered_in_error' or status_reason is not null)
);
create index patient_allergy_patient on patient_allergy (clinic_id, patient_id);
call protect_table('patient_allergy');
revoke delete on patient_allergy from dentpro_app;

create table patient_condition (
    clinic_id uuid not null,
    id uuid not null,
    patient_id uuid not null,
    code text,
    name text not null,
    since text,
    alert text not null default 'amber',
    status text not null default 'active',
    status_reason text,
    recorded_at timestamptz not null,
    recorded_by uuid not null,
    version int not null default 1,
    constraint patient_condition_pkey primary key (clinic_id, id),
    constraint patient_condition_patient_fkey foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    constraint patient_condition_recorded_by_fkey foreign key (clinic_id, recorded_by) references staff (clinic_id, id),
    constraint patient_condition_alert_known check (alert in ('red', 'amber', 'none')),
    constraint patient_condition_status_known check (status in ('active', 'resolved', 'entered_in_error')),
    constraint patient_condition_error_has_reason check (status <> 'entered_in_error' or status_reason is not null)
);
create index patient_condition_patient on patient_condition (clinic_id, patient_id);
call protect_table('patient_condition');
revoke delete on patient_condition from dentpro_app;

create table patient_medication (
    clinic_id uuid not null,
    id uuid not null,
    patient_id uuid not null,
    name text not null,
    drug_id uuid,
    drug_class text,
    dose text,
    since text,
    status text not null default 'active',
    status_reason text,
    recorded_at timestamptz not null,
    recorded_by uuid not null,
    version int not null default 1,
    constraint patient_medication_pkey primary key (clinic_id, id),
    constraint patient_medication_patient_fkey foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    constraint patient_medication_drug_fkey foreign key (clinic_id, drug_id) references drug (clinic_id, id),
    constraint patient_medication_recorded_by_fkey foreign key (clinic_id, recorded_by) references staff (clinic_id, id),
    constraint patient_medication_status_known check (status in ('active', 'resolved', 'entered_in_error')),
    constraint patient_medication_error_has_reason check (status <> 'entered_in_error' or status_reason is not null)
);
create index patient_medication_patient on patient_medication (clinic_id, patient_id);
call protect_table('patient_medication');
revoke delete on patient_medication from dentpro_app;
