-- What every slice stands on: the role that serves requests, the audit chain, the outbox,
-- live events, idempotency and gapless numbers.

create extension if not exists btree_gist;
create extension if not exists btree_gin;
create extension if not exists pg_trgm;

-- Roles belong to the whole cluster, so two databases may try this at once.
do $$
begin
    create role dentpro_app nologin;
exception when duplicate_object or unique_violation then null;
end $$;

do $$
begin
    if not (select rolsuper from pg_roles where rolname = current_user) then
        execute format('grant dentpro_app to %I', current_user);
    end if;
end $$;

-- The context of a transaction, set by the kernel's only door to the database.
create function current_clinic() returns uuid
    language sql stable parallel safe
    return nullif(current_setting('dentpro.clinic', true), '')::uuid;

create function current_actor() returns uuid
    language sql stable parallel safe
    return nullif(current_setting('dentpro.actor', true), '')::uuid;

-- The audit log -----------------------------------------------------------------------------------

create table audit_entry (
    clinic_id uuid not null,
    id bigint generated always as identity,
    at timestamptz not null default clock_timestamp(),
    actor_id uuid not null,
    action text not null,
    entity text not null,
    entity_id uuid,
    patient_id uuid,
    before jsonb,
    after jsonb,
    reason text,
    request_id uuid,
    constraint audit_entry_pkey primary key (clinic_id, id),
    constraint audit_entry_action_known check (action ~ '^[a-z_]{3,40}$')
);
create index audit_entry_entity on audit_entry (clinic_id, entity, entity_id, id desc);
create index audit_entry_actor on audit_entry (clinic_id, actor_id, id desc);
create index audit_entry_patient on audit_entry (clinic_id, patient_id, id desc) where patient_id is not null;
create index audit_entry_at on audit_entry (clinic_id, at desc);

-- What is not sealed yet. A row of audit_entry that is neither here nor sealed was put there by hand.
create table audit_pending (
    clinic_id uuid not null,
    entry_id bigint not null,
    constraint audit_pending_pkey primary key (clinic_id, entry_id)
);

-- The chain: hash(n) = sha256(hash(n - 1) || canonical bytes of the entry).
create table audit_seal (
    clinic_id uuid not null,
    seq bigint not null,
    entry_id bigint not null,
    hash bytea not null,
    sealed_at timestamptz not null default clock_timestamp(),
    constraint audit_seal_pkey primary key (clinic_id, seq),
    constraint audit_seal_entry_once unique (clinic_id, entry_id),
    constraint audit_seal_seq_positive check (seq > 0)
);

create function audit_record(
    p_clinic uuid, p_action text, p_entity text, p_entity_id uuid, p_patient uuid,
    p_before jsonb, p_after jsonb, p_reason text
) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    v_actor uuid := current_actor();
    v_id bigint;
begin
    if v_actor is null then
        raise exception 'no actor is set: a change without a known actor is refused'
            using errcode = 'insufficient_privilege', constraint = 'audit_actor_required';
    end if;
    insert into audit_entry (clinic_id, actor_id, action, entity, entity_id, patient_id, before, after, reason, request_id)
    values (p_clinic, v_actor, p_action, p_entity, p_entity_id, p_patient, p_before, p_after,
        coalesce(p_reason, nullif(current_setting('dentpro.reason', true), '')),
        nullif(current_setting('dentpro.request', true), '')::uuid)
    returning id into v_id;
    insert into audit_pending (clinic_id, entry_id) values (p_clinic, v_id);
end $$;

-- The entry of an act that changes no row: a read of a clinical record, an export, a sign-in, a refusal.
-- The clinic is always that of the transaction; without one it is the installation's own log.
create function audit_write(
    p_action text, p_entity text, p_entity_id uuid, p_patient uuid, p_after jsonb, p_reason text
) returns void
    language sql security definer set search_path = public, pg_temp
    as $$
    select audit_record(coalesce(current_clinic(), '00000000-0000-0000-0000-000000000000'),
        p_action, p_entity, p_entity_id, p_patient, null, p_after, p_reason)
$$;

-- Arguments: logical table name, name of the id column, columns that are never written to the log.
create function audit_row() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    v_entity text := tg_argv[0];
    v_key text := tg_argv[1];
    v_hidden text[] := coalesce(tg_argv[2], '{}')::text[];
    v_old jsonb;
    v_new jsonb;
    v_row jsonb;
    v_before jsonb;
    v_after jsonb;
begin
    if tg_op <> 'INSERT' then
        v_old := to_jsonb(old) - v_hidden;
    end if;
    if tg_op <> 'DELETE' then
        v_new := to_jsonb(new) - v_hidden;
    end if;
    v_row := coalesce(v_new, v_old);
    if tg_op = 'UPDATE' then
        select jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, v_new -> o.key)
            into v_before, v_after
            from jsonb_each(v_old) o
            where o.value is distinct from v_new -> o.key;
        if v_before is null then
            if to_jsonb(old) = to_jsonb(new) then
                return null;
            end if;
            -- Only hidden columns changed: say that they did, never to what.
            v_before := '{}';
            v_after := '{}';
        end if;
    else
        v_before := v_old;
        v_after := v_new;
    end if;
    perform audit_record(
        coalesce((v_row ->> 'clinic_id')::uuid, '00000000-0000-0000-0000-000000000000'),
        lower(tg_op), v_entity, (v_row ->> v_key)::uuid,
        case when v_entity = 'patient' then (v_row ->> 'id')::uuid else (v_row ->> 'patient_id')::uuid end,
        v_before, v_after, null);
    return null;
end $$;

create function audit_canonical(e audit_entry) returns bytea
    language sql immutable set search_path = public, pg_temp set timezone = 'UTC'
    as $$
    select convert_to(jsonb_build_array(
        e.clinic_id, e.id, (extract(epoch from e.at) * 1000000)::bigint, e.actor_id, e.action, e.entity,
        e.entity_id, e.patient_id, e.before, e.after, e.reason, e.request_id)::text, 'UTF8')
$$;

-- Seals committed entries in the order of their ids; one sealer at a time, writers never wait.
create function audit_seal_pending(p_limit int) returns int
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    r record;
    v_clinic uuid;
    v_seq bigint;
    v_hash bytea;
    v_count int := 0;
begin
    if not pg_try_advisory_xact_lock(hashtext('dentpro.audit_seal')) then
        return 0;
    end if;
    for r in
        select p.clinic_id, p.entry_id, audit_canonical(e) as bytes
        from audit_pending p
        join audit_entry e on e.clinic_id = p.clinic_id and e.id = p.entry_id
        order by p.clinic_id, p.entry_id
        limit p_limit
    loop
        if v_clinic is distinct from r.clinic_id then
            v_clinic := r.clinic_id;
            select s.seq, s.hash into v_seq, v_hash
                from audit_seal s where s.clinic_id = v_clinic order by s.seq desc limit 1;
            v_seq := coalesce(v_seq, 0);
            v_hash := coalesce(v_hash, '');
        end if;
        v_seq := v_seq + 1;
        v_hash := sha256(v_hash || r.bytes);
        insert into audit_seal (clinic_id, seq, entry_id, hash) values (v_clinic, v_seq, r.entry_id, v_hash);
        delete from audit_pending where clinic_id = v_clinic and entry_id = r.entry_id;
        v_count := v_count + 1;
    end loop;
    return v_count;
end $$;

-- The first place where the chain of a clinic does not hold, or no row when it does.
create function audit_first_break(p_clinic uuid)
    returns table (seq bigint, entry_id bigint, problem text)
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    r record;
    v_hash bytea := '';
    v_seq bigint := 0;
    v_entry bigint := 0;
begin
    for r in
        select s.seq, s.entry_id, s.hash, e.id as found, audit_canonical(e) as bytes
        from audit_seal s
        left join audit_entry e on e.clinic_id = s.clinic_id and e.id = s.entry_id
        where s.clinic_id = p_clinic
        order by s.seq
    loop
        v_seq := v_seq + 1;
        if r.seq <> v_seq then
            return query select v_seq, null::bigint, 'removed'::text;
            return;
        end if;
        if r.found is null then
            return query select r.seq, r.entry_id, 'removed'::text;
            return;
        end if;
        v_hash := sha256(v_hash || r.bytes);
        if r.hash <> v_hash then
            return query select r.seq, r.entry_id, 'changed'::text;
            return;
        end if;
    end loop;
    return query
        select null::bigint, e.id, 'inserted'::text
        from audit_entry e
        where e.clinic_id = p_clinic
            and not exists (select from audit_seal s where s.clinic_id = p_clinic and s.entry_id = e.id)
            and not exists (select from audit_pending p where p.clinic_id = p_clinic and p.entry_id = e.id)
        order by e.id
        limit 1;
end $$;

-- Every clinic that has a log, with the head of its chain.
create function audit_heads()
    returns table (clinic_id uuid, seq bigint, hash bytea, pending bigint)
    language sql security definer set search_path = public, pg_temp as $$
    select c.clinic_id, h.seq, h.hash,
        (select count(*) from audit_pending p where p.clinic_id = c.clinic_id)
    from (select distinct s.clinic_id from audit_seal s union select distinct p.clinic_id from audit_pending p) c
    left join lateral (
        select s.seq, s.hash from audit_seal s where s.clinic_id = c.clinic_id order by s.seq desc limit 1
    ) h on true
$$;

create function refuse_change() returns trigger
    language plpgsql as $$
begin
    raise exception '% is insert-only: a correction is a new row', tg_table_name
        using errcode = 'restrict_violation', constraint = tg_table_name || '_insert_only';
end $$;

-- Puts a table behind both locks and into the log. Every table of a clinic goes through here.
create procedure protect_table(p_table text, p_key text default 'id', p_hidden text[] default '{}', p_audit boolean default true)
    language plpgsql as $$
begin
    execute format('alter table %I enable row level security', p_table);
    execute format('alter table %I force row level security', p_table);
    execute format(
        'create policy %I on %I using (clinic_id = nullif(current_setting(''dentpro.clinic'', true), '''')::uuid) '
        'with check (clinic_id = nullif(current_setting(''dentpro.clinic'', true), '''')::uuid)',
        p_table || '_of_clinic', p_table);
    execute format('grant select, insert, update, delete on %I to dentpro_app', p_table);
    if p_audit then
        execute format(
            'create trigger %I after insert or update or delete on %I for each row execute function audit_row(%L, %L, %L)',
            p_table || '_audit', p_table, p_table, p_key, p_hidden);
    end if;
end $$;

-- A table whose rows stay as they were written, for its owner too.
create procedure make_insert_only(p_table text)
    language plpgsql as $$
begin
    execute format('revoke update, delete, truncate on %I from dentpro_app', p_table);
    execute format('create trigger %I before update or delete on %I for each row execute function refuse_change()',
        p_table || '_insert_only', p_table);
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()',
        p_table || '_no_truncate', p_table);
end $$;

call protect_table('audit_entry', p_audit => false);
call protect_table('audit_seal', p_audit => false);
call protect_table('audit_pending', p_audit => false);
revoke all on audit_entry, audit_seal, audit_pending from dentpro_app;
grant select on audit_entry, audit_seal, audit_pending to dentpro_app;
create trigger audit_entry_insert_only before update or delete on audit_entry for each row execute function refuse_change();
create trigger audit_entry_no_truncate before truncate on audit_entry for each statement execute function refuse_change();
create trigger audit_seal_insert_only before update or delete on audit_seal for each row execute function refuse_change();
create trigger audit_seal_no_truncate before truncate on audit_seal for each statement execute function refuse_change();

revoke all on function audit_record, audit_write, audit_row, audit_seal_pending, audit_first_break, audit_heads from public;
grant execute on function audit_write, audit_seal_pending, audit_first_break, audit_heads to dentpro_app;

-- The outbox: what has to happen after commit, at least once --------------------------------------

create table outbox (
    clinic_id uuid not null,
    id uuid not null,
    kind text not null,
    payload jsonb not null,
    created_at timestamptz not null default clock_timestamp(),
    run_at timestamptz not null default clock_timestamp(),
    attempts int not null default 0,
    done_at timestamptz,
    given_up_at timestamptz,
    last_error text,
    constraint outbox_pkey primary key (clinic_id, id),
    constraint outbox_attempts_counted check (attempts >= 0)
);
create index outbox_due on outbox (run_at) where done_at is null and given_up_at is null;
call protect_table('outbox', p_audit => false);

-- Takes work of every clinic: the lease hides it from other workers until it is done or the lease ends.
create function outbox_take(p_limit int, p_lease interval) returns setof outbox
    language sql security definer set search_path = public, pg_temp as $$
    update outbox o
    set attempts = o.attempts + 1, run_at = clock_timestamp() + p_lease
    from (
        select clinic_id, id from outbox
        where done_at is null and given_up_at is null and run_at <= clock_timestamp()
        order by run_at
        limit p_limit
        for update skip locked
    ) due
    where o.clinic_id = due.clinic_id and o.id = due.id
    returning o.*
$$;
revoke all on function outbox_take from public;
grant execute on function outbox_take to dentpro_app;

-- Live events: ids only; who gets one reads the record again with his own permissions -------------

create table live_event (
    clinic_id uuid not null,
    id bigint generated always as identity,
    kind text not null,
    entity_id uuid,
    patient_id uuid,
    staff_id uuid,
    local_date date,
    at timestamptz not null default clock_timestamp(),
    constraint live_event_pkey primary key (clinic_id, id)
);
create index live_event_id on live_event (id);
call protect_table('live_event', p_audit => false);

create function live_events_after(p_floor bigint, p_limit int) returns setof live_event
    language sql stable security definer set search_path = public, pg_temp as $$
    select * from live_event where id > p_floor order by id limit p_limit
$$;
create function live_event_head() returns bigint
    language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(max(id), 0) from live_event
$$;
create function live_events_sweep(p_before timestamptz) returns void
    language sql security definer set search_path = public, pg_temp as $$
    delete from live_event where at < p_before
$$;
revoke all on function live_events_after, live_event_head, live_events_sweep from public;
grant execute on function live_events_after, live_event_head, live_events_sweep to dentpro_app;

-- Idempotency: the answer is stored in the transaction of the effect ------------------------------

create table idempotency_key (
    clinic_id uuid not null,
    account_id uuid not null,
    key text not null,
    method text not null,
    path text not null,
    body_hash bytea not null,
    status int,
    response jsonb,
    created_at timestamptz not null default clock_timestamp(),
    constraint idempotency_key_pkey primary key (clinic_id, account_id, key),
    constraint idempotency_key_length check (length(key) between 8 and 200)
);
create index idempotency_key_created on idempotency_key (created_at);
call protect_table('idempotency_key', p_audit => false);

create function idempotency_sweep(p_before timestamptz) returns void
    language sql security definer set search_path = public, pg_temp as $$
    delete from idempotency_key where created_at < p_before
$$;
revoke all on function idempotency_sweep from public;
grant execute on function idempotency_sweep to dentpro_app;

-- Gapless numbers: taken as late as possible inside the issuing transaction -----------------------

create table number_series (
    clinic_id uuid not null,
    branch_id uuid not null,
    series text not null,
    year int not null,
    last_value bigint not null,
    constraint number_series_pkey primary key (clinic_id, branch_id, series, year),
    constraint number_series_counts_up check (last_value > 0)
);
call protect_table('number_series', p_audit => false);
revoke delete on number_series from dentpro_app;

-- What readiness asks; the migrator's own table belongs to the owner.
create function migrations_applied() returns bigint
    language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    if to_regclass('_sqlx_migrations') is null then
        return 0;
    end if;
    return (select count(*) from _sqlx_migrations where success);
end $$;
revoke all on function migrations_applied from public;
grant execute on function migrations_applied to dentpro_app;
