-- The waiting room: who was called to where, and the screen that shows it.

alter table appointment
    add column called_at timestamptz,
    add column called_to uuid,
    add constraint appointment_called_to_fkey foreign key (clinic_id, called_to, branch_id) references chair (clinic_id, id, branch_id),
    add constraint appointment_called_whole check (called_to is null or called_at is not null),
    add constraint appointment_walk_in_has_token check (not walk_in or token is not null);

-- The secret address of the screen in a branch's waiting room.
create table waiting_screen (
    clinic_id uuid not null,
    id uuid not null,
    branch_id uuid not null,
    token_hash bytea not null,
    created_at timestamptz not null,
    revoked_at timestamptz,
    constraint waiting_screen_pkey primary key (clinic_id, id),
    constraint waiting_screen_token_once unique (clinic_id, token_hash),
    constraint waiting_screen_branch_fkey foreign key (clinic_id, branch_id) references branch (clinic_id, id)
);
create index waiting_screen_token on waiting_screen (token_hash);
create unique index waiting_screen_one_active on waiting_screen (clinic_id, branch_id) where revoked_at is null;
call protect_table('waiting_screen', 'id', '{token_hash}');
revoke delete on waiting_screen from dentpro_app;

create function waiting_screen_clinic(p_token_hash bytea) returns uuid
    language sql stable security definer set search_path = public, pg_temp as $$
    select clinic_id from waiting_screen where token_hash = p_token_hash and revoked_at is null
$$;
revoke all on function waiting_screen_clinic from public;
grant execute on function waiting_screen_clinic to dentpro_app;
