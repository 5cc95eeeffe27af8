-- As before, ranks and order included; where very many match, 500 instead of 1000 are looked at. What begins as typed is
-- read from the index in its order (as a range: LIKE would also be answered by the trigrams, far slower), and the keys
-- are only asked when the letters found too little.
create or replace function patient_search(
    p_clinic uuid, p_terms text[], p_keys text[], p_limit int, p_after_rank int default null, p_after uuid default null
)
    returns table (id uuid, rank int)
    language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    -- Sorts behind everything that begins as typed.
    v_behind constant text := chr(1114111);
    v_first text := p_terms[1];
    v_number text;
    v_rest text := '';
    v_else text;
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
        continue when i = 1;
        if length(p_terms[i]) < 3 then
            v_rest := v_rest || format(' and (p.search like %L or p.search like %L)', p_terms[i] || '%', '% ' || p_terms[i] || '%');
        elsif coalesce(p_keys[i], '') = '' then
            v_rest := v_rest || format(' and p.search like %L', '%' || p_terms[i] || '%');
        else
            v_rest := v_rest || format(' and (p.search like %L or p.search like %L)', '%' || p_terms[i] || '%', '%' || p_keys[i] || '%');
        end if;
    end loop;
    if p_after is not null then
        select p.search, lower(p.name_en) into v_after, v_after_en from patient p where p.clinic_id = p_clinic and p.id = p_after;
    end if;
    if cardinality(p_terms) = 1 and v_first ~ '^[0-9]{1,12}$' then
        v_number := ltrim(v_first, '0');
        v_number := lpad(v_number, greatest(6, length(v_number)), '0');
        v_rest := v_rest || format(' and p.file_number <> %L', v_number);
        if p_after_rank is null then
            return query select p.id, 0 from patient p where p.clinic_id = p_clinic and p.file_number = v_number;
            get diagnostics v_found = row_count;
            v_left := v_left - v_found;
        end if;
    end if;
    v_begins := format('p.search ~>=~ %L and p.search ~<~ %L', v_first, v_first || v_behind);
    v_begins_en := format('lower(p.name_en) ~>=~ %L and lower(p.name_en) ~<~ %L', v_first, v_first || v_behind);
    if v_left > 0 and coalesce(p_after_rank, 0) <= 1 then
        return query execute format(
            'select p.id, 1 from patient p where p.clinic_id = %L and %s %s %s order by p.search using ~<~, p.id limit %s',
            p_clinic, v_begins, v_rest,
            case when p_after_rank = 1 then
                format('and p.search ~>=~ %L and (p.search ~>~ %L or p.id > %L)', v_after, v_after, p_after) end,
            v_left);
        get diagnostics v_found = row_count;
        v_left := v_left - v_found;
    end if;
    if v_left > 0 and coalesce(p_after_rank, 0) <= 2 then
        return query execute format(
            'select p.id, 2 from patient p where p.clinic_id = %L and %s and not (%s) %s %s order by lower(p.name_en) using ~<~, p.id limit %s',
            p_clinic, v_begins_en, v_begins, v_rest,
            case when p_after_rank = 2 then
                format('and lower(p.name_en) ~>=~ %L and (lower(p.name_en) ~>~ %L or p.id > %L)', v_after_en, v_after_en, p_after) end,
            v_left);
        get diagnostics v_found = row_count;
        v_left := v_left - v_found;
    end if;
    v_else := format('p.clinic_id = %L and not (%s) and not (%s) %s', p_clinic, v_begins, v_begins_en, v_rest);
    if v_left > 0 and v_longest > 1 and coalesce(p_after_rank, 0) <= 4 then
        return query execute format(
            'select m.id, m.rank from (
                select p.id, p.search, case when p.search like %L then 3 else 4 end as rank
                from patient p
                where p.search like %L and %s
                limit 500
            ) m
            where %s
            order by m.rank, m.search using ~<~, m.id
            limit %s',
            '% ' || v_first || '%', case when length(v_first) < 3 then '% ' else '%' end || v_first || '%', v_else,
            case when p_after_rank > 2 then
                format('(m.rank > %s or m.rank = %s and (m.search ~>~ %L or m.search = %L and m.id > %L))',
                    p_after_rank, p_after_rank, v_after, v_after, p_after)
            else 'true' end,
            v_left);
        get diagnostics v_found = row_count;
        v_left := v_left - v_found;
    end if;
    if v_left > 0 and length(v_first) > 2 and coalesce(p_keys[1], '') <> '' then
        return query execute format(
            'select m.id, 5 from (
                select p.id, p.search
                from patient p
                where p.search like %L and p.search not like %L and %s
                limit 500
            ) m
            where %s
            order by m.search using ~<~, m.id
            limit %s',
            '%' || p_keys[1] || '%', '%' || v_first || '%', v_else,
            case when p_after_rank = 5 then
                format('(m.search ~>~ %L or m.search = %L and m.id > %L)', v_after, v_after, p_after)
            else 'true' end,
            v_left);
    end if;
end $$;
