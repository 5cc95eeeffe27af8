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
create index patient_name_en_prefix on patient (clinic_id, lower(name_en) text_pattern_ops);
-- … substrings and typos by this one, inside the security definer function below.
create index patient_search_trigram on patient using gin (clinic_id, search gin_trgm_ops);
create index patient_by_age on patient (clinic_id, created_at desc, id desc);
create index patient_guardian on patient (clinic_id, guardian_id) where guardian_id is not null;
create index patient_guarantor on patient (clinic_id, guarantor_id) where guarantor_id is not null;
call protect_table('patient', p_hidden => '{search}');
revoke delete on patient from dentpro_app;

-- Every term has to match: as typed (folded) or, where it has one, by its key across the two scripts. Both arrays
-- have one entry a term, and core::text makes them, so they hold nothing that LIKE would take for a wildcard.
-- Best first: rank 0 is the file number itself, 1 begins with the first term, 2 has an English name that does, 3 has
-- a word that does, 4 has the term anywhere, 5 has its key. The next page comes after a rank and a patient.
-- Ranks 1 and 2 are read in the order of their btree and cost what they return. The others come from the trigram
-- index, and of what a frequent name finds no more than 1000 are ranked: who wants more types more. Terms of fewer
-- than three characters have no trigram: two are looked for where words begin, one where names begin.
create function patient_search(
    p_clinic uuid, p_terms text[], p_keys text[], p_limit int, p_after_rank int default null, p_after uuid default null
)
    returns table (id uuid, rank int)
    language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    v_first text := p_terms[1];
    v_number text;
    v_where text := '';
    v_begins text;
    v_begins_en text;
    v_after text;
    v_after_en text;
    v_found int;
    v_left int := p_limit;
    v_longest int := 0;
    i int;
begin
    if p_clinic is distinct from current_clinic() then
        raise exception 'the clinic is that of the transaction' using errcode = 'insufficient_privilege';
    end if;
    if v_first is null then
        return;
    end if;
    for i in 1 .. cardinality(p_terms) loop
        v_longest := greatest(v_longest, length(p_terms[i]));
        if length(p_terms[i]) < 3 then
            v_where := v_where || format(' and (p.search like %L or p.search like %L)', p_terms[i] || '%', '% ' || p_terms[i] || '%');
        elsif coalesce(p_keys[i], '') = '' then
            v_where := v_where || format(' and p.search like %L', '%' || p_terms[i] || '%');
        else
            v_where := v_where || format(' and (p.search like %L or p.search like %L)', '%' || p_terms[i] || '%', '%' || p_keys[i] || '%');
        end if;
    end loop;
    if p_after is not null then
        select p.search, lower(p.name_en) into v_after, v_after_en from patient p where p.clinic_id = p_clinic and p.id = p_after;
    end if;
    if cardinality(p_terms) = 1 and v_first ~ '^[0-9]{1,12}$' then
        v_number := ltrim(v_first, '0');
        v_number := lpad(v_number, greatest(6, length(v_number)), '0');
        v_where := v_where || format(' and p.file_number <> %L', v_number);
        if p_after_rank is null then
            return query select p.id, 0 from patient p where p.clinic_id = p_clinic and p.file_number = v_number;
            get diagnostics v_found = row_count;
            v_left := v_left - v_found;
        end if;
    end if;
    v_begins := format('p.search like %L', v_first || '%');
    v_begins_en := format('lower(p.name_en) like %L', v_first || '%');
    if v_left > 0 and coalesce(p_after_rank, 0) <= 1 then
        return query execute format(
            'select p.id, 1 from patient p where p.clinic_id = %L and %s %s %s order by p.search using ~<~, p.id limit %s',
            p_clinic, v_begins, v_where,
            case when p_after_rank = 1 then
                format('and p.search ~>=~ %L and (p.search ~>~ %L or p.id > %L)', v_after, v_after, p_after) end,
            v_left);
        get diagnostics v_found = row_count;
        v_left := v_left - v_found;
    end if;
    if v_left > 0 and coalesce(p_after_rank, 0) <= 2 then
        return query execute format(
            'select p.id, 2 from patient p where p.clinic_id = %L and %s and not %s %s %s order by lower(p.name_en) using ~<~, p.id limit %s',
            p_clinic, v_begins_en, v_begins, v_where,
            case when p_after_rank = 2 then
                format('and lower(p.name_en) ~>=~ %L and (lower(p.name_en) ~>~ %L or p.id > %L)', v_after_en, v_after_en, p_after) end,
            v_left);
        get diagnostics v_found = row_count;
        v_left := v_left - v_found;
    end if;
    if v_left > 0 and v_longest > 1 then
        return query execute format(
            'select m.id, m.rank from (
                select p.id, p.search,
                    case when p.search like %L then 3 when p.search like %L then 4 else 5 end as rank
                from patient p
                where p.clinic_id = %L and not %s and not %s %s
                limit 1000
            ) m
            where %s
            order by m.rank, m.search using ~<~, m.id
            limit %s',
            '% ' || v_first || '%', '%' || v_first || '%', p_clinic, v_begins, v_begins_en, v_where,
            case when p_after_rank > 2 then
                format('(m.rank > %s or m.rank = %s and (m.search ~>~ %L or m.search = %L and m.id > %L))',
                    p_after_rank, p_after_rank, v_after, v_after, p_after)
            else 'true' end,
            v_left);
    end if;
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

-- Nothing here goes away, whoever asks: what was wrong is entered in error, a contact ends.
create function patient_record_stays() returns trigger
    language plpgsql as $$
begin
    raise exception '% is never deleted: what was wrong is entered in error', tg_table_name
        using errcode = 'restrict_violation', constraint = tg_table_name || '_stays';
end $$;

do $$
declare
    v_table text;
begin
    foreach v_table in array '{patient,patient_contact,patient_allergy,patient_condition,patient_medication}'::text[] loop
        execute format('create trigger %I before delete on %I for each row execute function patient_record_stays()',
            v_table || '_stays', v_table);
        execute format('create trigger %I before truncate on %I for each statement execute function patient_record_stays()',
            v_table || '_no_truncate', v_table);
    end loop;
end $$;
