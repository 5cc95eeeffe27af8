-- Who asks, at every request. PostgreSQL plans a function in SQL anew each time it is called, which here took five
-- times as long as the look-up itself; the plans of PL/pgSQL are kept by the connection.
create or replace function session_actor(p_token_hash bytea, p_now timestamptz)
    returns table (
        session_id uuid, account_id uuid, clinic_id uuid, staff_id uuid, locale text, time_zone text, country text,
        currency text, currency_exponent int, last_seen_at timestamptz, expires_at timestamptz,
        roles text[], permissions text[], own_permissions text[])
    language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
    return query
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
            and s.last_seen_at > p_now - make_interval(mins => c.session_idle_minutes);
end $$;
