-- A booking ends what was to be followed up of its patient.
create index appointment_follow_up_of_patient on appointment (clinic_id, patient_id) where follow_up is not null;
