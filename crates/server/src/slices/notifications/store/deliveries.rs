//! What was and is to be sent: claimed once, taken with a lease, and what became of it.

use dentpro_core::ids::ClinicId;
use dentpro_core::reminders::{Channel, Occasion, Purpose, closest_due};
use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use super::settings::Plan;
use crate::kernel::clock::Clock;
use crate::kernel::db::Tx;

/// Appointments looked at for one rule at once.
const MOST: i64 = 2000;
/// How far back bookings are looked for that are to be mailed.
const BOOKED_WITHIN: SignedDuration = SignedDuration::from_hours(2);

/// A message that a worker has taken.
#[derive(Clone, Debug)]
pub struct Delivery {
    pub clinic: ClinicId,
    pub id: Uuid,
    pub appointment: Uuid,
    pub purpose: Purpose,
    pub rule: Option<Uuid>,
    pub moves: i32,
    pub attempts: i32,
}

/// Claims every reminder that is due: of two servers that do it at once, one writes the row. How many were claimed.
pub async fn claim(tx: &mut Tx, plan: &Plan, clock: &Clock, now: Timestamp) -> sqlx::Result<u64> {
    let clinic = tx.clinic();
    let mut claimed = 0;
    for rule in &plan.rules {
        // The moment of a rule is off its lead by a quiet night at most, and is seen for twelve hours.
        let from = (now + rule.lead - SignedDuration::from_hours(36)).max(now);
        let until = now + rule.lead + SignedDuration::from_hours(24);
        let rows = sqlx::query!(
            r#"select a.id, a.patient_id, a.starts_at, a.status, a.confirmation, a.moves,
                coalesce((
                    select max(e.at) from appointment_event e
                    where e.clinic_id = a.clinic_id
                        and e.appointment_id = a.id
                        and e.kind = 'moved'
                        and e.from_value is distinct from e.to_value), a.created_at) as "armed_at!"
            from appointment a
            join patient p on p.clinic_id = a.clinic_id and p.id = a.patient_id
            where a.clinic_id = $1
                and a.starts_at > $2
                and a.starts_at <= $3
                and a.status in ('scheduled', 'confirmed')
                and p.status = 'active'
                and not p.reminders_off
                and not exists (
                    select from reminder_delivery d
                    where d.clinic_id = a.clinic_id
                        and d.appointment_id = a.id
                        and d.rule_id = $4
                        and d.moves = a.moves)
            order by a.starts_at
            limit $5"#,
            clinic,
            from.to_sqlx() as _,
            until.to_sqlx() as _,
            rule.id,
            MOST
        )
        .fetch_all(&mut **tx)
        .await?;
        for row in rows {
            let (Ok(status), Ok(confirmation)) = (row.status.parse(), row.confirmation.parse()) else {
                continue;
            };
            let occasion = Occasion {
                starts_at: row.starts_at.to_jiff(),
                armed_at: row.armed_at.to_jiff(),
                status,
                confirmation,
            };
            if closest_due(&plan.rules, &occasion, plan.quiet, &plan.zone, now) == Some(rule.id) {
                let of = (row.id, row.patient_id, row.moves);
                claimed += insert(tx, of, Purpose::Reminder, Some(rule.id), clock, now).await?;
            }
        }
    }
    Ok(claimed)
}

/// Claims the mail of every appointment that was booked or moved a short while ago.
pub async fn book_mails(tx: &mut Tx, since: Timestamp, clock: &Clock, now: Timestamp) -> sqlx::Result<u64> {
    let clinic = tx.clinic();
    let rows = sqlx::query!(
        "select distinct a.id, a.patient_id, a.moves
        from appointment_event e
        join appointment a on a.clinic_id = e.clinic_id and a.id = e.appointment_id
        join patient p on p.clinic_id = a.clinic_id and p.id = a.patient_id
        left join patient g on g.clinic_id = p.clinic_id and g.id = p.guardian_id
        where e.clinic_id = $1
            and e.at > $2
            and e.kind in ('booked', 'moved')
            and a.starts_at > $3
            and a.status in ('scheduled', 'confirmed')
            and p.status = 'active'
            and not p.reminders_off
            and coalesce(p.email, g.email) is not null
            and not exists (
                select from reminder_delivery d
                where d.clinic_id = a.clinic_id
                    and d.appointment_id = a.id
                    and d.rule_id is null
                    and d.moves = a.moves)
        limit $4",
        clinic,
        since.max(now - BOOKED_WITHIN).to_sqlx() as _,
        now.to_sqlx() as _,
        MOST
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut claimed = 0;
    for row in rows {
        claimed +=
            insert(tx, (row.id, row.patient_id, row.moves), Purpose::Booking, None, clock, now).await?;
    }
    Ok(claimed)
}

async fn insert(
    tx: &mut Tx,
    (appointment, patient, moves): (Uuid, Uuid, i32),
    purpose: Purpose,
    rule: Option<Uuid>,
    clock: &Clock,
    now: Timestamp,
) -> sqlx::Result<u64> {
    let clinic = tx.clinic();
    let claimed = sqlx::query!(
        "insert into reminder_delivery
            (clinic_id, id, appointment_id, patient_id, purpose, rule_id, moves, next_attempt_at, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $8)
        on conflict do nothing",
        clinic,
        clock.new_id::<Uuid>(),
        appointment,
        patient,
        purpose.as_str(),
        rule,
        moves,
        now.to_sqlx() as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(claimed.rows_affected())
}

/// Takes messages of every clinic whose time has come; nobody else has them until the lease ends.
pub async fn take(
    tx: &mut Tx,
    now: Timestamp,
    limit: i32,
    lease: SignedDuration,
) -> sqlx::Result<Vec<Delivery>> {
    let rows = sqlx::query!(
        r#"select
            clinic_id as "clinic_id!",
            id as "id!",
            appointment_id as "appointment_id!",
            purpose as "purpose!",
            rule_id,
            moves as "moves!",
            attempts as "attempts!"
        from reminder_take($1, $2, make_interval(secs => $3))"#,
        now.to_sqlx() as _,
        limit,
        lease.as_secs_f64()
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter()
        .map(|r| {
            Ok(Delivery {
                clinic: r.clinic_id.into(),
                id: r.id,
                appointment: r.appointment_id,
                purpose: r.purpose.parse().map_err(|e| sqlx::Error::Decode(Box::new(e)))?,
                rule: r.rule_id,
                moves: r.moves,
                attempts: r.attempts,
            })
        })
        .collect()
}

/// It is not to be sent any more, and why.
pub async fn skip(tx: &mut Tx, delivery: &Delivery, reason: &str) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    sqlx::query!(
        "update reminder_delivery
        set state = 'skipped', reason = $3
        where clinic_id = $1 and id = $2 and state = 'waiting'",
        clinic,
        delivery.id,
        reason
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// It waits for the end of the quiet hours; that was no attempt.
pub async fn postpone(tx: &mut Tx, delivery: &Delivery, until: Timestamp) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    sqlx::query!(
        "update reminder_delivery
        set next_attempt_at = $3, attempts = greatest(attempts - 1, 0)
        where clinic_id = $1 and id = $2 and state = 'waiting'",
        clinic,
        delivery.id,
        until.to_sqlx() as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// What became of an attempt, as it is written down.
#[derive(Clone, Debug)]
pub struct Outcome<'a> {
    /// `sent`, `failed`, `unknown`, or `waiting` for another attempt.
    pub state: &'a str,
    pub reason: Option<&'a str>,
    pub error: Option<&'a str>,
    pub next: Timestamp,
    pub route: Option<(Channel, &'a str, &'a str)>,
}

/// Writes an outcome down. An attempt whose lease ended meanwhile only counts when it reached the patient.
pub async fn record(
    tx: &mut Tx,
    delivery: &Delivery,
    outcome: &Outcome<'_>,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let clinic = tx.clinic();
    let (channel, recipient, language) = match outcome.route {
        Some((channel, recipient, language)) => (Some(channel.as_str()), Some(recipient), Some(language)),
        None => (None, None, None),
    };
    let error: Option<String> = outcome.error.map(|text| text.chars().take(500).collect());
    let written = sqlx::query!(
        "update reminder_delivery
        set state = $3,
            reason = $4,
            last_error = $5,
            next_attempt_at = $6,
            channel = $7,
            recipient = $8,
            language = $9,
            sent_at = case when $3 = 'sent' then $10::timestamptz end
        where clinic_id = $1 and id = $2 and state = 'waiting' and (attempts = $11 or $3 = 'sent')",
        clinic,
        delivery.id,
        outcome.state,
        outcome.reason,
        error,
        outcome.next.to_sqlx() as _,
        channel,
        recipient,
        language,
        now.to_sqlx() as _,
        delivery.attempts
    )
    .execute(&mut **tx)
    .await?;
    Ok(written.rows_affected() == 1)
}

/// A message of the log.
#[derive(Debug)]
pub struct DeliveryRow {
    pub id: Uuid,
    pub appointment_id: Uuid,
    pub patient_id: Uuid,
    pub patient_ar: String,
    pub patient_en: String,
    pub starts_at: jiff_sqlx::Timestamp,
    pub purpose: String,
    pub lead_minutes: Option<i32>,
    pub state: String,
    pub channel: Option<String>,
    pub language: Option<String>,
    pub recipient: Option<String>,
    pub attempts: i32,
    pub reason: Option<String>,
    pub last_error: Option<String>,
    pub next_attempt_at: jiff_sqlx::Timestamp,
    pub created_at: jiff_sqlx::Timestamp,
    pub sent_at: Option<jiff_sqlx::Timestamp>,
}

macro_rules! deliveries {
    ($tail:tt, $($argument:expr),+ $(,)?) => {
        sqlx::query_as!(
            DeliveryRow,
            r#"select
                d.id,
                d.appointment_id,
                d.patient_id,
                p.name_ar as patient_ar,
                p.name_en as patient_en,
                a.starts_at,
                d.purpose,
                r.lead_minutes as "lead_minutes?",
                d.state,
                d.channel,
                d.language,
                d.recipient,
                d.attempts,
                d.reason,
                d.last_error,
                d.next_attempt_at,
                d.created_at,
                d.sent_at
            from reminder_delivery d
            join appointment a on a.clinic_id = d.clinic_id and a.id = d.appointment_id
            join patient p on p.clinic_id = d.clinic_id and p.id = d.patient_id
            left join reminder_rule r on r.clinic_id = d.clinic_id and r.id = d.rule_id
            "# + $tail,
            $($argument),+
        )
    };
}

/// What did not arrive, or may not have, the latest first; one row more than the limit.
pub async fn failed(
    tx: &mut Tx,
    only_doctor: Option<Uuid>,
    after: Option<(Timestamp, Uuid)>,
    limit: i64,
) -> sqlx::Result<Vec<DeliveryRow>> {
    let clinic = tx.clinic();
    let (after_at, after_id) = after.unzip();
    deliveries!(
        "where d.clinic_id = $1
            and d.state in ('failed', 'unknown')
            and ($2::uuid is null or a.doctor_id = $2)
            and ($3::timestamptz is null or (d.created_at, d.id) < ($3, $4::uuid))
        order by d.created_at desc, d.id desc
        limit $5",
        clinic,
        only_doctor,
        after_at.map(|at| at.to_sqlx()) as _,
        after_id,
        limit + 1,
    )
    .fetch_all(&mut **tx)
    .await
}

/// The messages about one appointment, the latest first.
pub async fn of_appointment(
    tx: &mut Tx,
    appointment: Uuid,
    only_doctor: Option<Uuid>,
) -> sqlx::Result<Option<Vec<DeliveryRow>>> {
    let clinic = tx.clinic();
    let known = sqlx::query_scalar!(
        r#"select exists (
            select from appointment
            where clinic_id = $1 and id = $2 and ($3::uuid is null or doctor_id = $3)) as "known!""#,
        clinic,
        appointment,
        only_doctor
    )
    .fetch_one(&mut **tx)
    .await?;
    if !known {
        return Ok(None);
    }
    deliveries!(
        "where d.clinic_id = $1 and d.appointment_id = $2
        order by d.created_at desc, d.id desc
        limit 100",
        clinic,
        appointment,
    )
    .fetch_all(&mut **tx)
    .await
    .map(Some)
}

/// Lets a message that failed be tried again; none when there is none such, false when it did not fail.
pub async fn retry(
    tx: &mut Tx,
    id: Uuid,
    only_doctor: Option<Uuid>,
    now: Timestamp,
) -> sqlx::Result<Option<bool>> {
    let clinic = tx.clinic();
    let state = sqlx::query_scalar!(
        "select d.state
        from reminder_delivery d
        join appointment a on a.clinic_id = d.clinic_id and a.id = d.appointment_id
        where d.clinic_id = $1 and d.id = $2 and ($3::uuid is null or a.doctor_id = $3)
        for update of d",
        clinic,
        id,
        only_doctor
    )
    .fetch_optional(&mut **tx)
    .await?;
    let Some(state) = state else { return Ok(None) };
    if state != "failed" && state != "unknown" {
        return Ok(Some(false));
    }
    sqlx::query!(
        "update reminder_delivery
        set state = 'waiting', attempts = 0, reason = null, next_attempt_at = $3
        where clinic_id = $1 and id = $2",
        clinic,
        id,
        now.to_sqlx() as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(Some(true))
}
