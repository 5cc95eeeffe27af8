-- Messages to patients: when which one is due, in which words, over which way, what became of it, and the links that
-- answer it; and the calendar feeds of doctors.

create table reminder_settings (
    clinic_id uuid not null,
    quiet_from time not null default '21:00',
    quiet_until time not null default '09:00',
    booking_mail boolean not null default false,
    booking_mail_since timestamptz,
    feed_names boolean not null default false,
    version int not null default 1,
    constraint reminder_settings_pkey primary key (clinic_id),
    constraint reminder_settings_clinic_fkey foreign key (clinic_id) references clinic (clinic_id),
    constraint reminder_settings_since_known check (not booking_mail or booking_mail_since is not null)
);
call protect_table('reminder_settings', 'clinic_id');
revoke delete on reminder_settings from dentpro_app;

alter table patient
    add column reminder_channel text,
    add column reminders_off boolean not null default false,
    add constraint patient_reminder_channel_known check (reminder_channel in ('mail', 'sms', 'whatsapp'));

-- The patient asked over a link to be called; cleared by whatever the staff does next about it.
alter table appointment add column call_requested_at timestamptz;
create index appointment_call_requested on appointment (clinic_id, starts_at) where call_requested_at is not null;
create index appointment_event_news on appointment_event (clinic_id, at) where kind in ('booked', 'moved');

-- So long before an appointment a reminder goes out, over the first of the channels that reaches the patient.
create table reminder_rule (
    clinic_id uuid not null,
    id uuid not null,
    lead_minutes int not null,
    channels text[] not null,
    active boolean not null default true,
    removed_at timestamptz,
    created_at timestamptz not null,
    version int not null default 1,
    constraint reminder_rule_pkey primary key (clinic_id, id),
    constraint reminder_rule_clinic_fkey foreign key (clinic_id) references clinic (clinic_id),
    constraint reminder_rule_lead_range check (lead_minutes between 30 and 43200),
    constraint reminder_rule_channels_known check (
        cardinality(channels) between 1 and 3 and channels <@ array['mail', 'sms', 'whatsapp'])
);
create unique index reminder_rule_lead_once on reminder_rule (clinic_id, lead_minutes) where removed_at is null;
call protect_table('reminder_rule');
revoke delete on reminder_rule from dentpro_app;

-- A clinic's own words; where it has none, those that ship with the product are sent.
create table message_template (
    clinic_id uuid not null,
    id uuid not null,
    purpose text not null,
    channel text not null,
    subject_ar text not null default '',
    subject_en text not null default '',
    text_ar text not null,
    text_en text not null,
    version int not null default 1,
    constraint message_template_pkey primary key (clinic_id, id),
    constraint message_template_clinic_fkey foreign key (clinic_id) references clinic (clinic_id),
    constraint message_template_once unique (clinic_id, purpose, channel),
    constraint message_template_purpose_known check (purpose in ('reminder', 'booking', 'missed')),
    constraint message_template_channel_known check (channel in ('mail', 'sms', 'whatsapp')),
    constraint message_template_length check (length(text_ar) <= 4000 and length(text_en) <= 4000)
);
call protect_table('message_template');

-- A gateway for SMS or WhatsApp that is told by HTTP. Its headers carry its secrets: they never reach the log.
create table message_provider (
    clinic_id uuid not null,
    id uuid not null,
    channel text not null,
    name text not null,
    url text not null,
    method text not null,
    headers jsonb not null default '[]',
    body text not null default '',
    success_pointer text,
    success_value text,
    active boolean not null default true,
    created_at timestamptz not null,
    version int not null default 1,
    constraint message_provider_pkey primary key (clinic_id, id),
    constraint message_provider_clinic_fkey foreign key (clinic_id) references clinic (clinic_id),
    constraint message_provider_channel_known check (channel in ('sms', 'whatsapp')),
    constraint message_provider_method_known check (method in ('GET', 'POST', 'PUT')),
    constraint message_provider_headers_list check (jsonb_typeof(headers) = 'array' and jsonb_array_length(headers) <= 20),
    constraint message_provider_success_whole check (success_value is null or success_pointer is not null)
);
create unique index message_provider_one_active on message_provider (clinic_id, channel) where active;
call protect_table('message_provider', 'id', '{headers}');

-- What was or is to be sent. One row for an appointment, a rule and a time of the appointment: a move makes a new one
-- possible, nothing else does.
create table reminder_delivery (
    clinic_id uuid not null,
    id uuid not null,
    appointment_id uuid not null,
    patient_id uuid not null,
    purpose text not null,
    rule_id uuid,
    moves int not null,
    state text not null default 'waiting',
    channel text,
    language text,
    recipient text,
    attempts int not null default 0,
    reason text,
    last_error text,
    next_attempt_at timestamptz not null,
    created_at timestamptz not null,
    sent_at timestamptz,
    constraint reminder_delivery_pkey primary key (clinic_id, id),
    constraint reminder_delivery_appointment_fkey foreign key (clinic_id, appointment_id) references appointment (clinic_id, id),
    constraint reminder_delivery_patient_fkey foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    constraint reminder_delivery_rule_fkey foreign key (clinic_id, rule_id) references reminder_rule (clinic_id, id),
    constraint reminder_delivery_once unique nulls not distinct (clinic_id, appointment_id, rule_id, moves),
    constraint reminder_delivery_purpose_known check (purpose in ('reminder', 'booking')),
    constraint reminder_delivery_rule_of_reminder check ((purpose = 'reminder') = (rule_id is not null)),
    constraint reminder_delivery_state_known check (state in ('waiting', 'sent', 'failed', 'unknown', 'skipped')),
    constraint reminder_delivery_channel_known check (channel in ('mail', 'sms', 'whatsapp')),
    constraint reminder_delivery_sent_whole check ((state = 'sent') = (sent_at is not null))
);
create index reminder_delivery_due on reminder_delivery (next_attempt_at) where state = 'waiting';
create index reminder_delivery_appointment on reminder_delivery (clinic_id, appointment_id, created_at);
create index reminder_delivery_failed on reminder_delivery (clinic_id, created_at desc, id desc) where state in ('failed', 'unknown');
call protect_table('reminder_delivery', p_audit => false);
revoke delete on reminder_delivery from dentpro_app;

-- Takes what is due in every clinic: until the lease ends, or the outcome is written, no other worker has it.
create function reminder_take(p_now timestamptz, p_limit int, p_lease interval) returns setof reminder_delivery
    language sql security definer set search_path = public, pg_temp as $$
    update reminder_delivery d
    set attempts = d.attempts + 1, next_attempt_at = p_now + p_lease
    from (
        select clinic_id, id from reminder_delivery
        where state = 'waiting' and next_attempt_at <= p_now
        order by next_attempt_at
        limit p_limit
        for update skip locked
    ) due
    where d.clinic_id = due.clinic_id and d.id = due.id
    returning d.*
$$;
revoke all on function reminder_take from public;
grant execute on function reminder_take to dentpro_app;

-- A link in a message, good for one answer while the appointment stays where it was when the link was made.
create table appointment_link (
    clinic_id uuid not null,
    id uuid not null,
    token_hash bytea not null,
    appointment_id uuid not null,
    patient_id uuid not null,
    moves int not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    answer text,
    answered_at timestamptz,
    constraint appointment_link_pkey primary key (clinic_id, id),
    constraint appointment_link_token_once unique (clinic_id, token_hash),
    constraint appointment_link_appointment_fkey foreign key (clinic_id, appointment_id) references appointment (clinic_id, id),
    constraint appointment_link_patient_fkey foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    constraint appointment_link_answer_known check (answer in ('confirmed', 'declined', 'call_me')),
    constraint appointment_link_answer_whole check ((answer is null) = (answered_at is null))
);
create index appointment_link_token on appointment_link (token_hash);
create unique index appointment_link_answered_once on appointment_link (clinic_id, appointment_id, moves) where answer is not null;
call protect_table('appointment_link', 'id', '{token_hash}');
revoke delete on appointment_link from dentpro_app;

create function appointment_link_clinic(p_token_hash bytea) returns uuid
    language sql stable security definer set search_path = public, pg_temp as $$
    select clinic_id from appointment_link where token_hash = p_token_hash
$$;

-- The secret address at which a calendar program reads a doctor's appointments.
create table calendar_feed (
    clinic_id uuid not null,
    id uuid not null,
    staff_id uuid not null,
    token_hash bytea not null,
    created_at timestamptz not null,
    revoked_at timestamptz,
    constraint calendar_feed_pkey primary key (clinic_id, id),
    constraint calendar_feed_token_once unique (clinic_id, token_hash),
    constraint calendar_feed_staff_fkey foreign key (clinic_id, staff_id) references staff (clinic_id, id)
);
create index calendar_feed_token on calendar_feed (token_hash);
create unique index calendar_feed_one_active on calendar_feed (clinic_id, staff_id) where revoked_at is null;
call protect_table('calendar_feed', 'id', '{token_hash}');
revoke delete on calendar_feed from dentpro_app;

create function calendar_feed_clinic(p_token_hash bytea) returns uuid
    language sql stable security definer set search_path = public, pg_temp as $$
    select clinic_id from calendar_feed where token_hash = p_token_hash and revoked_at is null
$$;
revoke all on function appointment_link_clinic, calendar_feed_clinic from public;
grant execute on function appointment_link_clinic, calendar_feed_clinic to dentpro_app;
