-- Who has to be called, what came of it, who would come earlier, and to whom a freed slot was offered.

create table contact_attempt (
    clinic_id uuid not null,
    id uuid not null,
    patient_id uuid not null,
    list text not null,
    appointment_id uuid,
    channel text not null,
    outcome text not null,
    note text not null default '',
    again_on date,
    at timestamptz not null,
    by uuid not null,
    constraint contact_attempt_pkey primary key (clinic_id, id),
    constraint contact_attempt_patient_fkey foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    constraint contact_attempt_appointment_fkey foreign key (clinic_id, appointment_id) references appointment (clinic_id, id),
    constraint contact_attempt_by_fkey foreign key (clinic_id, by) references staff (clinic_id, id),
    constraint contact_attempt_list_known check (list in ('unscheduled', 'broken', 'asap', 'planned', 'recall_due', 'unconfirmed')),
    constraint contact_attempt_channel_known check (channel in ('call', 'whatsapp', 'sms', 'mail')),
    constraint contact_attempt_outcome_known check (outcome in (
        'reached', 'no_answer', 'left_message', 'wrong_number', 'declined', 'booked'))
);
create index contact_attempt_patient on contact_attempt (clinic_id, patient_id, at desc);
call protect_table('contact_attempt');
call make_insert_only('contact_attempt');

-- Patients without an appointment who want the first slot that suits them.
create table waitlist_entry (
    clinic_id uuid not null,
    id uuid not null,
    patient_id uuid not null,
    doctor_id uuid,
    type_id uuid,
    minutes int not null,
    weekdays int[] not null default '{}',
    after_time time,
    before_time time,
    note text not null default '',
    created_at timestamptz not null,
    created_by uuid not null,
    closed_at timestamptz,
    closed_by uuid,
    outcome text,
    version int not null default 1,
    constraint waitlist_entry_pkey primary key (clinic_id, id),
    constraint waitlist_entry_patient_fkey foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    constraint waitlist_entry_doctor_fkey foreign key (clinic_id, doctor_id) references staff (clinic_id, id),
    constraint waitlist_entry_type_fkey foreign key (clinic_id, type_id) references appointment_type (clinic_id, id),
    constraint waitlist_entry_created_by_fkey foreign key (clinic_id, created_by) references staff (clinic_id, id),
    constraint waitlist_entry_closed_by_fkey foreign key (clinic_id, closed_by) references staff (clinic_id, id),
    constraint waitlist_entry_minutes_range check (minutes between 5 and 720),
    constraint waitlist_entry_weekdays_known check (weekdays <@ '{0,1,2,3,4,5,6}'::int[]),
    constraint waitlist_entry_outcome_known check (outcome in ('booked', 'withdrawn')),
    constraint waitlist_entry_closed_whole check (num_nonnulls(closed_at, closed_by, outcome) in (0, 3))
);
create index waitlist_entry_open on waitlist_entry (clinic_id, created_at) where closed_at is null;
call protect_table('waitlist_entry');
revoke delete on waitlist_entry from dentpro_app;

create table slot_offer (
    clinic_id uuid not null,
    id uuid not null,
    branch_id uuid not null,
    chair_id uuid,
    doctor_id uuid not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    patient_id uuid not null,
    appointment_id uuid,
    waitlist_entry_id uuid,
    answer text not null default 'pending',
    offered_at timestamptz not null,
    offered_by uuid not null,
    answered_at timestamptz,
    version int not null default 1,
    constraint slot_offer_pkey primary key (clinic_id, id),
    constraint slot_offer_chair_fkey foreign key (clinic_id, chair_id, branch_id) references chair (clinic_id, id, branch_id),
    constraint slot_offer_doctor_fkey foreign key (clinic_id, doctor_id) references staff (clinic_id, id),
    constraint slot_offer_patient_fkey foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    constraint slot_offer_appointment_fkey foreign key (clinic_id, appointment_id) references appointment (clinic_id, id),
    constraint slot_offer_waitlist_entry_fkey foreign key (clinic_id, waitlist_entry_id) references waitlist_entry (clinic_id, id),
    constraint slot_offer_offered_by_fkey foreign key (clinic_id, offered_by) references staff (clinic_id, id),
    constraint slot_offer_of_one check (num_nonnulls(appointment_id, waitlist_entry_id) = 1),
    constraint slot_offer_answer_known check (answer in ('pending', 'accepted', 'declined', 'no_answer')),
    constraint slot_offer_answered_whole check ((answer = 'pending') = (answered_at is null)),
    constraint slot_offer_once unique (clinic_id, doctor_id, starts_at, patient_id)
);
call protect_table('slot_offer');
revoke delete on slot_offer from dentpro_app;

-- What is planned on the chart and waits for an appointment.
create index chart_event_planned on chart_event (clinic_id, on_date) where layer = 'plan';
