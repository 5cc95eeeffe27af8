-- Which planned work an appointment is for.

create table appointment_plan_item (
    clinic_id uuid not null,
    appointment_id uuid not null,
    plan_item_id uuid not null,
    patient_id uuid not null,
    constraint appointment_plan_item_pkey primary key (clinic_id, appointment_id, plan_item_id),
    constraint appointment_plan_item_appointment_fkey foreign key (clinic_id, appointment_id) references appointment (clinic_id, id),
    constraint appointment_plan_item_item_fkey foreign key (clinic_id, plan_item_id, patient_id) references plan_item (clinic_id, id, patient_id)
);
create index appointment_plan_item_item on appointment_plan_item (clinic_id, plan_item_id);
call protect_table('appointment_plan_item', 'appointment_id');
