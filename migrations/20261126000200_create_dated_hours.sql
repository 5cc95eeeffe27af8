-- Hours that run past midnight, hours of certain dates (holidays, leave, Ramadan), and chairs that are out of service.

-- The minutes of a week that a stretch takes. An end that is not after the start is on the next day; what runs over
-- the end of the week takes its beginning.
create function week_minutes(p_weekday int, p_starts time, p_ends time) returns int4multirange
    language sql immutable parallel safe as $$
    select int4multirange(int4range(s, least(s + n, 10080)), int4range(0, greatest(s + n - 10080, 0)))
    from (select
        p_weekday * 1440 + (extract(epoch from p_starts) / 60)::int,
        ((extract(epoch from p_ends) / 60)::int - (extract(epoch from p_starts) / 60)::int + 1439) % 1440 + 1
    ) stretch (s, n)
$$;

alter table working_hours
    drop constraint working_hours_order,
    drop constraint working_hours_apart;
-- Midnight was written as 23:59 so far.
do $$
declare
    c uuid;
begin
    perform set_config('dentpro.actor', '00000000-0000-0000-0000-000000000001', true);
    for c in select clinic_id from clinic loop
        perform set_config('dentpro.clinic', c::text, true);
        update working_hours set ends = '00:00' where clinic_id = c and ends >= '23:59';
    end loop;
end $$;
alter table working_hours
    add constraint working_hours_apart exclude using gist (
        clinic_id with =, (coalesce(branch_id, staff_id)) with =, week_minutes(weekday, starts, ends) with &&);

-- Hours of a branch or a doctor from one date to another, in place of the week. Those of a branch hold for its doctors
-- too when they are meant for everybody.
create table dated_hours (
    clinic_id uuid not null,
    id uuid not null,
    branch_id uuid,
    staff_id uuid,
    kind text not null,
    name_ar text not null,
    name_en text not null,
    starts_on date not null,
    ends_on date not null,
    everybody boolean not null default true,
    created_at timestamptz not null,
    created_by uuid not null,
    version int not null default 1,
    constraint dated_hours_pkey primary key (clinic_id, id),
    constraint dated_hours_branch_fkey foreign key (clinic_id, branch_id) references branch (clinic_id, id),
    constraint dated_hours_staff_fkey foreign key (clinic_id, staff_id) references staff (clinic_id, id),
    constraint dated_hours_created_by_fkey foreign key (clinic_id, created_by) references staff (clinic_id, id),
    constraint dated_hours_one_owner check (num_nonnulls(branch_id, staff_id) = 1),
    constraint dated_hours_kind_known check (kind in ('holiday', 'closure', 'leave', 'hours')),
    constraint dated_hours_kind_of_owner check (kind = 'hours' or (kind = 'leave') = (staff_id is not null)),
    constraint dated_hours_named check (name_ar <> '' or name_en <> ''),
    constraint dated_hours_order check (starts_on <= ends_on and ends_on - starts_on <= 1100)
);
create index dated_hours_span on dated_hours (clinic_id, ends_on, starts_on);
call protect_table('dated_hours');

-- The stretches of `hours`: by weekday, 0 is Sunday.
create table dated_hours_stretch (
    clinic_id uuid not null,
    id uuid not null,
    dated_id uuid not null,
    weekday int not null,
    starts time not null,
    ends time not null,
    constraint dated_hours_stretch_pkey primary key (clinic_id, id),
    constraint dated_hours_stretch_dated_fkey foreign key (clinic_id, dated_id) references dated_hours (clinic_id, id),
    constraint dated_hours_stretch_weekday_range check (weekday between 0 and 6),
    constraint dated_hours_stretch_apart exclude using gist (
        clinic_id with =, dated_id with =, week_minutes(weekday, starts, ends) with &&)
);
call protect_table('dated_hours_stretch');

-- What a chair is fit for, and the days on which nobody can be treated on it; without dates until further notice.
alter table chair
    add column features text[] not null default '{}',
    add column out_reason text,
    add column out_from date,
    add column out_until date,
    add constraint chair_features_known check (features <@ array['surgery', 'xray', 'child']),
    add constraint chair_out_whole check (out_reason is not null or (out_from is null and out_until is null)),
    add constraint chair_out_order check (out_from <= out_until);
