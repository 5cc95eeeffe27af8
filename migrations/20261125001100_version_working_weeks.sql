-- A week of hours is set as a whole, so it has a version as a whole: two who edit it at once notice one another. A
-- week without a row here is of version 1.

create table working_week (
    clinic_id uuid not null,
    -- That of the branch or the staff member whose week it is.
    id uuid not null,
    branch_id uuid,
    staff_id uuid,
    version int not null,
    constraint working_week_pkey primary key (clinic_id, id),
    constraint working_week_branch_fkey foreign key (clinic_id, branch_id) references branch (clinic_id, id),
    constraint working_week_staff_fkey foreign key (clinic_id, staff_id) references staff (clinic_id, id),
    constraint working_week_one_owner check (num_nonnulls(branch_id, staff_id) = 1 and id = coalesce(branch_id, staff_id)),
    constraint working_week_counts_up check (version > 1)
);
call protect_table('working_week');
revoke delete on working_week from dentpro_app;
