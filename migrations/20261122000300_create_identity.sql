-- Accounts (a person's log-in, global), sessions, staff (an account in a clinic), roles and invitations.

create table account (
    id uuid not null,
    email text not null,
    name_ar text not null default '',
    name_en text not null default '',
    password_hash text not null,
    password_changed_at timestamptz not null,
    locale text,
    theme text not null default 'auto',
    active boolean not null default true,
    created_at timestamptz not null,
    version int not null default 1,
    constraint account_pkey primary key (id),
    constraint account_email_lower check (email = lower(email) and email ~ '^[^@\s]+@[^@\s]+$'),
    constraint account_email_once unique (email),
    constraint account_locale_known check (locale in ('ar', 'en')),
    constraint account_theme_known check (theme in ('auto', 'light', 'dark'))
);

create table account_totp (
    account_id uuid not null,
    secret bytea not null,
    confirmed_at timestamptz,
    last_step bigint not null default 0,
    created_at timestamptz not null,
    constraint account_totp_pkey primary key (account_id),
    constraint account_totp_account_fkey foreign key (account_id) references account (id)
);

create table account_recovery_code (
    account_id uuid not null,
    code_hash bytea not null,
    used_at timestamptz,
    constraint account_recovery_code_pkey primary key (account_id, code_hash),
    constraint account_recovery_code_account_fkey foreign key (account_id) references account (id)
);

create trigger account_audit after insert or update or delete on account
    for each row execute function audit_row('account', 'id', '{password_hash}');
create trigger account_totp_audit after insert or update or delete on account_totp
    for each row execute function audit_row('account_totp', 'account_id', '{secret,last_step}');
create trigger account_recovery_code_audit after insert or update or delete on account_recovery_code
    for each row execute function audit_row('account_recovery_code', 'account_id', '{code_hash}');
grant select, insert, update on account to dentpro_app;
grant select, insert, update, delete on account_totp, account_recovery_code to dentpro_app;

create table staff (
    clinic_id uuid not null,
    id uuid not null,
    account_id uuid not null,
    name_ar text not null,
    name_en text not null,
    colour text not null default '#0b6b74',
    phone text,
    specialty_ar text,
    specialty_en text,
    photo_blob text,
    photo_type text,
    active boolean not null default true,
    created_at timestamptz not null,
    version int not null default 1,
    constraint staff_pkey primary key (clinic_id, id),
    constraint staff_clinic_fkey foreign key (clinic_id) references clinic (clinic_id),
    constraint staff_account_fkey foreign key (account_id) references account (id),
    constraint staff_account_once unique (clinic_id, account_id),
    constraint staff_named check (name_ar <> '' or name_en <> ''),
    constraint staff_colour_form check (colour ~ '^#[0-9a-f]{6}$')
);
create index staff_account on staff (account_id);
call protect_table('staff');
revoke delete on staff from dentpro_app;

create table role (
    clinic_id uuid not null,
    id uuid not null,
    code text,
    name_ar text not null,
    name_en text not null,
    created_at timestamptz not null,
    version int not null default 1,
    constraint role_pkey primary key (clinic_id, id),
    constraint role_clinic_fkey foreign key (clinic_id) references clinic (clinic_id),
    constraint role_code_once unique (clinic_id, code),
    constraint role_code_known check (code in ('admin', 'doctor', 'assistant', 'receptionist'))
);
call protect_table('role');

create table role_permission (
    clinic_id uuid not null,
    role_id uuid not null,
    permission text not null,
    scope text not null,
    constraint role_permission_pkey primary key (clinic_id, role_id, permission),
    constraint role_permission_role_fkey foreign key (clinic_id, role_id) references role (clinic_id, id),
    constraint role_permission_form check (permission ~ '^[a-z]+\.[a-z_]+$'),
    constraint role_permission_scope_known check (scope in ('own', 'all'))
);
call protect_table('role_permission', 'role_id');

create table staff_role (
    clinic_id uuid not null,
    staff_id uuid not null,
    role_id uuid not null,
    constraint staff_role_pkey primary key (clinic_id, staff_id, role_id),
    constraint staff_role_staff_fkey foreign key (clinic_id, staff_id) references staff (clinic_id, id),
    constraint staff_role_role_fkey foreign key (clinic_id, role_id) references role (clinic_id, id)
);
create index staff_role_role on staff_role (clinic_id, role_id);
call protect_table('staff_role', 'staff_id');

-- A clinic always keeps an active administrator, also when two of them remove each other at once:
-- the clinic's row is the lock that makes the two wait for one another.
create function staff_admin_remains() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform 1 from clinic c where c.clinic_id = old.clinic_id for no key update;
    if not exists (
        select from staff s
        join staff_role sr on sr.clinic_id = s.clinic_id and sr.staff_id = s.id
        join role r on r.clinic_id = sr.clinic_id and r.id = sr.role_id
        join account a on a.id = s.account_id
        where s.clinic_id = old.clinic_id and s.active and a.active and r.code = 'admin'
    ) then
        raise exception 'the last administrator of a clinic stays'
            using errcode = 'check_violation', constraint = 'staff_admin_remains';
    end if;
    return null;
end $$;
create constraint trigger staff_admin_remains after update or delete on staff
    deferrable initially deferred for each row execute function staff_admin_remains();
create constraint trigger staff_role_admin_remains after update or delete on staff_role
    deferrable initially deferred for each row execute function staff_admin_remains();

-- A session's token is 256 random bits; only its SHA-256 is kept.
create table session (
    id uuid not null,
    token_hash bytea not null,
    account_id uuid not null,
    clinic_id uuid not null,
    staff_id uuid not null,
    kind text not null,
    created_at timestamptz not null,
    last_seen_at timestamptz not null,
    expires_at timestamptz not null,
    ended_at timestamptz,
    user_agent text not null default '',
    address text not null default '',
    constraint session_pkey primary key (id),
    constraint session_token_once unique (token_hash),
    constraint session_staff_fkey foreign key (clinic_id, staff_id) references staff (clinic_id, id),
    constraint session_account_fkey foreign key (account_id) references account (id),
    constraint session_kind_known check (kind in ('cookie', 'bearer'))
);
create index session_account on session (account_id, created_at desc);
grant select, insert, update, delete on session to dentpro_app;

-- Who asks, in one statement: session, staff, clinic and what the roles allow ("all" beats "own").
create function session_actor(p_token_hash bytea, p_now timestamptz)
    returns table (
        session_id uuid, account_id uuid, clinic_id uuid, staff_id uuid, locale text, time_zone text, country text,
        currency text, currency_exponent int, last_seen_at timestamptz, expires_at timestamptz,
        roles text[], permissions text[], own_permissions text[])
    language sql stable security definer set search_path = public, pg_temp as $$
    select s.id, s.account_id, s.clinic_id, s.staff_id, a.locale, c.time_zone, c.country, c.currency, c.currency_exponent,
        s.last_seen_at, s.expires_at,
        array(select r.code from staff_role sr
            join role r on r.clinic_id = sr.clinic_id and r.id = sr.role_id
            where sr.clinic_id = s.clinic_id and sr.staff_id = s.staff_id and r.code is not null),
        p.every, p.own
    from session s
    join account a on a.id = s.account_id and a.active
    join staff f on f.clinic_id = s.clinic_id and f.id = s.staff_id and f.active
    join clinic c on c.clinic_id = s.clinic_id
    cross join lateral (
        select coalesce(array_agg(g.permission) filter (where g.every), '{}') as every,
            coalesce(array_agg(g.permission) filter (where not g.every), '{}') as own
        from (
            select rp.permission, bool_or(rp.scope = 'all') as every
            from staff_role sr
            join role_permission rp on rp.clinic_id = sr.clinic_id and rp.role_id = sr.role_id
            where sr.clinic_id = s.clinic_id and sr.staff_id = s.staff_id
            group by rp.permission
        ) g
    ) p
    where s.token_hash = p_token_hash
        and s.ended_at is null
        and s.expires_at > p_now
        and s.last_seen_at > p_now - make_interval(mins => c.session_idle_minutes)
$$;

-- The clinics an account may enter.
create function account_clinics(p_account uuid)
    returns table (clinic_id uuid, staff_id uuid, name_ar text, name_en text, session_absolute_hours int)
    language sql stable security definer set search_path = public, pg_temp as $$
    select c.clinic_id, s.id, c.name_ar, c.name_en, c.session_absolute_hours
    from staff s
    join clinic c on c.clinic_id = s.clinic_id
    where s.account_id = p_account and s.active
    order by c.created_at
$$;
revoke all on function session_actor, account_clinics from public;
grant execute on function session_actor, account_clinics to dentpro_app;

-- What an account does for itself (password, second factor, signing in) belongs to no clinic's table, so it is
-- written into the log of each clinic the person works in.
create function audit_account_act(p_account uuid, p_action text, p_after jsonb) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform audit_record(s.clinic_id, p_action, 'account', p_account, null, null, p_after, null)
        from staff s where s.account_id = p_account and s.active;
end $$;
revoke all on function audit_account_act from public;
grant execute on function audit_account_act to dentpro_app;

-- Attempts to sign in that have not (yet) succeeded, for throttling by account and address together and by address alone.
create table sign_in_failure (
    id bigint generated always as identity,
    email_hash bytea not null,
    address text not null,
    at timestamptz not null,
    constraint sign_in_failure_pkey primary key (id)
);
create index sign_in_failure_email on sign_in_failure (email_hash, at);
create index sign_in_failure_address on sign_in_failure (address, at);
grant select, insert, delete on sign_in_failure to dentpro_app;

create table invitation (
    clinic_id uuid not null,
    id uuid not null,
    token_hash bytea not null,
    email text not null,
    name_ar text not null,
    name_en text not null,
    colour text not null,
    role_ids uuid[] not null,
    invited_by uuid not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    accepted_at timestamptz,
    revoked_at timestamptz,
    constraint invitation_pkey primary key (clinic_id, id),
    constraint invitation_token_once unique (token_hash),
    constraint invitation_clinic_fkey foreign key (clinic_id) references clinic (clinic_id),
    constraint invitation_by_fkey foreign key (clinic_id, invited_by) references staff (clinic_id, id)
);
call protect_table('invitation', p_hidden => '{token_hash}');
revoke delete on invitation from dentpro_app;

create function invitation_clinic(p_token_hash bytea) returns uuid
    language sql stable security definer set search_path = public, pg_temp as $$
    select clinic_id from invitation where token_hash = p_token_hash
$$;
revoke all on function invitation_clinic from public;
grant execute on function invitation_clinic to dentpro_app;

-- The one-time code of the first set-up; there is one at most.
create table setup_code (
    singleton boolean not null default true,
    code_hash bytea not null,
    created_at timestamptz not null,
    constraint setup_code_pkey primary key (singleton),
    constraint setup_code_single check (singleton)
);
grant select, insert, update, delete on setup_code to dentpro_app;

-- Working hours: of a branch, or of a staff member at a branch's time zone; several intervals a day are several rows.
create table working_hours (
    clinic_id uuid not null,
    id uuid not null,
    branch_id uuid,
    staff_id uuid,
    weekday int not null,
    starts time not null,
    ends time not null,
    constraint working_hours_pkey primary key (clinic_id, id),
    constraint working_hours_branch_fkey foreign key (clinic_id, branch_id) references branch (clinic_id, id),
    constraint working_hours_staff_fkey foreign key (clinic_id, staff_id) references staff (clinic_id, id),
    constraint working_hours_one_owner check (num_nonnulls(branch_id, staff_id) = 1),
    constraint working_hours_weekday_range check (weekday between 0 and 6),
    constraint working_hours_order check (starts < ends),
    constraint working_hours_apart exclude using gist (
        clinic_id with =, (coalesce(branch_id, staff_id)) with =, weekday with =,
        int4range((extract(epoch from starts) / 60)::int, (extract(epoch from ends) / 60)::int) with &&)
);
call protect_table('working_hours');
