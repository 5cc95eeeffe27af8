-- Work of a visit that was entered in error is billed by nobody: a line for it and the mark on its visit wait for one
-- another.

create function invoice_line_work_stands() returns trigger
    language plpgsql as $$
declare
    v_status text;
begin
    select v.status into v_status
        from visit_procedure w
        join visit v on v.clinic_id = w.clinic_id and v.id = w.visit_id
        where w.clinic_id = new.clinic_id and w.id = new.visit_procedure_id
        for share of v;
    if v_status = 'entered_in_error' then
        raise exception 'work of a visit entered in error is not billed'
            using errcode = 'check_violation', constraint = 'invoice_line_work_stands';
    end if;
    return new;
end $$;
create trigger invoice_line_work_stands before insert or update of visit_procedure_id on invoice_line
    for each row when (new.visit_procedure_id is not null) execute function invoice_line_work_stands();
