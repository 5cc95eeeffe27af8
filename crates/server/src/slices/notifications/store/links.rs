//! The links in messages, by which a patient answers without signing in.

use dentpro_core::ids::ClinicId;
use dentpro_core::reminders::LinkAnswer;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use super::facts::Facts;
use crate::kernel::actor::token_hash;
use crate::kernel::db::Tx;
use crate::kernel::token::random_token;

/// A link that was opened.
#[derive(Clone, Debug)]
pub struct Link {
    pub id: Uuid,
    pub appointment_id: Uuid,
    /// How often the appointment had been moved when the link was made.
    pub moves: i32,
    pub expires_at: Timestamp,
    /// What was answered over this or another link to the same appointment at the same time.
    pub answer: Option<LinkAnswer>,
}

/// Makes a link for the appointment as it stands; its token is in nobody's hands but the patient's.
pub async fn mint(tx: &mut Tx, facts: &Facts, id: Uuid, now: Timestamp) -> sqlx::Result<String> {
    let clinic = tx.clinic();
    let token = random_token::<18>();
    sqlx::query!(
        "insert into appointment_link
            (clinic_id, id, token_hash, appointment_id, patient_id, moves, created_at, expires_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)",
        clinic,
        id,
        token_hash(&token),
        facts.appointment,
        facts.patient,
        facts.moves,
        now.to_sqlx() as _,
        facts.starts_at.to_sqlx() as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(token)
}

/// Whose clinic a token belongs to.
pub async fn clinic_of_link(tx: &mut Tx, hash: &[u8]) -> sqlx::Result<Option<ClinicId>> {
    let found = sqlx::query_scalar!("select appointment_link_clinic($1)", hash).fetch_one(&mut **tx).await?;
    Ok(found.map(Into::into))
}

/// The link of a token.
pub async fn link(tx: &mut Tx, hash: &[u8]) -> sqlx::Result<Option<Link>> {
    let clinic = tx.clinic();
    let row = sqlx::query!(
        r#"select l.id, l.appointment_id, l.moves, l.expires_at, (
            select s.answer from appointment_link s
            where s.clinic_id = l.clinic_id
                and s.appointment_id = l.appointment_id
                and s.moves = l.moves
                and s.answer is not null) as answer
        from appointment_link l
        where l.clinic_id = $1 and l.token_hash = $2"#,
        clinic,
        hash
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|r| Link {
        id: r.id,
        appointment_id: r.appointment_id,
        moves: r.moves,
        expires_at: r.expires_at.to_jiff(),
        answer: r.answer.and_then(|word| word.parse().ok()),
    }))
}

/// Uses a link up; false when it was already.
pub async fn answer_link(tx: &mut Tx, id: Uuid, answer: LinkAnswer, now: Timestamp) -> sqlx::Result<bool> {
    let clinic = tx.clinic();
    let used = sqlx::query!(
        "update appointment_link
        set answer = $3, answered_at = $4
        where clinic_id = $1 and id = $2 and answer is null",
        clinic,
        id,
        answer.as_str(),
        now.to_sqlx() as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(used.rows_affected() == 1)
}
