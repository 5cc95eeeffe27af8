-- Invitations that nobody accepted are forgotten some time after they ended, in every clinic. Each leaves its entry in
-- the log; one that was accepted stays, as it tells who let whom in.

create function invitations_sweep(p_before timestamptz) returns void
    language sql security definer set search_path = public, pg_temp as $$
    delete from invitation
    where accepted_at is null and coalesce(revoked_at, expires_at) < p_before
$$;
revoke all on function invitations_sweep from public;
grant execute on function invitations_sweep to dentpro_app;

-- What the sweeper looks for.
create index session_created on session (created_at);
create index sign_in_failure_at on sign_in_failure (at);
