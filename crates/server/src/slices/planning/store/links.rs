//! The links over which patients read a presentation and answer it.

use dentpro_core::ids::{ClinicId, PatientId, PlanId, PresentationId};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use crate::kernel::db::Tx;

/// A link that was opened, with what stands behind it.
#[derive(Clone, Debug)]
pub struct LinkRow {
    pub id: Uuid,
    pub plan: PlanId,
    pub patient: PatientId,
    pub presentation: PresentationId,
    pub expires_at: Timestamp,
    pub revoked: bool,
    pub wrong_birth_dates: i16,
    pub birth_date: Option<Date>,
    pub preferred_language: Option<String>,
    pub clinic_ar: String,
    pub clinic_en: String,
    pub clinic_phone: Option<String>,
    pub time_zone: String,
    pub currency: String,
}

/// Keeps a link; earlier ones of the plan end with it.
pub async fn mint(
    tx: &mut Tx,
    id: Uuid,
    token_hash: &[u8],
    presentation: PresentationId,
    (plan, patient): (PlanId, PatientId),
    now: Timestamp,
    expires_at: Timestamp,
) -> sqlx::Result<()> {
    let (clinic, staff) = (tx.clinic(), tx.staff());
    revoke(tx, plan, now).await?;
    sqlx::query!(
        "insert into plan_link
            (clinic_id, id, token_hash, presentation_id, plan_id, patient_id, created_at, created_by, expires_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        clinic,
        id,
        token_hash,
        presentation.uuid(),
        plan.uuid(),
        patient.uuid(),
        now.to_sqlx() as _,
        staff,
        expires_at.to_sqlx() as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Ends the links of a plan.
pub async fn revoke(tx: &mut Tx, plan: PlanId, now: Timestamp) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    sqlx::query!(
        "update plan_link set revoked_at = $3 where clinic_id = $1 and plan_id = $2 and revoked_at is null",
        clinic,
        plan.uuid(),
        now.to_sqlx() as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Whose clinic a token belongs to.
pub async fn clinic_of_link(tx: &mut Tx, hash: &[u8]) -> sqlx::Result<Option<ClinicId>> {
    let found = sqlx::query_scalar!("select plan_link_clinic($1)", hash).fetch_one(&mut **tx).await?;
    Ok(found.map(Into::into))
}

/// The link of a token.
pub async fn find(tx: &mut Tx, hash: &[u8]) -> sqlx::Result<Option<LinkRow>> {
    let clinic = tx.clinic();
    let row = sqlx::query!(
        r#"select
            l.id,
            l.plan_id,
            l.patient_id,
            l.presentation_id,
            l.expires_at,
            l.revoked_at is not null as "revoked!",
            l.wrong_birth_dates,
            p.birth_date,
            p.preferred_language,
            c.name_ar,
            c.name_en,
            c.phone,
            c.time_zone,
            c.currency
        from plan_link l
        join patient p on p.clinic_id = l.clinic_id and p.id = l.patient_id
        join clinic c on c.clinic_id = l.clinic_id
        where l.clinic_id = $1 and l.token_hash = $2"#,
        clinic,
        hash
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|r| LinkRow {
        id: r.id,
        plan: r.plan_id.into(),
        patient: r.patient_id.into(),
        presentation: r.presentation_id.into(),
        expires_at: r.expires_at.to_jiff(),
        revoked: r.revoked,
        wrong_birth_dates: r.wrong_birth_dates,
        birth_date: r.birth_date.map(|d| d.to_jiff()),
        preferred_language: r.preferred_language,
        clinic_ar: r.name_ar,
        clinic_en: r.name_en,
        clinic_phone: r.phone.filter(|phone| !phone.is_empty()),
        time_zone: r.time_zone,
        currency: r.currency,
    }))
}

/// Counts a guess at the birth date before it is looked at, so that many at once are counted one after the other: how
/// many there were since the last right one, or `None` when there are no more.
pub async fn count_guess(tx: &mut Tx, id: Uuid) -> sqlx::Result<Option<i16>> {
    let clinic = tx.clinic();
    sqlx::query_scalar!(
        "update plan_link set wrong_birth_dates = wrong_birth_dates + 1
        where clinic_id = $1 and id = $2 and wrong_birth_dates < 5
        returning wrong_birth_dates",
        clinic,
        id
    )
    .fetch_optional(&mut **tx)
    .await
}

/// Notes that the link was opened with the right birth date, which forgives the wrong ones before.
pub async fn opened(tx: &mut Tx, id: Uuid, now: Timestamp) -> sqlx::Result<()> {
    let clinic = tx.clinic();
    sqlx::query!(
        "update plan_link set wrong_birth_dates = 0, opened_at = coalesce(opened_at, $3) where clinic_id = $1 and id = $2",
        clinic,
        id,
        now.to_sqlx() as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
