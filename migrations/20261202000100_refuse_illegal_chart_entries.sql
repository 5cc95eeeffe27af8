-- What the chart's vocabulary allows, known to the database as well: an entry that the rules of crates/core refuse by
-- what its own row says is refused here too, whoever writes it. A new term is a new row, in a migration of its own.

create table chart_term (
    code text not null,
    scope text not null,
    layers text[] not null,
    surfaces text[] not null,
    surfaces_required boolean not null,
    materials text[] not null,
    severity_least smallint,
    severity_most smallint,
    severity_required boolean not null,
    permanent_only boolean not null,
    furcated_only boolean not null,
    -- Its teeth have parts: abutment, pontic, cantilever.
    has_parts boolean not null,
    constraint chart_term_pkey primary key (code),
    constraint chart_term_scope_known check (scope in ('tooth', 'surface', 'several_teeth', 'mouth')),
    constraint chart_term_severity_whole check ((severity_least is null) = (severity_most is null))
);
grant select on chart_term to dentpro_app;

insert into chart_term (code, scope, layers, surfaces, surfaces_required, materials, severity_least, severity_most,
    severity_required, permanent_only, furcated_only, has_parts)
values
    ('sound', 'tooth', '{finding}', '{M,O,D,B,L,V,R}', false, '{}', null, null, false, false, false, false),
    ('caries', 'surface', '{finding}', '{M,O,D,B,L,V}', true, '{}', 0, 6, false, false, false, false),
    ('secondary_caries', 'surface', '{finding}', '{M,O,D,B,L,V}', true, '{}', 0, 6, false, false, false, false),
    ('root_caries', 'surface', '{finding}', '{M,D,B,L,V,R}', true, '{}', 0, 2, false, false, false, false),
    ('filling', 'surface', '{finding,plan,done}', '{M,O,D,B,L,V,R}', true, '{amalgam,composite,glass_ionomer,temporary}', null, null, false, false, false, false),
    ('filling_defect', 'surface', '{finding}', '{M,O,D,B,L,V}', true, '{}', null, null, false, false, false, false),
    ('sealant', 'surface', '{finding,plan,done}', '{O,B,L}', true, '{composite,glass_ionomer}', null, null, false, false, false, false),
    ('inlay', 'surface', '{finding,plan,done}', '{M,O,D,B,L}', true, '{ceramic,composite,gold,metal,zirconia}', null, null, false, false, false, false),
    ('onlay', 'surface', '{finding,plan,done}', '{M,O,D,B,L}', true, '{ceramic,composite,gold,metal,zirconia}', null, null, false, false, false, false),
    ('veneer', 'tooth', '{finding,plan,done}', '{M,O,D,B,L,V}', false, '{ceramic,composite,zirconia}', null, null, false, false, false, false),
    ('crown', 'tooth', '{finding,plan,done}', '{}', false, '{ceramic,zirconia,metal,metal_ceramic,gold,acrylic,temporary}', null, null, false, false, false, false),
    ('bridge', 'several_teeth', '{finding,plan,done}', '{}', false, '{ceramic,zirconia,metal,metal_ceramic,gold,acrylic,composite,temporary}', null, null, false, true, false, true),
    ('denture', 'several_teeth', '{finding,plan,done}', '{}', false, '{acrylic,metal}', null, null, false, false, false, false),
    ('full_denture', 'several_teeth', '{finding,plan,done}', '{}', false, '{acrylic,metal}', null, null, false, true, false, false),
    ('implant', 'tooth', '{finding,plan,done}', '{}', false, '{}', null, null, false, true, false, false),
    ('implant_crown', 'tooth', '{finding,plan,done}', '{}', false, '{ceramic,zirconia,metal,metal_ceramic,gold,acrylic,temporary}', null, null, false, true, false, false),
    ('post_and_core', 'tooth', '{finding,plan,done}', '{}', false, '{}', null, null, false, false, false, false),
    ('root_canal', 'tooth', '{finding,plan,done}', '{}', false, '{}', null, null, false, false, false, false),
    ('root_canal_needed', 'tooth', '{finding}', '{}', false, '{}', null, null, false, false, false, false),
    ('root_canal_short', 'tooth', '{finding}', '{}', false, '{}', null, null, false, false, false, false),
    ('root_canal_over', 'tooth', '{finding}', '{}', false, '{}', null, null, false, false, false, false),
    ('apicectomy', 'tooth', '{finding,plan,done}', '{}', false, '{}', null, null, false, false, false, false),
    ('resorption', 'tooth', '{finding}', '{}', false, '{}', null, null, false, false, false, false),
    ('periapical_lesion', 'tooth', '{finding}', '{}', false, '{}', null, null, false, false, false, false),
    ('missing', 'tooth', '{finding}', '{}', false, '{}', null, null, false, false, false, false),
    ('congenitally_missing', 'tooth', '{finding}', '{}', false, '{}', null, null, false, false, false, false),
    ('extracted', 'tooth', '{finding,plan,done}', '{}', false, '{}', null, null, false, false, false, false),
    ('to_extract', 'tooth', '{finding,plan}', '{}', false, '{}', null, null, false, false, false, false),
    ('root_remnant', 'tooth', '{finding}', '{}', false, '{}', null, null, false, false, false, false),
    ('unerupted', 'tooth', '{finding}', '{}', false, '{}', null, null, false, false, false, false),
    ('impacted', 'tooth', '{finding}', '{}', false, '{}', null, null, false, false, false, false),
    ('fracture', 'tooth', '{finding}', '{M,O,D,B,L,V,R}', false, '{}', null, null, false, false, false, false),
    ('abrasion', 'tooth', '{finding}', '{M,O,D,B,L,V,R}', false, '{}', null, null, false, false, false, false),
    ('erosion', 'tooth', '{finding}', '{M,O,D,B,L,V,R}', false, '{}', null, null, false, false, false, false),
    ('attrition', 'tooth', '{finding}', '{M,O,D,B,L,V,R}', false, '{}', null, null, false, false, false, false),
    ('discolouration', 'tooth', '{finding}', '{M,O,D,B,L,V}', false, '{}', null, null, false, false, false, false),
    ('hypomineralisation', 'tooth', '{finding}', '{M,O,D,B,L,V}', false, '{}', 1, 3, false, false, false, false),
    ('fluorosis', 'tooth', '{finding}', '{M,O,D,B,L,V}', false, '{}', 1, 4, false, false, false, false),
    ('rotated', 'tooth', '{finding}', '{}', false, '{}', null, null, false, false, false, false),
    ('tipped', 'tooth', '{finding}', '{}', false, '{}', null, null, false, false, false, false),
    ('drifted', 'tooth', '{finding}', '{}', false, '{}', null, null, false, false, false, false),
    ('over_erupted', 'tooth', '{finding}', '{}', false, '{}', null, null, false, false, false, false),
    ('diastema', 'several_teeth', '{finding}', '{}', false, '{}', null, null, false, false, false, false),
    ('bracket', 'tooth', '{finding,plan,done}', '{}', false, '{metal,ceramic}', null, null, false, false, false, false),
    ('band', 'tooth', '{finding,plan,done}', '{}', false, '{}', null, null, false, false, false, false),
    ('retainer', 'several_teeth', '{finding,plan,done}', '{}', false, '{metal,composite}', null, null, false, false, false, false),
    ('splint', 'several_teeth', '{finding,plan,done}', '{}', false, '{metal,composite}', null, null, false, false, false, false),
    ('appliance_removed', 'tooth', '{finding,plan,done}', '{}', false, '{}', null, null, false, false, false, false),
    ('furcation', 'tooth', '{finding}', '{}', false, '{}', 1, 3, true, false, true, false),
    ('mobility', 'tooth', '{finding}', '{}', false, '{}', 1, 3, true, false, false, false),
    ('calculus', 'tooth', '{finding}', '{M,D,B,L,V,R}', false, '{}', 1, 3, false, false, false, false),
    ('watch', 'tooth', '{finding,plan}', '{M,O,D,B,L,V,R}', false, '{}', null, null, false, false, false, false),
    ('bruxism', 'mouth', '{finding}', '{}', false, '{}', null, null, false, false, false, false);

-- The parts of a bridge along its arch: neighbours, ended by an abutment or by a cantilever beside one, replacing at
-- least one tooth.
create function chart_unit_legal(p_teeth text[], p_unit jsonb) returns boolean
    language sql immutable as $$
    select jsonb_typeof(p_unit) = 'array'
        and count(*) = cardinality(p_teeth)
        and array_agg(m.tooth) <@ p_teeth
        and p_teeth <@ array_agg(m.tooth)
        and count(distinct m.place) = count(*)
        and max(m.place) - min(m.place) = count(*) - 1
        and string_agg(coalesce(m.part, '?'), '' order by m.place) ~ '^c?a([ap]*a)?c?$'
        and string_agg(m.part, '') ~ '[pc]'
    from (
        select u ->> 'tooth' as tooth,
            case u ->> 'part' when 'abutment' then 'a' when 'pontic' then 'p' when 'cantilever' then 'c' end as part,
            case when left(u ->> 'tooth', 1) in ('1', '4', '5', '8')
                then 8 - strpos('12345678', right(u ->> 'tooth', 1))
                else 7 + strpos('12345678', right(u ->> 'tooth', 1))
            end as place
        from jsonb_array_elements(case when jsonb_typeof(p_unit) = 'array' then p_unit else '[]' end) u
    ) m
$$;

create function chart_event_legal() returns trigger
    language plpgsql as $$
declare
    v_code text;
    v_wrong text;
begin
    -- Once a statement, not once a row: loading many rows stays cheap.
    select e.code, w.wrong into v_code, v_wrong
    from added e
    left join chart_term t on t.code = e.code
    cross join lateral (select array_to_string(e.teeth, ',', '?') as teeth) as w0
    cross join lateral (select case
        when t.code is null then 'no such term'
        when not e.layer = any (t.layers) then 'not in this layer'
        when e.layer = 'plan' and e.existing_elsewhere then 'a plan does not exist elsewhere'
        when (t.scope = 'mouth') <> (e.teeth = '{}') then 'of the mouth, or of teeth'
        when not t.has_parts and e.unit <> '[]' then 'only a bridge has parts'
        when t.has_parts and chart_unit_legal(e.teeth, e.unit) is not true then 'not the parts of a bridge'
        when t.scope = 'several_teeth' and w0.teeth !~ '^(([1256].,?)+|([3478].,?)+)$' then 'not in one arch'
        when t.permanent_only and w0.teeth ~ '(^|,)[5-8]' then 'not on a primary tooth'
        when t.furcated_only and w0.teeth !~ '^(([1-4][678]|[12]4|[5-8][45])(,|$))+$' then 'the roots do not part'
        when cardinality(e.teeth) > 1 and w0.teeth ~ '(\d\d).*\1' then 'a tooth named twice'
        when t.surfaces_required and e.surfaces = '{}' then 'a surface is needed'
        when not e.surfaces <@ t.surfaces then 'not on this surface'
        when cardinality(e.surfaces) > 1 and array_to_string(e.surfaces, '') ~ '(.).*\1' then 'a surface named twice'
        when e.material is not null and not e.material = any (t.materials) then 'not of this material'
        when e.severity is null and t.severity_required then 'a severity is needed'
        when e.severity is not null and (t.severity_least is null or e.severity !~ '^\d$') then 'no such severity'
        when e.severity is not null and e.severity::smallint not between t.severity_least and t.severity_most
            then 'no such severity'
    end as wrong) w
    where e.layer <> 'correction' and w.wrong is not null
    limit 1;
    if found then
        raise exception 'the chart does not take this entry (%): %', v_code, v_wrong
            using errcode = 'check_violation', constraint = 'chart_event_legal', table = 'chart_event';
    end if;
    return null;
end $$;
create trigger chart_event_legal after insert on chart_event
    referencing new table as added
    for each statement execute function chart_event_legal();
