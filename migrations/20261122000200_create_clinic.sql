-- The clinic (tenant), its branches, chairs, opening hours, procedure catalogue and drug list.

create table clinic (
    clinic_id uuid not null,
    name_ar text not null,
    name_en text not null,
    country text not null,
    currency text not null,
    currency_exponent int not null,
    time_zone text not null,
    tax_number text,
    phone text,
    email text,
    address_ar text,
    address_en text,
    digits text not null default 'latin',
    week_start text not null default 'saturday',
    weekend text[] not null default '{friday}',
    languages text[] not null default '{ar,en}',
    session_idle_minutes int not null default 30,
    session_absolute_hours int not null default 12,
    default_tax_percent numeric(5, 2) not null default 0,
    waiting_amber_minutes int not null default 15,
    waiting_red_minutes int not null default 30,
    slot_minutes int not null default 15,
    logo_blob text,
    logo_type text,
    demo boolean not null default false,
    created_at timestamptz not null,
    version int not null default 1,
    constraint clinic_pkey primary key (clinic_id),
    constraint clinic_country_is_code check (country ~ '^[A-Z]{2}$'),
    constraint clinic_currency_is_code check (currency ~ '^[A-Z]{3}$'),
    constraint clinic_currency_exponent_known check (currency_exponent in (0, 2, 3)),
    constraint clinic_digits_known check (digits in ('latin', 'arabic')),
    constraint clinic_week_start_known check (week_start in ('saturday', 'sunday', 'monday')),
    constraint clinic_session_idle_range check (session_idle_minutes between 5 and 720),
    constraint clinic_session_absolute_range check (session_absolute_hours between 1 and 168),
    constraint clinic_tax_range check (default_tax_percent between 0 and 100),
    constraint clinic_slot_minutes_known check (slot_minutes in (5, 10, 15, 20, 30)),
    constraint clinic_waiting_order check (waiting_amber_minutes between 1 and waiting_red_minutes)
);
call protect_table('clinic', 'clinic_id');
revoke delete on clinic from dentpro_app;

create function clinics_all() returns setof uuid
    language sql stable security definer set search_path = public, pg_temp as $$
    select clinic_id from clinic order by created_at
$$;
create function clinic_facts(p_clinic uuid) returns table (name_ar text, name_en text, demo boolean)
    language sql stable security definer set search_path = public, pg_temp as $$
    select name_ar, name_en, demo from clinic where clinic_id = p_clinic
$$;
revoke all on function clinics_all, clinic_facts from public;
grant execute on function clinics_all, clinic_facts to dentpro_app;

create table branch (
    clinic_id uuid not null,
    id uuid not null,
    name_ar text not null,
    name_en text not null,
    number_prefix text not null default '',
    phone text,
    address_ar text,
    address_en text,
    active boolean not null default true,
    position int not null default 0,
    created_at timestamptz not null,
    version int not null default 1,
    constraint branch_pkey primary key (clinic_id, id),
    constraint branch_clinic_fkey foreign key (clinic_id) references clinic (clinic_id),
    constraint branch_number_prefix_once unique (clinic_id, number_prefix),
    constraint branch_number_prefix_form check (number_prefix ~ '^[A-Z0-9]{0,6}$')
);
call protect_table('branch');
revoke delete on branch from dentpro_app;

create table chair (
    clinic_id uuid not null,
    id uuid not null,
    branch_id uuid not null,
    name_ar text not null,
    name_en text not null,
    position int not null default 0,
    active boolean not null default true,
    created_at timestamptz not null,
    version int not null default 1,
    constraint chair_pkey primary key (clinic_id, id),
    constraint chair_branch_fkey foreign key (clinic_id, branch_id) references branch (clinic_id, id),
    constraint chair_branch_known unique (clinic_id, id, branch_id)
);
call protect_table('chair');
revoke delete on chair from dentpro_app;

-- scope: how much of the mouth one unit of the procedure covers (mouth, arch, quadrant, tooth, surface, unit).
create table procedure_item (
    clinic_id uuid not null,
    id uuid not null,
    code text not null,
    name_ar text not null,
    name_en text not null,
    category text not null,
    scope text not null,
    price bigint not null,
    minutes int not null,
    tax_code text not null,
    chart_code text,
    chart_material text,
    active boolean not null default true,
    created_at timestamptz not null,
    version int not null default 1,
    constraint procedure_item_pkey primary key (clinic_id, id),
    constraint procedure_item_clinic_fkey foreign key (clinic_id) references clinic (clinic_id),
    constraint procedure_item_code_once unique (clinic_id, code),
    constraint procedure_item_scope_known check (scope in ('mouth', 'arch', 'quadrant', 'tooth', 'surface', 'unit')),
    constraint procedure_item_tax_code_known check (tax_code in ('exempt', 'zero', 'standard')),
    constraint procedure_item_price_range check (price between 0 and 1000000000000),
    constraint procedure_item_minutes_range check (minutes between 5 and 720)
);
create index procedure_item_name on procedure_item (clinic_id, category, code);
call protect_table('procedure_item');
revoke delete on procedure_item from dentpro_app;

create table drug (
    clinic_id uuid not null,
    id uuid not null,
    code text not null,
    name_ar text not null,
    name_en text not null,
    drug_class text not null,
    forms text[] not null default '{}',
    strengths text[] not null default '{}',
    notes_ar text,
    notes_en text,
    active boolean not null default true,
    created_at timestamptz not null,
    version int not null default 1,
    constraint drug_pkey primary key (clinic_id, id),
    constraint drug_clinic_fkey foreign key (clinic_id) references clinic (clinic_id),
    constraint drug_code_once unique (clinic_id, code),
    constraint drug_class_form check (drug_class ~ '^[a-z][a-z0-9_]{1,40}$')
);
call protect_table('drug');
revoke delete on drug from dentpro_app;
