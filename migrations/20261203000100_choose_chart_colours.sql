-- The colours of the dental chart: countries contradict each other on what red and blue mean.
alter table clinic
    add column chart_colours text not null default 'existing_blue',
    add constraint clinic_chart_colours_known
        check (chart_colours in ('existing_blue', 'disease_red', 'high_contrast'));
