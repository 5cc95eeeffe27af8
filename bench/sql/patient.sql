-- What GET /patients/{id} sends: the session, the transaction's opening in one round trip, the read, the rollback.
select
    session_id, account_id, clinic_id, staff_id, locale, time_zone, country, currency, currency_exponent,
    last_seen_at, expires_at, roles, permissions, own_permissions
from session_actor(:hash, now());
\startpipeline
begin;
set local dentpro.clinic = '{clinic}';
set local dentpro.actor = '{account}';
set local dentpro.request = '{request}';
\endpipeline
select
    p.file_number, p.name_ar, p.name_en, p.birth_date, p.sex, p.phones, p.email, p.national_id, p.address, p.notes,
    p.preferred_language, p.guardian_id, p.guarantor_id, p.status, p.smoking, p.pregnancy, p.pregnancy_due,
    p.created_at, p.version,
    g.name_ar as guardian_name_ar, g.name_en as guardian_name_en,
    w.name_ar as guarantor_name_ar, w.name_en as guarantor_name_en
from patient p
left join patient g on g.clinic_id = p.clinic_id and g.id = p.guardian_id
left join patient w on w.clinic_id = p.clinic_id and w.id = p.guarantor_id
where p.clinic_id = :clinic and p.id = :patient;
rollback;
