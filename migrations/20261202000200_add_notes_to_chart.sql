-- A note beside an entry of the chart, and notes on a tooth that say nothing else.

alter table chart_event add column note text;
alter table chart_event add constraint chart_event_note_length check (char_length(note) between 1 and 500);
alter table chart_event add constraint chart_event_note_said check (
    code <> 'note' or layer = 'correction' or note is not null);

insert into chart_term (code, scope, layers, surfaces, surfaces_required, materials, severity_least, severity_most,
    severity_required, permanent_only, furcated_only, has_parts)
values ('note', 'tooth', '{finding}', '{}', false, '{}', null, null, false, false, false, false);
