//! How long the lists are, each counted to 500 at most.

use jiff_sqlx::ToSqlx;

use super::lists::Choice;
use crate::kernel::db::Tx;
use crate::slices::worklists::api::WorklistCounts;

/// All counts in one statement.
pub async fn counts(tx: &mut Tx, choice: &Choice) -> sqlx::Result<WorklistCounts> {
    let clinic = tx.clinic();
    sqlx::query_as!(
        WorklistCounts,
        r#"select
            (select count(*) from (select from appointment a
                where a.clinic_id = $1 and a.follow_up is not null and a.follow_up = 'unscheduled'
                    and ($2::uuid is null or a.doctor_id = $2) limit 500) n) as "unscheduled!",
            (select count(*) from (select from appointment a
                where a.clinic_id = $1 and a.follow_up is not null and a.follow_up = 'broken'
                    and ($2::uuid is null or a.doctor_id = $2) limit 500) n) as "broken!",
            (select count(*) from (
                select from appointment a
                where a.clinic_id = $1 and a.asap and a.starts_at > $3 and a.status in ('scheduled', 'confirmed')
                    and ($2::uuid is null or a.doctor_id = $2)
                union all
                select from waitlist_entry w
                where w.clinic_id = $1 and w.closed_at is null and ($2::uuid is null or w.doctor_id = $2)
                limit 500) n) as "asap!",
            (select count(*) from (select n.patient_id from (
                    select e.patient_id from open_plan e
                    where e.clinic_id = $1 and e.on_date > $4::date - 365 and e.recorded_at > ($4::date - 366)::timestamptz
                        and ($2::uuid is null or e.recorded_by = $2)
                    union
                    select u.patient_id from open_unseen_item u
                    where u.clinic_id = $1 and u.created_at > ($4::date - 366)::timestamptz
                        and ($2::uuid is null or u.doctor_id = $2)) n
                where not exists (
                        select from appointment b
                        where b.clinic_id = $1 and b.patient_id = n.patient_id and b.starts_at > $3
                            and b.status not in ('cancelled', 'no_show', 'rescheduled'))
                limit 500) n) as "planned!",
            (select count(*) from (select from patient_recall r
                join recall_type t on t.clinic_id = r.clinic_id and t.id = r.recall_type_id and t.active
                where r.clinic_id = $1 and r.stopped_reason is null and r.due_on <= $4::date + 14 and $2::uuid is null
                    and not exists (
                        select from appointment b
                        where b.clinic_id = $1 and b.patient_id = r.patient_id and b.starts_at > $3
                            and b.status not in ('cancelled', 'no_show', 'rescheduled'))
                limit 500) n) as "recall_due!",
            (select count(*) from (select from appointment a
                where a.clinic_id = $1 and a.starts_at >= $5 and a.starts_at < $6
                    and a.status = 'scheduled' and a.confirmation <> 'confirmed'
                    and ($2::uuid is null or a.doctor_id = $2) limit 500) n) as "unconfirmed!""#,
        clinic,
        choice.only_doctor,
        choice.now.to_sqlx() as _,
        choice.today.to_sqlx() as _,
        choice.tomorrow.0.to_sqlx() as _,
        choice.tomorrow.1.to_sqlx() as _
    )
    .fetch_one(&mut **tx)
    .await
}
