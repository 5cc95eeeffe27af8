-- A tooth too many, named by its neighbour and the side on which it stands, and its extraction.

insert into chart_term (code, scope, layers, surfaces, surfaces_required, materials, severity_least, severity_most,
    severity_required, permanent_only, furcated_only, has_parts)
values
    ('supernumerary', 'surface', '{finding}', '{M,D,B,L}', true, '{}', null, null, false, false, false, false),
    ('supernumerary_extracted', 'surface', '{plan,done}', '{M,D,B,L}', true, '{}', null, null, false, false, false, false);
